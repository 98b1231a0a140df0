package kittest

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

var update = flag.Bool("update", false, "write the golden files anew")

// unworded is how a text that no catalogue has is shown.
var unworded = regexp.MustCompile(`\[[a-z][a-z0-9_]*(\.[a-z0-9_+]+)+\]`)

// Draw puts rows on a terminal emulator and gives what is seen.
func Draw(t testing.TB, content string, w, h int) string {
	t.Helper()
	rows := strings.Split(content, "\n")
	if len(rows) > h {
		t.Errorf("kittest: %d rows drawn in a window of %d", len(rows), h)
		rows = rows[:h]
	}
	e := terminal(w, h)
	for y, r := range rows {
		if g, c := ansi.GraphemeWidth.StringWidth(r), ansi.WcWidth.StringWidth(r); g > w || c > w {
			t.Errorf("kittest: row %d takes %d or %d cells of %d: %q", y, g, c, w, ansi.Strip(r))
		}
		if y > 0 {
			_, _ = e.WriteString("\r\n")
		}
		_, _ = e.WriteString(r)
	}
	out := make([]string, h)
	for y := range h {
		out[y] = rowText(e, y, w)
	}
	sound := true
	for y, r := range rows {
		if want := strings.TrimRight(ansi.Strip(r), " "); strings.TrimRight(out[y], " ") != want {
			sound = false
			t.Errorf("kittest: row %d shifted\n shown %q\n drawn %q", y, strings.TrimRight(out[y], " "), want)
		}
	}
	if sound {
		terminals(w, h).Put(e)
	}
	if id := unworded.FindString(content); id != "" {
		t.Errorf("kittest: a text is missing: %s", id)
	}
	return strings.Join(out, "\n")
}

// used holds terminals that may be used again, by size: making one takes several
// times as long as drawing on it. One on which something went astray is not kept.
var used sync.Map // of [2]int to *sync.Pool

func terminals(w, h int) *sync.Pool {
	p, _ := used.LoadOrStore([2]int{w, h}, &sync.Pool{})
	return p.(*sync.Pool) //nolint:forcetypeassert // nothing else is stored
}

// terminal gives an empty terminal of w by h cells.
func terminal(w, h int) *vt.Emulator {
	e, ok := terminals(w, h).Get().(*vt.Emulator)
	if !ok {
		return vt.NewEmulator(w, h)
	}
	// RIS, the full reset of ECMA-48; CAN before it ends any sequence begun.
	_, _ = e.WriteString("\x18\x1bc")
	return e
}

func rowText(e *vt.Emulator, y, w int) string {
	var b strings.Builder
	for x := 0; x < w; {
		c := e.CellAt(x, y)
		if c == nil || c.Content == "" {
			b.WriteByte(' ')
			x++
			continue
		}
		b.WriteString(c.Content)
		x += max(c.Width, 1)
	}
	return b.String()
}

// Golden compares the screen with testdata/golden/<name>.txt; with -update it
// writes that file instead. Blanks at the end of rows are not kept.
func (d *Driver) Golden(name string) {
	d.t.Helper()
	Golden(d.t, name, d.Screen())
}

// Golden compares a text with testdata/golden/<name>.txt, see [Driver.Golden].
func Golden(t testing.TB, name, got string) {
	t.Helper()
	rows := strings.Split(got, "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	got = strings.Join(rows, "\n") + "\n"
	path := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run the test with -update to write it)", err)
	}
	if string(want) != got {
		t.Errorf("%s differs (run the test with -update when that is meant)\n got:\n%s\nwant:\n%s", path, got, want)
	}
}
