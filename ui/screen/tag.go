package screen

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// tagStage is the part of a sighting that is being filled in.
type tagStage int

const (
	tagSignal tagStage = iota
	tagWords
	tagCause
	tagDate
	tagAimed
	tagSerious
	tagStages // their number
)

// tagPanel notes that customers showed a trait. The usual way takes two keys:
// the number of a signal and enter; everything else is a tab away.
type tagPanel struct {
	env    *Env
	trait  model.Trait
	play   *model.TraitPlay
	of     []model.ID
	name   string          // of the customer when it is one
	people []*model.Person // of the desk, for aimed at

	stage   tagStage
	signal  int // number, 0 for none
	words   *kit.Input
	cause   int // number, 0 for none
	date    *kit.Input
	aimed   int // place in people and one more, 0 for nobody
	serious bool

	warned string       // words that were warned of; enter saves these as they are
	offer  *model.Draft // an earlier draft, until it is taken or thrown away
	known  bool         // the book holds a draft
	wrong  string
	busy   bool
	saved  bool
	height int
	cx, cy int
}

// tagReady brings what a panel reads of the book.
type tagReady struct {
	of     *tagPanel
	people []*model.Person
	draft  *model.Draft
	err    error
}

func (tagReady) news() {}

// newTag opens the tagging of customers with a trait, name being that of the
// first; nil when the playbook has no trait of that number.
func newTag(env *Env, number int, name string, of []model.ID) *tagPanel {
	t, ok := model.TraitByNumber(number)
	if !ok || env.Play == nil || env.Play.Trait(t) == nil || len(of) == 0 {
		return nil
	}
	return &tagPanel{env: env, trait: t, play: env.Play.Trait(t), of: of, name: name,
		words: kit.NewInput("", 4000), date: kit.NewInput("", 20)}
}

// form names the draft of the panel in the book.
func (p *tagPanel) form() string {
	whom := "marked"
	if len(p.of) == 1 {
		whom = p.of[0].String()
	}
	return "tag/" + string(p.trait) + "/" + whom
}

// load reads the draft and the colleagues.
func (p *tagPanel) load() tea.Cmd {
	return func() tea.Msg {
		r := tagReady{of: p}
		if r.people, r.err = p.env.Desk.People(); r.err == nil {
			r.draft, r.err = p.env.Desk.Draft(p.form())
		}
		return r
	}
}

func (p *tagPanel) ready(r tagReady) tea.Cmd {
	if r.of != p {
		return nil
	}
	p.people = p.people[:0]
	for _, who := range r.people {
		if !who.Gone {
			p.people = append(p.people, who)
		}
	}
	p.known = r.draft != nil
	if p.known && !p.touched() {
		p.offer = r.draft
	}
	return kit.Fail(r.err)
}

// values is what was filled in, as a draft keeps it.
func (p *tagPanel) values() map[string]string {
	v := map[string]string{}
	put := func(k, s string) {
		if strings.TrimSpace(s) != "" {
			v[k] = s
		}
	}
	if p.signal > 0 {
		put("signal", p.play.Signals[p.signal-1].ID)
	}
	put("words", p.words.Value())
	if p.cause > 0 {
		put("cause", p.play.Causes[p.cause-1].ID)
	}
	put("date", p.date.Value())
	if p.aimed > 0 {
		put("aimed", p.people[p.aimed-1].ID.String())
	}
	if p.serious {
		put("serious", "yes")
	}
	return v
}

// take fills the panel from a draft. What the playbook or the desk no longer
// has is left out.
func (p *tagPanel) take(v map[string]string) {
	for i, s := range p.play.Signals {
		if s.ID == v["signal"] {
			p.signal = i + 1
		}
	}
	for i, c := range p.play.Causes {
		if c.ID == v["cause"] {
			p.cause = i + 1
		}
	}
	for i, who := range p.people {
		if who.ID.String() == v["aimed"] {
			p.aimed = i + 1
		}
	}
	p.words.SetValue(v["words"])
	p.date.SetValue(v["date"])
	p.serious = v["serious"] != ""
}

// touched tells whether anything is filled in.
func (p *tagPanel) touched() bool { return len(p.values()) > 0 }

// Keep saves what is filled in as a draft.
func (p *tagPanel) Keep() tea.Cmd {
	v := p.values()
	if p.saved || len(v) == 0 {
		return nil
	}
	return func() tea.Msg {
		if _, err := p.env.Desk.Do(p.env.Ctx, model.SaveDraft{Form: p.form(), Values: v}); err != nil {
			return kit.Failed{Err: err}
		}
		return kit.Notice{Level: kit.Info, Text: p.env.T("tag.draft.kept")}
	}
}

func (p *tagPanel) Fail(sentence string) { p.busy, p.saved, p.wrong = false, false, sentence }

func (p *tagPanel) Key(key string) (kit.Result, tea.Cmd) {
	if p.offer != nil {
		switch key {
		case "enter":
			p.take(p.offer.Values)
			p.offer = nil
			return kit.Going, nil
		case "ctrl+x":
			p.offer, p.known = nil, false
			return kit.Going, p.drop()
		case "esc": // the draft stays for another time
			return kit.Left, nil
		}
		p.offer = nil
	}
	switch key {
	case "enter":
		return kit.Going, p.save()
	case "tab":
		p.stageTo(p.stage + 1)
	case "shift+tab":
		p.stageTo(p.stage - 1)
	case "esc":
		return kit.Left, nil
	}
	return kit.Going, nil
}

