package names

import (
	"cmp"
	"slices"
	"strings"
)

// Bounds of the further readings of a text that finds nothing close.
const (
	poor        = 11 // the least weight of a best name with which they are tried
	maxReadings = 4  // further readings of one text
	costGlue    = 2  // of words joined or parted
)

// alternative is another way to take the words typed.
type alternative struct {
	words []typed
	extra int
	fresh uint16 // the words that are new in it
}

// again tries other readings of the words where what was found is poor: words
// that were glued are parted, words that were parted are glued, and at last each
// is given an edit more. Only words that the best name does not explain are taken
// otherwise.
func (s *Session) again() {
	if s.unclear(poor) == 0 {
		return
	}
	var list []alternative
	for i := range s.words {
		list = s.parted(list, i)
	}
	list = s.joinedUp(list)
	slices.SortStableFunc(list, func(a, b alternative) int { return cmp.Compare(a.extra, b.extra) })
	for i := range min(len(list), maxReadings) {
		s.pass(list[i].words, list[i].extra, list[i].fresh, &furtherBounds)
		if s.unclear(poor) == 0 {
			return
		}
	}
	bad := s.unclear(poor + 2)
	if bad == 0 {
		return
	}
	wide, fresh := slices.Clone(s.words), uint16(0)
	for i := range wide {
		if bad>>i&1 != 0 && wide[i].class == 0 && len(wide[i].glued) > 3 {
			wide[i].wide = 1
			fresh |= 1 << i
		}
	}
	if fresh != 0 {
		s.pass(wide, 1, fresh, &furtherBounds)
	}
}

// unclear gives the typed words that the best name does not explain well, none
// where the name weighs less than a bound. A last word of a few letters is not
// unclear: it is being typed.
func (s *Session) unclear(bound int) (bad uint16) {
	best := -1
	for i := range s.found {
		c := &s.found[i]
		if best >= 0 && c.cost > s.found[best].cost || s.view.parts[c.part].count(c.name) == 0 {
			continue
		}
		if best < 0 || c.cost < s.found[best].cost || s.folded(c) < s.folded(&s.found[best]) {
			best = i
		}
	}
	n := len(s.words)
	if best < 0 {
		bad = 1<<n - 1
	} else {
		c := &s.found[best]
		if c.cost < bound {
			return 0
		}
		bad = ^c.clear & (1<<n - 1)
	}
	if last := &s.words[n-1]; last.prefix && len(last.glued) <= 3 {
		bad &^= 1 << (n - 1)
	}
	return bad
}

// folded gives the folded name of a candidate.
func (s *Session) folded(c *candidate) string {
	if c.text == "" {
		s.text = s.view.parts[c.part].table.folded(s.text[:0], c.name)
		c.text = string(s.text)
	}
	return c.text
}

// replaced gives the words with some of them replaced.
func (s *Session) replaced(from, to int, by []typed) []typed {
	out := make([]typed, 0, len(s.words)+len(by))
	out = append(append(append(out, s.words[:from]...), by...), s.words[to:]...)
	return out[:min(len(out), maxTyped)]
}

// joinedUp adds readings with two or three words as one, where there are words
// that sound so.
func (s *Session) joinedUp(list []alternative) []alternative {
	for n := 2; n <= 3; n++ {
		for i := 0; i+n <= len(s.words); i++ {
			text := glue(s.words[i : i+n])
			if len(text) < 4 || len(text) > maxWord {
				continue
			}
			q := typedWord(text, s.words[i+n-1].prefix)
			best := uint8(farther)
			s.key = soundKey(s.key[:0], text)
			for _, p := range s.view.parts {
				from, to := p.table.trie.exact(s.key)
				for w := from; w < to; w++ {
					if c := s.weigh.whole(text, str(p.table.words.get(w)), 8); c < best && p.has(w) {
						best = c
					}
				}
			}
			if best <= 8 {
				list = append(list, alternative{s.replaced(i, i+n, []typed{q}), costGlue + int(best)/4, 1 << i})
			}
		}
	}
	return list
}

// has tells whether someone who counts has a word in the name.
func (p *part) has(word uint32) bool {
	if len(p.dead) == 0 {
		return true
	}
	n, list := p.table.postings(word)
	found := false
	each(list, n, p.table.nNames, func(name uint32) bool {
		found = p.count(name) > 0
		return !found
	})
	return found
}

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

// parted adds readings of a typed word as several words: infixes and words of
// the dictionaries, one of which may be misheard.
func (s *Session) parted(list []alternative, i int) []alternative {
	w := s.words[i].glued
	n := len(w)
	if n < 5 || s.words[i].class&classInitials != 0 {
		return list
	}
	// best[j][v] is the cheapest cutting of the first j letters; with v = 1 it
	// has its one vague part.
	var best [maxWord + 1][2]cutting
	for j := 1; j <= n; j++ {
		best[j] = [2]cutting{{cost: 1 << 10}, {cost: 1 << 10}}
	}
	best[0][1].cost = 1 << 10
	var ways []alternative
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
					ways = append(ways, s.cutUp(i, &best, b, v, c.cost))
				} else if c.cost < best[j][to].cost {
					best[j][to] = c
				}
			}
		}
	}
	slices.SortStableFunc(ways, func(a, b alternative) int { return cmp.Compare(a.extra, b.extra) })
	for _, a := range ways[:min(len(ways), 3)] {
		a.extra = costGlue + a.extra/4
		list = append(list, a)
	}
	return list
}

// cutUp gives the words with one of them cut at from and before.
func (s *Session) cutUp(i int, best *[maxWord + 1][2]cutting, from, v, cost int) alternative {
	w := s.words[i].glued
	parts := []typed{typedWord(w[from:], s.words[i].prefix)}
	for end := from; end > 0; {
		c := &best[end][v]
		words := strings.Fields(c.apart)
		for _, word := range slices.Backward(words) {
			parts = append(parts, typedWord(word, false))
		}
		end, v = c.from, c.prev
	}
	slices.Reverse(parts)
	return alternative{s.replaced(i, i+1, parts), cost, (1<<len(parts) - 1) << i}
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
