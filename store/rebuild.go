package store

import (
	"context"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// deriveAll makes all derived data anew in memory from the records and the
// order of the journal. The order itself is kept by revision, which no record
// holds, so it is taken from the snapshot.
func deriveAll(ctx context.Context, tx engine.Tx, der engine.Derived) (memory, error) {
	m := memTx{Tx: tx, mem: memory{}}
	return m.mem, rederive(ctx, m, tx, der)
}

// rederive writes all derived data of the records of a snapshot into out.
func rederive(ctx context.Context, out engine.DerivedTx, tx engine.Tx, der engine.Derived) error {
	d := derivation{tx: out, loading: map[model.ID]bool{}, states: map[model.ID]bool{}}
	if err := loadingAgain(out, tx, der); err != nil {
		return err
	}
	var failed error
	n := 0
	tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			failed = ctx.Err()
			return false
		}
		switch model.Table(k[0]) {
		case model.TableCustomer, model.TableSighting, model.TableAssessment, model.TableFlag, model.TableDouble:
			rec, err := decode(k, v)
			if err != nil {
				return true // a bad record has no place in an index; the doctor names it
			}
			failed = d.derive(nil, rec)
		}
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	for id := range d.states {
		if err := d.state(id); err != nil && model.KindOf(err) != model.KindCorrupt {
			return err
		}
	}
	if err := rejournal(out, tx, der); err != nil {
		return err
	}
	if d.sums == (totals{}) {
		return nil
	}
	return storeTotals(out, d.sums)
}

// loadingAgain finds the imports that are not finished.
func loadingAgain(out engine.DerivedTx, tx engine.Tx, der engine.Derived) error {
	var failed error
	from := []byte{byte(model.TableImport)}
	tx.Scan(from, engine.PrefixEnd(from), 0, func(k, v []byte, _ engine.Rev) bool {
		rec, err := decode(k, v)
		if imp, ok := rec.(*model.Import); err == nil && ok && imp.State == model.ImportLoading {
			ready := der.Load(spaceLoading, imp.ID[:])
			failed = out.Store(spaceLoading, imp.ID[:], append([]byte{}, ready...))
		}
		return failed == nil
	})
	return failed
}

// rejournal places every entry anew, in the order of revisions.
func rejournal(out engine.DerivedTx, tx engine.Tx, der engine.Derived) error {
	type placed struct {
		rev model.Rev
		op  model.ID
	}
	var order []placed
	walk(der, spaceRev, nil, func(k, v []byte) bool {
		if len(v) == 48 {
			p := placed{rev: revOf(k)}
			copy(p.op[:], v)
			order = append(order, p)
		}
		return true
	})
	var prev []byte
	for _, p := range order {
		hv, _ := tx.Get([]byte(headerKey(p.op)))
		var h header
		if hv == nil || unseal(headerKey(p.op), hv, &h) != nil {
			continue
		}
		if err := placeEntry(out, &h, hv, p.rev, prev); err != nil {
			return err
		}
		if head := out.Load(spaceMeta, keyHead); len(head) == 40 {
			prev = append([]byte(nil), head[8:]...)
		}
		pv, _ := tx.Get([]byte(payloadKey(p.op)))
		var pay payload
		if pv == nil || unseal(payloadKey(p.op), pv, &pay) != nil {
			continue
		}
		if err := storeSubjects(out, &pay, p.rev); err != nil {
			return err
		}
	}
	return nil
}
