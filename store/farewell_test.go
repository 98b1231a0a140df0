package store_test

import (
	"context"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// parted is a desk where Anna approved on Thursday what Karin proposed.
func newParted(t *testing.T) (p *parting, approval model.Rev) {
	t.Helper()
	p = newParting(t)
	p.Clock.Set(time.Date(2026, time.November, 26, 12, 0, 0, 0, storetest.Zone()))
	return p, p.Must(t, p.Lead, p.approve()).Rev
}

// farewell is the newest farewell of the customer, as the desk shows it.
func (p *parting) farewell() *model.Farewell {
	p.t.Helper()
	d, err := p.As(model.Solo(p.Lead)).Customer(p.c)
	if err != nil {
		p.t.Fatal(err)
	}
	return d.Dealings.Farewell()
}

func (p *parting) step(who model.ID, a model.DoFarewellStep) model.Rev {
	p.t.Helper()
	a.Customer, a.Farewell = p.c, p.farewell().ID
	return p.Must(p.t, who, a).Rev
}

// tell does all up to and with telling the customer.
func (p *parting) tell(who model.ID) {
	p.t.Helper()
	for _, a := range []model.DoFarewellStep{
		{Step: model.StepReferral, To: "De Buren"}, {Step: model.StepContract, Contract: "monthly", Ends: "2026-12-31"},
		{Step: model.StepText, Text: "Others serve you better."}, {Step: model.StepContact, Contact: p.Lead},
		{Step: model.StepSent, Channel: "phone", Typed: "Petra Jansen"},
	} {
		p.step(who, a)
	}
}

// A farewell goes from approval to the end and back, each step taken back and
// put back by itself; the book is checked when the test ends.
func TestFarewellUndo(t *testing.T) {
	p, approval := newParted(t)
	f := p.farewell()
	if f == nil || f.To != "x" || f.Next() != model.StepReferral {
		t.Fatalf("begun as %+v", f)
	}
	// The approval and its farewell are one step.
	back := p.mustUndo(p.Lead, approval, false)
	if p.farewell() != nil {
		t.Fatal("the farewell stays without its verdict")
	}
	p.mustUndo(p.Lead, back, true)
	if p.farewell() == nil {
		t.Fatal("the farewell did not come back")
	}
	rev := p.step(p.Agent2, model.DoFarewellStep{Step: model.StepReferral, To: "De Buren"})
	_, err := p.undo(p.Lead, approval, false)
	wantID(t, err, "error.undo.changed-by")
	p.mustUndo(p.Agent2, rev, false)
	if p.farewell().Done[model.StepReferral] != nil {
		t.Error("the step stays")
	}
	p.tell(p.Agent2)
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"})
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepObjection, None: true})
	p.Clock.Set(time.Date(2026, time.December, 31, 12, 0, 0, 0, storetest.Zone()))
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepOutcome, Outcome: "content"})
	end := model.EndFarewell{Customer: p.c, Farewell: f.ID, State: model.FarewellEnded, Typed: "Petra Jansen"}
	p.refused(p.Agent2, end, "error.not-allowed.role")
	ended := p.Must(t, p.Lead, end).Rev
	relation := func() model.Relation {
		d, err := p.As(model.Solo(p.Lead)).Customer(p.c)
		if err != nil {
			t.Fatal(err)
		}
		return d.Customer.Relation
	}
	if relation() != model.Former {
		t.Error("ended, and a customer still")
	}
	undone := p.mustUndo(p.Lead, ended, false)
	if relation() != model.Current || p.farewell().State != model.FarewellGoing {
		t.Error("the end taken back left something")
	}
	p.mustUndo(p.Lead, undone, true)
	p.Must(t, p.Lead, model.EndFarewell{Customer: p.c, Farewell: f.ID, State: model.FarewellBack, Reason: "the need changed"})
	if relation() != model.Current || p.farewell().State != model.FarewellBack {
		t.Error("did not come back")
	}
	// One verdict gives one farewell.
	p.refused(p.Lead, model.BeginFarewell{Customer: p.c, Assessment: p.n}, "error.farewell.again")
}

