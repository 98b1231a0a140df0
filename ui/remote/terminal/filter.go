package terminal

const (
	esc = 0x1b
	bel = 0x07
	can = 0x18
	sub = 0x1a
)

type state uint8

const (
	ground  state = iota
	escape        // after ESC
	control       // in a control sequence, after ESC [
	text          // in a string: a title, a question
	textEnd       // in a string, after ESC
	charset       // after ESC and an intermediate: one more byte says which
)

// maxControl is how long a control sequence may be, in bytes; those that are sent
// take a dozen.
const maxControl = 64

// filter takes out what an old terminal would print: the console of Linux shows
// the letter of a sequence with an intermediate (up to kernel 5.6), a VT100 the
// text of a window title. What stays is what the VT100 series has, in the words
// of ECMA-48: control sequences without intermediate and without the private
// prefixes < = >, and with the prefix ? only the modes of [modes]. Strings (OSC,
// DCS, APC, PM, SOS) go whole.
type filter struct {
	state state
	seq   [maxControl]byte
	n     int
	bad   bool // the sequence does not go out
}

// modes are the private modes that an old terminal has, or ignores: keypad,
// columns, origin, wrap, cursor, other screen.
var modes = [][]byte{[]byte("1"), []byte("3"), []byte("5"), []byte("6"), []byte("7"), []byte("12"), []byte("25"), []byte("47"), []byte("1047"), []byte("1048"), []byte("1049")}

// breaks ends a sequence in which a control comes, such as a line feed, or a sign
// beyond ASCII: that is then no part of it. In a string it is.
func (f *filter) breaks(c byte) bool {
	if c >= ' ' && c < 0x80 || c == esc || c == can || c == sub || f.state == text {
		return false
	}
	f.state = ground
	return true
}

// step takes the next byte and appends what may go out. The state is not ground,
// or c is ESC.
func (f *filter) step(out []byte, c byte) []byte {
	switch {
	case c == can || c == sub: // end any sequence
		f.state = ground
		return out
	case c == esc && f.state == text:
		f.state = textEnd
		return out
	case c == esc:
		f.state = escape
		return out
	}
	switch f.state {
	case escape:
		return f.escaped(out, c)
	case control:
		return f.controlled(out, c)
	case charset:
		if c >= 0x30 {
			f.state = ground
		}
	case text:
		if c == bel {
			f.state = ground
		}
	case textEnd: // ESC \ ends it; anything else that follows ESC begins anew
		f.state = ground
		if c != '\\' {
			return f.escaped(out, c)
		}
	}
	return out
}

func (f *filter) escaped(out []byte, c byte) []byte {
	switch c {
	case '[':
		f.state, f.n, f.bad = control, 0, false
		return out
	case ']', 'P', '_', '^', 'X':
		f.state = text
		return out
	}
	if c >= 0x20 && c <= 0x2f {
		f.state = charset
		return out
	}
	f.state = ground
	if c > 0x7e {
		return out
	}
	return append(out, esc, c)
}

func (f *filter) controlled(out []byte, c byte) []byte {
	if c >= 0x40 && c <= 0x7e {
		f.state = ground
		if f.bad || !f.known(c) {
			return out
		}
		out = append(out, esc, '[')
		out = append(out, f.seq[:f.n]...)
		return append(out, c)
	}
	if f.n == len(f.seq) || c < 0x30 || c > 0x3f || c >= '<' && c <= '>' {
		f.bad = true
		return out
	}
	f.seq[f.n] = c
	f.n++
	return out
}

// known tells whether a sequence with this last letter may go out.
func (f *filter) known(last byte) bool {
	if f.n == 0 || f.seq[0] != '?' {
		return true
	}
	if last != 'h' && last != 'l' {
		return false
	}
	for _, m := range modes {
		if string(m) == string(f.seq[1:f.n]) {
			return true
		}
	}
	return false
}
