package store_test

import (
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// TestVoices: what was said is listed newest first, of customers who gave a mark
// in the months asked for, and without what was withdrawn.
func TestVoices(t *testing.T) {
	b := storetest.New(t)
	petra := b.Customer(t, "Petra Jansen")
	sam := b.Customer(t, "Sam Smit")
	mark := func(n int) *int { return &n }
	now := b.Clock.Now()
	day := func(back int) model.Day { return model.DayOf(now.AddDate(0, 0, -back)) }
	add := func(c model.ID, back int, r model.Reply) model.ID {
		r.On = day(back)
		return b.Must(t, b.Agent, model.AddSurvey{Customer: c, Reply: r}).Made
	}
	add(petra, 3, model.Reply{Mark: mark(7), Better: "sooner"})
	add(sam, 1, model.Reply{Mark: mark(0), Describe: "never again"})
	add(petra, 400, model.Reply{Mark: mark(9), Better: "long ago"})
	add(sam, 2, model.Reply{Better: "no mark"})
	gone := add(sam, 5, model.Reply{Mark: mark(8), Better: "a mistake"})
	b.Must(t, b.Agent, model.WithdrawSurvey{Customer: sam, Survey: gone, Reason: "of somebody else"})

	said := func(months, limit int) []string {
		t.Helper()
		all, err := b.As(model.Solo(b.Lead)).Voices(t.Context(), months, limit)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, l := range all {
			out = append(out, l.Name+": "+l.Survey.Describe+l.Survey.Better+" ("+l.By+")")
		}
		return out
	}
	want := func(got []string, all ...string) {
		t.Helper()
		if len(got) != len(all) {
			t.Fatalf("%q, want %q", got, all)
		}
		for i := range all {
			if got[i] != all[i] {
				t.Errorf("%q, want %q", got, all)
			}
		}
	}
	want(said(12, 10), "Sam Smit: never again (Karin)", "Petra Jansen: sooner (Karin)")
	want(said(12, 1), "Sam Smit: never again (Karin)")
	want(said(24, 10), "Sam Smit: never again (Karin)", "Petra Jansen: sooner (Karin)", "Petra Jansen: long ago (Karin)")
	b.Clock.Add(400 * 24 * time.Hour)
	want(said(3, 10))
}
