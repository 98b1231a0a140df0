package model

// mayRestoreFarewell keeps one farewell for each customer that goes, an
// objection until somebody uninvolved has heard it, and his answer.
func mayRestoreFarewell(env *Env, r Reader, e *Entry, p Put) error {
	before, _ := p.Before.(*Farewell)
	after, _ := p.After.(*Farewell)
	switch {
	case before != nil && before.Heard != nil && (after == nil || !sameHearing(before, after)):
		if !env.Actor.Is(before.Heard.By) && !env.Actor.Is(before.Heard.Real) {
			return NotAllowed("error.undo.not-hearer").WithHint("hint.farewell.hear-again")
		}
	case before != nil && before.Unheard() && (after == nil || after.Objection != before.Objection):
		if !env.Actor.Is(e.Actor.Person) {
			return NotAllowed("error.undo.objection").WithHint("hint.farewell.hear")
		}
	}
	if after == nil {
		return nil
	}
	if after.Heard != nil && (before == nil || !sameHearing(before, after)) {
		if err := mayHearAgain(env, r, after); err != nil {
			return err
		}
	}
	if after.State == FarewellGoing && (before == nil || before.State != FarewellGoing) {
		if err := onlyFarewell(r, after); err != nil {
			return err
		}
	}
	if after.State == FarewellEnded && before != nil && before.State == FarewellGoing {
		c, err := mustCustomer(r, after.Customer)
		if err != nil {
			return err
		}
		return mayEnd(env, r, c, before, c.Name)
	}
	if after.Done[StepSent] != nil && (before == nil || before.Done[StepSent] == nil) {
		return restoresSaying(env, r, after)
	}
	return nil
}

func sameHearing(a, b *Farewell) bool {
	return a.Heard != nil && b.Heard != nil && *a.Heard == *b.Heard && a.Upheld == b.Upheld
}

// mayHearAgain lets an answer come back by whoever gave it and might still.
func mayHearAgain(env *Env, r Reader, f *Farewell) error {
	if !env.Actor.Is(f.Heard.By) && !env.Actor.Is(f.Heard.Real) {
		return NotAllowed("error.undo.not-hearer").WithHint("hint.farewell.hear-again")
	}
	open := cloneFarewell(f)
	open.Heard, open.HeardBy = nil, NoID
	delete(open.Done, StepObjection)
	return MayHear(env, r, open)
}

// restoresSaying holds a telling that comes back to what it rests on now.
func restoresSaying(env *Env, r Reader, f *Farewell) error {
	if _, err := lastContact(r, f); err != nil {
		return err
	}
	n, err := Find[*Assessment](r, AssessmentKey(f.Customer, f.Assessment))
	if err != nil || n == nil {
		return err
	}
	return stillParts(env, r, n)
}

// keepsFarewell refuses to take the verdict away from under a farewell, unless
// the same step takes that back too.
func keepsFarewell(r Reader, ch *Change, p Put) error {
	before, _ := p.Before.(*Assessment)
	after, _ := p.After.(*Assessment)
	if before == nil || before.State != FitSettled || after != nil && after.State == FitSettled {
		return nil
	}
	all, err := farewellsOf(r, before.Customer)
	if err != nil {
		return err
	}
	goes := map[Key]bool{}
	for _, p := range ch.Puts {
		if p.After == nil {
			goes[p.Key()] = true
		}
	}
	for _, f := range all {
		if f.Assessment == before.ID && !goes[f.Key()] {
			return NewError(KindConflict, "error.undo.farewell").WithHint("hint.undo.farewell")
		}
	}
	return nil
}

// mayRestoreReferral keeps a line of the referral book that a farewell names.
func mayRestoreReferral(r Reader, p Put) error {
	before, _ := p.Before.(*Referral)
	if before == nil || p.After != nil {
		return nil
	}
	all, err := FindAll[*Farewell](r, TableKey(TableFarewell, NoID))
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Referral == before.ID {
			return NewError(KindConflict, "error.undo.referral", "Referral", before.Name).WithHint("hint.undo.referral")
		}
	}
	return nil
}
