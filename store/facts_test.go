package store_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/segment"
	"pasvorm/store/storetest"
)

// expected gives a customer's facts as the customer's page has them.
func expected(d *model.Detail) columns.Row {
	c := d.Customer
	r := columns.Row{ID: c.ID, Name: c.Name, Number: c.Number, Theirs: c.Theirs, Formerly: c.Formerly, Town: c.Town, Postcode: c.Postcode,
		Kind: c.Kind, Relation: c.Relation, Owner: c.Owner, Duty: c.Duty, Key: c.KeyAccount, Added: c.Added}
	for _, s := range slices.Backward(d.Sightings) {
		if s.Withdrawn == nil && !s.Frozen() {
			r.Marks = append(r.Marks, columns.Mark{Trait: s.Trait.Number() - 1, Step: s.Step, Lapses: s.Lapses})
		}
	}
	for _, f := range d.Flags {
		r.Flagged = r.Flagged || f.Cleared == nil
	}
	for _, a := range d.Assessments {
		if a.State == model.FitDropped {
			continue
		}
		if r.Fit == "" {
			r.Fit, r.Waiting = a.State, a.State == model.FitProposed
		}
		if r.Verdict == "" && a.State != model.FitOpen {
			r.Verdict = a.Verdict
		}
	}
	for _, p := range d.Dealings.Promises {
		if p.Side == model.Ours && p.State == model.PromiseOpen && (r.Due == "" || p.Due < r.Due) {
			r.Due = p.Due
		}
	}
	for _, x := range d.Dealings.Contacts {
		if x.Stands() {
			r.Last = max(r.Last, x.On)
		}
	}
	return r
}

