package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Key moves through the panel, saves or leaves it.
func (p *logPanel) Key(key string) (kit.Result, tea.Cmd) {
	if p.offer != nil {
		switch key {
		case "enter":
			cmd := p.take(p.offer.Values)
			p.offer = nil
			return kit.Going, cmd
		case "ctrl+x":
			p.offer, p.known = nil, false
			return kit.Going, p.env.keepDraft(p.form(), nil)
		case "esc": // the draft stays for another time
			return kit.Left, nil
		}
		p.offer = nil
	}
	switch key {
	case "enter":
		return kit.Going, p.save()
	case "tab":
		p.step(1)
	case "shift+tab":
		p.step(-1)
	case "down":
		p.jump(1)
	case "up":
		p.jump(-1)
	case "ctrl+t":
		return kit.Going, p.pause()
	case "ctrl+r":
		return kit.Going, p.zero()
	case "ctrl+1", "ctrl+2", "ctrl+3":
		p.answer(int(key[len(key)-1] - '1'))
	case "esc":
		return kit.Left, nil
	}
	return kit.Going, nil
}

// step goes to the next or the previous part that is there.
func (p *logPanel) step(n int) {
	i := p.at
	for range p.cells {
		i = (i + n + len(p.cells)) % len(p.cells)
		if p.there(p.cells[i]) {
			break
		}
	}
	p.focus(i)
}

// jump goes to the first part of the next or the previous row.
func (p *logPanel) jump(n int) {
	const rows = logRows + 1
	want := (p.cells[p.at].row + n + rows) % rows
	for i, c := range p.cells {
		if c.row == want {
			p.focus(i)
			return
		}
	}
}

func (p *logPanel) focus(i int) {
	if c := p.cells[p.at]; c.in != nil {
		c.in.Blur()
	}
	p.cells[p.at].pick.typed = ""
	p.at, p.wrong = i, ""
	if c := p.cells[i]; c.in != nil {
		c.in.Focus()
	}
}

func (p *logPanel) focusID(id string) {
	for i, c := range p.cells {
		if c.id == id {
			p.focus(i)
		}
	}
}

// answer chooses an answer at hand, or leaves it again.
func (p *logPanel) answer(i int) {
	if i >= len(p.answers) {
		return
	}
	c, id := p.cell("answer"), p.answers[i].Answer.ID.String()
	if c.pick.value == id {
		id = ""
	}
	c.pick.value = id
}

// Update takes typed and pasted text, and what was read of the book.
func (p *logPanel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case logReady:
		return p.loaded(msg)
	case logAnswers:
		return p.answered(msg)
	case logTick:
		if msg.of == p && msg.n == p.ticking {
			return p.tick()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.busy {
			return nil
		}
		p.offer, p.wrong = nil, ""
		p.cells[p.at].update(msg)
		return p.fetch()
	}
	return nil
}

// draft is what was filled in otherwise than it was proposed.
func (p *logPanel) draft() map[string]string {
	v := map[string]string{}
	for _, c := range p.cells {
		if raw := c.raw(); raw != c.first {
			v[c.id] = raw
		}
	}
	return v
}

// touched tells whether anything is filled in.
func (p *logPanel) touched() bool { return len(p.draft()) > 0 }

// take fills the panel from a draft. A topic or channel that the playbook no
// longer has is left out.
func (p *logPanel) take(v map[string]string) tea.Cmd {
	for _, c := range p.cells {
		s, ok := v[c.id]
		if !ok {
			continue
		}
		was := c.raw()
		if c.set(s); c.kind == cellPick && c.pick.must && c.pick.chosen() < 0 {
			c.set(was)
		}
	}
	return p.fetch()
}

// Keep saves what is filled in as a draft.
func (p *logPanel) Keep() tea.Cmd {
	v := p.draft()
	if p.saved || len(v) == 0 {
		return nil
	}
	e, keep := p.env, p.env.keepDraft(p.form(), v)
	return func() tea.Msg {
		if failed := keep(); failed != nil {
			return failed
		}
		return kit.Notice{Level: kit.Info, Text: e.T("log.draft.kept")}
	}
}

// Fail shows why the book refused.
func (p *logPanel) Fail(sentence string) { p.busy, p.saved, p.wrong = false, false, sentence }

// save notes the contact, unless something is missing or there is something to
// say of the words that was not said before.
func (p *logPanel) save() tea.Cmd {
	switch {
	case p.busy:
		return nil
	case !p.ready:
		p.owed = true
		return nil
	}
	a, at, wrong := p.action()
	if wrong != "" {
		p.focusID(at)
		p.wrong = wrong
		return nil
	}
	if p.warns() {
		return nil
	}
	p.env.recent = recentContact{topic: a.Topic, channel: a.Channel}
	p.busy, p.saved, p.wrong = true, true, ""
	logged := p.env.try(p, a)
	if !p.known {
		return logged
	}
	drop := p.env.keepDraft(p.form(), nil)
	return func() tea.Msg {
		msg := logged()
		if t, ok := msg.(tried); ok && t.err == nil {
			if f, failed := drop().(kit.Failed); failed {
				return tea.BatchMsg{kit.Send(t), kit.Fail(f.Err)}
			}
		}
		return msg
	}
}

