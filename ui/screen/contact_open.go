package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// contactCommands are what the page of a customer offers about contacts.
func (s *customer) contactCommands() []kit.Command {
	return []kit.Command{
		{ID: "customer.log", Keys: []string{"c"}, Group: "change", Footer: 95, WhyNot: s.whyGone, Run: s.log},
		{ID: "customer.contacts", Keys: []string{"h"}, Group: "look", Footer: 65, WhyNot: s.whyGone, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindContacts, Arg: s.id}) }},
		{ID: "customer.banner", Keys: []string{"b"}, Group: "change", Footer: 50, WhyNot: s.whyGone, Run: s.setBanner},
		{ID: "contact.withdraw", Keys: []string{"d"}, Group: "change", Footer: 71, WhyNot: s.whyNotContact, Run: s.withdrawContact},
	}
}

// log opens the noting of a contact with the customer of the page.
func (s *customer) log() tea.Cmd {
	p := newLog(s.env, s.detail.Customer.Name, s.id)
	s.bottom.show(p)
	return p.load()
}

// setBanner opens the line that must not be missed.
func (s *customer) setBanner() tea.Cmd {
	p := newBanner(s.env, s.detail.Customer.Name, s.id)
	s.bottom.show(p)
	return p.load()
}

// withdrawContact asks why the contact under the cursor was a mistake.
func (s *customer) withdrawContact() tea.Cmd {
	c := s.item().contact
	return s.reason(c.ID, newPrompt(s.env, s.env.T("contacts.withdraw.ask"), true, func(line string) []model.Action {
		return []model.Action{model.WithdrawContact{Customer: c.Customer, Contact: c.ID, Reason: line}}
	}))
}

// whyNotContact asks for a contact under the cursor that one may change.
func (s *customer) whyNotContact() string {
	c := s.item().contact
	if c == nil {
		return s.env.T("contacts.why.none")
	}
	return s.env.whyNotOwnContact(c)
}

// whyNotOwnContact lets one change one's own contacts, and a lead any.
func (e *Env) whyNotOwnContact(c *model.Contact) string {
	if !e.Me.Actor.Is(c.By) && e.Me.Role < model.RoleLead {
		return e.T("contacts.why.others")
	}
	return ""
}

// log opens the noting of a contact with a customer of the list.
func (s *desk) log(r model.Row) tea.Cmd {
	p := newLog(s.env, r.Name, r.ID)
	s.bottom.show(p)
	return p.load()
}

// setBanner opens the line that must not be missed on a customer of the list.
func (s *desk) setBanner(r model.Row) tea.Cmd {
	p := newBanner(s.env, r.Name, r.ID)
	s.bottom.show(p)
	return p.load()
}
