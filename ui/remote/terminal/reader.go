package terminal

import (
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// NewReader fits what is typed at a terminal. One that reads UTF-8 sends it. What
// another sends and is no UTF-8 is taken for Windows-1252, which is Latin-1 with
// the euro and quotes in the place of controls; UTF-8 passes there too, for many a
// terminal only says that it has none.
func NewReader(r io.Reader, k Kind) io.Reader {
	if !k.PTY || k.UTF8 {
		return r
	}
	return &reader{r: r}
}

type reader struct {
	r    io.Reader
	in   [256]byte
	have int    // bytes at the beginning of in: part of a rune
	out  []byte // decoded and not read yet
	buf  [3 * 256]byte
	err  error
}

// Read implements [io.Reader]. A key is never held back: half a rune at the end
// of what came is waited for only where more came than was read.
func (r *reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		n, err := r.r.Read(r.in[r.have:])
		full := r.have+n == len(r.in)
		r.err = err
		r.decode(r.in[:r.have+n], full && err == nil)
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// decode fills out; with more to come, half a rune at the end is kept.
func (r *reader) decode(in []byte, more bool) {
	out := r.buf[:0]
	for len(in) > 0 {
		if in[0] < utf8.RuneSelf {
			out, in = append(out, in[0]), in[1:]
			continue
		}
		c, n := utf8.DecodeRune(in)
		if c == utf8.RuneError && n <= 1 {
			if more && !utf8.FullRune(in) {
				break
			}
			c, n = charmap.Windows1252.DecodeByte(in[0]), 1
		}
		out, in = utf8.AppendRune(out, c), in[n:]
	}
	r.have = copy(r.in[:], in)
	r.out = out
}
