package store_test

import (
	"context"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// countedSpaces are what is derived from records; what the journal derives
// grows with every step.
func countedSpaces() (out []engine.Space) {
	for _, s := range store.Spaces() {
		switch s {
		case "meta", "journal", "subject", "group", "standing", "taken", "undone":
		default:
			out = append(out, s)
		}
	}
	return out
}

// TestEachBothWays takes each kind of change of the relation back by itself and
// puts it back: what is derived is as it was, and the book is sound each time.
func TestEachBothWays(t *testing.T) {
	p, _ := newParted(t)
	b := p.Customer(t, "Bo Blom", "number", "7", "revenue", "100000", "margin", "1000")
	cents, mark, felt := int64(4200), 7, 3
	steps := 0
	did := func(who model.ID, a model.Action) model.ID {
		t.Helper()
		steps++
		before := derivedOf(p.Desk, countedSpaces()...)
		r := p.Must(t, who, a)
		after := derivedOf(p.Desk, countedSpaces()...)
		healthy(t, p.Desk)
		undone := p.mustUndo(who, r.Rev, false)
		if derivedOf(p.Desk, countedSpaces()...) != before {
			t.Errorf("%s: taken back it leaves something", a.Name())
		}
		healthy(t, p.Desk)
		p.mustUndo(who, undone, true)
		if derivedOf(p.Desk, countedSpaces()...) != after {
			t.Errorf("%s: put back it is something else", a.Name())
		}
		healthy(t, p.Desk)
		p.Clock.Add(time.Minute)
		return r.Made
	}
	call := phoneCall(t, b, "invoice", "2026-11-01 09:00")
	call.Failed, call.Missing, call.Effort, call.Felt = true, "where is it?", 3, &felt
	call.Promise = &model.MakePromise{Side: model.Ours, Words: "a note", Due: "2026-11-30"}
	call.Exception = &model.LogException{Named: "pay before", Words: "after", State: model.ExceptionRefused, Reason: "the rule"}
	first := did(p.Agent, call)
	answer := did(p.Agent, model.SaveAnswer{Topic: "invoice", Question: "where?", Words: "here", Asked: "where is it?"})
	again := phoneCall(t, b, "invoice", "2026-11-04 09:00")
	again.Answer, again.Answered = answer, true
	second := did(p.Agent, again)
	did(p.Agent, model.EditContact{Customer: b, Contact: first, Was: map[string]string{"contact.topic": "invoice"}, Now: map[string]string{"contact.topic": "procedure"}})
	did(p.Agent, model.EditContact{Customer: b, Contact: second, Was: map[string]string{"contact.day": "2026-11-04"}, Now: map[string]string{"contact.day": "2026-10-02"}})
	did(p.Agent, model.WithdrawContact{Customer: b, Contact: second, Reason: "x"})
	did(p.Lead, model.SaveAnswer{ID: answer, Topic: "procedure", Question: "where?", Words: "there"})
	did(p.Lead, model.RetireAnswer{ID: answer, Reason: "x"})
	did(p.Agent, model.SetBanner{Customer: b, Words: "careful", Until: "2026-12-01"})
	did(p.Agent, model.SetBanner{Customer: b})
	lesson := did(p.Agent, model.AddLesson{Customer: b, Words: "listen"})
	did(p.Agent, model.RemoveLesson{Customer: b, Lesson: lesson})
	promise := did(p.Agent, model.MakePromise{Customer: b, Side: model.Theirs, Words: "photographs", Due: "2026-11-30", Topic: "invoice"})
	did(p.Agent, model.MovePromise{Customer: b, Promise: promise, To: "2026-12-01", Reason: "x"})
	did(p.Agent, model.ClosePromise{Customer: b, Promise: promise, State: model.PromiseBroken, Reason: "x"})
	standard := did(p.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "no shouting"})
	x := did(p.Agent, model.LogException{Customer: b, Standard: standard, Words: "x", Topic: "invoice"})
	did(p.Agent, model.SettleException{Customer: b, Exception: x, State: model.ExceptionGranted, Reason: "x", Cost: 500, Followed: model.FollowedLost, Lost: 9})
	did(p.Agent, model.WithdrawException{Customer: b, Exception: x, Reason: "x"})
	did(p.Lead, model.SaveStandard{ID: standard, Kind: model.StandardLimit, Label: "no threats"})
	terms := did(p.Agent, model.StateTerms{Customer: b, Standards: []model.ID{standard}, AnswerBy: "2026-12-01"})
	did(p.Agent, model.AnswerTerms{Customer: b, Terms: terms, State: model.TermsRefused, Words: "no"})
	did(p.Agent, model.WithdrawTerms{Customer: b, Terms: terms, Reason: "x"})
	did(p.Lead, model.RetireStandard{ID: standard, Reason: "x"})
	survey := did(p.Agent, model.AddSurvey{Customer: b, Reply: model.Reply{Mark: &mark, Felt: &felt, Topics: []string{"telephone", "procedure"}}})
	did(p.Agent, model.WithdrawSurvey{Customer: b, Survey: survey, Reason: "x"})
	did(p.Agent, model.SetFinance{Customer: b, Account: model.Account{Direct: &cents, Margin: &cents, Arrears: []model.Arrear{{Cents: 5, Since: "2026-01-01"}}}})
	did(p.Agent, model.SetFinance{Customer: b, Account: model.Account{Arrears: []model.Arrear{}}})
	did(p.Agent, model.SurveyRows{File: "x", Rows: []model.SurveyRow{{Customer: b, Reply: model.Reply{Mark: &mark}}}})
	did(p.Agent, model.FinanceRows{File: "x", Rows: []model.FinanceRow{{Customer: b, Account: model.Account{Revenue: &cents}}}})
	imp := did(p.Agent, model.AddImprovement{Title: "bills", Reach: "talk", Hurt: []model.ID{b}})
	did(p.Agent, model.EditImprovement{ID: imp, Was: map[string]string{"title": "bills"}, Now: map[string]string{"title": "invoices"}})
	did(p.Agent, model.LinkHurt{Improvement: imp, Customer: p.c})
	did(p.Agent, model.UnlinkHurt{Improvement: imp, Customer: p.c})
	did(p.Agent, model.EndImprovement{ID: imp, State: model.ImprovementDone, Reason: "x"})
	did(p.Agent, model.TellHurt{Improvement: imp, Customer: b, Words: "thanks"})
	referral := did(p.Agent, model.SaveReferral{Firm: "De Buren", Serves: "x"})
	did(p.Agent, model.SaveReferral{ID: referral, Firm: "De Overburen", Serves: "y"})
	f := p.farewell().ID
	step := func(a model.DoFarewellStep) {
		t.Helper()
		a.Customer, a.Farewell = p.c, f
		did(p.Agent2, a)
	}
	step(model.DoFarewellStep{Step: model.StepReferral, Referral: referral})
	step(model.DoFarewellStep{Step: model.StepContract, Contract: "monthly", Ends: "2026-12-31"})
	step(model.DoFarewellStep{Step: model.StepText, Text: "x"})
	step(model.DoFarewellStep{Step: model.StepContact, Contact: p.Lead})
	step(model.DoFarewellStep{Step: model.StepText, Text: "x", Reason: "read again"})
	step(model.DoFarewellStep{Step: model.StepSent, Channel: "phone", Typed: "Petra Jansen"})
	step(model.DoFarewellStep{Step: model.StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"})
	step(model.DoFarewellStep{Step: model.StepObjection, Objection: "not so"})
	did(p.Lead2, model.HearObjection{Customer: p.c, Farewell: f, Words: "we looked"})
	p.Clock.Set(time.Date(2027, time.January, 4, 12, 0, 0, 0, storetest.Zone()))
	step(model.DoFarewellStep{Step: model.StepOutcome, Outcome: "content"})
	did(p.Lead, model.EndFarewell{Customer: p.c, Farewell: f, State: model.FarewellEnded, Typed: "Petra Jansen"})
	did(p.Lead, model.EndFarewell{Customer: p.c, Farewell: f, State: model.FarewellBack, Reason: "asked"})
	did(p.Lead, model.RetireReferral{Referral: referral, Reason: "x"})
	twin := p.Customer(t, "B. Blom", "number", "8", "phone", "030-1234567")
	did(p.Agent, model.MakePromise{Customer: twin, Side: model.Ours, Words: "a call", Due: "2027-01-30"})
	did(p.Agent, model.LinkHurt{Improvement: imp, Customer: twin})
	did(p.Agent, model.Merge{Keep: twin, Gone: b, Take: []string{"name"}, Typed: "Bo Blom"})
	did(p.Agent, model.Merge{Keep: twin, Gone: p.c, Typed: "Petra Jansen"})
	if steps < 50 {
		t.Errorf("only %d kinds of change", steps)
	}
	whole := derivedOf(p.Desk, countedSpaces()...)
	if err := p.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if derivedOf(p.Desk, countedSpaces()...) != whole {
		t.Error("a rebuild gives something else")
	}
}
