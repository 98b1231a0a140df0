//go:build !unix

package remote

import "io/fs"

const noFollow = 0

// Owners and modes are Unix's; elsewhere the access list of the directory guards
// a file.
func owned(fs.FileInfo) bool { return true }
func loose(fs.FileInfo) bool { return false }
