//go:build unix

package segment

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// mapFile maps a regular file for reading. It follows no link and does not wait
// for whoever writes to a pipe of that name.
func mapFile(path string) (data []byte, unmap func() error, err error) {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0) //nolint:gosec // beside the book
	if errors.Is(err, unix.ELOOP) {
		return nil, nil, fmt.Errorf("%w: a link", ErrDamaged)
	}
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if !st.Mode().IsRegular() || st.Size() < headSize || st.Size() != int64(int(st.Size())) {
		return nil, nil, fmt.Errorf("%w: a file of %d bytes", ErrDamaged, st.Size())
	}
	data, err = unix.Mmap(int(f.Fd()), 0, int(st.Size()), unix.PROT_READ, unix.MAP_SHARED) // #nosec G115 -- a descriptor
	if err != nil {
		return nil, nil, err
	}
	return data, func() error { return unix.Munmap(data) }, nil
}
