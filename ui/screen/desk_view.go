package screen

import (
	"strings"

	"pasvorm/ui/kit"
)

// filterAt is the column in which the filter begins.
const filterAt = 3

// headRows are the rows above the list: filter, line, names of the columns.
const headRows = 3

// lines is the room for rows of the list.
func (s *desk) lines() int { return max(s.h-headRows, 1) }

// wide tells whether the customer under the cursor has room beside the list.
func (s *desk) wide() bool { return s.w >= wideDesk && !s.emptyBook() }

// listWidth is the room for the list, beside the customer or alone.
func (s *desk) listWidth() int {
	if !s.wide() {
		return s.w
	}
	return max(s.w*58/100, min(s.w-paneLeast-3, 74))
}

// paneLeast is the width the customer beside the list keeps where the list
// takes more than its share, so that names have room.
const paneLeast = 43

// rowMark is the room for the marks before a row: cursor, bulk, flag.
const rowMark = 4

// View draws the desk.
func (s *desk) View(w, h int) string {
	var b strings.Builder
	b.Grow(w * h * 2)
	s.writeFilter(&b, w)
	low := s.bottom.view(w, h-headRows)
	room := h - headRows - len(low)
	b.WriteByte('\n')
	lw := s.listWidth()
	if shape := (deskShape{w: lw, extra: s.extra()}); s.colsFor != shape {
		s.cols, s.colsFor = deskColumns(shape), shape
	}
	var side []string
	cross := -1
	if s.wide() {
		side, cross = s.side(w-lw-3), lw+1
	}
	s.writeNote(&b, w, cross)
	s.writeBody(&b, side, lw, room)
	for _, r := range low {
		b.WriteByte('\n')
		b.WriteString(r)
	}
	return b.String()
}

// writeBody draws the names of the columns and the rows, the customer beside.
func (s *desk) writeBody(b *strings.Builder, side []string, lw, room int) {
	th := s.env.Theme
	bar := ""
	if s.wide() {
		bar = " " + th.Paint(kit.InkBorder, "│") + " "
	}
	end := func(y int) {
		b.WriteString(bar)
		if y < len(side) {
			b.WriteString(side[y])
		}
	}
	message := s.message(lw)
	rows, _, cursor := s.list.Visible(room)
	b.WriteByte('\n')
	if message == nil {
		th.Write(b, kit.InkLabel, s.heading())
	} else {
		b.WriteString(strings.Repeat(" ", lw))
	}
	end(0)
	blank := strings.Repeat(" ", lw)
	var row strings.Builder
	for y := range room {
		b.WriteByte('\n')
		switch {
		case message != nil && y < len(message):
			b.WriteString(kit.Fit(message[y], lw))
		case message != nil || y >= len(rows):
			b.WriteString(blank)
		case y == cursor:
			row.Reset()
			s.writeRow(&row, &rows[y], true)
			b.WriteString(th.Over(kit.InkSelected, row.String()))
		default:
			s.writeRow(b, &rows[y], false)
		}
		end(y + 1)
	}
}

// writeFilter draws the filter at the left, marks and counts at the right.
func (s *desk) writeFilter(b *strings.Builder, w int) {
	e, th := s.env, s.env.Theme
	right := s.counts()
	if s.asked.heard != "" {
		right = joined(" · ", right, kit.Cut(e.T("query.heard", "Words", s.asked.heard), max(w/3, 12)))
	}
	switch n := s.marked.len(); {
	case s.marked.under != nil:
		right = joined(" · ", th.Paint(kit.InkMarked, "● "+e.T("desk.marking")), right)
	case n > 0:
		right = joined(" · ", th.Paint(kit.InkMarked, "● "+e.Text.N("desk.marked", n)), right)
	}
	right += " "
	room := max(w-kit.Width(right)-filterAt-1, 8)
	left := ""
	switch {
	case s.typing:
		left = " " + th.Paint(kit.InkAccent, "/") + " " + th.Paint(kit.InkInput, s.field.View(min(room, 60)))
	case s.asked.filter != "":
		left = " " + th.Paint(kit.InkAccent, "/") + " " + kit.Cell(s.field.Value(), min(room, 60))
	}
	b.WriteString(kit.Ends(left, right, w))
}

// counts tells how many there are, and how many of them are found.
func (s *desk) counts() string {
	e := s.env
	if !s.list.Loaded() {
		return ""
	}
	total := e.Text.Int(s.page.Total)
	found := e.Text.Int(s.page.Found)
	switch {
	case s.asked.query.Empty():
		return e.Text.N("desk.customers", s.page.Total)
	case s.page.Capped:
		return e.T("desk.found.capped", "Found", found, "Total", total)
	}
	return e.T("desk.found", "Found", found, "Total", total)
}

// message stands in the place of the rows where there are none.
func (s *desk) message(w int) []string {
	e, th := s.env, s.env.Theme
	room := max(w-6, 10)
	var rows []string
	add := func(ink kit.Token, text string) {
		for _, r := range kit.Wrap(text, room) {
			rows = append(rows, "   "+th.Paint(ink, r))
		}
	}
	way := func(key, text string) {
		for i, r := range kit.Wrap(text, room-4) {
			k := "  "
			if i == 0 {
				k = th.Paint(kit.InkKey, key) + " "
			}
			rows = append(rows, "   "+k+"  "+r)
		}
	}
	switch {
	case s.nobody() && len(s.asked.query.Terms) == 0:
		rows = append(rows, "")
		add(kit.InkTitle, e.T("desk.nobody", "Text", kit.Clean(clip(s.asked.query.Text, 60))))
		rows = append(rows, "")
		add(kit.InkText, e.T("desk.nobody.hint"))
		return rows
	case s.nobody():
		rows = append(rows, "")
		add(kit.InkTitle, e.T("query.nobody.title"))
		rows = append(rows, "")
		terms := s.asked.query.Terms
		add(kit.InkText, e.T("query.nobody.terms", "Term", kit.Clean(clip(e.Say.Query(terms[len(terms)-1].String()), 60))))
		if s.asked.query.Text != "" {
			add(kit.InkText, e.T("query.nobody.words"))
		}
		add(kit.InkText, e.T("query.nobody.all"))
		return rows
	case s.emptyBook():
		rows = append(rows, "")
		add(kit.InkTitle, e.T("desk.empty"))
		rows = append(rows, "")
		way("i", e.T("desk.empty.import"))
		if e.Sample != nil {
			way("s", e.T("desk.empty.sample"))
		}
		way("a", e.T("desk.empty.add"))
		return rows
	}
	return nil
}
