package model

import (
	_ "embed"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFitQuestions(t *testing.T) {
	want := []struct {
		key      FitKey
		answers  []Answer
		dontKnow Answer
	}{
		{"evidence", []Answer{"enough", "thin"}, "thin"},
		{"grievance", []Answer{"none", "unfounded", "open", "repaired", "unchecked"}, "unchecked"},
		{"need", []Answer{"yes", "partly", "no", "unknown"}, "unknown"},
		{"demand", []Answer{"within", "priceable", "outside", "unknown"}, "unknown"},
		{"friction", []Answer{"nobody", "ours", "theirs", "both", "unclear"}, "unclear"},
		{"our_win", []Answer{"now", "reachable", "never", "unknown"}, "unknown"},
		{"their_win", []Answer{"yes", "reachable", "no", "unknown"}, "unknown"},
		{"will", []Answer{"mutual", "doubt", "gone"}, ""},
		{"conduct", []Answer{"within", "untold", "warned", "serious"}, ""},
		{"terms", []Answer{"none", "accepted", "refused", "broken"}, ""},
	}
	keys := FitKeys()
	if len(keys) != len(want) {
		t.Fatalf("%d keys, want %d", len(keys), len(want))
	}
	for i, w := range want {
		got, known := DontKnow(w.key)
		if keys[i] != w.key || !slices.Equal(AnswersFor(w.key), w.answers) ||
			got != w.dontKnow || known != (w.dontKnow != "") {
			t.Errorf("question %d: %s %v %q %v, want %+v", i, keys[i], AnswersFor(w.key), got, known, w)
		}
	}
	if AnswersFor("traits") != nil {
		t.Error("an unknown key has answers")
	}
	if v, ok := DontKnow("size"); ok || v != "" {
		t.Error("an unknown key has a don't-know answer")
	}
	AnswersFor("need")[0], FitKeys()[0] = "spoilt", "spoilt"
	if AnswersFor("need")[0] != "yes" || FitKeys()[0] != "evidence" {
		t.Error("a caller can change the questions")
	}
}

func TestFitAnswersState(t *testing.T) {
	var none FitAnswers
	if !slices.Equal(none.Open(), FitKeys()) || none.Complete() || none.Check() != nil {
		t.Error("a nil set is not an open, allowed set")
	}
	full := none.WithDefaults()
	want := FitAnswers{
		"evidence": "enough", "grievance": "none", "need": "yes", "demand": "within", "friction": "nobody",
		"our_win": "now", "their_win": "yes", "will": "mutual", "conduct": "within", "terms": "none",
	}
	if !maps.Equal(full, want) || !full.Complete() {
		t.Errorf("defaults are %v", full)
	}
	some := FitAnswers{"need": "no", "terms": "", "will": "gone"}
	if got := some.Open(); len(got) != 8 || got[0] != "evidence" || got[7] != "terms" {
		t.Errorf("open: %v", got)
	}
	if got := some.WithDefaults(); got["need"] != "no" || got["will"] != "gone" || got["terms"] != "none" {
		t.Errorf("with defaults: %v", got)
	}
	if len(some) != 3 || some["terms"] != "" {
		t.Errorf("the set itself was changed: %v", some)
	}
	if open := full.Open(); open == nil || len(open) != 0 {
		t.Errorf("open of a complete set: %#v", open)
	}
}

func TestFitAnswersCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		in   FitAnswers
		want *FitAnswerError
	}{
		{"allowed", FitAnswers{"need": "no", "will": ""}, nil},
		{"unknown key first", FitAnswers{"size": "xl", "need": "maybe"}, &FitAnswerError{"size", "xl", true}},
		{"unknown key with no answer", FitAnswers{"": ""}, &FitAnswerError{"", "", true}},
		{"value of another question", FitAnswers{"need": "within"}, &FitAnswerError{"need", "within", false}},
		{"first in order of asking", FitAnswers{"terms": "x", "need": "y"}, &FitAnswerError{"need", "y", false}},
		{"capitals", FitAnswers{"will": "Gone"}, &FitAnswerError{"will", "Gone", false}},
	} {
		err := c.in.Check()
		var got *FitAnswerError
		if errors.As(err, &got) != (c.want != nil) || c.want != nil && *got != *c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.want != nil && Judge(c.in.WithDefaults(), FitCustomer, false).Verdict != "" {
			t.Errorf("%s: a set that is not allowed got a verdict", c.name)
		}
		if c.want != nil && len(StillPossible(c.in, FitCustomer, false)) != 0 {
			t.Errorf("%s: a set that is not allowed has possible verdicts", c.name)
		}
	}
}

