package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
)

func TestOpenDaysElapsed(t *testing.T) {
	const form = "2006-01-02 15:04"
	zone := func(name string) *time.Location {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return loc
	}
	amsterdam, santiago, havana, apia := zone("Europe/Amsterdam"), zone("America/Santiago"), zone("America/Havana"), zone("Pacific/Apia")
	whole := func(loc *time.Location, closed ...string) days {
		cal := weekOf(loc, closed...)
		cal.week[time.Saturday], cal.week[time.Sunday] = true, true
		return cal
	}
	for _, c := range []struct {
		cal      days
		from, to string
		want     time.Duration
	}{
		{weekOf(amsterdam), "2026-06-05 16:00", "2026-06-08 16:00", 24 * time.Hour}, // over a weekend
		{weekOf(amsterdam), "2026-06-06 11:00", "2026-06-08 16:00", 16 * time.Hour}, // begun on it
		{weekOf(amsterdam), "2026-06-05 16:00", "2026-06-07 23:00", 8 * time.Hour},  // ended on it
		{weekOf(amsterdam), "2026-06-06 11:00", "2026-06-07 12:00", 0},
		{weekOf(amsterdam), "2026-06-08 03:00", "2026-06-08 23:30", 20*time.Hour + 30*time.Minute},
		{weekOf(amsterdam), "2026-06-08 16:00", "2026-06-08 16:00", 0},
		{weekOf(amsterdam), "2026-06-08 16:00", "2026-06-05 16:00", 0},                            // never negative
		{weekOf(amsterdam, "2026-06-03"), "2026-06-02 12:00", "2026-06-04 12:00", 24 * time.Hour}, // a day off between
		{weekOf(amsterdam), "2026-03-27 12:00", "2026-03-30 12:00", 24 * time.Hour},               // the clock changed on a closed Sunday
		{whole(amsterdam), "2026-03-28 12:00", "2026-03-29 12:00", 23 * time.Hour},                // on an open one
		{whole(amsterdam), "2026-10-24 12:00", "2026-10-25 12:00", 25 * time.Hour},
		{whole(amsterdam, "2026-10-25"), "2026-10-24 12:00", "2026-10-26 12:00", 24 * time.Hour}, // 25 hours left out
		{whole(santiago, "2024-09-08"), "2024-09-07 12:00", "2024-09-09 12:00", 24 * time.Hour},  // no midnight on the 8th
		{whole(santiago, "2024-09-07"), "2024-09-07 12:00", "2024-09-09 00:00", 23 * time.Hour},
		{whole(havana, "2024-11-03"), "2024-11-02 12:00", "2024-11-04 12:00", 24 * time.Hour}, // midnight of the 3rd twice
		{whole(havana, "2024-11-02"), "2024-11-02 12:00", "2024-11-04 00:00", 25 * time.Hour},
		{whole(apia), "2011-12-29 12:00", "2011-12-31 12:00", 24 * time.Hour}, // there was no 30th
		{whole(apia, "2011-12-29"), "2011-12-29 12:00", "2011-12-31 12:00", 12 * time.Hour},
		{days{loc: time.UTC}, "2026-01-01 00:00", "2036-01-08 13:00", 0},                                     // 3659 days and some hours
		{days{loc: time.UTC}, "2026-01-01 00:00", "2036-01-10 13:00", 24*time.Hour + 13*time.Hour},           // beyond ten years every day counts
		{weekOf(amsterdam, "2026-12-25"), "2026-12-24 17:00", "2026-12-28 09:00", 7*time.Hour + 9*time.Hour}, // Christmas on a Friday
		{weekOf(time.FixedZone("", 5*3600)), "2026-06-05 23:59", "2026-06-08 00:01", 2 * time.Minute},
	} {
		from, err1 := time.ParseInLocation(form, c.from, c.cal.loc)
		to, err2 := time.ParseInLocation(form, c.to, c.cal.loc)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		// The zone in which the moments are handed over does not matter.
		if got := model.OpenDaysElapsed(c.cal, from.UTC(), to.In(apia)); got != c.want {
			t.Errorf("%s: %s to %s took %s, want %s", c.cal.loc, c.from, c.to, got, c.want)
		}
	}
}

