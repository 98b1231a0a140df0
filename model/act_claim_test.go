package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// waitingFlag is a flag of Petra that Karin raised.
func waitingFlag() *Flag {
	return &Flag{ID: idOf(30), Customer: petra, Reason: FlagByHand, Words: "x", By: karin, At: StampOf(tuesday)}
}

// frozenSighting is a sighting of Karin's that Sam contests.
func frozenSighting() *Sighting {
	return &Sighting{ID: idOf(20), Customer: petra, Trait: TraitBrazen, By: karin, At: StampOf(tuesday),
		Contested: &Ruling{By: sam, Real: sam, At: StampOf(tuesday)}}
}

// heldBy is a claim that has some minutes left, or less than none.
func heldBy(who, of ID, kind CaseKind, left time.Duration) *Claim {
	return &Claim{Case: of, Kind: kind, Person: who, At: StampOf(tuesday), Until: StampOf(tuesday.Add(left))}
}

func TestTakeCaseRefusals(t *testing.T) {
	settled := proposal(func(n *Assessment) {
		n.State, n.Due, n.Settled = FitSettled, DayOf(tuesday), &Ruling{By: anna, Real: anna}
	})
	newer := proposal(func(n *Assessment) { n.ID, n.State, n.Due = idOf(41), FitSettled, "2027-01-01" })
	double := &Double{ID: idOf(50), A: petra, B: idOf(2), Same: "mail"}
	cleared, dismissed := *waitingFlag(), *double
	cleared.Cleared, dismissed.Dismissed = &Ruling{By: anna}, &Ruling{By: anna}
	flag := TakeCase{Kind: CaseFlag, Case: idOf(30), Customer: petra}
	fit := func(k CaseKind) TakeCase { return TakeCase{Kind: k, Case: idOf(40), Customer: petra} }
	over := flag
	over.Over = true
	for _, c := range []struct {
		name string
		who  ID
		recs []Record
		a    TakeCase
		id   string
	}{
		{"a flag", anna, []Record{waitingFlag()}, flag, ""},
		{"a flag of one's own", karin, []Record{waitingFlag()}, flag, ""}, // who raised it may clear it
		{"one's own case again", anna, []Record{waitingFlag(), heldBy(anna, idOf(30), CaseFlag, time.Minute)}, flag, ""},
		{"another's", anna, []Record{waitingFlag(), heldBy(milan, idOf(30), CaseFlag, time.Minute)}, flag, "error.claim.held"},
		{"another's on purpose", anna, []Record{waitingFlag(), heldBy(milan, idOf(30), CaseFlag, time.Minute)}, over, ""},
		{"one that lapsed", anna, []Record{waitingFlag(), heldBy(milan, idOf(30), CaseFlag, 0)}, flag, ""},
		{"one of who left", anna, []Record{waitingFlag(), heldBy(milan, idOf(30), CaseFlag, time.Minute), &Person{ID: milan, Name: "Milan", Gone: true}}, flag, ""},
		{"one of who is no lead any more", anna, []Record{waitingFlag(), heldBy(sam, idOf(30), CaseFlag, time.Minute)}, flag, ""},
		{"a flag that was cleared", anna, []Record{&cleared}, flag, "error.claim.gone"},
		{"a flag that never was", anna, nil, flag, "error.claim.gone"},
		{"a proposal", anna, []Record{proposal(nil)}, fit(CaseProposal), ""},
		{"one's own proposal", karin, []Record{proposal(nil)}, fit(CaseProposal), "error.not-allowed.own-proposal"},
		{"a proposal about what was aimed at one", anna, []Record{proposal(func(n *Assessment) { n.AimedAt = []ID{anna} })}, fit(CaseProposal), "error.not-allowed.aimed-at"},
		{"a proposal under another name", anna, []Record{proposal(nil)}, fit(CaseDate), "error.claim.gone"},
		{"a returned one", anna, []Record{proposal(func(n *Assessment) { n.State = FitReturned })}, fit(CaseReturned), "error.claim.returned"},
		{"a date", anna, []Record{settled}, fit(CaseDate), ""},
		{"a date of a verdict that is not the last", anna, []Record{settled, newer}, fit(CaseDate), "error.claim.gone"},
		{"a date to come", anna, []Record{newer}, TakeCase{Kind: CaseDate, Case: idOf(41), Customer: petra}, "error.claim.gone"},
		{"no assessment", anna, nil, fit(CaseProposal), "error.claim.gone"},
		{"a contest", anna, []Record{frozenSighting()}, TakeCase{Kind: CaseContest, Case: idOf(20), Customer: petra}, ""},
		{"a contest of one's own", sam, []Record{frozenSighting()}, TakeCase{Kind: CaseContest, Case: idOf(20), Customer: petra}, "error.not-allowed.own-contest"},
		{"a contest of one's own sighting", karin, []Record{frozenSighting()}, TakeCase{Kind: CaseContest, Case: idOf(20), Customer: petra}, "error.not-allowed.own-contest"},
		{"no contest", anna, nil, TakeCase{Kind: CaseContest, Case: idOf(20), Customer: petra}, "error.claim.gone"},
		{"a double", anna, []Record{double}, TakeCase{Kind: CaseDouble, Case: idOf(50), Customer: petra}, ""},
		{"a double that was dismissed", anna, []Record{&dismissed}, TakeCase{Kind: CaseDouble, Case: idOf(50)}, "error.claim.gone"},
		{"a kind unheard of", anna, []Record{waitingFlag()}, TakeCase{Kind: "x", Case: idOf(30), Customer: petra}, "error.claim.gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(c.who, RoleLead), desk(c.recs...))
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			n, _ := ch.Puts[0].After.(*Claim)
			if !ch.Quiet || n == nil || n.Person != c.who || n.Until != StampOf(tuesday.Add(ClaimFor)) {
				t.Errorf("taken as %+v, quiet %v", n, ch.Quiet)
			}
		})
	}
}

