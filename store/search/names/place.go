package names

import (
	"slices"
	"strings"
)

// place is a reading of some typed words as a town or a postcode.
type place struct {
	from, to int // the typed words
	town     *wordState
	code     typedCode
	mask     uint16
}

// maxPlaces is the most readings as places of one text.
const maxPlaces = 6

// places finds the readings of words at the end or the beginning as a town or a
// postcode. A reading never takes all words.
func (s *Session) places(x *table, words []typed) []place {
	out := s.placed[:0]
	n := len(words)
	for length := min(4, n-1); length >= 1; length-- {
		for _, from := range [...]int{n - length, 0} {
			if len(out) == maxPlaces {
				break
			}
			p := place{from: from, to: from + length, mask: (1<<length - 1) << from}
			text := glue(words[p.from:p.to])
			prefix := words[p.to-1].prefix
			if length <= 2 {
				if c, ok := readCode(text); ok && (length == 1 || len(words[p.from].text) == 4) {
					p.code = c
					out = append(out, p)
					continue
				}
			}
			if len(text) < 3 || !isLetter(text[0]) {
				continue
			}
			st := s.state(x, typed{text: text, glued: text, prefix: prefix}, true)
			if !st.listed {
				s.listTowns(st)
			}
			if len(st.hits) > 0 {
				p.town = st
				out = append(out, p)
			}
		}
	}
	s.placed = out
	return out
}

func glue(words []typed) string {
	if len(words) == 1 {
		return words[0].glued
	}
	var b strings.Builder
	for i := range words {
		b.WriteString(words[i].glued)
	}
	return b.String()
}

// townReach is the most weight at which a text of n letters still means a town.
func townReach(n int) uint8 {
	switch {
	case n <= 3: // begun to the letter: see listTowns
		return costTownBegun
	case n == 4:
		return 5
	case n <= 6:
		return 12
	}
	return 18
}

// costTownBegun is the weight of three letters with which a town begins.
const costTownBegun = 4

// townCost gives the weight of taking a text for a town, by the weights of taking
// it for all of the town's name and for the beginning of it.
func townCost(q *typed, whole, begun, limit uint8) uint8 {
	switch {
	case len(q.glued) <= 3 && whole > 0:
		if begun > 0 || !q.prefix {
			return farther
		}
		return costTownBegun
	case q.prefix && begun <= limit/2:
		return min(whole, begun+1)
	}
	return whole
}

// listTowns weighs the towns near a text.
func (s *Session) listTowns(st *wordState) {
	st.listed = true
	limit := townReach(len(st.typed.glued))
	for _, sp := range st.spans {
		for w := sp.from; w < sp.to; w++ {
			town := st.words.get(w)
			s.glued = s.glued[:0]
			for _, c := range town {
				if c != ' ' && c != '.' {
					s.glued = append(s.glued, c)
				}
			}
			c := uint8(farther)
			if len(s.glued) > 0 {
				whole, begun, _ := s.weigh.both(st.typed.text, str(s.glued), limit)
				c = townCost(&st.typed, whole, begun, limit)
			}
			if alias := st.cost[w]; alias != 0 {
				c = min(c, alias-1) // as another name of the town
			}
			if c > limit && c > costAlias {
				c = farther
			} else {
				st.hits = append(st.hits, hit{word: w, cost: c})
			}
			st.cost[w] = c + 1
		}
	}
	for _, w := range st.variants {
		if !slices.ContainsFunc(st.hits, func(h hit) bool { return h.word == w }) {
			st.hits = append(st.hits, hit{word: w, cost: costAlias})
		}
	}
}

// fits gives the weight of reading a place as that of a customer, by the place
// among those grouped by name.
func (p *place) fits(x *table, at uint32) uint8 {
	if p.town == nil {
		if p.code.fits(x.code(at)) {
			return 0
		}
		return farther
	}
	if t := x.town(at); int(t) < len(p.town.cost) {
		if c := p.town.cost[t]; c != 0 {
			return c - 1
		}
	}
	return farther
}

// nearest gives the least weight of reading a place as that of any customer of a
// name, and who that is. Those who are dead are left out.
func (p *place) nearest(x *part, name uint32) (weight uint8, who uint32) {
	weight = farther
	from, to := x.table.members(name)
	to = min(to, from+maxMembers)
	for ; from < to; from++ {
		if c := p.fits(x.table, from); c < weight && x.alive(x.table.ordinalAt(from)) {
			weight, who = c, from
		}
	}
	return weight, who
}

// sure tells a reading that is hardly anything else.
func (p *place) sure() bool {
	return p.town == nil || len(p.town.typed.text) > 5 && slices.ContainsFunc(p.town.hits, func(h hit) bool { return h.cost <= 4 })
}

// maxMembers is the most customers of one name that are looked at.
const maxMembers = 4096
