package model

import (
	"testing"
	"time"
)

// proposal is a parting that Karin proposed on Tuesday.
func proposal(edit func(*Assessment)) *Assessment {
	a := FitAnswers{}.WithDefaults()
	a[KeyNeed] = AnswerNo
	n := &Assessment{ID: idOf(40), Customer: petra, State: FitProposed, Answers: a, Kind: FitCustomer, Verdict: VerdictPart, Rule: "R6",
		Flags: []FitFlag{FitFlagFourEyes}, Proposed: &Ruling{By: karin, Real: karin, At: StampOf(tuesday)},
		Next: NextStep{Referral: "x", Text: "x", Contact: anna, Contract: "x"}}
	if edit != nil {
		edit(n)
	}
	return n
}

func TestApproveRefusals(t *testing.T) {
	thursday := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	aimed := &Sighting{ID: idOf(20), Customer: petra, AimedAt: anna}
	for _, c := range []struct {
		name string
		who  Actor
		at   time.Time
		n    *Assessment
		recs []Record
		id   string
	}{
		{"in time", Solo(anna), thursday, proposal(nil), nil, ""},
		{"an admin", Solo(robin), thursday, proposal(nil), nil, ""},
		{"a minute early", Solo(anna), thursday.Add(-time.Minute), proposal(nil), nil, "error.not-allowed.too-early"},
		{"over the weekend", Solo(anna), thursday.AddDate(0, 0, 3), proposal(func(n *Assessment) { n.Proposed.At = StampOf(thursday) }), nil, "error.not-allowed.too-early"},
		{"own", Solo(anna), thursday, proposal(func(n *Assessment) { n.Proposed.By, n.Proposed.Real = anna, anna }), nil, "error.not-allowed.own-proposal"},
		{"done in one's name", Solo(anna), thursday, proposal(func(n *Assessment) { n.Proposed.By, n.Proposed.Real = anna, robin }), nil, "error.not-allowed.own-proposal"},
		{"done as another", Solo(robin), thursday, proposal(func(n *Assessment) { n.Proposed.Real = robin }), nil, "error.not-allowed.own-proposal"},
		{"approving as another", Actor{Person: anna, Real: robin}, thursday, proposal(func(n *Assessment) { n.Proposed.Real = robin }), nil, "error.not-allowed.own-proposal"},
		{"aimed at when proposed", Solo(anna), thursday, proposal(func(n *Assessment) { n.AimedAt = []ID{anna} }), nil, "error.not-allowed.aimed-at"},
		{"aimed at since", Solo(anna), thursday, proposal(nil), []Record{aimed}, "error.not-allowed.aimed-at"},
		{"aimed at another", Solo(milan), thursday, proposal(nil), []Record{aimed}, ""},
		{"aimed at who really sits there", Actor{Person: milan, Real: anna}, thursday, proposal(nil), []Record{aimed}, "error.not-allowed.aimed-at"},
		{"large without impact sheet", Solo(anna), thursday, proposal(nil), []Record{&Customer{ID: petra, Name: "Petra Jansen", KeyAccount: true}}, "error.next.impact"},
		{"large with impact sheet", Solo(anna), thursday, proposal(func(n *Assessment) { n.Next.Impact = "sheet" }), []Record{&Customer{ID: petra, Name: "Petra Jansen", KeyAccount: true}}, ""},
		{"has a claim on us by now", Solo(anna), thursday, proposal(nil), []Record{&Customer{ID: petra, Name: "Petra Jansen", Duty: true}}, "error.review.facts"},
		{"not proposed", Solo(anna), thursday, proposal(func(n *Assessment) { n.State = FitReturned }), nil, "error.review.not-proposed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := envOf(c.who.Person, RoleLead)
			env.Actor, env.Now = c.who, c.at
			ch, err := Approve{Customer: petra, Assessment: c.n.ID, Typed: "Petra Jansen"}.Decide(env, desk(c.n).with(c.recs...))
			wantRefusal(t, err, c.id)
			if err == nil {
				if n, _ := ch.Puts[0].After.(*Assessment); n.State != FitSettled || n.How != SettledApproved || n.Settled.Real != c.who.Real {
					t.Errorf("settled as %+v", n)
				}
			}
		})
	}
	env := envOf(anna, RoleLead)
	env.Now = thursday
	_, err := Approve{Customer: petra, Assessment: idOf(40), Typed: "Petra"}.Decide(env, desk(proposal(nil)))
	wantRefusal(t, err, "error.typed")
	_, err = Approve{Customer: petra, Assessment: idOf(41)}.Decide(env, desk(proposal(nil)))
	wantRefusal(t, err, "error.fit.gone")
}

