package segment

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"pasvorm/model"
)

const kind = "test"

var (
	stamp = Stamp{Book: model.ID{1, 2, 3}, Rev: 77, Chain: [32]byte{9, 8, 7}}
	parts = []Section{{"words", []byte("a first part")}, {"empty", nil}, {"numbers", bytes.Repeat([]byte{1, 2, 3}, 1000)}}
)

func written(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.names")
	if err := Write(path, kind, stamp, 0o640, parts); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWrittenIsRead(t *testing.T) {
	path := written(t)
	f, err := Open(path, kind)
	if err != nil {
		t.Fatal(err)
	}
	if f.Stamp() != stamp {
		t.Errorf("stamp %+v", f.Stamp())
	}
	for _, s := range parts {
		if !bytes.Equal(f.Section(s.Name), s.Data) {
			t.Errorf("section %s is %q", s.Name, f.Section(s.Name))
		}
	}
	if f.Section("none") != nil {
		t.Error("a section that is not there")
	}
	if err := f.Verify(); err != nil {
		t.Error(err)
	}
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o640 || st.Size() != f.Size() {
		t.Errorf("file %v, size %d, %v", st, f.Size(), err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

func TestWritingOverAnOpenFileLeavesItWhole(t *testing.T) {
	path := written(t)
	f, err := Open(path, kind)
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(path, kind, Stamp{Rev: 78}, 0o600, parts[:1]); err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(); err != nil || f.Stamp().Rev != 77 {
		t.Errorf("the old one: %v, revision %d", err, f.Stamp().Rev)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none"), kind); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(written(t), "other"); !errors.Is(err, ErrDamaged) {
		t.Errorf("another kind: %v", err)
	}
	if _, err := Open(t.TempDir(), kind); err == nil {
		t.Error("a directory was opened")
	}
	whole, err := os.ReadFile(written(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut")
	for _, n := range []int{0, 7, headSize, headSize + 20, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, kind); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
}

// Every flipped bit is seen: in the head when it is opened, elsewhere by Verify.
// Only padding may change.
func TestFlippedBitsAreSeen(t *testing.T) {
	whole, err := os.ReadFile(written(t))
	if err != nil {
		t.Fatal(err)
	}
	unseen := 0
	for i := range whole {
		b := bytes.Clone(whole)
		b[i] ^= 1 << (i % 8)
		if f, err := parse(b, kind); err == nil && f.Verify() == nil {
			unseen++
		}
	}
	pads := 4
	for _, s := range parts {
		pads += padding(len(s.Data))
	}
	if unseen != pads {
		t.Errorf("%d flipped bits went unseen, %d bytes are padding", unseen, pads)
	}
}

func FuzzParse(f *testing.F) {
	whole, err := os.ReadFile(written(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:headSize])
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := parse(b, kind)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("error %v", err)
			}
			return
		}
		for name := range s.sections {
			_ = bytes.Count(s.Section(name), []byte{0})
		}
		_ = s.Verify()
	})
}
