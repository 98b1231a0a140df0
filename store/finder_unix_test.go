//go:build unix

package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What lies where the indexes belong and is not a file of one's own is neither
// waited for nor followed nor read.
func TestOnlyOnesOwnSearchFilesAreRead(t *testing.T) {
	for name, put := range map[string]func(t *testing.T, path string){
		"a pipe": func(t *testing.T, path string) {
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"a link": func(t *testing.T, path string) {
			to := filepath.Join(t.TempDir(), "elsewhere")
			copyTo(t, to, path+".kept")
			if err := os.Symlink(to, path); err != nil {
				t.Fatal(err)
			}
		},
		"open to all": func(t *testing.T, path string) {
			copyTo(t, path, path+".kept")
			if err := os.Chmod(path, 0o666); err != nil { //nolint:gosec // that is the point
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := inFiles(t)
			found(t, f.s, "jansen")
			if err := f.book.Close(); err != nil {
				t.Fatal(err)
			}
			for _, p := range f.book.SearchFiles() {
				if err := os.Rename(p, p+".kept"); err != nil {
					t.Fatal(err)
				}
				put(t, p)
			}
			f.open(t)
			f.customer(t, "Only Here")
			if got := found(t, f.s, "only here"); !strings.HasPrefix(got, "Only Here") {
				t.Errorf("found %q", got)
			}
			if f.book.SearchStamp().Rev != f.book.Rev() {
				t.Error("what lay there was used")
			}
			for _, p := range f.book.SearchFiles() {
				if st, err := os.Lstat(p); err != nil || st.Mode() != 0o600 {
					t.Errorf("in its place: %v, %v", st.Mode(), err)
				}
			}
		})
	}
}

// Of a book that a group shares the indexes are the group's as well.
func TestSearchFilesAreSharedAsTheBookIs(t *testing.T) {
	f := inFiles(t)
	groups, err := os.Getgroups()
	if err != nil {
		t.Fatal(err)
	}
	gid := os.Getegid()
	for _, g := range groups { // another than that of new files, if there is one
		if g != gid {
			gid = g
			break
		}
	}
	if err := os.Chown(f.Path, -1, gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(f.Path, 0o660); err != nil { //nolint:gosec // as of a shared book
		t.Fatal(err)
	}
	found(t, f.s, "jansen")
	for _, p := range f.book.SearchFiles() {
		st, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		if sys, ok := st.Sys().(*syscall.Stat_t); st.Mode() != 0o660 || !ok || int(sys.Gid) != gid {
			t.Errorf("%s: %v of group %d, want that of %d", p, st.Mode(), sys.Gid, gid)
		}
	}
}
