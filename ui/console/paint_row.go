package console

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// cell is one place of a row. The second place of a wide character has no text.
type cell struct {
	text string
	ink  ink
}

var blankCell = cell{text: " "}

// readRow makes cells of a painted row and fills the rest with blanks. It tells
// whether there are wide characters. Escape sequences other than of style, and
// controls, are left out: nothing that is drawn here holds them.
func readRow(into []cell, row string, p colorprofile.Profile) (wide bool) {
	x := 0
	var given, pen ink // as it was painted, and as this terminal shows it
	for i := 0; i < len(row); {
		c := row[i]
		switch {
		case c == 0x1b:
			seq, _, n, _ := ansi.DecodeSequence(row[i:], ansi.NormalState, nil)
			if params, ok := strings.CutPrefix(seq, "\x1b["); ok && strings.HasSuffix(params, "m") {
				given = given.with(params[:len(params)-1])
				pen = given.shown(p)
			}
			i += max(n, 1)
		case c < 0x20 || c == 0x7f:
			i++
		case c < 0x80 && (i+1 == len(row) || row[i+1] < 0x80):
			if x == len(into) {
				return wide
			}
			into[x] = cell{row[i : i+1], pen}
			x, i = x+1, i+1
		default:
			text, w := ansi.FirstGraphemeCluster(row[i:], ansi.GraphemeWidth)
			i += max(len(text), 1)
			if w == 0 {
				continue
			}
			if x+w > len(into) { // half of it would stand beyond the edge
				row = ""
				continue
			}
			into[x] = cell{text, pen}
			for k := 1; k < w; k++ {
				into[x+k] = cell{"", pen}
				wide = true
			}
			x += w
		}
	}
	for ; x < len(into); x++ {
		into[x] = blankCell
	}
	return wide
}

// changedRow writes what makes the row y of the terminal from old to new.
func (p *painter) changedRow(y int, old, now string) {
	from, to := p.scratch.rows(p.width)
	wide := readRow(from, old, p.profile)
	wide = readRow(to, now, p.profile) || wide
	first, last := 0, p.width-1
	for first <= last && from[first] == to[first] {
		first++
	}
	for first < last && from[last] == to[last] {
		last--
	}
	if first > last {
		return
	}
	if wide {
		// What remains of a wide character that is half written over, terminals
		// do not agree on: the whole row is written anew.
		first, last = 0, p.width-1
		for i := range from {
			from[i] = cell{}
		}
	}
	end := p.width // after it all is blank
	for end > 0 && to[end-1] == blankCell {
		end--
	}
	p.between(y, first, last, end, from, to)
}

// Shorter than these it is cheaper to write cells than to pass over or clear
// them.
const (
	worthPassing  = 5
	worthClearing = 9
)

func (p *painter) between(y, first, last, end int, from, to []cell) {
	for x := first; x <= last; {
		if n := alike(from[x:last+1], to[x:last+1]); n >= worthPassing {
			x += n
			continue
		}
		if x >= end && p.width-x > 2 {
			p.move(x, y)
			p.pen(ink{})
			p.out = append(p.out, ansi.EraseLineRight...)
			return
		}
		if n := blanks(to[x : last+1]); n >= worthClearing && x+n < p.width {
			p.move(x, y)
			p.pen(ink{})
			p.csi(n, 'X') // ECH
			x += n
			continue
		}
		p.move(x, y)
		p.pen(to[x].ink)
		p.out = append(p.out, to[x].text...)
		x++
		for x <= last && to[x].text == "" {
			x++
		}
		p.x = x
	}
}

func alike(a, b []cell) int {
	for i := range a {
		if a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

func blanks(c []cell) int {
	for i := range c {
		if c[i] != blankCell {
			return i
		}
	}
	return len(c)
}
