package console

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

func TestPanicsStayInTheirScreen(t *testing.T) {
	key := func(run func() tea.Cmd) func(*Config, *stage) {
		return func(_ *Config, s *stage) { s.card.cmds = []kit.Command{command("retry", run, "x")} }
	}
	for name, c := range map[string]func(*Config, *stage){
		"update": func(_ *Config, s *stage) { s.card.on = func(tea.Msg) tea.Cmd { panic("boom") } },
		"view":   func(_ *Config, s *stage) { s.card.view = func(_, _ int) string { panic("boom") } },
		"maker": func(c *Config, _ *stage) {
			c.Makers["card"] = func(any) kit.Screen { panic("boom") }
		},
		"run": key(func() tea.Cmd { panic("boom") }),
		"cmd": key(func() tea.Cmd { return func() tea.Msg { panic("boom") } }),
		"batch": key(func() tea.Cmd {
			return tea.Batch(nil, tea.Sequence(kit.Send(1), func() tea.Msg { panic("boom") }), kit.Send(2))
		}),
		"reason": func(_ *Config, s *stage) {
			s.card.cmds = []kit.Command{{ID: "retry", Keys: []string{"x"}, WhyNot: func() string { panic("boom") }}}
		},
		"closing": func(_ *Config, s *stage) { s.card.cmds = nil; s.card.close = func() tea.Msg { panic("boom") } },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "en", 80, 24, c)
			s.Send(kit.Open{Kind: "card"})
			s.Key("x")
			if name == "closing" {
				s.Key("q")
			}
			s.Contains("This screen failed")
			s.Contains("R7")
			if len(s.log) == 0 || !strings.Contains(s.log[0], "boom") {
				t.Errorf("kept %v", s.log)
			}
			s.Lacks("boom")
			for range 3 {
				if len(s.root.stack) > 1 {
					s.Key("q")
				}
			}
			s.Contains("second row")
			s.desk.on = nil
			s.Key("q")
			if !s.Quit() {
				t.Error("the program does not end")
			}
		})
	}
}

func TestTryAgainAfterAPanic(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	broken := true
	s.desk.view = func(_, _ int) string {
		if broken {
			panic("boom")
		}
		return "mended"
	}
	s.Contains("This screen failed")
	broken = false
	s.Contains("r try again")
	s.Key("r")
	s.Contains("mended")
}

func TestPanicInTheHeaderOrGlobals(t *testing.T) {
	s := open(t, "en", 80, 24, func(c *Config, _ *stage) {
		c.Header = func(int) string { panic("boom") }
		c.Global = func() []kit.Command { panic("boom") }
	})
	s.Contains("Pasvorm ▸ Desk")
	s.Contains("second row")
	s.Key("q")
	if !s.Quit() {
		t.Error("the program does not end")
	}
}

func TestACommandAsAMessageIsAFault(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.root.Update(kit.Send(kit.Back{}))
	s.root.Update(func() {})
	if len(s.log) != 2 || !strings.Contains(s.log[0], "tea.Cmd") && !strings.Contains(s.log[0], "func") {
		t.Errorf("kept %v", s.log)
	}
	s.Contains("Something in the program is wrong; nothing was lost. Reference R7.")
	// The guard lets one through, so that it is seen here and not lost there.
	if msg := s.root.guard(1, func() tea.Msg { return kit.Send(1) })(); !isFunc(msg) {
		t.Errorf("it became %T", msg)
	}
}
