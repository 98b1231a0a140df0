package terminal

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// sink keeps what is written, and notes how often.
type sink struct {
	bytes.Buffer
	writes int
}

func (s *sink) Write(p []byte) (int, error) {
	s.writes++
	return s.Buffer.Write(p)
}

var (
	modernUTF8  = Of("xterm-256color", "", "", true)
	modernASCII = Of("xterm-256color", "C", "", true)
	oldUTF8     = Of("linux", "", "", true)
	oldASCII    = Of("vt100", "C", "", true)
)

func TestWriter(t *testing.T) {
	for _, c := range []struct {
		name     string
		k        Kind
		in, want string
	}{
		{"line feeds", modernUTF8, "a\nb\r\nc\n\nd", "a\r\nb\r\nc\r\n\r\nd"},
		{"UTF-8 stays", modernUTF8, "caf\u00e9 ─ 日\xff", "caf\u00e9 ─ 日\xff"},
		{"accents", modernASCII, "Zoë Ğündoğdu Øre Łódź ĳs Straße", "Zoe Gundogdu Ore Lodz ys Strase"},
		{"decomposed", modernASCII, "Zoe\u0308 a\u0327\u0301b", "Zoe ab"},
		{"wide", modernASCII, "日本 ＡＢ.", "???? A B ."},
		{"no Latin", modernASCII, "Ωש\u05b8", "??"},
		{"box", modernASCII, "┌─┐\n│x│\n└─┘", "+-+\r\n|x|\r\n+-+"},
		{"bars", modernASCII, "▁▂▃▄▅▆▇█ ▲▼ ✓✗ ●○ …·", "_.--=+*# ^v vx *o .."},
		{"curve", modernASCII, "⠉⠒⠤⣀⠀⣿", "'-._ #"},
		{"quotes", modernASCII, "“q” ‘t Hart’ € 12 – 13", "\"q\" 't Hart' E 12 - 13"},
		{"broken", modernASCII, "a\xffb\xe2\x82c\xc3", "a?b??c"},
		{"sequences", modernASCII, "\x1b[1;31mé\x1b[m\x1b]2;caf\u00e9\x07\x1b[?2004h\x1b[1 q", "\x1b[1;31me\x1b[m\x1b]2;cafe\x07\x1b[?2004h\x1b[1 q"},
		{"sequences that pass an old one", oldUTF8, "\x1b[1;31mé\x1b[m\x1b[2J\x1b[12;40H\x1b[?25l\x1b[?1049h\x1b[3X\x1bM\x1b7", "\x1b[1;31mé\x1b[m\x1b[2J\x1b[12;40H\x1b[?25l\x1b[?1049h\x1b[3X\x1bM\x1b7"},
		{"title", oldUTF8, "a\x1b]2;Pasvorm · Zoë\x07b", "ab"},
		{"title ended by ST", oldUTF8, "a\x1b]2;Pasvorm\x1b\\b", "ab"},
		{"title cut off", oldUTF8, "a\x1b]2;Pasvorm\x1b[1mb", "a\x1b[1mb"},
		{"title without UTF-8", oldASCII, "a\x1b]2;Zoë\x07ë", "ae"},
		{"question", oldUTF8, "a\x1b[?2026$pb\x1bP+q544e\x1b\\c\x1b[>0qd\x1b]11;?\x07e\x1b[?ue\x1b[cf", "abcdee\x1b[cf"},
		{"keys and cursor", oldUTF8, "\x1b[>4;2m\x1b[=1;1u\x1b[>1u\x1b[<1u\x1b[1 qx\x1b[?2004h\x1b[?1000;1006hy", "xy"},
		{"character set", oldUTF8, "\x1b(0x\x1b(By", "xy"},
		{"stopped", oldUTF8, "\x1b[?20\x18a\x1b]2;x\x1ab", "ab"},
		{"endless", oldUTF8, "\x1b[" + strings.Repeat("1;", 100) + "mx", "x"},
	} {
		var b sink
		w := NewWriter(&b, c.k)
		if n, err := io.WriteString(w, c.in); n != len(c.in) || err != nil {
			t.Errorf("%s: wrote %d of %d, %v", c.name, n, len(c.in), err)
		}
		if b.String() != c.want {
			t.Errorf("%s: %q gives\n%q, want\n%q", c.name, c.in, b.String(), c.want)
		}
		if b.writes > 1 {
			t.Errorf("%s: %d writes", c.name, b.writes)
		}
		b.Reset()
		w = NewWriter(&b, c.k)
		for i := range len(c.in) {
			if n, err := w.Write([]byte{c.in[i]}); n != 1 || err != nil {
				t.Errorf("%s: %d, %v", c.name, n, err)
			}
		}
		if b.String() != c.want {
			t.Errorf("%s, byte by byte: %q gives\n%q, want\n%q", c.name, c.in, b.String(), c.want)
		}
	}
}

// TestSameWidth draws anything, and wants as many cells as it took before.
func TestSameWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Filter(func(s string) bool {
			return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 })
		}).Draw(t, "text")
		want := 0
		for _, r := range s {
			want += ansi.StringWidthWc(string(r))
		}
		var b sink
		_, _ = io.WriteString(NewWriter(&b, modernASCII), s)
		if got := b.Len(); got != want {
			t.Fatalf("%q takes %d cells and %q takes %d", s, want, b.String(), got)
		}
	})
}

