package slips

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Çağla Şahin-Öztürk", "cagla sahin ozturk"},
		{"P.J. van 't Hoff", "pj van t hoff"},
		{"d’Hondt", "dhondt"},
		{"Bakker & Zn. B.V.", "bakker zn bv"},
		{"İnci Iğdır", "inci igdir"},
		{"Łukasz Wiśniewski", "lukasz wisniewski"},
		{"e\u0301e\u0301n", "een"},
		{"  's-Hertogenbosch ", "s hertogenbosch"},
		{"Straße 12a", "strasse 12a"},
		{"v/d Berg", "v d berg"},
		{"", ""}, {"-'-", ""},
	}
	for _, tt := range tests {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Çağla", "P.J. van 't Hoff", "\xff\xfe", "ǅ ﬁ", "a\u0301 -- b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); utf8.ValidString(s) && twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		if once != strings.Join(strings.Fields(once), " ") {
			t.Errorf("Fold(%q) = %q: spaces", s, once)
		}
	})
}

func TestEdits(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"bakker", "baker", 1}, {"jansen", "jasnen", 1}, {"ca", "abc", 3},
		{"dijk", "dyk", 2}, {"pieters", "peters", 1}, {"ğa", "ga", 1},
	}
	for _, tt := range tests {
		if got := Edits(tt.a, tt.b); got != tt.want {
			t.Errorf("Edits(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching(`[abc]{0,6}`).Draw(t, "a"), rapid.StringMatching(`[abc]{0,6}`).Draw(t, "b")
		n := Edits(a, b)
		if n != Edits(b, a) || (n == 0) != (a == b) || n > max(len(a), len(b)) {
			t.Fatalf("Edits(%q, %q) = %d, back %d", a, b, n, Edits(b, a))
		}
	})
}

func TestKeys(t *testing.T) {
	tests := []struct {
		name string
		kind kind
		want string
	}{
		{"Jan/van der Berg", kindWhole, "jan van der berg"},
		{"Jan/van der Berg", kindBare, "jan berg"},
		{"Jan/van der Berg", kindInitial, "j van der berg"},
		{"Jan/van der Berg", kindLast, "van der berg"},
		{"Jan/van der Berg", kindLastTown, "van der berg breda"},
		{"Jan/van der Berg", kindWholeTown, "jan van der berg breda"},
		{"Jan/van der Berg", kindLastArea, "van der berg 4811"},
		{"Jan/van der Berg", kindLastPost, "van der berg 4811ab"},
		{"Willem/Bos", kindCalling, "wim bos|pim bos|bill bos|willy bos"},
		{"Els/de Jong-Wolf", kindDouble, "els de jong|els wolf"},
		{"Els-Marie/de Jong-Wolf", kindDouble, "els marie de jong|els marie wolf"},
		{"Els-Marie/Wolf", kindDouble, ""},
		{"M./El Mansouri", kindBare, "m mansouri"},
		{"Fam./de", kindBare, "fam de"},
		{"Gebr. De Wolf Hout B.V.", kindWhole, "gebr de wolf hout"},
		{"Gebr. De Wolf Hout B.V.", kindCompanyTown, "gebr de wolf breda"},
		{"De Wolf & Zn. V.O.F.", kindCompanyTown, "de wolf breda"},
		{"BV", kindWhole, "bv"},
		{"De Wolf Hout", kindLast, ""},
		{"Jan/Bos", kindCompanyTown, ""},
	}
	for _, tt := range tests {
		var p parts
		p.take(&people(tt.name)[0])
		if got := strings.Join(p.keys(nil, tt.kind), "|"); got != tt.want {
			t.Errorf("%s: keys of kind %d are %q, want %q", tt.name, tt.kind, got, tt.want)
		}
	}
}

func TestRules(t *testing.T) {
	tests := []struct {
		rules, word string
		want        []string // every outcome
	}{
		{"m>n", "mam", []string{"nam", "man"}},
		{"^m>n", "mam", []string{"nam"}},
		{"m$>n", "mam", []string{"man"}},
		{"_a>e,o", "mam", []string{"mem", "mom"}},
		{"_m>e", "mam", nil},
		{"h>", "haah", []string{"aah", "haa"}},
		{"a>", "a", nil},                      // no word may vanish
		{"i>ie", "lieei", []string{"lieeie"}}, // no letter three times
		{"oğlu$>oloe", "kasapoğlu", []string{"kasapoloe"}},
	}
	for _, tt := range tests {
		var got []string
		d := newDice(1, "rules")
		for range 200 {
			if s, ok := d.apply(tt.word, rules(tt.rules)); ok && !slices.Contains(got, s) {
				got = append(got, s)
			}
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(tt.want))
		if !slices.Equal(got, want) {
			t.Errorf("%s on %s gives %v, want %v", tt.rules, tt.word, got, want)
		}
	}
}
