package names

import (
	"pasvorm/model"
	"pasvorm/store/search/segment"
)

// Index is an index that does not change. It is safe for concurrent use until
// it is closed.
type Index struct {
	table *table
}

func newIndex(f *segment.File) (*Index, error) {
	t, err := newTable(f)
	if err != nil {
		return nil, err
	}
	return &Index{table: t}, nil
}

// Open maps an index; what it costs does not depend on its size. Errors:
// fs.ErrNotExist, segment.ErrDamaged. Whether the index is of the book at hand
// is for the caller to judge by [Index.Stamp].
func Open(path string) (*Index, error) {
	f, err := segment.Open(path, kind)
	if err != nil {
		return nil, err
	}
	x, err := newIndex(f)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return x, nil
}

// Stamp gives the state of the book that the index was made from.
func (x *Index) Stamp() segment.Stamp { return x.table.file.Stamp() }

// Close gives the mapped memory back. Nothing may use the index, or a [Live] on
// it, from then on.
func (x *Index) Close() error { return x.table.file.Close() }

// Len is how many customers the index holds.
func (x *Index) Len() int { return x.table.nPeople }

// Names is how many distinct folded names the index holds.
func (x *Index) Names() int { return x.table.nNames }

// Bytes is the size of the file; 0 for an index in memory.
func (x *Index) Bytes() int64 { return x.table.file.Size() }

// Verify reads all of the index and compares its checksums. Errors:
// segment.ErrDamaged.
func (x *Index) Verify() error { return x.table.file.Verify() }

// Has tells whether the index holds a customer.
func (x *Index) Has(id model.ID) bool {
	_, ok := x.table.ordinal(id)
	return ok
}

// Each gives every customer in the order of ids, folded as by [Folded], until f
// gives false.
func (x *Index) Each(f func(Entry) bool) {
	t := x.table
	var name, code []byte
	for ord := range uint32(t.nPeople) { // #nosec G115 -- bounded by a section
		name = t.folded(name[:0], t.name(ord))
		place := t.place(ord)
		code = t.postcode(code[:0], place)
		e := Entry{ID: t.id(ord), Name: string(name), Town: string(t.towns.get(t.town(place))), Postcode: string(code)}
		if !f(e) {
			return
		}
	}
}
