package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pasvorm/store/search"
)

func TestWordsOfText(t *testing.T) {
	many := make([]string, maxWords+50)
	for i := range many {
		many[i] = fmt.Sprintf("word%03d", i)
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"none", "", nil},
		{"white", " \t\n", nil},
		{"folded", "De REKENING kwam twee keer, zegt Zoë", []string{"rekening", "kwam", "twee", "keer", "zegt", "zoe"}},
		{"once", "bill, Bill and BILL", []string{"bill"}},
		{"function words", "the bill of the month van de maand", []string{"bill", "month", "maand"}},
		{"what says something stays", "not again, never wel niet", []string{"not", "again", "never", "wel", "niet"}},
		{"short", "ja nee ok pc 12 123", []string{"nee", "123"}},
		{"letters and not bytes", "éé ééé 日本 日本語", []string{"eee", "日本語"}},
		{"joined", "e-mail d'Hondt", []string{"mail", "dhondt"}},
		{"a NUL", "be\x00fore bro\x00ken", []string{"fore", "bro", "ken"}},
		{"long", strings.Repeat("a", 100), []string{strings.Repeat("a", maxWord)}},
		{"long and wide", strings.Repeat("語", 20), []string{strings.Repeat("語", 10)}},
		{"many", strings.Join(many, " "), many[:maxWords]},
	} {
		if got := addWords(nil, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := addWords([]string{"bill"}, "bill late"); !slices.Equal(got, []string{"bill", "late"}) {
		t.Errorf("a second text gave %q", got)
	}
}

func TestStopWordsAreFolded(t *testing.T) {
	for w := range stopWords {
		if search.Fold(w) != w || utf8.RuneCountInString(w) < minWord {
			t.Errorf("%q can never be met", w)
		}
	}
}

func TestSaidQuery(t *testing.T) {
	for _, c := range []struct {
		words     []string
		whole     []string
		beginning string
	}{
		{nil, nil, ""},
		{[]string{"", " "}, nil, ""},
		{[]string{"rek"}, nil, "rek"},
		{[]string{"r"}, nil, "r"},
		{[]string{"Rekening", "twee"}, []string{"rekening"}, "twee"},
		{[]string{"rekening twee", "keer"}, []string{"rekening", "twee"}, "keer"},
		{[]string{"rekening", "rekening", "kw"}, []string{"rekening"}, ""}, // too short to tell
		{[]string{"klacht", "over"}, []string{"klacht"}, ""},
		{[]string{"van", "de"}, nil, "de"},
		{[]string{strings.Repeat("a", 90), strings.Repeat("b", 90)}, []string{strings.Repeat("a", 32)}, strings.Repeat("b", 32)},
	} {
		if q := saidOf(c.words); !slices.Equal(q.whole, c.whole) || q.beginning != c.beginning {
			t.Errorf("%q: %+v", c.words, q)
		}
	}
}

func TestLineAround(t *testing.T) {
	long := "Mevrouw belde vanmorgen al om acht uur dat de rekening van vorige maand twee keer is gekomen en dat niemand haar kon zeggen waarom"
	for _, c := range []struct{ name, text, word, want string }{
		{"short", "twice on the bill", "bill", "twice on the bill"},
		{"lines", " twice\n\n on\tthe  bill ", "bill", "twice on the bill"},
		{"the first word", long, "mevrouw", "Mevrouw belde vanmorgen al om acht uur dat de rekening van…"},
		{"within", long, "maand", "…rekening van vorige maand twee keer is gekomen en dat niem…"},
		{"the last", long, "waarom", "…twee keer is gekomen en dat niemand haar kon zeggen waarom"},
		{"not there", "no such word", "bill", "no such word"},
		{"folded", "Zoë’s fiets", "zoes", "Zoë’s fiets"},
		{"wide", strings.Repeat("語", 50), "語", strings.Repeat("語", 29) + "…"},
		{"no space to begin at", strings.Repeat("x", 70) + "-bill", "bill", "…" + strings.Repeat("x", 53) + "-bill"},
	} {
		got := lineAround(c.text, c.word)
		if len([]rune(got)) > lineColumns+2 {
			t.Errorf("%s: %d long", c.name, len([]rune(got)))
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzWords takes any text apart: words are valid, bounded, each once, and a
// line around any of them is bounded and has it.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"de rekening kwam twee keer", "a\x00b\xff", strings.Repeat("e\u0301\u0301", 400), "½ kg ﬁets", "日本語 \u202e ten\u200bt", strings.Repeat("x", 500), strings.Repeat("語", 60)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2048 {
			return // each word is looked for in it
		}
		words := addWords(nil, text)
		if len(words) > maxWords {
			t.Fatalf("%d words", len(words))
		}
		for i, w := range words {
			if w == "" || len(w) > maxWord || strings.ContainsAny(w, "\x00 ") || !utf8.ValidString(w) || slices.Contains(words[:i], w) {
				t.Fatalf("%q of %q", w, text)
			}
			n, first := saidQuery{whole: []string{w}}.score(text)
			if n != 1 || first != w {
				t.Fatalf("%q is not found in its text %q", w, text)
			}
			line := lineAround(text, w)
			wide := 0
			for _, r := range line {
				wide += columnsOf(r)
			}
			if wide > lineColumns+2 || utf8.RuneCountInString(line) > lineRunes+2 || !utf8.ValidString(line) {
				t.Fatalf("%q around %q", line, w)
			}
		}
	})
}

// FuzzWordEntries reads what a rebuild puts by: nothing makes it panic, and what
// was written is read.
func FuzzWordEntries(f *testing.F) {
	f.Add([]byte("tbill\x000123456789abcdef\x00\x00\x00\x01\x02"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		key, _, ok := splitWord(b)
		if ok && (len(key) < 18 || len(key) > len(b)-5) {
			t.Fatalf("%x of %x", key, b)
		}
		if n, ok := wordCount(b); ok && n <= 0 {
			t.Fatalf("count %d of %x", n, b)
		}
	})
}
