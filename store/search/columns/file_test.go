package columns_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"pasvorm/model"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/segment"
)

// inventedWorld is a book of so many customers, some blocks of rows.
func inventedWorld(t testing.TB, n int) world {
	t.Helper()
	w := world{}
	if err := invented(n)(func(r *columns.Row) error { w[r.ID] = *r; return nil }); err != nil {
		t.Fatal(err)
	}
	return w
}

func written(t testing.TB, w world) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.db.columns")
	stamp := segment.Stamp{Book: model.ID{7}, Rev: 12}
	if err := columns.Build(context.Background(), path, stamp, 0o640, w.rows); err != nil {
		t.Fatal(err)
	}
	return path
}

// A file of several blocks answers as plain records do, with changes over it too.
func TestManyRows(t *testing.T) {
	const rows = 5000
	w := inventedWorld(t, rows)
	base, err := columns.Open(written(t, w))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := base.Close(); err != nil {
			t.Error(err)
		}
	}()
	if base.Rows() != rows || base.Stamp().Rev != 12 || base.Size() == 0 || base.Verify() != nil {
		t.Fatalf("%d rows, stamp %+v, %d bytes, %v", base.Rows(), base.Stamp(), base.Size(), base.Verify())
	}
	live := columns.NewLive(base)
	check := func() {
		t.Helper()
		for n, text := range []string{"", "trait:brazen", "kind:private town:utrecht", "-kind:private owner:karin,me", "due:<" + string(day(3)), "postcode:1000..1999",
			"number:10", "is:flagged,duty -is:limbo", "fit:terms,part", "last:none", "trait:none step:0 -town:a"} {
			q, err := model.ParseQuery(text, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i, by := range append(model.SortFields(), model.SortBest) {
				if text != "" && (i+n)%4 != 0 {
					continue
				}
				q.Sort = model.QuerySort{By: by, Desc: i%2 == 0}
				c, err := columns.Compile(q, contextOf())
				if err != nil {
					t.Fatal(err)
				}
				checkPages(t, live, c, q, reference(w, q, contextOf(), nil))
			}
		}
	}
	check()
	for id, r := range inventedWorld(t, 40) { // the first of the book, moved about
		r.Town, r.Name, r.Number = "Utrecht-"+r.Town, r.Town+" "+r.Name, "9"+r.Number
		if r.Kind == model.Business {
			live.Remove(id)
			delete(w, id)
			continue
		}
		live.Put(&r)
		w[id] = r
	}
	if live.Len() != 40 || live.Total() != len(w) {
		t.Fatalf("%d changed, %d in all of %d", live.Len(), live.Total(), len(w))
	}
	check()
}

