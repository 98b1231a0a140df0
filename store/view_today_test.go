package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// line words what is expected of an item, to compare.
func line(kind model.TodayKind, key model.Key, late int, who model.ID) string {
	return fmt.Sprintf("%s %s late %d who %s", kind, key, late, who)
}

func (d *diary) work(t time.Time) bool { return d.cal.Workday(t) }

// late counts working days one by one.
func (d *diary) late(day model.Day) int {
	noon := func(x model.Day) time.Time { // by the clock, for a day may have 23 or 25 hours
		y, m, n := x.Time(d.now.Location()).Date()
		return time.Date(y, m, n, 12, 0, 0, 0, d.now.Location())
	}
	due := noon(day)
	for !d.work(due) {
		due = due.AddDate(0, 0, 1)
	}
	today := noon(model.DayOf(d.now))
	n := 0
	for x := due; x.Before(today); {
		if x = x.AddDate(0, 0, 1); d.work(x) {
			n++
		}
	}
	for x := today; x.Before(due); {
		if x = x.AddDate(0, 0, 1); d.work(x) {
			n--
		}
	}
	return n
}

// waited counts open time in steps of ten minutes.
func (d *diary) waited(since model.Stamp) time.Duration {
	var sum time.Duration
	for t := since.Time(); t.Before(d.now); t = t.Add(10 * time.Minute) {
		if d.work(t) {
			sum += 10 * time.Minute
		}
	}
	return sum
}

// first gives the first who is still of the desk.
func (d *diary) first(ids ...model.ID) model.ID {
	for _, id := range ids {
		if id != model.NoID && id != d.gone {
			return id
		}
	}
	return model.NoID
}

// want is what Today should hold.
func (d *diary) want() []string {
	var out []string
	today, soon := model.DayOf(d.now), -d.play.Desk.DueSoonDays
	for _, c := range d.clients {
		if since, ok := d.limbo(c); ok && d.waited(since) >= time.Duration(d.play.Thresholds.LimboWarnHours)*time.Hour {
			out = append(out, line(model.TodayLimbo, model.CustomerKey(c), 0, d.first(d.owner[c])))
		}
	}
	for _, p := range d.promises {
		n := d.late(p.Due)
		switch {
		case p.State != model.PromiseOpen || n < soon:
		case p.Side == model.Ours:
			out = append(out, line(model.TodayPromise, p.Key(), n, d.first(p.Who, d.owner[p.Customer])))
		default:
			out = append(out, line(model.TodayTheirs, p.Key(), n, d.first(d.owner[p.Customer], p.By)))
		}
	}
	for _, x := range d.terms {
		if n := d.late(x.AnswerBy); x.State == model.TermsStated && n >= soon {
			out = append(out, line(model.TodayTerms, x.Key(), n, d.first(x.By, d.owner[x.Customer])))
		}
	}
	for _, c := range d.clients {
		if a, running := d.verdict(c); a != nil && (a.Due <= today || !running && d.broken(a)) {
			out = append(out, line(model.TodayFit, a.Key(), d.late(a.Due), d.first(d.owner[c], a.Settled.By)))
		}
	}
	for _, h := range d.hurts {
		if i := d.improvements[h.Improvement]; h.Told == nil && i.State == model.ImprovementDone {
			out = append(out, line(model.TodayTell, h.Key(), d.late(model.DayOf(i.Ended.At.Time().In(d.now.Location()))), d.first(d.owner[h.Customer], i.Owner)))
		}
	}
	for _, f := range d.farewells {
		switch who := d.first(f.Contact, d.owner[f.Customer], f.Begun.By); {
		case f.Done == nil:
			out = append(out, line(model.TodayFarewell, f.Key(), 0, who))
		case f.AskOutcome <= today:
			out = append(out, line(model.TodayFarewell, f.Key(), d.late(f.AskOutcome), who))
		}
	}
	for _, g := range d.sightings {
		at := g.Lapses.Time()
		if g.Contested == nil && at.After(d.now) && !at.After(d.now.AddDate(0, 0, d.play.Desk.LapseWarnDays)) {
			out = append(out, line(model.TodayLapse, g.Key(), d.late(model.DayOf(at.In(d.now.Location()))), d.first(d.owner[g.Customer], g.By)))
		}
	}
	slices.Sort(out)
	return out
}

// limbo tells since when a customer waits for word.
func (d *diary) limbo(c model.ID) (model.Stamp, bool) {
	last := map[string]*model.Contact{}
	newest := model.Stamp(0)
	for _, x := range d.contacts {
		if x.Customer != c || x.Withdrawn != nil {
			continue
		}
		newest = max(newest, x.On)
		if l := last[x.Topic]; l == nil || x.On > l.On || x.On == l.On && string(x.Key()) > string(l.Key()) {
			last[x.Topic] = x
		}
	}
	for _, p := range d.promises {
		if p.Customer == c && p.Side == model.Ours && p.State == model.PromiseOpen {
			return 0, false
		}
	}
	for _, x := range last {
		if !x.Answered {
			return newest, true
		}
	}
	return 0, false
}

