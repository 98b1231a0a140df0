package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// shownLevers is how many of the ways to a profit the page of a customer shows.
const shownLevers = 3

// money shows the relation in money: what it brings, what it costs to serve,
// what remains, what is owed, and what would make it profitable. Size is shown
// and never judged.
func (s *profile) money() {
	c, e, m := s.d.Customer, s.env, &s.d.Dealings.Money
	var parts []string
	if c.Revenue != 0 {
		parts = append(parts, e.T("desk.revenue", "Money", e.Text.Money(c.Revenue)))
	}
	if c.Margin != 0 {
		parts = append(parts, e.T("desk.margin", "Money", e.Text.Money(c.Margin)))
	}
	if c.KeyAccount {
		parts = append(parts, e.T("desk.keyaccount"))
	}
	label := e.T("desk.part.money")
	row := func(ink kit.Token, text string) {
		if text == "" {
			return
		}
		if label != "" {
			s.gap()
		}
		s.lines(label, ink, text, 3)
		label = ""
	}
	row(kit.InkText, strings.Join(parts, " · "))
	row(kit.InkText, e.moneySpent(m))
	row(kit.InkText, e.moneyCosts(m))
	if m.Known {
		row(kit.InkAccent, e.moneyProfit(m))
		for _, l := range m.Levers[:min(len(m.Levers), shownLevers)] {
			row(kit.InkText, "→ "+e.lever(l))
		}
	} else if label == "" {
		row(kit.InkMuted, e.T("money.unknown"))
	}
	if f := s.d.Dealings.Finance; f != nil {
		row(kit.InkText, e.moneyOwed(f.Arrears, m))
		row(kit.InkMuted, e.T("money.asof", "Date", e.dayText(f.AsOf), "Person", who(s.d, f.By)))
	}
}

// lever words what would bring a relation nearer to a profit.
func (e *Env) lever(m model.Message) string { return e.Say.Fact(model.Fact{Message: m}) }

// moneySpent says what minutes a customer took and what they cost; "" for none.
func (e *Env) moneySpent(m *model.Money) string {
	var parts []string
	for a := range model.Activities {
		if n := m.Minutes[a]; n > 0 {
			parts = append(parts, e.T("money.minutes", "Minutes", e.Text.Int(n), "Activity", e.Say.Activity(a)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return e.T("money.time", "Parts", strings.Join(parts, " · "), "Money", e.Text.Money(m.Time))
}

// moneyCosts says what a customer costs beside minutes; "" for nothing.
func (e *Env) moneyCosts(m *model.Money) string {
	var parts []string
	if m.Direct != 0 {
		parts = append(parts, e.T("money.direct", "Money", e.Text.Money(m.Direct)))
	}
	if m.Deviations != 0 {
		parts = append(parts, e.T("money.deviations", "Money", e.Text.Money(m.Deviations)))
	}
	return strings.Join(parts, " · ")
}

// moneyProfit says what remains, with how it comes about.
func (e *Env) moneyProfit(m *model.Money) string {
	id := "money.profit"
	if m.Profit < 0 {
		id = "money.loss"
	}
	return e.T(id, "Money", e.Text.Money(max(m.Profit, -m.Profit)), "Margin", e.Text.Money(m.Margin), "Cost", e.Text.Money(m.CostToServe()))
}

// moneyOwed says what is owed and how long it has been; "" for nothing.
func (e *Env) moneyOwed(all []model.Arrear, m *model.Money) string {
	if m.Arrears == 0 {
		return ""
	}
	now := e.now()
	var parts []string
	for age, cents := range model.AgedArrears(all, model.DayOf(now)) {
		if cents != 0 {
			parts = append(parts, e.T(arrearAges[age], "Money", e.Text.Money(cents)))
		}
	}
	return e.T("money.owed", "Money", e.Text.Money(m.Arrears), "Parts", strings.Join(parts, " · "), "Date", e.dayText(m.OldestArrear))
}

// arrearAges are the texts of how long money has been due.
var arrearAges = [model.ArrearAges]string{"money.age.30", "money.age.60", "money.age.90", "money.age.old"}
