//go:build !unix

package store

import (
	"errors"
	"io/fs"
	"os"

	"pasvorm/model"
)

const noFollow = 0

// fileCheck is what was found at a path. Owners and modes are Unix's; elsewhere
// the access list of the directory guards the book.
type fileCheck struct {
	mode fs.FileMode
}

func inspect(path string) (fileCheck, error) {
	st, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fileCheck{}, noBook(path)
	case err != nil:
		return fileCheck{}, openError(path, err)
	case !st.Mode().IsRegular():
		return fileCheck{}, model.NotAllowed("error.book.not-file", "Path", path).WithHint("hint.book.safe")
	}
	return fileCheck{mode: modeFile}, nil
}

func (fileCheck) open(name string, flag int, mode fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag&^os.O_CREATE, mode)
}

func ourFile(path string) bool {
	st, err := os.Lstat(path)
	return err == nil && st.Mode().IsRegular()
}

func shareAs(_, _ string) {}

func (fileCheck) sharedWith(string) error { return nil }

func checkDir(string, int) error { return nil }

func groupID(name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	return -1, model.NotFound("error.book.group", "Group", name).WithHint("hint.book.group")
}
