package svg

import "math"

// Bar is one row of [Bars].
type Bar struct {
	Label string
	Value float64
	// Max is the value of a whole bar; 0 stands for the largest of all rows,
	// whatever its sign.
	Max float64
	// Shown is the value in words, Note what is said behind it.
	Shown, Note string
}

// BarsOptions is what [Bars] draws; the height follows from the rows.
type BarsOptions struct {
	Head
	Rows []Bar
}

// Bars draws a ranked list: label, bar, number and note. With a negative value
// among them all bars start at an axis; that one goes to the left and is open
// where others are full.
func Bars(o BarsOptions) string {
	const pitch, thick = 26, 14
	w, _ := o.size()
	h := float64(max(len(o.Rows)*pitch, line))
	p := open(o.Head, w, h)
	most, label, shown, note := 0.0, 0.0, 0.0, 0.0
	for _, r := range o.Rows {
		most = max(most, math.Abs(number(r.Value)))
		label = max(label, width(clean(r.Label)))
		shown = max(shown, width(clean(r.Shown)))
		note = max(note, width(clean(r.Note)))
	}
	label, shown, note = min(label, w*0.35), min(shown, w*0.2), min(note, w*0.2)
	left, right := label+10, w-shown-12
	if note > 0 {
		right -= note + 10
	}
	parts := make([]float64, len(o.Rows))
	neg, pos := 0.0, 0.0
	for i, r := range o.Rows {
		full := number(r.Max)
		if full <= 0 || math.IsInf(r.Max, 0) {
			full = most
		}
		parts[i] = part(r.Value, full)
		neg, pos = max(neg, -parts[i]), max(pos, parts[i])
	}
	unit := (right - left) / max(neg+pos, tiny)
	if neg == 0 {
		unit = right - left
	}
	zero := left + neg*unit
	if neg > 0 {
		p.rule("axis", zero, 0, zero, h, "")
	}
	for i, r := range o.Rows {
		y := float64(i * pitch)
		base := y + thick
		p.text(0, base, start, "label", r.Label, label+1)
		p.bar(zero, y+3, parts[i]*unit, thick)
		p.text(right+8+shown, base, end, "number", r.Shown, shown+1)
		p.text(right+18+shown, base, start, "note", r.Note, note+1)
	}
	return p.close()
}

// bar draws length pixels from the axis, at least one for what is not nought.
func (p *page) bar(zero, y, length, thick float64) {
	if length == 0 {
		return
	}
	x, size := zero, max(math.Abs(length), 1)
	if length < 0 {
		x -= size
	}
	p.add(`<rect class="bar" x="`, num(x), `" y="`, num(y), `" width="`, num(size), `" height="`, num(thick), `"`)
	if length < 0 {
		p.add(` fill="none" stroke="currentColor"`)
	} else {
		p.add(` fill="currentColor"`)
	}
	p.add("/>\n")
}

// part is value as a part of full, from -1 to 1.
func part(value, full float64) float64 {
	value = number(value)
	if value == 0 {
		return 0
	}
	if full < tiny {
		return math.Copysign(1, value)
	}
	f := min(max(value/full, -1), 1)
	return math.Copysign(max(math.Abs(f), tiny), value) // never nought by division
}
