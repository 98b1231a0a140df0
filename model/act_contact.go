package model

import "strings"

// Bounds of what is counted of a contact.
const (
	MaxMinutes   = 24 * 60      // of one activity
	MaxTransfers = 99           // put through
	MaxEffort    = 7            // "made it easy for me", 7 for agree
	MaxWaited    = 24 * 60 * 60 // seconds
	MaxFelt      = 3650         // days
)

// firstDay is the earliest day a contact may be noted for: what lies further
// back is a slip of the keys.
const firstDay Day = "2000-01-01"

// LogContact notes that a customer and we spoke or wrote (article 002: the story
// is told once). A promise that was made and an exception that was asked in it
// are part of the same change.
type LogContact struct {
	Customer    ID
	On          Stamp // when it took place; 0 is now
	Out         bool  // we reached out to the customer
	Channel     string
	Topic       string
	Story       string
	Answered    bool
	Minutes     [Activities]int
	Transfers   int
	ToldAgain   bool
	NumberAgain bool
	Failed      bool
	Effort      int    // 1–7, 0 for not asked
	Waited      *int   // seconds; nil for not known
	Felt        *int   // days; nil for not asked
	Answer      ID     // the answer at hand that served
	Missing     string // the answer that was not at hand

	Promise   *MakePromise
	Exception *LogException
}

// Name is [ActLogContact].
func (LogContact) Name() ActionName { return ActLogContact }

// Decide notes the contact with what was promised and asked in it.
func (a LogContact) Decide(env *Env, r Reader) (*Change, error) {
	customer, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	c := a.contact(env)
	if err := checkContact(env, &Contact{}, c); err != nil {
		return nil, err
	}
	if err := knownAnswer(r, c.Answer); err != nil {
		return nil, err
	}
	ch := &Change{Made: c.ID, Message: Say("journal.contact.log", "Customer", customer.Name, "Topic", c.Topic)}
	ch.Add(c)
	if a.Promise != nil {
		p := *a.Promise
		p.Customer, p.Contact, p.Topic = a.Customer, c.ID, c.Topic
		made, err := p.record(env, r)
		if err != nil {
			return nil, err
		}
		ch.Add(made)
		ch.Message = Say("journal.contact.promise", "Customer", customer.Name, "Topic", c.Topic, "Date", string(made.Due))
	}
	if a.Exception != nil {
		x := *a.Exception
		x.Customer, x.Contact, x.Topic = a.Customer, c.ID, c.Topic
		if x.On == "" {
			x.On = c.Day
		}
		if _, _, err := x.records(env, r, ch); err != nil {
			return nil, err
		}
	}
	return ch, nil
}

// contact makes the record; what it holds is not checked yet.
func (a LogContact) contact(env *Env) *Contact {
	c := &Contact{ID: env.NewID(), Customer: a.Customer, On: a.On, Out: a.Out, Channel: a.Channel, Topic: a.Topic,
		Story: strings.TrimSpace(a.Story), By: env.Actor.Person, At: env.Stamp(), Answered: a.Answered, Minutes: a.Minutes,
		Transfers: a.Transfers, ToldAgain: a.ToldAgain, NumberAgain: a.NumberAgain, Failed: a.Failed, Effort: a.Effort,
		Answer: a.Answer, Missing: strings.TrimSpace(a.Missing)}
	if c.On == 0 {
		c.On = c.At
	}
	c.Day = DayOf(c.On.Time().In(env.Now.Location()))
	c.Waited, c.Felt = oneMore(a.Waited), oneMore(a.Felt)
	return c
}

// oneMore is how a count that may be unknown is kept: one more than it is, 0
// for unknown.
func oneMore(n *int) int {
	if n == nil {
		return 0
	}
	return *n + 1
}

