package model

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMoneySince(t *testing.T) {
	for today, want := range map[Day]Day{
		"2026-11-24": "2025-12-01", "2026-12-31": "2026-01-01", "2026-01-01": "2025-02-01", "2024-02-29": "2023-03-01",
	} {
		if got := MoneySince(today); got != want {
			t.Errorf("%s: got %s, want %s", today, got, want)
		}
	}
}

// TestMoneyByHand works one relation out on paper. Rates: € 45, € 40 and € 50 an
// hour.
//
//	minutes  120 primary € 90 · 90 service € 60 · 30 complaint € 25   time € 175
//	direct € 50 · deviations € 100                            cost to serve € 325
//	margin € 200                                                    profit − € 125
//	repeat    60 service € 40 · 15 complaint € 12,50                      € 52,50
//	beyond   240 − 12 × 10 = 120 minutes, half of the time                € 87,50
//	a month  € 125 / 12 = € 10,42 rounded up
func TestMoneyByHand(t *testing.T) {
	f := MoneyFacts{Revenue: 100_000, Margin: 20_000, Minutes: [Activities]int{120, 90, 30}, Repeat: [Activities]int{0, 60, 15},
		Included: 10, Direct: 5_000, Deviations: 10_000, Arrears: []Arrear{{30_000, "2026-11-01"}, {12_000, "2026-08-03"}}}
	m := MoneyOf(&f, Rates{4500, 4000, 5000})
	if m.Time != 17_500 || m.CostToServe() != 32_500 || m.Profit != -12_500 || !m.Known || m.Revenue != 100_000 {
		t.Fatalf("got %+v", m)
	}
	if m.Arrears != 42_000 || m.OldestArrear != "2026-08-03" {
		t.Errorf("owed %d since %s", m.Arrears, m.OldestArrear)
	}
	want := []struct {
		id    string
		cents int64
		count any
	}{
		{"money.lever.difference", 1_042, nil}, {"money.lever.deviations", 10_000, nil}, {"money.lever.beyond", 8_750, 2},
		{"money.lever.repeat", 5_250, 1}, {"money.lever.direct", 5_000, nil},
	}
	if len(m.Levers) != len(want) {
		t.Fatalf("levers %v", m.Levers)
	}
	for i, w := range want {
		if l := m.Levers[i]; l.ID != w.id || l.Args["Cents"] != w.cents || l.Args["Count"] != w.count {
			t.Errorf("lever %d: %v, want %v", i, l, w)
		}
	}
}

// TestNoLevers: where there is a profit, or no margin to tell by, nothing is
// said of what would turn it.
func TestNoLevers(t *testing.T) {
	rates := Rates{4500, 4000, 5000}
	for name, c := range map[string]struct {
		f      MoneyFacts
		known  bool
		profit int64
	}{
		"profit":    {MoneyFacts{Margin: 10_000, Minutes: [Activities]int{60, 0, 0}}, true, 5_500},
		"nought":    {MoneyFacts{Margin: 4_500, Minutes: [Activities]int{60, 0, 0}}, true, 0},
		"no margin": {MoneyFacts{Revenue: 50_000, Direct: 900}, false, -900},
		"nothing":   {MoneyFacts{}, false, 0},
	} {
		m := MoneyOf(&c.f, rates)
		if m.Known != c.known || m.Profit != c.profit || len(m.Levers) != 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
	m := MoneyOf(&MoneyFacts{Margin: -100}, rates) // a margin below nought is known
	if !m.Known || len(m.Levers) != 1 || m.Levers[0].Args["Cents"] != int64(9) {
		t.Errorf("a margin below nought: %+v", m)
	}
}

func TestArrearAges(t *testing.T) {
	const today = Day("2026-11-24")
	for since, want := range map[Day]ArrearAge{
		"2026-11-24": Arrear30, "2026-10-25": Arrear30, "2026-10-24": Arrear60, "2026-09-25": Arrear60, "2026-09-24": Arrear90,
		"2026-08-26": Arrear90, "2026-08-25": ArrearOld, "2019-01-01": ArrearOld,
	} {
		if got := AgeOf(since, today); got != want {
			t.Errorf("%s: age %d, want %d", since, got, want)
		}
	}
	got := AgedArrears([]Arrear{{100, "2026-11-01"}, {50, "2026-11-02"}, {7, "2026-10-01"}, {3, "2020-01-01"}}, today)
	if got != [ArrearAges]int64{150, 7, 0, 3} {
		t.Errorf("ages %v", got)
	}
}

// TestMoneyAddsUp: profit and cost make the margin, revenue is in no sum, ages
// make what is owed, and every lever is worth something.
func TestMoneyAddsUp(t *testing.T) {
	cents := rapid.Int64Range(-1_000_000_00, 1_000_000_00)
	minutes := rapid.IntRange(0, 100_000)
	rapid.Check(t, func(t *rapid.T) {
		f := MoneyFacts{Revenue: cents.Draw(t, "revenue"), Margin: cents.Draw(t, "margin"), Included: rapid.IntRange(0, 600).Draw(t, "included"),
			Direct: rapid.Int64Range(0, 1_000_000).Draw(t, "direct"), Deviations: rapid.Int64Range(0, 1_000_000).Draw(t, "deviations")}
		for a := range f.Minutes {
			f.Minutes[a] = minutes.Draw(t, "minutes")
			f.Repeat[a] = rapid.IntRange(0, f.Minutes[a]).Draw(t, "repeat")
		}
		m := MoneyOf(&f, Rates{4500, 4000, 5000})
		if m.Profit+m.CostToServe() != m.Margin {
			t.Fatalf("%d + %d is not %d", m.Profit, m.CostToServe(), m.Margin)
		}
		other := f
		other.Revenue++
		if o := MoneyOf(&other, Rates{4500, 4000, 5000}); o.Profit != m.Profit || len(o.Levers) != len(m.Levers) {
			t.Fatal("revenue counts")
		}
		if (len(m.Levers) > 0) != (m.Known && m.Profit < 0) {
			t.Fatalf("levers of %+v", m)
		}
		for _, l := range m.Levers {
			if c, ok := l.Args["Cents"].(int64); !ok || c <= 0 {
				t.Fatalf("lever %v", l)
			}
		}
	})
}

func TestSplitTopics(t *testing.T) {
	for in, want := range map[string][]string{
		"": nil, " , ": nil, "3 8": {"3", "8"}, "3,8": {"3", "8"}, "38": {"38"}, "telephone, lead time": {"telephone", "lead time"},
		"levertijd; telefoon|factuur": {"levertijd", "telefoon", "factuur"}, "lead time": {"lead time"}, "3 / telephone": {"3 / telephone"},
	} {
		got := SplitTopics(in)
		if len(got) != len(want) {
			t.Errorf("%q: %q", in, got)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q: %q", in, got)
			}
		}
	}
}
