package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// panel is a few rows at the bottom of a screen that have the keys while they
// are there: a question for a reason, the tagging of a trait.
type panel interface {
	// Key takes a key that moves through the panel, saves or leaves it; those
	// of Commands and no others.
	Key(key string) (kit.Result, tea.Cmd)
	// Update takes everything else: typed and pasted text, answers of commands.
	Update(msg tea.Msg) tea.Cmd
	// Fail shows why the book refused what the panel asked for.
	Fail(sentence string)
	// View draws the panel in rows of w cells.
	View(w int) []string
	// Cursor is the place of the cursor within the last View.
	Cursor() (x, y int, ok bool)
	// Commands name the keys that Key takes; what runs them is not filled in.
	Commands() []kit.Command
	// Keep gives what is to be kept of a panel that is left; nil for nothing.
	Keep() tea.Cmd
}

// refusable is a panel that looks at the error itself before it is told of it.
type refusable interface{ refused(err error) }

// tried is the outcome of an action that a panel asked for.
type tried struct {
	of      panel
	receipt model.Receipt
	err     error
}

// try carries out actions for a panel, several as one change. An error goes to
// the panel, which keeps what was typed.
func (e *Env) try(of panel, actions ...model.Action) tea.Cmd {
	return func() tea.Msg {
		var r model.Receipt
		var err error
		if len(actions) == 1 {
			r, err = e.Desk.Do(e.Ctx, actions[0])
		} else {
			r, err = e.Desk.DoAll(e.Ctx, actions)
		}
		return tried{of: of, receipt: r, err: err}
	}
}

// bottom is the place for a panel in a screen.
type bottom struct {
	env  *Env
	p    panel
	rows int // of the last view
}

// show opens a panel.
func (b *bottom) show(p panel) { b.p = p }

// key runs a command of the panel.
func (b *bottom) key(key string) tea.Cmd {
	if b.p == nil {
		return nil
	}
	result, cmd := b.p.Key(key)
	if result == kit.Left {
		keep := b.p.Keep()
		b.p = nil
		return tea.Batch(cmd, keep)
	}
	return cmd
}

// update hands a message to the panel; false when it is not for it. done tells
// that the panel got its way and is gone.
func (b *bottom) update(msg tea.Msg) (cmd tea.Cmd, handled, done bool) {
	if t, ok := msg.(tried); ok {
		switch {
		case t.err == nil:
			if done = t.of == b.p; done {
				b.p = nil
			}
			return b.env.report(t.receipt), true, done
		case t.of == b.p:
			if p, ok := b.p.(refusable); ok {
				p.refused(t.err)
			}
			b.p.Fail(b.env.Say.Error(t.err))
			return nil, true, false
		}
		return kit.Fail(t.err), true, false
	}
	if b.p == nil {
		return nil, false, false
	}
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, panelNews:
		return b.p.Update(msg), true, false
	}
	return nil, false, false
}

// panelNews marks answers of commands that are for a panel.
type panelNews interface{ news() }

// commands are those of the panel.
func (b *bottom) commands() []kit.Command {
	cmds := b.p.Commands()
	for i := range cmds {
		cmds[i].RunKey = b.key
	}
	return cmds
}

// view draws the panel, a line above it, in at most h rows.
func (b *bottom) view(w, h int) []string {
	if b.p == nil {
		b.rows = 0
		return nil
	}
	rows := append([]string{kit.Rule(b.env.Theme, w, -1)}, b.p.View(w)...)
	rows = rows[:min(len(rows), max(h, 0))]
	b.rows = len(rows)
	return rows
}

// cursor is the place of the cursor in a body of h rows.
func (b *bottom) cursor(h int) (x, y int, ok bool) {
	if b.p == nil {
		return 0, 0, false
	}
	x, y, ok = b.p.Cursor()
	return x, h - b.rows + 1 + y, ok
}

// keep is what is to be kept when the whole screen is left.
func (b *bottom) keep() tea.Cmd {
	if b.p == nil {
		return nil
	}
	return b.p.Keep()
}

// prompt is a panel that asks for one line, such as a reason.
type prompt struct {
	env    *Env
	title  string
	in     *kit.Input
	must   bool // an empty line is no answer
	busy   bool
	warned string // a line that was warned of; enter saves that as it is
	wrong  string
	draft  lineDraft
	act    func(line string) []model.Action
}

