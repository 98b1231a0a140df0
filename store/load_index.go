package store

import (
	"context"
	"errors"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// loadSizes are the steps in which much is written; tests make them small.
type loadSizes struct {
	rows  int // most rows in a batch
	keys  int // index keys written, or taken out, in one transaction
	scan  int // records, or lines of the journal, read in one transaction
	small int // customers of an import that the applier indexes one by one; more come from sorted runs

	doubles int // candidates that an import queues; the rest is counted
}

func standardLoad() loadSizes {
	return loadSizes{rows: 8192, keys: 64_000, scan: 8192, small: 20_000, doubles: maxDoubles}
}

// importRuns are the index keys of an import's customers on their way.
type importRuns struct {
	names, terms *sorter
	worth, cards *sorter
	sums         totals
	buf          []byte
	words        []string
}

func newImportRuns(dir string) *importRuns {
	return &importRuns{names: newSorter(dir), terms: newSorter(dir), worth: newSorter(dir), cards: newSorter(dir)}
}

// close drops what was added; the runs can be filled anew.
func (r *importRuns) close() error {
	r.sums = totals{}
	return errors.Join(r.names.close(), r.terms.close(), r.worth.close(), r.cards.close())
}

func (r *importRuns) add(c *model.Customer) error {
	r.sums.count(c, 1)
	if err := r.names.add(nameKey(c)); err != nil {
		return err
	}
	if k := worthKey(c); k != nil {
		if err := r.worth.add(k); err != nil {
			return err
		}
	}
	r.words = search.Terms(r.words[:0], c)
	for _, t := range r.words {
		r.buf = append(append(append(r.buf[:0], t...), 0), c.ID[:]...)
		if err := r.terms.add(r.buf); err != nil {
			return err
		}
	}
	r.words = cardWords(r.words[:0], c)
	for _, w := range r.words {
		r.buf = wordKey(r.buf[:0], w, c.ID)
		if err := r.cards.add(r.buf); err != nil {
			return err
		}
	}
	return nil
}

// indexSorted writes the runs of an import that is not finished into the
// indexes, in key order and in bounded transactions. From the first of them on
// the book knows that some keys are there, after the last that all are.
func (b *Book) indexSorted(ctx context.Context, imp model.ID, runs *importRuns) error {
	b.gate.RLock()
	defer b.gate.RUnlock()
	if err := b.setPhase(&loadingImport{id: imp, phase: indexSome}); err != nil {
		return err
	}
	for _, part := range []struct {
		space engine.Space
		keys  *sorter
	}{{spaceName, runs.names}, {search.SpaceTerm, runs.terms}, {spaceWorth, runs.worth}, {spaceCard, runs.cards}} {
		if err := b.writeSorted(ctx, part.space, part.keys); err != nil {
			return err
		}
	}
	return b.setPhase(&loadingImport{id: imp, phase: indexAll, sums: runs.sums})
}

func (b *Book) setPhase(l *loadingImport) error {
	return b.eng.Rework(func(tx engine.DerivedTx) error {
		if tx.Load(spaceLoading, l.id[:]) == nil {
			return model.NewError(model.KindConflict, "error.import.moved").WithHint("hint.again")
		}
		return l.store(tx)
	})
}

// writeSorted writes keys without values. The runs are merged while the ones
// before are being written.
func (b *Book) writeSorted(ctx context.Context, space engine.Space, keys *sorter) error {
	merging, cancel := context.WithCancel(ctx)
	defer cancel()
	blocks, written, done := make(chan *keyBlock, 1), make(chan *keyBlock, 3), make(chan error, 1)
	go func() {
		fresh := func() *keyBlock {
			select {
			case b := <-written:
				b.bytes, b.keys = b.bytes[:0], b.keys[:0]
				return b
			default:
			}
			return &keyBlock{bytes: make([]byte, 0, b.load.keys*48), keys: make([]keyPlace, 0, b.load.keys)}
		}
		block := fresh()
		hand := func() error {
			select {
			case blocks <- block:
				block = fresh()
				return nil
			case <-merging.Done():
				return merging.Err()
			}
		}
		err := keys.merge(func(key []byte) error {
			block.add(key)
			if len(block.keys) < b.load.keys {
				return nil
			}
			return hand()
		})
		if err == nil && len(block.keys) > 0 {
			err = hand()
		}
		close(blocks)
		done <- err
	}()
	var failed error
	for block := range blocks {
		if failed = ctx.Err(); failed == nil {
			failed = b.storeBlock(space, block)
			written <- block // never more than three are about
		}
		if failed != nil {
			cancel()
			break
		}
	}
	err := <-done
	if failed != nil {
		return failed
	}
	return err
}

func (b *Book) storeBlock(space engine.Space, block *keyBlock) error {
	return b.eng.Rework(func(tx engine.DerivedTx) error {
		if s, ok := tx.(engine.SortedTx); ok {
			s.Sorted(space)
		}
		for _, p := range block.keys {
			if err := tx.Store(space, block.key(p), nothing); err != nil {
				return err
			}
		}
		return nil
	})
}

// unindex takes the customers of an import whose end was undone out of the
// indexes: one walk in key order, in bounded transactions. Taken out row by row
// they would touch the whole of the indexes with every batch.
func (b *Book) unindex(ctx context.Context, imp model.ID) error {
	b.gate.RLock()
	defer b.gate.RUnlock()
	if err := b.setPhase(&loadingImport{id: imp, phase: indexSome}); err != nil {
		return err
	}
	for _, space := range customerSpaces {
		var next []byte
		for more := true; more; {
			if err := ctx.Err(); err != nil {
				return err
			}
			var out [][]byte
			err := b.eng.Snapshot(func(_ engine.Tx, der engine.Derived) error {
				out, next = importedKeys(der, space, imp, next, b.load.keys)
				more = next != nil
				return nil
			})
			if err != nil {
				return err
			}
			if err := b.eraseAll(space, out); err != nil {
				return err
			}
		}
	}
	return b.setPhase(&loadingImport{id: imp})
}

// importedKeys collects keys of an import's customers from one on, and the key
// to go on from; nil at the end.
func importedKeys(der engine.Derived, space engine.Space, imp model.ID, from []byte, step int) (out [][]byte, next []byte) {
	c := der.Cursor(space)
	seen := 0
	for k, _ := c.Seek(from); k != nil; k, _ = c.Next() {
		if seen++; seen > 16*step || len(out) == step {
			return out, append([]byte(nil), k...)
		}
		if ofImport(k, imp) {
			out = append(out, append([]byte(nil), k...))
		}
	}
	return out, nil
}

func (b *Book) eraseAll(space engine.Space, keys [][]byte) error {
	if len(keys) == 0 {
		return nil
	}
	return b.eng.Rework(func(tx engine.DerivedTx) error {
		for _, k := range keys {
			if err := tx.Erase(space, k); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachOfImport hands out the customers of an import in order. It reads them in
// steps, so that no snapshot stays open while f works.
func (b *Book) eachOfImport(ctx context.Context, imp model.ID, f func(*model.Customer) error) error {
	prefix := append([]byte{byte(model.TableCustomer)}, imp[:importPrefix]...)
	return b.eachCustomer(ctx, prefix, engine.PrefixEnd(prefix), f)
}

// eachCustomer is eachOfImport for a range of keys.
func (b *Book) eachCustomer(ctx context.Context, from, to []byte, f func(*model.Customer) error) error {
	for step := make([]*model.Customer, 0, b.load.scan); ; step = step[:0] {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.eng.View(func(tx engine.Tx) error {
			var failed error
			tx.Scan(from, to, b.load.scan, func(k, v []byte, _ engine.Rev) bool {
				r, err := decode(k, v)
				if c, ok := r.(*model.Customer); ok {
					step = append(step, c)
				}
				failed = err
				return err == nil
			})
			return failed
		})
		if err != nil {
			return err
		}
		for _, c := range step {
			if err := f(c); err != nil {
				return err
			}
		}
		if len(step) < b.load.scan {
			return nil
		}
		from = append([]byte(step[len(step)-1].Key()), 0)
	}
}
