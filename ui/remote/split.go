package remote

import (
	"errors"
	"strings"
)

// errQuote says that a command line ends within quotes or after a backslash.
var errQuote = errors.New("a quotation is not closed")

// split takes a command line apart as a POSIX shell would (Shell Command
// Language, section 2.2, quoting): blanks part words, what stands in single
// quotes is as it is, in double quotes a backslash keeps its meaning before
// $ ` " \ and a line end. Nothing is expanded, and an empty quotation is a word
// of its own. The common library for this drops empty words, so that what
// follows one would be taken for it.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	begun := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case ' ', '\t', '\n':
			if begun {
				words, begun = append(words, word.String()), false
				word.Reset()
			}
		case '\'':
			end := strings.IndexByte(line[i+1:], '\'')
			if end < 0 {
				return nil, errQuote
			}
			word.WriteString(line[i+1 : i+1+end])
			i, begun = i+1+end, true
		case '"':
			n, ok := quoted(line[i+1:], &word)
			if !ok {
				return nil, errQuote
			}
			i, begun = i+n, true
		case '\\':
			if i++; i == len(line) {
				return nil, errQuote
			}
			if line[i] != '\n' { // a line that goes on
				word.WriteByte(line[i])
				begun = true
			}
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// quoted reads up to and with the closing double quote and tells how many bytes
// that took.
func quoted(s string, word *strings.Builder) (n int, closed bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return i + 1, true
		case c != '\\' || i+1 == len(s):
			word.WriteByte(c)
		case s[i+1] == '\n':
			i++
		case strings.IndexByte("$`\"\\", s[i+1]) >= 0:
			i++
			word.WriteByte(s[i])
		default:
			word.WriteByte(c)
		}
	}
	return 0, false
}
