package model

import (
	"errors"
	"strings"
	"testing"
)

// A text that is not UTF-8 would be written and could never be read again, so
// no check lets one through.
func TestWordsAreUTF8(t *testing.T) {
	for name, check := range map[string]func(string) error{
		"words":  func(s string) error { return checkWords("words", "fine", s) },
		"key":    func(s string) error { return checkKey("name", s) },
		"reason": mustReason,
	} {
		for _, bad := range []string{"ab\xff\xfe cd", "\x80", "cut \xe2\x82"} {
			var e *Error
			if err := check(bad); !errors.As(err, &e) || e.ID != "error.field.utf8" {
				t.Errorf("%s %q: %v", name, bad, err)
			}
		}
		for _, good := range []string{"één", "\x00\x1b[2J\u202e", "e" + strings.Repeat("\u0301", 400)} {
			if err := check(good); err != nil {
				t.Errorf("%s %q: %v", name, good, err)
			}
		}
	}
}
