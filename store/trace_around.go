package store

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// reach is how far back, by the clock, a contact can lie that is within the long
// window by the calendar of any time zone.
const reach = model.Stamp((model.RepeatLongDays + 2) * 24 * time.Hour / time.Microsecond)

// countAround adds, or takes away, what a contact makes of the matter around it:
// what its neighbours count with it less what they count without it. Those that
// are further off count the same either way.
func (d *derivation) countAround(c *model.Contact, n int64) {
	thread, at := around(d.tx, c)
	if at < 0 {
		return
	}
	with := threadCounts(thread)
	without := threadCounts(slices.Delete(slices.Clone(thread), at, at+1))
	without = slices.Insert(without, at, daily{})
	for i := range with {
		s := share{dim: model.ByTopic, day: with[i].day, key: c.Topic, customer: c.Customer, tally: with[i].tally}
		s.tally.Add(&without[i].tally, -1)
		if !s.tally.Zero() {
			d.measures.add(&s, n)
		}
	}
}

// side tells, of the contacts on one side of another, when no more are needed to
// know what that one makes of them. Issues: it can begin or end the issue of the
// incoming contact next to it, and whether that one began an issue, or is alone
// in it, depends on the incoming contact beyond. Lead times: where a matter was
// answered, whatever came before makes no difference to what comes after.
type side struct {
	incoming, answered int
}

func (s *side) add(t *trace) {
	s.incoming += one(!t.out)
	s.answered += one(t.answered)
}

func (s *side) enough() bool { return s.incoming >= 2 && s.answered >= 1 }

// around gives the contacts of a matter on both sides of one of them, no further
// than each lies within the long window of the next and no more than are needed,
// and its own place among them; below 0 when it stands in none.
func around(der engine.Derived, c *model.Contact) (thread []trace, at int) {
	prefix, key := threadPrefix(c.Customer, c.Topic), threadKey(c)
	var after []trace
	var seen side
	walkFrom(der, spaceThread, key, func(k, v []byte) bool {
		if !hasPrefix(k, prefix) || len(after) == 0 && !bytes.Equal(k, key) {
			return false
		}
		t, ok := traceOf(k, v)
		n := len(after)
		if !ok || n > 0 && int(t.day-after[n-1].day) > model.RepeatLongDays {
			return false
		}
		after = append(after, t)
		if n > 0 {
			seen.add(&t)
		}
		return !seen.enough()
	})
	if len(after) == 0 {
		return nil, -1
	}
	thread = earlier(der, prefix, key, after[0])
	return append(thread, after...), len(thread)
}

// earlier gives the contacts of a matter before one of them, oldest first. It
// looks further back as long as it needs more, each time from front to back: a
// cursor does not walk backwards over a page that this very batch has emptied.
func earlier(der engine.Derived, prefix, end []byte, next trace) []trace {
	var parts [][]trace
	var seen side
	for {
		var part []trace
		walkFrom(der, spaceThread, threadMoment(prefix, next.on-reach), func(k, v []byte) bool {
			if bytes.Compare(k, end) >= 0 {
				return false
			}
			if t, ok := traceOf(k, v); ok {
				part = append(part, t)
			}
			return true
		})
		first := len(part)
		for first > 0 && !seen.enough() && int(next.day-part[first-1].day) <= model.RepeatLongDays {
			first--
			next = part[first]
			seen.add(&next)
		}
		parts = append(parts, part[first:])
		if first > 0 || len(part) == 0 || seen.enough() {
			break
		}
		end = append(threadMoment(prefix, next.on), next.id[:]...)
	}
	slices.Reverse(parts)
	return slices.Concat(parts...)
}

// threadMoment is where the contacts of a matter from a moment on begin.
func threadMoment(prefix []byte, on model.Stamp) []byte {
	return binary.BigEndian.AppendUint64(bytes.Clone(prefix), uint64(max(0, on))) //nolint:gosec // not below 0
}

// eachMatter calls f for the matters of the book from a key of [spaceThread] on:
// the contacts of one customer on one topic, in order, as far as each lies
// within the long window of the next, so that matters can be counted one by
// one. Next is the key at which to go on, nil after the last. F gets the slice
// for the length of the call and gives false to stop.
func eachMatter(der engine.Derived, from []byte, f func(customer model.ID, matter []trace, next []byte) bool) {
	var matter []trace
	var prefix []byte
	hand := func(next []byte) bool {
		var id model.ID
		copy(id[:], prefix)
		more := f(id, matter, next)
		matter = matter[:0]
		return more
	}
	stopped := false
	walkFrom(der, spaceThread, from, func(k, v []byte) bool {
		t, ok := traceOf(k, v)
		if !ok {
			return true
		}
		own := k[:len(k)-24]
		n := len(matter)
		if n > 0 && (!bytes.Equal(own, prefix) || int(t.day-matter[n-1].day) > model.RepeatLongDays) && !hand(k) {
			stopped = true
			return false
		}
		prefix = append(prefix[:0], own...)
		matter = append(matter, t)
		return true
	})
	if !stopped && len(matter) > 0 {
		hand(nil)
	}
}
