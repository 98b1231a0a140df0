package store_test

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
)

// sum adds facts up, with the distinct customers behind each count.
func sum(facts []fact, keep func(*fact) bool) (t, behind model.Tally) {
	var who [model.Counts]map[model.ID]bool
	for i := range facts {
		f := &facts[i]
		if f.n == 0 || !keep(f) {
			continue
		}
		t[f.count] += f.n
		if who[f.count] == nil {
			who[f.count] = map[model.ID]bool{}
		}
		who[f.count][f.customer] = true
	}
	for c, set := range who {
		behind[c] = int64(len(set))
	}
	return t, behind
}

// span gives the first and the last day of a period.
func (r *reference) span(months int, until model.Day) (from, to time.Time) {
	if months == 0 {
		months = 12
	}
	end := r.today
	if until != "" && dateOf(until).Before(end) {
		end = dateOf(until)
	}
	first := time.Date(end.Year(), end.Month(), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 1-months, 0), first.AddDate(0, 1, -1)
}

func (r *reference) thermometer(play *model.Playbook, req model.ThermometerRequest) model.Thermometer {
	from, to := r.span(req.Months, req.Until)
	facts := r.facts()
	within := func(f *fact, from, to time.Time) bool {
		if req.Topic != "" && (!f.topical || f.topic != req.Topic) {
			return false
		}
		return !f.day.Before(from) && !f.day.After(to)
	}
	m := model.Thermometer{From: model.DayOf(from), Until: min(model.DayOf(to), model.DayOf(r.today)), Topics: []model.TopicTally{}}
	m.Total, m.Behind = sum(facts, func(f *fact) bool { return within(f, from, to) })
	for month := from; month.Before(to); month = month.AddDate(0, 1, 0) {
		t, behind := sum(facts, func(f *fact) bool { return within(f, month, month.AddDate(0, 1, -1)) })
		m.Months = append(m.Months, model.MonthTally{Month: model.DayOf(month).Month(), Tally: t, Customers: int(behind[model.CountContacts])})
	}
	topics := map[string]bool{}
	for _, f := range facts {
		if f.n != 0 && f.topical && f.topic != "" && within(&f, from, to) {
			topics[f.topic] = true
		}
	}
	for _, c := range r.contacts { // a topic with nothing but issues that wait is a line as well
		if day := dateOf(c.Day); !day.Before(from) && !day.After(to) && (req.Topic == "" || req.Topic == c.Topic) {
			topics[c.Topic] = true
		}
	}
	for topic := range topics {
		t, behind := sum(facts, func(f *fact) bool { return within(f, from, to) && f.topical && f.topic == topic })
		m.Topics = append(m.Topics, model.TopicTally{Key: topic, Tally: t, Behind: behind})
	}
	slices.SortFunc(m.Topics, func(a, b model.TopicTally) int {
		return cmp.Or(cmp.Compare(b.Tally[model.CountContacts], a.Tally[model.CountContacts]), cmp.Compare(a.Key, b.Key))
	})
	last := to.AddDate(0, 0, 1)
	m.Now, _ = sum(facts, func(f *fact) bool { return within(f, last.AddDate(0, -3, 0), to) })
	m.Then, _ = sum(facts, func(f *fact) bool { return within(f, last.AddDate(0, -9, 0), last.AddDate(0, -6, -1)) })
	met := map[model.ID]bool{}
	for _, c := range r.contacts {
		day := dateOf(c.Day)
		if day.Before(from) || day.After(to) || req.Topic != "" && c.Topic != req.Topic {
			continue
		}
		met[c.Customer] = true
		if before, _ := r.near(c, 7); !c.Out && !before && daysBetween(day, r.today) <= 7 {
			m.Pending++
		}
	}
	traits := [4]map[model.ID]bool{{}, {}, {}, {}}
	any := map[model.ID]bool{}
	for _, s := range r.sightings {
		if r.now < s.Lapses && (req.Topic == "" || met[s.Customer]) {
			traits[s.Trait.Number()-1][s.Customer] = true
			any[s.Customer] = true
		}
	}
	for i, set := range traits {
		m.Demanding[i] = len(set)
	}
	m.AnyTrait = len(any)
	for id := range any {
		met[id] = true
	}
	m.InTouch = len(met)
	m.Silent = len(r.silent(from, to, req.Topic))
	minutes := [3]int64{m.Total[model.CountRepeatPrimary], m.Total[model.CountRepeatService], m.Total[model.CountRepeatComplaint]}
	var sixty int64
	for i, n := range minutes {
		sixty += n * play.Desk.Rates[i]
	}
	m.RepeatCost = (sixty + 30) / 60
	return m
}

