package store

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// keyRebuild stands in spaceMeta while derived data is being made anew: a book
// that is opened with it was interrupted, and its indexes are not to be trusted.
var keyRebuild = []byte("rebuild")

// Rebuild makes all derived data anew from the records. It goes by steps, each
// a transaction of its own; one that is interrupted is done again when the book
// is next opened, and so is a book that an earlier program left with less.
// Changes wait until it is done. The chain of the journal is evidence and is
// kept as it stands: only lines that are missing are put back, from the revision
// at which their entry was written.
func (b *Book) Rebuild(ctx context.Context, progress func(int)) error {
	b.gate.Lock()
	defer b.gate.Unlock()
	if err := b.rebuild(ctx, progress); err != nil {
		return wrap(err)
	}
	if err := b.finder.forget(); err != nil {
		return wrap(err)
	}
	b.wake()
	return nil
}

func (b *Book) rebuild(ctx context.Context, progress func(int)) error {
	err := b.eng.Rework(func(tx engine.DerivedTx) error {
		if err := tx.Store(spaceMeta, keyRebuild, []byte{1}); err != nil {
			return err
		}
		for _, s := range rebuilt {
			if err := tx.Clear(s); err != nil {
				return err
			}
		}
		return loadingAgain(tx)
	})
	if err != nil {
		return err
	}
	sums, err := b.remeasure(ctx, progress)
	if err != nil {
		return err
	}
	if err := b.rejournal(ctx); err != nil {
		return err
	}
	return b.eng.Rework(func(tx engine.DerivedTx) error {
		if err := tx.Erase(spaceMeta, keyRebuild); err != nil {
			return err
		}
		if err := tx.Store(spaceMeta, keyDerived, derivedVersion); err != nil {
			return err
		}
		return storeTotals(tx, sums)
	})
}

// loadingAgain finds the imports that are not finished. What they had indexed
// beforehand is gone with the indexes, so none counts as ready.
func loadingAgain(tx engine.DerivedTx) error {
	var failed error
	from := []byte{byte(model.TableImport)}
	tx.Scan(from, engine.PrefixEnd(from), 0, func(k, v []byte, _ engine.Rev) bool {
		rec, err := decode(k, v)
		if imp, ok := rec.(*model.Import); err == nil && ok && imp.State == model.ImportLoading {
			failed = tx.Store(spaceLoading, imp.ID[:], nothing)
		}
		return failed == nil
	})
	return failed
}

// rederive derives from every record as if it were new, and tells how many there
// are.
func (b *Book) rederive(ctx context.Context, runs *cellRuns, words *wordRuns, progress func(int)) (totals, int, error) {
	d := derivation{rebuilding: true, words: wordCounts{runs: words}}
	var next []byte
	done := 0
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return d.sums, done, err
		}
		err := b.eng.Rework(func(tx engine.DerivedTx) error {
			run := &sortedRun{DerivedTx: tx}
			d.tx, d.states, d.limbos = run, map[model.ID]bool{}, map[model.ID]bool{}
			more = false
			var failed error
			if d.loading, failed = loadLoading(tx); failed != nil {
				return failed
			}
			n := 0
			tx.Scan(next, nil, 0, func(k, v []byte, _ engine.Rev) bool {
				if n == b.load.scan {
					next, more = append([]byte(nil), k...), true
					return false
				}
				n++
				failed = d.again(k, v)
				return failed == nil
			})
			done += n
			if failed != nil {
				return failed
			}
			for id := range d.states {
				if err := d.state(id); err != nil && model.KindOf(err) != model.KindCorrupt {
					return err
				}
			}
			return errors.Join(d.measures.flushStep(run, runs), d.words.flush(run), run.write())
		})
		if err != nil {
			return d.sums, done, err
		}
		if progress != nil {
			progress(done)
		}
	}
	return d.sums, done, nil
}

// again derives from one record; what imports come to was seen before, see
// loadingAgain. A bad record has no place in an index; the doctor names it.
func (d *derivation) again(k, v []byte) error {
	if t := model.Table(k[0]); !derived[t] || t == model.TableImport {
		return nil
	}
	rec, err := decode(k, v)
	if err != nil {
		return nil //nolint:nilerr // see above
	}
	return d.derive(nil, rec)
}