func (p *tagPanel) stageTo(s tagStage) {
	p.stage = (s + tagStages) % tagStages
	p.wrong = ""
	p.words.Blur()
	p.date.Blur()
	switch p.stage {
	case tagWords:
		p.words.Focus()
	case tagDate:
		p.date.Focus()
	}
}

func (p *tagPanel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tagReady:
		return p.ready(msg)
	case tea.PasteMsg:
		p.offer = nil
		if in := p.input(); in != nil && in.Update(msg) {
			p.wrong = ""
		}
	case tea.KeyPressMsg:
		p.offer, p.wrong = nil, ""
		if in := p.input(); in != nil {
			in.Update(msg)
			return nil
		}
		p.choose(msg.String())
	}
	return nil
}

// input is the text field of the stage; nil where one chooses.
func (p *tagPanel) input() *kit.Input {
	switch p.stage {
	case tagWords:
		return p.words
	case tagDate:
		return p.date
	}
	return nil
}

// choose takes a key of a stage where one chooses by number.
func (p *tagPanel) choose(key string) {
	n, at := 0, (*int)(nil)
	switch p.stage {
	case tagSignal:
		if key == "w" {
			p.stageTo(tagWords)
			return
		}
		n, at = len(p.play.Signals), &p.signal
	case tagCause:
		n, at = len(p.play.Causes), &p.cause
	case tagAimed:
		n, at = len(p.people), &p.aimed
	case tagSerious:
		switch key {
		case "1", "backspace", "delete":
			p.serious = false
		case "2":
			p.serious = true
		case "space", "left", "right":
			p.serious = !p.serious
		}
		return
	}
	switch d, err := strconv.Atoi(key); {
	case err == nil && d <= n:
		*at = d // 0 takes the choice back
	case key == "backspace" || key == "delete":
		*at = 0
	case key == "right" || key == "space":
		*at = (*at + 1) % (n + 1)
	case key == "left":
		*at = (*at + n) % (n + 1)
	}
}

// on reads the date: 0 for now, else the middle of that day at the desk.
func (p *tagPanel) on() (model.Stamp, bool) {
	text := strings.TrimSpace(p.date.Value())
	if text == "" {
		return 0, true
	}
	now := p.env.now()
	day, ok := kit.ParseDate(text, now)
	switch {
	case !ok:
		return 0, false
	case day.Format(time.DateOnly) == now.Format(time.DateOnly):
		return 0, true
	}
	return model.StampOf(day.Add(12 * time.Hour)), true
}

// save notes the sighting for every customer as one change, and drops the draft.
func (p *tagPanel) save() tea.Cmd {
	if p.busy {
		return nil
	}
	if p.signal == 0 && strings.TrimSpace(p.words.Value()) == "" {
		p.stageTo(tagSignal)
		p.wrong = p.env.T("tag.evidence")
		return nil
	}
	on, ok := p.on()
	if !ok {
		p.stageTo(tagDate)
		p.wrong = p.env.T("kit.form.date")
		return nil
	}
	if p.warns() {
		return nil
	}
	v := p.values()
	aimed, _ := model.ParseID(v["aimed"])
	actions := make([]model.Action, len(p.of))
	for i, id := range p.of {
		actions[i] = model.Tag{Customer: id, Trait: p.trait, Signal: v["signal"], Words: v["words"], Cause: v["cause"],
			On: on, AimedAt: aimed, Serious: p.serious}
	}
	p.busy, p.saved, p.wrong = true, true, ""
	tagged := p.env.try(p, actions...)
	if !p.known {
		return tagged
	}
	drop := p.drop()
	return func() tea.Msg {
		msg := tagged()
		if t, ok := msg.(tried); ok && t.err == nil {
			if f, failed := drop().(kit.Failed); failed {
				t.err = f.Err
				return t
			}
		}
		return msg
	}
}

// warns looks at the words before they are saved for the first time: whoever
// goes on then saves them as they are, for the note check refuses nothing.
func (p *tagPanel) warns() bool {
	words := p.words.Value()
	if words == p.warned || len(p.env.noteCheck(words)) == 0 {
		return false
	}
	p.stageTo(tagWords)
	p.warned = words
	return true
}

// cautions are what there is to say of the words after a first enter, until
// they are changed.
func (p *tagPanel) cautions() []string {
	if p.warned == "" || p.warned != p.words.Value() {
		return nil
	}
	return p.env.noteCheck(p.warned)
}

// drop takes the draft out of the book.
func (p *tagPanel) drop() tea.Cmd {
	return func() tea.Msg {
		if _, err := p.env.Desk.Do(p.env.Ctx, model.SaveDraft{Form: p.form()}); err != nil {
			return kit.Failed{Err: err}
		}
		return nil
	}
}

func (p *tagPanel) Commands() []kit.Command {
	if p.offer != nil {
		return []kit.Command{
			{ID: "draft.take", Keys: []string{"enter"}, Group: "change", Footer: 100},
			{ID: "draft.drop", Keys: []string{"ctrl+x"}, Group: "change", Danger: true, Footer: 90},
			{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 80},
			{ID: "tag.next", Keys: []string{"tab"}, Group: "move", Footer: 70},
		}
	}
	return []kit.Command{
		{ID: "panel.save", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "tag.next", Keys: []string{"tab"}, Group: "move", Footer: 80},
		{ID: "tag.previous", Keys: []string{"shift+tab"}, Group: "move"},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 70},
	}
}
