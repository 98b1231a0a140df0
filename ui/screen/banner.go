package screen

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// bannerPanel sets the line that must not be missed, and until when it is shown.
// Without words it takes the line away.
type bannerPanel struct {
	env    *Env
	of     model.ID
	name   string
	words  *kit.Input
	until  *kit.Input
	stands string // the words in the book, as this one knows them
	ready  bool
	owed   bool // to be saved as soon as it is
	warned string
	wrong  string
	busy   bool
	cx, cy int
	first  [2]string // the line and its day as they stood when the panel opened
	draft  lineDraft
}

// bannerReady brings the banner that stands.
type bannerReady struct {
	of     *bannerPanel
	banner *model.Banner
	err    error
}

func (bannerReady) news() {}

func newBanner(env *Env, name string, of model.ID) *bannerPanel {
	p := &bannerPanel{env: env, of: of, name: name, words: kit.NewInput("", model.MaxBanner), until: kit.NewInput("", 20)}
	p.draft = lineDraft{env: env, form: draftOf("banner", of)}
	p.words.Focus()
	return p
}

// load reads the banner that stands, to be changed, and then the draft.
func (p *bannerPanel) load() tea.Cmd {
	return tea.Sequence(p.standing(), p.draft.load())
}

func (p *bannerPanel) standing() tea.Cmd {
	return func() tea.Msg {
		d, err := p.env.Desk.Customer(p.of)
		r := bannerReady{of: p, err: err}
		if err == nil {
			r.banner = d.Dealings.Banner
		}
		return r
	}
}

func (p *bannerPanel) loaded(r bannerReady) tea.Cmd {
	if r.of != p {
		return nil
	}
	p.ready = true
	if r.banner != nil {
		p.stands = r.banner.Words
	}
	if b := r.banner; b != nil && p.words.Value() == "" && p.until.Value() == "" {
		p.words.SetValue(b.Words)
		p.until.SetValue(string(b.Until))
		p.first = p.typed()
	}
	if p.owed {
		p.owed = false
		return tea.Batch(kit.Fail(r.err), p.save())
	}
	return kit.Fail(r.err)
}

// typed is the line and its day as they are in the fields.
func (p *bannerPanel) typed() [2]string {
	return [2]string{strings.TrimSpace(p.words.Value()), strings.TrimSpace(p.until.Value())}
}

func (p *bannerPanel) Key(key string) (kit.Result, tea.Cmd) {
	if d := &p.draft; d.offer != nil {
		switch key {
		case "enter":
			p.words.SetValue(d.offer.Values["words"])
			p.until.SetValue(d.offer.Values["until"])
			d.offer = nil
			return kit.Going, nil
		case "ctrl+x":
			return kit.Going, d.drop()
		}
	}
	switch {
	case key == "esc":
		return kit.Left, nil
	case p.busy:
	case key == "enter" && p.words.Focused() && p.until.Value() == "" && strings.TrimSpace(p.words.Value()) != "":
		p.turn() // the date is needed
	case key == "enter":
		return kit.Going, p.save()
	default:
		p.turn()
	}
	return kit.Going, nil
}

// turn goes to the other field.
func (p *bannerPanel) turn() {
	p.wrong = ""
	if p.words.Focused() {
		p.words.Blur()
		p.until.Focus()
		return
	}
	p.until.Blur()
	p.words.Focus()
}

func (p *bannerPanel) save() tea.Cmd {
	words := strings.TrimSpace(p.words.Value())
	if !p.ready {
		p.owed = true
		return nil
	}
	a := model.SetBanner{Customer: p.of, Words: words, Was: new(p.stands)}
	if words != "" {
		day, ok := kit.ParseDate(p.until.Value(), p.env.now())
		if !ok {
			if p.words.Focused() {
				p.turn()
			}
			p.wrong = p.env.T("banner.until.wrong")
			return nil
		}
		a.Until = model.DayOf(day)
		if words != p.warned && len(p.env.noteCheck(words)) > 0 {
			p.warned = words
			return nil
		}
	}
	p.busy, p.wrong = true, ""
	return p.draft.saving(p.env.try(p, a))
}

func (p *bannerPanel) Update(msg tea.Msg) tea.Cmd {
	if r, ok := msg.(bannerReady); ok {
		return p.loaded(r)
	}
	if m, ok := msg.(lineDrafted); ok {
		return p.draft.hear(m, p.typed() != p.first)
	}
	p.wrong, p.draft.offer = "", nil
	p.words.Update(msg)
	p.until.Update(msg)
	return nil
}

// Fail shows why the book refused.
func (p *bannerPanel) Fail(sentence string) { p.busy, p.draft.saved, p.wrong = false, false, sentence }

// refused learns what a colleague put there meanwhile, so that saving once more
// takes its place knowingly.
func (p *bannerPanel) refused(err error) {
	var e *model.Error
	if errors.As(err, &e) && len(e.Fields) == 1 {
		p.stands = e.Fields[0].Stand
	}
}

// Keep saves as a draft what differs from the line that stands.
func (p *bannerPanel) Keep() tea.Cmd {
	v := p.typed()
	if v == p.first {
		return nil
	}
	return p.draft.keep(map[string]string{"words": v[0], "until": v[1]})
}

// View draws the line and its last day.
func (p *bannerPanel) View(w int) []string {
	e, th := p.env, p.env.Theme
	room := max(w-2, 1)
	title := e.T("banner.title", "Customer", kit.Cell(p.name, min(nameWidth(p.name, 40), 40)))
	label := e.T("banner.until")
	at := kit.Width(label) + 2
	until := " " + th.Paint(kit.InkLabel, label) + " " + th.Paint(kit.InkInput, p.until.View(12))
	if p.until.Value() == "" {
		until += " " + th.Paint(kit.InkHint, kit.Cut(e.T("log.due.hint"), max(room-at-13, 1)))
	}
	rows := []string{" " + th.Paint(kit.InkTitle, kit.Cut(title, room)), " " + th.Paint(kit.InkInput, p.words.View(room)), until}
	if p.cx, p.cy = 1+p.words.CursorX(), 1; p.until.Focused() {
		p.cx, p.cy = at+p.until.CursorX(), 2
	}
	switch {
	case p.wrong != "":
		for _, row := range kit.Wrap("✗ "+p.wrong, room) {
			rows = append(rows, " "+th.Paint(kit.InkError, row))
		}
		return rows[:min(len(rows), 8)]
	case p.warned != "" && p.warned == strings.TrimSpace(p.words.Value()):
		return append(rows, " "+th.Paint(kit.InkWarn, kit.Cut("▲ "+strings.Join(p.env.noteCheck(p.warned), " · ")+" "+e.T("formbox.warned"), room)))
	case p.stands != "" && strings.TrimSpace(p.words.Value()) == "":
		return append(rows, " "+th.Paint(kit.InkHint, kit.Cut(e.T("banner.clears"), room)))
	case p.draft.offer != nil:
		return append(rows, p.draft.row(p.draft.offer.Values["words"], w))
	}
	return append(rows, "")
}

// Cursor stands in the field in focus.
func (p *bannerPanel) Cursor() (x, y int, ok bool) { return p.cx, p.cy, true }

// Commands name the keys of the panel.
func (p *bannerPanel) Commands() []kit.Command {
	if p.draft.offer != nil {
		return lineDraftCommands()
	}
	return []kit.Command{
		{ID: "panel.save", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "banner.next", Keys: []string{"tab", "shift+tab", "down", "up"}, Group: "move", Footer: 90},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 80},
	}
}