// verdict is the newest settled assessment, and whether one is running.
func (d *diary) verdict(c model.ID) (last *model.Assessment, running bool) {
	for _, a := range d.fits {
		switch {
		case a.Customer != c:
		case a.State == model.FitSettled:
			last = a
		default:
			running = true
		}
	}
	return last, running
}

func (d *diary) broken(a *model.Assessment) bool {
	return slices.ContainsFunc(d.promises, func(p *model.Promise) bool {
		return p.Customer == a.Customer && p.Side == model.Ours && p.State == model.PromiseBroken && p.Closed.At > a.Settled.At
	})
}

// got words what Today holds, and checks its counts, names and order.
func (d *diary) got(mine bool, who model.ID) []string {
	t, err := d.As(model.Solo(who)).Today(mine)
	if err != nil {
		d.t.Fatal(err)
	}
	out := make([]string, 0, len(t.Items))
	counts := map[model.TodayKind]int{}
	place := func(k model.TodayKind) int { return slices.Index(model.TodayKinds(), k) }
	for i, it := range t.Items {
		counts[it.Kind]++
		key := model.CustomerKey(it.Customer)
		switch {
		case it.Promise != nil:
			key = it.Promise.Key()
		case it.Terms != nil:
			key = it.Terms.Key()
		case it.Assessment != nil:
			key = it.Assessment.Key()
			if a, running := d.verdict(it.Customer); (len(it.Stale) > 0) != (!running && d.broken(a)) {
				d.t.Fatalf("stale: %v of %+v", it.Stale, a)
			}
		case it.Hurt != nil:
			key = it.Hurt.Hurt.Key()
		case it.Farewell != nil:
			key = it.Farewell.Key()
		case it.Sighting != nil:
			key = it.Sighting.Key()
		case it.Limbo == nil:
			d.t.Fatalf("an empty line: %+v", it)
		}
		if it.Limbo != nil && (it.Limbo.Waited != d.waited(it.Limbo.Since) || it.Limbo.Red != (it.Limbo.Waited >= time.Duration(d.play.Thresholds.LimboRedHours)*time.Hour)) {
			d.t.Fatalf("waited %v since %v, want %v", it.Limbo.Waited, it.Limbo.Since.Time(), d.waited(it.Limbo.Since))
		}
		if (it.Who == "") != (it.WhoID == model.NoID) || it.Name == "" {
			d.t.Fatalf("nameless: %+v", it)
		}
		if i > 0 {
			was := t.Items[i-1]
			urgent := was.Kind != it.Kind || it.Kind == model.TodayFit || it.Kind == model.TodayFarewell || it.Late <= was.Late
			if it.Limbo != nil && was.Limbo != nil {
				urgent = it.Limbo.Since >= was.Limbo.Since
			}
			if place(was.Kind) > place(it.Kind) || !urgent {
				d.t.Fatalf("%+v stands before %+v", was, it)
			}
		}
		out = append(out, line(it.Kind, key, it.Late, it.WhoID))
	}
	for _, k := range model.TodayKinds() {
		if t.Counts[k] != counts[k] || t.More[k] {
			d.t.Fatalf("%s: counted %d (more: %v), shown %d", k, t.Counts[k], t.More[k], counts[k])
		}
	}
	slices.Sort(out)
	return out
}

// TestTodayEqualsTheObvious holds Today against a look at every record, at
// random moments around days off and changes of the clock.
func TestTodayEqualsTheObvious(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDiary(t, rt)
		d.fill()
		want := d.want()
		if got := d.got(false, d.Lead); !slices.Equal(got, want) {
			rt.Fatalf("at %v Today holds\n%s\nand should hold\n%s", d.now, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if sums, err := d.As(model.Solo(d.Lead)).Totals(); err != nil || sums.Today != len(want) {
			rt.Fatalf("%d lines of Today, %d in the totals, %v", len(want), sums.Today, err)
		}
		for _, who := range []model.ID{d.Lead, d.Agent} {
			of := slices.DeleteFunc(slices.Clone(want), func(s string) bool { return !strings.HasSuffix(s, who.String()) })
			if got := d.got(true, who); !slices.Equal(got, of) {
				rt.Fatalf("at %v there falls to somebody\n%s\nand should fall\n%s", d.now, strings.Join(got, "\n"), strings.Join(of, "\n"))
			}
		}
	})
}

// What is remembered of days gives the same as counting them.
func TestWaitedIsRemembered(t *testing.T) {
	d := storetest.New(t)
	_, cal, err := d.As(model.Solo(d.Admin)).Playbook()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		now := storetest.Start.Add(time.Duration(rapid.Int64Range(0, int64(400*24*time.Hour)).Draw(rt, "now")))
		waited := store.Waited(cal, now)
		for range rapid.IntRange(1, 8).Draw(rt, "times") {
			since := now.Add(-time.Duration(rapid.Int64Range(-int64(time.Hour), int64(11*366*24*time.Hour)).Draw(rt, "ago")))
			if got, want := waited(since), model.OpenDaysElapsed(cal, since, now); got != want {
				rt.Fatalf("from %v to %v: %v, want %v", since, now, got, want)
			}
		}
	})
}
