package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pasvorm/model"
)

// named is a file of customers with a first name each.
func named(n int, name string) string {
	var b strings.Builder
	b.WriteString("number,name\n")
	for i := range n {
		fmt.Fprintf(&b, "%s%d,%s %c%c\n", name[:1], i, name, 'a'+i/26%26, 'a'+i%26)
	}
	return b.String()
}

func (f *filed) load(t *testing.T, text string, progress func(model.ImportProgress)) {
	t.Helper()
	if _, err := f.s.Import(context.Background(), strings.NewReader(text), nil, model.ImportOptions{File: "x.csv"}, progress); err != nil {
		t.Fatal(err)
	}
}

// An import that loads changes nothing that anybody can find: it is no reason to
// make the indexes anew, nor to find less meanwhile.
func TestSearchGoesOnWhileAnImportLoads(t *testing.T) {
	f := inFiles(t)
	f.book.SetFinder(0, 0, 20)
	f.book.SetLoad(30, 1000, 1000, 1000)
	if err := f.book.SearchReady(); err != nil {
		t.Fatal(err)
	}
	made, looked := f.book.SearchMade(), 0
	f.load(t, named(200, "Zwart"), func(p model.ImportProgress) {
		if p.Phase == "done" {
			return
		}
		looked++
		page, err := f.s.Page(model.PageRequest{Filter: "jansn", N: 5})
		if err != nil || page.Partly || len(page.Rows) != 1 {
			t.Errorf("after %d rows: %+v, %v", p.Rows, page, err)
		}
		if page, err = f.s.Page(model.PageRequest{Filter: "zwart", N: 5}); err != nil || len(page.Rows) > 0 {
			t.Errorf("found before it was done: %+v, %v", page.Rows, err)
		}
	})
	if looked < 5 || f.book.SearchMade() != made {
		t.Errorf("looked %d times, made anew %d times", looked, f.book.SearchMade()-made)
	}
	if got := found(t, f.s, "zwart"); strings.Count(got, "Zwart") != 50 {
		t.Errorf("when it is done: %q", got)
	}
}

// Of an import that is being taken back nobody is found, neither in a page nor
// among those that a bulk change or an export would take.
func TestImportBeingTakenBackIsNotFound(t *testing.T) {
	f := inFiles(t)
	f.book.SetLoad(10, 1000, 1000, 1000)
	f.load(t, named(60, "Zwart"), nil)
	nobody := func(when string) {
		t.Helper()
		ids, err := f.s.Found(context.Background(), "zwart")
		if err != nil || len(ids) > 0 {
			t.Errorf("%s: %d found, %v", when, len(ids), err)
		}
		page, err := f.s.Page(model.PageRequest{Filter: "number:Z", N: 100, Wait: true})
		if err != nil || len(page.Rows) > 0 || page.Found > 0 {
			t.Errorf("%s: page of %d, %d found, %v", when, len(page.Rows), page.Found, err)
		}
	}
	if got := found(t, f.s, "zwart"); strings.Count(got, "Zwart") != 50 {
		t.Fatalf("found %q", got)
	}
	_, err := f.book.UndoWith(context.Background(), f.Actor, 0, false, func(done, _ int) {
		if done > 2 && done%3 == 0 { // not after every one: what it misses it must not keep
			nobody(fmt.Sprintf("after %d steps", done))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	nobody("when it is taken back")
}

// Several search, change, import and rebuild at once: afterwards the indexes say
// what fresh ones say.
func TestSearchingWhileAllChanges(t *testing.T) {
	f := inFiles(t)
	f.book.SetLoad(20, 1000, 50, 1000)
	f.book.SetFinder(0, 10, 6)
	for i := range 20 {
		f.customer(t, fmt.Sprintf("Klant %c", 'a'+i))
	}
	var changing, searching sync.WaitGroup
	done := make(chan struct{})
	for n := range 3 {
		s := f.book.As(f.Actor)
		searching.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				q := []string{"klant", "nieuwe b", "zwart", "kind:private sort:-name", "jansn utrecht"}[(i+n)%5]
				p, err := s.Page(model.PageRequest{Filter: q, N: 20, Wait: i%7 == 0})
				if err != nil {
					t.Errorf("%s: %v", q, err)
					return
				}
				for _, r := range p.Rows {
					if r.Name == "" {
						t.Errorf("%s: a row of nobody", q)
					}
				}
			}
		})
	}
	for n := range 2 {
		s := f.book.As(f.Actor)
		changing.Go(func() {
			for i := range 40 {
				if _, err := s.Do(context.Background(), model.AddCustomer{Values: map[string]string{"name": fmt.Sprintf("Nieuwe %c%c", 'a'+n, 'a'+i%26)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	changing.Go(func() {
		s := f.book.As(f.Actor)
		for i := range 3 {
			text := named(30, fmt.Sprintf("%cwart", 'W'+i))
			if _, err := s.Import(context.Background(), strings.NewReader(text), nil, model.ImportOptions{File: "x.csv"}, nil); err != nil {
				t.Error(err)
			}
			if err := f.book.Rebuild(context.Background(), nil); err != nil {
				t.Error(err)
			}
		}
	})
	changing.Wait()
	close(done)
	searching.Wait()
	if err := f.book.SearchReady(); err != nil {
		t.Fatal(err)
	}
	queries := []string{"klant", "nieuwe", "nieuwe ab", "zwart", "number:Z", "sort:-name", "jansn"}
	ask := func() (out []string) {
		for _, q := range queries {
			p, err := f.s.Page(model.PageRequest{Filter: q, N: 500, Wait: true})
			if err != nil {
				t.Fatal(err)
			}
			line := fmt.Sprint(q, " ", p.Found, ":")
			for _, r := range p.Rows {
				line += " " + r.Name
			}
			out = append(out, line)
		}
		return out
	}
	have := ask()
	if err := f.book.ForgetSearch(); err != nil {
		t.Fatal(err)
	}
	for i, want := range ask() {
		if have[i] != want {
			t.Errorf("kept up:\n%s\nfresh:\n%s", have[i], want)
		}
	}
}

// A build that was cut short leaves nothing for good, and nothing else goes.
func TestLeftoversOfABuildGo(t *testing.T) {
	f := inFiles(t)
	dir := filepath.Dir(f.Path)
	if err := f.book.Close(); err != nil {
		t.Fatal(err)
	}
	put := func(name string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	gone := []string{put(".book.db.names-123456"), put(".book.db.columns-9")}
	stay := []string{put(".book.db.names-of-mine"), put("book.db.names-1"), put(".other.db.names-1")}
	f.open(t)
	for _, p := range gone {
		if _, err := os.Lstat(p); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", p, err)
		}
	}
	for _, p := range stay {
		if _, err := os.Lstat(p); err != nil {
			t.Error(err)
		}
	}
}

// Whoever waits for indexes while they are taken away, or the book is closed,
// gets an answer or an error, never nothing found.
func TestWaitingForIndexesThatAreTakenAway(t *testing.T) {
	f := inFiles(t)
	f.book.SetFinder(0, 0, 100)
	var wg sync.WaitGroup
	for range 3 {
		s := f.book.As(f.Actor)
		wg.Go(func() {
			for range 30 {
				ids, err := s.Found(context.Background(), "jansn")
				if err != nil || len(ids) != 1 {
					t.Errorf("%d found, %v", len(ids), err)
				}
			}
		})
	}
	for range 30 {
		if err := f.book.ForgetSearch(); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	if err := f.book.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.s.Found(context.Background(), "jansn"); err == nil {
		t.Error("found in a book that is closed")
	}
	f.open(t)
}
