package store

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is added, and however little fits into memory, the keys come back
// once each and in order, and no file stays behind.
func TestSorter(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 12)).Draw(t, "keys")
		s := newSorter(dir)
		s.limit = rapid.IntRange(1, 200).Draw(t, "limit")
		for _, k := range keys {
			if err := s.add(k); err != nil {
				t.Fatal(err)
			}
		}
		var got [][]byte
		err := s.merge(func(k []byte) error {
			got = append(got, bytes.Clone(k))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(keys, bytes.Compare)
		want := slices.CompactFunc(keys, bytes.Equal)
		if !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("%x, want %x", got, want)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Fatalf("left behind: %v %v", left, err)
		}
	})
}
