package model

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var december = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

// parted is a verdict to part that Karin proposed and Anna approved.
func parted(edit func(*Assessment)) *Assessment {
	n := proposal(func(n *Assessment) {
		n.State, n.How, n.Settled = FitSettled, SettledApproved, &Ruling{By: anna, Real: anna, At: StampOf(tuesday)}
		n.Due = "2027-11-24"
	})
	if edit != nil {
		edit(n)
	}
	return n
}

func ruledBy(who ID) *Ruling { return &Ruling{By: who, Real: who, At: StampOf(tuesday)} }

// parting is a farewell begun by Anna with steps that Sam did.
func parting(done ...FarewellStep) *Farewell {
	f := &Farewell{ID: idOf(50), Customer: petra, Assessment: idOf(40), State: FarewellGoing, Begun: ruledBy(anna), Done: map[FarewellStep]*Ruling{},
		To: "De Buren", Contract: "monthly", Ends: "2026-12-31", Text: "Others serve you better.", Contact: karin}
	for _, s := range done {
		f.Done[s] = ruledBy(sam)
		if s == StepSent {
			f.Channel, f.SentOn, f.AskOutcome = "phone", "2026-11-25", "2026-12-25"
		}
	}
	return f
}

// partingEnv is a session in December with a playbook of channels.
func partingEnv(who ID, role Role) *Env {
	env := envOf(who, role)
	env.Now = december
	env.Playbook.Desk = DeskSettings{OutcomeDays: 30, Channels: []Channel{{ID: "phone"}, {ID: "mail"}}}
	return env
}

func TestBeginFarewell(t *testing.T) {
	begin := BeginFarewell{Customer: petra, Assessment: idOf(40)}
	over := parting()
	over.State, over.Closed = FarewellCalled, ruledBy(anna)
	old := parting()
	old.ID, old.Assessment = idOf(51), idOf(39)
	newer := &Assessment{ID: idOf(41), Customer: petra, State: FitSettled, Verdict: VerdictFits, Settled: ruledBy(karin)}
	for _, c := range []struct {
		name string
		recs []Record
		id   string
	}{
		{"from the verdict", []Record{parted(nil)}, ""},
		{"proposed only", []Record{proposal(nil)}, "error.farewell.verdict"},
		{"another verdict", []Record{parted(func(n *Assessment) { n.Verdict = VerdictTerms })}, "error.farewell.verdict"},
		{"no verdict", nil, "error.fit.gone"},
		{"one is going", []Record{parted(nil), old}, "error.farewell.going"},
		{"the verdict had one", []Record{parted(nil), over}, "error.farewell.again"},
		{"being asked again", []Record{parted(nil), &Assessment{ID: idOf(41), Customer: petra, State: FitOpen}}, "error.farewell.running"},
		{"a newer verdict", []Record{parted(nil), newer}, "error.farewell.newer"},
		{"a claim on us by now", []Record{parted(nil), &Customer{ID: petra, Name: "Petra Jansen", Duty: true}}, "error.farewell.facts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := begin.Decide(partingEnv(anna, RoleLead), desk(c.recs...))
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			f, _ := ch.Puts[0].After.(*Farewell)
			if f.State != FarewellGoing || f.Text != "x" || f.Contact != anna || len(f.Done) != 0 {
				t.Errorf("begun as %+v", f)
			}
		})
	}
}

