package playbook_test

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/playbook"
)

func location(t rapid.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// working is the default calendar in a country.
func working(country string) model.CalendarSettings {
	s := playbook.Default().Calendar
	s.Country = country
	return s
}

func TestPublicHolidays(t *testing.T) {
	cases := []struct {
		day    string
		nl, be bool // a working day there
	}{
		{"2026-01-01", false, false}, // New Year
		{"2026-04-03", false, true},  // Good Friday
		{"2026-04-06", false, false}, // Easter Monday
		{"2026-04-27", false, true},  // King's Day
		{"2026-05-01", true, false},  // Labour Day
		{"2026-05-05", false, true},  // Liberation Day
		{"2026-05-14", false, false}, // Ascension
		{"2026-05-25", false, false}, // Whit Monday
		{"2026-07-21", true, false},  // Belgian national day
		{"2027-11-01", true, false},  // All Saints
		{"2026-11-11", true, false},  // Armistice
		{"2026-12-25", false, false}, // Christmas
		{"2025-12-26", false, true},  // second day of Christmas
		{"2026-12-24", true, true},
		{"2025-04-28", true, true},   // King's Day was kept on Saturday the 26th
		{"2026-06-06", false, false}, // Saturday
		{"2026-06-07", false, false}, // Sunday
		{"2026-06-08", true, true},
	}
	loc := location(t, "Europe/Amsterdam")
	dutch, belgian := playbook.NewCalendar(working("NL"), loc), playbook.NewCalendar(working("BE"), loc)
	for _, c := range cases {
		for _, hour := range []int{0, 12, 23} {
			day := model.Day(c.day).Time(loc).Add(time.Duration(hour) * time.Hour)
			if got := dutch.Workday(day); got != c.nl {
				t.Errorf("NL %s at %d: workday %v, want %v", c.day, hour, got, c.nl)
			}
			if got := belgian.Workday(day); got != c.be {
				t.Errorf("BE %s at %d: workday %v, want %v", c.day, hour, got, c.be)
			}
		}
	}
}

func TestOwnDaysOffAndOn(t *testing.T) {
	s := working("NL")
	s.Closed = []model.Day{"2026-12-24"}
	s.Open = []model.Day{"2026-05-05", "2026-06-07"}
	s.Days = append(s.Days[:len(s.Days):len(s.Days)], time.Saturday)
	loc := location(t, "Europe/Amsterdam")
	cal := playbook.NewCalendar(s, loc)
	for day, want := range map[model.Day]bool{
		"2026-12-24": false, // own day off
		"2026-05-05": true,  // a holiday on which they work
		"2026-06-07": true,  // a Sunday on which they work
		"2026-06-14": false, // any other Sunday
		"2026-06-06": true,  // Saturdays are worked
		"2026-12-26": false, // but this Saturday is a holiday
	} {
		if got := cal.Workday(day.Time(loc)); got != want {
			t.Errorf("%s: workday %v, want %v", day, got, want)
		}
	}
}

func TestTheDayIsTheOrganisationsDay(t *testing.T) {
	loc := location(t, "Europe/Amsterdam")
	cal := playbook.NewCalendar(working("NL"), loc)
	// Sunday evening in UTC is Monday in Amsterdam.
	sunday := time.Date(2026, 6, 7, 22, 30, 0, 0, time.UTC)
	if !cal.Workday(sunday) {
		t.Error("Monday half past midnight in Amsterdam is a working day")
	}
	if got, want := cal.Opens(sunday), time.Date(2026, 6, 8, 9, 0, 0, 0, loc); !got.Equal(want) {
		t.Errorf("opens %s, want %s", got, want)
	}
}

func TestApprovableFromAroundHolidays(t *testing.T) {
	const form = "2006-01-02 15:04 -0700"
	loc := location(t, "Europe/Amsterdam")
	cases := []struct{ country, proposed, want string }{
		{"NL", "2026-04-02 16:00", "2026-04-08 09:00 +0200"}, // Thursday before Easter: Tuesday goes by
		{"BE", "2026-04-02 16:00", "2026-04-07 09:00 +0200"}, // Good Friday goes by
		{"NL", "2026-12-23 10:00", "2026-12-28 09:00 +0100"}, // the 24th goes by
		{"BE", "2025-12-24 10:00", "2025-12-29 09:00 +0100"}, // the 26th goes by
		{"NL", "2025-12-24 10:00", "2025-12-30 09:00 +0100"},
		{"NL", "2026-03-26 18:00", "2026-03-30 09:00 +0200"}, // clocks go forward on the 29th
		{"NL", "2026-10-22 18:00", "2026-10-26 09:00 +0100"}, // clocks go back on the 25th
	}
	for _, c := range cases {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.proposed, loc)
		if err != nil {
			t.Fatal(err)
		}
		cal := playbook.NewCalendar(working(c.country), loc)
		if got := model.ApprovableFrom(cal, at).Format(form); got != c.want {
			t.Errorf("%s, proposed %s: approvable from %s, want %s", c.country, c.proposed, got, c.want)
		}
	}
}

