package store

import (
	"errors"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/names"
)

// touches is what a stretch of the feed of changes touched.
type touches struct {
	cards   map[model.ID]bool // customer → the card itself changed, not only what hangs from it
	imports map[model.ID]bool
	rev     engine.Rev // of the last event
	many    bool       // more customers than are kept beside the files
}

// follow takes in what changed since. It gives false when that is too much, or no
// longer known: then the indexes are to be made anew.
func (f *finder) follow() (bool, error) {
	from := engine.Rev(f.rev.Load())
	t, err := f.touched(from, f.cols.Has)
	switch {
	case errors.Is(err, engine.ErrCompacted):
		return false, nil
	case err != nil:
		return false, wrap(err)
	case t.many:
		return false, nil
	case t.rev == from:
		return true, nil
	}
	rows, fits, err := f.changed(&t)
	if err != nil || !fits {
		return false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var cards []names.Entry
	var gone []model.ID
	for _, r := range rows {
		switch {
		case r.gone:
			gone = append(gone, r.row.ID)
			f.cols.Remove(r.row.ID)
		default:
			f.cols.Put(&r.row)
			if t.cards[r.row.ID] {
				cards = append(cards, names.Entry{ID: r.row.ID, Name: r.row.Name, Town: r.row.Town, Postcode: r.row.Postcode})
			}
		}
	}
	f.names.Remove(gone...)
	f.names.Put(cards...)
	f.rev.Store(uint64(t.rev))
	return true, nil
}

// changedRow is a customer as it stands now.
type changedRow struct {
	row  columns.Row
	gone bool // not there, or not to be seen
}

// changed reads what was touched as it stands now; false when it is too much.
// Nothing waits in a snapshot: it holds up who writes. Of an import that loads
// only what is in the indexes has to go out of them, which is nothing unless its
// end was taken back.
func (f *finder) changed(t *touches) (rows []changedRow, fits bool, err error) {
	err = f.b.snapshot(func(v *view) error {
		for imp := range t.imports {
			if v.hidden(imp) && !f.cols.HasOf(imp) {
				continue
			}
			if !f.ofImport(v, imp, t) {
				return nil
			}
		}
		fits = true
		for id := range t.cards {
			row, ok, err := v.facts(id)
			if err != nil {
				return err
			}
			row.ID = id
			rows = append(rows, changedRow{row: row, gone: !ok || v.hidden(id)})
		}
		return nil
	})
	return rows, fits, err
}

// touched reads the feed after a revision. Rows of imports that nobody sees yet
// are left out, unless the indexes have them; they come when the import is done.
func (f *finder) touched(after engine.Rev, has func(model.ID) bool) (touches, error) {
	t := touches{cards: map[model.ID]bool{}, imports: map[model.ID]bool{}, rev: after}
	var hidden func(model.ID) bool
	err := f.b.eng.Snapshot(func(_ engine.Tx, der engine.Derived) error {
		hidden = hiddenBy(der)
		return nil
	})
	if err != nil {
		return t, err
	}
	err = f.b.eng.Changes(after+1, func(e engine.Event) bool {
		t.rev = e.Rev
		for _, k := range e.Keys {
			key := model.Key(k)
			if key.Table() == model.TableImport && len(key) == 17 {
				t.imports[model.ID([]byte(key[1:]))] = true
				continue
			}
			id := factsOf(key)
			if id == model.NoID || hidden(id) && !has(id) {
				continue
			}
			card := key.Table() == model.TableCustomer
			t.cards[id] = t.cards[id] || card
		}
		t.many = len(t.cards) > f.sizes.since
		return !t.many
	})
	return t, err
}

// ofImport adds the customers of an import that came into sight or went out of
// it; false when they are many.
func (f *finder) ofImport(v *view, imp model.ID, t *touches) bool {
	prefix := append([]byte{byte(model.TableCustomer)}, imp[:importPrefix]...)
	v.tx.Scan(prefix, engine.PrefixEnd(prefix), f.sizes.since+1, func(k, _ []byte, _ engine.Rev) bool {
		t.cards[model.Key(k).Customer()] = true
		return true
	})
	return len(t.cards) <= f.sizes.since
}
