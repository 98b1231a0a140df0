package screen

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// asked is what the desk looks for: the query that the list shows, and how far
// the one that is being typed has come.
type asked struct {
	lex    *model.Lexicon
	query  model.Query
	filter string   // the query in the words of the code, as the list is asked
	before []string // texts of the field that esc goes back to

	spot   model.QuerySpot // where somebody is typing
	offers []string        // what may be meant there, the likeliest first
	wrong  string          // what is off about the text in the field; the list stays
	short  string          // the same without what to do next
	people []string        // names for an owner; nil until they are read
	read   bool            // or being read

	heard string // names that were found by their sound or form, for the best row
	tells bool   // some row was found in what the columns do not show
}

// deskNames are the names of the colleagues.
type deskNames []string

// refilter asks for the customers that a text means. While a condition is being
// typed, or is wrong, the others count; where the text cannot be read even so what
// was found stays.
func (s *desk) refilter(text string) tea.Cmd {
	a := &s.asked
	a.wrong = ""
	s.propose()
	q, err := model.ParseQuery(text, a.lex)
	if err != nil {
		s.off(err)
		if !s.typing {
			return nil
		}
		spot, _ := model.QueryAt(text, s.field.At(), a.lex)
		if q, err = model.ParseQuery(text[:spot.Word[0]]+text[spot.Word[1]:], a.lex); err != nil {
			return nil
		}
	}
	a.query = q
	filter := q.String()
	if filter == a.filter {
		return nil
	}
	a.filter, a.heard, a.tells = filter, "", false
	s.list.Reset()
	return s.sync()
}

// off keeps what is wrong with the text in the field.
func (s *desk) off(err error) {
	a := &s.asked
	a.wrong, a.short = s.env.Say.Error(err), ""
	if e, ok := asModel(err); ok {
		a.short = s.env.Say.Message(model.Message{ID: e.ID, Args: e.Args})
	}
}

// propose finds what may be meant where somebody is typing.
func (s *desk) propose() {
	a := &s.asked
	a.offers = nil
	spot, ok := model.QueryAt(s.field.Value(), s.field.At(), a.lex)
	if !ok || !s.typing {
		return
	}
	a.spot, a.offers = spot, s.env.Say.Proposals(spot, a.people)
}

// take puts the proposal in the field.
func (s *desk) take() tea.Cmd {
	a := &s.asked
	if len(a.offers) == 0 {
		return nil
	}
	s.field.Splice(a.spot.From, a.spot.To, a.offers[0])
	return s.refilter(s.field.Value())
}

// refused hears why the book could not read a page. What is wrong with the query
// itself is said in its line, for it stays so.
func (s *desk) refused(err error) tea.Cmd {
	var e *model.Error
	if errors.As(err, &e) && e.Kind == model.KindInvalid && s.asked.filter != "" {
		s.off(err)
		return nil
	}
	return kit.Fail(err)
}

func (s *desk) startFilter() tea.Cmd {
	s.typing = true
	s.field.Focus()
	s.propose()
	if s.asked.read {
		return nil
	}
	s.asked.read = true
	return func() tea.Msg {
		people, err := s.env.Desk.People()
		if err != nil {
			return kit.Failed{Err: err}
		}
		names := deskNames{}
		for _, p := range people {
			if !p.Gone {
				names = append(names, p.Name)
			}
		}
		slices.Sort(names)
		return names
	}
}

// endFilter leaves the field; keep says whether the filter stays.
func (s *desk) endFilter(keep bool) tea.Cmd {
	s.typing = false
	s.field.Blur()
	s.asked.offers = nil
	if keep {
		return nil
	}
	s.asked.before = nil
	s.field.SetValue("")
	return s.refilter("")
}

// whyUnread keeps the field open while its text cannot be read.
func (s *desk) whyUnread() string { return s.asked.wrong }

// show shows what a query in the words of the code finds, as when a view is
// chosen.
func (s *desk) show(query string) tea.Cmd { return s.use(s.env.Say.Query(query)) }

