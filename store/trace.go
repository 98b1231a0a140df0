package store

import (
	"encoding/binary"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Spaces derived from contacts. Both hold the same value, a trace: all that is
// counted of a contact, so that nothing is decoded to count.
const (
	spaceTimeline = engine.Space("timeline") // customer, moment, contact: the order of the timeline
	spaceThread   = engine.Space("thread")   // customer, topic, NUL, moment, contact: one matter
)

// trace is what is counted of a contact.
type trace struct {
	id       model.ID // from the key
	on       model.Stamp
	day      dayNumber
	out      bool
	answered bool
	told     bool
	number   bool
	failed   bool
	missing  bool
	minutes  [model.Activities]int
	transfer int
	effort   int
	waited   int // seconds and one more
	felt     int // days and one more
	topic    string
}

// dayNumber counts days from 1 January 2000.
type dayNumber int32

var dayZero = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400

func numberOf(d model.Day) dayNumber {
	t := d.Time(time.UTC)
	if t.IsZero() {
		return 0
	}
	return dayNumber(t.Unix()/86400 - dayZero)
}

func (n dayNumber) day() model.Day {
	return model.DayOf(time.Unix((int64(n)+dayZero)*86400, 0).UTC())
}

// stamp gives the moment at which the day begins in UTC.
func (n dayNumber) stamp() model.Stamp {
	return model.StampOf(time.Unix((int64(n)+dayZero)*86400, 0))
}

func timelineKey(c *model.Contact) []byte {
	k := append([]byte(nil), c.Customer[:]...)
	k = binary.BigEndian.AppendUint64(k, uint64(c.On))
	return append(k, c.ID[:]...)
}

func threadPrefix(customer model.ID, topic string) []byte {
	k := append([]byte(nil), customer[:]...)
	return append(append(k, topic...), 0)
}

func threadKey(c *model.Contact) []byte {
	k := binary.BigEndian.AppendUint64(threadPrefix(c.Customer, c.Topic), uint64(c.On))
	return append(k, c.ID[:]...)
}

// traceValue encodes what is counted of a contact.
func traceValue(c *model.Contact) []byte {
	var flags byte
	for i, on := range []bool{c.Out, c.Answered, c.ToldAgain, c.NumberAgain, c.Failed, c.Missing != ""} {
		if on {
			flags |= 1 << i
		}
	}
	b := []byte{flags}
	b = binary.AppendVarint(b, int64(numberOf(c.Day)))
	for _, m := range c.Minutes {
		b = binary.AppendVarint(b, int64(m))
	}
	for _, n := range []int{c.Transfers, c.Effort, c.Waited, c.Felt} {
		b = binary.AppendVarint(b, int64(n))
	}
	return append(b, c.Topic...)
}

// traceOf reads a key and value of either space; false for one that is damaged.
func traceOf(k, v []byte) (t trace, ok bool) {
	if len(k) < 40 || len(v) < 1 {
		return t, false
	}
	tail := k[len(k)-24:]
	t.on = model.Stamp(binary.BigEndian.Uint64(tail)) //nolint:gosec // as it was written
	copy(t.id[:], tail[8:])
	f := v[0]
	t.out, t.answered, t.told, t.number, t.failed, t.missing = f&1 != 0, f&2 != 0, f&4 != 0, f&8 != 0, f&16 != 0, f&32 != 0
	v = v[1:]
	next := func() int {
		n, size := binary.Varint(v)
		if size <= 0 {
			ok = false
			return 0
		}
		v = v[size:]
		return int(n)
	}
	ok = true
	t.day = dayNumber(next())
	for i := range t.minutes {
		t.minutes[i] = next()
	}
	t.transfer, t.effort, t.waited, t.felt = next(), next(), next(), next()
	t.topic = string(v)
	return t, ok
}

// counts gives what one contact adds by itself, whatever came before or after.
func (t *trace) counts() model.Tally {
	var n model.Tally
	n[model.CountContacts] = 1
	for a, m := range t.minutes {
		n[model.CountPrimary+model.Count(a)] = int64(m)
	}
	n[model.CountTransfers] = int64(t.transfer)
	n[model.CountPutThrough] = int64(one(t.transfer > 0))
	n[model.CountToldAgain] = int64(one(t.told))
	n[model.CountNumberAgain] = int64(one(t.number))
	n[model.CountFailed] = int64(one(t.failed))
	n[model.CountMissing] = int64(one(t.missing))
	if t.effort > 0 {
		n[model.CountEffort], n[model.CountEffortSum] = 1, int64(t.effort)
	}
	if t.felt > 0 {
		n[model.CountFelt], n[model.CountFeltSum] = 1, int64(t.felt-1)
	}
	if t.out {
		return n
	}
	n[model.CountIncoming] = 1
	n[model.CountAnswered] = int64(one(t.answered))
	if t.waited > 0 {
		n[model.CountWaits] = 1
		n[model.CountQuick] = int64(one(t.waited-1 <= model.PickupSeconds))
	}
	return n
}

// daily is what a matter adds on one day.
type daily struct {
	day   dayNumber
	tally model.Tally
}

// threadCounts gives what the contacts of one matter, in order, add by day: each
// by itself, and what follows from how they stand to each other. An issue is a
// run of contacts in which each lies within the window after the one before.
// Its first contact carries it. Only incoming contacts are repeat traffic, for
// a customer who is called back did not have to ask again.
func threadCounts(thread []trace) []daily {
	out := make([]daily, len(thread))
	for i := range thread {
		out[i] = daily{day: thread[i].day, tally: thread[i].counts()}
	}
	issues(thread, model.RepeatDays, func(run []int) {
		first := &out[run[0]].tally
		first[model.CountIssues]++
		if len(run) == 1 {
			first[model.CountRight]++
		}
		for _, i := range run[1:] {
			n := &out[i].tally
			n[model.CountRepeat]++
			for a, m := range thread[i].minutes {
				n[model.CountRepeatPrimary+model.Count(a)] += int64(m)
			}
		}
	})
	issues(thread, model.RepeatLongDays, func(run []int) {
		first := &out[run[0]].tally
		first[model.CountIssuesLong]++
		if len(run) == 1 {
			first[model.CountRightLong]++
		}
		for _, i := range run[1:] {
			out[i].tally[model.CountRepeatLong]++
		}
	})
	leads(thread, out)
	return out
}

// issues calls f for each run of incoming contacts in which each lies within so
// many days after the one before, with their places in the thread.
func issues(thread []trace, days int, f func(run []int)) {
	var run []int
	for i := range thread {
		if thread[i].out {
			continue
		}
		if n := len(run); n > 0 && int(thread[i].day-thread[run[n-1]].day) > days {
			f(run)
			run = nil
		}
		run = append(run, i)
	}
	if len(run) > 0 {
		f(run)
	}
}

// leads counts the lead time of each matter that was answered: the days from
// the first contact after the last answer to the contact that answered, either
// way, on the day it began. A gap of more than the long window begins a matter
// anew: what was let lie has no lead time.
func leads(thread []trace, out []daily) {
	begin := -1
	for i := range thread {
		if begin >= 0 && int(thread[i].day-thread[i-1].day) > model.RepeatLongDays {
			begin = -1
		}
		if begin < 0 && !thread[i].out {
			begin = i
		}
		if begin >= 0 && thread[i].answered {
			out[begin].tally[model.CountLeads]++
			out[begin].tally[model.CountLeadSum] += int64(thread[i].day - thread[begin].day)
			begin = -1
		}
	}
}
