package model

// conductStep is from which step of the ladder a sighting bears on conduct.
const conductStep = 3

// conduct proposes serious for a serious sighting; else warned when something
// that is aimed at a colleague, or stands high on the ladder, happened after a
// limit was stated to this customer, and untold when none was before it. What
// happened on the day of the telling counts as after it only where that is
// certain.
func (k *dealings) conduct() FitFact {
	limits := k.limits()
	var f FitFact
	for _, s := range k.live {
		if !s.Serious && s.Step < conductStep && s.AimedAt == NoID {
			continue
		}
		f.Facts = append(f.Facts, sightingFact(k.d, s))
		switch {
		case s.Serious:
			f.Propose = AnswerSerious
		case f.Propose == AnswerSerious:
		case k.after(s, limits):
			f.Propose = AnswerWarned
		case f.Propose == "":
			f.Propose = AnswerUntold
		}
	}
	for _, t := range limits {
		f.Facts = append(f.Facts, Fact{Message: Say("fit.fact.limit", "Text", k.termsText(t)), At: k.moment(t.On)})
	}
	return f
}

// limits are the terms that stand and name a limit of the register, newest
// first.
func (k *dealings) limits() []*Terms {
	var out []*Terms
	for _, t := range k.d.Dealings.Terms {
		if t.Withdrawn != nil {
			continue
		}
		for _, id := range t.Standards {
			if s := k.d.Dealings.Standards[id]; s != nil && s.Kind == StandardLimit {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

// after reports whether an event came after one of the limits was told.
func (k *dealings) after(s *Sighting, limits []*Terms) bool {
	day := DayOf(s.On.Time().In(k.now.Location()))
	for _, t := range limits {
		if day > t.On || day == t.On && s.On > t.At {
			return true
		}
	}
	return false
}

// terms proposes what was answered to the newest terms that stand. While an
// answer is awaited nothing follows; none is proposed where terms were never
// stated.
func (k *dealings) terms() FitFact {
	var f FitFact
	var last *Terms
	for _, t := range k.d.Dealings.Terms {
		if t.Withdrawn != nil {
			continue
		}
		if last == nil || t.On > last.On {
			last = t
		}
		if len(f.Facts) < mostFacts {
			f.Facts = append(f.Facts, k.termsFact(t))
		}
	}
	verdict := k.d.verdictTerms()
	switch {
	case last == nil && verdict == nil:
		f.Propose = AnswerNone
	case last == nil: // a verdict asked for terms, and nobody noted that they were stated
	case last.State == TermsAccepted:
		f.Propose = AnswerAccepted
	case last.State == TermsRefused:
		f.Propose = AnswerRefused
	case last.State == TermsBroken:
		f.Propose = AnswerBroken
	}
	if verdict != nil && (last == nil || last.Assessment != verdict.ID) {
		f.Facts = append(f.Facts, Fact{Message: Say("fit.fact.terms", "Text", verdict.Next.What), At: verdict.Settled.At})
	}
	return f
}

// verdictTerms gives the newest settled assessment that asked for terms.
func (d *Detail) verdictTerms() *Assessment {
	for _, a := range d.Assessments {
		if a.State == FitSettled && a.Verdict == VerdictTerms && a.Settled != nil {
			return a
		}
	}
	return nil
}

// termsFact tells terms with what became of them.
func (k *dealings) termsFact(t *Terms) Fact {
	text := k.termsText(t)
	if t.State == TermsStated {
		return Fact{Message: Say("fit.fact.terms.stated", "Text", text), At: k.moment(t.On)}
	}
	at := k.moment(t.On)
	said := ""
	if t.Answered != nil {
		at, said = t.Answered.At, t.Answered.Reason
	}
	id := map[TermsState]string{TermsAccepted: "fit.fact.terms.accepted", TermsRefused: "fit.fact.terms.refused", TermsBroken: "fit.fact.terms.broken"}[t.State]
	if blank(said) {
		return Fact{Message: Say(id, "Text", text), At: at}
	}
	return Fact{Message: Say(id+".said", "Text", text, "Said", said), At: at}
}

// termsText is what terms say: the words, or the names of what they hold to.
func (k *dealings) termsText(t *Terms) string {
	if !blank(t.Words) {
		return t.Words
	}
	out := ""
	for _, id := range t.Standards {
		name := k.standard(id)
		if out != "" && name != "" {
			out += ", "
		}
		out += name
	}
	return out
}
