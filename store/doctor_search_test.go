package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"pasvorm/model"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/names"
)

// The doctor sees a search index that says other than the book, and what
// changed since it was made is no fault.
func TestDoctorComparesSearchIndexes(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, f *filed){
		"nothing": func(*testing.T, *filed) {},
		"changes since": func(t *testing.T, f *filed) {
			f.customer(t, "New One")
			f.do(t, model.EditCustomer{Customer: f.Find(t, "Hulst Transport"), Was: map[string]string{"name": "Hulst Transport"}, Now: map[string]string{"name": "Hulst"}})
		},
		"another name": func(t *testing.T, f *filed) {
			rebuildNames(t, f, func(e *names.Entry) bool { e.Name = "Somebody Else"; return true })
		},
		"one too few": func(t *testing.T, f *filed) {
			rebuildNames(t, f, func(e *names.Entry) bool { return e.Name != "Petra Jansen" })
		},
		"another town": func(t *testing.T, f *filed) {
			rebuildColumns(t, f, func(r *columns.Row) bool { r.Town = "Breda"; return true })
		},
		"a trait": func(t *testing.T, f *filed) {
			rebuildColumns(t, f, func(r *columns.Row) bool {
				r.Marks = append(r.Marks, columns.Mark{Trait: 1, Step: 2, Lapses: 1 << 60})
				return true
			})
		},
		"one row too few": func(t *testing.T, f *filed) {
			rebuildColumns(t, f, func(r *columns.Row) bool { return r.Name != "Petra Jansen" })
		},
		"a flipped bit": func(t *testing.T, f *filed) {
			path := filepath.Clean(f.book.SearchFiles()[0])
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)-9] ^= 1
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := inFiles(t)
			found(t, f.s, "jansen")
			spoil(t, f)
			report, err := f.book.Doctor(context.Background(), nil)
			if err != nil {
				t.Fatal(err)
			}
			want := 1
			if name == "nothing" || name == "changes since" {
				want = 0
			}
			if len(report.Faults) != want {
				t.Errorf("faults %v", report.Faults)
			}
			if err := f.book.Rebuild(context.Background(), nil); err != nil { // and a rebuild mends it
				t.Fatal(err)
			}
			found(t, f.s, "jansen")
		})
	}
}

func rebuildNames(t *testing.T, f *filed, change func(*names.Entry) bool) {
	t.Helper()
	err := names.Build(context.Background(), f.book.SearchFiles()[0], f.book.SearchStamp(), 0o600, func(yield func(names.Entry) error) error {
		return f.book.EachFacts(context.Background(), func(r *columns.Row) error {
			e := names.Entry{ID: r.ID, Name: r.Name, Town: r.Town, Postcode: r.Postcode}
			if !change(&e) {
				return nil
			}
			return yield(e)
		})
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
}

func rebuildColumns(t *testing.T, f *filed, change func(*columns.Row) bool) {
	t.Helper()
	err := columns.Build(context.Background(), f.book.SearchFiles()[1], f.book.SearchStamp(), 0o600, func(yield func(*columns.Row) error) error {
		return f.book.EachFacts(context.Background(), func(r *columns.Row) error {
			if !change(r) {
				return nil
			}
			return yield(r)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Find gives the customer of a name.
func (f *filed) Find(t *testing.T, name string) model.ID {
	t.Helper()
	r, err := f.s.Resolve(name)
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}