func TestFitKindPrecedence(t *testing.T) {
	for i := range 8 {
		duty, internal, prospect := i&4 != 0, i&2 != 0, i&1 != 0
		want := []FitKind{"customer", "prospect", "internal", "internal", "duty", "duty", "duty", "duty"}[i]
		if got := FitKindOf(duty, internal, prospect); got != want {
			t.Errorf("duty %v internal %v prospect %v: %s, want %s", duty, internal, prospect, got, want)
		}
	}
}

// TestFitEverySet holds every set of answers, with every kind and size, against
// the reference, and the properties that always hold against the outcome.
func TestFitEverySet(t *testing.T) {
	known := map[refFlagsIn]fitOutcomes{} // refFlags is pure; this only saves time
	at := 0
	n := fitEachSet(func(set fitBits, s refSet) {
		if at++; at%fitSets != 0 {
			return
		}
		r := fitRuleFor(set)
		rule, base := refRule(s)
		if r.id != rule || r.verdict != base {
			t.Fatalf("%+v: %s %s, want %s %s", s, r.id, r.verdict, rule, base)
		}
		in := refFlagsIn{rule: rule, verdict: base, friction: s.friction, conduct: s.conduct}
		want, ok := known[in]
		if !ok {
			want = fitOutcomesOf(in)
			known[in] = want
		}
		for _, w := range want {
			v := fitFinal(r.verdict, w.kind)
			fitProperties(t, s, w.kind, v)
			flags := fitFlagsFor(set, r.verdict, w.kind, w.large)
			if v != w.verdict || !slices.Equal(flags, w.flags) || flags == nil {
				t.Fatalf("%+v %s large=%v: %s %v, want %v", s, w.kind, w.large, v, flags, w)
			}
		}
	})
	if n != 614_400 {
		t.Errorf("%d sets, want 614,400", n)
	}
}

// fitOutcomes is what the reference wants of one set for every kind and size.
type fitOutcomes []struct {
	kind    FitKind
	large   bool
	verdict Verdict
	flags   []FitFlag
}

func fitOutcomesOf(in refFlagsIn) fitOutcomes {
	out := make(fitOutcomes, 8)
	for i := range out {
		in.kind, in.large = FitKinds()[i/2], i%2 == 1
		out[i].kind, out[i].large = in.kind, in.large
		out[i].verdict, out[i].flags = refFlags(in)
	}
	return out
}

func fitProperties(t *testing.T, s refSet, kind FitKind, v Verdict) {
	switch v {
	case VerdictPart:
		fitMust(t, s.grievance != "open" && s.grievance != "unchecked", "no part with a grievance", s)
		fitMust(t, s.evidence != "thin", "no part on thin evidence", s)
		fitMust(t, s.need == "no" || s.conduct == "serious" || s.failed(), "part has a ground", s)
		fitMust(t, s.friction != "ours" || s.need == "no" || s.conduct == "serious", "our fault is no ground", s)
		fitMust(t, kind != FitInternal && kind != FitDuty, "no part from duty or internal", s)
	case VerdictFits:
		fitMust(t, s.friction == "nobody" && s.conduct == "within" && s.will == "mutual" &&
			s.demand == "within" && s.need == "yes", "fits only if nothing is wrong", s)
	case VerdictImprove, VerdictTerms, VerdictGather:
	default:
		t.Fatalf("%+v has no verdict but %q", s, v)
	}
}

func TestFitJudgeAgreesWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, kind, large := fitDrawSet(t), fitDrawKind(t), rapid.Bool().Draw(t, "large")
		j := Judge(a, kind, large)
		v, rule, flags := refJudge(a, kind, large)
		if j.Verdict != v || j.Rule != rule || !slices.Equal(j.Flags, flags) {
			t.Fatalf("%+v, want %s %s %v", j, v, rule, flags)
		}
	})
}

func TestFitJudgeNeverGuesses(t *testing.T) {
	full := FitAnswers{}.WithDefaults()
	for _, k := range FitKeys() {
		a := maps.Clone(full)
		delete(a, k)
		j := Judge(a, FitCustomer, true)
		if j.Verdict != "" || j.Rule != "" || j.Flags == nil || j.Because == nil {
			t.Errorf("without %s: %+v", k, j)
		}
		if turns := WouldChange(a, FitCustomer, false); turns == nil || len(turns) != 0 {
			t.Errorf("without %s: turns %#v", k, turns)
		}
	}
	if j := Judge(full, "friend", false); j.Verdict != "" {
		t.Errorf("an unknown kind got %+v", j)
	}
	if got := StillPossible(full, "", false); got == nil || len(got) != 0 {
		t.Errorf("an unknown kind can still give %#v", got)
	}
}

//go:embed testdata/fit-cases.json
var workedCases []byte

func TestFitWorkedCases(t *testing.T) {
	var cases []struct {
		FitCase
		Verdict Verdict
		Rule    FitRule
		Flags   []FitFlag
	}
	if err := json.Unmarshal(workedCases, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 6 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		c.Answers = c.Answers.WithDefaults()
		if got := c.Result(); got.Verdict != c.Verdict || got.Rule != c.Rule || !slices.Equal(got.Flags, c.Flags) {
			t.Errorf("%s: %+v", c.ID, got)
		}
	}
}

func TestFitRuleTable(t *testing.T) {
	want := []FitRuleRow{
		{"R1", "gather"}, {"R2", "improve"}, {"R3", "gather"}, {"R4", "part"}, {"R5", "gather"},
		{"R6", "part"}, {"R7", "improve"}, {"R8", "part"}, {"R9", "terms"}, {"R10", "improve"},
		{"R11", "terms"}, {"R12", "fits"}, {"R13", "gather"}, {"R14", "improve"},
	}
	if got := FitRuleTable(); !slices.Equal(got, want) || FitRulesVersion != 1 {
		t.Errorf("rules version %d: %v", FitRulesVersion, got)
	}
}

// TestFitFlagsByKind walks one farewell past all kinds: the rule that hit stays
// the one shown.
func TestFitFlagsByKind(t *testing.T) {
	a := FitAnswers{"conduct": "serious", "friction": "both"}.WithDefaults()
	for _, c := range []struct {
		kind  FitKind
		large bool
		want  Verdict
		flags []FitFlag
	}{
		{"customer", false, "part", []FitFlag{"both-must-act", "four-eyes", "safety"}},
		{"customer", true, "part", []FitFlag{"both-must-act", "four-eyes", "impact-sheet", "safety"}},
		{"prospect", false, "part", []FitFlag{"both-must-act", "do-not-take-on", "four-eyes", "safety"}},
		{"internal", false, "terms", []FitFlag{"both-must-act", "four-eyes", "part-not-available", "safety"}},
		{"duty", true, "terms", []FitFlag{"both-must-act", "four-eyes", "impact-sheet", "part-not-available", "safety"}},
	} {
		j := Judge(a, c.kind, c.large)
		if j.Verdict != c.want || j.Rule != "R4" || !slices.Equal(j.Flags, c.flags) {
			t.Errorf("%s large=%v: %+v", c.kind, c.large, j)
		}
	}
}
