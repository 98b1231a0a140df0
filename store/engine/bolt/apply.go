package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	bbolt "go.etcd.io/bbolt"

	"pasvorm/store/engine"
)

// Apply implements [engine.Engine].
func (d *DB) Apply(ctx context.Context, b engine.Batch) (engine.Rev, error) {
	if err := engine.CheckBatch(b, d.opt.Limits); err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	var rev engine.Rev
	err := d.update(func(tx *bbolt.Tx) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		t := &boltTx{tx: tx, records: tx.Bucket(bucketRecords)}
		if err := d.admit(t, &b); err != nil {
			return err
		}
		rev = t.Rev() + 1
		before, err := t.write(rev, &b)
		if err != nil {
			return err
		}
		if err := d.remember(tx, rev, &b); err != nil {
			return err
		}
		if d.opt.Applier == nil {
			return nil
		}
		return d.opt.Applier.Derive(t, rev, &b, func(key []byte) []byte { return before[string(key)] })
	})
	if err != nil {
		return 0, writeError(err)
	}
	return rev, nil
}

// admit checks the operation id and the conditions.
func (d *DB) admit(t *boltTx, b *engine.Batch) error {
	if v := t.tx.Bucket(bucketOps).Get(b.Op[:]); v != nil {
		return engine.ErrApplied{Rev: engine.Rev(binary.BigEndian.Uint64(v))}
	}
	if d.opt.Now().Sub(b.Op.Time()) >= engine.OpMemory {
		return engine.ErrStaleOp
	}
	cur := t.records.Cursor()
	for _, c := range b.Conditions {
		stands := true
		if c.End == nil {
			rev := engine.Rev(0)
			if k, v := cur.Seek(c.Key); bytes.Equal(k, c.Key) && len(v) >= 8 {
				rev = engine.Rev(binary.BigEndian.Uint64(v))
			}
			stands = rev == c.Rev
		} else {
			t.Scan(c.Key, c.End, 0, func(_, _ []byte, rev engine.Rev) bool {
				stands = rev <= c.Rev
				return stands
			})
		}
		if !stands {
			return engine.ErrConflict
		}
	}
	return nil
}

// manyPuts is how many puts make a bulk change.
const manyPuts = 1000

// write puts and deletes, and gives the values as they stood before.
func (t *boltTx) write(rev engine.Rev, b *engine.Batch) (map[string][]byte, error) {
	before := make(map[string][]byte, len(b.Deletes))
	if len(b.Puts) >= manyPuts {
		t.records.FillPercent = sortedFill // a bulk change: new ids sort last in their table
	}
	absent := absentBy(b)
	size := 0
	for _, kv := range b.Puts {
		size += 8 + len(kv.Value)
	}
	values := make([]byte, 0, size) // the file keeps them until it is written
	for _, kv := range b.Puts {
		if !absent(kv.Key) {
			if old := t.records.Get(kv.Key); old != nil {
				before[string(kv.Key)] = append([]byte(nil), old[8:]...)
			}
		}
		at := len(values)
		values = append(binary.BigEndian.AppendUint64(values, uint64(rev)), kv.Value...)
		v := values[at:len(values):len(values)]
		if err := t.records.Put(kv.Key, v); err != nil {
			return nil, err
		}
	}
	for _, k := range b.Deletes {
		if old := t.records.Get(k); old != nil {
			before[string(k)] = append([]byte(nil), old[8:]...)
		}
		if err := t.records.Delete(k); err != nil {
			return nil, err
		}
	}
	return before, nil
}

// absentBy gives what is known from the conditions, which stand, not to be there:
// in a bulk change it spares looking for each new record once more.
func absentBy(b *engine.Batch) func(key []byte) bool {
	if len(b.Puts) < manyPuts {
		return func([]byte) bool { return false }
	}
	keys := map[string]struct{}{}
	var ranges []engine.Condition
	for _, c := range b.Conditions {
		switch {
		case c.Rev != 0:
		case c.End == nil:
			keys[string(c.Key)] = struct{}{}
		default:
			ranges = append(ranges, c)
		}
	}
	return func(key []byte) bool {
		for _, r := range ranges {
			if bytes.Compare(key, r.Key) >= 0 && bytes.Compare(key, r.End) < 0 {
				return true
			}
		}
		_, ok := keys[string(key)]
		return ok
	}
}

// remember notes the revision, the operation id and the line of the feed, and
// forgets what is older than is kept.
func (d *DB) remember(tx *bbolt.Tx, rev engine.Rev, b *engine.Batch) error {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(rev))
	if err := tx.Bucket(bucketMeta).Put(keyRev, n[:]); err != nil {
		return err
	}
	if err := tx.Bucket(bucketOps).Put(b.Op[:], n[:]); err != nil {
		return err
	}
	if err := d.forgetOps(tx); err != nil {
		return err
	}
	log := tx.Bucket(bucketLog)
	if err := log.Put(n[:], encodeEvent(b)); err != nil {
		return err
	}
	if uint64(rev) <= logKept {
		return nil
	}
	from := uint64(rev) - logKept + 1
	c := log.Cursor()
	for k, _ := c.First(); k != nil && binary.BigEndian.Uint64(k) < from; k, _ = c.First() {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	var f [8]byte
	binary.BigEndian.PutUint64(f[:], from)
	return tx.Bucket(bucketMeta).Put(keyLogFrom, f[:])
}

// forgetOps drops a few operation ids that are past remembering. Ids are
// ordered by time, so the oldest come first.
func (d *DB) forgetOps(tx *bbolt.Tx) error {
	c := tx.Bucket(bucketOps).Cursor()
	for range 4 {
		k, _ := c.First()
		if k == nil || d.opt.Now().Sub(engine.OpID(k).Time()) < engine.OpMemory+time.Hour {
			return nil
		}
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return nil
}

// Changes implements [engine.Engine].
func (d *DB) Changes(from engine.Rev, f func(engine.Event) bool) error {
	return closed(d.view(func(tx *bbolt.Tx) error {
		if v := tx.Bucket(bucketMeta).Get(keyLogFrom); v != nil && uint64(from) < binary.BigEndian.Uint64(v) {
			return engine.ErrCompacted
		}
		var start [8]byte
		binary.BigEndian.PutUint64(start[:], uint64(from))
		c := tx.Bucket(bucketLog).Cursor()
		for k, v := c.Seek(start[:]); k != nil; k, v = c.Next() {
			e, err := decodeEvent(v)
			if err != nil {
				return err
			}
			e.Rev = engine.Rev(binary.BigEndian.Uint64(k))
			if !f(e) {
				return nil
			}
		}
		return nil
	}))
}

// Check walks the whole file and gives what is unsound in it. bbolt walks the
// pages in a goroutine of its own, so a page that points outside the file can
// end the process: where damage is suspected, call it in a child process.
func (d *DB) Check() []error {
	var out []error
	err := d.view(func(tx *bbolt.Tx) error {
		for e := range tx.Check() {
			out = append(out, e)
		}
		records := tx.Bucket(bucketRecords)
		if records == nil {
			return nil
		}
		return records.ForEach(func(k, v []byte) error {
			if len(v) < 8 {
				out = append(out, fmt.Errorf("%w: value of %d bytes under a key of %d", ErrDamaged, len(v), len(k)))
			}
			return nil
		})
	})
	if err != nil {
		out = append(out, err)
	}
	return out
}
