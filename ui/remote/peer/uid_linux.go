package peer

import (
	"net"

	"golang.org/x/sys/unix"
)

// UID gives the account at the other end of a Unix socket as the kernel saw it
// when it connected (unix(7), SO_PEERCRED).
func UID(c *net.UnixConn) (uid int, err error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return 0, err //nolint:wrapcheck // worded by the caller
	}
	var cred *unix.Ucred
	var credErr error
	if err := raw.Control(func(fd uintptr) {
		cred, credErr = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED)
	}); err != nil {
		return 0, err //nolint:wrapcheck // worded by the caller
	}
	if credErr != nil {
		return 0, credErr //nolint:wrapcheck // worded by the caller
	}
	return int(cred.Uid), nil
}
