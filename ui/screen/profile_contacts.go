package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// profileContacts is how many contacts the page of a customer shows; the
// timeline has them all.
const profileContacts = 6

// contacts shows the newest contacts, one row each.
func (s *profile) contacts() {
	if len(s.d.Dealings.Contacts) == 0 {
		return
	}
	s.gap()
	label := s.env.T("contacts.part")
	shown := s.d.Dealings.Contacts[:min(len(s.d.Dealings.Contacts), profileContacts)]
	room := 6
	for _, c := range shown {
		room = max(room, kit.Width(s.env.Text.ShortDate(s.env.at(c.On), s.now)))
	}
	for _, c := range shown {
		from := len(s.rows)
		s.add(label, s.contactRow(c, room))
		s.mark(from, profileItem{contact: c})
		label = ""
	}
	if n := s.d.Dealings.Story.Contacts; n > profileContacts {
		s.put("", kit.InkMuted, s.env.Text.N("contacts.all", n), 1)
	}
}

// contactRow is a contact in one row: when, in so many cells, how, about what,
// with whom, what went wrong, and the first words.
func (s *profile) contactRow(c *model.Contact, date int) string {
	e := s.env
	row := kit.Fit(e.Text.ShortDate(e.at(c.On), s.now), date) + " " + e.contactMarks(c) + " " +
		joined(" · ", e.Say.Topic(c.Topic), e.Say.Channel(c.Channel), who(s.d, c.By))
	if c.Story != "" {
		row += " · " + e.Theme.Paint(kit.InkMuted, flat(clip(c.Story, s.w)))
	}
	return row
}

// contactMarks tells in three cells which way a contact went, whether the
// question was answered and whether service failed; no mark needs a colour.
func (e *Env) contactMarks(c *model.Contact) string {
	var b strings.Builder
	way := "←" // came in
	if c.Out {
		way = "→"
	}
	e.Theme.Write(&b, kit.InkMuted, way)
	if c.Answered {
		e.Theme.Write(&b, kit.InkGood, "✓")
	} else {
		e.Theme.Write(&b, kit.InkWarn, "○")
	}
	if c.Failed {
		e.Theme.Write(&b, kit.InkDanger, "✗")
	} else {
		b.WriteByte(' ')
	}
	return b.String()
}
