package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// undoScreen asks before many changes are taken back, or put back, and shows how
// far that is: a large import takes a while.
type undoScreen struct {
	env   *Env
	ask   UndoAsk
	box   *kit.Choose
	steps chan undoStep // while it runs; holds the newest step only
	at    undoStep
}

// undoStep is how far an undo is.
type undoStep struct{ done, total int }

// undoEnded is the outcome.
type undoEnded struct {
	receipt model.Receipt
	err     error
}

func newUndo(env *Env, ask UndoAsk) kit.Screen {
	title := env.T("undo.title")
	if ask.Redo {
		title = env.T("redo.title")
	}
	return &undoScreen{env: env, ask: ask, box: kit.NewChoose(env.Theme, title, []kit.Option{
		{Value: "no", Label: env.T("undo.no")},
		{Value: "yes", Label: env.Text.N("undo.yes", max(ask.Preview.Count, 1))},
	})}
}

func (s *undoScreen) Init() tea.Cmd { return nil }

func (s *undoScreen) Title() string {
	if s.ask.Redo {
		return s.env.T("redo.title")
	}
	return s.env.T("undo.title")
}

// Typing gives the dialog every key: u must not ask again here.
func (s *undoScreen) Typing() bool { return true }

// Commands leave the digits and arrows to the dialog.
func (s *undoScreen) Commands() []kit.Command {
	press := func(code rune) func() tea.Cmd {
		return func() tea.Cmd { return s.press(tea.KeyPressMsg{Code: code}) }
	}
	if s.steps != nil {
		return nil
	}
	return []kit.Command{
		{ID: "ask.go", Keys: []string{"enter"}, Group: "change", Danger: true, Footer: 100, Run: press(tea.KeyEnter)},
		{ID: "undo.leave", Keys: []string{"esc"}, Group: "go", Footer: 90, Run: press(tea.KeyEscape)},
	}
}

func (s *undoScreen) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case undoStep:
		s.at = msg
		return s, s.listen()
	case undoEnded:
		if msg.err != nil {
			return s, tea.Sequence(kit.Send(kit.Back{}), kit.Fail(msg.err))
		}
		return s, tea.Sequence(kit.Send(kit.Back{}), kit.Send(s.env.undone(msg.receipt, s.ask.Redo)))
	}
	return s, s.press(msg)
}

// start takes back, and listens for how far that is.
func (s *undoScreen) start() tea.Cmd {
	rev, redo := s.ask.Preview.Line.Rev, s.ask.Redo
	if s.env.Book == nil {
		return tea.Sequence(kit.Send(kit.Back{}), s.env.undoNow(rev, redo))
	}
	steps := make(chan undoStep, 1)
	s.steps = steps
	work := func() tea.Msg {
		defer close(steps)
		r, err := s.env.Book.UndoWith(s.env.Ctx, rev, redo, func(done, total int) {
			select {
			case <-steps: // nobody looked at the step before
			default:
			}
			steps <- undoStep{done: done, total: total}
		})
		return undoEnded{receipt: r, err: err}
	}
	return tea.Batch(work, s.listen())
}

func (s *undoScreen) listen() tea.Cmd {
	steps := s.steps
	return func() tea.Msg {
		if step, ok := <-steps; ok {
			return step
		}
		return nil
	}
}

func (s *undoScreen) press(msg tea.Msg) tea.Cmd {
	if s.steps != nil {
		return nil // it runs: what is begun is finished
	}
	switch s.box.Update(msg) {
	case kit.Left:
		return kit.Send(kit.Back{})
	case kit.Saved:
		if s.box.Chosen() != "yes" {
			return kit.Send(kit.Back{})
		}
		return s.start()
	}
	return nil
}

// progress words how far it is.
func (s *undoScreen) progress() string {
	if s.at.total == 0 {
		return s.env.T("undo.running")
	}
	return s.env.T("undo.running.of", "Done", s.env.Text.Int(s.at.done), "Total", s.env.Text.Int(s.at.total))
}

func (s *undoScreen) View(w, h int) string {
	l := s.ask.Preview.Line
	rows := kit.Wrap(s.env.message(l.Message), max(w-4, 10))
	when := s.env.Text.DateTime(s.env.at(l.At), s.env.now())
	rows = append(rows, s.env.Theme.Paint(kit.InkMuted, when+" · "+kit.Clean(clip(l.Person, 60))))
	head := ""
	used := 1
	for _, r := range rows[:min(len(rows), max(h-6, 1))] {
		head += "\n  " + r
		used++
	}
	if s.steps != nil {
		return head + "\n\n  " + s.env.Theme.Paint(kit.InkAccent, s.progress())
	}
	return head + "\n" + s.box.View(w, max(h-used, 1))
}
