package store

import (
	"bytes"
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// Bounds of one search for words.
const (
	maxSaid       = 20_000 // keys read of one word
	maxSaidLooks  = 50_000 // places looked up for words that have more
	maxBeginnings = 64     // different words that what is typed last may be the beginning of
)

// saidQuery is what one looks for: words as they stand, and the beginning of
// one more; "" for none.
type saidQuery struct {
	whole     []string
	beginning string
}

// saidOf takes words apart as texts are. Words that are not kept cannot be asked
// for; the last counts as a beginning unless it is one of those and others say
// enough.
func saidOf(words []string) saidQuery {
	var q saidQuery
	all := strings.Fields(search.Fold(strings.Join(words, " ")))
	if len(all) == 0 {
		return q
	}
	last := all[len(all)-1]
	for _, w := range all[:len(all)-1] {
		if w = cutWord(w); telling(w) && !slices.Contains(q.whole, w) {
			q.whole = append(q.whole, w)
		}
	}
	if len(q.whole) == 0 || telling(last) {
		q.beginning = cutWord(last)
	}
	return q
}

func (q saidQuery) empty() bool { return len(q.whole) == 0 && q.beginning == "" }

// holders are the customers of a word, in order.
type holders struct {
	word      string
	beginning bool
	ids       []model.ID
	cut       bool // there are more
}

func (h *holders) has(id model.ID) bool {
	_, ok := slices.BinarySearchFunc(h.ids, id, byID)
	return ok
}

func byID(a, b model.ID) int { return bytes.Compare(a[:], b[:]) }

// said gives the customers about whom every one of some words was written, the
// last as the beginning of a word, at most limit and in the order in which they
// came in; and whether there may be more.
func (v *view) said(words []string, limit int) (ids []model.ID, capped bool) {
	q := saidOf(words)
	if q.empty() || limit <= 0 {
		return nil, false
	}
	most := maxSaid
	if q.most() == 1 { // as with each key of a word that is being typed
		most = min(most, limit)
	}
	all := make([]*holders, 0, q.most())
	for _, w := range q.whole {
		all = append(all, v.holders(w, false, most))
	}
	if q.beginning != "" {
		all = append(all, v.holders(q.beginning, true, most))
	}
	// The word that fewest have leads; of those with too many the first.
	slices.SortStableFunc(all, func(a, b *holders) int {
		switch {
		case a.cut != b.cut:
			return one(a.cut) - one(b.cut)
		case a.cut:
			return 0
		}
		return len(a.ids) - len(b.ids)
	})
	capped = all[0].cut
	m := &saidMatch{der: v.der, looks: maxSaidLooks}
	for _, id := range all[0].ids {
		if !m.all(all[1:], id) {
			continue
		}
		if len(ids) == limit {
			capped = true
			break
		}
		ids = append(ids, id)
	}
	return ids, capped || m.capped
}

// saidSpaces are where words stand.
var saidSpaces = []engine.Space{spaceCard, spaceWords}

// holders reads the customers of a word, or of all words that begin so: of each
// space at most so many, and maxSaid keys.
func (v *view) holders(word string, beginning bool, most int) *holders {
	h := &holders{word: word, beginning: beginning}
	prefix := []byte(word)
	if !beginning {
		prefix = append(prefix, 0)
	}
	var seen map[model.ID]struct{} // one who has several words that begin so counts once
	if beginning && most < maxSaid {
		seen = map[model.ID]struct{}{}
	}
	for _, s := range saidSpaces {
		clear(seen)
		keys, first := 0, len(h.ids)
		walk(v.der, s, prefix, func(k, _ []byte) bool {
			if len(k) <= 16 {
				return true
			}
			if keys++; keys > maxSaid || len(h.ids)-first > most {
				h.cut = true
				return false
			}
			id := model.ID(k[len(k)-16:])
			if _, twice := seen[id]; twice || v.hidden(id) {
				return true
			}
			if seen != nil {
				seen[id] = struct{}{}
			}
			h.ids = append(h.ids, id)
			return true
		})
	}
	slices.SortFunc(h.ids, byID)
	h.ids = slices.Compact(h.ids)
	return h
}

// saidMatch looks customers up under words that too many have to read them all.
type saidMatch struct {
	der    engine.Derived
	looks  int  // left
	capped bool // some could not be looked up
	begins map[string][]string
	key    []byte
}

// all reports whether a customer is among the holders of every word.
func (m *saidMatch) all(words []*holders, id model.ID) bool {
	for _, h := range words {
		if !h.has(id) && (!h.cut || !m.finds(h, id)) {
			return false
		}
	}
	return true
}

func (m *saidMatch) finds(h *holders, id model.ID) bool {
	words := []string{h.word}
	if h.beginning {
		words = m.beginnings(h.word)
	}
	for _, w := range words {
		m.key = wordKey(m.key[:0], w, id)
		for _, s := range saidSpaces {
			if m.looks--; m.looks < 0 {
				m.capped = true
				return false
			}
			if m.der.Load(s, m.key) != nil {
				return true
			}
		}
	}
	return false
}

// beginnings gives the words that begin so.
func (m *saidMatch) beginnings(beginning string) []string {
	if words, ok := m.begins[beginning]; ok {
		return words
	}
	var words []string
	for _, s := range saidSpaces {
		c := m.der.Cursor(s)
		prefix := []byte(beginning)
		k, _ := c.Seek(prefix)
		for n := 0; k != nil && bytes.HasPrefix(k, prefix); n++ {
			if n == maxBeginnings {
				m.capped = true
				break
			}
			w, _, _ := bytes.Cut(k, []byte{0})
			if !slices.Contains(words, string(w)) {
				words = append(words, string(w))
			}
			k, _ = c.Seek(append(bytes.Clone(w), 1)) // past all customers of the word
		}
	}
	if m.begins == nil {
		m.begins = map[string][]string{}
	}
	m.begins[beginning] = words
	return words
}

// score tells how many of the words a text has, and which word of the text
// comes first of those.
func (q saidQuery) score(text string) (n int, first string) {
	begun := q.beginning == ""
	var seen []string
	for w := range strings.SplitSeq(search.Fold(text), " ") {
		if w == "" {
			continue
		}
		w = cutWord(w)
		fits := false
		if slices.Contains(q.whole, w) && !slices.Contains(seen, w) {
			seen, fits = append(seen, w), true
			n++
		}
		if !begun && strings.HasPrefix(w, q.beginning) && telling(w) {
			begun, fits = true, true
			n++
		}
		if fits && first == "" {
			first = w
		}
	}
	return n, first
}

// most is the score of a text that has all.
func (q saidQuery) most() int { return len(q.whole) + one(q.beginning != "") }
