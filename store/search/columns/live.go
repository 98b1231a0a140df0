package columns

import (
	"context"
	"slices"
	"sync"

	"pasvorm/model"
	"pasvorm/store/search"
)

// Live is a base with what changed since it was made lying over it. It may be
// used by several goroutines: whoever asks sees each change whole. What changed
// is looked at row by row, so that a new base is due after some thousands.
type Live struct {
	base *Base

	mu     sync.RWMutex
	over   map[model.ID]*changed // nil for one that is gone
	rows   []*changed            // those that are not gone, in no order
	masked []uint32              // rows of the base that no longer count, ascending
	stale  bool                  // rows and masked are to be made anew
}

// changed is a row as it stands now, ready to be compared with those of the
// base.
type changed struct {
	id                           model.ID
	numbers                      [colOwner]uint32
	owner                        model.ID
	name, town, postcode, number string // folded
	terms                        []string
	digits                       uint32
	marks                        []Mark
	limbo                        model.Stamp

	place     uint32 // among the rows of the base by name, see Base.placeOf
	townAt    uint32 // among the towns of the base, see texts.spot
	numberAt  uint32
	inBase    bool
	rowOfBase uint32
}

// NewLive lays nothing over a base.
func NewLive(b *Base) *Live { return &Live{base: b, over: map[model.ID]*changed{}} }

// Base gives what lies under the changes.
func (l *Live) Base() *Base { return l.base }

// Has tells whether a customer is there.
func (l *Live) Has(id model.ID) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if r, ok := l.over[id]; ok {
		return r != nil
	}
	_, ok := l.base.ids.row(id)
	return ok
}

// HasOf tells whether anybody may be there whose id begins as that of an import,
// so far as [model.ImportPrefix] goes; of the base also those who went since.
func (l *Live) HasOf(imp model.ID) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	of := func(id model.ID) bool { return [runPrefix]byte(id[:]) == [runPrefix]byte(imp[:]) }
	last := imp
	copy(last[runPrefix:], "\xff\xff\xff\xff")
	row, ok := l.base.ids.row(last)
	if ok || row > 0 && of(l.base.ids.id(row-1)) {
		return true
	}
	for id, r := range l.over {
		if r != nil && of(id) {
			return true
		}
	}
	return false
}

// Len is how many customers changed or went since the base was made.
func (l *Live) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.over)
}

// Put says how a customer stands now, a new one too. The row may be used again.
func (l *Live) Put(r *Row) {
	c := l.base.change(r)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over[r.ID], l.stale = c, true
}

// Remove says that a customer is gone.
func (l *Live) Remove(id model.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.base.ids.row(id); !ok {
		delete(l.over, id)
	} else {
		l.over[id] = nil
	}
	l.stale = true
}

// read takes the lock for a question; the caller gives it back.
func (l *Live) read() (unlock func()) {
	for {
		l.mu.RLock()
		if !l.stale {
			return l.mu.RUnlock
		}
		l.mu.RUnlock()
		l.mu.Lock()
		l.settle()
		l.mu.Unlock()
	}
}

// settle lists the changes for walking; the caller holds the lock.
func (l *Live) settle() {
	if !l.stale {
		return
	}
	l.stale = false
	clear(l.rows)
	l.rows, l.masked = l.rows[:0], l.masked[:0]
	for id, c := range l.over {
		if c != nil {
			l.rows = append(l.rows, c)
		}
		if c != nil && c.inBase {
			l.masked = append(l.masked, c.rowOfBase)
		} else if c == nil {
			if row, ok := l.base.ids.row(id); ok {
				l.masked = append(l.masked, uint32(row))
			}
		}
	}
	slices.Sort(l.masked)
}

// change makes a row ready.
func (b *Base) change(r *Row) *changed {
	c := &changed{id: r.ID, numbers: numbersIn(r), owner: r.Owner, name: search.SortName(r.Name), town: search.SortName(r.Town),
		postcode: compactly(r.Postcode), number: naturally(r.Number), terms: numbersOf(r), marks: slices.Clone(r.Marks), limbo: r.Limbo}
	c.digits = digitsOf(c.postcode)
	row, ok := b.ids.row(r.ID)
	c.inBase, c.rowOfBase = ok, uint32(row)
	c.place = b.placeOf(c.name, r.ID, false)
	c.townAt, c.numberAt = b.towns.spot(c.town), b.numbers.spot(c.number)
	return c
}

// Total is how many customers there are.
func (l *Live) Total() int {
	defer l.read()()
	return l.base.rows - len(l.masked) + len(l.rows)
}

// Count tells how many customers meet a condition.
func (l *Live) Count(c *Cond) int {
	defer l.read()()
	n := 0
	b := c.in(l.base)
	var m mask
	for i := range l.base.blocks() {
		if l.base.block(b, l.masked, i*blockRows, &m) {
			n += m.count()
		}
	}
	for _, r := range l.rows {
		if c.row(r) {
			n++
		}
	}
	return n
}

// Match tells whether a customer is there and meets a condition.
func (l *Live) Match(c *Cond, id model.ID) bool {
	defer l.read()()
	if r, ok := l.over[id]; ok {
		return r != nil && c.row(r)
	}
	row, ok := l.base.ids.row(id)
	return ok && c.in(l.base).has(row)
}

// All calls yield for every customer that meets a condition, in no order, until
// it gives false. It ends with ctx, whose error it gives. Nobody can change what
// lies over the base meanwhile, so yield must not wait.
func (l *Live) All(ctx context.Context, c *Cond, yield func(model.ID) bool) error {
	defer l.read()()
	b := c.in(l.base)
	var m mask
	going := true
	for i := 0; i < l.base.blocks() && going; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !l.base.block(b, l.masked, i*blockRows, &m) {
			continue
		}
		run := -1
		m.each(i*blockRows, func(row int) {
			if going {
				var id model.ID
				id, run = l.base.ids.from(run, row)
				going = yield(id)
			}
		})
	}
	for _, r := range l.rows {
		if going && c.row(r) {
			going = yield(r.id)
		}
	}
	return ctx.Err()
}
