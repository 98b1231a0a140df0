//go:build unix

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
	"pasvorm/store/engine/bolt"
	"pasvorm/store/search"
	"pasvorm/store/storetest"
)

// patient makes a book with one of everything and gives a customer of it.
func patient(t *testing.T) (*storetest.Desk, model.ID) {
	t.Helper()
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen", "number", "1001", "revenue", "100", "margin", "10", "note", "by mail")
	d.Customer(t, "Willem de Vries")
	d.Must(t, d.Agent, model.Merge{Keep: c, Gone: d.Customer(t, "P. Jansen"), Typed: "P. Jansen"})
	d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitBrazen, Words: "snarled"})
	d.Must(t, d.Agent, model.RaiseFlag{Customer: c, Reason: "look"})
	d.Must(t, d.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: "twice on the bill", Failed: true, Missing: "where is it?"})
	d.Must(t, d.Agent, model.SetFinance{Customer: c, Account: model.Account{Direct: new(int64(100))}})
	d.Must(t, d.Agent, model.AddImprovement{Title: "bills", Hurt: []model.ID{c}})
	d.Must(t, d.Agent2, model.RaiseFlag{Customer: c, Reason: "look too"})
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent2), 0, false); err != nil {
		t.Fatal(err)
	}
	return d, c
}

// rework changes derived data behind the book's back.
func rework(t *testing.T, d *storetest.Desk, f func(tx engine.DerivedTx) error) {
	t.Helper()
	if err := d.DB.Rework(f); err != nil {
		t.Fatal(err)
	}
}

func firstKey(tx engine.DerivedTx, s engine.Space) []byte {
	k, _ := tx.Cursor(s).First()
	return slices.Clone(k)
}

