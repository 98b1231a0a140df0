//go:build !unix

package main

import "io/fs"

// fileGroup is Unix's alone.
func fileGroup(fs.FileInfo) int { return -1 }
