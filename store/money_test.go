package store_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// on gives the moment of an hour of a day so many days before the clock.
func on(d *storetest.Desk, days int) model.Stamp {
	return model.StampOf(d.Clock.Now().AddDate(0, 0, -days))
}

func moneyIn(t testing.TB, d *storetest.Desk, id model.ID) model.Money {
	t.Helper()
	detail, err := d.As(model.Solo(d.Agent)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return detail.Dealings.Money
}

func whaleIn(t testing.TB, d *storetest.Desk) model.Whale {
	t.Helper()
	w, err := d.As(model.Solo(d.Agent)).Whale(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func cents(n int64) *int64 { return &n }

// TestMoneyOfACustomer works one relation out by hand, at the rates of the
// playbook (€ 45, € 40 and € 50 an hour). Today is 24 November 2026, so the
// months begin on 1 December 2025.
//
//	358 days ago (1 Dec)    30 min service                     counts
//	359 days ago (30 Nov)   500 min service, same topic        too old; makes the one after repeat traffic
//	40 days ago             60 min primary, 30 min complaint   counts
//	36 days ago             15 min complaint, same topic       repeat traffic
//	35 days ago             20 min service, by us              counts, no repeat traffic
//	10 days ago             90 min service, withdrawn          does not count
//	time   60 × 45/60 + 50 × 40/60 + 45 × 50/60 = 45 + 33,33 + 37,50 = € 115,83
//	exceptions granted € 80 (one refused, one withdrawn, one of last year do not count)
//	direct € 25, margin € 150:  profit 150 − 115,83 − 25 − 80 = − € 70,83
//	repeat traffic 30 × 40/60 + 15 × 50/60 = 20 + 12,50 = € 32,50
func TestMoneyOfACustomer(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Hulst Transport", "revenue", "9000")
	log := func(days int, topic string, out bool, minutes ...int) model.ID {
		a := model.LogContact{Customer: id, On: on(d, days), Out: out, Channel: "phone", Topic: topic, Story: "x"}
		copy(a.Minutes[:], minutes)
		return d.Must(t, d.Agent, a).Made
	}
	log(359, "telephone", false, 0, 500, 0)
	log(358, "telephone", false, 0, 30, 0)
	log(40, "invoice", false, 60, 0, 30)
	log(36, "invoice", false, 0, 0, 15)
	log(35, "invoice", true, 0, 20, 0)
	gone := log(10, "invoice", false, 0, 90, 0)
	d.Must(t, d.Agent, model.WithdrawContact{Customer: id, Contact: gone, Reason: "wrong customer"})
	ask := func(days int, state model.ExceptionState, cost int64) model.ID {
		return d.Must(t, d.Agent, model.LogException{Customer: id, Named: "no card at the door", Words: "pay by card", State: state, Reason: "why",
			Cost: cost, Topic: "invoice", On: model.DayOf(d.Clock.Now().AddDate(0, 0, -days))}).Made
	}
	ask(20, model.ExceptionGranted, 8_000)
	ask(21, model.ExceptionRefused, 1_000)
	ask(400, model.ExceptionGranted, 2_000)
	d.Must(t, d.Agent, model.WithdrawException{Customer: id, Exception: ask(3, model.ExceptionGranted, 4_000), Reason: "noted twice"})
	d.Must(t, d.Agent, model.SetFinance{Customer: id, Account: model.Account{Margin: cents(15_000), Direct: cents(2_500),
		Arrears: []model.Arrear{{Cents: 700, Since: "2026-11-01"}, {Cents: 300, Since: "2026-07-01"}}}})

	m := moneyIn(t, d, id)
	if m.Minutes != [model.Activities]int{60, 50, 45} || m.Time != 11_583 || m.Deviations != 8_000 || m.Direct != 2_500 ||
		m.Margin != 15_000 || m.Revenue != 900_000 || m.Profit != -7_083 {
		t.Errorf("got %+v", m)
	}
	if m.Arrears != 1_000 || m.OldestArrear != "2026-07-01" {
		t.Errorf("owed %d since %s", m.Arrears, m.OldestArrear)
	}
	var levers []string
	for _, l := range m.Levers {
		levers = append(levers, fmt.Sprint(l.ID, " ", l.Args["Cents"]))
	}
	want := []string{"money.lever.deviations 8000", "money.lever.difference 591", "money.lever.repeat 3250", "money.lever.direct 2500"}
	if !slices.Equal(levers, want) {
		t.Errorf("levers %v", levers)
	}
	w := whaleIn(t, d)
	if w.Customers != 1 || w.Total != -7_083 || w.Peak != 0 || w.PeakAt != 0 || len(w.Best) != 1 || len(w.Worst) != 0 || w.Best[0].Money.Profit != -7_083 {
		t.Errorf("whale %+v", w)
	}
	// One step back takes the whole of it back, one more puts it there again.
	s := d.As(model.Solo(d.Agent))
	if _, err := s.Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if m := moneyIn(t, d, id); m.Known || m.Margin != 0 || m.Direct != 0 || m.Arrears != 0 || len(m.Levers) != 0 {
		t.Errorf("after undo: %+v", m)
	}
	if w := whaleIn(t, d); w.Customers != 0 || len(w.Curve) != 0 {
		t.Errorf("after undo: %+v", w)
	}
	if _, err := s.Undo(context.Background(), 0, true); err != nil {
		t.Fatal(err)
	}
	if m := moneyIn(t, d, id); m.Profit != -7_083 || m.Arrears != 1_000 {
		t.Errorf("put back: %+v", m)
	}
	// What was counted in December counts no more in the December after.
	d.Clock.Set(time.Date(2026, time.December, 1, 9, 0, 0, 0, storetest.Zone()))
	if m := moneyIn(t, d, id); m.Minutes != [model.Activities]int{60, 20, 45} {
		t.Errorf("a month later: %v", m.Minutes)
	}
}

func TestWhaleOfNobody(t *testing.T) {
	d := storetest.New(t)
	d.Customer(t, "Petra Jansen", "revenue", "100")
	if w := whaleIn(t, d); w.Customers != 0 || w.Total != 0 || len(w.Curve) != 0 || len(w.Best) != 0 {
		t.Errorf("got %+v", w)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := d.As(model.Solo(d.Agent)).Whale(ctx, nil)
	wantError(t, err, model.KindUsage, "error.stopped")
}

// TestWhaleCurve: the curve has even steps and ends at the total; its highest
// point is looked for among all customers.
func TestWhaleCurve(t *testing.T) {
	d := storetest.New(t)
	var all []model.Action
	var sum int64
	for n := range 450 {
		margin := int64(300-n) * 100 // the last 149 at a loss
		if margin == 0 {
			continue
		}
		sum += margin
		all = append(all, model.AddCustomer{Values: map[string]string{"name": fmt.Sprintf("C%03d", n), "margin": model.FormatMoney(margin)}})
	}
	if _, err := d.DoAll(context.Background(), model.Solo(d.Agent), all); err != nil {
		t.Fatal(err)
	}
	var told [][2]int
	w, err := d.As(model.Solo(d.Agent)).Whale(context.Background(), func(done, total int) { told = append(told, [2]int{done, total}) })
	if err != nil {
		t.Fatal(err)
	}
	peak := int64(300*301/2) * 100
	if w.Customers != 449 || w.Total != sum || w.Peak != peak || w.PeakAt != 300 {
		t.Errorf("%d customers, total %d, peak %d at %d", w.Customers, w.Total, w.Peak, w.PeakAt)
	}
	if len(w.Curve) != 200 || w.Curve[199] != sum || w.Curve[0] != (300+299)*100 {
		t.Errorf("%d points, from %d to %d", len(w.Curve), w.Curve[0], w.Curve[len(w.Curve)-1])
	}
	if len(w.Best) != 20 || len(w.Worst) != 20 || w.Best[0].Name != "C000" || w.Worst[0].Name != "C449" || w.Worst[0].Money.Profit != -14_900 {
		t.Errorf("best %v, worst %v", w.Best[0], w.Worst[0])
	}
	if len(told) != 12 || told[11] != [2]int{12, 12} {
		t.Errorf("progress %v", told)
	}
}

// slowWhale adds up what each customer's page says.
func slowWhale(t *rapid.T, d *storetest.Desk, ids []model.ID) (profits []int64) {
	s := d.As(model.Solo(d.Agent))
	for _, id := range ids {
		detail, err := s.Customer(id)
		if model.KindOf(err) == model.KindNotFound {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if m := detail.Dealings.Money; m.Known {
			profits = append(profits, m.Profit)
		}
	}
	slices.SortFunc(profits, func(a, b int64) int { return cmp.Compare(b, a) })
	return profits
}

// TestWhaleIsTheSum: whatever is done to a book, the whale curve comes to what
// the pages of the customers come to.
func TestWhaleIsTheSum(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	var ids []model.ID
	for n := range 6 {
		ids = append(ids, d.Customer(t, fmt.Sprintf("Customer %d", n)))
	}
	topics := []string{"invoice", "telephone"}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			id := rapid.SampledFrom(ids).Draw(t, "customer")
			day := rapid.IntRange(0, 420).Draw(t, "days ago")
			var a model.Action
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				c := model.LogContact{Customer: id, On: on(d, day), Channel: "phone", Topic: rapid.SampledFrom(topics).Draw(t, "topic"), Story: "x"}
				for i := range c.Minutes {
					c.Minutes[i] = rapid.IntRange(0, 200).Draw(t, "minutes")
				}
				a = c
			case 1:
				a = model.LogException{Customer: id, Named: "rule", Words: "x", Reason: "y", Topic: rapid.SampledFrom(append(topics, "")).Draw(t, "topic"),
					State: rapid.SampledFrom([]model.ExceptionState{model.ExceptionGranted, model.ExceptionRefused}).Draw(t, "state"),
					Cost:  rapid.Int64Range(0, 50_000).Draw(t, "cost"), On: model.DayOf(on(d, day).Time().In(storetest.Zone()))}
			case 2:
				a = model.SetFinance{Customer: id, Account: model.Account{Margin: cents(rapid.Int64Range(-20_000, 40_000).Draw(t, "margin")),
					Direct: cents(rapid.Int64Range(0, 9_000).Draw(t, "direct"))}}
			case 3:
				a = model.SetFinance{Customer: id, Account: model.Account{Arrears: []model.Arrear{{Cents: rapid.Int64Range(1, 900).Draw(t, "owed"), Since: "2026-10-01"}},
					Margin: cents(rapid.SampledFrom([]int64{0, 1, 77}).Draw(t, "small margin"))}}
			default:
				redo := rapid.Bool().Draw(t, "redo")
				if _, err := d.Undo(ctx, model.Solo(d.Agent), 0, redo); err != nil && model.KindOf(err) == model.KindInternal {
					t.Fatal(err)
				}
				continue
			}
			if _, err := d.Do(ctx, model.Solo(d.Agent), a); err != nil && model.KindOf(err) == model.KindInternal {
				t.Fatal(err)
			}
		}
		want := slowWhale(t, d, ids)
		w, err := d.As(model.Solo(d.Agent)).Whale(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		var sum, peak int64
		at := 0
		curve := make([]int64, 0, len(want))
		for i, p := range want {
			if sum += p; sum > peak {
				peak, at = sum, i+1
			}
			curve = append(curve, sum)
		}
		if w.Customers != len(want) || w.Total != sum || w.Peak != peak || w.PeakAt != at || !slices.Equal(w.Curve, curve) {
			t.Fatalf("got %+v, want %v", w, want)
		}
		lines := slices.Clone(w.Best)
		worst := slices.Clone(w.Worst)
		slices.Reverse(worst)
		for i, l := range append(lines, worst...) {
			if l.Money.Profit != want[i] {
				t.Fatalf("line %d: %d, want %d", i, l.Money.Profit, want[i])
			}
		}
	})
}

// TestWorthOfAnImport: customers of a large import come into the index of money
// from sorted runs, are not counted while they are out of sight, and leave it
// again. The book is checked when the test ends.
func TestWorthOfAnImport(t *testing.T) {
	for _, small := range []int{0, 1000} {
		t.Run(fmt.Sprint(small), func(t *testing.T) {
			d := storetest.New(t)
			d.SetLoad(7, 5, 3, small)
			file := "naam,omzet,marge\n"
			for n := range 40 {
				margin := ""
				if n%3 == 0 {
					margin = fmt.Sprint(n*10 - 100)
				}
				file += fmt.Sprintf("Klant %d,%d,%s\n", n, n*100, margin)
			}
			mustImport(t, d, file, model.ImportOptions{})
			w := whaleIn(t, d)
			if w.Customers != 14 || w.Total != (13*14/2*30-1400)*100 {
				t.Fatalf("%d customers, total %d", w.Customers, w.Total)
			}
			if err := d.Rebuild(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if again := whaleIn(t, d); again.Total != w.Total || again.Customers != w.Customers {
				t.Errorf("rebuilt: %d customers, total %d", again.Customers, again.Total)
			}
			if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
				t.Fatal(err)
			}
			if w := whaleIn(t, d); w.Customers != 0 || w.Total != 0 {
				t.Errorf("taken back: %d customers, total %d", w.Customers, w.Total)
			}
			if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, true); err != nil {
				t.Fatal(err)
			}
			if again := whaleIn(t, d); again.Total != w.Total {
				t.Errorf("put back: %d", again.Total)
			}
		})
	}
}

// TestMoneyIsRebuilt: a doctor finds what is off in the spaces of money, and a
// rebuild makes it right.
func TestMoneyIsRebuilt(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen", "margin", "50")
	other := d.Customer(t, "Sjef Smit", "margin", "70")
	d.Must(t, d.Agent, model.SetFinance{Customer: id, Account: model.Account{Direct: cents(900)}})
	d.Must(t, d.Agent, model.SetFinance{Customer: other, Account: model.Account{Arrears: []model.Arrear{{Cents: 5, Since: "2026-11-01"}}}})
	before := whaleIn(t, d)
	// Each customer's card and account may go by themselves.
	d.Must(t, d.Agent, model.EditCustomer{Customer: other, Was: map[string]string{"margin": "70.00"}, Now: map[string]string{"margin": ""}})
	if w := whaleIn(t, d); w.Customers != 1 || w.Total != before.Total-7_000 {
		t.Errorf("got %+v", w)
	}
	d.Must(t, d.Lead, model.RemoveCustomer{Customer: other, Typed: "Sjef Smit"})
	if err := d.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if w := whaleIn(t, d); w.Customers != 1 || w.Total != 4_100 {
		t.Errorf("rebuilt: %+v", w)
	}
}