func checkPages(t *testing.T, live *columns.Live, c *columns.Cond, q model.Query, want []model.ID) {
	t.Helper()
	ids, keys, found, more := live.Page(c, q.Sort, model.PageFirst, "", len(want)+1)
	if !slices.Equal(ids, want) || found != len(want) || more || !slices.IsSorted(keys) || live.Count(c) != len(want) {
		t.Fatalf("%s by %+v: %d rows of %d found, more %v, not %d", q, q.Sort, len(ids), found, more, len(want))
	}
	for _, key := range []string{"", "m"} {
		for _, dir := range []model.PageDir{model.PageFirst, model.PageLast, model.PageAfter, model.PageBefore, model.PageAround} {
			if at := len(keys) / 3; key != "" && at < len(keys) {
				key = keys[at]
			} else if key != "" {
				continue
			}
			_, got, _, more := live.Page(c, q.Sort, dir, key, 40)
			if w, m := pageOf(keys, dir, key, 40); !slices.Equal(got, w) || more != m {
				t.Fatalf("%s by %+v, page %d at %q: %q, more %v, not %q, %v", q, q.Sort, dir, key, got, more, w, m)
			}
		}
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	if _, err := columns.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	path := written(t, inventedWorld(t, 20))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)-8], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := columns.Open(path); !errors.Is(err, columns.ErrDamaged) {
		t.Errorf("a cut file: %v", err)
	}
	if err := segment.Write(path, columns.Kind, segment.Stamp{}, 0o600, []segment.Section{{Name: "head", Data: []byte{1, 0, 0, 0, 9, 0, 0, 0}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := columns.Open(path); !errors.Is(err, columns.ErrDamaged) {
		t.Errorf("a file without its parts: %v", err)
	}
}

func TestBuildingEnds(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	w := inventedWorld(t, 20)
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if err := columns.Build(stopped, path, segment.Stamp{}, 0o600, w.rows); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	broken := errors.New("broken")
	if err := columns.Build(context.Background(), path, segment.Stamp{}, 0o600, func(func(*columns.Row) error) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("broken off: %v", err)
	}
	twice := func(yield func(*columns.Row) error) error {
		return errors.Join(yield(&columns.Row{ID: model.ID{1}}), yield(&columns.Row{ID: model.ID{1}}))
	}
	if err := columns.Build(context.Background(), path, segment.Stamp{}, 0o600, twice); err == nil {
		t.Error("a customer came twice")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

// All ends with its context and when it is told to.
func TestAllEnds(t *testing.T) {
	live := columns.NewLive(memory(t, inventedWorld(t, 9000)))
	c, err := columns.Compile(model.Query{}, contextOf())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := live.All(context.Background(), c, func(model.ID) bool { n++; return n < 5 }); err != nil || n != 5 {
		t.Errorf("told to end after 5: %d, %v", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	err = live.All(ctx, c, func(model.ID) bool { n++; cancel(); return true })
	if !errors.Is(err, context.Canceled) || n >= 9000 {
		t.Errorf("stopped after %d: %v", n, err)
	}
}

// People read while others write; whoever reads sees each change whole.
func TestReadingWhileWriting(t *testing.T) {
	w := inventedWorld(t, 5000)
	live := columns.NewLive(memory(t, w))
	ids := make([]model.ID, 0, len(w))
	for id := range w {
		ids = append(ids, id)
	}
	c, err := columns.Compile(model.Query{Terms: []model.QueryTerm{{Field: model.QueryTown, Values: []string{"xanadu"}}}}, contextOf())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 3 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 30 {
				got, _, found, _ := live.Page(c, model.QuerySort{By: model.SortOwner}, model.PageFirst, "", 1000)
				if len(got) != found {
					t.Errorf("%d rows of %d", len(got), found)
				}
				live.Match(c, ids[0])
			}
		}()
	}
	for _, id := range ids[:300] {
		r := w[id]
		r.Town = "Xanadu"
		live.Put(&r)
	}
	all.Wait()
	if n := live.Count(c); n != 300 {
		t.Errorf("%d moved, not 300", n)
	}
}

func TestWrongConditions(t *testing.T) {
	for _, term := range []model.QueryTerm{
		{Field: "colour", Values: []string{"x"}},
		{Field: model.QueryTrait, Values: []string{"nice"}},
		{Field: model.QueryTrait, Op: model.OpAbove, Values: []string{"brazen"}},
		{Field: model.QueryKind, Values: []string{"private", "odd"}},
		{Field: model.QueryRelation},
		{Field: model.QueryFit, Values: []string{"settled"}},
		{Field: model.QueryIs, Values: []string{"nice"}},
		{Field: model.QueryOwner, Values: []string{"nobody"}},
		{Field: model.QueryTown, Values: []string{"..."}},
		{Field: model.QueryStep, Values: []string{"-1"}},
		{Field: model.QueryStep, Op: model.OpBetween, Values: []string{"1"}},
		{Field: model.QueryStep, Op: model.OpAbove, Values: []string{"99999999999"}},
		{Field: model.QueryDue, Op: model.OpBelow, Values: []string{"someday"}},
		{Field: model.QueryDue, Values: []string{"someday"}},
		{Field: model.QueryAdded, Values: []string{"none"}},
		{Field: model.QueryPostcode, Op: model.OpBelow, Values: []string{"SX"}},
	} {
		_, err := columns.Compile(model.Query{Terms: []model.QueryTerm{term}}, contextOf())
		var e *model.Error
		if !errors.As(err, &e) || e.Kind != model.KindInvalid || e.Hint == "" {
			t.Errorf("%+v: %v", term, err)
		}
	}
	if _, err := columns.Compile(model.Query{Terms: []model.QueryTerm{{Field: model.QueryStory, Values: []string{"broken"}}}}, contextOf()); err == nil {
		t.Error("the other index is broken and nothing is said")
	}
	// Without a context there is nobody to ask: nothing is found, nothing breaks.
	for _, term := range []model.QueryTerm{{Field: model.QueryStory, Values: []string{"x"}}, {Field: model.QueryIs, Values: []string{"limbo", "overdue"}}} {
		c, err := columns.Compile(model.Query{Terms: []model.QueryTerm{term}}, columns.Context{})
		if err != nil {
			t.Fatal(err)
		}
		if n := columns.NewLive(memory(t, inventedWorld(t, 300))).Count(c); n != 0 || c.Empty() {
			t.Errorf("%+v without a context: %d found", term, n)
		}
	}
}
