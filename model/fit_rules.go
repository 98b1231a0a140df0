package model

import "slices"

// FitRulesVersion is the version of rules R1–R14. A kept verdict records it,
// so that one judged by older rules can be told apart.
const FitRulesVersion = 1

// Verdict is the outcome of judging a fit (article 004).
type Verdict string

// The five verdicts.
const (
	VerdictFits    Verdict = "fits"    // it simply fits: nobody adapts
	VerdictImprove Verdict = "improve" // we adapt
	VerdictTerms   Verdict = "terms"   // it fits on our terms
	VerdictPart    Verdict = "part"    // farewell with a referral (article 001)
	VerdictGather  Verdict = "gather"  // cannot be said yet
)

// FitVerdicts lists the five verdicts in their fixed order.
func FitVerdicts() []Verdict {
	return []Verdict{VerdictFits, VerdictImprove, VerdictTerms, VerdictPart, VerdictGather}
}

// FitKind is the kind of relation. It never decides a rule; it only limits
// what a farewell can mean.
type FitKind string

// The four kinds, in order of precedence.
const (
	FitDuty     FitKind = "duty"     // has a statutory claim on us
	FitInternal FitKind = "internal" // a part of our own organisation
	FitProspect FitKind = "prospect" // suspect or prospect
	FitCustomer FitKind = "customer" // all others, former customers too
)

// FitKinds lists the kinds in order of precedence.
func FitKinds() []FitKind { return []FitKind{FitDuty, FitInternal, FitProspect, FitCustomer} }

// FitKindOf gives the kind of relation: duty before internal before prospect
// before customer.
func FitKindOf(duty, internal, prospect bool) FitKind {
	switch {
	case duty:
		return FitDuty
	case internal:
		return FitInternal
	case prospect:
		return FitProspect
	}
	return FitCustomer
}

// FitFlag is a safeguard that goes with a verdict.
type FitFlag string

// The flags, in the alphabetical order in which they are listed.
const (
	FitFlagBothMustAct      FitFlag = "both-must-act"
	FitFlagDoNotTakeOn      FitFlag = "do-not-take-on"
	FitFlagFourEyes         FitFlag = "four-eyes"
	FitFlagImpactSheet      FitFlag = "impact-sheet"
	FitFlagPartNotAvailable FitFlag = "part-not-available"
	FitFlagRepairFirst      FitFlag = "repair-first"
	FitFlagSafety           FitFlag = "safety"
)

// FitRule is the id of a rule, "R1" to "R14".
type FitRule string

// fitRule is one row of the table: it matches when one of its conditions holds
// the whole set of answers.
type fitRule struct {
	id      FitRule
	verdict Verdict
	when    []fitBits
	// rest marks a rule that speaks because nothing above it did, so that all
	// answers those rows ask for decided it, not its own condition alone.
	rest bool
}

// The conditions that more than one rule, or a flag, asks for.
var (
	fitGrievanceOpen  = fitIs(KeyGrievance, AnswerOpen)
	fitConductSerious = fitIs(KeyConduct, AnswerSerious)
	fitFrictionBoth   = fitIs(KeyFriction, AnswerBoth)
	fitOurUnknown     = fitIs(KeyOurWin, AnswerUnknown)
	fitTheirUnknown   = fitIs(KeyTheirWin, AnswerUnknown)
	fitTermsFailed    = fitIs(KeyTerms, AnswerRefused, AnswerBroken)

	fitStrained = []fitBits{
		fitIs(KeyDemand, AnswerOutside),
		fitIs(KeyConduct, AnswerUntold, AnswerWarned),
		fitIs(KeyWill, AnswerGone),
		fitIs(KeyOurWin, AnswerNever),
	}
)

// fitRules is the table. The first row that matches decides. A comma between
// conditions is "or"; & is "and".
var fitRules = []fitRule{
	{id: "R1", verdict: VerdictGather, when: []fitBits{fitIs(KeyGrievance, AnswerUnchecked)}},
	{id: "R2", verdict: VerdictImprove, when: []fitBits{fitGrievanceOpen}},
	{id: "R3", verdict: VerdictGather, when: []fitBits{fitIs(KeyEvidence, AnswerThin)}},
	{id: "R4", verdict: VerdictPart, when: []fitBits{fitConductSerious}},
	{id: "R5", verdict: VerdictGather, when: []fitBits{
		fitIs(KeyNeed, AnswerUnknown),
		fitIs(KeyDemand, AnswerUnknown),
		fitIs(KeyFriction, AnswerUnclear),
		fitOurUnknown & fitTheirUnknown,
	}},
	{id: "R6", verdict: VerdictPart, when: []fitBits{fitIs(KeyNeed, AnswerNo)}},
	{id: "R7", verdict: VerdictImprove, when: []fitBits{fitIs(KeyFriction, AnswerOurs)}},
	{id: "R8", verdict: VerdictPart, when: fitEachAnd(fitStrained, fitTermsFailed)},
	{id: "R9", verdict: VerdictTerms, when: fitStrained},
	{id: "R10", verdict: VerdictImprove, when: []fitBits{fitFrictionBoth}},
	{id: "R11", verdict: VerdictTerms, when: []fitBits{
		fitIs(KeyFriction, AnswerTheirs),
		fitIs(KeyDemand, AnswerPriceable),
		fitIs(KeyNeed, AnswerPartly),
		fitIs(KeyWill, AnswerDoubt),
	}},
	{id: "R12", verdict: VerdictFits, rest: true, when: []fitBits{
		fitIs(KeyOurWin, AnswerNow) & fitIs(KeyTheirWin, AnswerYes),
	}},
	{id: "R13", verdict: VerdictGather, when: []fitBits{fitOurUnknown, fitTheirUnknown}},
	{id: "R14", verdict: VerdictImprove, rest: true, when: []fitBits{fitEverything}},
}

