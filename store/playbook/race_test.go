//go:build race

package playbook

import (
	"flag"
	"os"
)

// The race detector makes all some ten times slower. That a property holds is
// shown by the run without it: this one looks for races, with fewer draws unless
// told otherwise.
func init() {
	if os.Getenv("RAPID_CHECKS") == "" {
		_ = flag.Set("rapid.checks", "15")
	}
}
