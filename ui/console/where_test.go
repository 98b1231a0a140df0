package console

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// placed is a probe that is about something.
type placed struct {
	probe
	about   any
	foot    int
	cursorY int
}

func (p *placed) About() any { return p.about }
func (p *placed) Foot() int  { return p.foot }

func (p *placed) Cursor() (x, y int, ok bool) { return 0, p.cursorY, p.in != nil }

func (p *placed) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	_, cmd := p.probe.Update(msg)
	return p, cmd
}

// openPlaced puts a placed screen over the desk.
func openPlaced(t *testing.T, change func(*Config)) (*stage, *placed) {
	t.Helper()
	card := &placed{probe: probe{title: "Card", rows: numberedRows(40)}}
	s := open(t, "en", 60, 16, func(c *Config, _ *stage) {
		c.Makers["card"] = func(any) kit.Screen { return card }
		if change != nil {
			change(c)
		}
	})
	s.Send(kit.Open{Kind: "card"})
	return s, card
}

func numberedRows(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("row %d", i))
	}
	return out
}

// Where hears each change once, of the screen on top alone.
func TestWhere(t *testing.T) {
	var heard []string
	s, card := openPlaced(t, func(c *Config) {
		c.Where = func(about any, typing bool) tea.Cmd {
			heard = append(heard, fmt.Sprint(about, typing))
			if about == "nobody's" {
				return kit.Tell(kit.Caution, "said by where")
			}
			return nil
		}
	})
	check := func(want ...string) {
		t.Helper()
		if strings.Join(heard, ", ") != strings.Join(want, ", ") {
			t.Errorf("heard %q, want %q", heard, want)
		}
		heard = nil
	}
	check()
	card.about = "Petra"
	s.Key("x")
	s.Key("x")
	check("Petrafalse")
	card.typing = true
	s.Key("x")
	s.Key("x")
	check("Petratrue")
	card.typing = false
	s.Key("q")
	check("<nil> false")
	s.Send(kit.Open{Kind: "card"})
	check("Petrafalse")
	card.about = "nobody's"
	s.Key("x")
	check("nobody'sfalse")
	s.Contains("said by where")
	// What cannot be compared is a fault of the screen, not the end of the program.
	card.about = []string{"a"}
	s.Key("x")
	card.about = []string{"b"}
	s.Key("x")
	if len(s.log) != 1 {
		t.Errorf("faults: %q", s.log)
	}
	s.Contains("row 3")
}

// Before sees what comes first, and what it takes goes no further.
func TestBefore(t *testing.T) {
	type mine struct{ n int }
	seen := 0
	s, card := openPlaced(t, func(c *Config) {
		c.Before = func(msg tea.Msg) (tea.Cmd, bool) {
			switch m := msg.(type) {
			case mine:
				return kit.Tell(kit.Info, fmt.Sprint("mine ", m.n)), true
			case tea.KeyPressMsg:
				seen++
			}
			return nil, false
		}
	})
	card.seen = nil
	s.Send(mine{7})
	s.Contains("mine 7")
	s.Key("x")
	if got := strings.Join(card.seen, " "); got != "x" || seen != 1 {
		t.Errorf("the screen saw %q, before saw %d keys", got, seen)
	}
}

// A notice of somebody else outlasts keys, and lies over nothing that has them.
func TestNoticeOutlastsKeys(t *testing.T) {
	s, card := openPlaced(t, nil)
	at := func() int {
		for y, row := range strings.Split(s.Screen(), "\n") {
			if strings.Contains(row, "restart at five") {
				return y
			}
		}
		return -1
	}
	say := func() { s.Send(kit.Notice{Level: kit.Caution, Text: "restart at five", Keys: 2}) }
	check := func(when string, want int) {
		t.Helper()
		if y := at(); y != want {
			t.Errorf("%s: the notice is at row %d, want %d\n%s", when, y, want, s.Screen())
		}
	}
	say()
	check("at first", 14)
	s.Key("x")
	check("after a key", 14)
	s.Key("x")
	check("after two", 14)
	s.Key("x")
	check("after three", -1)
	card.foot = 4
	say()
	check("above a panel", 10)
	s.Send(kit.Notice{Level: kit.Caution, Text: "restart at five"})
	check("one of one's own", 14)
	card.in, card.view = kit.NewInput("", 10), func(int, int) string { return strings.Join(card.rows, "\n") }
	card.foot, card.cursorY = 0, 13
	say()
	check("off the field at the bottom", 1)
	card.foot = 200
	card.cursorY = 5
	say()
	check("with no room left", 1)
}
