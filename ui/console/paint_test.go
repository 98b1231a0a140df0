package console

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// drawnRow draws one row: painted parts of plain, accented and wide characters.
func drawnRow(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(0, 6).Draw(t, "parts") {
		on := rapid.SampledFrom([]string{"", "\x1b[2m", "\x1b[1;96m", "\x1b[7m", "\x1b[4m", "\x1b[38;5;208m", "\x1b[48;2;1;2;3;1m"}).Draw(t, "ink")
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab  Zé─▌中é")), 0, 12, -1).Draw(t, "text")
		b.WriteString(on + text)
		if on != "" {
			b.WriteString("\x1b[m")
		}
		if rapid.IntRange(0, 4).Draw(t, "gap") == 0 {
			b.WriteString(strings.Repeat(" ", rapid.IntRange(0, 20).Draw(t, "blanks")))
		}
	}
	return b.String()
}

// drawnView draws a picture that has much of the one before it.
func drawnView(t *rapid.T, before []string, h int) ([]string, tea.View) {
	rows := make([]string, h)
	shift, often := rapid.IntRange(-4, 4).Draw(t, "shift"), rapid.IntRange(1, 12).Draw(t, "often")
	for y := range rows {
		if from := y + shift; from >= 0 && from < len(before) {
			rows[y] = before[from]
		}
		if rapid.IntRange(0, often).Draw(t, "new") == 0 {
			rows[y] = drawnRow(t)
		}
	}
	v := tea.NewView(strings.Join(rows, "\n"))
	v.WindowTitle = rapid.SampledFrom([]string{"", "Desk", "Customer"}).Draw(t, "title")
	if rapid.Bool().Draw(t, "cursor") {
		v.Cursor = tea.NewCursor(rapid.IntRange(0, 50).Draw(t, "x"), rapid.IntRange(0, h).Draw(t, "y"))
	}
	return rows, v
}

// seen is all that a terminal shows, cell by cell.
func seen(e *vt.Emulator) string {
	var b strings.Builder
	for y := range e.Height() {
		for x := range e.Width() {
			c := e.CellAt(x, y)
			if c == nil || c.Content == "" && c.Width == 0 {
				b.WriteString("|")
				continue
			}
			blank := uv.EmptyCell
			if c.Content == "" {
				c = &blank
			}
			b.WriteString("|" + c.Style.Diff(nil) + c.Content)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// However one picture follows another, in a window of changing size, the
// terminal shows what it would show if the last one was all it was ever sent.
func TestPaintedFromPictureToPicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 16).Draw(t, "h")
		profile := rapid.SampledFrom([]colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor}).Draw(t, "profile")
		term := vt.NewEmulator(w, h)
		p := &painter{w: term, profile: profile}
		p.resize(w, h)
		var rows []string
		for range rapid.IntRange(1, 8).Draw(t, "frames") {
			if rapid.IntRange(0, 9).Draw(t, "size") == 0 {
				w, h = rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 16).Draw(t, "h")
				term.Resize(w, h)
				p.resize(w, h)
			}
			var v tea.View
			rows, v = drawnView(t, rows, h)
			p.paint(v)
			fresh := vt.NewEmulator(w, h)
			f := &painter{w: fresh, profile: profile}
			f.resize(w, h)
			f.paint(v)
			if got, want := seen(term), seen(fresh); got != want {
				t.Fatalf("the terminal shows\n%s\nand not\n%s", got, want)
			}
			if v.Cursor != nil {
				if at := term.CursorPosition(); at.X != min(v.Cursor.X, w-1) || at.Y != min(v.Cursor.Y, h-1) {
					t.Fatalf("the cursor is at %v and not at %v", at, v.Cursor.Position)
				}
			}
		}
	})
}

// What is shown is what was drawn, told by another reader of it.
func TestPaintedIsWhatWasDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const w, h = 60, 4
		_, v := drawnView(t, nil, h)
		term := vt.NewEmulator(w, h)
		p := &painter{w: term, profile: colorprofile.TrueColor}
		p.resize(w, h)
		p.paint(v)
		plain := vt.NewEmulator(w, h)
		for y, row := range strings.Split(v.Content, "\n") {
			cut := ansi.Truncate(row, w, "")
			if _, err := plain.WriteString(ansi.CursorPosition(1, y+1) + cut + "\x1b[m"); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := seen(term), seen(plain); got != want {
			t.Fatalf("the terminal shows\n%s\nand the picture was\n%s", got, want)
		}
	})
}

