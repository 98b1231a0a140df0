package store

import (
	"encoding/binary"
	"maps"
	"slices"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Spaces of measures, kept by the applier: a million records are never counted
// anew.
const (
	spaceDaily = engine.Space("daily") // dimension, day, key → tally over all customers
	spaceCell  = engine.Space("cell")  // dimension, month, key, NUL, customer → tally
)

// share is what one record, or one matter, adds to the measures.
type share struct {
	dim      model.Dimension
	day      dayNumber
	key      string
	customer model.ID
	tally    model.Tally
}

// monthNumber counts months from January 2000.
type monthNumber int32

func monthOf(m model.Month) monthNumber { return numberOf(model.Day(string(m) + "-01")).month() }

func (n dayNumber) month() monthNumber {
	y, m, _ := time.Unix((int64(n)+dayZero)*86400, 0).UTC().Date()
	return monthNumber((y-2000)*12 + int(m) - 1)
}

// month gives the month a number stands for.
func (n monthNumber) month() model.Month { return n.first().day().Month() }

// first gives the first day of a month.
func (n monthNumber) first() dayNumber {
	return dayNumber(time.Date(2000, time.Month(n+1), 1, 0, 0, 0, 0, time.UTC).Unix()/86400 - dayZero)
}

// last gives the last day of a month.
func (n monthNumber) last() dayNumber { return (n + 1).first() - 1 }

// dailyKey and cellKey shift the number by 1<<31, so that days before the year
// 2000 sort before later ones.
func dailyKey(dim model.Dimension, day dayNumber, key string) []byte {
	k := binary.BigEndian.AppendUint32([]byte{byte(dim)}, uint32(int64(day)+1<<31)) //nolint:gosec // fits
	return append(k, key...)
}

func cellKey(dim model.Dimension, month monthNumber, key string, customer model.ID) []byte {
	k := binary.BigEndian.AppendUint32([]byte{byte(dim)}, uint32(int64(month)+1<<31)) //nolint:gosec // fits
	k = append(append(k, key...), 0)
	return append(k, customer[:]...)
}

// sealTally writes the counts that are not zero, each with its number.
func sealTally(t *model.Tally) []byte {
	var b []byte
	for i, n := range t {
		if n != 0 {
			b = binary.AppendVarint(append(b, byte(i)), n)
		}
	}
	return b
}

// unsealTally reads what sealTally wrote; false when it is damaged.
func unsealTally(b []byte, t *model.Tally) bool {
	*t = model.Tally{}
	for len(b) > 0 {
		i := int(b[0])
		n, size := binary.Varint(b[1:])
		if size <= 0 || i >= len(t) {
			return false
		}
		t[i] = n
		b = b[1+size:]
	}
	return true
}

// measures gathers what a batch changes in the measures, so that each place is
// read and written once.
type measures struct {
	daily, cell map[string]*model.Tally
}

func (m *measures) add(s *share, n int64) {
	if m.daily == nil {
		m.daily, m.cell = map[string]*model.Tally{}, map[string]*model.Tally{}
	}
	to := func(in map[string]*model.Tally, key []byte) {
		t := in[string(key)]
		if t == nil {
			t = &model.Tally{}
			in[string(key)] = t
		}
		t.Add(&s.tally, n)
	}
	to(m.daily, dailyKey(s.dim, s.day, s.key))
	to(m.cell, cellKey(s.dim, s.day.month(), s.key, s.customer))
}

// flush adds what was gathered to what stands, in key order.
func (m *measures) flush(tx engine.DerivedTx) error {
	daily, cell := m.daily, m.cell
	m.daily, m.cell = nil, nil
	if err := addTallies(tx, spaceDaily, daily); err != nil {
		return err
	}
	return addTallies(tx, spaceCell, cell)
}

// addTallies adds to the tallies of a space. One that comes to nothing goes.
func addTallies(tx engine.DerivedTx, s engine.Space, changed map[string]*model.Tally) error {
	for _, k := range slices.Sorted(maps.Keys(changed)) {
		delta := changed[k]
		if delta.Zero() {
			continue
		}
		var t model.Tally
		if !unsealTally(tx.Load(s, []byte(k)), &t) {
			return corrupt(string(s), "tally")
		}
		t.Add(delta, 1)
		var err error
		if t.Zero() {
			err = tx.Erase(s, []byte(k))
		} else {
			err = tx.Store(s, []byte(k), sealTally(&t))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
