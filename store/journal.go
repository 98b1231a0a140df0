package store

import (
	"crypto/sha256"
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// The journal is two records an entry, under the operation id: a header that
// says who did what kind of thing and when, and a payload with everything that
// may be personal. The chain runs over the headers, which hold the payload's
// digest, so a payload can go with an erased customer and the chain still
// verifies.
const (
	tableHeader  = 'j'
	tablePayload = 'y'
)

// header is the part of an entry that the chain covers.
type header struct {
	Op      model.ID         `cbor:"1,keyasint"`
	Group   model.ID         `cbor:"2,keyasint"`
	At      model.Stamp      `cbor:"3,keyasint"`
	Person  model.ID         `cbor:"4,keyasint"`
	Real    model.ID         `cbor:"5,keyasint"`
	Action  model.ActionName `cbor:"6,keyasint"`
	Final   bool             `cbor:"7,keyasint,omitempty"`
	Undoes  []model.Rev      `cbor:"8,keyasint,omitempty"`
	Redo    bool             `cbor:"9,keyasint,omitempty"`
	Payload []byte           `cbor:"10,keyasint"` // SHA-256 of the payload's record
}

// payload is the part of an entry that an erasure may take away.
type payload struct {
	Message model.Message `cbor:"1,keyasint"`
	Why     string        `cbor:"2,keyasint,omitempty"`
	Touched []touched     `cbor:"3,keyasint"`
	Bulk    bool          `cbor:"4,keyasint,omitempty"` // rows of an import: not listed under each customer
}

// touched is one record of an entry.
type touched struct {
	Key    []byte `cbor:"1,keyasint"`
	Before []byte `cbor:"2,keyasint,omitempty"` // as it stood on disk
	After  []byte `cbor:"3,keyasint,omitempty"` // digest
}

func headerKey(op model.ID) string  { return string(byte(tableHeader)) + string(op[:]) }
func payloadKey(op model.ID) string { return string(byte(tablePayload)) + string(op[:]) }

// Spaces of derived data that the journal needs.
const (
	spaceRev     = engine.Space("journal")  // revision → operation id, chain
	spaceSubject = engine.Space("subject")  // customer, revision
	spaceGroup   = engine.Space("group")    // group, revision
	spaceStand   = engine.Space("standing") // person, revision → group: can be undone
	spaceTaken   = engine.Space("taken")    // person, revision of the undo → its group: can be redone
	spaceUndone  = engine.Space("undone")   // revision → revision of the undo
)

func revKey(r model.Rev) []byte { return binary.BigEndian.AppendUint64(nil, uint64(r)) }

func idRev(id model.ID, r model.Rev) []byte {
	return binary.BigEndian.AppendUint64(append([]byte(nil), id[:]...), uint64(r))
}

func revOf(b []byte) model.Rev { return model.Rev(binary.BigEndian.Uint64(b)) }

// link is one link of the chain: it covers the link before, the revision and
// the header.
func link(prev []byte, rev model.Rev, headerValue []byte) []byte {
	h := sha256.New()
	h.Write(prev)
	h.Write(revKey(rev))
	d := sha256.Sum256(headerValue)
	h.Write(d[:])
	return h.Sum(nil)
}

// journalOf reads the journal in one snapshot.
type journalOf struct {
	tx  engine.Tx
	der engine.Derived
}

// op gives the operation id at a revision.
func (j journalOf) op(rev model.Rev) (op model.ID, ok bool) {
	v := j.der.Load(spaceRev, revKey(rev))
	if len(v) != 48 {
		return op, false
	}
	copy(op[:], v)
	return op, true
}

// Entry implements [model.JournalReader].
func (j journalOf) Entry(rev model.Rev) (*model.Entry, error) {
	e, p, err := j.head(rev)
	if err != nil || e == nil {
		return nil, err
	}
	for _, t := range p.Touched {
		c := model.EntryChange{Key: model.Key(t.Key), After: t.After}
		if t.Before != nil {
			if c.Before, err = decode(t.Key, t.Before); err != nil {
				return nil, err
			}
		}
		e.Changes = append(e.Changes, c)
	}
	return e, nil
}

// header gives the chained part of an entry; nil where there is none.
func (j journalOf) header(rev model.Rev) (*header, error) {
	op, ok := j.op(rev)
	if !ok {
		return nil, nil
	}
	hv, _ := j.tx.Get([]byte(headerKey(op)))
	if hv == nil {
		return nil, corrupt(headerKey(op), "missing")
	}
	var h header
	return &h, unseal(headerKey(op), hv, &h)
}

// head gives an entry without its records, and the payload undecoded.
func (j journalOf) head(rev model.Rev) (*model.Entry, *payload, error) {
	var p payload
	e, err := j.read(rev, &p)
	if e == nil || err != nil {
		return nil, nil, err
	}
	e.Message, e.Why = p.Message, p.Why
	return e, &p, nil
}

// words gives an entry with its words and without its records, of which the
// rows of an import have thousands.
func (j journalOf) words(rev model.Rev) (*model.Entry, error) {
	var p struct {
		Message model.Message `cbor:"1,keyasint"`
		Why     string        `cbor:"2,keyasint,omitempty"`
	}
	e, err := j.read(rev, &p)
	if e == nil || err != nil {
		return nil, err
	}
	e.Message, e.Why = p.Message, p.Why
	return e, nil
}

// read gives the entry at a revision as its header has it, and decodes as much
// of its payload as into takes. After an erasure there is no payload.
func (j journalOf) read(rev model.Rev, into any) (*model.Entry, error) {
	h, err := j.header(rev)
	if h == nil || err != nil {
		return nil, err
	}
	e := &model.Entry{Rev: rev, Op: h.Op, Group: h.Group, At: h.At, Actor: model.Actor{Person: h.Person, Real: h.Real},
		Action: h.Action, Final: h.Final, Undone: j.der.Load(spaceUndone, revKey(rev)) != nil}
	if len(h.Undoes) > 0 {
		e.Undo = &model.UndoOf{Revs: h.Undoes, Redo: h.Redo}
	}
	if pv, _ := j.tx.Get([]byte(payloadKey(h.Op))); pv != nil {
		if err := unseal(payloadKey(h.Op), pv, into); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Group implements [model.JournalReader].
func (j journalOf) Group(group model.ID) ([]model.Rev, error) {
	var out []model.Rev
	walk(j.der, spaceGroup, group[:], func(k, _ []byte) bool {
		out = append(out, revOf(k[16:]))
		return true
	})
	return out, nil
}

// Latest implements [model.JournalReader].
func (j journalOf) Latest(person model.ID, redo bool) (model.ID, bool, error) {
	space := spaceStand
	if redo {
		space = spaceTaken
	}
	var group model.ID
	found := false
	walkBack(j.der, space, person[:], func(_, v []byte) bool {
		copy(group[:], v)
		found = true
		return false
	})
	return group, found, nil
}

// Digest implements [model.JournalReader].
func (j journalOf) Digest(k model.Key) ([]byte, error) {
	v, _ := j.tx.Get([]byte(k))
	return digest(v), nil
}

// Since implements [model.JournalReader].
func (j journalOf) Since(k model.Key, rev model.Rev) (*model.Entry, error) {
	var found *model.Entry
	err := j.touching(k, rev, func(e *model.Entry) bool {
		found = e
		return false
	})
	return found, err
}

// History implements [model.JournalReader].
func (j journalOf) History(k model.Key, f func(*model.Entry) bool) error { return j.touching(k, 0, f) }

// touching calls f for entries above a revision that touched a key, newest
// first. Entries of a customer's records are found by the customer, in all of
// its lives: a record that came over with a merge has its story from before.
func (j journalOf) touching(k model.Key, above model.Rev, f func(*model.Entry) bool) error {
	var failed error
	names := map[string]bool{string(k): true}
	look := func(r model.Rev) bool {
		if r <= above {
			return false
		}
		e, p, err := j.head(r)
		if err != nil || e == nil {
			failed = err
			return err == nil
		}
		for _, t := range p.Touched {
			if names[string(t.Key)] {
				return f(e)
			}
		}
		return true
	}
	if c := k.Customer(); c != model.NoID {
		for _, one := range lives(j.der, c) {
			names[string(k[:1])+string(one[:])+string(k[17:])] = true
		}
		for _, rev := range revsOf(j.der, c, 0, 0) {
			if !look(rev) {
				break
			}
		}
		return failed
	}
	walkBack(j.der, spaceRev, nil, func(key, _ []byte) bool { return look(revOf(key)) })
	return failed
}

// walk calls f for the keys of a space under a prefix, in order, until f gives
// false.
func walk(d engine.Derived, s engine.Space, prefix []byte, f func(k, v []byte) bool) {
	c := d.Cursor(s)
	for k, v := c.Seek(prefix); k != nil && hasPrefix(k, prefix); k, v = c.Next() {
		if !f(k, v) {
			return
		}
	}
}

// walkFrom calls f for the keys of a space from one on.
func walkFrom(d engine.Derived, s engine.Space, from []byte, f func(k, v []byte) bool) {
	c := d.Cursor(s)
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if !f(k, v) {
			return
		}
	}
}

// walkBack is walk from the end of the prefix.
func walkBack(d engine.Derived, s engine.Space, prefix []byte, f func(k, v []byte) bool) {
	walkBackFrom(d, s, prefix, engine.PrefixEnd(prefix), f)
}

// walkBackFrom is walk from the last key before end, nil for the end of all.
func walkBackFrom(d engine.Derived, s engine.Space, prefix, end []byte, f func(k, v []byte) bool) {
	c := d.Cursor(s)
	var k, v []byte
	if end == nil {
		k, v = c.Last()
	} else if k, _ = c.Seek(end); k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	for ; k != nil && hasPrefix(k, prefix); k, v = c.Prev() {
		if !f(k, v) {
			return
		}
	}
}

func hasPrefix(k, prefix []byte) bool {
	return len(k) >= len(prefix) && string(k[:len(prefix)]) == string(prefix)
}
