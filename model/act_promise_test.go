package model

import (
	"reflect"
	"testing"
	"time"
)

// owedFor is an open promise of ours, due on the day of the tests.
func owedFor(env *Env, edit func(*Promise)) *Promise {
	p := &Promise{ID: idOf(40), Customer: petra, Side: Ours, Words: "credit note", Who: karin, Due: env.Today(), State: PromiseOpen,
		By: karin, At: StampOf(env.Now.AddDate(0, 0, -3))}
	if edit != nil {
		edit(p)
	}
	return p
}

func TestPromiseRefusals(t *testing.T) {
	env := envOf(karin, RoleAgent)
	env.Playbook.Desk.Topics = []Topic{{ID: "invoice"}}
	today, yesterday := env.Today(), DayOf(env.Now.AddDate(0, 0, -1))
	next := DayOf(env.Now.AddDate(0, 0, 1))
	open := desk(owedFor(env, nil))
	closed := desk(owedFor(env, func(p *Promise) { p.State, p.Closed = PromiseKept, env.Rule("") }))
	of := func(a ClosePromise) ClosePromise { a.Customer, a.Promise = petra, idOf(40); return a }
	to := func(day Day, why string) MovePromise {
		return MovePromise{Customer: petra, Promise: idOf(40), To: day, Reason: why}
	}
	for _, c := range []struct {
		name   string
		r      Reader
		a      Action
		refuse string
	}{
		{"no side", open, MakePromise{Customer: petra, Words: "x", Due: today}, "error.promise.side"},
		{"no words", open, MakePromise{Customer: petra, Side: Ours, Words: " ", Due: today}, "error.promise.words"},
		{"no day", open, MakePromise{Customer: petra, Side: Ours, Words: "x"}, "error.promise.due"},
		{"a day that passed", open, MakePromise{Customer: petra, Side: Theirs, Words: "x", Due: yesterday}, "error.promise.due"},
		{"nobody's topic", open, MakePromise{Customer: petra, Side: Ours, Words: "x", Due: today, Topic: "weather"}, "error.promise.topic"},
		{"a stranger", open, MakePromise{Customer: petra, Side: Ours, Words: "x", Due: today, Who: idOf(99)}, "error.person.unknown"},
		{"no customer", open, MakePromise{Customer: idOf(98), Side: Ours, Words: "x", Due: today}, "error.customer.gone"},
		{"today will do", open, MakePromise{Customer: petra, Side: Ours, Words: "x", Due: today, Topic: "invoice"}, ""},
		{"no state", open, of(ClosePromise{}), "error.promise.state"},
		{"open is no end", open, of(ClosePromise{State: PromiseOpen}), "error.promise.state"},
		{"kept without a reason", open, of(ClosePromise{State: PromiseKept}), ""},
		{"broken without a reason", open, of(ClosePromise{State: PromiseBroken, Reason: "  "}), "error.reason"},
		{"dropped without a reason", open, of(ClosePromise{State: PromiseDropped}), "error.reason"},
		{"broken", open, of(ClosePromise{State: PromiseBroken, Reason: "forgot"}), ""},
		{"kept tomorrow", open, of(ClosePromise{State: PromiseKept, On: next}), "error.date.future"},
		{"kept before it was made", open, of(ClosePromise{State: PromiseKept, On: DayOf(env.Now.AddDate(0, 0, -4))}), "error.promise.before"},
		{"kept on the day it was made", open, of(ClosePromise{State: PromiseKept, On: DayOf(env.Now.AddDate(0, 0, -3))}), ""},
		{"closed twice", closed, of(ClosePromise{State: PromiseBroken, Reason: "x"}), "error.promise.closed"},
		{"gone", desk(), of(ClosePromise{State: PromiseKept}), "error.promise.gone"},
		{"moved to no day", open, to("", "x"), "error.promise.due"},
		{"moved back", open, to(yesterday, "x"), "error.promise.due"},
		{"moved nowhere", open, to(today, "x"), "error.promise.same-day"},
		{"moved without a reason", open, to(next, ""), "error.reason"},
		{"moved", open, to(next, "part on order"), ""},
		{"moved when closed", closed, to(next, "x"), "error.promise.closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.a.Decide(env, c.r)
			wantRefusal(t, err, c.refuse)
		})
	}
}

