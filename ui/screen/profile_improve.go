package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// improveItem holds the parts of a profile that improvements and lessons add.
type improveItem struct {
	hurt   *model.HurtLine
	lesson *model.Lesson
}

// improves tells what is being repaired for this customer, and what is done and
// the customer is to hear.
func (s *profile) improves() {
	e := s.env
	label, shown := e.T("improve.part"), 0
	for i := range s.d.Dealings.Hurts {
		h := &s.d.Dealings.Hurts[i]
		tell := h.Improvement.State == model.ImprovementDone && h.Hurt.Told == nil
		if !s.full && (!tell || shown == 2) {
			continue // the pane has room for what is to be said, no more
		}
		if shown == 0 {
			s.gap()
		}
		from := len(s.rows)
		text, ink := s.improveWords(h)
		room := s.w - labelWidth - 1
		for _, r := range s.wrap(text, room, s.most(1, 4)) {
			s.add(label, e.Theme.Paint(ink, r))
			label = ""
		}
		if shown++; s.full {
			s.mark(from, profileItem{improveItem: improveItem{hurt: h}})
		}
	}
}

// improveWords says how far an improvement is and whether this customer knows.
func (s *profile) improveWords(h *model.HurtLine) (string, kit.Token) {
	e, i := s.env, h.Improvement
	title := clip(i.Title, s.w*2)
	switch {
	case h.Hurt.Told != nil:
		text := "✓ " + title + " · " + e.toldWords(h.Hurt, who(s.d, h.Hurt.Told.By))
		if h.Hurt.Told.Reason != "" {
			text += ": “" + clip(h.Hurt.Told.Reason, s.w*2) + "”"
		}
		return text, kit.InkMuted
	case i.State == model.ImprovementDropped:
		return "– " + title + " · " + e.T("improve.state.dropped"), kit.InkMuted
	case i.State == model.ImprovementDone:
		return "▲ " + e.T("improve.tell.now") + ": " + title, kit.InkWarn
	}
	by := ""
	if i.By != "" {
		by = e.T("improve.by", "Date", e.Text.ShortDate(i.By.Time(s.now.Location()), s.now))
	}
	return "○ " + joined(" · ", title, who(s.d, i.Owner), by), kit.InkText
}

// lessons lists what this customer taught us.
func (s *profile) lessons() {
	e := s.env
	label := e.T("lessons.part")
	days := make([]string, len(s.d.Dealings.Lessons))
	for i, l := range s.d.Dealings.Lessons {
		days[i] = e.Text.ShortDate(e.at(l.At), s.now)
	}
	dw := dayColumn(days)
	for i, l := range s.d.Dealings.Lessons {
		if i == 0 {
			s.gap()
		}
		from := len(s.rows)
		date := kit.Fit(days[i], dw)
		for _, r := range s.wrap(l.Words, s.w-labelWidth-2-dw, 6) {
			s.add(label, date+" "+r)
			label, date = "", kit.Fit("", dw)
		}
		s.mark(from, profileItem{improveItem: improveItem{lesson: l}})
	}
}

// improveCommands are what can be done with improvements and lessons on the page
// of a customer.
func (s *customer) improveCommands() []kit.Command {
	e := s.env
	cmds := []kit.Command{
		{ID: "customer.improve", Keys: []string{"i"}, Group: "change", Footer: s.improveFooter(), WhyNot: s.whyGone, Moves: true, Run: func() tea.Cmd {
			return kit.Send(kit.Open{Kind: KindImproveFrom, Arg: ImproveFrom{Customer: s.id}})
		}},
		{ID: "customer.lesson", Keys: []string{"L"}, Group: "change", WhyNot: s.whyGone, Moves: true, Run: func() tea.Cmd {
			return kit.Send(kit.Open{Kind: KindLessons, Arg: NewLesson{Customer: s.id, Name: s.detail.Customer.Name}})
		}},
	}
	it := s.item()
	if h := it.hurt; h != nil {
		cmds = append(cmds,
			kit.Command{ID: "improve.tell", Keys: []string{"y"}, Group: "change", Footer: 78, WhyNot: e.whyNotTell(h.Improvement, h.Hurt), Moves: true, Run: func() tea.Cmd {
				return kit.Send(kit.Open{Kind: KindImprovement, Arg: TellAsk{Improvement: h.Improvement, Customer: s.id, Name: s.detail.Customer.Name}})
			}},
			kit.Command{ID: "improve.open", Keys: []string{"enter"}, Group: "look", Footer: 77, Moves: true, Run: func() tea.Cmd {
				return kit.Send(kit.Open{Kind: KindImprovement, Arg: h.Improvement.ID})
			}})
	}
	if l := it.lesson; l != nil {
		cmds = append(cmds, kit.Command{ID: "lessons.remove", Keys: []string{"d"}, Group: "change", Footer: 73,
			WhyNot: func() string { return e.whyNotLesson(l) }, Run: func() tea.Cmd {
				return e.do("lesson", model.RemoveLesson{Customer: l.Customer, Lesson: l.ID})
			}})
	}
	return cmds
}

// improveFooter shows the way to an improvement where a verdict asks for one
// that nobody has made yet.
func (s *customer) improveFooter() int {
	if s.detail == nil {
		return 0
	}
	a := s.detail.Settled()
	if a == nil || a.Verdict != model.VerdictImprove {
		return 0
	}
	for _, h := range s.detail.Dealings.Hurts {
		if h.Improvement.Assessment == a.ID {
			return 0
		}
	}
	return 79
}
