package columns

import (
	"encoding/binary"
	"math/bits"
)

// Rows are looked at in blocks, so that what a walk needs at a time lies near:
// a bit for each row, set where all conditions so far are met.
const (
	blockRows  = 4096
	blockWords = blockRows / 64
)

type mask [blockWords]uint64

// count is how many bits are set.
func (m *mask) count() (n int) {
	for _, w := range m {
		n += bits.OnesCount64(w)
	}
	return n
}

// each calls f for the rows whose bits are set, in order.
func (m *mask) each(from int, f func(row int)) {
	for i, w := range m {
		for ; w != 0; w &= w - 1 {
			f(from + 64*i + bits.TrailingZeros64(w))
		}
	}
}

// blockTest is a condition on the rows of one base.
type blockTest interface {
	has(row int) bool
	// mark sets the bits of the rows of a block that meet it.
	mark(from int, m *mask)
}

// block gives the rows of a block that meet the condition, without those that
// are masked (in ascending order); false for none.
func (b *Base) block(c *bound, masked []uint32, from int, m *mask) bool {
	*m = first(b.rows - from)
	for _, r := range masked[seekRow(masked, from):] {
		at := int(r) - from
		if at >= blockRows {
			break
		}
		m[at/64] &^= 1 << (at % 64)
	}
	return c.mask(from, m)
}

// blocks is how many there are.
func (b *Base) blocks() int { return (b.rows + blockRows - 1) / blockRows }

// first sets the bits of as many rows as there are.
func first(n int) (m mask) {
	for w := range m {
		switch left := n - 64*w; {
		case left >= 64:
			m[w] = ^uint64(0)
		case left > 0:
			m[w] = 1<<left - 1
		}
	}
	return m
}

// span is numbers from low to high, both held.
type span struct{ low, high uint32 }

// columnTest asks whether the number of a row lies in one of some spans, or has
// one of some bits.
type columnTest struct {
	col   *column
	spans []span
	bits  uint32
	rows  int
	table *[256]byte // for a column of single bytes: 1 where it comes to yes
}

func newColumnTest(b *Base, c field, spans []span, flags uint32) *columnTest {
	t := &columnTest{col: &b.cols[c], spans: spans, bits: flags, rows: b.rows}
	if t.col.width == 1 {
		t.table = new([256]byte)
		for v := range uint32(256) {
			n := v
			if v > 0 {
				n += t.col.base
			}
			if t.in(n) {
				t.table[v] = 1
			}
		}
	}
	return t
}

func inSpans(spans []span, v uint32) bool {
	for _, s := range spans {
		if v >= s.low && v <= s.high {
			return true
		}
	}
	return false
}

func (t *columnTest) in(v uint32) bool { return v&t.bits != 0 || inSpans(t.spans, v) }

func (t *columnTest) has(row int) bool { return t.in(t.col.at(row)) }

// mark makes each word of bits without a branch, for what a row holds cannot be
// guessed.
func (t *columnTest) mark(from int, m *mask) {
	n := min(blockRows, t.rows-from)
	if t.table != nil {
		data := t.col.data[from : from+n]
		for w := 0; 64*w < n; w++ {
			word := uint64(0)
			some := data[64*w : min(64*w+64, n)]
			for _, v := range some {
				word = word>>1 | uint64(t.table[v])<<63
			}
			m[w] |= word >> (64 - len(some))
		}
		return
	}
	var buf [blockRows]uint32
	values := buf[:n]
	t.col.fill(from, values)
	if len(t.spans) == 1 && t.bits == 0 {
		low, wide := t.spans[0].low, uint64(t.spans[0].high-t.spans[0].low)
		for w := 0; 64*w < n; w++ {
			word := uint64(0)
			some := values[64*w : min(64*w+64, n)]
			for _, v := range some {
				word = word>>1 | (wide-uint64(v-low))&(1<<63) // the sign of the difference
			}
			m[w] |= ^word >> (64 - len(some))
		}
		return
	}
	for i, v := range values {
		if t.in(v) {
			m[i/64] |= 1 << (i % 64)
		}
	}
}

// listTest asks whether a row is one of some, in ascending order.
type listTest struct{ rows []uint32 }

func (t listTest) has(row int) bool {
	n := seekRow(t.rows, row)
	return n < len(t.rows) && int(t.rows[n]) == row
}

func (t listTest) mark(from int, m *mask) {
	for _, r := range t.rows[seekRow(t.rows, from):] {
		at := int(r) - from
		if at >= blockRows {
			return
		}
		m[at/64] |= 1 << (at % 64)
	}
}

// codesTest asks whether the number of a row is one of very many: a bit for
// each.
type codesTest struct {
	col  *column
	bits []uint64
	rows int
}

func (t *codesTest) in(v uint32) bool {
	return int(v/64) < len(t.bits) && t.bits[v/64]&(1<<(v%64)) != 0
}

func (t *codesTest) has(row int) bool { return t.in(t.col.at(row)) }

func (t *codesTest) mark(from int, m *mask) {
	var buf [blockRows]uint32
	n := min(blockRows, t.rows-from)
	values := buf[:n]
	t.col.fill(from, values)
	for w := 0; 64*w < n; w++ {
		word := uint64(0)
		some := values[64*w : min(64*w+64, n)]
		for _, v := range some {
			if word >>= 1; int(v/64) < len(t.bits) {
				word |= t.bits[v/64] >> (v % 64) << 63
			}
		}
		m[w] |= word >> (64 - len(some))
	}
}

// rowBits are rows as a bit each: for very many.
type rowBits []uint64

func (t rowBits) has(row int) bool { return row/64 < len(t) && t[row/64]&(1<<(row%64)) != 0 }

func (t rowBits) mark(from int, m *mask) {
	for w := range m {
		if n := from/64 + w; n < len(t) {
			m[w] |= t[n]
		}
	}
}

// rowsTest makes a test of rows in any order, of which one may come twice.
func rowsTest(b *Base, rows []uint32) blockTest {
	out := make(rowBits, b.rows/64+1)
	for _, r := range rows {
		if int(r) < b.rows {
			out[r/64] |= 1 << (r % 64)
		}
	}
	if len(rows) > b.rows/32 {
		return out
	}
	list := make([]uint32, 0, len(rows))
	for w, word := range out {
		for ; word != 0; word &= word - 1 {
			list = append(list, uint32(64*w+bits.TrailingZeros64(word)))
		}
	}
	return listTest{list}
}

// rowsAt reads rows from the file.
func rowsAt(b []byte, from, to int) []uint32 {
	out := make([]uint32, 0, max(0, to-from))
	for n := from; n < to; n++ {
		out = append(out, binary.LittleEndian.Uint32(b[4*n:]))
	}
	return out
}
