package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"pasvorm/store/engine"
	"pasvorm/store/engine/bolt"
	"pasvorm/store/engine/enginetest"
)

func TestConformance(t *testing.T) {
	enginetest.Run(t, func(t testing.TB, opt enginetest.Options) engine.Engine {
		db, err := bolt.Open(filepath.Join(t.TempDir(), "book.db"), bolt.Options{NoSync: true, Now: opt.Now, Limits: opt.Limits})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	})
}

// op makes an operation id of now.
func op(n byte) (id engine.OpID) {
	ms := uint64(time.Now().UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6], id[8], id[15] = 0x70, 0x80, n
	return id
}

const space = engine.Space("lengths")

var errRefused = errors.New("refused")

// lengths derives the length of each value, and how long it was before.
type lengths struct{}

func (lengths) Derive(tx engine.DerivedTx, rev engine.Rev, b *engine.Batch, before func([]byte) []byte) error {
	note := func(k []byte, n int) error {
		return tx.Store(space, k, fmt.Appendf(nil, "%d was %d at %d", n, len(before(k)), rev))
	}
	for _, p := range b.Puts {
		if v, at := tx.Get(p.Key); string(v) != string(p.Value) || at != rev {
			return fmt.Errorf("the applier sees %q at %d", v, at)
		}
		if err := note(p.Key, len(p.Value)); err != nil {
			return err
		}
		if string(p.Value) == "refuse" {
			return errRefused
		}
	}
	for _, k := range b.Deletes {
		if err := note(k, 0); err != nil {
			return err
		}
	}
	return nil
}

func open(t *testing.T, path string, opt bolt.Options) *bolt.DB {
	t.Helper()
	opt.NoSync = true
	db, err := bolt.Open(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func derived(t *testing.T, db *bolt.DB) (out string) {
	t.Helper()
	err := db.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		out = fmt.Sprintf("@%d", tx.Rev())
		c := der.Cursor(space)
		for k, v := c.First(); k != nil; k, v = c.Next() {
			out += fmt.Sprintf(" %s: %s;", k, v)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func put(k, v string) []engine.KV { return []engine.KV{{Key: []byte(k), Value: []byte(v)}} }

func TestApplier(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "book.db"), bolt.Options{Applier: lengths{}})
	ctx := context.Background()
	for i, b := range []engine.Batch{
		{Puts: put("a", "one")}, {Puts: put("a", "three")}, {Puts: put("b", "x"), Deletes: [][]byte{[]byte("a")}},
	} {
		b.Op = op(byte(i))
		if _, err := db.Apply(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	const want = "@3 a: 0 was 5 at 3; b: 1 was 0 at 3;"
	if got := derived(t, db); got != want {
		t.Fatalf("derived %s, want %s", got, want)
	}
	if _, err := db.Apply(ctx, engine.Batch{Op: op(9), Puts: put("b", "refuse")}); !errors.Is(err, errRefused) {
		t.Fatalf("the applier's refusal came back as %v", err)
	}
	if got := derived(t, db); got != want {
		t.Fatalf("a refused batch left %s", got)
	}
	if _, err := db.Apply(ctx, engine.Batch{Op: op(9), Puts: put("b", "fine")}); err != nil {
		t.Fatalf("the operation of a refused batch is taken: %v", err)
	}
	err := db.Rework(func(tx engine.DerivedTx) error {
		if err := tx.Clear(space); err != nil {
			return err
		}
		return tx.Store(space, []byte("z"), []byte("anew"))
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := derived(t, db); got != "@4 z: anew;" {
		t.Fatalf("after rework: %s", got)
	}
	_ = db.Rework(func(tx engine.DerivedTx) error { return errors.Join(tx.Clear(space), errRefused) })
	if got := derived(t, db); got != "@4 z: anew;" {
		t.Fatalf("a rework that failed left %s", got)
	}
}

// TestReopen shows that revisions, operations and the feed outlive the process.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	db := open(t, path, bolt.Options{})
	ctx := context.Background()
	if _, err := db.Apply(ctx, engine.Batch{Op: op(1), Puts: put("a", "1")}); err != nil {
		t.Fatal(err)
	}
	again := op(2)
	if _, err := db.Apply(ctx, engine.Batch{Op: again, Puts: put("a", "2")}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, bolt.Options{})
	var applied engine.ErrApplied
	if _, err := db.Apply(ctx, engine.Batch{Op: again, Puts: put("a", "3")}); !errors.As(err, &applied) || applied.Rev != 2 {
		t.Fatalf("the operation was forgotten: %v", err)
	}
	n := 0
	if err := db.Changes(1, func(engine.Event) bool { n++; return true }); err != nil || n != 2 {
		t.Fatalf("%d events, %v", n, err)
	}
	if errs := db.Check(); len(errs) > 0 {
		t.Fatal(errs)
	}
}

// TestReadsWhatCannotBeWritten opens a file as a file system gives it that is
// mounted for reading alone, or a mode that allows no more.
func TestReadsWhatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	db := open(t, path, bolt.Options{})
	if _, err := db.Apply(context.Background(), engine.Batch{Op: op(1), Puts: put("a", "1")}); err != nil || db.ReadOnly() {
		t.Fatal(err, db.ReadOnly())
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, refusal := range []error{syscall.EROFS, syscall.EACCES, syscall.EPERM} {
		db := open(t, path, bolt.Options{OpenFile: func(name string, flag int, mode fs.FileMode) (*os.File, error) {
			if flag&os.O_RDWR != 0 {
				return nil, &fs.PathError{Op: "open", Path: name, Err: refusal}
			}
			return os.OpenFile(name, flag, mode)
		}})
		if _, err := db.Apply(context.Background(), engine.Batch{Op: op(2), Puts: put("a", "2")}); !errors.Is(err, engine.ErrReadOnly) || !db.ReadOnly() {
			t.Errorf("%v: a write gave %v", refusal, err)
		}
		err := db.View(func(tx engine.Tx) error {
			if v, _ := tx.Get([]byte("a")); string(v) != "1" {
				t.Errorf("read %q", v)
			}
			return nil
		})
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		// What cannot be read either is told as it was refused first.
		_, err = bolt.Open(path, bolt.Options{OpenFile: func(name string, _ int, _ fs.FileMode) (*os.File, error) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: refusal}
		}})
		if !errors.Is(err, refusal) {
			t.Errorf("refused both ways: %v", err)
		}
	}
}

func TestLockedAndReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	db := open(t, path, bolt.Options{})
	if _, err := db.Apply(context.Background(), engine.Batch{Op: op(1), Puts: put("a", "1")}); err != nil {
		t.Fatal(err)
	}
	if _, err := bolt.Open(path, bolt.Options{LockTimeout: time.Millisecond}); !errors.Is(err, bolt.ErrLocked) {
		t.Fatalf("a second opener got %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, bolt.Options{ReadOnly: true})
	if _, err := db.Apply(context.Background(), engine.Batch{Op: op(2), Puts: put("a", "2")}); !errors.Is(err, engine.ErrReadOnly) {
		t.Fatalf("a write to a book opened for reading gave %v", err)
	}
	err := db.View(func(tx engine.Tx) error {
		if v, _ := tx.Get([]byte("a")); string(v) != "1" {
			t.Errorf("read %q", v)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
