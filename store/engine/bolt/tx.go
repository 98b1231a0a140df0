package bolt

import (
	"bytes"
	"encoding/binary"
	"errors"

	bbolt "go.etcd.io/bbolt"

	"pasvorm/store/engine"
)

// boltTx is one transaction seen as records and as derived data.
type boltTx struct {
	tx      *bbolt.Tx
	records *bbolt.Bucket
	spaces  map[engine.Space]*bbolt.Bucket
}

// Rev implements [engine.Tx].
func (t *boltTx) Rev() engine.Rev {
	if m := t.tx.Bucket(bucketMeta); m != nil {
		if v := m.Get(keyRev); len(v) == 8 {
			return engine.Rev(binary.BigEndian.Uint64(v))
		}
	}
	return 0
}

// Get implements [engine.Tx].
func (t *boltTx) Get(key []byte) ([]byte, engine.Rev) {
	if t.records == nil {
		return nil, 0
	}
	v := t.records.Get(key)
	if len(v) < 8 {
		return nil, 0
	}
	return v[8:], engine.Rev(binary.BigEndian.Uint64(v))
}

// Scan implements [engine.Tx].
func (t *boltTx) Scan(from, to []byte, limit int, f func(key, value []byte, rev engine.Rev) bool) {
	if t.records == nil {
		return
	}
	c := t.records.Cursor()
	n := 0
	for k, v := c.Seek(from); k != nil && (to == nil || bytes.Compare(k, to) < 0); k, v = c.Next() {
		if len(v) < 8 {
			continue
		}
		if !f(k, v[8:], engine.Rev(binary.BigEndian.Uint64(v))) {
			return
		}
		if n++; n == limit {
			return
		}
	}
}

func (t *boltTx) space(s engine.Space, make bool) (*bbolt.Bucket, error) {
	if b := t.spaces[s]; b != nil {
		return b, nil
	}
	name := []byte("." + string(s))
	b := t.tx.Bucket(name)
	if b == nil && make {
		var err error
		if b, err = t.tx.CreateBucket(name); err != nil {
			return nil, err
		}
	}
	if b != nil {
		if t.spaces == nil {
			t.spaces = map[engine.Space]*bbolt.Bucket{}
		}
		t.spaces[s] = b
	}
	return b, nil
}

// Load implements [engine.Derived].
func (t *boltTx) Load(s engine.Space, key []byte) []byte {
	b, err := t.space(s, false)
	if err != nil || b == nil {
		return nil
	}
	return b.Get(key)
}

// Cursor implements [engine.Derived].
func (t *boltTx) Cursor(s engine.Space) engine.Cursor {
	b, err := t.space(s, false)
	if err != nil || b == nil {
		return noCursor{}
	}
	return b.Cursor()
}

// Store implements [engine.DerivedTx].
func (t *boltTx) Store(s engine.Space, key, value []byte) error {
	b, err := t.space(s, true)
	if err != nil {
		return err
	}
	return b.Put(key, value)
}

// sortedFill is how full a page is left when keys come in order; bbolt's half
// is meant for keys that come anywhere.
const sortedFill = 0.95

// Sorted implements [engine.SortedTx].
func (t *boltTx) Sorted(s engine.Space) {
	if b, err := t.space(s, true); err == nil && b != nil {
		b.FillPercent = sortedFill
	}
}

// Erase implements [engine.DerivedTx].
func (t *boltTx) Erase(s engine.Space, key []byte) error {
	b, err := t.space(s, false)
	if err != nil || b == nil {
		return err
	}
	return b.Delete(key)
}

// Clear implements [engine.DerivedTx].
func (t *boltTx) Clear(s engine.Space) error {
	b, err := t.space(s, false)
	if err != nil || b == nil {
		return err
	}
	delete(t.spaces, s)
	return t.tx.DeleteBucket([]byte("." + string(s)))
}

// noCursor walks a space that is not there yet.
type noCursor struct{}

func (noCursor) First() (k, v []byte)      { return nil, nil }
func (noCursor) Last() (k, v []byte)       { return nil, nil }
func (noCursor) Seek([]byte) (k, v []byte) { return nil, nil }
func (noCursor) Next() (k, v []byte)       { return nil, nil }
func (noCursor) Prev() (k, v []byte)       { return nil, nil }

// encodeEvent writes a line of the feed: the operation id, then each key with
// its length before it.
func encodeEvent(b *engine.Batch) []byte {
	out := append([]byte(nil), b.Op[:]...)
	for _, kv := range b.Puts {
		out = binary.AppendUvarint(out, uint64(len(kv.Key)))
		out = append(out, kv.Key...)
	}
	for _, k := range b.Deletes {
		out = binary.AppendUvarint(out, uint64(len(k)))
		out = append(out, k...)
	}
	return out
}

func decodeEvent(v []byte) (engine.Event, error) {
	var e engine.Event
	if len(v) < len(e.Op) {
		return e, errors.New("bolt: line of the feed too short")
	}
	copy(e.Op[:], v)
	for v = v[len(e.Op):]; len(v) > 0; {
		n, w := binary.Uvarint(v)
		if w <= 0 || n > uint64(len(v)-w) {
			return e, errors.New("bolt: line of the feed cut off")
		}
		e.Keys = append(e.Keys, append([]byte(nil), v[w:w+int(n)]...))
		v = v[w+int(n):]
	}
	return e, nil
}