// sortedRun keeps what is stored and writes it in key order, which is how an
// ordered file takes it best.
type sortedRun struct {
	engine.DerivedTx
	stored map[engine.Space][]engine.KV
}

// Store keeps a value back.
func (r *sortedRun) Store(s engine.Space, key, value []byte) error {
	if r.stored == nil {
		r.stored = map[engine.Space][]engine.KV{}
	}
	r.stored[s] = append(r.stored[s], engine.KV{Key: bytes.Clone(key), Value: bytes.Clone(value)})
	return nil
}

func (r *sortedRun) write() error {
	for s, run := range r.stored {
		slices.SortStableFunc(run, func(a, b engine.KV) int { return bytes.Compare(a.Key, b.Key) })
		for _, kv := range run {
			if err := r.DerivedTx.Store(s, kv.Key, kv.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// rejournal derives from every entry anew, in the order of revisions.
func (b *Book) rejournal(ctx context.Context) error {
	if err := b.eng.Rework(relink); err != nil {
		return err
	}
	next := revKey(0)
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.eng.Rework(func(tx engine.DerivedTx) error {
			more = false
			var step []line
			walkFrom(tx, spaceRev, next, func(k, v []byte) bool {
				if len(step) == b.load.scan {
					next, more = append([]byte(nil), k...), true
					return false
				}
				if l, ok := lineOf(k, v); ok {
					step = append(step, l)
				}
				return true
			})
			placed := 0
			for _, l := range step {
				if placed >= b.load.scan { // of bulk changes a few lines are a step
					next, more = revKey(l.rev), true
					break
				}
				n, err := l.place(tx)
				if err != nil && model.KindOf(err) != model.KindCorrupt {
					return err
				}
				placed += n
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// line is one line of the journal's order.
type line struct {
	rev model.Rev
	op  model.ID
}

func lineOf(k, v []byte) (line, bool) {
	if len(k) != 8 || len(v) != 48 {
		return line{}, false
	}
	l := line{rev: revOf(k)}
	copy(l.op[:], v)
	return l, true
}

// place derives from the entry, and tells how many records it touched.
func (l line) place(tx engine.DerivedTx) (int, error) {
	var h header
	hv, _ := tx.Get([]byte(headerKey(l.op)))
	if err := unseal(headerKey(l.op), hv, &h); err != nil {
		return 0, err
	}
	if err := placeGroup(tx, &h, l.rev); err != nil {
		return 0, err
	}
	var pay payload
	pv, _ := tx.Get([]byte(payloadKey(l.op)))
	if err := unseal(payloadKey(l.op), pv, &pay); err != nil {
		return 0, err
	}
	return len(pay.Touched), storeSubjects(tx, &pay, l.rev)
}

// relink puts back lines that the journal's order lacks, and chains anew from
// the first of them. Where nothing is missing nothing is touched: an entry that
// was tampered with goes on to show.
func relink(tx engine.DerivedTx) error {
	var lost []line
	from := []byte{tableHeader}
	tx.Scan(from, engine.PrefixEnd(from), 0, func(k, _ []byte, rev engine.Rev) bool {
		l := line{rev: model.Rev(rev)}
		copy(l.op[:], k[1:])
		if tx.Load(spaceRev, revKey(l.rev)) == nil {
			lost = append(lost, l)
		}
		return true
	})
	if len(lost) == 0 {
		return nil
	}
	first := lost[0].rev
	for _, l := range lost {
		first = min(first, l.rev)
		if err := tx.Store(spaceRev, revKey(l.rev), append(l.op[:], make([]byte, 32)...)); err != nil {
			return err
		}
	}
	var prev []byte
	var after []line
	walk(tx, spaceRev, nil, func(k, v []byte) bool {
		l, ok := lineOf(k, v)
		switch {
		case ok && l.rev < first:
			prev = append(prev[:0:0], v[16:]...)
		case ok:
			after = append(after, l)
		}
		return true
	})
	for _, l := range after {
		hv, _ := tx.Get([]byte(headerKey(l.op)))
		chain := link(prev, l.rev, hv)
		if err := placeLine(tx, l.op, l.rev, chain); err != nil {
			return err
		}
		prev = chain
	}
	return nil
}
