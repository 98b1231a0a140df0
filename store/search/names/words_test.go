package names

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search"
)

// Words that are heard alike have one sound key.
func TestSoundKey(t *testing.T) {
	for _, alike := range [][]string{
		{"dijk", "dyk", "deik", "dijck", "diek"},
		{"jansen", "janssen", "janssens", "jans", "janszen"},
		{"schroder", "sgroder", "skhroder"},
		{"achmed", "aghmed", "agmet"},
		{"wouters", "wauters", "woeters"},
		{"visser", "fisser", "vizser"},
		{"philips", "filips"},
		{"boekhout", "bukhoudt"},
		{"stocks", "stocx", "stox"},
		{"lorsheyd", "loorsheijd"},
	} {
		first := string(soundKey(nil, alike[0]))
		for _, w := range alike[1:] {
			if got := string(soundKey(nil, w)); got != first {
				t.Errorf("%s has the key %s, %s %s", alike[0], first, w, got)
			}
		}
	}
}

func TestSoundKeyIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.String().Draw(t, "word")
		if k := soundKey(nil, w); len(k) > maxKey || (len(k) == 0) != (w == "") {
			t.Fatalf("%q has the key %q", w, k)
		}
	})
}

// What is heard costs less than what is typed wrong, and that less than any other
// letter.
func TestWeights(t *testing.T) {
	var g weigher
	for _, c := range []struct {
		typed, word string
		most, least uint8
	}{
		{"jansen", "jansen", 0, 0},
		{"dyk", "dijk", 3, 1},
		{"bakkerr", "bakker", 2, 1},
		{"bartelsen", "bartels", 4, 1},
		{"schoonmaak", "sgoonmaak", 4, 1},
		{"hendrik", "hnedrik", 6, 4},
		{"visser", "vusser", 6, 3}, // u lies next to i
		{"visser", "vipser", farther, 8},
		{"ysenbrand", "ijsenbrand", 3, 1},
		{"osturk", "ozturk", 3, 1},
		{"jpm", "j.p.m", 2, 2},
		{"wisser", "zisser", 14, 8}, // the first letter weighs more
	} {
		if got := g.whole(c.typed, c.word, 30); got > c.most || got < c.least {
			t.Errorf("%s for %s weighs %d, not %d to %d", c.typed, c.word, got, c.least, c.most)
		}
	}
}

// What a weigher says does not depend on the words before.
func TestWeigherRemembersNothing(t *testing.T) {
	word := rapid.StringMatching("[a-g.]{1,9}")
	rapid.Check(t, func(t *rapid.T) {
		var used weigher
		typed := word.Draw(t, "typed")
		for _, w := range rapid.SliceOfN(word, 1, 8).Draw(t, "words") {
			if rapid.IntRange(0, 4).Draw(t, "other") == 0 {
				typed = word.Draw(t, "typed")
			}
			var fresh weigher
			whole, begun, n := used.both(typed, w, 60)
			whole2, begun2, n2 := fresh.both(typed, w, 60)
			if whole != whole2 || begun != begun2 || n != n2 {
				t.Fatalf("%s for %s: %d %d %d, afresh %d %d %d", typed, w, whole, begun, n, whole2, begun2, n2)
			}
			if begun > whole {
				t.Fatalf("%s for %s: %d as a beginning, %d as a whole", typed, w, begun, whole)
			}
		}
	})
}

// A walk finds every key within its edits, and nothing else.
func TestWalkFindsAll(t *testing.T) {
	key := rapid.StringMatching("[abc]{1,6}")
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(key, 1, 30).Draw(t, "keys")
		slices.Sort(list)
		keys := make([][]byte, len(list))
		for i, k := range list {
			keys[i] = []byte(k)
		}
		tr := newTrie(buildTrieFor(keys))
		var w walker
		typed, limit := key.Draw(t, "typed"), uint8(rapid.IntRange(0, 2).Draw(t, "limit")) // #nosec G115 -- small
		got := make([]uint8, len(list))
		for _, sp := range w.whole(&tr, []byte(typed), limit) {
			for i := sp.from; i < sp.to; i++ {
				got[i] = sp.edits + 1
			}
		}
		for i, k := range list {
			want := uint8(0)
			if d := distance(typed, k); d <= int(limit) {
				want = uint8(d) + 1 // #nosec G115 -- small
			}
			if got[i] != want {
				t.Fatalf("%s from %s: %d, not %d", k, typed, got[i], want)
			}
		}
		got = make([]uint8, len(list))
		for _, sp := range w.beginning(&tr, []byte(typed), limit) {
			for i := sp.from; i < sp.to; i++ {
				got[i] = sp.edits + 1
			}
		}
		for i, k := range list {
			best := 100
			for n := range len(k) + 1 {
				best = min(best, distance(typed, k[:n]))
			}
			if found := got[i] > 0; found != (best <= int(limit) && len(typed) > int(limit)) {
				t.Fatalf("%s begins %d from %s: found %v", k, best, typed, found)
			}
		}
	})
}

