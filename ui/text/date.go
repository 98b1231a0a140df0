package text

import (
	"strconv"
	"time"
)

var weekdayID = [...]string{
	"text.day.sun", "text.day.mon", "text.day.tue", "text.day.wed", "text.day.thu", "text.day.fri", "text.day.sat",
}

var monthID = [...]string{
	"text.month.jan", "text.month.feb", "text.month.mar", "text.month.apr", "text.month.may", "text.month.jun",
	"text.month.jul", "text.month.aug", "text.month.sep", "text.month.oct", "text.month.nov", "text.month.dec",
}

// Date writes a day as people say it, "Thu 26 Nov"; the year follows when it
// is not the year of now, seen in the zone of d.
func (t *Text) Date(d, now time.Time) string {
	s := t.T(weekdayID[d.Weekday()]) + " " + strconv.Itoa(d.Day()) + " " + t.T(monthID[d.Month()-1])
	if d.Year() != now.In(d.Location()).Year() {
		s += " " + strconv.Itoa(d.Year())
	}
	return s
}

// ShortDate writes a day without its weekday, "26 Nov", with the year when it
// is not the year of now.
func (t *Text) ShortDate(d, now time.Time) string {
	s := strconv.Itoa(d.Day()) + " " + t.T(monthID[d.Month()-1])
	if d.Year() != now.In(d.Location()).Year() {
		s += " " + strconv.Itoa(d.Year())
	}
	return s
}

// MonthName writes a month without its year, "Nov".
func (t *Text) MonthName(m time.Month) string { return t.T(monthID[m-1]) }

// DateTime writes a day with the time of day, "Thu 26 Nov 14:05".
func (t *Text) DateTime(d, now time.Time) string { return t.Date(d, now) + d.Format(" 15:04") }

// Ago words how long before now a moment was: minutes within the hour, hours
// within the same day, calendar days up to two months, then months and years.
// A moment after now is worded as just now: clocks differ a little.
func (t *Text) Ago(d, now time.Time) string {
	gap := now.Sub(d)
	days := calendarDays(d, now)
	switch {
	case gap < time.Minute:
		return t.T("text.ago.now")
	case gap < time.Hour:
		return t.N("text.ago.minutes", int(gap/time.Minute))
	case days == 0:
		return t.N("text.ago.hours", int(gap/time.Hour))
	case days == 1:
		return t.T("text.ago.yesterday")
	case days <= 60:
		return t.N("text.ago.days", days)
	case days < 730:
		return t.N("text.ago.months", days/30)
	}
	return t.N("text.ago.years", days/365)
}

// Until words how far a day lies ahead in calendar days; a day that has passed
// is worded as late by so many days.
func (t *Text) Until(d, now time.Time) string {
	days := calendarDays(now, d)
	switch {
	case days < 0:
		return t.N("text.until.late", -days)
	case days == 0:
		return t.T("text.until.today")
	case days == 1:
		return t.T("text.until.tomorrow")
	case days <= 60:
		return t.N("text.until.days", days)
	case days < 730:
		return t.N("text.until.months", days/30)
	}
	return t.N("text.until.years", days/365)
}

// calendarDays counts midnights from a to b in the zone of b.
func calendarDays(a, b time.Time) int {
	a = a.In(b.Location())
	y1, m1, d1 := a.Date()
	y2, m2, d2 := b.Date()
	// Noon in UTC, so that no summer time shortens a day.
	from := time.Date(y1, m1, d1, 12, 0, 0, 0, time.UTC)
	to := time.Date(y2, m2, d2, 12, 0, 0, 0, time.UTC)
	return int(to.Sub(from).Hours() / 24)
}
