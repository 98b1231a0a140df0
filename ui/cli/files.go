package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"pasvorm/model"
)

// This file is the only door between verbs and files: a test holds the rest of
// the package to it. Over a line no argument names a file of the machine that
// serves, so each way through asks first.

// openFile opens a file that a person named, "-" for standard input.
func (a *app) openFile(file string) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(a.In), nil
	}
	if a.Remote {
		return nil, model.NewError(model.KindUsage, "error.attach.read", "File", file).WithHint(a.sendIt())
	}
	f, err := os.Open(file) //nolint:gosec // a file that the person named
	if err != nil {
		return nil, a.fileError(file, err)
	}
	if st, err := f.Stat(); err == nil && st.IsDir() {
		_ = f.Close()
		return nil, model.Invalid("import.file.folder", "File", file)
	}
	return f, nil
}

// sendIt is the hint that shows how the file of a verb is sent.
func (a *app) sendIt() string {
	switch a.verb {
	case "finance import", "survey import":
		return "hint.attach.send-rows"
	case "playbook load", "playbook check":
		return "hint.attach.send-playbook"
	case "people key add":
		return "hint.attach.send-key"
	}
	return "hint.attach.send"
}

// readFile reads a file that a person named, "-" for standard input, and no
// more than limit bytes and one.
func (a *app) readFile(file string, limit int64) ([]byte, error) {
	in, err := a.openFile(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	raw, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, a.fileError(file, err)
	}
	return raw, nil
}

// called is what a file is called in what is said of it. What comes from standard
// input may have been called otherwise where it lies.
func (a *app) called(file string) string {
	if file == "-" && a.over.name != "" {
		return a.over.name
	}
	return file
}

// sizeOf is the size of what openFile gave, in bytes; 0 when it is not known.
func (a *app) sizeOf(file string, in io.Reader) int64 {
	if f, ok := in.(*os.File); ok {
		if st, err := f.Stat(); err == nil && st.Mode().IsRegular() {
			return st.Size()
		}
	}
	if file == "-" {
		return max(0, a.over.size)
	}
	return 0
}

// writable refuses a file to write over a line; "" and "-" name none.
func (a *app) writable(file string) error {
	if a.Remote && file != "" && file != "-" {
		return model.NewError(model.KindUsage, "error.attach.write", "File", file).WithHint(a.keepIt())
	}
	return nil
}

// keepIt is the hint that shows how to keep what a verb writes.
func (a *app) keepIt() string {
	switch a.verb {
	case "import", "finance import", "survey import":
		return "hint.attach.keep-bad"
	case "report farewell", "report week":
		return "hint.attach.keep-page"
	}
	return "hint.attach.keep"
}

// free refuses a file for bad lines that is there already: it may hold those of
// an earlier import.
func (a *app) free(file string) error {
	if file == "" || file == "-" {
		return nil
	}
	if err := a.writable(file); err != nil {
		return err
	}
	if _, err := os.Lstat(file); err == nil {
		return model.Invalid("cli.error.file_exists", "File", file).WithHint("cli.hint.bad")
	}
	return nil
}

// create makes a file that nobody else may read, and follows no link in its place.
func (a *app) create(file string) (io.WriteCloser, error) {
	if err := a.writable(file); err != nil {
		return nil, err
	}
	w, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // a file that the person named
	if err != nil {
		return nil, a.fileError(file, err)
	}
	return w, nil
}

// replace lets fill write into a file beside another and puts it in that one's
// place when it is whole. It is for its owner's eyes: it may hold customers. One
// that is there already is replaced by force alone.
func (a *app) replace(file string, force bool, fill func(io.Writer) error) (err error) {
	if err := a.writable(file); err != nil {
		return err
	}
	if _, e := os.Lstat(file); e == nil && !force {
		return a.fileError(file, os.ErrExist)
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".pasvorm-*") // made with mode 0600
	if err != nil {
		return a.fileError(file, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err := fill(f); err != nil {
		return err
	}
	if err = errors.Join(f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return a.fileError(file, err)
	}
	return nil
}

// fileError words what went wrong with a file that a person named.
func (a *app) fileError(file string, err error) error {
	e := model.NewError(model.KindInternal, "cli.error.file", "File", file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		e = model.NotFound("cli.error.no_file", "File", file)
	case errors.Is(err, os.ErrPermission):
		e = model.NewError(model.KindReadOnly, "cli.error.file_denied", "File", file)
	case errors.Is(err, os.ErrExist):
		e = model.Invalid("cli.error.file_exists", "File", file).WithHint("cli.hint.force")
	}
	e.Cause = err
	return e
}

// regular reports whether a file can be read twice.
func regular(in io.Reader) (io.ReadSeeker, bool) {
	f, ok := in.(*os.File)
	if !ok {
		return nil, false
	}
	st, err := f.Stat()
	return f, err == nil && st.Mode().IsRegular()
}
