package names

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// bounds is the most that one reading of a text looks at in one part.
type bounds struct {
	postings int // entries of lists of names
	lifted   int // names of which one other word is looked at
	weighed  int // names that are weighed exactly
	townsmen int // names of those who live in the towns typed
}

var (
	firstBounds   = bounds{postings: 24_000, lifted: 2_500, weighed: 220, townsmen: 120_000}
	furtherBounds = bounds{postings: 9_000, lifted: 800, weighed: 90, townsmen: 30_000}
)

// gatherer collects names by the evidence of their words.
type gatherer struct {
	evidence []uint16 // of each name of a part
	touched  []uint32
	walks    []walk
	counts   [1 << 10]uint32
	chosen   []uint32
	loads    []load
	lifts    []int // the typed words whose lists were not walked
}

// walk is a list of names to go through.
type walk struct {
	list     []byte
	names    int
	evidence uint16
	adds     bool // only to names that were found
}

// strength is the most evidence that a typed word gives.
func strength(q *typed) int {
	if q.class&(classInfix|classForm) != 0 {
		return 6
	}
	return 12 + 4*min(len(q.glued), 12)
}

// gather gives the names of a part that are worth weighing, in g.chosen.
func (k *scorer) gather() []uint32 {
	g := &k.s.gather
	n := k.x.table.nNames
	if cap(g.evidence) < n {
		g.evidence = make([]uint16, n)
	}
	g.evidence = g.evidence[:n]
	g.touched, g.walks = g.touched[:0], g.walks[:0]
	all := true // every word is an infix or such
	for i := range k.words {
		all = all && k.words[i].class&(classInfix|classForm) != 0
	}
	k.plan(all)
	for i := range g.walks {
		g.walk(&g.walks[i], n)
	}
	k.choose()
	for _, i := range g.lifts {
		st := k.states[i]
		for _, w := range st.marked {
			st.near[w] &^= walked
		}
		st.marked = st.marked[:0]
	}
	for _, name := range g.touched {
		g.evidence[name] = 0
	}
	return g.chosen
}

// load is how many names the lists of a typed word have.
type load struct {
	typed, names int
	adds         bool // it adds to names found by others and finds none itself
}

// plan decides which lists are walked: those of the typed words with the fewest
// names, as far as the bound allows. Names found so are lifted by the others.
func (k *scorer) plan(all bool) {
	g := &k.s.gather
	g.loads, g.lifts = g.loads[:0], g.lifts[:0]
	for i := range k.words {
		if !all && k.words[i].class&(classInfix|classForm) != 0 {
			continue
		}
		k.s.list(k.states[i])
		l := load{typed: i, names: k.states[i].total, adds: k.fresh>>i&1 == 0}
		g.loads = append(g.loads, l)
	}
	if !slices.ContainsFunc(g.loads, func(l load) bool { return !l.adds && l.names <= k.bounds.postings }) {
		for i := range g.loads {
			g.loads[i].adds = false // the new words are too common to find anyone by
		}
	}
	slices.SortFunc(g.loads, func(a, b load) int {
		return cmp.Or(boolCompare(a.adds, b.adds), cmp.Compare(a.names, b.names), cmp.Compare(a.typed, b.typed))
	})
	left := k.bounds.postings
	for n, l := range g.loads {
		left -= k.addWalks(l, left/(len(g.loads)-n))
	}
}

// addWalks adds the lists of the words that a typed word may mean, the closest
// and rarest first, up to a bound, and gives how many names they have. A word
// that has further ones is noted among the lifts.
func (k *scorer) addWalks(l load, most int) (sum int) {
	i := l.typed
	g, st := &k.s.gather, k.states[i]
	full, first := strength(&k.words[i]), len(g.walks) == 0
	for j := range k.places {
		if p := &k.places[j]; p.mask>>i&1 != 0 && p.sure() {
			full /= 2 // it gives evidence as a town already
		}
	}
	partly := st.total > most || st.many || len(st.hits) == 0
	if partly {
		g.lifts = append(g.lifts, i)
	}
	for _, h := range st.hits {
		n, list := k.x.table.postings(h.word)
		if n == 0 {
			continue
		}
		if sum+n > most {
			if !first || sum >= most {
				break
			}
			n = most - sum // the first of all words finds something in any case
		} else if partly {
			st.near[h.word] |= walked
			st.marked = append(st.marked, h.word)
		}
		sum += n
		e := max(full-int(h.cost)*3/2, 4)
		e += e * max(16-bitsLen(n), 0) / 24
		g.walks = append(g.walks, walk{list: list, names: n, adds: l.adds, evidence: uint16(e)}) // #nosec G115 -- small
	}
	return sum
}

func bitsLen(n int) int { return bits.Len(uint(n)) } // #nosec G115 -- a count

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// walk adds the evidence of one word to the names that have it.
func (g *gatherer) walk(w *walk, names int) {
	if w.adds {
		each(w.list, w.names, names, func(name uint32) bool {
			if e := &g.evidence[name]; *e != 0 {
				*e += w.evidence
			}
			return true
		})
		return
	}
	each(w.list, w.names, names, func(name uint32) bool {
		e := &g.evidence[name]
		if *e == 0 {
			g.touched = append(g.touched, name)
		}
		*e += w.evidence
		return true
	})
}

