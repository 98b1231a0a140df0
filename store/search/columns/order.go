package columns

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"pasvorm/model"
	"pasvorm/store/search"
)

// ordering is one order of the list. Rows of the base are compared by one
// number: what they have in the column in its upper half, their place by name in
// the lower; by name the place alone in the upper. Places and what stands for
// texts are even; the odd numbers between them are for what is not in the base,
// which is told from others of its kind by its texts.
type ordering struct {
	base *Base
	by   model.SortField
	desc bool
	col  field // columnCount for none: name and step

	turn, less uint32 // see upper

	owners []string            // folded names, each once, in order
	owner  []uint32            // by number in the column
	named  map[model.ID]uint32 // by id
	now    model.Stamp

	steps struct { // customers with sightings that count, by row
		row   []uint32
		value []uint32
	}
}

// sortColumn says which column an order looks at.
var sortColumn = map[model.SortField]field{
	model.SortTown: colTown, model.SortNumber: colNumber, model.SortKind: colKind, model.SortRelation: colRelation,
	model.SortOwner: colOwner, model.SortFit: colFit, model.SortDue: colDue, model.SortLast: colLast, model.SortAdded: colAdded,
	model.SortStep: columnCount,
}

// place is a row, or a key, in an ordering.
type place struct {
	u     uint64
	value uint32 // 0 for nothing in the column
	text  string // of the column, where it orders by text
	name  string
	id    model.ID
}

// newOrdering makes an order ready; an unknown one is by name.
func (l *Live) newOrdering(c *Cond, s model.QuerySort) *ordering {
	o := &ordering{base: l.base, by: s.By, desc: s.Desc, col: columnCount, now: c.ctx.Now}
	if o.less = 1; o.desc {
		o.turn, o.less = math.MaxUint32, 0
	}
	col, ok := sortColumn[s.By]
	if !ok {
		o.by = model.SortName
	} else {
		o.col = col
	}
	switch o.by {
	case model.SortOwner:
		o.nameOwners(l, c.ctx.Name)
	case model.SortStep:
		for n := range l.base.marks.len() {
			if v := l.base.marks.standing(n, o.now).order(); v != 0 {
				o.steps.row = append(o.steps.row, u32(l.base.marks.row, n))
				o.steps.value = append(o.steps.value, v)
			}
		}
	}
	return o
}

// nameOwners puts the owners in the order of their names.
func (o *ordering) nameOwners(l *Live, name func(model.ID) string) {
	names := map[model.ID]string{}
	learn := func(id model.ID) {
		if _, known := names[id]; !known && id != model.NoID && name != nil {
			names[id] = search.SortName(name(id))
		}
	}
	for n := range len(l.base.owners) / 16 {
		learn(model.ID(l.base.owners[16*n:]))
	}
	for _, r := range l.rows {
		learn(r.owner)
	}
	for _, n := range names {
		if n != "" {
			o.owners = append(o.owners, n)
		}
	}
	slices.Sort(o.owners)
	o.owners = slices.Compact(o.owners)
	o.named = make(map[model.ID]uint32, len(names))
	for id, n := range names {
		o.named[id] = o.spotOfOwner(n)
	}
	o.owner = make([]uint32, 1, len(l.base.owners)/16+1)
	for n := range len(l.base.owners) / 16 {
		o.owner = append(o.owner, o.named[model.ID(l.base.owners[16*n:])])
	}
}

func (o *ordering) spotOfOwner(name string) uint32 {
	if name == "" {
		return 0
	}
	n, ok := slices.BinarySearch(o.owners, name)
	if ok {
		return uint32(2 * (n + 1))
	}
	return uint32(2*n + 1)
}

// spot places a text among those of a dictionary: an even number where it is
// one of them, an odd one between two, 0 for no text.
func (t *texts) spot(text string) uint32 {
	if text == "" {
		return 0
	}
	n := t.search(text)
	if n < t.n && t.text(n) == text {
		return uint32(2 * (n + 1))
	}
	return uint32(2*n + 1)
}

// placeOf places a customer by name among those of the base. With exact it is
// the even number of the very row, if name and id are those of one.
func (b *Base) placeOf(name string, id model.ID, exact bool) uint32 {
	from, to := b.names.exactly(name)
	row, ok := b.ids.row(id)
	n := from + sort.Search(to-from, func(i int) bool { return int(u32(b.order, from+i)) >= row })
	if exact && ok && n < to && int(u32(b.order, n)) == row {
		return uint32(2 * (n + 1))
	}
	return uint32(2*n + 1)
}

