package terminal_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"pasvorm/ui/kit"
	"pasvorm/ui/remote/terminal"
)

const cols, rows = 60, 12

// screen draws some frames, as our console does: the other screen, a title, a
// cursor, lines, colours of every depth.
type screen struct {
	frame int
}

type next struct{}

func (s screen) Init() tea.Cmd { return func() tea.Msg { return next{} } }

func (s screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(next); !ok {
		return s, nil
	}
	if s.frame++; s.frame == 6 {
		return s, tea.Quit
	}
	return s, func() tea.Msg { return next{} }
}

func (s screen) View() tea.View {
	var b strings.Builder
	th := kit.NewTheme(true)
	b.WriteString(th.Paint(kit.InkTitle, "Pasvorm · Zoë") + "\n")
	b.WriteString("┌" + strings.Repeat("─", 20) + "┐\n")
	for y := range 6 {
		fmt.Fprintf(&b, "│ %s %-14s │ %s\n", th.Paint(kit.InkTrait3, "▲"), fmt.Sprintf("rij %d-%d “é”", y, (y*s.frame)%7), strings.Repeat("█", (y+s.frame)%9))
	}
	b.WriteString("└" + strings.Repeat("─", 20) + "┘\n")
	b.WriteString("\x1b[38;2;200;30;40mtrue\x1b[m \x1b[38;5;208mtwo hundred\x1b[m \x1b[31msixteen\x1b[m\n")
	b.WriteString(th.Paint(kit.InkNotice, "日本 ✓ ✗ …"))
	v := tea.NewView(b.String())
	v.AltScreen, v.WindowTitle, v.Cursor = true, "Pasvorm · Zoë "+strconv.Itoa(s.frame), tea.NewCursor(2+s.frame, 3)
	return v
}

// capture runs the console over a line and gives all that went out.
func capture(t *testing.T, term, lang, colorterm string, opts ...tea.ProgramOption) []byte {
	t.Helper()
	k := terminal.Of(term, lang, colorterm, true)
	return run(t, k.Profile, func(w io.Writer) io.Writer { return terminal.NewWriter(w, k) },
		append([]tea.ProgramOption{tea.WithInput(nil), tea.WithEnvironment(terminal.Environ(term, lang, colorterm))}, opts...)...)
}

