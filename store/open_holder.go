package store

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"pasvorm/model"
)

// holder says who has the book open. It lies beside the book, only so that
// whoever finds the book held can be told by whom. It may be stale after a
// crash; the lock itself is the file system's and never is.
type holder struct {
	PID   int       `json:"pid"`
	User  string    `json:"user"`
	Since time.Time `json:"since"`
}

func holderPath(book string) string { return book + ".holder" }

// maxHolder is the most bytes of a holder that are read.
const maxHolder = 4096

// hold writes the holder. A book that cannot be announced is still open, so
// failing here is no error.
func (b *Book) hold(o Opening, check fileCheck) {
	name := holderPath(b.path)
	text, err := json.Marshal(holder{PID: os.Getpid(), User: o.UserName, Since: b.now().UTC().Truncate(time.Second)})
	if err != nil {
		return
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|noFollow, check.mode) //nolint:gosec // beside the book
	if err != nil {
		return
	}
	b.release = append(b.release, func() error {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
	_ = f.Chmod(check.mode) // not mine to change where another of the group made it
	_, _ = f.Write(append(text, '\n'))
	_ = f.Close()
}

// lockedError names who holds the book, as far as that is known.
func lockedError(path string) error {
	e := model.NewError(model.KindBusy, "error.book.locked-unknown", "Path", path).WithHint("hint.book.locked")
	f, err := os.OpenFile(holderPath(path), os.O_RDONLY|noFollow, 0) //nolint:gosec // beside the book
	if err != nil {
		return e
	}
	defer func() { _ = f.Close() }()
	var h holder
	text, err := io.ReadAll(io.LimitReader(f, maxHolder))
	if err != nil || json.Unmarshal(text, &h) != nil || h.PID == 0 {
		return e
	}
	e.ID = "error.book.locked"
	e.Args["User"], e.Args["PID"], e.Args["Since"] = h.User, h.PID, h.Since.Local().Format("2006-01-02 15:04")
	return e
}
