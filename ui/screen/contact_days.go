package screen

import (
	"strings"
	"time"

	"pasvorm/model"
)

// pastDay reads the day on which something took place: "" and today are now and
// give 0, any other day is its noon, so that no change of the clock moves it to
// another day.
func (e *Env) pastDay(text string) (model.Stamp, bool) {
	now := e.now()
	if strings.TrimSpace(text) == "" {
		return 0, true
	}
	day, ok := e.Say.DayPast(text, now)
	switch {
	case !ok:
		return 0, false
	case model.DayOf(day) == model.DayOf(now):
		return 0, true
	}
	return model.StampOf(time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, now.Location())), true
}
