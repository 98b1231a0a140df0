package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// derivedVersion stands in spaceMeta under keyDerived and says which derived
// data the book has. It goes up whenever a program derives more than the one
// before, or otherwise: a book with another version, or with none, is opened
// like one whose rebuild was interrupted.
var (
	keyDerived     = []byte("derived")
	derivedVersion = []byte{2}
)

// remeasure derives from every record, then from what the contacts come to
// together.
func (b *Book) remeasure(ctx context.Context, progress func(int)) (sums totals, err error) {
	runs := &cellRuns{keys: newSorter(b.tempDir())}
	words := &wordRuns{keys: newSorter(b.tempDir())}
	defer func() { err = errors.Join(err, runs.keys.close(), words.keys.close()) }()
	sums, done, err := b.rederive(ctx, runs, words, progress)
	if err != nil {
		return sums, err
	}
	heard := func() {
		if progress != nil {
			progress(done)
		}
	}
	if err := b.recount(ctx, runs, heard); err != nil {
		return sums, err
	}
	if err := b.writeCells(ctx, runs, heard); err != nil {
		return sums, err
	}
	return sums, b.writeWords(ctx, words, heard)
}

// cellRuns are the cells of a rebuild on their way. A cell is of a month and the
// records go by customer, so written as they come they would touch the whole of
// their space with every step; they wait in sorted runs instead, in bounded
// memory, until all are there.
type cellRuns struct {
	keys *sorter
	n    uint32 // keeps equal keys apart
	buf  []byte
}

// add takes over what a step adds to the cells.
func (r *cellRuns) add(cells map[string]*model.Tally) error {
	for k, t := range cells {
		r.n++
		r.buf = binary.BigEndian.AppendUint32(append(r.buf[:0], k...), r.n)
		if err := r.keys.add(append(r.buf, sealTally(t)...)); err != nil {
			return err
		}
	}
	return nil
}

// splitCell takes apart what add put together.
func splitCell(b []byte) (key, tally []byte, ok bool) {
	const head = 1 + 4 // dimension, month
	if len(b) < head {
		return nil, nil, false
	}
	end := head + bytes.IndexByte(b[head:], 0) + 1 + 16
	if end < head+17 || len(b) < end+4 {
		return nil, nil, false
	}
	return b[:end], b[end+4:], true
}

// flushStep adds what a step of a rebuild gathered: the days at once, for they
// are few, and the cells to the runs.
func (m *measures) flushStep(tx engine.DerivedTx, runs *cellRuns) error {
	daily, cell := m.daily, m.cell
	m.daily, m.cell = nil, nil
	if err := addTallies(tx, spaceDaily, daily); err != nil {
		return err
	}
	return runs.add(cell)
}

// recount counts every matter, once all contacts are in their places, and finds
// who is in limbo. Steps end between matters.
func (b *Book) recount(ctx context.Context, runs *cellRuns, heard func()) error {
	var next []byte
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.eng.Rework(func(tx engine.DerivedTx) error {
			run := &sortedRun{DerivedTx: tx}
			d := derivation{tx: run}
			more = false
			n := 0
			var customers []model.ID
			eachMatter(tx, next, func(id model.ID, matter []trace, at []byte) bool {
				for _, x := range threadCounts(matter) {
					d.measures.add(&share{dim: model.ByTopic, day: x.day, key: matter[0].topic, customer: id, tally: x.tally}, 1)
				}
				if l := len(customers); l == 0 || customers[l-1] != id {
					customers = append(customers, id)
				}
				n += len(matter)
				if n >= b.load.scan && at != nil {
					next, more = bytes.Clone(at), true
					return false
				}
				return true
			})
			for _, id := range customers { // one that two steps share is looked at twice, with the same outcome
				if err := d.limbo(id); err != nil && model.KindOf(err) != model.KindCorrupt {
					return err
				}
			}
			return errors.Join(d.measures.flushStep(run, runs), run.write())
		})
		if err != nil {
			return err
		}
		heard()
	}
	return nil
}

// writeCells writes the cells in key order, in bounded transactions.
func (b *Book) writeCells(ctx context.Context, runs *cellRuns, heard func()) error {
	var block []engine.KV
	write := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.eng.Rework(func(tx engine.DerivedTx) error {
			if s, ok := tx.(engine.SortedTx); ok {
				s.Sorted(spaceCell)
			}
			for _, kv := range block {
				if err := tx.Store(spaceCell, kv.Key, kv.Value); err != nil {
					return err
				}
			}
			return nil
		})
		block = block[:0]
		heard()
		return err
	}
	var key []byte
	var sum model.Tally
	whole := func() {
		if key != nil && !sum.Zero() {
			block = append(block, engine.KV{Key: bytes.Clone(key), Value: sealTally(&sum)})
		}
	}
	err := runs.keys.merge(func(b2 []byte) error {
		k, sealed, ok := splitCell(b2)
		var t model.Tally
		if !ok || !unsealTally(sealed, &t) {
			return corrupt(string(spaceCell), "tally")
		}
		if bytes.Equal(k, key) {
			sum.Add(&t, 1)
			return nil
		}
		whole()
		key, sum = append(key[:0], k...), t
		if len(block) >= b.load.keys {
			return write()
		}
		return nil
	})
	if err != nil {
		return err
	}
	whole()
	return write()
}
