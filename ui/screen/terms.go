package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// TermsAsk is the argument of [KindTerms]: terms are put to a customer, those
// that a verdict asks for where there is one.
type TermsAsk struct {
	Customer   model.ID
	Name       string
	Assessment *model.Assessment
}

// termsForm is the form in which terms are stated; it goes when it is filled in.
type termsForm struct {
	registerForm
	ask TermsAsk
}

func newTerms(env *Env, ask TermsAsk) kit.Screen {
	s := &termsForm{ask: ask}
	s.registerForm = newRegisterForm(env, model.StandardLimit, s.fill)
	return s
}

// Title is the screen's name.
func (s *termsForm) Title() string { return s.env.T("terms.title") }

// Update takes a message.
func (s *termsForm) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *termsForm) fill() tea.Cmd {
	e := s.env
	today := model.DayOf(e.now())
	values := map[string]string{"on": string(today), "answer": string(e.inTwoWeeks())}
	subject := s.ask.Customer.String()
	var from model.ID
	if n := s.ask.Assessment; n != nil {
		from = n.ID
		subject = n.ID.String()
		values["words"] = n.Next.What
		if n.Next.By > today {
			values["answer"] = string(n.Next.By)
		}
	}
	picked := func() []model.ID {
		ids, _ := s.lines.all(s.box.over.form.Values()["standards"])
		return ids
	}
	return s.form(formSpec{
		id: "terms", subject: subject,
		title: e.T("terms.new", "Customer", flat(clip(s.ask.Name, nameInWords))),
		head:  s.listed(),
		fields: []kit.Field{
			{ID: "standards", Label: e.T("terms.standards"), Hint: e.T("terms.standards.hint"), Limit: 400, Check: s.allLines},
			{ID: "words", Label: e.T("terms.words"), Hint: e.T("terms.words.hint"), Kind: kit.AreaField, Lines: 3, Limit: 8000},
			{ID: "price", Label: e.T("terms.price"), Hint: e.T("terms.price.hint"), Kind: kit.NumberField, Limit: 16, Check: e.moneyCheck},
			{ID: "channel", Label: e.T("terms.channel"), Kind: kit.ChoiceField, Options: e.channels()},
			{ID: "on", Label: e.T("terms.on"), Kind: kit.DateField, Required: true},
			{ID: "answer", Label: e.T("terms.answer"), Kind: kit.DateField, Required: true},
		},
		values: values,
		about:  map[string]string{"error.date.future": "on", "error.standard.retired": "standards", "error.standard.gone": "standards"},
		check:  []string{"words"}, warn: e.noteCheck,
		beside: func(w int) []string { return s.lines.beside(e, w, picked) },
		act: func(v map[string]string) ([]model.Action, error) {
			a := model.StateTerms{Customer: s.ask.Customer, Words: v["words"], Channel: v["channel"], On: model.Day(v["on"]),
				AnswerBy: model.Day(v["answer"]), Assessment: from}
			a.Standards, _ = s.lines.all(v["standards"])
			var ok bool
			if a.Price, ok = model.ParseMoney(v["price"]); !ok {
				return nil, model.Invalid("error.money.wrong", "Field", "price")
			}
			return []model.Action{a}, nil
		},
	})
}

// inTwoWeeks is the first working day from two weeks on.
func (e *Env) inTwoWeeks() model.Day {
	d := e.now().AddDate(0, 0, 14)
	for n := 0; n < 14 && !e.Cal.Workday(d); n++ {
		d = d.AddDate(0, 0, 1)
	}
	return model.DayOf(d)
}

// allLines says which of the numbers and names that were typed means no line.
func (s *termsForm) allLines(v string) string {
	if _, bad := s.lines.all(v); bad != "" {
		return s.env.T("terms.standards.wrong", "Text", kit.Clean(clip(bad, 40)))
	}
	return ""
}

// channels are the ways in which one may tell a customer.
func (e *Env) channels() []kit.Option {
	out := make([]kit.Option, 0, len(e.Play.Desk.Channels))
	for _, c := range e.Play.Desk.Channels {
		out = append(out, kit.Option{Value: c.ID, Label: e.Say.Channel(c.ID)})
	}
	return out
}

// askedTerms gives the settled verdict that asks for terms which nobody noted as
// stated yet; nil for none.
func askedTerms(d *model.Detail) *model.Assessment {
	n := d.Settled()
	if n == nil || n.Verdict != model.VerdictTerms {
		return nil
	}
	for _, t := range d.Dealings.Terms {
		if t.Withdrawn == nil && t.Assessment == n.ID {
			return nil
		}
	}
	return n
}

// termsWords is what terms say: their words, or the names of the lines they hold
// to.
func termsWords(d *model.Detail, t *model.Terms) string {
	if strings.TrimSpace(t.Words) != "" {
		return flat(t.Words)
	}
	return termsLines(d, t)
}

// termsLines names the lines of the register that terms hold to.
func termsLines(d *model.Detail, t *model.Terms) string {
	var names []string
	for _, id := range t.Standards {
		if s := d.Dealings.Standards[id]; s != nil {
			names = append(names, flat(s.Name))
		}
	}
	return strings.Join(names, ", ")
}

// askedTerms is the verdict of a customer in the pane that asks for terms; nil
// where there is none, or the pane does not show that customer.
func (s *desk) askedTerms(id model.ID) *model.Assessment {
	if d := s.pane.detail; d != nil && d.Customer.ID == id {
		return askedTerms(d)
	}
	return nil
}
