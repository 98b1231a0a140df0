package store

import (
	"encoding/binary"
	"time"

	"pasvorm/model"
)

// agenda reads from the queue what asks for attention at a moment.
type agenda struct {
	v     *view
	play  *model.Playbook
	cal   model.Calendar
	now   time.Time
	today model.Day
	late  map[model.Day]int       // asked before
	open  map[int64]time.Duration // open time from the beginning of a day on, by its second
}

func newAgenda(v *view, play *model.Playbook, cal model.Calendar, now time.Time) *agenda {
	return &agenda{v: v, play: play, cal: cal, now: now, today: model.DayOf(now), late: map[model.Day]int{}, open: map[int64]time.Duration{}}
}

// daysLate is [model.DaysLate], remembered: thousands are due on one day.
func (a *agenda) daysLate(d model.Day) int {
	n, ok := a.late[d]
	if !ok {
		n = model.DaysLate(a.cal, d, a.now)
		a.late[d] = n
	}
	return n
}

// waited is the time since a moment without closed days, as
// [model.OpenDaysElapsed] has it: what is left of its day, and the days after it,
// which are remembered. Thousands wait since the same days.
func (a *agenda) waited(since time.Time) time.Duration {
	loc := a.now.Location()
	next := func(t time.Time) time.Time {
		y, m, d := t.In(loc).Date()
		return time.Date(y, m, d+1, 0, 0, 0, 0, loc)
	}
	day := next(since)
	if !day.Before(a.now) || !since.After(a.now.AddDate(-9, 0, 0)) {
		return model.OpenDaysElapsed(a.cal, since, a.now)
	}
	var days []time.Time // not known yet, the earliest first
	for t := day; t.Before(a.now); t = next(t) {
		if _, known := a.open[t.Unix()]; known {
			break
		}
		days = append(days, t)
	}
	for i := len(days) - 1; i >= 0; i-- {
		until, rest := next(days[i]), time.Duration(0)
		if until.Before(a.now) {
			rest = a.open[until.Unix()]
		} else {
			until = a.now
		}
		a.open[days[i].Unix()] = rest + model.OpenDaysElapsed(a.cal, days[i], until)
	}
	return model.OpenDaysElapsed(a.cal, since, day) + a.open[day.Unix()]
}

// each calls f for the records of a kind that are to be shown, the most urgent
// first, until f gives false: customers for limbo, else what the kind is about.
// Only keys are read, but for verdicts that may be stale. A key is f's only
// during the call.
func (a *agenda) each(kind model.TodayKind, f func(key []byte) bool) error {
	soon := -a.play.Desk.DueSoonDays
	switch kind {
	case model.TodayLimbo:
		a.limbos(f)
	case model.TodayPromise:
		a.days(classPromise, func(d model.Day) bool { return a.daysLate(d) >= soon }, f)
	case model.TodayTheirs:
		a.days(classTheirs, func(d model.Day) bool { return a.daysLate(d) >= soon }, f)
	case model.TodayTerms:
		a.days(classTerms, func(d model.Day) bool { return a.daysLate(d) >= soon }, f)
	case model.TodayFit:
		return a.verdicts(f)
	case model.TodayTell:
		a.hurts(f)
	case model.TodayFarewell:
		a.days(classFarewell, func(d model.Day) bool { return d <= a.today }, f)
	case model.TodayLapse:
		a.lapses(f)
	}
	return nil
}

// shown passes on a key unless its customer is not to be seen yet.
func (a *agenda) shown(key []byte, f func(key []byte) bool) bool {
	return a.v.hidden(model.Key(key).Customer()) || f(key)
}

// days walks a class that is ordered by day, as long as a day counts.
func (a *agenda) days(class byte, counts func(model.Day) bool, f func(key []byte) bool) {
	walk(a.v.der, spaceQueue, []byte{class}, func(k, _ []byte) bool {
		at := 1 + dateLength
		return len(k) > at && counts(model.Day(k[1:at])) && a.shown(k[at:], f)
	})
}

// limbos walks customers who wait for word, the longest first.
func (a *agenda) limbos(f func(key []byte) bool) {
	until := a.limboUntil()
	walk(a.v.der, spaceQueue, []byte{classLimbo}, func(k, _ []byte) bool {
		return len(k) > 9 && stampAt(k) <= until && a.shown(k[9:], f)
	})
}

// stampAt reads the moment in a key of the queue.
func stampAt(k []byte) model.Stamp {
	return model.Stamp(binary.BigEndian.Uint64(k[1:9])) //nolint:gosec // as it was written
}

