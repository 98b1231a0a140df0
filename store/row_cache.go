package store

import (
	"encoding/binary"
	"sync/atomic"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// rowCache remembers what lists show of customers' cards, for all sessions of a
// book: people look at the same ones, and when the book changes every list is
// read again, of which one row is another. A row holds for one revision of its
// card alone. The cache is of a fixed size, about a megabyte, and a
// row gives way to another that falls in its place.
type rowCache [4096]atomic.Pointer[cachedRow]

type cachedRow struct {
	rev   engine.Rev
	row   model.Row // what stands on the card; the rest depends on the hour
	owner model.ID
}

func (c *rowCache) slot(id model.ID) *atomic.Pointer[cachedRow] {
	return &c[int(binary.BigEndian.Uint16(id[len(id)-2:]))%len(c)] // the end of a UUID is by chance
}

// is tells whether a row is that of a card as it stands.
func (c *cachedRow) is(id model.ID, rev engine.Rev) bool {
	return c != nil && c.rev == rev && c.row.ID == id
}

// listRow reads a customer as a line of a list, as [view.row] does.
func (v *view) listRow(id model.ID) (model.Row, bool, error) {
	key := []byte(model.CustomerKey(id))
	value, rev := v.tx.Get(key)
	if value == nil {
		return model.Row{}, false, nil
	}
	slot := v.rows.slot(id)
	known := slot.Load()
	if !known.is(id, rev) {
		r, err := decode(key, value)
		if err != nil {
			return model.Row{}, false, err
		}
		c, ok := r.(*model.Customer)
		if !ok {
			return model.Row{}, false, nil
		}
		known = &cachedRow{rev: rev, owner: c.Owner,
			row: model.Row{ID: id, Name: c.Name, Number: c.Number, Town: c.Town, Kind: c.Kind, Relation: c.Relation}}
		slot.Store(known)
	}
	row := known.row
	st, err := loadState(v.der, id)
	if err != nil {
		return model.Row{}, false, err
	}
	row.Standing = st.standing(v.now)
	row.Owner, err = v.name(known.owner)
	return row, true, err
}
