package console

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// probe is a screen that does what a test wants of it.
type probe struct {
	title  string
	rows   []string
	cmds   []kit.Command
	seen   []string
	typing bool
	in     *kit.Input
	on     func(tea.Msg) tea.Cmd
	view   func(w, h int) string
	close  tea.Cmd
	w, h   int
}

func (p *probe) Init() tea.Cmd { return nil }

func (p *probe) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch m := msg.(type) {
	case kit.Resized:
		p.w, p.h = m.W, m.H
		return p, nil
	case tea.KeyPressMsg:
		p.seen = append(p.seen, m.String())
		if p.in != nil {
			p.in.Update(m)
		}
	case tea.PasteMsg:
		p.seen = append(p.seen, "paste")
		if p.in != nil {
			p.in.Update(m)
		}
	default:
		p.seen = append(p.seen, fmt.Sprintf("%T", msg))
	}
	if p.on != nil {
		return p, p.on(msg)
	}
	return p, nil
}

func (p *probe) View(w, h int) string {
	if p.view != nil {
		return p.view(w, h)
	}
	if p.in != nil {
		return p.in.View(20)
	}
	return strings.Join(p.rows, "\n")
}

func (p *probe) Title() string           { return p.title }
func (p *probe) Commands() []kit.Command { return p.cmds }
func (p *probe) Typing() bool            { return p.typing }
func (p *probe) Closing() tea.Cmd        { return p.close }

func (p *probe) Cursor() (x, y int, ok bool) {
	if p.in == nil {
		return 0, 0, false
	}
	return p.in.CursorX(), 0, true
}

type stage struct {
	*kittest.Driver
	root *Root
	desk *probe
	card *probe
	log  []string
}

// open makes a console with two screens: desk, and card over it.
func open(t testing.TB, lang string, w, h int, change func(*Config, *stage)) *stage {
	t.Helper()
	tx, err := text.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{
		desk: &probe{title: "Desk", rows: []string{"first row", "second row"}},
		card: &probe{title: "Petra\x1b[31m Jansen", rows: []string{"card"}},
	}
	cfg := Config{
		Text: tx, Theme: kit.NewTheme(true), Start: kit.Open{Kind: "desk"},
		Makers: map[string]func(any) kit.Screen{
			"desk": func(any) kit.Screen { return s.desk },
			"card": func(any) kit.Screen { return s.card },
		},
		Header: func(int) string { return "Anna (lead)" },
		Word:   func(err error) string { return "Not now: " + err.Error() + "." },
		Report: func(fault any, _ []byte) string {
			s.log = append(s.log, fmt.Sprint(fault))
			return "R7"
		},
	}
	if change != nil {
		change(&cfg, s)
	}
	s.root = New(cfg)
	s.Driver = kittest.New(t, s.root, w, h)
	return s
}

// command is one of the catalogue's own, so that its words exist.
func command(id string, run func() tea.Cmd, keys ...string) kit.Command {
	return kit.Command{ID: id, Keys: keys, Group: "change", Footer: 50, Run: run}
}

func TestStackAndHeader(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.Contains("Pasvorm ▸ Desk")
	s.Contains("Anna (lead)")
	s.Send(kit.Open{Kind: "card"})
	s.Contains("Pasvorm ▸ Desk ▸ Petra· Jansen")
	s.Key("q")
	s.Lacks("Petra")
	if got := strings.Join(s.desk.seen, " "); got != "kit.Resumed" {
		t.Errorf("the desk saw %s", got)
	}
	s.Key("esc")
	if s.Quit() {
		t.Fatal("esc on the first screen quits")
	}
	s.Key("q")
	if !s.Quit() {
		t.Error("q on the first screen does not quit")
	}
	if v := s.root.View(); !v.AltScreen || !strings.Contains(v.WindowTitle, "Desk") || v.Cursor != nil {
		t.Errorf("view %+v", v)
	}
}

func TestReplaceAndUnknownKind(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.Send(kit.Replace{Kind: "card"})
	s.Contains("Pasvorm ▸ Petra· Jansen ")
	s.Send(kit.Open{Kind: "nowhere"})
	s.Contains("Something in the program is wrong")
	s.Contains("R7")
	s.Send(kit.Back{})
	s.Contains("card")
}

