package console

import "strconv"

// Rows are scrolled when so many of them, in the same order, stand so few rows
// from where they stood. Fewer are written anew as fast.
const (
	worthScrolling = 4
	farthestScroll = 3
)

// scroll moves rows on the terminal that come back higher or lower: the rest of
// the frame then has less to write. It uses the region of DECSTBM with IND and
// RI, which more terminals know than SU and SD.
func (p *painter) scroll(rows []string) {
	most, by, first, last := 0, 0, 0, 0
	for n := 1; n <= farthestScroll; n++ {
		for _, d := range [...]int{n, -n} {
			if k, from, to := p.moved(rows, d); k > most {
				most, by, first, last = k, d, from, to
			}
		}
	}
	if most < worthScrolling {
		return
	}
	for first > 0 && p.nearly(rows, first-1, by) {
		first--
	}
	for last+1 < len(rows) && p.nearly(rows, last+1, by) {
		last++
	}
	top, bottom := min(first, first+by), max(last, last+by)
	p.out = append(p.out, "\x1b["...)
	p.out = strconv.AppendInt(p.out, int64(top+1), 10)
	p.out = append(p.out, ';')
	p.out = strconv.AppendInt(p.out, int64(bottom+1), 10)
	p.out = append(p.out, 'r')
	p.x = -1
	if by > 0 {
		p.move(0, bottom)
		for range by {
			p.out = append(p.out, "\x1bD"...)
		}
		copy(p.rows[top:], p.rows[top+by:bottom+1])
		clear(p.rows[bottom+1-by : bottom+1])
	} else {
		p.move(0, top)
		for range -by {
			p.out = append(p.out, "\x1bM"...)
		}
		copy(p.rows[top-by:bottom+1], p.rows[top:])
		clear(p.rows[top : top-by])
	}
	p.out = append(p.out, "\x1b[r"...)
	p.x = -1 // the cursor is home, or not, by the terminal's origin mode
}

// moved counts the rows that stood d rows lower and were another there, and gives
// the first and the last of them.
func (p *painter) moved(rows []string, d int) (n, first, last int) {
	for y := max(0, -d); y < len(rows) && y+d < len(rows); y++ {
		if rows[y] == p.rows[y+d] && rows[y] != p.rows[y] {
			if n == 0 {
				first = y
			}
			n, last = n+1, y
		}
	}
	return n, first, last
}

// nearly tells whether a row begins as the one that stood d rows lower, so that
// moving that one along leaves less to write.
func (p *painter) nearly(rows []string, y, d int) bool {
	if y+d < 0 || y+d >= len(rows) {
		return false
	}
	a, b := rows[y], p.rows[y+d]
	n := min(len(a), len(b))
	return n > 0 && a[:n/3] == b[:n/3]
}
