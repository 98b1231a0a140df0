package names

import "slices"

// Weights of what a name has and a text lacks, and of other ways to take a word.
const (
	costExtraWord = 3  // a word of the name that was not typed
	costExtraForm = 1  // an infix or company form that was not typed
	costExtraInit = 2  // initials that were not typed
	costInitial   = 3  // a typed initial for a name
	costShort     = 15 // a typed name for an initial
	costFurther   = 1  // each further initial
	costVariant   = 4  // another form of the first name
	costOrder     = 3  // words in another order
	costNameless  = 4  // a town typed and not the last word of the name, which is what people go by
)

// reading is what a name was found to weigh.
type reading struct {
	cost  int
	who   uint32 // the customer who lives there, among those grouped by name
	place bool   // a place was read
	clear uint16 // the typed words that it explains well
}

// scorer weighs names of one part for one reading of a text.
type scorer struct {
	s      *Session
	x      *part
	words  []typed
	states []*wordState
	places []place
	fresh  uint16 // the words by which names are gathered
	bounds *bounds

	m     int
	begin [maxTokens]byte // the first letter of each word
	row   [maxTyped]int8  // the word of the name that explains each typed one, -1 for none
	class [maxTokens]uint8
	c     [maxTyped][maxTokens]uint8
}

// weigh gives the weight of a name.
func (k *scorer) weigh(name uint32) reading {
	k.load(name)
	c, clear := k.match(0)
	r := reading{cost: c, clear: clear}
	for i := range k.places {
		p := &k.places[i]
		if w, who := p.nearest(k.x, name); w < farther {
			c, clear := k.match(p.mask)
			if c += int(w) + k.nameless(); c < r.cost {
				if w > 4 {
					clear &^= p.mask
				}
				r = reading{cost: c, who: who, place: true, clear: clear}
			}
		}
	}
	return r
}

// nameless is the weight of leaving out the last word of the name in the last
// match, company forms aside.
func (k *scorer) nameless() int {
	j := k.m - 1
	for j > 0 && k.class[j]&classForm != 0 {
		j--
	}
	if j < 1 || slices.Contains(k.row[:len(k.words)], int8(j)) { // #nosec G115 -- below maxTokens
		return 0
	}
	return costNameless
}

// load fills the table of weights between typed words and those of a name.
func (k *scorer) load(name uint32) {
	t := k.x.table
	list := t.tokens(name)
	k.m = min(len(list)/3, maxTokens)
	for j := range k.m {
		w := token(list, j)
		if int(w) >= t.words.n { // damaged
			k.m = j
			return
		}
		k.begin[j] = 0
		if word := t.words.get(w); len(word) > 0 {
			k.begin[j] = word[0]
		}
		k.class[j] = t.class[w]
		for i := range k.words {
			k.c[i][j] = k.pair(i, w, k.class[j])
		}
	}
}

// pair gives the weight of taking a typed word for a word of a name.
func (k *scorer) pair(i int, w uint32, class uint8) uint8 {
	st, q := k.states[i], &k.words[i]
	c := k.s.costOf(st, w)
	if class&classInitials == 0 && q.class&classInitials == 0 && (len(q.glued) > 4 || class&classInfix != 0) {
		return c
	}
	word := k.x.table.words.get(w)
	if len(word) == 0 {
		return farther
	}
	return min(c, initialCost(q, word, class))
}

// initialCost weighs initials against a word, either way round.
func initialCost(q *typed, word []byte, class uint8) uint8 {
	letters := (len(word) + 1) / 2 // of initials
	switch {
	case class&classInitials != 0 && q.class&classInitials == 0 && q.class&classInfix == 0:
		if word[0] == q.glued[0] && len(q.glued) > 2 {
			return costShort + costFurther*uint8(min(letters-1, 4)) // #nosec G115 -- at most 4
		}
	case class&classInitials != 0 && q.class&classInitials != 0:
		return initialsCost(q.glued, word, letters)
	case q.class&classInitials != 0 && word[0] == q.glued[0] && class&classForm == 0:
		return costInitial + 2*uint8(min(len(q.glued)-1, 4)) // #nosec G115 -- at most 4
	}
	return farther
}

// initialsCost weighs initials against initials: one may have more than the
// other.
func initialsCost(q string, word []byte, letters int) uint8 {
	n := 0
	for n < len(q) && n < letters && q[n] == word[2*n] {
		n++
	}
	if n == 0 || n < len(q) && n < letters {
		return farther
	}
	return uint8(min(2*(len(q)+letters-2*n), 12)) // #nosec G115 -- at most 12
}

// match explains each typed word by a word of the name, the surest first, and
// gives what that and everything unexplained weighs. Typed words in the mask are
// left out.
func (k *scorer) match(mask uint16) (cost int, clear uint16) {
	row := &k.row
	n := len(k.words)
	total, usedJ := 0, uint16(0)
	clear = mask
	left := 0
	for i := range n {
		row[i] = -1
		if mask>>i&1 == 0 {
			total += int(k.words[i].miss)
			left++
		}
	}
	for j := range k.m {
		total += k.unexplained(j)
	}
	usedI := mask
	for ; left > 0; left-- {
		best, bi, bj := 0, -1, -1
		for i := range n {
			if usedI>>i&1 != 0 {
				continue
			}
			miss := int(k.words[i].miss)
			for j := range k.m {
				if c := k.c[i][j]; c < farther && usedJ>>j&1 == 0 {
					gain := miss + k.unexplained(j) - int(c)
					if gain > best || gain == best && bi == i && j-i == 0 {
						best, bi, bj = gain, i, j
					}
				}
			}
		}
		if bi < 0 {
			break
		}
		usedI |= 1 << bi
		usedJ |= 1 << bj
		row[bi] = int8(bj) // #nosec G115 -- below maxTokens
		total -= best
		if k.c[bi][bj] <= 5 {
			clear |= 1 << bi
		}
	}
	last := int8(-1)
	for _, j := range row[:n] {
		if j >= 0 {
			if j < last {
				total += costOrder
				break
			}
			last = j
		}
	}
	total += k.spread(row[:n], usedJ, mask)
	return total, clear
}

// spread lets glued initials stand for several words: jp for Jan Peter. It gives
// what that changes.
func (k *scorer) spread(row []int8, usedJ, mask uint16) (change int) {
	for i := range k.words {
		q := &k.words[i]
		n := len(q.glued)
		if row[i] >= 0 || mask>>i&1 != 0 || n < 2 || n > 4 || q.class&classInfix != 0 {
			continue
		}
		for j := 0; j+n <= k.m; j++ {
			fit, saved := true, int(q.miss)-costInitial
			for d := 0; d < n && fit; d++ {
				fit = usedJ>>(j+d)&1 == 0 && k.begin[j+d] == q.glued[d]
				saved += k.unexplained(j + d)
			}
			if fit {
				usedJ |= (1<<n - 1) << j
				row[i] = int8(j) // #nosec G115 -- below maxTokens
				change -= saved
				break
			}
		}
	}
	return change
}

// unexplained is the weight of a word of the name that was not typed.
func (k *scorer) unexplained(j int) int {
	switch c := k.class[j]; {
	case c&(classInfix|classForm) != 0:
		return costExtraForm
	case c&classInitials != 0:
		return costExtraInit
	}
	return costExtraWord
}
