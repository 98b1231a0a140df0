package exchange

import "strings"

// Neutralise makes a text safe to open in a spreadsheet: one that would be
// taken for a formula gets one leading apostrophe. That is a text of zero or
// more apostrophes followed by = + - @, tab, CR or a full-width form of one of
// the four signs. Plain numbers, such as -12,5 or +31 6 1234 5678, and texts
// that merely start with an apostrophe stay as they are.
func Neutralise(s string) string {
	if isFormula(s) {
		return "'" + s
	}
	return s
}

// Restore takes off the one apostrophe that [Neutralise] put on, and no other:
// Restore(Neutralise(s)) == s for every s.
//
// It works because whether a text is neutralised does not depend on how many
// apostrophes it starts with.
func Restore(s string) string {
	if strings.HasPrefix(s, "'") && isFormula(s[1:]) {
		return s[1:]
	}
	return s
}

func isFormula(s string) bool {
	s = strings.TrimLeft(s, "'")
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		return !isPlainNumber(s[1:])
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, wide) {
			return true
		}
	}
	return false
}

// isPlainNumber says whether what follows a sign is a digit and then nothing
// but digits, points, commas and spaces: nothing in it can be computed.
func isPlainNumber(s string) bool {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return false
	}
	return strings.Trim(s, "0123456789., ") == ""
}
