package store

import (
	"encoding/binary"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
	"pasvorm/store/search/columns"
)

// Facts are what a filter or an order of the list looks at in a customer. They
// are read one by one for who changed, and side by side for a whole book.

// card is the part of a customer's record that facts come from.
type card struct {
	Number   string             `cbor:"2,keyasint"` // as in model.Customer
	Name     string             `cbor:"3,keyasint"`
	Kind     model.CustomerKind `cbor:"4,keyasint"`
	Relation model.Relation     `cbor:"5,keyasint"`
	Duty     bool               `cbor:"6,keyasint"`
	Owner    model.ID           `cbor:"7,keyasint"`
	Postcode string             `cbor:"15,keyasint"`
	Town     string             `cbor:"16,keyasint"`
	Theirs   string             `cbor:"18,keyasint"`
	Key      bool               `cbor:"42,keyasint"`
	Added    model.Stamp        `cbor:"51,keyasint"`
	Formerly string             `cbor:"52,keyasint"`
}

func (c *card) row(id model.ID) columns.Row {
	return columns.Row{ID: id, Name: c.Name, Number: c.Number, Theirs: c.Theirs, Formerly: c.Formerly, Town: c.Town, Postcode: c.Postcode,
		Kind: c.Kind, Relation: c.Relation, Owner: c.Owner, Duty: c.Duty, Key: c.Key, Added: c.Added}
}

// addState adds what a customer's small records come to.
func addState(r *columns.Row, s *state) {
	r.Flagged, r.Waiting, r.Fit, r.Verdict = s.Flags > 0, s.Waits, s.Fit, s.Verdict
	for _, m := range s.Marks {
		r.Marks = append(r.Marks, columns.Mark{Trait: m.Trait, Step: m.Step, Lapses: m.Lapses})
	}
}

// owed is the part of a promise that tells when we owe it.
type owed struct {
	Side  model.Side         `cbor:"3,keyasint"` // as in model.Promise
	Due   model.Day          `cbor:"6,keyasint"`
	State model.PromiseState `cbor:"7,keyasint"`
}

// sooner reads a promise and gives the earlier of a day and its day, if it is an
// open one of ours.
func sooner(due model.Day, k, value []byte) (model.Day, error) {
	var p owed
	if err := unsealBy(cborPart, string(k), value, &p); err != nil {
		return due, err
	}
	if p.Side == model.Ours && p.State == model.PromiseOpen && p.Due != "" && (due == "" || p.Due < due) {
		return p.Due, nil
	}
	return due, nil
}

// factsOf tells on whose facts a record bears; NoID for nobody's.
func factsOf(k model.Key) model.ID {
	switch k.Table() {
	case model.TableCustomer, model.TableSighting, model.TableFlag, model.TableAssessment, model.TablePromise, model.TableContact:
		return k.Customer()
	}
	return model.NoID
}

// facts reads those of one customer; false for one who is gone or not to be seen
// yet.
func (v *view) facts(id model.ID) (columns.Row, bool, error) {
	var c card
	key := model.CustomerKey(id)
	value, _ := v.tx.Get([]byte(key))
	if value == nil || v.hidden(id) {
		return columns.Row{}, false, nil
	}
	if err := readCard(string(key), value, &c); err != nil {
		return columns.Row{}, false, err
	}
	r := c.row(id)
	st, err := loadState(v.der, id)
	if err != nil {
		return r, false, err
	}
	addState(&r, &st)
	if r.Due, err = v.nextDue(id); err != nil {
		return r, false, err
	}
	r.Last = v.lastContact(id)
	if l := v.der.Load(spaceLimbo, id[:]); len(l) == 8 {
		r.Limbo = model.Stamp(binary.BigEndian.Uint64(l)) //nolint:gosec // as it was written
	}
	return r, true, nil
}

// nextDue gives the day of the next open promise of ours to a customer; "" for
// none.
func (v *view) nextDue(id model.ID) (due model.Day, err error) {
	from := []byte(model.TableKey(model.TablePromise, id))
	v.tx.Scan(from, engine.PrefixEnd(from), 0, func(k, value []byte, _ engine.Rev) bool {
		due, err = sooner(due, k, value)
		return err == nil
	})
	return due, err
}

// lastContact gives the moment of the last contact with a customer; 0 for none.
func (v *view) lastContact(id model.ID) (last model.Stamp) {
	walkBack(v.der, spaceTimeline, id[:], func(k, _ []byte) bool {
		if len(k) == timelineSize {
			last = timelineAt(k)
		}
		return last == 0
	})
	return last
}

// timelineSize is the length of a key of the timeline: customer, moment, contact.
const timelineSize = 16 + 8 + 16

func timelineAt(k []byte) model.Stamp {
	return model.Stamp(binary.BigEndian.Uint64(k[16:])) //nolint:gosec // as it was written
}

// fillDates says in a row when we owe the customer something and when we last
// spoke.
func (v *view) fillDates(r *model.Row) error {
	due, err := v.nextDue(r.ID)
	r.Due, r.Last = due, v.lastContact(r.ID)
	return err
}

// filterContext gives what conditions depend on beside the customers, as it is
// for a person now. What other indexes know is for the caller to add, see
// [columns.Context.Look].
func (v *view) filterContext(me model.ID, play *model.Playbook, cal model.Calendar, now time.Time) columns.Context {
	return columns.Context{
		Now: v.now, Today: model.DayOf(now), Location: now.Location(), Me: me,
		Late:   func() model.Day { return lateUntil(cal, now) },
		Limbo:  func() model.Stamp { return newAgenda(v, play, cal, now).limboUntil() },
		Person: v.called,
		Name: func(id model.ID) string {
			name, err := v.name(id)
			if err != nil {
				return ""
			}
			return name
		},
	}
}

// lateUntil gives the last day such that what was due on it is overdue.
func lateUntil(cal model.Calendar, now time.Time) model.Day {
	y, m, d := now.Date()
	for back := 1; back < 400; back++ { // no calendar closes for a year
		if day := model.DayOf(time.Date(y, m, d-back, 12, 0, 0, 0, now.Location())); model.DaysLate(cal, day, now) > 0 {
			return day
		}
	}
	return ""
}

// called gives the people whom a name may mean: who bear it, or else whose name
// begins with it.
func (v *view) called(name string) (exact []model.ID) {
	want := search.Fold(name)
	all, err := model.FindAll[*model.Person](v.r, model.TableKey(model.TablePerson, model.NoID))
	if err != nil || want == "" {
		return nil
	}
	var begin []model.ID
	for _, p := range all {
		switch have := search.Fold(p.Name); {
		case have == want:
			exact = append(exact, p.ID)
		case len(have) > len(want) && have[:len(want)] == want:
			begin = append(begin, p.ID)
		}
	}
	if exact != nil {
		return exact
	}
	return begin
}
