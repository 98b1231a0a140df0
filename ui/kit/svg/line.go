package svg

import "math"

// LineOptions is what [Line] draws.
type LineOptions struct {
	Head
	// Values has one value a month, the oldest first. Those marked in Gaps
	// (which may be shorter, or nil), and what is not a number, had no data.
	Values []float64
	Gaps   []bool
	// Labels names the months; those that would touch are left out.
	Labels []string
	// Lo and Hi are the ends of the scale. When they are not finite, or the
	// wrong way round, the least and greatest value take their place.
	Lo, Hi float64
	// LoLabel and HiLabel are those ends in words.
	LoLabel, HiLabel string
	// Ref is the value of a dashed line named RefLabel; without that name, or
	// outside the scale, there is none.
	Ref      float64
	RefLabel string
}

// Line draws a value by month as a line with a dot a month. A month without
// data breaks the line and has an open dot at the foot. Nought has a line of its
// own when the scale has it within.
func Line(o LineOptions) string {
	w, h := o.size()
	p := open(o.Head, w, h)
	lo, hi := o.bounds()
	left := min(max(width(clean(o.LoLabel)), width(clean(o.HiLabel))), w/4) + 10
	top, foot := float64(line)/2, h-line-6
	right := w - 8
	if o.hasRef(lo, hi) {
		right = w - min(width(clean(o.RefLabel))+12, w/3)
	}
	y := func(v float64) float64 { return foot - share(v, lo, hi)*(foot-top) }
	x := func(i int) float64 {
		if len(o.Values) == 1 {
			return (left + right) / 2
		}
		return left + 8 + float64(i)/float64(len(o.Values)-1)*(right-left-16)
	}
	p.rule("axis", left, foot, right, foot, "")
	p.rule("axis", left, top, left, foot, "")
	if lo < 0 && hi > 0 {
		p.rule("zero", left, y(0), right, y(0), "")
	}
	p.text(left-6, top+letter/2-2, end, "scale", o.HiLabel, left-8)
	p.text(left-6, foot, end, "scale", o.LoLabel, left-8)
	if o.hasRef(lo, hi) {
		p.add(`<g class="ref" fill="currentColor">` + "\n")
		p.rule("line", left, y(o.Ref), right, y(o.Ref), "6 4")
		p.text(right+6, y(o.Ref)+letter/2-2, start, "name", o.RefLabel, w-right-8)
		p.add("</g>\n")
	}
	p.add(`<g class="main" fill="currentColor">` + "\n")
	var run []point
	for i, v := range o.Values {
		if o.isGap(i) {
			p.run(run)
			run = nil
			p.dot("gap", point{x(i), foot}, 3, false)
			continue
		}
		run = append(run, point{x(i), y(v)})
		p.dot("value", point{x(i), y(v)}, 3, true)
	}
	p.run(run)
	p.add("</g>\n")
	p.months(o.Labels[:min(len(o.Labels), len(o.Values))], x, h-6, w)
	return p.close()
}

// run draws months that follow each other; one alone is its dot.
func (p *page) run(points []point) {
	if len(points) > 1 {
		p.path("line", points)
	}
}

// months names each k-th month, counted from the newest, with the least k that
// keeps names apart.
func (p *page) months(labels []string, x func(int) float64, y, w float64) {
	for k := 1; k <= len(labels); k++ {
		next, apart := w, true
		for i := len(labels) - 1; i >= 0 && apart; i -= k {
			half := min(width(clean(labels[i])), w/4) / 2
			if half == 0 {
				continue
			}
			at := min(x(i), w-half)
			apart = at+half <= next
			next = at - half - 6
		}
		if !apart && k < len(labels) {
			continue
		}
		for i := len(labels) - 1; i >= 0; i -= k {
			half := min(width(clean(labels[i])), w/4) / 2
			p.text(min(x(i), w-half), y, middle, "month", labels[i], w/4)
		}
		return
	}
}

func (o LineOptions) isGap(i int) bool {
	return i < len(o.Gaps) && o.Gaps[i] || math.IsNaN(o.Values[i])
}

func (o LineOptions) hasRef(lo, hi float64) bool {
	return o.RefLabel != "" && o.Ref >= lo && o.Ref <= hi
}

func (o LineOptions) bounds() (lo, hi float64) {
	if o.Lo <= o.Hi && !math.IsInf(o.Lo, 0) && !math.IsInf(o.Hi, 0) {
		return number(o.Lo), number(o.Hi)
	}
	some := false
	for i, v := range o.Values {
		if o.isGap(i) {
			continue
		}
		v = number(v)
		if !some {
			lo, hi, some = v, v, true
		}
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}
