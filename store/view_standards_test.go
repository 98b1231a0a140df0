package store_test

import (
	"errors"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// standardNamed finds a line of the register.
func standardNamed(t *testing.T, d *storetest.Desk, name string) model.StandardLine {
	t.Helper()
	all, err := d.As(model.Solo(d.Agent)).Standards()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if l.Standard.Name == name {
			return l
		}
	}
	t.Fatalf("%q is not in the register", name)
	return model.StandardLine{}
}

func TestStandardsCount(t *testing.T) {
	d := storetest.New(t)
	petra, bos := d.Customer(t, "Petra Jansen"), d.Customer(t, "Ben Bos")
	calm := d.Must(t, d.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "No shouting"}).Made
	d.Must(t, d.Lead, model.SaveStandard{Kind: model.StandardService, Label: "answer in a day"})
	ask := func(c model.ID, on model.Day, state model.ExceptionState) model.ID {
		return d.Must(t, d.Agent, model.LogException{Customer: c, Named: "Prepayment", Words: "later", State: state, Reason: "because", Cost: 500, On: on}).Made
	}
	ask(petra, "2026-11-20", model.ExceptionRefused)
	ask(bos, "2025-12-01", model.ExceptionGranted)
	ask(bos, "2025-11-30", model.ExceptionRefused) // before the twelve months
	mistake := ask(petra, "2026-11-21", model.ExceptionGranted)
	d.Must(t, d.Agent, model.WithdrawException{Customer: petra, Exception: mistake, Reason: "twice"})
	open := ask(petra, "2026-11-22", model.ExceptionOpen)
	l := standardNamed(t, d, "Prepayment")
	if got := [...]int64{l.Tally[model.CountAsked], l.Tally[model.CountRefused], l.Tally[model.CountGranted], l.Tally[model.CountCost]}; got != [...]int64{3, 1, 1, 500} {
		t.Errorf("asked, refused, granted, cost: %v", got)
	}
	d.Must(t, d.Agent2, model.SettleException{Customer: petra, Exception: open, State: model.ExceptionRefused, Reason: "the rule", Followed: model.FollowedLost, Lost: 9900})
	l = standardNamed(t, d, "Prepayment")
	if l.Tally[model.CountRefused] != 2 || l.Tally[model.CountLost] != 1 || l.Tally[model.CountLostSum] != 9900 {
		t.Errorf("after settling: %v", l.Tally)
	}
	state := func() model.ID {
		return d.Must(t, d.Agent, model.StateTerms{Customer: petra, Standards: []model.ID{calm}, Channel: "phone", AnswerBy: "2026-12-01"}).Made
	}
	state()
	gone := state()
	d.Must(t, d.Agent, model.WithdrawTerms{Customer: petra, Terms: gone, Reason: "twice"})
	if l := standardNamed(t, d, "No shouting"); l.Stated != 1 {
		t.Errorf("stated %d times", l.Stated)
	}
	d.Must(t, d.Lead, model.RetireStandard{ID: l.Standard.ID, Reason: "gone"})
	all, err := d.As(model.Solo(d.Agent)).Standards()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range all {
		names = append(names, l.Standard.Name)
	}
	if len(names) != 3 || names[0] != "answer in a day" || names[1] != "No shouting" || names[2] != "Prepayment" {
		t.Errorf("order %q", names)
	}
}

