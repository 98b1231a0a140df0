package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// checkSize refuses a file that is shorter than its meta pages say. bbolt maps
// the file and trusts them, and a mapped page that is not there is a fault.
func checkSize(path string) (err error) {
	f, err := os.Open(path) //nolint:gosec // the path of the book is the user's to choose
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if st.Size() == 0 {
		return nil
	}
	m, err := newestMeta(f)
	if err != nil {
		return err
	}
	if m.size == 0 {
		return fmt.Errorf("%w: no meta page is sound", ErrDamaged)
	}
	if need := m.pages * m.size; uint64(st.Size()) < need {
		return fmt.Errorf("%w: %d bytes of at least %d", ErrDamaged, st.Size(), need)
	}
	return nil
}

// A meta page: a page header of 16 bytes, then magic, version, page size and
// flags (4 bytes each), root bucket (16), freelist (8), high-water page id (8),
// transaction id (8) and FNV-1a checksum of all that (8), in the machine's byte
// order.
const (
	metaMagic  = 0xED0CDAED
	metaHeader = 16
	metaSummed = 56
	metaLength = metaHeader + metaSummed + 8
)

type meta struct {
	txid, pages, size uint64 // size 0: not sound
}

// newestMeta gives the sound meta page with the newest transaction. The second
// one stands at the page size, which only a sound one tells; without it the
// usual sizes are tried.
func newestMeta(f io.ReaderAt) (meta, error) {
	newest, err := metaAt(f, 0)
	if err != nil {
		return meta{}, err
	}
	places := []int64{int64(newest.size)}
	if newest.size == 0 {
		places = nil
		for at := int64(1024); at <= 64<<10; at *= 2 {
			places = append(places, at)
		}
	}
	for _, at := range places {
		m, err := metaAt(f, at)
		if err != nil {
			return meta{}, err
		}
		if m.size != 0 && (newest.size == 0 || m.txid > newest.txid) {
			newest = m
		}
	}
	return newest, nil
}

func metaAt(f io.ReaderAt, at int64) (meta, error) {
	buf := make([]byte, metaLength)
	if _, err := f.ReadAt(buf, at); err != nil {
		if errors.Is(err, io.EOF) {
			return meta{}, nil
		}
		return meta{}, err
	}
	m := buf[metaHeader:]
	h := fnv.New64a()
	_, _ = h.Write(m[:metaSummed])
	if binary.NativeEndian.Uint32(m) != metaMagic || binary.NativeEndian.Uint64(m[metaSummed:]) != h.Sum64() {
		return meta{}, nil
	}
	return meta{
		txid:  binary.NativeEndian.Uint64(m[48:]),
		pages: binary.NativeEndian.Uint64(m[40:]),
		size:  uint64(binary.NativeEndian.Uint32(m[8:])),
	}, nil
}
