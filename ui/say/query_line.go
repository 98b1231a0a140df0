package say

import (
	"slices"

	"pasvorm/model"
)

// Query gives a query in the words of the screen's language: of one in the words
// of the code, as it is kept and shared. It means the same; where that could not
// be said in other words it stays as it is.
func (s Speaker) Query(line string) string {
	q, err := model.ParseQuery(line, nil)
	if err != nil {
		return line
	}
	own := model.Query{Text: q.Text}
	for _, t := range q.Terms {
		t.Values = slices.Clone(t.Values)
		for i, v := range t.Values {
			t.Values[i] = s.queryValue(t.Field, v)
		}
		t.Field = model.QueryField(s.QueryField(t.Field))
		own.Terms = append(own.Terms, t)
	}
	out := own.String()
	if by := q.Sort; by != (model.QuerySort{}) {
		if out != "" {
			out += " "
		}
		out += s.Order(by)
	}
	if back, err := model.ParseQuery(out, s.Lexicon()); err != nil || back.String() != q.String() {
		return line
	}
	return out
}

// Order gives what sorts by a column, as it is typed in a query.
func (s Speaker) Order(by model.QuerySort) string {
	minus := ""
	if by.Desc {
		minus = "-"
	}
	return s.QueryField(model.QueryOrder) + ":" + minus + s.SortField(by.By)
}

// queryValue words a value that has a word of its own.
func (s Speaker) queryValue(f model.QueryField, v string) string {
	switch {
	case slices.Contains(queryKnown(f), v):
		return s.queryWord(valueID(f, v), v)
	case f.IsDay() && slices.Contains(model.QueryDays(), v):
		return s.queryWord(dayID(v), v)
	}
	return v
}
