package main

import (
	"context"
	"encoding/hex"
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
	var b *store.Book
	var err error
	if o.Fresh || o.Create && !store.Exists(o.Path) {
		b, err = store.Create(o.Path, how)
	} else {
		b, err = store.Open(o.Path, how)
	}
	if err != nil {
		return nil, err
	}
	actor, err := b.Actor(l.uid, o.As)
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return opened{Session: b.As(actor), book: b}, nil
}

// OpenSample opens a book of invented customers in a directory that goes with it.
func (l library) OpenSample(ctx context.Context, lang string) (ui.Book, error) {
	dir, err := os.MkdirTemp("", "pasvorm-demo-*")
	if err != nil {
		return nil, err
	}
	gone := func() error { return os.RemoveAll(dir) }
	how := store.Opening{Now: l.now, UID: l.uid, UserName: l.userName(), Sample: true}
	b, err := store.Create(filepath.Join(dir, "book.db"), how)
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
	r, err := o.book.Doctor(ctx, progress)
	out := model.DoctorReport{Records: r.Records, Entries: r.Entries, Rev: r.Rev, Head: hex.EncodeToString(r.Head), Cut: r.Cut}
	for _, f := range r.Faults {
		out.Faults = append(out.Faults, model.Fault(f))
	}
	return out, err
}

// Rebuild makes the indexes anew.
func (o opened) Rebuild(ctx context.Context, progress func(int)) error {
	return o.book.Rebuild(ctx, progress)
}
