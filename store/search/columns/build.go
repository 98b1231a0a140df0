package columns

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"io/fs"
	"slices"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/search/segment"
)

// Rows streams the customers of a book in ascending order of their ids. A row
// is its receiver's only during the call.
type Rows func(yield func(*Row) error) error

// Build writes an index to path, whole or not at all. It ends with ctx. While it
// works it holds some 150 bytes a customer in memory.
func Build(ctx context.Context, path string, stamp segment.Stamp, mode fs.FileMode, rows Rows) error {
	parts, err := build(ctx, rows)
	if err != nil {
		return err
	}
	return segment.Write(path, Kind, stamp, mode, parts)
}

// Memory makes an index on the heap.
func Memory(ctx context.Context, stamp segment.Stamp, rows Rows) (*Base, error) {
	parts, err := build(ctx, rows)
	if err != nil {
		return nil, err
	}
	return newBase(segment.Memory(stamp, parts))
}

// builder holds a book on its way into columns.
type builder struct {
	ids    idsMaker
	cols   [columnCount][]uint32
	owners map[model.ID]uint32
	towns  map[string]uint32 // as on the card

	names, numbers, postcodes, terms arena
	termRows                         []uint32

	marks marksMaker
	limbo struct{ row, at []byte }
	parts []segment.Section
}

func build(ctx context.Context, rows Rows) ([]segment.Section, error) {
	b := &builder{owners: map[model.ID]uint32{}, towns: map[string]uint32{}}
	err := rows(func(r *Row) error {
		if b.ids.rows%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return b.add(r)
	})
	for _, step := range []func(){b.packNames, b.packNumbers, b.packPostcodes, b.packTerms, b.packFew, b.packRest} {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		step()
	}
	return b.parts, nil
}

func (b *builder) add(r *Row) error {
	row := uint32(b.ids.rows)
	if !b.ids.add(r.ID) {
		return model.NewError(model.KindInternal, "error.internal")
	}
	for c, n := range numbersIn(r) {
		b.cols[c] = append(b.cols[c], n)
	}
	b.cols[colOwner] = append(b.cols[colOwner], b.owner(r.Owner))
	b.cols[colTown] = append(b.cols[colTown], b.town(r.Town))
	b.names.add(search.SortName(r.Name))
	b.numbers.add(naturally(r.Number))
	b.postcodes.add(compactly(r.Postcode))
	for _, t := range numbersOf(r) {
		b.terms.add(t)
		b.termRows = append(b.termRows, row)
	}
	b.marks.add(row, r.Marks)
	if r.Limbo != 0 {
		b.limbo.row = binary.LittleEndian.AppendUint32(b.limbo.row, row)
		b.limbo.at = binary.LittleEndian.AppendUint64(b.limbo.at, uint64(r.Limbo))
	}
	return nil
}

// owner gives an owner's number as met; packFew puts them in order.
func (b *builder) owner(id model.ID) uint32 {
	if id == model.NoID {
		return 0
	}
	n, ok := b.owners[id]
	if !ok {
		n = uint32(len(b.owners) + 1)
		b.owners[id] = n
	}
	return n
}

// town gives a town's number as met, before folding.
func (b *builder) town(town string) uint32 {
	if town == "" {
		return 0
	}
	n, ok := b.towns[town]
	if !ok {
		n = uint32(len(b.towns) + 1)
		b.towns[town] = n
	}
	return n
}

func (b *builder) part(name string, data []byte) {
	b.parts = append(b.parts, segment.Section{Name: name, Data: data})
}

func (b *builder) column(c field) {
	b.part(sectionOf[c], packColumn(b.cols[c]))
	b.cols[c] = nil
}

func (b *builder) texts(name string, m *textsMaker) {
	at, data := m.parts()
	b.part(name+".at", at)
	b.part(name+".tx", data)
}

// packNames makes the order of the list by name, which is that of the folded
// names and then of the ids.
func (b *builder) packNames() {
	order := b.names.sorted()
	var m textsMaker
	place, rows := make([]uint32, len(order)), make([]byte, 0, 4*len(order))
	for n, e := range order {
		m.add(b.names.text(int(e.at)))
		place[e.at] = uint32(n + 1)
		rows = binary.LittleEndian.AppendUint32(rows, e.at)
	}
	b.names, b.cols[colPlace] = arena{}, place
	b.texts("name", &m)
	b.part("order", rows)
	b.column(colPlace)
}

