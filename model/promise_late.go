package model

import "time"

// DaysLate counts the working days by which a day has passed on today: 0 on the
// day itself, below 0 while it is still to come. What is due on a day on which
// nobody works is due on the next working day (domain.md, working hours and
// holidays count). Days are those of the calendar's time zone. 0 for no day.
func DaysLate(cal Calendar, due Day, today time.Time) int {
	t := due.Time(cal.Opens(today).Location())
	if t.IsZero() {
		return 0
	}
	t = t.Add(12 * time.Hour) // noon is on the same day whatever the clocks do
	if !cal.Workday(t) {
		t = AddWorkdays(cal, t, 1)
	}
	return WorkdaysBetween(cal, t, today)
}

// LimboOf gives the limbo of a customer who waits for word since a moment; nil
// before it is worth a warning (article 002: three days in the dark feel
// endless). The hours of closed days do not count.
func LimboOf(cal Calendar, t Thresholds, since Stamp, now time.Time) *Limbo {
	return LimboAfter(t, since, OpenDaysElapsed(cal, since.Time(), now))
}

// LimboAfter is [LimboOf] for who knows how long the customer waited, closed
// days left out.
func LimboAfter(t Thresholds, since Stamp, waited time.Duration) *Limbo {
	if waited < time.Duration(t.LimboWarnHours)*time.Hour {
		return nil
	}
	return &Limbo{Since: since, Waited: waited, Red: waited >= time.Duration(t.LimboRedHours)*time.Hour}
}

// KeptRate counts promises that were kept or broken. Dropped and open ones
// count for nothing.
type KeptRate struct{ Kept, Broken int }

// Closed is how many promises the rate is taken of.
func (k KeptRate) Closed() int { return k.Kept + k.Broken }

// Percent gives the share of kept promises, rounded to a whole percent; false
// where none was closed. 100 stands for all and 0 for none of them alone.
func (k KeptRate) Percent() (int, bool) {
	n := k.Closed()
	if n == 0 {
		return 0, false
	}
	p := (k.Kept*200 + n) / (2 * n)
	if k.Broken > 0 {
		p = min(p, 99)
	}
	if k.Kept > 0 {
		p = max(p, 1)
	}
	return p, true
}

func (k *KeptRate) count(p *Promise) {
	switch p.State {
	case PromiseKept:
		k.Kept++
	case PromiseBroken:
		k.Broken++
	case PromiseOpen, PromiseDropped:
	}
}

// KeptOf gives the rate of one side over promises, as those of a customer
// (domain.md, promises kept).
func KeptOf(all []*Promise, side Side) KeptRate {
	var k KeptRate
	for _, p := range all {
		if p.Side == side {
			k.count(p)
		}
	}
	return k
}

// KeptBy gives the rate of our promises for each colleague who was to keep
// them. Those without a closed promise are not in it.
func KeptBy(all []*Promise) map[ID]KeptRate {
	out := map[ID]KeptRate{}
	for _, p := range all {
		k := out[p.Who]
		if p.Side == Ours {
			k.count(p)
		}
		if k.Closed() > 0 {
			out[p.Who] = k
		}
	}
	return out
}

// Stale gives what changed since the verdict that stands was settled: promises
// of ours that were broken, the newest first (fit.md, Safeguard 5). Nothing
// while the question is being answered anew.
func Stale(d *Detail) []Fact {
	if d.Running() != nil {
		return nil
	}
	return StaleSince(d.Settled(), d.Dealings.Promises)
}

// StaleSince is [Stale] for one settled assessment, nil for none, with the
// promises of its customer.
func StaleSince(a *Assessment, promises []*Promise) []Fact {
	if a == nil || a.Settled == nil {
		return nil
	}
	var out []Fact
	for _, p := range promises {
		if p.Side != Ours || p.State != PromiseBroken || p.Closed == nil || p.Closed.At <= a.Settled.At {
			continue
		}
		f := Fact{Message: Say("fit.stale.broken", "Words", p.Words), At: p.Closed.At}
		i := 0
		for i < len(out) && out[i].At >= f.At {
			i++
		}
		out = append(out, Fact{})
		copy(out[i+1:], out[i:])
		out[i] = f
	}
	return out
}
