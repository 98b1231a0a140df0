package store

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// Fault is one thing that is not as it should be.
type Fault struct {
	Where string `json:"where"` // table and ids, or a space of derived data
	What  string `json:"what"`  // text id of what is wrong
	Index bool   `json:"index"` // a rebuild repairs it
}

// Report is what a check of the book found.
type Report struct {
	Records int       `json:"records"`
	Entries int       `json:"entries"`
	Rev     model.Rev `json:"rev"`
	Head    []byte    `json:"head"` // of the chain, to be kept elsewhere
	Faults  []Fault   `json:"faults"`
	Cut     bool      `json:"cut"` // more faults than are listed
}

// maxFaults is how many faults a report lists.
const maxFaults = 1000

// spaces are all derived data; a rebuild makes each anew.
var spaces = []engine.Space{spaceName, search.SpaceTerm, spaceState, spaceQueue, spaceLoading, spaceMeta,
	spaceRev, spaceSubject, spaceGroup, spaceStand, spaceTaken, spaceUndone}

// Doctor checks every record, every index and the chain of the journal.
// Progress, where given, hears how many records were checked.
func (b *Book) Doctor(ctx context.Context, progress func(int)) (Report, error) {
	var rep Report
	err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		rep.Rev = model.Rev(tx.Rev())
		if err := rep.records(ctx, tx, progress); err != nil {
			return err
		}
		rep.chain(tx, der)
		return rep.indexes(ctx, tx, der)
	})
	return rep, wrap(err)
}

func (r *Report) fault(where, what string, index bool) {
	if len(r.Faults) >= maxFaults {
		r.Cut = true
		return
	}
	r.Faults = append(r.Faults, Fault{Where: where, What: what, Index: index})
}

// records decodes every record and checks what refers to what.
func (r *Report) records(ctx context.Context, tx engine.Tx, progress func(int)) error {
	tx.Scan(nil, nil, 0, func(k, v []byte, rev engine.Rev) bool {
		r.Records++
		if r.Records%4096 == 0 {
			if progress != nil {
				progress(r.Records)
			}
			if ctx.Err() != nil {
				return false
			}
		}
		if model.Rev(rev) > r.Rev {
			r.fault(model.Key(k).String(), "doctor.fault.future", false)
		}
		switch k[0] {
		case tableHeader:
			var h header
			if unseal(string(k), v, &h) != nil {
				r.fault(model.Key(k).String(), "doctor.fault.record", false)
			}
			return true
		case tablePayload:
			var p payload
			if unseal(string(k), v, &p) != nil {
				r.fault(model.Key(k).String(), "doctor.fault.record", false)
			}
			return true
		}
		rec, err := decode(k, v)
		switch {
		case err != nil:
			r.fault(model.Key(k).String(), "doctor.fault.record", false)
		case rec.Key() != model.Key(k):
			r.fault(model.Key(k).String(), "doctor.fault.key", false)
		default:
			r.refers(tx, rec)
		}
		return true
	})
	return ctx.Err()
}

// refers checks that what a record hangs from is there.
func (r *Report) refers(tx engine.Tx, rec model.Record) {
	id := rec.Key().Customer()
	if id == model.NoID || rec.Key() == model.CustomerKey(id) {
		return
	}
	if v, _ := tx.Get([]byte(model.CustomerKey(id))); v == nil {
		r.fault(rec.Key().String(), "doctor.fault.orphan", false)
	}
}