// newPrompt asks title for one line. With must an empty line is not taken. act
// turns the line into what is to be done; several actions are one change.
func newPrompt(env *Env, title string, must bool, act func(line string) []model.Action) *prompt {
	p := &prompt{env: env, title: title, must: must, act: act, in: kit.NewInput("", 2000), draft: lineDraft{env: env}}
	p.in.Focus()
	return p
}

// keeps names the draft of the prompt, and reads it.
func (p *prompt) keeps(form string) tea.Cmd {
	p.draft.form = form
	return p.draft.load()
}

func (p *prompt) Key(key string) (kit.Result, tea.Cmd) {
	if d := &p.draft; d.offer != nil {
		switch key {
		case "enter":
			p.in.SetValue(d.offer.Values["line"])
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
		return kit.Going, nil
	}
	line := strings.TrimSpace(p.in.Value())
	if line == "" && p.must {
		p.wrong = p.env.T("prompt.empty")
		return kit.Going, nil
	}
	if line != p.warned && len(p.env.noteCheck(line)) > 0 {
		p.warned = line
		return kit.Going, nil
	}
	p.busy, p.wrong = true, ""
	return kit.Going, p.draft.saving(p.env.try(p, p.act(line)...))
}

func (p *prompt) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(lineDrafted); ok {
		return p.draft.hear(m, p.in.Value() != "")
	}
	if p.in.Update(msg) {
		p.wrong, p.draft.offer = "", nil
	}
	return nil
}

func (p *prompt) Fail(sentence string) { p.busy, p.draft.saved, p.wrong = false, false, sentence }

func (p *prompt) Keep() tea.Cmd {
	return p.draft.keep(map[string]string{"line": strings.TrimSpace(p.in.Value())})
}

func (p *prompt) View(w int) []string {
	th := p.env.Theme
	rows := []string{" " + th.Paint(kit.InkTitle, kit.Cut(kit.Clean(p.title), max(w-2, 1))),
		" " + th.Paint(kit.InkInput, p.in.View(max(w-2, 1)))}
	switch {
	case p.wrong != "":
		return append(rows, " "+th.Paint(kit.InkError, kit.Cut(p.wrong, max(w-2, 1))))
	case p.warned != "" && p.warned == strings.TrimSpace(p.in.Value()):
		return append(rows, p.env.cautionRows(p.env.noteCheck(p.warned), "notecheck.again", w)...)
	case p.draft.offer != nil:
		return append(rows, p.draft.row(p.draft.offer.Values["line"], w))
	}
	return append(rows, "")
}

func (p *prompt) Cursor() (x, y int, ok bool) { return 1 + p.in.CursorX(), 1, true }

func (p *prompt) Commands() []kit.Command {
	if p.draft.offer != nil {
		return lineDraftCommands()
	}
	return []kit.Command{
		{ID: "panel.save", Keys: []string{"enter"}, Group: "change", Footer: 100},
		{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 90},
	}
}

// inField leaves to a text field the keys that edit in it.
func inField(cmds []kit.Command) []kit.Command {
	for i := range cmds {
		cmds[i].Keys = slices.DeleteFunc(cmds[i].Keys, func(k string) bool { return strings.HasPrefix(k, "ctrl+") })
	}
	return cmds
}

// movement are the commands of a list or page: by line, by screen, to the ends.
// In a text field only the keys that write nothing remain.
func movement(line, page func(n int) tea.Cmd, first, last func() tea.Cmd) []kit.Command {
	by := func(f func(int) tea.Cmd, n int) func() tea.Cmd { return func() tea.Cmd { return f(n) } }
	return []kit.Command{
		{ID: "move.down", Keys: []string{"j", "down"}, Group: "move", Run: by(line, 1)},
		{ID: "move.up", Keys: []string{"k", "up"}, Group: "move", Run: by(line, -1)},
		{ID: "move.pagedown", Keys: []string{"pgdown", "ctrl+d"}, Group: "move", Run: by(page, 1)},
		{ID: "move.pageup", Keys: []string{"pgup", "ctrl+u"}, Group: "move", Run: by(page, -1)},
		{ID: "move.first", Keys: []string{"g", "home"}, Group: "move", Run: first},
		{ID: "move.last", Keys: []string{"G", "end"}, Group: "move", Run: last},
	}
}
