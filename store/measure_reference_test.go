package store_test

import (
	"cmp"
	"slices"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
)

// reference counts a book the slow and obvious way: from the plain records, with
// dates as dates and one set of customers for each count. It shares nothing with
// what the book keeps.
type reference struct {
	today      time.Time
	now        model.Stamp
	contacts   []*model.Contact
	surveys    []*model.Survey
	promises   []*model.Promise
	exceptions []*model.Exception
	sightings  []*model.Sighting
	standards  map[model.ID]*model.Standard
	improves   []*model.Improvement
}

// fact is one thing that counts.
type fact struct {
	day      time.Time
	customer model.ID
	topic    string // "" for none
	standard model.ID
	trait    model.Trait
	count    model.Count
	n        int64
	topical  bool // counts under the topic
	general  bool // counts in the whole
}

func dateOf(d model.Day) time.Time { return d.Time(time.UTC) }

func daysBetween(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }

// referenceOf reads the records that stand.
func referenceOf(t rapid.TB, b *store.Book, now time.Time) *reference {
	r := &reference{today: dateOf(model.DayOf(now)), now: model.StampOf(now), standards: map[model.ID]*model.Standard{}}
	err := b.Engine().View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
			if k[0] == 'j' || k[0] == 'y' {
				return true
			}
			rec, err := store.DecodeRecord(k, v)
			if err != nil {
				t.Fatal(err)
			}
			switch x := rec.(type) {
			case *model.Contact:
				if x.Withdrawn == nil {
					r.contacts = append(r.contacts, x)
				}
			case *model.Survey:
				if x.Withdrawn == nil {
					r.surveys = append(r.surveys, x)
				}
			case *model.Promise:
				r.promises = append(r.promises, x)
			case *model.Exception:
				if x.Withdrawn == nil {
					r.exceptions = append(r.exceptions, x)
				}
			case *model.Sighting:
				if x.Withdrawn == nil && (x.Contested == nil || x.Upheld != nil) {
					r.sightings = append(r.sightings, x)
				}
			case *model.Standard:
				r.standards[x.ID] = x
			case *model.Improvement:
				r.improves = append(r.improves, x)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(r.contacts, func(a, b *model.Contact) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(string(a.ID[:]), string(b.ID[:])))
	})
	return r
}

// thread gives the contacts of the same customer on the same topic, in order.
func (r *reference) thread(c *model.Contact) (out []*model.Contact) {
	for _, o := range r.contacts {
		if o.Customer == c.Customer && o.Topic == c.Topic {
			out = append(out, o)
		}
	}
	return out
}

// near tells whether an incoming contact came on the same matter at most so many
// days before, or after.
func (r *reference) near(c *model.Contact, days int) (before, after bool) {
	thread := r.thread(c)
	at := slices.Index(thread, c)
	for i, o := range thread {
		switch gap := daysBetween(dateOf(o.Day), dateOf(c.Day)); {
		case o.Out:
		case i < at && gap <= days:
			before = true
		case i > at && -gap <= days:
			after = true
		}
	}
	return before, after
}

// answered gives the days until a matter that began with a contact was answered;
// false when the contact began none, or nobody answered.
func (r *reference) answered(c *model.Contact) (days int, ok bool) {
	var begin *model.Contact
	var last time.Time
	for _, o := range r.thread(c) {
		day := dateOf(o.Day)
		if begin != nil && daysBetween(last, day) > 14 {
			begin = nil // let lie
		}
		last = day
		if begin == nil && !o.Out {
			begin = o
		}
		if begin != nil && o.Answered {
			if begin == c {
				return daysBetween(dateOf(begin.Day), day), true
			}
			begin = nil
		}
	}
	return 0, false
}

