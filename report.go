package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// faultLog is where faults of the program are kept for those who mend it:
// $XDG_STATE_HOME, else ~/.local/state (XDG Base Directory Specification).
func faultLog(env func(string) string) string {
	dir := env("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(env("HOME"), ".local", "state")
	}
	return filepath.Join(dir, "pasvorm", "faults.log")
}

// report keeps a fault and gives the reference under which it was kept; "" when
// it cannot be kept. What a panic was called with may hold words of a customer,
// so of anything but the errors of the machine only the type is written.
func (l library) report(fault any, stack []byte) string {
	what := fmt.Sprintf("%T", fault)
	var machine runtime.Error
	if err, ok := fault.(error); ok && (stack == nil || errors.As(err, &machine)) {
		what += ": " + strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r <= ' ' || r == 0x7f }), " ") // one line, whatever was typed
	}
	ref := make([]byte, 4)
	_, _ = rand.Read(ref)
	path := faultLog(l.env)
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return ""
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600) //nolint:gosec // the log of this account
	if err != nil {
		return ""
	}
	id := hex.EncodeToString(ref)
	_, err = fmt.Fprintf(f, "%s %s %s\n%s\n", time.Now().UTC().Format(time.RFC3339), id, what, stack)
	if errors.Join(err, f.Close()) != nil {
		return ""
	}
	return id
}
