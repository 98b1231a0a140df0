package model

// leverDifference is the lever that names what is short: a customer may always
// be asked to pay it, so that it says nothing about whether a win can be reached.
const leverDifference = "money.lever.difference"

// ourWin proposes from the relation in money where a margin is known: now when
// it earns more than it costs, reachable when one lever would cover the gap.
// Whether a win is out of reach for ever no book can tell (article 001).
func (k *dealings) ourWin() FitFact {
	m := &k.d.Dealings.Money
	if !m.Known {
		return FitFact{Facts: moneyFacts(k.d.Customer)}
	}
	f := FitFact{Facts: []Fact{
		{Message: Say("fit.fact.profit", "Cents", m.Profit)},
		{Message: Say("fit.fact.cost", "Cents", m.CostToServe())},
	}}
	if m.Profit > 0 {
		f.Propose = AnswerNow
	}
	for _, l := range m.Levers {
		f.Facts = append(f.Facts, Fact{Message: l})
		gain, ok := centsOf(l)
		if f.Propose == "" && ok && l.ID != leverDifference && m.Profit+gain >= 0 {
			f.Propose = AnswerReachable
		}
	}
	if m.Arrears > 0 {
		f.Facts = append(f.Facts, Fact{Message: Say("fit.fact.arrears", "Cents", m.Arrears), At: k.moment(m.OldestArrear)})
	}
	f.Facts = append(f.Facts, moneyFacts(k.d.Customer)...)
	return f
}

// centsOf gives the amount that a message speaks of, in cents.
func centsOf(m Message) (int64, bool) {
	switch n := m.Args["Cents"].(type) {
	case int64:
		return n, true
	case int:
		return int64(n), true
	}
	return 0, false
}

// moneyFacts shows what the relation brings and holds; size is never judged.
func moneyFacts(c *Customer) []Fact {
	var out []Fact
	if c.Revenue != 0 {
		out = append(out, Fact{Message: Say("fit.fact.revenue", "Cents", c.Revenue)})
	}
	if c.Margin != 0 {
		out = append(out, Fact{Message: Say("fit.fact.margin", "Cents", c.Margin)})
	}
	if c.Minutes != 0 {
		out = append(out, Fact{Message: Say("fit.fact.minutes", "Count", c.Minutes)})
	}
	return out
}

// theirWin shows how the customer marked us; what that says is for a person to
// tell, for a good mark is no proof of good service (article 000).
func (k *dealings) theirWin() []Fact {
	var out []Fact
	for _, s := range k.d.Dealings.Surveys {
		if mark, ok := s.Score(); ok && s.Withdrawn == nil && len(out) < mostFacts {
			out = append(out, Fact{Message: Say("fit.fact.mark", "Mark", mark), At: k.moment(s.Day)})
		}
	}
	efforts := 0
	for _, c := range k.d.Dealings.Contacts {
		if c.Stands() && c.Effort > 0 && efforts < mostFacts {
			efforts++
			out = append(out, Fact{Message: Say("fit.fact.effort", "Mark", c.Effort), At: c.On})
		}
	}
	return out
}
