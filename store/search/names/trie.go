package names

import (
	"encoding/binary"
)

// A trie of sound keys, laid out depth first: each node has its symbol, its
// depth, the node that follows its subtree, and the first word that is at or
// below it. Words stand in the order of their keys, so that a subtree is a
// stretch of words. A walk reads the nodes in order and jumps over subtrees.
type trie struct {
	sym   []byte // symbol of each node
	depth []byte // 1 for a first symbol
	skip  []byte // u32: the node after the subtree
	word  []byte // u32: the first word in the subtree; one more at the end
	nodes int
	words int
}

// newTrie makes a trie of its sections, bounded by what they hold.
func newTrie(sym, depth, skip, word []byte, words int) trie {
	n := min(len(sym), len(depth), len(skip)/4, len(word)/4-1)
	return trie{sym: sym, depth: depth, skip: skip, word: word, nodes: max(n, 0), words: words}
}

func u32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }

// buildTrie makes the sections for keys in ascending order.
func buildTrie(keys [][]byte) (sym, depth, skip, word []byte) {
	le := binary.LittleEndian
	var open []int // the nodes on the path of the last key
	closeTo := func(d int) {
		for len(open) > d {
			le.PutUint32(skip[4*open[len(open)-1]:], uint32(len(sym))) // #nosec G115 -- bounded by the keys
			open = open[:len(open)-1]
		}
	}
	var last []byte
	for i, k := range keys {
		same := 0
		for same < len(k) && same < len(last) && k[same] == last[same] {
			same++
		}
		closeTo(same)
		for d := same; d < len(k); d++ {
			open = append(open, len(sym))
			sym = append(sym, k[d])
			depth = append(depth, byte(d+1)) // #nosec G115 -- at most maxKey
			skip = le.AppendUint32(skip, 0)
			word = le.AppendUint32(word, uint32(i)) // #nosec G115 -- bounded by the keys
		}
		last = k
	}
	closeTo(0)
	word = le.AppendUint32(word, uint32(len(keys))) // #nosec G115 -- bounded by the keys
	return sym, depth, skip, word
}

// span is a stretch of words that lie as many edits from a key.
type span struct {
	from, to uint32
	edits    uint8
}

// walker holds what a walk needs, for reuse.
type walker struct {
	rows [maxKey + 2][maxKey + 3]uint8
	out  []span
}

const far = 200 // more edits than any limit

// whole appends the words whose keys are at most limit edits from a key; an edit
// adds, drops or changes a symbol or turns two around.
func (w *walker) whole(t *trie, key []byte, limit uint8) []span { return w.walk(t, key, limit, false) }

// beginning appends the words of which some beginning is at most limit edits
// from a key.
func (w *walker) beginning(t *trie, key []byte, limit uint8) []span {
	return w.walk(t, key, limit, true)
}

func (w *walker) walk(t *trie, key []byte, limit uint8, prefix bool) []span {
	w.out = w.out[:0]
	m := min(len(key), maxKey)
	key = key[:m]
	for j := range w.rows[0] {
		w.rows[0][j] = uint8(min(j, far)) // #nosec G115 -- at most far
	}
	if prefix && m <= int(limit) {
		return w.out
	}
	// reached[d] is the least edits at which a beginning of the path fitted.
	var reached [maxKey + 2]uint8
	reached[0] = far
	for at := 0; at < t.nodes; {
		d := int(t.depth[at])
		if d == 0 || d > maxKey {
			at++ // damaged
			continue
		}
		least, last := w.row(key, d, int(limit), t.sym[at])
		next := int(u32(t.skip, at))
		if next <= at || next > t.nodes {
			next = at + 1 // damaged
		}
		if prefix {
			r := min(reached[d-1], last)
			reached[d] = r
			if r <= limit {
				to := at + 1 // the words that end here; deeper ones may be closer
				if least >= r || r == 0 {
					to = next // nothing below is closer
				}
				w.add(t, at, to, r)
				at = to
				continue
			}
		} else if last <= limit {
			w.add(t, at, at+1, last)
		}
		if least > limit {
			at = next
		} else {
			at++
		}
	}
	return w.out
}

// row fills the row of a symbol at a depth and gives the least edits in it and
// those from the whole key.
func (w *walker) row(key []byte, d, k int, c byte) (least, last uint8) {
	m := len(key)
	prev, row := &w.rows[d-1], &w.rows[d]
	lo, hi := max(1, d-k), min(m, d+k)
	least = far
	if lo > 1 {
		row[lo-1] = far
	} else {
		row[0] = uint8(d) // #nosec G115 -- at most maxKey
		least = row[0]
	}
	var before byte
	if d > 1 {
		before = w.path(d - 1)
	}
	w.setPath(d, c)
	for j := lo; j <= hi; j++ {
		v := prev[j-1]
		if key[j-1] != c {
			v = min(v, row[j-1], prev[j]) + 1
			if d > 1 && j > 1 && key[j-2] == c && key[j-1] == before {
				v = min(v, w.rows[d-2][j-2]+1)
			}
		}
		row[j] = v
		least = min(least, v)
	}
	row[hi+1] = far
	if last = far; hi == m {
		last = row[m]
	}
	return least, last
}

// The path lies in the last column of the rows, which no key reaches.
func (w *walker) path(d int) byte       { return w.rows[d][maxKey+2] }
func (w *walker) setPath(d int, c byte) { w.rows[d][maxKey+2] = c }

// add notes the words from one node up to another.
func (w *walker) add(t *trie, from, to int, edits uint8) {
	a, b := u32(t.word, from), u32(t.word, to)
	if b > uint32(t.words) || a >= b { // #nosec G115 -- bounded by the section
		return
	}
	w.out = append(w.out, span{a, b, edits})
}

// exact gives the words that have a key.
func (t *trie) exact(key []byte) (from, to uint32) {
	at, end := 0, t.nodes
	for d := 0; d < len(key); {
		if at >= end {
			return 0, 0
		}
		next := int(u32(t.skip, at))
		if next <= at || next > t.nodes {
			return 0, 0
		}
		if t.sym[at] != key[d] {
			at = next
			continue
		}
		if d++; d == len(key) {
			from, to = u32(t.word, at), u32(t.word, at+1)
			if to > uint32(t.words) || from > to { // #nosec G115 -- bounded by the section
				return 0, 0
			}
			return from, to
		}
		at, end = at+1, next
	}
	return 0, 0
}