// number puts a value and a place by name together, so that they are in order.
func (o *ordering) number(value, place uint32) uint64 {
	if o.by == model.SortName {
		return uint64(o.upper(place)) << 32
	}
	return uint64(o.upper(value))<<32 | uint64(place)
}

// upper turns a value so that it is in order: one less, so that no value turns
// into the highest, or descending all bits turned round.
func (o *ordering) upper(value uint32) uint32 { return (value ^ o.turn) - o.less }

// outside gives a bit for each value whose upper half is below the least or
// above the greatest. There are 64 of them at most.
func (o *ordering) outside(values []uint32, least, greatest uint64) (below, above uint64) {
	turn, less := o.turn, o.less
	for _, v := range values {
		n := uint64((v ^ turn) - less)
		below = below>>1 | (n-least)&(1<<63) // the sign of the difference
		above = above>>1 | (greatest-n)&(1<<63)
	}
	return below >> (64 - len(values)), above >> (64 - len(values))
}

// value gives what a row of the base has in the column; by name its place.
func (o *ordering) value(row int) uint32 {
	switch o.by {
	case model.SortName:
		return 2 * o.base.cols[colPlace].at(row)
	case model.SortStep:
		if n := seekRow(o.steps.row, row); n < len(o.steps.row) && int(o.steps.row[n]) == row {
			return o.steps.value[n]
		}
		return 0
	}
	return o.read(o.base.cols[o.col].at(row))
}

// read turns what stands in the column into what is compared.
func (o *ordering) read(v uint32) uint32 {
	switch o.col {
	case colTown, colNumber:
		return 2 * v
	case colOwner:
		if int(v) < len(o.owner) {
			return o.owner[v]
		}
		return 0
	}
	return v
}

// at gives the number of a row of the base.
func (o *ordering) at(row int) uint64 {
	return uint64(o.upper(o.value(row)))<<32 | o.lower(row)
}

// lower gives the lower half of the number of a row.
func (o *ordering) lower(row int) uint64 {
	if o.by == model.SortName {
		return 0
	}
	return uint64(2 * o.base.cols[colPlace].at(row))
}

// places gives the lower halves of the numbers of the rows of a block.
func (o *ordering) places(from int, out []uint32) {
	if o.by == model.SortName {
		clear(out)
		return
	}
	o.base.cols[colPlace].fill(from, out)
	double(out)
}

func double(list []uint32) {
	for i := range list {
		list[i] *= 2
	}
}

// values gives what the rows of a block have in the column; by name their places.
func (o *ordering) values(from int, out []uint32) {
	switch o.by {
	case model.SortName:
		o.base.cols[colPlace].fill(from, out)
		double(out)
		return
	case model.SortStep:
		clear(out)
		for n := seekRow(o.steps.row, from); n < len(o.steps.row) && int(o.steps.row[n]) < from+len(out); n++ {
			if at := int(o.steps.row[n]) - from; at >= 0 {
				out[at] = o.steps.value[n]
			}
		}
		return
	}
	o.base.cols[o.col].fill(from, out)
	switch o.col {
	case colTown, colNumber:
		double(out)
	case colOwner:
		for i, v := range out {
			out[i] = o.read(v)
		}
	}
}

// byText reports whether the column orders by a text.
func (o *ordering) byText() bool { return o.col == colTown || o.col == colNumber || o.col == colOwner }

// changed gives the place of a changed row.
func (o *ordering) changed(r *changed) place {
	p := place{name: r.name, id: r.id}
	switch {
	case o.by == model.SortName:
	case o.by == model.SortStep:
		p.value = standingOf(r.marks, o.now).order()
	case o.col == colTown:
		p.value, p.text = r.townAt, r.town
	case o.col == colNumber:
		p.value, p.text = r.numberAt, r.number
	case o.col == colOwner:
		if p.value = o.named[r.owner]; p.value != 0 {
			p.text = o.owners[p.value/2-1]
		}
	default:
		p.value = r.numbers[o.col]
	}
	p.u = o.number(p.value, r.place)
	return p
}

// compare orders two places of which neither is a row of the base.
func (o *ordering) compare(a, b *place) int {
	turn := func(c int) int {
		if o.desc {
			return -c
		}
		return c
	}
	byName := func() int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return bytes.Compare(a.id[:], b.id[:])
	}
	if o.by == model.SortName {
		return turn(byName())
	}
	if (a.value == 0) != (b.value == 0) {
		return cmp.Compare(b.value, a.value) // nothing comes last
	}
	c := strings.Compare(a.text, b.text)
	if !o.byText() {
		c = cmp.Compare(a.value, b.value)
	}
	if c != 0 {
		return turn(c)
	}
	return byName()
}
