package store_test

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

func refuses(t *testing.T, d *storetest.Desk, who model.ID, a model.Action, id string) {
	t.Helper()
	_, err := d.Do(context.Background(), model.Solo(who), a)
	if err == nil {
		t.Errorf("%#v goes through, want %s", a, id)
		return
	}
	wantID(t, err, id)
}

// TestNoDay: a day that is none is refused by every action, for days are
// compared and sorted as text.
func TestNoDay(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	promise := d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "a note", Due: "2026-12-01"}).Made
	cents, mark := int64(1), 7
	for _, far := range []model.Day{"2026-99-99", "9999"} {
		for name, a := range map[string]model.Action{
			"promise":     model.MakePromise{Customer: c, Side: model.Ours, Words: "x", Due: far},
			"move":        model.MovePromise{Customer: c, Promise: promise, To: far, Reason: "x"},
			"banner":      model.SetBanner{Customer: c, Words: "x", Until: far},
			"improvement": model.AddImprovement{Title: "x", By: far},
			"terms":       model.StateTerms{Customer: c, Words: "x", AnswerBy: far},
		} {
			if _, err := d.Do(context.Background(), model.Solo(d.Agent), a); err == nil {
				t.Errorf("%s: %q goes through", name, far)
			} else {
				wantID(t, err, "error.field.day")
			}
		}
	}
	for _, past := range []model.Day{"2026-02-31", "2026"} {
		for name, a := range map[string]model.Action{
			"survey":    model.AddSurvey{Customer: c, Reply: model.Reply{Mark: &mark, On: past}},
			"as of":     model.SetFinance{Customer: c, Account: model.Account{Direct: &cents, AsOf: past}},
			"arrears":   model.SetFinance{Customer: c, Account: model.Account{Arrears: []model.Arrear{{Cents: 1, Since: past}}}},
			"exception": model.LogException{Customer: c, Named: "x", Words: "x", On: past},
			"terms":     model.StateTerms{Customer: c, Words: "x", On: past, AnswerBy: "2026-12-01"},
		} {
			if _, err := d.Do(context.Background(), model.Solo(d.Agent), a); err == nil {
				t.Errorf("%s: %q goes through", name, past)
			} else {
				wantID(t, err, "error.field.day")
			}
		}
	}
	refuses(t, d, d.Agent, model.ClosePromise{Customer: c, Promise: promise, State: model.PromiseKept, On: "2026-11-2"}, "error.field.day")
}

// TestNamedElsewhere: what a record names is there and is of its customer.
func TestNamedElsewhere(t *testing.T) {
	d := storetest.New(t)
	c, other := d.Customer(t, "Petra Jansen"), d.Customer(t, "Bo Blom")
	call := phoneCall(t, other, "invoice", "2026-11-02 09:00")
	theirs := d.Must(t, d.Agent, call).Made
	refuses(t, d, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "x", Due: "2026-12-01", Contact: theirs}, "error.contact.gone")
	refuses(t, d, d.Agent, model.LogException{Customer: c, Named: "x", Words: "x", Contact: theirs}, "error.contact.gone")
	refuses(t, d, d.Agent, model.LogException{Customer: c, Named: "x", Words: "x", Topic: "no such thing"}, "error.topic.unknown")
	refuses(t, d, d.Agent, model.LogException{Customer: c, Named: "x", Words: "x", Topic: strings.Repeat("x", 1<<16)}, "error.topic.unknown")
	d.Must(t, d.Agent, model.LogException{Customer: other, Named: "x", Words: "x", Contact: theirs, Topic: "invoice"})
	d.Must(t, d.Agent, model.MakePromise{Customer: other, Side: model.Ours, Words: "x", Due: "2026-12-01", Contact: theirs})
	d.Must(t, d.Admin, model.RemovePerson{Person: d.Agent2})
	refuses(t, d, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "x", Due: "2026-12-01", Who: d.Agent2}, "error.person.unknown")
	refuses(t, d, d.Agent, model.AddImprovement{Title: "x", Owner: d.Agent2}, "error.person.unknown")
}

