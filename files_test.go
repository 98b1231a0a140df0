package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pasvorm/model"
	"pasvorm/ui/screen"
	"pasvorm/ui/text"
)

var _ screen.Files = localFiles{}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// refused holds an error to its kind and to having words in both languages.
func refused(t *testing.T, err error, kind model.ErrorKind, id string) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != kind || e.ID != id {
		t.Fatalf("got %v, want %s %s", err, kind, id)
	}
	for _, lang := range text.Languages() {
		tx, err := text.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		if !tx.Has(e.ID) || e.Hint != "" && !tx.Has(e.Hint) {
			t.Errorf("%s has no words for %s %s", lang, e.ID, e.Hint)
		}
	}
}

func TestOpenReadsOrdinaryFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	put(t, filepath.Join(dir, "customers.csv"), "name\nAnna\n")
	for _, name := range []string{filepath.Join(dir, "customers.csv"), "~/customers.csv"} {
		f, size, err := localFiles{}.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(f)
		if err != nil || string(raw) != "name\nAnna\n" || size != int64(len(raw)) {
			t.Errorf("%s: %q, %d, %v", name, raw, size, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	put(t, filepath.Join(dir, "customers.csv"), "name\n")
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		kind model.ErrorKind
		id   string
	}{
		{filepath.Join(dir, "none.csv"), model.KindNotFound, "import.file.missing"},
		{filepath.Join(dir, "customers.csv", "x"), model.KindNotFound, "import.file.missing"},
		{"~none/customers.csv", model.KindNotFound, "import.file.missing"},
		{"", model.KindNotFound, "import.file.missing"},
		{dir, model.KindInvalid, "import.file.folder"},
		{"~", model.KindInvalid, "import.file.folder"},
		{pipe, model.KindInvalid, "import.file.device"},
		{os.DevNull, model.KindInvalid, "import.file.device"},
		{filepath.Join(dir, "nul\x00"), model.KindInvalid, "import.file.unread"},
	} {
		f, _, err := localFiles{}.Open(c.name)
		if f != nil {
			t.Errorf("%q was opened", c.name)
		}
		refused(t, err, c.kind, c.id)
	}
	// Without being told by the system, for an administrator may read anything.
	refused(t, fileError("x", &os.PathError{Op: "open", Path: "x", Err: syscall.EACCES}), model.KindReadOnly, "import.file.denied")
}

func TestBesideOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	target := filepath.Join(dir, "elsewhere")
	if err := os.Symlink(target, filepath.Join(dir, "customers.csv.bad-2.csv")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"customers.csv.bad.csv", "customers.csv.bad-3.csv", "customers.csv.bad-4.csv"} {
		f, name, err := localFiles{}.Beside("~/customers.csv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, want); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if name != filepath.Join(dir, want) {
			t.Errorf("made %s, want %s", name, want)
		}
	}
	for _, name := range []string{"customers.csv.bad.csv", "customers.csv.bad-3.csv"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(raw) != name {
			t.Errorf("%s holds %q, %v", name, raw, err)
		}
		st, err := os.Stat(filepath.Join(dir, name))
		if err != nil || st.Mode() != 0o600 {
			t.Errorf("%s has mode %v, %v", name, st.Mode(), err)
		}
	}
	if _, err := os.Lstat(target); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a link was followed: %v", err)
	}
	_, _, err := localFiles{}.Beside(filepath.Join(dir, "none", "customers.csv"))
	refused(t, err, model.KindReadOnly, "import.file.beside")
}

func TestList(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Chdir(dir)
	for _, name := range []string{"customers.csv", "customers old.csv", ".hidden", "überall.csv"} {
		put(t, name, "")
	}
	for _, name := range []string{"cellar", filepath.Join("cellar", "deep")} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("cellar", "cup"); err != nil {
		t.Fatal(err)
	}
	for begin, want := range map[string][]string{
		"":            {"cellar/", "cup/", "customers old.csv", "customers.csv", "überall.csv"},
		"c":           {"cellar/", "cup/", "customers old.csv", "customers.csv"},
		"customers":   {"customers old.csv", "customers.csv"},
		"~/cust":      {"~/customers old.csv", "~/customers.csv"},
		"~":           {"~/"},
		"./ü":         {"./überall.csv"},
		".h":          {".hidden"},
		"cellar/":     {"cellar/deep/"},
		dir + "/cel":  {dir + "/cellar/"},
		"x":           nil,
		"none/":       nil,
		"customers.c": {"customers.csv"},
	} {
		if got := (localFiles{}).List(begin); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", begin, got, want)
		}
	}
}

func TestListIsCutInOrder(t *testing.T) {
	dir := t.TempDir()
	for i := range 2345 {
		put(t, filepath.Join(dir, fmt.Sprintf("f%04d", i)), "")
	}
	got := localFiles{}.List(dir + "/f")
	if len(got) != screen.ListMost || listMost != screen.ListMost {
		t.Fatalf("got %d names", len(got))
	}
	for i, name := range got {
		if !strings.HasSuffix(name, fmt.Sprintf("/f%04d", i)) {
			t.Fatalf("name %d is %s", i, name)
		}
	}
}
