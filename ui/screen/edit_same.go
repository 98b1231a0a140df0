package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// mostSame is how many customers the form names that the new one may be.
const mostSame = 4

// knownBy are the fields by which a customer is known again.
var knownBy = []string{"name", "phone", "mobile", "email", "postcode", "town"}

// askSame looks for customers who may be the one that is being added. The form
// goes on meanwhile; an answer for what stood there before is dropped.
func (s *edit) askSame() tea.Cmd {
	if s.id != model.NoID || s.form == nil {
		return nil
	}
	values := s.form.Values()
	var card model.Customer
	for _, id := range knownBy {
		_ = model.FieldByID(id).Set(&card, clip(values[id], 100)) // what the field would refuse finds nobody
	}
	if card == s.asked {
		return nil
	}
	s.asked = card
	if len([]rune(card.Name)) < 3 && card.Phone == "" && card.Mobile == "" && card.Email == "" {
		s.same = nil
		return nil
	}
	return func() tea.Msg {
		rows, err := s.env.Desk.Twins(&card, mostSame)
		if err != nil {
			return kit.Failed{Err: err}
		}
		return editSame{card: card, rows: rows}
	}
}

// sameLine names the customers that the new one may be, and by what.
func (s *edit) sameLine(room int) string {
	var names []string
	for _, t := range s.same {
		names = append(names, joined(", ", kit.Clean(clip(t.Row.Name, 40)), kit.Clean(clip(t.Row.Town, 20)))+" ("+s.env.Say.Same(t.Same)+")")
	}
	return kit.Cut(s.env.T("edit.twins", "Names", strings.Join(names, " · ")), room)
}

// lookSame shows them on a page of their own; what is typed waits.
func (s *edit) lookSame() tea.Cmd {
	card := s.asked
	return kit.Send(kit.Open{Kind: KindTwins, Arg: TwinsAsk{Card: &card}})
}
