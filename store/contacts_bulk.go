package store

import (
	"bytes"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// manyContacts is from how many contacts of one customer in a batch all of that
// customer's matters are counted before and after, in place of what each contact
// makes of those around it: ten thousand that move to another customer would
// look at each other ten thousand times.
const manyContacts = 32

// bulks finds the customers of whom a batch changes many contacts, and takes
// what they count for away.
func (d *derivation) bulks(b *engine.Batch) {
	n := map[model.ID]int{}
	contact := func(k []byte) {
		if k[0] == byte(model.TableContact) {
			n[model.Key(k).Customer()]++
		}
	}
	for _, kv := range b.Puts {
		contact(kv.Key)
	}
	for _, k := range b.Deletes {
		contact(k)
	}
	d.whole = map[model.ID]bool{}
	for id, contacts := range n {
		if contacts >= manyContacts {
			d.whole[id] = true
			d.countWhole(id, -1)
		}
	}
}

// countWhole adds, or takes away, all that the contacts of a customer count for.
func (d *derivation) countWhole(id model.ID, n int64) {
	var thread []trace
	var prefix []byte
	count := func() {
		for _, day := range threadCounts(thread) {
			s := share{dim: model.ByTopic, day: day.day, key: thread[0].topic, customer: id, tally: day.tally}
			if !s.tally.Zero() {
				d.measures.add(&s, n)
			}
		}
		thread = thread[:0]
	}
	walk(d.tx, spaceThread, id[:], func(k, v []byte) bool {
		t, ok := traceOf(k, v)
		if !ok {
			return true
		}
		if own := k[:len(k)-24]; !bytes.Equal(own, prefix) {
			if len(thread) > 0 {
				count()
			}
			prefix = append(prefix[:0], own...)
		}
		thread = append(thread, t)
		return true
	})
	if len(thread) > 0 {
		count()
	}
}
