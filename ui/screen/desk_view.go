package screen

import (
	"strings"

	"pasvorm/model"
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

// deskCols are the widths of the columns; 0 leaves one out.
type deskCols struct{ name, town, kind, traits, step, fit, owner int }

// deskColumns shares out w cells: the name gets what the others leave, which
// grow only when it has enough.
func deskColumns(w int) deskCols {
	const enough = 24 // cells for a name
	c := deskCols{town: 10, traits: 7, step: 5, fit: 8}
	if w >= 64 {
		c.kind = 4
	}
	if w >= 66 {
		c.town, c.owner = 9, 6
	}
	c.name = w - c.rest()
	if more := (c.name - enough) / 3; more > 0 && c.owner > 0 {
		c.town += min(more, 5)
		c.owner += min(more, 4)
		c.name = w - c.rest()
	}
	if c.name < 12 {
		c.name += c.town + 1
		c.town = 0
	}
	c.name = max(c.name, 1)
	return c
}

// rest is what all but the name take.
func (c *deskCols) rest() int {
	rest := rowMark + 1 // and the blank after the name
	for _, n := range []int{c.town, c.kind, c.traits, c.step, c.fit, c.owner} {
		if n > 0 {
			rest += n + 1
		}
	}
	return rest
}

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
	if s.colsFor != lw {
		s.cols, s.colsFor = deskColumns(lw), lw
	}
	var side []string
	if s.wide() {
		side = s.pane.view(w - lw - 3)
		b.WriteString(kit.Rule(s.env.Theme, w, lw+1))
	} else {
		b.WriteString(kit.Rule(s.env.Theme, w, -1))
	}
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
	if n := len(s.marked); n > 0 {
		right = joined(" · ", th.Paint(kit.InkMarked, "● "+e.Text.N("desk.marked", n)), right)
	}
	right += " "
	room := max(w-kit.Width(right)-filterAt-1, 8)
	left := ""
	switch {
	case s.typing:
		left = " " + th.Paint(kit.InkAccent, "/") + " " + th.Paint(kit.InkInput, s.field.View(min(room, 40)))
	case s.filter != "":
		left = " " + th.Paint(kit.InkAccent, "/") + " " + kit.Cell(s.filter, min(room, 40))
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
	case s.filter == "" || strings.TrimSpace(s.filter) == "":
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
	case s.nobody():
		rows = append(rows, "")
		add(kit.InkTitle, e.T("desk.nobody", "Text", kit.Clean(clip(s.filter, 60))))
		rows = append(rows, "")
		add(kit.InkText, e.T("desk.nobody.hint"))
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

// heading names the columns.
func (s *desk) heading() string {
	e := s.env
	var b strings.Builder
	b.WriteString("    ")
	for _, c := range []struct {
		id string
		w  int
	}{{"desk.col.name", s.cols.name}, {"desk.col.town", s.cols.town}, {"desk.col.kind", s.cols.kind}, {"desk.col.traits", s.cols.traits},
		{"desk.col.step", s.cols.step}, {"desk.col.fit", s.cols.fit}, {"desk.col.owner", s.cols.owner}} {
		if c.w > 0 {
			b.WriteString(kit.Fit(e.T(c.id), c.w))
			b.WriteByte(' ')
		}
	}
	return kit.Fit(b.String(), s.listWidth())
}

// writeRow draws a customer. Each cell is fitted, so that no name shifts what
// follows it.
func (s *desk) writeRow(b *strings.Builder, r *model.Row, selected bool) {
	e, th, c := s.env, s.env.Theme, &s.cols
	cursor, ink := " ", kit.InkText
	if selected {
		cursor = "▌"
	}
	b.WriteString(cursor)
	if _, ok := s.marked[r.ID]; ok {
		ink = kit.InkMarked
		th.Write(b, ink, "●")
	} else {
		b.WriteByte(' ')
	}
	if r.Standing.Flagged {
		th.Write(b, kit.InkWarn, "!")
	} else {
		b.WriteByte(' ')
	}
	b.WriteByte(' ')
	th.Write(b, ink, kit.Cell(r.Name, c.name))
	b.WriteByte(' ')
	if c.town > 0 {
		th.Write(b, kit.InkMuted, kit.Cell(r.Town, c.town))
		b.WriteByte(' ')
	}
	if c.kind > 0 {
		th.Write(b, kit.InkMuted, kit.Fit(word(e, kindShort, r.Kind), c.kind))
		b.WriteByte(' ')
	}
	for i, n := range r.Standing.Traits {
		if i > 0 {
			b.WriteByte(' ')
		}
		if n > 0 {
			th.Write(b, traitInk(i), string(rune('1'+i)))
		} else {
			th.Write(b, kit.InkMuted, "·")
		}
	}
	b.WriteByte(' ')
	th.Write(b, kit.InkStep, stepMark(r.Standing.Step))
	b.WriteString("    ") // the column is 5 wide, its mark 2, a blank follows
	b.WriteString(kit.Fit(e.fitShort(r.Standing), c.fit))
	b.WriteByte(' ')
	if c.owner > 0 {
		th.Write(b, kit.InkMuted, kit.Cell(r.Owner, c.owner))
		b.WriteByte(' ')
	}
}
