//go:build unix

package attach

import (
	"os"
	"syscall"
)

// resized and resumed are the signals of a terminal whose window changed and of a
// program that goes on after it was stopped.
var resized, resumed os.Signal = syscall.SIGWINCH, syscall.SIGCONT
