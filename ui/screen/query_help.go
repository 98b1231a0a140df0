package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
	"pasvorm/ui/say"
)

// queryHelpPage explains how customers are found.
type queryHelpPage struct {
	env  *Env
	rows []string
	made int // width the rows were made for
	page sheet
}

func newQueryHelp(env *Env) kit.Screen { return &queryHelpPage{env: env} }

// Init needs nothing.
func (s *queryHelpPage) Init() tea.Cmd { return nil }

// Title is the screen's name.
func (s *queryHelpPage) Title() string { return s.env.T("query.help.title") }

// Update takes a message.
func (s *queryHelpPage) Update(tea.Msg) (kit.Screen, tea.Cmd) { return s, nil }

// Commands move through the page.
func (s *queryHelpPage) Commands() []kit.Command {
	by := func(f func(int)) func(int) tea.Cmd { return func(n int) tea.Cmd { f(n); return nil } }
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	return movement(by(s.page.move), by(s.page.page), do(s.page.first), do(s.page.last))
}

// View draws the page.
func (s *queryHelpPage) View(w, h int) string {
	if s.made != w {
		s.rows, s.made = s.lay(w), w
	}
	out := ""
	for i, r := range s.page.view(s.env, s.rows, h) {
		if i > 0 {
			out += "\n"
		}
		out += r
	}
	return out
}

func (s *queryHelpPage) lay(w int) []string {
	e, th := s.env, s.env.Theme
	wide := 0
	for _, t := range say.QueryTopics() {
		wide = max(wide, kit.Width(e.T("query.help."+t+".example")))
	}
	var rows []string
	for _, t := range say.QueryTopics() {
		head := " " + th.Paint(kit.InkKey, kit.Fit(e.T("query.help."+t+".example"), wide)) + "  "
		for _, r := range kit.Wrap(e.T("query.help."+t), max(min(w-wide-4, 90), 16)) {
			rows = append(rows, head+r)
			head = kit.Fit("", wide+3)
		}
	}
	rows = append(rows, "")
	for _, r := range kit.Wrap(e.T("query.help.end"), max(w-2, 1)) {
		rows = append(rows, " "+r)
	}
	return rows
}
