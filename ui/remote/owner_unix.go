//go:build unix

package remote

import (
	"io/fs"
	"os"
	"syscall"
)

const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// owned reports whether a file belongs to the account that runs the server.
func owned(st fs.FileInfo) bool {
	sys, ok := st.Sys().(*syscall.Stat_t)
	return ok && int(sys.Uid) == os.Geteuid()
}

// loose reports whether anybody else may read or change a file.
func loose(st fs.FileInfo) bool { return st.Mode().Perm()&0o077 != 0 }
