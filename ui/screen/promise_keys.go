package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// act carries out an action that asks nothing more, and says what it did.
func (e *Env) act(a model.Action) tea.Cmd {
	return func() tea.Msg {
		r, err := e.Desk.Do(e.Ctx, a)
		if err != nil {
			return kit.Failed{Err: err}
		}
		return tea.BatchMsg{e.report(r)}
	}
}

// addPromise opens the form for a promise of or to a customer.
func addPromise(customer model.ID, name string) tea.Cmd {
	return kit.Send(kit.Open{Kind: KindPromise, Arg: PromiseAsk{Customer: customer, Name: name}})
}

// closeTitle asks why a promise is broken or dropped.
func (e *Env) closeTitle(p *model.Promise, state model.PromiseState) string {
	id := "promise.ask.dropped"
	if state == model.PromiseBroken {
		id = "promise.ask.broken.theirs"
		if p.Side == model.Ours {
			id = "promise.ask.broken"
		}
	}
	return e.T(id, "Words", flat(clip(p.Words, 60)))
}

// promiseCommands are what can be done on the page of a customer.
func (s *customer) promiseCommands() []kit.Command {
	closing := func(state model.PromiseState) func() tea.Cmd {
		return func() tea.Cmd {
			p := s.item().promise
			return s.reason(p.ID, newPrompt(s.env, s.env.closeTitle(p, state), true, func(line string) []model.Action {
				return []model.Action{model.ClosePromise{Customer: p.Customer, Promise: p.ID, State: state, Reason: line}}
			}))
		}
	}
	return []kit.Command{
		{ID: "promise.add", Keys: []string{"o"}, Group: "change", Footer: 78, WhyNot: s.whyGone, Moves: true, Run: func() tea.Cmd {
			return addPromise(s.id, s.detail.Customer.Name)
		}},
		{ID: "promise.kept", Keys: []string{"y"}, Group: "change", Footer: 77, WhyNot: s.whyNotOwed, Run: func() tea.Cmd {
			p := s.item().promise
			return s.env.do("promise", model.ClosePromise{Customer: p.Customer, Promise: p.ID, State: model.PromiseKept})
		}},
		{ID: "promise.broken", Keys: []string{"x"}, Group: "change", Footer: 76, WhyNot: s.whyNotOwed, Run: closing(model.PromiseBroken)},
		{ID: "promise.move", Keys: []string{"m"}, Group: "change", Footer: 75, WhyNot: s.whyNotOwed, Moves: true, Run: func() tea.Cmd {
			return kit.Send(kit.Open{Kind: KindPromise, Arg: PromiseAsk{Customer: s.id, Name: s.detail.Customer.Name, Promise: s.item().promise}})
		}},
		{ID: "promise.drop", Keys: []string{"d"}, Group: "change", Footer: 70, WhyNot: s.whyNotOwed, Run: closing(model.PromiseDropped)},
	}
}

// whyNotOwed asks for an open promise under the cursor.
func (s *customer) whyNotOwed() string {
	switch p := s.item().promise; {
	case p == nil:
		return s.env.T("promise.why.none")
	case p.State != model.PromiseOpen:
		return s.env.T("promise.why.closed")
	}
	return ""
}
