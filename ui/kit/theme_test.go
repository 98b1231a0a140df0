package kit

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func TestPaint(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := NewTheme(dark)
		if th.Dark() != dark {
			t.Error("the ground is forgotten")
		}
		for tok := InkText; tok < tokens; tok++ {
			s := th.Paint(tok, "name")
			var b strings.Builder
			th.Write(&b, tok, "name")
			if ansi.Strip(s) != "name" || b.String() != s || Width(s) != 4 {
				t.Errorf("token %d: %q and %q", tok, s, b.String())
			}
			if th.Paint(tok, "") != "" {
				t.Errorf("token %d styles nothing at all", tok)
			}
		}
	}
	th := NewTheme(true)
	over := th.Over(InkSelected, "a"+th.Paint(InkWarn, "b")+"c")
	if ansi.Strip(over) != "abc" || strings.Count(over, "\x1b[7m") != 2 || !strings.HasSuffix(over, reset) {
		t.Errorf("over: %q", over)
	}
	if th.Over(InkText, "x") != "x" {
		t.Error("plain text over a row is styled")
	}
}

// once shows every token and quits.
type once struct{ th *Theme }

func (o once) Init() tea.Cmd { return tea.Quit }

func (o once) Update(tea.Msg) (tea.Model, tea.Cmd) { return o, nil }

func (o once) View() tea.View {
	var b strings.Builder
	for tok := InkText; tok < tokens; tok++ {
		o.th.Write(&b, tok, "ink")
	}
	return tea.NewView(b.String())
}

func shownWith(t *testing.T, env []string, more ...tea.ProgramOption) string {
	t.Helper()
	var out bytes.Buffer
	opts := append([]tea.ProgramOption{
		tea.WithInput(nil), tea.WithOutput(&out), tea.WithEnvironment(env), tea.WithWindowSize(100, 5), tea.WithoutSignals(),
	}, more...)
	if _, err := tea.NewProgram(once{NewTheme(true)}, opts...).Run(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// hasColour finds a style sequence with a colour in it.
func hasColour(out string) bool {
	for n := 30; n < 108; n++ {
		if n%10 > 7 || n >= 50 && n < 90 {
			continue
		}
		if strings.Contains(out, fmt.Sprintf("[%dm", n)) || strings.Contains(out, fmt.Sprintf(";%dm", n)) {
			return true
		}
	}
	return false
}

func TestColourFollowsTheTerminal(t *testing.T) {
	full := shownWith(t, []string{"TERM=xterm-256color"}, tea.WithColorProfile(colorprofile.ANSI))
	if !hasColour(full) {
		t.Errorf("no colour on a terminal that has it: %q", full)
	}
	for _, env := range [][]string{{"TERM=xterm-256color", "NO_COLOR=1"}, {"TERM=dumb"}} {
		// Env is how the library reads the environment of a real terminal.
		if out := shownWith(t, env, tea.WithColorProfile(colorprofile.Env(env))); hasColour(out) || !strings.Contains(out, "ink") {
			t.Errorf("%v: %q", env, out)
		}
	}
}

// BenchmarkFrame draws a list of 40 rows as a screen does, one of them hostile.
func BenchmarkFrame(b *testing.B) {
	th := NewTheme(true)
	names := make([]string, 40)
	for i := range names {
		names[i] = fmt.Sprintf("Petra Jansen-van der Meulen %d", i)
	}
	names[7], names[9] = "José Müller", "a\u202eb\x1b[31mc"
	l := NewList[string]()
	req, _ := l.Need(40)
	l.Fill(req, names, names, false)
	b.ReportAllocs()
	for b.Loop() {
		rows, _, cur := l.Visible(40)
		var out strings.Builder
		out.Grow(120 * 40 * 2)
		for i, n := range rows {
			if i > 0 {
				out.WriteByte('\n')
			}
			line := Columns([]string{Cell(n, 30), Cell("Utrecht", 12), th.Paint(InkTrait2, "· 2 · 4"), "3"}, []int{30, 12, 9, 4})
			if i == cur {
				line = th.Over(InkSelected, line)
			}
			out.WriteString(line)
		}
		_, _ = io.WriteString(io.Discard, out.String())
	}
}
