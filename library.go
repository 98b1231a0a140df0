package main

import (
	"context"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strconv"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
)

// library opens books in files.
type library struct {
	world
	env func(string) string
}

// DefaultPath is where the book lies when nobody says otherwise.
func (l library) DefaultPath() string { return store.DefaultPath(l.env) }

// Open opens a book as the person whose account it is, or as an admin for
// somebody else.
func (l library) Open(_ context.Context, o ui.Opening) (ui.Book, error) {
	if o.Path == "" {
		o.Path = l.DefaultPath()
	}
	how := store.Opening{Now: l.now, UID: l.uid, UserName: l.userName(), Group: o.Group}
	var gone func() error
	if o.Trial && !store.Exists(o.Path) {
		var err error
		if o.Path, gone, err = throwAway(); err != nil {
			return nil, err
		}
		o.Create = true
	}
	var b *store.Book
	var err error
	if o.Fresh || o.Create && !store.Exists(o.Path) {
		b, err = store.Create(o.Path, how)
	} else {
		b, err = store.Open(o.Path, how)
	}
	if err != nil {
		if gone != nil {
			err = errors.Join(err, gone())
		}
		return nil, err
	}
	out := opened{book: b, gone: gone}
	actor, err := b.Actor(l.uid, o.As)
	if err != nil {
		return nil, errors.Join(err, out.Close())
	}
	out.Session = b.As(actor)
	return out, nil
}

// throwAway makes a directory for a book, and gives the path of the book and
// what takes the directory away again.
func throwAway() (path string, gone func() error, err error) {
	dir, err := os.MkdirTemp("", "pasvorm-demo-*")
	return filepath.Join(dir, "book.db"), func() error { return os.RemoveAll(dir) }, err
}

// OpenSample opens a book of invented customers in a directory that goes with it.
func (l library) OpenSample(ctx context.Context, lang string) (ui.Book, error) {
	path, gone, err := throwAway()
	if err != nil {
		return nil, err
	}
	how := store.Opening{Now: l.now, UID: l.uid, UserName: l.userName(), Sample: true}
	b, err := store.Create(path, how)
	if err != nil {
		return nil, errors.Join(err, gone())
	}
	actor, err := b.Actor(l.uid, "")
	out := opened{Session: b.As(actor), book: b, gone: gone}
	if err == nil {
		err = out.Sample(ctx, lang)
	}
	if err != nil {
		return nil, errors.Join(err, out.Close())
	}
	return out, nil
}

// userName names the account; its number where the machine has no name for it.
func (w world) userName() string {
	if w.name != "" {
		return w.name
	}
	u, err := user.LookupId(strconv.Itoa(w.uid))
	if err != nil {
		return strconv.Itoa(w.uid)
	}
	return u.Username
}

// opened is a book in a file with the person who opened it.
type opened struct {
	*store.Session
	book *store.Book
	gone func() error
}

// Close releases the file, and takes away a throw-away one.
func (o opened) Close() error {
	err := o.book.Close()
	if o.gone != nil {
		err = errors.Join(err, o.gone())
	}
	return err
}

// Doctor checks the book.
func (o opened) Doctor(ctx context.Context, progress func(int)) (model.DoctorReport, error) {
	return o.book.Doctor(ctx, progress)
}

// VerifyHead holds the journal against a head that was noted elsewhere.
func (o opened) VerifyHead(rev model.Rev, head []byte) error { return o.book.VerifyHead(rev, head) }

// Rebuild makes the indexes anew.
func (o opened) Rebuild(ctx context.Context, progress func(int)) error {
	return o.book.Rebuild(ctx, progress)
}
