package playbook

import (
	"slices"
	"strings"
	"time"

	"pasvorm/model"
)

// thresholds reads the numbers. The ranges keep the safeguards of fit standing:
// one event alone is never enough evidence, and nothing noted about a person
// stays without confirmation for more than two years.
func (r *reader) thresholds(t *table) model.Thresholds {
	th := model.Thresholds{
		EvidenceEvents:     t.number("evidence_events", 2, 20),
		EvidenceDays:       t.number("evidence_days", 1, 20),
		EvidenceColleagues: t.number("evidence_colleagues", 1, 10),
		EvidenceWindowDays: t.number("evidence_window_days", 30, 730),
		LapseMonths:        t.number("lapse_months", 1, 24),
		RerunMonths:        t.number("rerun_months", 1, 24),
		LargePercent:       t.number("large_percent", 1, 100),
		LimboWarnHours:     t.number("limbo_warn_hours", 1, 336),
		LimboRedHours:      t.number("limbo_red_hours", 2, 720),
		WrongedLastingDays: t.number("wronged_lasting_days", 1, 180),
	}
	t.done()
	if th.EvidenceEvents > 0 {
		t.atMost("evidence_days", th.EvidenceDays, "evidence_events", th.EvidenceEvents)
		t.atMost("evidence_colleagues", th.EvidenceColleagues, "evidence_events", th.EvidenceEvents)
	}
	if th.LimboWarnHours > 0 && th.LimboRedHours > 0 && th.LimboRedHours <= th.LimboWarnHours {
		r.refuse(keyPath(t.path, "limbo_red_hours"), ProblemNotMore, keyPath(t.path, "limbo_warn_hours"))
	}
	return th
}

// atMost refuses a number that is more than another one.
func (t *table) atMost(key string, n int, other string, most int) {
	if n > most {
		t.r.refuse(keyPath(t.path, key), ProblemNotAtMost, keyPath(t.path, other))
	}
}

// weekdays are the words for the days of the week in a playbook.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// maxDates is the largest number of dates in a list of the calendar.
const maxDates = 400

// calendar reads when the organisation works.
func (r *reader) calendar(t *table) model.CalendarSettings {
	c := model.CalendarSettings{
		Opens:  t.clock("opens"),
		Closes: t.clock("closes"),
	}
	if country, ok := t.text("country"); ok {
		if c.Country = country; !slices.Contains(countries(), country) {
			r.refuse(keyPath(t.path, "country"), ProblemBadCountry, strings.Join(countries(), ", "))
		}
	}
	if c.Opens >= 0 && c.Closes >= 0 && c.Closes <= c.Opens {
		r.refuse(keyPath(t.path, "closes"), ProblemNotMore, keyPath(t.path, "opens"))
	}
	c.Days = t.weekdays("days")
	c.Closed = t.dates("closed")
	c.Open = t.dates("open")
	t.done()
	for i, day := range c.Open {
		if slices.Contains(c.Closed, day) {
			r.refuse(placePath(keyPath(t.path, "open"), i), ProblemDuplicateItem, string(day))
		}
	}
	return c
}

// clock returns a time of day, 00:00 to 24:00, in minutes; -1 if there is none.
func (t *table) clock(key string) int {
	s, ok := t.text(key)
	if !ok {
		return -1
	}
	if s == "24:00" {
		return 24 * 60
	}
	at, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		t.r.refuse(keyPath(t.path, key), ProblemBadTime, "00:00–24:00")
		return -1
	}
	return at.Hour()*60 + at.Minute()
}

// weekdays returns the days of the week under a key, at least one, each once.
func (t *table) weekdays(key string) []time.Weekday {
	path := keyPath(t.path, key)
	var days []time.Weekday
	list := t.list(key, false)
	if _, ok := t.values[key].([]any); ok && len(list) == 0 {
		t.r.refuse(path, ProblemTooFew, "1")
	}
	for i, v := range list {
		word, _ := v.(string)
		day := time.Weekday(slices.Index(weekdays, word))
		switch {
		case day < 0:
			t.r.refuse(placePath(path, i), ProblemBadWeekday, strings.Join(weekdays, ", "))
		case slices.Contains(days, day):
			t.r.refuse(placePath(path, i), ProblemDuplicateItem, word)
		default:
			days = append(days, day)
		}
	}
	return days
}

// dates returns the dates under a key, each once; the key may be left out. A
// date may be written as TOML has it, 2026-12-24, or in quotes.
func (t *table) dates(key string) []model.Day {
	path := keyPath(t.path, key)
	list := t.list(key, true)
	if len(list) > maxDates {
		t.r.refuse(placePath(path, maxDates), ProblemTooMany, "400")
		return nil
	}
	var days []model.Day
	for i, v := range list {
		day, ok := dateOf(v)
		switch {
		case !ok:
			t.r.refuse(placePath(path, i), ProblemBadDate, "2026-12-24")
		case slices.Contains(days, day):
			t.r.refuse(placePath(path, i), ProblemDuplicateItem, string(day))
		default:
			days = append(days, day)
		}
	}
	return days
}

// dateOf reads a TOML value as a date of the years 2000 to 2199.
func dateOf(v any) (model.Day, bool) {
	var s string
	switch v := v.(type) {
	case string:
		s = v
	case time.Time:
		if v.Location().String() != "date-local" { // how the TOML library marks a date alone
			return "", false
		}
		s = v.Format(time.DateOnly)
	}
	day, ok := model.ParseDay(s)
	return day, ok && day >= "2000-01-01" && day <= "2199-12-31"
}
