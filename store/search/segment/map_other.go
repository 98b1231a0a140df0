//go:build !unix

package segment

import "os"

// mapFile reads a file; mapping is for systems that have it.
func mapFile(path string) ([]byte, func() error, error) {
	data, err := os.ReadFile(path)
	return data, func() error { return nil }, err
}
