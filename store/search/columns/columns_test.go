package columns_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/segment"
)

var (
	now    = time.Date(2026, time.November, 24, 10, 0, 0, 0, zone())
	people = map[model.ID]string{person(1): "Karin", person(2): "Sam", person(3): "Anna", person(4): "Karin", person(5): ""}
)

func zone() *time.Location {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return loc
}

func person(n byte) model.ID { return model.ID{0: 0xee, 15: n} }

// customer is the nth id: of two imports, with gaps, and some added by hand.
func customer(n int) model.ID {
	id := model.ID{0: 1, 1: byte(n % 3)}
	if n%3 == 2 {
		id[5] = byte(n)
	}
	binary.BigEndian.PutUint32(id[12:], uint32(n/3+n/30))
	return id
}

func day(n int) model.Day { return model.DayOf(now.AddDate(0, 0, n)) }

func stamp(hours int) model.Stamp { return model.StampOf(now.Add(time.Duration(hours) * time.Hour)) }

func found(field model.QueryField, value string) ([]model.ID, error) {
	if value == "broken" {
		return nil, errors.New("broken")
	}
	out := []model.ID{customer(1), customer(8), customer(5), customer(8), customer(4000)}
	return out[:len(field)%5+1], nil
}

func contextOf() columns.Context {
	return columns.Context{
		Now: model.StampOf(now), Today: day(0), Location: zone(), Me: person(2),
		Person: func(name string) (out []model.ID) {
			for id, n := range people {
				if search.Fold(n) == search.Fold(name) {
					out = append(out, id)
				}
			}
			return out
		},
		Name: func(id model.ID) string { return people[id] },
		Look: found, Late: func() model.Day { return day(-1) }, Limbo: func() model.Stamp { return stamp(-24) },
	}
}

// record is a row that somebody thought of.
func record(t *rapid.T, id model.ID) columns.Row {
	of := func(what string, list ...string) string { return rapid.SampledFrom(list).Draw(t, what) }
	maybe := func(what string, one int) bool { return rapid.IntRange(0, one).Draw(t, what) == 0 }
	r := columns.Row{
		ID: id, Name: of("name", "Jan Jansen", "jan jansen", "Jansen", "Jan", "Özdemir", "de Vries", "...", "Zwart", strings.Repeat("Lang ", 30)+of("end", "a", "b")),
		Number: of("number", "", "", "9", "10", "100", "A-7", "a 70", "007", "K 12.3"), Theirs: of("theirs", "", "", "77, 78", "10", " ,x"),
		Formerly: of("formerly", "", "", "", "55"), Town: of("town", "", "Utrecht", "'s-Gravenhage", "utrecht", "Utrecht-Noord", "Den Haag", "Ede", "!"),
		Postcode: of("postcode", "", "1094 SX", "1094sx", "1094 AB", "3511", "B-1000", "SW1A 1AA", "99999 X"),
		Kind:     rapid.SampledFrom([]model.CustomerKind{model.Private, model.Business, model.Internal, ""}).Draw(t, "kind"),
		Relation: rapid.SampledFrom([]model.Relation{model.Suspect, model.Prospect, model.Current, model.Former, "x"}).Draw(t, "relation"),
		Duty:     maybe("duty", 3), Key: maybe("key", 3), Flagged: maybe("flagged", 3), Waiting: maybe("waiting", 3),
		Fit:     rapid.SampledFrom([]model.FitState{"", "", model.FitOpen, model.FitProposed, model.FitReturned, model.FitSettled}).Draw(t, "fit"),
		Verdict: rapid.SampledFrom(append(model.FitVerdicts(), "")).Draw(t, "verdict"),
		Added:   stamp(-24 * rapid.IntRange(0, 900).Draw(t, "added")),
	}
	if maybe("owned", 1) {
		r.Owner = person(byte(rapid.IntRange(1, 6).Draw(t, "owner")))
	}
	if maybe("due", 2) {
		r.Due = day(rapid.IntRange(-4, 9).Draw(t, "due"))
	}
	if maybe("last", 2) {
		r.Last = stamp(rapid.IntRange(-100, 0).Draw(t, "last"))
	}
	if maybe("limbo", 3) {
		r.Limbo = stamp(rapid.IntRange(-48, 0).Draw(t, "limbo"))
	}
	for range max(0, rapid.IntRange(-3, 3).Draw(t, "marks")) {
		r.Marks = append(r.Marks, columns.Mark{Trait: rapid.IntRange(-1, 4).Draw(t, "trait"), Step: rapid.IntRange(0, 4).Draw(t, "step"),
			Lapses: stamp(rapid.IntRange(-3, 6).Draw(t, "lapses"))})
	}
	return r
}

// world is a book as plain records.
type world map[model.ID]columns.Row

func (w world) rows(yield func(*columns.Row) error) error {
	ids := slices.SortedFunc(maps.Keys(w), func(a, b model.ID) int { return slices.Compare(a[:], b[:]) })
	for _, id := range ids {
		r := w[id]
		if err := yield(&r); err != nil {
			return err
		}
	}
	return nil
}

