package screen

import (
	"context"
	"io"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
	"pasvorm/ui"
)

// undoBook is a book that notes how far it said an undo was.
type undoBook struct {
	ui.Book
	s     *store.Session
	steps int
}

func (b *undoBook) UndoWith(ctx context.Context, rev model.Rev, redo bool, progress func(done, total int)) (model.Receipt, error) {
	return b.s.UndoWith(ctx, rev, redo, func(done, total int) {
		b.steps++
		progress(done, total)
	})
}

// An import is taken back after a question, with progress, and the desk shows
// that its customers are gone; put back the same way.
func TestUndoOfAnImportAsksAndTells(t *testing.T) {
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	file := "name,town\nPetra Jansen,Utrecht\nWim Boer,Zwolle\n"
	if _, err := s.Import(context.Background(), strings.NewReader(file), io.Discard, model.ImportOptions{File: "fair.csv"}, func(model.ImportProgress) {}); err != nil {
		t.Fatal(err)
	}
	r := deskRigOn(t, d, d.Agent, "en", 80, 24)
	book := &undoBook{s: s}
	r.env.Book = book
	r.Contains("Petra Jansen")

	r.Key("u")
	r.Contains("1 no, leave")
	r.Keys("enter")
	r.Contains("Petra Jansen") // a bare enter changes nothing
	if book.steps != 0 {
		t.Fatal("taken back without a yes")
	}

	r.Keys("u", "2")
	r.Lacks("Petra Jansen")
	r.Contains("Taken back")
	if book.steps == 0 {
		t.Error("it never said how far it was")
	}

	r.Keys("U", "2")
	r.Contains("Petra Jansen")
}
