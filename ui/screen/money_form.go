package screen

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// customerForm is a screen that is one form about a customer, whom it reads
// first.
type customerForm struct {
	formPage
	id    model.ID
	title string
	fill  func(*model.Detail) formSpec
}

func newCustomerForm(env *Env, id model.ID, title string, fill func(*model.Detail) formSpec) *customerForm {
	return &customerForm{formPage: newFormPage(env, env.T("customer.loading")), id: id, title: title, fill: fill}
}

// Init reads the customer.
func (s *customerForm) Init() tea.Cmd {
	desk, id := s.env.Desk, s.id
	return func() tea.Msg {
		d, err := desk.Customer(id)
		return formReady{open: func() tea.Cmd {
			if err != nil {
				return tea.Batch(kit.Fail(err), kit.Send(kit.Back{}))
			}
			return s.form(s.fill(d))
		}}
	}
}

// Title is the screen's name.
func (s *customerForm) Title() string { return s.title }

// Update takes a message.
func (s *customerForm) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

// formArrears is how many amounts that a customer owes the form has room for;
// more come from the books by a file.
const formArrears = 3

func newFinance(env *Env, id model.ID) kit.Screen {
	return newCustomerForm(env, id, env.T("money.title"), env.financeSpec)
}

// amount writes cents as a person would, with the decimal mark of the language.
func (e *Env) amount(cents int64) string {
	s := model.FormatMoney(cents)
	if e.Text.Lang() == "nl" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// amountCheck says what is wrong with an amount in euros that may be below 0.
func (e *Env) amountCheck(v string) string {
	if _, ok := model.ParseMoney(v); !ok {
		return e.T("edit.money")
	}
	return ""
}

// financeSpec is the form of what our books say of a customer.
func (e *Env) financeSpec(d *model.Detail) formSpec {
	c, f := d.Customer, d.Dealings.Finance
	if f == nil {
		f = &model.Finance{}
	}
	amount := func(id, label, hint string, check func(string) string) kit.Field {
		field := kit.Field{ID: id, Label: label, Kind: kit.NumberField, Limit: 18, Check: check}
		if hint != "" {
			field.Hint = e.T(hint)
		}
		return field
	}
	fields := []kit.Field{
		amount("revenue", e.T("field.revenue"), "money.form.revenue.hint", e.amountCheck),
		amount("margin", e.T("field.margin"), "money.form.margin.hint", e.amountCheck),
		amount("direct", e.T("field.direct"), "money.form.direct.hint", e.owedCheck),
	}
	values := map[string]string{"revenue": e.amount(c.Revenue), "margin": e.amount(c.Margin), "direct": e.amount(f.Direct)}
	for i := range formArrears {
		n := strconv.Itoa(i + 1)
		fields = append(fields, amount("owed"+n, e.T("money.form.owed", "Number", n), "", e.owedCheck),
			kit.Field{ID: "since" + n, Label: e.T("money.form.since"), Kind: kit.DateField, Check: e.notAhead})
		if i < len(f.Arrears) {
			values["owed"+n], values["since"+n] = e.amount(f.Arrears[i].Cents), string(f.Arrears[i].Since)
		}
	}
	fields = append(fields, kit.Field{ID: "as_of", Label: e.T("field.as_of"), Hint: e.T("money.form.asof.hint"), Kind: kit.DateField, Check: e.notAhead})
	head := []string{e.T("money.form.head")}
	if more := len(f.Arrears) - formArrears; more > 0 {
		head = append(head, e.Text.N("money.form.more", more))
	}
	return formSpec{
		id: "finance", subject: c.ID.String(),
		title: e.T("money.form.title", "Customer", inWords(c.Name)), head: head, fields: fields, values: values,
		act: func(v map[string]string) ([]model.Action, error) { return setFinance(c, f, v) },
	}
}

// owedCheck says what is wrong with an amount that cannot be below 0.
func (e *Env) owedCheck(v string) string {
	n, ok := model.ParseMoney(v)
	switch {
	case !ok:
		return e.T("edit.money")
	case n < 0:
		return e.T("money.form.negative")
	}
	return ""
}

// notAhead says that a day lies ahead.
func (e *Env) notAhead(v string) string {
	if v > e.now().Format(time.DateOnly) {
		return e.T("money.form.ahead")
	}
	return ""
}

// setFinance makes the change of what differs from what stood; what the form
// has no room for stays.
func setFinance(c *model.Customer, f *model.Finance, v map[string]string) ([]model.Action, error) {
	a := model.SetFinance{Customer: c.ID}
	changed := v["as_of"] != ""
	a.AsOf = model.Day(v["as_of"])
	for _, x := range []struct {
		id   string
		was  int64
		into **int64
	}{{"revenue", c.Revenue, &a.Revenue}, {"margin", c.Margin, &a.Margin}, {"direct", f.Direct, &a.Direct}} {
		n, ok := model.ParseMoney(v[x.id])
		switch {
		case !ok:
			return nil, model.Invalid("error.field.money", "Field", x.id, "Value", v[x.id])
		case n != x.was:
			*x.into = &n
			changed = true
		}
	}
	owed := []model.Arrear{}
	for i := range formArrears {
		n := strconv.Itoa(i + 1)
		cents, ok := model.ParseMoney(v["owed"+n])
		since := model.Day(v["since"+n])
		switch {
		case !ok:
			return nil, model.Invalid("error.field.money", "Field", "owed"+n, "Value", v["owed"+n])
		case cents == 0 && since == "":
			continue
		case cents == 0:
			return nil, model.Invalid("error.finance.arrear", "Field", "owed"+n).WithHint("hint.finance.arrear")
		case since == "":
			return nil, model.Invalid("error.finance.since", "Field", "since"+n).WithHint("hint.finance.since")
		}
		owed = append(owed, model.Arrear{Cents: cents, Since: since})
	}
	stood := f.Arrears[:min(len(f.Arrears), formArrears)]
	if !slices.Equal(owed, stood) {
		owed = append(owed, f.Arrears[len(stood):]...)
		a.Arrears = owed
		changed = true
	}
	if !changed {
		return nil, nil
	}
	return []model.Action{a}, nil
}
