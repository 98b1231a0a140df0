package remote

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	for line, want := range map[string][]string{
		"":                         nil,
		" \t\n":                    nil,
		"find jansen --json":       {"find", "jansen", "--json"},
		"find 'van der Berg'":      {"find", "van der Berg"},
		`find "O'Brien"`:           {"find", "O'Brien"},
		`find 'it'\''s'`:           {"find", "it's"},
		`a '' "" b`:                {"a", "", "", "b"},
		`''`:                       {""},
		`"a \" \\ \$ \n"`:          {`a " \ $ \n`},
		`a\ b\'c`:                  {"a b'c"},
		"a\\\nb":                   {"ab"},
		"\"a\\\nb\"":               {"ab"},
		"x\u00a0y":                 {"x\u00a0y"},
		"phone=''":                 {"phone="},
		"$HOME `id` $(id) * ~ ;|&": {"$HOME", "`id`", "$(id)", "*", "~", ";|&"},
	} {
		if got, err := split(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v; want %q", line, got, err, want)
		}
	}
	for _, line := range []string{`'`, `a "b`, `a\`, `"\`, `"a\"`, `'a'"`} {
		if got, err := split(line); err == nil {
			t.Errorf("%q: %q", line, got)
		}
	}
}

// What is quoted comes back word for word, whatever it holds.
func TestSplitOfQuoted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.String()).Draw(t, "words")
		quoted := make([]string, len(words))
		for i, w := range words {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		got, err := split(strings.Join(quoted, " "))
		if err != nil || !slices.Equal(got, words) && len(got)+len(words) > 0 {
			t.Fatalf("%q: %q, %v", words, got, err)
		}
	})
}

// A shell agrees, where nothing is to be expanded.
func TestSplitAsAShell(t *testing.T) {
	signs := []rune(`ab '"\` + "\t")
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOfN(rapid.SampledFrom(signs), 0, 12, -1).Draw(t, "line")
		out, err := exec.Command("sh", "-c", "for w in "+line+"\ndo printf '%s\\0' \"$w\"; done").Output() //nolint:gosec // blanks, quotes and two letters
		got, bad := split(line)
		if bad != nil {
			return // a shell may read on there: the rest of its script is quoted too
		}
		want := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		if len(out) == 0 {
			want = nil
		}
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%q: %q, the shell says %q, %v", line, got, want, err)
		}
	})
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"find 'a b'", `"\"`, `\`, "''"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := split(line)
		n := 0
		for _, w := range words {
			n += len(w)
		}
		if err == nil && n > len(line) {
			t.Fatalf("%q: more came out than went in: %q", line, words)
		}
	})
}
