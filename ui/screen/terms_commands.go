package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// withTerms adds to the commands of a customer's page what can be done with
// exceptions and terms: note one, and answer the one under the cursor. Those for
// what is under the cursor come first, so that it is they that say why they do
// not work.
func (s *customer) withTerms(cmds []kit.Command) []kit.Command {
	it := s.item()
	switch {
	case it.exception != nil:
		cmds = slices.Concat(s.exceptionCommands(), cmds, s.termsCommands())
	case it.terms != nil:
		cmds = slices.Concat(s.termsCommands(), cmds, s.exceptionCommands())
	default:
		cmds = slices.Concat(cmds, s.exceptionCommands(), s.termsCommands())
	}
	return append(cmds,
		kit.Command{ID: "customer.exception", Keys: []string{"E"}, Group: "change", Footer: 52, WhyNot: s.whyGone, Moves: true, Run: func() tea.Cmd {
			return openException(ExceptionAsk{Customer: s.id, Name: s.detail.Customer.Name})
		}},
		kit.Command{ID: "customer.terms", Keys: []string{"T"}, Group: "change", Footer: 51, WhyNot: s.whyGone, Moves: true, Run: func() tea.Cmd {
			return kit.Send(kit.Open{Kind: KindTerms, Arg: TermsAsk{Customer: s.id, Name: s.detail.Customer.Name, Assessment: askedTerms(s.detail)}})
		}})
}

func (s *customer) exceptionCommands() []kit.Command {
	return []kit.Command{
		{ID: "customer.exception.grant", Keys: []string{"y"}, Group: "change", Footer: 75, WhyNot: s.whyNotException, Moves: true, Run: s.settle(model.ExceptionGranted)},
		{ID: "customer.exception.refuse", Keys: []string{"x"}, Group: "change", Footer: 74, WhyNot: s.whyNotException, Moves: true, Run: s.settle(model.ExceptionRefused)},
		{ID: "customer.exception.settle", Keys: []string{"X"}, Group: "change", Footer: 73, WhyNot: s.whyNotException, Moves: true, Run: s.settle("")},
		{ID: "customer.exception.withdraw", Keys: []string{"d"}, Group: "change", Footer: 72, WhyNot: s.whyNotMyException, Run: s.withdrawException},
	}
}

func (s *customer) termsCommands() []kit.Command {
	return []kit.Command{
		{ID: "customer.terms.accept", Keys: []string{"y"}, Group: "change", Footer: 75, WhyNot: s.whyNotTerms(model.TermsAccepted), Run: s.answerTerms(model.TermsAccepted)},
		{ID: "customer.terms.refuse", Keys: []string{"x"}, Group: "change", Footer: 74, WhyNot: s.whyNotTerms(model.TermsRefused), Run: s.answerTerms(model.TermsRefused)},
		{ID: "customer.terms.break", Keys: []string{"X"}, Group: "change", Footer: 73, WhyNot: s.whyNotTerms(model.TermsBroken), Run: s.answerTerms(model.TermsBroken)},
		{ID: "customer.terms.withdraw", Keys: []string{"d"}, Group: "change", Footer: 72, WhyNot: s.whyNotMyTerms, Run: s.withdrawTerms},
	}
}

// openException opens the form for an exception.
func openException(ask ExceptionAsk) tea.Cmd {
	return kit.Send(kit.Open{Kind: KindException, Arg: ask})
}

// settle opens the form that answers the exception under the cursor.
func (s *customer) settle(state model.ExceptionState) func() tea.Cmd {
	return func() tea.Cmd {
		x := *s.item().exception
		return openException(ExceptionAsk{Customer: s.id, Name: s.detail.Customer.Name, Exception: &x, State: state})
	}
}

func (s *customer) withdrawException() tea.Cmd {
	x := s.item().exception
	return s.reason(x.ID, newPrompt(s.env, s.env.T("exception.withdraw.ask"), true, func(line string) []model.Action {
		return []model.Action{model.WithdrawException{Customer: x.Customer, Exception: x.ID, Reason: line}}
	}))
}

// answerTerms asks what was said to the terms under the cursor, or what was done
// against them.
func (s *customer) answerTerms(state model.TermsState) func() tea.Cmd {
	return func() tea.Cmd {
		t := s.item().terms
		return s.reason(t.ID, newPrompt(s.env, s.env.T("terms.ask."+string(state)), state != model.TermsAccepted, func(line string) []model.Action {
			return []model.Action{model.AnswerTerms{Customer: t.Customer, Terms: t.ID, State: state, Words: line}}
		}))
	}
}

func (s *customer) withdrawTerms() tea.Cmd {
	t := s.item().terms
	return s.reason(t.ID, newPrompt(s.env, s.env.T("terms.withdraw.ask"), true, func(line string) []model.Action {
		return []model.Action{model.WithdrawTerms{Customer: t.Customer, Terms: t.ID, Reason: line}}
	}))
}

// whyNotException asks for an exception under the cursor that stands.
func (s *customer) whyNotException() string {
	x := s.item().exception
	switch {
	case x == nil:
		return s.env.T("exception.why.none")
	case x.Withdrawn != nil:
		return s.env.T("exception.why.withdrawn")
	}
	return ""
}

func (s *customer) whyNotMyException() string {
	if why := s.whyNotException(); why != "" {
		return why
	}
	if !s.env.Me.Actor.Is(s.item().exception.By) && s.env.Me.Role < model.RoleLead {
		return s.env.T("exception.why.others")
	}
	return ""
}

// whyNotTerms asks for terms under the cursor that an answer is open for.
func (s *customer) whyNotTerms(answer model.TermsState) func() string {
	return func() string {
		t := s.item().terms
		switch {
		case t == nil:
			return s.env.T("terms.why.none")
		case t.Withdrawn != nil:
			return s.env.T("exception.why.withdrawn")
		case answer == model.TermsBroken && t.State != model.TermsAccepted:
			return s.env.T("terms.why.broken")
		case answer == model.TermsRefused && t.State != model.TermsStated,
			answer == model.TermsAccepted && t.State != model.TermsStated && t.State != model.TermsRefused:
			return s.env.T("terms.why.answered")
		}
		return ""
	}
}

func (s *customer) whyNotMyTerms() string {
	t := s.item().terms
	switch {
	case t == nil:
		return s.env.T("terms.why.none")
	case t.Withdrawn != nil:
		return s.env.T("exception.why.withdrawn")
	case !s.env.Me.Actor.Is(t.By) && s.env.Me.Role < model.RoleLead:
		return s.env.T("exception.why.others")
	}
	return ""
}
