package names

// maxWord is the most letters of a word that are weighed.
const maxWord = 40

// maxLonger is how many letters a word may be longer than what was typed of it
// and still be weighed as a whole.
const maxLonger = 6

// weigher weighs how far a typed word is from words of names. Words that come
// after each other and begin alike share the work on their beginning.
type weigher struct {
	typed  string
	letter [maxWord]uint8 // index of each typed letter
	extra  [maxWord]uint8 // weight of each as one too many
	word   [maxWord]byte  // the word of the rows that are filled
	valid  int            // how many of its letters have rows
	rows   [maxWord + 1][maxWord + 1]uint8
	least  [maxWord + 1]uint8 // of each row
}

const (
	farther = 250 // above every weight that counts
	capped  = 120 // no cell is above it, so that sums do not overflow
)

// begin prepares for a typed word.
func (g *weigher) begin(typed string) {
	typed = typed[:min(len(typed), maxWord)]
	if g.typed == typed && typed != "" {
		return
	}
	loadTables()
	g.typed, g.valid = typed, 0
	first := &g.rows[0]
	first[0] = 0
	for i := range len(typed) {
		g.letter[i] = letterIndex(typed[i])
		g.extra[i] = inserted(typed, i)
		first[i+1] = min(first[i]+g.extra[i], capped)
		if i == 0 {
			first[1] += costFirst
		}
	}
	g.least[0] = 0
}

// whole gives the weight of the edits that make a typed word of another, at
// most limit, or farther.
func (g *weigher) whole(typed, word string, limit uint8) uint8 {
	if typed == word {
		return 0
	}
	g.begin(typed)
	whole, _, _ := g.weigh(word, limit)
	return whole
}

// both gives also the least weight of the edits that make a typed word of a
// beginning of another, and how many of its letters that beginning has.
func (g *weigher) both(typed, word string, limit uint8) (whole, beginning uint8, letters int) {
	g.begin(typed)
	return g.weigh(word, limit)
}

func (g *weigher) weigh(b string, limit uint8) (whole, beginning uint8, letters int) {
	n := len(g.typed)
	m := min(len(b), maxWord, n+maxLonger)
	from := 0
	for from < g.valid && from < m && g.word[from] == b[from] {
		from++
	}
	done := from
	for j := from + 1; j <= m; j++ {
		if j > 5 && min(g.least[j-1], g.least[j-2], g.least[j-3], g.least[j-4]) > limit {
			break
		}
		g.word[j-1] = b[j-1]
		g.row(b, j)
		done = j
	}
	g.valid = done
	whole, beginning = farther, farther
	for j := range done + 1 {
		if c := g.rows[j][n]; c < beginning || c == beginning && j <= n {
			beginning, letters = c, j
		}
	}
	if done == len(b) && done > 0 && n > 0 {
		whole = g.endings(b, done, g.rows[done][n])
	}
	if whole < beginning {
		beginning, letters = whole, len(b)
	}
	if whole > limit {
		whole = farther
	}
	if beginning > limit {
		beginning = farther
	}
	return whole, beginning, letters
}

// row fills the row of one letter of a word.
func (g *weigher) row(b string, j int) {
	a, n := g.typed, len(g.typed)
	prev, row := &g.rows[j-1], &g.rows[j]
	cb := b[j-1]
	xb := letterIndex(cb)
	swap, book := &swapCost[xb], &rules[xb]
	drop := dropped(b, j-1)
	row[0] = min(prev[0]+drop, capped)
	if j == 1 {
		row[0] += costFirst
	}
	least := row[0]
	for i := 1; i <= n; i++ {
		ca, xa := a[i-1], g.letter[i-1]
		extra := g.extra[i-1]
		v := prev[i-1]
		if ca != cb {
			s := swap[xa]
			v += s
			if s == costNear && extra > costNearExtra {
				extra = costNearExtra
			}
			if i == 1 && j == 1 {
				v += costFirst
			}
			if i > 1 && j > 1 && a[i-2] == cb && b[j-2] == ca {
				t := g.rows[j-2][i-2] + costTurned
				if i == 2 || j == 2 {
					t++
				}
				v = min(v, t)
			}
		}
		v = min(v, row[i-1]+extra, prev[i]+drop)
		for k := range book[xa] {
			r := &book[xa][k]
			if len(r.a) > i || len(r.b) > j {
				continue
			}
			from := g.rows[j-len(r.b)][i-len(r.a)]
			if from+r.cost < v && ends(a[:i], r.a) && ends(b[:j], r.b) {
				v = from + r.cost
			}
		}
		v = min(v, capped)
		row[i] = v
		least = min(least, v)
	}
	g.least[j] = least
}

// ends tells whether a text ends so; the last letters are known to be the same.
func ends(s, end string) bool {
	d := len(s) - len(end)
	for i := len(end) - 2; i >= 0; i-- {
		if s[d+i] != end[i] {
			return false
		}
	}
	return true
}

// endings applies the rules for the ends of words.
func (g *weigher) endings(b string, j int, v uint8) uint8 {
	a, n := g.typed, len(g.typed)
	xa, xb := g.letter[n-1], letterIndex(b[j-1])
	apply := func(list []rule) {
		for k := range list {
			r := &list[k]
			if len(r.a) <= n && len(r.b) <= j && a[n-len(r.a):] == r.a && b[j-len(r.b):j] == r.b {
				v = min(v, g.rows[j-len(r.b)][n-len(r.a)]+r.cost)
			}
		}
	}
	apply(endRules[xb][xa])
	apply(endRules[0][xa])
	apply(endRules[xb][0])
	return v
}

// inserted is the weight of a letter that was typed and does not belong.
func inserted(a string, i int) uint8 {
	c := a[i]
	switch {
	case i > 0 && a[i-1] == c || i+1 < len(a) && a[i+1] == c:
		return costDouble
	case c == '.':
		return costSign
	case c == 'h' && i > 0:
		return costSilent
	}
	return costInsert
}

// dropped is the weight of a letter that belongs and was not typed.
func dropped(b string, j int) uint8 {
	c := b[j]
	switch {
	case j > 0 && b[j-1] == c:
		return costDouble
	case c == '.':
		return costSign
	case c == 'h' && j > 0:
		return costSilent
	}
	return costDrop
}
