package model

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// QueryValues lists the words that a field takes; nil for a field that takes
// text or days.
func QueryValues(f QueryField) []string {
	switch f {
	case QueryTrait:
		return append(textsOf(Traits()), QueryAny, QueryNone)
	case QueryStep:
		return []string{"0", "1", "2", "3", "4", "5"}
	case QueryFit:
		return append(textsOf(FitVerdicts()), "open", "proposed", QueryNone)
	case QueryIs:
		return textsOf([]QueryState{StateFlagged, StateWaiting, StateLimbo, StateOverdue, StateDuty, StateKey})
	case QueryKind:
		return textsOf([]CustomerKind{Private, Business, Internal})
	case QueryRelation:
		return textsOf([]Relation{Suspect, Prospect, Current, Former})
	case QueryOrder:
		return append(textsOf(SortFields()), sortBest)
	}
	return nil
}

func textsOf[T ~string](all []T) []string {
	out := make([]string, len(all), len(all)+3)
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

// IsDay reports whether the values of a field are days.
func (f QueryField) IsDay() bool { return f == QueryDue || f == QueryLast || f == QueryAdded }

// hasOrder holds for fields whose values have an order.
func hasOrder(f QueryField) bool { return f.IsDay() || f == QueryStep || f == QueryPostcode }

// queryHints say what to do next where a value of a field is off.
var queryHints = map[QueryField]string{
	QueryTrait: "hint.query.trait", QueryStep: "hint.query.step", QueryFit: "hint.query.fit", QueryIs: "hint.query.is",
	QueryKind: "hint.query.kind", QueryRelation: "hint.query.relation", QueryPostcode: "hint.query.postcode",
	QueryDue: "hint.query.day", QueryLast: "hint.query.day", QueryAdded: "hint.query.day",
}

// queryHint is the hint of a field, that on the language where it has none.
func queryHint(f QueryField) string {
	if h, ok := queryHints[f]; ok {
		return h
	}
	return "hint.query"
}

// term reads a condition.
func (p queryParser) term(f QueryField, w *queryWord) (QueryTerm, error) {
	t := QueryTerm{Field: f, Op: w.op, Not: w.not}
	values := w.given()
	switch {
	case len(values) > MaxQueryValues:
		return t, Invalid("error.query.values", "Word", w.name, "Max", MaxQueryValues).WithHint("hint.query")
	case !hasOrder(f) && w.op != OpIs && QueryValues(f) != nil:
		return t, Invalid("error.query.compare", "Word", w.name).WithHint(queryHint(f))
	case !hasOrder(f) && w.op != OpIs: // of text it is a part
		t.Op = OpIs
		w.values[0].text = string(w.op) + w.values[0].text
		values = w.given()
	}
	if len(values) == 0 {
		return t, Invalid("error.query.empty", "Word", w.name).WithHint(queryHint(f))
	}
	if hasOrder(f) && len(values) == 1 && !values[0].quoted && w.op == OpIs {
		if a, b, ok := strings.Cut(values[0].text, string(OpBetween)); ok {
			return p.between(t, w, a, b)
		}
	}
	if t.Op != OpIs && len(values) > 1 {
		return t, Invalid("error.query.one", "Word", w.name).WithHint(queryHint(f))
	}
	for _, v := range values {
		text, err := p.value(f, w.name, v.text)
		if err != nil {
			return t, err
		}
		if t.Op != OpIs && (text == QueryNone || text == QueryAny) {
			return t, Invalid("error.query.value", "Word", w.name, "Value", v.text).WithHint(queryHint(f))
		}
		if !slices.Contains(t.Values, text) {
			t.Values = append(t.Values, text)
		}
	}
	return t, nil
}

// between reads a..b; one end alone is at least, or at most.
func (p queryParser) between(t QueryTerm, w *queryWord, a, b string) (QueryTerm, error) {
	for _, end := range []string{a, b} {
		if end == "" {
			continue
		}
		v, err := p.value(t.Field, w.name, end)
		if err == nil && (v == QueryNone || v == QueryAny) {
			err = Invalid("error.query.value", "Word", w.name, "Value", end).WithHint(queryHint(t.Field))
		}
		if err != nil {
			return t, err
		}
		t.Values = append(t.Values, v)
	}
	switch {
	case len(t.Values) == 0:
		return t, Invalid("error.query.empty", "Word", w.name).WithHint(queryHint(t.Field))
	case len(t.Values) == 2:
		t.Op = OpBetween
		if a, b := t.Values[0], t.Values[1]; len(a) == len(b) && fixed(a) && fixed(b) && a > b {
			t.Values[0], t.Values[1] = b, a
		}
	case a == "":
		t.Op = OpAtMost
	default:
		t.Op = OpAtLeast
	}
	return t, nil
}

// fixed holds for a value that means the same on every day.
func fixed(v string) bool { return v[0] >= '0' && v[0] <= '9' }

// value reads one value of a field and gives it in the words of the code.
func (p queryParser) value(f QueryField, name, text string) (string, error) {
	low := strings.ToLower(text)
	known := QueryValues(f)
	switch {
	case f == QueryTrait && len(low) == 1 && low >= "1" && low <= "4":
		return string(Traits()[low[0]-'1']), nil
	case slices.Contains(known, low):
		return low, nil
	}
	if p.lex != nil {
		if v, ok := p.lex.Values[f][low]; ok {
			return v, nil
		}
		known = appendKeys(known, p.lex.Values[f])
	}
	switch f {
	case QueryDue, QueryLast, QueryAdded:
		return p.day(f, name, low)
	case QueryPostcode:
		return queryPostcode(name, text)
	case QueryPhone:
		if !strings.ContainsFunc(text, unicode.IsDigit) {
			return "", Invalid("error.query.value", "Word", name, "Value", text).WithHint("hint.query")
		}
		return text, nil
	case QueryOwner:
		if low == QueryMe || low == QueryNone {
			return low, nil
		}
		return text, nil
	case QueryTown, QueryName, QueryNumber, QueryMail, QueryStory:
		return text, nil
	}
	if near := nearest(low, known); near != "" && f != QueryStep {
		return "", Invalid("error.query.value.near", "Word", name, "Value", text, "Near", near).WithHint(queryHint(f))
	}
	return "", Invalid("error.query.value", "Word", name, "Value", text).WithHint(queryHint(f))
}

// queryPostcode gives a postcode without its blanks, in capitals.
func queryPostcode(name, text string) (string, error) {
	code := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, text)
	if code == "" {
		return "", Invalid("error.query.value", "Word", name, "Value", text).WithHint("hint.query.postcode")
	}
	return code, nil
}

