package store

import (
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// counted are the tables whose records add to the measures by themselves.
var counted = []model.Table{model.TableException, model.TablePromise, model.TableSighting, model.TableSurvey}

// measures counts anew what the records come to, one customer after the other,
// and looks it up: the cells and limbo of each, and at the end the days. Of the
// contacts it takes the traces, which have been held against the records. In
// memory is one customer, and a tally for each day and topic.
func (c *checkup) measures() error {
	all := measures{daily: map[string]*model.Tally{}, cell: map[string]*model.Tally{}}
	walk := newShareWalk(c.tx, c.der)
	for n := 0; ; n++ {
		id, ok := walk.next()
		if !ok {
			break
		}
		if n%1024 == 0 && c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		where := model.CustomerKey(id).String()
		walk.shares(id, func(s *share) { all.add(s, 1) })
		c.tallies(spaceCell, where, all.cell)
		clear(all.cell)
		since, err := deriveLimbo(c.tx, c.der, id)
		if err != nil || since == 0 {
			continue // a bad record was reported with the records
		}
		c.key(spaceLimbo, where, id[:], binary.BigEndian.AppendUint64(nil, uint64(since)), false) //nolint:gosec // as it is
		c.key(spaceQueue, where, limboKey(since, id), nothing, false)
	}
	c.tallies(spaceDaily, "", all.daily)
	return c.ctx.Err()
}

// tallies looks up tallies that a space should have.
func (c *checkup) tallies(s engine.Space, where string, want map[string]*model.Tally) {
	for k, t := range want {
		if t.Zero() {
			continue
		}
		at := where + "/" + string(dayAt(k).day())
		if s == spaceCell {
			at = where + "/" + string(monthAt(k).month())
		}
		c.key(s, at, []byte(k), sealTally(t), false)
	}
}

// dayAt and monthAt read the number in a key of a measure.
func dayAt(k string) dayNumber {
	return dayNumber(int64(binary.BigEndian.Uint32([]byte(k[1:5]))) - 1<<31)
}

func monthAt(k string) monthNumber { return monthNumber(dayAt(k)) }

// shareWalk goes through the customers of whom anything is counted, in order.
type shareWalk struct {
	tx    engine.Tx
	der   engine.Derived
	from  model.ID                  // the next one is at or after it
	ended bool                      // there is no id after it
	heads map[model.Table]shareHead // by table; the contacts' stand for their threads
}

// shareHead is the first customer of a table at or after a place.
type shareHead struct {
	id model.ID
	ok bool
}

func newShareWalk(tx engine.Tx, der engine.Derived) *shareWalk {
	w := &shareWalk{tx: tx, der: der, heads: map[model.Table]shareHead{}}
	for _, t := range append([]model.Table{model.TableContact}, counted...) {
		w.heads[t] = shareHead{ok: true}
	}
	return w
}

// next gives the next customer; false after the last.
func (w *shareWalk) next() (model.ID, bool) {
	var least model.ID
	found := false
	for t, h := range w.heads {
		if h.ok && string(h.id[:]) < string(w.from[:]) || h == (shareHead{ok: true}) {
			h = w.seek(t)
			w.heads[t] = h
		}
		if h.ok && (!found || string(h.id[:]) < string(least[:])) {
			least, found = h.id, true
		}
	}
	if !found || w.ended {
		return model.NoID, false
	}
	end := engine.PrefixEnd(least[:])
	w.ended = len(end) == 0
	w.from = model.NoID
	copy(w.from[:], end)
	return least, true
}

// seek finds the first customer at or after the place of the walk.
func (w *shareWalk) seek(t model.Table) (h shareHead) {
	if t == model.TableContact {
		k, _ := w.der.Cursor(spaceThread).Seek(w.from[:])
		if len(k) >= 16 {
			h.ok = string(k[:16]) >= string(w.from[:])
			copy(h.id[:], k)
		}
		return h
	}
	from := append([]byte{byte(t)}, w.from[:]...)
	w.tx.Scan(from, engine.PrefixEnd([]byte{byte(t)}), 1, func(k, _ []byte, _ engine.Rev) bool {
		if len(k) >= 17 {
			h.ok = string(k[1:17]) >= string(w.from[:])
			copy(h.id[:], k[1:])
		}
		return false
	})
	return h
}

// shares calls f for all that a customer adds. Records that cannot be read add
// nothing.
func (w *shareWalk) shares(id model.ID, f func(*share)) {
	for _, t := range counted {
		if w.heads[t].id != id {
			continue
		}
		prefix := []byte(model.TableKey(t, id))
		w.tx.Scan(prefix, engine.PrefixEnd(prefix), 0, func(k, v []byte, _ engine.Rev) bool {
			if rec, err := decode(k, v); err == nil {
				for _, s := range sharesOf(rec) {
					f(&s)
				}
			}
			return true
		})
	}
	if w.heads[model.TableContact].id != id {
		return
	}
	eachMatter(w.der, id[:], func(of model.ID, matter []trace, _ []byte) bool {
		if of != id {
			return false
		}
		for _, x := range threadCounts(matter) {
			f(&share{dim: model.ByTopic, day: x.day, key: matter[0].topic, customer: id, tally: x.tally})
		}
		return true
	})
}
