package store

import (
	"context"
	"math/bits"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// someSteps is after how many cells progress is told and the context looked at.
const someSteps = 4096

// steps follow a walk that can be long.
type steps struct {
	ctx         context.Context //nolint:containedctx // lives as long as the walk
	progress    func(done, total int)
	done, total int // contacts
	n           int
}

// mostRoom is for how many customers room is made beforehand.
const mostRoom = 1 << 20

// step takes one cell with so many contacts; false to stop.
func (s *steps) step(contacts int) bool {
	s.done += contacts
	if s.n++; s.n%someSteps != 0 {
		return true
	}
	s.tell(min(s.done, s.total))
	return s.ctx.Err() == nil
}

func (s *steps) tell(done int) {
	if s.progress != nil {
		s.progress(done, s.total)
	}
}

// crowd counts distinct customers. The cells of a book come by month and key,
// so a customer is met many times: each has a place in slices, and a bit there
// for each count in which it was seen.
type crowd struct {
	places map[model.ID]int
	whole  group
	topics map[string]*group
	asked  map[string]*group // by standard
}

// group counts distinct customers over part of the cells.
type group struct {
	seen   []countSet // by place
	behind model.Tally
}

// newCrowd makes room for about so many customers.
func newCrowd(size int) *crowd {
	size = max(0, min(size, mostRoom))
	return &crowd{places: make(map[model.ID]int, size), whole: group{seen: make([]countSet, 0, size)},
		topics: map[string]*group{}, asked: map[string]*group{}}
}

// place gives the place of a customer.
func (c *crowd) place(id model.ID) int {
	at, ok := c.places[id]
	if !ok {
		at = len(c.places)
		c.places[id] = at
	}
	return at
}

// groupOf gives the group of a key.
func groupOf(in map[string]*group, key []byte) *group {
	g := in[string(key)]
	if g == nil {
		g = &group{}
		in[string(key)] = g
	}
	return g
}

// has gives the counts in which a customer was seen.
func (g *group) has(place int) countSet {
	if place < len(g.seen) {
		return g.seen[place]
	}
	return 0
}

// add notes that a customer was seen in some counts.
func (g *group) add(place int, in countSet) {
	fresh := in &^ g.has(place)
	if fresh == 0 {
		return
	}
	if n := place + 1 - len(g.seen); n > 0 {
		g.seen = append(g.seen, make([]countSet, n)...)
	}
	g.seen[place] |= fresh
	for ; fresh != 0; fresh &= fresh - 1 {
		g.behind[bits.TrailingZeros64(uint64(fresh))]++
	}
}

// judging says from which day on issues are left out, for each window.
type judging struct {
	short, long dayNumber
}

// judgingOn gives what can be judged on a day: on the last day of the window a
// contact that belongs to the issue can still come.
func judgingOn(today dayNumber) judging {
	return judging{short: today - model.RepeatDays, long: today - model.RepeatLongDays}
}

// issueCounts are the counts that have to wait.
var issueCounts = countSetOf(model.CountIssues, model.CountRight, model.CountIssuesLong, model.CountRightLong)

// strip takes what cannot be judged yet out of the tally of a day, and gives how
// many issues of the short window that are.
func (j judging) strip(day dayNumber, t *model.Tally) (pending int64) {
	if day >= j.short {
		pending = t[model.CountIssues]
		t[model.CountIssues], t[model.CountRight] = 0, 0
	}
	if day >= j.long {
		t[model.CountIssuesLong], t[model.CountRightLong] = 0, 0
	}
	return pending
}

// touches tells whether a month has days that are left out.
func (j judging) touches(month monthNumber) bool { return month.last() >= j.long }

// issues gives in which counts of issues a customer is seen in a month on a
// topic, without those that are left out. A cell does not know the day, so the
// contacts themselves are counted: those of the month, and as many before as
// can tell how an issue of the month began.
func (j judging) issues(der engine.Derived, customer model.ID, topic string, month monthNumber) (in countSet) {
	prefix := threadPrefix(customer, topic)
	from := threadMoment(prefix, month.first().stamp()-reach)
	var thread []trace
	walkFrom(der, spaceThread, from, func(k, v []byte) bool {
		if !hasPrefix(k, prefix) {
			return false
		}
		if t, ok := traceOf(k, v); ok {
			thread = append(thread, t)
		}
		return true
	})
	for _, d := range threadCounts(thread) {
		if d.day.month() != month {
			continue
		}
		j.strip(d.day, &d.tally)
		for _, c := range []model.Count{model.CountIssues, model.CountRight, model.CountIssuesLong, model.CountRightLong} {
			if d.tally[c] > 0 {
				in |= countSetOf(c)
			}
		}
	}
	return in
}
