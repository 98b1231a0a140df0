//go:build unix

package main

import (
	"io/fs"
	"syscall"
)

// fileGroup is the group of a file, -1 where it is not known.
func fileGroup(st fs.FileInfo) int {
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		return int(sys.Gid)
	}
	return -1
}
