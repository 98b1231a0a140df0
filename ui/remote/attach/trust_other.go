//go:build !unix

package attach

import "errors"

type caller struct{}

func here() caller { return caller{} }

// trust is given to nobody where accounts are not numbers.
func trust(string, int, caller) error { return errors.ErrUnsupported }
