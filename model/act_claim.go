package model

import "time"

// TakeCase keeps a case of the review queue for who takes it, for [ClaimFor].
// Taking again what is one's own keeps it longer. Nobody takes a case that is
// not theirs to decide: it would stand in the way of those who may.
type TakeCase struct {
	Kind     CaseKind
	Case     ID
	Customer ID
	Over     bool // also from a colleague who holds it, on purpose
}

// Name is [ActClaim].
func (TakeCase) Name() ActionName { return ActClaim }

// Decide takes the case, quietly.
func (a TakeCase) Decide(env *Env, r Reader) (*Change, error) {
	if err := a.mine(env, r); err != nil {
		return nil, err
	}
	old, err := Find[*Claim](r, ClaimKey(a.Case))
	if err != nil {
		return nil, err
	}
	holder, err := old.holder(r, env.Stamp())
	if err != nil {
		return nil, err
	}
	now := &Claim{Case: a.Case, Kind: a.Kind, Person: env.Actor.Person, At: env.Stamp(), Until: StampOf(env.Now.Add(ClaimFor))}
	switch {
	case holder == nil:
	case holder.ID == env.Actor.Person:
		now.At = old.At
	case !a.Over:
		return nil, held(env, old, holder)
	}
	ch := &Change{Quiet: true, Made: a.Case}
	ch.Puts = append(ch.Puts, put(old, now))
	if holder != nil {
		return ch, nil
	}
	return ch, sweepClaims(env, r, ch, a.Case)
}

// mine refuses a case that does not wait in the queue, and one that another has
// to decide.
func (a TakeCase) mine(env *Env, r Reader) error {
	gone := NotFound("error.claim.gone").WithHint("hint.refresh")
	switch a.Kind {
	case CaseFlag:
		f, err := Find[*Flag](r, FlagKey(a.Customer, a.Case))
		if err == nil && (f == nil || f.Cleared != nil) {
			err = gone
		}
		return err
	case CaseContest:
		s, err := Find[*Sighting](r, SightingKey(a.Customer, a.Case))
		if err != nil {
			return err
		}
		if s == nil || !s.Frozen() {
			return gone
		}
		return mayRule(env, s)
	case CaseDouble:
		d, err := Find[*Double](r, DoubleKey(a.Case))
		if err == nil && (d == nil || d.Dismissed != nil) {
			err = gone
		}
		return err
	case CaseProposal, CaseReturned, CaseDate:
		n, err := Find[*Assessment](r, AssessmentKey(a.Customer, a.Case))
		if err != nil {
			return err
		}
		if n == nil {
			return gone
		}
		return a.assessment(env, r, n, gone)
	}
	return gone
}

func (a TakeCase) assessment(env *Env, r Reader, n *Assessment, gone error) error {
	switch {
	case a.Kind == CaseProposal && n.State == FitProposed:
		return uninvolved(env, r, n)
	case a.Kind == CaseReturned && n.State == FitReturned:
		return NotAllowed("error.claim.returned").WithHint("hint.claim.returned")
	case a.Kind != CaseDate || n.State != FitSettled || n.Due > env.Today():
		return gone
	}
	all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, n.Customer))
	if err != nil {
		return err
	}
	for _, o := range all { // of several verdicts the newest comes back
		if o.State == FitSettled && string(o.ID[:]) > string(n.ID[:]) {
			return gone
		}
	}
	return nil
}

// mayRule refuses who noted a sighting or contests it.
func mayRule(env *Env, s *Sighting) error {
	if env.Actor.Is(s.By) || env.Actor.Is(s.Contested.By) || env.Actor.Is(s.Contested.Real) {
		return NotAllowed("error.not-allowed.own-contest").WithHint("hint.other-lead")
	}
	return nil
}

