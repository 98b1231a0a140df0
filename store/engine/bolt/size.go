package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// checkSize refuses a file that is shorter than its meta pages say. bbolt maps
// the file and trusts them, and reading a mapped page that is not there ends
// the process with a fault that cannot be caught.
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
	pages, size, err := highestPage(f)
	if err != nil {
		return err
	}
	if pages == 0 {
		return fmt.Errorf("%w: no meta page is sound", ErrDamaged)
	}
	if need := pages * size; uint64(st.Size()) < need {
		return fmt.Errorf("%w: %d bytes of at least %d", ErrDamaged, st.Size(), need)
	}
	return nil
}

// A meta page: a page header of 16 bytes, then magic, version, page size and
// flags (4 bytes each), root bucket (16), freelist (8), high-water page id (8),
// transaction id (8), checksum (8), all in the machine's byte order.
const (
	metaMagic  = 0xED0CDAED
	metaHeader = 16
	metaLength = metaHeader + 64
)

// highestPage gives the number of pages in use and the page size by the sound
// meta page with the newest transaction.
func highestPage(f io.ReaderAt) (pages, size uint64, err error) {
	var newest uint64
	for _, at := range []int64{0, int64(os.Getpagesize())} {
		buf := make([]byte, metaLength)
		if _, err := f.ReadAt(buf, at); err != nil {
			if errors.Is(err, io.EOF) {
				continue
			}
			return 0, 0, err
		}
		m := buf[metaHeader:]
		if binary.NativeEndian.Uint32(m) != metaMagic {
			continue
		}
		txid := binary.NativeEndian.Uint64(m[48:])
		if pages == 0 || txid >= newest {
			newest = txid
			pages = binary.NativeEndian.Uint64(m[40:])
			size = uint64(binary.NativeEndian.Uint32(m[8:]))
		}
	}
	return pages, size, nil
}
