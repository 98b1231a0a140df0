package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// set is an action that puts records as they are, so that a test reaches states
// that take months of work otherwise.
type set []model.Record

// Name borrows that of an action which everybody may do.
func (set) Name() model.ActionName { return model.ActFlag }

// Decide puts the records.
func (s set) Decide(_ *model.Env, r model.Reader) (*model.Change, error) {
	ch := &model.Change{Message: model.Say("journal.flag", "Customer", "x")}
	for _, rec := range s {
		was, err := r.Get(rec.Key())
		if err != nil {
			return nil, err
		}
		if was != nil {
			ch.Replace(was, rec)
		} else {
			ch.Add(rec)
		}
	}
	return ch, nil
}

// diary is a book at a random moment, with the records that Today looks at kept
// beside it for a slow and obvious reference.
type diary struct {
	*storetest.Desk
	t    *rapid.T
	now  time.Time
	play *model.Playbook
	cal  model.Calendar

	people       []model.ID
	gone         model.ID
	owner        map[model.ID]model.ID
	clients      []model.ID
	contacts     []*model.Contact
	promises     []*model.Promise
	terms        []*model.Terms
	fits         []*model.Assessment // in the order of their ids
	hurts        []*model.Hurt
	improvements map[model.ID]*model.Improvement
	farewells    []*model.Farewell
	sightings    []*model.Sighting
}

// moments are days around which days off and changes of the clock lie: King's
// Day, a change of the clock each way, Christmas, the Belgian national day and a
// plain week.
var moments = []string{"2026-04-27", "2026-03-29", "2026-10-25", "2026-12-25", "2026-07-21", "2026-11-24", "2027-01-01"}

func newDiary(outer testing.TB, t *rapid.T) *diary {
	d := &diary{Desk: storetest.New(outer), t: t, owner: map[model.ID]model.ID{}, improvements: map[model.ID]*model.Improvement{}}
	day, err := time.ParseInLocation(time.DateOnly, rapid.SampledFrom(moments).Draw(t, "around"), storetest.Zone())
	if err != nil {
		t.Fatal(err)
	}
	d.now = day.AddDate(0, 0, rapid.IntRange(-4, 4).Draw(t, "days off")).Add(time.Duration(rapid.IntRange(0, 143).Draw(t, "tens of minutes")) * 10 * time.Minute)
	d.Clock.Set(d.now.AddDate(0, 0, -60))
	s := d.As(model.Solo(d.Admin))
	if rapid.Bool().Draw(t, "Belgian") {
		text, err := s.PlaybookText()
		if err != nil {
			t.Fatal(err)
		}
		d.Must(outer, d.Admin, model.LoadPlaybook{Text: strings.Replace(text, `country = "NL"`, `country = "BE"`, 1)})
	}
	if d.play, d.cal, err = s.Playbook(); err != nil {
		t.Fatal(err)
	}
	d.people = []model.ID{d.Lead, d.Agent, d.Agent2, d.Lead2}
	for i := range rapid.IntRange(1, 4).Draw(t, "customers") {
		owner := rapid.SampledFrom(append([]model.ID{model.NoID}, d.people...)).Draw(t, "owner")
		id := d.Must(outer, d.Agent, model.AddCustomer{Values: map[string]string{"name": fmt.Sprint("Klant ", i), "owner": owner.String()}}).Made
		d.clients, d.owner[id] = append(d.clients, id), owner
	}
	return d
}

func (d *diary) client() model.ID { return rapid.SampledFrom(d.clients).Draw(d.t, "customer") }
func (d *diary) person() model.ID { return rapid.SampledFrom(d.people).Draw(d.t, "person") }

// day is one near the present.
func (d *diary) day() model.Day {
	return model.DayOf(d.now.AddDate(0, 0, rapid.IntRange(-12, 12).Draw(d.t, "day")))
}

// moment is one of the last weeks, on ten minutes.
func (d *diary) moment() model.Stamp {
	return model.StampOf(d.now.Add(-time.Duration(rapid.IntRange(0, 14*144).Draw(d.t, "ago")) * 10 * time.Minute))
}

func (d *diary) rule(at model.Stamp) *model.Ruling {
	who := d.person()
	return &model.Ruling{By: who, Real: who, At: at, Reason: "because"}
}

