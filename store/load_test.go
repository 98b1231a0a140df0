package store

import (
	"bytes"
	"math/rand/v2"
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

// Many keys are parted before they are sorted: they come in the same order.
func TestKeyBlockSort(t *testing.T) {
	for _, of := range []string{"abc", "\x00\x01\xff", "a", "abcdefghijklmnopqrstuvwxyz "} {
		rnd := rand.New(rand.NewPCG(1, uint64(len(of))))
		var b keyBlock
		var want [][]byte
		for range 3 * manyKeys {
			k := make([]byte, rnd.IntN(14))
			for i := range k {
				k[i] = of[rnd.IntN(len(of))]
			}
			b.add(k)
			want = append(want, k)
		}
		b.sort()
		slices.SortFunc(want, bytes.Compare)
		for i, p := range b.keys {
			if !bytes.Equal(b.key(p), want[i]) {
				t.Fatalf("%q: key %d is %q, want %q", of, i, b.key(p), want[i])
			}
		}
	}
}
