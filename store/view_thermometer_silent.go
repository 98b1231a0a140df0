package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"pasvorm/model"
)

// silentDays is how long a failure of ours lies behind a good mark.
const silentDays = 180

// The marks that pass for satisfied without being so.
const silentFrom, silentTo = 6, 8

// Silent gives the customers whom service failed and who still gave a 6, 7 or 8
// (article 000: a good mark is no proof of good service), those whom it failed
// most often first. A customer is listed once, with the newest such survey of
// the last months, this one included (0 is 12, 36 at most). Service failed when
// a contact that stands says so, on the day of the survey or at most 180 days
// before it; times and the newest failure are of those days. Other customers
// are passed over without reading any record of theirs.
func (s *Session) Silent(ctx context.Context, months int) ([]model.SilentLine, error) {
	out := []model.SilentLine{}
	err := s.snapshot(func(v *view) error {
		var failed error
		err := v.silent(ctx, periodOf(model.DayOf(s.book.now()), months, ""), "", func(found silent) {
			row, _, ok, err := v.row(found.survey.Customer)
			if err != nil || !ok {
				failed = cmp.Or(failed, err)
				return
			}
			c, err := model.Find[*model.Contact](v.r, model.ContactKey(row.ID, found.failure.id))
			if err != nil {
				failed = cmp.Or(failed, err)
			}
			out = append(out, model.SilentLine{Customer: row.ID, Name: row.Name, Survey: found.survey, Failed: c, Times: found.times})
		})
		return cmp.Or(err, failed)
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b model.SilentLine) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(b.Survey.Day, a.Survey.Day), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

// silent is a silent customer: the newest survey with a good mark after a
// failure, the newest failure before it, and how many there were.
type silent struct {
	survey  *model.Survey
	failure trace
	times   int
}

// silent calls f for the silent customers of a period, in order of their ids;
// with a topic only failures on it count. Who gave a mark in which month is in
// the cells that have no topic.
func (v *view) silent(ctx context.Context, p period, topic string, f func(silent)) error {
	maybe := map[model.ID]bool{}
	for m := p.first; m <= p.last; m++ {
		bad, n := false, 0
		walk(v.der, spaceCell, cellsUnder(model.ByTopic, m, ""), func(k, sealed []byte) bool {
			var t model.Tally
			_, id, ok := cellParts(k)
			if bad = !ok || !unsealTally(sealed, &t); bad {
				return false
			}
			marks, sum := t[model.CountMarks], t[model.CountMarkSum]
			if marks > 1 || marks == 1 && sum >= silentFrom && sum <= silentTo {
				maybe[id] = true
			}
			n++
			return n%someSteps != 0 || ctx.Err() == nil
		})
		if bad {
			return corrupt(string(spaceCell), "tally")
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	ids := make([]model.ID, 0, len(maybe))
	for id := range maybe {
		if !v.hidden(id) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b model.ID) int { return cmp.Compare(string(a[:]), string(b[:])) })
	for n, id := range ids {
		if n%someSteps == 0 && ctx.Err() != nil {
			break
		}
		found, ok, err := v.silence(id, p, topic)
		if err != nil {
			return err
		}
		if ok {
			f(found)
		}
	}
	return ctx.Err()
}

// silence tells whether a customer is a silent one.
func (v *view) silence(id model.ID, p period, topic string) (found silent, ok bool, err error) {
	failures := v.failures(id, p.from-silentDays, topic)
	if len(failures) == 0 {
		return found, false, nil
	}
	surveys, err := model.FindAll[*model.Survey](v.r, model.TableKey(model.TableSurvey, id))
	if err != nil {
		return found, false, err
	}
	for _, s := range surveys {
		mark, given := s.Score()
		day := numberOf(s.Day)
		if s.Withdrawn != nil || !given || mark < silentFrom || mark > silentTo || day < p.from || day > p.last.last() {
			continue
		}
		if ok && s.Day < found.survey.Day {
			continue
		}
		now := silent{survey: s}
		for _, t := range failures {
			if t.day <= day && t.day >= day-silentDays {
				now.failure, now.times = t, now.times+1
			}
		}
		if now.times > 0 {
			found, ok = now, true
		}
	}
	return found, ok, nil
}

// failures gives the contacts from a day on in which our service failed, in
// order.
func (v *view) failures(id model.ID, from dayNumber, topic string) (out []trace) {
	at := binary.BigEndian.AppendUint64(append([]byte(nil), id[:]...), uint64(max(0, from.stamp()-reach))) //nolint:gosec // not below 0
	walkFrom(v.der, spaceTimeline, at, func(k, value []byte) bool {
		if !hasPrefix(k, id[:]) {
			return false
		}
		t, ok := traceOf(k, value)
		if ok && t.failed && t.day >= from && (topic == "" || t.topic == topic) {
			out = append(out, t)
		}
		return true
	})
	return out
}
