package model

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// refSet is one complete set of answers for the reference below, which is
// written from the printed table as plain conditions and shares no code with
// the table of the package.
type refSet struct {
	evidence, grievance, need, demand, friction Answer
	ourWin, theirWin, will, conduct, terms      Answer
}

func refOf(a FitAnswers) refSet {
	return refSet{
		a["evidence"], a["grievance"], a["need"], a["demand"], a["friction"],
		a["our_win"], a["their_win"], a["will"], a["conduct"], a["terms"],
	}
}

func (s refSet) strained() bool {
	return s.demand == "outside" || s.conduct == "untold" || s.conduct == "warned" ||
		s.will == "gone" || s.ourWin == "never"
}

func (s refSet) failed() bool { return s.terms == "refused" || s.terms == "broken" }

// refRule decides before the kind of relation is looked at.
func refRule(s refSet) (FitRule, Verdict) {
	if s.grievance == "unchecked" {
		return "R1", "gather"
	}
	if s.grievance == "open" {
		return "R2", "improve"
	}
	if s.evidence == "thin" {
		return "R3", "gather"
	}
	if s.conduct == "serious" {
		return "R4", "part"
	}
	if s.need == "unknown" || s.demand == "unknown" || s.friction == "unclear" ||
		(s.ourWin == "unknown" && s.theirWin == "unknown") {
		return "R5", "gather"
	}
	if s.need == "no" {
		return "R6", "part"
	}
	if s.friction == "ours" {
		return "R7", "improve"
	}
	if s.strained() {
		if s.failed() {
			return "R8", "part"
		}
		return "R9", "terms"
	}
	if s.friction == "both" {
		return "R10", "improve"
	}
	if s.friction == "theirs" || s.demand == "priceable" || s.need == "partly" || s.will == "doubt" {
		return "R11", "terms"
	}
	if s.ourWin == "now" && s.theirWin == "yes" {
		return "R12", "fits"
	}
	if s.ourWin == "unknown" || s.theirWin == "unknown" {
		return "R13", "gather"
	}
	return "R14", "improve"
}

// refFlagsIn is all that the flags may depend on.
type refFlagsIn struct {
	rule     FitRule
	verdict  Verdict // of the rule
	friction Answer
	conduct  Answer
	kind     FitKind
	large    bool
}

// refFlags follows the order of computing as printed, and sorts at the end.
func refFlags(in refFlagsIn) (Verdict, []FitFlag) {
	v, flags := in.verdict, map[FitFlag]bool{}
	if in.rule == "R2" {
		flags["repair-first"] = true
	}
	if in.conduct == "serious" {
		flags["safety"] = true
	}
	if in.friction == "both" && (v == "improve" || v == "terms" || v == "part") {
		flags["both-must-act"] = true
	}
	if v == "part" {
		switch in.kind {
		case "internal", "duty":
			v = "terms"
			flags["part-not-available"] = true
		case "prospect":
			flags["do-not-take-on"] = true
		}
		flags["four-eyes"] = true
	}
	if in.large && (v == "part" || v == "terms") {
		flags["impact-sheet"] = true
		flags["four-eyes"] = true
	}
	sorted := []FitFlag{}
	for f := range flags {
		sorted = append(sorted, f)
	}
	slices.Sort(sorted)
	return v, sorted
}

func refJudge(a FitAnswers, kind FitKind, large bool) (Verdict, FitRule, []FitFlag) {
	s := refOf(a)
	rule, v := refRule(s)
	v, flags := refFlags(refFlagsIn{rule, v, s.friction, s.conduct, kind, large})
	return v, rule, flags
}

// fitEachSet calls f with every set of answers in both encodings, and returns
// how many there are.
func fitEachSet(f func(fitBits, refSet)) int {
	chosen := make([]Answer, len(fitQuestions))
	count := 0
	var pick func(i int, bits fitBits)
	pick = func(i int, bits fitBits) {
		if i == len(fitQuestions) {
			count++
			f(bits, refSet{
				chosen[0], chosen[1], chosen[2], chosen[3], chosen[4],
				chosen[5], chosen[6], chosen[7], chosen[8], chosen[9],
			})
			return
		}
		for _, v := range fitQuestions[i].answers {
			chosen[i] = v
			pick(i+1, bits|fitBit(i, v))
		}
	}
	pick(0, 0)
	return count
}

// fitDrawSet draws a complete set of answers.
func fitDrawSet(t *rapid.T) FitAnswers {
	a := FitAnswers{}
	for _, k := range FitKeys() {
		a[k] = rapid.SampledFrom(AnswersFor(k)).Draw(t, string(k))
	}
	return a
}

func fitDrawKind(t *rapid.T) FitKind { return rapid.SampledFrom(FitKinds()).Draw(t, "kind") }

// fitMust fails the test with what was being looked at.
func fitMust(t *testing.T, ok bool, rule string, s refSet) {
	if !ok {
		t.Helper()
		t.Fatalf("%s: %+v", rule, s)
	}
}
