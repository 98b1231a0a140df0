package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// A week is seven days; matters are judged when their window is over.
func TestWeek(t *testing.T) {
	d := storetest.New(t) // Tuesday 24 November 2026, ten o'clock
	ids := map[string]model.ID{}
	for _, c := range []struct{ who, on string }{
		{"C", "2026-11-10 09:00"}, {"C", "2026-11-12 09:00"}, // came back within 7 days
		{"D", "2026-11-16 23:59"}, // the last one that is judged
		{"E", "2026-11-09 09:00"}, // judged the week before
		{"A", "2026-11-17 23:59"}, // the evening before the week
		{"A", "2026-11-18 00:00"}, {"A", "2026-11-24 09:00"}, {"B", "2026-11-20 09:00"}, {"B", "2026-11-20 10:00"},
	} {
		if ids[c.who] == model.NoID {
			ids[c.who] = d.Customer(t, c.who)
		}
		d.Must(t, d.Agent, phoneCall(t, ids[c.who], "invoice", c.on))
	}
	kept := d.Must(t, d.Agent, model.MakePromise{Customer: ids["A"], Side: model.Ours, Words: "call back", Due: "2026-11-24"}).Made
	d.Must(t, d.Agent, model.ClosePromise{Customer: ids["A"], Promise: kept, State: model.PromiseKept})
	d.Must(t, d.Agent, model.LogException{Customer: ids["B"], Named: "Pay first", Words: "pay later", State: model.ExceptionRefused, Reason: "we do not", Topic: "invoice"})

	desk := d.As(model.Solo(d.Agent))
	w, err := desk.Week(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	if w.From != "2026-11-18" || w.Until != "2026-11-24" || w.JudgedUntil != "2026-11-16" {
		t.Errorf("from %s until %s, judged until %s", w.From, w.Until, w.JudgedUntil)
	}
	for c, want := range map[model.Count]int64{model.CountContacts: 4, model.CountIssues: 2, model.CountRight: 1, model.CountKept: 1, model.CountAsked: 1} {
		if w.Tally[c] != want {
			t.Errorf("count %d is %d, want %d", c, w.Tally[c], want)
		}
	}
	if w.Customers != 2 {
		t.Errorf("%d customers, want 2", w.Customers)
	}
	before, err := desk.Week(context.Background(), "2026-11-17")
	if err != nil || before.Until != "2026-11-17" || before.Tally[model.CountContacts] != 3 || before.Customers != 3 {
		t.Errorf("the week before: %+v, %v", before, err)
	}
	if far, err := desk.Week(context.Background(), "2030-01-01"); err != nil || far.Until != "2026-11-24" {
		t.Errorf("days to come: %s, %v", far.Until, err)
	}
	if empty, err := desk.Week(context.Background(), "2020-01-01"); err != nil || !empty.Tally.Zero() || empty.Customers != 0 {
		t.Errorf("an empty week: %+v, %v", empty, err)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := desk.Week(stopped, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	// The clock changed on 25 October: that day is an hour longer.
	d.Clock.Set(time.Date(2026, time.November, 24, 12, 0, 0, 0, storetest.Zone()))
	d.Must(t, d.Agent, phoneCall(t, ids["C"], "invoice", "2026-10-25 23:30"))
	d.Must(t, d.Agent, phoneCall(t, ids["D"], "invoice", "2026-10-26 00:30"))
	if w, err := desk.Week(context.Background(), "2026-10-25"); err != nil || w.Customers != 1 || w.Tally[model.CountContacts] != 1 {
		t.Errorf("the week of the change: %+v, %v", w, err)
	}
}

// sampleFarewells: the sample has farewells in several states and a referral book.
func sampleFarewells(t *testing.T, s *store.Session) {
	all, err := s.Farewells()
	if err != nil {
		t.Fatal(err)
	}
	states := map[model.FarewellState]int{}
	unheard := 0
	for _, l := range all {
		states[l.Farewell.State]++
		if l.Farewell.Unheard() {
			unheard++
		}
	}
	if states[model.FarewellGoing] != 2 || states[model.FarewellEnded] != 1 || states[model.FarewellBack] != 1 || unheard != 1 {
		t.Errorf("farewells: %v, %d objections wait", states, unheard)
	}
	if book, err := s.Referrals(); err != nil || len(book) != 8 {
		t.Errorf("%d referrals, %v", len(book), err)
	}
}
