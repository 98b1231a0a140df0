package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"pasvorm/model"
)

// listMost is how many names a completion gives at most; the screen that asks
// takes a list of so many for one that may be cut.
const listMost = 50

// besideMost is how many files for bad lines there may be beside one file.
const besideMost = 1000

// localFiles are the files of this machine, as the account that runs the
// program may use them.
type localFiles struct{}

// home replaces a "~" at the start of a name by the person's own folder.
func home(name string) string {
	rest, ok := strings.CutPrefix(name, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return name
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	return dir + rest
}

// Open opens an ordinary file for reading. Folders, devices and pipes are
// refused: reading one might never end. Errors are of type *[model.Error].
func (localFiles) Open(name string) (io.ReadCloser, int64, error) {
	path := home(name)
	// Looked at first, for opening a pipe would wait for who writes to it, and
	// again afterwards, for the name may mean something else by then.
	st, err := os.Stat(path)
	if err == nil {
		err = ordinary(name, st)
	}
	if err != nil {
		return nil, 0, fileError(name, err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) //nolint:gosec // the person named it
	if err != nil {
		return nil, 0, fileError(name, err)
	}
	if st, err = f.Stat(); err == nil {
		err = ordinary(name, st)
	}
	if err != nil {
		_ = f.Close()
		return nil, 0, fileError(name, err)
	}
	return f, st.Size(), nil
}

// ordinary refuses what is no ordinary file.
func ordinary(name string, st fs.FileInfo) error {
	switch {
	case st.IsDir():
		return model.Invalid("import.file.folder", "File", name).WithHint("hint.import.complete")
	case !st.Mode().IsRegular():
		return model.Invalid("import.file.device", "File", name)
	}
	return nil
}

// fileError words why a file cannot be read.
func fileError(name string, err error) error {
	var worded *model.Error
	if errors.As(err, &worded) {
		return worded
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		worded = model.NotFound("import.file.missing", "File", name).WithHint("hint.import.complete")
	case errors.Is(err, fs.ErrPermission):
		worded = model.NewError(model.KindReadOnly, "import.file.denied", "File", name)
	default:
		worded = model.Invalid("import.file.unread", "File", name)
	}
	worded.Cause = err
	return worded
}

// Beside makes the file for the bad lines of another: its name with .bad.csv
// behind it, or .bad-2.csv and so on, for nothing is ever overwritten. Nobody
// else may read it. Errors are of type *[model.Error].
func (localFiles) Beside(name string) (io.WriteCloser, string, error) {
	path := home(name) + ".bad"
	for i := 1; ; i++ {
		to := path + ".csv"
		if i > 1 {
			to = path + "-" + strconv.Itoa(i) + ".csv"
		}
		// With O_EXCL a link in that place is not followed.
		f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // beside what the person named
		if err == nil {
			return f, to, nil
		}
		if !errors.Is(err, fs.ErrExist) || i >= besideMost {
			worded := model.NewError(model.KindReadOnly, "import.file.beside", "File", name).WithHint("hint.import.copy")
			worded.Cause = err
			return nil, "", worded
		}
	}
}

// List gives the names that a text can be completed to, in order and at most
// fifty: as the text is written, folders with a separator behind them. Hidden
// names are given only to who typed the dot. What cannot be read lists nothing.
func (localFiles) List(begin string) []string {
	if begin == "~" {
		return []string{"~" + string(filepath.Separator)}
	}
	at := strings.LastIndexFunc(begin, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) }) + 1
	typed, base := begin[:at], begin[at:]
	dir := home(typed)
	if dir == "" {
		dir = "."
	}
	found := namesIn(dir, base)
	for i, name := range found {
		// A link to a folder is one to walk into.
		if st, err := os.Stat(filepath.Join(dir, name)); err == nil && st.IsDir() {
			name += string(filepath.Separator)
		}
		found[i] = typed + name
	}
	return found
}

// namesIn gives the first names in a folder that begin as base, in order. A
// folder of any size is gone through in pieces.
func namesIn(dir, base string) []string {
	f, err := os.Open(dir) //nolint:gosec // a folder the person named
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	var found []string
	for {
		names, err := f.Readdirnames(1000)
		for _, name := range names {
			if strings.HasPrefix(name, base) && (base != "" || !strings.HasPrefix(name, ".")) {
				found = append(found, name)
			}
		}
		if len(found) > listMost {
			slices.Sort(found)
			found = slices.Clip(found[:listMost])
		}
		if err != nil {
			slices.Sort(found)
			return found
		}
	}
}
