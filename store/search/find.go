package search

import (
	"sort"
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

// Find gives the customers that match, at most limit, in no particular order,
// and whether there are more. Hidden tells customers that are not to be seen.
func (q Query) Find(d engine.Derived, hidden func(model.ID) bool, limit int) ([]model.ID, bool) {
	found := map[model.ID]struct{}{}
	capped := false
	for _, w := range q.whole {
		ids, c := walkTerm(d, w, true, hidden, limit)
		capped = capped || c
		for id := range ids {
			found[id] = struct{}{}
		}
	}
	ids, c := q.findWords(d, hidden)
	capped = capped || c
	for id := range ids {
		found[id] = struct{}{}
	}
	out := make([]model.ID, 0, len(found))
	for id := range found {
		out = append(out, id)
	}
	sort.Slice(out, func(i, j int) bool { return string(out[i][:]) < string(out[j][:]) })
	if len(out) > limit {
		return out[:limit], true
	}
	return out, capped
}

// findWords takes the customers of each word in turn. The last word may be half
// typed, so it counts as a beginning; so do the others, for "jan jan" may mean
// "Jan Jansen".
func (q Query) findWords(d engine.Derived, hidden func(model.ID) bool) (map[model.ID]struct{}, bool) {
	var all map[model.ID]struct{}
	capped := false
	for _, w := range q.Words {
		ids, c := walkTerm(d, w, true, hidden, maxWalk)
		capped = capped || c
		if all == nil {
			all = ids
			continue
		}
		for id := range all {
			if _, ok := ids[id]; !ok {
				delete(all, id)
			}
		}
	}
	return all, capped
}

// walkTerm collects the customers of a term, or of all terms it begins.
func walkTerm(d engine.Derived, term string, beginning bool, hidden func(model.ID) bool, limit int) (map[model.ID]struct{}, bool) {
	ids := map[model.ID]struct{}{}
	prefix := []byte(term)
	if !beginning {
		prefix = append(prefix, 0)
	}
	cur := d.Cursor(SpaceTerm)
	for k, _ := cur.Seek(prefix); k != nil && strings.HasPrefix(string(k), string(prefix)); k, _ = cur.Next() {
		if len(k) < 17 {
			continue
		}
		var id model.ID
		copy(id[:], k[len(k)-16:])
		if hidden(id) {
			continue
		}
		if len(ids) >= limit {
			return ids, true
		}
		ids[id] = struct{}{}
	}
	return ids, false
}