// fitEachAnd adds one condition to each of several.
func fitEachAnd(several []fitBits, also fitBits) []fitBits {
	out := make([]fitBits, len(several))
	for i, c := range several {
		out[i] = c & also
	}
	return out
}

// FitRuleRow is one row of the printed table of rules.
type FitRuleRow struct {
	ID      FitRule
	Verdict Verdict // before the kind of relation is looked at
}

// FitRuleTable lists the rules in the order in which they are tried.
func FitRuleTable() []FitRuleRow {
	rows := make([]FitRuleRow, len(fitRules))
	for i, r := range fitRules {
		rows[i] = FitRuleRow{ID: r.id, Verdict: r.verdict}
	}
	return rows
}

// matches reports whether the rule matches one complete set of answers.
func (r fitRule) matches(set fitBits) bool {
	for _, c := range r.when {
		if set.within(c) {
			return true
		}
	}
	return false
}

// because lists, in the order of asking, the keys that made the rule match:
// those of each of its conditions that held. For a rule that speaks because no
// other did it is all but terms, which R8 alone looks at and only under strain.
func (r fitRule) because(set fitBits) []FitKey {
	keys := []FitKey{}
	for i, q := range fitQuestions {
		asked := r.rest && q.key != KeyTerms
		for _, c := range r.when {
			asked = asked || set.within(c) && c.asks(i)
		}
		if asked {
			keys = append(keys, q.key)
		}
	}
	return keys
}

// fitRuleFor finds the first rule that matches; the last row matches all.
func fitRuleFor(set fitBits) fitRule {
	for _, r := range fitRules {
		if r.matches(set) {
			return r
		}
	}
	return fitRules[len(fitRules)-1]
}

// fitFinal gives the verdict that is left for a kind of relation: from those
// who have a claim on us, or are us, there is no parting.
func fitFinal(v Verdict, kind FitKind) Verdict {
	if v == VerdictPart && (kind == FitInternal || kind == FitDuty) {
		return VerdictTerms
	}
	return v
}

// Judgement is the outcome of judging one complete set of answers.
type Judgement struct {
	Verdict Verdict
	Rule    FitRule   // the row that hit, also where the kind changed its verdict
	Flags   []FitFlag // sorted, never nil
	Because []FitKey  // the answers that decided it, in the order of asking; never nil
}

// Judge gives the verdict on a complete and checked set of answers: rules
// R1–R14, then the flags, then what the kind of relation and its size make of
// it (articles 000, 001 and 004). A set that is incomplete or fails
// [FitAnswers.Check], or an unknown kind, gets no guess but a Judgement with an
// empty verdict and rule.
func Judge(a FitAnswers, kind FitKind, large bool) Judgement {
	set, ok := fitEncodeOne(a)
	if !ok || !slices.Contains(FitKinds(), kind) {
		return Judgement{Flags: []FitFlag{}, Because: []FitKey{}}
	}
	r := fitRuleFor(set)
	return Judgement{
		Verdict: fitFinal(r.verdict, kind),
		Rule:    r.id,
		Flags:   fitFlagsFor(set, r.verdict, kind, large),
		Because: r.because(set),
	}
}

// fitFlagsFor computes the flags of a set, given the verdict v of the rule
// that hit, before the kind was looked at.
func fitFlagsFor(set fitBits, v Verdict, kind FitKind, large bool) []FitFlag {
	final := fitFinal(v, kind)
	part, bound := v == VerdictPart, v == VerdictPart || v == VerdictTerms
	// The rows are in alphabetical order, so the list comes out sorted.
	rows := [...]struct {
		flag FitFlag
		on   bool
	}{
		{FitFlagBothMustAct, set.within(fitFrictionBoth) && (bound || v == VerdictImprove)},
		{FitFlagDoNotTakeOn, part && kind == FitProspect},
		{FitFlagFourEyes, part || large && bound},
		{FitFlagImpactSheet, large && bound},
		{FitFlagPartNotAvailable, part && final != v},
		// Of all rules R1 alone comes before R2, and never with this answer.
		{FitFlagRepairFirst, set.within(fitGrievanceOpen)},
		{FitFlagSafety, set.within(fitConductSerious)},
	}
	flags := []FitFlag{}
	for _, row := range rows {
		if row.on {
			flags = append(flags, row.flag)
		}
	}
	return flags
}
