package exchange

import (
	"bytes"
	"errors"
	"io"
)

// span is one field's place in Reader.base.
type span struct{ lo, hi int }

type foundKind uint8

const (
	foundRecord foundKind = iota // spans and base hold it
	foundBlank                   // an empty line
	foundMore                    // the buffer ends before the record does
	foundEnd                     // nothing is left
	foundBad                     // pass over the line end at or after from
)

// found is what a scan met at buf[pos]. Whatever it says depends on the bytes
// from there on only, never on how they were buffered: reading resumed at that
// place finds the same.
type found struct {
	kind    foundKind
	n       int // bytes with the line end
	content int // bytes without the line end
	lines   int // physical lines
	reason  string
	from    int // index after pos
}

// finder remembers where a byte occurs next, so that looking for a rare one
// costs one pass over the file and not one per record.
type finder struct {
	c    byte
	at   int // an occurrence, or -1
	upto int // no other one before this index
}

func (f *finder) next(data []byte, from int) int {
	if f.at >= from {
		return f.at
	}
	start := max(from, f.upto)
	k := bytes.IndexByte(data[start:], f.c)
	if k < 0 {
		f.at, f.upto = -1, len(data)
		return -1
	}
	f.at = start + k
	f.upto = f.at + 1
	return f.at
}

func (f *finder) shift(n int) {
	f.at = max(f.at-n, -1)
	f.upto = max(f.upto-n, 0)
}

func (r *Reader) resetFinders() {
	r.lf, r.cr, r.quote = finder{c: '\n', at: -1}, finder{c: '\r', at: -1}, finder{c: '"', at: -1}
}

// fill reads until the buffer is full or the source ends, moving the rest to
// the front and growing the buffer up to the largest record when it must.
func (r *Reader) fill() error {
	if r.eof || r.inErr != nil {
		return r.inErr
	}
	if r.pos > 0 {
		copy(r.buf, r.buf[r.pos:r.end])
		for _, f := range []*finder{&r.lf, &r.cr, &r.quote} {
			f.shift(r.pos)
		}
		r.end -= r.pos
		r.pos = 0
	}
	if r.end == len(r.buf) {
		// A scan decides at the latest a few bytes beyond the record limit.
		size := max(min(2*len(r.buf), r.lim.record+4096), len(r.buf)+64)
		grown := make([]byte, size)
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	n, err := io.ReadFull(r.source.text, r.buf[r.end:])
	r.end += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.eof, err = true, nil
	}
	r.inErr = err
	return err
}

// advance consumes n bytes that hold the given number of line ends.
func (r *Reader) advance(n, lines int) {
	r.off = r.source.after(r.off, r.buf[r.pos:r.pos+n])
	r.pos += n
	r.line += lines
}

// scan looks at the record that starts at buf[pos] and consumes nothing.
func (r *Reader) scan() found {
	data := r.buf[:r.end]
	eof := r.eof
	if r.pos == r.end {
		if eof {
			return found{kind: foundEnd}
		}
		return found{kind: foundMore}
	}
	eol := r.lf.next(data, r.pos)
	if cr := r.cr.next(data, r.pos); cr >= 0 && (eol < 0 || cr < eol) {
		eol = cr
	}
	if q := r.quote.next(data, r.pos); q >= 0 && (eol < 0 || q < eol) {
		return r.scanQuoted(data[r.pos:], eof)
	}
	if eol < 0 {
		eol = r.end
		if eol-r.pos <= r.lim.record && !eof {
			return found{kind: foundMore}
		}
	}
	n := eol - r.pos
	if n > r.lim.record {
		return found{kind: foundBad, reason: ReasonRecord, from: r.lim.record}
	}
	size := lineEndSize(data[eol:])
	if size == 1 && data[eol] == '\r' && eol+1 == r.end && !eof {
		return found{kind: foundMore} // its LF may follow
	}
	if n == 0 {
		return found{kind: foundBlank, n: size}
	}
	r.split(data[r.pos:eol])
	return found{kind: foundRecord, n: n + size, content: n, lines: min(size, 1)}
}

// split cuts a line without quotes. It stops one field beyond the limit.
func (r *Reader) split(line []byte) {
	r.base = line
	spans := r.spans[:0]
	lo := 0
	for len(spans) <= r.lim.columns {
		k := bytes.IndexByte(line[lo:], r.delim)
		if k < 0 {
			spans = append(spans, span{lo, len(line)})
			break
		}
		spans = append(spans, span{lo, lo + k})
		lo += k + 1
	}
	r.spans = spans
}

