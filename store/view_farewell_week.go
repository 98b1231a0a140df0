package store

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"pasvorm/model"
)

// weekDays is how long a week is.
const weekDays = 7

// issueCountsOf are the counts of issues by their window.
var issueCountsOf = []struct {
	window int
	counts []model.Count
}{
	{model.RepeatDays, []model.Count{model.CountIssues, model.CountRight}},
	{model.RepeatLongDays, []model.Count{model.CountIssuesLong, model.CountRightLong}},
}

// Week gives how the desk did in the seven days up to a day; "" and days to come
// are today. See [model.Week] for what can be said of issues.
func (s *Session) Week(ctx context.Context, until model.Day) (model.Week, error) {
	var out model.Week
	err := s.snapshot(func(v *view) error {
		now := s.book.now()
		today := model.DayOf(now)
		if _, ok := model.ParseDay(string(until)); !ok || until == "" || until > today {
			until = today
		}
		last := numberOf(until)
		first := last - weekDays + 1
		out = model.Week{From: first.day(), Until: until, JudgedUntil: (last - model.RepeatDays - 1).day(), Rev: model.Rev(v.tx.Rev())}
		for _, dim := range []model.Dimension{model.ByTopic, model.ByStandard, model.ByTrait} {
			err := eachDaily(v.der, dim, first-2*model.RepeatLongDays, last, func(day dayNumber, _ string, t *model.Tally) bool {
				addToWeek(&out.Tally, t, dim, day, last)
				return ctx.Err() == nil
			})
			if err = errors.Join(err, ctx.Err()); err != nil {
				return err
			}
		}
		return v.weekCustomers(ctx, &out, now.Location())
	})
	return out, err
}

// addToWeek adds the tally of a day to that of the week that ends with last, as
// far as it belongs there.
func addToWeek(sum, t *model.Tally, dim model.Dimension, day, last dayNumber) {
	within := *t
	for _, i := range issueCountsOf {
		for _, c := range i.counts {
			within[c] = 0
			// The last day judged lies a day more than the window back, and
			// six days before it make a week.
			if end := last - dayNumber(i.window) - 1; day <= end && day > end-weekDays { //nolint:gosec // 7 or 14
				sum[c] += t[c]
			}
		}
	}
	if day <= last-weekDays {
		return
	}
	if dim == model.ByTopic {
		for c := exceptionFirst; c <= exceptionLast; c++ {
			within[c] = 0 // counts by its standard
		}
	}
	sum.Add(&within, 1)
}

// weekCustomers counts the customers with a contact in the week: of those that
// had one in its months the contacts of the week are looked for.
func (v *view) weekCustomers(ctx context.Context, w *model.Week, loc *time.Location) error {
	from, until := numberOf(w.From), numberOf(w.Until)
	begin := model.StampOf(w.From.Time(loc))
	end := model.StampOf(w.Until.Time(loc).AddDate(0, 0, 1))
	seen := map[model.ID]bool{}
	err := eachCell(v.der, model.ByTopic, from.month(), until.month(), func(_ monthNumber, _ string, customer model.ID, t *model.Tally) bool {
		if t[model.CountContacts] > 0 && !seen[customer] {
			seen[customer] = true
			at := binary.BigEndian.AppendUint64(append([]byte(nil), customer[:]...), uint64(begin))
			walkFrom(v.der, spaceTimeline, at, func(k, _ []byte) bool {
				if hasPrefix(k, customer[:]) && model.Stamp(binary.BigEndian.Uint64(k[len(customer):])) < end { //nolint:gosec // written so
					w.Customers++
				}
				return false
			})
		}
		return ctx.Err() == nil
	})
	return errors.Join(err, ctx.Err())
}
