package kittest

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// fake records what goes wrong instead of failing.
type fake struct {
	testing.TB
	wrong []string
}

type stop struct{}

func (f *fake) Helper() {}

func (f *fake) Errorf(format string, a ...any) { f.wrong = append(f.wrong, fmt.Sprintf(format, a...)) }

func (f *fake) Fatalf(format string, a ...any) {
	f.Errorf(format, a...)
	panic(stop{})
}

// during gives what a driver complains about.
func during(run func(t testing.TB)) (wrong string) {
	f := &fake{}
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(stop); !ok {
				panic(p)
			}
		}
		wrong = strings.Join(f.wrong, "\n")
	}()
	run(f)
	return ""
}

// recorder shows what it is sent.
type recorder struct {
	seen []string
	view string
	do   func(tea.Msg) tea.Cmd
}

func (r *recorder) Init() tea.Cmd { return say("init") }

func (r *recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		r.seen = append(r.seen, m.String())
	case tea.PasteMsg:
		r.seen = append(r.seen, "paste "+m.Content)
	case string:
		r.seen = append(r.seen, m)
	}
	if r.do != nil {
		return r, r.do(msg)
	}
	return r, nil
}

func (r *recorder) View() tea.View {
	if r.view != "" {
		return tea.NewView(r.view)
	}
	return tea.NewView(strings.Join(r.seen, " "))
}

func say(s string) tea.Cmd { return func() tea.Msg { return s } }

func TestKeysByName(t *testing.T) {
	r := &recorder{}
	d := New(t, r, 60, 2)
	d.Keys("j", "G", "enter", "esc", "space", "shift+tab", "ctrl+p", "alt+x", "pgdown", "?", "é")
	d.Type("a B")
	d.Paste("x")
	want := "init j G enter esc space shift+tab ctrl+p alt+x pgdown ? é a space B paste x"
	if got := strings.Join(r.seen, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	d.Resize(80, 2)
	d.Contains(want)
	if wrong := during(func(tb testing.TB) { New(tb, &recorder{}, 9, 2).Key("nokey") }); !strings.Contains(wrong, "no key") {
		t.Error("an unknown key passed")
	}
}

func TestCommandsRunToTheEnd(t *testing.T) {
	r := &recorder{do: func(msg tea.Msg) tea.Cmd {
		switch msg {
		case "one":
			return tea.Batch(say("two"), nil, tea.Sequence(say("three"), say("four")))
		case "four":
			return tea.Quit
		}
		return nil
	}}
	d := New(t, r, 40, 2)
	d.Send("one")
	if got := strings.Join(r.seen, " "); got != "init one two three four" || !d.Quit() {
		t.Errorf("got %s", got)
	}
	d.Send("more")
	if len(r.seen) != 5 {
		t.Error("a program that ended took a message")
	}
}

func TestDriverComplains(t *testing.T) {
	for name, c := range map[string]struct {
		run  func(tb testing.TB)
		want string
	}{
		"a command as a message": {func(tb testing.TB) {
			New(tb, &recorder{do: func(msg tea.Msg) tea.Cmd {
				if msg == "init" {
					return func() tea.Msg { return say("lost") }
				}
				return nil
			}}, 20, 2)
		}, "arrived as a message"},
		"never quiet": {func(tb testing.TB) {
			New(tb, &recorder{do: func(tea.Msg) tea.Cmd { return say("again") }}, 20, 2)
		}, "never quiet"},
		"too wide": {func(tb testing.TB) {
			New(tb, &recorder{view: "12345678901"}, 10, 2).Screen()
		}, "takes 11"},
		"too many rows": {func(tb testing.TB) {
			New(tb, &recorder{view: "1\n2\n3"}, 10, 2).Screen()
		}, "3 rows"},
		"a moved cursor": {func(tb testing.TB) {
			New(tb, &recorder{view: "a\x1b[Hb\nc"}, 10, 2).Screen()
		}, "shifted"},
		"two widths": {func(tb testing.TB) {
			New(tb, &recorder{view: "👨\u200d👩 4567890"}, 10, 2).Screen()
		}, "takes"},
		"no text": {func(tb testing.TB) {
			New(tb, &recorder{view: "a [no.such] b"}, 20, 2).Screen()
		}, "a text is missing"},
	} {
		if wrong := during(c.run); !strings.Contains(wrong, c.want) {
			t.Errorf("%s: it says %q", name, wrong)
		}
	}
}

func TestScreenIsAsWideAsTheWindow(t *testing.T) {
	s := New(t, &recorder{view: "日本 x"}, 10, 3).Screen()
	if want := "日本 x    \n          \n          "; s != want {
		t.Errorf("%q, want %q", s, want)
	}
}

// TestATerminalForgets draws on the same terminal again: nothing stays of what
// stood there, was coloured or begun.
func TestATerminalForgets(t *testing.T) {
	full := strings.TrimSuffix(strings.Repeat("\x1b[7mxyz界\n", 3), "\n")
	for range 20 {
		Draw(t, full, 5, 3)
		if got := Draw(t, "a", 5, 3); strings.TrimSpace(got) != "a" {
			t.Fatalf("shown %q", got)
		}
		e := terminal(5, 3)
		if c := e.CellAt(0, 0); c != nil && (c.Content != " " && c.Content != "" || !c.Style.IsZero()) {
			t.Fatalf("a cell is left: %+v", c)
		}
		_, _ = e.WriteString("\x1b[3;3H\x1b[41m\x1b]0;a title with no end")
		terminals(5, 3).Put(e)
	}
}
