package main

import (
	"context"
	"os"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/remote"
)

// shownBook is a book in a file that is shown to many.
type shownBook struct {
	*store.Book
	world
}

var _ remote.Host = shownBook{}

// Key gives the person whose key it is.
func (h shownBook) Key(public []byte) (model.Actor, error) { return h.ActorByKey(public) }

// Account gives the person whose account of this machine it is. That of this very
// process is the one that the book was opened with.
func (h shownBook) Account(uid int) (model.Actor, error) {
	if uid == os.Getuid() {
		uid = h.uid
	}
	return h.Actor(uid, "")
}

// As gives the book to one person.
func (h shownBook) As(actor model.Actor) ui.Book {
	return visited{Session: h.Book.As(actor), book: h.Book}
}

// visited is the book as one of many has it.
type visited struct {
	*store.Session
	book *store.Book
}

// Close ends nothing: the book is the server's.
func (visited) Close() error { return nil }

// Doctor checks the book.
func (v visited) Doctor(ctx context.Context, progress func(int)) (model.DoctorReport, error) {
	return v.book.Doctor(ctx, progress)
}

// VerifyHead holds the journal against a head that was noted elsewhere.
func (v visited) VerifyHead(rev model.Rev, head []byte) error { return v.book.VerifyHead(rev, head) }

// Rebuild makes the indexes anew, for which all others wait: an admin's to do.
func (v visited) Rebuild(ctx context.Context, progress func(int)) error {
	me, err := v.Me()
	if err != nil {
		return err
	}
	if me.Role < model.RoleAdmin {
		return model.NotAllowed("error.serve.rebuild").WithHint("hint.ask-admin")
	}
	return v.book.Rebuild(ctx, progress)
}
