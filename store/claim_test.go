package store_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// caseIn gives the one case of a customer as somebody sees the queue.
func caseIn(t testing.TB, d *storetest.Desk, who, customer model.ID) model.Case {
	t.Helper()
	q, err := d.As(model.Solo(who)).Review()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range q.Cases {
		if c.Customer == customer {
			return c
		}
	}
	t.Fatal("no case")
	return model.Case{}
}

// The queue says who holds a case until when, and what lapsed it forgets. None of
// it is in the journal.
func TestQueueTellsTheHolder(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	flag := d.Must(t, d.Agent, model.RaiseFlag{Customer: id, Reason: "asks for the director"}).Made
	lines := func() int {
		l, err := d.As(model.Solo(d.Lead)).Journal(model.NoID, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		return len(l)
	}
	before := lines()
	take := model.TakeCase{Kind: model.CaseFlag, Case: flag, Customer: id}
	woken, stop := d.As(model.Solo(d.Lead2)).Watch()
	defer stop()
	d.Must(t, d.Lead, take)
	select {
	case <-woken:
	default:
		t.Error("nobody was woken")
	}
	until := model.StampOf(d.Clock.Now().Add(model.ClaimFor))
	if c := caseIn(t, d, d.Lead, id); c.Reviewer == "" || !c.ReviewerIs || c.Until != until {
		t.Errorf("own: %+v", c)
	}
	name := caseIn(t, d, d.Lead, id).Reviewer
	if c := caseIn(t, d, d.Lead2, id); c.Reviewer != name || c.ReviewerIs || c.Until != until {
		t.Errorf("a colleague's: %+v", c)
	}
	refuses(t, d, d.Lead2, take, "error.claim.held")
	refuses(t, d, d.Lead2, model.ClearFlag{Customer: id, Flag: flag, Reason: "x"}, "error.claim.held")
	d.Clock.Add(10 * time.Minute)
	d.Must(t, d.Lead, take) // again: longer
	d.Clock.Add(10 * time.Minute)
	refuses(t, d, d.Lead2, take, "error.claim.held")
	d.Clock.Add(5 * time.Minute)
	if c := caseIn(t, d, d.Lead2, id); c.Reviewer != "" || c.Until != 0 {
		t.Errorf("lapsed: %+v", c)
	}
	d.Must(t, d.Lead2, take)
	take.Over = true
	d.Must(t, d.Lead, take)
	if c := caseIn(t, d, d.Lead, id); !c.ReviewerIs {
		t.Errorf("taken over: %+v", c)
	}
	refuses(t, d, d.Lead2, model.ReleaseCase{Case: flag}, "error.claim.held")
	d.Must(t, d.Lead, model.ReleaseCase{Case: flag})
	d.Must(t, d.Lead, model.ReleaseCase{Case: flag}) // nothing to give back
	if c := caseIn(t, d, d.Lead2, id); c.Reviewer != "" {
		t.Errorf("given back: %+v", c)
	}
	if n := lines(); n != before {
		t.Errorf("%d lines in the journal, were %d", n, before)
	}
}

// A decision may be taken back while its claim stands, and a colleague puts
// nothing back against who holds the case then.
func TestClaimsAndUndo(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	flag := d.Must(t, d.Agent, model.RaiseFlag{Customer: id, Reason: "x"}).Made
	take := model.TakeCase{Kind: model.CaseFlag, Case: flag, Customer: id}
	lead, other := d.As(model.Solo(d.Lead)), d.As(model.Solo(d.Lead2))
	d.Must(t, d.Lead, take)
	d.Must(t, d.Lead, model.ClearFlag{Customer: id, Flag: flag, Reason: "spoke with her"})
	if _, err := lead.Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if c := caseIn(t, d, d.Lead2, id); c.Reviewer == "" {
		t.Error("it is back, and whoever decided it is at it still")
	}
	over := take
	over.Over = true
	d.Must(t, d.Lead2, over)
	_, err := lead.Undo(context.Background(), 0, true)
	wantError(t, err, model.KindConflict, "error.claim.held")
	if _, err := other.Undo(context.Background(), 0, false); err == nil {
		t.Error("a claim is nothing to take back")
	}
	d.Must(t, d.Lead2, model.ReleaseCase{Case: flag})
	if _, err := lead.Undo(context.Background(), 0, true); err != nil {
		t.Error(err)
	}
	// An agent takes back the own flag although a lead is at it.
	flag = d.Must(t, d.Agent, model.RaiseFlag{Customer: id, Reason: "y"}).Made
	d.Must(t, d.Lead, model.TakeCase{Kind: model.CaseFlag, Case: flag, Customer: id})
	if _, err := d.As(model.Solo(d.Agent)).Undo(context.Background(), 0, false); err != nil {
		t.Error(err)
	}
}

// Two leads reach for one case at once: one has it, the other hears who.
func TestOneWinsTheCase(t *testing.T) {
	b := create(t, filepath.Join(home(t), "book.db"), opening())
	ctx := context.Background()
	admin, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	do := func(a model.Action) model.ID {
		t.Helper()
		r, err := b.As(admin).Do(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		return r.Made
	}
	leads := []*store.Session{b.As(model.Solo(do(model.AddPerson{Person: "Anna", Role: model.RoleLead, UIDs: []int{2001}}))),
		b.As(model.Solo(do(model.AddPerson{Person: "Milan", Role: model.RoleLead, UIDs: []int{2002}})))}
	id := do(model.AddCustomer{Values: map[string]string{"name": "Petra Jansen"}})
	for range fewer(40, 10) {
		flag := do(model.RaiseFlag{Customer: id, Reason: "x"})
		errs := make([]error, len(leads))
		var ready, done sync.WaitGroup
		ready.Add(len(leads))
		for i, s := range leads {
			done.Go(func() {
				ready.Done()
				ready.Wait()
				_, errs[i] = s.Do(ctx, model.TakeCase{Kind: model.CaseFlag, Case: flag, Customer: id})
			})
		}
		done.Wait()
		won := 0
		if errs[0] != nil {
			won = 1
		}
		if errs[won] != nil {
			t.Fatal(errs)
		}
		wantError(t, errs[1-won], model.KindConflict, "error.claim.held")
		settle := model.ClearFlag{Customer: id, Flag: flag, Reason: "done"}
		_, err := leads[1-won].Do(ctx, settle)
		wantError(t, err, model.KindConflict, "error.claim.held")
		if _, err := leads[won].Do(ctx, settle); err != nil {
			t.Fatal(err)
		}
	}
	rep, err := b.Doctor(ctx, nil)
	if err != nil || len(rep.Faults) > 0 {
		t.Fatalf("%+v %v", rep.Faults, err)
	}
	if err := b.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if rep, err = b.Doctor(ctx, nil); err != nil || len(rep.Faults) > 0 {
		t.Fatalf("%+v %v", rep.Faults, err)
	}
}
