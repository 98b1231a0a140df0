package screen

import (
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// timelineHead are the rows above the list: title, line, names of the columns.
const timelineHead = 3

// View draws the contacts, the one under the cursor in full beside or below.
func (s *timeline) View(w, h int) string {
	s.w, s.h = w, h
	return s.view(w, h, s.body)
}

func (s *timeline) body(w, h int) []string {
	e, th := s.env, s.env.Theme
	right := ""
	if s.list.Loaded() && !s.ended {
		right = th.Paint(kit.InkMuted, e.Text.N("contacts.count", s.total)) + " "
	}
	head := " " + th.Paint(kit.InkTitle, kit.Cell(s.name, min(nameWidth(s.name, w), max(w-kit.Width(right)-2, 8))))
	rows := []string{kit.Ends(head, right, w)}
	if s.full {
		body := make([]string, 0, 8)
		for _, r := range s.detail(max(w-2, 1)) {
			body = append(body, " "+r)
		}
		rows = append(rows, kit.Rule(th, w, -1))
		return append(rows, s.sheet.view(e, body, h-len(rows))...)
	}
	if why := s.nothing(); why != "" {
		rows = append(rows, kit.Rule(th, w, -1), "")
		for _, r := range kit.Wrap(why, max(w-4, 10)) {
			rows = append(rows, "  "+th.Paint(kit.InkMuted, r))
		}
		return rows
	}
	if w >= wideFrom {
		lw := w * 3 / 5
		rows = append(rows, kit.Rule(th, w, lw+1))
		left := h - len(rows)
		side := s.cutDetail(w-lw-3, left)
		return append(rows, strings.Split(kit.Panes(th, s.rows(lw, left), side, lw, w, max(left, 1)), "\n")...)
	}
	rows = append(rows, kit.Rule(th, w, -1))
	below := timelineBelow(h)
	if below == 0 {
		return append(rows, s.rows(w, h-len(rows))...)
	}
	rows = append(rows, s.rows(w, h-len(rows)-below-1)...)
	for len(rows) < h-below-1 {
		rows = append(rows, "")
	}
	rows = append(rows, kit.Rule(th, w, -1))
	for _, r := range s.cutDetail(w-2, below) {
		rows = append(rows, " "+r)
	}
	return rows
}

// timelineBelow is the room below the list for the contact under the cursor, in
// a window of h rows that has none beside it.
func timelineBelow(h int) int {
	if h < detailFrom {
		return 0
	}
	return min(max(h/3, 3), 9)
}

// lines is how many contacts are in sight.
func (s *timeline) lines(w, h int) int {
	n := h - timelineHead
	if below := timelineBelow(h); w < wideFrom && below > 0 {
		n -= below + 1
	}
	return max(n, 1)
}

// cutDetail is the detail in h rows; when there is more a key shows all of it.
func (s *timeline) cutDetail(w, h int) []string {
	rows := s.detail(w)
	s.cut = len(rows) > h
	return cutRows(s.env, rows, h, kit.KeyLabel(s.env.Text, "v"))
}

// nothing is what stands in the place of the list where there is none.
func (s *timeline) nothing() string {
	switch {
	case s.ended:
		return s.env.T("customer.gone")
	case s.failed && !s.list.Loaded():
		return s.env.T("listing.failed")
	case !s.list.Loaded():
		return s.env.T("listing.loading")
	case s.list.Empty():
		return s.env.T("contacts.none")
	}
	return ""
}

// rows are the names of the columns and the contacts in sight.
func (s *timeline) rows(w, h int) []string {
	e, th := s.env, s.env.Theme
	widths := timelineWidths(w)
	out := []string{"  " + th.Paint(kit.InkLabel, kit.Cut(kit.Columns([]string{e.T("contacts.col.date"), "", e.T("contacts.col.topic"),
		e.T("contacts.col.channel"), e.T("contacts.col.who"), e.T("contacts.col.words")}, widths), max(w-2, 1)))}
	visible, _, cursor := s.list.Visible(max(h-1, 1))
	for i, c := range visible {
		row := s.row(c, widths, w)
		if i == cursor {
			out = append(out, th.Over(kit.InkSelected, kit.Fit("▌"+row[1:], w)))
			continue
		}
		out = append(out, row)
	}
	return out
}

// timelineWidths shares out w cells; the words get what is left.
func timelineWidths(w int) []int {
	widths := []int{11, 3, 13, 9, 8, 0}
	if w < 72 {
		widths = []int{11, 3, 12, 0, 8, 0}
	}
	left := w - 3
	for _, n := range widths {
		if n > 0 {
			left -= n + 2
		}
	}
	widths[5] = max(left, 4)
	return widths
}

func (s *timeline) row(c *model.Contact, widths []int, w int) string {
	e := s.env
	words := flat(clip(c.Story, widths[5]))
	row := "  " + kit.Columns([]string{e.Text.ShortDate(e.at(c.On), e.now()), e.contactMarks(c), e.Say.Topic(c.Topic), e.Say.Channel(c.Channel),
		kit.Cell(s.people[c.By], widths[4]), words}, widths)
	return kit.Cut(row, w)
}

// detail is the contact under the cursor with everything that was noted.
func (s *timeline) detail(w int) []string {
	c, ok := s.list.Selected()
	if !ok {
		return nil
	}
	e := s.env
	p := e.writer(w)
	way := e.T("contacts.in")
	if c.Out {
		way = e.T("contacts.out")
	}
	p.para(kit.InkTitle, 0, joined(" · ", e.Text.DateTime(e.at(c.On), e.now()), e.Say.Channel(c.Channel)+", "+way, e.Say.Topic(c.Topic), s.people[c.By]))
	ink, went := kit.InkText, e.T("contacts.answered")
	if !c.Answered {
		ink, went = kit.InkWarn, e.T("contacts.open")
	}
	if c.Failed {
		ink, went = kit.InkDanger, went+" · ✗ "+e.T("contacts.failed")
	}
	p.para(ink, 0, went)
	if c.Story != "" {
		p.para(kit.InkText, 0, "“"+clip(c.Story, w*40)+"”")
	}
	if facts := e.contactFacts(c); len(facts) > 0 {
		p.para(kit.InkMuted, 0, strings.Join(facts, " · "))
	}
	if c.Missing != "" {
		p.para(kit.InkWarn, 0, e.T("contacts.missing", "Words", kit.Clean(clip(c.Missing, w*4))))
	}
	return p.rows
}

// contactFacts words the counts of a contact, those that say something.
func (e *Env) contactFacts(c *model.Contact) []string {
	var out []string
	put := func(say bool, s string) {
		if say {
			out = append(out, s)
		}
	}
	for a, m := range c.Minutes {
		put(m > 0, e.T("contacts.minutes", "N", strconv.Itoa(m), "Activity", e.Say.Activity(model.Activity(a))))
	}
	put(c.Transfers > 0, e.Text.N("story.transfers", c.Transfers))
	put(c.ToldAgain, e.T("contacts.told"))
	put(c.NumberAgain, e.T("contacts.number"))
	put(c.Effort > 0, e.T("contacts.effort", "N", strconv.Itoa(c.Effort)))
	put(c.Waited > 0, e.T("contacts.waited", "N", strconv.Itoa(c.Waited-1)))
	put(c.Felt > 0, e.Text.N("contacts.felt", c.Felt-1))
	put(c.Answer != model.NoID, e.T("contacts.served"))
	return out
}
