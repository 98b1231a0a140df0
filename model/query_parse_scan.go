package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// queryWord is one word or condition of a query as it is typed.
type queryWord struct {
	from, to int    // bytes of the text
	text     string // of a free word without its quotation marks, else as typed
	free     bool   // looks like no condition

	name   string // of the field, in lower case
	not    bool
	op     QueryOp
	values []queryValue
}

// queryValue is a value as typed, blanks around and within it made one.
type queryValue struct {
	from, to int
	text     string
	quoted   bool
}

// empty holds for a condition without a value, as while it is being typed.
func (w *queryWord) empty() bool { return w.op == OpIs && len(w.given()) == 0 }

// given are the values that hold something.
func (w *queryWord) given() []queryValue {
	out := make([]queryValue, 0, len(w.values))
	for _, v := range w.values {
		if v.text != "" {
			out = append(out, v)
		}
	}
	return out
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// queryText makes valid text of whatever was pasted.
func queryText(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// scanQuery splits a query into words and conditions.
func scanQuery(s string) []queryWord {
	var out []queryWord
	for at := 0; at < len(s); {
		if r, n := utf8.DecodeRuneInString(s[at:]); isBlank(r) {
			at += n
			continue
		}
		w := scanWord(s, at)
		out = append(out, w)
		at = w.to
	}
	return out
}

func scanWord(s string, at int) queryWord {
	w := queryWord{from: at, free: true}
	if s[at] == '"' {
		w.text, w.to = scanQuoted(s, at)
		return w
	}
	if n := termName(s[at:]); n > 0 && !strings.HasPrefix(s[at+n:], "//") {
		w.scanTerm(s, n)
		return w
	}
	w.to = at + untilFunc(s[at:], isBlank)
	w.text = s[at:w.to]
	return w
}

// untilFunc is the length of what stands before the first rune that f holds for.
func untilFunc(s string, f func(rune) bool) int {
	if i := strings.IndexFunc(s, f); i >= 0 {
		return i
	}
	return len(s)
}

// termName is the length of -name: at the beginning of s, 0 when there is none.
// A name is two letters or more and nothing else, so that times and b.v.: are
// words.
func termName(s string) int {
	letters := 0
	for i, r := range s {
		switch {
		case i == 0 && r == '-':
		case unicode.IsLetter(r):
			letters++
		case r == ':' && letters > 1:
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// looksLikeTerm holds for a word that must be quoted to be taken for text.
func looksLikeTerm(s string) bool { return termName(s) > 0 }

// scanTerm reads the condition whose name with its colon takes n bytes.
func (w *queryWord) scanTerm(s string, n int) {
	name, not := strings.CutPrefix(s[w.from:w.from+n-1], "-")
	w.free, w.not, w.name = false, not, strings.ToLower(name)
	at := w.from + n
	if at < len(s) && (s[at] == '<' || s[at] == '>') {
		w.op = QueryOp(s[at : at+1])
		if at++; at < len(s) && s[at] == '=' {
			w.op += "="
			at++
		}
	}
	for {
		v := queryValue{from: at}
		if at < len(s) && s[at] == '"' {
			v.quoted = true
			v.text, at = scanQuoted(s, at)
		} else {
			at += untilFunc(s[at:], isQueryBreak)
			v.text = s[v.from:at]
		}
		v.to = at
		v.text = strings.Join(strings.FieldsFunc(v.text, isBlank), " ")
		w.values = append(w.values, v)
		if at >= len(s) || s[at] != ',' {
			break
		}
		at++
	}
	w.to = at
	w.text = s[w.from:w.to]
}

// scanQuoted reads from a quotation mark to the next one, or to the end of what
// is still being typed.
func scanQuoted(s string, at int) (string, int) {
	var b strings.Builder
	for at++; at < len(s); at++ {
		switch c := s[at]; {
		case c == '"':
			return b.String(), at + 1
		case c == '\\' && at+1 < len(s) && (s[at+1] == '"' || s[at+1] == '\\'):
			at++
			b.WriteByte(s[at])
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), at
}

// QuerySpot is the place in a query where somebody is typing.
type QuerySpot struct {
	From, To int        // bytes that a proposal takes the place of
	Typed    string     // of them, what stands before the cursor
	Field    QueryField // whose value is typed; "" while it is a word or the name of a field
	Word     [2]int     // bytes of the whole word or condition
	Not      bool
	Compared bool // after < or >, or as an end of a range: only what has an order fits
}

// QueryAt finds the place of the cursor, in bytes, in a query as it is typed;
// false where there is nothing to propose for.
func QueryAt(text string, at int, lex *Lexicon) (QuerySpot, bool) {
	if len(text) > MaxQuery || at < 0 || at > len(text) || !utf8.ValidString(text) {
		return QuerySpot{}, false
	}
	for _, w := range scanQuery(text) {
		if at <= w.from || at > w.to {
			continue
		}
		spot := QuerySpot{Word: [2]int{w.from, w.to}, Not: w.not}
		if w.free {
			typed, not := strings.CutPrefix(text[w.from:at], "-")
			spot.From, spot.To, spot.Typed, spot.Not = at-len(typed), w.to, typed, not
			return spot, text[w.from] != '"' && typed != "" && !strings.ContainsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) })
		}
		f, known := queryParser{lex: lex}.field(w.name)
		spot.Field = f
		for _, v := range w.values {
			if at < v.from || at > v.to {
				continue
			}
			spot.From, spot.To = v.from, v.to
			if _, end, ok := strings.Cut(text[v.from:at], string(OpBetween)); ok && hasOrder(f) {
				spot.From, spot.Compared = at-len(end), true
			}
			spot.Compared = spot.Compared || w.op != OpIs
			spot.Typed = strings.TrimPrefix(text[spot.From:at], `"`)
			return spot, known
		}
		return spot, false // in the name of a condition
	}
	return QuerySpot{}, false
}

// QueryParts gives the words and conditions of a query as they are typed.
func QueryParts(text string) []string {
	if len(text) > MaxQuery {
		return nil
	}
	text = queryText(text)
	var out []string
	for _, w := range scanQuery(text) {
		out = append(out, text[w.from:w.to])
	}
	return out
}
