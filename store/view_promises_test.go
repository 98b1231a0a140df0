package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// onToday counts the lines of a kind.
func onToday(t testing.TB, s *store.Session, mine bool) map[model.TodayKind]int {
	t.Helper()
	today, err := s.Today(mine)
	if err != nil {
		t.Fatal(err)
	}
	n := map[model.TodayKind]int{}
	for _, it := range today.Items {
		n[it.Kind]++
	}
	return n
}

// Each action on a promise is taken back by itself, and Today follows.
func TestPromisesAreTakenBack(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	s := d.As(model.Solo(d.Agent))
	only := func() *model.Promise {
		det, err := s.Customer(c)
		if err != nil {
			t.Fatal(err)
		}
		if len(det.Dealings.Promises) == 0 {
			return nil
		}
		if det.People[det.Dealings.Promises[0].Who] != "Karin" {
			t.Fatalf("nameless: %v", det.People)
		}
		return det.Dealings.Promises[0]
	}
	undo := func() {
		if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
			t.Fatal(err)
		}
	}
	id := d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "credit note", Due: "2026-11-25"}).Made
	made := *only()
	for _, a := range []model.Action{
		model.MovePromise{Customer: c, Promise: id, To: "2027-03-01", Reason: "later"},
		model.ClosePromise{Customer: c, Promise: id, State: model.PromiseKept},
		model.ClosePromise{Customer: c, Promise: id, State: model.PromiseBroken, Reason: "forgot"},
		model.ClosePromise{Customer: c, Promise: id, State: model.PromiseDropped, Reason: "noted twice"},
	} {
		if n := onToday(t, s, false); n[model.TodayPromise] != 1 {
			t.Fatalf("before: %v", n)
		}
		d.Must(t, d.Agent2, a)
		if n := onToday(t, s, false); n[model.TodayPromise] != 0 {
			t.Fatalf("after %+v: %v", a, n)
		}
		if _, err := d.Undo(context.Background(), model.Solo(d.Agent2), 0, false); err != nil {
			t.Fatal(err)
		}
		if p := only(); p.State != model.PromiseOpen || p.Due != made.Due || p.Closed != nil || len(p.Moves) != 0 {
			t.Fatalf("taken back to %+v", p)
		}
	}
	undo()
	if only() != nil || len(onToday(t, s, false)) != 0 {
		t.Fatal("the promise stands")
	}
}

// What was promised by a colleague who left falls to the owner.
func TestPromiseOfOneWhoLeft(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen", "owner", d.Agent.String())
	d.Must(t, d.Agent2, model.MakePromise{Customer: c, Side: model.Ours, Words: "credit note", Due: "2026-11-24"})
	s := d.As(model.Solo(d.Agent))
	if n := onToday(t, s, true); n[model.TodayPromise] != 0 {
		t.Fatal("a colleague's promise is mine")
	}
	d.Must(t, d.Admin, model.RemovePerson{Person: d.Agent2})
	if n := onToday(t, s, true); n[model.TodayPromise] != 1 {
		t.Fatal("the promise falls to nobody")
	}
}

// Of more than fit, all are counted and the most urgent are shown; what falls to
// one person is marked as cut.
func TestTodayIsBounded(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	newID := storetest.IDs(d.Clock)
	const n = model.TodayShown + 30
	var all set
	for i := range n {
		due := model.DayOf(storetest.Start.AddDate(0, 0, -i%50))
		all = append(all, &model.Promise{ID: newID(), Customer: c, Side: model.Ours, Words: fmt.Sprint("nr ", i), Who: d.Agent, Due: due,
			State: model.PromiseOpen, By: d.Agent, At: model.StampOf(storetest.Start)})
	}
	d.Must(t, d.Agent, all)
	s := d.As(model.Solo(d.Agent))
	for _, mine := range []bool{false, true} {
		today, err := s.Today(mine)
		if err != nil {
			t.Fatal(err)
		}
		want := n
		if mine {
			want = model.TodayShown
		}
		if len(today.Items) != model.TodayShown || today.Counts[model.TodayPromise] != want || today.More[model.TodayPromise] != mine {
			t.Errorf("mine %v: %d shown, %d counted, more %v", mine, len(today.Items), today.Counts[model.TodayPromise], today.More)
		}
		if first := today.Items[0].Due; first != model.DayOf(storetest.Start.AddDate(0, 0, -49)) {
			t.Errorf("the first is due %s", first)
		}
	}
	if sums, err := s.Totals(); err != nil || sums.Today != n {
		t.Errorf("%d in the totals, %v", sums.Today, err)
	}
	for len(all) < model.TodayCounted {
		p := *all[0].(*model.Promise)
		p.ID = newID()
		all = append(all, &p)
	}
	d.Must(t, d.Agent, append(all, &model.Promise{ID: newID(), Customer: c, Side: model.Theirs, Words: "x", Due: "2026-11-24", State: model.PromiseOpen, By: d.Agent}))
	if sums, err := s.Totals(); err != nil || sums.Today != model.TodayCounted {
		t.Errorf("%d in the totals, %v", sums.Today, err)
	}
}

