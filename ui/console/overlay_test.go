package console

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// busy gives the desk commands of every sort.
func busy(ran *string) func(*Config, *stage) {
	note := func(s string) func() tea.Cmd { return func() tea.Cmd { *ran += s; return nil } }
	return func(c *Config, s *stage) {
		s.desk.cmds = []kit.Command{
			{ID: "retry", Keys: []string{"r", "enter"}, Group: "change", Footer: 90, Run: note("r")},
			{ID: "back", Keys: []string{"1", "2", "3", "4"}, Shown: "1-4", Group: "move", Footer: 80,
				RunKey: func(k string) tea.Cmd { *ran += k; return nil }},
			{ID: "quit", Keys: []string{"a"}, Group: "change", Footer: 70,
				WhyNot: func() string { return "Only a lead may do this\u202e." }, Run: note("a")},
		}
		c.Global = func() []kit.Command {
			return []kit.Command{{ID: "back", Keys: []string{"u"}, Group: "go", Footer: 60, Run: note("u")}}
		}
	}
}

func TestFooterShowsWhatWorksNow(t *testing.T) {
	ran := ""
	for _, lang := range text.Languages() {
		for _, w := range []int{40, 80, 120} {
			s := open(t, lang, w, 12, busy(&ran))
			rows := strings.Split(s.Screen(), "\n")
			last := rows[len(rows)-1]
			if strings.Contains(last, "a stop") || strings.Contains(last, "a quit") {
				t.Errorf("%s: a key that does not work: %s", lang, last)
			}
			if !strings.Contains(last, "? ") || !strings.HasPrefix(last, " r ") {
				t.Errorf("%s %d: %s", lang, w, last)
			}
		}
	}
}

func TestHelp(t *testing.T) {
	ran := ""
	for _, lang := range text.Languages() {
		s := open(t, lang, 80, 24, busy(&ran))
		s.Golden("desk." + lang)
		s.Key("?")
		s.Golden("help." + lang)
		s.Keys("r", "a")
		s.Paste("r")
		if ran != "" {
			t.Errorf("help ran %s", ran)
		}
		s.Key("esc")
		s.Contains("second row")
	}
}

func TestHelpScrolls(t *testing.T) {
	ran := ""
	s := open(t, "en", 40, 10, busy(&ran))
	s.Key("?")
	s.Contains("Move")
	s.Key("G")
	s.Contains("Find a command")
	s.Keys("k", "pgup", "g", "j", "pgdown", "k", "home")
	s.Contains("Move")
	s.Keys("end", "?")
	s.Contains("second row")
}

func TestPalette(t *testing.T) {
	ran := ""
	for _, lang := range text.Languages() {
		s := open(t, lang, 80, 24, busy(&ran))
		s.Key(":")
		s.Golden("palette." + lang)
		s.Key("esc")
	}
	s := open(t, "en", 80, 24, busy(&ran))
	s.Key("ctrl+p")
	s.Type("AGAIN scr")
	if x, y, ok := s.Cursor(); !ok || x != 12 || y != 1 {
		t.Errorf("cursor at %d,%d", x, y)
	}
	s.Key("enter")
	if ran != "r" {
		t.Errorf("ran %q", ran)
	}
	s.Key(":")
	s.Type("zzz")
	s.Contains("No command has these words.")
	s.Key("enter")
	s.Keys("backspace", "backspace", "backspace")
	s.Paste("go back")
	s.Key("enter")
	if ran != "r1" {
		t.Errorf("ran %q", ran)
	}
	s.Key(":")
	s.Keys("down", "up", "up", "tab")
	for range 30 {
		s.Key("down")
	}
	s.Key("enter")
	s.Contains("Only a lead may do this·.")
	if ran != "r1" {
		t.Errorf("an unavailable command ran: %q", ran)
	}
}

func TestKeyPage(t *testing.T) {
	var texts []*text.Text
	for _, lang := range text.Languages() {
		tx, err := text.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, tx)
	}
	page := KeyPage(texts, []Page{{TitleID: "cmd.retry", Commands: []kit.Command{
		{ID: "retry", Keys: []string{"|", "space"}, Group: "change"},
		{ID: "back", Keys: []string{"up"}, Group: "move"},
	}}})
	kittest.Golden(t, "keypage", page)
}

// TestProgram runs the console as it runs for people, with a keyboard and a
// terminal of bytes.
func TestProgram(t *testing.T) {
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan struct{}, 1)
	desk := &probe{title: "Desk", rows: []string{"row"}}
	desk.on = func(msg tea.Msg) tea.Cmd {
		if _, ok := msg.(kit.Changed); ok {
			heard <- struct{}{}
		}
		return nil
	}
	cfg := Config{Text: tx, Theme: kit.NewTheme(true), Start: kit.Open{Kind: "desk"},
		Makers: map[string]func(any) kit.Screen{"desk": func(any) kit.Screen { return desk }}}
	var out bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	p := NewProgram(ctx, New(cfg), tea.WithInput(nil), tea.WithOutput(&out), tea.WithWindowSize(80, 24),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignals())
	done := make(chan error, 1)
	go func() { done <- p.Run() }()
	p.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.Send(kit.Changed{Rev: 1})
	<-heard
	p.Send(tea.KeyPressMsg{Code: 'q', Text: "q"})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Desk") {
		t.Errorf("drawn %q", out.String())
	}
	gone, stop := context.WithCancel(context.Background())
	stop()
	if err := Run(gone, New(cfg), tea.WithInput(nil), tea.WithOutput(&bytes.Buffer{}), tea.WithoutSignals()); err != nil {
		t.Errorf("an ended context: %v", err)
	}
}

func BenchmarkView(b *testing.B) {
	ran := ""
	s := open(b, "en", 120, 42, busy(&ran))
	th := kit.NewTheme(true)
	s.desk.view = func(w, h int) string {
		var out strings.Builder
		for i := range h {
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(kit.Fit("Petra Jansen-van der Meulen", 40))
			th.Write(&out, kit.InkTrait2, "· 2 · 4")
			out.WriteString(kit.Fit("Utrecht", w-47))
		}
		return out.String()
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = s.root.View()
	}
}
