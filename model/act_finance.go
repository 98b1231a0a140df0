package model

import (
	"slices"
	"strings"
)

// MaxArrears is how many amounts a customer can owe us: more are for the books.
const MaxArrears = 100

// Account is what is said of the money of one customer. What is nil stays as it
// is; arrears that are empty and not nil say that nothing is owed. Amounts are
// cents.
type Account struct {
	Revenue, Margin *int64 // a year
	Direct          *int64 // costs a year, 0 or more
	Arrears         []Arrear
	AsOf            Day // of which the figures are; "" is today
}

// SetFinance notes what our books say of a customer. Revenue and margin stand
// on the customer's card and change there; size is shown and never judged.
type SetFinance struct {
	Customer ID
	Account
}

// Name is [ActSetFinance].
func (SetFinance) Name() ActionName { return ActSetFinance }

// Decide changes the card and the account in one change.
func (a SetFinance) Decide(env *Env, r Reader) (*Change, error) {
	s, err := readBooks(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if err := s.set(env, &a.Account, NoID); err != nil {
		return nil, err
	}
	ch := &Change{Made: a.Customer, Message: Say("journal.finance.set", "Customer", s.card.Name)}
	if s.put(ch); len(ch.Puts) == 0 {
		return nil, Invalid("error.edit.nothing")
	}
	return ch, nil
}

// books are the records that hold the money of one customer, as they stood and
// as they are to stand.
type books struct {
	was, card   *Customer
	had, ledger *Finance // had is nil for a customer without an account
}

func readBooks(r Reader, id ID) (*books, error) {
	c, err := mustCustomer(r, id)
	if err != nil {
		return nil, err
	}
	f, err := Find[*Finance](r, FinanceKey(id))
	if err != nil {
		return nil, err
	}
	s := &books{was: c, had: f}
	card := *c
	s.card = &card
	if f != nil {
		ledger := *f
		s.ledger = &ledger
	}
	return s, nil
}

// set changes what an account says. An import that speaks of a customer's
// arrears on several lines adds them up.
func (s *books) set(env *Env, a *Account, imp ID) error {
	asOf := a.AsOf
	if asOf == "" {
		asOf = env.Today()
	}
	if err := a.Check(env.Today()); err != nil {
		return err
	}
	now := Finance{Customer: s.card.ID}
	if s.ledger != nil {
		now = *s.ledger
	}
	if a.Revenue != nil {
		s.card.Revenue = *a.Revenue
	}
	if a.Margin != nil {
		s.card.Margin = *a.Margin
	}
	if a.Direct != nil {
		now.Direct = *a.Direct
	}
	if a.Arrears != nil {
		all := slices.Clone(a.Arrears)
		if imp != NoID && now.Import == imp {
			all = append(slices.Clone(now.Arrears), all...)
		}
		if len(all) > MaxArrears {
			return Invalid("error.finance.many", "Max", MaxArrears)
		}
		slices.SortStableFunc(all, func(x, y Arrear) int { return strings.Compare(string(x.Since), string(y.Since)) })
		now.Arrears = all
	}
	now.AsOf, now.By, now.At, now.Import = asOf, env.Actor.Person, env.Stamp(), imp
	s.ledger = &now
	return nil
}

// put adds what changed.
func (s *books) put(ch *Change) {
	if *s.card != *s.was {
		ch.Replace(s.was, s.card)
	}
	switch {
	case s.had == nil:
		ch.Add(s.ledger)
	case *s.card != *s.was || s.ledger.Import != s.had.Import || !sameFinance(s.ledger, s.had):
		ch.Replace(s.had, s.ledger)
	}
}

// sameFinance compares what two accounts say, whoever noted them.
func sameFinance(a, b *Finance) bool {
	return a.Direct == b.Direct && a.AsOf == b.AsOf && slices.Equal(a.Arrears, b.Arrears)
}

// Check refuses amounts that make no sense and days that lie ahead.
func (a *Account) Check(today Day) error {
	for _, x := range []struct {
		field string
		cents *int64
	}{{"revenue", a.Revenue}, {"margin", a.Margin}, {"direct", a.Direct}} {
		if x.cents == nil {
			continue
		}
		if err := checkCents(x.field, *x.cents); err != nil {
			return err
		}
	}
	if a.Direct != nil && *a.Direct < 0 {
		return Invalid("error.finance.direct", "Field", "direct").WithHint("hint.finance.direct")
	}
	for _, x := range a.Arrears {
		if err := checkDay("arrears", x.Since); err != nil {
			return err
		}
		if err := checkCents("arrears", x.Cents); err != nil {
			return err
		}
		switch {
		case x.Cents <= 0:
			return Invalid("error.finance.arrear", "Field", "arrears").WithHint("hint.finance.arrear")
		case x.Since == "":
			return Invalid("error.finance.since", "Field", "arrears").WithHint("hint.finance.since")
		case x.Since > today:
			return Invalid("error.date.future", "Field", "arrears").WithHint("hint.date.past")
		}
	}
	if err := checkDay("as_of", a.AsOf); err != nil {
		return err
	}
	if a.AsOf > today {
		return Invalid("error.date.future", "Field", "as_of").WithHint("hint.date.past")
	}
	return nil
}

// FinanceRow is what one line of a file says of a customer's money.
type FinanceRow struct {
	Customer ID
	Account
}

// FinanceRows notes what a run of lines of a file says. The arrears of a
// customer on several lines of one import add up; they take the place of those
// that were known before.
type FinanceRows struct {
	Import ID     // which they are of; names the group that one undo takes back
	File   string // base name
	Rows   []FinanceRow
}

// Name is [ActFinanceRows].
func (FinanceRows) Name() ActionName { return ActFinanceRows }

// Decide changes each customer once, however many lines speak of it.
func (a FinanceRows) Decide(env *Env, r Reader) (*Change, error) {
	of := make(map[ID]*books, len(a.Rows))
	var order []*books
	for i := range a.Rows {
		row := &a.Rows[i]
		s := of[row.Customer]
		if s == nil {
			var err error
			if s, err = readBooks(r, row.Customer); err != nil {
				return nil, err
			}
			of[row.Customer] = s
			order = append(order, s)
		}
		if err := s.set(env, &row.Account, a.Import); err != nil {
			return nil, err
		}
	}
	ch := &Change{Made: a.Import, Message: Say("journal.finance.rows", "File", a.File)}
	for _, s := range order {
		s.put(ch)
	}
	return ch, nil
}
