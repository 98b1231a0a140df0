package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// registerForm is a screen that is one form which picks from our register. It
// reads the register first, keeps the keys typed meanwhile for the form, and
// goes back when the form is saved or left.
type registerForm struct {
	formStage
	first  model.StandardKind // of which the low numbers are
	begin  func() tea.Cmd     // opens the form
	lines  register
	loaded bool
	held   []tea.Msg
	w, h   int
}

// registerRead is the register for a form.
type registerRead struct {
	lines []model.StandardLine
	err   error
}

func newRegisterForm(env *Env, first model.StandardKind, begin func() tea.Cmd) registerForm {
	return registerForm{formStage: newFormStage(env), first: first, begin: begin}
}

// Init reads the register.
func (s *registerForm) Init() tea.Cmd {
	desk := s.env.Desk
	return func() tea.Msg {
		all, err := desk.Standards()
		return registerRead{lines: all, err: err}
	}
}

func (s *registerForm) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
		return nil
	case registerRead:
		return s.read(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		if !s.loaded {
			if len(s.held) < mostHeld {
				s.held = append(s.held, msg)
			}
			return nil
		}
	}
	cmd, _ := s.hear(msg)
	return s.gone(cmd)
}

// gone leads back once the form is closed.
func (s *registerForm) gone(cmd tea.Cmd) tea.Cmd {
	if s.loaded && !s.open() {
		return tea.Batch(cmd, kit.Send(kit.Back{}))
	}
	return cmd
}

// read opens the form and hands it the keys that were typed meanwhile. Without
// the register one may still type a name.
func (s *registerForm) read(m registerRead) tea.Cmd {
	if s.loaded {
		return nil
	}
	s.lines, s.loaded = registerOf(m.lines, s.first), true
	cmds := []tea.Cmd{kit.Fail(m.err), s.begin()}
	held := s.held
	s.held = nil
	for _, msg := range held {
		cmds = append(cmds, s.update(msg))
	}
	return tea.Batch(cmds...)
}

// listed is the register above the form where there is no room beside it.
func (s *registerForm) listed() []string {
	if s.w >= wideFrom {
		return nil
	}
	return []string{s.lines.line(s.env, 9)}
}

// oneLine says what is wrong with a name or number that is to mean one line.
func (s *registerForm) oneLine(v string) string {
	if _, several := s.lines.find(v); several {
		return s.env.T("standards.pick.several")
	}
	return ""
}

// Typing is true: the form has the keys, also before it is there.
func (s *registerForm) Typing() bool { return true }

// Commands are those of the form.
func (s *registerForm) Commands() []kit.Command {
	cmds := s.commands(func() []kit.Command { return nil })
	for i := range cmds {
		if run := cmds[i].RunKey; run != nil {
			cmds[i].RunKey = func(key string) tea.Cmd { return s.gone(run(key)) }
		}
	}
	return cmds
}

// View draws the form.
func (s *registerForm) View(w, h int) string {
	return s.view(w, h, func(int, int) []string {
		return []string{"", " " + s.env.Theme.Paint(kit.InkMuted, s.env.T("standards.loading"))}
	})
}

// Cursor is the place of the terminal's cursor.
func (s *registerForm) Cursor() (x, y int, ok bool) { return s.cursor(s.h) }

// Closing keeps what is typed.
func (s *registerForm) Closing() tea.Cmd { return s.keepOpen() }
