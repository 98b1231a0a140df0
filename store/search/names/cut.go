package names

import (
	"cmp"
	"slices"
	"strings"
)

// gluedInfixes are the infixes that are often written on to a name, as written
// apart.
var gluedInfixes = []struct{ glued, apart string }{
	{"van", "van"}, {"vande", "van de"}, {"vanden", "van den"}, {"vander", "van der"}, {"vant", "van t"}, {"vanhet", "van het"},
	{"vd", "vd"}, {"de", "de"}, {"den", "den"}, {"der", "der"}, {"het", "het"}, {"ten", "ten"}, {"ter", "ter"}, {"te", "te"},
	{"el", "el"}, {"al", "al"}, {"ait", "ait"}, {"ben", "ben"}, {"la", "la"}, {"le", "le"}, {"du", "du"}, {"des", "des"},
	{"op", "op"}, {"opde", "op de"}, {"opden", "op den"}, {"inde", "in de"}, {"int", "in t"}, {"von", "von"},
	{"da", "da"}, {"dos", "dos"}, {"di", "di"}, {"del", "del"},
}

// cutting is a typed word in parts.
type cutting struct {
	cost  int
	from  int    // where the last part begins
	prev  int    // the cutting before it
	name  bool   // it has a part that is no infix
	apart string // the last part, words with spaces between
}

// cut is a reading of a typed word as several.
type cut struct {
	words []typed
	extra int
}

// cuts are what is known of how a typed word may be cut.
type cuts struct {
	text   string
	prefix bool
	used   uint64 // the search that used it last
	list   []cut
}

// maxCuts is the most readings of one typed word as several; keptCuts is of how
// many words they are kept between keystrokes.
const (
	maxCuts  = 3
	keptCuts = 24
)

// cuts gives the readings of a typed word as several words, the likeliest first.
func (s *Session) cuts(q *typed) []cut {
	if n := len(q.glued); n < 5 || q.class&classInitials != 0 {
		return nil
	}
	oldest := 0
	for i := range s.cut {
		c := &s.cut[i]
		if c.text == q.glued && c.prefix == q.prefix {
			c.used = s.turn
			return c.list
		}
		if c.used < s.cut[oldest].used {
			oldest = i
		}
	}
	c := cuts{text: q.glued, prefix: q.prefix, used: s.turn, list: s.parted(q)}
	if len(s.cut) < keptCuts {
		s.cut = append(s.cut, c)
	} else {
		s.cut[oldest] = c
	}
	return c.list
}

// parted cuts a typed word: in infixes and words of the dictionaries, one of
// which may be misheard.
func (s *Session) parted(q *typed) []cut {
	w := q.glued
	n := len(w)
	// best[j][v] is the cheapest cutting of the first j letters; with v = 1 it
	// has its one vague part.
	var best [maxWord + 1][2]cutting
	for j := 1; j <= n; j++ {
		best[j] = [2]cutting{{cost: 1 << 10}, {cost: 1 << 10}}
	}
	best[0][1].cost = 1 << 10
	var ways []cut
	for j := 2; j <= n; j++ {
		for b := max(0, j-16); b <= j-2; b++ {
			if b == 0 && j == n || b == 1 {
				continue
			}
			apart, cost, name, vague := s.partCost(w[b:j])
			for v := range 2 {
				before := &best[b][v]
				if before.cost >= 1<<10 || vague && v == 1 || j == n && !name && !before.name {
					continue
				}
				to := v
				if vague {
					to = 1
				}
				c := cutting{cost: before.cost + cost, from: b, prev: v, name: name || before.name, apart: apart}
				if j == n {
					ways = append(ways, cutUp(q, &best, b, v, c.cost))
				} else if c.cost < best[j][to].cost {
					best[j][to] = c
				}
			}
		}
	}
	slices.SortStableFunc(ways, func(a, b cut) int { return cmp.Compare(a.extra, b.extra) })
	ways = slices.Clone(ways[:min(len(ways), maxCuts)])
	for i := range ways {
		ways[i].extra = costGlue + ways[i].extra/4
	}
	return ways
}

// cutUp gives a typed word cut at from and before.
func cutUp(q *typed, best *[maxWord + 1][2]cutting, from, v, cost int) cut {
	w := q.glued
	parts := []typed{typedWord(w[from:], q.prefix)}
	for end := from; end > 0; {
		c := &best[end][v]
		words := strings.Fields(c.apart)
		for _, word := range slices.Backward(words) {
			parts = append(parts, typedWord(word, false))
		}
		end, v = c.from, c.prev
	}
	slices.Reverse(parts)
	return cut{parts, cost}
}

// partCost judges a part of a glued word and gives it as words apart.
func (s *Session) partCost(part string) (apart string, cost int, name, vague bool) {
	apart, cost, vague = part, 60, true
	if len(part) >= 3 {
		cost, name = 22-min(len(part), 8)/2, true // to be taken with an edit
	}
	for _, x := range gluedInfixes {
		if x.glued == part {
			return x.apart, 0, false, false
		}
		if d := len(x.glued) - len(part); d < -1 || d > 1 || len(part) < 2 {
			continue
		}
		limit := uint8(8)
		if len(part) > 3 {
			limit = 13
		}
		if c := s.weigh.whole(part, x.glued, limit); c < farther && 1+int(c) < cost {
			apart, cost, name, vague = x.apart, 1+int(c), false, false
		}
	}
	if len(part) < 3 {
		return apart, cost, name, vague
	}
	for _, p := range s.view.parts {
		s.key = soundKey(s.key[:0], part)
		from, to := p.table.trie.exact(s.key)
		for w := from; w < to; w++ {
			text := p.table.words.get(w)
			c := int(s.weigh.whole(part, str(text), 6))
			if c = 14 - 2*min(len(part), 5) + c; c < cost && p.has(w) {
				apart, cost, name, vague = part, c, true, false
			}
		}
	}
	return apart, cost, name, vague
}
