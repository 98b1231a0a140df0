package store

import (
	"context"
	"errors"

	"pasvorm/model"
)

// Periods of a measure, in months.
const (
	usualMonths = 12
	mostMonths  = 36
	driftMonths = 3 // how long a look at drift takes on each side
	driftBack   = 6 // and how far they lie apart
)

// period is the run of whole months that a measure is taken over. Of a month
// that is running there is no more than until today.
type period struct {
	first, last monthNumber
	from, until dayNumber // until is shown: today, when the last month is running
}

// periodOf gives so many months, 12 for 0 and 36 at most, up to and with the
// month of a day; "" and days to come are today.
func periodOf(today model.Day, months int, until model.Day) period {
	if months <= 0 {
		months = usualMonths
	}
	if _, ok := model.ParseDay(string(until)); !ok || until == "" || until > today {
		until = today
	}
	p := period{last: numberOf(until).month()}
	p.first = p.last - monthNumber(min(months, mostMonths)) + 1 //nolint:gosec // at most 36
	p.from, p.until = p.first.first(), min(p.last.last(), numberOf(today))
	return p
}

// Thermometer gives how the desk does over some months, each count beside the
// number of distinct customers behind it (articles 002 and 003). The period is
// made of whole calendar months of the desk and ends with the month of
// req.Until, or today while that month is running. What is counted, and on
// which day, is told at [model.Count]; here is what is made of it:
//
//   - Right first time (article 003) is the share of issues with one contact. An
//     issue is a run of incoming contacts of one customer on one topic in which
//     each comes at most 7 (or 14) calendar days after the one before; contacts
//     on the 7th day after still belong to it. It counts on the day it began.
//     One that began 7 (14) days ago or later can still turn out otherwise: it
//     is in neither CountIssues nor CountRight, whether a contact followed yet
//     or not, so that fresh failures do not weigh more than fresh successes.
//     Pending tells how many there are under the window of 7 days.
//   - Repeat traffic (article 003) is what follows in an issue after its first
//     contact, on its own day and at once, in contacts and minutes; RepeatCost
//     takes the playbook's rates. That we call back is no repeat.
//   - Sums come from tallies by day. Behind, Months.Customers and Topics.Behind
//     are distinct customers and come from tallies by month and customer: one
//     customer counts once over the whole period, however often they came.
//   - Over all topics an exception counts once, by the standard that was asked
//     to bend, and sightings count as well; with req.Topic only what names that
//     topic counts. Marks, and promises without a topic, have no topic: they
//     are in the total and in no line of Topics.
//   - Now and Then compare the three months up to the end with the three that
//     lie six months before them (article 003: expectations drift), also where
//     the period is shorter.
//   - Demanding and AnyTrait count customers with a sighting that is live now
//     (article 000), InTouch all customers whom we met in the period: those with
//     a contact, and those with a live sighting although nobody noted a
//     contact. So the share never is more than the whole. With req.Topic all
//     three are among the customers with a contact on it.
//   - Silent is the number of lines that [Session.Silent] gives; with req.Topic
//     only failures on that topic count.
//
// Progress, where given, hears how many contacts of the period were seen.
// It ends early with ctx.
func (s *Session) Thermometer(ctx context.Context, req model.ThermometerRequest, progress func(done, total int)) (model.Thermometer, error) {
	var out model.Thermometer
	err := s.snapshot(func(v *view) error {
		play, _, _, err := s.book.playbookAt(v.tx)
		if err != nil {
			return err
		}
		g, err := newGauge(ctx, v, model.DayOf(s.book.now()), req, progress)
		if err != nil {
			return err
		}
		for _, part := range []func() error{g.days, g.customers, g.demanding} {
			if err := part(); err != nil {
				return err
			}
		}
		err = v.silent(ctx, g.period, req.Topic, func(silent) { g.out.Silent++ })
		if err != nil {
			return err
		}
		g.out.RepeatCost = play.Desk.Rates.Cost(g.out.Total.RepeatMinutes())
		out = g.out
		return nil
	})
	return out, err
}