// checkFacts compares facts with customers' pages, one by one and streamed, and
// gives what was streamed.
func checkFacts(t rapid.TB, b *storetest.Desk) (all []columns.Row) {
	b.SetLoad(100, 100, 2, 100)
	if err := b.EachFacts(context.Background(), func(r *columns.Row) error { all = append(all, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	s := b.As(model.Solo(b.Admin))
	totals, err := s.Totals()
	if err != nil || totals.Customers != len(all) {
		t.Fatalf("facts of %d customers, there are %d, %v", len(all), totals.Customers, err)
	}
	for _, r := range all {
		one, ok, err := b.Facts(r.ID)
		if err != nil || !ok || !reflect.DeepEqual(one, r) {
			t.Fatalf("facts streamed %+v\nalone %+v, %v, %v", r, one, ok, err)
		}
		d, err := s.Customer(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := expected(d)
		if want.Limbo = r.Limbo; !reflect.DeepEqual(want, r) {
			t.Fatalf("facts %+v\nthe page says %+v", r, want)
		}
		if row, err := b.Dates(r.ID); err != nil || row.Due != want.Due || row.Last != want.Last {
			t.Fatalf("dates of a row %q and %v, not %q and %v, %v", row.Due, row.Last, want.Due, want.Last, err)
		}
	}
	return all
}

func rowsOf(all []columns.Row) columns.Rows {
	return func(yield func(*columns.Row) error) error {
		for i := range all {
			if err := yield(&all[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

func indexOf(t rapid.TB, all []columns.Row) *columns.Live {
	base, err := columns.Memory(context.Background(), segment.Stamp{}, rowsOf(all))
	if err != nil {
		t.Fatal(err)
	}
	return columns.NewLive(base)
}

// catchUp lays over an index what the book's feed of changes says.
func catchUp(t rapid.TB, b *storetest.Desk, live *columns.Live, from engine.Rev) {
	touched := map[model.ID]bool{}
	err := b.Engine().Changes(from, func(e engine.Event) bool {
		for _, k := range e.Keys {
			touched[store.FactsOf(model.Key(k))] = true
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(touched, model.NoID)
	for id := range touched {
		switch r, ok, err := b.Facts(id); {
		case err != nil:
			t.Fatal(err)
		case ok:
			live.Put(&r)
		default:
			live.Remove(id)
		}
	}
}

// sameAnswers compares two indexes on a few questions.
func sameAnswers(t rapid.TB, b *storetest.Desk, one, other *columns.Live) {
	err := b.As(model.Solo(b.Lead)).Filter(func(ctx columns.Context) error {
		for _, value := range []string{"is:overdue,limbo", "is:flagged,waiting", "trait:any", "-fit:none", "due:any", "last:none", "owner:karin", "name:jansen"} {
			q, err := model.ParseQuery(value, nil)
			if err != nil {
				return err
			}
			c, err := columns.Compile(q, ctx)
			if err != nil {
				return err
			}
			for _, by := range append(model.SortFields(), model.SortBest) {
				s := model.QuerySort{By: by}
				_, want, _, _ := other.Page(c, s, model.PageFirst, "", 100)
				if _, got, _, _ := one.Page(c, s, model.PageFirst, "", 100); !slices.Equal(got, want) {
					t.Fatalf("%s by %s: %q, a fresh index has %q", value, by, got, want)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Facts are what a customer's page says, whatever happened, and an index that
// follows the changes of a book answers as one made anew.
func TestFactsFollowTheBook(t *testing.T) {
	follow := func(rt *rapid.T, b *storetest.Desk, step func()) {
		var rev engine.Rev
		_ = b.Engine().View(func(tx engine.Tx) error { rev = tx.Rev(); return nil })
		live := indexOf(rt, checkFacts(rt, b))
		for range rapid.IntRange(0, 25).Draw(rt, "steps") {
			step()
		}
		catchUp(rt, b, live, rev+1)
		sameAnswers(rt, b, live, indexOf(rt, checkFacts(rt, b)))
	}
	t.Run("fit", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			w := newWorld(t, rt, true)
			w.start()
			follow(rt, w.Desk, func() { w.step() })
		})
	})
	t.Run("dealings", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			d := newDealer(t, rt)
			follow(rt, d.Desk, func() { d.step(true) })
		})
	})
}

func finds(t testing.TB, b *storetest.Desk, query string) (names []string) {
	t.Helper()
	live := indexOf(t, checkFacts(t, b))
	err := b.As(model.Solo(b.Agent)).Filter(func(ctx columns.Context) error {
		q, err := model.ParseQuery(query, nil)
		if err != nil {
			return err
		}
		c, err := columns.Compile(q, ctx)
		if err != nil {
			return err
		}
		ids, _, _, _ := live.Page(c, q.Sort, model.PageFirst, "", 100)
		for _, id := range ids {
			r, _, err := b.Facts(id)
			if err != nil {
				return err
			}
			names = append(names, r.Name)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return names
}

// What hangs on the hour is judged when it is asked: Friday's promise is overdue
// on Tuesday and not in the weekend, and who was answered by nobody is in limbo
// after a day in which the desk was open.
func TestFactsByTheHour(t *testing.T) {
	d := storetest.New(t)
	d.Clock.Set(time.Date(2026, time.November, 27, 10, 0, 0, 0, storetest.Zone())) // a Friday
	owed, waits, told := d.Customer(t, "Owed"), d.Customer(t, "Waits"), d.Customer(t, "Told")
	d.Must(t, d.Agent, model.MakePromise{Customer: owed, Side: model.Ours, Words: "x", Due: "2026-11-28"}) // a Saturday
	d.Must(t, d.Agent, model.Tag{Customer: told, Trait: model.TraitBrazen, Words: "x"})
	for _, c := range []model.ID{waits, told} {
		d.Must(t, d.Agent, model.LogContact{Customer: c, On: model.StampOf(d.Clock.Now()), Channel: "phone", Topic: "invoice", Answered: c == told})
	}
	check := func(query string, want ...string) {
		t.Helper()
		if got := finds(t, d, query); !slices.Equal(got, want) {
			t.Errorf("%s on %v: %q, not %q", query, d.Clock.Now().Weekday(), got, want)
		}
	}
	check("is:overdue")
	check("is:limbo")
	check("due:<=sat", "Owed")
	check("last:today", "Told", "Waits")
	d.Clock.Add(3 * 24 * time.Hour)
	check("is:overdue") // Saturday's promise is due on Monday
	check("is:limbo", "Waits")
	check("trait:brazen", "Told")
	d.Clock.Add(24 * time.Hour)
	check("is:overdue", "Owed")
	check("last:<-3d", "Told", "Waits")
	d.Clock.Add(500 * 24 * time.Hour)
	check("trait:brazen")
	check("owner:none sort:-name", "Waits", "Told", "Owed")
}

// People are meant by their name, or by its beginning.
func TestOwnersByName(t *testing.T) {
	d := storetest.New(t)
	mine := d.Customer(t, "Mine", "owner", d.Agent.String())
	if got := finds(t, d, "owner:me"); !slices.Equal(got, []string{"Mine"}) {
		t.Errorf("owner:me finds %q (%v)", got, mine)
	}
	if got := finds(t, d, "owner:kar"); !slices.Equal(got, []string{"Mine"}) {
		t.Errorf("owner:kar finds %q", got)
	}
	if got := finds(t, d, "owner:anna"); got != nil {
		t.Errorf("owner:anna finds %q", got)
	}
	err := d.As(model.Solo(d.Agent)).Filter(func(ctx columns.Context) error {
		_, err := columns.Compile(model.Query{Terms: []model.QueryTerm{{Field: model.QueryOwner, Values: []string{"nobody"}}}}, ctx)
		return err
	})
	if model.KindOf(err) != model.KindInvalid {
		t.Errorf("owner:nobody: %v", err)
	}
}

// A walk over the book can be ended, and customers of an import that is not
// finished are left out.
func TestEachFactsEnds(t *testing.T) {
	d := storetest.New(t)
	d.SetLoad(100, 100, 2, 100)
	for i := range 7 {
		d.Customer(t, "Customer "+strconv.Itoa(i))
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := d.EachFacts(ctx, func(*columns.Row) error {
		if n++; n == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 4 {
		t.Errorf("ended after %d: %v", n, err)
	}
	stop := errors.New("enough")
	if err := d.EachFacts(context.Background(), func(*columns.Row) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("gives %v", err)
	}
	all := checkFacts(t, d)
	loading := func(f func(tx engine.DerivedTx, key []byte) error) {
		if err := d.Engine().Rework(func(tx engine.DerivedTx) error { return f(tx, all[3].ID[:]) }); err != nil {
			t.Fatal(err)
		}
	}
	loading(func(tx engine.DerivedTx, key []byte) error { return tx.Store("loading", key, []byte{}) })
	if _, ok, err := d.Facts(all[3].ID); ok || err != nil {
		t.Errorf("of one that is being loaded: %v, %v", ok, err)
	}
	n = 0
	if err := d.EachFacts(context.Background(), func(*columns.Row) error { n++; return nil }); err != nil || n != len(all)-1 {
		t.Errorf("%d while one is being loaded: %v", n, err)
	}
	loading(func(tx engine.DerivedTx, key []byte) error { return tx.Erase("loading", key) })
}