// Evidence that is no word: living in a town, beginning with a letter.
const (
	evidenceTown   = 40
	evidenceLetter = 14
	evidenceShort  = 6
)

// towns adds the evidence of those who live in the towns that were typed.
func (k *scorer) towns() {
	g, n, left := &k.s.gather, k.x.table.nNames, k.bounds.townsmen
	for i := range k.places {
		p := &k.places[i]
		if p.town == nil {
			for _, name := range g.touched {
				if w, _ := p.nearest(k.x, name); w < farther {
					g.evidence[name] += evidenceTown
				}
			}
			continue
		}
		for _, h := range p.town.hits {
			m, list := k.x.table.townPost.get(h.word)
			if left -= m; left < 0 {
				break
			}
			e := evidenceTown - min(uint16(h.cost), 20)
			each(list, m, n, func(name uint32) bool {
				if v := &g.evidence[name]; *v != 0 {
					*v += e
				}
				return true
			})
		}
	}
}

// letters adds the evidence of names that begin as a typed word does: initials
// may stand for any name.
func (k *scorer) letters() {
	g := &k.s.gather
	for i := range k.words {
		q := &k.words[i]
		if q.class&classInfix != 0 && len(q.glued) > 1 || !isLetter(q.glued[0]) {
			continue
		}
		e := uint16(evidenceShort)
		if len(q.glued) == 1 {
			e = evidenceLetter
		}
		from, to := k.x.table.beginning(q.glued[0])
		for _, name := range g.touched {
			if name >= from && name < to {
				g.evidence[name] += e
			}
		}
	}
}

// each reads a list of n names that are below names.
func each(list []byte, n, names int, f func(name uint32) bool) {
	at := uint64(0)
	for range n {
		var d uint64
		if len(list) > 0 && list[0] < 0x80 {
			d, list = uint64(list[0]), list[1:]
		} else {
			v, size := binary.Uvarint(list)
			if size <= 0 {
				return
			}
			d, list = v, list[size:]
		}
		if at += d; at >= uint64(names) || !f(uint32(at)) { // #nosec G115 -- a count; below names
			return
		}
	}
}

// bucket is the place of some evidence in the table of counts.
func bucket(e uint16) int { return min(int(e), 1<<10-1) }

// cut gives the evidence at which at most so many names are left that have more.
func (g *gatherer) cut(most int) uint16 {
	clear(g.counts[:])
	for _, name := range g.touched {
		g.counts[bucket(g.evidence[name])]++
	}
	sum := 0
	for e := len(g.counts) - 1; e > 0; e-- {
		if sum += int(g.counts[e]); sum > most {
			return uint16(e) // #nosec G115 -- below 1024
		}
	}
	return 0
}

// choose picks the names with the most evidence. Where they are too many, what
// their other words and towns say is added first.
func (k *scorer) choose() {
	g := &k.s.gather
	g.chosen = g.chosen[:0]
	if len(g.touched) > k.bounds.weighed {
		k.towns()
		k.letters()
		if len(g.lifts) > 0 {
			k.liftBest()
		}
	}
	floor := g.cut(k.bounds.weighed)
	for _, name := range g.touched {
		if g.evidence[name] > floor {
			g.chosen = append(g.chosen, name)
		}
	}
	for _, name := range g.touched {
		if len(g.chosen) >= k.bounds.weighed {
			break
		}
		if g.evidence[name] == floor {
			g.chosen = append(g.chosen, name)
		}
	}
}

// liftBest lifts the names with the most evidence.
func (k *scorer) liftBest() {
	g := &k.s.gather
	most := k.bounds.lifted
	floor := g.cut(most)
	for _, name := range g.touched {
		if g.evidence[name] > floor {
			most--
		}
	}
	for _, name := range g.touched {
		e := &g.evidence[name]
		if *e == floor {
			most--
		}
		if *e > floor || *e == floor && most >= 0 {
			*e += k.lift(name)
		}
	}
}

// lift gives the evidence of the words of a name whose lists were not walked.
func (k *scorer) lift(name uint32) uint16 {
	t, lifts := k.x.table, k.s.gather.lifts
	list := t.tokens(name)
	var best [maxTyped]int
	for j := range min(len(list)/3, maxTokens) {
		w := token(list, j)
		if int(w) >= t.words.n {
			break
		}
		class := t.class[w]
		for _, i := range lifts {
			q, st := &k.words[i], k.states[i]
			e := 0
			near := st.near[w]
			if near&walked != 0 {
				continue // its evidence was counted
			}
			if near != 0 {
				e = strength(q) - int(k.s.costOf(st, w))
			}
			if e <= 0 && (class&classInitials != 0 || len(q.glued) == 1) && class&classInfix == 0 {
				if word := t.words.get(w); len(word) > 0 && word[0] == q.glued[0] {
					e = 12
				}
			}
			best[i] = max(best[i], e)
		}
	}
	e := 0
	for _, i := range lifts {
		e += best[i]
	}
	return uint16(e) // #nosec G115 -- a few hundred
}
