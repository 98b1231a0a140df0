package model

import "slices"

// Turn is one change of a single answer that gives another verdict.
type Turn struct {
	Key     FitKey  `json:"key"`
	To      Answer  `json:"to"`
	Verdict Verdict `json:"verdict"` // the final one, the kind of relation counted
}

// WouldChange lists every change of one answer that gives another final
// verdict, the kind and size kept: in the order of asking, then in the order
// of the answers. Never nil; empty for a set that [Judge] cannot judge.
func WouldChange(a FitAnswers, kind FitKind, large bool) []Turn {
	turns := []Turn{}
	now := Judge(a, kind, large).Verdict
	if now == "" {
		return turns
	}
	set, _ := fitEncodeOne(a) // Judge gave a verdict, so it encodes
	for i, q := range fitQuestions {
		for _, to := range q.answers {
			changed := set&^fitFields[i] | fitBit(i, to)
			if v := fitFinal(fitRuleFor(changed).verdict, kind); v != now {
				turns = append(turns, Turn{Key: q.key, To: to, Verdict: v})
			}
		}
	}
	return turns
}

// StillPossible lists, in the order of [FitVerdicts], every final verdict that
// some choice for the open questions can still give. Size adds safeguards and
// never another verdict; it is asked for to match [Judge]. Never nil; empty
// for an answer or kind that is unknown.
//
// It does not try all choices (614,400 when all is open) but passes the whole
// open space down the table: each rule takes the part it matches, the rest
// goes on to the next.
func StillPossible(a FitAnswers, kind FitKind, _ bool) []Verdict {
	possible := []Verdict{}
	space, ok := fitEncode(a)
	if !ok || !slices.Contains(FitKinds(), kind) {
		return possible
	}
	reached := map[Verdict]bool{}
	rest := []fitBits{space}
	for _, r := range fitRules {
		for _, c := range r.when {
			var next []fitBits
			for _, b := range rest {
				if !(b & c).empty() {
					reached[fitFinal(r.verdict, kind)] = true
				}
				next = append(next, b.without(c)...)
			}
			rest = next
		}
	}
	for _, v := range FitVerdicts() {
		if reached[v] {
			possible = append(possible, v)
		}
	}
	return possible
}
