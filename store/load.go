package store

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// sortLimit is how many bytes of keys a sorter holds before it puts them by.
const sortLimit = 8 << 20

// sorter gives any number of keys back in order and holds a bounded part of
// them in memory: sorted runs lie in temporary files, which only their owner
// can read and which have no name from the moment they are made, so that they
// are gone with the process however it ends. Not for concurrent use.
type sorter struct {
	dir   string
	limit int
	fill  keyBlock
	spare keyBlock
	runs  []*os.File
	busy  chan spilled // answers when the block being written is a run; nil when none is
}

type spilled struct {
	run   *os.File
	block keyBlock
	err   error
}

// keyBlock is keys one after another. The first eight bytes of each stand
// beside its place, for most comparisons end there.
type keyBlock struct {
	bytes []byte
	keys  []keyPlace
}

type keyPlace struct {
	head     uint64
	off, len uint32
}

func (b *keyBlock) key(p keyPlace) []byte { return b.bytes[p.off : p.off+p.len] }

func (b *keyBlock) add(key []byte) {
	var head [8]byte
	copy(head[:], key)
	b.keys = append(b.keys, keyPlace{head: binary.BigEndian.Uint64(head[:]), off: uint32(len(b.bytes)), len: uint32(len(key))})
	b.bytes = append(b.bytes, key...)
}

// manyKeys is from how many keys on it pays to part them before sorting.
const manyKeys = 4096

// sort orders the keys: many of them are first parted by their two first bytes,
// in place, and each part is sorted by itself.
func (b *keyBlock) sort() {
	if len(b.keys) < manyKeys {
		b.sortPart(b.keys)
		return
	}
	const parts = 1 << 16
	next, end := make([]uint32, parts), make([]uint32, parts)
	for _, p := range b.keys {
		end[p.head>>48]++
	}
	sum := uint32(0)
	for i, n := range end {
		next[i] = sum
		sum += n
		end[i] = sum
	}
	from := uint32(0)
	for i := range end {
		for at := next[i]; at < end[i]; at = next[i] {
			to := b.keys[at].head >> 48
			b.keys[at], b.keys[next[to]] = b.keys[next[to]], b.keys[at]
			next[to]++
		}
		if end[i] > from+1 {
			b.sortPart(b.keys[from:end[i]])
		}
		from = end[i]
	}
}

func (b *keyBlock) sortPart(keys []keyPlace) {
	slices.SortFunc(keys, func(x, y keyPlace) int {
		switch {
		case x.head < y.head:
			return -1
		case x.head > y.head:
			return 1
		}
		return bytes.Compare(b.key(x), b.key(y))
	})
}

func newSorter(dir string) *sorter { return &sorter{dir: dir, limit: sortLimit} }

// add takes a key over.
func (s *sorter) add(key []byte) error {
	if s.fill.bytes == nil && len(s.runs) > 0 {
		s.fill = keyBlock{bytes: make([]byte, 0, s.limit+s.limit/64), keys: make([]keyPlace, 0, s.limit/24)}
	}
	s.fill.add(key)
	if len(s.fill.bytes) < s.limit {
		return nil
	}
	if err := s.wait(); err != nil {
		return err
	}
	block, done := s.fill, make(chan spilled, 1)
	s.fill, s.spare = s.spare, keyBlock{}
	s.busy = done
	go func() {
		block.sort()
		run, err := spill(s.dir, &block)
		done <- spilled{run: run, block: keyBlock{bytes: block.bytes[:0], keys: block.keys[:0]}, err: err}
	}()
	return nil
}

// wait takes the run in that is being written.
func (s *sorter) wait() error {
	if s.busy == nil {
		return nil
	}
	r := <-s.busy
	s.busy, s.spare = nil, r.block
	if r.run != nil {
		s.runs = append(s.runs, r.run)
	}
	return r.err
}

func spill(dir string, b *keyBlock) (f *os.File, err error) {
	if f, err = tempFile(dir); err != nil {
		return nil, err
	}
	w := bufio.NewWriterSize(f, 256<<10)
	var n [binary.MaxVarintLen32]byte
	for _, p := range b.keys {
		_, e1 := w.Write(n[:binary.PutUvarint(n[:], uint64(p.len))])
		_, e2 := w.Write(b.key(p))
		if err := errors.Join(e1, e2); err != nil {
			return f, err
		}
	}
	return f, w.Flush()
}

// tempFile makes a file without a name.
func tempFile(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, ".pasvorm-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// tempDir is where temporary files go: beside the book, where there is room for
// what is on its way into it.
func (b *Book) tempDir() string {
	path := b.path
	if p, ok := b.eng.(interface{ Path() string }); ok && path == "" {
		path = p.Path()
	}
	if path == "" {
		return ""
	}
	return filepath.Dir(path)
}

// close drops everything.
func (s *sorter) close() error {
	err := s.wait()
	for _, f := range s.runs {
		err = errors.Join(err, f.Close())
	}
	*s = sorter{dir: s.dir, limit: s.limit}
	return err
}

// mergeSource is one run being read.
type mergeSource struct {
	key   []byte
	in    *bufio.Reader // nil: the block
	block *keyBlock
}

// next reads the next key; false at the end.
func (m *mergeSource) next() (bool, error) {
	if m.in == nil {
		if len(m.block.keys) == 0 {
			return false, nil
		}
		m.key = m.block.key(m.block.keys[0])
		m.block.keys = m.block.keys[1:]
		return true, nil
	}
	n, err := binary.ReadUvarint(m.in)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	m.key = slices.Grow(m.key[:0], int(n))[:n] //nolint:gosec // written by spill
	_, err = io.ReadFull(m.in, m.key)
	return err == nil, err
}

// merge hands out every key once, in order. A key is good until f returns.
func (s *sorter) merge(f func(key []byte) error) error {
	if err := s.wait(); err != nil {
		return err
	}
	s.fill.sort()
	block := s.fill
	heap := []*mergeSource{{block: &block}}
	for _, run := range s.runs {
		if _, err := run.Seek(0, io.SeekStart); err != nil {
			return err
		}
		heap = append(heap, &mergeSource{in: bufio.NewReaderSize(run, 128<<10)})
	}
	live := heap[:0]
	for _, m := range heap {
		more, err := m.next()
		if err != nil {
			return err
		}
		if more {
			live = append(live, m)
		}
	}
	heap = live
	for i := len(heap)/2 - 1; i >= 0; i-- {
		sift(heap, i)
	}
	var last []byte
	first := true
	for len(heap) > 0 {
		m := heap[0]
		if first || !bytes.Equal(m.key, last) {
			if err := f(m.key); err != nil {
				return err
			}
			last, first = append(last[:0], m.key...), false
		}
		more, err := m.next()
		if err != nil {
			return err
		}
		if !more {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		}
		sift(heap, 0)
	}
	return nil
}

func sift(heap []*mergeSource, i int) {
	for {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(heap); c++ {
			if bytes.Compare(heap[c].key, heap[least].key) < 0 {
				least = c
			}
		}
		if least == i {
			return
		}
		heap[i], heap[least] = heap[least], heap[i]
		i = least
	}
}
