package kit

import (
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

func TestCleanTable(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "Petra Jansen", "Petra Jansen"},
		{"latin", "José Müller & Zn. €", "José Müller & Zn. €"},
		{"composed", "Jose\u0301", "José"},
		{"colour", "a\x1b[31mb\x1b[0mc", "a·b·c"},
		{"title", "a\x1b]0;evil\x07b", "a·b"},
		{"title by ST", "a\x1b]0;evil\x1b\\b", "a·b"},
		{"link", "\x1b]8;;http://x\x1b\\name\x1b]8;;\x1b\\", "·name·"},
		{"open string", "a\x1b]0;rest of the name", "a·0;rest of the name"},
		{"device control", "\x1bP1$r\x1b\\x", "·x"},
		{"bare escape", "a\x1b", "a·"},
		{"charset", "a\x1b(0qb", "a·qb"},
		{"c1 as utf-8", "a\u009b31mb", "a·b"},
		{"c1 raw", "a\x9b31mb", "a·31mb"},
		{"nul and bell", "a\x00b\x07c", "a·b·c"},
		{"newline", "a\nb\r\nc", "a·b··c"},
		{"tab", "a\tb", "a b"},
		{"delete", "a\x7fb", "a·b"},
		{"bidi override", "a\u202egpj.exe", "a·gpj.exe"},
		{"bidi isolate", "\u2066x\u2069", "·x·"},
		{"zero width", "a\u200bb\u200dc\ufeffd", "a·b·c·d"},
		{"soft hyphen", "co\u00adop", "co·op"},
		{"variation", "❤\ufe0f", "❤·"},
		{"family", "👨\u200d👩", "👨·👩"},
		{"flag", "🇳🇱", "··"},
		{"line separator", "a\u2028b\u2029c", "a·b·c"},
		{"no-break space", "a\u00a0b\u2003c", "a b c"},
		{"private", "a\ue000b\U000f0000", "a·b·"},
		{"unassigned", "a\u0378b", "a·b"},
		{"not utf-8", "a\xffb\xc3", "a·b·"},
		{"replacement", "a\ufffdb", "a·b"},
		{"tags", "a\U000e0041b", "a·b"},
		{"hangul filler", "a\u3164b\u115fc", "a·b·c"},
		{"hangul", "한국", "한국"},
		{"hangul apart", "\u1112\u1161\u11ab", "한"},
		{"japanese", "日本語", "日本語"},
		{"arabic", "محمد", "محمد"},
		{"hebrew points", "שָׁ", "שָׁ"},
		{"tower", "o" + strings.Repeat("\u0308", 10000) + "k", "ö\u0308\u0308·k"},
		{"mark without base", "\u0301a", "·a"},
		{"grapheme joiner", "a\u034fb", "a·b"},
		{"keycap", "1\ufe0f\u20e3", "1··"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%.80q) = %.80q, want %q", c.in, got, c.want)
			}
			checkRow(t, c.in, 12)
		})
	}
}

func TestCleanLines(t *testing.T) {
	if got := CleanLines("a\r\nb\n\x1b[2Jc\rd"); got != "a\nb\n·c·d" {
		t.Errorf("got %q", got)
	}
}

func TestCleanTwiceIsOnce(t *testing.T) {
	for _, s := range hostile {
		if once := Clean(s); Clean(once) != once {
			t.Errorf("%q: %q then %q", s, once, Clean(once))
		}
	}
}

// hostile are names as they may stand in an imported file.
var hostile = []string{
	"\x1b[2J\x1b[H", "\u202eevil", "a\u200db", "👨\u200d👩\u200d👧", "🇳🇱🇧", "क्षत्रिय", "स्ते", "กำ",
	"e" + strings.Repeat("\u0301", 300), strings.Repeat("字", 300), "ﷺ", "𒐫", "\u0600123", "ൎക",
	"\U0001F469\U0001F3FD", "ὠ\u0345", "\u1100\u1161\u1160", "؀", "ᄀ가", "ก็็็็็็็", "\u0d4e\u0d15",
	"©\ufe0f", "☎️", "⌚", "½", "ﬀ", "\xed\xa0\x80", "שָׁ", "a\u0903b", "\U0001f1e6a", "x\u030c",
}

func TestHostileNamesKeepTheirRow(t *testing.T) {
	for _, s := range hostile {
		for w := 1; w <= 14; w++ {
			checkRow(t, s, w)
			checkRow(t, "ab"+s+"cd", w)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, 10)
	}
	f.Add("Petra Jansen · Utrecht", 7)
	f.Fuzz(func(t *testing.T, s string, w int) {
		checkRow(t, s, 1+(w&0x3f))
	})
}