func faults(t *testing.T, d *storetest.Desk) (what []string, index bool) {
	t.Helper()
	rep, err := d.Doctor(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	index = true
	for _, f := range rep.Faults {
		what = append(what, f.What)
		index = index && f.Index
	}
	return what, index
}

// TestDoctorIndexes harms each space of derived data in each way. The doctor
// finds it, says that a rebuild repairs it, and a rebuild does.
func TestDoctorIndexes(t *testing.T) {
	d, _ := patient(t)
	spaces := slices.DeleteFunc(store.Spaces(), func(s engine.Space) bool {
		return s == store.SpaceMeta || s == store.SpaceRev || s == "loading"
	})
	for _, s := range spaces {
		for what, harm := range map[string]func(tx engine.DerivedTx) error{
			"doctor.fault.index-missing": func(tx engine.DerivedTx) error { return tx.Erase(s, firstKey(tx, s)) },
			"doctor.fault.index-extra": func(tx engine.DerivedTx) error {
				return tx.Store(s, []byte("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"), []byte{})
			},
			"doctor.fault.index": func(tx engine.DerivedTx) error { return tx.Store(s, firstKey(tx, s), []byte("otherwise")) },
		} {
			rework(t, d, harm)
			got, index := faults(t, d)
			if !slices.Contains(got, what) || !index {
				t.Errorf("%s: %v found for %s (index %v)", s, got, what, index)
			}
			if err := d.Rebuild(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if got, _ := faults(t, d); len(got) > 0 {
				t.Errorf("%s: a rebuild left %v of %s", s, got, what)
			}
		}
	}
}

// TestDoctorSwap puts one wrong key in the place of a right one, which leaves
// the number of keys as it was.
func TestDoctorSwap(t *testing.T) {
	d, c := patient(t)
	rework(t, d, func(tx engine.DerivedTx) error {
		return errors.Join(tx.Erase(search.SpaceTerm, search.TermKey("1001", c)), tx.Store(search.SpaceTerm, search.TermKey("1002", c), []byte{}))
	})
	if got, _ := faults(t, d); !slices.Contains(got, "doctor.fault.index-missing") || !slices.Contains(got, "doctor.fault.index-extra") {
		t.Errorf("found %v", got)
	}
	if err := d.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
}

// smuggle opens the file without the book's applier, as somebody would who
// edits it, and applies a batch.
func smuggle(t *testing.T, path string, now time.Time, b engine.Batch) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoSync: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		b.Op[i] = byte(ms >> (40 - 8*i))
	}
	b.Op[6], b.Op[15] = 0x7f, 0xff
	if _, err := db.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDoctorTampered edits the file behind the journal's back.
func TestDoctorTampered(t *testing.T) {
	for _, c := range []struct {
		name string
		want string
		edit func(t *testing.T, recs map[string][]byte) engine.Batch
	}{
		{"record edited", "doctor.fault.unjournalled", func(_ *testing.T, recs map[string][]byte) engine.Batch {
			for k, v := range recs {
				if r, err := store.DecodeRecord([]byte(k), v); err == nil {
					if c, ok := r.(*model.Customer); ok {
						c.Note = "never written"
						return engine.Batch{Puts: []engine.KV{{Key: []byte(k), Value: store.Seal(c)}}}
					}
				}
			}
			return engine.Batch{}
		}},
		{"record gone", "doctor.fault.record-lost", func(_ *testing.T, recs map[string][]byte) engine.Batch {
			return gone(recs, 's')
		}},
		{"customer gone", "doctor.fault.orphan", func(_ *testing.T, recs map[string][]byte) engine.Batch {
			return gone(recs, 'c')
		}},
		{"guard gone", "doctor.fault.guards", func(_ *testing.T, recs map[string][]byte) engine.Batch {
			return gone(recs, 'u')
		}},
		{"record added", "doctor.fault.unjournalled", func(_ *testing.T, _ map[string][]byte) engine.Batch {
			p := &model.Person{ID: store.NewID(), Name: "Mallory", Role: model.RoleAdmin}
			return engine.Batch{Puts: []engine.KV{{Key: []byte(p.Key()), Value: store.Seal(p)}}}
		}},
		{"entry edited", "doctor.fault.chain", func(_ *testing.T, recs map[string][]byte) engine.Batch {
			b := gone(recs, 'j')
			k := b.Deletes[0]
			return engine.Batch{Puts: []engine.KV{{Key: k, Value: append(slices.Clone(recs[string(k)]), 0)}}}
		}},
		{"entry gone", "doctor.fault.entry-missing", func(_ *testing.T, recs map[string][]byte) engine.Batch { return gone(recs, 'j') }},
		{"content gone", "doctor.fault.payload-missing", func(_ *testing.T, recs map[string][]byte) engine.Batch { return gone(recs, 'y') }},
		{"content edited", "doctor.fault.payload", func(_ *testing.T, recs map[string][]byte) engine.Batch {
			b := gone(recs, 'y')
			k := b.Deletes[0]
			return engine.Batch{Puts: []engine.KV{{Key: k, Value: append(slices.Clone(recs[string(k)]), 0)}}}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(home(t), "book.db")
			recs := filled(t, path)
			smuggle(t, path, time.Now(), c.edit(t, recs))
			b, err := store.Open(path, opening())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = b.Close() }()
			rep, err := b.Doctor(context.Background(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(rep.Faults, func(f model.Fault) bool { return f.What == c.want && !f.Index }) {
				t.Errorf("found %+v", rep.Faults)
			}
			if err := b.Rebuild(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if rep, err = b.Doctor(context.Background(), nil); err != nil || len(rep.Faults) == 0 {
				t.Errorf("a rebuild made the tampering disappear: %v", err)
			}
		})
	}
}

func gone(recs map[string][]byte, table byte) engine.Batch {
	var first string
	for k := range recs {
		if k[0] == table && (first == "" || k < first) {
			first = k
		}
	}
	return engine.Batch{Deletes: [][]byte{[]byte(first)}}
}

// TestVerifyHead shows that a head noted elsewhere tells a journal that was cut
// or made anew, which nothing in the file can.
func TestVerifyHead(t *testing.T) {
	d, c := patient(t)
	rep, err := d.Doctor(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Must(t, d.Agent, model.RaiseFlag{Customer: c, Reason: "later"})
	if err := d.VerifyHead(rep.Rev, rep.Head); err != nil {
		t.Errorf("an honest head: %v", err)
	}
	wantError(t, d.VerifyHead(rep.Rev-1, rep.Head), model.KindCorrupt, "error.book.head")
	wantError(t, d.VerifyHead(rep.Rev+100, rep.Head), model.KindCorrupt, "error.book.head")
	bad := slices.Clone(rep.Head)
	bad[3] ^= 1
	wantError(t, d.VerifyHead(rep.Rev, bad), model.KindCorrupt, "error.book.head")

	// The tail is cut, and everything in the file made to agree with it.
	later, err := d.Doctor(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var cut, rest []byte
	rework(t, d, func(tx engine.DerivedTx) error {
		cur := tx.Cursor(store.SpaceRev)
		k, _ := cur.Last()
		cut = slices.Clone(k)
		k, v := cur.Prev()
		rest = slices.Concat(k, v[16:])
		return nil
	})
	var line []byte
	rework(t, d, func(tx engine.DerivedTx) error {
		line = slices.Clone(tx.Load(store.SpaceRev, cut))
		return errors.Join(tx.Erase(store.SpaceRev, cut), tx.Store(store.SpaceMeta, []byte("head"), rest))
	})
	wantError(t, d.VerifyHead(later.Rev, later.Head), model.KindCorrupt, "error.book.head")
	if got, index := faults(t, d); !slices.Contains(got, "doctor.fault.entry-lost") || index {
		t.Errorf("found %v", got)
	}
	// A rebuild puts the line back, with the chain it had.
	if err := d.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if err := d.VerifyHead(later.Rev, later.Head); err != nil {
		t.Error(err)
	}
	rework(t, d, func(tx engine.DerivedTx) error {
		if now := tx.Load(store.SpaceRev, cut); !slices.Equal(now, line) {
			t.Errorf("the line came back as %x, was %x", now, line)
		}
		return nil
	})
}

// TestRebuildInterrupted stops a rebuild half-way, as a crash would. The doctor
// says so, and opening the book again finishes it.
func TestRebuildInterrupted(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	filled(t, path)
	b, err := store.Open(path, opening())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := b.Rebuild(ctx, func(int) { cancel() }); err == nil {
		t.Fatal("a rebuild that was stopped says it is done")
	}
	rep, err := b.Doctor(context.Background(), nil)
	if err != nil || !slices.ContainsFunc(rep.Faults, func(f model.Fault) bool { return f.What == "doctor.fault.rebuild" }) {
		t.Errorf("found %+v %v", rep.Faults, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if b, err = store.Open(path, opening()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	if rep, err = b.Doctor(context.Background(), nil); err != nil || len(rep.Faults) > 0 {
		t.Errorf("after opening again %+v %v", rep.Faults, err)
	}
}

func TestDoctorStops(t *testing.T) {
	d, _ := patient(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.Doctor(ctx, nil); err == nil {
		t.Error("a doctor that was told to stop says the book is sound")
	}
}
