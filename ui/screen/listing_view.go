package screen

import (
	"strings"

	"pasvorm/ui/kit"
)

// View draws the page.
func (l *listing) View(w, h int) string {
	l.w, l.h = w, h
	return l.view(w, h, l.body)
}

func (l *listing) body(w, h int) []string {
	switch {
	case !l.loaded:
		return l.waiting(w)
	case l.full:
		return l.wholeDetail(w, h)
	}
	th := l.env.Theme
	rows := l.headRows(w, h)
	if len(l.lines) == 0 {
		l.room = 1
		return append(append(rows, kit.Rule(th, w, -1), ""), l.nothing(w)...)
	}
	lw, cross := w, -1
	if l.detail && w >= wideFrom {
		lw = w * 3 / 5
		cross = lw + 1
	}
	rows = append(rows, kit.Rule(th, w, cross))
	left := h - len(rows)
	if lw < w {
		list := l.listRows(lw, left)
		side := l.detailRows(w-lw-3, left)
		return append(rows, strings.Split(kit.Panes(th, list, side, lw, w, max(left, 1)), "\n")...)
	}
	// Below the list the detail has the same room for every row, so that the
	// list stays in its place.
	below := 0
	if l.detail && h >= detailFrom {
		below = min(max(h/4, 2), 8)
		left -= below + 1
	}
	rows = append(rows, l.listRows(w, left)...)
	if below == 0 {
		r := l.selected()
		l.cut = r != nil && r.detail != nil
		return rows
	}
	for len(rows) < h-below-1 {
		rows = append(rows, "")
	}
	rows = append(rows, kit.Rule(th, w, -1))
	for _, s := range l.detailRows(w-2, below) {
		rows = append(rows, " "+s)
	}
	return rows
}

// detailFrom is the height from which a detail stands below the list.
const detailFrom = 14

// headRows are the title with what stands beside it and the rows of the screen;
// the list needs the room more than those.
func (l *listing) headRows(w, h int) []string {
	th := l.env.Theme
	title := " " + th.Paint(kit.InkTitle, kit.Clean(l.spec.title)) + " "
	room := max(w-kit.Width(title)-1, min(w*2/3, 24))
	rows := []string{kit.Ends(title, l.beside(room)+" ", w)}
	if l.content.head != nil {
		own := l.content.head(w)
		rows = append(rows, own[:min(len(own), max(h-8, 0))]...)
	}
	return rows
}

// beside is what stands beside the title: how the reading goes, else the word
// of the screen.
func (l *listing) beside(room int) string {
	e := l.env
	ink := kit.InkWarn
	var s string
	switch {
	case l.run != nil && l.run.shown:
		ink, s = kit.InkAccent, l.howFar()
	case l.stopped:
		s = e.T("listing.stopped.short")
	case l.failed:
		s = e.T("listing.failed.short")
	case l.stale:
		s = e.T("listing.stale")
	default:
		ink, s = kit.InkMuted, l.content.right
	}
	return e.Theme.Paint(ink, kit.Cut(kit.Clean(s), max(room, 1)))
}

// howFar words how far the reading is.
func (l *listing) howFar() string {
	e, done, total := l.env, l.run.done.Load(), l.run.total.Load()
	if total <= 0 {
		return e.T("listing.loading")
	}
	return e.T("listing.progress", "Done", e.Text.Int(int(done)), "Total", e.Text.Int(int(total)))
}