// checkRow proves what the sanitiser promises for one string in a cell of w.
func checkRow(t *testing.T, s string, w int) {
	t.Helper()
	c := Clean(s)
	if !utf8.ValidString(c) {
		t.Fatalf("Clean(%.80q) is not UTF-8: %q", s, c)
	}
	for _, r := range c {
		if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || unicode.Is(unicode.Variation_Selector, r) {
			t.Fatalf("Clean(%.80q) holds %U", s, r)
		}
	}
	if Width(c) != ansi.StringWidth(c) {
		t.Fatalf("Width(%q) = %d, want %d", c, Width(c), ansi.StringWidth(c))
	}
	got := Fit(c, w)
	if Width(got) != w || ansi.StringWidthWc(got) != w || ansi.StringWidth(got) != w {
		t.Fatalf("Fit(Clean(%.80q), %d) = %q takes %d or %d cells", s, w, got, ansi.StringWidth(got), ansi.StringWidthWc(got))
	}
	if cell := Cell(s, w); Width(cell) != w {
		t.Fatalf("Cell(%q, %d) = %q", s, w, cell)
	}
	onTerminal(t, got, w)
}

// terminals are kept by width, emptied by a full reset before each use: making
// one takes most of the time of drawing a row.
var terminals sync.Map

// onTerminal draws the row between two others on an emulator and finds all
// three where they belong.
func onTerminal(t *testing.T, s string, w int) {
	t.Helper()
	e, ok := terminals.LoadAndDelete(w)
	if !ok {
		e = vt.NewEmulator(w, 3)
	}
	term := e.(*vt.Emulator)
	_, _ = term.WriteString("\x18\x1bc" + strings.Repeat("<", w) + "\r\n" + s + "\r\n" + strings.Repeat(">", w))
	for x := range w {
		if a, b := term.CellAt(x, 0), term.CellAt(x, 2); a == nil || b == nil || a.Content != "<" || b.Content != ">" {
			t.Fatalf("%q on a terminal of %d moved the rows beside it", s, w)
		}
	}
	var b strings.Builder
	for x := 0; x < w; {
		c := term.CellAt(x, 1)
		if c == nil {
			t.Fatalf("%q: no cell at %d", s, x)
		}
		b.WriteString(c.Content)
		x += max(c.Width, 1)
	}
	if b.String() != s {
		t.Fatalf("%q is shown as %q", s, b.String())
	}
	terminals.Store(w, e)
}

func TestFitAndCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"abc", 5, "abc  "}, {"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abc", 1, "…"}, {"abc", 0, ""}, {"", 2, "  "},
		{"日本語", 4, "日… "}, {"日本語", 6, "日本語"}, {"José Müller", 6, "José …"},
	} {
		if got := Fit(c.in, c.w); got != c.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
	th := NewTheme(true)
	if got := Cut(th.Paint(InkWarn, "abcdef"), 4); ansi.Strip(got) != "abc…" || !strings.Contains(got, reset) {
		t.Errorf("painted text cut to %q", got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"", 5, ""}, {"one two three", 7, "one two|three"}, {"one\ntwo", 9, "one|two"},
		{"abcdefgh ij", 3, "abc|def|gh|ij"}, {"日本語", 4, "日本|語"}, {"a  b", 9, "a b"}, {"日", 1, "日"},
	} {
		if got := strings.Join(Wrap(c.in, c.w), "|"); got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

func BenchmarkCellASCII(b *testing.B) {
	for b.Loop() {
		_ = Cell("Petra Jansen-van der Meulen", 24)
	}
}

func BenchmarkCellLatin(b *testing.B) {
	for b.Loop() {
		_ = Cell("José Müller-van der Meulen", 24)
	}
}

// TestFieldsKeepTheirRow walks the cursor through hostile values.
func TestFieldsKeepTheirRow(t *testing.T) {
	for _, s := range hostile {
		in := NewInput("ab"+s+"日本語cd"+s, 0)
		in.Focus()
		for range min(utf8.RuneCountInString(s)*2+9, 60) {
			for _, w := range []int{1, 2, 7, 20} {
				v := in.View(w)
				if Width(v) != w || in.CursorX() < 0 || in.CursorX() >= w {
					t.Fatalf("%q in %d cells with the cursor at %d", v, w, in.CursorX())
				}
				onTerminal(t, v, w)
			}
			in.Update(press("left"))
		}
		for _, r := range NewArea(s+"\n"+s, 0).View(9, 3) {
			if Width(r) != 9 {
				t.Fatalf("row %q", r)
			}
			onTerminal(t, r, 9)
		}
	}
}