func TestSignsAreNarrow(t *testing.T) {
	seen := map[rune]byte{}
	for _, s := range signs {
		for _, r := range s.of {
			if w := ansi.StringWidthWc(string(r)); w < 1 {
				t.Errorf("%q takes %d cells", r, w)
			}
			if as, twice := seen[r]; twice {
				t.Errorf("%q is %q and %q", r, as, s.as)
			}
			seen[r] = s.as
		}
	}
	// A bar that grows never looks like a smaller one.
	last := ""
	for _, r := range "▁▂▃▅▆▇█" {
		as, _ := plain(r)
		if strings.ContainsRune(last, rune(as)) {
			t.Errorf("%q looks like one of %q", r, last)
		}
		last += string(as)
	}
}

type failing struct {
	after int
	err   error
}

func (f *failing) Write(p []byte) (int, error) {
	if len(p) <= f.after {
		f.after -= len(p)
		return len(p), nil
	}
	return f.after, f.err
}

func TestWriterErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct{ err, want error }{{broken, broken}, {nil, io.ErrShortWrite}} {
		f := &failing{after: 3, err: c.err}
		w := NewWriter(f, modernUTF8)
		if n, err := io.WriteString(w, "ab"); n != 2 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		for range 2 { // the error stays
			if n, err := io.WriteString(w, "cdef"); n != 0 || !errors.Is(err, c.want) {
				t.Errorf("%d, %v, want %v", n, err, c.want)
			}
		}
	}
}

func TestWriterAllocates(t *testing.T) {
	frame := []byte(strings.Repeat("\x1b[1mZoë Jansen\x1b[m ─────│ 日本\n", 100))
	for _, k := range []Kind{modernUTF8, modernASCII, oldASCII} {
		w := NewWriter(io.Discard, k)
		if n := testing.AllocsPerRun(100, func() { _, _ = w.Write(frame) }); n > 1 {
			t.Errorf("%+v: %v allocations a frame", k, n)
		}
	}
}

// FuzzWriter wants the same of a text in two pieces as of the whole, and what
// each kind of terminal promises.
func FuzzWriter(f *testing.F) {
	for _, s := range []string{"", "é\n", "\x1b]2;日\x07x\r\n", "\x1b[?2026$p\xe2\x94\x80", "\x1b[1;2", "a\xff\xfe\n\r\n", "\x1b\x1b[m\x1b(0"} {
		f.Add([]byte(s), 1)
	}
	f.Fuzz(func(t *testing.T, in []byte, at int) {
		at = min(max(at, 0), len(in))
		for _, k := range []Kind{modernUTF8, modernASCII, oldUTF8, oldASCII} {
			var whole, parts sink
			if n, err := NewWriter(&whole, k).Write(in); n != len(in) || err != nil {
				t.Fatal(n, err)
			}
			w := NewWriter(&parts, k)
			_, _ = w.Write(in[:at])
			_, _ = w.Write(in[at:])
			if !bytes.Equal(whole.Bytes(), parts.Bytes()) {
				t.Fatalf("%+v: %q gives %q, and cut at %d %q", k, in, whole.Bytes(), at, parts.Bytes())
			}
			out := whole.String()
			if !k.UTF8 && strings.ContainsFunc(out, func(r rune) bool { return r >= utf8.RuneSelf }) {
				t.Fatalf("%q gives %q", in, out)
			}
			for i := range len(out) {
				if out[i] == '\n' && (i == 0 || out[i-1] != '\r') {
					t.Fatalf("%q gives %q: a line feed without return", in, out)
				}
			}
			if k == modernUTF8 && strings.ReplaceAll(out, "\r", "") != strings.ReplaceAll(string(in), "\r", "") {
				t.Fatalf("%q gives %q", in, out)
			}
			if k.old {
				checkOld(t, out)
			}
		}
	})
}

// checkOld looks through what went to an old terminal as one would: no string, no
// intermediate, no private prefix but ?.
func checkOld(t *testing.T, out string) {
	t.Helper()
	for _, s := range strings.Split(out, "\x1b")[1:] {
		if s == "" {
			t.Fatalf("ESC alone in %q", out)
		}
		if strings.ContainsAny(s[:1], "]P_^X ()*+-./#%") {
			t.Fatalf("%q in %q", s[:1], out)
		}
		if s[0] != '[' {
			continue
		}
		end := strings.IndexFunc(s[1:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
		if end < 0 || strings.ContainsAny(s[1:1+end], " !\"#$%&'()*+,-./<=>") {
			t.Fatalf("%q in %q", s, out)
		}
	}
}

func BenchmarkWriter(b *testing.B) {
	frame := []byte(strings.Repeat("\x1b[1mZoë Jansen\x1b[m ─────│ Amersfoort 12\n", 20))
	for name, k := range map[string]Kind{"utf8": modernUTF8, "ascii": modernASCII, "old": oldUTF8} {
		b.Run(name, func(b *testing.B) {
			w := NewWriter(io.Discard, k)
			b.SetBytes(int64(len(frame)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = w.Write(frame)
			}
		})
	}
}
