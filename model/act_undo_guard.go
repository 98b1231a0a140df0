package model

import "slices"

// mayRestore holds what an undo or a putting back would leave against the rules
// that an ordinary change obeys: taking something back is no way round them.
func mayRestore(env *Env, r Reader, e *Entry, ch *Change, redo bool) error {
	// What somebody withdrew comes back only by the same hand: else a decision
	// could be made to stand in the name of one who thought better of it.
	if redo && !env.Actor.Is(e.Actor.Person) {
		return NotAllowed("error.undo.not-yours").WithHint("hint.undo.anew")
	}
	if m := mergedIn(ch); m != nil {
		return mayRestoreMerge(r, ch, m)
	}
	comes := map[ID]bool{} // customers that come back with the rest
	for _, p := range ch.Puts {
		if c, ok := p.After.(*Customer); ok {
			comes[c.ID] = true
		}
	}
	for _, p := range ch.Puts {
		if c := p.Key().Customer(); p.After != nil && c != NoID && !comes[c] {
			if _, err := mustCustomer(r, c); err != nil {
				return err // what hangs from a customer that is gone
			}
		}
		if err := keepsHeld(env, r, p); err != nil {
			return err
		}
		var err error
		switch p.Key().Table() {
		case TableCustomer:
			if err = mayRestoreCustomer(r, p, ch); err == nil {
				err = keepsMerged(r, e, p)
			}
		case TablePerson:
			err = mayRestorePerson(r, p)
		case TableAssessment:
			if err = mayRestoreAssessment(env, r, p); err == nil {
				err = keepsFarewell(r, ch, p)
			}
		case TableSighting:
			err = mayRestoreSighting(env, p)
		case TableFarewell:
			err = mayRestoreFarewell(env, r, e, p)
		case TableReferral:
			err = mayRestoreReferral(r, p)
		case TableContact:
			err = mayRestoreContact(env, p)
		case TableException:
			err = mayRestoreException(env, p)
		case TableTerms:
			err = mayRestoreTerms(env, p)
		case TableSurvey:
			err = mayRestoreSurvey(env, p)
		case TableStandard:
			err = mayRestoreStandard(r, p, ch)
		case TableHurt, TableImprovement:
			err = mayRestoreLinks(r, ch, p)
		case TableView:
			err = mayRestoreView(env, r, p)
		case TableAccess:
			err = mayRestoreAccess(r, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayRestoreCustomer keeps a customer with records of its own: they would hang
// from nothing.
func mayRestoreCustomer(r Reader, p Put, ch *Change) error {
	c, ok := p.Before.(*Customer)
	if !ok || p.After != nil {
		return nil
	}
	goes := map[Key]bool{}
	for _, p := range ch.Puts {
		goes[p.Key()] = p.After == nil
	}
	for _, t := range ofCustomer() {
		recs, err := r.Scan(prefixOf(t, c.ID))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(recs, func(rec Record) bool { return !goes[rec.Key()] }) {
			return NewError(KindConflict, "error.undo.history", "Customer", c.Name).WithHint("hint.undo.changed")
		}
	}
	return nil
}

// keepsMerged keeps a customer that another went into since: that one would go
// with it.
func keepsMerged(r Reader, e *Entry, p Put) error {
	c, ok := p.Before.(*Customer)
	if !ok || p.After != nil {
		return nil
	}
	into, err := mergedInto(r)
	if err == nil && into[c.ID] {
		err = NewError(KindConflict, "error.undo.changed", "Rev", uint64(e.Rev)).WithHint("hint.undo.changed")
	}
	return err
}

// mayRestorePerson keeps one admin, and everybody who did something: the
// journal and the decisions name them.
func mayRestorePerson(r Reader, p Put) error {
	before, _ := p.Before.(*Person)
	after, _ := p.After.(*Person)
	if before == nil || before.Gone {
		return nil
	}
	if err := mayRestoreWays(r, before, after); err != nil {
		return err
	}
	if after == nil {
		for _, redo := range []bool{false, true} {
			if _, did, err := r.Journal().Latest(before.ID, redo); err != nil || did {
				if err == nil {
					err = NewError(KindConflict, "error.undo.person", "Person", before.Name).WithHint("hint.undo.remove-person")
				}
				return err
			}
		}
		return keepAdmin(r, before, RoleNone)
	}
	return keepAdmin(r, before, after.Role)
}

// mayRestoreSighting asks for a lead where a withdrawal would.
func mayRestoreSighting(env *Env, p Put) error {
	before, _ := p.Before.(*Sighting)
	after, _ := p.After.(*Sighting)
	if before == nil || after == nil || before.Withdrawn != nil || after.Withdrawn == nil {
		return nil
	}
	if !env.Actor.Is(after.By) && env.Role < RoleLead {
		return NotAllowed("error.not-allowed.others-sighting").WithHint("hint.contest")
	}
	return nil
}

// mayRestoreAssessment keeps one running assessment for each customer, and lets
// a verdict stand again only by who may make it stand.
func mayRestoreAssessment(env *Env, r Reader, p Put) error {
	before, _ := p.Before.(*Assessment)
	after, _ := p.After.(*Assessment)
	if after == nil {
		return nil
	}
	if after.Running() && (before == nil || !before.Running()) {
		return onlyRun(r, after)
	}
	if after.State != FitSettled || before != nil && before.State == FitSettled {
		return nil
	}
	if after.How == SettledAtOnce {
		if !after.settlesAtOnce(env.Role) {
			return NotAllowed("error.not-allowed.role", "Role", env.Role.String(), "Need", RoleLead.String()).WithHint("hint.ask-lead")
		}
		return nil
	}
	if !env.Actor.Is(after.Settled.By) && !env.Actor.Is(after.Settled.Real) {
		return NotAllowed("error.undo.not-decider").WithHint("hint.undo.anew")
	}
	if before == nil || before.State != FitProposed {
		return Invalid("error.review.not-proposed").WithHint("hint.refresh")
	}
	if after.How == SettledApproved {
		return Approvable(env, r, before)
	}
	return uninvolved(env, r, before)
}

// onlyRun refuses a second running assessment of a customer.
func onlyRun(r Reader, n *Assessment) error {
	c, err := mustCustomer(r, n.Customer)
	if err != nil {
		return err
	}
	all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, n.Customer))
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.ID != n.ID && o.Running() {
			return Invalid("error.fit.running", "Customer", c.Name).WithHint("hint.fit.resume")
		}
	}
	return nil
}

// standsSince tells since when a proposal stands as it does, and who brought it
// back after it was withdrawn: by undoing that it was dropped, or by putting
// its closing back. Whoever did so proposes it as much as who closed it first,
// and the working day that a parting waits begins again.
func standsSince(r Reader, n *Assessment) (since Stamp, by []ID, err error) {
	since = n.Proposed.At
	var failed error
	err = r.Journal().History(n.Key(), func(e *Entry) bool {
		if e.Undo == nil {
			return e.Action != ActFitFinish // here it was closed
		}
		var what *Entry
		if what, failed = r.Journal().Entry(undone(e)); failed != nil || what == nil {
			return false
		}
		switch {
		case what.Action == ActFitFinish && e.Undo.Redo, what.Action == ActFitDrop && !e.Undo.Redo:
			since = max(since, e.At)
			by = append(by, e.Actor.Person, e.Actor.Real)
		case what.Action == ActReturn && !e.Undo.Redo:
			since = max(since, e.At)
		}
		return true
	})
	if err == nil {
		err = failed
	}
	return since, by, err
}

// uninvolved refuses who proposed a case, brought it back, or was the one whom
// the conduct was aimed at, in name or in truth (fit.md, Safeguard 2).
func uninvolved(env *Env, r Reader, n *Assessment) error {
	_, revived, err := standsSince(r, n)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(append(revived, n.Proposed.By, n.Proposed.Real), env.Actor.Is) {
		return NotAllowed("error.not-allowed.own-proposal").WithHint("hint.other-lead")
	}
	now, err := aimedAt(r, n.Customer)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(append(now, n.AimedAt...), env.Actor.Is) {
		return NotAllowed("error.not-allowed.aimed-at").WithHint("hint.other-lead")
	}
	return nil
}
