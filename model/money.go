package model

import (
	"slices"
	"time"
)

// MoneyMonths is over how many calendar months, that of today among them, the
// relation in money is taken: those that the thermometer shows, so that the two
// agree.
const MoneyMonths = 12

// MoneySince gives the first day of those months.
func MoneySince(today Day) Day {
	t := today.Time(time.UTC)
	return DayOf(time.Date(t.Year(), t.Month()-(MoneyMonths-1), 1, 0, 0, 0, 0, time.UTC))
}

// MoneyFacts are what the relation in money is made of. Amounts are cents,
// minutes and deviations those since [MoneySince].
type MoneyFacts struct {
	Revenue, Margin int64           // a year; a margin of 0 is none that was given
	Minutes         [Activities]int // of contacts that stand
	Repeat          [Activities]int // of those, the minutes of repeat traffic
	Included        int             // minutes a month that were agreed; 0 when nothing was
	Direct          int64           // costs a year
	Deviations      int64           // what granted exceptions cost
	Arrears         []Arrear
}

// MoneyOf makes the relation in money (article 001: the profit of a relation is
// its margin less the cost to serve, which is the minutes times their rates, the
// direct costs, and what deviating from our standards cost). Revenue is there
// to be seen and is part of no sum.
func MoneyOf(f *MoneyFacts, rates Rates) Money {
	m := Money{Revenue: f.Revenue, Margin: f.Margin, Minutes: f.Minutes, Time: rates.Cost(f.Minutes), Direct: f.Direct,
		Deviations: f.Deviations, Known: f.Margin != 0}
	m.Profit = m.Margin - m.CostToServe()
	for _, a := range f.Arrears {
		m.Arrears += a.Cents
		if m.OldestArrear == "" || a.Since < m.OldestArrear {
			m.OldestArrear = a.Since
		}
	}
	if m.Known && m.Profit < 0 {
		m.Levers = levers(f, &m, rates)
	}
	return m
}

// lever is what would bring a relation nearer to a profit.
type lever struct {
	year int64 // cents it brings
	say  Message
}

// levers says what would make a relation profitable that is not: repeat traffic
// that need not be, minutes beyond the agreement that are billed, deviations and
// direct costs that get a price, and the difference that remains to be agreed
// upon. The one that brings most in a year comes first. Cents in a message are
// by the year, those of the difference by the month.
func levers(f *MoneyFacts, m *Money, rates Rates) []Message {
	var all []lever
	add := func(year int64, say Message) {
		if year > 0 {
			all = append(all, lever{year: year, say: say})
		}
	}
	repeat := rates.Cost(f.Repeat)
	add(repeat, Say("money.lever.repeat", "Count", hours(sum(f.Repeat)), "Cents", repeat))
	if beyond := sum(f.Minutes) - MoneyMonths*f.Included; f.Included > 0 && beyond > 0 {
		// What a minute cost this customer on average, whatever it went to.
		cents := m.Time * int64(beyond) / int64(sum(f.Minutes))
		add(cents, Say("money.lever.beyond", "Count", hours(beyond), "Cents", cents))
	}
	add(m.Deviations, Say("money.lever.deviations", "Cents", m.Deviations))
	add(m.Direct, Say("money.lever.direct", "Cents", m.Direct))
	add(-m.Profit, Say("money.lever.difference", "Cents", (-m.Profit+MoneyMonths-1)/MoneyMonths))
	slices.SortStableFunc(all, func(a, b lever) int {
		switch {
		case a.year > b.year:
			return -1
		case a.year < b.year:
			return 1
		}
		return 0
	})
	out := make([]Message, len(all))
	for i := range all {
		out[i] = all[i].say
	}
	return out
}

func sum(minutes [Activities]int) (n int) {
	for _, m := range minutes {
		n += m
	}
	return n
}

// hours rounds minutes to whole hours; anything at all is one.
func hours(minutes int) int { return max((minutes+30)/60, 1) }

// ArrearAge is how long money has been due.
type ArrearAge int

// Ages of arrears, in days since they were due.
const (
	Arrear30   ArrearAge = iota // up to and with 30
	Arrear60                    // 31 to 60
	Arrear90                    // 61 to 90
	ArrearOld                   // more than 90
	ArrearAges                  // their number
)

// AgeOf gives the age of money that is due since a day.
func AgeOf(since, today Day) ArrearAge {
	days := int(today.Time(time.UTC).Sub(since.Time(time.UTC)).Hours() / 24)
	switch {
	case days <= 30:
		return Arrear30
	case days <= 60:
		return Arrear60
	case days <= 90:
		return Arrear90
	}
	return ArrearOld
}

// AgedArrears adds up arrears by their age (article 001), in cents.
func AgedArrears(all []Arrear, today Day) (out [ArrearAges]int64) {
	for _, a := range all {
		out[AgeOf(a.Since, today)] += a.Cents
	}
	return out
}
