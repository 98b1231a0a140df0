package names

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

var (
	someFirst = []string{"Jan", "J.", "J.P.", "Johannes", "Petra", "P.J.", "Mohammed", "Mo", "Kees", "Şahin", "Ewa"}
	someInfix = []string{"", "van ", "van der ", "de ", "'t ", "El "}
	someLast  = []string{"Jansen", "Janssen", "Berg", "Bergh", "Vries", "Wit", "Dijk", "Dyk", "Öztürk", "Idrissi", "Bakker-Smit", "Wójcik"}
	someForm  = []string{"", "", "", " B.V.", " VOF", " & Zn."}
	someTowns = []string{"Utrecht", "Den Haag", "Amsterdam", "Alphen aan den Rijn", "Oss", ""}
	someCodes = []string{"1094 SX", "1094", "3511AB", "B-2000", ""}
	someTyped = []string{"jan", "jn", "j", "jp", "j p", "jansen", "jansn", "janse", "van der berg", "vanderberg", "berg", "de vries", "devries",
		"vreis", "wit", "dijk", "dyk", "vandijk", "ozturk", "osturk", "idrisi", "elidrissi", "bakker", "baker smit", "utrecht", "den haag",
		"denhaag", "oss", "1094", "1094 sx", "3511", "bv", "zn", "mohamed", "cornelis", "jandevries", "vu", "x"}
)

func drawEntry(t *rapid.T, n int) Entry {
	of := func(list []string, what string) string { return rapid.SampledFrom(list).Draw(t, what) }
	return Entry{
		ID:       numbered(uint64(n)), // #nosec G115 -- small
		Name:     of(someFirst, "first") + " " + of(someInfix, "infix") + of(someLast, "last") + of(someForm, "form"),
		Town:     of(someTowns, "town"),
		Postcode: of(someCodes, "code"),
	}
}

func memory(t interface{ Fatal(...any) }, entries map[model.ID]Entry) *Index {
	x, err := Memory(segment.Stamp{}, func(yield func(Entry) error) error {
		for _, e := range entries {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// After any sequence of changes a search gives what a fresh index gives, also in
// a session that was open all along.
func TestChangedEqualsFresh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		have := map[model.ID]Entry{}
		for n := range rapid.IntRange(0, 25).Draw(t, "customers") {
			e := drawEntry(t, n)
			have[e.ID] = e
		}
		live := NewLive(memory(t, have))
		s := live.NewSession()
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "step") == 0 {
				id := numbered(uint64(rapid.IntRange(0, 40).Draw(t, "gone"))) // #nosec G115 -- small
				delete(have, id)
				live.Remove(id)
			} else {
				var list []Entry
				for range rapid.IntRange(1, 40).Draw(t, "many") {
					e := drawEntry(t, rapid.IntRange(0, 60).Draw(t, "who"))
					if !slices.ContainsFunc(list, func(o Entry) bool { return o.ID == e.ID }) {
						list = append(list, e)
						have[e.ID] = e
					}
				}
				live.Put(list...)
			}
			text := rapid.SampledFrom(someTyped).Draw(t, "typed")
			for range rapid.IntRange(0, 2).Draw(t, "words") {
				text += " " + rapid.SampledFrom(someTyped).Draw(t, "word")
			}
			fresh := NewLive(memory(t, have))
			want, got := fresh.NewSession().Search(text, 10), s.Search(text, 10)
			if !reflect.DeepEqual(want, got) {
				t.Fatalf("%q gives\n%s, afresh\n%s", text, told(got, have), told(want, have))
			}
			if live.Len() != len(have) {
				t.Fatalf("%d customers, not %d", live.Len(), len(have))
			}
			for _, h := range got {
				if m := live.Members(h.ID, 100); len(m) != h.Count || !slices.Equal(m, fresh.Members(h.ID, 100)) {
					t.Fatalf("%d of the name, not %d", len(m), h.Count)
				}
			}
		}
	})
}

func told(hits []Hit, have map[model.ID]Entry) (out string) {
	for _, h := range hits {
		out += fmt.Sprintf("  %d ×%d %v %s, %s %s (%d)\n", h.Cost, h.Count, h.Town, have[h.ID].Name, have[h.ID].Town, have[h.ID].Postcode, numberOf(h.ID))
	}
	return out
}
