package kit

import "strings"

// Panes draws two columns side by side: left takes lw cells of w, a line stands
// between. Both are rows without a line feed at the end; what is missing is
// blank, what is too wide is cut.
func Panes(th *Theme, left, right []string, lw, w, h int) string {
	var b strings.Builder
	rw := max(w-lw-3, 0)
	line := " " + th.Paint(InkBorder, "│") + " "
	for y := range h {
		if y > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(Fit(row(left, y), lw))
		b.WriteString(line)
		b.WriteString(Cut(row(right, y), rw))
	}
	return b.String()
}

func row(rows []string, y int) string {
	if y < len(rows) {
		return rows[y]
	}
	return ""
}

// Rule is a horizontal line of w cells; at (when it lies within) stands the
// crossing with a vertical one below.
func Rule(th *Theme, w, at int) string {
	if w <= 0 {
		return ""
	}
	if at < 0 || at >= w {
		return th.Paint(InkBorder, strings.Repeat("─", w))
	}
	return th.Paint(InkBorder, strings.Repeat("─", at)+"┬"+strings.Repeat("─", w-at-1))
}

// Box draws rows in a frame with a title in the middle of w by h cells, and
// gives the place of the first cell inside. Rows that do not fit are left out.
func Box(th *Theme, title string, rows []string, w, h int) (out string, x, y int) {
	inner := Width(Clean(title)) + 2
	for _, r := range rows {
		inner = max(inner, Width(r))
	}
	inner = max(min(inner, w-4), 1)
	rows = rows[:min(len(rows), max(h-2, 0))]
	left := max((w-inner-4)/2, 0)
	top := max((h-len(rows)-2)/2, 0)
	name := Cut(Clean(title), max(inner-1, 1))
	var b strings.Builder
	b.WriteString(strings.Repeat("\n", top))
	pad := spaces(left)
	b.WriteString(pad + th.Paint(InkBorder, "┌─ ") + th.Paint(InkTitle, name) +
		th.Paint(InkBorder, " "+strings.Repeat("─", max(inner-Width(name)-1, 0))+"┐"))
	side := th.Paint(InkBorder, "│")
	for _, r := range rows {
		b.WriteString("\n" + pad + side + " " + Fit(r, inner) + " " + side)
	}
	b.WriteString("\n" + pad + th.Paint(InkBorder, "└"+strings.Repeat("─", inner+2)+"┘"))
	return b.String(), left + 2, top + 1
}

// Columns joins cells with two spaces between; each is fitted to its width. A
// width of 0 leaves the cell out.
func Columns(cells []string, widths []int) string {
	var b strings.Builder
	for i, c := range cells {
		if i >= len(widths) || widths[i] <= 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		b.WriteString(Fit(c, widths[i]))
	}
	return b.String()
}

// Ends puts one text at the left and one at the right of w cells; the right one
// stays whole as long as it can.
func Ends(left, right string, w int) string {
	rw := Width(right)
	if rw >= w {
		return Fit(right, w)
	}
	return Fit(left, w-rw) + right
}
