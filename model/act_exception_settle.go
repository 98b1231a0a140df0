package model

import "strings"

// SettleException grants or refuses an exception, or adds to one that was
// settled what became known later: what it cost, whether the customer would pay,
// what followed (article 002: a refusal is worth its price only when somebody
// looks at what came after it).
type SettleException struct {
	Customer, Exception ID
	State               ExceptionState // granted or refused
	Reason              string
	Cost                int64 // cents
	Pays                Pays
	Followed            Followed
	Lost                int64 // cents, for [FollowedLost]
}

// Name is [ActSettleException].
func (SettleException) Name() ActionName { return ActSettleException }

// Decide writes what was decided and what followed.
func (a SettleException) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustException(r, a.Customer, a.Exception)
	if err != nil {
		return nil, err
	}
	if a.State != ExceptionGranted && a.State != ExceptionRefused {
		return nil, Invalid("error.exception.settle").WithHint("hint.exception.settle")
	}
	after := *before
	after.State, after.Reason, after.Cost, after.Pays = a.State, strings.TrimSpace(a.Reason), a.Cost, a.Pays
	after.Followed, after.Lost = a.Followed, a.Lost
	if err := checkException(&after, env.Today()); err != nil {
		return nil, err
	}
	if after == *before {
		return nil, Invalid("error.edit.nothing")
	}
	s, err := mustStandard(r, after.Standard)
	if err != nil {
		return nil, err
	}
	id := "journal.exception.more"
	if after.State != before.State {
		id = "journal.exception.settle." + string(after.State)
	}
	ch := &Change{Message: Say(id, "Customer", c.Name, "Standard", s.Name), Why: after.Reason, Made: after.ID}
	ch.Replace(before, &after)
	return ch, nil
}

// WithdrawException takes back an exception that was noted by mistake: one's
// own, or as a lead any.
type WithdrawException struct {
	Customer, Exception ID
	Reason              string
}

// Name is [ActWithdrawException].
func (WithdrawException) Name() ActionName { return ActWithdrawException }

// Decide marks the exception as withdrawn; the journal keeps it.
func (a WithdrawException) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustException(r, a.Customer, a.Exception)
	if err != nil {
		return nil, err
	}
	if !env.Actor.Is(before.By) && env.Role < RoleLead {
		return nil, NotAllowed("error.not-allowed.others-exception").WithHint("hint.ask-lead")
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	s, err := mustStandard(r, before.Standard)
	if err != nil {
		return nil, err
	}
	after := *before
	after.Withdrawn = env.Rule(strings.TrimSpace(a.Reason))
	ch := &Change{Message: Say("journal.exception.withdraw", "Customer", c.Name, "Standard", s.Name), Why: a.Reason, Made: after.ID}
	ch.Replace(before, &after)
	return ch, nil
}

// mustException gives an exception that stands.
func mustException(r Reader, customer, id ID) (*Customer, *Exception, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	x, err := Find[*Exception](r, ExceptionKey(customer, id))
	if err == nil && (x == nil || x.Withdrawn != nil) {
		err = NotFound("error.exception.gone").WithHint("hint.refresh")
	}
	return c, x, err
}

// checkException checks what an exception says, as it is noted or settled.
func checkException(x *Exception, today Day) error {
	switch x.State {
	case ExceptionOpen, ExceptionGranted, ExceptionRefused:
	default:
		return Invalid("error.exception.state")
	}
	switch x.Pays {
	case PaysUnknown, PaysYes, PaysNo:
	default:
		return Invalid("error.exception.pays", "Value", string(x.Pays))
	}
	switch x.Followed {
	case FollowedUnknown, FollowedStayed, FollowedComplaint, FollowedLost:
	default:
		return Invalid("error.exception.followed", "Value", string(x.Followed))
	}
	if blank(x.Words) {
		return Invalid("error.exception.words", "Field", "words").WithHint("hint.exception.words")
	}
	if x.State != ExceptionOpen && blank(x.Reason) {
		return Invalid("error.reason").WithHint("hint.reason")
	}
	switch {
	case x.Cost < 0:
		return Invalid("error.money.negative", "Field", "cost")
	case x.Lost < 0:
		return Invalid("error.money.negative", "Field", "lost")
	case checkCents("cost", x.Cost) != nil:
		return checkCents("cost", x.Cost)
	case checkCents("lost", x.Lost) != nil:
		return checkCents("lost", x.Lost)
	case x.Lost > 0 && x.Followed != FollowedLost:
		return Invalid("error.exception.lost", "Field", "lost").WithHint("hint.exception.lost")
	}
	if err := checkDay("on", x.Day); err != nil {
		return err
	}
	if x.Day > today {
		return Invalid("error.date.future").WithHint("hint.date.past")
	}
	return checkWords("words", x.Words, x.Reason)
}

// mayRestoreException asks for a lead where a withdrawal would.
func mayRestoreException(env *Env, p Put) error {
	before, _ := p.Before.(*Exception)
	after, _ := p.After.(*Exception)
	if before == nil || after == nil || before.Withdrawn != nil || after.Withdrawn == nil {
		return nil
	}
	if !env.Actor.Is(after.By) && env.Role < RoleLead {
		return NotAllowed("error.not-allowed.others-exception").WithHint("hint.ask-lead")
	}
	return nil
}
