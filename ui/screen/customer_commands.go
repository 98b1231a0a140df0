package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Commands are what can be done with the customer and with the part of the page
// under the cursor.
func (s *customer) Commands() []kit.Command {
	switch {
	case s.confirm != nil:
		return nil
	case s.bottom.p != nil:
		return s.bottom.commands()
	}
	open := func(kind string) func() tea.Cmd {
		return func() tea.Cmd { return kit.Send(kit.Open{Kind: kind, Arg: s.id}) }
	}
	cmds := []kit.Command{
		{ID: "customer.tag", Keys: []string{"1", "2", "3", "4"}, Shown: "1-4", Group: "change", Footer: 90, WhyNot: s.whyGone, RunKey: s.tag},
		{ID: "customer.fit", Keys: []string{"w"}, Group: "change", Footer: 80, WhyNot: s.whyGone, Moves: true, Run: open(KindWizard)},
		{ID: "customer.confirm", Keys: []string{"y"}, Group: "change", Footer: 75, WhyNot: s.whyNotLive, Run: s.confirmSighting},
		{ID: "customer.contest", Keys: []string{"x"}, Group: "change", Footer: 74, WhyNot: s.whyNotLive, Run: s.contest},
		{ID: "customer.withdraw", Keys: []string{"d"}, Group: "change", Footer: 73, WhyNot: s.whyNotMine, Run: s.withdraw},
		{ID: "customer.flag.clear", Keys: []string{"C"}, Group: "change", Footer: 72, WhyNot: s.whyNoFlag, Run: s.clearFlag},
		{ID: "customer.edit", Keys: []string{"e"}, Group: "change", Footer: 60, WhyNot: s.whyGone, Moves: true, Run: open(KindEdit)},
		{ID: "customer.flag", Keys: []string{"!"}, Group: "change", Footer: 55, WhyNot: s.whyGone, Run: func() tea.Cmd {
			p := newFlag(s.env, s.detail.Customer.Name, []model.ID{s.id})
			s.bottom.show(p)
			return p.keeps(draftOf("flag", s.id))
		}},
		{ID: "customer.journal", Keys: []string{"J"}, Group: "look", Footer: 8, Moves: true, Run: open(KindJournal)},
		{ID: "customer.twins", Keys: []string{"D"}, Group: "look", Footer: 7, WhyNot: s.whyGone, Moves: true, Run: open(KindTwins)},
		{ID: "customer.remove", Group: "change", Danger: true, WhyNot: s.whyNotRemove, Run: s.remove},
	}
	cmds = append(cmds, s.contactCommands()...)
	cmds = s.withTerms(cmds)
	cmds = append(cmds, s.moneyCommands()...)
	cmds = append(cmds, s.improveCommands()...)
	if s.item().promise != nil { // what is said of a key is then of the promise
		cmds = append(s.promiseCommands(), cmds...)
	} else {
		cmds = append(cmds, s.promiseCommands()...)
	}
	cmds = append(cmds, s.farewellCommands()...)
	return append(cmds, movement(s.move, s.turn, s.first, s.last)...)
}

func (s *customer) tag(key string) tea.Cmd {
	p := newTag(s.env, int(key[0]-'0'), s.detail.Customer.Name, []model.ID{s.id})
	if p == nil {
		return nil
	}
	s.bottom.show(p)
	return p.load()
}

func (s *customer) confirmSighting() tea.Cmd {
	g := s.item().sighting
	return s.env.do("confirm", model.Confirm{Customer: g.Customer, Sighting: g.ID})
}

// ask opens a question for a reason about the sighting under the cursor.
func (s *customer) ask(title string, must bool, act func(g *model.Sighting, reason string) model.Action) tea.Cmd {
	g := s.item().sighting
	return s.reason(g.ID, newPrompt(s.env, title, must, func(line string) []model.Action {
		return []model.Action{act(g, line)}
	}))
}

// reason opens a question for a reason about something of the customer; what is
// typed outlives a dropped line.
func (s *customer) reason(about model.ID, p *prompt) tea.Cmd {
	s.bottom.show(p)
	return p.keeps(draftOf("reason", about))
}

func (s *customer) contest() tea.Cmd {
	return s.ask(s.env.T("customer.contest.ask"), true, func(g *model.Sighting, reason string) model.Action {
		return model.Contest{Customer: g.Customer, Sighting: g.ID, Reason: reason}
	})
}

func (s *customer) withdraw() tea.Cmd {
	return s.ask(s.env.T("customer.withdraw.ask"), true, func(g *model.Sighting, reason string) model.Action {
		return model.Withdraw{Customer: g.Customer, Sighting: g.ID, Reason: reason}
	})
}

func (s *customer) clearFlag() tea.Cmd {
	f := s.item().flag
	p := newClearFlag(s.env, f)
	s.bottom.show(p)
	return p.keeps(draftOf("clear", f.ID))
}

// remove asks for the name first: it cannot be run by a key alone.
func (s *customer) remove() tea.Cmd {
	name := s.detail.Customer.Name
	s.confirm = kit.NewConfirmName(s.env.Text, s.env.Theme, s.env.T("customer.remove.title"),
		s.env.T("customer.remove.body", "Customer", kit.Clean(clip(name, 200))), name)
	return nil
}

func (s *customer) confirming(msg tea.Msg) tea.Cmd {
	switch s.confirm.Update(msg) {
	case kit.Left:
		s.confirm = nil
	case kit.Saved:
		s.confirm = nil
		// The dialog compared what was typed with what was shown; the book is
		// told the name as it is kept.
		remove := model.RemoveCustomer{Customer: s.id, Typed: s.detail.Customer.Name}
		return func() tea.Msg {
			r, err := s.env.Desk.Do(s.env.Ctx, remove)
			if err != nil {
				return kit.Failed{Err: err}
			}
			return customerRemoved{receipt: r}
		}
	}
	return nil
}

func (s *customer) whyGone() string {
	switch {
	case s.gone:
		return s.env.T("customer.gone")
	case s.detail == nil:
		return s.env.T("customer.loading")
	}
	return ""
}

// whyNotSighting asks for a sighting under the cursor that still stands.
func (s *customer) whyNotSighting() string {
	g := s.item().sighting
	switch {
	case g == nil:
		return s.env.T("customer.why.sighting")
	case g.Withdrawn != nil:
		return s.env.T("customer.why.withdrawn")
	}
	return ""
}

func (s *customer) whyNotLive() string {
	if why := s.whyNotSighting(); why != "" {
		return why
	}
	if s.item().sighting.Frozen() {
		return s.env.T("customer.why.contested")
	}
	return ""
}

// whyNotMine lets one withdraw one's own sightings, and a lead any.
func (s *customer) whyNotMine() string {
	if why := s.whyNotSighting(); why != "" {
		return why
	}
	if !s.env.Me.Actor.Is(s.item().sighting.By) && s.env.Me.Role < model.RoleLead {
		return s.env.T("customer.why.others")
	}
	return ""
}

func (s *customer) whyNoFlag() string {
	if f := s.item().flag; f == nil || f.Cleared != nil {
		return s.env.T("customer.why.flag")
	}
	return s.whyNot(model.ActClearFlag)
}

func (s *customer) whyNotRemove() string {
	if why := s.whyGone(); why != "" {
		return why
	}
	return s.whyNot(model.ActRemoveCustomer)
}

// whyNot words the right that a person lacks for an action.
func (s *customer) whyNot(a model.ActionName) string {
	if err := model.MayDo(s.env.Me.Role, a); err != nil {
		return s.env.Say.Error(err)
	}
	return ""
}