// chain follows the journal from its first entry: each header must be the one
// that was chained, its payload the one it names, and the newest entry that
// touched a record must have left it as it stands.
func (r *Report) chain(tx engine.Tx, der engine.Derived) {
	var prev []byte
	left := map[string][]byte{}
	c := der.Cursor(spaceRev)
	for k, v := c.First(); k != nil; k, v = c.Next() {
		rev := revOf(k)
		where := fmt.Sprintf("journal/%d", rev)
		r.Entries++
		op, chain, ok := journalOf{tx: tx, der: der}.op(rev)
		hv, _ := tx.Get([]byte(headerKey(op)))
		if !ok || hv == nil {
			r.fault(where, "doctor.fault.entry-missing", false)
			prev = append([]byte(nil), v[min(16, len(v)):]...)
			continue
		}
		want := link(prev, rev, hv)
		if !bytes.Equal(want, chain) {
			r.fault(where, "doctor.fault.chain", false)
		}
		prev = append([]byte(nil), chain...)
		r.entry(tx, where, op, hv, left)
	}
	r.Head = prev
	if head := der.Load(spaceMeta, keyHead); len(head) == 40 && !bytes.Equal(head[8:], prev) {
		r.fault("journal", "doctor.fault.head", false)
	}
	for k, want := range left {
		if v, _ := tx.Get([]byte(k)); !bytes.Equal(digest(v), want) {
			r.fault(model.Key(k).String(), "doctor.fault.changed", false)
		}
	}
}

func (r *Report) entry(tx engine.Tx, where string, op model.ID, hv []byte, left map[string][]byte) {
	var h header
	if unseal(headerKey(op), hv, &h) != nil {
		return // reported with the records
	}
	pv, _ := tx.Get([]byte(payloadKey(op)))
	if pv == nil {
		return // erased
	}
	if !bytes.Equal(digest(pv), h.Payload) {
		r.fault(where, "doctor.fault.payload", false)
		return
	}
	var p payload
	if unseal(payloadKey(op), pv, &p) != nil {
		return
	}
	for _, t := range p.Touched {
		left[string(t.Key)] = t.After
	}
}

// indexes compares what is derived with what the records give. Derived data
// that can be told from a record is looked up; what is left over is a fault too.
func (r *Report) indexes(ctx context.Context, tx engine.Tx, der engine.Derived) error {
	want, err := deriveAll(ctx, tx, der)
	if err != nil {
		return err
	}
	for _, s := range spaces {
		have := 0
		walk(der, s, nil, func(k, v []byte) bool {
			have++
			w, ok := want[s][string(k)]
			if !ok || !bytes.Equal(w, v) {
				r.fault(string(s), "doctor.fault.index", true)
			}
			return true
		})
		if have < len(want[s]) {
			r.fault(string(s), "doctor.fault.index-missing", true)
		}
	}
	return nil
}

// memory is derived data in memory, for making it anew.
type memory map[engine.Space]map[string][]byte

// memTx derives into memory while reading records from a snapshot.
type memTx struct {
	engine.Tx
	mem memory
}

func (m memTx) Load(s engine.Space, key []byte) []byte { return m.mem[s][string(key)] }

func (m memTx) Store(s engine.Space, key, value []byte) error {
	if m.mem[s] == nil {
		m.mem[s] = map[string][]byte{}
	}
	m.mem[s][string(key)] = append([]byte{}, value...)
	return nil
}

func (m memTx) Erase(s engine.Space, key []byte) error {
	delete(m.mem[s], string(key))
	return nil
}

func (m memTx) Clear(s engine.Space) error {
	delete(m.mem, s)
	return nil
}

// Cursor sorts the space each time: it is asked only for small ones.
func (m memTx) Cursor(s engine.Space) engine.Cursor {
	return &memCursor{space: m.mem[s], keys: slices.Sorted(maps.Keys(m.mem[s]))}
}

type memCursor struct {
	space map[string][]byte
	keys  []string
	at    int
}

func (c *memCursor) here() (k, v []byte) {
	if c.at < 0 || c.at >= len(c.keys) {
		return nil, nil
	}
	return []byte(c.keys[c.at]), c.space[c.keys[c.at]]
}

func (c *memCursor) First() (k, v []byte) { c.at = 0; return c.here() }
func (c *memCursor) Last() (k, v []byte)  { c.at = len(c.keys) - 1; return c.here() }
func (c *memCursor) Next() (k, v []byte)  { c.at++; return c.here() }
func (c *memCursor) Prev() (k, v []byte)  { c.at--; return c.here() }
func (c *memCursor) Seek(key []byte) (k, v []byte) {
	c.at, _ = slices.BinarySearch(c.keys, string(key))
	return c.here()
}