// record draws one record.
func (d *diary) record(newID func() model.ID) model.Record {
	c, id := d.client(), newID()
	switch rapid.IntRange(0, 6).Draw(d.t, "kind") {
	case 0:
		x := &model.Contact{ID: id, Customer: c, On: d.moment(), Channel: "phone", Topic: rapid.SampledFrom([]string{"invoice", "order"}).Draw(d.t, "topic"),
			By: d.person(), Answered: rapid.Bool().Draw(d.t, "answered")}
		x.At, x.Day = x.On, model.DayOf(x.On.Time().In(d.now.Location()))
		if rapid.IntRange(0, 5).Draw(d.t, "withdrawn") == 0 {
			x.Withdrawn = d.rule(x.On)
		}
		d.contacts = append(d.contacts, x)
		return x
	case 1:
		x := &model.Promise{ID: id, Customer: c, Side: rapid.SampledFrom([]model.Side{model.Ours, model.Theirs}).Draw(d.t, "side"), Words: "words",
			Due: d.day(), State: rapid.SampledFrom([]model.PromiseState{model.PromiseOpen, model.PromiseOpen, model.PromiseBroken, model.PromiseKept}).Draw(d.t, "state"),
			By: d.person(), At: d.moment()}
		if x.Side == model.Ours {
			x.Who = d.person()
		}
		if x.State != model.PromiseOpen {
			x.Closed = d.rule(d.moment())
			x.ClosedOn = model.DayOf(x.Closed.At.Time().In(d.now.Location()))
		}
		d.promises = append(d.promises, x)
		return x
	case 2:
		x := &model.Terms{ID: id, Customer: c, Words: "words", On: d.day(), By: d.person(), AnswerBy: d.day(), At: d.moment(),
			State: rapid.SampledFrom([]model.TermsState{model.TermsStated, model.TermsStated, model.TermsAccepted}).Draw(d.t, "terms")}
		if x.State != model.TermsStated {
			x.Answered = d.rule(x.At)
		}
		d.terms = append(d.terms, x)
		return x
	case 3:
		x := &model.Assessment{ID: id, Customer: c, State: model.FitSettled, Verdict: model.VerdictImprove, Rule: "R7", StartedBy: d.person(),
			StartedAt: d.moment(), Due: d.day(), How: model.SettledAtOnce}
		x.Proposed, x.Settled = d.rule(x.StartedAt), d.rule(d.moment())
		if rapid.IntRange(0, 3).Draw(d.t, "open") == 0 {
			x.State, x.Settled, x.Proposed, x.Due = model.FitOpen, nil, nil, ""
		}
		d.fits = append(d.fits, x)
		return x
	case 4:
		x := &model.Improvement{ID: id, Title: "title", Owner: d.person(), State: rapid.SampledFrom([]model.ImprovementState{model.ImprovementOpen, model.ImprovementDone}).Draw(d.t, "improvement"),
			MadeBy: d.Agent, At: d.moment()}
		if x.State == model.ImprovementDone {
			x.Ended = d.rule(d.moment())
		}
		d.improvements[id] = x
		return x
	case 5:
		x := &model.Farewell{ID: id, Customer: c, State: model.FarewellGoing, Begun: d.rule(d.moment()), Contact: d.person()}
		if rapid.Bool().Draw(d.t, "said") {
			x.Done = map[model.FarewellStep]*model.Ruling{}
			for _, s := range model.FarewellSteps() {
				if s != model.StepOutcome {
					x.Done[s] = d.rule(x.Begun.At)
				}
			}
			x.AskOutcome = d.day()
		}
		d.farewells = append(d.farewells, x)
		return x
	}
	x := &model.Sighting{ID: id, Customer: c, Trait: model.TraitBrazen, Signal: "snapped", Step: 2, On: d.moment(), By: d.person(), At: d.moment()}
	x.Day = model.DayOf(x.On.Time().In(d.now.Location()))
	x.Lapses = model.StampOf(d.now.Add(time.Duration(rapid.IntRange(-20*144, 40*144).Draw(d.t, "lapses")) * 10 * time.Minute))
	if rapid.IntRange(0, 4).Draw(d.t, "contested") == 0 {
		x.Contested = d.rule(x.At)
	}
	d.sightings = append(d.sightings, x)
	return x
}

// fill puts records in the book, hurts last, and has somebody leave.
func (d *diary) fill() {
	newID := storetest.IDs(d.Clock)
	var all set
	for range rapid.IntRange(0, 25).Draw(d.t, "records") {
		all = append(all, d.record(newID))
	}
	for id := range d.improvements {
		for _, c := range d.clients {
			if rapid.Bool().Draw(d.t, "hurt") {
				h := &model.Hurt{Improvement: id, Customer: c, At: d.moment(), By: d.Agent}
				if rapid.IntRange(0, 2).Draw(d.t, "told") == 0 {
					h.Told = d.rule(h.At)
				}
				d.hurts, all = append(d.hurts, h), append(all, h)
			}
		}
	}
	slices.SortFunc(d.fits, func(a, b *model.Assessment) int { return strings.Compare(string(a.Key()), string(b.Key())) })
	d.Clock.Set(d.now.Add(-time.Minute))
	do := func(who model.ID, a model.Action) {
		if _, err := d.Do(context.Background(), model.Solo(who), a); err != nil {
			d.t.Fatal(err)
		}
	}
	if len(all) > 0 {
		do(d.Agent, all)
	}
	if rapid.IntRange(0, 2).Draw(d.t, "somebody leaves") == 0 {
		d.gone = d.Agent2
		do(d.Admin, model.RemovePerson{Person: d.gone})
	}
	d.Clock.Set(d.now)
}
