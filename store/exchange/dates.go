package exchange

import (
	"strconv"
	"strings"
	"time"
)

// months by the first letters of their names in Dutch and English.
var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}

var monthNames = strings.Fields("januari january februari february maart march april mei may juni june juli july augustus august september sept oktober october november december")

// ParseDate reads a calendar day, at midnight UTC: year first (2026-11-22,
// 20261122), day first (22-11-2026, 22/11/2026, 22.11.2026) or with the month
// in words in Dutch or English (22 nov 2026, November 22, 2026). The month is
// never guessed to come first in a date of numbers alone, and a year has four
// digits. A time of day behind the date is left out.
func ParseDate(s string) (time.Time, error) {
	parts := strings.FieldsFunc(dropTime(s), func(r rune) bool {
		return strings.ContainsRune(" -/.,\u00a0\t", r)
	})
	if len(parts) == 1 && len(parts[0]) == 8 {
		parts = []string{parts[0][:4], parts[0][4:6], parts[0][6:]}
	}
	if len(parts) != 3 {
		return time.Time{}, errDate
	}
	day, month, year := parts[0], parts[1], parts[2]
	if len(day) == 4 {
		day, year = year, day
	} else if _, ok := monthByName(day); ok {
		day, month = month, day
	}
	m, named := monthByName(month)
	if !named {
		m = time.Month(number(month, 2))
	}
	d, y := number(day, 2), number(year, 4)
	if len(year) != 4 || y < 1 || m < 1 || m > 12 {
		return time.Time{}, errDate
	}
	date := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if d < 1 || date.Day() != d {
		return time.Time{}, errDate
	}
	return date, nil
}

// dropTime cuts a time of day off: whatever follows the date and holds a colon.
func dropTime(s string) string {
	s = strings.TrimSpace(s)
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s
	}
	if k := strings.LastIndexAny(s[:colon], " T"); k > 0 {
		return strings.TrimSpace(s[:k])
	}
	return s
}

func monthByName(s string) (time.Month, bool) {
	s = fold(s)
	if len(s) < 3 {
		return 0, false
	}
	m, ok := months[s[:3]]
	if !ok || len(s) == 3 {
		return m, ok
	}
	for _, name := range monthNames {
		if s == name {
			return m, true
		}
	}
	return 0, false
}

// number reads at most so many digits; -1 when s is anything else.
func number(s string, digits int) int {
	if len(s) == 0 || len(s) > digits || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
