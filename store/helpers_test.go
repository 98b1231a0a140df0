package store_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
)

func opening() store.Opening {
	return store.Opening{UID: 1000, UserName: "Robin", LockTimeout: time.Millisecond}
}

// fewer is n, or raced with the race detector on: how often the same is done
// with other draws.
func fewer(n, raced int) int {
	if raceOn {
		return raced
	}
	return n
}

// home is a directory that nobody else may write to.
func home(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func create(t testing.TB, path string, o store.Opening) *store.Book {
	t.Helper()
	b, err := store.Create(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// theError gives the error for people that an error is, of a kind and id.
func theError(t testing.TB, err error, kind model.ErrorKind, id string) *model.Error {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != kind || e.ID != id {
		t.Fatalf("got %v, want %s %s", err, kind, id)
	}
	return e
}

// wantError checks kind and id of an error for people.
func wantError(t testing.TB, err error, kind model.ErrorKind, id string) {
	t.Helper()
	_ = theError(t, err, kind, id)
}
