package store

import (
	"context"
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search/columns"
)

// eachFacts gives the facts of every customer who is to be seen, in the order of
// ids, to yield. It reads some thousands at a time, each in a snapshot of its
// own, and yields between them: what changes meanwhile is for the caller to read
// again, from the revision on at which it began. A customer whose record is
// damaged is left out; the doctor names it.
func (b *Book) eachFacts(ctx context.Context, yield func(*columns.Row) error) error {
	next := []byte(model.TableKey(model.TableCustomer, model.NoID))
	end := engine.PrefixEnd(next)
	rows := make([]columns.Row, 0, b.load.scan)
	for next != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows = rows[:0]
		err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
			rows, next = readCards(tx, hiddenBy(der), next, end, rows, b.load.scan)
			besideCards(tx, der, rows)
			return nil
		})
		if err != nil {
			return err
		}
		for i := range rows {
			if err := yield(&rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// readCards reads some customers from a key on, and gives the key after them;
// nil at the end.
func readCards(tx engine.Tx, hidden func(model.ID) bool, from, end []byte, rows []columns.Row, most int) ([]columns.Row, []byte) {
	var next []byte
	n := 0
	tx.Scan(from, end, 0, func(k, value []byte, _ engine.Rev) bool {
		if n++; n > most {
			next = append([]byte(nil), k...)
			return false
		}
		id := model.Key(k).Customer()
		var c card
		if !hidden(id) && readCard(string(k), value, &c) == nil {
			rows = append(rows, c.row(id))
		}
		return true
	})
	return rows, next
}

// besideCards adds to customers, in the order of ids, what lies under theirs in
// other tables and spaces, each of which is walked once.
func besideCards(tx engine.Tx, der engine.Derived, rows []columns.Row) {
	if len(rows) == 0 {
		return
	}
	first, last := rows[0].ID, rows[len(rows)-1].ID
	states := beside{rows: rows}
	walkFrom(der, spaceState, first[:], func(k, value []byte) bool {
		var s state
		if r := states.row(k); r != nil && unseal("state"+string(k), value, &s) == nil {
			addState(r, &s)
		}
		return !states.done()
	})
	limbos := beside{rows: rows}
	walkFrom(der, spaceLimbo, first[:], func(k, value []byte) bool {
		if r := limbos.row(k); r != nil && len(value) == 8 {
			r.Limbo = model.Stamp(binary.BigEndian.Uint64(value)) //nolint:gosec // as it was written
		}
		return !limbos.done()
	})
	timeline := beside{rows: rows}
	walkFrom(der, spaceTimeline, first[:], func(k, _ []byte) bool {
		if r := timeline.row(k); r != nil && len(k) == timelineSize {
			r.Last = timelineAt(k) // the newest comes last
		}
		return !timeline.done()
	})
	promises := beside{rows: rows}
	from, to := model.TableKey(model.TablePromise, first), model.TableKey(model.TablePromise, last)
	tx.Scan([]byte(from), engine.PrefixEnd([]byte(to)), 0, func(k, value []byte, _ engine.Rev) bool {
		if r := promises.row(k[1:]); r != nil {
			if due, err := sooner(r.Due, k, value); err == nil {
				r.Due = due
			}
		}
		return true
	})
}

// beside goes through rows as keys that begin with a customer come by in order.
type beside struct {
	rows []columns.Row
	at   int
}

// row gives the row of the customer at the beginning of a key; nil for one that
// is not among them.
func (b *beside) row(k []byte) *columns.Row {
	if len(k) < 16 {
		return nil
	}
	for !b.done() && string(b.rows[b.at].ID[:]) < string(k[:16]) {
		b.at++
	}
	if b.done() || string(b.rows[b.at].ID[:]) != string(k[:16]) {
		return nil
	}
	return &b.rows[b.at]
}

// done reports whether keys lie beyond all rows.
func (b *beside) done() bool { return b.at >= len(b.rows) }
