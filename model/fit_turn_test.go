package model

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFitBecauseExamples(t *testing.T) {
	all := []FitKey{"evidence", "grievance", "need", "demand", "friction", "our_win", "their_win", "will", "conduct"}
	for _, c := range []struct {
		rule FitRule
		in   FitAnswers
		want []FitKey
	}{
		{"R1", FitAnswers{"grievance": "unchecked", "evidence": "thin"}, []FitKey{"grievance"}},
		{"R2", FitAnswers{"grievance": "open"}, []FitKey{"grievance"}},
		{"R5", FitAnswers{"our_win": "unknown", "their_win": "unknown"}, []FitKey{"our_win", "their_win"}},
		{"R5", FitAnswers{"need": "unknown", "our_win": "unknown"}, []FitKey{"need"}},
		{"R8", FitAnswers{"terms": "broken", "will": "gone", "demand": "outside"}, []FitKey{"demand", "will", "terms"}},
		{"R9", FitAnswers{"terms": "accepted", "conduct": "warned"}, []FitKey{"conduct"}},
		{"R11", FitAnswers{"friction": "theirs", "will": "doubt"}, []FitKey{"friction", "will"}},
		{"R12", FitAnswers{}, all},
		{"R13", FitAnswers{"their_win": "unknown"}, []FitKey{"their_win"}},
		{"R14", FitAnswers{"our_win": "reachable", "terms": "refused"}, all},
	} {
		j := Judge(c.in.WithDefaults(), FitCustomer, false)
		if j.Rule != c.rule || !slices.Equal(j.Because, c.want) {
			t.Errorf("%v: %s %v, want %s %v", c.in, j.Rule, j.Because, c.rule, c.want)
		}
	}
}

// TestFitBecauseDecides keeps the answers that decided and draws all others
// anew: the rule still matches, so that only an earlier row can take over; a
// rule that spoke because no other did stays whatever else is answered.
func TestFitBecauseDecides(t *testing.T) {
	place := func(id FitRule) int {
		return slices.IndexFunc(FitRuleTable(), func(r FitRuleRow) bool { return r.ID == id })
	}
	rapid.Check(t, func(t *rapid.T) {
		a, kind := fitDrawCalm(t), fitDrawKind(t)
		j := Judge(a, kind, false)
		if len(j.Because) == 0 {
			t.Fatalf("%s has no reason", j.Rule)
		}
		b := fitDrawSet(t)
		for _, k := range j.Because {
			b[k] = a[k]
		}
		got := Judge(b, kind, false).Rule
		if place(got) > place(j.Rule) || (j.Rule == "R12" || j.Rule == "R14") && got != j.Rule {
			t.Fatalf("%s because of %v, but with %v it is %s", j.Rule, j.Because, b, got)
		}
	})
}

// fitDrawCalm draws sets with few answers off their default, so that the later
// rules are reached as often as the first ones.
func fitDrawCalm(t *rapid.T) FitAnswers {
	a := FitAnswers{}.WithDefaults()
	for range rapid.IntRange(0, 4).Draw(t, "changes") {
		k := rapid.SampledFrom(FitKeys()).Draw(t, "key")
		a[k] = rapid.SampledFrom(AnswersFor(k)).Draw(t, "answer")
	}
	return a
}

func TestFitWouldChangeExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, kind, large := fitDrawCalm(t), fitDrawKind(t), rapid.Bool().Draw(t, "large")
		before := maps.Clone(a)
		got := WouldChange(a, kind, large)
		now, _, _ := refJudge(a, kind, large)
		want := []Turn{}
		for _, k := range FitKeys() {
			for _, v := range AnswersFor(k) {
				b := maps.Clone(a)
				b[k] = v
				if then, _, _ := refJudge(b, kind, large); then != now {
					want = append(want, Turn{k, v, then})
				}
			}
		}
		if got == nil || !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		if !maps.Equal(a, before) {
			t.Fatal("the answers were changed")
		}
	})
}