// waiting is the page before anything was read.
func (l *listing) waiting(w int) []string {
	e, th := l.env, l.env.Theme
	room := max(w-2, 1)
	wrapped := func(ink kit.Token, s string) []string {
		out := []string{""}
		for _, r := range kit.Wrap(s, room) {
			out = append(out, " "+th.Paint(ink, r))
		}
		return out
	}
	switch {
	case l.run != nil && l.run.shown:
		done, total := l.run.done.Load(), l.run.total.Load()
		share := 0.0
		if total > 0 {
			share = min(max(float64(done)/float64(total), 0), 1)
		}
		rows := []string{"", " " + th.Paint(kit.InkTitle, kit.Cut(kit.Clean(l.spec.title), room)), "",
			" " + importBar(th, share, total > 0, room), "", " " + kit.Cut(l.howFar(), room)}
		return append(rows, wrapped(kit.InkHint, e.T("listing.stop.hint"))...)
	case l.stopped:
		return wrapped(kit.InkMuted, e.T("listing.stopped"))
	case l.failed && l.run == nil:
		return wrapped(kit.InkWarn, e.T("listing.failed"))
	}
	return wrapped(kit.InkMuted, e.T("listing.loading"))
}

// nothing is what an empty page says.
func (l *listing) nothing(w int) []string {
	say := l.spec.empty
	if l.content.empty != nil {
		say = l.content.empty
	}
	p := l.env.writer(min(w-2, 76))
	for i, s := range say {
		ink := kit.InkText
		if i > 0 {
			ink = kit.InkMuted
		}
		p.gap()
		p.para(ink, 2, s)
	}
	return p.rows
}

// listRows draws the lines in sight, at most h.
func (l *listing) listRows(w, h int) []string {
	var rows []string
	if l.content.columns != nil && h > 3 {
		rows = append(rows, "  "+l.env.Theme.Paint(kit.InkLabel, kit.Cut(l.content.columns(max(w-2, 1)), max(w-2, 1))))
	}
	l.room = max(h-len(rows), 1)
	l.scroll()
	for i := l.top; i < len(l.lines) && i < l.top+l.room; i++ {
		rows = append(rows, l.line(i, w))
	}
	return rows
}

// scroll brings the row under the cursor in sight with the heading above it,
// and with the last row what stands below that.
func (l *listing) scroll() {
	n := len(l.lines)
	if len(l.at) > 0 {
		at := l.at[l.cur]
		first, last := at, at
		for first > 0 && l.lines[first-1].row < 0 {
			first--
		}
		if l.cur == len(l.at)-1 {
			last = n - 1
		}
		l.top = max(min(l.top, first), last-l.room+1)
		l.top = max(min(l.top, at), at-l.room+1)
	}
	l.top = max(min(l.top, n-l.room), 0)
}

func (l *listing) line(i, w int) string {
	th, at := l.env.Theme, l.lines[i]
	s := &l.content.sections[at.sec]
	switch at.row {
	case lineGap:
		return ""
	case lineNone:
		return "  " + th.Paint(kit.InkMuted, kit.Cut(kit.Clean(s.none), max(w-2, 1)))
	case lineHeading:
		return kit.Cut(" "+th.Paint(kit.InkTitle, kit.Clean(s.heading))+th.Paint(kit.InkMuted, " "+kit.Clean(s.count)), w)
	}
	row := kit.Cut(s.rows[at.row].draw(max(w-2, 1)), max(w-2, 1))
	if i != l.at[l.cur] {
		return "  " + row
	}
	return th.Over(kit.InkSelected, kit.Fit("▌ "+row, w))
}

// detailRows are what is to be told of the row under the cursor, in h rows.
func (l *listing) detailRows(w, h int) []string {
	r := l.selected()
	if l.cut = false; r == nil || r.detail == nil {
		return nil
	}
	rows := r.detail(max(w, 1))
	l.cut = len(rows) > h
	return cutRows(l.env, rows, h, kit.KeyLabel(l.env.Text, "v"))
}

// wholeDetail gives the page to the detail of a row.
func (l *listing) wholeDetail(w, h int) []string {
	r, th := l.selected(), l.env.Theme
	rows := []string{" " + kit.Cut(r.draw(max(w-2, 1)), max(w-2, 1)), kit.Rule(th, w, -1)}
	var body []string
	if r.detail != nil {
		for _, s := range r.detail(max(w-2, 1)) {
			body = append(body, " "+s)
		}
	}
	return append(rows, l.sheet.view(l.env, body, h-len(rows))...)
}
