package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// measuredSpaces are the spaces of what is counted, and of who waits for whom.
var measuredSpaces = []engine.Space{"timeline", "thread", "limbo", "hurt", "answer", "daily", "cell", "queue"}

// TestBulkUndo takes many contacts of one matter back in one batch, which
// empties whole pages while their neighbours are still being counted.
func TestBulkUndo(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	add := func(from time.Time, n int) {
		var all []model.Action
		for i := range n {
			all = append(all, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", On: model.StampOf(from.Add(time.Duration(i) * 7 * time.Hour)), Answered: i%7 == 0})
		}
		if _, err := d.DoAll(context.Background(), model.Solo(d.Agent), all); err != nil {
			t.Fatal(err)
		}
	}
	add(storetest.Start.AddDate(0, -12, 0), 200)
	add(storetest.Start.AddDate(0, -6, 0), 200)
	before := derivedOf(d, measuredSpaces...)
	add(storetest.Start.AddDate(0, -10, 0), 400)
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
		t.Fatal(err)
	}
	if derivedOf(d, measuredSpaces...) != before {
		t.Error("what was counted is not what it was before")
	}
	healthy(t, d)
}

// TestUndoEmpties: when everything is taken back nothing is left of any count.
func TestUndoEmpties(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	first := derivedOf(d, measuredSpaces...)
	call := phoneCall(t, c, "invoice", "2026-11-01 09:00")
	call.Failed, call.Missing = true, "where is it?"
	call.Promise = &model.MakePromise{Side: model.Ours, Words: "a credit note", Due: "2026-11-25"}
	call.Exception = &model.LogException{Named: "pay before", Words: "after", State: model.ExceptionRefused, Reason: "the rule"}
	d.Must(t, d.Agent, call)
	noteSurvey(t, d, c, 7, "2026-11-02", "telephone", "procedure")
	d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Theirs, Words: "photographs", Due: "2026-11-26"})
	d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitWronged, Words: "was promised otherwise"})
	d.Must(t, d.Agent, model.AddImprovement{Title: "bills", Hurt: []model.ID{c}})
	if d.DB == nil || derivedOf(d, measuredSpaces...) == first {
		t.Fatal("nothing was counted")
	}
	for range 5 {
		if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
			t.Fatal(err)
		}
	}
	if last := derivedOf(d, measuredSpaces...); last != first {
		t.Errorf("left over:\n%s", last)
	}
}

// TestOpenOlder opens a book that a program left which counted nothing yet: its
// sightings are counted and put where they lapse.
func TestOpenOlder(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	b := create(t, path, opening())
	actor, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	r, err := b.Do(ctx, actor, model.AddCustomer{Values: map[string]string{"name": "Petra Jansen", "margin": "10"}})
	if err == nil {
		_, err = b.Do(ctx, actor, model.Tag{Customer: r.Made, Trait: model.TraitBrazen, Words: "refused the check"})
	}
	if err != nil {
		t.Fatal(err)
	}
	dump := func(b *store.Book) string { return derivedOf(&storetest.Desk{Book: b}, store.Spaces()...) }
	whole := dump(b)
	for name, harm := range map[string]func(tx engine.DerivedTx) error{
		"no version": func(tx engine.DerivedTx) error { return tx.Erase(store.SpaceMeta, []byte("derived")) },
		"another version": func(tx engine.DerivedTx) error {
			return tx.Store(store.SpaceMeta, []byte("derived"), []byte{0})
		},
	} {
		err = b.Engine().Rework(func(tx engine.DerivedTx) error {
			var keys [][]byte
			cur := tx.Cursor("queue")
			for k, _ := cur.First(); k != nil; k, _ = cur.Next() {
				keys = append(keys, slices.Clone(k))
			}
			failed := harm(tx)
			for _, k := range keys {
				failed = errors.Join(failed, tx.Erase("queue", k))
			}
			return errors.Join(failed, tx.Clear("daily"), tx.Clear("cell"), tx.Clear("worth"))
		})
		if err != nil {
			t.Fatal(err)
		}
		rep, err := b.Doctor(ctx, nil)
		if err != nil || len(rep.Faults) == 0 || slices.ContainsFunc(rep.Faults, func(f model.Fault) bool { return !f.Index }) {
			t.Errorf("%s: the doctor finds %v, %v", name, rep.Faults, err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		b = openBook(t, path)
		if got := dump(b); got != whole {
			t.Errorf("%s: opened with\n%s\nwant\n%s", name, got, whole)
		}
	}
}

// openBook opens a book until the test ends.
func openBook(t testing.TB, path string) *store.Book {
	t.Helper()
	b, err := store.Open(path, opening())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// TestRebuildSteps stops a rebuild at each of its steps in turn. It is not taken
// for whole, and the next one is.
func TestRebuildSteps(t *testing.T) {
	d := storetest.New(t)
	for range 6 {
		c := d.Customer(t, "Petra Jansen")
		for i := range 5 {
			d.Must(t, d.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: []string{"invoice", "order"}[i%2],
				On: model.StampOf(storetest.Start.AddDate(0, -i, 0))})
		}
	}
	whole := derivedOf(d, store.Spaces()...)
	d.SetLoad(4, 7, 5, 3)
	stopped := 0
	for stop := 1; ; stop++ {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		err := d.Rebuild(ctx, func(int) {
			if n++; n == stop {
				cancel()
			}
		})
		cancel()
		if err == nil {
			break
		}
		stopped++
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if got, _ := faults(t, d); !slices.Contains(got, "doctor.fault.rebuild") {
			t.Fatalf("stopped at step %d the doctor says %v", stop, got)
		}
	}
	if stopped < 20 {
		t.Errorf("stopped only %d times", stopped)
	}
	if got := derivedOf(d, store.Spaces()...); got != whole {
		t.Errorf("a rebuild gave\n%s\nwhere stood\n%s", got, whole)
	}
}
