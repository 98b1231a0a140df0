//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"

	"pasvorm/model"
)

const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// fileCheck is what was found at a path, so that the file that is opened can be
// held against it.
type fileCheck struct {
	dev, ino uint64
	gid      int // of a shared book; -1 for a private one
	mode     fs.FileMode
}

// inspect refuses a file that is not plainly one's own: a link or several names
// could lead elsewhere, another owner or a writable directory could put another
// file in its place, and what others may read is no place for customers.
func inspect(path string) (fileCheck, error) {
	st, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fileCheck{}, noBook(path)
	case err != nil:
		return fileCheck{}, openError(path, err)
	}
	if st.Mode()&fs.ModeSymlink != 0 {
		return fileCheck{}, refuse("error.book.symlink", path)
	}
	if !st.Mode().IsRegular() {
		return fileCheck{}, refuse("error.book.not-file", path)
	}
	check, err := judgeFile(path, st)
	if err != nil {
		return fileCheck{}, err
	}
	if st.Size() == 0 { // not for the engine to fill
		return fileCheck{}, model.NewError(model.KindCorrupt, "error.book.foreign", "Path", path).WithHint("hint.book.path")
	}
	if err := checkFileSystem(path); err != nil {
		return fileCheck{}, err
	}
	return check, checkDir(filepath.Dir(path), check.gid)
}

func refuse(id, path string) error {
	return model.NotAllowed(id, "Path", path).WithHint("hint.book.safe")
}

func judgeFile(path string, st fs.FileInfo) (fileCheck, error) {
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return fileCheck{}, refuse("error.book.not-file", path)
	}
	check := fileCheck{dev: uint64(sys.Dev), ino: sys.Ino, gid: -1, mode: modeFile} //nolint:unconvert // the types differ by system
	if sys.Nlink > 1 {
		return check, refuse("error.book.links", path)
	}
	perm := st.Mode().Perm()
	if perm&0o077 == 0 {
		if int(sys.Uid) != os.Geteuid() {
			return check, refuse("error.book.owner", path)
		}
		return check, nil
	}
	// What a group may read must be a book that the group shares.
	if perm&0o007 != 0 || !inGroup(int(sys.Gid)) {
		return check, refuse("error.book.mode", path)
	}
	check.gid, check.mode = int(sys.Gid), modeFileGroup
	return check, nil
}

// open opens the file that was inspected, and no other.
func (c fileCheck) open(name string, flag int, mode fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, flag&^os.O_CREATE|noFollow, mode) //nolint:gosec // the path of the book is the user's to choose
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	again, err := judgeFile(name, st)
	if err == nil && (again.dev != c.dev || again.ino != c.ino) {
		err = refuse("error.book.replaced", name)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// ourFile reports whether a file beside the book is one that nobody else could
// have put there or can change: one's own, or that of a group that may write the
// book as well. It is not to be a link, nor anything that waits when it is opened.
func ourFile(path string) bool {
	st, err := os.Lstat(path)
	if err != nil || !st.Mode().IsRegular() {
		return false
	}
	_, err = judgeFile(path, st)
	return err == nil
}

// shareAs opens a new file beside a book to those who may read the book, and to
// nobody else: first it is given to the group, then the group may read it. Where
// that cannot be it stays one's own.
func shareAs(book, path string) {
	st, err := os.Stat(book)
	if err != nil || st.Mode().Perm()&0o070 == 0 {
		return
	}
	sys, ok := st.Sys().(*syscall.Stat_t)
	if ok && os.Chown(path, -1, int(sys.Gid)) == nil {
		_ = os.Chmod(path, st.Mode().Perm()&modeFileGroup)
	}
}

// sharedWith checks that a file open to a group is open to the group that the
// book names.
func (c fileCheck) sharedWith(group string) error {
	if c.gid < 0 {
		return nil
	}
	if group == "" {
		return model.NotAllowed("error.book.not-shared").WithHint("hint.book.safe")
	}
	if gid, err := groupID(group); err != nil || gid != c.gid {
		return model.NotAllowed("error.book.other-group", "Group", group).WithHint("hint.book.safe")
	}
	return nil
}

// checkDir refuses a directory in which another account could put something
// else in the book's place: it is one's own or the system's, or belongs to the
// group that shares the book, and nobody else may write to it. In a directory
// with the sticky bit names are safe from others.
func checkDir(dir string, gid int) error {
	st, err := os.Stat(dir)
	if err != nil {
		return openError(dir, err)
	}
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok || !st.IsDir() {
		return refuse("error.book.directory", dir)
	}
	mine := int(sys.Uid) == os.Geteuid() || sys.Uid == 0
	ours := gid >= 0 && int(sys.Gid) == gid
	if !mine && !ours {
		return refuse("error.book.directory-owner", dir)
	}
	safe := st.Mode().Perm()
	if ours {
		safe &^= 0o020
	}
	if safe&0o022 != 0 && st.Mode()&fs.ModeSticky == 0 {
		return refuse("error.book.directory-open", dir)
	}
	return nil
}

func inGroup(gid int) bool {
	groups, err := os.Getgroups()
	return os.Getegid() == gid || err == nil && slices.Contains(groups, gid)
}

// groupID finds a Unix group; -1 for none asked. One must be in it to share a
// book with it.
func groupID(name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	unknown := model.NotFound("error.book.group", "Group", name).WithHint("hint.book.group")
	g, err := user.LookupGroup(name)
	if err != nil {
		return -1, unknown
	}
	gid, err := strconv.Atoi(g.Gid)
	if err != nil {
		return -1, unknown
	}
	if !inGroup(gid) && os.Geteuid() != 0 {
		return -1, model.NotAllowed("error.book.group-member", "Group", name).WithHint("hint.book.group")
	}
	return gid, nil
}
