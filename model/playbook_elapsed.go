package model

import "time"

// OpenDaysElapsed is the time that went by from one moment to another with the
// days left out on which nobody works (domain, limbo: what waits over a weekend
// did not wait for us). Whole days count from midnight to midnight where the
// organisation is, whatever its opening hours: Friday 16:00 to Monday 16:00 is 24
// hours. What begins on a closed day so counts from the start of the next open
// one. A day on which the clock changes counts for the 23 or 25 hours it has.
//
// It is never negative: zero when to is not after from. Beyond the first ten
// years of a span no day is left out, so that a search is never endless.
func OpenDaysElapsed(cal Calendar, from, to time.Time) time.Duration {
	if !to.After(from) {
		return 0
	}
	loc := cal.Opens(from).Location()
	year, month, day := from.In(loc).Date()
	var sum time.Duration
	begin := from
	for i := range maxClosedRun {
		end := dayStart(year, month, day+i+1, loc)
		if end.After(to) {
			end = to
		}
		if !end.After(begin) {
			continue // a day that the time zone left out
		}
		if cal.Workday(begin) {
			sum += end.Sub(begin)
		}
		if begin = end; !begin.Before(to) {
			return sum
		}
	}
	return sum + to.Sub(begin)
}

// WorkdaysBetween counts the working days after the day of from, up to and with
// the day of to: from Friday to Monday is 1, on one day 0. The other way round
// it is the same number below zero, so that counts over spans that meet add up.
// Beyond the first ten years of a span every day counts.
func WorkdaysBetween(cal Calendar, from, to time.Time) int {
	if to.Before(from) {
		return -WorkdaysBetween(cal, to, from)
	}
	loc := cal.Opens(from).Location()
	year, month, day := from.In(loc).Date()
	span := daysFrom(year, month, day, to.In(loc))
	count := max(0, span-maxClosedRun)
	for i := 1; i <= min(span, maxClosedRun); i++ {
		if noon := time.Date(year, month, day+i, 12, 0, 0, 0, loc); noon.Day() == dayOfMonth(year, month, day+i) && cal.Workday(noon) {
			count++
		}
	}
	return count
}

// daysFrom is how many days of the calendar the day of to is after a date.
func daysFrom(year int, month time.Month, day int, to time.Time) int {
	y, m, d := to.Date()
	first, last := time.Date(year, month, day, 0, 0, 0, 0, time.UTC), time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return int((last.Unix() - first.Unix()) / (24 * 60 * 60))
}

// dayOfMonth puts a day that runs over the end of its month right.
func dayOfMonth(year int, month time.Month, day int) int {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Day()
}

// dayStart is the first moment of a day in a time zone. It is midnight, but where
// the clock changes at midnight that hour may be missing or be there twice.
func dayStart(year int, month time.Month, day int, loc *time.Location) time.Time {
	midnight := time.Date(year, month, day, 0, 0, 0, 0, loc)
	since, until := midnight.ZoneBounds()
	if hour, minute, _ := midnight.Clock(); hour >= 12 { // it is missing, and the zone before the change was taken
		return until
	} else if hour > 0 || minute > 0 { // or the one after it
		return since
	}
	if since.IsZero() {
		return midnight
	}
	// The clock may have been put back over this midnight: then it was there before.
	_, offset := since.Add(-1).Zone()
	earlier := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(-time.Duration(offset) * time.Second)
	if earlier.Before(since) && earlier.Before(midnight) {
		return earlier.In(loc)
	}
	return midnight
}
