package store

import (
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// contact moves a contact's places and what it adds to the measures.
func (d *derivation) contact(was, now *model.Contact) error {
	if was != nil && was.Stands() {
		if err := d.leave(was); err != nil {
			return err
		}
	}
	if now != nil && now.Stands() {
		if err := d.enter(now); err != nil {
			return err
		}
	}
	either := now
	if either == nil {
		either = was
	}
	d.limbos[either.Customer] = true
	return nil
}

func (d *derivation) enter(c *model.Contact) error {
	if err := d.tx.Store(spaceTimeline, timelineKey(c), traceValue(c)); err != nil {
		return err
	}
	if err := d.tx.Store(spaceThread, threadKey(c), traceValue(c)); err != nil {
		return err
	}
	if d.rebuilding || d.whole[c.Customer] {
		return nil // counted once all contacts are in their places
	}
	d.countAround(c, 1)
	return nil
}

func (d *derivation) leave(c *model.Contact) error {
	if !d.whole[c.Customer] {
		d.countAround(c, -1)
	}
	if err := d.tx.Erase(spaceTimeline, timelineKey(c)); err != nil {
		return err
	}
	return d.tx.Erase(spaceThread, threadKey(c))
}

// spaceLimbo holds for each customer who waits for word since when that is. The
// queue has the same in order of time.
const spaceLimbo = engine.Space("limbo")

func limboKey(since model.Stamp, id model.ID) []byte {
	k := binary.BigEndian.AppendUint64([]byte{classLimbo}, uint64(since)) //nolint:gosec // as it is
	return append(k, model.CustomerKey(id)...)
}

// limbo moves a customer in the list of those who wait for word.
func (d *derivation) limbo(id model.ID) error {
	var was model.Stamp
	if v := d.tx.Load(spaceLimbo, id[:]); len(v) == 8 {
		was = model.Stamp(binary.BigEndian.Uint64(v)) //nolint:gosec // as it was written
	}
	now, err := deriveLimbo(d.tx, d.tx, id)
	if err != nil || now == was {
		return err
	}
	if was != 0 {
		if err := d.tx.Erase(spaceQueue, limboKey(was, id)); err != nil {
			return err
		}
	}
	if now == 0 {
		return d.tx.Erase(spaceLimbo, id[:])
	}
	if err := d.tx.Store(spaceQueue, limboKey(now, id), []byte{}); err != nil {
		return err
	}
	return d.tx.Store(spaceLimbo, id[:], binary.BigEndian.AppendUint64(nil, uint64(now))) //nolint:gosec // as it is
}

// deriveLimbo tells since when a customer waits for word: there is a matter
// whose newest contact did not answer it, and no promise of ours gives a next
// date. The clock runs from the newest contact of all, when the customer last
// heard of us. 0 for nobody in limbo.
func deriveLimbo(tx engine.Tx, der engine.Derived, id model.ID) (model.Stamp, error) {
	open, newest := false, model.Stamp(0)
	last := map[string]trace{} // by topic, a couple of dozen at most
	walk(der, spaceThread, id[:], func(k, v []byte) bool {
		if t, ok := traceOf(k, v); ok {
			last[t.topic] = t
		}
		return true
	})
	for _, t := range last {
		newest = max(newest, t.on)
		open = open || !t.answered
	}
	if !open {
		return 0, nil
	}
	promised := false
	var failed error
	prefix := []byte(model.TableKey(model.TablePromise, id))
	tx.Scan(prefix, engine.PrefixEnd(prefix), 0, func(k, v []byte, _ engine.Rev) bool {
		rec, err := decode(k, v)
		if p, ok := rec.(*model.Promise); ok && err == nil {
			promised = promised || p.Side == model.Ours && p.State == model.PromiseOpen
		}
		failed = err
		return err == nil && !promised
	})
	if promised || failed != nil {
		return 0, failed
	}
	return newest, nil
}
