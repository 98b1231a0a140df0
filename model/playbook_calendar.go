package model

import "time"

// Calendar says when the organisation works. It is handed in from outside
// because public holidays differ by country and year. Every method looks at the
// calendar day on which the given moment falls where the organisation is.
type Calendar interface {
	// Workday reports whether people work on that day.
	Workday(day time.Time) bool
	// Opens is the opening time on that day, in the organisation's time zone,
	// whether or not people work on it.
	Opens(day time.Time) time.Time
	// Closes is the closing time on that day in the same way, later than Opens; a
	// day that closes at 24:00 does so at the start of the next.
	Closes(day time.Time) time.Time
}

// maxClosedRun is the longest run of days without work that is looked through.
// A calendar that is never open so gives a date ten years away instead of an
// endless search: what waits for it stays locked.
const maxClosedRun = 3660

// ApprovableFrom is the earliest moment at which a parting proposed at the given
// time may be approved (fit, safeguard 2): one whole working day, strictly after
// the day of proposing, goes by, and approval opens with the opening time of the
// working day after it. Proposed on working day D, that is the opening of D+2.
func ApprovableFrom(cal Calendar, proposed time.Time) time.Time {
	return cal.Opens(workdayAway(cal, proposed, 2))
}

// AddWorkdays moves t by n working days and keeps the time on the clock: the
// n-th working day strictly after the day of t, or strictly before it when n is
// negative. With n zero it is t itself. The result is in the calendar's time
// zone; a time that the change of the clocks takes out of the day becomes noon.
func AddWorkdays(cal Calendar, t time.Time, n int) time.Time {
	loc := cal.Opens(t).Location()
	t = t.In(loc)
	if n == 0 {
		return t
	}
	noon := workdayAway(cal, t, n)
	year, month, day := noon.Date()
	hour, minute, sec := t.Clock()
	moved := time.Date(year, month, day, hour, minute, sec, t.Nanosecond(), loc)
	if moved.YearDay() != noon.YearDay() {
		// Where clocks go forward at midnight, the time does not exist on that day.
		return noon
	}
	return moved
}

// workdayAway returns noon of the n-th working day after (before, if n is
// negative) the day of t. Noon exists on every day, also when the clock changes.
func workdayAway(cal Calendar, t time.Time, n int) time.Time {
	loc := cal.Opens(t).Location()
	year, month, day := t.In(loc).Date()
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	noon := time.Date(year, month, day, 12, 0, 0, 0, loc)
	for ; n > 0; n-- {
		for range maxClosedRun {
			day += step
			noon = time.Date(year, month, day, 12, 0, 0, 0, loc)
			if cal.Workday(noon) {
				break
			}
		}
	}
	return noon
}
