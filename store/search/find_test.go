package search

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// index is an index of terms in memory.
type index [][]byte

func (x index) Load(engine.Space, []byte) []byte  { return nil }
func (x index) Cursor(engine.Space) engine.Cursor { return &walker{keys: x} }
func (x *index) add(term string, id model.ID)     { *x = append(*x, TermKey(term, id)) }
func (x index) sorted() index                     { slices.SortFunc(x, bytes.Compare); return x }
func (w *walker) First() (k, v []byte)            { return w.to(0) }
func (w *walker) Last() (k, v []byte)             { return w.to(len(w.keys) - 1) }
func (w *walker) Next() (k, v []byte)             { return w.to(w.at + 1) }
func (w *walker) Prev() (k, v []byte)             { return w.to(w.at - 1) }
func (w *walker) Seek(key []byte) (k, value []byte) {
	at, _ := slices.BinarySearchFunc(w.keys, key, bytes.Compare)
	return w.to(at)
}

type walker struct {
	keys index
	at   int
}

func (w *walker) to(at int) (k, v []byte) {
	if w.at = at; at < 0 || at >= len(w.keys) {
		return nil, nil
	}
	return w.keys[at], []byte{}
}

// cards are what the readings below are held against.
var cards = []*model.Customer{
	{ID: model.ID{15: 0}, Name: "Petra Jansen", Number: "1042", Phone: "030-5550101", Mobile: "+31 6 12345678"},
	{ID: model.ID{15: 1}, Name: "Hulst", Number: "K-1042", Email: "Info@Hulst.example", Postcode: "1094 SX", HouseNo: "12"},
	{ID: model.ID{15: 2}, Name: "De Wit", Number: "ACME", Theirs: "P-7, 88", Formerly: "2001,2002", Postcode: "1094sx"},
	{ID: model.ID{15: 3}, Name: "Unseen", Number: "1043"},
}

func TestFindByNumber(t *testing.T) {
	var x index
	for _, c := range cards {
		for _, term := range Terms(nil, c) {
			x.add(term, c.ID)
		}
	}
	x = x.sorted()
	for text, want := range map[string][]int{
		"1042": {0}, "104": {0}, "10": {0, 1, 2}, "k1042": {1}, "K-104": {1}, "acme": {2}, "acm": nil, "ACME ": {2},
		"0305550101": {0}, "030 555": {0}, "+31305550101": {0}, "0031 30 5550101": {0}, "06-1234": {0}, "(06) 12345678": {0},
		"info@hulst.example": {1}, "INFO@": {1}, "info": nil,
		"1094 SX": {1, 2}, "1094sx": {1, 2}, "1094": {1, 2}, "1094 sx 12": {1}, "1094SX12": {1}, "1094 SX 13": nil,
		"p7": {2}, "88": {2}, "2001": {2}, "2002": {2}, "petra": nil, "": nil, "  ": nil, "+": nil, "x9": nil,
	} {
		d := ParseDirect(text)
		ids, more := d.Find(x, func(id model.ID) bool { return id == cards[3].ID }, 10)
		var got []int
		for _, id := range ids {
			got = append(got, int(id[15]))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || more {
			t.Errorf("%q finds %v, more %v; want %v", text, got, more, want)
		}
		if strings.TrimSpace(text) == "" && !d.Empty() {
			t.Errorf("%q asks for something", text)
		}
	}
}

func TestBegins(t *testing.T) {
	for _, c := range []struct {
		typed, card string
		want        bool
	}{
		{"06-1234", "+31 6 12345678", true}, {"1094 sx", "1094 SX 12", true}, {"2002", "2001,2002", true},
		{"info@", "Info@Hulst.example", true}, {"acme", "ACME", true}, {"acm", "ACME", false}, {"7", "1042", false}, {"", "1042", false},
	} {
		if got := ParseDirect(c.typed).Begins(c.card); got != c.want {
			t.Errorf("%q begins %q: %v", c.typed, c.card, got)
		}
	}
}

// A search gives each customer once, none that is hidden, no more than asked
// for, and says when there are more.
func TestFindWithinLimit(t *testing.T) {
	terms := []string{"1", "12", "123456", "0612345678", "1094sx", "acme"}
	rapid.Check(t, func(t *rapid.T) {
		have := map[model.ID][]string{}
		var x index
		for n := range rapid.IntRange(0, 20).Draw(t, "customers") {
			id := model.ID{15: byte(n)}
			have[id] = rapid.SliceOfNDistinct(rapid.SampledFrom(terms), 1, 4, rapid.ID[string]).Draw(t, "terms")
			for _, term := range have[id] {
				x.add(term, id)
			}
		}
		hidden := func(id model.ID) bool { return id[15]%5 == 4 }
		d := ParseDirect(rapid.SampledFrom([]string{"1", "123", "06 123", "1094 SX", "acme", "acm", "x"}).Draw(t, "query"))
		match := func(id model.ID) bool {
			return !hidden(id) && slices.ContainsFunc(have[id], func(term string) bool {
				return term == d.whole || slices.ContainsFunc(d.begins, func(b string) bool { return strings.HasPrefix(term, b) })
			})
		}
		want := 0
		for id := range have {
			if match(id) {
				want++
			}
		}
		limit := rapid.IntRange(1, 20).Draw(t, "limit")
		got, more := d.Find(x.sorted(), hidden, limit)
		if len(got) != min(want, limit) || more != (want > limit) {
			t.Fatalf("%d found, more %v; %d match, the limit is %d", len(got), more, want, limit)
		}
		seen := map[model.ID]bool{}
		for _, id := range got {
			if seen[id] || !match(id) {
				t.Fatalf("%v does not belong in %v", id, got)
			}
			seen[id] = true
		}
	})
}
