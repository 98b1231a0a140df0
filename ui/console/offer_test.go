package console

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// lead is a global command that leads to a screen.
func lead(id, kind string, keys ...string) kit.Command {
	to := kit.Open{Kind: kind}
	return kit.Command{ID: id, Keys: keys, Group: "go", Footer: 60, Goes: to,
		Run: func() tea.Cmd { return kit.Send(kit.Go(to)) }}
}

func TestAKeyOfTheScreenIsNotOfferedTwice(t *testing.T) {
	ran := ""
	note := func(s string) func() tea.Cmd { return func() tea.Cmd { ran += s; return nil } }
	s := open(t, "en", 80, 24, func(c *Config, s *stage) {
		s.desk.cmds = []kit.Command{
			{ID: "quit", Keys: []string{"u", "esc"}, Group: "change", Footer: 90, Run: note("own")},
		}
		c.Global = func() []kit.Command {
			return []kit.Command{{ID: "retry", Keys: []string{"u"}, Group: "go", Footer: 60, Run: note("global")}}
		}
	})
	last := func() string {
		rows := strings.Split(s.Screen(), "\n")
		return rows[len(rows)-1]
	}
	if f := last(); !strings.HasPrefix(f, " u quit") || strings.Count(f, " u ") != 1 {
		t.Errorf("footer %q", f)
	}
	s.Key("?")
	keys := 0
	for _, row := range strings.Split(s.Screen(), "\n") {
		if strings.HasPrefix(row, "   u ") {
			keys++
		}
	}
	if keys != 1 {
		t.Errorf("help names u %d times:\n%s", keys, s.Screen())
	}
	// What lost its key is still found by its name.
	s.Keys("esc", ":")
	s.Type("again")
	s.Key("enter")
	if ran != "global" {
		t.Errorf("ran %q", ran)
	}
}

func TestGoComesBackToAScreenThatIsOpen(t *testing.T) {
	kept := 0
	s := open(t, "en", 80, 24, func(c *Config, s *stage) {
		s.card.close = func() tea.Msg { kept++; return nil }
		c.Global = func() []kit.Command { return []kit.Command{lead("quit", "desk", "x"), lead("help", "card", "y")} }
	})
	s.Lacks("x quit") // the desk is here
	s.Key("x")
	s.Key("y")
	s.Contains("Desk ▸ Petra")
	s.Send(kit.Open{Kind: "card", Arg: 1})
	s.Send(kit.Open{Kind: "card", Arg: 2})
	if n := len(s.root.stack); n != 4 {
		t.Fatalf("%d screens", n)
	}
	s.desk.seen = nil
	s.Key("x")
	if n := len(s.root.stack); n != 1 {
		t.Fatalf("%d screens after going to the desk", n)
	}
	if kept != 3 {
		t.Errorf("%d of 3 screens kept their draft", kept)
	}
	if got := strings.Join(s.desk.seen, " "); got != "kit.Resumed" {
		t.Errorf("the desk saw %s", got)
	}
	s.Contains("first row")
}

func TestLongHelpGoesOnBelow(t *testing.T) {
	s := open(t, "en", 40, 24, func(_ *Config, s *stage) {
		s.desk.cmds = []kit.Command{{ID: "retry", Keys: []string{"r"}, Group: "change",
			WhyNot: func() string { return "Nobody is chosen, and nothing can be done before somebody is." }}}
	})
	s.Key("?")
	s.Contains("somebody is.")
	s.Lacks("…")
}

func TestADoubledEscIsAnEsc(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.Send(kit.Open{Kind: "card"})
	s.Send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	s.Contains("first row")
}
