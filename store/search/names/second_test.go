package names

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

// sessionOf searches some customers, numbered in the order given.
func sessionOf(t *testing.T, entries ...Entry) *Session {
	t.Helper()
	for i := range entries {
		entries[i].ID = numbered(uint64(i + 1)) // #nosec G115 -- small
	}
	x, err := Memory(segment.Stamp{}, all(entries))
	if err != nil {
		t.Fatal(err)
	}
	return NewLive(x).NewSession()
}

func named(names ...string) (out []Entry) {
	for _, n := range names {
		out = append(out, Entry{Name: n})
	}
	return out
}

// Another name of a town, and the beginning of one, finds who lives there.
func TestTownsHaveOtherNames(t *testing.T) {
	s := sessionOf(t,
		Entry{Name: "Petra Jansen", Town: "Oss"},
		Entry{Name: "Petra Jansen", Town: "'s-Hertogenbosch"},
		Entry{Name: "Petra Jansen", Town: "Amsterdam"},
		Entry{Name: "Petra Jansen", Town: "Den Haag"},
		Entry{Name: "Petra Jansen", Town: "Eindhoven"},
		Entry{Name: "Petra Jansen", Town: "Utrecht"})
	for text, want := range map[string]uint64{
		"jansen den bosch": 2, "jansen den bos": 2, "jansen 's-hertogenbosch": 2,
		"jansen a'dam": 3, "jansen adam": 3, "jansen 's-gravenhage": 4, "jansen sgraven": 4, "jansen ehv": 5, "jansen utr": 6, "utr jansen": 6, "jansen oss": 1,
	} {
		if hits := s.Search(text, 3); len(hits) == 0 || numberOf(hits[0].ID) != want || !hits[0].Town {
			t.Errorf("%q gives %+v, not %d", text, hits, want)
		}
	}
	if got := Explain("Petra Jansen", "'s-Hertogenbosch", "", "jansen den bosch"); len(got) != 2 || got[1].Field != model.FoundTown || got[1].Typed != "den bosch" {
		t.Errorf("den bosch is explained by %+v", got)
	}
}

// A town has other names only within its own line, and never itself among them.
func TestTownAliasesHoldBothWays(t *testing.T) {
	for _, group := range townGroups() {
		for _, a := range group {
			if slices.Contains(townAliases(a, false), a) {
				t.Errorf("%s is another name of itself", a)
			}
			for _, b := range group {
				if a != b && !slices.Contains(townAliases(a, false), b) {
					t.Errorf("%s is not another name of %s", b, a)
				}
			}
		}
	}
}

// Who has the name typed comes before who has it as a first name and lives in a
// town that is called like the other word.
func TestLastNameComesBeforeTown(t *testing.T) {
	s := sessionOf(t, Entry{Name: "Jan Kunst", Town: "Goudswaard"}, Entry{Name: "Jan van Goudzwaard", Town: "Oss"})
	if hits := s.Search("jan goudswaard", 2); len(hits) != 2 || numberOf(hits[0].ID) != 2 {
		t.Errorf("jan goudswaard gives %+v", hits)
	}
	if hits := s.Search("kunst goudswaard", 2); len(hits) == 0 || numberOf(hits[0].ID) != 1 {
		t.Errorf("kunst goudswaard gives %+v", hits)
	}
}

// Of names that are about as close, the one more customers have comes first; a
// name much closer stays first.
func TestCommonNamesComeFirst(t *testing.T) {
	names := []string{"Johannes van den Bergh", "Petra Jansn"}
	for range 40 {
		names = append(names, "Johannes van den Berg", "Petra Jansen")
	}
	s := sessionOf(t, named(names...)...)
	for text, want := range map[string]uint64{"johannes van den berg": 3, "johannes van den bergh": 1, "petra jansn": 2, "petra jansem": 4} {
		if hits := s.Search(text, 2); len(hits) == 0 || numberOf(hits[0].ID) != want {
			t.Errorf("%q gives %+v, not %d", text, hits, want)
		}
	}
}

// Words written as one are found apart, misheard infixes and all.
func TestGluedWordsAreParted(t *testing.T) {
	var names []string
	for _, first := range []string{"Jan", "Petra", "Ton", "Igor", "Abigail"} {
		for _, last := range []string{"van Dijk", "van der Veen", "Jansen", "van de Nes", "Bakker", "Visser"} {
			names = append(names, first+" "+last)
		}
	}
	s := sessionOf(t, named(names...)...)
	for text, want := range map[string]string{
		"petra vandijk": "Petra van Dijk", "ton fanderveen": "Ton van der Veen", "ton fander veen": "Ton van der Veen",
		"janjansen": "Jan Jansen", "abigail vandenes": "Abigail van de Nes", "igor vd veen": "Igor van der Veen",
		"petravandijk": "Petra van Dijk",
	} {
		if hits := s.Search(text, 1); len(hits) == 0 || names[numberOf(hits[0].ID)-1] != want {
			t.Errorf("%q gives %+v, not %s", text, hits, want)
		}
	}
}

// What a session answers does not depend on what was typed before.
func TestSearchDoesNotDependOnKeystrokes(t *testing.T) {
	entries, queries := smallWorld()
	x, err := Memory(segment.Stamp{}, all(entries))
	if err != nil {
		t.Fatal(err)
	}
	l := NewLive(x)
	typing := l.NewSession()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(queries).Draw(t, "query").text
		if rapid.Bool().Draw(t, "glued") {
			text = joinedLetters(text)
		}
		for i := range text {
			typing.Search(text[:i], 5)
		}
		got, want := typing.Search(text, 5), l.NewSession().Search(text, 5)
		if !slices.Equal(got, want) {
			t.Fatalf("%q gives %+v while typing, %+v at once", text, got, want)
		}
	})
}

func joinedLetters(text string) (out string) {
	for i := range text {
		if text[i] != ' ' {
			out += text[i : i+1]
		}
	}
	return out
}
