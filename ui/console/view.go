package console

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// The smallest window anything is drawn in, in cells.
const (
	MinWidth  = 40
	MinHeight = 10
)

func (r *Root) small() bool { return r.w < MinWidth || r.h < MinHeight }

// View draws the whole window.
func (r *Root) View() (v tea.View) {
	draw := func() { v = r.draw() }
	if r.guarded(draw, r.breakTop) || r.guarded(draw, nil) {
		return v
	}
	// Not even the error screen could be drawn, as when the header panics.
	v = tea.NewView(kit.Cut(r.tx.T("console.broken.title"), max(r.w, 1)))
	v.AltScreen = true
	return v
}

func (r *Root) draw() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.WindowTitle = r.tx.T("console.name")
	if r.w <= 0 || r.h <= 0 {
		return v
	}
	if r.small() {
		v.SetContent(r.viewSmall())
		return v
	}
	e := r.top()
	var body string
	var title string
	if e != nil {
		w, h := r.body()
		r.guarded(func() { body, title = e.s.View(w, h), e.s.Title() }, func(ref string) {
			e.s = r.broken(e.open, ref)
			body, title = e.s.View(w, h), e.s.Title()
		})
		v.WindowTitle += " · " + kit.Clean(title)
	}
	switch {
	case r.help != nil:
		body = r.viewHelp()
	case r.palette != nil:
		body = r.viewPalette()
		v.Cursor = tea.NewCursor(3+r.palette.in.CursorX(), 1)
	default:
		v.Cursor = r.cursor(e)
	}
	var b strings.Builder
	b.Grow(r.w * r.h * 2)
	b.WriteString(r.header())
	r.writeBody(&b, body)
	b.WriteByte('\n')
	b.WriteString(r.footer())
	v.SetContent(b.String())
	return v
}

func (r *Root) viewSmall() string {
	rows := kit.Wrap(r.tx.T("console.small", "W", MinWidth, "H", MinHeight), r.w)
	return strings.Join(rows[:min(len(rows), r.h)], "\n")
}

func (r *Root) cursor(e *entry) *tea.Cursor {
	if e == nil {
		return nil
	}
	p, ok := e.s.(kit.Pointer)
	if !ok {
		return nil
	}
	var x, y int
	r.guarded(func() { x, y, ok = p.Cursor() }, func(string) { ok = false })
	w, h := r.body()
	if !ok || x < 0 || y < 0 || x >= w || y >= h {
		return nil
	}
	return tea.NewCursor(x, y+1)
}

// writeBody puts exactly the rows of the body, none wider than the window; the
// notice lies over the last of them, so that nothing moves when it comes or
// goes.
func (r *Root) writeBody(b *strings.Builder, body string) {
	w, h := r.body()
	notice := r.noticeRows(w)
	from := r.noticeAt(h, len(notice))
	for y := range h {
		b.WriteByte('\n')
		line, rest, _ := strings.Cut(body, "\n")
		body = rest
		if over := y - from; over >= 0 && over < len(notice) {
			line = notice[over]
		}
		if kit.Width(line) > w {
			line = kit.Cut(line, w)
		}
		b.WriteString(line)
	}
}

// noticeAt is the row of the body at which a notice of n rows begins. One that
// outlasts keys stands above what has them: a panel at the bottom, or a field.
func (r *Root) noticeAt(h, n int) int {
	at := h - n
	e := r.top()
	if n == 0 || r.notice.Keys == 0 || e == nil || r.help != nil || r.palette != nil {
		return at
	}
	if f, ok := e.s.(kit.Footed); ok {
		r.guarded(func() { at = max(at-f.Foot(), 0) }, nil)
	}
	if c := r.cursor(e); c != nil && c.Y-1 >= at && c.Y-1 < at+n {
		return 0
	}
	return at
}