func TestWorkdaysBetween(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	cal := weekOf(amsterdam, "2026-06-03")
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2026-06-05", "2026-06-08", 1}, // Friday to Monday
		{"2026-06-05", "2026-06-07", 0},
		{"2026-06-06", "2026-06-08", 1}, // from a Saturday
		{"2026-06-08", "2026-06-08", 0},
		{"2026-06-02", "2026-06-04", 1}, // a day off between
		{"2026-06-01", "2026-06-30", 20},
		{"2026-06-08", "2026-06-05", -1},
		{"2026-06-08", "2026-06-06", -1},
		{"2026-06-30", "2026-06-01", -20},
		{"2025-12-31", "2026-12-31", 260},
	} {
		from, to := model.Day(c.from).Time(amsterdam).Add(23*time.Hour), model.Day(c.to).Time(amsterdam)
		if got := model.WorkdaysBetween(cal, from.UTC(), to.UTC()); got != c.want {
			t.Errorf("%s to %s: %d working days, want %d", c.from, c.to, got, c.want)
		}
	}
	never := days{loc: time.UTC}
	if got := model.WorkdaysBetween(never, time.Unix(0, 0), time.Unix(3665*24*3600, 0)); got != 5 {
		t.Errorf("a calendar that is never open: %d, want the 5 days beyond what is looked through", got)
	}
	apia, err := time.LoadLocation("Pacific/Apia")
	if err != nil {
		t.Fatal(err)
	}
	if got := model.WorkdaysBetween(weekOf(apia), model.Day("2011-12-28").Time(apia), model.Day("2012-01-02").Time(apia)); got != 2 {
		t.Errorf("from Wednesday over a Friday that was not there to Monday: %d, want 2", got)
	}
}

func TestElapsedProperties(t *testing.T) {
	zones := []string{"Europe/Amsterdam", "Europe/Brussels", "UTC", "America/Santiago", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe"}
	rapid.Check(t, func(t *rapid.T) {
		loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		start := rapid.Int64Range(1_262_304_000, 1_893_456_000).Draw(t, "start")
		moment := func(name string) time.Time {
			return time.Unix(start+rapid.Int64Range(0, 40*24*3600).Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		}
		a, b, c := moment("a"), moment("b"), moment("c")
		if b.Before(a) {
			a, b = b, a
		}
		if c.Before(b) {
			b, c = c, b
		}
		if b.Before(a) {
			a, b = b, a
		}
		cal := weekOf(loc)
		for range rapid.IntRange(0, 12).Draw(t, "holidays") {
			cal.closed[a.In(loc).AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "away")).Format(time.DateOnly)] = true
		}
		ab, bc, ac := model.OpenDaysElapsed(cal, a, b), model.OpenDaysElapsed(cal, b, c), model.OpenDaysElapsed(cal, a, c)
		if ab+bc != ac {
			t.Fatalf("%s and %s make %s", ab, bc, ac)
		}
		if ab < 0 || ab > b.Sub(a) || model.OpenDaysElapsed(cal, b, a) != 0 && !a.Equal(b) {
			t.Fatalf("%s of %s", ab, b.Sub(a))
		}
		// Against a count that looks at every half hour on the clock.
		var slow time.Duration
		for at := a; at.Before(b); {
			next := at.Truncate(30 * time.Minute).Add(30 * time.Minute)
			if next.After(b) {
				next = b
			}
			if cal.Workday(at) {
				slow += next.Sub(at)
			}
			at = next
		}
		if slow != ab {
			t.Fatalf("%s from %s to %s, counted by half hours %s", ab, a.In(loc), b.In(loc), slow)
		}
		nab, nbc, nac := model.WorkdaysBetween(cal, a, b), model.WorkdaysBetween(cal, b, c), model.WorkdaysBetween(cal, a, c)
		if nab+nbc != nac || nab < 0 || model.WorkdaysBetween(cal, b, a) != -nab {
			t.Fatalf("%d and %d working days make %d", nab, nbc, nac)
		}
		n := rapid.IntRange(0, 12).Draw(t, "n")
		if got := model.WorkdaysBetween(cal, a, model.AddWorkdays(cal, a, n)); got != n {
			t.Fatalf("%d working days on is %d working days away", n, got)
		}
	})
}