// silent gives the silent customers with how often service failed them.
func (r *reference) silent(from, to time.Time, topic string) map[model.ID]int {
	type newest struct {
		survey *model.Survey
		times  int
	}
	all := map[model.ID]newest{}
	for _, s := range r.surveys {
		day := dateOf(s.Day)
		if day.Before(from) || day.After(to) || s.Mark-1 < 6 || s.Mark-1 > 8 {
			continue
		}
		times := 0
		for _, c := range r.contacts {
			gap := daysBetween(dateOf(c.Day), day)
			if c.Customer == s.Customer && c.Failed && gap >= 0 && gap <= 180 && (topic == "" || c.Topic == topic) {
				times++
			}
		}
		if had, ok := all[s.Customer]; times > 0 && (!ok || had.survey.Day <= s.Day) {
			all[s.Customer] = newest{s, times}
		}
	}
	out := map[model.ID]int{}
	for id, n := range all {
		out[id] = n.times
	}
	return out
}

// mirror gives the lines of the mirror by what they are called.
func (r *reference) mirror(play *model.Playbook) (procedures map[string]model.ProcedureLine, topics map[string]model.TopicTally) {
	from, to := r.span(0, "")
	facts := r.facts()
	within := func(f *fact) bool { return !f.day.Before(from) && !f.day.After(to) }
	procedures, topics = map[string]model.ProcedureLine{}, map[string]model.TopicTally{}
	for id, s := range r.standards {
		t, behind := sum(facts, func(f *fact) bool { return within(f) && f.standard == id })
		if t.Zero() {
			continue
		}
		line := model.ProcedureLine{Standard: s, Tally: t, Behind: behind}
		for _, i := range r.improves {
			if i.Standard == id && i.State != model.ImprovementDropped {
				line.Improves = append(line.Improves, i)
			}
		}
		procedures[s.Name] = line
	}
	for _, topic := range play.Desk.Topics {
		t, behind := sum(facts, func(f *fact) bool { return within(f) && f.topical && f.topic == topic.ID })
		if topic.Friction && t[model.CountAnnoyances]+t[model.CountRefused]+t[model.CountFailed] > 0 {
			topics[topic.ID] = model.TopicTally{Key: topic.ID, Tally: t, Behind: behind}
		}
	}
	return procedures, topics
}

// agrees holds every measure of a book against the reference.
func agrees(t rapid.TB, b *store.Book, actor model.Actor) {
	t.Helper()
	s := b.As(actor)
	ref := referenceOf(t, b, s.Now())
	play, _, err := s.Playbook()
	if err != nil {
		t.Fatal(err)
	}
	for _, req := range []model.ThermometerRequest{{}, {Months: 1}, {Months: 36}, {Months: 2, Until: model.DayOf(s.Now().AddDate(0, -1, 0))},
		{Topic: "invoice"}, {Topic: "lead-time", Months: 3}, {Topic: "product"}} {
		got, err := s.Thermometer(context.Background(), req, nil)
		if err != nil {
			t.Fatal(err)
		}
		got.Rev = 0
		if want := ref.thermometer(play, req); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\ngot  %s\nwant %s", req, wordsOf(&got), wordsOf(&want))
		}
	}
	lines, err := s.Silent(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	silent := map[model.ID]int{}
	for _, l := range lines {
		silent[l.Customer] = l.Times
	}
	from, to := ref.span(0, "")
	if want := ref.silent(from, to, ""); !reflect.DeepEqual(silent, want) {
		t.Fatalf("silent: got %v, want %v", silent, want)
	}
	m, err := s.Mirror(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	procedures, topics := map[string]model.ProcedureLine{}, map[string]model.TopicTally{}
	for _, l := range m.Procedures {
		procedures[l.Standard.Name] = l
	}
	for _, l := range m.Topics {
		topics[l.Key] = l
	}
	wantProcedures, wantTopics := ref.mirror(play)
	if !reflect.DeepEqual(procedures, wantProcedures) || !reflect.DeepEqual(topics, wantTopics) {
		t.Fatalf("mirror: got %+v %+v\nwant %+v %+v", procedures, topics, wantProcedures, wantTopics)
	}
}
