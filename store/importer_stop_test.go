package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine/bolt"
	"pasvorm/store/storetest"
)

// countdown is a context that ends when it has been asked so many times whether
// it has: between any two steps of the work.
type countdown struct {
	context.Context
	cancel context.CancelFunc
	left   atomic.Int64
}

func newCountdown(asked int) *countdown {
	ctx, cancel := context.WithCancel(context.Background())
	c := &countdown{Context: ctx, cancel: cancel}
	c.left.Store(int64(asked))
	return c
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		c.cancel()
	}
	return c.Context.Err()
}

// stopSomewhere reads a file in and stops at a random moment, in any phase.
func stopSomewhere(d *storetest.Desk, file string, r *rand.Rand) (model.ImportReport, error) {
	asked := 1 << 30
	heard := 1 << 30
	switch r.IntN(3) {
	case 0:
		asked = r.IntN(120)
	case 1:
		heard = 1 + r.IntN(14)
	default:
		heard, asked = 14+r.IntN(6), 1<<30
	}
	ctx := newCountdown(asked)
	defer ctx.cancel()
	return d.As(model.Solo(d.Agent)).Import(ctx, strings.NewReader(file), nil, model.ImportOptions{File: "c.csv"}, func(p model.ImportProgress) {
		if heard--; heard == 0 {
			ctx.cancel()
		}
		if p.Phase == "index" && heard < 1<<20 {
			ctx.left.Store(int64(r.IntN(30)))
		}
	})
}

// An import that is stopped at any moment shows nothing of itself, and goes on
// to what it would have been.
func TestImportStopsAndGoesOn(t *testing.T) {
	file := genCSV(t, 5, 300) + "100003;;;;;;;;;nergens@post.example\n"
	known := func(d *storetest.Desk) {
		d.SetLoad(45, 120, 38, 18)
		d.Customer(t, "Petra Jansen", "number", "100200", "town", "Gent")
	}
	whole := storetest.New(t)
	known(whole)
	want, _ := mustImport(t, whole, file, model.ImportOptions{})
	all := cards(t, whole)
	stops, seeds := 0, fewer(8, 3)
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			d := storetest.New(t)
			known(d)
			var rep model.ImportReport
			for try := 0; ; try++ {
				var err error
				if try < 30 {
					rep, err = stopSomewhere(d, file, r)
				} else {
					rep, _ = mustImport(t, d, file, model.ImportOptions{})
				}
				if err == nil {
					break
				}
				stops++
				var e *model.Error
				if !errors.As(err, &e) || e.ID != "error.import.stopped" {
					t.Fatalf("stopped with %v", err)
				}
				if got := total(t, d); got != 1 {
					t.Fatalf("%d customers seen of an unfinished import", got)
				}
				checkDoctor(t, d)
				if r.IntN(6) == 0 { // start all over
					if _, err := d.As(model.Solo(d.Agent)).Undo(context.Background(), 0, false); err != nil {
						t.Fatal(err)
					}
					checkDoctor(t, d)
				}
			}
			if rep.Added != want.Added || rep.Updated != want.Updated || rep.Bad != want.Bad || rep.Doubles != want.Doubles {
				t.Errorf("%+v, want %+v", rep, want)
			}
			if got := cards(t, d); !slices.Equal(got, all) {
				t.Errorf("%d customers, want %d", len(got), len(all))
			}
		})
	}
	if stops < seeds {
		t.Errorf("stopped only %d times", stops)
	}
}

// Taking a large import back can be stopped at any moment too.
func TestUndoImportStopsAndGoesOn(t *testing.T) {
	file := genCSV(t, 6, 300)
	for seed := range uint64(fewer(6, 3)) {
		d := storetest.New(t)
		d.SetLoad(45, 120, 38, 18)
		mustImport(t, d, file, model.ImportOptions{})
		r := rand.New(rand.NewPCG(seed, 2))
		for try := 0; ; try++ {
			ctx := newCountdown(r.IntN(40))
			if try == 20 {
				ctx = newCountdown(1 << 30)
			}
			_, err := d.As(model.Solo(d.Agent)).Undo(ctx, 0, false)
			ctx.cancel()
			if err == nil {
				break
			}
			checkDoctor(t, d)
		}
		if got := total(t, d); got != 0 {
			t.Errorf("%d customers left", got)
		}
	}
}

// TestImportKilled ends the process at many moments of an import.
func TestImportKilled(t *testing.T) {
	if path := os.Getenv("PASVORM_TEST_IMPORT"); path != "" {
		importForKilling(t, path)
		return
	}
	dir := t.TempDir()
	path, file := filepath.Join(dir, "book.db"), filepath.Join(dir, "c.csv")
	if err := os.WriteFile(file, []byte(genCSV(t, 7, 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	book := killBook(t, path)
	r, err := book.Do(context.Background(), model.Actor{}, model.Found{Book: store.NewID(), Person: "Robin", UID: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	killed := 0
	for kill := 2; ; kill += 3 {
		if runAndKill(t, path, kill) {
			break
		}
		killed++
		book := killBook(t, path)
		rep, err := book.Doctor(context.Background(), nil)
		p, err2 := book.As(model.Solo(r.Made)).Page(model.PageRequest{N: 1})
		if err != nil || err2 != nil || len(rep.Faults) > 0 || p.Total != 0 || len(p.Rows) != 0 {
			t.Fatalf("killed at line %d: %+v %+v %v %v", kill, rep.Faults, p, err, err2)
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	}
	book = killBook(t, path)
	defer book.Close()
	rep, err := book.Doctor(context.Background(), nil)
	p, err2 := book.As(model.Solo(r.Made)).Page(model.PageRequest{N: 1})
	if err != nil || err2 != nil || len(rep.Faults) > 0 || p.Total != 1000 || killed < 3 {
		t.Fatalf("killed %d times: %+v %d %v %v", killed, rep.Faults, p.Total, err, err2)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".pasvorm-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files stay: %v %v", left, err)
	}
}

func killBook(t *testing.T, path string) *store.Book {
	db, err := bolt.Open(path, bolt.Options{Applier: store.Applier()})
	if err != nil {
		t.Fatal(err)
	}
	return store.New(db, store.Options{})
}

func importForKilling(t *testing.T, path string) {
	book := killBook(t, path)
	book.SetLoad(70, 170, 85, 20)
	people, err := book.As(model.Actor{}).People()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(filepath.Dir(path), "c.csv"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = book.As(model.Solo(people[0].ID)).Import(context.Background(), f, nil, model.ImportOptions{File: "c.csv"}, func(p model.ImportProgress) {
		fmt.Println("progress", p.Phase)
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("finished")
}

// runAndKill runs an import in a process of its own and kills it at a line of
// its output; true when it finished before.
func runAndKill(t *testing.T, path string, line int) bool {
	cmd := exec.Command(os.Args[0], "-test.run", "^TestImportKilled$", "-test.v")
	cmd.Env = append(os.Environ(), "PASVORM_TEST_IMPORT="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	finished := false
	for sc := bufio.NewScanner(out); sc.Scan(); {
		finished = finished || sc.Text() == "finished"
		if strings.HasPrefix(sc.Text(), "progress") {
			if line--; line == 0 {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	err = cmd.Wait()
	if line > 0 && !finished {
		t.Fatalf("import failed: %v", err)
	}
	return finished
}