func TestPromiseMovesAndCloses(t *testing.T) {
	env := envOf(karin, RoleAgent)
	p := owedFor(env, nil)
	ch, err := MovePromise{Customer: petra, Promise: p.ID, To: "2099-01-02", Reason: " part on order "}.Decide(env, desk(p))
	if err != nil {
		t.Fatal(err)
	}
	moved, _ := ch.Puts[0].After.(*Promise)
	if len(p.Moves) != 0 || moved.Due != "2099-01-02" || len(moved.Moves) != 1 || moved.Moves[0].From != p.Due || moved.Moves[0].Ruling.Reason != "part on order" {
		t.Fatalf("%+v, was %+v", moved, p)
	}
	ch, err = ClosePromise{Customer: petra, Promise: p.ID, State: PromiseBroken, Reason: "never came"}.Decide(env, desk(moved))
	if err != nil {
		t.Fatal(err)
	}
	broken, _ := ch.Puts[0].After.(*Promise)
	if broken.State != PromiseBroken || broken.ClosedOn != env.Today() || broken.Closed.By != karin || len(broken.Moves) != 1 || len(ch.Notes) != 0 {
		t.Fatalf("%+v %v", broken, ch.Notes)
	}
	// A verdict that stands is to be looked at again, unless it is.
	settled := &Assessment{ID: idOf(50), Customer: petra, State: FitSettled, Verdict: VerdictTerms, Settled: env.Rule("")}
	running := &Assessment{ID: idOf(51), Customer: petra, State: FitOpen}
	for _, c := range []struct {
		r    Reader
		side Side
		want int
	}{{desk(p, settled), Ours, 1}, {desk(p, settled, running), Ours, 0}, {desk(p, settled), Theirs, 0}} {
		p.Side = c.side
		ch, err := ClosePromise{Customer: petra, Promise: p.ID, State: PromiseBroken, Reason: "x"}.Decide(env, c.r)
		if err != nil || len(ch.Notes) != c.want {
			t.Errorf("%s: notes %v, %v", c.side, ch.Notes, err)
		}
	}
}

