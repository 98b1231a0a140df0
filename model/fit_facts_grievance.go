package model

// grievance proposes from what we owe the customer to repair: open while that is
// not done, not told, or not confirmed; repaired once the customer confirmed it
// and nothing followed; unchecked where the customer was seen to feel wronged
// and nothing says otherwise, or where something went wrong after a repair.
// Whether a grievance is unfounded only a person can say: it may be factually
// right or wrong, and complaining proves neither (article 000; fit.md,
// Safeguards 1 and 3).
func (k *dealings) grievance() FitFact {
	var f FitFact
	hurts, open, repaired := k.hurts()
	f.Facts = append(f.Facts, hurts...)
	var wrongs []event // what may have wronged the customer, by our doing
	wrongs = append(wrongs, k.failures()...)
	wrongs = append(wrongs, k.broken(Ours)...)
	wrongs = append(wrongs, k.exceptions(ExceptionRefused, "fit.fact.exception.refused")...)
	felt := Stamp(0)
	for _, s := range k.live {
		if s.Trait == TraitWronged {
			felt = max(felt, s.On)
			f.Facts = append(f.Facts, sightingFact(k.d, s))
		}
	}
	last := felt
	for _, w := range wrongs {
		last = max(last, w.at)
	}
	switch {
	case open:
		f.Propose = AnswerOpen
	case repaired != 0 && last <= repaired:
		f.Propose = AnswerRepaired
	case repaired != 0, felt != 0:
		f.Propose = AnswerUnchecked
	}
	f.Facts = append(f.Facts, factsOf(wrongs)...)
	return f
}

// hurts tells what becomes of the improvements that are for this customer: open
// when one is not repaired, else when the last repair was confirmed, 0 for none.
// A dropped improvement says nothing either way.
func (k *dealings) hurts() (facts []Fact, open bool, repaired Stamp) {
	var all []event
	for _, h := range k.d.Dealings.Hurts {
		var id string
		at := h.Hurt.At
		switch {
		case h.Improvement.State == ImprovementDropped:
			continue
		case h.Improvement.State != ImprovementDone:
			id, open = "fit.fact.hurt.open", true
		case h.Hurt.Told == nil:
			id, open = "fit.fact.hurt.untold", true
			if h.Improvement.Ended != nil {
				at = h.Improvement.Ended.At
			}
		case !h.Hurt.Confirmed:
			id, open, at = "fit.fact.hurt.unconfirmed", true, h.Hurt.Told.At
		default:
			id, at = "fit.fact.hurt.repaired", h.Hurt.Told.At
			repaired = max(repaired, at)
		}
		kv := []any{"Words", h.Improvement.Title}
		if t := h.Hurt.Told; t != nil && !blank(t.Reason) && h.Improvement.State == ImprovementDone {
			id += ".said"
			kv = append(kv, "Said", t.Reason)
		}
		all = append(all, event{at, Fact{Message: Say(id, kv...), At: at}})
	}
	return factsOf(all), open, repaired
}