// Every action of exceptions, terms and the register is taken back and put back
// by itself, and the derived data follows: the book is checked when it closes.
func TestUndoOfTerms(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen")
	read := func() model.Dealings {
		t.Helper()
		det, err := d.As(model.Solo(d.Lead)).Customer(petra)
		if err != nil {
			t.Fatal(err)
		}
		return det.Dealings
	}
	back := func(redo bool) {
		t.Helper()
		if _, err := d.As(model.Solo(d.Lead)).Undo(t.Context(), 0, redo); err != nil {
			t.Fatal(err)
		}
	}
	both := func(a model.Action, is func() bool) model.ID {
		t.Helper()
		made := d.Must(t, d.Lead, a).Made
		if !is() {
			t.Fatalf("%s did nothing", a.Name())
		}
		back(false)
		if is() {
			t.Fatalf("%s was not taken back", a.Name())
		}
		back(true)
		if !is() {
			t.Fatalf("%s was not put back", a.Name())
		}
		return made
	}
	count := func() int {
		all, err := d.As(model.Solo(d.Lead)).Standards()
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	calm := both(model.SaveStandard{Kind: model.StandardLimit, Label: "No shouting"}, func() bool { return count() == 1 })
	named := func(name string) bool {
		all, err := d.As(model.Solo(d.Lead)).Standards()
		return err == nil && all[0].Standard.Name == name
	}
	both(model.SaveStandard{ID: calm, Kind: model.StandardLimit, Label: "Calm"}, func() bool { return named("Calm") })
	if _, err := d.Do(t.Context(), model.Solo(d.Lead), model.SaveStandard{Kind: model.StandardLimit, Label: "calm"}); model.KindOf(err) != model.KindInvalid {
		t.Fatalf("the claim on the new name was not put back: %v", err)
	}
	x := both(model.LogException{Customer: petra, Named: "Prepayment", Words: "later"}, func() bool { return len(read().Exceptions) == 1 && count() == 2 })
	both(model.SettleException{Customer: petra, Exception: x, State: model.ExceptionGranted, Reason: "old friend"}, func() bool { return read().Exceptions[0].State == model.ExceptionGranted })
	both(model.WithdrawException{Customer: petra, Exception: x, Reason: "twice"}, func() bool { return read().Exceptions[0].Withdrawn != nil })
	terms := both(model.StateTerms{Customer: petra, Standards: []model.ID{calm}, AnswerBy: "2026-12-01"}, func() bool { return len(read().Terms) == 1 })
	both(model.AnswerTerms{Customer: petra, Terms: terms, State: model.TermsAccepted}, func() bool { return read().Terms[0].State == model.TermsAccepted })
	both(model.WithdrawTerms{Customer: petra, Terms: terms, Reason: "twice"}, func() bool { return read().Terms[0].Withdrawn != nil })
	both(model.RetireStandard{ID: calm, Reason: "gone"}, func() bool { return standardNamed(t, d, "Calm").Standard.Retired != nil })
}

// The exception that brought a procedure is not taken back while another speaks
// of that procedure.
func TestUndoKeepsAStandardInUse(t *testing.T) {
	d := storetest.New(t)
	petra, bos := d.Customer(t, "Petra Jansen"), d.Customer(t, "Ben Bos")
	first := d.Must(t, d.Agent, model.LogException{Customer: petra, Named: "Prepayment", Words: "later"})
	d.Must(t, d.Agent2, model.LogException{Customer: bos, Named: "prepayment", Words: "later"})
	_, err := d.As(model.Solo(d.Agent)).Undo(t.Context(), first.Rev, false)
	var e *model.Error
	if !errors.As(err, &e) || e.ID != "error.undo.standard" {
		t.Fatalf("got %v", err)
	}
	if _, err := d.As(model.Solo(d.Agent2)).Undo(t.Context(), 0, false); err != nil {
		t.Fatal(err)
	}
	if _, err := d.As(model.Solo(d.Agent)).Undo(t.Context(), first.Rev, false); err != nil {
		t.Fatal(err)
	}
}

// The minutes used are those of the month at the desk, whatever the hour is in
// UTC, without complaints and without what was taken back.
func TestUsedMinutes(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen", "minutes", "60")
	log := func(at time.Time, minutes [model.Activities]int) model.ID {
		d.Clock.Set(at)
		return d.Must(t, d.Agent, model.LogContact{Customer: petra, Channel: "phone", Topic: "invoice", Story: "x", Minutes: minutes}).Made
	}
	zone := storetest.Zone()
	log(time.Date(2026, 10, 31, 23, 59, 0, 0, zone), [model.Activities]int{0, 500, 0})
	log(time.Date(2026, 11, 1, 0, 1, 0, 0, zone), [model.Activities]int{1, 20, 400}) // still October in UTC
	log(time.Date(2026, 11, 20, 10, 0, 0, 0, zone), [model.Activities]int{0, 100, 0})
	gone := log(time.Date(2026, 11, 21, 10, 0, 0, 0, zone), [model.Activities]int{0, 70, 0})
	d.Must(t, d.Agent, model.WithdrawContact{Customer: petra, Contact: gone, Reason: "twice"})
	used := func(at time.Time) int {
		d.Clock.Set(at)
		det, err := d.As(model.Solo(d.Agent)).Customer(petra)
		if err != nil {
			t.Fatal(err)
		}
		return det.Dealings.UsedMinutes
	}
	if n := used(storetest.Start); n != 121 {
		t.Errorf("used %d, want 121", n)
	}
	if n := used(time.Date(2026, 12, 1, 0, 0, 0, 0, zone)); n != 0 {
		t.Errorf("a new month begins at %d", n)
	}
}