// action makes what is to be done of what is filled in. When something is
// missing it names the part and says what.
func (p *logPanel) action() (a model.LogContact, at, wrong string) {
	e := p.env
	text := func(id string) string { return strings.TrimSpace(p.cell(id).raw()) }
	number := func(id string) int { n, _ := p.cell(id).number(); return n }
	maybe := func(id string) *int {
		if n, given := p.cell(id).number(); given {
			return &n
		}
		return nil
	}
	a = model.LogContact{Customer: p.of, Out: p.cell("out").on, Channel: text("channel"), Topic: text("topic"), Story: text("words"),
		Answered: p.cell("answered").on, Transfers: number("transfers"), ToldAgain: p.cell("told").on, NumberAgain: p.cell("number").on,
		Failed: p.cell("failed").on, Effort: number("effort"), Waited: maybe("waited"), Felt: maybe("felt"), Missing: text("missing")}
	a.Minutes = [model.Activities]int{model.ActivityPrimary: number("primary"), model.ActivityService: number("service"),
		model.ActivityComplaint: number("complaint")}
	switch cell, minutes := p.proposed(); cell {
	case "service":
		a.Minutes[model.ActivityService] = minutes
	case "complaint":
		a.Minutes[model.ActivityComplaint] = minutes
	}
	a.Answer, _ = model.ParseID(text("answer"))
	var ok bool
	if a.On, ok = p.on(); !ok {
		return a, "date", e.T("kit.form.date")
	}
	if words := text("promise"); words != "" {
		due, ok := kit.ParseDate(text("due"), e.now())
		if !ok {
			return a, "due", e.T("log.due.wrong")
		}
		a.Promise = &model.MakePromise{Side: model.Ours, Words: words, Due: model.DayOf(due)}
	}
	if name := text("exception"); name != "" {
		asked := text("asked")
		if asked == "" {
			asked = a.Story
		}
		a.Exception = &model.LogException{Named: name, Words: asked, State: model.ExceptionState(text("said"))}
		if a.Exception.State != "" {
			a.Exception.Reason = text("reason")
		}
		switch {
		case asked == "":
			return a, "asked", e.T("log.asked.wrong")
		case a.Exception.State != "" && a.Exception.Reason == "":
			return a, "reason", e.T("log.reason.wrong")
		}
	}
	return a, "", ""
}

// on reads the date, see [Env.pastDay].
func (p *logPanel) on() (model.Stamp, bool) { return p.env.pastDay(p.cell("date").raw()) }

// warns looks at the words before they are saved: who goes on then saves them as
// they are.
func (p *logPanel) warns() bool {
	var all []string
	if strings.TrimSpace(p.cell("words").raw()) == "" {
		all = append(all, p.env.T("log.blank"))
	}
	for _, id := range []string{"words", "missing", "promise", "asked", "reason"} {
		if c := p.cell(id); p.there(c) {
			all = append(all, p.env.noteCheck(c.raw())...)
		}
	}
	if len(all) == 0 || strings.Join(all, "\n") == strings.Join(p.warned, "\n") {
		return false
	}
	p.warned = all
	p.focus(0)
	return true
}

// Commands name the keys of the panel.
func (p *logPanel) Commands() []kit.Command {
	if p.offer != nil {
		return []kit.Command{
			{ID: "draft.take", Keys: []string{"enter"}, Group: "change", Footer: 100},
			{ID: "draft.drop", Keys: []string{"ctrl+x"}, Group: "change", Danger: true, Footer: 90},
			{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 80},
			{ID: "log.next", Keys: []string{"tab"}, Group: "move", Footer: 70},
		}
	}
	cmds := []kit.Command{
		{ID: "panel.save", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "log.next", Keys: []string{"tab"}, Group: "move", Footer: 90},
		{ID: "log.row", Keys: []string{"down"}, Group: "move", Footer: 60},
		{ID: "log.row.previous", Keys: []string{"up"}, Group: "move"},
		{ID: "log.previous", Keys: []string{"shift+tab"}, Group: "move"},
		{ID: "log.clock", Keys: []string{"ctrl+t"}, Group: "change", Footer: 50},
		{ID: "log.zero", Keys: []string{"ctrl+r"}, Group: "change"},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 80},
	}
	if len(p.answers) > 0 {
		cmds = append(cmds, kit.Command{ID: "log.ready", Keys: []string{"ctrl+1", "ctrl+2", "ctrl+3"}, Shown: "ctrl+1-3", Group: "change", Footer: 55})
	}
	return cmds
}
