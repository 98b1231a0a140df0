package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/search/segment"
	"pasvorm/store/storetest"
)

// finds gives the names that a query finds, waiting for the indexes.
func found(t *testing.T, s interface {
	Page(model.PageRequest) (model.Page, error)
}, query string) string {
	t.Helper()
	p, err := s.Page(model.PageRequest{Filter: query, N: 50, Wait: true})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range p.Rows {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// filed is a book whose search indexes lie in files, however small it is.
type filed struct {
	*storetest.Big
	book *store.Book
	s    *store.Session
}

func inFiles(t *testing.T) *filed {
	t.Helper()
	f := &filed{Big: storetest.NewBig(t, t.TempDir())}
	f.open(t)
	t.Cleanup(func() {
		report, err := f.book.Doctor(context.Background(), nil)
		if err != nil || len(report.Faults) > 0 {
			t.Errorf("doctor: %v, %v", report.Faults, err)
		}
		if err := f.book.Close(); err != nil {
			t.Error(err)
		}
	})
	f.customer(t, "Petra Jansen", "town", "Utrecht")
	f.customer(t, "Hulst Transport")
	return f
}

// open opens the book, again.
func (f *filed) open(t *testing.T) {
	t.Helper()
	f.book = f.Open(t)
	f.book.SetFinder(0, 1000, 100)
	f.s = f.book.As(f.Actor)
}

func (f *filed) do(t *testing.T, a model.Action) model.Receipt {
	t.Helper()
	r, err := f.s.Do(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (f *filed) customer(t *testing.T, name string, kv ...string) model.ID {
	t.Helper()
	v := map[string]string{"name": name}
	for i := 0; i+1 < len(kv); i += 2 {
		v[kv[i]] = kv[i+1]
	}
	return f.do(t, model.AddCustomer{Values: v}).Made
}

func TestChangedCustomerIsFoundAtOnce(t *testing.T) {
	f := inFiles(t)
	if got := found(t, f.s, "jansn"); got != "Petra Jansen" {
		t.Fatalf("found %q", got)
	}
	made := f.book.SearchMade()
	id := f.customer(t, "Karel Janssens")
	if got := found(t, f.s, "janssens"); !strings.HasPrefix(got, "Karel Janssens") {
		t.Errorf("a new one: %q", got)
	}
	f.do(t, model.EditCustomer{Customer: id, Was: map[string]string{"name": "Karel Janssens"}, Now: map[string]string{"name": "Karel Brouwer"}})
	if got := found(t, f.s, "brouwer"); got != "Karel Brouwer" {
		t.Errorf("under the new name: %q", got)
	}
	if got := found(t, f.s, "janssens"); strings.Contains(got, "Karel") {
		t.Errorf("under the old name: %q", got)
	}
	if _, err := f.s.Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if got := found(t, f.s, "janssens"); !strings.HasPrefix(got, "Karel Janssens") {
		t.Errorf("after the undo: %q", got)
	}
	if f.book.SearchMade() != made {
		t.Error("the files were made anew for a few changes")
	}
}

func TestIndexesAreMadeAnewWhenMuchChanged(t *testing.T) {
	f := inFiles(t)
	found(t, f.s, "jansen")
	made := f.book.SearchMade()
	f.book.SetFinder(0, 1000, 5)
	for i := range 7 {
		f.customer(t, fmt.Sprintf("Nieuwkoop %c", 'a'+i))
	}
	if got := found(t, f.s, "nieuwkoop"); strings.Count(got, "Nieuwkoop") != 7 {
		t.Errorf("found %q", got)
	}
	if f.book.SearchMade() == made || f.book.SearchStamp().Rev != f.book.Rev() {
		t.Errorf("made %d times, from revision %d of %d", f.book.SearchMade(), f.book.SearchStamp().Rev, f.book.Rev())
	}
}

// Files that do not belong to the book as it stands are never used.
func TestForeignFilesAreNotTrusted(t *testing.T) {
	other := inFiles(t)
	found(t, other.s, "jansen")
	for name, spoil := range map[string]func(t *testing.T, f *filed){
		"of another book": func(t *testing.T, f *filed) {
			for i, p := range other.book.SearchFiles() {
				copyTo(t, f.book.SearchFiles()[i], p)
			}
		},
		"cut": func(t *testing.T, f *filed) {
			for _, p := range f.book.SearchFiles() {
				if err := os.Truncate(p, 100); err != nil {
					t.Fatal(err)
				}
			}
		},
		"one is missing": func(t *testing.T, f *filed) {
			if err := os.Remove(f.book.SearchFiles()[1]); err != nil {
				t.Fatal(err)
			}
		},
		"of two states": func(t *testing.T, f *filed) {
			copyTo(t, f.book.SearchFiles()[0], other.book.SearchFiles()[0])
		},
		"directories": func(t *testing.T, f *filed) {
			for _, p := range f.book.SearchFiles() {
				if err := os.Remove(p); err != nil {
					t.Fatal(err)
				}
				inTheWay(t, p)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := inFiles(t)
			f.customer(t, "Only Here")
			found(t, f.s, "jansen")
			if err := f.book.Close(); err != nil {
				t.Fatal(err)
			}
			spoil(t, f)
			f.open(t)
			if got := found(t, f.s, "only here"); !strings.HasPrefix(got, "Only Here") {
				t.Errorf("found %q", got)
			}
		})
	}
}

// inTheWay puts a directory where a file should be, for as long as the test lasts.
func inTheWay(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(path, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(path); err != nil {
			t.Error(err)
		}
	})
}

func copyTo(t *testing.T, to, from string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Clean(from))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestStampOfAnotherHistoryDoesNotFit(t *testing.T) {
	f := inFiles(t)
	found(t, f.s, "jansen")
	own := f.book.SearchStamp()
	f.customer(t, "Later One")
	for name, c := range map[string]struct {
		change func(*segment.Stamp)
		want   bool
	}{
		"its own":          {func(*segment.Stamp) {}, true},
		"another book":     {func(s *segment.Stamp) { s.Book[3]++ }, false},
		"another chain":    {func(s *segment.Stamp) { s.Chain[9]++ }, false},
		"not yet reached":  {func(s *segment.Stamp) { s.Rev += 100 }, false},
		"an earlier state": {func(s *segment.Stamp) { s.Rev-- }, false},
	} {
		s := own
		c.change(&s)
		if got, err := f.book.Carries(s); err != nil || got != c.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// A large book is searched by beginnings until its indexes are made, and those
// who watch are woken then.
func TestSearchWhileIndexesAreMade(t *testing.T) {
	f := inFiles(t)
	f.book.SetFinder(0, 0, 100)
	woken, stop := f.book.Watch()
	defer stop()
	p, err := f.s.Page(model.PageRequest{Filter: "petra", N: 5})
	if err != nil || !p.Partly || len(p.Rows) != 1 || p.Rows[0].Name != "Petra Jansen" {
		t.Fatalf("while they are made: %+v, %v", p, err)
	}
	select {
	case <-woken:
	case <-time.After(30 * time.Second):
		t.Fatal("nobody was woken")
	}
	if p, err = f.s.Page(model.PageRequest{Filter: "jansn", N: 5}); err != nil || p.Partly || len(p.Rows) != 1 {
		t.Errorf("when they are made: %+v, %v", p, err)
	}
}

// Where no file can be written the indexes lie in memory.
func TestSearchWithoutFiles(t *testing.T) {
	f := inFiles(t)
	for _, p := range f.book.SearchFiles() { // a directory of that name that is not empty cannot be replaced
		inTheWay(t, p)
	}
	if got := found(t, f.s, "jansn"); got != "Petra Jansen" {
		t.Errorf("found %q", got)
	}
}

// A name that is only heard alike is never taken for the one meant.
func TestResolveTakesNobodyForAnother(t *testing.T) {
	f := inFiles(t)
	if r, err := f.s.Resolve("petra jansen"); err != nil || r.Name != "Petra Jansen" {
		t.Errorf("to the letter: %v, %v", r, err)
	}
	_, err := f.s.Resolve("petra jansn")
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != model.KindAmbiguous || e.ID != "error.customer.alike" || len(e.Candidates) != 1 {
		t.Errorf("heard alike: %v", err)
	}
	if _, err = f.s.Resolve("zzzz qqqq"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("nobody: %v", err)
	}
	f.customer(t, "Petra Jansen", "town", "Breda")
	if _, err = f.s.Resolve("petra jansen"); model.KindOf(err) != model.KindAmbiguous {
		t.Errorf("two of one name: %v", err)
	}
}
