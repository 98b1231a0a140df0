package names

import (
	"cmp"
	"slices"
)

// wordState is what is known of one typed word in one dictionary.
type wordState struct {
	of       *table
	words    *texts
	typed    typed
	used     uint64  // the search that used it last
	near     []uint8 // of each word: 0, or 1 + the edits between the keys; see walked
	cost     []uint8 // of each word that is near: 0 for not known, or 1 + its weight
	spans    []span
	hits     []hit    // the best for their number of names first
	total    int      // how many names they have
	variants []uint32 // the words that are another form of it
	marked   []uint32 // the words with the mark walked
	many     bool     // there are more words near than are listed in hits
	listed   bool
}

// walked marks the words near a typed one whose names were all gone through.
const walked = 0x80

// hit is a word that a typed word may mean.
type hit struct {
	word  uint32
	names uint32 // how many names have it
	cost  uint8
}

// maxHits is the most words that are weighed to order them; the rest are weighed
// when a name that has them comes up.
const maxHits = 500

// searcher holds the tools that searching needs once for each session.
type searcher struct {
	walker walker
	weigh  weigher
	key    []byte
}

// fill looks a typed word up in a trie.
func (s *searcher) fill(st *wordState, t *trie) {
	st.near = resized(st.near, st.words.n)
	st.cost = resized(st.cost, st.words.n)
	s.key = soundKey(s.key[:0], st.typed.glued)
	k := edits(len(st.typed.glued), len(s.key), st.typed.prefix) + st.typed.wide
	most := k
	if st.typed.prefix {
		most = min(k, 2) // a beginning with more edits is nearly any word
	}
	st.spans = append(st.spans[:0], s.walker.walk(t, s.key, most, st.typed.prefix)...)
	for _, sp := range st.spans {
		part := st.near[sp.from:sp.to]
		for i := range part {
			part[i] = sp.edits + 1
		}
	}
	if k > most {
		for _, sp := range s.walker.whole(t, s.key, k) {
			for w := sp.from; w < sp.to; w++ {
				if st.near[w] == 0 {
					st.near[w] = sp.edits + 1
					st.spans = append(st.spans, span{w, w + 1, sp.edits})
				}
			}
		}
	}
	s.slips(st, t)
	st.hits, st.many, st.listed = st.hits[:0], false, false
	st.variants = st.variants[:0]
	others, cost := variants(st.typed.text), uint8(costVariant)
	if st.words == &st.of.towns {
		others, cost = townAliases(st.typed.text, st.typed.prefix), costAlias
	}
	for _, v := range others {
		if w, ok := st.of.word(t, st.words, v, &s.key); ok {
			if st.near[w] == 0 {
				st.near[w] = 1 + variantEdits
				st.cost[w] = 1 + cost
			} else {
				st.cost[w] = 1 + min(cost, s.costOf(st, w))
			}
			st.variants = append(st.variants, w)
		}
	}
}

// variantEdits stands for the edits of another form of a name.
const variantEdits = 1

// word finds a word in a dictionary, or a town by its name without spaces.
func (x *table) word(t *trie, words *texts, text string, key *[]byte) (uint32, bool) {
	*key = soundKey((*key)[:0], text)
	from, to := t.exact(*key)
	for w := from; w < to; w++ {
		if word := words.get(w); string(word) == text || words == &x.towns && unspaced(str(word)) == text {
			return w, true
		}
	}
	return 0, false
}

func resized(b []uint8, n int) []uint8 {
	if cap(b) < n {
		return make([]uint8, n)
	}
	b = b[:n]
	clear(b)
	return b
}

// list weighs the words that are near, the nearest keys first, and sorts them.
func (s *searcher) list(st *wordState) []hit {
	if st.listed {
		return st.hits
	}
	st.listed, st.total = true, 0
	weighed, words := 0, 0
	for _, sp := range st.spans {
		words += int(sp.to - sp.from)
	}
	longest := maxWord
	if st.many = words > maxHits; st.many {
		longest = len(st.typed.text) + 2 // of the words that do not begin alike
	}
	for k := uint8(0); k <= 4; k++ {
		for _, sp := range st.spans {
			if sp.edits != k {
				continue
			}
			for w := sp.from; w < sp.to; w++ {
				if k > 0 && st.many && len(st.words.get(w)) > longest {
					continue
				}
				if weighed++; weighed > maxHits || k == 0 && weighed > maxHits*2/3 {
					break
				}
				if c := s.costOf(st, w); c < farther {
					n, _ := st.of.postings(w)
					st.hits = append(st.hits, hit{word: w, cost: c, names: uint32(n)}) // #nosec G115 -- bounded by a section
					st.total += n
				}
			}
		}
	}
	for _, w := range st.variants {
		if !slices.ContainsFunc(st.hits, func(h hit) bool { return h.word == w }) {
			n, _ := st.of.postings(w)
			st.hits = append(st.hits, hit{word: w, cost: s.costOf(st, w), names: uint32(n)}) // #nosec G115 -- bounded by a section
			st.total += n
		}
	}
	slices.SortFunc(st.hits, func(a, b hit) int { return cmp.Compare(a.order(), b.order()) })
	return st.hits
}

// order sorts hits: the closest and rarest first.
func (h *hit) order() uint64 {
	return uint64(4*uint32(h.cost)+2*uint32(bitsLen(int(h.names))))<<32 | uint64(h.word)
}

// costOf gives the weight of taking a typed word for another, farther for none.
func (s *searcher) costOf(st *wordState, w uint32) uint8 {
	if st.near[w]&^walked == 0 {
		return farther
	}
	if c := st.cost[w]; c != 0 {
		return c - 1
	}
	word := st.words.get(w)
	c := s.weighWord(&st.typed, word)
	st.cost[w] = c + 1
	return c
}

// weighWord gives the weight of taking a typed word for another one, farther
// where it is above what its length allows.
func (s *searcher) weighWord(t *typed, word []byte) uint8 {
	limit := reach(len(t.glued)) + 8*t.wide
	if len(word) == 0 {
		return farther
	}
	if !t.prefix {
		return s.weigh.whole(t.text, str(word), limit)
	}
	c, b, letters := s.weigh.both(t.text, str(word), limit)
	if b < farther && len(word) > letters {
		left := min(len(word)-letters, 8)
		c = min(c, b+uint8(2+left/3)) // #nosec G115 -- small
	}
	return c
}
