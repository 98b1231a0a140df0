package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"pasvorm/model"
	"pasvorm/store/engine/bolt"
)

// Modes of what a book is made of: private, or shared by a group. Directories
// of a group hand the group down to what is made in them.
const (
	modeDir       = fs.FileMode(0o700)
	modeFile      = fs.FileMode(0o600)
	modeDirGroup  = fs.FileMode(0o770) | fs.ModeSetgid
	modeFileGroup = fs.FileMode(0o660)
)

// Create makes a new book, whose admin is the opener, and opens it. It is made
// whole in a temporary file of the same directory, brought to disk and only
// then given its name, so that a crash leaves either a whole book or none, and
// a book that stands there is never overwritten ("error.book.exists").
func Create(path string, o Opening) (*Book, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, model.Invalid("error.book.path", "Path", path)
	}
	if Exists(path) {
		return nil, model.Invalid("error.book.exists", "Path", path)
	}
	gid, err := groupID(o.Group)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(path)
	if err := makeDir(dir, gid); err != nil {
		return nil, err
	}
	if err := checkFileSystem(dir); err != nil {
		return nil, err
	}
	if err := checkDir(dir, gid); err != nil {
		return nil, err
	}
	if err := makeBook(path, gid, o); err != nil {
		return nil, err
	}
	return Open(path, o)
}

// makeDir makes the directories that are missing. The last one is the group's.
func makeDir(dir string, gid int) error {
	made := !Exists(dir)
	if err := os.MkdirAll(dir, modeDir); err != nil {
		return createError(dir, err)
	}
	if gid < 0 {
		return nil
	}
	if !made { // an empty directory is there for the book
		names, err := os.ReadDir(dir)
		if err != nil {
			return createError(dir, err)
		}
		if len(names) > 0 {
			return nil // checkDir says whether it will do
		}
	}
	if err := os.Chown(dir, -1, gid); err != nil {
		return createError(dir, err)
	}
	if err := os.Chmod(dir, modeDirGroup); err != nil {
		return createError(dir, err)
	}
	return nil
}

func makeBook(path string, gid int, o Opening) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*.new")
	if err != nil {
		return createError(dir, err)
	}
	temp := f.Name()
	defer func() {
		if err != nil {
			_ = os.Remove(temp)
		}
	}()
	if err := f.Close(); err != nil {
		return createError(dir, err)
	}
	if err := found(temp, o); err != nil {
		return err
	}
	mode := modeFile
	if gid >= 0 {
		mode = modeFileGroup
		if err := os.Chown(temp, -1, gid); err != nil {
			return createError(dir, err)
		}
	}
	if err := os.Chmod(temp, mode); err != nil {
		return createError(dir, err)
	}
	if err := syncPath(temp); err != nil {
		return createError(dir, err)
	}
	if err := renameNew(temp, path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return model.Invalid("error.book.exists", "Path", path)
		}
		return createError(dir, err)
	}
	if err := syncPath(dir); err != nil {
		return createError(dir, err)
	}
	return nil
}

// found writes the first records into a file.
func found(path string, o Opening) (err error) {
	opt := o.engine(fileCheck{})
	opt.ReadOnly, opt.OpenFile = false, nil
	eng, err := bolt.Open(path, opt)
	if err != nil {
		return openError(path, err)
	}
	b := New(eng, o.options())
	defer func() { err = errors.Join(err, b.Close()) }()
	_, err = b.Do(context.Background(), model.Actor{}, model.Found{Book: b.opt.NewID(), Person: o.UserName, UID: o.UID, Group: o.Group, Sample: o.Sample})
	return err
}

func createError(dir string, err error) error {
	kind, id := model.KindReadOnly, "error.book.create"
	if errors.Is(err, fs.ErrPermission) {
		kind = model.KindNotAllowed
	}
	return &model.Error{Kind: kind, ID: id, Args: map[string]any{"Dir": dir}, Hint: "hint.book.path", Cause: err}
}

// syncPath brings a file or a directory to disk: the name of a new file is
// kept in its directory.
func syncPath(path string) (err error) {
	f, err := os.Open(path) //nolint:gosec // the path of the book is the user's to choose
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}

// linkNew gives a file a name that nothing has yet, and takes its old one away.
func linkNew(from, to string) error {
	if err := os.Link(from, to); err != nil {
		return err
	}
	return os.Remove(from)
}
