package screen

import (
	"strings"

	"pasvorm/ui/kit"
)

// banner is the line that must not be missed, with the last day it is shown.
func (s *profile) banner() {
	b := s.d.Dealings.Banner
	if b == nil {
		return
	}
	e := s.env
	until := e.T("banner.shown.until", "Date", e.Text.ShortDate(b.Until.Time(s.now.Location()), s.now))
	words := s.wrap("▲ "+b.Words, s.w-2, s.most(2, 4))
	for i, r := range words {
		if i > 0 {
			r = "  " + r
		}
		r = e.Theme.Paint(kit.InkWarn, r)
		if i == len(words)-1 {
			if kit.Width(r)+1+kit.Width(until) <= s.w {
				r = kit.Ends(r, e.Theme.Paint(kit.InkMuted, until), s.w)
			} else {
				s.rows = append(s.rows, r)
				r = "  " + e.Theme.Paint(kit.InkMuted, until)
			}
		}
		s.rows = append(s.rows, r)
	}
}

// story comes before all else that is known: the line to read aloud, what was
// told last, how often it had to be told, and how long nothing was heard.
func (s *profile) story() {
	e, st := s.env, &s.d.Dealings.Story
	s.gap()
	line := e.Say.Story(st, s.d.People, e.Me.Actor.Person, s.now)
	if line == "" {
		s.put("story.part", kit.InkMuted, e.T("story.none"), 1)
	} else {
		s.put("story.part", kit.InkText, line, s.most(3, 6))
	}
	if st.Limbo != nil {
		ink := kit.InkWarn
		if st.Limbo.Red {
			ink = kit.InkDanger
		}
		s.put("", ink, "▲ "+e.Say.Limbo(st.Limbo), 2)
	}
	if st.Words != "" {
		s.put("", kit.InkMuted, "“"+strings.TrimSpace(st.Words)+"”", s.most(2, 12))
	}
	if counts := e.Say.StoryCounts(st); len(counts) > 0 {
		s.put("", kit.InkWarn, strings.Join(counts, " · "), 2)
	}
	if contact := e.Say.YourContact(s.d.Owner); s.full && contact != "" {
		s.put("", kit.InkMuted, contact, 1)
	}
}