// use shows what a typed query finds.
func (s *desk) use(query string) tea.Cmd {
	s.typing = false
	s.field.Blur()
	s.field.SetValue(query)
	return s.refilter(query)
}

// resumed takes over what another screen wants to be shown.
func (s *desk) resumed() tea.Cmd {
	if want := s.env.wanted; want != nil {
		s.env.wanted = nil
		s.asked.before = nil
		return tea.Batch(s.show(*want), s.sync())
	}
	return s.sync()
}

// narrow shows the customers of one name apart. What else was asked stays; a
// place that was typed beside the name becomes a condition.
func (s *desk) narrow() tea.Cmd {
	row, ok := s.list.Selected()
	if !ok || row.Same < 2 {
		return nil
	}
	q := s.asked.query
	q.Text = ""
	q.Terms = slices.Clone(q.Terms)
	q.Terms = append(q.Terms, model.QueryTerm{Field: model.QueryName, Values: []string{strings.Join(strings.Fields(row.Name), " ")}})
	for _, m := range row.Matches {
		switch m.Field {
		case model.FoundTown:
			q.Terms = append(q.Terms, model.QueryTerm{Field: model.QueryTown, Values: []string{row.Town}})
		case model.FoundPostcode:
			q.Terms = append(q.Terms, model.QueryTerm{Field: model.QueryPostcode, Values: []string{strings.ToUpper(m.Typed)}})
		}
	}
	s.asked.before = append(s.asked.before, s.field.Value())
	return s.show(q.String())
}

// back goes to what was found before.
func (s *desk) back() tea.Cmd {
	a := &s.asked
	if len(a.before) == 0 {
		return s.endFilter(false)
	}
	last := a.before[len(a.before)-1]
	a.before = a.before[:len(a.before)-1]
	return s.use(last)
}

// look remembers of the rows that were read what is said of all of them.
func (a *asked) look(rows []model.Row, first bool) {
	for i := range rows {
		if m := hidden(&rows[i]); m != nil {
			a.tells = true
		}
	}
	if !first || len(rows) == 0 {
		return
	}
	var words []string
	for _, m := range rows[0].Matches {
		switch m.Kind {
		case model.MatchSound, model.MatchSlip, model.MatchVariant, model.MatchGlued:
			if w := strings.ToLower(kit.Clean(matched(&rows[0], &m))); w != "" && !slices.Contains(words, w) {
				words = append(words, w)
			}
		case model.MatchExact, model.MatchBeginning, model.MatchInitial:
		}
	}
	a.heard = strings.Join(words, " ")
}

// matched is the stretch of a row that a word fitted.
func matched(r *model.Row, m *model.Match) string {
	text := m.Text
	switch {
	case text != "":
	case m.Field == model.FoundName:
		text = r.Name
	case m.Field == model.FoundTown:
		text = r.Town
	case m.Field == model.FoundNumber:
		text = r.Number
	}
	if from, to, ok := stretch(text, m); ok {
		return text[from:to]
	}
	return text
}

// stretch gives the bytes of a text that a word fitted; false where they are no
// bytes of it.
func stretch(text string, m *model.Match) (from, to int, ok bool) {
	if m.From == 0 && m.To == 0 {
		return 0, len(text), true
	}
	if m.From < 0 || m.From >= m.To || m.To > len(text) {
		return 0, 0, false
	}
	start := func(i int) bool { return i == len(text) || text[i]&0xc0 != 0x80 }
	return m.From, m.To, start(m.From) && start(m.To)
}

// hidden is the first match of a row in what its columns do not show; nil for
// none.
func hidden(r *model.Row) *model.Match {
	for i := range r.Matches {
		switch m := &r.Matches[i]; m.Field {
		case model.FoundPhone, model.FoundMail, model.FoundNumber, model.FoundPostcode, model.FoundStory:
			return m
		case model.FoundName, model.FoundTown:
		}
	}
	return nil
}