// What settles a case is refused to all but who holds it, and to nobody once the
// claim lapsed. Agents take back what is their own all the same.
func TestDecisionsObeyClaims(t *testing.T) {
	thursday := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	terms := NextStep{What: "mail only", By: "2027-01-01"}
	other := &Customer{ID: idOf(2), Name: "Jansen P"}
	own := frozenSighting()
	for _, c := range []struct {
		name string
		who  ID
		role Role
		of   ID
		kind CaseKind
		recs []Record
		a    Action
		free bool // a claim is no obstacle
	}{
		{"approve", anna, RoleLead, idOf(40), CaseProposal, []Record{proposal(nil)}, Approve{Customer: petra, Assessment: idOf(40), Typed: "Petra Jansen"}, false},
		{"return", anna, RoleLead, idOf(40), CaseProposal, []Record{proposal(nil)}, Return{Customer: petra, Assessment: idOf(40), Question: "why?"}, false},
		{"otherwise", anna, RoleLead, idOf(40), CaseProposal, []Record{proposal(nil)},
			Otherwise{Customer: petra, Assessment: idOf(40), Verdict: VerdictTerms, Next: terms, Reason: "x"}, false},
		{"drop another's proposal", anna, RoleLead, idOf(40), CaseProposal, []Record{proposal(nil)}, FitDrop{Customer: petra, Assessment: idOf(40), Reason: "x"}, false},
		{"drop one's own proposal", karin, RoleAgent, idOf(40), CaseProposal, []Record{proposal(nil)}, FitDrop{Customer: petra, Assessment: idOf(40)}, true},
		{"clear", anna, RoleLead, idOf(30), CaseFlag, []Record{waitingFlag()}, ClearFlag{Customer: petra, Flag: idOf(30), Reason: "x"}, false},
		{"rule", anna, RoleLead, idOf(20), CaseContest, []Record{frozenSighting()}, RuleContest{Customer: petra, Sighting: idOf(20), Uphold: true, Reason: "x"}, false},
		{"withdraw a contested sighting", anna, RoleLead, idOf(20), CaseContest, []Record{frozenSighting()}, Withdraw{Customer: petra, Sighting: idOf(20)}, false},
		{"withdraw one's own", karin, RoleAgent, idOf(20), CaseContest, []Record{own}, Withdraw{Customer: petra, Sighting: idOf(20)}, true},
		{"dismiss", sam, RoleAgent, idOf(50), CaseDouble, []Record{&Double{ID: idOf(50), A: petra, B: idOf(2)}}, DismissDouble{Double: idOf(50)}, false},
		{"merge", sam, RoleAgent, idOf(50), CaseDouble, []Record{other, &Double{ID: idOf(50), A: petra, B: idOf(2)}},
			Merge{Keep: petra, Gone: idOf(2), Typed: "Jansen P"}, false},
		{"merge what was dismissed", sam, RoleAgent, idOf(50), CaseDouble, []Record{other, &Double{ID: idOf(50), A: petra, B: idOf(2), Dismissed: &Ruling{}}},
			Merge{Keep: petra, Gone: idOf(2), Typed: "Jansen P"}, true},
	} {
		for _, by := range []struct {
			name  string
			claim []Record
			held  bool
		}{
			{"nobody", nil, false},
			{"a colleague", []Record{heldBy(milan, c.of, c.kind, 7*24*time.Hour)}, true},
			{"oneself", []Record{heldBy(c.who, c.of, c.kind, 7*24*time.Hour)}, false},
			{"a colleague before", []Record{heldBy(milan, c.of, c.kind, time.Minute)}, false},
		} {
			t.Run(c.name+", held by "+by.name, func(t *testing.T) {
				env := envOf(c.who, c.role)
				env.Now = thursday
				_, err := c.a.Decide(env, desk(c.recs...).with(by.claim...))
				want := ""
				if by.held && !c.free {
					want = "error.claim.held"
				}
				wantRefusal(t, err, want)
			})
		}
	}
}

