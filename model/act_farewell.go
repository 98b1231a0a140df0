package model

import "strings"

// BeginFarewell begins a farewell from a verdict to part that stands. Approving
// such a verdict does the same by itself; this is for one that was approved
// without, or whose farewell was taken back.
type BeginFarewell struct {
	Customer, Assessment ID
	Reason               string
}

// Name is [ActBeginFarewell].
func (BeginFarewell) Name() ActionName { return ActBeginFarewell }

// Decide begins it, unless one is going or the verdict had its farewell.
func (a BeginFarewell) Decide(env *Env, r Reader) (*Change, error) {
	c, n, err := mustAssessment(r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	all, err := farewellsOf(r, c.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		switch {
		case f.State == FarewellGoing:
			return nil, Invalid("error.farewell.going", "Customer", c.Name).WithHint("hint.farewell.going")
		case f.Assessment == n.ID:
			return nil, Invalid("error.farewell.again", "Customer", c.Name).WithHint("hint.fit.rerun")
		}
	}
	if err := stillParts(env, r, n); err != nil {
		return nil, err
	}
	f := newFarewell(env, n, a.Reason)
	ch := &Change{Made: f.ID, Message: Say("journal.farewell.begin", "Customer", c.Name), Why: a.Reason}
	ch.Add(f)
	return ch, nil
}

// newFarewell begins a farewell with what the verdict says of it. No step is
// done by that: each is looked at by a person.
func newFarewell(env *Env, n *Assessment, reason string) *Farewell {
	s := n.Next
	return &Farewell{ID: env.NewID(), Customer: n.Customer, Assessment: n.ID, State: FarewellGoing, Begun: env.Rule(reason),
		To: s.Referral, Searched: s.Searched, Text: s.Text, Contact: s.Contact, Contract: s.Contract}
}

// approvedParting adds the farewell to the change that approves a parting, so
// that both are one step to take back. One that is going already goes on.
func approvedParting(env *Env, r Reader, ch *Change, n *Assessment) error {
	if n.Verdict != VerdictPart {
		return nil
	}
	all, err := farewellsOf(r, n.Customer)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.State == FarewellGoing {
			return nil
		}
	}
	ch.Add(newFarewell(env, n, ""))
	ch.Notes = append(ch.Notes, Say("note.farewell.begun"))
	return nil
}

// stillParts holds a farewell to its verdict: it is the newest one that stands,
// no other is on its way, and the rules would give it again by what the
// customer is now. Safeguards hold at the moment of acting.
func stillParts(env *Env, r Reader, n *Assessment) error {
	if n.State != FitSettled || n.Verdict != VerdictPart {
		return Invalid("error.farewell.verdict").WithHint("hint.fit.rerun")
	}
	all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, n.Customer))
	if err != nil {
		return err
	}
	for _, o := range all {
		switch {
		case o.ID == n.ID:
		case o.Running():
			return NotAllowed("error.farewell.running").WithHint("hint.farewell.running")
		case o.State == FitSettled && o.Settled.At >= n.Settled.At && o.Verdict != VerdictPart:
			return NotAllowed("error.farewell.newer").WithHint("hint.farewell.newer")
		}
	}
	if err := stillJudged(env, r, n); err != nil {
		if KindOf(err) == KindNotAllowed {
			return NotAllowed("error.farewell.facts").WithHint("hint.fit.rerun")
		}
		return err
	}
	return nil
}

func farewellsOf(r Reader, customer ID) ([]*Farewell, error) {
	return FindAll[*Farewell](r, prefixOf(TableFarewell, customer))
}

// mustFarewell finds a farewell of a customer that is in one of some states.
func mustFarewell(r Reader, customer, id ID, states ...FarewellState) (*Customer, *Farewell, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	f, err := Find[*Farewell](r, FarewellKey(customer, id))
	switch {
	case err != nil:
		return nil, nil, err
	case f == nil:
		return nil, nil, NotFound("error.farewell.gone", "Customer", c.Name).WithHint("hint.refresh")
	}
	for _, s := range states {
		if f.State == s {
			return c, f, nil
		}
	}
	return nil, nil, Invalid("error.farewell.over", "Customer", c.Name).WithHint("hint.farewell.over")
}

