package attach

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"pasvorm/model"
)

// Address gives a name for a socket that is short enough to connect to or to
// listen on, which a path need not be: sun_path holds 108 bytes on Linux. Until
// done is called the name stands for the folder as it was opened.
func Address(path string) (addr string, done func(), err error) {
	if len(path) <= addressMost {
		return path, func() {}, nil
	}
	dir, err := os.OpenFile(filepath.Dir(path), unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", nil, err //nolint:wrapcheck // worded by the caller
	}
	addr = "/proc/self/fd/" + strconv.Itoa(int(dir.Fd())) + "/" + filepath.Base(path)
	if len(addr) > addressMost {
		_ = dir.Close()
		return "", nil, model.Invalid("error.attach.long", "Socket", path).WithHint("hint.attach.long")
	}
	return addr, func() { _ = dir.Close() }, nil
}
