package names

import "sync"

// nearKeys gives the keys next to each letter, for slips of the finger.
var nearKeys = sync.OnceValue(func() (near [32][]byte) {
	loadTables()
	for a := byte('a'); a <= 'z'; a++ {
		for b := byte('a'); b <= 'z'; b++ {
			if a != b && swapCost[letterIndex(a)][letterIndex(b)] == costNear {
				near[letterIndex(a)] = append(near[letterIndex(a)], b)
			}
		}
	}
	return near
})

// A slip inside letters that are one sound together changes a sound key in more
// places than one: bore and boer, dots and doets. Words of up to so many letters
// are therefore also looked up with each slip taken back.
const maxSlipLetters = 12

// slips looks up what a typed word may have been before one slip: two letters
// turned around, one too many, the key next to it, a vowel left out.
func (s *searcher) slips(st *wordState, t *trie) {
	w := st.typed.glued
	n := len(w)
	if n < 4 || n > maxSlipLetters || isDigit(w[0]) {
		return
	}
	near := nearKeys()
	var buf [maxSlipLetters + 1]byte
	for i := range n {
		if i > 0 {
			b := append(append(buf[:0], w[:i]...), w[i+1:]...)
			s.slip(st, t, b)
		}
		if i+1 < n && w[i] != w[i+1] {
			b := append(buf[:0], w...)
			b[i], b[i+1] = b[i+1], b[i]
			s.slip(st, t, b)
		}
		b := append(buf[:0], w...)
		for _, c := range near[letterIndex(w[i])] {
			b[i] = c
			s.slip(st, t, b)
		}
		if i == 0 {
			continue
		}
		b = append(append(append(buf[:0], w[:i]...), 0), w[i:]...)
		for _, c := range [...]byte{'a', 'e', 'i', 'o', 'u'} {
			b[i] = c
			s.slip(st, t, b)
		}
	}
}

// slip adds the words with the key of a text.
func (s *searcher) slip(st *wordState, t *trie, text []byte) {
	s.key = soundKey(s.key[:0], str(text))
	from, to := t.exact(s.key)
	for w := from; w < to; w++ {
		if st.near[w] == 0 {
			st.near[w] = 2
			st.spans = append(st.spans, span{w, w + 1, 1})
		}
	}
}