// gauge is the work on one thermometer.
type gauge struct {
	v      *view
	topic  string // "" for all
	period period
	judge  judging
	steps  steps
	crowd  *crowd
	met    []monthNumber // by place: the newest month with a contact
	topics map[string]*model.TopicTally
	asked  map[string]*model.Tally // by standard
	out    model.Thermometer
}

func newGauge(ctx context.Context, v *view, today model.Day, req model.ThermometerRequest, progress func(done, total int)) (*gauge, error) {
	sums, err := loadTotals(v.der)
	if err != nil {
		return nil, err
	}
	p := periodOf(today, req.Months, req.Until)
	g := &gauge{v: v, topic: req.Topic, period: p, judge: judgingOn(numberOf(today)), crowd: newCrowd(sums.Customers),
		steps: steps{ctx: ctx, progress: progress}, topics: map[string]*model.TopicTally{}, asked: map[string]*model.Tally{}}
	g.out = model.Thermometer{From: p.from.day(), Until: p.until.day(), Rev: model.Rev(v.tx.Rev()), Topics: []model.TopicTally{}}
	for m := p.first; m <= p.last; m++ {
		g.out.Months = append(g.out.Months, model.MonthTally{Month: m.month()})
	}
	return g, nil
}

// exceptionCounts are the counts of an exception: the same one counts by its
// standard and, where it has one, by its topic.
const exceptionFirst, exceptionLast = model.CountAsked, model.CountLostSum

// dimensions gives what is counted: all of them, or the one that knows topics.
func (g *gauge) dimensions() []model.Dimension {
	if g.topic != "" {
		return []model.Dimension{model.ByTopic}
	}
	return []model.Dimension{model.ByTopic, model.ByStandard, model.ByTrait}
}

// days sums up the tallies of days.
func (g *gauge) days() error {
	p := g.period
	from := min(p.first, p.last-driftBack-driftMonths+1)
	for _, dim := range g.dimensions() {
		err := eachDaily(g.v.der, dim, from.first(), p.last.last(), func(day dayNumber, key string, t *model.Tally) bool {
			if g.topic == "" || key == g.topic {
				g.day(dim, day, key, t)
			}
			return g.steps.ctx.Err() == nil
		})
		if err = errors.Join(err, g.steps.ctx.Err()); err != nil {
			return err
		}
	}
	g.steps.total = int(g.out.Total[model.CountContacts])
	return nil
}

// day adds one tally where it belongs.
func (g *gauge) day(dim model.Dimension, day dayNumber, key string, t *model.Tally) {
	pending := g.judge.strip(day, t)
	month, inside := day.month(), day >= g.period.from
	switch {
	case inside && dim == model.ByTopic && key != "":
		g.line(key).Tally.Add(t, 1)
	case inside && dim == model.ByStandard:
		if g.asked[key] == nil {
			g.asked[key] = &model.Tally{}
		}
		g.asked[key].Add(t, 1)
	}
	if dim == model.ByTopic && g.topic == "" {
		for c := exceptionFirst; c <= exceptionLast; c++ {
			t[c] = 0 // counts by its standard
		}
	}
	switch back := g.period.last - month; {
	case back < driftMonths:
		g.out.Now.Add(t, 1)
	case back >= driftBack && back < driftBack+driftMonths:
		g.out.Then.Add(t, 1)
	}
	if inside {
		g.out.Pending += int(pending)
		g.out.Total.Add(t, 1)
		g.out.Months[month-g.period.first].Tally.Add(t, 1)
	}
}

// line gives the line of a topic.
func (g *gauge) line(topic string) *model.TopicTally {
	l := g.topics[topic]
	if l == nil {
		l = &model.TopicTally{Key: topic}
		g.topics[topic] = l
	}
	return l
}
