package kit

import (
	"math"
	"strings"
)

// SeriesOptions is what [Series] draws. All words come from the caller and are
// cleaned when drawn.
type SeriesOptions struct {
	// Values has one value a month, the oldest first. Those marked in Gaps
	// (which may be shorter, or nil), and what is not a number, had no data.
	Values []float64
	Gaps   []bool
	// Labels names the months; an empty one is left out.
	Labels []string
	// Lo and Hi are the ends of the scale. When they are not finite, or the
	// wrong way round, the least and greatest value take their place.
	Lo, Hi float64
	// LoLabel and HiLabel are those ends in words.
	LoLabel, HiLabel string
	// Ref is the value of a line ┄ across the chart, named RefLabel; without
	// that name, or outside the scale, there is none.
	Ref      float64
	RefLabel string
	// W and H are the cells and rows of all of it.
	W, H int
}

// Series draws a value by month in columns: exactly H rows of exactly W cells,
// the last row naming the months, as many of them as fit without touching. A
// month without data is "·" at the foot. Columns stand on nought when the scale
// has it within, and hang from it below; otherwise they stand on the end of the
// scale that is nearest to nought. In little room first the name of the line
// goes, then the scale, then the oldest months.
func Series(th *Theme, o SeriesOptions) []string {
	if o.H <= 0 {
		return nil
	}
	if o.W <= 0 {
		return make([]string, o.H)
	}
	s := laySeries(o)
	c := newCanvas(s.plot, s.rows)
	ref := s.drawRef(c)
	for i := s.first; i < len(o.Values); i++ {
		s.drawColumn(c, i)
	}
	// Columns without a space between them would hide the line.
	if ref >= 0 && s.step == 1 && s.right == 0 {
		c.line(0, s.plot, ref, '┄', InkAccent)
	}
	out := make([]string, 0, o.H)
	for y := range s.rows {
		line := s.scaleAt(th, y, ref) + c.row(th, y)
		if y == ref && s.right > 0 {
			line += " " + th.Paint(InkAccent, word(o.RefLabel, s.right-1))
		}
		out = append(out, Fit(line, o.W))
	}
	if s.rows < o.H {
		out = append(out, s.months(th))
	}
	return out
}

// maxStep is the most cells a month takes, so that two months do not become two
// walls; tail is how far the line runs on beyond the last column.
const maxStep, tail = 8, 2

// series is where the parts of a chart stand.
type series struct {
	o                 SeriesOptions
	lo, hi, base      float64
	left, plot, right int     // cells of the scale, the columns, the line's name
	first             int     // the first month drawn
	step, col         int     // cells of a month, of its column
	rows, up          int     // rows in all, and above nought
	unit              float64 // the value of one row
}

func laySeries(o SeriesOptions) *series {
	s := &series{o: o, rows: o.H}
	s.lo, s.hi = bounds(o.Values, o.Gaps, o.Lo, o.Hi)
	s.level()
	if strings.Join(o.Labels, "") != "" && o.H > 1 {
		s.rows--
	}
	s.share()
	n := max(len(o.Values), 1)
	if y := max(seen(o.LoLabel, o.W), seen(o.HiLabel, o.W)); y > 0 && s.rows > 1 {
		s.left = min(y, o.W/3) + 2
	}
	if s.hasRef() {
		s.right = min(seen(o.RefLabel, o.W), o.W/3) + 1
	}
	more := func() int {
		if s.right > 0 {
			return tail
		}
		return 0
	}
	if o.W-s.left-s.right-more() < n {
		s.right = 0
	}
	if o.W-s.left < n {
		s.left = 0
	}
	room := o.W - s.left - s.right - more()
	s.first = max(len(o.Values)-room, 0)
	n = max(len(o.Values)-s.first, 1)
	s.step = min(room/n, maxStep)
	s.col = max(s.step-1, 1)
	s.plot = min(s.step*n+more(), o.W-s.left-s.right)
	return s
}

// level gives a scale without any height one that has.
func (s *series) level() {
	if s.hi-s.lo < tiny {
		v := min(max(s.lo, -huge/2), huge/2)
		s.lo, s.hi = min(0, 2*v), max(0, 2*v)
		if s.hi-s.lo < tiny {
			s.lo, s.hi = 0, 1
		}
	}
	s.base = min(max(s.lo, 0), s.hi)
}

