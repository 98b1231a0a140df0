package kit

import (
	"strconv"
	"strings"
)

// View draws the form in h rows of w cells, scrolled so that the field in focus
// is seen.
func (f *Form) View(w, h int) string {
	var rows []string
	from, to := 0, 0
	f.pointed = false
	for i, e := range f.fields {
		start := len(rows)
		rows = f.drawField(rows, e, i == f.focus, w)
		if i == f.focus {
			from, to = start, len(rows)
		}
	}
	if to > f.top+h {
		f.top = to - h
	}
	if from < f.top {
		f.top = from
	}
	f.top = min(f.top, max(len(rows)-h, 0))
	f.cy -= f.top
	f.pointed = f.pointed && f.cy >= 0 && f.cy < h
	return strings.Join(rows[f.top:min(f.top+h, len(rows))], "\n")
}

// Cursor is the place of the cursor within the last View.
func (f *Form) Cursor() (x, y int, ok bool) { return f.cx, f.cy, f.pointed }

// labelWidth is a quarter of the width, or what the longest label needs up to
// three tenths: a label that is cut may ask something else than it means.
func (f *Form) labelWidth(w int) int {
	quarter := min(max(w/4, 8), 24)
	longest := 0
	for _, e := range f.fields {
		longest = max(longest, Width(e.Label))
	}
	return max(quarter, min(longest, w*3/10))
}

func (f *Form) drawField(rows []string, e *entry, focused bool, w int) []string {
	label := f.labelWidth(w)
	room := max(w-label-4, 1)
	mark, ink := "  ", InkLabel
	if focused {
		mark, ink = "▌ ", InkTitle
	}
	head := mark + f.th.Paint(ink, Cell(e.Label, label)) + "  "
	rest := spaces(label + 4)
	put := func(s string) {
		rows = append(rows, head+s)
		head = rest
	}
	switch {
	case e.in != nil:
		hint := ""
		box := room
		if focused && e.Hint != "" && room > 30 {
			box = room * 3 / 5
			hint = " " + f.th.Paint(InkHint, Cell(e.Hint, room-box-1))
		}
		if focused {
			shown := e.in.View(box)
			f.cx, f.cy, f.pointed = label+4+e.in.CursorX(), len(rows), true
			put(f.th.Paint(InkInput, shown) + hint)
		} else {
			put(Cell(e.in.Value(), box))
		}
	case e.area != nil:
		lines := e.Lines
		if lines == 0 {
			lines = 3
		}
		at := len(rows)
		for _, s := range e.area.View(room, lines) {
			if focused {
				s = f.th.Paint(InkInput, s)
			}
			put(s)
		}
		if focused {
			x, y := e.area.Cursor()
			f.cx, f.cy, f.pointed = label+4+min(x, room-1), at+y, true
		}
	default:
		for _, s := range f.drawChoice(e, focused, room) {
			put(s)
		}
	}
	if e.wrong != "" {
		for _, s := range Wrap(Clean(e.wrong), room) {
			rows = append(rows, rest+f.th.Paint(InkError, s))
		}
	}
	return rows
}

// drawChoice lays the answers out in as few rows as they need.
func (f *Form) drawChoice(e *entry, focused bool, room int) []string {
	var out []string
	var b strings.Builder
	used := 0
	for i, o := range e.Options {
		mark, ink := "○ ", InkText
		if i == e.choice {
			mark, ink = "● ", InkTitle
		}
		s := mark + strconv.Itoa(i+1) + " " + Clean(o.Label)
		s = Cut(s, room)
		if n := Width(s); used > 0 && used+3+n > room {
			out = append(out, b.String())
			b.Reset()
			used = 0
		}
		if used > 0 {
			b.WriteString("   ")
			used += 3
		}
		used += Width(s)
		if !focused && i != e.choice {
			ink = InkMuted
		}
		f.th.Write(&b, ink, s)
	}
	return append(out, b.String())
}
