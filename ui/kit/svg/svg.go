// Package svg draws the charts of a report as one <svg> element each, to stand
// within an HTML page that needs nothing from elsewhere: no scripts, no fonts,
// no addresses. All words come from the caller. What is drawn takes the colour
// of the text around it, so that it reads on white paper and on a dark screen;
// [Style] adds a second colour. No colour carries meaning alone.
package svg

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Style is what a page puts once in its style element. Without it the charts
// are complete, in one colour.
const Style = `.chart{max-width:100%;height:auto}
.chart .main,.chart .bar{color:#0b5c8a}
.chart .ref{color:#8a4b00}
@media (prefers-color-scheme:dark){.chart .main,.chart .bar{color:#7cc4ee}.chart .ref{color:#f0b060}}
@media print{.chart .main,.chart .bar{color:#0b5c8a}.chart .ref{color:#8a4b00}}
`

// Head is what every chart has.
type Head struct {
	// Title names the chart and Desc says what it shows, for those who hear the
	// page. Desc should hold the numbers that matter.
	Title, Desc string
	// W and H are the size in pixels at full width; 0 stands for 640 by 240,
	// and for bars H follows from the number of rows.
	W, H int
}

// The least and the usual size, and the size of letters with the space a row of
// them takes.
const (
	leastW, leastH = 160, 80
	usualW, usualH = 640, 240
	letter, line   = 13, 18
)

func (h Head) size() (w, height float64) {
	w, height = usualW, usualH
	if h.W > 0 {
		w = float64(max(h.W, leastW))
	}
	if h.H > 0 {
		height = float64(max(h.H, leastH))
	}
	return w, height
}

// page collects the element.
type page struct{ strings.Builder }

func open(h Head, w, height float64) *page {
	p := &page{}
	p.add(`<svg class="chart" role="img" viewBox="0 0 `, num(w), " ", num(height), `" width="`, num(w), `" height="`, num(height),
		`" font-family="system-ui, sans-serif" font-size="`, num(letter), "\" fill=\"currentColor\">\n")
	p.add("<title>", escape(h.Title), "</title>\n<desc>", escape(h.Desc), "</desc>\n")
	return p
}

func (p *page) close() string {
	p.add("</svg>\n")
	return p.String()
}

func (p *page) add(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// The ends of a text that can stand at its place.
const (
	start  = "start"
	middle = "middle"
	end    = "end"
)

// text writes a text of at most room pixels; when it is cut, all of it is its
// title.
func (p *page) text(x, y float64, anchor, class, s string, room float64) {
	s = clean(s)
	short := cut(s, room)
	if width(short) == 0 { // nothing, or marks without a letter
		return
	}
	p.add(`<text class="`, class, `" x="`, num(x), `" y="`, num(y), `"`)
	if anchor != start {
		p.add(` text-anchor="`, anchor, `"`)
	}
	p.add(">", escape(short))
	if short != s {
		p.add("<title>", escape(s), "</title>")
	}
	p.add("</text>\n")
}

// rule writes a straight line; dash "" is unbroken.
func (p *page) rule(class string, x1, y1, x2, y2 float64, dash string) {
	p.add(`<line class="`, class, `" x1="`, num(x1), `" y1="`, num(y1), `" x2="`, num(x2), `" y2="`, num(y2), `" stroke="currentColor"`)
	if dash != "" {
		p.add(` stroke-dasharray="`, dash, `"`)
	} else {
		p.add(` stroke-opacity="0.4"`)
	}
	p.add("/>\n")
}

// path writes a line through points.
func (p *page) path(class string, points []point) {
	p.add(`<polyline class="`, class, `" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" points="`)
	for i, at := range points {
		if i > 0 {
			p.add(" ")
		}
		p.add(num(at.x), ",", num(at.y))
	}
	p.add("\"/>\n")
}

type point struct{ x, y float64 }

// dot writes a circle: a full one for a value, an open one for its absence.
func (p *page) dot(class string, at point, r float64, full bool) {
	p.add(`<circle class="`, class, `" cx="`, num(at.x), `" cy="`, num(at.y), `" r="`, num(r), `"`)
	if !full {
		p.add(` fill="none" stroke="currentColor"`)
	}
	p.add("/>\n")
}

// num writes a coordinate with at most one decimal.
func num(v float64) string {
	s := strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// escape makes a text safe within an element, in HTML and in XML.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(clean(s))) // a builder never fails
	return b.String()
}

// clean takes out what a text may not hold in XML or what would turn the
// direction of what is beside it; a "·" shows the place.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r == utf8.RuneError, r&0xfffe == 0xfffe, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return '·'
		}
		return r
	}, s)
}

// width is about how wide a text is. The font is the reader's own, so this errs
// on the wide side.
func width(s string) float64 {
	n := 0.0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case r >= 0x1100:
		return letter * 1.05
	case unicode.IsUpper(r) || r == 'm' || r == 'w' || r == '%':
		return letter * 0.72
	}
	return letter * 0.58
}

// cut shortens a text to about room pixels.
func cut(s string, room float64) string {
	n := 0.0
	fits := 0 // the bytes that fit with … behind them
	for i, r := range s {
		n += runeWidth(r)
		if n > room {
			if fits == 0 {
				return ""
			}
			return s[:fits] + "…"
		}
		if n+letter <= room {
			fits = i + utf8.RuneLen(r)
		}
	}
	return s
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

// share is how far v lies between lo and hi, from 0 to 1, and halfway when
// there is no distance.
func share(v, lo, hi float64) float64 {
	if hi-lo < tiny {
		return 0.5
	}
	return min(max((number(v)-lo)/(hi-lo), 0), 1)
}