// TestTooMuchMoney: amounts are such that their sums over a book fit.
func TestTooMuchMoney(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	much, less := int64(math.MaxInt64), int64(math.MinInt64)
	for name, a := range map[string]model.Action{
		"direct":  model.SetFinance{Customer: c, Account: model.Account{Direct: &much}},
		"revenue": model.SetFinance{Customer: c, Account: model.Account{Revenue: &much}},
		"margin":  model.SetFinance{Customer: c, Account: model.Account{Margin: &less}},
		"arrears": model.SetFinance{Customer: c, Account: model.Account{Arrears: []model.Arrear{{Cents: much, Since: "2026-01-01"}}}},
		"cost":    model.LogException{Customer: c, Named: "x", Words: "x", Cost: much},
		"lost":    model.LogException{Customer: c, Named: "x", Words: "x", Followed: model.FollowedLost, Lost: much},
		"terms":   model.StateTerms{Customer: c, Words: "x", Price: much, AnswerBy: "2026-12-01"},
	} {
		if _, err := d.Do(context.Background(), model.Solo(d.Agent), a); err == nil {
			t.Errorf("%s goes through", name)
		} else {
			wantID(t, err, "error.money.large")
		}
	}
	refuses(t, d, d.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "x", Price: much}, "error.money.large")
}

// TestUndoLeavesNoOrphan: a customer with anything of its own does not go by
// undo.
func TestUndoLeavesNoOrphan(t *testing.T) {
	cents := int64(100)
	for name, then := range map[string]func(c model.ID) model.Action{
		"banner": func(c model.ID) model.Action { return model.SetBanner{Customer: c, Words: "x", Until: "2026-12-01"} },
		"finance": func(c model.ID) model.Action {
			return model.SetFinance{Customer: c, Account: model.Account{Direct: &cents}}
		},
		"lesson":  func(c model.ID) model.Action { return model.AddLesson{Customer: c, Words: "x"} },
		"contact": func(c model.ID) model.Action { return phoneCall(t, c, "invoice", "2026-11-02 09:00") },
		"promise": func(c model.ID) model.Action {
			return model.MakePromise{Customer: c, Side: model.Theirs, Words: "x", Due: "2026-12-01"}
		},
		"survey": func(c model.ID) model.Action { return model.AddSurvey{Customer: c, Reply: model.Reply{Better: "x"}} },
		"terms": func(c model.ID) model.Action {
			return model.StateTerms{Customer: c, Words: "x", AnswerBy: "2026-12-01"}
		},
	} {
		t.Run(name+" of one added", func(t *testing.T) {
			d := storetest.New(t)
			r := d.Must(t, d.Agent, model.AddCustomer{Values: map[string]string{"name": "Petra Jansen"}})
			d.Must(t, d.Agent2, then(r.Made))
			if _, err := d.Undo(context.Background(), model.Solo(d.Agent), r.Rev, false); err == nil {
				t.Error("the customer went")
			}
			healthy(t, d)
		})
		t.Run(name+" of one imported", func(t *testing.T) {
			d := storetest.New(t)
			mustImport(t, d, "number,name\n7,Petra Jansen\n8,Ada Bos\n", model.ImportOptions{})
			found, err := d.As(model.Solo(d.Agent)).Resolve("Petra Jansen")
			if err != nil {
				t.Fatal(err)
			}
			d.Must(t, d.Agent2, then(found.ID))
			if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
				t.Fatal(err)
			}
			healthy(t, d)
			if c, err := d.As(model.Solo(d.Agent)).Customer(found.ID); err != nil || c.Customer.Name != "Petra Jansen" {
				t.Errorf("the customer with a %s went: %v", name, err)
			}
		})
	}
}

// TestHearerTookNoPart: whoever answered the questions of the verdict does not
// hear the objection to it, though another handed it in.
func TestHearerTookNoPart(t *testing.T) {
	d := storetest.New(t)
	p := &parting{Desk: d, t: t}
	p.c = p.Customer(t, "Petra Jansen")
	p.n = p.Must(t, p.Agent2, model.FitStart{Customer: p.c}).Made
	for key, answer := range (model.FitAnswers{model.KeyNeed: model.AnswerNo}).WithDefaults() {
		p.Must(t, p.Lead2, model.FitAnswer{Customer: p.c, Assessment: p.n, Question: key, Answer: answer})
	}
	p.Must(t, p.Agent, p.finish())
	p.Clock.Set(time.Date(2026, time.November, 26, 12, 0, 0, 0, storetest.Zone()))
	p.Must(t, p.Lead, p.approve())
	p.step(p.Agent, model.DoFarewellStep{Step: model.StepObjection, Objection: "not so"})
	hear := model.HearObjection{Customer: p.c, Farewell: p.farewell().ID, Words: "we looked"}
	p.refused(p.Agent2, hear, "error.farewell.involved") // began it
	p.refused(p.Lead2, hear, "error.farewell.involved")  // answered
	p.Must(t, p.Admin, hear)
}

