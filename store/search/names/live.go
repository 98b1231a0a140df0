package names

import (
	"slices"
	"sync"
	"sync/atomic"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

// Live is an index with what changed since it was built. Any number may search
// it while one changes it; a search sees all of a change or none of it.
//
// What changed stands in small indexes in memory, each some times larger than
// the one before: a change builds the smallest anew, and now and then they are
// poured into the next. A customer who changed is dead in every older one.
type Live struct {
	mu     sync.Mutex // for those who change
	base   *Index
	levels []map[model.ID]Entry // what stands in view.parts after the base
	view   atomic.Pointer[view]
}

// view is what a search sees; it never changes.
type view struct {
	parts []*part // the base first, if any
}

// part is an index and the customers in it who do not count any more.
type part struct {
	table *table
	dead  []uint32 // ordinals, ascending
	names []uint32 // the name of each of them, ascending
}

// level is how many customers the first index of changes may hold, and how many
// times more each next one may.
const (
	levelSize   = 32
	levelFactor = 16
)

// NewLive makes a live index; base may be nil for none.
func NewLive(base *Index) *Live {
	l := &Live{base: base}
	v := &view{}
	if base != nil {
		v.parts = append(v.parts, &part{table: base.table})
	}
	l.view.Store(v)
	return l
}

// Base gives the index that was given to [NewLive].
func (l *Live) Base() *Index { return l.base }

// Changed is how many customers stand in memory because they came or changed
// since the base was built, or are dead in the base. When it is a good part of
// the base, a new one should be built.
func (l *Live) Changed() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, level := range l.levels {
		n += len(level)
	}
	if l.base != nil {
		n += len(l.view.Load().parts[0].dead)
	}
	return n
}

// Len is how many customers can be found.
func (l *Live) Len() int {
	n := 0
	for _, p := range l.view.Load().parts {
		n += p.table.nPeople - len(p.dead)
	}
	return n
}

// Put adds customers or replaces them by their ids.
func (l *Live) Put(entries ...Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	parts := l.bury(func(yield func(model.ID)) {
		for i := range entries {
			yield(entries[i].ID)
		}
	})
	if len(l.levels) == 0 {
		l.levels = append(l.levels, map[model.ID]Entry{})
	}
	for _, e := range entries {
		l.levels[0][e.ID] = e
	}
	l.settle(parts)
}

// Remove takes customers out; those that are not there are no error.
func (l *Live) Remove(ids ...model.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	parts := l.bury(func(yield func(model.ID)) {
		for _, id := range ids {
			yield(id)
		}
	})
	l.view.Store(&view{parts: parts})
}

// bury gives the parts with customers dead in all of them.
func (l *Live) bury(each func(yield func(model.ID))) []*part {
	parts := slices.Clone(l.view.Load().parts)
	changed := make([]bool, len(parts))
	each(func(id model.ID) {
		for _, level := range l.levels {
			delete(level, id)
		}
		for i, p := range parts {
			ord, ok := p.table.ordinal(id)
			if !ok {
				continue
			}
			if _, already := slices.BinarySearch(p.dead, ord); already {
				continue
			}
			if !changed[i] {
				p = &part{table: p.table, dead: slices.Clone(p.dead), names: slices.Clone(p.names)}
				parts[i], changed[i] = p, true
			}
			p.dead = insertSorted(p.dead, ord)
			p.names = insertSorted(p.names, p.table.name(ord))
		}
	})
	return parts
}

func insertSorted(list []uint32, v uint32) []uint32 {
	at, _ := slices.BinarySearch(list, v)
	return slices.Insert(list, at, v)
}

// settle builds the first level anew, after pouring out those that are full.
func (l *Live) settle(parts []*part) {
	most, last := levelSize, 0
	for i := 0; len(l.levels[i]) > most; i++ {
		if i+1 == len(l.levels) {
			l.levels = append(l.levels, nil)
		}
		if l.levels[i+1] == nil {
			l.levels[i+1] = map[model.ID]Entry{}
		}
		for id, e := range l.levels[i] {
			l.levels[i+1][id] = e
		}
		l.levels[i] = map[model.ID]Entry{}
		most, last = most*levelFactor, i+1
	}
	first := 0
	if l.base != nil {
		first = 1
	}
	for len(parts) < first+len(l.levels) {
		parts = append(parts, nil)
	}
	for i := range last + 1 {
		parts[first+i] = &part{table: inMemory(l.levels[i])}
	}
	l.view.Store(&view{parts: parts})
}

// inMemory makes a table of some customers.
func inMemory(entries map[model.ID]Entry) *table {
	x, err := Memory(segment.Stamp{}, func(yield func(Entry) error) error {
		for _, e := range entries {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil { // of names of four thousand million letters
		x, _ = Memory(segment.Stamp{}, func(func(Entry) error) error { return nil })
	}
	return x.table
}

// alive tells whether a customer counts.
func (p *part) alive(ord uint32) bool {
	if len(p.dead) == 0 {
		return true
	}
	_, dead := slices.BinarySearch(p.dead, ord)
	return !dead
}

// count is how many customers have a name.
func (p *part) count(name uint32) int {
	from, to := p.table.members(name)
	n := int(to - from)
	if len(p.names) == 0 {
		return n
	}
	at, found := slices.BinarySearch(p.names, name)
	for ; found && at < len(p.names) && p.names[at] == name; at++ {
		n--
	}
	return n
}

// find gives the number of a folded name; buf is for its use and given back.
func (x *table) find(folded, buf []byte) (name uint32, ok bool, _ []byte) {
	lo, hi := 0, x.nNames
	for lo < hi {
		mid := (lo + hi) / 2
		buf = x.folded(buf[:0], uint32(mid)) // #nosec G115 -- below nNames
		if string(buf) < string(folded) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo >= x.nNames {
		return 0, false, buf
	}
	buf = x.folded(buf[:0], uint32(lo)) // #nosec G115 -- below nNames
	return uint32(lo), string(buf) == string(folded), buf
}

// Members gives the customers who have the very name of one, folded, oldest
// first, at most limit; none for a customer who is not there.
func (l *Live) Members(id model.ID, limit int) []model.ID {
	v := l.view.Load()
	var name []byte
	for _, p := range v.parts {
		if ord, ok := p.table.ordinal(id); ok && p.alive(ord) {
			name = p.table.folded(nil, p.table.name(ord))
		}
	}
	if name == nil {
		return nil
	}
	var out []model.ID
	for _, p := range v.parts {
		n, ok, _ := p.table.find(name, nil)
		if !ok {
			continue
		}
		taken := 0
		for from, to := p.table.members(n); from < to && taken < limit; from++ {
			if ord := p.table.ordinalAt(from); p.alive(ord) {
				out = append(out, p.table.id(ord))
				taken++
			}
		}
	}
	slices.SortFunc(out, func(a, b model.ID) int { return slices.Compare(a[:], b[:]) })
	return out[:min(len(out), limit)]
}
