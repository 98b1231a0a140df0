package kit

import "math"

// CurveOptions is what [Curve] draws. All words come from the caller and are
// cleaned when drawn.
type CurveOptions struct {
	// Values are the running totals of profit over customers, the most
	// profitable first: the first value is the profit of the best customer
	// alone, the last one that of all. The curve begins at nought. What is not
	// a number changes nothing.
	Values []float64
	// Full is the value of the 100 % line, as a rule the last total; 0 or less
	// has no such line.
	Full float64
	// ZeroLabel, FullLabel and PeakLabel stand at the left of the line of
	// nought, the 100 % line and the highest point. The lines are drawn without
	// names too.
	ZeroLabel, FullLabel, PeakLabel string
	// FromLabel and ToLabel stand under the left and the right end.
	FromLabel, ToLabel string
	// W and H are the cells and rows of all of it.
	W, H int
}

// Curve draws the whale curve: how profit adds up from the most to the least
// profitable customer, in dots of an eighth of a cell, whatever the number of
// customers. It gives exactly H rows of exactly W cells. The line of nought is
// ─, the 100 % line ┄. In little room the names go.
func Curve(th *Theme, o CurveOptions) []string {
	if o.H <= 0 {
		return nil
	}
	if o.W <= 0 {
		return make([]string, o.H)
	}
	rows, left := o.H, 0
	if (o.FromLabel != "" || o.ToLabel != "") && rows > 2 {
		rows--
	}
	for _, l := range []string{o.ZeroLabel, o.FullLabel, o.PeakLabel} {
		left = max(left, seen(l, o.W))
	}
	if left > 0 {
		left = min(left, o.W/3) + 2
	}
	if o.W < left+minBar || rows < 2 {
		left = 0
	}
	c := newCanvas(o.W-left, rows)
	labels := drawCurve(c, o)
	out := make([]string, 0, o.H)
	for y := range rows {
		line := c.row(th, y)
		if left > 0 {
			line = scaleCells(th, labels[y].text, left, labels[y].crossed) + line
		}
		out = append(out, line)
	}
	if rows < o.H {
		ends := Ends(word(o.FromLabel, c.w), word(o.ToLabel, c.w), c.w)
		out = append(out, spaces(left)+th.Paint(InkMuted, ends))
	}
	return out
}

// curveLabel is what stands at the left of one row.
type curveLabel struct {
	text    string
	crossed bool // a line starts here
}

// drawCurve fills the canvas and names its rows.
func drawCurve(c *canvas, o CurveOptions) []curveLabel {
	full := number(o.Full)
	lo, hi := 0.0, max(full, 0)
	for _, v := range o.Values {
		if !math.IsNaN(v) {
			lo, hi = min(lo, number(v)), max(hi, number(v))
		}
	}
	if hi-lo < tiny {
		hi = lo + 1
	}
	d := dots{w: c.w * 2, h: c.h * 4, lo: lo, hi: hi, bits: make([]byte, c.w*c.h)}
	d.trace(o.Values)

	labels := make([]curveLabel, c.h)
	if hi > max(full, 0) {
		labels[0].text = o.PeakLabel
	}
	if full >= tiny {
		y := d.at(full) / 4
		c.line(0, c.w, y, '┄', InkAccent)
		labels[y] = curveLabel{o.FullLabel, true}
	}
	zero := d.at(0) / 4
	c.line(0, c.w, zero, '─', InkBorder)
	labels[zero] = curveLabel{o.ZeroLabel, true}
	for i, b := range d.bits {
		if b != 0 {
			c.runes[i], c.inks[i] = rune(0x2800)+rune(b), InkText
		}
	}
	return labels
}

// dots is a field of dots, two beside and four under each other in a cell.
type dots struct {
	w, h   int
	lo, hi float64
	bits   []byte // by cell, as the low byte of a braille pattern
}

// dotBits are the dots of a braille pattern by row and column (Unicode, chapter
// 21.1): it numbers them down the left side, down the right, then the feet.
var dotBits = [4][2]byte{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

// at is the row of dots of a value, 0 at the top.
func (d *dots) at(v float64) int {
	return int(math.Round((1 - share(v, d.lo, d.hi)) * float64(d.h-1)))
}

func (d *dots) set(x, y int) {
	d.bits[y/4*(d.w/2)+x/2] |= dotBits[y%4][x%2]
}

// trace draws the curve through nought and all values, spread evenly over the
// width. Each column of dots spans all that the curve does between it and the
// one before, so that no peak is lost.
func (d *dots) trace(values []float64) {
	if len(values) == 0 {
		return
	}
	y := d.at(0)
	d.set(0, y)
	i, before, after := 0, 0.0, 0.0 // the next value, and those around a place
	for x := 1; x < d.w; x++ {
		place := float64(x) / float64(d.w-1) * float64(len(values))
		top, foot := y, y
		for i < len(values) && float64(i) < place {
			before = after // what the curve comes to at place i
			top, foot = min(top, d.at(before)), max(foot, d.at(before))
			if !math.IsNaN(values[i]) {
				after = number(values[i])
			}
			i++
		}
		part := min(max(place-float64(i-1), 0), 1)
		end := d.at(before + (after-before)*part)
		d.join(x, y, end, min(top, end), max(foot, end))
		y = end
	}
}

// join draws column x from top to foot, without the dot of the column before
// when the curve does no more than leave it.
func (d *dots) join(x, from, to, top, foot int) {
	switch {
	case top == from && foot > from:
		top++
	case foot == from && top < from:
		foot--
	}
	for y := min(top, to); y <= max(foot, to); y++ {
		d.set(x, y)
	}
}
