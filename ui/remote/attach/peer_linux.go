package attach

import (
	"net"

	"golang.org/x/sys/unix"
)

// peer gives the account of the process that listens at the other end, as the
// kernel noted it (SO_PEERCRED, unix(7)).
func peer(conn *net.UnixConn) (int, error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, err //nolint:wrapcheck // worded by the caller
	}
	var cred *unix.Ucred
	var inner error
	if err := raw.Control(func(fd uintptr) {
		cred, inner = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED)
	}); err != nil {
		return 0, err //nolint:wrapcheck // worded by the caller
	}
	if inner != nil {
		return 0, inner //nolint:wrapcheck // worded by the caller
	}
	return int(cred.Uid), nil
}