func (r *reference) facts() (out []fact) {
	yes := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	for _, c := range r.contacts {
		add := func(count model.Count, n int64) {
			out = append(out, fact{day: dateOf(c.Day), customer: c.Customer, topic: c.Topic, count: count, n: n, topical: true, general: true})
		}
		add(model.CountContacts, 1)
		add(model.CountPrimary, int64(c.Minutes[0]))
		add(model.CountService, int64(c.Minutes[1]))
		add(model.CountComplaint, int64(c.Minutes[2]))
		add(model.CountTransfers, int64(c.Transfers))
		add(model.CountPutThrough, yes(c.Transfers > 0))
		add(model.CountToldAgain, yes(c.ToldAgain))
		add(model.CountNumberAgain, yes(c.NumberAgain))
		add(model.CountFailed, yes(c.Failed))
		add(model.CountMissing, yes(c.Missing != ""))
		add(model.CountEffort, yes(c.Effort > 0))
		add(model.CountEffortSum, int64(c.Effort))
		add(model.CountFelt, yes(c.Felt > 0))
		add(model.CountFeltSum, int64(max(0, c.Felt-1)))
		if days, ok := r.answered(c); ok {
			add(model.CountLeads, 1)
			add(model.CountLeadSum, int64(days))
		}
		if c.Out {
			continue
		}
		add(model.CountIncoming, 1)
		add(model.CountAnswered, yes(c.Answered))
		add(model.CountWaits, yes(c.Waited > 0))
		add(model.CountQuick, yes(c.Waited > 0 && c.Waited-1 <= 10))
		age := daysBetween(dateOf(c.Day), r.today)
		before, after := r.near(c, 7)
		if before {
			add(model.CountRepeat, 1)
			add(model.CountRepeatPrimary, int64(c.Minutes[0]))
			add(model.CountRepeatService, int64(c.Minutes[1]))
			add(model.CountRepeatComplaint, int64(c.Minutes[2]))
		} else if age > 7 {
			add(model.CountIssues, 1)
			add(model.CountRight, yes(!after))
		}
		before, after = r.near(c, 14)
		if before {
			add(model.CountRepeatLong, 1)
		} else if age > 14 {
			add(model.CountIssuesLong, 1)
			add(model.CountRightLong, yes(!after))
		}
	}
	for _, s := range r.surveys {
		add := func(topic string, count model.Count, n int64) {
			out = append(out, fact{day: dateOf(s.Day), customer: s.Customer, topic: topic, count: count, n: n, topical: true, general: true})
		}
		if s.Mark > 0 {
			add("", model.CountMarks, 1)
			add("", model.CountMarkSum, int64(s.Mark-1))
		}
		if s.Felt > 0 {
			add("", model.CountFelt, 1)
			add("", model.CountFeltSum, int64(s.Felt-1))
		}
		for _, topic := range s.Topics {
			add(topic, model.CountAnnoyances, 1)
		}
	}
	for _, p := range r.promises {
		count, ok := map[model.Side]map[model.PromiseState]model.Count{
			model.Ours:   {model.PromiseKept: model.CountKept, model.PromiseBroken: model.CountBroken},
			model.Theirs: {model.PromiseKept: model.CountTheirsKept, model.PromiseBroken: model.CountTheirsBroken},
		}[p.Side][p.State]
		if ok {
			out = append(out, fact{day: dateOf(p.ClosedOn), customer: p.Customer, topic: p.Topic, count: count, n: 1, topical: true, general: true})
		}
	}
	for _, e := range r.exceptions {
		add := func(count model.Count, n int64) {
			out = append(out, fact{day: dateOf(e.Day), customer: e.Customer, topic: e.Topic, standard: e.Standard, count: count, n: n,
				topical: e.Topic != "", general: true})
		}
		add(model.CountAsked, 1)
		add(model.CountGranted, yes(e.State == model.ExceptionGranted))
		add(model.CountRefused, yes(e.State == model.ExceptionRefused))
		if e.State == model.ExceptionGranted {
			add(model.CountCost, e.Cost)
		}
		if e.Followed == model.FollowedLost {
			add(model.CountLost, 1)
			add(model.CountLostSum, e.Lost)
		}
	}
	for _, s := range r.sightings {
		out = append(out, fact{day: dateOf(s.Day), customer: s.Customer, trait: s.Trait, count: model.CountSighted, n: 1, general: true})
	}
	return out
}