// day reads a day and keeps it as it is meant: what is relative stays so.
func (p queryParser) day(f QueryField, name, low string) (string, error) {
	if f != QueryAdded && (low == QueryNone || low == QueryAny) {
		return low, nil
	}
	if p.lex != nil {
		if word, ok := p.lex.Days[low]; ok {
			low = word
		}
	}
	if v, ok := queryDay(low); ok {
		return v, nil
	}
	return "", Invalid("error.query.day", "Word", name, "Value", low).WithHint("hint.query.day")
}

// queryDay gives a day in the one form in which a query keeps it.
func queryDay(s string) (string, bool) {
	if _, ok := queryWeekday(s); ok || s == "today" || s == "tomorrow" || s == "yesterday" {
		return s, true
	}
	if n, unit, ok := queryShift(s); ok {
		sign := "+"
		if n < 0 {
			sign = ""
		}
		return sign + strconv.Itoa(n) + string(unit), true
	}
	d, ok := ParseDay(s)
	if !ok || d == "" {
		return dutchDay(s)
	}
	return string(d), true
}

// dutchDay reads 1-12-2026.
func dutchDay(s string) (string, bool) {
	parts := strings.Split(s, "-")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return "", false
	}
	for i := range 2 {
		if len(parts[i]) == 1 {
			parts[i] = "0" + parts[i]
		}
	}
	d, ok := ParseDay(parts[2] + "-" + parts[1] + "-" + parts[0])
	return string(d), ok && d != ""
}
