package store

import (
	"time"

	"pasvorm/model"
)

// Waited gives how Today counts the time since a moment.
func Waited(cal model.Calendar, now time.Time) func(time.Time) time.Duration {
	return newAgenda(nil, nil, cal, now).waited
}
