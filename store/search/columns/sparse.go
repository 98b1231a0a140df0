package columns

import (
	"encoding/binary"
	"sort"

	"pasvorm/model"
)

// marks are the sightings of the few customers who have any.
//
//	row: the rows that have some, ascending u32
//	at:  for each of them where its marks begin u32, and the end of all
//	val: for each mark when it lapses i64, trait and step u8 each, 6 of 0
type marks struct{ row, at, val []byte }

const markSize = 16

func (m *marks) open(row, at, val []byte) bool {
	m.row, m.at, m.val = row, at, val
	return len(row)%4 == 0 && len(at) == len(row)+4 && len(val)%markSize == 0
}

func (m *marks) len() int { return len(m.row) / 4 }

// standing is what marks come to at a moment.
type standing struct {
	step   byte
	traits byte // a bit for each
}

func (s *standing) add(trait, step byte) {
	if int(trait) < len(model.Standing{}.Traits) {
		s.traits |= 1 << trait
		s.step = max(s.step, step)
	}
}

// order places a standing in the list by step, then by how many traits; 0 for
// one without any.
func (s standing) order() uint32 {
	if s.traits == 0 {
		return 0
	}
	n := uint32(0)
	for t := s.traits; t != 0; t &= t - 1 {
		n++
	}
	return uint32(s.step)<<8 | n
}

func standingOf(list []Mark, now model.Stamp) (s standing) {
	for _, m := range list {
		if now < m.Lapses {
			s.add(bytesOf(m))
		}
	}
	return s
}

// standing reads the nth customer that has marks.
func (m *marks) standing(n int, now model.Stamp) (s standing) {
	from, to := int(u32(m.at, n)), min(int(u32(m.at, n+1)), len(m.val)/markSize)
	for ; from < to; from++ {
		v := m.val[from*markSize:]
		if now < model.Stamp(binary.LittleEndian.Uint64(v)) {
			s.add(v[8], v[9])
		}
	}
	return s
}

// marksMaker writes marks of rows that come in order.
type marksMaker struct{ row, at, val []byte }

func (m *marksMaker) add(row uint32, list []Mark) {
	if len(list) == 0 {
		return
	}
	le := binary.LittleEndian
	m.row = le.AppendUint32(m.row, row)
	m.at = le.AppendUint32(m.at, uint32(len(m.val)/markSize))
	for _, x := range list {
		m.val = le.AppendUint64(m.val, uint64(x.Lapses))
		trait, step := bytesOf(x)
		m.val = append(m.val, trait, step, 0, 0, 0, 0, 0, 0)
	}
}

// bytesOf gives a mark as it is kept: no trait of ours is 255.
func bytesOf(m Mark) (trait, step byte) {
	trait = 255
	if m.Trait >= 0 && m.Trait < 255 {
		trait = byte(m.Trait)
	}
	return trait, byte(max(0, min(255, m.Step)))
}

// moments are a moment for the few rows that have one.
//
//	row: the rows, ascending u32
//	at:  their moments i64
type moments struct{ row, at []byte }

func (m *moments) open(row, at []byte) bool {
	m.row, m.at = row, at
	return len(row)%4 == 0 && len(at) == 2*len(row)
}

func (m *moments) moment(n int) model.Stamp {
	return model.Stamp(binary.LittleEndian.Uint64(m.at[8*n:]))
}

// seekRow gives the first of rows in ascending order that is not below one.
func seekRow(rows []uint32, from int) int {
	return sort.Search(len(rows), func(i int) bool { return int(rows[i]) >= from })
}
