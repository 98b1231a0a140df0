package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

func noteSurvey(t testing.TB, d *storetest.Desk, c model.ID, mark int, on model.Day, topics ...string) model.ID {
	t.Helper()
	return d.Must(t, d.Agent, model.AddSurvey{Customer: c, Reply: model.Reply{Mark: new(mark), Topics: topics, On: on}}).Made
}

// TestSilent: a failure lies at most 180 days before the mark, and the mark is a
// 6, 7 or 8. Today is 24 November 2026.
func TestSilent(t *testing.T) {
	d := storetest.New(t)
	fail := func(c model.ID, on string) model.ID {
		a := phoneCall(t, c, "invoice", on)
		a.Failed = true
		return d.Must(t, d.Agent, a).Made
	}
	names := map[string]model.ID{}
	for _, x := range []struct {
		name string
		mark int
		day  model.Day
		fail []string
	}{
		{"on the day", 7, "2026-11-20", []string{"2026-11-20 17:00"}},
		{"180 days before", 6, "2026-11-20", []string{"2026-05-24 09:00"}},
		{"181 days before", 6, "2026-11-20", []string{"2026-05-23 09:00"}},
		{"twice, and once after", 8, "2026-06-01", []string{"2026-05-01 09:00", "2026-05-03 09:00", "2026-06-02 09:00"}},
		{"five", 5, "2026-11-20", []string{"2026-11-01 09:00"}},
		{"nine", 9, "2026-11-20", []string{"2026-11-01 09:00"}},
		{"never failed", 7, "2026-11-20", nil},
		{"before the period", 7, "2025-11-30", []string{"2025-11-01 09:00"}},
		{"failed before the period", 7, "2025-12-01", []string{"2025-11-01 09:00"}},
	} {
		names[x.name] = d.Customer(t, x.name)
		noteSurvey(t, d, names[x.name], x.mark, x.day)
		for _, on := range x.fail {
			fail(names[x.name], on)
		}
	}
	c := d.Customer(t, "the newest survey") // two marks in one month, one of them too high
	names["the newest survey"] = c
	newest := fail(c, "2026-10-01 09:00")
	noteSurvey(t, d, c, 6, "2026-10-02")
	want := noteSurvey(t, d, c, 7, "2026-10-20")
	noteSurvey(t, d, c, 10, "2026-10-21")
	d.Must(t, d.Agent, model.WithdrawSurvey{Customer: c, Survey: noteSurvey(t, d, c, 8, "2026-10-22"), Reason: "of somebody else"})
	gone := d.Customer(t, "withdrawn failure")
	d.Must(t, d.Agent, model.WithdrawContact{Customer: gone, Contact: fail(gone, "2026-10-01 09:00"), Reason: "by mistake"})
	noteSurvey(t, d, gone, 7, "2026-10-02")

	got, err := d.As(model.Solo(d.Agent)).Silent(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, l := range got {
		said += fmt.Sprintf("%s %d %s; ", l.Name, l.Times, l.Survey.Day)
		if l.Failed == nil || !l.Failed.Failed || l.Failed.Day > l.Survey.Day || l.Customer != names[l.Name] {
			t.Errorf("%s: %+v", l.Name, l)
		}
		if l.Customer == c && (l.Survey.ID != want || l.Failed.ID != newest) {
			t.Errorf("not the newest: %+v", l)
		}
	}
	if w := "twice, and once after 2 2026-06-01; 180 days before 1 2026-11-20; on the day 1 2026-11-20; the newest survey 1 2026-10-20; failed before the period 1 2025-12-01; "; said != w {
		t.Errorf("got\n%s\nwant\n%s", said, w)
	}
	if m := thermometer(t, d, model.ThermometerRequest{}); m.Silent != len(got) {
		t.Errorf("the thermometer has %d silent customers, not %d", m.Silent, len(got))
	}
	if m := thermometer(t, d, model.ThermometerRequest{Topic: "order"}); m.Silent != 0 {
		t.Errorf("%d silent customers on a topic on which nothing failed", m.Silent)
	}
}

// TestMirror ranks procedures and friction topics.
func TestMirror(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "Willem de Vries")
	ask := func(c model.ID, standard string, state model.ExceptionState, followed model.Followed, topic string, on model.Day) model.ID {
		x := model.LogException{Customer: c, Named: standard, Words: "without it", State: state, Followed: followed, Topic: topic, On: on}
		if state != model.ExceptionOpen {
			x.Reason = "the rule"
		}
		if followed == model.FollowedLost {
			x.Lost = 5000
		}
		return d.Must(t, d.Agent, x).Made
	}
	ask(a, "show a card", model.ExceptionRefused, model.FollowedLost, "procedure", "2026-10-01")
	ask(a, "show a card", model.ExceptionRefused, "", "", "2026-10-02")
	ask(b, "show a card", model.ExceptionGranted, "", "procedure", "2026-11-24")
	ask(a, "pay before", model.ExceptionRefused, "", "invoice", "2026-01-10")
	ask(b, "pay before", model.ExceptionRefused, "", "", "2026-01-11")
	ask(b, "call before noon", model.ExceptionOpen, "", "telephone", "2026-01-12")
	ask(b, "long ago", model.ExceptionRefused, "", "telephone", "2025-11-30")
	d.Must(t, d.Agent, model.WithdrawException{Customer: b, Exception: ask(b, "by mistake", model.ExceptionRefused, "", "", "2026-02-01"), Reason: "not asked"})
	noteSurvey(t, d, a, 4, "2026-03-01", "telephone", "procedure", "invoice")
	noteSurvey(t, d, b, 5, "2026-04-01", "telephone")
	failed := phoneCall(t, a, "telephone", "2026-03-02 09:00")
	failed.Failed = true
	d.Must(t, d.Agent, failed)
	d.Must(t, d.Agent, phoneCall(t, a, "packaging", "2026-03-02 09:00"))

	s := d.As(model.Solo(d.Agent))
	standards, err := s.Standards()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]model.ID{}
	for _, l := range standards {
		byName[l.Standard.Name] = l.Standard.ID
	}
	d.Must(t, d.Agent, model.AddImprovement{Title: "no card", Standard: byName["show a card"], Hurt: []model.ID{a}})

	m, err := s.Mirror(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, l := range m.Procedures {
		said += fmt.Sprintf("%s: asked %d by %d, granted %d, refused %d by %d, lost %d of %d, improves %d; ", l.Standard.Name,
			l.Tally[model.CountAsked], l.Behind[model.CountAsked], l.Tally[model.CountGranted], l.Tally[model.CountRefused], l.Behind[model.CountRefused],
			l.Tally[model.CountLost], l.Tally[model.CountLostSum], len(l.Improves))
	}
	if w := "show a card: asked 3 by 2, granted 1, refused 2 by 1, lost 1 of 5000, improves 1; " +
		"pay before: asked 2 by 2, granted 0, refused 2 by 2, lost 0 of 0, improves 0; " +
		"call before noon: asked 1 by 1, granted 0, refused 0 by 0, lost 0 of 0, improves 0; "; said != w {
		t.Errorf("got\n%s\nwant\n%s", said, w)
	}
	said = ""
	for _, l := range m.Topics {
		said += fmt.Sprintf("%s: %d by %d, %d by %d, %d by %d; ", l.Key, l.Tally[model.CountAnnoyances], l.Behind[model.CountAnnoyances],
			l.Tally[model.CountRefused], l.Behind[model.CountRefused], l.Tally[model.CountFailed], l.Behind[model.CountFailed])
	}
	if w := "telephone: 2 by 2, 0 by 0, 1 by 1; procedure: 1 by 1, 1 by 1, 0 by 0; "; said != w { // an invoice is no friction topic
		t.Errorf("got %s, want %s", said, w)
	}
	total := thermometer(t, d, model.ThermometerRequest{}).Total
	sameCounts(t, "the whole tallied each exception once", pickCounts(&total, model.CountAsked, model.CountRefused, model.CountLost),
		tallied{model.CountAsked: 6, model.CountRefused: 4, model.CountLost: 1})
}