// A picture that is shown already costs nothing; one cell costs little.
func TestPaintedCosts(t *testing.T) {
	var out bytes.Buffer
	p := &painter{w: &out, profile: colorprofile.ANSI}
	p.resize(120, 40)
	rows := make([]string, 40)
	for i := range rows {
		rows[i] = strings.Repeat("\x1b[2mword\x1b[m ", 20)
	}
	paint := func() int {
		out.Reset()
		p.paint(tea.NewView(strings.Join(rows, "\n")))
		return out.Len()
	}
	if paint() == 0 {
		t.Fatal("nothing was drawn")
	}
	if n := paint(); n != 0 {
		t.Errorf("%d bytes for the same picture: %q", n, out.String())
	}
	rows[7] = strings.Replace(rows[7], "word", "wort", 1)
	if n := paint(); n == 0 || n > 20 {
		t.Errorf("%d bytes for one cell: %q", n, out.String())
	}
	rows[9] = ""
	if n := paint(); n == 0 || n > 12 {
		t.Errorf("%d bytes for a row that is cleared: %q", n, out.String())
	}
}

// broken is a line that takes nothing more.
type broken struct{ asked int }

func (b *broken) Write([]byte) (int, error) {
	b.asked++
	return 0, errors.New("gone")
}

// A line that broke is not written to again, not even at the end.
func TestPaintedToNobody(t *testing.T) {
	b := &broken{}
	p := &painter{w: b}
	p.resize(10, 3)
	for _, s := range []string{"one", "two", "three"} {
		p.paint(tea.NewView(s))
	}
	p.close()
	if b.asked != 1 {
		t.Errorf("%d writes to a line that is gone", b.asked)
	}
}

// A terminal of few colours is sent none that it does not have; what a style
// brings and takes back is the shortest of what does it.
func TestInk(t *testing.T) {
	for _, c := range []struct {
		params  string
		profile colorprofile.Profile
		want    string
	}{
		{"", colorprofile.TrueColor, ""},
		{"1;96", colorprofile.ANSI, "\x1b[1;96m"},
		{"1;96", colorprofile.ASCII, "\x1b[1m"},
		{"1;96", colorprofile.NoTTY, ""},
		{"7", colorprofile.ASCII, "\x1b[7m"},
		{"38;5;208;48;5;3", colorprofile.ANSI256, "\x1b[38;5;208;43m"},
		{"38;5;196", colorprofile.ANSI, "\x1b[91m"},
		{"38;2;1;2;3", colorprofile.TrueColor, "\x1b[38;2;1;2;3m"},
		{"38;2;255;0;0", colorprofile.ANSI256, "\x1b[38;5;196m"},
		{"107;4:3", colorprofile.ANSI, "\x1b[4;107m"},
		{"1;2;22", colorprofile.ANSI, ""},
		{"3;4;5;7;8;9;23;24;25;27;28;29", colorprofile.ANSI, ""},
		{"31;41;39;49", colorprofile.ANSI, ""},
		{"31;0", colorprofile.ANSI, ""},
		{"38;9;1", colorprofile.ANSI, "\x1b[1m"}, // no such kind of colour
		{"99999999999999999999;1", colorprofile.ANSI, "\x1b[1m"},
	} {
		k := ink{}.with(c.params).shown(c.profile)
		if got := string(k.appendTo(nil, ink{})); got != c.want {
			t.Errorf("%s on %v: %q, want %q", c.params, c.profile, got, c.want)
		}
	}
	for _, c := range [][3]string{
		{"1", "1;96", "\x1b[96m"}, {"1;96", "1", "\x1b[0;1m"}, {"2", "1", "\x1b[0;1m"}, {"31", "32", "\x1b[32m"}, {"7", "", "\x1b[m"}, {"7", "7", ""},
	} {
		from, to := ink{}.with(c[0]), ink{}.with(c[1])
		if got := string(to.appendTo(nil, from)); got != c[2] {
			t.Errorf("from %s to %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