// TestEndedAgain: what was taken back is not put back past what came between.
func TestEndedAgain(t *testing.T) {
	p, _ := newParted(t)
	p.tell(p.Agent2)
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"})
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepObjection, None: true})
	p.Clock.Set(time.Date(2026, time.December, 31, 12, 0, 0, 0, storetest.Zone()))
	p.step(p.Agent2, model.DoFarewellStep{Step: model.StepOutcome, Outcome: "content"})
	end := model.EndFarewell{Customer: p.c, Farewell: p.farewell().ID, State: model.FarewellEnded, Typed: "Petra Jansen"}
	rev := p.Must(t, p.Lead, end).Rev
	back := p.mustUndo(p.Lead, rev, false)
	p.Must(t, p.Agent, model.FitStart{Customer: p.c})
	p.refused(p.Lead, end, "error.farewell.running")
	_, err := p.undo(p.Lead, back, true)
	wantID(t, err, "error.farewell.running")
}

// TestFormerByFarewell: while a farewell goes the relation ends by it alone, so
// that no notice and no objection is passed over.
func TestFormerByFarewell(t *testing.T) {
	p, _ := newParted(t)
	edit := model.EditCustomer{Customer: p.c, Was: map[string]string{"relation": "customer"}, Now: map[string]string{"relation": "former"}}
	p.refused(p.Agent, edit, "error.farewell.former")
	p.Must(t, p.Lead, model.EndFarewell{Customer: p.c, Farewell: p.farewell().ID, State: model.FarewellCalled, Reason: "x"})
	p.Must(t, p.Agent, edit)
}

// TestEditOldTopic: a contact on a topic that the playbook lost can be edited.
func TestEditOldTopic(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	call := d.Must(t, d.Agent, phoneCall(t, c, "invoice", "2026-11-02 09:00")).Made
	text := store.DefaultPlaybook()
	d.Must(t, d.Admin, model.LoadPlaybook{Text: strings.Replace(text, `"invoice"`, `"bills"`, 1)})
	edit := func(field, was, now string) model.Action {
		return model.EditContact{Customer: c, Contact: call, Was: map[string]string{field: was}, Now: map[string]string{field: now}}
	}
	d.Must(t, d.Agent, edit("contact.story", "", "asked for a copy"))
	refuses(t, d, d.Agent, edit("contact.topic", "invoice", "nonsense"), "error.topic.unknown")
}

// TestReplacedVerdict: of a customer's verdicts the newest alone comes back on
// its date.
func TestReplacedVerdict(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	run := func(by model.Day) {
		a := model.FitAnswers{model.KeyEvidence: model.AnswerThin}.WithDefaults()
		n := d.Must(t, d.Agent, model.FitStart{Customer: c, Answers: a}).Made
		d.Must(t, d.Agent, model.FitFinish{Customer: c, Assessment: n, Next: model.NextStep{What: "x", Who: d.Agent, By: by}})
	}
	due := func(want int) {
		t.Helper()
		healthy(t, d)
		q, err := d.As(model.Solo(d.Lead)).Review()
		if err != nil {
			t.Fatal(err)
		}
		totals, err := d.As(model.Solo(d.Lead)).Totals()
		if err != nil {
			t.Fatal(err)
		}
		today, err := d.As(model.Solo(d.Lead)).Today(false)
		if err != nil {
			t.Fatal(err)
		}
		if q.Counts[model.CaseDate] != want || totals.Queue != want || today.Counts[model.TodayFit] != want {
			t.Errorf("%d in review, %d counted, %d today; want %d", q.Counts[model.CaseDate], totals.Queue, today.Counts[model.TodayFit], want)
		}
	}
	run("2026-11-27")
	d.Clock.Set(time.Date(2026, time.November, 30, 12, 0, 0, 0, storetest.Zone()))
	due(1)
	run("2026-12-20")
	due(0)
	undo := func(redo bool) {
		t.Helper()
		if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, redo); err != nil {
			t.Fatal(err)
		}
	}
	undo(false)
	due(1)
	undo(true)
	due(0)
	whole := derivedOf(d, store.Spaces()...)
	if err := d.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if derivedOf(d, store.Spaces()...) != whole {
		t.Error("a rebuild gives another queue")
	}
	due(0)
	d.Clock.Set(time.Date(2026, time.December, 21, 12, 0, 0, 0, storetest.Zone()))
	due(1)
}
