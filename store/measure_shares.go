package store

import "pasvorm/model"

// sharesOf gives what a record adds by itself; contacts go by their thread.
func sharesOf(rec model.Record) []share {
	switch r := rec.(type) {
	case *model.Survey:
		return surveyShares(r)
	case *model.Promise:
		return promiseShares(r)
	case *model.Exception:
		return exceptionShares(r)
	case *model.Sighting:
		return sightingShares(r)
	}
	return nil
}

func surveyShares(r *model.Survey) []share {
	if r.Withdrawn != nil {
		return nil
	}
	s := share{dim: model.ByTopic, day: numberOf(r.Day), customer: r.Customer}
	if m, ok := r.Score(); ok {
		s.tally[model.CountMarks], s.tally[model.CountMarkSum] = 1, int64(m)
	}
	if r.Felt > 0 {
		s.tally[model.CountFelt], s.tally[model.CountFeltSum] = 1, int64(r.Felt-1)
	}
	var out []share
	if !s.tally.Zero() {
		out = append(out, s)
	}
	for _, topic := range r.Topics {
		a := share{dim: s.dim, day: s.day, customer: s.customer, key: topic}
		a.tally[model.CountAnnoyances] = 1
		out = append(out, a)
	}
	return out
}

func promiseShares(r *model.Promise) []share {
	s := share{dim: model.ByTopic, day: numberOf(r.ClosedOn), key: r.Topic, customer: r.Customer}
	kept, broken := model.CountKept, model.CountBroken
	if r.Side == model.Theirs {
		kept, broken = model.CountTheirsKept, model.CountTheirsBroken
	}
	switch r.State {
	case model.PromiseKept:
		s.tally[kept] = 1
	case model.PromiseBroken:
		s.tally[broken] = 1
	case model.PromiseOpen, model.PromiseDropped:
		return nil
	}
	return []share{s}
}

func exceptionShares(r *model.Exception) []share {
	if r.Withdrawn != nil {
		return nil
	}
	s := share{dim: model.ByStandard, day: numberOf(r.Day), key: r.Standard.String(), customer: r.Customer}
	s.tally[model.CountAsked] = 1
	switch r.State {
	case model.ExceptionGranted:
		s.tally[model.CountGranted], s.tally[model.CountCost] = 1, r.Cost
	case model.ExceptionRefused:
		s.tally[model.CountRefused] = 1
	case model.ExceptionOpen:
	}
	if r.Followed == model.FollowedLost {
		s.tally[model.CountLost], s.tally[model.CountLostSum] = 1, r.Lost
	}
	if r.Topic == "" {
		return []share{s}
	}
	t := s
	t.dim, t.key = model.ByTopic, r.Topic
	return []share{s, t}
}

// sightingShares counts a sighting while it is neither withdrawn nor frozen: a
// contested one leaves every count (safety.md, Privacy).
func sightingShares(r *model.Sighting) []share {
	if r.Withdrawn != nil || r.Frozen() {
		return nil
	}
	day := r.Day
	if day == "" {
		day = model.DayOf(r.On.Time())
	}
	s := share{dim: model.ByTrait, day: numberOf(day), key: string(r.Trait), customer: r.Customer}
	s.tally[model.CountSighted] = 1
	return []share{s}
}
