package slips

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestDrawByClass checks every query of a draw against the rules in the
// package's documentation, worked out here the slow way.
func TestDrawByClass(t *testing.T) {
	customers := world(6000)
	classes := Classes()
	queries, tally := Draw(customers, 11, 20*len(classes), classes)
	if tally[fair] != len(queries) {
		t.Errorf("%d fair in %q, %d queries", tally[fair], tally, len(queries))
	}
	byClass, seen := map[string]int{}, map[string]bool{}
	exactly := map[string][]string{}
	for i := range customers {
		var p parts
		p.take(&customers[i])
		exactly[p.whole()] = append(exactly[p.whole()], customers[i].Number)
	}
	for _, q := range queries {
		byClass[q.Class]++
		if seen[q.ID] || seen[Fold(q.Text)] {
			t.Errorf("%+v: twice", q)
		}
		seen[q.ID], seen[Fold(q.Text)] = true, true
		if !slices.Contains(q.Accept, q.Target) {
			t.Errorf("%+v: does not accept its target", q)
		}
		if q.Class == "exact" {
			if q.Edits != 0 || !slices.Equal(q.Accept, exactly[q.Clean]) {
				t.Errorf("%+v: want no edits and %v", q, exactly[q.Clean])
			}
			continue
		}
		for _, other := range exactly[Fold(q.Text)] {
			if !slices.Contains(q.Accept, other) {
				t.Errorf("%+v: is exactly customer %s", q, other)
			}
		}
		if q.Edits != Edits(Fold(q.Text), q.Clean) {
			t.Errorf("%+v: edits are %d", q, Edits(Fold(q.Text), q.Clean))
		}
	}
	for _, c := range classes {
		if byClass[c.Name] < 5 {
			t.Errorf("class %s: %d queries, want at least 5", c.Name, byClass[c.Name])
		}
	}
}

func TestDrawFollowsFromSeed(t *testing.T) {
	customers := world(1500)
	all := Classes()
	a, _ := Draw(customers, 3, 200, all)
	b, _ := Draw(customers, 3, 200, all)
	if !reflect.DeepEqual(a, b) {
		t.Error("two draws by one seed differ")
	}
	c, _ := Draw(customers, 4, 200, all)
	if reflect.DeepEqual(a, c) {
		t.Error("draws by two seeds are the same")
	}
	// A class draws the same queries whatever other classes there are.
	alone, _ := Draw(customers, 3, 200/len(all), all[2:3])
	for _, q := range alone {
		same := func(o Query) bool { return o.Class == q.Class && o.Text == q.Text && o.Target == q.Target }
		if !slices.ContainsFunc(a, same) {
			t.Errorf("%q of class %s alone is not in the draw of all", q.Text, q.Class)
		}
	}
	if q, _ := Draw(nil, 1, 10, all); q != nil {
		t.Errorf("nobody to draw from: %v", q)
	}
}

// says makes a class that types one text for the customer of one name.
func says(name, typed string, k kind) []Class {
	return []Class{{Name: "fixed", make: func(_ *dice, p *parts) (draft, bool) {
		if p.whole() != name {
			return draft{}, false
		}
		keys := p.keys(nil, k)
		if k == kindPrefix {
			keys = []string{name[:9]}
		}
		return draft{query: typed, clean: keys[0], kind: k, key: keys[0]}, true
	}}}
}

