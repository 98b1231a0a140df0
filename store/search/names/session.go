package names

import (
	"bytes"
	"cmp"
	"slices"

	"pasvorm/model"
)

// Hit is a distinct folded name that a text may mean.
type Hit struct {
	ID    model.ID // the customer of that name who fits best: by town or postcode if typed, else the oldest
	Count int      // customers of that very name
	Cost  int      // how far the name is from what was typed; 0 for the very words
	Town  bool     // a typed word was read as the town or postcode of the customer
}

// Session searches while someone types: it keeps what earlier keystrokes found.
// It must not be used by two at once.
type Session struct {
	searcher
	live   *Live
	view   *view
	turn   uint64 // counts searches
	passes int    // readings of the text so far
	states []*wordState
	cut    []cuts
	gather gatherer
	placed []place
	glued  []byte
	words  []typed
	using  []*wordState
	found  []candidate
	score  scorer
	text   []byte
}

// candidate is a name that was weighed.
type candidate struct {
	cost  int
	part  int
	name  uint32
	who   uint32 // the customer who lives in the place that was read
	place bool
	clear uint16 // the typed words that it explains well
	count int
	id    model.ID
	text  string
}

// order is by what candidates come first: the weight of the edits, and less for a
// name that many have, as that is the one people mean more often. Where a place
// was read it counts who lives there, not how many have the name elsewhere.
func (c *candidate) order() int {
	switch {
	case c.cost <= 0:
		return -1 << 10 // the very words
	case c.place:
		return 2*c.cost - 1
	}
	return 2*c.cost - bitsLen(c.count)
}

// Bounds of what a session keeps of words that were looked up.
const (
	keptStates = 256
	keptBytes  = 20 << 20
)

// NewSession makes a session; several may search at the same time.
func (l *Live) NewSession() *Session { return &Session{live: l} }

// Search gives the names that a text most likely means, the likeliest first, at
// most limit. The last word may be half typed, unless a space follows it.
func (s *Session) Search(text string, limit int) []Hit {
	s.turn++
	if v := s.live.view.Load(); v != s.view {
		s.adopt(v)
	}
	s.words = parse(s.words[:0], text)
	s.found, s.passes = s.found[:0], 0
	if len(s.words) == 0 || limit <= 0 {
		return nil
	}
	s.pass(s.words, 0, 1<<len(s.words)-1, &firstBounds)
	s.again()
	return s.finish(limit)
}

// adopt turns to another view and forgets what was found in parts that are gone.
func (s *Session) adopt(v *view) {
	s.view, s.cut = v, s.cut[:0]
	s.states = slices.DeleteFunc(s.states, func(st *wordState) bool {
		return !slices.ContainsFunc(v.parts, func(p *part) bool { return p.table == st.of })
	})
}

// state gives what is known of a typed word in a part, looking it up where it is
// new.
func (s *Session) state(x *table, q typed, town bool) *wordState {
	words, t := &x.words, &x.trie
	if town {
		words, t = &x.towns, &x.places
	}
	var oldest *wordState
	kept := 0
	for _, st := range s.states {
		kept += cap(st.near) + cap(st.cost)
		if st.words == words && st.typed.text == q.text && st.typed.prefix == q.prefix && st.typed.wide == q.wide {
			st.used = s.turn
			return st
		}
		if len(st.near) == words.n && (oldest == nil || st.used < oldest.used) { // as large
			oldest = st
		}
	}
	st := oldest
	if oldest == nil || oldest.used == s.turn || len(s.states) < keptStates && kept+2*words.n < keptBytes {
		st = &wordState{}
		s.states = append(s.states, st)
	}
	st.of, st.words, st.typed, st.used = x, words, q, s.turn
	s.fill(st, t)
	return st
}

// pass searches all parts for one reading of the text. Names are gathered by the
// words that are fresh in it.
func (s *Session) pass(words []typed, extra int, fresh uint16, b *bounds) {
	s.passes++
	for i, p := range s.view.parts {
		if p.table.nPeople > len(p.dead) {
			s.score.fresh, s.score.bounds = fresh, b
			s.passPart(i, p, words, extra)
		}
	}
}

func (s *Session) passPart(at int, p *part, words []typed, extra int) {
	k := &s.score
	k.s, k.x, k.words = s, p, words
	s.using = s.using[:0]
	for i := range words {
		s.using = append(s.using, s.state(p.table, words[i], false))
	}
	k.states = s.using
	k.places = s.places(p.table, words)
	for _, name := range k.gather() {
		r := k.weigh(name)
		s.found = append(s.found, candidate{cost: r.cost + extra, part: at, name: name, who: r.who, place: r.place, clear: r.clear})
	}
}

// oldest gives the first customer of a name who counts.
func (p *part) oldest(name uint32) (place uint32) {
	from, to := p.table.members(name)
	for ; from < to; from++ {
		if p.alive(p.table.ordinalAt(from)) {
			return from
		}
	}
	return 0
}

// finish sorts what was found and makes one of names that several parts have.
func (s *Session) finish(limit int) []Hit {
	s.found = s.best(max(4*limit, 60))
	for i := range s.found {
		c := &s.found[i]
		p := s.view.parts[c.part]
		s.folded(c)
		if !c.place {
			c.who = p.oldest(c.name)
		}
		c.id = p.table.id(p.table.ordinalAt(c.who))
	}
	if len(s.view.parts) > 1 {
		s.unite()
	}
	slices.SortFunc(s.found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text), bytes.Compare(a.id[:], b.id[:]))
	})
	hits := make([]Hit, 0, min(limit, len(s.found)))
	for i := range s.found {
		c := &s.found[i]
		if len(hits) == limit {
			break
		}
		hits = append(hits, Hit{ID: c.id, Count: c.count, Cost: c.cost, Town: c.place})
	}
	return hits
}

// unite makes one of the candidates of several parts that have the same name,
// and counts the customers of all parts.
func (s *Session) unite() {
	slices.SortFunc(s.found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.cost, b.cost), bytes.Compare(a.id[:], b.id[:]))
	})
	s.found = slices.CompactFunc(s.found, func(a, b candidate) bool { return a.text == b.text })
	for i := range s.found {
		c := &s.found[i]
		for at, p := range s.view.parts {
			if at == c.part {
				continue
			}
			s.glued = append(s.glued[:0], c.text...)
			var name uint32
			var ok bool
			if name, ok, s.text = p.table.find(s.glued, s.text); !ok {
				continue
			}
			n := p.count(name)
			if c.count += n; n == 0 || c.place {
				continue
			}
			if id := p.table.id(p.table.ordinalAt(p.oldest(name))); bytes.Compare(id[:], c.id[:]) < 0 {
				c.id = id
			}
		}
	}
}

// best gives the candidates of the least weight, about so many, each name of a
// part once and none that nobody has any more.
func (s *Session) best(most int) []candidate {
	var counts [256]int
	for i := range s.found {
		counts[min(max(s.found[i].cost, 0), 255)]++
	}
	limit, sum := 0, 0
	for ; limit < 255 && sum < most; limit++ {
		sum += counts[limit]
	}
	kept := s.found[:0]
	for _, c := range s.found {
		if c.cost > limit {
			continue
		}
		if c.count = s.view.parts[c.part].count(c.name); c.count == 0 {
			continue
		}
		at := -1
		if s.passes > 1 {
			at = slices.IndexFunc(kept, func(k candidate) bool { return k.name == c.name && k.part == c.part })
		}
		switch {
		case at < 0:
			kept = append(kept, c)
		case c.cost < kept[at].cost:
			kept[at] = c
		}
	}
	return kept
}
