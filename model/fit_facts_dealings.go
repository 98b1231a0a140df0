package model

import (
	"slices"
	"time"
)

// dealings reads facts from what a customer and we did with each other.
type dealings struct {
	d     *Detail
	now   time.Time
	since Day         // a year ago: older things are history
	live  []*Sighting // newest event first
}

// mostFacts is how many facts of one kind are told one by one.
const mostFacts = 6

// moment gives the beginning of a day at the desk.
func (k *dealings) moment(d Day) Stamp { return StampOf(d.Time(k.now.Location())) }

// event is a dated thing, with the fact that tells it.
type event struct {
	at   Stamp
	fact Fact
}

// newest sorts events, the newest first; those of one moment keep their order.
func newest(all []event) []event {
	slices.SortStableFunc(all, func(a, b event) int {
		switch {
		case a.at > b.at:
			return -1
		case a.at < b.at:
			return 1
		}
		return 0
	})
	return all
}

// factsOf gives the facts of the newest events.
func factsOf(all []event) []Fact {
	var out []Fact
	for _, e := range newest(all) {
		if len(out) == mostFacts {
			break
		}
		out = append(out, e.fact)
	}
	return out
}

// failures are the contacts of the last year in which our service failed.
func (k *dealings) failures() []event {
	var out []event
	for _, c := range k.d.Dealings.Contacts {
		if c.Stands() && c.Failed && c.Day >= k.since {
			out = append(out, event{c.On, Fact{Message: Say("fit.fact.failed", "Topic", c.Topic), At: c.On}})
		}
	}
	return out
}

// broken are the promises of one side that were broken in the last year.
func (k *dealings) broken(side Side) []event {
	id := "fit.fact.broken.ours"
	if side == Theirs {
		id = "fit.fact.broken.theirs"
	}
	var out []event
	for _, p := range k.d.Dealings.Promises {
		if p.Side != side || p.State != PromiseBroken || p.ClosedOn < k.since {
			continue
		}
		at := k.moment(p.ClosedOn)
		if p.Closed != nil {
			at = p.Closed.At
		}
		out = append(out, event{at, Fact{Message: Say(id, "Words", p.Words), At: at}})
	}
	return out
}

// exceptions are those of the last year that were answered in one way.
func (k *dealings) exceptions(state ExceptionState, id string) []event {
	var out []event
	for _, x := range k.d.Dealings.Exceptions {
		if x.Withdrawn == nil && x.State == state && x.Day >= k.since {
			out = append(out, event{k.moment(x.Day), Fact{Message: Say(id, "Standard", k.standard(x.Standard), "Words", x.Words), At: k.moment(x.Day)}})
		}
	}
	return out
}

// standard names a line of our register.
func (k *dealings) standard(id ID) string {
	if s := k.d.Dealings.Standards[id]; s != nil {
		return s.Name
	}
	return ""
}

// friction shows what went wrong at either side, ours first: our procedures may
// be the cause (articles 002 and 003). Where it starts is for a person to say.
func (k *dealings) friction() []Fact {
	out := factsOf(k.failures())
	out = append(out, factsOf(k.broken(Ours))...)
	out = append(out, factsOf(k.exceptions(ExceptionRefused, "fit.fact.exception.refused"))...)
	s := &k.d.Dealings.Story
	for _, n := range []struct {
		id    string
		count int
	}{{"fit.fact.told-again", s.ToldAgain}, {"fit.fact.transfers", s.Transfers}} {
		if n.count > 0 {
			out = append(out, Fact{Message: Say(n.id, "Count", n.count)})
		}
	}
	out = append(out, factsOf(k.broken(Theirs))...)
	for _, t := range k.d.Dealings.Terms {
		if t.Withdrawn == nil && t.State == TermsBroken {
			out = append(out, k.termsFact(t))
		}
	}
	return out
}

// will shows how both sides keep what they promise (article 001: an agreement
// is an agreement).
func (k *dealings) will() []Fact {
	var out []Fact
	for _, side := range []struct {
		of Side
		id string
	}{{Ours, "fit.fact.kept.ours"}, {Theirs, "fit.fact.kept.theirs"}} {
		kept, broken := 0, 0
		for _, p := range k.d.Dealings.Promises {
			switch {
			case p.Side != side.of || p.ClosedOn < k.since:
			case p.State == PromiseKept:
				kept++
			case p.State == PromiseBroken:
				broken++
			}
		}
		if kept+broken > 0 {
			out = append(out, Fact{Message: Say(side.id, "Kept", kept, "All", kept+broken)})
		}
	}
	out = append(out, factsOf(k.broken(Ours))...)
	return append(out, factsOf(k.broken(Theirs))...)
}

// demand shows what was asked beyond our standards, and how much of the
// included minutes this month has taken.
func (k *dealings) demand() []Fact {
	var out []Fact
	if c := k.d.Customer; c.Minutes > 0 && k.d.Dealings.UsedMinutes > 0 {
		out = append(out, Fact{Message: Say("fit.fact.used", "Used", k.d.Dealings.UsedMinutes, "Of", c.Minutes)})
	}
	var all []event
	for _, s := range []struct {
		state ExceptionState
		id    string
	}{{ExceptionOpen, "fit.fact.exception.open"}, {ExceptionGranted, "fit.fact.exception.granted"}, {ExceptionRefused, "fit.fact.exception.refused"}} {
		all = append(all, k.exceptions(s.state, s.id)...)
	}
	if n := len(all); n > 1 {
		out = append(out, Fact{Message: Say("fit.fact.exceptions", "Count", n)})
	}
	return append(out, factsOf(all)...)
}
