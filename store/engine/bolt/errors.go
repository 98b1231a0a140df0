package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	bbolt "go.etcd.io/bbolt"
	bberrors "go.etcd.io/bbolt/errors"

	"pasvorm/store/engine"
)

// writeError sorts what can go wrong with writing: a full disk and a file that
// may not be written leave the book readable. A fault of the device leaves it
// open whether the pages arrived, for the last one written may be the one that
// makes the others count.
func writeError(err error) error {
	var perr *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EIO):
		return fmt.Errorf("%w: %w", engine.ErrUnknown, err)
	case errors.Is(err, bberrors.ErrDatabaseReadOnly), errors.Is(err, bberrors.ErrTxNotWritable),
		errors.Is(err, bberrors.ErrMaxSizeReached),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EROFS),
		errors.Is(err, syscall.EFBIG), errors.Is(err, os.ErrPermission), errors.As(err, &perr), growError(err):
		return fmt.Errorf("%w: %w", engine.ErrReadOnly, err)
	}
	return closed(err)
}

// growError knows bbolt's errors of a file that cannot grow, which it gives as
// text without their cause.
func growError(err error) bool {
	for _, start := range []string{"file resize error", "file sync error", "mmap allocate error"} {
		if strings.HasPrefix(err.Error(), start) {
			return true
		}
	}
	return false
}

func (d *DB) view(f func(*bbolt.Tx) error) error {
	return guard(func() error { return d.db.View(f) })
}

func (d *DB) update(f func(*bbolt.Tx) error) error {
	return guard(func() error { return d.db.Update(f) })
}

// guard turns what a damaged file does to whoever reads it into an error: bbolt
// panics on a page that is not what it should be, and a page beyond the end of
// the file is a fault of memory. Any other panic goes on.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			if !damage(p) {
				panic(p)
			}
			err = fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	return f()
}

// damage reports whether a panic came from the pages: a fault of memory at an
// address, or any panic raised in bbolt itself. It must be called while the
// panic is being handled.
func damage(p any) bool {
	if _, fault := p.(interface{ Addr() uintptr }); fault {
		return true
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	raised := false
	for {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.Function, "runtime."):
			raised = raised || strings.Contains(strings.ToLower(f.Function), "panic")
		case raised:
			return strings.HasPrefix(f.Function, "go.etcd.io/bbolt")
		}
		if !more {
			return false
		}
	}
}