// TestFitWouldChangeFinal: for a duty customer a farewell is terms already, so
// refusing terms changes nothing that counts.
func TestFitWouldChangeFinal(t *testing.T) {
	a := FitAnswers{"demand": "outside"}.WithDefaults()
	turn := Turn{"terms", "refused", "part"}
	if !slices.Contains(WouldChange(a, FitCustomer, false), turn) {
		t.Error("a customer who refuses the terms is not parted with")
	}
	for _, turn := range WouldChange(a, FitDuty, false) {
		if turn.Key == "terms" || turn.Verdict == VerdictPart {
			t.Errorf("duty: %v", turn)
		}
	}
}

func TestFitStillPossibleExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, kind, large := fitDrawCalm(t), fitDrawKind(t), rapid.Bool().Draw(t, "large")
		if rapid.Bool().Draw(t, "wild") {
			a = fitDrawSet(t)
		}
		for range rapid.IntRange(0, 5).Draw(t, "opened") {
			delete(a, rapid.SampledFrom(FitKeys()).Draw(t, "reopened"))
		}
		found := map[Verdict]bool{}
		fitEachChoice(a, a.Open(), func(full FitAnswers) {
			v, _, _ := refJudge(full, kind, large)
			found[v] = true
		})
		if got := StillPossible(a, kind, large); !slices.Equal(got, fitOrdered(found)) {
			t.Fatalf("%v %s: %v, want %v", a, kind, got, fitOrdered(found))
		}
	})
}

// fitEachChoice calls f for every choice of answers to the open questions.
func fitEachChoice(a FitAnswers, open []FitKey, f func(FitAnswers)) {
	if len(open) == 0 {
		f(a)
		return
	}
	b := maps.Clone(a)
	for _, v := range AnswersFor(open[0]) {
		b[open[0]] = v
		fitEachChoice(b, open[1:], f)
	}
}

func fitOrdered(found map[Verdict]bool) []Verdict {
	list := []Verdict{}
	for _, v := range []Verdict{"fits", "improve", "terms", "part", "gather"} {
		if found[v] {
			list = append(list, v)
		}
	}
	return list
}

// TestFitStillPossibleNarrows covers the widest space, where trying all choices
// would take too long for a side panel, and what single answers rule out.
func TestFitStillPossibleNarrows(t *testing.T) {
	for _, c := range []struct {
		in   FitAnswers
		kind FitKind
		want []Verdict
	}{
		{nil, "customer", []Verdict{"fits", "improve", "terms", "part", "gather"}},
		{nil, "duty", []Verdict{"fits", "improve", "terms", "gather"}},
		{FitAnswers{"grievance": "unchecked"}, "customer", []Verdict{"gather"}},
		{FitAnswers{"grievance": "open"}, "prospect", []Verdict{"improve"}},
		{FitAnswers{"evidence": "thin"}, "customer", []Verdict{"improve", "gather"}},
		{FitAnswers{"friction": "ours", "need": "yes", "conduct": "within"}, "customer", []Verdict{"improve", "gather"}},
		{FitAnswers{}.WithDefaults(), "customer", []Verdict{"fits"}},
	} {
		if got := StillPossible(c.in, c.kind, true); !slices.Equal(got, c.want) {
			t.Errorf("%v %s: %v, want %v", c.in, c.kind, got, c.want)
		}
	}
}

// TestFitSpacesStayFew bounds the work of StillPossible without a clock: the
// spaces that go down the table with every question open.
func TestFitSpacesStayFew(t *testing.T) {
	rest, most := []fitBits{fitEverything}, 0
	for _, r := range fitRules {
		for _, c := range r.when {
			var next []fitBits
			for _, b := range rest {
				next = append(next, b.without(c)...)
			}
			rest, most = next, max(most, len(next))
		}
	}
	if len(rest) != 0 || most > 9 {
		t.Errorf("%d spaces unmatched at the end, %d at most", len(rest), most)
	}
}

func BenchmarkStillPossibleAllOpen(b *testing.B) {
	for b.Loop() {
		StillPossible(nil, FitCustomer, false)
	}
}