func TestCommandsRunBeforeTheScreen(t *testing.T) {
	ran := ""
	note := func(s string) func() tea.Cmd { return func() tea.Cmd { ran += s; return nil } }
	s := open(t, "en", 80, 24, func(c *Config, s *stage) {
		s.desk.cmds = []kit.Command{
			command("retry", note("x"), "x", "down"),
			{ID: "back", Keys: []string{"1", "2"}, RunKey: func(k string) tea.Cmd { ran += "key" + k; return nil }},
			{ID: "quit", Keys: []string{"n"}, WhyNot: func() string { return "There is nothing to do." }, Run: note("n")},
			{ID: "help", Keys: []string{"d"}, Danger: true, Run: note("d")},
		}
		c.Global = func() []kit.Command { return []kit.Command{command("retry", note("g"), "u", "x")} }
	})
	s.Keys("x", "down", "u", "2", "n")
	if ran != "xxgkey2" {
		t.Errorf("ran %s", ran)
	}
	s.Contains("▲ There is nothing to do.")
	s.Keys("z")
	s.Lacks("nothing to do")
	if got := strings.Join(s.desk.seen, " "); got != "z" {
		t.Errorf("the screen saw %s", got)
	}
	s.Send(tea.KeyPressMsg{Code: 'd', Text: "d", IsRepeat: true})
	if ran != "xxgkey2" {
		t.Error("a repeated key did something dangerous")
	}
	s.Key("d")
	if ran != "xxgkey2d" {
		t.Error("a dangerous command does not run at all")
	}
}

func TestTypingIsNoCommand(t *testing.T) {
	ran := ""
	s := open(t, "en", 80, 24, func(c *Config, s *stage) {
		s.desk.typing = true
		s.desk.in = kit.NewInput("", 0)
		s.desk.in.Focus()
		s.desk.cmds = []kit.Command{command("retry", func() tea.Cmd { ran += "!"; return nil }, "x", "q", "space", "enter", "backspace")}
		c.Global = func() []kit.Command {
			return []kit.Command{command("back", func() tea.Cmd { ran += "g"; return nil }, "u", "down", "ctrl+g")}
		}
	})
	s.Type("qx u?:")
	s.Keys("left", "backspace", "down", "esc")
	s.Paste("q\nu")
	if ran != "" || s.Quit() {
		t.Errorf("typing ran %q", ran)
	}
	if v := s.desk.in.Value(); v != "qx uq u:" {
		t.Errorf("typed %q", v)
	}
	s.Keys("enter", "ctrl+g")
	if ran != "!g" {
		t.Errorf("ran %q", ran)
	}
	s.Contains("enter try again")
	s.Contains("ctrl+p all")
	s.Lacks("? keys")
	if x, y, ok := s.Cursor(); !ok || x != 7 || y != 1 {
		t.Errorf("cursor at %d,%d", x, y)
	}
	s.Key("ctrl+p")
	s.Contains("type to find")
}

func TestPasteOutsideAFieldDoesNothing(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.Paste("qqq")
	if len(s.desk.seen) != 0 || s.Quit() {
		t.Errorf("the screen saw %v", s.desk.seen)
	}
}

func TestCtrlCTwice(t *testing.T) {
	kept := false
	s := open(t, "en", 80, 24, func(_ *Config, s *stage) {
		s.desk.typing = true
		s.desk.close = func() tea.Msg { kept = true; return nil }
	})
	s.Key("ctrl+c")
	s.Contains("ctrl+c once more")
	s.Key("x")
	s.Key("ctrl+c")
	if s.Quit() {
		t.Fatal("quit after other keys between")
	}
	s.Key("ctrl+c")
	if !s.Quit() || !kept {
		t.Errorf("quit %v, draft kept %v", s.Quit(), kept)
	}
}

func TestLeavingKeepsADraft(t *testing.T) {
	kept := 0
	s := open(t, "en", 80, 24, func(_ *Config, s *stage) {
		s.card.close = func() tea.Msg { kept++; return kit.Failed{Err: errors.New("no room")} }
	})
	s.Send(kit.Open{Kind: "card"})
	s.Key("esc")
	s.Contains("✗ Not now: no room.")
	if kept != 1 {
		t.Errorf("kept %d times", kept)
	}
}

