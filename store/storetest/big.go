package storetest

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/gen"
)

// Big is a book on disk with as many customers as a benchmark wants, under the
// clock of the machine. Unlike [Desk] it is not checked afterwards: that takes
// as long as making it.
type Big struct {
	Path  string
	Actor model.Actor // its admin
	Rows  int         // customers
}

// BigFile writes the customers of a benchmark to a file in dir and names it.
// PASVORM_BENCH_ROWS says how many are invented, rows unless told;
// PASVORM_BENCH_FILE names a file to take instead, which may be gzipped.
func BigFile(t testing.TB, dir string, rows int) string {
	t.Helper()
	name := filepath.Join(dir, "customers.csv")
	out, err := os.Create(name) //nolint:gosec // in a test's own directory
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(out)
	if given := os.Getenv("PASVORM_BENCH_FILE"); given != "" {
		err = copyFile(w, given)
	} else {
		if n, wrong := strconv.Atoi(os.Getenv("PASVORM_BENCH_ROWS")); wrong == nil {
			rows = n
		}
		err = gen.CSV(w, 1, rows)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func copyFile(w io.Writer, name string) error {
	in, err := os.Open(name) //nolint:gosec // named by whoever measures
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	var src io.Reader = in
	if strings.HasSuffix(name, ".gz") {
		if src, err = gzip.NewReader(in); err != nil {
			return err
		}
	}
	_, err = io.Copy(w, src)
	return err
}

// NewBig makes an empty book in dir.
func NewBig(t testing.TB, dir string) *Big {
	t.Helper()
	b := &Big{Path: filepath.Join(dir, "book", "book.db")}
	book, err := store.Create(b.Path, opening())
	if err != nil {
		t.Fatal(err)
	}
	if b.Actor, err = book.Actor(opening().UID, ""); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return b
}

func opening() store.Opening { return store.Opening{UID: os.Getuid(), UserName: "Robin"} }

// Open opens the book as the program does.
func (b *Big) Open(t testing.TB) *store.Book {
	t.Helper()
	book, err := store.Open(b.Path, opening())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// Fill makes a book in dir and imports the customers of [BigFile] into it.
func Fill(t testing.TB, dir string, rows int) *Big {
	t.Helper()
	name := BigFile(t, dir, rows)
	b := NewBig(t, dir)
	f, err := os.Open(name) //nolint:gosec // written above
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	book := b.Open(t)
	rep, err := book.As(b.Actor).Import(context.Background(), f, nil, model.ImportOptions{File: name}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	b.Rows = rep.Added
	return b
}