func TestOtherwiseRefusals(t *testing.T) {
	gather := NextStep{What: "ask", Who: karin, By: "2027-01-01"}
	for _, c := range []struct {
		name string
		who  ID
		n    *Assessment
		a    Otherwise
		id   string
	}{
		{"gather", anna, proposal(nil), Otherwise{Verdict: VerdictGather, Next: gather, Reason: "x"}, ""},
		{"no reason", anna, proposal(nil), Otherwise{Verdict: VerdictGather, Next: gather}, "error.reason"},
		{"part", anna, proposal(func(n *Assessment) { n.Verdict = VerdictTerms }), Otherwise{Verdict: VerdictPart, Reason: "x"}, "error.otherwise.part"},
		{"the same", anna, proposal(func(n *Assessment) { n.Verdict = VerdictGather }), Otherwise{Verdict: VerdictGather, Next: gather, Reason: "x"}, "error.otherwise.same"},
		{"terms before repair", anna, proposal(func(n *Assessment) { n.Verdict, n.Flags = VerdictImprove, []FitFlag{FitFlagRepairFirst} }),
			Otherwise{Verdict: VerdictTerms, Reason: "x"}, "error.otherwise.repair-first"},
		{"own", karin, proposal(nil), Otherwise{Verdict: VerdictGather, Next: gather, Reason: "x"}, "error.not-allowed.own-proposal"},
		{"aimed at", anna, proposal(func(n *Assessment) { n.AimedAt = []ID{anna} }), Otherwise{Verdict: VerdictGather, Next: gather, Reason: "x"}, "error.not-allowed.aimed-at"},
		{"no next step", anna, proposal(nil), Otherwise{Verdict: VerdictGather, Reason: "x"}, "error.next.fact"},
		{"unheard of", anna, proposal(nil), Otherwise{Verdict: "punish", Reason: "x"}, "error.verdict.unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.a.Customer, c.a.Assessment = petra, c.n.ID
			_, err := c.a.Decide(envOf(c.who, RoleLead), desk(c.n))
			wantRefusal(t, err, c.id)
		})
	}
	_, err := Return{petra, idOf(40), ""}.Decide(envOf(anna, RoleLead), desk(proposal(nil)))
	wantRefusal(t, err, "error.question")
}

func TestFinishRefusals(t *testing.T) {
	full := NextStep{What: "x", Who: karin, By: "2027-01-01", Cause: "x", Referral: "x", Text: "x", Contact: anna, Contract: "x", Impact: "x"}
	open := func(k FitKey, v Answer) *Assessment {
		a := FitAnswers{}.WithDefaults()
		if k != "" {
			a[k] = v
		}
		return &Assessment{ID: idOf(40), Customer: petra, State: FitOpen, Answers: a, Kind: FitCustomer}
	}
	for _, c := range []struct {
		name string
		n    *Assessment
		role Role
		cut  func(*NextStep)
		id   string
		ends FitState
	}{
		{"fits", open("", ""), RoleAgent, nil, "", FitSettled},
		{"fits, nothing to protect", open("", ""), RoleAgent, func(s *NextStep) { s.What = "" }, "error.next.protect", ""},
		{"gather", open(KeyEvidence, AnswerThin), RoleAgent, nil, "", FitSettled},
		{"gather, nobody", open(KeyEvidence, AnswerThin), RoleAgent, func(s *NextStep) { s.Who = NoID }, "error.next.finder", ""},
		{"gather, yesterday", open(KeyEvidence, AnswerThin), RoleAgent, func(s *NextStep) { s.By = "2026-11-24" }, "error.next.date", ""},
		{"improve by an agent", open(KeyFriction, AnswerOurs), RoleAgent, nil, "", FitProposed},
		{"improve by a lead", open(KeyFriction, AnswerOurs), RoleLead, nil, "", FitSettled},
		{"improve, no cause", open(KeyFriction, AnswerOurs), RoleLead, func(s *NextStep) { s.Cause = "" }, "error.next.cause", ""},
		{"terms by a lead", open(KeyDemand, AnswerPriceable), RoleLead, nil, "", FitSettled},
		{"terms, no limits", open(KeyDemand, AnswerPriceable), RoleLead, func(s *NextStep) { s.What = " " }, "error.next.limits", ""},
		{"part by a lead", open(KeyNeed, AnswerNo), RoleLead, nil, "", FitProposed},
		{"part by an admin", open(KeyNeed, AnswerNo), RoleAdmin, nil, "", FitProposed},
		{"part, no referral", open(KeyNeed, AnswerNo), RoleLead, func(s *NextStep) { s.Referral = "" }, "error.next.referral", ""},
		{"part, no text", open(KeyNeed, AnswerNo), RoleLead, func(s *NextStep) { s.Text = "" }, "error.next.text", ""},
		{"part, no contact", open(KeyNeed, AnswerNo), RoleLead, func(s *NextStep) { s.Contact = NoID }, "error.next.contact", ""},
		{"part, contract unchecked", open(KeyNeed, AnswerNo), RoleLead, func(s *NextStep) { s.Contract = "" }, "error.next.contract", ""},
		{"odd day", open(KeyNeed, AnswerNo), RoleLead, func(s *NextStep) { s.By = "soon" }, "error.field.day", ""},
		{"unknown contact", open(KeyNeed, AnswerNo), RoleLead, func(s *NextStep) { s.Contact = idOf(99) }, "error.person.unknown", ""},
		{"a question open", open(KeyWill, ""), RoleLead, nil, "error.fit.incomplete", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			next := full
			if c.cut != nil {
				c.cut(&next)
			}
			ch, err := FitFinish{petra, c.n.ID, next, ""}.Decide(envOf(anna, c.role), desk(c.n))
			wantRefusal(t, err, c.id)
			if err == nil {
				if n, _ := ch.Puts[0].After.(*Assessment); n.State != c.ends {
					t.Errorf("ends %s, want %s", n.State, c.ends)
				}
			}
		})
	}
	_, err := FitStart{Customer: petra}.Decide(envOf(karin, RoleAgent), desk(open("", "")))
	wantRefusal(t, err, "error.fit.running")
	_, err = FitStart{Customer: petra, Answers: FitAnswers{"mood": "bad"}}.Decide(envOf(karin, RoleAgent), desk())
	wantRefusal(t, err, "error.fit.answer")
	_, err = FitDrop{petra, idOf(40), ""}.Decide(envOf(sam, RoleAgent), desk(proposal(nil)))
	wantRefusal(t, err, "error.not-allowed.others-proposal")
}