func TestReleaseCase(t *testing.T) {
	a := ReleaseCase{Case: idOf(30)}
	for _, c := range []struct {
		name string
		recs []Record
		puts int
		id   string
	}{
		{"none", nil, 0, ""},
		{"own", []Record{heldBy(anna, idOf(30), CaseFlag, time.Minute)}, 1, ""},
		{"another's", []Record{heldBy(milan, idOf(30), CaseFlag, time.Minute)}, 0, "error.claim.held"},
		{"another's that lapsed", []Record{heldBy(milan, idOf(30), CaseFlag, -time.Minute)}, 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := a.Decide(envOf(anna, RoleLead), desk(c.recs...))
			wantRefusal(t, err, c.id)
			if err == nil && (len(ch.Puts) != c.puts || !ch.Quiet) {
				t.Errorf("%d records, quiet %v", len(ch.Puts), ch.Quiet)
			}
		})
	}
}

// Taking anew sweeps what lapsed elsewhere; keeping longer leaves it.
func TestClaimsAreSwept(t *testing.T) {
	gone := heldBy(milan, idOf(31), CaseFlag, -time.Minute)
	stays := heldBy(milan, idOf(32), CaseFlag, time.Minute)
	take := TakeCase{Kind: CaseFlag, Case: idOf(30), Customer: petra}
	ch, err := take.Decide(envOf(anna, RoleLead), desk(waitingFlag(), gone, stays))
	if err != nil || len(ch.Puts) != 2 || ch.Puts[1].Before != Record(gone) || ch.Puts[1].After != nil {
		t.Errorf("%+v %v", ch, err)
	}
	ch, err = take.Decide(envOf(anna, RoleLead), desk(waitingFlag(), gone, heldBy(anna, idOf(30), CaseFlag, time.Minute)))
	if err != nil || len(ch.Puts) != 1 {
		t.Errorf("%+v %v", ch, err)
	}
}

// Whatever leads do and however long they wait: a case has one holder at most,
// who alone decides it, and what lapsed is in nobody's way.
func TestClaimsProperty(t *testing.T) {
	leads := []ID{anna, milan, robin}
	rapid.Check(t, func(t *rapid.T) {
		flags := []*Flag{waitingFlag(), waitingFlag()}
		flags[1].ID = idOf(31)
		m := desk(flags[0], flags[1])
		holder, until := map[ID]ID{}, map[ID]time.Time{}
		now := tuesday
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Second, time.Minute, ClaimFor - time.Microsecond, ClaimFor}).Draw(t, "wait"))
			who := rapid.SampledFrom(leads).Draw(t, "who")
			f := rapid.SampledFrom(flags).Draw(t, "case")
			env := envOf(who, RoleLead)
			env.Now = now
			h, stands := holder[f.ID], now.Before(until[f.ID])
			mine := !stands || h == who
			take := TakeCase{Kind: CaseFlag, Case: f.ID, Customer: petra, Over: rapid.Bool().Draw(t, "over")}
			if rapid.Bool().Draw(t, "release") {
				ch, err := ReleaseCase{Case: f.ID}.Decide(env, m)
				if (err == nil) != mine {
					t.Fatalf("release by %s while %s holds it (%v): %v", who, h, stands, err)
				}
				if err == nil {
					m.apply(ch)
					delete(until, f.ID)
				}
				continue
			}
			ch, err := take.Decide(env, m)
			if (err == nil) != (mine || take.Over) {
				t.Fatalf("take by %s while %s holds it (%v): %v", who, h, stands, err)
			}
			if err == nil {
				m.apply(ch)
				holder[f.ID], until[f.ID] = who, now.Add(ClaimFor)
			}
			for _, f := range flags {
				for _, w := range leads {
					env := envOf(w, RoleLead)
					env.Now = now
					_, err := ClearFlag{Customer: petra, Flag: f.ID, Reason: "x"}.Decide(env, m)
					free := !now.Before(until[f.ID]) || holder[f.ID] == w
					if (err == nil) != free {
						t.Fatalf("clear by %s: %v", w, err)
					}
				}
			}
		}
	})
}

// apply puts a change into the records.
func (m memory) apply(ch *Change) {
	for _, p := range ch.Puts {
		if p.After == nil {
			delete(m.recs, p.Key())
		} else {
			m.recs[p.Key()] = p.After
		}
	}
}
