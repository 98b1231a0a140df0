package model

import (
	"slices"
	"strings"
)

// checkNext checks what the verdict asks to be filled in (fit.md and domain.md,
// After the verdict).
func checkNext(env *Env, r Reader, n *Assessment) error {
	s := n.Next
	if err := checkWords("next", s.What, s.Cause, s.Referral, s.Text, s.Contract, s.Impact); err != nil {
		return err
	}
	need := func(ok bool, id string) error {
		if ok {
			return nil
		}
		return Invalid(id, "Verdict", string(n.Verdict)).WithHint("hint.fit.next")
	}
	var errs []error
	switch n.Verdict {
	case VerdictFits:
		errs = append(errs, need(!blank(s.What), "error.next.protect"))
	case VerdictImprove:
		errs = append(errs, need(!blank(s.What), "error.next.improve"), need(!blank(s.Cause), "error.next.cause"), need(s.Who != NoID, "error.next.owner"))
	case VerdictTerms:
		errs = append(errs, need(!blank(s.What), "error.next.limits"), need(s.By > env.Today(), "error.next.date"))
	case VerdictGather:
		errs = append(errs, need(!blank(s.What), "error.next.fact"), need(s.Who != NoID, "error.next.finder"), need(s.By > env.Today(), "error.next.date"))
	case VerdictPart:
		errs = append(errs, need(!blank(s.Referral), "error.next.referral"), need(!blank(s.Text), "error.next.text"),
			need(s.Contact != NoID, "error.next.contact"), need(!blank(s.Contract), "error.next.contract"))
	}
	if n.HasFlag(FitFlagImpactSheet) {
		errs = append(errs, need(!blank(s.Impact), "error.next.impact"))
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	if _, ok := ParseDay(string(s.By)); !ok {
		return Invalid("error.field.day", "Field", "by", "Value", string(s.By))
	}
	for _, id := range []ID{s.Who, s.Contact} {
		if _, err := knownPerson(r, id); err != nil {
			return err
		}
	}
	return nil
}

// Approve makes a proposed verdict stand. Nobody approves what they proposed,
// in name or in truth; nor does the colleague the conduct was aimed at; a
// parting waits one whole working day (fit.md, Safeguard 2).
type Approve struct {
	Customer, Assessment ID
	Reason               string
	Typed                string // the customer's name typed over, for a parting
}

// Name is [ActApprove].
func (Approve) Name() ActionName { return ActApprove }

// Decide checks the safeguards and settles.
func (a Approve) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustProposed(env, r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if err := Approvable(env, r, before); err != nil {
		return nil, err
	}
	if err := notHeld(env, r, a.Assessment); err != nil {
		return nil, err
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	if before.Verdict == VerdictPart {
		if err := checkTyped(a.Typed, c.Name); err != nil {
			return nil, err
		}
	}
	after := cloneAssessment(before)
	after.settle(env, SettledApproved, a.Reason)
	ch := &Change{Message: Say("journal.approve", "Customer", c.Name, "Verdict", string(after.Verdict)), Why: a.Reason, Made: after.ID}
	ch.Replace(before, after)
	return ch, approvedParting(env, r, ch, after)
}

// Approvable says why the actor cannot approve a proposal now; nil if he can.
// Screens ask it to show the reason before anybody tries.
func Approvable(env *Env, r Reader, n *Assessment) error {
	if err := MayDo(env.Role, ActApprove); err != nil {
		return err
	}
	if err := uninvolved(env, r, n); err != nil {
		return err
	}
	if n.Verdict == VerdictPart {
		since, _, err := standsSince(r, n)
		if err != nil {
			return err
		}
		from := ApprovableFrom(env.Calendar, since.Time().In(env.Now.Location()))
		if env.Now.Before(from) {
			return NotAllowed("error.not-allowed.too-early", "From", from.Format("2006-01-02 15:04")).WithHint("hint.wait")
		}
	}
	return stillJudged(env, r, n)
}

// stillJudged refuses a verdict that the rules would no longer give, because
// the customer became another kind or a large one since: safeguards hold at the
// moment of deciding.
func stillJudged(env *Env, r Reader, n *Assessment) error {
	c, err := mustCustomer(r, n.Customer)
	if err != nil {
		return err
	}
	now := *n
	if err := measure(env, r, c, &now); err != nil {
		return err
	}
	j := Judge(now.Answers, now.Kind, now.Large)
	if j.Verdict != n.Verdict {
		return NotAllowed("error.review.facts").WithHint("hint.return-case")
	}
	if (n.HasFlag(FitFlagImpactSheet) || slices.Contains(j.Flags, FitFlagImpactSheet)) && blank(n.Next.Impact) {
		return NotAllowed("error.next.impact").WithHint("hint.return-case")
	}
	return nil
}

// Return sends a proposal back with a question.
type Return struct {
	Customer, Assessment ID
	Question             string
}

// Name is [ActReturn].
func (Return) Name() ActionName { return ActReturn }

// Decide hands the case back to who proposed it.
func (a Return) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustProposed(env, r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if err := notHeld(env, r, a.Assessment); err != nil {
		return nil, err
	}
	if blank(a.Question) {
		return nil, Invalid("error.question").WithHint("hint.question")
	}
	if err := checkWords("question", a.Question); err != nil {
		return nil, err
	}
	after := cloneAssessment(before)
	after.State, after.Returned = FitReturned, env.Rule(a.Question)
	ch := &Change{Message: Say("journal.return", "Customer", c.Name), Why: a.Question, Made: after.ID}
	ch.Replace(before, after)
	return ch, nil
}

// Otherwise lets a lead decide another verdict than was proposed, with a
// reason. Parting comes from the rules alone, so it is never decided this way;
// and what must be repaired first gives no terms (fit.md, R2).
type Otherwise struct {
	Customer, Assessment ID
	Verdict              Verdict
	Next                 NextStep
	Reason               string
}

// Name is [ActOtherwise].
func (Otherwise) Name() ActionName { return ActOtherwise }

// Decide settles the other verdict.
func (a Otherwise) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustProposed(env, r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if err := uninvolved(env, r, before); err != nil {
		return nil, err
	}
	if err := notHeld(env, r, a.Assessment); err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	switch {
	case a.Verdict == VerdictPart:
		return nil, NotAllowed("error.otherwise.part").WithHint("hint.fit.rerun")
	case a.Verdict == VerdictTerms && before.HasFlag(FitFlagRepairFirst):
		return nil, NotAllowed("error.otherwise.repair-first").WithHint("hint.repair")
	case a.Verdict == before.Verdict:
		return nil, Invalid("error.otherwise.same").WithHint("hint.approve")
	case !slices.Contains(FitVerdicts(), a.Verdict):
		return nil, Invalid("error.verdict.unknown").WithHint("hint.verdicts")
	}
	after := cloneAssessment(before)
	after.Verdict, after.Next = a.Verdict, a.Next
	if err := checkNext(env, r, after); err != nil {
		return nil, err
	}
	after.settle(env, SettledOtherwise, a.Reason)
	ch := &Change{Message: Say("journal.otherwise", "Customer", c.Name, "Verdict", string(a.Verdict), "Was", string(before.Verdict)), Why: a.Reason, Made: after.ID}
	ch.Replace(before, after)
	return ch, nil
}

func mustProposed(_ *Env, r Reader, customer, id ID) (*Customer, *Assessment, error) {
	c, n, err := mustAssessment(r, customer, id)
	if err == nil && n.State != FitProposed {
		err = Invalid("error.review.not-proposed").WithHint("hint.refresh")
	}
	return c, n, err
}

// checkTyped compares a name typed over with the name itself; spaces and case
// do not matter.
func checkTyped(typed, name string) error {
	if fold(typed) != fold(name) || fold(name) == "" {
		return Invalid("error.typed", "Name", name).WithHint("hint.typed")
	}
	return nil
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
