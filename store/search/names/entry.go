// Package names finds customers by a name as it was heard: misspelled, half
// typed, in another order, with or without initials, infixes and company forms,
// and with a town or postcode as a further word.
//
// An index holds every distinct folded name once. Its words stand in a trie of
// sound keys; a typed word walks that trie with few edits, the names with the
// words found are gathered by evidence, and the best are weighed exactly: see
// [Session.Search]. [Live] adds what changed since an index was built.
package names

import (
	"strings"

	"pasvorm/model"
	"pasvorm/store/search"
)

// Entry is a customer as the book has it.
type Entry struct {
	ID       model.ID
	Name     string
	Town     string
	Postcode string
}

// Folded gives an entry in the form in which an index keeps it; two entries
// that fold alike are the same to a search. [Index.Each] gives this form.
func Folded(e Entry) Entry {
	return Entry{
		ID:       e.ID,
		Name:     joined(tokens(nil, search.Fold(e.Name))),
		Town:     search.Fold(e.Town),
		Postcode: foldPostcode(e.Postcode),
	}
}

// foldPostcode takes spaces and signs out: 1094 SX becomes 1094sx.
func foldPostcode(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < '0' || c > '9' {
			return strings.ReplaceAll(search.Fold(s), " ", "")
		}
	}
	return s
}

// A token is a word of a folded name. Letters that stand alone and next to each
// other are one token, with points between them: "j p jansen" has the tokens
// "j.p" and "jansen", so that initials are compared as a whole.

// tokens appends the tokens of a folded text.
func tokens(out []string, folded string) []string {
	run := false // the last token is of single letters
	for folded != "" {
		word, rest, _ := strings.Cut(folded, " ")
		folded = rest
		if word == "" {
			continue
		}
		single := len(word) == 1 && isLetter(word[0])
		if single && run {
			out[len(out)-1] += "." + word
		} else {
			out = append(out, word)
		}
		run = single
	}
	return out
}

// joined gives the folded text of tokens.
func joined(tokens []string) string {
	return strings.ReplaceAll(strings.Join(tokens, " "), ".", " ")
}

// isInitials tells a token of single letters.
func isInitials(token string) bool {
	return len(token) == 1 && isLetter(token[0]) || len(token) > 2 && token[1] == '.'
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// The classes of words that are cheap to miss or to add.
var (
	infixes = wordSet("van de der den het ten ter te von vd vdr vde la le du des el al op aan in bij en of ait ben da dos das di del della do bin bint und and v d.t v.d v.t i.t")
	forms   = wordSet("bv b.v nv n.v vof v.o.f cv c.v eenmanszaak stichting st holding hold gmbh bvba b.v.b.a srl s.r.l sprl zn zonen zoon zo fa firma gebr gebroeders gebrs group groep beheer fam familie vereniging ver co comp compagnie cie ltd limited inc dhr mevr mw mevrouw heer de.heer dr drs ir mr ing prof jr sr")
)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