// sweepClaims takes away the claims that lapsed. It looks at all of them, so it
// is done when a case is taken anew and not when a claim is kept longer.
func sweepClaims(env *Env, r Reader, ch *Change, but ID) error {
	all, err := FindAll[*Claim](r, TableKey(TableClaim, NoID))
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Case != but && !c.stands(env.Stamp()) {
			ch.Remove(c)
		}
	}
	return nil
}

// ReleaseCase gives a case back to the queue. Where there is nothing to give
// back nothing happens.
type ReleaseCase struct {
	Case ID
}

// Name is [ActRelease].
func (ReleaseCase) Name() ActionName { return ActRelease }

// Decide takes the own claim away, quietly; that of a colleague stays.
func (a ReleaseCase) Decide(env *Env, r Reader) (*Change, error) {
	old, err := Find[*Claim](r, ClaimKey(a.Case))
	if err != nil {
		return nil, err
	}
	if err := notHeld(env, r, a.Case); err != nil {
		return nil, err
	}
	ch := &Change{Quiet: true, Made: a.Case}
	if old != nil {
		ch.Remove(old)
	}
	return ch, nil
}

// stands reports whether the time of a claim has not passed.
func (c *Claim) stands(now Stamp) bool { return c != nil && now < c.Until }

// holder gives who holds a case at a moment; nil for nobody: no claim, one that
// lapsed, or one of somebody who left or decides no more.
func (c *Claim) holder(r Reader, now Stamp) (*Person, error) {
	if !c.stands(now) {
		return nil, nil
	}
	p, err := Find[*Person](r, PersonKey(c.Person))
	if err != nil || p == nil || p.Gone || MayDo(p.Role, ActClaim) != nil {
		return nil, err
	}
	return p, nil
}

// StandingClaim gives the claim on a case that stands at a moment, and who holds
// it; nil for none.
func StandingClaim(r Reader, now Stamp, id ID) (*Claim, *Person, error) {
	c, err := Find[*Claim](r, ClaimKey(id))
	if err != nil {
		return nil, nil, err
	}
	p, err := c.holder(r, now)
	if err != nil || p == nil {
		return nil, nil, err
	}
	return c, p, nil
}

// notHeld refuses while a colleague holds a case. It reads the claim through the
// reader, so one that comes meanwhile stops the change.
func notHeld(env *Env, r Reader, id ID) error {
	c, p, err := StandingClaim(r, env.Stamp(), id)
	if err != nil || c == nil || p.ID == env.Actor.Person {
		return err
	}
	return held(env, c, p)
}

func held(env *Env, c *Claim, holder *Person) *Error {
	return HeldBy(holder.Name, c.Until.Time().In(env.Now.Location()))
}

// HeldBy is the refusal of a case that a colleague holds until a moment, which
// is within the hour: its clock is enough.
func HeldBy(person string, until time.Time) *Error {
	return NewError(KindConflict, "error.claim.held", "Person", person, "At", until.Format("15:04")).WithHint("hint.claim.held")
}

// keepsHeld holds an undo or a putting back that would decide a case against who
// holds it. What one brought to the queue oneself one takes back all the same.
func keepsHeld(env *Env, r Reader, p Put) error {
	id, by := waiting(p.Before)
	if id == NoID || p.After == nil || env.Actor.Is(by) {
		return nil
	}
	if still, _ := waiting(p.After); still == id {
		return nil
	}
	return notHeld(env, r, id)
}

// waiting gives the case that a record is while it waits for a decision, and who
// brought it; [NoID] when it waits for nobody.
func waiting(rec Record) (id, by ID) {
	switch x := rec.(type) {
	case *Flag:
		if x.Cleared == nil {
			return x.ID, x.By
		}
	case *Assessment:
		if x.State == FitProposed {
			return x.ID, x.Proposed.By
		}
	case *Sighting:
		if x.Frozen() {
			return x.ID, x.Contested.By
		}
	case *Double:
		if x.Dismissed == nil {
			return x.ID, NoID
		}
	}
	return NoID, NoID
}