// limboUntil is the last moment such that who waits since then is worth a
// warning. It is searched by halves: the later one began to wait, the shorter
// one waits.
func (a *agenda) limboUntil() model.Stamp {
	warns := func(since model.Stamp) bool {
		return model.LimboAfter(a.play.Thresholds, since, a.waited(since.Time())) != nil
	}
	late := model.StampOf(a.now)
	if warns(late) {
		return late
	}
	const longest = 20 * 366 * 24 * time.Hour
	step := time.Duration(max(a.play.Thresholds.LimboWarnHours, 1)) * time.Hour
	early := model.StampOf(a.now.Add(-step))
	for ; !warns(early); early = model.StampOf(a.now.Add(-step)) {
		if step *= 2; step > longest {
			return -1 << 62
		}
	}
	for early+1 < late {
		if mid := early + (late-early)/2; warns(mid) {
			early = mid
		} else {
			late = mid
		}
	}
	return early
}

// verdicts walks the newest verdicts of customers: first those whose day has
// come, then those that are stale.
func (a *agenda) verdicts(f func(key []byte) bool) error {
	going := true
	var failed error
	a.days(classDate, func(d model.Day) bool { return d <= a.today }, func(key []byte) bool {
		going = f(key)
		return going
	})
	if !going {
		return nil
	}
	// A verdict is run again after some months whatever happens, so what was
	// broken before then has its day. The newest promise of a customer decides.
	since := model.StampOf(a.now.AddDate(0, -a.play.Thresholds.RerunMonths, 0))
	seen := map[model.ID]bool{}
	walkBack(a.v.der, spaceQueue, []byte{classBroken}, func(k, _ []byte) bool {
		if len(k) <= 9 || stampAt(k) < since {
			return false
		}
		id := model.Key(k[9:]).Customer()
		if seen[id] || a.v.hidden(id) {
			return true
		}
		seen[id] = true
		if a.v.der.Load(spaceState, id[:]) == nil {
			return true // nobody ever judged whether this customer fits
		}
		n, err := a.standing(id)
		if err != nil {
			failed = err
			return false
		}
		if n == nil || n.Settled.At >= stampAt(k) || n.Due <= a.today {
			return true
		}
		return f([]byte(n.Key()))
	})
	return failed
}

// standing gives the verdict of a customer that stands; nil when there is none or
// the question is being answered anew.
func (a *agenda) standing(id model.ID) (*model.Assessment, error) {
	all, err := model.FindAll[*model.Assessment](a.v.r, model.TableKey(model.TableAssessment, id))
	if err != nil {
		return nil, err
	}
	var settled *model.Assessment
	for _, n := range all { // oldest first
		switch {
		case n.Running():
			return nil, nil
		case n.State == model.FitSettled:
			settled = n
		}
	}
	return settled, nil
}

// stale gives what changed since the verdict of a customer that stands.
func (a *agenda) stale(id model.ID) ([]model.Fact, error) {
	settled, err := a.standing(id)
	if err != nil || settled == nil {
		return nil, err
	}
	promises, err := model.FindAll[*model.Promise](a.v.r, model.TableKey(model.TablePromise, id))
	return model.StaleSince(settled, promises), err
}

// hurts walks the customers who are to hear that something was repaired.
func (a *agenda) hurts(f func(key []byte) bool) {
	going := true
	walk(a.v.der, spaceQueue, []byte{classTell}, func(k, _ []byte) bool {
		if len(k) < 9+17 {
			return true
		}
		var imp model.ID
		copy(imp[:], k[len(k)-16:])
		walk(a.v.der, spaceHurt, append(imp[:], 0), func(h, _ []byte) bool {
			if len(h) != 33 {
				return true
			}
			var id model.ID
			copy(id[:], h[17:])
			going = a.shown([]byte(model.HurtKey(id, imp)), f)
			return going
		})
		return going
	})
}

// lapses walks sightings that lapse soon and still count.
func (a *agenda) lapses(f func(key []byte) bool) {
	until := model.StampOf(a.now.AddDate(0, 0, a.play.Desk.LapseWarnDays))
	from := binary.BigEndian.AppendUint64([]byte{classLapse}, uint64(model.StampOf(a.now)+1)) //nolint:gosec // after 1970
	walkFrom(a.v.der, spaceQueue, from, func(k, _ []byte) bool {
		return k[0] == classLapse && len(k) > 9 && stampAt(k) <= until && a.shown(k[9:], f)
	})
}

// count tells how many of a kind there are, most at the highest.
func (a *agenda) count(kind model.TodayKind, most int) (int, error) {
	n := 0
	if most <= 0 {
		return 0, nil
	}
	err := a.each(kind, func([]byte) bool {
		n++
		return n < most
	})
	return n, err
}

// dueToday counts the lines of Today over all colleagues, at most
// [model.TodayCounted]: it is asked for at every change.
func (s *Session) dueToday(v *view) (int, error) {
	play, cal, _, err := s.book.playbookAt(v.tx)
	if err != nil {
		return 0, err
	}
	a, sum := newAgenda(v, play, cal, s.book.now()), 0
	for _, kind := range model.TodayKinds() {
		n, err := a.count(kind, model.TodayCounted-sum)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}
