package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var factsNow = time.Date(2026, time.November, 24, 10, 0, 0, 0, time.FixedZone("CET", 3600))

func factsPlay() *Playbook {
	return &Playbook{Thresholds: Thresholds{EvidenceEvents: 3, EvidenceDays: 2, EvidenceColleagues: 2, EvidenceWindowDays: 180}}
}

func person(n byte) ID { return ID{15: n} }

// seen makes a sighting of so many days ago that lives for a year.
func seen(days int, by byte, change ...func(*Sighting)) *Sighting {
	on := factsNow.AddDate(0, 0, -days)
	s := &Sighting{ID: person(byte(days)), Trait: TraitBrazen, Signal: "snapped", Step: 2, On: StampOf(on), At: StampOf(on),
		By: person(by), Lapses: StampOf(on.AddDate(1, 0, 0))}
	for _, c := range change {
		c(s)
	}
	return s
}

func serious(s *Sighting)   { s.Serious, s.Step = true, 4 }
func withdrawn(s *Sighting) { s.Withdrawn = &Ruling{} }
func contested(s *Sighting) { s.Contested = &Ruling{} }
func upheld(s *Sighting)    { s.Contested, s.Upheld = &Ruling{}, &Ruling{} }
func lapsed(s *Sighting)    { s.Lapses = StampOf(factsNow) }
func wronged(s *Sighting)   { s.Trait = TraitWronged }
func witness(by byte) func(*Sighting) {
	return func(s *Sighting) { s.Witnesses = append(s.Witnesses, person(by)) }
}
func at(hour int) func(*Sighting) {
	return func(s *Sighting) {
		t := s.On.Time().In(factsNow.Location())
		s.On = StampOf(time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location()))
	}
}

func detailOf(s ...*Sighting) *Detail {
	return &Detail{Customer: &Customer{}, Sightings: s, People: map[ID]string{person(1): "Karin"}}
}

func TestFitFactsPropose(t *testing.T) {
	cases := []struct {
		name                         string
		sightings                    []*Sighting
		evidence, grievance, conduct Answer
	}{
		{"nothing known", nil, AnswerThin, "", ""},
		{"three events, two days, two colleagues", []*Sighting{seen(1, 1), seen(1, 2), seen(2, 1)}, AnswerEnough, "", ""},
		{"two events", []*Sighting{seen(1, 1), seen(2, 2)}, AnswerThin, "", ""},
		{"one day", []*Sighting{seen(1, 1, at(0)), seen(1, 2, at(9)), seen(1, 1, at(23))}, AnswerThin, "", ""},
		{"one colleague", []*Sighting{seen(1, 1), seen(2, 1), seen(3, 1)}, AnswerThin, "", ""},
		{"a witness saw it too", []*Sighting{seen(1, 1), seen(2, 1), seen(3, 1, witness(2))}, AnswerEnough, "", ""},
		{"on the edge of the window", []*Sighting{seen(1, 1), seen(2, 2), seen(180, 1)}, AnswerEnough, "", ""},
		{"beyond the window", []*Sighting{seen(1, 1), seen(2, 2), seen(181, 1)}, AnswerThin, "", ""},
		{"one withdrawn", []*Sighting{seen(1, 1), seen(2, 2), seen(3, 1, withdrawn)}, AnswerThin, "", ""},
		{"one contested", []*Sighting{seen(1, 1), seen(2, 2), seen(3, 1, contested)}, AnswerThin, "", ""},
		{"contested and upheld", []*Sighting{seen(1, 1), seen(2, 2), seen(3, 1, upheld)}, AnswerEnough, "", ""},
		{"one lapsed", []*Sighting{seen(1, 1), seen(2, 2), seen(3, 1, lapsed)}, AnswerThin, "", ""},
		{"serious with a witness", []*Sighting{seen(1, 1, serious, witness(2))}, AnswerEnough, "", AnswerSerious},
		{"serious with a witness, beyond the window", []*Sighting{seen(200, 1, serious, witness(2))}, AnswerEnough, "", AnswerSerious},
		{"serious without a witness", []*Sighting{seen(1, 1, serious)}, AnswerThin, "", AnswerSerious},
		{"serious, the only witness noted it", []*Sighting{seen(1, 1, serious, witness(1))}, AnswerThin, "", AnswerSerious},
		{"serious but contested", []*Sighting{seen(1, 1, serious, witness(2), contested)}, AnswerThin, "", ""},
		{"wronged", []*Sighting{seen(1, 1, wronged)}, AnswerThin, AnswerUnchecked, ""},
		{"wronged, withdrawn", []*Sighting{seen(1, 1, wronged, withdrawn)}, AnswerThin, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := FitFacts(detailOf(c.sightings...), factsPlay(), factsNow)
			for k, want := range map[FitKey]Answer{KeyEvidence: c.evidence, KeyGrievance: c.grievance, KeyConduct: c.conduct} {
				if got[k].Propose != want {
					t.Errorf("%s: %q, want %q", k, got[k].Propose, want)
				}
			}
		})
	}
}

