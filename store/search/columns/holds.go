package columns

import (
	"encoding/binary"

	"pasvorm/model"
)

// Holds reports whether the index has a customer as in a row: what a check of
// the book against the index asks of each.
func (b *Base) Holds(r *Row) bool {
	row, ok := b.ids.row(r.ID)
	if !ok {
		return false
	}
	c := b.change(r)
	for col, n := range numbersIn(r) {
		if b.cols[col].at(row) != n {
			return false
		}
	}
	if b.placeOf(c.name, r.ID, true) != 2*b.cols[colPlace].at(row) ||
		c.townAt != 2*b.cols[colTown].at(row) || c.numberAt != 2*b.cols[colNumber].at(row) {
		return false
	}
	var owner model.ID
	if n := int(b.cols[colOwner].at(row)); n > 0 && 16*n <= len(b.owners) {
		owner = model.ID(b.owners[16*(n-1):])
	}
	return owner == r.Owner && b.holdsMarks(row, r.Marks)
}

// holdsMarks compares the sightings of a row, in their order.
func (b *Base) holdsMarks(row int, want []Mark) bool {
	n := seekMark(&b.marks, row)
	if n < 0 {
		return len(want) == 0
	}
	from, to := int(u32(b.marks.at, n)), min(int(u32(b.marks.at, n+1)), len(b.marks.val)/markSize)
	if to-from != len(want) {
		return false
	}
	for i, m := range want {
		v := b.marks.val[(from+i)*markSize:]
		if model.Stamp(binary.LittleEndian.Uint64(v)) != m.Lapses || int(v[8]) != m.Trait || int(v[9]) != m.Step { // #nosec G115 -- as it was written
			return false
		}
	}
	return true
}

// seekMark gives where the sightings of a row stand; -1 for none.
func seekMark(m *marks, row int) int {
	from, to := 0, m.len()
	for from < to {
		mid := (from + to) / 2
		if int(u32(m.row, mid)) < row {
			from = mid + 1
		} else {
			to = mid
		}
	}
	if from < m.len() && int(u32(m.row, from)) == row {
		return from
	}
	return -1
}

// Has tells whether the index holds a customer.
func (b *Base) Has(id model.ID) bool {
	_, ok := b.ids.row(id)
	return ok
}