// scanQuoted scans a record with quotes in it (RFC 4180): a field is quoted as
// a whole or not at all, and a quote inside it is doubled.
func (r *Reader) scanQuoted(data []byte, eof bool) found {
	r.scratch, r.spans = r.scratch[:0], r.spans[:0]
	lines := 0
	crossed := -1 // where the first quote opened whose field holds a line end
	for i := 0; ; {
		if i > r.lim.record {
			return found{kind: foundBad, reason: ReasonRecord, from: r.lim.record}
		}
		lo := len(r.scratch)
		if i < len(data) && data[i] == '"' {
			end, f := r.quoted(data, i, eof)
			if f.kind != foundRecord {
				return f
			}
			if n := countLines(data[i:end]); n > 0 {
				lines += n
				if crossed < 0 {
					crossed = i
				}
			}
			i = end
		} else {
			end, f := r.unquoted(data, i, eof)
			if f.kind != foundRecord {
				return f
			}
			i = end
		}
		if len(r.spans) <= r.lim.columns {
			r.spans = append(r.spans, span{lo, len(r.scratch)})
		}
		if i == len(data) && !eof {
			return found{kind: foundMore}
		}
		if i < len(data) && data[i] == r.delim {
			// The delimiter between fields keeps bytes of neighbours apart when
			// the whole record is tested for valid UTF-8.
			r.scratch = append(r.scratch, r.delim)
			i++
			continue
		}
		size := lineEndSize(data[i:])
		if i < len(data) && size == 0 {
			return stray(i, crossed)
		}
		if size == 1 && data[i] == '\r' && i+1 == len(data) && !eof {
			return found{kind: foundMore}
		}
		if i > r.lim.record {
			return found{kind: foundBad, reason: ReasonRecord, from: r.lim.record}
		}
		r.base = r.scratch
		return found{kind: foundRecord, n: i + size, content: i, lines: lines + min(size, 1)}
	}
}

// quoted scans the quoted field that opens at data[open] into scratch and
// returns the index after its closing quote.
func (r *Reader) quoted(data []byte, open int, eof bool) (int, found) {
	for i := open + 1; ; {
		k := bytes.IndexByte(data[i:], '"')
		if k < 0 && len(data) <= r.lim.record && !eof {
			return 0, found{kind: foundMore}
		}
		if k < 0 || i+k > r.lim.record {
			return 0, found{kind: foundBad, reason: ReasonUnclosed, from: open}
		}
		r.scratch = append(r.scratch, data[i:i+k]...)
		i += k + 1
		if i == len(data) && !eof {
			return 0, found{kind: foundMore}
		}
		if i == len(data) || data[i] != '"' {
			return i, found{}
		}
		r.scratch = append(r.scratch, '"')
		i++
	}
}

// unquoted takes over the field that starts at data[i] and returns the index of
// what ends it.
func (r *Reader) unquoted(data []byte, i int, eof bool) (int, found) {
	j := i
	for j < len(data) && !r.special[data[j]] {
		j++
	}
	if j > r.lim.record {
		return 0, found{kind: foundBad, reason: ReasonRecord, from: r.lim.record}
	}
	if j == len(data) && !eof {
		return 0, found{kind: foundMore}
	}
	r.scratch = append(r.scratch, data[i:j]...)
	return j, found{}
}

// stray judges a quote out of place at index at. When an earlier quoted field
// ran over a line end, that is where things went wrong: it was never closed,
// and the "closing" quote belongs to a later record. Reading then goes on
// after the line where it opened, and so loses only that line.
func stray(at, crossed int) found {
	if crossed >= 0 {
		return found{kind: foundBad, reason: ReasonUnclosed, from: crossed}
	}
	return found{kind: foundBad, reason: ReasonStray, from: at}
}

// lineEndSize is 2 for CRLF, 1 for CR or LF at the start of b, otherwise 0.
func lineEndSize(b []byte) int {
	switch {
	case len(b) == 0 || b[0] != '\n' && b[0] != '\r':
		return 0
	case b[0] == '\r' && len(b) > 1 && b[1] == '\n':
		return 2
	}
	return 1
}

// lineEnd finds the first line end at or after from and its size; without one
// it returns len(b) and 0.
func lineEnd(b []byte, from int) (at, size int) {
	for at = min(from, len(b)); at < len(b); at++ {
		if b[at] == '\n' || b[at] == '\r' {
			return at, lineEndSize(b[at:])
		}
	}
	return at, 0
}

// countLines counts line ends, CRLF as one.
func countLines(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	for {
		k := bytes.IndexByte(b, '\r')
		if k < 0 {
			return n
		}
		if k+1 == len(b) || b[k+1] != '\n' {
			n++
		}
		b = b[k+1:]
	}
}