// noticeRows words the notice in at most three rows.
func (r *Root) noticeRows(w int) []string {
	if r.notice == nil {
		return nil
	}
	mark, ink := " i ", kit.InkNotice
	switch r.notice.Level {
	case kit.Info:
	case kit.Done:
		mark = " ✓ "
	case kit.Caution:
		mark = " ▲ "
	case kit.Wrong:
		mark = " ✗ "
	}
	rows := kit.Wrap(kit.Clean(r.notice.Text), max(w-4, 1))
	if len(rows) > 3 {
		rows = append(rows[:2:2], kit.Cut(rows[2]+" "+rows[3], w-4))
	}
	for i, s := range rows {
		if i > 0 {
			mark = "   "
		}
		rows[i] = r.th.Paint(ink, kit.Fit(mark+s, w))
	}
	return rows
}

// header names the way from the first screen to this one.
func (r *Root) header() string {
	right := ""
	if r.cfg.Header != nil {
		r.guarded(func() { right = r.cfg.Header(r.w / 2) }, nil)
		right = kit.Cut(right, r.w/2)
	}
	room := r.w - kit.Width(right) - 3
	names := make([]string, 0, len(r.stack)+1)
	names = append(names, r.tx.T("console.name"))
	for _, e := range r.stack {
		title := ""
		r.guarded(func() { title = kit.Clean(e.s.Title()) }, nil)
		names = append(names, title)
	}
	// The last names matter most: the first ones give way.
	const arrow = " ▸ "
	for len(names) > 2 && kit.Width(strings.Join(names, arrow)) > room {
		names = slices.Delete(names, 1, 2)
		names[0] = "…"
	}
	last := len(names) - 1
	head := strings.Join(names[:last], arrow) + arrow
	left := " " + r.th.Paint(kit.InkMuted, head) +
		r.th.Paint(kit.InkTitle, kit.Cut(names[last], max(room-kit.Width(head), 1)))
	if right != "" {
		right += " "
	}
	return kit.Ends(left, right, r.w)
}

// footer shows the keys that work now, the most wanted first, help always.
func (r *Root) footer() string {
	if r.help != nil || r.palette != nil {
		id := "console.help.keys"
		if r.palette != nil {
			id = "console.palette.keys"
		}
		return kit.Cut(" "+r.th.Paint(kit.InkKeyLabel, r.tx.T(id)), r.w)
	}
	typing := r.typing(r.top())
	cmds := slices.DeleteFunc(r.all(), func(c offered) bool {
		return c.Footer <= 0 || c.Reason() != "" || r.keyNow(&c, typing) == ""
	})
	slices.SortStableFunc(cmds, func(a, b offered) int { return b.Footer - a.Footer })
	var always []offered // of the console, which is where more is found
	for _, c := range cmds {
		if c.of == nil && (c.ID == "help" || c.ID == "palette") {
			always = append(always, c)
		}
	}
	room := r.w - 1
	for i := range always {
		room -= r.footerWidth(&always[i], typing)
	}
	var b strings.Builder
	for i := range cmds {
		c := &cmds[i]
		if c.of == nil && (c.ID == "help" || c.ID == "palette") {
			continue
		}
		if n := r.footerWidth(c, typing); n <= room {
			room -= n
			r.footerItem(&b, c, typing)
		}
	}
	for i := range always {
		r.footerItem(&b, &always[i], typing)
	}
	return kit.Cut(b.String(), r.w)
}

func (r *Root) footerWidth(c *offered, typing bool) int {
	return 3 + kit.Width(r.keyNow(c, typing)) + kit.Width(c.Short(r.tx))
}

func (r *Root) footerItem(b *strings.Builder, c *offered, typing bool) {
	if b.Len() == 0 {
		b.WriteByte(' ')
	} else {
		b.WriteString("  ")
	}
	r.th.Write(b, kit.InkKey, r.keyNow(c, typing))
	b.WriteByte(' ')
	r.th.Write(b, kit.InkKeyLabel, c.Short(r.tx))
}
