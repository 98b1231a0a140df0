package terminal

import (
	"bytes"
	"io"
	"sync"
	"unicode/utf8"
)

// NewWriter fits what is written to a terminal. A line feed gets the carriage
// return that the driver of a local terminal would add. Where the terminal reads
// no UTF-8, each sign goes out as ASCII of the same width, so that nothing shifts;
// bytes above ASCII never do, for some of them are controls there. One that may
// print what it does not know is spared that, see [filter]. All other sequences
// go untouched.
//
// It may be used from several goroutines; a write reaches w as one write. After
// an error every further write gives that error: half a sequence may be out.
func NewWriter(w io.Writer, k Kind) io.Writer {
	if !k.PTY {
		return w
	}
	out := &writer{w: w, utf8: k.UTF8, old: k.old}
	if !k.UTF8 {
		out.seen = new(known)
	}
	return out
}

type writer struct {
	mu   sync.Mutex
	w    io.Writer
	utf8 bool
	old  bool
	cr   bool // a carriage return went out last
	part [utf8.UTFMax]byte
	have int    // bytes of part: a rune that is not whole yet
	seen *known // nil where UTF-8 is read
	f    filter
	err  error
}

// bufs hold what is being written; nothing is kept for a session in between.
var bufs = sync.Pool{New: func() any { b := make([]byte, 0, bufSize); return &b }}

const (
	bufSize = 8 << 10
	bufKept = 64 << 10 // a larger one is left to be collected
)

// Write implements [io.Writer]. What is held back, as half a rune is, counts as
// written.
func (w *writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return 0, w.err
	}
	b := bufs.Get().(*[]byte) //nolint:forcetypeassert // nothing else is put there
	out := w.fit((*b)[:0], p)
	if len(out) > 0 {
		n, err := w.w.Write(out)
		if err == nil && n < len(out) {
			err = io.ErrShortWrite
		}
		w.err = err
	}
	if cap(out) <= bufKept {
		*b = out
		bufs.Put(b)
	}
	if w.err != nil {
		return 0, w.err
	}
	return len(p), nil
}

// fit appends what is to go out for p.
func (w *writer) fit(out, p []byte) []byte {
	for len(p) > 0 {
		if w.utf8 && !w.old { // up to a line feed nothing is to be done
			n := bytes.IndexByte(p, '\n')
			if n < 0 {
				n = len(p)
			}
			if n > 0 {
				out = append(out, p[:n]...)
				w.cr, p = p[n-1] == '\r', p[n:]
				continue
			}
		}
		switch c := p[0]; {
		case !w.utf8 && (c >= utf8.RuneSelf || w.have > 0):
			out, p = w.sign(out, p)
		case w.old && (c == esc || w.f.state != ground) && !w.f.breaks(c):
			out = w.f.step(out, c)
			p, w.cr = p[1:], false
		case c == '\n' && !w.cr:
			out = append(out, '\r', '\n')
			p = p[1:]
		default:
			out = append(out, c)
			p, w.cr = p[1:], c == '\r'
		}
	}
	return out
}

// sign takes one rune off p, or a part of one, and appends its ASCII.
func (w *writer) sign(out, p []byte) ([]byte, []byte) {
	for w.have < len(w.part) && len(p) > 0 && !utf8.FullRune(w.part[:w.have]) {
		if w.have > 0 && utf8.RuneStart(p[0]) {
			break // the next sign begins before this one is whole
		}
		w.part[w.have] = p[0]
		w.have++
		p = p[1:]
	}
	whole := w.part[:w.have]
	if w.old && w.have > 0 {
		w.f.breaks(whole[0])
	}
	if len(p) == 0 && !utf8.FullRune(whole) {
		return out, p // the rest comes with the next write
	}
	r, n := utf8.DecodeRune(whole)
	cells, as := 1, byte(unknown)
	if r != utf8.RuneError || n > 1 {
		as, cells = w.seen.plain(r)
	}
	w.have = copy(w.part[:], whole[n:])
	if w.old && w.f.state != ground {
		return out, p // in a title
	}
	if cells > 0 {
		out, w.cr = append(out, as), false
	}
	if cells > 1 {
		if as != unknown {
			as = ' '
		}
		out = append(out, as)
	}
	return out, p
}