func buildTrieFor(keys [][]byte) (sym, depth, skip, word []byte, words int) {
	sym, depth, skip, word = buildTrie(keys)
	return sym, depth, skip, word, len(keys)
}

// distance is the optimal string alignment distance.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0:
				d[i][j] = j
			case j == 0:
				d[i][j] = i
			default:
				cost := 1
				if a[i-1] == b[j-1] {
					cost = 0
				}
				d[i][j] = min(d[i-1][j-1]+cost, d[i-1][j]+1, d[i][j-1]+1)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d[i][j] = min(d[i][j], d[i-2][j-2]+1)
				}
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestPostcodes(t *testing.T) {
	for _, s := range []string{"", "1094sx", "1000aa", "9999zz", "1094", "2000", "75008", "10115"} {
		code, ok := packPostcode(s)
		if got := string(unpackPostcode(nil, code)); !ok || got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	for _, s := range []string{"0123", "b2000", "1094s", "12", "1094sxx"} {
		if _, ok := packPostcode(s); ok {
			t.Errorf("%q was packed", s)
		}
	}
	c, ok := readCode("1094s")
	in, _ := packPostcode("1094sx")
	out, _ := packPostcode("1094tx")
	if !ok || !c.fits(in) || c.fits(out) {
		t.Error("1094s does not begin 1094sx alone")
	}
}

func TestTokensKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folded := search.Fold(rapid.StringOf(rapid.SampledFrom([]rune("ab .'çé&1-"))).Draw(t, "name"))
		if got := joined(tokens(nil, folded)); got != folded {
			t.Fatalf("%q becomes %q", folded, got)
		}
	})
}

func TestExplain(t *testing.T) {
	type m struct {
		kind        model.MatchKind
		text, typed string
	}
	for _, c := range []struct {
		name, town, typed string
		want              []m
	}{
		{"Petra Jansen", "", "petra jans", []m{{model.MatchExact, "Petra", "petra"}, {model.MatchBeginning, "Jans", "jans"}}},
		{"Jan van Dijk", "", "dyk", []m{{model.MatchSound, "Dijk", "dyk"}}},
		{"Emine Öztürk", "", "osturk", []m{{model.MatchSound, "Öztürk", "osturk"}}},
		{"J.P. de Wit", "", "jp wit", []m{{model.MatchExact, "J.P", "jp"}, {model.MatchExact, "Wit", "wit"}}},
		{"Jan Peter Smit", "", "jp smit", []m{{model.MatchInitial, "J", "j"}, {model.MatchInitial, "P", "p"}, {model.MatchExact, "Smit", "smit"}}},
		{"Johannes Vos", "", "jan vos", []m{{model.MatchVariant, "Johannes", "jan"}, {model.MatchExact, "Vos", "vos"}}},
		{"Kees de Boer", "", "kees deboer", []m{{model.MatchExact, "Kees", "kees"}, {model.MatchGlued, "de", "deboer"}, {model.MatchGlued, "Boer", "deboer"}}},
		{"Anna Visser", "Den Haag", "visser denhaag", []m{{model.MatchExact, "Visser", "visser"}, {model.MatchExact, "", "denhaag"}}},
		{"Anna Visser", "", "vosser", []m{{model.MatchSlip, "Visser", "vosser"}}},
	} {
		var got []m
		for _, x := range Explain(c.name, c.town, "", c.typed) {
			got = append(got, m{x.Kind, c.name[x.From:x.To], x.Typed})
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q by %q: %q, not %q", c.name, c.typed, got, c.want)
		}
	}
}

func FuzzExplain(f *testing.F) {
	f.Add("Jan van der Berg", "Utrecht", "1094 SX", "jan berg utr")
	f.Add("\xffİ.Ĳ ½", "", "", "ij 1")
	f.Fuzz(func(t *testing.T, name, town, code, typed string) {
		for _, m := range Explain(name, town, code, typed) {
			if m.From < 0 || m.From > m.To || m.To > len(name) {
				t.Errorf("%+v in %q", m, name)
			}
		}
	})
}