// TestDrift: the last three months stand beside the three that lie six months
// before them.
func TestDrift(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	for _, on := range []string{"2026-11-01 09:00", "2026-09-01 09:00", "2026-08-31 09:00", "2026-06-01 09:00",
		"2026-05-31 09:00", "2026-05-30 09:00", "2026-03-01 09:00", "2026-02-28 09:00"} {
		d.Must(t, d.Agent, phoneCall(t, c, "invoice", on))
	}
	for _, months := range []int{2, 12, 36} {
		m := thermometer(t, d, model.ThermometerRequest{Months: months})
		if m.Now[model.CountContacts] != 2 || m.Then[model.CountContacts] != 3 {
			t.Errorf("%d months: now %d, then %d", months, m.Now[model.CountContacts], m.Then[model.CountContacts])
		}
	}
}

// TestMeasuresStop: long work hears of its progress and ends with its context.
func TestMeasuresStop(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	d.Must(t, d.Agent, phoneCall(t, c, "invoice", "2026-11-01 09:00"))
	s := d.As(model.Solo(d.Agent))
	var last [2]int
	heard := func(done, total int) { last = [2]int{done, total} }
	if _, err := s.Thermometer(context.Background(), model.ThermometerRequest{}, heard); err != nil || last != [2]int{1, 1} {
		t.Errorf("heard %v, %v", last, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, e1 := s.Thermometer(ctx, model.ThermometerRequest{}, nil)
	_, e2 := s.Mirror(ctx, 0, nil)
	_, e3 := s.Silent(ctx, 0)
	for i, err := range []error{e1, e2, e3} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%d went on: %v", i, err)
		}
	}
}

// TestThermometerPeriods: what is asked beyond reason is brought within it.
func TestThermometerPeriods(t *testing.T) {
	d := storetest.New(t)
	for _, x := range []struct {
		req         model.ThermometerRequest
		from, until model.Day
		months      int
	}{
		{model.ThermometerRequest{}, "2025-12-01", "2026-11-24", 12},
		{model.ThermometerRequest{Months: 99}, "2023-12-01", "2026-11-24", 36},
		{model.ThermometerRequest{Months: -1, Until: "2030-01-01"}, "2025-12-01", "2026-11-24", 12},
		{model.ThermometerRequest{Months: 2, Until: "2024-02-01"}, "2024-01-01", "2024-02-29", 2},
		{model.ThermometerRequest{Months: 1, Until: "nonsense"}, "2026-11-01", "2026-11-24", 1},
	} {
		m := thermometer(t, d, x.req)
		if m.From != x.from || m.Until != x.until || len(m.Months) != x.months {
			t.Errorf("%+v: %s to %s, %d months", x.req, m.From, m.Until, len(m.Months))
		}
	}
	d.Clock.Set(time.Date(2027, 1, 1, 0, 0, 0, 0, storetest.Zone()))
	if m := thermometer(t, d, model.ThermometerRequest{Months: 1}); m.From != "2027-01-01" || m.Until != "2027-01-01" {
		t.Errorf("on New Year's Day: %s to %s", m.From, m.Until)
	}
}
