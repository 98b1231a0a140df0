// Package columns answers what the list of customers asks at any size: which of
// them meet some conditions, how many they are, and any page of them in any
// order. It keeps what a condition or an order looks at in columns, a customer a
// row, in a file that is mapped into memory. A filter is one walk over the
// columns it needs and a page is the same walk with a small heap, so nothing is
// ever sorted and nothing need be kept in order while people write. What changed
// since the file was made lies over it, see [Live].
//
// What depends on the hour (a trait that lapses, a promise that falls due) is
// judged when it is asked, with the moment given.
package columns

import (
	"encoding/binary"
	"fmt"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

// Kind names this index among the segments.
const Kind = "columns"

// ErrDamaged tells a file that is no index of this kind or does not hold
// together. It is that of [segment].
var ErrDamaged = segment.ErrDamaged

// Row is what a condition or an order can look at in one customer.
type Row struct {
	ID       model.ID
	Name     string // as on the card, like all texts here
	Number   string // ours
	Theirs   string // numbers they know themselves by, comma separated
	Formerly string // numbers of customers merged into this one, comma separated
	Town     string
	Postcode string
	Kind     model.CustomerKind
	Relation model.Relation
	Owner    model.ID
	Duty     bool // has a statutory claim
	Key      bool // a key account
	Flagged  bool // a flag is not cleared
	Waiting  bool // a proposal waits for a lead

	Marks   []Mark
	Fit     model.FitState // of the newest assessment that was not dropped
	Verdict model.Verdict  // of the newest that got so far; see model.Standing

	Due   model.Day   // of the next open promise of ours; "" for none
	Last  model.Stamp // of the last contact; 0 for none
	Limbo model.Stamp // since when the customer waits for word; 0 for not at all
	Added model.Stamp
}

// Mark is a sighting that counts until it lapses.
type Mark struct {
	Trait  int // 0–3, in the order of model.Traits
	Step   int // of the escalation ladder
	Lapses model.Stamp
}

// field is a column of numbers. 0 is nothing in each of them; what the other
// numbers mean is said in values.go.
type field int

const (
	colKind field = iota
	colRelation
	colFit
	colFlags
	colDue
	colLast
	colAdded
	colOwner    // one more than the place among the owners
	colTown     // one more than the place among the towns
	colNumber   // one more than the place among our numbers, in the order of the list
	colPostcode // one more than the place among the postcodes
	colPlace    // one more than the place in the list by name
	columnCount
)

// sectionOf names the columns in the file.
var sectionOf = [columnCount]string{"kind", "relation", "fit", "flags", "due", "last", "added", "owner", "town", "number", "postcode", "place"}

// version is that of the layout; a file of another is made anew.
const version = 1

// Base is an index as it was made. It may be read by several goroutines until
// it is closed.
type Base struct {
	file  *segment.File
	rows  int
	ids   idRuns
	cols  [columnCount]column
	order []byte // rows in the order of the list by name

	names, towns, numbers, postcodes texts

	owners   []byte // ids, 16 bytes each
	digits   []byte // of each postcode
	terms    texts  // beginnings of numbers, ours and theirs
	termRows []byte // the row of each term
	marks    marks
	limbo    moments
}

// Open maps an index. Errors: fs.ErrNotExist, ErrDamaged. Only the head and the
// sizes of its parts are checked, so that opening does not depend on the size of
// the book; whatever the bytes are, no question panics. See [Base.Verify].
func Open(path string) (*Base, error) {
	f, err := segment.Open(path, Kind)
	if err != nil {
		return nil, err
	}
	b, err := newBase(f)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return b, nil
}

// Stamp gives the state of the book that the index was made from.
func (b *Base) Stamp() segment.Stamp { return b.file.Stamp() }

// Rows is how many customers the index holds.
func (b *Base) Rows() int { return b.rows }

// Size is that of the file in bytes; 0 for an index on the heap.
func (b *Base) Size() int64 { return b.file.Size() }

// Verify reads everything and compares the checksums.
func (b *Base) Verify() error { return b.file.Verify() }

// Close gives the memory back. Nothing may be asked any more.
func (b *Base) Close() error { return b.file.Close() }

func newBase(f *segment.File) (*Base, error) {
	head := f.Section("head")
	if len(head) != 8 || binary.LittleEndian.Uint32(head) != version {
		return nil, fmt.Errorf("%w: another layout", ErrDamaged)
	}
	b := &Base{file: f, rows: int(binary.LittleEndian.Uint32(head[4:]))}
	ok := b.ids.open(f.Section("ids"), b.rows)
	for c := range b.cols {
		ok = b.cols[c].open(f.Section(sectionOf[c]), b.rows) && ok
	}
	b.order = f.Section("order")
	ok = ok && len(b.order) == 4*b.rows
	for _, t := range []struct {
		into *texts
		name string
	}{{&b.names, "name"}, {&b.towns, "town"}, {&b.numbers, "numb"}, {&b.postcodes, "post"}, {&b.terms, "term"}} {
		ok = t.into.open(f.Section(t.name+".at"), f.Section(t.name+".tx")) && ok
	}
	b.owners, b.digits, b.termRows = f.Section("owners"), f.Section("digits"), f.Section("term.row")
	ok = ok && b.names.n == b.rows && len(b.owners)%16 == 0 && len(b.digits) == 4*b.postcodes.n && len(b.termRows) == 4*b.terms.n
	ok = b.marks.open(f.Section("mark.row"), f.Section("mark.at"), f.Section("mark.val")) && ok
	ok = b.limbo.open(f.Section("limbo.ro"), f.Section("limbo.at")) && ok
	if !ok {
		return nil, fmt.Errorf("%w: parts that do not fit together", ErrDamaged)
	}
	return b, nil
}

// u32 reads the nth number; 0 beyond the end.
func u32(b []byte, n int) uint32 {
	if n < 0 || n > len(b)/4-1 {
		return 0
	}
	return binary.LittleEndian.Uint32(b[4*n:])
}