func TestFitFactsShow(t *testing.T) {
	d := detailOf(seen(3, 1, serious, witness(2)), seen(1, 1), seen(9, 1, func(s *Sighting) { s.AimedAt = person(2) }))
	d.Customer = &Customer{Revenue: 100, Margin: -50, Minutes: 60, Level: "basic", Channels: "mail", KeyAccount: true}
	settled := func(v Verdict, at Stamp, text string) *Assessment {
		return &Assessment{State: FitSettled, Verdict: v, Settled: &Ruling{At: at}, Next: NextStep{What: text},
			Answers: FitAnswers{KeyWill: AnswerDoubt}, Notes: map[FitKey]string{KeyWill: "asked twice"}}
	}
	d.Assessments = []*Assessment{{State: FitOpen}, settled(VerdictImprove, 9, "x"), settled(VerdictTerms, 8, "by mail only"), settled(VerdictTerms, 7, "old")}
	facts := FitFacts(d, factsPlay(), factsNow)
	ids := func(k FitKey) (out []string) {
		for _, f := range facts[k].Facts {
			out = append(out, f.Message.ID)
		}
		return out
	}
	want := map[FitKey][]string{
		KeyEvidence: {"fit.fact.evidence", "fit.fact.witnessed", "fit.fact.signal", "fit.fact.signal.serious", "fit.fact.signal"},
		KeyConduct:  {"fit.fact.signal.serious", "fit.fact.signal"},
		KeyOurWin:   {"fit.fact.revenue", "fit.fact.margin", "fit.fact.minutes"},
		KeyNeed:     {"fit.fact.level", "fit.fact.channels", "fit.fact.minutes"},
		KeyDemand:   {"fit.fact.level", "fit.fact.channels", "fit.fact.minutes"},
		KeyTerms:    {"fit.fact.terms"},
		KeyWill:     {"fit.fact.last", "fit.fact.note"},
		KeyFriction: nil,
	}
	for k, w := range want {
		if got := ids(k); len(got) != len(w) {
			t.Errorf("%s: %v, want %v", k, got, w)
		} else {
			for i := range w {
				if got[i] != w[i] {
					t.Errorf("%s: %v, want %v", k, got, w)
					break
				}
			}
		}
	}
	terms := facts[KeyTerms].Facts[0]
	if terms.At != 8 || terms.Message.Args["Text"] != "by mail only" {
		t.Errorf("the newest terms are not shown: %v", terms)
	}
	if facts[KeyOurWin].Propose != "" {
		t.Error("size was judged")
	}
	if at := facts[KeyEvidence].Facts[2].At; at != StampOf(factsNow.AddDate(0, 0, -1)) {
		t.Errorf("not the newest event first: %v", at.Time())
	}
}

// genSighting draws any sighting around the window.
func genSighting(t *rapid.T) *Sighting {
	s := seen(rapid.IntRange(0, 400).Draw(t, "days"), byte(rapid.IntRange(1, 3).Draw(t, "by")))
	s.Trait = rapid.SampledFrom(Traits()).Draw(t, "trait")
	s.Serious = rapid.Bool().Draw(t, "serious")
	for range rapid.IntRange(0, 2).Draw(t, "witnesses") {
		s.Witnesses = append(s.Witnesses, person(byte(rapid.IntRange(1, 3).Draw(t, "witness"))))
	}
	if rapid.Bool().Draw(t, "contested") {
		contested(s)
	}
	if rapid.Bool().Draw(t, "withdrawn") {
		withdrawn(s)
	}
	return s
}

// What is not live changes nothing, and the evidence follows the contract.
func TestFitFactsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(genSighting), 0, 8).Draw(t, "sightings")
		var live []*Sighting
		days, people, events, alone := map[string]bool{}, map[ID]bool{}, 0, false
		for _, s := range all {
			if s.Withdrawn != nil || s.Contested != nil || s.Lapses <= StampOf(factsNow) {
				continue
			}
			live = append(live, s)
			for _, w := range s.Witnesses {
				alone = alone || s.Serious && w != s.By
			}
			on := s.On.Time().In(factsNow.Location())
			if factsNow.Sub(on) > 180*24*time.Hour {
				continue
			}
			events++
			days[on.Format(time.DateOnly)] = true
			people[s.By] = true
			for _, w := range s.Witnesses {
				people[w] = true
			}
		}
		want := AnswerThin
		if alone || events >= 3 && len(days) >= 2 && len(people) >= 2 {
			want = AnswerEnough
		}
		got := FitFacts(detailOf(all...), factsPlay(), factsNow)
		if got[KeyEvidence].Propose != want {
			t.Fatalf("evidence %s, want %s", got[KeyEvidence].Propose, want)
		}
		only := FitFacts(detailOf(live...), factsPlay(), factsNow)
		for _, k := range FitKeys() {
			f, ok := got[k]
			if !ok || f.Facts == nil {
				t.Fatalf("%s has no entry", k)
			}
			if f.Propose != only[k].Propose || len(f.Facts) != len(only[k].Facts) {
				t.Fatalf("%s: what does not count changed something", k)
			}
			if f.Propose == "" {
				continue
			}
			if err := (FitAnswers{k: f.Propose}).Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