// Taking back is no way round an objection.
func TestFarewellObjectionStays(t *testing.T) {
	p, approval := newParted(t)
	p.tell(p.Agent2)
	noted := p.step(p.Agent, model.DoFarewellStep{Step: model.StepObjection, Objection: "not fair"})
	_, err := p.undo(p.Lead, noted, false)
	wantID(t, err, "error.undo.objection")
	hear := model.HearObjection{Customer: p.c, Farewell: p.farewell().ID, Words: "they are right", Upheld: true}
	for _, who := range []model.ID{p.Agent, p.Agent2, p.Lead} {
		p.refused(who, hear, "error.farewell.involved")
	}
	// Whoever takes a step back had a part in it as well.
	wins := p.step(p.Agent2, model.DoFarewellStep{Step: model.StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"})
	p.mustUndo(p.Admin, wins, false)
	p.refused(p.Admin, hear, "error.farewell.involved")

	heard := p.Must(t, p.Lead2, hear).Rev
	if f := p.farewell(); f.State != model.FarewellCalled || f.Unheard() {
		t.Fatalf("upheld, and %+v", f)
	}
	q, err := p.As(model.Solo(p.Lead)).Review()
	if err != nil || q.Counts[model.CaseDate] != 1 {
		t.Errorf("the verdict is not back in review: %v, %v", q.Counts, err)
	}
	_, err = p.undo(p.Lead, heard, false)
	wantID(t, err, "error.undo.not-hearer")
	back := p.mustUndo(p.Lead2, heard, false)
	if f := p.farewell(); f.State != model.FarewellGoing || !f.Unheard() {
		t.Errorf("taken back, and %+v", f)
	}
	// Meanwhile he had a part in it: his answer does not come back.
	again := p.step(p.Lead2, model.DoFarewellStep{Step: model.StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"})
	p.mustUndo(p.Lead2, again, false)
	_, err = p.undo(p.Lead2, back, true)
	wantID(t, err, "error.farewell.involved")
	// The verdict stays under the farewell that goes on from it.
	_, err = p.undo(p.Lead, approval, false)
	wantID(t, err, "error.undo.changed-by")
}

// A verdict that was approved without a farewell is kept by one begun later.
func TestFarewellKeepsVerdict(t *testing.T) {
	p, approval := newParted(t)
	f := p.farewell()
	called := p.Must(t, p.Lead, model.EndFarewell{Customer: p.c, Farewell: f.ID, State: model.FarewellCalled, Reason: "we wait"}).Rev
	p.refused(p.Lead, model.BeginFarewell{Customer: p.c, Assessment: p.n}, "error.farewell.again")
	_, err := p.undo(p.Lead, approval, false)
	wantID(t, err, "error.undo.changed-by")
	p.mustUndo(p.Lead, called, false)
	p.tell(p.Agent2)
	// A second run turns out otherwise: nobody is told to go by the old one.
	run := p.Must(t, p.Agent2, model.FitStart{Customer: p.c, Answers: model.FitAnswers{}.WithDefaults()}).Made
	sent := model.DoFarewellStep{Customer: p.c, Farewell: f.ID, Step: model.StepSent, Channel: "mail", Typed: "Petra Jansen", Reason: "by mail too"}
	p.refused(p.Agent2, sent, "error.farewell.running")
	p.Clock.Add(time.Minute)
	p.Must(t, p.Agent2, model.FitFinish{Customer: p.c, Assessment: run, Next: model.NextStep{What: "one contact"}})
	p.refused(p.Agent2, sent, "error.farewell.newer")
}

func TestReferralUndo(t *testing.T) {
	p, _ := newParted(t)
	add := p.Must(t, p.Agent, model.SaveReferral{Firm: "De Buren", Serves: "meters"})
	other := p.Must(t, p.Agent, model.SaveReferral{Firm: "Noordhulp", Serves: "nights"})
	p.refused(p.Agent, model.SaveReferral{Firm: "de  BUREN", Serves: "x"}, "error.referral.taken")
	p.mustUndo(p.Agent, other.Rev, false)
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepReferral, Referral: add.Made})
	_, err := p.undo(p.Agent, add.Rev, false)
	wantID(t, err, "error.undo.referral")
	p.refused(p.Agent, model.RetireReferral{Referral: add.Made, Reason: "closed"}, "error.not-allowed.role")
	retired := p.Must(t, p.Lead, model.RetireReferral{Referral: add.Made, Reason: "closed"}).Rev
	p.refused(p.Agent, model.SaveReferral{Firm: "DE BUREN", Serves: "nights"}, "error.referral.taken")
	p.mustUndo(p.Lead, p.mustUndo(p.Lead, retired, false), true)
	p.Must(t, p.Agent, model.SaveReferral{Firm: "Aan Huis", Serves: "visits"})
	all, err := p.As(model.Solo(p.Agent)).Referrals()
	if err != nil || len(all) != 2 || all[0].Name != "Aan Huis" || all[1].Retired == nil {
		t.Errorf("the book lists %+v, %v", all, err)
	}
	if d, _ := p.As(model.Solo(p.Agent)).Customer(p.c); d.Dealings.Farewell().Refer(d.Dealings.Referrals) != "De Buren" {
		t.Error("a farewell lost the name of a retired referral")
	}
}

// The desk lists what is due first, and for a year what is over.
func TestFarewellDesk(t *testing.T) {
	p, _ := newParted(t)
	lines := func() []model.FarewellLine {
		out, err := p.As(model.Solo(p.Agent)).Farewells()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if l := lines(); len(l) != 1 || l[0].Name != "Petra Jansen" || l[0].Contact != "Anna" || l[0].Next != model.StepReferral || l[0].Due != "" {
		t.Fatalf("the desk lists %+v", l)
	}
	p.tell(p.Agent2)
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"})
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepObjection, None: true})
	if l := lines(); l[0].Next != model.StepOutcome || l[0].Due != "2026-12-26" {
		t.Errorf("the outcome is due on %s", l[0].Due)
	}
	first := p.farewell().ID
	p.Must(t, p.Lead, model.EndFarewell{Customer: p.c, Farewell: first, State: model.FarewellCalled, Reason: "terms after all"})
	second := *p
	second.c = p.Customer(t, "De Wit")
	a := model.FitAnswers{}.WithDefaults()
	a[model.KeyNeed] = model.AnswerNo
	second.n = p.Must(t, p.Agent, model.FitStart{Customer: second.c, Answers: a}).Made
	p.Must(t, p.Agent, second.finish())
	p.Clock.Set(time.Date(2026, time.December, 3, 12, 0, 0, 0, storetest.Zone()))
	p.Must(t, p.Lead, model.Approve{Customer: second.c, Assessment: second.n, Typed: "de wit"})
	if l := lines(); len(l) != 2 || l[0].Name != "De Wit" || l[1].Farewell.State != model.FarewellCalled {
		t.Errorf("the desk lists %+v", l)
	}
	p.Clock.Set(time.Date(2027, time.December, 3, 12, 0, 0, 0, storetest.Zone()))
	if l := lines(); len(l) != 1 || l[0].Name != "De Wit" {
		t.Errorf("a year later the desk lists %+v", l)
	}
	if _, err := p.Do(context.Background(), model.Solo(p.Lead), model.EndFarewell{Customer: p.c, Farewell: store.NewID(), State: model.FarewellCalled, Reason: "x"}); err == nil {
		t.Error("ended a farewell that is not there")
	}
}
