// Package enginetest holds every engine to what package engine promises. An
// engine that passes can stand under the book.
package enginetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pasvorm/store/engine"
)

// Options are what a test asks of the engine it opens.
type Options struct {
	Now    func() time.Time // for the age of operation ids
	Limits engine.Limits    // of one batch
}

// Maker opens an empty engine that lives as long as the test.
type Maker func(t testing.TB, opt Options) engine.Engine

// Kept is how many revisions of the feed an engine must keep at least.
const Kept = 1000

// limits of the engines under test: small, so that they can be reached.
var limits = engine.Limits{Operations: 1000, Bytes: 4 << 20}

// bench is one engine with a clock and operation ids of its own.
type bench struct {
	testing.TB
	engine.Engine
	mu  sync.Mutex
	now time.Time
	n   uint64
}

func newBench(t testing.TB, open Maker) *bench {
	b := &bench{TB: t, now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	b.Engine = open(t, Options{Now: b.clock, Limits: limits})
	return b
}

func (b *bench) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *bench) add(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// op makes an operation id: a UUID version 7 with a count for chance.
func (b *bench) op() (id engine.OpID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	ms := uint64(b.now.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = 0x70
	binary.BigEndian.PutUint64(id[8:], b.n)
	id[8] |= 0x80
	return id
}

func kv(k, v string) engine.KV { return engine.KV{Key: []byte(k), Value: []byte(v)} }

func puts(kvs ...string) (out []engine.KV) {
	for i := 0; i+1 < len(kvs); i += 2 {
		out = append(out, kv(kvs[i], kvs[i+1]))
	}
	return out
}

func keys(ks ...string) (out [][]byte) {
	for _, k := range ks {
		out = append(out, []byte(k))
	}
	return out
}

// apply applies a batch under a new operation id unless it has one.
func (b *bench) apply(batch engine.Batch) (engine.Rev, error) {
	if batch.Op == (engine.OpID{}) {
		batch.Op = b.op()
	}
	return b.Apply(context.Background(), batch)
}

func (b *bench) must(batch engine.Batch) engine.Rev {
	b.Helper()
	rev, err := b.apply(batch)
	if err != nil {
		b.Fatalf("apply: %v", err)
	}
	return rev
}

// refused applies a batch that must fail with an error and change nothing.
func (b *bench) refused(batch engine.Batch, want error) {
	b.Helper()
	before := b.dump()
	_, err := b.apply(batch)
	if err == nil || want != nil && !errors.Is(err, want) {
		b.Fatalf("apply gave %v, want %v", err, want)
	}
	if after := b.dump(); after != before {
		b.Fatalf("a refused batch left\n%s\nwhere stood\n%s", after, before)
	}
}

// dump writes down the revision and every record.
func (b *bench) dump() string {
	b.Helper()
	var out string
	err := b.View(func(tx engine.Tx) error {
		out = fmt.Sprintf("@%d", tx.Rev())
		tx.Scan(nil, nil, 0, func(k, v []byte, rev engine.Rev) bool {
			out += fmt.Sprintf(" %q=%q@%d", k, v, rev)
			return true
		})
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

func (b *bench) want(dump string) {
	b.Helper()
	if got := b.dump(); got != dump {
		b.Fatalf("engine holds\n%s\nwant\n%s", got, dump)
	}
}

// Run runs the suite.
func Run(t *testing.T, open Maker) {
	for _, c := range []struct {
		name string
		test func(*bench)
	}{
		{"empty", empty}, {"revisions", revisions}, {"values", values}, {"order", order}, {"bounds", bounds},
		{"isolation", isolation}, {"view error", viewError}, {"condition on a key", conditionKey},
		{"condition on a range", conditionRange}, {"atomic", atomic}, {"repeated operation", repeated},
		{"stale operation", stale}, {"limits", limited}, {"bad batches", bad}, {"cancelled", cancelled},
		{"no aliasing", aliasing}, {"many at once", many}, {"changes", changes}, {"compacted", compacted},
		{"closed", closed}, {"like a map", likeMap},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(newBench(t, open)) })
	}
}
