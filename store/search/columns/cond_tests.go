package columns

import (
	"strings"

	"pasvorm/model"
)

// The tests of single conditions. Each says twice what it means: of a row that
// changed, by what it holds, and of the rows of a base, by its columns.

// numberTest looks at a column that needs no dictionary.
type numberTest struct {
	col   field // below colOwner
	spans []span
	bits  uint32
}

func (t numberTest) row(r *changed) bool {
	v := r.numbers[t.col]
	return v&t.bits != 0 || inSpans(t.spans, v)
}
func (t numberTest) in(b *Base) blockTest { return newColumnTest(b, t.col, t.spans, t.bits) }

// ownerTest looks for some owners, or with no id for none.
type ownerTest struct{ ids []model.ID }

func (t ownerTest) row(r *changed) bool {
	if len(t.ids) == 0 {
		return r.owner == model.NoID
	}
	return hasID(t.ids, r.owner)
}

func (t ownerTest) in(b *Base) blockTest {
	if len(t.ids) == 0 {
		return newColumnTest(b, colOwner, []span{{0, 0}}, 0)
	}
	var spans []span
	for n := range uint32(len(b.owners) / 16) {
		if hasID(t.ids, model.ID(b.owners[16*n:])) {
			spans = append(spans, span{n + 1, n + 1})
		}
	}
	return newColumnTest(b, colOwner, spans, 0)
}

// beginTest looks for the beginning of a town or postcode, folded.
type beginTest struct {
	col  field
	text string
}

func (t beginTest) row(r *changed) bool {
	text := r.town
	if t.col == colPostcode {
		text = r.postcode
	}
	return text != "" && strings.HasPrefix(text, t.text)
}

func (t beginTest) in(b *Base) blockTest {
	list := &b.towns
	if t.col == colPostcode {
		list = &b.postcodes
	}
	from, to := list.beginning(t.text)
	return newColumnTest(b, t.col, codes(from, to), 0)
}

// codes gives the numbers of places [from, to) in a dictionary.
func codes(from, to int) []span {
	if from >= to {
		return nil
	}
	return []span{{uint32(from + 1), uint32(to)}}
}

// nameTest looks for one name, folded.
type nameTest struct{ name string }

func (t nameTest) row(r *changed) bool { return r.name == t.name }

func (t nameTest) in(b *Base) blockTest {
	from, to := b.names.exactly(t.name)
	return rowsTest(b, rowsAt(b.order, from, to))
}

// termTest looks for the beginning of a number, ours or theirs.
type termTest struct{ text string }

func (t termTest) row(r *changed) bool {
	for _, n := range r.terms {
		if strings.HasPrefix(n, t.text) {
			return true
		}
	}
	return false
}

func (t termTest) in(b *Base) blockTest {
	from, to := b.terms.beginning(t.text)
	return rowsTest(b, rowsAt(b.termRows, from, to))
}

// digitsTest compares a postcode by its digits.
type digitsTest struct{ of span }

func (t digitsTest) in(b *Base) blockTest {
	out := &codesTest{col: &b.cols[colPostcode], rows: b.rows, bits: make([]uint64, (b.postcodes.n+1)/64+1)}
	for n := range b.postcodes.n {
		if v := u32(b.digits, n); v >= t.of.low && v <= t.of.high {
			out.bits[(n+1)/64] |= 1 << ((n + 1) % 64)
		}
	}
	return out
}

func (t digitsTest) row(r *changed) bool { return r.digits >= t.of.low && r.digits <= t.of.high }

// marksTest looks at the sightings that count at a moment. It is never met by
// who has none: such a condition is turned round.
type marksTest struct {
	now   model.Stamp
	meets func(standing) bool
}

func (t marksTest) row(r *changed) bool {
	s := standingOf(r.marks, t.now)
	return s.traits != 0 && t.meets(s)
}

func (t marksTest) in(b *Base) blockTest {
	var rows []uint32
	for n := range b.marks.len() {
		if s := b.marks.standing(n, t.now); s.traits != 0 && t.meets(s) {
			rows = append(rows, u32(b.marks.row, n))
		}
	}
	return rowsTest(b, rows)
}

// limboTest looks for who waits for word since a moment or longer.
type limboTest struct{ until model.Stamp }

func (t limboTest) row(r *changed) bool { return r.limbo != 0 && r.limbo <= t.until }

func (t limboTest) in(b *Base) blockTest {
	var rows []uint32
	for n := range len(b.limbo.row) / 4 {
		if m := b.limbo.moment(n); m != 0 && m <= t.until {
			rows = append(rows, u32(b.limbo.row, n))
		}
	}
	return rowsTest(b, rows)
}

// notTest is met where another is not.
type notTest struct{ test }

func (t notTest) row(r *changed) bool  { return !t.test.row(r) }
func (t notTest) in(b *Base) blockTest { return notBlock{t.test.in(b), b.rows} }

type notBlock struct {
	blockTest
	rows int
}

func (t notBlock) has(row int) bool { return !t.blockTest.has(row) }

func (t notBlock) mark(from int, m *mask) {
	var met mask
	t.blockTest.mark(from, &met)
	all := first(t.rows - from)
	for w := range m {
		m[w] |= all[w] &^ met[w]
	}
}

// idsTest looks for some customers.
type idsTest struct{ ids []model.ID }

func newIDsTest(ids []model.ID) idsTest { return idsTest{sortIDs(ids)} }

func (t idsTest) row(r *changed) bool { return hasID(t.ids, r.id) }

func (t idsTest) in(b *Base) blockTest {
	rows := make([]uint32, 0, len(t.ids))
	for _, id := range t.ids {
		if row, ok := b.ids.row(id); ok {
			rows = append(rows, uint32(row))
		}
	}
	return rowsTest(b, rows)
}
