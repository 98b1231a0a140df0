package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// PromiseAsk is the argument of [KindPromise]: a promise of or to a customer is
// noted or, with Promise, put off to another day.
type PromiseAsk struct {
	Customer model.ID
	Name     string
	Promise  *model.Promise
}

// promiseForm is a screen that is one form. It reads the colleagues first.
type promiseForm struct {
	formPage
	ask PromiseAsk
}

func newPromise(env *Env, ask PromiseAsk) kit.Screen {
	return &promiseForm{formPage: newFormPage(env, env.T("promise.loading")), ask: ask}
}

// Init reads the colleagues.
func (s *promiseForm) Init() tea.Cmd {
	desk := s.env.Desk
	return func() tea.Msg {
		all, err := desk.People()
		return formReady{open: func() tea.Cmd {
			spec := s.env.promiseSpec(s.ask, active(all))
			if s.ask.Promise != nil {
				spec = s.env.moveSpec(s.ask.Promise, s.ask.Name)
			}
			return tea.Batch(kit.Fail(err), s.form(spec))
		}}
	}
}

// Title is the screen's name.
func (s *promiseForm) Title() string {
	if s.ask.Promise != nil {
		return s.env.T("promise.move.title")
	}
	return s.env.T("promise.title")
}

// Update takes a message.
func (s *promiseForm) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

// promiseSpec is the form of a new promise: the words and the day are enough.
func (e *Env) promiseSpec(ask PromiseAsk, people []*model.Person) formSpec {
	s := step{env: e, people: people}
	who := s.person("who", "promise.who")
	who.Hint, who.Required = e.T("promise.who.hint"), false
	me := e.Me.Actor.Person
	values := map[string]string{"side": string(model.Ours), "who": me.String()}
	if len(people) > manyPeople {
		values["who"] = e.Me.Name
	}
	topics := make([]kit.Option, 0, len(e.Play.Desk.Topics))
	for _, t := range e.Play.Desk.Topics {
		topics = append(topics, kit.Option{Value: t.ID, Label: e.Say.Topic(t.ID)})
	}
	return formSpec{
		id: "promise", subject: ask.Customer.String(),
		title: e.T("promise.new", "Customer", flat(clip(ask.Name, nameInWords))),
		fields: []kit.Field{
			{ID: "words", Label: e.T("promise.words"), Hint: e.T("promise.words.hint"), Required: true, Limit: 2000},
			e.dueField("promise.due"),
			{ID: "side", Label: e.T("promise.side"), Kind: kit.ChoiceField, Required: true, Options: []kit.Option{
				{Value: string(model.Ours), Label: e.T("promise.side.ours")}, {Value: string(model.Theirs), Label: e.T("promise.side.theirs")}}},
			who,
			{ID: "topic", Label: e.T("promise.topic"), Kind: kit.ChoiceField, Options: topics},
		},
		values: values, check: []string{"words"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			a := model.MakePromise{Customer: ask.Customer, Side: model.Side(v["side"]), Words: v["words"], Due: model.Day(v["due"]), Topic: v["topic"]}
			if p := s.find(v["who"]); p != nil && a.Side == model.Ours {
				a.Who = p.ID
			}
			return []model.Action{a}, nil
		},
	}
}

// dueField asks for a day from today on; words such as "thu" will do.
func (e *Env) dueField(label string) kit.Field {
	return kit.Field{ID: "due", Label: e.T(label), Hint: e.T("promise.due.hint"), Kind: kit.DateField, Required: true,
		Check: func(v string) string {
			if v < e.now().Format(time.DateOnly) {
				return e.T("promise.due.past")
			}
			return ""
		}}
}

// moveSpec is the form that puts a promise off.
func (e *Env) moveSpec(p *model.Promise, name string) formSpec {
	was := map[string]string{"due": string(p.Due)}
	return formSpec{
		was: was,
		id:  "promise-move", subject: p.ID.String(),
		title: e.T("promise.move.head", "Customer", flat(clip(name, nameInWords))),
		head: []string{e.T("promise.move.words", "Words", flat(clip(p.Words, 300))), e.T("promise.move.was", "Date", e.dayText(p.Due)) +
			e.movedWords(p)},
		fields: []kit.Field{
			e.dueField("promise.move.to"),
			{ID: "reason", Label: e.T("promise.reason"), Required: true, Limit: 2000},
		},
		about: map[string]string{"error.reason": "reason"},
		check: []string{"reason"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			if v["due"] == was["due"] && was["due"] != string(p.Due) { // a colleague moved it, and that day is to stand
				return nil, nil
			}
			return []model.Action{model.MovePromise{Customer: p.Customer, Promise: p.ID, To: model.Day(v["due"]), Reason: v["reason"], From: model.Day(was["due"])}}, nil
		},
	}
}

// movedWords says how often a promise was put off already, "" for never.
func (e *Env) movedWords(p *model.Promise) string {
	if len(p.Moves) == 0 {
		return ""
	}
	return " · " + e.Text.N("promise.moved", len(p.Moves))
}

// dueWords says when a promise is due or how late it is, in working days.
func (e *Env) dueWords(due model.Day, late int) string {
	now := e.now()
	today := model.DayOf(now)
	switch {
	case late > 0:
		return e.Text.N("promise.late", late)
	case late == 0 && due < today && !e.Cal.Workday(now):
		return e.T("promise.passed")
	case late == 0:
		return e.T("text.until.today")
	case due <= today: // nobody worked on that day, and nobody does now
		return e.T("promise.nextday")
	}
	return e.Text.Until(due.Time(now.Location()), now)
}

// lateMark stands before what is late, so that it is seen without colour.
func lateMark(late int) string {
	if late > 0 {
		return "!"
	}
	return " "
}
