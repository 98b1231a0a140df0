package exchange

import (
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader turns UTF-16 into UTF-8. Each half of a pair that stands alone
// becomes one U+FFFD, and so does a single byte at the very end: from the text
// alone one can then tell how many bytes of the source it took, which the
// decoder of x/text does not promise (it drops two halves in the wrong order
// as one character).
type utf16Reader struct {
	in  io.Reader
	big bool
	n   int64 // source offset after the bytes taken from in

	raw  []byte
	rest int    // raw[:rest] is read and not yet decoded
	text []byte // decoded and not yet handed out
	out  []byte
	err  error
}

func newUTF16Reader(in io.Reader, big bool, at int64) *utf16Reader {
	return &utf16Reader{in: in, big: big, n: at, raw: make([]byte, 16<<10)}
}

// Read implements [io.Reader].
func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.text) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		n, err := io.ReadFull(u.in, u.raw[u.rest:])
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		u.err = err
		u.n += int64(n)
		u.decode(u.raw[:u.rest+n], err != nil)
	}
	n := copy(p, u.text)
	u.text = u.text[n:]
	return n, nil
}

// decode fills text from raw and keeps what is incomplete, unless it is last.
func (u *utf16Reader) decode(raw []byte, last bool) {
	out, i := u.out[:0], 0
	for i+1 < len(raw) {
		r, size := u.unit(raw[i:]), 2
		if utf16.IsSurrogate(r) {
			if i+3 >= len(raw) && !last {
				break // its other half may follow
			}
			pair := rune(utf8.RuneError)
			if i+3 < len(raw) {
				pair = utf16.DecodeRune(r, u.unit(raw[i+2:]))
			}
			if pair != utf8.RuneError {
				size = 4
			}
			r = pair
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	if last && i+1 == len(raw) {
		out = utf8.AppendRune(out, utf8.RuneError)
		i++
	}
	u.rest = copy(u.raw, raw[i:])
	u.out, u.text = out, out
}

func (u *utf16Reader) unit(b []byte) rune {
	if u.big {
		return rune(b[0])<<8 | rune(b[1])
	}
	return rune(b[1])<<8 | rune(b[0])
}
