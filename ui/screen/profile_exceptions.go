package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// exceptionsPart shows what the customer asked us to do otherwise, newest first.
// The desk shows what waits for an answer, and how many there were.
func (s *profile) exceptionsPart() {
	e := s.env
	all := s.d.Dealings.Exceptions
	if len(all) == 0 {
		return
	}
	label := e.T("exception.part")
	if !s.full {
		s.exceptionsShort(label)
		return
	}
	s.gap()
	for _, x := range all {
		s.exception(label, x)
		label = ""
	}
}

func (s *profile) exceptionsShort(label string) {
	e := s.env
	since := model.DayOf(s.now.AddDate(-1, 0, 0))
	asked, refused := 0, 0
	var open *model.Exception
	for _, x := range s.d.Dealings.Exceptions {
		if x.Withdrawn != nil {
			continue
		}
		if x.State == model.ExceptionOpen && open == nil {
			open = x
		}
		if x.Day < since {
			continue
		}
		asked++
		if x.State == model.ExceptionRefused {
			refused++
		}
	}
	switch {
	case open != nil:
		s.lines(label, kit.InkWarn, e.exceptionState(open)+" · "+s.standardName(open.Standard)+": "+clip(flat(open.Words), s.w*2), 2)
	case asked > 0:
		text := e.Text.N("exception.year", asked)
		if refused > 0 {
			text += ", " + e.Text.N("exception.year.refused", refused)
		}
		s.lines(label, kit.InkText, text, 1)
	}
}

// exception is one exception with all that became of it.
func (s *profile) exception(label string, x *model.Exception) {
	e := s.env
	from := len(s.rows)
	ink := kit.InkText
	switch {
	case x.Withdrawn != nil:
		ink = kit.InkMuted
	case x.State == model.ExceptionOpen:
		ink = kit.InkWarn
	}
	line := e.Theme.Paint(ink, e.exceptionState(x)) + " · " + e.Text.ShortDate(x.Day.Time(s.now.Location()), s.now) + " · " +
		kit.Clean(s.standardName(x.Standard)) + ": " + kit.Clean(clip(flat(x.Words), s.w*10))
	for i, r := range wrapPainted(line, s.w-labelWidth-1, 12) {
		if i > 0 {
			label, r = "", "  "+r
		}
		s.add(label, r)
	}
	parts := []string{who(s.d, x.By)}
	if x.Reason != "" {
		parts = append(parts, "“"+clip(flat(x.Reason), s.w*4)+"”")
	}
	if x.Cost > 0 {
		parts = append(parts, e.T("exception.costs", "Money", e.Text.Money(x.Cost)))
	}
	if x.Pays != model.PaysUnknown {
		parts = append(parts, e.T("exception.would."+string(x.Pays)))
	}
	if x.Followed != model.FollowedUnknown {
		followed := e.T("exception.followed." + string(x.Followed))
		if x.Lost > 0 {
			followed += " (" + e.Text.Money(x.Lost) + ")"
		}
		parts = append(parts, "→ "+followed)
	}
	if x.Topic != "" {
		parts = append(parts, e.Say.Topic(x.Topic))
	}
	if r := x.Withdrawn; r != nil {
		parts = append(parts, s.ruled("terms.withdrawn", r))
	}
	s.lines("", kit.InkMuted, "  "+strings.Join(parts, " · "), 8)
	s.mark(from, profileItem{exception: x})
}

// standardName names a line of the register that the customer's dealings
// mention.
func (s *profile) standardName(id model.ID) string {
	if st := s.d.Dealings.Standards[id]; st != nil {
		return flat(st.Name)
	}
	return s.env.T("exception.standard.gone")
}

// exceptionState is the answer to an exception in a word.
func (e *Env) exceptionState(x *model.Exception) string {
	if x.Withdrawn != nil {
		return e.T("terms.state.withdrawn")
	}
	return e.T("exception.state." + string(x.State))
}
