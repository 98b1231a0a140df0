//go:build !unix

package attach

import "os"

var resized, resumed os.Signal