// share divides the rows between what is above and below the foot of the
// columns.
func (s *series) share() {
	above, below := s.hi-s.base, s.base-s.lo
	s.up = int(math.Round(float64(s.rows) * above / (s.hi - s.lo)))
	if s.rows == 1 && above > 0 && below > 0 {
		// One row has no room for both sides: its foot is the lower end.
		s.base, s.up = s.lo, 1
		above, below = s.hi-s.lo, 0
	}
	if above > 0 {
		s.up = max(s.up, 1)
	}
	if below > 0 {
		s.up = min(s.up, s.rows-1)
	}
	if s.up > 0 {
		s.unit = above / float64(s.up)
	}
	if down := s.rows - s.up; down > 0 {
		s.unit = max(s.unit, below/float64(down))
	}
}

// eighths is the height of a column, negative when it hangs.
func (s *series) eighths(v float64) int {
	v = min(max(number(v), s.lo), s.hi)
	return int(math.Round((v - s.base) / s.unit * 8))
}

func (s *series) hasRef() bool {
	return s.o.RefLabel != "" && s.o.Ref >= s.lo && s.o.Ref <= s.hi
}

// drawRef draws the line and gives its row, -1 when there is none. It is the
// row in which a column of the same value ends.
func (s *series) drawRef(c *canvas) int {
	if !s.hasRef() {
		return -1
	}
	n := s.eighths(s.o.Ref)
	y := s.up - max((n+7)/8, 1)
	if n < 0 || s.up == 0 {
		y = s.up + max((-n+7)/8, 1) - 1
	}
	c.line(0, c.w, y, '┄', InkAccent)
	return y
}

func (s *series) drawColumn(c *canvas, i int) {
	x := (i - s.first) * s.step
	if isGap(s.o.Gaps, i, s.o.Values[i]) {
		c.set(x+(s.col-1)/2, max(s.up-1, 0), gapMark, InkMuted)
		return
	}
	n := s.eighths(s.o.Values[i])
	if n < 0 || s.up == 0 {
		s.hang(c, x, max(-n, 1))
		return
	}
	n = max(n, 1)
	for y := s.up - 1; n > 0; y-- {
		c.line(x, x+s.col, y, sparks[min(n, 8)-1], InkText)
		n -= 8
	}
}

// hang draws a column downwards. There are blocks for an eighth, a half and a
// whole only.
func (s *series) hang(c *canvas, x, n int) {
	for y := s.up; n > 0; y++ {
		r := '█'
		switch {
		case n < 3:
			r = '▔'
		case n < 7:
			r = '▀'
		}
		c.line(x, x+s.col, y, r, InkText)
		n -= 8
	}
}

// scaleAt is the scale beside row y.
func (s *series) scaleAt(th *Theme, y, ref int) string {
	if s.left == 0 {
		return ""
	}
	label := ""
	switch {
	case y == 0:
		label = s.o.HiLabel
	case y == s.rows-1:
		label = s.o.LoLabel
	case y == s.up-1 && s.lo < 0:
		label = "0"
	}
	return scaleCells(th, label, s.left, y == ref)
}

// scaleCells is a label at the left of a scale, w cells with the line of it.
func scaleCells(th *Theme, label string, w int, crossed bool) string {
	mark := "│"
	switch {
	case label != "" && crossed:
		mark = "┼"
	case label != "":
		mark = "┤"
	case crossed:
		mark = "├"
	}
	label = word(label, w-2)
	return spaces(w-2-Width(label)) + th.Paint(InkMuted, label) + " " + th.Paint(InkBorder, mark)
}

// months is the row of names under the columns. Each k-th month is named,
// counted from the newest, with the least k that keeps names apart.
func (s *series) months(th *Theme) string {
	last := min(len(s.o.Values), len(s.o.Labels)) - 1
	for k := 1; ; k++ {
		row, ok := s.monthsBy(k, last)
		if ok || k > last {
			return th.Paint(InkMuted, Fit(row, s.o.W))
		}
	}
}

// monthsBy names each k-th month up to the last; false when two names touch.
func (s *series) monthsBy(k, last int) (string, bool) {
	row, end := "", s.o.W
	for i := last; i >= s.first; i -= k {
		label := word(s.o.Labels[i], s.o.W)
		w := Width(label)
		if w == 0 {
			continue
		}
		x := max(min(s.left+(i-s.first)*s.step, s.o.W-w), 0)
		if x+w > end {
			return row, false
		}
		row = label + spaces(end-x-w) + row
		end = x - 1
		if end < 0 {
			return row, i-k < s.first
		}
		row = " " + row
	}
	return spaces(end) + row, true
}
