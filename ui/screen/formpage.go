package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// formPage is a screen that is one form, for a screen to embed. What the form
// needs is read first; keys typed meanwhile are kept for it, and the page leads
// back once the form is saved or left.
type formPage struct {
	formStage
	loading string // said until the form is there
	loaded  bool
	held    []tea.Msg
	w, h    int
}

// formReady brings what a page was waiting for; open opens the form with it.
type formReady struct{ open func() tea.Cmd }

func newFormPage(env *Env, loading string) formPage {
	return formPage{formStage: newFormStage(env), loading: loading}
}

func (s *formPage) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
		return nil
	case formReady:
		return s.begin(msg)
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
func (s *formPage) gone(cmd tea.Cmd) tea.Cmd {
	if s.loaded && !s.open() {
		return tea.Batch(cmd, kit.Send(kit.Back{}))
	}
	return cmd
}

// begin opens the form and hands it the keys that were typed meanwhile.
func (s *formPage) begin(m formReady) tea.Cmd {
	if s.loaded {
		return nil
	}
	s.loaded = true
	cmds := []tea.Cmd{m.open()}
	if !s.open() { // there is none, and the page was told to go back
		return tea.Batch(cmds...)
	}
	held := s.held
	s.held = nil
	for _, msg := range held {
		cmds = append(cmds, s.update(msg))
	}
	return tea.Batch(cmds...)
}

// Typing is true: the form has the keys, also before it is there.
func (s *formPage) Typing() bool { return true }

// Commands are those of the form.
func (s *formPage) Commands() []kit.Command {
	cmds := s.commands(func() []kit.Command { return nil })
	for i := range cmds {
		if run := cmds[i].RunKey; run != nil {
			cmds[i].RunKey = func(key string) tea.Cmd { return s.gone(run(key)) }
		}
	}
	return cmds
}

// View draws the form.
func (s *formPage) View(w, h int) string {
	return s.view(w, h, func(int, int) []string {
		return []string{"", " " + s.env.Theme.Paint(kit.InkMuted, s.loading)}
	})
}

// Cursor is the place of the terminal's cursor.
func (s *formPage) Cursor() (x, y int, ok bool) { return s.cursor(s.h) }

// Closing keeps what is typed.
func (s *formPage) Closing() tea.Cmd { return s.keepOpen() }