func TestVerdicts(t *testing.T) {
	tests := []struct {
		name, target, typed string
		kind                kind
		list                []string
		want                verdict
		accept              string // numbers, the first is the target's
	}{
		{"a slip", "jan bakker", "jan baker", kindWhole, []string{"Jan/Bakker", "Piet/Bakker"}, fair, "1"},
		{"all of the name", "jan bakker", "jan baker", kindWhole, []string{"Jan/Bakker", "Jan/Bäkker", "Jan/Bakkers"}, fair, "1 2"},
		{"a company in any form", "bakker hout", "baker hout", kindWhole, []string{"Bakker Hout B.V.", "Bakker Hout", "Bakker Hout VOF"}, fair, "1 2 3"},
		{"infix lost", "jan de bakker", "jan baker", kindBare, []string{"Jan/de Bakker", "Jan/Bakker", "Jan/van Bakkum"}, fair, "1 2"},
		{"somebody else's", "jan bakker", "jan baker", kindWhole, []string{"Jan/Bakker", "Jan/Baker"}, taken, ""},
		{"somebody else's without infix", "jan bakker", "jan baker", kindWhole, []string{"Jan/Bakker", "Jan/de Baker"}, taken, ""},
		{"somebody else's turned round", "jan bakker", "jan baker", kindWhole, []string{"Jan/Bakker", "Baker/Jan"}, taken, ""},
		{"nothing wrong", "jan bakker", "jan bakker", kindWhole, []string{"Jan/Bakker"}, same, ""},
		{"hardly a letter right", "jan bakker", "jon bieked", kindWhole, []string{"Jan/Bakker"}, wrong, ""},
		{"one word hardly right", "wilhelmina bos", "wilhelmina pas", kindWhole, []string{"Wilhelmina/Bos"}, wrong, ""},
		{"nearer to another", "jan bakkerman", "jan bikkermat", kindWhole, []string{"Jan/Bakkerman", "Jan/Bikkerman"}, nearer, ""},
		{"one letter from both", "jan bakkerman", "jan bekkerman", kindWhole, []string{"Jan/Bakkerman", "Jan/Bikkerman"}, fair, "1"},
		{"initial", "jan bakker", "j baker", kindInitial, []string{"Jan/Bakker", "J./Bakker", "Piet/Bakker"}, fair, "1 2"},
		{"too many initials", "jan bakker", "j baker", kindInitial, []string{"Jan/Bakker", "J./Bakker", "Joop/Bakker", "Jos/Bakker", "Joke/Bakker", "Job/Bakker"}, crowdedV, ""},
		{"many of one name", "jan bakker", "j baker", kindInitial, []string{"Jan/Bakker", "Jan/Bakker", "Jan/Bakker", "Jan/Bakker", "Jan/Bakker", "Jan/Bakker"}, fair, "1 2 3 4 5 6"},
		{"beginning", "jannes bakker", "janes ba", kindPrefix, []string{"Jannes/Bakker", "Jannes/Bos"}, fair, "1"},
		{"beginning of another", "jannes bakker", "janes ba", kindPrefix, []string{"Jannes/Bakker", "Janes/Baars"}, taken, ""},
		{"town", "jan bakker", "baker breda", kindLastTown, []string{"Jan/Bakker", "Piet/Bakker"}, fair, "1 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := people(tt.list...)
			for seed := range uint64(5) {
				queries, tally := Draw(list, seed, 1, says(tt.target, tt.typed, tt.kind))
				var accept string
				if len(queries) > 0 {
					accept = strings.Join(queries[0].Accept, " ")
				}
				if tally[tt.want] == 0 || accept != tt.accept {
					t.Fatalf("verdicts: %s; accepts %q, want %q", tally, accept, tt.accept)
				}
			}
		})
	}
}

// TestSlipsKeepWords checks that no slip gives an empty word or leaves letters
// outside those that names are folded to.
func TestSlipsKeepWords(t *testing.T) {
	every := map[string]func(*dice, string) (string, bool){"swallow": swallow, "end": endLost, "drop": dropLetter, "hurry": hurry, "first": firstLetter, "any": anySlip}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.StringMatching(`[a-z]{3,14}`).Draw(t, "word")
		d := newDice(rapid.Uint64().Draw(t, "seed"), "test")
		for name, f := range every {
			got, ok := f(d, w)
			if len(got) < 2 || got != Fold(got) || strings.Contains(got, " ") {
				t.Fatalf("%s(%q) = %q", name, w, got)
			}
			if !ok && got != w {
				t.Fatalf("%s(%q) = %q, and says it did nothing", name, w, got)
			}
			if n := Edits(w, got); n > 3 {
				t.Fatalf("%s(%q) = %q, %d edits", name, w, got, n)
			}
		}
	})
}