func TestAnswersGoToTheirScreen(t *testing.T) {
	type answer struct{}
	s := open(t, "en", 80, 24, nil)
	s.desk.on = func(msg tea.Msg) tea.Cmd {
		if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "l" {
			return tea.Batch(kit.Send(kit.Open{Kind: "card"}), kit.Send(answer{}), tea.Sequence(kit.Send(kit.Back{}), kit.Send(kit.Open{Kind: "card"})))
		}
		return nil
	}
	s.Key("l")
	if got := strings.Join(s.desk.seen, " "); got != "l console.answer" {
		t.Errorf("the desk saw %s", got)
	}
	if len(s.card.seen) != 0 || len(s.root.stack) != 2 {
		t.Errorf("the card saw %v, %d screens", s.card.seen, len(s.root.stack))
	}
	s.Key("esc")
}

func TestChangedReachesACoveredScreenLater(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.Send(kit.Changed{Rev: 3})
	s.Send(kit.Open{Kind: "card"})
	s.Send(kit.Changed{Rev: 4})
	s.Send(kit.Changed{Rev: 5})
	if got := strings.Join(s.desk.seen, " "); got != "kit.Changed" {
		t.Errorf("the covered desk saw %s", got)
	}
	if got := strings.Join(s.card.seen, " "); got != "kit.Changed kit.Changed" {
		t.Errorf("the card saw %s", got)
	}
	s.Key("q")
	if got := strings.Join(s.desk.seen, " "); got != "kit.Changed kit.Resumed kit.Changed" {
		t.Errorf("the desk saw %s", got)
	}
}

func TestNoticeMovesNothing(t *testing.T) {
	s := open(t, "en", 80, 12, func(_ *Config, s *stage) {
		s.desk.view = func(_, h int) string {
			rows := make([]string, h)
			for i := range rows {
				rows[i] = fmt.Sprintf("row %d", i)
			}
			return strings.Join(rows, "\n")
		}
	})
	before := strings.Split(s.Screen(), "\n")
	s.Send(kit.Notice{Level: kit.Done, Text: strings.Repeat("Saved for \u202eeverybody. ", 30)})
	after := strings.Split(s.Screen(), "\n")
	for y := range before {
		if notice := y >= 8 && y <= 10; before[y] != after[y] && !notice {
			t.Errorf("row %d became %q", y, after[y])
		}
	}
	if !strings.HasPrefix(after[8], " ✓ Saved for ·everybody.") || !strings.HasSuffix(strings.TrimRight(after[10], " "), "…") {
		t.Errorf("notice %q", after[8:11])
	}
}

func TestErrorGoesBackToItsScreen(t *testing.T) {
	s := open(t, "en", 80, 24, nil)
	s.desk.on = func(msg tea.Msg) tea.Cmd {
		if _, ok := msg.(tea.KeyPressMsg); ok {
			return kit.Fail(errors.New("locked by Sam"))
		}
		return nil
	}
	s.Key("l")
	s.Contains("✗ Not now: locked by Sam.")
	if got := strings.Join(s.desk.seen, " "); got != "l kit.Failed" {
		t.Errorf("the desk saw %s", got)
	}
}

func TestSmallWindow(t *testing.T) {
	s := open(t, "nl", 80, 24, nil)
	s.Resize(39, 24)
	s.Contains("te klein")
	s.Resize(80, 9)
	s.Contains("te klein")
	s.Key("q")
	if s.Quit() {
		t.Error("a key worked that nobody could see")
	}
	s.Resize(3, 1)
	s.Screen()
	s.Resize(40, 10)
	s.Contains("Desk")
	if s.desk.w != 40 || s.desk.h != 8 {
		t.Errorf("the desk has %d by %d", s.desk.w, s.desk.h)
	}
}

func TestRowsThatAreTooMuchAreCut(t *testing.T) {
	s := open(t, "en", 60, 12, func(_ *Config, s *stage) {
		s.desk.title = strings.Repeat("long name ", 30)
		s.card.title = strings.Repeat("longer name ", 30)
		s.desk.view = func(w, h int) string { return strings.Repeat(strings.Repeat("x", w+9)+"\n", h+9) }
	})
	s.Screen()
	s.Send(kit.Open{Kind: "card"})
	s.Screen()
	for range 5 {
		s.Send(kit.Open{Kind: "desk"})
	}
	s.Contains("… ▸ ")
}
