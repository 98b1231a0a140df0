package say

import (
	"slices"
	"strings"
	"sync"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// lexicon holds the words of a query in all languages: whoever types one is
// understood whatever the screen speaks.
var lexicon = sync.OnceValue(func() *model.Lexicon {
	l := &model.Lexicon{Fields: map[string]model.QueryField{}, Values: map[model.QueryField]map[string]string{},
		Sorts: map[string]model.SortField{}, Days: map[string]string{}}
	for _, lang := range text.Languages() {
		if tx, err := text.Load(lang); err == nil {
			collect(l, tx)
		}
	}
	return l
})

func collect(l *model.Lexicon, tx *text.Text) {
	for _, f := range append(model.QueryFields(), model.QueryOrder) {
		for _, w := range queryWords(tx, fieldID(f)) {
			l.Fields[w] = f
			if slices.Contains(model.SortFields(), model.SortField(f)) {
				l.Sorts[w] = model.SortField(f)
			}
		}
		for _, v := range queryKnown(f) {
			for _, w := range queryWords(tx, valueID(f, v)) {
				if l.Values[f] == nil {
					l.Values[f] = map[string]string{}
				}
				l.Values[f][w] = v
			}
		}
	}
	for _, d := range model.QueryDays() {
		for _, w := range queryWords(tx, dayID(d)) {
			l.Days[w] = d
		}
	}
	for _, w := range queryWords(tx, valueID(model.QueryOrder, "best")) {
		l.Sorts[w] = model.SortBest
	}
}

func fieldID(f model.QueryField) string           { return "query.field." + string(f) }
func valueID(f model.QueryField, v string) string { return "query.value." + string(f) + "." + v }
func dayID(d string) string                       { return "query.day." + d }

// queryWords are the words of an id, the one to propose first.
func queryWords(tx *text.Text, id string) []string {
	if !tx.Has(id) {
		return nil
	}
	return strings.Fields(strings.ToLower(tx.T(id)))
}

// queryKnown lists the values of a field that have a word of their own.
func queryKnown(f model.QueryField) []string {
	switch f {
	case model.QueryOrder:
		return nil
	case model.QueryOwner:
		return []string{model.QueryMe, model.QueryNone}
	case model.QueryDue, model.QueryLast:
		return []string{model.QueryNone, model.QueryAny}
	}
	return model.QueryValues(f)
}

// Lexicon gives the words that a query may be typed in. It is shared and must
// not be changed.
func (s Speaker) Lexicon() *model.Lexicon { return lexicon() }

// QueryField gives the word of a field of a query, in the language of the
// screen.
func (s Speaker) QueryField(f model.QueryField) string { return s.queryWord(fieldID(f), string(f)) }

// SortField gives the name of a column to sort by.
func (s Speaker) SortField(f model.SortField) string {
	if f == model.SortBest {
		return s.queryWord(valueID(model.QueryOrder, "best"), "best")
	}
	return s.QueryField(model.QueryField(f))
}

func (s Speaker) queryWord(id, code string) string {
	if words := queryWords(s.Text, id); len(words) > 0 {
		return words[0]
	}
	return code
}

// QueryTopics are what there is to know of a query, each with an example: the
// text ids are query.help.<topic> and query.help.<topic>.example.
func QueryTopics() []string {
	return []string{"words", "field", "not", "quote", "trait", "step", "fit", "is", "kind", "relation", "owner", "place", "reach",
		"story", "due", "last", "added", "days", "sort"}
}

// Proposals gives what may be meant at the place where a query is typed, the
// likeliest first: each takes the place of the spot. people are the names for an
// owner.
func (s Speaker) Proposals(spot model.QuerySpot, people []string) []string {
	typed := strings.ToLower(spot.Typed)
	var out []string
	add := func(before, word, after string) {
		if strings.HasPrefix(strings.ToLower(word), typed) && (len(word) > len(typed) || after != "") && !slices.Contains(out, before+word+after) {
			out = append(out, before+word+after)
		}
	}
	if spot.Field == "" {
		if len([]rune(typed)) < 2 {
			return nil
		}
		for _, f := range append(model.QueryFields(), model.QueryOrder) {
			for _, w := range append(queryWords(s.Text, fieldID(f)), string(f)) {
				add("", w, ":")
			}
		}
		return out
	}
	desc := ""
	if spot.Field == model.QueryOrder && strings.HasPrefix(typed, "-") {
		desc, typed = "-", typed[1:]
	}
	known := queryKnown(spot.Field)
	if spot.Field.IsDay() { // a day is likelier, and none or any is no end of a stretch of days
		for _, d := range model.QueryDays() {
			add("", s.queryWord(dayID(d), d), "")
		}
		if spot.Compared {
			known = nil
		}
	}
	for _, v := range known {
		add("", s.queryWord(valueID(spot.Field, v), v), "")
	}
	switch spot.Field {
	case model.QueryOrder:
		for _, f := range append(model.SortFields(), model.SortBest) {
			add(desc, s.SortField(f), "")
		}
	case model.QueryOwner:
		for _, name := range people {
			if low := strings.ToLower(name); low != typed && strings.HasPrefix(low, typed) {
				out = append(out, quoted(kit.Clean(name)))
			}
		}
	}
	return out
}

// quoted writes a value of a query so that its blanks and commas stay in it.
func quoted(v string) string {
	if strings.ContainsAny(v, " ,\"") {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
	}
	return v
}
