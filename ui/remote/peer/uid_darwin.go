package peer

import (
	"net"

	"golang.org/x/sys/unix"
)

// UID gives the account at the other end of a Unix socket as the kernel saw it
// when it connected (unix(4), LOCAL_PEERCRED).
func UID(c *net.UnixConn) (uid int, err error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return 0, err //nolint:wrapcheck // worded by the caller
	}
	var cred *unix.Xucred
	var credErr error
	if err := raw.Control(func(fd uintptr) {
		cred, credErr = unix.GetsockoptXucred(int(fd), unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	}); err != nil {
		return 0, err //nolint:wrapcheck // worded by the caller
	}
	if credErr != nil {
		return 0, credErr //nolint:wrapcheck // worded by the caller
	}
	return int(cred.Uid), nil
}
