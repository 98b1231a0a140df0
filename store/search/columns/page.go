package columns

import (
	"math/bits"
	"slices"

	"pasvorm/model"
)

// candidate is a row that may be on the page.
type candidate struct {
	place
	base int // row of the base; -1 for a changed one
}

// nearest keeps so many candidates on one side of a key, those nearest to it.
type nearest struct {
	o    *ordering
	n    int
	back bool        // on the side before the key
	heap []candidate // the farthest on top
	more bool        // there are others beyond those
}

// later reports whether a stands after b in the list.
func (s *nearest) later(a, b *candidate) bool {
	if a.base < 0 && b.base < 0 {
		return s.o.compare(&a.place, &b.place) > 0
	}
	return a.u > b.u
}

// farther orders by the distance from the key.
func (s *nearest) farther(a, b *candidate) bool {
	if s.back {
		a, b = b, a
	}
	return s.later(a, b)
}

// offer keeps a candidate for as long as others are not nearer.
func (s *nearest) offer(c candidate) {
	h := s.heap
	if len(h) < s.n {
		h = append(h, c)
		for i := len(h) - 1; i > 0; {
			up := (i - 1) / 2
			if !s.farther(&h[i], &h[up]) {
				break
			}
			h[i], h[up] = h[up], h[i]
			i = up
		}
		s.heap = h
		return
	}
	s.more = true
	if s.n == 0 || !s.farther(&h[0], &c) {
		return
	}
	h[0] = c
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(h) {
			return
		}
		if down+1 < len(h) && s.farther(&h[down+1], &h[down]) {
			down++
		}
		if !s.farther(&h[down], &h[i]) {
			return
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
}

// list gives what was kept in the order of the list.
func (s *nearest) list() []candidate {
	slices.SortFunc(s.heap, func(a, b candidate) int {
		if s.later(&a, &b) {
			return 1
		}
		return -1
	})
	return s.heap
}

// sides are both sides of a key.
type sides struct {
	before, from nearest
	at           place // the key
	all          int   // 1: all rows are from the key on, -1: all are before it
	after        bool  // the row of the key itself is on neither side
}

// changed sorts a changed row to its side.
func (s *sides) changed(p place) {
	c := s.all
	if c == 0 {
		c = s.from.o.compare(&p, &s.at)
	}
	switch {
	case c < 0:
		s.before.offer(candidate{place: p, base: -1})
	case c > 0 || !s.after:
		s.from.offer(candidate{place: p, base: -1})
	}
}

// block sorts the rows of a block to their sides. Most lie too far away on
// either: the upper halves of their numbers tell, without a branch for each.
func (s *sides) block(from, rows int, m *mask) {
	var valueBuf, placeBuf [blockRows]uint32
	o, values, places := s.from.o, valueBuf[:rows], placeBuf[:0]
	o.values(from, values)
	low, high := s.window()
	for w, word := range m {
		if word == 0 {
			continue
		}
		below, above := o.outside(values[64*w:min(64*w+64, rows)], low>>32, (high-1)>>32)
		s.before.more = s.before.more || word&below != 0
		s.from.more = s.from.more || word&above != 0
		word &^= below | above
		if len(places) == 0 && bits.OnesCount64(word) > 4 {
			places = placeBuf[:rows]
			o.places(from, places)
		}
		for ; word != 0; word &= word - 1 {
			i := 64*w + bits.TrailingZeros64(word)
			var u uint64
			if len(places) > 0 {
				u = uint64(o.upper(values[i]))<<32 | uint64(places[i])
			} else {
				u = uint64(o.upper(values[i]))<<32 | o.lower(from+i)
			}
			switch {
			case u >= high:
				s.from.more = true
			case u < low:
				s.before.more = true
			default:
				s.base(u, from+i)
				low, high = s.window()
			}
		}
	}
}

// base sorts one row of the base to its side.
func (s *sides) base(u uint64, row int) {
	side := &s.from
	switch {
	case u < s.at.u:
		side = &s.before
	case u == s.at.u && s.after:
		return
	}
	side.offer(candidate{place: place{u: u}, base: row})
}

// window gives the numbers [low, high) that may still be on the page, or next to
// it.
func (s *sides) window() (low, high uint64) {
	low, high = s.at.u, max(1, s.at.u)
	if s.after {
		high = s.at.u + 1
	}
	if s.before.n > 0 {
		if low = 0; len(s.before.heap) == s.before.n {
			low = s.before.heap[0].u
		}
	}
	if s.from.n > 0 {
		if high = ^uint64(0); len(s.from.heap) == s.from.n {
			high = s.from.heap[0].u + 1
		}
	}
	return low, high
}

// begin puts the key where a page begins: before all or after all for the first
// page and the last.
func (s *sides) begin(o *ordering, dir model.PageDir, key string, n int) {
	n = max(n, 0)
	s.before, s.from = nearest{o: o, back: true}, nearest{o: o}
	switch {
	case dir == model.PageLast:
		s.at.u, s.all = ^uint64(0), -1
	case dir == model.PageFirst || key == "":
		s.all = 1
	default:
		s.at = o.find(key)
	}
	switch dir {
	case model.PageLast, model.PageBefore:
		s.before.n = n
	case model.PageAround:
		s.before.n, s.from.n = n, n
	default:
		s.from.n = n
	}
	s.after = dir == model.PageAfter
}

// Page gives the customers of a page of those that meet a condition, in an
// order, with their keys, how many there are in all, and whether they go on
// beyond the page in the direction asked. A key names a place in an order for
// good: it begins a page whatever came or went since. Keys are in the order of
// the list as texts, differ from each other, and end with the customer's id; by
// name ascending they are folded name, NUL, id. "" lies before all. SortBest is
// by name.
func (l *Live) Page(c *Cond, by model.QuerySort, dir model.PageDir, key string, n int) (ids []model.ID, keys []string, found int, more bool) {
	defer l.read()()
	o := l.newOrdering(c, by)
	var s sides
	s.begin(o, dir, key, n)
	found = l.base.sort(o, c.in(l.base), l.masked, &s)
	for _, r := range l.rows {
		if c.row(r) {
			found++
			s.changed(o.changed(r))
		}
	}
	list := append(s.before.list(), s.from.list()...)
	ids, keys = make([]model.ID, 0, len(list)), make([]string, 0, len(list))
	for i := range list {
		p := list[i].place
		if list[i].base >= 0 {
			p = o.row(list[i].base)
		}
		ids, keys = append(ids, p.id), append(keys, o.key(&p))
	}
	if dir == model.PageLast || dir == model.PageBefore {
		return ids, keys, found, s.before.more
	}
	return ids, keys, found, s.from.more
}

// sort sorts the rows that meet a condition to the sides of a key, and tells how
// many there are. Blocks come in no order: where numbers go up with the rows, as
// those of the day added do, a heap would else take in each of them.
func (b *Base) sort(o *ordering, c *bound, masked []uint32, s *sides) (found int) {
	var m mask
	blocks := b.blocks()
	step := strideOf(blocks)
	for i := range blocks {
		from := (i * step % blocks) * blockRows
		if !b.block(c, masked, from, &m) {
			continue
		}
		n := m.count()
		found += n
		if n < blockRows/16 {
			m.each(from, func(row int) { s.base(o.at(row), row) })
			continue
		}
		s.block(from, min(blockRows, b.rows-from), &m)
	}
	return found
}

// strideOf gives a step of somewhat over three fifths that meets every one of n.
func strideOf(n int) int {
	common := func(a, b int) int {
		for b != 0 {
			a, b = b, a%b
		}
		return a
	}
	step := max(1, n*618/1000)
	for common(step, n) > 1 {
		step++
	}
	return step
}
