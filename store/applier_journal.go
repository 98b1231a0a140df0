package store

import (
	"pasvorm/model"
	"pasvorm/store/engine"
)

// journal places the entry: the chain, its group, and what undo can take back.
func (d *derivation) journal() error {
	prev := d.tx.Load(spaceMeta, keyHead)
	if len(prev) == 40 {
		prev = prev[8:]
	} else {
		prev = nil
	}
	return placeEntry(d.tx, d.entry, d.raw, d.rev, prev)
}

// placeEntry writes what is derived from one entry of the journal, given the
// chain before it.
func placeEntry(tx engine.DerivedTx, h *header, raw []byte, rev model.Rev, prev []byte) error {
	if err := placeLine(tx, h.Op, rev, link(prev, rev, raw)); err != nil {
		return err
	}
	return placeGroup(tx, h, rev)
}

// placeLine gives an entry its place in the order of revisions and makes it the
// head of the chain.
func placeLine(tx engine.DerivedTx, op model.ID, rev model.Rev, chain []byte) error {
	if err := tx.Store(spaceRev, revKey(rev), append(append([]byte(nil), op[:]...), chain...)); err != nil {
		return err
	}
	return tx.Store(spaceMeta, keyHead, append(revKey(rev), chain...))
}

// placeGroup writes what undo goes by: the group of an entry, and what it
// leaves standing or takes back.
func placeGroup(tx engine.DerivedTx, h *header, rev model.Rev) error {
	if err := tx.Store(spaceGroup, idRev(h.Group, rev), []byte{}); err != nil {
		return err
	}
	switch {
	case h.Redo:
		return placeRedo(tx, h, rev)
	case len(h.Undoes) > 0:
		return placeUndo(tx, h, rev)
	case h.Final:
		return nil
	}
	if err := forget(tx, spaceTaken, h.Person); err != nil {
		return err
	}
	return tx.Store(spaceStand, idRev(h.Person, rev), h.Group[:])
}

// placeUndo takes the undone entry from what stands and makes it possible to
// put it back.
func placeUndo(tx engine.DerivedTx, h *header, rev model.Rev) error {
	for _, r := range h.Undoes {
		owner, err := headerAt(tx, r)
		if err != nil {
			return err
		}
		if err := tx.Erase(spaceStand, idRev(owner.Person, r)); err != nil {
			return err
		}
		if err := tx.Store(spaceUndone, revKey(r), revKey(rev)); err != nil {
			return err
		}
	}
	return tx.Store(spaceTaken, idRev(h.Person, rev), h.Group[:])
}

// placeRedo puts the entry back among what stands; the undo counts as taken
// back itself.
func placeRedo(tx engine.DerivedTx, h *header, rev model.Rev) error {
	for _, r := range h.Undoes {
		owner, err := headerAt(tx, r)
		if err != nil {
			return err
		}
		undo := tx.Load(spaceUndone, revKey(r))
		if undo == nil {
			continue
		}
		undoRev := revOf(undo)
		undoer, err := headerAt(tx, undoRev)
		if err != nil {
			return err
		}
		if err := tx.Erase(spaceTaken, idRev(undoer.Person, undoRev)); err != nil {
			return err
		}
		if err := tx.Store(spaceUndone, revKey(undoRev), revKey(rev)); err != nil {
			return err
		}
		if err := tx.Erase(spaceUndone, revKey(r)); err != nil {
			return err
		}
		if err := tx.Store(spaceStand, idRev(owner.Person, r), owner.Group[:]); err != nil {
			return err
		}
	}
	return nil
}

func headerAt(tx engine.DerivedTx, rev model.Rev) (*header, error) {
	op, ok := journalOf{tx: tx, der: tx}.op(rev)
	if !ok {
		return nil, corrupt("j", "entry missing")
	}
	var h header
	v, _ := tx.Get([]byte(headerKey(op)))
	return &h, unseal(headerKey(op), v, &h)
}

// forget empties what a person could put back: a new change ends that.
func forget(tx engine.DerivedTx, s engine.Space, person model.ID) error {
	var keys [][]byte
	walk(tx, s, person[:], func(k, _ []byte) bool {
		keys = append(keys, append([]byte(nil), k...))
		return true
	})
	for _, k := range keys {
		if err := tx.Erase(s, k); err != nil {
			return err
		}
	}
	return nil
}
