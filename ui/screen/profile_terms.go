package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// termsPart shows what we stated to the customer and what was answered; of a
// verdict that asks for terms it says that they are still to be stated. The desk
// shows the newest that stand.
func (s *profile) termsPart() {
	e := s.env
	label := e.T("terms.part")
	began := false
	begin := func() {
		if !began {
			s.gap()
			began = true
		}
	}
	if n := askedTerms(s.d); n != nil {
		begin()
		s.lines(label, kit.InkWarn, "▲ "+e.T("terms.unstated", "Words", clip(flat(n.Next.What), s.w*4)), s.most(2, 6))
		label = ""
	}
	for _, t := range s.d.Dealings.Terms {
		if !s.full && t.Withdrawn != nil {
			continue
		}
		begin()
		s.stated(label, t)
		label = ""
		if !s.full {
			return
		}
	}
}

// stated is one set of terms with all that became of it.
func (s *profile) stated(label string, t *model.Terms) {
	e := s.env
	from := len(s.rows)
	state, ink := e.termsState(t), kit.InkText
	switch {
	case t.Withdrawn != nil:
		ink = kit.InkMuted
	case t.State == model.TermsStated && t.AnswerBy < model.DayOf(s.now), t.State == model.TermsRefused, t.State == model.TermsBroken:
		ink = kit.InkWarn
	}
	if t.State == model.TermsStated && t.Withdrawn == nil {
		day := t.AnswerBy.Time(s.now.Location())
		state += ", " + e.T("terms.awaited", "Date", e.Text.Date(day, s.now), "Until", e.Text.Until(day, s.now))
	}
	line := e.Theme.Paint(ink, state) + " · " + termsWords(s.d, t)
	for i, r := range wrapPainted(line, s.w-labelWidth-1, s.most(2, 12)) {
		if i > 0 {
			label, r = "", "  "+r
		}
		s.add(label, r)
	}
	if !s.full {
		return
	}
	var parts []string
	if names := termsLines(s.d, t); names != "" && strings.TrimSpace(t.Words) != "" {
		parts = append(parts, names)
	}
	if t.Price > 0 {
		parts = append(parts, e.Text.Money(t.Price))
	}
	by := e.T("terms.by", "Person", who(s.d, t.By), "Date", e.Text.ShortDate(t.On.Time(s.now.Location()), s.now))
	if t.Channel != "" {
		by += ", " + e.Say.Channel(t.Channel)
	}
	parts = append(parts, by)
	if r := t.Answered; r != nil {
		parts = append(parts, s.ruled("terms.answered", r))
	}
	if r := t.Withdrawn; r != nil {
		parts = append(parts, s.ruled("terms.withdrawn", r))
	}
	s.lines("", kit.InkMuted, "  "+strings.Join(parts, " · "), 8)
	s.mark(from, profileItem{terms: t})
}

// ruled says who decided something, when, and with what words.
func (s *profile) ruled(id string, r *model.Ruling) string {
	e := s.env
	out := e.T(id, "Person", e.whoRuled(s.d, r), "Date", e.Text.ShortDate(e.at(r.At), s.now))
	if r.Reason != "" {
		out += ": “" + clip(flat(r.Reason), s.w*4) + "”"
	}
	return out
}

// lines wraps a text beside a label, its later rows indented as its first.
func (s *profile) lines(label string, ink kit.Token, text string, most int) {
	body := strings.TrimLeft(text, " ")
	indent := text[:len(text)-len(body)]
	for _, r := range s.wrap(body, s.w-labelWidth-1-len(indent), most) {
		s.add(label, indent+s.env.Theme.Paint(ink, r))
		label = ""
	}
}

// termsState is the state of terms in a word.
func (e *Env) termsState(t *model.Terms) string {
	if t.Withdrawn != nil {
		return e.T("terms.state.withdrawn")
	}
	return e.T("terms.state." + string(t.State))
}

// usedText says how many of the included minutes this month has taken, with a
// mark when it is more than that; "" where none are included or none were used.
func (e *Env) usedText(d *model.Detail) string {
	used, of := d.Dealings.UsedMinutes, d.Customer.Minutes
	if of <= 0 || used == 0 {
		return ""
	}
	text := e.T("terms.used", "Used", e.Text.Int(used), "Of", e.Text.Int(of))
	if used > of {
		text = "▲ " + text
	}
	return text
}
