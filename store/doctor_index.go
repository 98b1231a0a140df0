package store

import (
	"bytes"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// key looks up one key that a space should have. One that may be missing
// counts only when it is there.
func (c *checkup) key(s engine.Space, where string, key, value []byte, optional bool) {
	have := c.der.Load(s, key)
	if have == nil {
		if !optional {
			c.fault(string(s)+": "+where, "doctor.fault.index-missing", true)
		}
		return
	}
	c.want[s]++
	if value != nil && !bytes.Equal(have, value) {
		c.fault(string(s)+": "+where, "doctor.fault.index", true)
	}
}

var nothing = []byte{} // the value of a key that says all by itself

// derives looks up what a record should have in the indexes.
func (c *checkup) derives(rec model.Record) {
	where := rec.Key().String()
	c.said.add(rec)
	switch r := rec.(type) {
	case *model.Customer:
		// While an import loads, its customers may be indexed already.
		l := c.loading.of(r.ID)
		optional := l != nil && l.phase != indexAll
		c.key(spaceName, where, nameKey(r), nothing, optional)
		for _, t := range search.Terms(nil, r) {
			c.key(search.SpaceTerm, where, search.TermKey(t, r.ID), nothing, optional)
		}
		c.worth(r, optional)
		c.card(r, optional)
		if l == nil {
			c.sums.count(r, 1)
		}
		return
	case *model.Import:
		if r.State == model.ImportLoading {
			c.key(spaceLoading, where, r.ID[:], nil, false)
		}
		return
	case *model.Contact:
		c.answersOf(r)
		if r.Stands() {
			c.key(spaceTimeline, where, timelineKey(r), traceValue(r), false)
			c.key(spaceThread, where, threadKey(r), traceValue(r), false)
		}
		return
	case *model.Finance:
		c.account(r)
		return
	case *model.Merged:
		c.key(spaceMerged, where, mergedKey(r), nothing, false)
		return
	case *model.Hurt:
		c.key(spaceHurt, where, hurtIndexKey(r), nothing, false)
		return
	case *model.Sighting, *model.Assessment, *model.Flag:
		if id := rec.Key().Customer(); c.first(rec.Key(), id) {
			c.stateOf(id)
		}
	}
	if k := queueKey(rec); k != nil { // what waits for somebody, whatever table it is of
		c.key(spaceQueue, where, k, nothing, false)
	}
}

// small are the tables of a customer's small records, in key order.
var small = []model.Table{model.TableAssessment, model.TableFlag, model.TableSighting}

// first reports whether a record is the first of a customer's small records
// that the walk meets, so that each state is looked at once.
func (c *checkup) first(k model.Key, id model.ID) bool {
	if id == c.last {
		return false // the one before in the same table
	}
	c.last = id
	for _, t := range small {
		if t == k.Table() {
			return true
		}
		prefix := append([]byte{byte(t)}, id[:]...)
		earlier := false
		c.tx.Scan(prefix, engine.PrefixEnd(prefix), 1, func(_, _ []byte, _ engine.Rev) bool {
			earlier = true
			return false
		})
		if earlier {
			return false
		}
	}
	return true
}

func (c *checkup) stateOf(id model.ID) {
	s, err := deriveState(c.tx, id)
	if err != nil {
		return // reported with the records
	}
	if !s.empty() {
		want, err := seal("state"+string(id[:]), s)
		if err == nil {
			c.key(spaceState, model.CustomerKey(id).String(), id[:], want, false)
		}
	}
	if k := s.dateKey(id); k != nil {
		c.key(spaceQueue, model.CustomerKey(id).String(), k, nothing, false)
	}
	c.sums.Flagged += one(s.Flags > 0)
	c.sums.Waiting += one(s.Waits)
}

// counts compares how many keys there are with how many there should be: what
// should be there was looked up, so what is more is left over.
func (c *checkup) counts() error {
	c.meta()
	for _, s := range spaces {
		have := 0
		var before []byte
		walk(c.der, s, nil, func(k, _ []byte) bool {
			if have > 0 && bytes.Compare(before, k) >= 0 { // pages that point in a circle
				have = c.want[s] + 1
				return false
			}
			before = append(before[:0], k...)
			have++
			return have%4096 != 0 || c.ctx.Err() == nil
		})
		if have > c.want[s] {
			c.fault(string(s), "doctor.fault.index-extra", true)
		}
	}
	return c.ctx.Err()
}

func (c *checkup) meta() {
	if c.der.Load(spaceMeta, keyRebuild) != nil {
		c.want[spaceMeta]++
		c.fault(string(spaceMeta), "doctor.fault.rebuild", true)
	}
	c.key(spaceMeta, string(keyDerived), keyDerived, derivedVersion, false)
	if v := c.der.Load(spaceMeta, keyTotals); v != nil {
		c.want[spaceMeta]++
	}
	if sums, err := loadTotals(c.der); err != nil || sums != c.sums {
		c.fault("totals", "doctor.fault.index", true)
	}
	if c.der.Load(spaceMeta, keyHead) != nil {
		c.want[spaceMeta]++
	}
}
