package say

import (
	"strings"
	"time"

	"pasvorm/ui/kit"
)

// DayPast reads a day that was: as [kit.ParseDate] does, but a weekday is the
// last one before today. It gives midnight in the zone of now.
func (s Speaker) DayPast(text string, now time.Time) (time.Time, bool) {
	t := strings.ToLower(strings.TrimSpace(text))
	if day, ok := s.weekday(t); ok {
		today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
		return today.AddDate(0, 0, -((int(now.Weekday())-int(day)+6)%7 + 1)), true
	}
	return kit.ParseDate(t, now)
}

// weekday finds a day of the week by two letters of its name or more.
func (s Speaker) weekday(t string) (time.Weekday, bool) {
	if len(t) < 2 {
		return 0, false
	}
	for i, id := range weekdays {
		if strings.HasPrefix(strings.ToLower(s.Text.T(id)), t) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}
