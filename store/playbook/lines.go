package playbook

import (
	"strconv"
	"strings"
)

// Limits of the text of a playbook. The TOML library takes memory and time that
// grow with the square of the depth, so depth is limited before it reads along.
const (
	maxBytes = 256 << 10 // the whole text
	maxLine  = 4 << 10   // one line, in bytes
	maxDepth = 8         // tables and lists within each other, parts of one key
)

// lineIndex knows on which line each key, table and list element of a TOML text
// begins. The TOML library does not tell, and the reason for refusing a file is
// of little use without the line.
//
// A path is the dotted key, with list places in brackets from 0:
// "traits.brazen.signals[2].label.nl".
type lineIndex map[string]int

// at returns the line of a path, or of the nearest table around it; 1 when
// nothing around it was written.
func (x lineIndex) at(path string) int {
	for path != "" {
		if line, ok := x[path]; ok {
			return line
		}
		path = parentPath(path)
	}
	return 1
}

// note keeps the first line of a path.
func (x lineIndex) note(path string, line int) {
	if _, ok := x[path]; !ok {
		x[path] = line
	}
}

// scanner walks over a TOML text. It only finds where things begin; whether the
// text is right is for the TOML library to say.
type scanner struct {
	src   string
	pos   int
	line  int
	index lineIndex
	sizes map[string]int // elements so far of each list written as [[list]]
	deep  bool           // stopped because of maxDepth
}

// indexLines finds the lines of everything in a TOML text. It stops where it no
// longer understands the text: ok is false and line says where; deep says that
// the depth was the reason.
func indexLines(src string) (index lineIndex, line int, ok, deep bool) {
	s := &scanner{src: strings.TrimPrefix(src, "\ufeff"), line: 1, index: lineIndex{}, sizes: map[string]int{}}
	table := ""
	for {
		s.space(true)
		if s.pos >= len(s.src) {
			return s.index, s.line, true, false
		}
		var good bool
		if s.peek() == '[' {
			table, good = s.header()
		} else {
			good = s.pair(table, 0)
		}
		if good {
			s.space(false)
			good = s.pos >= len(s.src) || s.peek() == '\n'
		}
		if !good {
			return s.index, s.line, false, s.deep
		}
	}
}

// peek is the byte here, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos >= len(s.src) {
		return 0
	}
	return s.src[s.pos]
}

// eat steps over text if it stands here.
func (s *scanner) eat(text string) bool {
	if !strings.HasPrefix(s.src[s.pos:], text) {
		return false
	}
	s.pos += len(text)
	return true
}

// space steps over blanks and comments, over line ends too if lines is set.
func (s *scanner) space(lines bool) {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == ' ' || c == '\t' || c == '\r':
		case c == '\n' && lines:
			s.line++
		case c == '#':
			end := strings.IndexByte(s.src[s.pos:], '\n')
			if end < 0 {
				end = len(s.src) - s.pos
			}
			s.pos += end - 1
		default:
			return
		}
		s.pos++
	}
}

// header reads [table] or [[list]] and returns the path of the table it opens.
func (s *scanner) header() (string, bool) {
	line := s.line
	list := s.eat("[[")
	if !list {
		s.pos++
	}
	keys, ok := s.keys()
	if !ok || list && !s.eat("]]") || !list && !s.eat("]") {
		return "", false
	}
	path := ""
	for i, key := range keys {
		path = keyPath(path, key)
		s.index.note(path, line)
		if n := s.sizes[path]; n > 0 && i < len(keys)-1 {
			path = placePath(path, n-1)
		}
	}
	if list {
		s.sizes[path]++
		path = placePath(path, s.sizes[path]-1)
		s.index.note(path, line)
	}
	return path, true
}

// pair reads key = value into a table.
func (s *scanner) pair(table string, depth int) bool {
	line := s.line
	keys, ok := s.keys()
	if !ok || !s.eat("=") {
		return false
	}
	for _, key := range keys {
		table = keyPath(table, key)
		s.index.note(table, line)
	}
	s.space(false)
	return s.value(table, depth+len(keys)-1)
}

// keys reads a dotted key and the blanks around it.
func (s *scanner) keys() (keys []string, ok bool) {
	for {
		s.space(false)
		start := s.pos
		switch s.peek() {
		case '"', '\'':
			if !s.text(false) {
				return nil, false
			}
			keys = append(keys, unquote(s.src[start:s.pos]))
		default:
			for bareByte(s.peek()) {
				s.pos++
			}
			if s.pos == start {
				return nil, false
			}
			keys = append(keys, s.src[start:s.pos])
		}
		if len(keys) > maxDepth {
			s.deep = true
			return nil, false
		}
		s.space(false)
		if !s.eat(".") {
			return keys, true
		}
	}
}

// unquote reads a quoted key; an escape that Go does not know stays as written.
func unquote(quoted string) string {
	inner := quoted[1 : len(quoted)-1]
	if quoted[0] == '\'' {
		return inner
	}
	if key, err := strconv.Unquote(quoted); err == nil {
		return key
	}
	return inner
}

// value steps over a value and notes what lies in it.
func (s *scanner) value(path string, depth int) bool {
	if depth > maxDepth {
		s.deep = true
		return false
	}
	switch c := s.peek(); c {
	case '"', '\'':
		return s.text(true)
	case '[':
		place := 0
		return s.items(']', func() bool {
			element := placePath(path, place)
			place++
			s.index.note(element, s.line)
			return s.value(element, depth+1)
		})
	case '{':
		return s.items('}', func() bool { return s.pair(path, depth+1) })
	default:
		start := s.pos
		for s.pos < len(s.src) && !strings.ContainsRune(",]}#\r\n", rune(s.src[s.pos])) {
			s.pos++
		}
		return s.pos > start
	}
}

// items steps over a list or an inline table up to its closing sign.
func (s *scanner) items(closing byte, item func() bool) bool {
	s.pos++
	for {
		s.space(true)
		if s.peek() == closing {
			s.pos++
			return true
		}
		if !item() {
			return false
		}
		s.space(true)
		if !s.eat(",") && s.peek() != closing {
			return false
		}
	}
}

// text steps over a string in any of TOML's four forms; a key has no form of
// several lines.
func (s *scanner) text(multiline bool) bool {
	quote := s.src[s.pos : s.pos+1]
	escapes := quote == `"`
	end := quote
	if triple := strings.Repeat(quote, 3); multiline && s.eat(triple) {
		end = triple
	} else {
		s.pos++
	}
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '\\' && escapes && s.pos+1 < len(s.src) && s.src[s.pos+1] != '\n':
			s.pos++
		case c == '\n' && len(end) == 1:
			return false
		case c == '\n':
			s.line++
		case s.eat(end):
			// Up to two quotes may stand right before the closing three.
			for range len(end) - 1 {
				s.eat(quote)
			}
			return true
		}
		s.pos++
	}
	return false
}