func drawWorld(t *rapid.T) world {
	w := world{}
	for range rapid.IntRange(0, 40).Draw(t, "rows") {
		id := customer(rapid.IntRange(0, 60).Draw(t, "id"))
		w[id] = record(t, id)
	}
	return w
}

func memory(t rapid.TB, w world) *columns.Base {
	b, err := columns.Memory(context.Background(), segment.Stamp{}, w.rows)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var values = map[model.QueryField][]string{
	model.QueryTrait: {"topservice", "attention", "brazen", "wronged", "any", "none"}, model.QueryStep: {"0", "1", "2", "3", "5"},
	model.QueryFit:  {"fits", "improve", "terms", "part", "gather", "open", "proposed", "none"},
	model.QueryIs:   {"flagged", "waiting", "limbo", "overdue", "duty", "key"},
	model.QueryKind: {"private", "business", "internal"}, model.QueryRelation: {"suspect", "prospect", "customer", "former"},
	model.QueryOwner: {"me", "none", "Karin", "anna"}, model.QueryTown: {"utr", "Utrecht", "'s gravenhage", "ede"},
	model.QueryPostcode: {"1094", "1094 S", "b", "3511", "9"}, model.QueryName: {"Jan Jansen", "jansen", strings.Repeat("Lang ", 30)},
	model.QueryNumber: {"1", "10", "7", "a7", "55", "k12"}, model.QueryPhone: {"06"}, model.QueryMail: {"a@"}, model.QueryStory: {"x"},
	model.QueryDue: {"none", "any"}, model.QueryLast: {"none", "any"}, model.QueryAdded: {},
}

var ops = []model.QueryOp{model.OpIs, model.OpBelow, model.OpAtMost, model.OpAbove, model.OpAtLeast, model.OpBetween}

func drawTerm(t *rapid.T) model.QueryTerm {
	term := model.QueryTerm{Field: rapid.SampledFrom(slices.Sorted(maps.Keys(values))).Draw(t, "field"), Not: rapid.Bool().Draw(t, "not")}
	list := values[term.Field]
	switch term.Field {
	case model.QueryStep, model.QueryDue, model.QueryLast, model.QueryAdded, model.QueryPostcode:
		if term.Op = rapid.SampledFrom(ops).Draw(t, "op"); term.Op != model.OpIs {
			list = []string{"0", "1", "3"}
			if term.Field == model.QueryPostcode {
				list = []string{"1000", "1094", "3511", "1"}
			}
		}
		if term.Field != model.QueryStep && term.Field != model.QueryPostcode {
			days := []string{string(day(-800)), string(day(-3)), string(day(-1)), string(day(0)), string(day(4)), "1970-01-02", "9999-12-31"}
			if list = append(slices.Clone(list), days...); term.Op != model.OpIs {
				list = days
			}
		}
	}
	n := 1
	switch term.Op {
	case model.OpIs:
		n = rapid.IntRange(1, 3).Draw(t, "values")
	case model.OpBetween:
		n = 2
	}
	term.Values = rapid.SliceOfN(rapid.SampledFrom(list), n, n).Draw(t, "value")
	return term
}

func drawQuery(t *rapid.T) model.Query {
	q := model.Query{Sort: model.QuerySort{Desc: rapid.Bool().Draw(t, "desc"), By: rapid.SampledFrom([]model.SortField{
		model.SortBest, model.SortName, model.SortTown, model.SortNumber, model.SortKind, model.SortRelation, model.SortOwner,
		model.SortStep, model.SortFit, model.SortDue, model.SortLast, model.SortAdded}).Draw(t, "by")}}
	for range rapid.SampledFrom([]int{0, 1, 1, 1, 2, 3}).Draw(t, "terms") {
		q.Terms = append(q.Terms, drawTerm(t))
	}
	return q
}

// asked is what was asked and what came.
type asked struct {
	ids   []model.ID
	keys  []string
	found int
	more  bool
}

func page(l *columns.Live, c *columns.Cond, q model.Query, dir model.PageDir, key string, n int) (a asked) {
	a.ids, a.keys, a.found, a.more = l.Page(c, q.Sort, dir, key, n)
	return a
}

// A base with changes over it, a base made anew and plain records give the same
// answers to every question.
func TestChangesGiveWhatAFreshIndexGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		live := columns.NewLive(memory(t, w))
		stale := ""
		for range rapid.IntRange(0, 12).Draw(t, "changes") {
			id := customer(rapid.IntRange(0, 60).Draw(t, "changed"))
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				delete(w, id)
				live.Remove(id)
				continue
			}
			r := record(t, id)
			if was, ok := w[id]; ok && rapid.Bool().Draw(t, "keeps its name") {
				r.Name = was.Name
			}
			w[id] = r
			live.Put(&r)
		}
		fresh := columns.NewLive(memory(t, w))
		for range 4 {
			q := drawQuery(t)
			ctx := contextOf()
			ctx.Now = stamp(rapid.IntRange(-4, 4).Draw(t, "now"))
			c, err := columns.Compile(q, ctx)
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			if rapid.IntRange(0, 4).Draw(t, "some only") == 0 {
				some := rapid.SliceOf(rapid.Custom(func(t *rapid.T) model.ID { return customer(rapid.IntRange(0, 61).Draw(t, "n")) })).Draw(t, "among")
				c = c.Among(some)
				q.Text = fmt.Sprint(some)
				checkAll(t, w, q, ctx, c, some, live, fresh, &stale)
				continue
			}
			checkAll(t, w, q, ctx, c, nil, live, fresh, &stale)
		}
	})
}

