package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// sealed is a record that was encoded before it is decided upon: rows of an
// import are encoded while others are being written.
type sealed struct {
	key   []byte
	value []byte
	sum   [sha256.Size]byte // digest of value
}

func (s *sealed) onDisk() []byte { return s.value }

// sealedCustomer is a new customer of an import.
type sealedCustomer struct {
	*model.Customer
	sealed
}

// sealedGuard is the claim of its number.
type sealedGuard struct {
	*model.Guard
	sealed
}

// sealer is [seal] for many records, which share the memory they are encoded in.
type sealer struct{ buf bytes.Buffer }

// seal encodes a record under a key that begins with a table.
func (s *sealer) seal(into *sealed, table model.Table, rest []byte, v any) error {
	b := &s.buf
	start := b.Len()
	b.WriteByte(byte(table))
	b.Write(rest)
	into.key = b.Bytes()[start:b.Len():b.Len()]
	start = b.Len()
	b.WriteByte(formatVersion)
	if err := cborEnc.MarshalToBuffer(v, b); err != nil {
		return model.NewError(model.KindInternal, "error.internal")
	}
	sum := crc32.Update(crc32.Checksum(into.key, crcTable), crcTable, b.Bytes()[start:])
	b.Write(binary.BigEndian.AppendUint32(b.AvailableBuffer(), sum))
	into.value = b.Bytes()[start:b.Len():b.Len()]
	into.sum = sha256.Sum256(into.value)
	return nil
}

// composeRows is compose for rows of an import: the same batch with less to do
// for each record, most of which are new and encoded already. That the keys of
// new customers are free is one condition on all of the run.
func (w *work) composeRows(env *model.Env, tx engine.Tx, r *reader) error {
	ch := w.changes[0]
	pay := payload{Bulk: true, Touched: make([]touched, 0, len(ch.Puts))}
	w.batch.Puts = make([]engine.KV, 0, len(ch.Puts)+2)
	var first, last []byte
	for _, p := range ch.Puts {
		var t touched
		kv := engine.KV{}
		switch rec := p.After.(type) {
		case *sealedCustomer:
			kv = engine.KV{Key: rec.key, Value: rec.value}
			t.After = rec.sum[:]
			if first == nil {
				first = rec.key
			}
			last = rec.key
		case *sealedGuard:
			kv = engine.KV{Key: rec.key, Value: rec.value}
			t.After = rec.sum[:]
		default:
			key := []byte(p.Key())
			raw, rev := tx.Get(key)
			if _, read := r.keys[p.Key()]; !read {
				r.keys[p.Key()] = rev
			}
			if (raw == nil) != (p.Before == nil) {
				return engine.ErrConflict
			}
			after, err := encode(p.After)
			if err != nil {
				return err
			}
			kv = engine.KV{Key: key, Value: after}
			t.Before, t.After = append([]byte(nil), raw...), digest(after)
		}
		t.Key = kv.Key
		w.batch.Puts = append(w.batch.Puts, kv)
		pay.Touched = append(pay.Touched, t)
	}
	if first != nil {
		w.batch.Conditions = append(w.batch.Conditions, engine.Condition{Key: first, End: append(bytes.Clone(last), 0)})
	}
	w.summarise(&pay)
	if err := w.journal(env, model.ActImportRows, &pay); err != nil {
		return err
	}
	inOrder := func(a, b engine.KV) int { return bytes.Compare(a.Key, b.Key) }
	if !slices.IsSortedFunc(w.batch.Puts, inOrder) { // known customers stand among the new ones
		slices.SortFunc(w.batch.Puts, inOrder)
	}
	return nil
}
