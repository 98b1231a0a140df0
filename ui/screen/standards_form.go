package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// registerForm is a screen that is one form which picks from our register. It
// reads the register first; without it one may still type a name.
type registerForm struct {
	formPage
	first model.StandardKind // of which the low numbers are
	fill  func() tea.Cmd     // opens the form
	lines register
}

func newRegisterForm(env *Env, first model.StandardKind, fill func() tea.Cmd) registerForm {
	return registerForm{formPage: newFormPage(env, env.T("standards.loading")), first: first, fill: fill}
}

// Init reads the register.
func (s *registerForm) Init() tea.Cmd {
	desk := s.env.Desk
	return func() tea.Msg {
		all, err := desk.Standards()
		return formReady{open: func() tea.Cmd {
			s.lines = registerOf(all, s.first)
			return tea.Batch(kit.Fail(err), s.fill())
		}}
	}
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
