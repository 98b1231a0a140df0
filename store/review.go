package store

import (
	"errors"

	"pasvorm/model"
)

// maxCases is how many cases of one class the queue shows; Counts tells how
// many there are.
const maxCases = 200

// Review gives what waits for a lead: flags first, then proposals, contests,
// dates that have passed, cases sent back, and likely doubles.
func (s *Session) Review() (model.Queue, error) {
	var q model.Queue
	err := s.snapshot(func(v *view) error {
		q.Rev = model.Rev(v.tx.Rev())
		q.Counts = map[model.CaseKind]int{}
		env, err := s.env(v)
		if err != nil {
			return err
		}
		for _, class := range []byte{classFlag, classProposal, classContest, classDate, classReturned, classDouble} {
			if err := v.cases(&q, env, class); err != nil {
				return err
			}
		}
		return nil
	})
	return q, err
}

// env says who looks, as an action would know it.
func (s *Session) env(v *view) (*model.Env, error) {
	me, err := whoIs(v.r, s.actor)
	if err != nil {
		return nil, err
	}
	play, cal, _, err := s.book.playbookAt(v.tx)
	return &model.Env{Now: s.book.now(), Actor: s.actor, Role: me.Role, Playbook: play, Calendar: cal, NewID: s.book.opt.NewID}, err
}

// dateLength is the length of a day in a queue key; other classes have a stamp
// of 8 bytes.
const dateLength = len("2006-01-02")

func (v *view) cases(q *model.Queue, env *model.Env, class byte) error {
	var failed error
	walk(v.der, spaceQueue, []byte{class}, func(k, _ []byte) bool {
		at := 1 + 8
		if class == classDate {
			at = 1 + dateLength
			if len(k) < at || model.Day(k[1:at]) > env.Today() {
				return false
			}
		}
		rec, err := v.r.Get(model.Key(k[at:]))
		if err != nil || rec == nil {
			failed = err
			return err == nil
		}
		c, ok, err := v.caseOf(rec, env)
		if err != nil {
			failed = err
			return false
		}
		if !ok {
			return true
		}
		q.Counts[c.Kind]++
		if q.Counts[c.Kind] <= maxCases {
			q.Cases = append(q.Cases, c)
		}
		return true
	})
	return failed
}

func (v *view) caseOf(rec model.Record, env *model.Env) (model.Case, bool, error) {
	var c model.Case
	var by model.ID
	switch r := rec.(type) {
	case *model.Flag:
		c = model.Case{Kind: model.CaseFlag, ID: r.ID, Customer: r.Customer, Since: r.At, Flag: r}
		by = r.By
	case *model.Sighting:
		c = model.Case{Kind: model.CaseContest, ID: r.ID, Customer: r.Customer, Since: r.Contested.At, Sighting: r}
		by = r.Contested.By
	case *model.Double:
		c = model.Case{Kind: model.CaseDouble, ID: r.ID, Customer: r.B, Since: r.At, Double: r}
	case *model.Assessment:
		c = model.Case{ID: r.ID, Customer: r.Customer, Assessment: r}
		by = v.assessmentCase(&c, r, env)
	}
	if v.hidden(c.Customer) {
		return c, false, nil
	}
	row, _, ok, err := v.row(c.Customer)
	if err != nil || !ok {
		return c, false, err
	}
	c.Name, c.Step, c.Mine = row.Name, row.Standing.Step, env.Actor.Is(by)
	if c.Double != nil {
		other, _, ok, err := v.row(c.Double.A)
		if err != nil || !ok {
			return c, false, err
		}
		c.OtherName = other.Name
	}
	if c.By, err = v.name(by); err != nil {
		return c, true, err
	}
	return c, true, v.heldBy(&c, env)
}

// heldBy says who holds a case for now. A claim outlives the decision, so it
// counts for the kind of case it was made for alone.
func (v *view) heldBy(c *model.Case, env *model.Env) error {
	claim, p, err := model.StandingClaim(v.r, env.Stamp(), c.ID)
	if err != nil || claim == nil || claim.Kind != c.Kind {
		return err
	}
	c.Reviewer, c.ReviewerIs, c.Until = p.Name, p.ID == env.Actor.Person, claim.Until
	return nil
}

// queued counts what the queue holds on a day, without reading any of it. Dates
// that are still to come stand at the end of their class.
func (v *view) queued(today model.Day) int {
	n := 0
	walk(v.der, spaceQueue, nil, func(k, _ []byte) bool {
		if !reviewed(k[0]) {
			return false
		}
		if k[0] != classDate || len(k) > dateLength && model.Day(k[1:1+dateLength]) <= today {
			n++
		}
		return true
	})
	return n
}

func (v *view) assessmentCase(c *model.Case, a *model.Assessment, env *model.Env) (by model.ID) {
	switch a.State {
	case model.FitProposed:
		c.Kind, c.Since, by = model.CaseProposal, a.Proposed.At, a.Proposed.By
		if a.Proposed.Real != by && env.Actor.Is(a.Proposed.Real) {
			by = a.Proposed.Real
		}
		if err := model.Approvable(env, v.r, a); err != nil {
			_ = errors.As(err, &c.Blocked)
		}
	case model.FitReturned:
		c.Kind, c.Since, by = model.CaseReturned, a.Returned.At, a.Proposed.By
	default:
		c.Kind, c.Since, by = model.CaseDate, a.Settled.At, a.Settled.By
	}
	return by
}
