package store

import (
	"bytes"
	"fmt"
	"hash/maphash"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// journal follows the journal from its first entry: each header must be the one
// that was chained and stand at the revision that wrote it, its payload must be
// the one it names, and every record must be as the newest entry left it.
func (c *checkup) journal() error {
	var prev []byte
	var last model.Rev
	err := c.lines(func(rev model.Rev, op model.ID, chain []byte) {
		where := fmt.Sprintf("journal/%d", rev)
		c.Entries++
		c.want[spaceRev]++
		hv, written := c.tx.Get([]byte(headerKey(op)))
		switch {
		case hv == nil:
			c.fault(where, "doctor.fault.entry-missing", false)
		case !bytes.Equal(link(prev, rev, hv), chain), model.Rev(written) != rev:
			c.fault(where, "doctor.fault.chain", false)
		}
		prev, last = append(prev[:0:0], chain...), rev
		c.entry(where, rev, op, hv)
	})
	if err != nil {
		return err
	}
	c.Head = prev
	head := c.der.Load(spaceMeta, keyHead)
	if c.Entries > 0 && !bytes.Equal(head, append(revKey(last), prev...)) {
		c.fault("journal", "doctor.fault.head", false)
	}
	for _, rev := range c.gone {
		c.fault(fmt.Sprintf("journal/%d", rev), "doctor.fault.record-lost", false)
	}
	if c.known != c.kept {
		c.strangers()
	}
	if c.payloads != c.headers {
		c.fault("y", "doctor.fault.payloads", false)
	}
	return c.standing()
}

// lines calls f for each line of the journal in order.
func (c *checkup) lines(f func(rev model.Rev, op model.ID, chain []byte)) error {
	n := 0
	var before []byte
	walk(c.der, spaceRev, nil, func(k, v []byte) bool {
		if n++; n%1024 == 0 && c.ctx.Err() != nil || n > 1 && bytes.Compare(before, k) >= 0 {
			return false
		}
		before = append(before[:0], k...)
		if len(k) != 8 || len(v) != 48 {
			c.want[spaceRev]++
			c.fault("journal", "doctor.fault.chain", false)
			return true
		}
		var op model.ID
		copy(op[:], v)
		f(revOf(k), op, v[16:])
		return true
	})
	return c.ctx.Err()
}

// entry checks one entry against its payload and against the records.
func (c *checkup) entry(where string, rev model.Rev, op model.ID, hv []byte) {
	var h header
	if hv == nil || unseal(headerKey(op), hv, &h) != nil {
		return // reported before
	}
	c.key(spaceGroup, where, idRev(h.Group, rev), nothing, false)
	c.replay.entry(&h, rev)
	pv, _ := c.tx.Get([]byte(payloadKey(op)))
	if pv == nil {
		c.fault(where, "doctor.fault.payload-missing", false)
		return
	}
	if !bytes.Equal(digest(pv), h.Payload) {
		c.fault(where, "doctor.fault.payload", false)
		return
	}
	var p payload
	if unseal(payloadKey(op), pv, &p) != nil {
		return
	}
	for _, id := range subjectsOf(&p) {
		c.key(spaceSubject, where, idRev(id, rev), nothing, false)
	}
	for _, t := range p.Touched {
		c.touched(rev, t)
	}
}

// touched holds a record against an entry that touched it. The revision of a
// record says which entry wrote it, so nothing needs to be remembered but the
// records that a later entry must have taken away, by a hash of 64 bits.
func (c *checkup) touched(rev model.Rev, t touched) {
	v, written := c.tx.Get(t.Key)
	at := model.Rev(written)
	switch {
	case t.After == nil:
		delete(c.gone, hashKey(t.Key))
		if v != nil && at <= rev {
			c.fault(model.Key(t.Key).String(), "doctor.fault.changed", false)
		}
	case v == nil:
		c.gone[hashKey(t.Key)] = rev
	case at == rev:
		c.known++
		if !bytes.Equal(digest(v), t.After) {
			c.fault(model.Key(t.Key).String(), "doctor.fault.changed", false)
		}
	case at < rev: // an older state came back
		c.fault(model.Key(t.Key).String(), "doctor.fault.changed", false)
	}
}

var hashSeed = maphash.MakeSeed()

func hashKey(k []byte) uint64 { return maphash.Bytes(hashSeed, k) }

// strangers names records that no entry of the journal left as they stand. It
// costs a second walk and a hash of every record, and so is only done when the
// numbers differ.
func (c *checkup) strangers() {
	known := map[uint64]struct{}{}
	_ = c.lines(func(rev model.Rev, op model.ID, _ []byte) {
		var p payload
		pv, _ := c.tx.Get([]byte(payloadKey(op)))
		if pv == nil || unseal(payloadKey(op), pv, &p) != nil {
			return
		}
		for _, t := range p.Touched {
			if _, at := c.tx.Get(t.Key); model.Rev(at) == rev {
				known[hashKey(t.Key)] = struct{}{}
			}
		}
	})
	c.tx.Scan(nil, nil, 0, func(k, _ []byte, _ engine.Rev) bool {
		switch k[0] {
		case tableHeader, tablePayload, byte(model.TableDraft), byte(model.TableClaim):
			return true
		}
		if _, ok := known[hashKey(k)]; !ok {
			c.fault(model.Key(k).String(), "doctor.fault.unjournalled", false)
		}
		return c.ctx.Err() == nil
	})
}

// standing checks what undo and putting back go by.
func (c *checkup) standing() error {
	for rev, by := range c.replay.undone {
		c.key(spaceUndone, fmt.Sprintf("journal/%d", rev), revKey(rev), revKey(by), false)
	}
	for person, taken := range c.replay.taken {
		for rev, group := range taken {
			c.key(spaceTaken, fmt.Sprintf("journal/%d", rev), idRev(person, rev), group[:], false)
		}
	}
	return c.lines(func(rev model.Rev, op model.ID, _ []byte) {
		var h header
		hv, _ := c.tx.Get([]byte(headerKey(op)))
		if hv == nil || unseal(headerKey(op), hv, &h) != nil || h.Final || len(h.Undoes) > 0 || c.replay.undone[rev] != 0 {
			return
		}
		c.key(spaceStand, fmt.Sprintf("journal/%d", rev), idRev(h.Person, rev), h.Group[:], false)
	})
}

// replay follows what has been taken back, as placeGroup does. It remembers
// only entries that were taken back or took back.
type replay struct {
	undone map[model.Rev]model.Rev
	taken  map[model.ID]map[model.Rev]model.ID
}

func newReplay() replay {
	return replay{undone: map[model.Rev]model.Rev{}, taken: map[model.ID]map[model.Rev]model.ID{}}
}

func (p replay) entry(h *header, rev model.Rev) {
	switch {
	case h.Redo:
		for _, r := range h.Undoes {
			undo := p.undone[r]
			if undo == 0 {
				continue
			}
			for _, taken := range p.taken {
				delete(taken, undo)
			}
			p.undone[undo] = rev
			delete(p.undone, r)
		}
	case len(h.Undoes) > 0:
		for _, r := range h.Undoes {
			p.undone[r] = rev
		}
		if p.taken[h.Person] == nil {
			p.taken[h.Person] = map[model.Rev]model.ID{}
		}
		p.taken[h.Person][rev] = h.Group
	case !h.Final:
		delete(p.taken, h.Person)
	}
}

// VerifyHead holds the journal against a head that was noted elsewhere, from
// [Report.Head] at [Report.Rev]: an error of kind corrupt says that entries up
// to that revision were changed or cut off since.
func (b *Book) VerifyHead(rev model.Rev, head []byte) error {
	return wrap(b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		differs := func() error {
			return model.NewError(model.KindCorrupt, "error.book.head", "Rev", uint64(rev)).WithHint("hint.book.damaged")
		}
		if model.Rev(tx.Rev()) < rev {
			return differs()
		}
		var prev []byte
		walk(der, spaceRev, nil, func(k, v []byte) bool {
			if len(k) != 8 || len(v) != 48 || revOf(k) > rev {
				return false
			}
			var op model.ID
			copy(op[:], v)
			hv, _ := tx.Get([]byte(headerKey(op)))
			prev = link(prev, revOf(k), hv)
			return true
		})
		if !bytes.Equal(prev, head) {
			return differs()
		}
		return nil
	}))
}
