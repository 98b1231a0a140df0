package columns

import (
	"bytes"
	"encoding/binary"
	"sort"

	"pasvorm/model"
)

// idRuns are the customers' ids in ascending order. Those of an import differ
// in their last four bytes only, which count its lines, so a run of them is
// kept as its first and the row at which it begins.
//
//	for each run: id [16], row u32
type idRuns struct {
	data []byte
	n    int // runs
	rows int
}

const (
	runSize   = 16 + 4
	runPrefix = model.ImportPrefix
)

func (r *idRuns) open(b []byte, rows int) bool {
	r.data, r.n, r.rows = b, len(b)/runSize, rows
	return len(b)%runSize == 0 && (rows == 0) == (r.n == 0) && (r.n == 0 || r.begin(0) == 0)
}

func (r *idRuns) first(run int) []byte { return r.data[run*runSize : run*runSize+16] }
func (r *idRuns) begin(run int) int {
	return int(binary.LittleEndian.Uint32(r.data[run*runSize+16:]))
}

// end gives the row after a run.
func (r *idRuns) end(run int) int {
	if run+1 < r.n {
		return min(r.rows, r.begin(run+1))
	}
	return r.rows
}

// nth gives the id that lies so far in a run.
func (r *idRuns) nth(run, n int) (id model.ID) {
	copy(id[:], r.first(run))
	count := binary.BigEndian.Uint32(id[runPrefix:])
	binary.BigEndian.PutUint32(id[runPrefix:], count+uint32(n))
	return id
}

// id gives that of a row.
func (r *idRuns) id(row int) model.ID {
	id, _ := r.from(-1, row)
	return id
}

// from gives the id of a row, beginning to look at the run of a row before it;
// -1 for none. It gives the run too.
func (r *idRuns) from(run, row int) (model.ID, int) {
	if run < 0 || r.begin(run) > row {
		run = sort.Search(r.n, func(i int) bool { return r.begin(i) > row }) - 1
	}
	for run+1 < r.n && run >= 0 && r.begin(run+1) <= row {
		run++
	}
	if run < 0 {
		return model.NoID, run
	}
	return r.nth(run, row-r.begin(run)), run
}

// row gives the row of a customer; false for one that is not in it, with the
// row before which it would be.
func (r *idRuns) row(id model.ID) (int, bool) {
	run := sort.Search(r.n, func(i int) bool { return bytes.Compare(r.first(i), id[:]) > 0 }) - 1
	if run < 0 {
		return 0, false
	}
	begin, end := r.begin(run), r.end(run)
	if !bytes.Equal(r.first(run)[:runPrefix], id[:runPrefix]) {
		return end, false
	}
	n := int(binary.BigEndian.Uint32(id[runPrefix:])) - int(binary.BigEndian.Uint32(r.first(run)[runPrefix:]))
	if begin+n >= end {
		return end, false
	}
	return begin + n, true
}

// idsMaker writes ids that come in ascending order.
type idsMaker struct {
	data []byte
	rows int
	last model.ID
}

// add reports whether the id is above the one before.
func (m *idsMaker) add(id model.ID) bool {
	if m.rows > 0 && bytes.Compare(id[:], m.last[:]) <= 0 {
		return false
	}
	follows := m.rows > 0 && bytes.Equal(id[:runPrefix], m.last[:runPrefix]) &&
		binary.BigEndian.Uint32(id[runPrefix:]) == binary.BigEndian.Uint32(m.last[runPrefix:])+1
	if !follows {
		m.data = append(m.data, id[:]...)
		m.data = binary.LittleEndian.AppendUint32(m.data, uint32(m.rows))
	}
	m.last = id
	m.rows++
	return true
}
