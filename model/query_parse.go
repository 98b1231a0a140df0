package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Lexicon gives the words that a query may use beside those of the code: the
// fields, values, columns and days in a person's language, each in lower case.
type Lexicon struct {
	Fields map[string]QueryField
	Values map[QueryField]map[string]string // word → the value's own name
	Sorts  map[string]SortField
	Days   map[string]string // word → word that [ParseQueryDay] knows
}

// QueryOrder is the field whose value is the column to sort by. It is no
// condition: [Query.Sort] holds it.
const QueryOrder QueryField = "sort"

// Bounds of a query, so that nothing that is pasted can hold up the desk.
const (
	MaxQuery       = 2000 // bytes
	MaxQueryTerms  = 32
	MaxQueryValues = 50 // of one condition
)

// Words that stand for a value in several fields.
const (
	QueryNone = "none" // nothing there
	QueryAny  = "any"  // something there
	QueryMe   = "me"   // who asks
)

// QueryFields lists the fields of conditions, in the order of help.
func QueryFields() []QueryField {
	return []QueryField{QueryTrait, QueryStep, QueryFit, QueryIs, QueryKind, QueryRelation, QueryOwner, QueryTown, QueryPostcode,
		QueryName, QueryNumber, QueryPhone, QueryMail, QueryStory, QueryDue, QueryLast, QueryAdded}
}

// SortFields lists the columns to sort by, in the order of help.
func SortFields() []SortField {
	return []SortField{SortName, SortTown, SortNumber, SortKind, SortRelation, SortOwner, SortStep, SortFit, SortDue, SortLast, SortAdded}
}

// sortBest is how [SortBest] is written.
const sortBest = "best"

// ParseQuery reads a query as it is typed. A nil lexicon knows the words of the
// code alone.
//
// Words stand on their own. A condition is field:value; -field:value asks for
// who does not fit it, and field:a,b for either. Quotation marks keep blanks and
// commas together, and make plain words of what looks like a condition; within
// them \" and \\ stand for the signs themselves. Steps, postcodes and days can
// be compared: <v, <=v, >v, >=v, and a..b for what lies between, the ends
// included. sort:column gives the order, sort:-column the other way round.
//
// What looks like no condition is text: "b.v.:" and "10:30" are words, and so is
// "Klant:" with nothing behind it. A field, value, day or column that nobody
// knows is an error of [KindInvalid] that names the nearest word.
func ParseQuery(text string, lex *Lexicon) (Query, error) {
	var q Query
	if len(text) > MaxQuery {
		return q, Invalid("error.query.long", "Max", MaxQuery).WithHint("hint.query")
	}
	p := queryParser{lex: lex}
	var words []string
	for _, w := range scanQuery(queryText(text)) {
		if w.free {
			words = append(words, strings.FieldsFunc(w.text, isBlank)...)
			continue
		}
		f, known := p.field(w.name)
		switch {
		case !known && w.empty() && nearest(w.name, p.fieldWords()) == "":
			words = append(words, strings.FieldsFunc(w.text, isBlank)...)
		case !known:
			return q, p.unknownField(w.name)
		case f == QueryOrder:
			order, err := p.order(&w)
			if err != nil {
				return q, err
			}
			q.Sort = order
		default:
			t, err := p.term(f, &w)
			if err != nil {
				return q, err
			}
			if q.Terms = append(q.Terms, t); len(q.Terms) > MaxQueryTerms {
				return q, Invalid("error.query.terms", "Max", MaxQueryTerms).WithHint("hint.query")
			}
		}
	}
	q.Text = strings.Join(words, " ")
	return q, nil
}

// Empty reports whether a query finds everybody, in whatever order.
func (q Query) Empty() bool { return q.Text == "" && len(q.Terms) == 0 }

// String gives the query in the words of the code: [ParseQuery] reads it back.
func (q Query) String() string {
	var b strings.Builder
	put := func(s string) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	for w := range strings.FieldsSeq(q.Text) {
		if strings.HasPrefix(w, `"`) || looksLikeTerm(w) {
			w = quoteQuery(w)
		}
		put(w)
	}
	for _, t := range q.Terms {
		put(t.String())
	}
	if q.Sort.By != SortBest {
		by := string(q.Sort.By)
		if q.Sort.Desc {
			by = "-" + by
		}
		put(string(QueryOrder) + ":" + by)
	}
	return b.String()
}

