//go:build !linux

package attach

import "pasvorm/model"

// Address gives a name for a socket that is short enough to connect to or to
// listen on. Here that is the path or nothing.
func Address(path string) (addr string, done func(), err error) {
	if len(path) > addressMost {
		return "", nil, model.Invalid("error.attach.long", "Socket", path).WithHint("hint.attach.long")
	}
	return path, func() {}, nil
}
