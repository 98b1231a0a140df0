package store_test

import (
	"context"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// parting is a desk where Karin proposed to part with a customer on Tuesday.
type parting struct {
	*storetest.Desk
	t        *testing.T
	c, n     model.ID
	proposal model.Rev
}

func newParting(t *testing.T) *parting {
	t.Helper()
	p := &parting{Desk: storetest.New(t), t: t}
	p.c = p.Customer(t, "Petra Jansen")
	a := model.FitAnswers{}.WithDefaults()
	a[model.KeyNeed] = model.AnswerNo
	p.n = p.Must(t, p.Agent, model.FitStart{Customer: p.c, Answers: a}).Made
	p.proposal = p.Must(t, p.Agent, p.finish()).Rev
	return p
}

func (p *parting) finish() model.Action {
	return model.FitFinish{Customer: p.c, Assessment: p.n, Next: model.NextStep{Referral: "x", Text: "x", Contact: p.Lead, Contract: "x"}}
}

func (p *parting) approve() model.Action {
	return model.Approve{Customer: p.c, Assessment: p.n, Typed: "petra jansen"}
}

func (p *parting) undo(who model.ID, rev model.Rev, redo bool) (model.Rev, error) {
	r, err := p.Undo(context.Background(), model.Solo(who), rev, redo)
	return r.Rev, err
}

func (p *parting) mustUndo(who model.ID, rev model.Rev, redo bool) model.Rev {
	p.t.Helper()
	r, err := p.undo(who, rev, redo)
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

func (p *parting) refused(who model.ID, a model.Action, id string) {
	p.t.Helper()
	_, err := p.Do(context.Background(), model.Solo(who), a)
	wantID(p.t, err, id)
}

func wantID(t *testing.T, err error, id string) {
	t.Helper()
	wantError(t, err, model.KindOf(err), id)
}

const days = 24 * time.Hour

func TestPartingTakesTwoAndADay(t *testing.T) {
	p := newParting(t)
	p.refused(p.Lead, p.approve(), "error.not-allowed.too-early")
	p.Clock.Set(time.Date(2026, 11, 26, 8, 59, 0, 0, storetest.Zone()))
	p.refused(p.Agent2, p.approve(), "error.not-allowed.role")
	p.Clock.Add(2 * days)
	p.Must(t, p.Lead, p.approve())
}

// TestWithdrawnProposal shows that nobody makes another's withdrawn proposal
// stand, and that one who brings it back proposes it.
func TestWithdrawnProposal(t *testing.T) {
	p := newParting(t)
	undone := p.mustUndo(p.Agent, 0, false)
	_, err := p.undo(p.Lead, undone, true)
	wantID(t, err, "error.undo.not-yours")
	p.Clock.Add(7 * days)
	p.mustUndo(p.Agent, 0, true)
	p.refused(p.Lead, p.approve(), "error.not-allowed.too-early") // it stands since today
	p.Clock.Add(7 * days)
	p.Must(t, p.Lead, p.approve())
}

func TestDroppedProposal(t *testing.T) {
	p := newParting(t)
	drop := p.Must(t, p.Agent, model.FitDrop{Customer: p.c, Assessment: p.n}).Rev
	p.Clock.Add(7 * days)
	p.mustUndo(p.Lead, drop, false) // Anna brings it back
	p.refused(p.Lead, p.approve(), "error.not-allowed.own-proposal")
	p.refused(p.Lead, model.Otherwise{Customer: p.c, Assessment: p.n, Verdict: model.VerdictFits, Next: model.NextStep{What: "x"}, Reason: "x"}, "error.not-allowed.own-proposal")
	p.refused(p.Lead2, p.approve(), "error.not-allowed.too-early")
	p.Clock.Add(7 * days)
	p.refused(p.Lead, p.approve(), "error.not-allowed.own-proposal")
	p.Must(t, p.Lead2, p.approve())
}

func TestReturnTakenBack(t *testing.T) {
	p := newParting(t)
	back := p.Must(t, p.Lead, model.Return{Customer: p.c, Assessment: p.n, Question: "why?"}).Rev
	p.Clock.Add(7 * days)
	p.mustUndo(p.Lead, back, false)
	p.refused(p.Lead, p.approve(), "error.not-allowed.too-early")
	p.Clock.Add(7 * days)
	p.Must(t, p.Lead, p.approve())
}

// TestWithdrawnApproval shows who may make a decision stand again.
func TestWithdrawnApproval(t *testing.T) {
	p := newParting(t)
	p.Clock.Add(7 * days)
	settled := p.Must(t, p.Lead, p.approve()).Rev
	undone := p.mustUndo(p.Lead, 0, false)
	for _, who := range []model.ID{p.Admin, p.Lead2} {
		_, err := p.undo(who, undone, true)
		wantID(t, err, "error.undo.not-yours")
	}
	p.mustUndo(p.Lead, 0, true)
	again := p.mustUndo(p.Admin, settled, false)
	_, err := p.undo(p.Admin, again, true)
	wantID(t, err, "error.undo.not-decider")
	p.Must(t, p.Lead, p.approve()) // the day was waited for
}

// TestApprovalPutBack holds a decision that is put back against what is known
// by then.
func TestApprovalPutBack(t *testing.T) {
	p := newParting(t)
	p.Clock.Add(7 * days)
	p.Must(t, p.Lead, p.approve())
	p.mustUndo(p.Lead, 0, false)
	p.Must(t, p.Agent2, model.Tag{Customer: p.c, Trait: model.TraitBrazen, Words: "shouted", AimedAt: p.Lead})
	_, err := p.undo(p.Lead, 0, true)
	wantID(t, err, "error.not-allowed.aimed-at")
}

func TestOneRunAtATime(t *testing.T) {
	p := newParting(t)
	drop := p.Must(t, p.Agent, model.FitDrop{Customer: p.c, Assessment: p.n}).Rev
	p.Must(t, p.Agent2, model.FitStart{Customer: p.c})
	_, err := p.undo(p.Agent, drop, false)
	wantID(t, err, "error.fit.running")
}

func TestSettledAsLead(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	a := model.FitAnswers{}.WithDefaults()
	a[model.KeyDemand] = model.AnswerPriceable
	n := d.Must(t, d.Lead, model.FitStart{Customer: c, Answers: a}).Made
	d.Must(t, d.Lead, model.FitFinish{Customer: c, Assessment: n, Next: model.NextStep{What: "x", By: "2027-01-01"}})
	if _, err := d.Undo(context.Background(), model.Solo(d.Lead), 0, false); err != nil {
		t.Fatal(err)
	}
	d.Must(t, d.Admin, model.SetRole{Person: d.Lead, Role: model.RoleAgent})
	_, err := d.Undo(context.Background(), model.Solo(d.Lead), 0, true)
	wantID(t, err, "error.not-allowed.role")
}

// TestUndoKeepsWholes shows that an undo leaves nothing hanging and nobody out.
func TestUndoKeepsWholes(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	undo := func(who model.ID, rev model.Rev, redo bool, id string) {
		t.Helper()
		_, err := d.Undo(ctx, model.Solo(who), rev, redo)
		if id == "" && err == nil {
			return
		}
		wantID(t, err, id)
	}
	added := d.Must(t, d.Agent, model.AddCustomer{Values: map[string]string{"name": "Petra"}})
	tagged := d.Must(t, d.Agent2, model.Tag{Customer: added.Made, Trait: model.TraitBrazen, Words: "snarled"})
	undo(d.Agent, added.Rev, false, "error.undo.history")
	undo(d.Agent, tagged.Rev, false, "error.undo.others")
	undo(d.Agent2, 0, false, "")
	undo(d.Agent, 0, false, "")
	undo(d.Agent2, 0, true, "error.customer.gone")
	undo(d.Agent, 0, true, "")
	undo(d.Agent2, 0, true, "")
	undo(d.Agent2, 0, true, "error.redo.nothing")
	undo(d.Lead, tagged.Rev, false, "") // a lead may
	undo(d.Agent2, tagged.Rev, false, "error.undo.already")
	undo(d.Agent, 9999, false, "error.undo.unknown")

	edit := d.Must(t, d.Agent, model.EditCustomer{Customer: added.Made, Was: map[string]string{"town": ""}, Now: map[string]string{"town": "Zeist"}})
	d.Must(t, d.Agent2, model.EditCustomer{Customer: added.Made, Was: map[string]string{"phone": ""}, Now: map[string]string{"phone": "06"}})
	_, err := d.Undo(ctx, model.Solo(d.Agent), edit.Rev, false)
	if e := theError(t, err, model.KindConflict, "error.undo.changed-by"); e.Args["Person"] != "Sam" {
		t.Errorf("changed by %v", e.Args)
	}

	up := d.Must(t, d.Admin, model.SetRole{Person: d.Lead, Role: model.RoleAdmin})
	d.Must(t, d.Lead, model.SetRole{Person: d.Admin, Role: model.RoleAgent})
	undo(d.Lead, up.Rev, false, "error.not-allowed.last-admin")
	undo(d.Admin, up.Rev, false, "error.not-allowed.role") // no longer an admin

	bo := d.Must(t, d.Lead, model.AddPerson{Person: "Bo", Role: model.RoleAgent})
	kim := d.Must(t, d.Lead, model.AddPerson{Person: "Kim", Role: model.RoleAgent})
	d.Must(t, bo.Made, model.RaiseFlag{Customer: added.Made, Reason: "look"})
	undo(d.Lead, bo.Rev, false, "error.undo.person")
	undo(d.Lead, kim.Rev, false, "")
	removed := d.Must(t, d.Lead, model.RemovePerson{Person: bo.Made})
	undo(d.Lead, removed.Rev, false, "error.undo.final")
	_, err = d.Do(ctx, model.Solo(bo.Made), model.RaiseFlag{Customer: added.Made, Reason: "still here"})
	wantID(t, err, "error.not-allowed.stranger")
}

// TestActingAs shows that only an admin acts as somebody else, and that an
// admin who does so has the other's rights and no more.
func TestActingAs(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	c := d.Customer(t, "Petra Jansen")
	for _, a := range []model.Actor{{Person: d.Agent, Real: d.Lead}, {Person: d.Admin, Real: d.Agent}} {
		_, err := d.Do(ctx, a, model.RaiseFlag{Customer: c, Reason: "look"})
		wantID(t, err, "error.not-allowed.as")
	}
	_, err := d.Do(ctx, model.Actor{Person: d.Agent, Real: d.Admin}, model.RemoveCustomer{Customer: c, Typed: "Petra Jansen"})
	wantID(t, err, "error.not-allowed.role")
	if _, err := d.Do(ctx, model.Actor{Person: d.Agent, Real: d.Admin}, model.RaiseFlag{Customer: c, Reason: "look"}); err != nil {
		t.Fatal(err)
	}
	lines, err := d.As(model.Solo(d.Lead)).Journal(c, 0, 1)
	if err != nil || lines[0].Person != "Karin" || lines[0].Real != "Robin" {
		t.Errorf("the journal names %+v %v", lines, err)
	}
	_, err = d.Do(ctx, model.Solo(model.NoID), model.RaiseFlag{Customer: c, Reason: "look"})
	wantID(t, err, "error.not-allowed.stranger")
}