// String gives one condition in the words of the code.
func (t QueryTerm) String() string {
	s := string(t.Field) + ":"
	if t.Not {
		s = "-" + s
	}
	if t.Op == OpBetween && len(t.Values) == 2 {
		return s + t.Values[0] + string(OpBetween) + t.Values[1]
	}
	values := make([]string, len(t.Values))
	for i, v := range t.Values {
		if v == "" || strings.HasPrefix(v, `"`) || strings.ContainsFunc(v, isQueryBreak) ||
			strings.ContainsAny(v[:1], "<>") && strings.Contains(v, `"`) { // a quotation mark may stand after these too
			v = quoteQuery(v)
		}
		values[i] = v
	}
	return s + string(t.Op) + strings.Join(values, ",")
}

func isQueryBreak(r rune) bool { return r == ',' || isBlank(r) }

func quoteQuery(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// queryParser holds the words of a person beside those of the code.
type queryParser struct{ lex *Lexicon }

func (p queryParser) field(word string) (QueryField, bool) {
	f := QueryField(word)
	if f == QueryOrder || slices.Contains(QueryFields(), f) {
		return f, true
	}
	if p.lex != nil {
		f, ok := p.lex.Fields[word]
		return f, ok
	}
	return "", false
}

// fieldWords are all words for fields.
func (p queryParser) fieldWords() []string {
	known := []string{string(QueryOrder)}
	for _, f := range QueryFields() {
		known = append(known, string(f))
	}
	if p.lex != nil {
		known = appendKeys(known, p.lex.Fields)
	}
	return known
}

func (p queryParser) unknownField(word string) error {
	if near := nearest(word, p.fieldWords()); near != "" {
		return Invalid("error.query.field.near", "Word", word, "Near", near).WithHint("hint.query")
	}
	return Invalid("error.query.field", "Word", word).WithHint("hint.query")
}

// order reads the column to sort by. A minus before the column or before the
// field turns it round.
func (p queryParser) order(w *queryWord) (QuerySort, error) {
	var none QuerySort
	values := w.given()
	if len(values) == 0 {
		return none, Invalid("error.query.empty", "Word", w.name).WithHint("hint.query.sort")
	}
	if len(values) > 1 || w.op != OpIs {
		return none, Invalid("error.query.one", "Word", w.name).WithHint("hint.query.sort")
	}
	word, desc := strings.CutPrefix(strings.ToLower(values[0].text), "-")
	by, ok := SortField(word), slices.Contains(SortFields(), SortField(word))
	known := []string{sortBest}
	for _, f := range SortFields() {
		known = append(known, string(f))
	}
	if p.lex != nil {
		known = appendKeys(known, p.lex.Sorts)
		if f, has := p.lex.Sorts[word]; has && !ok {
			by, ok = f, true
		}
	}
	switch {
	case word == sortBest || ok && by == SortBest:
		return none, nil
	case ok:
		return QuerySort{By: by, Desc: desc != w.not}, nil
	}
	if near := nearest(word, known); near != "" {
		return none, Invalid("error.query.sort.near", "Value", word, "Near", near).WithHint("hint.query.sort")
	}
	return none, Invalid("error.query.sort", "Value", word).WithHint("hint.query.sort")
}

func appendKeys[V any](out []string, m map[string]V) []string {
	for k := range m {
		out = append(out, k)
	}
	return out
}

// nearest gives the known word that a person may have meant, "" when none is
// near: one letter in three may differ.
func nearest(word string, known []string) string {
	n := utf8.RuneCountInString(word)
	if n > 40 {
		return ""
	}
	best, least := "", max(1, n/3)+1
	slices.Sort(known)
	for _, k := range known {
		if d := letterDistance(word, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// letterDistance counts the letters to change, add, leave out or swap with their
// neighbour (optimal string alignment).
func letterDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	two, one := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range one {
		one[j] = j
	}
	for i := range s {
		row := make([]int, len(t)+1)
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(one[j]+cost, one[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], two[j-1]+1)
			}
		}
		two, one = one, row
	}
	return one[len(t)]
}
