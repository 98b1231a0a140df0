package store

import (
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/store/exchange"
	"pasvorm/store/search"
)

// maxNamesakes is how many customers of one name are looked at.
const maxNamesakes = 100

// whom finds the customer of a line: by our number, or where there is none by
// the name, when one customer alone bears it. Capitals and accents do not matter
// unless several differ in nothing else.
func (v *view) whom(number, name string) (*model.Customer, error) {
	number, name = strings.TrimSpace(number), strings.TrimSpace(name)
	if number != "" {
		if len(number) > maxNumber {
			return nil, model.Invalid("import.bad.number", "Max", maxNumber)
		}
		g, err := model.Find[*model.Guard](v.r, model.GuardKey(model.SpaceNumber, number))
		if err != nil {
			return nil, err
		}
		if g == nil || v.hidden(g.Owner) {
			return nil, model.Invalid("error.rows.number", "Value", number)
		}
		return v.card(g.Owner)
	}
	if name == "" {
		return nil, model.Invalid("error.rows.who")
	}
	var alike, same []*model.Customer
	var failed error
	folded := search.Fold(name)
	walk(v.der, spaceName, append([]byte(search.SortName(name)), 0), func(k, _ []byte) bool {
		id := idOfNameKey(k)
		if v.hidden(id) {
			return true
		}
		c, err := v.card(id)
		if err != nil {
			failed = err
			return false
		}
		if search.Fold(c.Name) == folded {
			alike = append(alike, c)
		}
		if c.Name == name {
			same = append(same, c)
		}
		return len(alike) < maxNamesakes
	})
	switch {
	case failed != nil:
		return nil, failed
	case len(same) == 1:
		return same[0], nil
	case len(alike) == 1:
		return alike[0], nil
	case len(alike) == 0:
		return nil, model.Invalid("error.rows.name", "Value", name)
	}
	return nil, model.Invalid("error.rows.several", "Value", name)
}

// card reads a customer that an index names.
func (v *view) card(id model.ID) (*model.Customer, error) {
	c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id))
	if err == nil && c == nil {
		err = corrupt(string(model.CustomerKey(id)), "customer")
	}
	return c, err
}

// cents reads an amount; nil for an empty cell.
func cents(f *exchange.Fields, field exchange.Field) (*int64, error) {
	n, ok, err := f.Cents(field)
	if err != nil {
		return nil, reasonOf(err, string(field))
	}
	if !ok {
		return nil, nil
	}
	return &n, nil
}

// dayIn reads a day; "" for an empty cell.
func dayIn(f *exchange.Fields, field exchange.Field) (model.Day, error) {
	day, ok, err := f.Date(field)
	if err != nil {
		return "", reasonOf(err, string(field))
	}
	if !ok {
		return "", nil
	}
	return model.DayOf(day), nil
}

// readFinance reads what a line says of money. A file with a column of arrears
// speaks of them for every customer in it: an empty cell is nothing owed.
func readFinance(f *exchange.Fields, into *model.Account) error {
	var err error
	for _, amount := range []struct {
		field exchange.Field
		into  **int64
	}{{exchange.Revenue, &into.Revenue}, {exchange.Margin, &into.Margin}, {exchange.Direct, &into.Direct}} {
		if *amount.into, err = cents(f, amount.field); err != nil {
			return err
		}
	}
	if into.AsOf, err = dayIn(f, exchange.AsOf); err != nil {
		return err
	}
	if !f.Has(exchange.Arrears) {
		if into.Revenue == nil && into.Margin == nil && into.Direct == nil {
			return model.Invalid("error.rows.nothing")
		}
		return nil
	}
	owed, err := cents(f, exchange.Arrears)
	if err != nil {
		return err
	}
	since, err := dayIn(f, exchange.Since)
	if err != nil {
		return err
	}
	into.Arrears = []model.Arrear{}
	if owed != nil && *owed != 0 {
		into.Arrears = append(into.Arrears, model.Arrear{Cents: *owed, Since: since})
	}
	return nil
}

// whole reads a number of a kind that is counted; nil for an empty cell. What is
// far out of bounds is as bad as what is just outside them.
func whole(f *exchange.Fields, field exchange.Field, most int) (*int, error) {
	text := strings.TrimSpace(f.Text(field))
	if text == "" {
		return nil, nil
	}
	n, err := exchange.ParseWhole(text)
	if err != nil {
		return nil, reasonOf(err, string(field))
	}
	v := int(max(min(n, int64(most)+1), -1))
	return &v, nil
}

// readReply reads what a customer said.
func readReply(f *exchange.Fields, desk *model.DeskSettings, into *model.Reply) error {
	var err error
	into.Describe, into.Better = strings.TrimSpace(f.Text(exchange.Describe)), strings.TrimSpace(f.Text(exchange.Better))
	if into.Mark, err = whole(f, exchange.Mark, model.MaxMark); err != nil {
		return model.Invalid("error.survey.mark", "Field", "mark", "Max", model.MaxMark)
	}
	if into.Felt, err = whole(f, exchange.Felt, model.MaxFelt); err != nil {
		return model.Invalid("error.survey.felt", "Field", "felt", "Max", model.MaxFelt)
	}
	for _, word := range model.SplitTopics(f.Text(exchange.Topics)) {
		t, ok := model.ParseTopic(desk, word)
		switch {
		case !ok:
			return model.Invalid("error.survey.topic", "Field", "topics", "Value", word)
		case !slices.Contains(into.Topics, t.ID):
			into.Topics = append(into.Topics, t.ID)
		}
	}
	into.On, err = dayIn(f, exchange.On)
	return err
}

// preview is what a dry run shows of a line.
func (r *rowsImport) preview(l *rowsLine) map[string]string {
	out := map[string]string{"name": l.name}
	put := func(id, v string) {
		if v != "" {
			out[id] = v
		}
	}
	money := func(id string, cents *int64) {
		if cents != nil {
			put(id, model.FormatMoney(*cents))
		}
	}
	count := func(id string, n *int) {
		if n != nil {
			put(id, strconv.Itoa(*n))
		}
	}
	a := &l.finance.Account
	money("revenue", a.Revenue)
	money("margin", a.Margin)
	money("direct", a.Direct)
	for _, x := range a.Arrears {
		put("arrears", model.FormatMoney(x.Cents))
		put("since", string(x.Since))
	}
	put("as_of", string(a.AsOf))
	s := &l.survey.Reply
	count("mark", s.Mark)
	put("describe", s.Describe)
	put("better", s.Better)
	put("topics", strings.Join(s.Topics, ", "))
	count("felt", s.Felt)
	put("on", string(s.On))
	return out
}