func TestPromisesOverAllCustomers(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "Hulst Transport")
	promise := func(who, c model.ID, side model.Side, words string, due model.Day) model.ID {
		return d.Must(t, who, model.MakePromise{Customer: c, Side: side, Words: words, Due: due}).Made
	}
	promise(d.Agent, a, model.Ours, "third", "2026-11-28")
	promise(d.Agent, b, model.Theirs, "second", "2026-11-27")
	promise(d.Agent2, b, model.Ours, "first", "2026-11-26")
	for _, p := range []struct {
		who   model.ID
		state model.PromiseState
	}{{d.Agent, model.PromiseKept}, {d.Agent, model.PromiseBroken}, {d.Agent2, model.PromiseKept}, {d.Agent2, model.PromiseDropped}} {
		id := promise(p.who, a, model.Ours, "closed "+string(p.state), "2026-11-30")
		d.Must(t, p.who, model.ClosePromise{Customer: a, Promise: id, State: p.state, Reason: "because"})
		d.Clock.Add(24 * time.Hour)
	}
	s := d.As(model.Solo(d.Lead))
	words := func(l model.PromiseList) (out []string) {
		for _, x := range l.Lines {
			out = append(out, x.Name+": "+x.Promise.Words+" "+x.Who)
		}
		return out
	}
	open, err := s.Promises(context.Background(), model.PromiseRequest{Limit: 2})
	if err != nil || fmt.Sprint(words(open)) != "[Hulst Transport: first Sam Hulst Transport: second ]" || !open.More {
		t.Errorf("open: %q, more %v, %v", words(open), open.More, err)
	}
	all, err := s.Promises(context.Background(), model.PromiseRequest{Closed: true})
	if err != nil || len(all.Lines) != 7 || all.Lines[0].Promise.Words != "first" || all.Lines[3].Promise.Words != "closed dropped" || all.More {
		t.Errorf("all: %q, %v", words(all), err)
	}
	if all.Rate != (model.KeptRate{Kept: 2, Broken: 1}) || all.By[d.Agent] != (model.KeptRate{Kept: 1, Broken: 1}) ||
		all.By[d.Agent2] != (model.KeptRate{Kept: 1}) || all.People[d.Agent2] != "Sam" {
		t.Errorf("rates: %+v %+v", all.Rate, all.By)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Promises(ctx, model.PromiseRequest{Closed: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// samplePromises: the sample has promises in every state, and something of most
// kinds on Today.
func samplePromises(t *testing.T, s *store.Session) {
	today, err := s.Today(false)
	if err != nil {
		t.Fatal(err)
	}
	late, stale := 0, 0
	for _, it := range today.Items {
		if it.Promise != nil && it.Late > 0 {
			late++
		}
		if len(it.Stale) > 0 {
			stale++
		}
	}
	n := onToday(t, s, false)
	if late == 0 || stale == 0 || n[model.TodayPromise] <= late || n[model.TodayTheirs] == 0 || n[model.TodayFit] == 0 {
		t.Errorf("%d late, %d stale, %v", late, stale, n)
	}
	all, err := s.Promises(context.Background(), model.PromiseRequest{Closed: true})
	states := map[model.PromiseState]bool{}
	moved := false
	for _, l := range all.Lines {
		states[l.Promise.State] = true
		moved = moved || len(l.Promise.Moves) > 0
	}
	if err != nil || len(states) != 4 || !moved {
		t.Errorf("states %v, moved %v, %v", states, moved, err)
	}
}
