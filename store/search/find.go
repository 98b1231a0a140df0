package search

import (
	"bytes"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// SpaceTerm is the index from terms to customers: term, NUL, customer.
const SpaceTerm = engine.Space("term")

// TermKey is the key of a term of a customer.
func TermKey(term string, id model.ID) []byte {
	k := make([]byte, 0, len(term)+17)
	k = append(k, term...)
	k = append(k, 0)
	return append(k, id[:]...)
}

// The most index keys that one word of a query walks, so that a single letter
// costs no more than a word.
const maxWalk = 20_000

// Query is a filter taken apart: every word must be found, the last as the
// beginning of a term.
type Query struct {
	Words []string
	whole []string // other readings of the whole query: a phone number, a postcode
}

// Parse takes a query apart; it is empty when there is nothing to look for.
func Parse(text string) Query {
	var q Query
	text = strings.TrimSpace(text)
	if text == "" {
		return q
	}
	if d := Phone(text); len(d) >= 3 && strings.Trim(text, "0123456789+-()./ ") == "" {
		q.Words = []string{d}
		return q
	}
	if c := compact(text); len(c) == 6 && digits(c) == c[:4] && digits(c[4:]) == "" {
		q.whole = append(q.whole, c)
	}
	for _, part := range strings.Fields(text) {
		if strings.Contains(part, "@") {
			q.Words = append(q.Words, cut(mail(part)))
			continue
		}
		for _, w := range strings.Fields(Fold(part)) {
			q.Words = append(q.Words, cut(w))
		}
	}
	q.Words = dropInfixes(q.Words)
	return q
}

// dropInfixes leaves infixes out, except as the last word, which may be the
// beginning of a name ("de" of "de Wit" is dropped, of "Dekker" it is not).
func dropInfixes(words []string) []string {
	kept := words[:0]
	for i, w := range words {
		if !infixes[w] || i == len(words)-1 && len(kept) == 0 {
			kept = append(kept, w)
		}
	}
	return kept
}

// Empty reports whether the query asks for nothing.
func (q Query) Empty() bool { return len(q.Words) == 0 && len(q.whole) == 0 }

// Find gives the customers that match, at most limit, each once and in no
// particular order, and whether there may be more. Hidden tells customers that
// are not to be seen.
func (q Query) Find(d engine.Derived, hidden func(model.ID) bool, limit int) ([]model.ID, bool) {
	var out []model.ID
	seen := map[model.ID]struct{}{}
	more := false
	take := func(id model.ID) bool {
		if _, twice := seen[id]; twice || hidden(id) {
			return true
		}
		if more = len(out) == limit; more {
			return false
		}
		seen[id] = struct{}{}
		out = append(out, id)
		return true
	}
	for _, w := range q.whole {
		walkTerm(d, w, take)
	}
	if len(q.Words) == 1 { // as most are, and each key of one that is being typed
		walkTerm(d, q.Words[0], take)
		return out, more
	}
	ids, capped := q.allWords(d)
	for _, id := range ids {
		if !take(id) {
			break
		}
	}
	return out, more || capped
}

// allWords gives the customers that have every word, in the order of the index
// under the last, and whether a word has more customers than were looked at.
// The last word may be half typed, so it counts as a beginning; so do the
// others, for "jan jan" may mean "Jan Jansen".
func (q Query) allWords(d engine.Derived) (ids []model.ID, capped bool) {
	has := map[model.ID]int{} // how many of the words so far, where it is all of them
	for i, w := range q.Words {
		n := 0
		walkTerm(d, w, func(id model.ID) bool {
			if n++; n > maxWalk {
				capped = true
				return false
			}
			switch {
			case i == 0:
				has[id] = 1
			case has[id] == i:
				has[id] = i + 1
				if i == len(q.Words)-1 {
					ids = append(ids, id)
				}
			}
			return true
		})
	}
	return ids, capped
}

// walkTerm gives the customer of each key of the terms that begin so, until f
// gives false. A customer with several such terms comes as often.
func walkTerm(d engine.Derived, beginning string, f func(model.ID) bool) {
	prefix := []byte(beginning)
	cur := d.Cursor(SpaceTerm)
	for k, _ := cur.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = cur.Next() {
		if len(k) >= 17 && !f(model.ID(k[len(k)-16:])) {
			return
		}
	}
}
