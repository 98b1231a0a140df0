package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// ExceptionAsk is the argument of [KindException]: an exception that a customer
// asks is noted, or one that was noted is settled.
type ExceptionAsk struct {
	Customer  model.ID
	Name      string
	Exception *model.Exception     // nil notes a new one
	State     model.ExceptionState // proposed to settle it
}

// exceptionForm is the form for one exception; it goes when it is filled in.
type exceptionForm struct {
	registerForm
	ask ExceptionAsk
}

func newException(env *Env, ask ExceptionAsk) kit.Screen {
	s := &exceptionForm{ask: ask}
	s.registerForm = newRegisterForm(env, model.StandardProcedure, s.fill)
	return s
}

// Title is the screen's name.
func (s *exceptionForm) Title() string { return s.env.T("exception.title") }

// Update takes a message.
func (s *exceptionForm) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *exceptionForm) fill() tea.Cmd {
	if s.ask.Exception != nil {
		return s.settle()
	}
	e := s.env
	picked := func() []model.ID {
		if x, _ := s.lines.find(s.box.over.form.Values()["standard"]); x != nil {
			return []model.ID{x.ID}
		}
		return nil
	}
	return s.form(formSpec{
		id: "exception", subject: s.ask.Customer.String(),
		title: e.T("exception.new", "Customer", flat(clip(s.ask.Name, nameInWords))),
		head:  s.listed(),
		fields: append([]kit.Field{
			{ID: "standard", Label: e.T("exception.standard"), Hint: e.T("exception.standard.hint"), Required: true, Limit: 200, Check: s.oneLine},
			{ID: "words", Label: e.T("exception.words"), Kind: kit.AreaField, Lines: 2, Required: true, Limit: 4000},
			{ID: "state", Label: e.T("exception.state"), Kind: kit.ChoiceField, Required: true, Options: e.exceptionStates(true)},
		}, append(e.settling(), kit.Field{ID: "topic", Label: e.T("exception.topic"), Hint: e.T("exception.topic.hint"), Limit: 60, Check: e.topicCheck},
			kit.Field{ID: "on", Label: e.T("exception.on"), Kind: kit.DateField})...),
		values: map[string]string{"state": string(model.ExceptionOpen), "on": string(model.DayOf(e.now()))},
		about:  exceptionAbout(),
		check:  []string{"words", "reason"}, warn: e.noteCheck,
		beside: func(w int) []string { return s.lines.beside(e, w, picked) },
		act: func(v map[string]string) ([]model.Action, error) {
			a := model.LogException{Customer: s.ask.Customer, Words: v["words"], State: model.ExceptionState(v["state"]), Reason: v["reason"],
				Pays: model.Pays(v["pays"]), Followed: model.Followed(v["followed"]), On: model.Day(v["on"])}
			if x, _ := s.lines.find(v["standard"]); x != nil {
				a.Standard = x.ID
			} else {
				a.Named = v["standard"]
			}
			if t, ok := model.ParseTopic(&e.Play.Desk, v["topic"]); ok {
				a.Topic = t.ID
			}
			var err error
			if a.Cost, a.Lost, err = costAndLost(v); err != nil {
				return nil, err
			}
			return []model.Action{a}, nil
		},
	})
}

// settle grants or refuses what was asked, or adds what followed.
func (s *exceptionForm) settle() tea.Cmd {
	e, x := s.env, s.ask.Exception
	state := s.ask.State
	if state == "" && x.State != model.ExceptionOpen {
		state = x.State
	}
	name := s.lines.named(x.Standard)
	return s.form(formSpec{
		id: "settle", subject: x.ID.String(),
		title:  e.T("exception.settle", "Customer", flat(clip(s.ask.Name, nameInWords)), "Standard", name),
		head:   []string{kit.Clean(clip(flat(x.Words), 400))},
		fields: append([]kit.Field{{ID: "state", Label: e.T("exception.state"), Kind: kit.ChoiceField, Required: true, Options: e.exceptionStates(false)}}, e.settling()...),
		values: map[string]string{"state": string(state), "reason": x.Reason, "cost": model.FormatMoney(x.Cost), "pays": string(x.Pays),
			"followed": string(x.Followed), "lost": model.FormatMoney(x.Lost)},
		about: exceptionAbout(),
		check: []string{"reason"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			a := model.SettleException{Customer: x.Customer, Exception: x.ID, State: model.ExceptionState(v["state"]), Reason: v["reason"],
				Pays: model.Pays(v["pays"]), Followed: model.Followed(v["followed"])}
			var err error
			if a.Cost, a.Lost, err = costAndLost(v); err != nil {
				return nil, err
			}
			return []model.Action{a}, nil
		},
	})
}

// settling are the fields of an answer to an exception.
func (e *Env) settling() []kit.Field {
	return []kit.Field{
		{ID: "reason", Label: e.T("exception.reason"), Hint: e.T("exception.reason.hint"), Limit: 2000},
		{ID: "cost", Label: e.T("exception.cost"), Kind: kit.NumberField, Hint: e.T("exception.cost.hint"), Limit: 16, Check: e.moneyCheck},
		{ID: "pays", Label: e.T("exception.pays"), Kind: kit.ChoiceField, Options: []kit.Option{
			{Value: string(model.PaysYes), Label: e.T("exception.pays.yes")}, {Value: string(model.PaysNo), Label: e.T("exception.pays.no")}}},
		{ID: "followed", Label: e.T("exception.followed"), Kind: kit.ChoiceField, Options: []kit.Option{
			{Value: string(model.FollowedStayed), Label: e.T("exception.followed.stayed")},
			{Value: string(model.FollowedComplaint), Label: e.T("exception.followed.complaint")},
			{Value: string(model.FollowedLost), Label: e.T("exception.followed.lost")}}},
		{ID: "lost", Label: e.T("exception.lost"), Kind: kit.NumberField, Hint: e.T("exception.lost.hint"), Limit: 16, Check: e.moneyCheck},
	}
}

// exceptionStates are the answers to an exception; open where it may wait.
func (e *Env) exceptionStates(open bool) []kit.Option {
	out := []kit.Option{{Value: string(model.ExceptionGranted), Label: e.T("exception.state.granted")},
		{Value: string(model.ExceptionRefused), Label: e.T("exception.state.refused")}}
	if open {
		out = append(out, kit.Option{Value: string(model.ExceptionOpen), Label: e.T("exception.state.open")})
	}
	return out
}

func exceptionAbout() map[string]string {
	return map[string]string{"error.reason": "reason", "error.date.future": "on", "error.exception.settle": "state", "error.exception.standard": "standard"}
}

// moneyCheck says what is wrong with an amount in euros.
func (e *Env) moneyCheck(v string) string {
	if n, ok := model.ParseMoney(v); !ok || n < 0 {
		return e.T("exception.money.wrong")
	}
	return ""
}

// topicCheck says what is wrong with a topic that was typed.
func (e *Env) topicCheck(v string) string {
	if _, ok := model.ParseTopic(&e.Play.Desk, v); !ok && v != "" {
		return e.T("exception.topic.wrong")
	}
	return ""
}

func costAndLost(v map[string]string) (cost, lost int64, err error) {
	var ok1, ok2 bool
	cost, ok1 = model.ParseMoney(v["cost"])
	lost, ok2 = model.ParseMoney(v["lost"])
	if !ok1 || !ok2 {
		field := "cost"
		if ok1 {
			field = "lost"
		}
		return 0, 0, model.Invalid("error.money.wrong", "Field", field)
	}
	return cost, lost, nil
}
