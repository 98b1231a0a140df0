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

// A search gives each customer once, none that is hidden, no more than asked
// for, and says when there are more.
func TestFindWithinLimit(t *testing.T) {
	terms := []string{"j", "jan", "jansen", "jo", "petra", "1094sx"}
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
		q := Parse(rapid.SampledFrom([]string{"j", "jan", "petra", "jan jan", "j petra", "petra j jo", "1094 SX", "x"}).Draw(t, "query"))
		match := func(id model.ID) bool {
			begins := func(w string) bool {
				return slices.ContainsFunc(have[id], func(term string) bool { return strings.HasPrefix(term, w) })
			}
			all := len(q.Words) > 0
			for _, w := range q.Words {
				all = all && begins(w)
			}
			return !hidden(id) && (all || slices.ContainsFunc(q.whole, begins))
		}
		want := 0
		for id := range have {
			if match(id) {
				want++
			}
		}
		limit := rapid.IntRange(1, 20).Draw(t, "limit")
		got, more := q.Find(x.sorted(), hidden, limit)
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

// A word that stands in too many places is walked in part, and that is said.
func TestFindCommonWords(t *testing.T) {
	var x index
	for n := range maxWalk + 10 {
		x.add("jan", model.ID{13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)})
	}
	first, last := model.ID{}, model.ID{0: 1}
	x.add("petra", first)
	x.add("jan", last)
	x.add("petra", last)
	nobody := func(model.ID) bool { return false }
	got, more := Parse("petra jan").Find(x.sorted(), nobody, 10)
	if !slices.Equal(got, []model.ID{first}) || !more {
		t.Errorf("%v, more %v", got, more)
	}
}