func checkAll(t *rapid.T, w world, q model.Query, ctx columns.Context, c *columns.Cond, among []model.ID, live, fresh *columns.Live, stale *string) {
	want := reference(w, q, ctx, among)
	for name, l := range map[string]*columns.Live{"changes": live, "fresh": fresh} {
		all := page(l, c, q, model.PageFirst, "", 1000)
		if !slices.Equal(all.ids, want) || all.found != len(want) || all.more {
			t.Fatalf("%s: %+v gives\n%v, found %d, more %v, not\n%v", name, q, all.ids, all.found, all.more, want)
		}
		if !slices.IsSorted(all.keys) || len(slices.Compact(slices.Clone(all.keys))) != len(want) {
			t.Fatalf("%s: keys of %+v: %q", name, q.Sort, all.keys)
		}
		if n := l.Count(c); n != len(want) || l.Total() != len(w) {
			t.Fatalf("%s: counts %d of %d, not %d of %d", name, n, l.Total(), len(want), len(w))
		}
		var seen []model.ID
		err := l.All(context.Background(), c, func(id model.ID) bool { seen = append(seen, id); return true })
		sorted := slices.SortedFunc(slices.Values(want), func(a, b model.ID) int { return slices.Compare(a[:], b[:]) })
		slices.SortFunc(seen, func(a, b model.ID) int { return slices.Compare(a[:], b[:]) })
		if err != nil || !slices.Equal(seen, sorted) {
			t.Fatalf("%s: all of %+v: %v, %v, not %v", name, q, seen, err, sorted)
		}
		for n := range 62 {
			if id := customer(n); l.Match(c, id) != slices.Contains(want, id) {
				t.Fatalf("%s: %v matches %+v: %v", name, id, q, l.Match(c, id))
			}
		}
	}
	all := page(live, c, q, model.PageFirst, "", 1000)
	if other := page(fresh, c, q, model.PageFirst, "", 1000); !slices.Equal(all.keys, other.keys) {
		t.Fatalf("keys with changes %q, of a fresh index %q", all.keys, other.keys)
	}
	keys := append([]string{"", *stale, "m", "\x01", "\x02x", "\x01abc"}, all.keys...)
	if len(all.keys) > 0 {
		*stale = rapid.SampledFrom(all.keys).Draw(t, "a key to come back to")
	}
	key := rapid.SampledFrom(keys).Draw(t, "key")
	n := rapid.IntRange(0, 6).Draw(t, "n")
	// A key of this very order is somewhere; another is at the same place in both.
	known := key == "" || slices.Contains(all.keys, key)
	for _, dir := range []model.PageDir{model.PageFirst, model.PageLast, model.PageAfter, model.PageBefore, model.PageAround} {
		got, other := page(live, c, q, dir, key, n), page(fresh, c, q, dir, key, n)
		if !slices.Equal(got.keys, other.keys) || got.more != other.more || got.found != other.found {
			t.Fatalf("page %d of %+v at %q, %d rows: %+v with changes, %+v fresh", dir, q, key, n, got, other)
		}
		if !known {
			continue
		}
		keys, more := pageOf(all.keys, dir, key, n)
		if !slices.Equal(got.keys, keys) || got.more != more || got.found != len(want) {
			t.Fatalf("page %d of %+v at %q, %d rows: %q, more %v, not %q, %v", dir, q.Sort, key, n, got.keys, got.more, keys, more)
		}
	}
}

// pageOf cuts a page out of all keys.
func pageOf(keys []string, dir model.PageDir, key string, n int) ([]string, bool) {
	at, exact := slices.BinarySearch(keys, key)
	from, to := 0, n
	switch dir {
	case model.PageLast:
		from, to = len(keys)-n, len(keys)
	case model.PageAfter:
		if exact {
			at++
		}
		from, to = at, at+n
	case model.PageBefore:
		from, to = at-n, at
	case model.PageAround:
		from, to = at-n, at+n
	}
	from, to = max(0, from), min(len(keys), to)
	if dir == model.PageLast || dir == model.PageBefore {
		return keys[from:to], from > 0
	}
	return keys[from:to], to < len(keys)
}
