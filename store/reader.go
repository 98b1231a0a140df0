package store

import (
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// reader is a snapshot that remembers what was read, so that the batch decided
// from it can be applied on the condition that all of it still stands. Changes
// of earlier actions of the same batch lie over it.
type reader struct {
	tx     engine.Tx
	der    engine.Derived
	keys   map[model.Key]engine.Rev
	ranges map[model.Key]bool
	over   map[model.Key]model.Record // nil value: removed
}

func newReader(tx engine.Tx, der engine.Derived) *reader {
	return &reader{tx: tx, der: der, keys: map[model.Key]engine.Rev{}, ranges: map[model.Key]bool{}, over: map[model.Key]model.Record{}}
}

// Get implements [model.Reader].
func (r *reader) Get(k model.Key) (model.Record, error) {
	if rec, ok := r.over[k]; ok {
		return rec, nil
	}
	v, rev := r.tx.Get([]byte(k))
	r.keys[k] = rev
	if v == nil {
		return nil, nil
	}
	return decode([]byte(k), v)
}

// Scan implements [model.Reader].
func (r *reader) Scan(prefix model.Key) ([]model.Record, error) {
	r.ranges[prefix] = true
	var out []model.Record
	var failed error
	from := []byte(prefix)
	r.tx.Scan(from, engine.PrefixEnd(from), 0, func(k, v []byte, rev engine.Rev) bool {
		r.keys[model.Key(k)] = rev // a range alone does not notice that one of it goes
		if _, changed := r.over[model.Key(k)]; changed {
			return true
		}
		rec, err := decode(k, v)
		if err != nil {
			failed = err
			return false
		}
		out = append(out, rec)
		return true
	})
	if failed != nil {
		return nil, failed
	}
	added := false
	for k, rec := range r.over {
		if rec != nil && hasPrefix([]byte(k), from) {
			out = append(out, rec)
			added = true
		}
	}
	if added {
		slices.SortFunc(out, func(a, b model.Record) int {
			switch {
			case a.Key() < b.Key():
				return -1
			case a.Key() > b.Key():
				return 1
			}
			return 0
		})
	}
	return out, nil
}

// Revenue implements [model.Reader]. It is a sum over many records and so no
// condition: a share of the revenue need not be exact to the last change.
func (r *reader) Revenue() (int64, error) {
	t, err := loadTotals(r.der)
	return t.Revenue, err
}

// Journal implements [model.Reader].
func (r *reader) Journal() model.JournalReader { return journalOf{tx: r.tx, der: r.der} }

// conditions says what must still stand.
func (r *reader) conditions() []engine.Condition {
	out := make([]engine.Condition, 0, len(r.keys)+len(r.ranges))
	for k, rev := range r.keys {
		out = append(out, engine.Condition{Key: []byte(k), Rev: rev})
	}
	for p := range r.ranges {
		from := []byte(p)
		out = append(out, engine.Condition{Key: from, End: engine.PrefixEnd(from), Rev: r.tx.Rev()})
	}
	return out
}
