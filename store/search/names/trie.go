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

// maxEdits is the most edits of a walk.
const maxEdits = 3

// level is what a walk knows at one depth: bit j of near[e] is set where the path
// so far is at most e edits from the first j symbols of the key. That is the
// method of Wu and Manber, with two symbols turned around as one edit.
type level struct {
	near [maxEdits + 1]uint32
	sym  byte
	done uint8 // the least edits at which a beginning of the path was the whole key
}

// walker holds what a walk needs, for reuse.
type walker struct {
	levels [maxKey + 1]level
	has    [256]uint32 // of each symbol: bit j where it is symbol j of the key, from 1
	out    []span
	steps  int // nodes that the last walk read
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
	w.out, w.steps = w.out[:0], 0
	key, limit = key[:min(len(key), maxKey)], min(limit, maxEdits)
	if prefix && len(key) <= int(limit) {
		return w.out
	}
	w.begin(key)
	for at := 0; at < t.nodes; {
		d := int(t.depth[at])
		if d == 0 || d > maxKey {
			at++ // damaged
			continue
		}
		w.steps++
		least, last := w.step(d, int(limit), t.sym[at], len(key))
		if !prefix {
			if last <= limit {
				w.add(t, at, at+1, last)
			}
			if least > limit {
				at = t.after(at)
			} else {
				at++
			}
			continue
		}
		r := min(w.levels[d-1].done, last)
		w.levels[d].done = r
		switch {
		case r > limit && least > limit:
			at = t.after(at)
		case r > limit:
			at++
		case least >= r || r == 0: // nothing below is closer
			next := t.after(at)
			w.add(t, at, next, r)
			at = next
		default: // the words that end here; deeper ones may be closer
			w.add(t, at, at+1, r)
			at++
		}
	}
	for _, c := range key {
		w.has[c] = 0
	}
	return w.out
}

// begin prepares for a key.
func (w *walker) begin(key []byte) {
	for j, c := range key {
		w.has[c] |= 2 << j
	}
	first := &w.levels[0]
	first.done = far
	for e := range first.near {
		first.near[e] = 2<<e - 1
	}
}

// after gives the node that follows the subtree of one.
func (t *trie) after(at int) int {
	if next := int(u32(t.skip, at)); next > at && next <= t.nodes {
		return next
	}
	return at + 1 // damaged
}

// step takes a symbol at a depth and gives the least edits from any beginning of
// the key, and those from the whole key of m symbols.
func (w *walker) step(d, limit int, c byte, m int) (least, last uint8) {
	prev, now := &w.levels[d-1], &w.levels[d]
	has, all := w.has[c], uint32(2)<<m-1
	now.sym = c
	v := prev.near[0] << 1 & has
	now.near[0] = v
	least, last = far, far
	if v != 0 {
		least = 0
		if v>>m != 0 {
			last = 0
		}
	}
	turned := has << 1 & w.has[prev.sym]
	for e := 1; e <= limit; e++ {
		x := prev.near[e]<<1&has | prev.near[e-1] | prev.near[e-1]<<1 | v<<1
		if d > 1 && turned != 0 {
			x |= w.levels[d-2].near[e-1] << 2 & turned
		}
		v = x & all
		now.near[e] = v
		if v != 0 && least == far {
			least = uint8(e) // #nosec G115 -- at most maxEdits
		}
		if v>>m != 0 && last == far {
			last = uint8(e) // #nosec G115 -- as above
		}
	}
	return least, last
}

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