// distinct gives each text one number, in order, and the number of each entry;
// 0 for an empty one.
func (a *arena) distinct(each func(text []byte)) (codes []uint32) {
	codes = make([]uint32, a.len())
	var last []byte
	n := uint32(0)
	for _, e := range a.sorted() {
		text := a.text(int(e.at))
		if len(text) == 0 {
			continue
		}
		if n == 0 || !bytes.Equal(text, last) {
			n, last = n+1, text
			each(text)
		}
		codes[e.at] = n
	}
	return codes
}

func (b *builder) packNumbers() {
	var m textsMaker
	b.cols[colNumber] = b.numbers.distinct(m.add)
	b.numbers = arena{}
	b.texts("numb", &m)
	b.column(colNumber)
}

func (b *builder) packPostcodes() {
	var m textsMaker
	var digits []byte
	b.cols[colPostcode] = b.postcodes.distinct(func(text []byte) {
		m.add(text)
		digits = binary.LittleEndian.AppendUint32(digits, digitsOf(string(text)))
	})
	b.postcodes = arena{}
	b.texts("post", &m)
	b.part("digits", digits)
	b.column(colPostcode)
}

func (b *builder) packTerms() {
	var m textsMaker
	var rows []byte
	for _, e := range b.terms.sorted() {
		m.add(b.terms.text(int(e.at)))
		rows = binary.LittleEndian.AppendUint32(rows, b.termRows[e.at])
	}
	b.terms, b.termRows = arena{}, nil
	b.texts("term", &m)
	b.part("term.row", rows)
}

// packFew puts towns and owners, of which there are few, in order.
func (b *builder) packFew() {
	folded := arena{}
	met := make([]uint32, 0, len(b.towns)) // number as met of each entry
	for town, n := range b.towns {
		folded.add(search.SortName(town))
		met = append(met, n)
	}
	var m textsMaker
	number := make([]uint32, len(met)+1)
	for i, n := range folded.distinct(m.add) {
		number[met[i]] = n
	}
	for i, n := range b.cols[colTown] {
		b.cols[colTown][i] = number[n]
	}
	b.texts("town", &m)
	b.column(colTown)

	ids := make([]byte, 16*len(b.owners))
	for id, n := range b.owners {
		copy(ids[16*(n-1):], id[:])
	}
	b.part("owners", ids)
	b.column(colOwner)
}

func (b *builder) packRest() {
	for c := range colOwner {
		b.column(c)
	}
	head := binary.LittleEndian.AppendUint32(nil, version)
	b.part("head", binary.LittleEndian.AppendUint32(head, uint32(b.ids.rows)))
	b.part("ids", b.ids.data)
	b.part("mark.row", b.marks.row)
	b.part("mark.at", binary.LittleEndian.AppendUint32(b.marks.at, uint32(len(b.marks.val)/markSize)))
	b.part("mark.val", b.marks.val)
	b.part("limbo.ro", b.limbo.row)
	b.part("limbo.at", b.limbo.at)
}

// arena holds many texts without a pointer each.
type arena struct {
	data []byte
	ends []uint32
}

func (a *arena) len() int { return len(a.ends) }

func (a *arena) add(s string) {
	a.data = append(a.data, s...)
	a.ends = append(a.ends, uint32(len(a.data)))
}

func (a *arena) text(n int) []byte {
	from := uint32(0)
	if n > 0 {
		from = a.ends[n-1]
	}
	return a.data[from:a.ends[n]]
}

// entry is a text in the arena with its first bytes, which mostly tell two
// apart.
type entry struct {
	head uint64
	at   uint32
}

// sorted gives the texts in order; equal ones as they were added.
func (a *arena) sorted() []entry {
	out := make([]entry, a.len())
	for i := range out {
		var head [8]byte
		copy(head[:], a.text(i))
		out[i] = entry{head: binary.BigEndian.Uint64(head[:]), at: uint32(i)}
	}
	slices.SortFunc(out, func(x, y entry) int {
		if x.head != y.head {
			return cmp.Compare(x.head, y.head)
		}
		if c := bytes.Compare(a.text(int(x.at)), a.text(int(y.at))); c != 0 {
			return c
		}
		return cmp.Compare(x.at, y.at)
	})
	return out
}
