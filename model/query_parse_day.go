package model

import (
	"slices"
	"strconv"
	"time"
)

// MaxQueryShift is how many days, weeks, months or years a day of a query lies
// from today at most.
const MaxQueryShift = 9999

// QueryDays lists the words for days that a query knows, beside 2026-12-31 and
// shifts such as +3d, -2w, +1m and -1y.
func QueryDays() []string {
	return append([]string{"today", "tomorrow", "yesterday"}, queryWeekdays[:]...)
}

// queryWeekdays are in the order of [time.Weekday].
var queryWeekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func queryWeekday(s string) (time.Weekday, bool) {
	i := slices.Index(queryWeekdays[:], s)
	return time.Weekday(max(i, 0)), i >= 0
}

// queryShift reads a sign, a whole number and d, w, m or y.
func queryShift(s string) (n int, unit byte, ok bool) {
	if len(s) < 3 || len(s) > 6 || s[0] != '+' && s[0] != '-' {
		return 0, 0, false
	}
	unit = s[len(s)-1]
	if unit != 'd' && unit != 'w' && unit != 'm' && unit != 'y' {
		return 0, 0, false
	}
	for _, c := range s[1 : len(s)-1] {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	return n, unit, err == nil && n <= MaxQueryShift && n >= -MaxQueryShift
}

// ParseQueryDay reads a day of a query as seen from today; false for none. It is
// 2006-01-02; today, tomorrow or yesterday; mon to sun, the next such day with
// today included; or a sign, a number and d, w, m or y: days, weeks, months or
// years from today. In a month that is too short the last day is meant.
func ParseQueryDay(text string, today Day) (Day, bool) {
	t, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return "", false
	}
	switch text {
	case "today":
		return today, true
	case "tomorrow":
		return DayOf(t.AddDate(0, 0, 1)), true
	case "yesterday":
		return DayOf(t.AddDate(0, 0, -1)), true
	}
	if w, ok := queryWeekday(text); ok {
		return DayOf(t.AddDate(0, 0, (int(w)-int(t.Weekday())+7)%7)), true
	}
	n, unit, ok := queryShift(text)
	if !ok {
		d, ok := ParseDay(text)
		return d, ok && d != ""
	}
	switch unit {
	case 'd':
		t = t.AddDate(0, 0, n)
	case 'w':
		t = t.AddDate(0, 0, 7*n)
	case 'm':
		t = addMonths(t, n)
	case 'y':
		t = addMonths(t, 12*n)
	}
	if t.Year() < 1 || t.Year() > 9999 { // has no form as a day
		return "", false
	}
	return DayOf(t), true
}

func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}
