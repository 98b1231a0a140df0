// Package engine is the seam under the book: a small ordered key-value
// interface that a local file serves now and a replicated log can serve later.
// It is narrow on purpose. There are no interactive transactions and no locks:
// a batch is applied whole or not at all, under conditions on what was read.
package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// Rev is a revision: one for each applied batch, counted from 1.
type Rev uint64

// OpID names a batch before its first try: a UUID version 7 (RFC 9562). The
// engine remembers it for [OpMemory]; a batch with a remembered id is answered
// and not applied twice.
type OpID [16]byte

// Time gives the moment at which the id was made, to the millisecond.
func (o OpID) Time() time.Time {
	ms := int64(o[0])<<40 | int64(o[1])<<32 | int64(o[2])<<24 | int64(o[3])<<16 | int64(o[4])<<8 | int64(o[5])
	return time.UnixMilli(ms)
}

// OpMemory is how long operation ids are remembered. Older ones are refused,
// for the engine could no longer tell whether it applied them.
const OpMemory = 24 * time.Hour

// KV is a key with its value.
type KV struct {
	Key, Value []byte
}

// Condition says what must still stand for a batch to be applied. With End nil
// the record at Key must have the revision Rev, 0 for absent. With End set no
// record in [Key, End) may have a revision above Rev.
type Condition struct {
	Key, End []byte
	Rev      Rev
}

// Batch is what is applied whole or not at all.
type Batch struct {
	Op         OpID
	Conditions []Condition
	Puts       []KV
	Deletes    [][]byte
}

// Limits is what one batch may hold.
type Limits struct {
	Operations int // puts and deletes
	Bytes      int // of keys and values
}

// Event is one applied batch in the feed of changes: which keys it touched.
type Event struct {
	Rev  Rev
	Op   OpID
	Keys [][]byte
}

// Tx is a snapshot. Slices it gives are valid only until the view ends.
type Tx interface {
	// Rev is the revision the snapshot shows.
	Rev() Rev
	// Get gives the value at a key and the revision that wrote it; a nil value
	// and revision 0 where there is none.
	Get(key []byte) ([]byte, Rev)
	// Scan calls f for each key in [from, to) in order, at most limit times
	// (0 for no limit), until f gives false. A nil to means no end.
	Scan(from, to []byte, limit int, f func(key, value []byte, rev Rev) bool)
}

// Engine keeps records. All methods may be called from several goroutines.
type Engine interface {
	// View calls f with a snapshot of what was applied before. f must not keep
	// the snapshot, nor wait for a person or a network in it.
	View(f func(Tx) error) error
	// Apply applies a batch and gives its revision. A batch whose id was
	// applied before gives [ErrApplied] with that revision.
	Apply(ctx context.Context, b Batch) (Rev, error)
	// Changes calls f for each applied batch from a revision on, in order,
	// until f gives false. [ErrCompacted] where the feed no longer reaches back.
	Changes(from Rev, f func(Event) bool) error
	// Limits tells what one batch may hold.
	Limits() Limits
	// Close releases the engine.
	Close() error
}

// The errors of an engine. They are matched with errors.Is.
var (
	ErrConflict  = errors.New("engine: a condition no longer stands")
	ErrTooLarge  = errors.New("engine: batch over the limits")
	ErrUnknown   = errors.New("engine: outcome unknown")
	ErrReadOnly  = errors.New("engine: cannot write")
	ErrCompacted = errors.New("engine: changes no longer kept")
	ErrStaleOp   = errors.New("engine: operation id too old")
	ErrClosed    = errors.New("engine: closed")
	ErrDamaged   = errors.New("engine: data damaged")
)

// ErrApplied answers a batch that was applied before.
type ErrApplied struct {
	Rev Rev
}

// Error names the revision.
func (e ErrApplied) Error() string { return fmt.Sprintf("engine: applied as revision %d", e.Rev) }

// CheckBatch checks a batch against limits and for keys that are empty or named
// twice: a batch says one thing about a key.
func CheckBatch(b Batch, l Limits) error {
	if n := len(b.Puts) + len(b.Deletes); n > l.Operations {
		return fmt.Errorf("%w: %d operations of %d", ErrTooLarge, n, l.Operations)
	}
	size := 0
	if len(b.Deletes) == 0 && ascending(b.Puts) { // bulk loads: nothing is named twice
		for _, kv := range b.Puts {
			size += len(kv.Key) + len(kv.Value)
		}
		return checkSize(size, l)
	}
	seen := make(map[string]struct{}, len(b.Puts)+len(b.Deletes))
	check := func(key []byte) error {
		if len(key) == 0 {
			return errors.New("engine: empty key")
		}
		if _, twice := seen[string(key)]; twice {
			return fmt.Errorf("engine: key %x named twice", key)
		}
		seen[string(key)] = struct{}{}
		size += len(key)
		return nil
	}
	for _, kv := range b.Puts {
		if err := check(kv.Key); err != nil {
			return err
		}
		size += len(kv.Value)
	}
	for _, k := range b.Deletes {
		if err := check(k); err != nil {
			return err
		}
	}
	return checkSize(size, l)
}

func checkSize(size int, l Limits) error {
	if size > l.Bytes {
		return fmt.Errorf("%w: %d bytes of %d", ErrTooLarge, size, l.Bytes)
	}
	return nil
}

// ascending reports whether keys are not empty and each is above the one before.
func ascending(puts []KV) bool {
	var last []byte
	for _, kv := range puts {
		if bytes.Compare(kv.Key, last) <= 0 {
			return false
		}
		last = kv.Key
	}
	return true
}

// PrefixEnd gives the first key after all keys with a prefix; nil when there is
// none.
func PrefixEnd(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}
