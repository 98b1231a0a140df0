package store_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// tallied are the counts of a tally that are not zero.
type tallied map[model.Count]int64

func countsOf(t *model.Tally) tallied {
	c := tallied{}
	for i, n := range t {
		if n != 0 {
			c[model.Count(i)] = n
		}
	}
	return c
}

// pickCounts gives the counts that are asked for, those that are zero left out.
func pickCounts(t *model.Tally, of ...model.Count) tallied {
	c := countsOf(t)
	maps.DeleteFunc(c, func(k model.Count, _ int64) bool { return !slices.Contains(of, k) })
	return c
}

func sameCounts(t *testing.T, what string, got, want tallied) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// momentAt reads a moment at the desk.
func momentAt(t testing.TB, s string) model.Stamp {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", s, storetest.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return model.StampOf(m)
}

// phoneCall is an incoming contact by telephone.
func phoneCall(t testing.TB, c model.ID, topic, on string) model.LogContact {
	return model.LogContact{Customer: c, Channel: "phone", Topic: topic, On: momentAt(t, on)}
}

func thermometer(t testing.TB, d *storetest.Desk, req model.ThermometerRequest) model.Thermometer {
	t.Helper()
	out, err := d.As(model.Solo(d.Agent)).Thermometer(context.Background(), req, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func monthOf(t testing.TB, m model.Thermometer, month model.Month) *model.MonthTally {
	t.Helper()
	for i := range m.Months {
		if m.Months[i].Month == month {
			return &m.Months[i]
		}
	}
	t.Fatalf("%s is not in the period", month)
	return nil
}

// TestThermometerOneCustomer is a book of one customer, worked by hand. Today is
// 24 November 2026.
func TestThermometerOneCustomer(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	first := phoneCall(t, c, "invoice", "2026-09-01 09:00")
	first.Failed, first.Minutes, first.Effort, first.Waited = true, [3]int{5, 10, 0}, 2, new(8)
	second := phoneCall(t, c, "invoice", "2026-09-08 17:00") // 7 days on: the same issue
	second.Answered, second.Minutes, second.Effort, second.Waited = true, [3]int{0, 0, 20}, 3, new(11)
	second.ToldAgain, second.NumberAgain, second.Transfers, second.Felt = true, true, 2, new(30)
	third := phoneCall(t, c, "invoice", "2026-09-16 09:00") // 8 days on: another one, but not within 14 days
	third.Answered = true
	fourth := phoneCall(t, c, "invoice", "2026-09-30 09:00") // 14 days on
	fourth.Answered = true
	fifth := phoneCall(t, c, "invoice", "2026-10-15 09:00") // 15 days on
	fifth.Missing = "when is it paid?"
	asked := phoneCall(t, c, "question", "2026-10-01 09:00")
	back := phoneCall(t, c, "question", "2026-10-02 09:00") // we call back: no repeat, and it answers
	back.Out, back.Answered, back.Minutes, back.Waited = true, true, [3]int{0, 4, 0}, new(3)
	for _, a := range []model.LogContact{third, first, back, fifth, second, asked, fourth} { // in any order
		d.Must(t, d.Agent, a)
	}

	m := thermometer(t, d, model.ThermometerRequest{})
	if m.From != "2025-12-01" || m.Until != "2026-11-24" || len(m.Months) != 12 {
		t.Errorf("from %s until %s, %d months", m.From, m.Until, len(m.Months))
	}
	sameCounts(t, "September", countsOf(&monthOf(t, m, "2026-09").Tally), tallied{
		model.CountContacts: 4, model.CountIncoming: 4, model.CountAnswered: 3,
		model.CountPrimary: 5, model.CountService: 10, model.CountComplaint: 20,
		model.CountTransfers: 2, model.CountPutThrough: 1, model.CountToldAgain: 1, model.CountNumberAgain: 1, model.CountFailed: 1,
		model.CountEffort: 2, model.CountEffortSum: 5, model.CountWaits: 2, model.CountQuick: 1,
		model.CountIssues: 3, model.CountRight: 2, model.CountRepeat: 1, model.CountRepeatComplaint: 20,
		model.CountIssuesLong: 1, model.CountRepeatLong: 3, // from the 1st to the 30th one run
		model.CountLeads: 3, model.CountLeadSum: 7, model.CountFelt: 1, model.CountFeltSum: 30,
	})
	sameCounts(t, "October", countsOf(&monthOf(t, m, "2026-10").Tally), tallied{
		model.CountContacts: 3, model.CountIncoming: 2, model.CountAnswered: 0, model.CountService: 4,
		model.CountIssues: 2, model.CountRight: 2, model.CountIssuesLong: 2, model.CountRightLong: 2,
		model.CountLeads: 1, model.CountLeadSum: 1, model.CountMissing: 1,
	}.real())
	sameCounts(t, "an empty month", countsOf(&monthOf(t, m, "2026-03").Tally), tallied{})
	if n := monthOf(t, m, "2026-09").Customers; n != 1 {
		t.Errorf("%d customers in September", n)
	}
	if n := monthOf(t, m, "2026-03").Customers; n != 0 {
		t.Errorf("%d customers in an empty month", n)
	}
	for i, n := range m.Behind {
		if want := min(m.Total[i], 1); n != want {
			t.Errorf("%d customers behind count %d of %d", n, i, m.Total[i])
		}
	}
	if len(m.Topics) != 2 || m.Topics[0].Key != "invoice" || m.Topics[1].Key != "question" {
		t.Fatalf("topics %+v", m.Topics)
	}
	sameCounts(t, "question", pickCounts(&m.Topics[1].Tally, model.CountContacts, model.CountIssues, model.CountRight), tallied{
		model.CountContacts: 2, model.CountIssues: 1, model.CountRight: 1})
	play, _, err := d.As(model.Solo(d.Agent)).Playbook()
	if err != nil {
		t.Fatal(err)
	}
	if want := (20*play.Desk.Rates[model.ActivityComplaint] + 30) / 60; m.RepeatCost != want {
		t.Errorf("repeat traffic cost %d, want %d", m.RepeatCost, want)
	}
	if m.InTouch != 1 || m.AnyTrait != 0 || m.Pending != 0 {
		t.Errorf("in touch %d, any trait %d, pending %d", m.InTouch, m.AnyTrait, m.Pending)
	}
	one := thermometer(t, d, model.ThermometerRequest{Months: 1, Until: "2026-09-10"})
	if one.From != "2026-09-01" || one.Until != "2026-09-30" || one.Total != monthOf(t, m, "2026-09").Tally {
		t.Errorf("September alone: %s to %s, %v", one.From, one.Until, countsOf(&one.Total))
	}
	narrow := thermometer(t, d, model.ThermometerRequest{Topic: "question"})
	if narrow.Total != m.Topics[1].Tally || narrow.Behind != m.Topics[1].Behind || narrow.InTouch != 1 {
		t.Errorf("one topic: %v", countsOf(&narrow.Total))
	}
}

// real leaves zeros out, which a reader may like to see written.
func (c tallied) real() tallied {
	maps.DeleteFunc(c, func(_ model.Count, n int64) bool { return n == 0 })
	return c
}

// TestThermometerPending walks the days on which an issue is too young to be
// judged.
func TestThermometerPending(t *testing.T) {
	d := storetest.New(t)
	c, other := d.Customer(t, "Petra Jansen"), d.Customer(t, "Willem de Vries")
	d.Must(t, d.Agent, phoneCall(t, c, "invoice", "2026-11-24 08:00"))
	d.Must(t, d.Agent, phoneCall(t, other, "invoice", "2026-11-22 08:00"))
	d.Must(t, d.Agent, phoneCall(t, other, "invoice", "2026-11-23 08:00"))
	issues := []model.Count{model.CountIssues, model.CountRight, model.CountIssuesLong, model.CountRightLong, model.CountRepeat}
	for _, day := range []struct {
		today   string
		pending int
		total   tallied
		behind  tallied
	}{
		{"2026-11-24", 2, tallied{model.CountRepeat: 1}, tallied{model.CountRepeat: 1}},
		{"2026-11-29", 2, tallied{model.CountRepeat: 1}, tallied{model.CountRepeat: 1}}, // 7 days after the 22nd
		{"2026-11-30", 1, tallied{model.CountRepeat: 1, model.CountIssues: 1}, tallied{model.CountRepeat: 1, model.CountIssues: 1}},
		{"2026-12-01", 1, tallied{model.CountRepeat: 1, model.CountIssues: 1}, tallied{model.CountRepeat: 1, model.CountIssues: 1}},
		{"2026-12-02", 0, tallied{model.CountRepeat: 1, model.CountIssues: 2, model.CountRight: 1},
			tallied{model.CountRepeat: 1, model.CountIssues: 2, model.CountRight: 1}},
		{"2026-12-07", 0, tallied{model.CountRepeat: 1, model.CountIssues: 2, model.CountRight: 1, model.CountIssuesLong: 1},
			tallied{model.CountRepeat: 1, model.CountIssues: 2, model.CountRight: 1, model.CountIssuesLong: 1}},
		{"2026-12-09", 0, tallied{model.CountRepeat: 1, model.CountIssues: 2, model.CountRight: 1, model.CountIssuesLong: 2, model.CountRightLong: 1},
			tallied{model.CountRepeat: 1, model.CountIssues: 2, model.CountRight: 1, model.CountIssuesLong: 2, model.CountRightLong: 1}},
	} {
		d.Clock.Set(momentAt(t, day.today+" 12:00").Time())
		for _, req := range []model.ThermometerRequest{{}, {Until: "2026-11-30"}, {Topic: "invoice"}} {
			m := thermometer(t, d, req)
			if m.Pending != day.pending {
				t.Errorf("%s %+v: %d pending, want %d", day.today, req, m.Pending, day.pending)
			}
			sameCounts(t, day.today+" total", pickCounts(&m.Total, issues...), day.total)
			sameCounts(t, day.today+" behind", pickCounts(&m.Behind, issues...), day.behind)
			sameCounts(t, day.today+" topic", pickCounts(&m.Topics[0].Behind, issues...), day.behind)
		}
	}
}

// TestThermometerClocks counts in calendar days of the desk: an hour that is
// lost in March or won in October changes nothing, and a day begins at the
// desk's midnight.
func TestThermometerClocks(t *testing.T) {
	d := storetest.New(t)
	for i, x := range []struct {
		a, b   string
		repeat int64
		month  model.Month // of b
	}{
		{"2026-03-22 23:55", "2026-03-29 00:05", 1, "2026-03"}, // clocks go forward on the 29th
		{"2026-03-22 00:05", "2026-03-29 23:55", 1, "2026-03"},
		{"2026-03-22 23:55", "2026-03-30 00:05", 0, "2026-03"}, // 7 days and no hour, but the 8th day
		{"2026-10-18 00:05", "2026-10-25 23:55", 1, "2026-10"}, // and back on the 25th
		{"2026-10-18 23:55", "2026-10-26 00:05", 0, "2026-10"},
		{"2026-08-24 23:59", "2026-08-31 23:59", 1, "2026-08"},
		{"2026-08-24 23:59", "2026-09-01 00:01", 0, "2026-09"}, // in August by Greenwich
	} {
		c := d.Customer(t, "Petra Jansen")
		before := thermometer(t, d, model.ThermometerRequest{})
		d.Must(t, d.Agent, phoneCall(t, c, "invoice", x.a))
		d.Must(t, d.Agent, phoneCall(t, c, "invoice", x.b))
		after := thermometer(t, d, model.ThermometerRequest{})
		after.Total.Add(&before.Total, -1)
		sameCounts(t, x.b, countsOf(&after.Total), tallied{model.CountContacts: 2, model.CountIncoming: 2, model.CountRepeat: x.repeat,
			model.CountIssues: 2 - x.repeat, model.CountRight: 2 - 2*x.repeat, model.CountIssuesLong: 1, model.CountRepeatLong: 1}.real())
		now, was := monthOf(t, after, x.month), monthOf(t, before, x.month)
		if now.Customers != was.Customers+1 {
			t.Errorf("%d: %s has %d customers, had %d", i, x.month, now.Customers, was.Customers)
		}
	}
}

// TestThermometerChanges follows the counts through edits, withdrawals and
// undo, of contacts and of what counts by itself.
func TestThermometerChanges(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	repeats := func() tallied {
		m := thermometer(t, d, model.ThermometerRequest{})
		return pickCounts(&m.Total, model.CountContacts, model.CountIssues, model.CountRight, model.CountRepeat)
	}
	undo := func(who model.ID) {
		t.Helper()
		if _, err := d.Undo(context.Background(), model.Solo(who), 0, false); err != nil {
			t.Fatal(err)
		}
	}
	d.Must(t, d.Agent, phoneCall(t, c, "invoice", "2026-06-01 09:00"))
	middle := d.Must(t, d.Agent, phoneCall(t, c, "invoice", "2026-06-07 09:00")).Made
	d.Must(t, d.Agent, phoneCall(t, c, "invoice", "2026-06-13 09:00"))
	joined := tallied{model.CountContacts: 3, model.CountIssues: 1, model.CountRepeat: 2}
	sameCounts(t, "one run", repeats(), joined)

	d.Must(t, d.Agent, model.WithdrawContact{Customer: c, Contact: middle, Reason: "another customer"})
	sameCounts(t, "the middle withdrawn", repeats(), tallied{model.CountContacts: 2, model.CountIssues: 2, model.CountRight: 2})
	undo(d.Agent)
	sameCounts(t, "and back", repeats(), joined)
	d.Must(t, d.Agent, model.EditContact{Customer: c, Contact: middle, Was: map[string]string{"contact.topic": "invoice"}, Now: map[string]string{"contact.topic": "order"}})
	sameCounts(t, "the middle on another topic", repeats(), tallied{model.CountContacts: 3, model.CountIssues: 3, model.CountRight: 3})
	undo(d.Agent)
	d.Must(t, d.Agent, model.EditContact{Customer: c, Contact: middle, Was: map[string]string{"contact.out": ""}, Now: map[string]string{"contact.out": "yes"}})
	sameCounts(t, "the middle was ours", repeats(), tallied{model.CountContacts: 3, model.CountIssues: 2, model.CountRight: 2})
	undo(d.Agent)
	sameCounts(t, "all as before", repeats(), joined)

	kept := func() tallied {
		m := thermometer(t, d, model.ThermometerRequest{})
		return pickCounts(&m.Total, model.CountKept, model.CountBroken, model.CountTheirsKept, model.CountTheirsBroken)
	}
	ours := d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "a credit note", Due: "2026-11-26"}).Made
	theirs := d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Theirs, Words: "photographs", Due: "2026-11-26"}).Made
	sameCounts(t, "open promises", kept(), tallied{})
	d.Must(t, d.Agent, model.ClosePromise{Customer: c, Promise: ours, State: model.PromiseKept})
	d.Must(t, d.Agent, model.ClosePromise{Customer: c, Promise: theirs, State: model.PromiseBroken, Reason: "none came"})
	sameCounts(t, "closed promises", kept(), tallied{model.CountKept: 1, model.CountTheirsBroken: 1})
	undo(d.Agent)
	sameCounts(t, "one opened again", kept(), tallied{model.CountKept: 1})

	seen := d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitBrazen, Words: "refused to show a card"}).Made
	m := thermometer(t, d, model.ThermometerRequest{})
	if m.AnyTrait != 1 || m.Demanding != [4]int{0, 0, 1, 0} || m.Total[model.CountSighted] != 1 || m.InTouch != 1 {
		t.Errorf("a sighting: %+v", m)
	}
	d.Must(t, d.Agent2, model.Contest{Customer: c, Sighting: seen, Reason: "was joking"})
	m = thermometer(t, d, model.ThermometerRequest{})
	if m.AnyTrait != 0 || m.Demanding != [4]int{} || m.Total[model.CountSighted] != 0 || m.Behind[model.CountSighted] != 0 {
		t.Errorf("a contested sighting still counts: %+v", m)
	}
	d.Must(t, d.Lead, model.RuleContest{Customer: c, Sighting: seen, Uphold: true, Reason: "two heard it"})
	if m = thermometer(t, d, model.ThermometerRequest{}); m.AnyTrait != 1 || m.Total[model.CountSighted] != 1 {
		t.Errorf("an upheld sighting does not count: %+v", m)
	}
	d.Clock.Add(400 * 24 * time.Hour)
	if m = thermometer(t, d, model.ThermometerRequest{}); m.AnyTrait != 0 {
		t.Errorf("a lapsed sighting counts")
	}
}
