package svg

import "math"

// CurveOptions is what [Curve] draws.
type CurveOptions struct {
	Head
	// Values are the running totals of profit over customers, the most
	// profitable first; the curve begins at nought. What is not a number
	// changes nothing.
	Values []float64
	// Full is the value of the 100 % line, as a rule the last total; 0 or less
	// has no such line.
	Full float64
	// ZeroLabel, FullLabel and PeakLabel name the line of nought, the 100 %
	// line and the highest point.
	ZeroLabel, FullLabel, PeakLabel string
	// FromLabel and ToLabel stand under the left and the right end.
	FromLabel, ToLabel string
}

// most is the number of stretches the curve is drawn in; of each the highest
// and the lowest point are kept, so that a page stays small however many
// customers there are.
const most = 240

// Curve draws the whale curve: how profit adds up from the most to the least
// profitable customer.
func Curve(o CurveOptions) string {
	w, h := o.size()
	p := open(o.Head, w, h)
	full := number(o.Full)
	lo, hi := 0.0, max(full, 0)
	top := 0 // the highest point: 0 is the start, i+1 the value i
	values := make([]float64, 1, len(o.Values)+1)
	for i, v := range o.Values {
		if math.IsNaN(v) {
			v = values[i]
		}
		v = number(v)
		values = append(values, v)
		lo, hi = min(lo, v), max(hi, v)
		if v > values[top] {
			top = i + 1
		}
	}
	if hi-lo < tiny {
		hi = lo + 1
	}
	left := 10.0
	for _, s := range []string{o.ZeroLabel, o.FullLabel} {
		left = max(left, min(width(clean(s)), w/4)+10)
	}
	upper, foot, right := float64(line)+4, h-line-6, w-8
	at := func(i int) point {
		return point{left + float64(i)/float64(max(len(values)-1, 1))*(right-left), foot - share(values[i], lo, hi)*(foot-upper)}
	}
	y := func(v float64) float64 { return foot - share(v, lo, hi)*(foot-upper) }

	p.rule("axis", left, y(0), right, y(0), "")
	p.text(left-6, y(0)+letter/2-2, end, "scale", o.ZeroLabel, left-8)
	if full >= tiny {
		p.add(`<g class="ref" fill="currentColor">` + "\n")
		p.rule("line", left, y(full), right, y(full), "6 4")
		if math.Abs(y(full)-y(0)) >= line {
			p.text(left-6, y(full)+letter/2-2, end, "name", o.FullLabel, left-8)
		}
		p.add("</g>\n")
	}
	if len(o.Values) > 0 {
		p.add(`<g class="main" fill="currentColor">` + "\n")
		var points []point
		for _, i := range thin(values) {
			points = append(points, at(i))
		}
		p.path("line", points)
		p.dot("peak", at(top), 3, true)
		half := min(width(clean(o.PeakLabel)), w/2) / 2
		p.text(min(max(at(top).x, half), w-half), at(top).y-8, middle, "name", o.PeakLabel, w/2)
		p.add("</g>\n")
	}
	p.text(left, h-6, start, "from", o.FromLabel, (right-left)/2-6)
	p.text(right, h-6, end, "to", o.ToLabel, (right-left)/2-6)
	return p.close()
}

// thin picks the points to draw: the first and last one, and the highest and
// lowest of each stretch, in their order.
func thin(values []float64) []int {
	var out []int
	add := func(i int) {
		if len(out) == 0 || out[len(out)-1] < i {
			out = append(out, i)
		}
	}
	add(0)
	stretch := max((len(values)+most-1)/most, 1)
	for from := 0; from < len(values); from += stretch {
		high, low := from, from
		for i := from; i < min(from+stretch, len(values)); i++ {
			if values[i] > values[high] {
				high = i
			}
			if values[i] < values[low] {
				low = i
			}
		}
		add(min(high, low))
		add(max(high, low))
	}
	add(len(values) - 1)
	return out
}