func TestApprovableFromProperty(t *testing.T) {
	loc := location(t, "Europe/Amsterdam")
	calendars := map[string]model.Calendar{}
	for _, country := range []string{"NL", "BE"} {
		calendars[country] = playbook.NewCalendar(working(country), loc)
	}
	rapid.Check(t, func(t *rapid.T) {
		cal := calendars[rapid.SampledFrom([]string{"NL", "BE"}).Draw(t, "country")]
		from := time.Unix(rapid.Int64Range(1_577_836_800, 2_208_988_800).Draw(t, "from"), 0).In(loc)
		opens := model.ApprovableFrom(cal, from)
		if opens.Hour() != 9 || opens.Minute() != 0 || !cal.Workday(opens) {
			t.Fatalf("approvable from %s, not nine o'clock on a working day", opens)
		}
		whole := 0
		for i := 1; ; i++ {
			day := time.Date(from.Year(), from.Month(), from.Day()+i, 12, 0, 0, 0, loc)
			if model.DayOf(day) >= model.DayOf(opens) {
				break
			}
			if cal.Workday(day) {
				whole++
			}
		}
		if whole != 1 {
			t.Fatalf("%d whole working days between %s and %s", whole, from, opens)
		}
		if later := model.ApprovableFrom(cal, from.Add(time.Hour)); later.Before(opens) {
			t.Fatalf("proposing later opens earlier: %s before %s", later, opens)
		}
	})
}

// Many sessions share one calendar; run with -race this shows they may.
func TestSharedCalendar(t *testing.T) {
	loc := location(t, "Europe/Amsterdam")
	cal := playbook.NewCalendar(working("NL"), loc)
	want := model.ApprovableFrom(cal, time.Date(2026, 4, 2, 16, 0, 0, 0, loc))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := model.ApprovableFrom(cal, time.Date(2026, 4, 2, 16, 0, 0, 0, loc)); !got.Equal(want) {
				t.Errorf("approvable from %s, want %s", got, want)
			}
		})
	}
	group.Wait()
}

func TestOpeningHours(t *testing.T) {
	loc := location(t, "Europe/Amsterdam")
	s := working("NL")
	s.Opens, s.Closes = 8*60+30, 24*60
	cal := playbook.NewCalendar(s, loc)
	sunday := time.Date(2026, 3, 29, 0, 30, 0, 0, loc) // the day on which clocks go forward
	if got := cal.Opens(sunday); !got.Equal(time.Date(2026, 3, 29, 8, 30, 0, 0, loc)) {
		t.Errorf("opens %s", got)
	}
	if got := cal.Closes(sunday); !got.Equal(time.Date(2026, 3, 30, 0, 0, 0, 0, loc)) {
		t.Errorf("closes %s", got)
	}
}

func TestElapsedOverHolidays(t *testing.T) {
	loc := location(t, "Europe/Amsterdam")
	for _, c := range []struct {
		from, to       string
		nl, be         float64 // hours
		daysNL, daysBE int
	}{
		{"2026-04-24 16:00", "2026-04-28 16:00", 24, 48, 1, 2}, // King's Day on a Monday
		{"2026-07-20 12:00", "2026-07-22 12:00", 48, 24, 2, 1}, // 21 July on a Tuesday
		{"2026-04-02 12:00", "2026-04-07 12:00", 24, 48, 1, 2}, // Good Friday and Easter Monday
		{"2026-12-24 12:00", "2026-12-28 12:00", 24, 24, 1, 1},
		{"2025-12-24 12:00", "2025-12-29 12:00", 24, 48, 1, 2}, // Friday the 26th
		{"2026-03-27 12:00", "2026-03-30 12:00", 24, 24, 1, 1}, // the clock goes forward on the Sunday
	} {
		from, _ := time.ParseInLocation("2006-01-02 15:04", c.from, loc)
		to, _ := time.ParseInLocation("2006-01-02 15:04", c.to, loc)
		for country, want := range map[string]float64{"NL": c.nl, "BE": c.be} {
			days := map[string]int{"NL": c.daysNL, "BE": c.daysBE}[country]
			cal := playbook.NewCalendar(working(country), loc)
			if got := model.OpenDaysElapsed(cal, from, to).Hours(); got != want {
				t.Errorf("%s, %s to %s: %v hours, want %v", country, c.from, c.to, got, want)
			}
			if got := model.WorkdaysBetween(cal, from, to); got != days {
				t.Errorf("%s, %s to %s: %d working days, want %d", country, c.from, c.to, got, days)
			}
		}
	}
}

// What the calendar remembers of a year is what the library says of each day.
func TestRememberedYears(t *testing.T) {
	loc := location(t, "Europe/Brussels")
	shared := playbook.NewCalendar(working("BE"), loc)
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4_102_444_800).Draw(t, "at"), 0)
		if fresh := playbook.NewCalendar(working("BE"), loc); shared.Workday(at) != fresh.Workday(at) || shared.Workday(at) != shared.Workday(shared.Opens(at)) {
			t.Fatalf("two answers for %s", at.In(loc))
		}
	})
}

func BenchmarkElapsedTwoYears(b *testing.B) {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		b.Fatal(err)
	}
	cal := playbook.NewCalendar(working("NL"), loc)
	from := time.Date(2024, 6, 1, 10, 0, 0, 0, loc)
	for b.Loop() {
		model.OpenDaysElapsed(cal, from, from.AddDate(2, 0, 0))
		model.WorkdaysBetween(cal, from, from.AddDate(2, 0, 0))
	}
}