// checkContact holds a contact against the playbook and the bounds. A topic or
// channel that stood before is not checked again: the playbook may have lost it.
func checkContact(env *Env, was, c *Contact) error {
	if _, ok := env.Playbook.Desk.Channel(c.Channel); !ok && (c.Channel == "" || c.Channel != was.Channel) {
		return Invalid("error.channel.unknown", "Channel", c.Channel).WithHint("hint.channels")
	}
	if _, ok := env.Playbook.Desk.Topic(c.Topic); !ok && (c.Topic == "" || c.Topic != was.Topic) {
		return Invalid("error.topic.unknown", "Topic", c.Topic).WithHint("hint.topics")
	}
	if c.On > env.Stamp() {
		return Invalid("error.date.future", "Field", "contact.day").WithHint("hint.date.past")
	}
	if c.Day < firstDay {
		return Invalid("error.contact.early", "Field", "contact.day").WithHint("hint.date.past")
	}
	return checkCounts(c)
}

func checkCounts(c *Contact) error {
	for _, m := range c.Minutes {
		if m < 0 || m > MaxMinutes {
			return Invalid("error.contact.minutes", "Field", "contact.minutes", "Max", MaxMinutes)
		}
	}
	for _, n := range []struct {
		field    string
		have     int
		from, to int
	}{
		{"contact.transfers", c.Transfers, 0, MaxTransfers},
		{"contact.effort", c.Effort, 0, MaxEffort},
		{"contact.waited", c.Waited, 0, MaxWaited + 1},
		{"contact.felt", c.Felt, 0, MaxFelt + 1},
	} {
		if n.have < n.from || n.have > n.to {
			most := n.to
			if n.field == "contact.waited" || n.field == "contact.felt" {
				most--
			}
			return Invalid("error.contact.count", "Field", n.field, "Max", most)
		}
	}
	return checkWords("contact.story", c.Story, c.Missing)
}

// knownAnswer asks that an answer at hand is there and still in use.
func knownAnswer(r Reader, id ID) error {
	if id == NoID {
		return nil
	}
	a, err := Find[*ReadyAnswer](r, AnswerKey(id))
	if err == nil && (a == nil || a.Retired != nil) {
		err = NotFound("error.answer.gone").WithHint("hint.refresh")
	}
	return err
}

// WithdrawContact takes a contact back that was noted by mistake: one's own, or
// as a lead. It leaves the timeline and every count; the journal keeps it.
type WithdrawContact struct {
	Customer, Contact ID
	Reason            string
}

// Name is [ActWithdrawContact].
func (WithdrawContact) Name() ActionName { return ActWithdrawContact }

// Decide marks the contact as withdrawn.
func (a WithdrawContact) Decide(env *Env, r Reader) (*Change, error) {
	customer, c, err := mustContact(env, r, a.Customer, a.Contact)
	if err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *c
	after.Withdrawn = env.Rule(a.Reason)
	ch := &Change{Message: Say("journal.contact.withdraw", "Customer", customer.Name, "Topic", c.Topic), Why: a.Reason, Made: c.ID}
	ch.Replace(c, &after)
	return ch, nil
}

// mustContact finds a contact that stands and that the actor may change.
func mustContact(env *Env, r Reader, customer, id ID) (*Customer, *Contact, error) {
	of, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	c, err := Find[*Contact](r, ContactKey(customer, id))
	switch {
	case err != nil:
		return nil, nil, err
	case c == nil || !c.Stands():
		return nil, nil, NotFound("error.contact.gone").WithHint("hint.refresh")
	case !env.Actor.Is(c.By) && env.Role < RoleLead:
		return nil, nil, NotAllowed("error.not-allowed.others-contact").WithHint("hint.others-contact")
	}
	return of, c, nil
}

// mayRestoreContact asks for a lead where a withdrawal would.
func mayRestoreContact(env *Env, p Put) error {
	before, _ := p.Before.(*Contact)
	after, _ := p.After.(*Contact)
	if before == nil || after == nil || !before.Stands() || after.Stands() {
		return nil
	}
	if !env.Actor.Is(after.By) && env.Role < RoleLead {
		return NotAllowed("error.not-allowed.others-contact").WithHint("hint.others-contact")
	}
	return nil
}
