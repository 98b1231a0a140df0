package kit

import (
	"math"
	"strings"
)

// lefts are the widths of a bar within one cell, an eighth apart.
var lefts = [...]rune{'▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'}

// Bar draws a value as a horizontal bar in w cells, of which full takes all. It
// is padded with spaces. Nought has no bar, anything else at least the thinnest;
// what is more than full is drawn as full. A negative value is drawn as long as
// its opposite, behind a minus sign. When full is not above nought, every bar
// is as long as it can be.
func Bar(th *Theme, value, full float64, w int) string {
	if w <= 0 {
		return ""
	}
	f := part(value, full)
	if f >= 0 {
		return th.Paint(InkText, rightward(f*float64(w), w))
	}
	return th.Paint(InkText, "-"+rightward(-f*float64(w-1), w-1))
}

// part is value as a part of full, from -1 to 1.
func part(value, full float64) float64 {
	value, full = number(value), number(full)
	switch {
	case value == 0:
		return 0
	case full < tiny:
		return math.Copysign(1, value)
	}
	f := min(max(value/full, -1), 1)
	return math.Copysign(max(math.Abs(f), tiny), value) // never nought by division
}

// rightward is a bar of so many cells from the left side of w.
func rightward(cells float64, w int) string {
	n := min(int(math.Round(cells*8)), w*8)
	if cells > 0 && w > 0 {
		n = max(n, 1)
	}
	s := strings.Repeat("█", n/8)
	if n%8 > 0 {
		s += string(lefts[n%8-1])
	}
	return s + spaces(w-(n+7)/8)
}

// leftward is the same from the right side, by halves: there are no finer
// blocks for it.
func leftward(cells float64, w int) string {
	n := min(int(math.Round(cells*2)), w*2)
	if cells > 0 && w > 0 {
		n = max(n, 1)
	}
	s := strings.Repeat("█", n/2)
	if n%2 > 0 {
		s = "▐" + s
	}
	return spaces(w-(n+1)/2) + s
}

// RankedRow is one row of a ranked list. Its texts are from outside and are
// cleaned when drawn.
type RankedRow struct {
	Label string
	Value float64
	// Max is the value of a whole bar; 0 stands for the largest of all rows,
	// whatever its sign.
	Max float64
	// Shown is the value in words: "14", "€ 1,240".
	Shown string
	// Note is said behind the number where there is room.
	Note string
}

// The least cells a bar is worth drawing in, and the least it keeps when there
// is a note; the least cells of a label beside a bar.
const minBar, roomyBar, minLabel = 6, 10, 8

// Ranked draws rows as label, bar, number and note, each under the one above,
// in exactly w cells. When it gets narrow the note goes first, then labels are
// cut, then the bars go; the numbers stay. With a negative value among them all
// bars start at an axis and that one goes to the left.
func Ranked(th *Theme, rows []RankedRow, w int) []string {
	if w <= 0 {
		return make([]string, len(rows))
	}
	l := layRanked(rows, w)
	parts := make([]float64, len(rows))
	for i, r := range rows {
		full := r.Max
		if !isFinite(full) || full <= 0 {
			full = l.most
		}
		parts[i] = part(r.Value, full)
	}
	var s axis
	if l.bar > 0 {
		s = scale(parts, l.bar)
	}
	widths := []int{l.label, l.bar, l.shown, l.note}
	out := make([]string, len(rows))
	for i, r := range rows {
		bar := ""
		if l.bar > 0 {
			bar = s.draw(th, parts[i])
		}
		shown := word(r.Shown, l.shown)
		cells := []string{
			th.Paint(InkText, word(r.Label, l.label)), bar,
			spaces(l.shown-Width(shown)) + th.Paint(InkText, shown),
			th.Paint(InkMuted, word(r.Note, l.note)),
		}
		out[i] = Fit(Columns(cells, widths), w)
	}
	return out
}

// ranked is the cells each column takes; 0 leaves it out.
type ranked struct {
	label, bar, shown, note int
	most                    float64 // the largest value without its sign
}

func layRanked(rows []RankedRow, w int) (l ranked) {
	for _, r := range rows {
		l.label = max(l.label, seen(r.Label, w))
		l.shown = max(l.shown, seen(r.Shown, w))
		l.note = max(l.note, seen(r.Note, w))
		l.most = max(l.most, math.Abs(number(r.Value)))
	}
	rest := w
	if l.shown > 0 {
		rest -= l.shown + 2
	}
	l.label = min(l.label, max(minLabel, w*2/5), max(rest, 0))
	l.bar = rest
	if l.label > 0 {
		l.bar -= l.label + 2
	}
	if l.bar < minBar {
		l.bar, l.note = 0, 0
		l.label = max(rest, 0)
		return l
	}
	if l.note > 0 {
		room := l.bar - 2 - roomyBar
		if room < min(l.note, minLabel) {
			l.note = 0
			return l
		}
		l.note = min(l.note, room)
		l.bar -= l.note + 2
	}
	return l
}

// axis is how bars on both sides of nought share their cells.
type axis struct {
	neg, pos int     // cells to the left and to the right
	cells    float64 // of a whole bar
}

// scale shares w cells, at least three, so that one unit is as long on both sides.
func scale(parts []float64, w int) axis {
	n, p := 0.0, 0.0
	for _, f := range parts {
		n, p = max(n, -f), max(p, f)
	}
	if n == 0 {
		return axis{pos: w, cells: float64(w)}
	}
	a := axis{}
	a.neg = min(max(int(math.Round(float64(w-1)*n/(n+p))), 1), w-1)
	if p > 0 {
		a.neg = min(a.neg, w-2)
	}
	a.pos = w - 1 - a.neg
	a.cells = float64(a.neg) / n
	if p > 0 {
		a.cells = min(a.cells, float64(a.pos)/p)
	}
	return a
}

func (a axis) draw(th *Theme, f float64) string {
	if a.neg == 0 {
		return th.Paint(InkText, rightward(f*a.cells, a.pos))
	}
	return th.Paint(InkText, leftward(max(-f, 0)*a.cells, a.neg)) +
		th.Paint(InkBorder, "│") +
		th.Paint(InkText, rightward(max(f, 0)*a.cells, a.pos))
}
