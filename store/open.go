package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/engine/bolt"
)

// Opening says who opens a book and how.
type Opening struct {
	Now      func() time.Time // nil is time.Now
	Location *time.Location   // of the desk; nil is local time
	NewID    func() model.ID  // nil makes UUIDs version 7 from Now

	UID      int    // account that opens; below 0 for none
	UserName string // its name: of the first person of a new book, and of the holder
	Group    string // Unix group that shares a new book; "" for a private one
	Sample   bool   // a new book is a throw-away sample

	LockTimeout time.Duration // how long to wait for another process; 0 is one second
	ReadOnly    bool
}

// DefaultPath is where the book lies when nobody says otherwise: $PASVORM_BOOK,
// else pasvorm/book.db in $XDG_DATA_HOME, else in ~/.local/share (XDG Base
// Directory Specification).
func DefaultPath(env func(string) string) string {
	if p := env("PASVORM_BOOK"); p != "" {
		return p
	}
	data := env("XDG_DATA_HOME")
	if !filepath.IsAbs(data) { // the specification has relative ones ignored
		data = filepath.Join(env("HOME"), ".local", "share")
	}
	return filepath.Join(data, "pasvorm", "book.db")
}

func (o Opening) options() Options {
	opt := Options{Now: o.Now, Location: o.Location, NewID: o.NewID}
	if opt.NewID == nil && o.Now != nil {
		opt.NewID = idsBy(o.Now)
	}
	return opt
}

func (o Opening) engine(f fileCheck) bolt.Options {
	return bolt.Options{Applier: Applier(), Now: o.Now, LockTimeout: o.LockTimeout, ReadOnly: o.ReadOnly, OpenFile: f.open}
}

// idsBy makes UUIDs version 7 by a clock that is given: milliseconds, then a
// count that keeps them in order (RFC 9562 section 6.2, method 3), then chance.
func idsBy(now func() time.Time) func() model.ID {
	var mu sync.Mutex
	var last uint64 // 48 bits of milliseconds, 12 bits of count
	return func() model.ID {
		id := model.ID(uuid.Must(uuid.NewRandom()))
		mu.Lock()
		defer mu.Unlock()
		last = max(last+1, uint64(now().UnixMilli())<<12)
		for i := range 6 {
			id[i] = byte(last >> (52 - 8*i))
		}
		id[6], id[7] = 0x70|byte(last>>8&0x0f), byte(last)
		return id
	}
}

// Open opens the book in a file. The errors are for people: no book there
// (kind not found), a file or directory that others could tamper with or read
// (not allowed), a file system that cannot be trusted with locks (not allowed),
// a book held by another process (busy), a damaged file (corrupt). A file that
// cannot be written is opened for reading alone. A book whose rebuild was
// interrupted, or from which an earlier program derived less, gets its derived
// data anew before it is handed out; one that cannot be written stays without.
func Open(path string, o Opening) (*Book, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, model.Invalid("error.book.path", "Path", path)
	}
	check, err := inspect(path)
	if err != nil {
		return nil, err
	}
	eng, err := bolt.Open(path, o.engine(check))
	if err != nil {
		return nil, openError(path, err)
	}
	b := New(eng, o.options())
	b.path = path
	o.ReadOnly = eng.ReadOnly()
	if err := b.admit(check, o); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// admit looks into a file that has been opened: it must be a book, of a layout
// this program knows, and shared with nobody but the group it names.
func (b *Book) admit(check fileCheck, o Opening) error {
	var info *model.BookInfo
	var stale bool
	err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		var err error
		info, err = model.Find[*model.BookInfo](newReader(tx, der), model.BookKey)
		stale = der.Load(spaceMeta, keyRebuild) != nil || !bytes.Equal(der.Load(spaceMeta, keyDerived), derivedVersion)
		return err
	})
	switch {
	case err != nil:
		return wrap(err)
	case info == nil:
		return model.NewError(model.KindCorrupt, "error.book.foreign", "Path", b.path).WithHint("hint.book.path")
	case info.Version > model.LayoutVersion:
		return model.NewError(model.KindCorrupt, "error.book.newer", "Version", info.Version, "Known", model.LayoutVersion).WithHint("hint.book.newer")
	}
	if err := check.sharedWith(info.Group); err != nil {
		return err
	}
	if o.ReadOnly {
		return nil
	}
	b.hold(o, check)
	b.finder.sweep()
	if stale {
		return b.Rebuild(context.Background(), nil)
	}
	return nil
}

func openError(path string, err error) error {
	var e *model.Error
	switch {
	case errors.As(err, &e):
		return err
	case errors.Is(err, bolt.ErrLocked):
		return lockedError(path)
	case errors.Is(err, bolt.ErrDamaged):
		return &model.Error{Kind: model.KindCorrupt, ID: "error.book.damaged", Args: map[string]any{"Path": path}, Hint: "hint.book.damaged", Cause: err}
	case errors.Is(err, fs.ErrNotExist):
		return noBook(path)
	case errors.Is(err, fs.ErrPermission):
		return &model.Error{Kind: model.KindNotAllowed, ID: "error.book.permission", Args: map[string]any{"Path": path}, Hint: "hint.book.permission", Cause: err}
	}
	return &model.Error{Kind: model.KindReadOnly, ID: "error.book.open", Args: map[string]any{"Path": path}, Hint: "hint.book.path", Cause: err}
}

func noBook(path string) error {
	return model.NotFound("error.book.none", "Path", path).WithHint("hint.book.make")
}

// Exists reports whether something stands at the path of a book, sound or not.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
