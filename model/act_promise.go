package model

import "strings"

// MakePromise notes what one side promised the other.
type MakePromise struct {
	Customer ID
	Side     Side
	Words    string
	Who      ID  // ours: who keeps it; [NoID] is the actor
	Due      Day // today or later
	Contact  ID
	Topic    string
}

// Name is [ActMakePromise].
func (MakePromise) Name() ActionName { return ActMakePromise }

// Decide notes the promise.
func (a MakePromise) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if err := ownContact(r, a.Customer, a.Contact); err != nil {
		return nil, err
	}
	p, err := a.record(env, r)
	if err != nil {
		return nil, err
	}
	id := "journal.promise.ours"
	if p.Side == Theirs {
		id = "journal.promise.theirs"
	}
	ch := &Change{Made: p.ID, Message: Say(id, "Customer", c.Name, "Words", p.Words, "Date", string(p.Due))}
	ch.Add(p)
	return ch, nil
}

// record makes the promise, for this action and for a contact that holds one.
func (a MakePromise) record(env *Env, r Reader) (*Promise, error) {
	if a.Side != Ours && a.Side != Theirs {
		return nil, Invalid("error.promise.side").WithHint("hint.promise.side")
	}
	if blank(a.Words) {
		return nil, Invalid("error.promise.words", "Field", "words").WithHint("hint.promise.words")
	}
	if err := checkWords("words", a.Words); err != nil {
		return nil, err
	}
	if err := checkDay("due", a.Due); err != nil {
		return nil, err
	}
	if a.Due == "" || a.Due < env.Today() {
		return nil, Invalid("error.promise.due", "Field", "due").WithHint("hint.promise.due")
	}
	if a.Topic != "" {
		if _, known := env.Playbook.Desk.Topic(a.Topic); !known {
			return nil, Invalid("error.promise.topic", "Field", "topic", "Text", a.Topic).WithHint("hint.promise.topic")
		}
	}
	if err := someoneHere(r, a.Who); err != nil {
		return nil, err
	}
	p := &Promise{ID: env.NewID(), Customer: a.Customer, Side: a.Side, Words: strings.TrimSpace(a.Words), Due: a.Due,
		State: PromiseOpen, By: env.Actor.Person, At: env.Stamp(), Contact: a.Contact, Topic: a.Topic}
	if a.Side == Ours {
		if p.Who = a.Who; p.Who == NoID {
			p.Who = env.Actor.Person
		}
	}
	return p, nil
}

// ClosePromise says what became of a promise: kept, broken, or dropped because
// it was noted by mistake or the other side let it go.
type ClosePromise struct {
	Customer, Promise ID
	State             PromiseState // kept, broken or dropped
	Reason            string       // needed for broken and dropped
	On                Day          // when it was kept or broken; "" is today
}

// Name is [ActClosePromise].
func (ClosePromise) Name() ActionName { return ActClosePromise }

// Decide closes the promise. Any agent may: whoever hears what became of it
// writes it down. A promise of ours that is broken takes the ground from under
// a verdict that stands (fit.md, Safeguard 5), which the receipt says.
func (a ClosePromise) Decide(env *Env, r Reader) (*Change, error) {
	c, p, err := mustOpenPromise(r, a.Customer, a.Promise)
	if err != nil {
		return nil, err
	}
	var id string
	switch a.State {
	case PromiseKept:
		id = "journal.promise.kept"
		err = checkWords("reason", a.Reason)
	case PromiseBroken:
		id, err = "journal.promise.broken", mustReason(a.Reason)
	case PromiseDropped:
		id, err = "journal.promise.dropped", mustReason(a.Reason)
	default:
		err = Invalid("error.promise.state").WithHint("hint.promise.state")
	}
	if err == nil {
		err = checkDay("on", a.On)
	}
	if err != nil {
		return nil, err
	}
	after := *p
	after.State, after.Closed, after.ClosedOn = a.State, env.Rule(strings.TrimSpace(a.Reason)), a.On
	switch made := DayOf(p.At.Time().In(env.Now.Location())); {
	case a.On == "":
		after.ClosedOn = env.Today()
	case a.On > env.Today():
		return nil, Invalid("error.date.future").WithHint("hint.date.past")
	case a.On < made:
		return nil, Invalid("error.promise.before", "Date", string(made)).WithHint("hint.promise.before")
	}
	ch := &Change{Message: Say(id, "Customer", c.Name, "Words", p.Words), Why: after.Closed.Reason, Made: p.ID}
	ch.Replace(p, &after)
	if p.Side == Ours && a.State == PromiseBroken {
		return ch, noteStale(r, ch, &after)
	}
	return ch, nil
}

// noteStale says with a change that the customer's verdict is to be looked at.
func noteStale(r Reader, ch *Change, p *Promise) error {
	all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, p.Customer))
	if err != nil {
		return err
	}
	var settled *Assessment
	for _, a := range all { // oldest first
		switch {
		case a.Running():
			return nil // it is being looked at
		case a.State == FitSettled:
			settled = a
		}
	}
	if settled != nil {
		ch.Notes = append(ch.Notes, Say("note.promise.stale", "Verdict", string(settled.Verdict)))
	}
	return nil
}

// MovePromise puts a promise off to another day, with the reason.
type MovePromise struct {
	Customer, Promise ID
	To                Day // today or later
	Reason            string
	From              Day // the day that the person saw, "" does not look: another one is a conflict
}

// Name is [ActMovePromise].
func (MovePromise) Name() ActionName { return ActMovePromise }

// Decide moves the promise. Where it came from stays with it: a promise that is
// put off again and again shows as such.
func (a MovePromise) Decide(env *Env, r Reader) (*Change, error) {
	c, p, err := mustOpenPromise(r, a.Customer, a.Promise)
	if err != nil {
		return nil, err
	}
	if a.From != "" && a.From != p.Due && a.To != p.Due {
		return nil, clashOver(p.Words, []FieldConflict{{Field: "due", Was: string(a.From), Yours: string(a.To), Stand: string(p.Due)}})
	}
	if err := checkDay("due", a.To); err != nil {
		return nil, err
	}
	if a.To == "" || a.To < env.Today() {
		return nil, Invalid("error.promise.due", "Field", "due").WithHint("hint.promise.due")
	}
	if a.To == p.Due {
		return nil, Invalid("error.promise.same-day", "Field", "due").WithHint("hint.promise.due")
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *p
	rule := env.Rule(strings.TrimSpace(a.Reason))
	after.Moves = append(append([]Move(nil), p.Moves...), Move{From: p.Due, To: a.To, Ruling: rule})
	after.Due = a.To
	ch := &Change{Message: Say("journal.promise.moved", "Customer", c.Name, "Words", p.Words, "Date", string(a.To)), Why: rule.Reason, Made: p.ID}
	ch.Replace(p, &after)
	return ch, nil
}

// mustOpenPromise gives a promise that is still to be kept.
func mustOpenPromise(r Reader, customer, id ID) (*Customer, *Promise, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	p, err := Find[*Promise](r, PromiseKey(customer, id))
	switch {
	case err != nil:
	case p == nil:
		err = NotFound("error.promise.gone").WithHint("hint.refresh")
	case p.State != PromiseOpen:
		err = Invalid("error.promise.closed").WithHint("hint.promise.closed")
	}
	return c, p, err
}
