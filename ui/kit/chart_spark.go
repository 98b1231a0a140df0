package kit

import (
	"math"
	"strings"
)

// sparks are the heights of a column within one row, an eighth apart.
var sparks = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// gapMark stands where a month has no data, so that nothing measured and a
// measured nought look different.
const gapMark = '·'

// Spark draws values as a row of columns ▁▂▃▄▅▆▇█, one cell each: lo is the
// lowest column and hi the highest, what lies outside is drawn as the nearest.
// A value marked in gaps (which may be shorter, or nil) and one that is not a
// number is drawn as "·". Bounds that are not finite, or the wrong way round,
// are taken from the values.
func Spark(th *Theme, values []float64, gaps []bool, lo, hi float64) string {
	lo, hi = bounds(values, gaps, lo, hi)
	var b strings.Builder
	for i, v := range values {
		if isGap(gaps, i, v) {
			th.Write(&b, InkMuted, string(gapMark))
			continue
		}
		n := int(math.Round(share(v, lo, hi) * float64(len(sparks)-1)))
		th.Write(&b, InkText, string(sparks[n]))
	}
	return b.String()
}

// huge is where charts stop telling values apart, so that the difference of two
// of them is still finite; tiny is the least difference they are drawn by.
const huge, tiny = 1e300, 1e-300

// number makes a value one can calculate with: infinite ones become huge, what
// is not a number becomes 0.
func number(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, -huge), huge)
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func isGap(gaps []bool, i int, v float64) bool {
	return i < len(gaps) && gaps[i] || math.IsNaN(v)
}

// bounds are lo and hi where they serve, otherwise the least and greatest of
// the values.
func bounds(values []float64, gaps []bool, lo, hi float64) (least, greatest float64) {
	if isFinite(lo) && isFinite(hi) && lo <= hi {
		return number(lo), number(hi)
	}
	some := false
	for i, v := range values {
		if isGap(gaps, i, v) {
			continue
		}
		v = number(v)
		if !some {
			least, greatest, some = v, v, true
		}
		least, greatest = min(least, v), max(greatest, v)
	}
	return least, greatest
}

// share is how far v lies between lo and hi, from 0 to 1. Without any distance
// between those, what equals them lies halfway.
func share(v, lo, hi float64) float64 {
	v = number(v)
	switch {
	case hi-lo >= tiny:
		return min(max((v-lo)/(hi-lo), 0), 1)
	case v < lo:
		return 0
	case v > hi:
		return 1
	}
	return 0.5
}

// word is a text from outside in at most w cells, without blanks at its end.
// Charts set words behind blanks, which the half-width voice marks of katakana
// (U+FF9E and U+FF9F) join on some terminals and not on others, so those go.
func word(s string, w int) string {
	s = strings.Map(func(r rune) rune {
		if r == 0xFF9E || r == 0xFF9F {
			return '·'
		}
		return r
	}, Cell(s, w))
	return strings.TrimRight(Cell(s, w), " ")
}

// seen is the cells a word takes, at most w.
func seen(s string, w int) int { return Width(word(s, w)) }

// canvas is a field of cells, each with the ink it is drawn in.
type canvas struct {
	w, h  int
	runes []rune
	inks  []Token
}

func newCanvas(w, h int) *canvas {
	c := &canvas{w: w, h: h, runes: make([]rune, w*h), inks: make([]Token, w*h)}
	for i := range c.runes {
		c.runes[i] = ' '
	}
	return c
}

// set draws one cell; outside the field it does nothing.
func (c *canvas) set(x, y int, r rune, ink Token) {
	if x < 0 || x >= c.w || y < 0 || y >= c.h {
		return
	}
	c.runes[y*c.w+x], c.inks[y*c.w+x] = r, ink
}

// line draws a row of one character from x up to end.
func (c *canvas) line(x, end, y int, r rune, ink Token) {
	for ; x < end; x++ {
		c.set(x, y, r, ink)
	}
}

// row writes row y with one style for each run of the same ink.
func (c *canvas) row(th *Theme, y int) string {
	runes, inks := c.runes[y*c.w:(y+1)*c.w], c.inks[y*c.w:(y+1)*c.w]
	var b strings.Builder
	for from := 0; from < len(runes); {
		to := from + 1
		for to < len(runes) && inks[to] == inks[from] {
			to++
		}
		th.Write(&b, inks[from], string(runes[from:to]))
		from = to
	}
	return b.String()
}