func TestKeptRates(t *testing.T) {
	var all []*Promise
	add := func(side Side, who ID, state PromiseState, n int) {
		for range n {
			all = append(all, &Promise{Side: side, Who: who, State: state})
		}
	}
	add(Ours, karin, PromiseKept, 2)
	add(Ours, karin, PromiseBroken, 1)
	add(Ours, anna, PromiseBroken, 1)
	add(Ours, anna, PromiseDropped, 3)
	add(Ours, idOf(77), PromiseOpen, 2)
	add(Theirs, NoID, PromiseKept, 4)
	if got := KeptOf(all, Ours); got != (KeptRate{Kept: 2, Broken: 2}) {
		t.Errorf("ours %+v", got)
	}
	if got := KeptOf(all, Theirs); got != (KeptRate{Kept: 4}) {
		t.Errorf("theirs %+v", got)
	}
	if got, want := KeptBy(all), map[ID]KeptRate{karin: {2, 1}, anna: {0, 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("by person %+v", got)
	}
	for _, c := range []struct {
		rate KeptRate
		want int
		ok   bool
	}{{KeptRate{}, 0, false}, {KeptRate{2, 1}, 67, true}, {KeptRate{1, 0}, 100, true}, {KeptRate{0, 5}, 0, true}, {KeptRate{1, 7}, 13, true},
		{KeptRate{999, 1}, 99, true}, {KeptRate{1, 999}, 1, true}} {
		if got, ok := c.rate.Percent(); got != c.want || ok != c.ok {
			t.Errorf("%+v: %d %v", c.rate, got, ok)
		}
	}
}

func TestStale(t *testing.T) {
	at := func(days int) *Ruling { return &Ruling{At: StampOf(time.Date(2026, 11, days, 12, 0, 0, 0, time.UTC))} }
	promise := func(side Side, state PromiseState, day int, words string) *Promise {
		p := &Promise{Side: side, State: state, Words: words}
		if state != PromiseOpen {
			p.Closed = at(day)
		}
		return p
	}
	d := &Detail{Assessments: []*Assessment{{State: FitSettled, Settled: at(10)}, {State: FitSettled, Settled: at(1)}},
		Dealings: Dealings{Promises: []*Promise{
			promise(Ours, PromiseOpen, 0, "open"), promise(Ours, PromiseBroken, 12, "first"), promise(Ours, PromiseBroken, 14, "second"),
			promise(Ours, PromiseBroken, 9, "before"), promise(Ours, PromiseBroken, 10, "at the same time"), promise(Ours, PromiseKept, 13, "kept"),
			promise(Theirs, PromiseBroken, 13, "theirs"), promise(Ours, PromiseDropped, 13, "dropped"),
		}}}
	var words []any
	for _, f := range Stale(d) {
		words = append(words, f.Message.Args["Words"])
	}
	if !reflect.DeepEqual(words, []any{"second", "first"}) {
		t.Errorf("stale since %v", words)
	}
	d.Assessments = append([]*Assessment{{State: FitOpen}}, d.Assessments...)
	if got := Stale(d); got != nil {
		t.Errorf("while it is looked at: %v", got)
	}
	if got := Stale(&Detail{Dealings: d.Dealings}); got != nil {
		t.Errorf("without a verdict: %v", got)
	}
}

func TestDaysLate(t *testing.T) {
	// Friday 27 November and the Monday after it; the calendar is of weekdays.
	for _, c := range []struct {
		due   Day
		today string
		want  int
	}{
		{"2026-11-24", "2026-11-24T00:00:00Z", 0}, {"2026-11-24", "2026-11-24T23:59:59Z", 0}, {"2026-11-23", "2026-11-24T09:00:00Z", 1},
		{"2026-11-20", "2026-11-24T09:00:00Z", 2}, {"2026-11-25", "2026-11-24T09:00:00Z", -1}, {"2026-11-30", "2026-11-27T09:00:00Z", -1},
		{"2026-11-28", "2026-11-27T09:00:00Z", -1}, // due on Saturday is due on Monday
		{"2026-11-28", "2026-11-28T09:00:00Z", -1}, {"2026-11-28", "2026-11-30T09:00:00Z", 0}, {"2026-11-28", "2026-12-01T09:00:00Z", 1},
		{"2026-11-27", "2026-11-28T09:00:00Z", 0}, // nobody worked since
		{"2026-11-27", "2026-11-30T09:00:00Z", 1}, {"", "2026-11-24T09:00:00Z", 0},
	} {
		now, err := time.Parse(time.RFC3339, c.today)
		if err != nil {
			t.Fatal(err)
		}
		if got := DaysLate(weekdays{}, c.due, now); got != c.want {
			t.Errorf("due %s, seen %s: %d, want %d", c.due, c.today, got, c.want)
		}
	}
}

func TestLimboOf(t *testing.T) {
	th := Thresholds{LimboWarnHours: 24, LimboRedHours: 72}
	monday := time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		since time.Time
		hours int // -1 for nothing to say
		red   bool
	}{
		{monday.Add(-23 * time.Hour), -1, false},
		{monday.AddDate(0, 0, -3), 24, false}, // Friday at the same time: the weekend does not count
		{monday.AddDate(0, 0, -3).Add(time.Second), -1, false},
		{monday.AddDate(0, 0, -5), 72, true},
		{monday.AddDate(0, 0, -5).Add(time.Second), 71, false},
	} {
		l := LimboOf(weekdays{}, th, StampOf(c.since), monday)
		switch {
		case (l == nil) != (c.hours < 0):
			t.Errorf("since %v: %+v", c.since, l)
		case l != nil && (int(l.Waited/time.Hour) != c.hours || l.Red != c.red):
			t.Errorf("since %v: %+v", c.since, l)
		}
	}
}