func run(t *testing.T, p colorprofile.Profile, fit func(io.Writer) io.Writer, opts ...tea.ProgramOption) []byte {
	t.Helper()
	var out locked
	all := append([]tea.ProgramOption{tea.WithContext(context.Background()), tea.WithOutput(fit(&out)), tea.WithColorProfile(p),
		tea.WithWindowSize(cols, rows), tea.WithoutSignalHandler()}, opts...)
	if _, err := tea.NewProgram(screen{}, all...).Run(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type locked struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

// shown draws on a terminal emulator what went out before the console gave the
// screen back, and gives the rows.
func shown(t *testing.T, out []byte) []string {
	t.Helper()
	end := bytes.LastIndex(out, []byte("\x1b[?1049l"))
	if end < 0 {
		t.Fatalf("the screen was not given back: %q", out)
	}
	e := vt.NewEmulator(cols, rows)
	_, _ = e.Write(out[:end])
	var all []string
	for y := range rows {
		var b strings.Builder
		for x := 0; x < cols; {
			c := e.CellAt(x, y)
			if c == nil || c.Width == 0 {
				x++
				continue
			}
			b.WriteString(c.Content)
			x += c.Width
		}
		all = append(all, strings.TrimRight(b.String(), " "))
	}
	return all
}

// TestSameCells: over a line the screen is that of a local terminal.
func TestSameCells(t *testing.T) {
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: cols, Rows: rows}); err != nil {
		t.Fatal(err)
	}
	var local locked
	copied := make(chan struct{})
	go func() { defer close(copied); _, _ = io.Copy(&local, master) }()
	_, err = tea.NewProgram(screen{}, tea.WithInput(tty), tea.WithOutput(tty), tea.WithColorProfile(colorprofile.ANSI256),
		tea.WithEnvironment(terminal.Environ("xterm-256color", "", "")), tea.WithoutSignalHandler()).Run()
	if err != nil {
		t.Fatal(err)
	}
	_ = tty.Close()
	<-copied // the driver ends the reading side when nobody has the other
	_ = master.Close()

	want := shown(t, local.Bytes())
	for _, term := range []string{"xterm-256color", "tmux-256color", "screen", "putty-256color", "linux", "vt100", "alacritty"} {
		if got := shown(t, capture(t, term, "nl_NL.UTF-8", "")); !slices.Equal(got, want) {
			t.Errorf("%s shows\n%s\nand a local terminal\n%s", term, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if !strings.Contains(want[1], "┌──") || !strings.Contains(strings.Join(want, "\n"), "rij 5-") {
		t.Errorf("a local terminal shows\n%s", strings.Join(want, "\n"))
	}
}

// TestPlainCells: without UTF-8 every sign stands in the cell it had.
func TestPlainCells(t *testing.T) {
	want := shown(t, capture(t, "xterm-256color", "", ""))
	got := shown(t, capture(t, "xterm-256color", "C", ""))
	for y := range want {
		for x, r := range []rune(got[y]) {
			if w := []rune(want[y]); r >= 0x80 || y < rows-2 && w[x] < 0x80 && w[x] != r {
				t.Errorf("row %d\n%s\nwas\n%s", y, got[y], want[y])
				break
			}
		}
	}
	if !strings.Contains(got[1], "+----") || !strings.HasPrefix(got[0], "Pasvorm . Zoe") || !strings.HasPrefix(got[10], "???? v x .") {
		t.Errorf("shown:\n%s", strings.Join(got, "\n"))
	}
}

var (
	colour   = regexp.MustCompile(`\x1b\[([0-9;:]*)m`)
	sequence = regexp.MustCompile(`\x1b(\[[0-?]*[ -/]*[@-~]|[\]P_^X][^\x07\x1b]*(\x07|\x1b\\)|[ -/]*[0-~])`)
)

// depth tells the most colours that an output asks for.
func depth(out []byte) colorprofile.Profile {
	most := colorprofile.ASCII
	for _, m := range colour.FindAllSubmatch(out, -1) {
		parts := strings.FieldsFunc(string(m[1]), func(r rune) bool { return r == ';' || r == ':' })
		for i := 0; i < len(parts); i++ {
			n, _ := strconv.Atoi(parts[i])
			p := colorprofile.ASCII
			switch {
			case (n == 38 || n == 48 || n == 58) && i+1 < len(parts) && parts[i+1] == "2":
				p, i = colorprofile.TrueColor, len(parts)
			case n == 38 || n == 48 || n == 58:
				p, i = colorprofile.ANSI256, len(parts)
			case n >= 30 && n <= 37 || n >= 40 && n <= 47 || n >= 90 && n <= 97 || n >= 100 && n <= 107:
				p = colorprofile.ANSI
			}
			most = max(most, p)
		}
	}
	return most
}

// TestColours: no terminal gets more colours than it has, each gets all it has,
// and the text is the same.
func TestColours(t *testing.T) {
	want := shown(t, capture(t, "xterm-256color", "", ""))
	for term, p := range map[string]colorprofile.Profile{
		"xterm-mono": colorprofile.ASCII, "xterm": colorprofile.ANSI, "linux": colorprofile.ANSI, "vt100": colorprofile.ANSI,
		"xterm-256color": colorprofile.ANSI256, "tmux-256color": colorprofile.ANSI256, "screen": colorprofile.ANSI256, "xterm-direct": colorprofile.TrueColor,
	} {
		out := capture(t, term, "", "")
		if got := depth(out); got != p {
			t.Errorf("%s gets %v, not %v", term, got, p)
		}
		if got := shown(t, out); !slices.Equal(got, want) {
			t.Errorf("%s shows\n%s\nnot\n%s", term, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// asks are sequences that a terminal answers.
var asks = regexp.MustCompile(`\x1b\[[>=?]?[0-9;]*[cn]|\x1b\[[?0-9;]*\$p|\x1b\[\?u|\x1b\[>[0-9;]*q|\x1bP\+q|\x1b\](4|10|11|12|52);[^\x07\x1b]*\?|\x1b\[(1[4-9]|2[01])t`)

// TestNothingIsAsked: a console over a line asks no terminal anything. What goes
// out besides text, movements and colours is named here, so that a new one is
// looked at before people see it as garbage.
func TestNothingIsAsked(t *testing.T) {
	modern := []string{"\x1b[?1049h", "\x1b[?1049l", "\x1b[?2004h", "\x1b[?2004l", "\x1b[?25h", "\x1b[?25l", "\x1b[0 q", "\x1b[1 q"}
	old := []string{"\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h", "\x1b[?25l"}
	plain := regexp.MustCompile(`^\x1b\[[0-9;:]*[A-HJKLMPSTXZ@` + "`" + `abdefmr]$`) // movements, erasing, colours, regions
	for term, known := range map[string][]string{
		"xterm-256color": modern, "tmux-256color": modern, "putty-256color": modern, "screen": modern, "xterm-kitty": modern, "linux": old, "vt100": old, "ansi": old,
	} {
		out := capture(t, term, "", "")
		if m := asks.Find(out); m != nil {
			t.Errorf("%s is asked %q", term, m)
		}
		var extra []string
		for _, m := range sequence.FindAll(out, -1) {
			s := string(m)
			title := strings.HasPrefix(s, "\x1b]2;") && !slices.Equal(known, old)
			if !plain.MatchString(s) && !title && !slices.Contains(known, s) && s != "\x1bM" && !slices.Contains(extra, s) {
				extra = append(extra, s)
			}
		}
		if len(extra) > 0 {
			t.Errorf("%s gets %q", term, extra)
		}
	}
	// The pattern finds what Bubble Tea asks when it reads the line itself.
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = in.Close(), typed.Close() }()
	bare := run(t, colorprofile.ANSI256, func(w io.Writer) io.Writer { return w }, tea.WithInput(in), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	if asks.Find(bare) == nil {
		t.Errorf("nothing was found in %q", bare)
	}
	var asked []string
	for _, m := range asks.FindAll(bare, -1) {
		asked = append(asked, string(m))
	}
	t.Logf("with its own reader it asks %q", asked)
}