// EndFarewell ends a farewell whose steps are all done, calls it off, or notes
// that a former customer came back.
type EndFarewell struct {
	Customer, Farewell ID
	State              FarewellState // ended, called or back
	Reason             string        // needed for called and back
	Typed              string        // the customer's name typed over, for ended
}

// Name is [ActEndFarewell].
func (EndFarewell) Name() ActionName { return ActEndFarewell }

// Decide ends it; the customer's relation goes along in the same change.
func (a EndFarewell) Decide(env *Env, r Reader) (*Change, error) {
	from := FarewellGoing
	switch a.State {
	case FarewellEnded, FarewellCalled:
	case FarewellBack:
		from = FarewellEnded
	default:
		return nil, Invalid("error.farewell.state").WithHint("hint.farewell.state")
	}
	c, before, err := mustFarewell(r, a.Customer, a.Farewell, from)
	if err != nil {
		return nil, err
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	if a.State != FarewellEnded {
		if err := mustReason(a.Reason); err != nil {
			return nil, err
		}
	}
	after := cloneFarewell(before)
	after.State = a.State
	ch := &Change{Made: after.ID, Why: strings.TrimSpace(a.Reason)}
	switch a.State {
	case FarewellEnded:
		if err := mayEnd(env, r, c, before, a.Typed); err != nil {
			return nil, err
		}
		after.Closed, ch.Message = env.Rule(ch.Why), Say("journal.farewell.ended", "Customer", c.Name)
		become(ch, c, Former)
	case FarewellBack:
		if err := onlyFarewell(r, before); err != nil {
			return nil, err
		}
		after.Back, ch.Message = env.Rule(ch.Why), Say("journal.farewell.back", "Customer", c.Name)
		if c.Relation == Former {
			become(ch, c, Current)
		}
	default:
		after.Closed, ch.Message = env.Rule(ch.Why), Say("journal.farewell.called", "Customer", c.Name)
	}
	ch.Replace(before, after)
	if a.State != FarewellEnded {
		err = askAnew(env, r, ch, after)
	}
	return ch, err
}

// mayEnd refuses to end what is not done, or before the day on which the
// relation ends: notice is kept.
func mayEnd(env *Env, r Reader, c *Customer, f *Farewell, typed string) error {
	if f.Unheard() {
		return NotAllowed("error.farewell.unheard").WithHint("hint.farewell.hear")
	}
	if s := f.Next(); s != "" {
		return needStep(s)
	}
	if f.Ends > env.Today() {
		return NotAllowed("error.farewell.notice", "Date", string(f.Ends)).WithHint("hint.wait")
	}
	n, err := Find[*Assessment](r, AssessmentKey(f.Customer, f.Assessment))
	if err != nil {
		return err
	}
	if n == nil {
		return Invalid("error.farewell.verdict").WithHint("hint.fit.rerun")
	}
	if err := stillParts(env, r, n); err != nil {
		return err
	}
	return checkTyped(typed, c.Name)
}

// become changes the relation of a customer.
func become(ch *Change, c *Customer, to Relation) {
	if c.Relation == to {
		return
	}
	after := *c
	after.Relation = to
	ch.Replace(c, &after)
}

// askAnew puts the verdict of a farewell that came to nothing back in the queue:
// facts changed, so the question is asked again (fit.md, Safeguard 5).
func askAnew(env *Env, r Reader, ch *Change, f *Farewell) error {
	n, err := Find[*Assessment](r, AssessmentKey(f.Customer, f.Assessment))
	if err != nil || n == nil || n.State != FitSettled || n.Due != "" && n.Due <= env.Today() {
		return err
	}
	after := cloneAssessment(n)
	after.Due = env.Today()
	ch.Replace(n, after)
	ch.Notes = append(ch.Notes, Say("note.farewell.rerun"))
	return nil
}

// onlyFarewell refuses a second farewell of a customer that goes.
func onlyFarewell(r Reader, f *Farewell) error {
	c, err := mustCustomer(r, f.Customer)
	if err != nil {
		return err
	}
	all, err := farewellsOf(r, f.Customer)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.ID != f.ID && o.State == FarewellGoing {
			return Invalid("error.farewell.going", "Customer", c.Name).WithHint("hint.farewell.going")
		}
	}
	return nil
}