// Approving a parting begins its farewell in the same change; nothing else does.
func TestApproveBeginsFarewell(t *testing.T) {
	env := partingEnv(anna, RoleLead)
	approve := Approve{Customer: petra, Assessment: idOf(40), Typed: "petra jansen"}
	for _, c := range []struct {
		name string
		n    *Assessment
		recs []Record
		want int
	}{
		{"a parting", proposal(nil), nil, 2},
		{"one is going", proposal(nil), []Record{parting()}, 1},
		{"terms", proposal(func(n *Assessment) {
			n.Answers[KeyNeed], n.Answers[KeyFriction], n.Verdict = "yes", "theirs", VerdictTerms
		}), nil, 1},
	} {
		ch, err := approve.Decide(env, desk(c.n).with(c.recs...))
		if err != nil || len(ch.Puts) != c.want {
			t.Fatalf("%s: %v, %+v", c.name, err, ch)
		}
		if f, ok := ch.Puts[len(ch.Puts)-1].After.(*Farewell); ok != (c.want == 2) || ok && f.Assessment != c.n.ID {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestFarewellStepRefusals(t *testing.T) {
	ready := beforeSaying()
	told := append(beforeSaying(), StepSent)
	objects := parting(told...)
	objects.Objection = "not fair"
	late := parting(told...)
	late.AskOutcome = "2026-12-01"
	sayAgain := func(edit func(*DoFarewellStep)) DoFarewellStep {
		a := DoFarewellStep{Step: StepSent, Channel: "phone", Typed: "Petra Jansen"}
		if edit != nil {
			edit(&a)
		}
		return a
	}
	retired := &Referral{ID: idOf(60), Name: "Old", Retired: ruledBy(anna)}
	book := &Referral{ID: idOf(61), Name: "De Buren"}
	named := parting(ready...)
	named.Referral = retired.ID
	gone := parting(ready...)
	gone.Contact = idOf(6)
	past := parting(ready...)
	past.Ends = "2026-11-30"
	for _, c := range []struct {
		name string
		f    *Farewell
		a    DoFarewellStep
		id   string
	}{
		{"no step", parting(), DoFarewellStep{Step: "leave"}, "error.farewell.step"},
		{"referral in words", parting(), DoFarewellStep{Step: StepReferral, To: "De Buren"}, ""},
		{"referral of the book", parting(), DoFarewellStep{Step: StepReferral, Referral: book.ID}, ""},
		{"a search", parting(), DoFarewellStep{Step: StepReferral, To: "asked three firms", Searched: true}, ""},
		{"a search without words", parting(), DoFarewellStep{Step: StepReferral, Searched: true}, "error.farewell.referral"},
		{"nobody", parting(), DoFarewellStep{Step: StepReferral, To: " "}, "error.farewell.referral"},
		{"a retired referral", parting(), DoFarewellStep{Step: StepReferral, Referral: retired.ID}, "error.referral.retired"},
		{"an unknown referral", parting(), DoFarewellStep{Step: StepReferral, Referral: idOf(99)}, "error.referral.gone"},
		{"contract", parting(), DoFarewellStep{Step: StepContract, Contract: "monthly", Ends: "2026-12-01"}, ""},
		{"contract without words", parting(), DoFarewellStep{Step: StepContract, Ends: "2026-12-31"}, "error.farewell.contract"},
		{"contract without a day", parting(), DoFarewellStep{Step: StepContract, Contract: "x"}, "error.farewell.ends"},
		{"contract in the past", parting(), DoFarewellStep{Step: StepContract, Contract: "x", Ends: "2026-11-30"}, "error.farewell.ends"},
		{"no such day", parting(), DoFarewellStep{Step: StepContract, Contract: "x", Ends: "2026-13-30"}, "error.farewell.ends"},
		{"text", parting(), DoFarewellStep{Step: StepText, Text: "Dear Petra"}, ""},
		{"no text", parting(), DoFarewellStep{Step: StepText, Text: "\n"}, "error.farewell.text"},
		{"text left open", parting(), DoFarewellStep{Step: StepText, Text: "Dear {customer}"}, "error.farewell.open"},
		{"contact", parting(), DoFarewellStep{Step: StepContact, Contact: milan}, ""},
		{"no contact", parting(), DoFarewellStep{Step: StepContact}, "error.farewell.contact"},
		{"contact who left", parting(), DoFarewellStep{Step: StepContact, Contact: idOf(6)}, "error.farewell.contact"},
		{"sent", parting(ready...), sayAgain(nil), ""},
		{"sent last week", parting(ready...), sayAgain(func(a *DoFarewellStep) { a.SentOn = "2026-11-24" }), ""},
		{"sent before the approval", parting(ready...), sayAgain(func(a *DoFarewellStep) { a.SentOn = "2026-11-23" }), "error.farewell.sent-before"},
		{"sent tomorrow", parting(ready...), sayAgain(func(a *DoFarewellStep) { a.SentOn = "2026-12-02" }), "error.farewell.sent-on"},
		{"sent by pigeon", parting(ready...), sayAgain(func(a *DoFarewellStep) { a.Channel = "pigeon" }), "error.farewell.channel"},
		{"sent, another name typed", parting(ready...), sayAgain(func(a *DoFarewellStep) { a.Typed = "Petra" }), "error.typed"},
		{"sent without referral", parting(StepContract, StepText, StepContact), sayAgain(nil), "error.farewell.need.referral"},
		{"sent without contract", parting(StepReferral, StepText, StepContact), sayAgain(nil), "error.farewell.need.contract"},
		{"sent without text", parting(StepReferral, StepContract, StepContact), sayAgain(nil), "error.farewell.need.text"},
		{"sent without contact", parting(StepReferral, StepContract, StepText), sayAgain(nil), "error.farewell.need.contact"},
		{"sent, the contact left", gone, sayAgain(nil), "error.farewell.contact"},
		{"sent, the referral retired", named, sayAgain(nil), "error.referral.retired"},
		{"sent after the end", past, sayAgain(nil), "error.farewell.ends-past"},
		{"sent over an objection", objects, sayAgain(func(a *DoFarewellStep) { a.Reason = "again" }), "error.farewell.unheard"},
		{"again without reason", parting(told...), sayAgain(nil), "error.farewell.reason"},
		{"again with reason", parting(told...), sayAgain(func(a *DoFarewellStep) { a.Reason = "wrong day" }), ""},
		{"wins", parting(), DoFarewellStep{Step: StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"}, ""},
		{"two wins", parting(), DoFarewellStep{Step: StepWins, WinTheirs: "a", WinOurs: "b"}, "error.farewell.wins"},
		{"no objection", parting(told...), DoFarewellStep{Step: StepObjection, None: true}, ""},
		{"no objection before it is said", parting(ready...), DoFarewellStep{Step: StepObjection, None: true}, "error.farewell.need.sent"},
		{"no objection over one", objects, DoFarewellStep{Step: StepObjection, None: true}, "error.farewell.unheard"},
		{"neither", parting(told...), DoFarewellStep{Step: StepObjection}, "error.farewell.objection"},
		{"an objection", parting(), DoFarewellStep{Step: StepObjection, Objection: "not fair"}, ""},
		{"another objection for the first", objects, DoFarewellStep{Step: StepObjection, Objection: "fine"}, "error.farewell.reason"},
		{"outcome", late, DoFarewellStep{Step: StepOutcome, Outcome: "content"}, ""},
		{"outcome without words", late, DoFarewellStep{Step: StepOutcome}, "error.farewell.outcome"},
		{"outcome too early", parting(told...), DoFarewellStep{Step: StepOutcome, Outcome: "content"}, "error.farewell.early"},
		{"outcome of nothing", parting(ready...), DoFarewellStep{Step: StepOutcome, Outcome: "content"}, "error.farewell.need.sent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.a.Customer, c.a.Farewell = petra, c.f.ID
			_, err := c.a.Decide(partingEnv(karin, RoleAgent), desk(c.f, parted(nil), retired, book, &Person{ID: idOf(6), Name: "Lex", Gone: true}))
			wantRefusal(t, err, c.id)
		})
	}
	over := parting()
	over.State = FarewellEnded
	_, err := DoFarewellStep{Customer: petra, Farewell: over.ID, Step: StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"}.Decide(partingEnv(karin, RoleAgent), desk(over))
	wantRefusal(t, err, "error.farewell.over")
	_, err = sayAgain(func(a *DoFarewellStep) { a.Customer, a.Farewell = petra, idOf(50) }).Decide(partingEnv(karin, RoleAgent),
		desk(parting(ready...), parted(nil), &Customer{ID: petra, Name: "Petra Jansen", Duty: true}))
	wantRefusal(t, err, "error.farewell.facts")
}

// What the customer was told and then changes is told anew.
func TestFarewellToldAnew(t *testing.T) {
	all := parting(FarewellSteps()...)
	for _, c := range []struct {
		name string
		a    DoFarewellStep
		gone []FarewellStep
	}{
		{"as it was", DoFarewellStep{Step: StepReferral, To: "De Buren"}, nil},
		{"another firm", DoFarewellStep{Step: StepReferral, To: "Noordhulp"}, []FarewellStep{StepText, StepSent, StepObjection, StepOutcome}},
		{"another day", DoFarewellStep{Step: StepContract, Contract: "monthly", Ends: "2027-01-31"}, []FarewellStep{StepText, StepSent, StepObjection, StepOutcome}},
		{"another contact", DoFarewellStep{Step: StepContact, Contact: milan}, []FarewellStep{StepText, StepSent, StepObjection, StepOutcome}},
		{"another text", DoFarewellStep{Step: StepText, Text: "Dear Petra"}, []FarewellStep{StepSent, StepObjection, StepOutcome}},
		{"other wins", DoFarewellStep{Step: StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"}, nil},
	} {
		c.a.Customer, c.a.Farewell, c.a.Reason = petra, all.ID, "looked at it again"
		ch, err := c.a.Decide(partingEnv(karin, RoleAgent), desk(all, parted(nil)))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		after, _ := ch.Puts[0].After.(*Farewell)
		for _, s := range FarewellSteps() {
			if (after.Done[s] == nil) != slices.Contains(c.gone, s) {
				t.Errorf("%s: step %s stands as %v", c.name, s, after.Done[s])
			}
		}
		if (after.AskOutcome == "") != (len(c.gone) > 0) {
			t.Errorf("%s: the outcome is asked on %q", c.name, after.AskOutcome)
		}
	}
}

func TestHearObjection(t *testing.T) {
	objects := parting(append(beforeSaying(), StepSent)...)
	objects.Objection = "not fair"
	hear := HearObjection{Customer: petra, Farewell: objects.ID, Words: "it is: the terms were clear"}
	other := idOf(7)
	for _, c := range []struct {
		name string
		who  Actor
		f    *Farewell
		a    HearObjection
		recs []Record
		id   string
	}{
		{"uninvolved", Solo(milan), objects, hear, nil, ""},
		{"who proposed", Solo(karin), objects, hear, nil, "error.farewell.involved"},
		{"who approved and began", Solo(anna), objects, hear, nil, "error.farewell.involved"},
		{"who did a step", Solo(sam), objects, hear, nil, "error.farewell.involved"},
		{"in the name of one uninvolved", Actor{Person: milan, Real: sam}, objects, hear, nil, "error.farewell.involved"},
		{"an admin in another's name", Actor{Person: sam, Real: robin}, objects, hear, nil, "error.farewell.involved"},
		{"aimed at", Solo(milan), objects, hear, []Record{&Sighting{ID: idOf(20), Customer: petra, AimedAt: milan}}, "error.farewell.involved"},
		{"nobody objects", Solo(milan), parting(), hear, nil, "error.farewell.no-objection"},
		{"without words", Solo(milan), objects, HearObjection{Customer: petra, Farewell: objects.ID, Words: " "}, nil, "error.farewell.answer"},
		{"another agent", Solo(other), objects, hear, []Record{&Person{ID: other, Name: "Yara", Role: RoleAgent}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := partingEnv(c.who.Person, RoleAgent)
			env.Actor = c.who
			ch, err := c.a.Decide(env, desk(c.f, parted(nil)).with(c.recs...))
			wantRefusal(t, err, c.id)
			if err == nil {
				if f, _ := ch.Puts[0].After.(*Farewell); f.Unheard() || f.HeardBy != c.who.Person || f.State != FarewellGoing || f.Done[StepObjection] == nil {
					t.Errorf("heard as %+v", f)
				}
			}
		})
	}
	hear.Upheld = true
	ch, err := hear.Decide(partingEnv(milan, RoleLead), desk(objects, parted(nil)))
	if err != nil || len(ch.Puts) != 2 {
		t.Fatal(err, ch)
	}
	f, _ := ch.Puts[0].After.(*Farewell)
	n, _ := ch.Puts[1].After.(*Assessment)
	if f.State != FarewellCalled || f.Closed == nil || n.Due != "2026-12-01" {
		t.Errorf("upheld: %+v, back in the queue on %s", f, n.Due)
	}
}

func TestEndFarewell(t *testing.T) {
	all := FarewellSteps()
	due := func(edit func(*Farewell)) *Farewell {
		f := parting(all...)
		f.Ends = "2026-12-01"
		if edit != nil {
			edit(f)
		}
		return f
	}
	former := &Customer{ID: petra, Name: "Petra Jansen", Relation: Former}
	for _, c := range []struct {
		name  string
		f     *Farewell
		state FarewellState
		why   string
		typed string
		recs  []Record
		id    string
		to    Relation // "" leaves the customer as is
	}{
		{"ended", due(nil), FarewellEnded, "", "petra jansen", nil, "", Former},
		{"another name", due(nil), FarewellEnded, "", "", nil, "error.typed", ""},
		{"a step is open", due(func(f *Farewell) { delete(f.Done, StepWins) }), FarewellEnded, "", "Petra Jansen", nil, "error.farewell.need.wins", ""},
		{"an objection is open", due(func(f *Farewell) { f.Objection = "no" }), FarewellEnded, "", "Petra Jansen", nil, "error.farewell.unheard", ""},
		{"within the notice", parting(all...), FarewellEnded, "", "Petra Jansen", nil, "error.farewell.notice", ""},
		{"a claim on us by now", due(nil), FarewellEnded, "", "Petra Jansen", []Record{&Customer{ID: petra, Name: "Petra Jansen", Duty: true}}, "error.farewell.facts", ""},
		{"called off", parting(), FarewellCalled, "we found a way", "", nil, "", ""},
		{"called off without reason", parting(), FarewellCalled, " ", "", nil, "error.reason", ""},
		{"back while it goes", parting(all...), FarewellBack, "x", "", nil, "error.farewell.over", ""},
		{"back", due(func(f *Farewell) { f.State, f.Closed = FarewellEnded, ruledBy(anna) }), FarewellBack, "the need changed", "", []Record{former}, "", Current},
		{"back, a prospect by now", due(func(f *Farewell) { f.State, f.Closed = FarewellEnded, ruledBy(anna) }), FarewellBack, "x", "", []Record{&Customer{ID: petra, Name: "Petra Jansen", Relation: Prospect}}, "", ""},
		{"silently", due(nil), FarewellGoing, "x", "Petra Jansen", nil, "error.farewell.state", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := EndFarewell{Customer: petra, Farewell: c.f.ID, State: c.state, Reason: c.why, Typed: c.typed}
			ch, err := a.Decide(partingEnv(anna, RoleLead), desk(c.f, parted(nil)).with(c.recs...))
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			var to Relation
			for _, p := range ch.Puts {
				switch after := p.After.(type) {
				case *Customer:
					to = after.Relation
				case *Farewell:
					if after.State != c.state || after.Closing() == nil {
						t.Errorf("stands as %+v", after)
					}
				}
			}
			if to != c.to {
				t.Errorf("the customer becomes %q, want %q", to, c.to)
			}
		})
	}
}

func TestForFarewell(t *testing.T) {
	text := "Dear {customer}, {referral} serves you; {contact} until {date}."
	if got := ForFarewell(text, "Petra {date}", "De Buren", "", "1 March"); got != "Dear Petra {date}, De Buren serves you; {contact} until 1 March." {
		t.Errorf("got %q", got)
	}
	if got := LeftOpen(text); len(got) != 4 {
		t.Errorf("left open: %v", got)
	}
	if got := LeftOpen("Dear Petra {x}"); got != nil {
		t.Errorf("left open: %v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.StringMatching(`[a-z{}]{1,12}`)
		got := ForFarewell("{customer}|{date}", v.Draw(t, "a"), "x", "y", "z")
		if got[len(got)-2:] != "|z" {
			t.Fatalf("got %q", got)
		}
	})
}
