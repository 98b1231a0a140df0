package store_test

import (
	"context"
	"errors"
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

// wordsOf writes a thermometer down with the counts that are not zero.
func wordsOf(m *model.Thermometer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s to %s pending %d silent %d demanding %v of %d any %d cost %d\n total %v\n behind %v\n now %v\n then %v\n",
		m.From, m.Until, m.Pending, m.Silent, m.Demanding, m.InTouch, m.AnyTrait, m.RepeatCost,
		countsOf(&m.Total), countsOf(&m.Behind), countsOf(&m.Now), countsOf(&m.Then))
	for _, x := range m.Months {
		fmt.Fprintf(&b, " %s %d %v\n", x.Month, x.Customers, countsOf(&x.Tally))
	}
	for _, x := range m.Topics {
		fmt.Fprintf(&b, " %s %v %v\n", x.Key, countsOf(&x.Tally), countsOf(&x.Behind))
	}
	return b.String()
}

// dealer is a desk at which random dealings with customers are noted.
type dealer struct {
	*storetest.Desk
	t       *rapid.T
	clients []model.ID
	narrow  bool // much about one thing with one customer, in little time
	done    []model.Rev
}

func newDealer(outer testing.TB, t *rapid.T) *dealer {
	d := &dealer{Desk: storetest.New(outer), t: t}
	d.narrow = d.yes("narrow")
	for _, name := range []string{"Petra Jansen", "Willem de Vries", "'t Hart"} {
		if d.narrow && len(d.clients) > 0 {
			break
		}
		d.clients = append(d.clients, d.Customer(outer, name))
	}
	return d
}

func drawOf[T any](d *dealer, what string, from ...T) T {
	return rapid.SampledFrom(from).Draw(d.t, what)
}

func (d *dealer) number(what string, from, to int) int {
	return rapid.IntRange(from, to).Draw(d.t, what)
}

func (d *dealer) yes(what string) bool { return rapid.Bool().Draw(d.t, what) }

// perhaps is nil or a number.
func (d *dealer) perhaps(what string, to int) *int {
	if n := d.number(what, -1, to); n >= 0 {
		return &n
	}
	return nil
}

// moment lies in the last fourteen months, mostly in the last two, at any hour.
func (d *dealer) moment() time.Time {
	days := d.number("days ago", 0, 60)
	if !d.narrow && d.number("long ago", 0, 3) == 0 {
		days = d.number("days ago", 0, 430)
	}
	t := d.Clock.Now().In(storetest.Zone()).AddDate(0, 0, -days)
	t = time.Date(t.Year(), t.Month(), t.Day(), d.number("hour", 0, 23), drawOf(d, "minute", 0, 59), 0, 0, t.Location())
	if t.After(d.Clock.Now()) {
		return d.Clock.Now()
	}
	return t
}

func (d *dealer) day() model.Day { return model.DayOf(d.moment()) }

func (d *dealer) topic() string {
	return drawOf(d, "topic", "invoice", "invoice", "lead-time", "procedure")
}

func (d *dealer) contact(c model.ID) model.Action {
	return model.LogContact{Customer: c, On: model.StampOf(d.moment()), Out: d.number("out", 0, 3) == 0, Channel: "phone", Topic: d.topic(),
		Answered: d.yes("answered"), Minutes: [3]int{d.number("minutes", 0, 3), d.number("minutes", 0, 3), d.number("minutes", 0, 3)},
		Transfers: d.number("transfers", 0, 2), ToldAgain: d.yes("told again"), NumberAgain: d.yes("number again"), Failed: d.yes("failed"),
		Effort: d.number("effort", 0, 7), Waited: d.perhaps("waited", 20), Felt: d.perhaps("felt", 9), Missing: drawOf(d, "missing", "", "when?")}
}

// one gives the id of one of the dealings, or none.
func oneOf[T any](d *dealer, what string, all []T, id func(T) model.ID) model.ID {
	if len(all) == 0 {
		return model.NoID
	}
	return id(rapid.SampledFrom(all).Draw(d.t, what))
}

// action draws something that may be refused.
func (d *dealer) action() model.Action {
	c := drawOf(d, "customer", d.clients...)
	detail, err := d.As(model.Solo(d.Admin)).Customer(c)
	switch {
	case model.KindOf(err) == model.KindNotFound: // merged into another
		detail = &model.Detail{Customer: &model.Customer{}}
	case err != nil:
		d.t.Fatal(err)
	}
	contact := func() *model.Contact {
		if len(detail.Dealings.Contacts) == 0 {
			return &model.Contact{}
		}
		return drawOf(d, "contact", detail.Dealings.Contacts...)
	}
	exception := func() model.ID {
		return oneOf(d, "exception", detail.Dealings.Exceptions, func(x *model.Exception) model.ID { return x.ID })
	}
	promise := func() model.ID {
		return oneOf(d, "promise", detail.Dealings.Promises, func(x *model.Promise) model.ID { return x.ID })
	}
	sighting := func() model.ID {
		return oneOf(d, "sighting", detail.Sightings, func(x *model.Sighting) model.ID { return x.ID })
	}
	what := d.number("what", 0, 21)
	if d.narrow {
		what = d.number("what", 0, 10)
	}
	switch what {
	default:
		return d.contact(c)
	case 20, 21:
		return model.Merge{Keep: drawOf(d, "kept", d.clients...), Gone: c, Typed: detail.Customer.Name}
	case 7, 8:
		x := contact()
		was := model.ContactValues(x, storetest.Zone())
		now := map[string]string{"contact.topic": d.topic(), "contact.out": drawOf(d, "out", "", "yes"), "contact.answered": drawOf(d, "answered", "", "yes")}
		if d.yes("other day") {
			now["contact.day"] = string(d.day())
		}
		return model.EditContact{Customer: c, Contact: x.ID, Was: was, Now: now}
	case 9:
		return model.WithdrawContact{Customer: c, Contact: contact().ID, Reason: "by mistake"}
	case 10, 11:
		return model.AddSurvey{Customer: c, Reply: model.Reply{Mark: d.perhaps("mark", 10), Felt: d.perhaps("felt", 9), Describe: "well",
			Topics: drawOf(d, "annoyances", nil, []string{"invoice"}, []string{"lead-time", "procedure"}), On: d.day()}}
	case 12:
		return model.WithdrawSurvey{Customer: c, Survey: oneOf(d, "survey", detail.Dealings.Surveys, func(x *model.Survey) model.ID { return x.ID }), Reason: "of another"}
	case 13:
		return model.MakePromise{Customer: c, Side: drawOf(d, "side", model.Ours, model.Theirs), Words: "words", Topic: drawOf(d, "about", "", "invoice"),
			Due: model.DayOf(d.Clock.Now().In(storetest.Zone()).AddDate(0, 0, 3))}
	case 14:
		return model.ClosePromise{Customer: c, Promise: promise(), State: drawOf(d, "state", model.PromiseKept, model.PromiseBroken, model.PromiseDropped), Reason: "so it went"}
	case 15:
		return model.LogException{Customer: c, Named: drawOf(d, "standard", "show a card", "pay before"), Words: "without",
			State: drawOf(d, "answer", model.ExceptionOpen, model.ExceptionRefused, model.ExceptionGranted), Reason: "reason",
			Cost: int64(d.number("cost", 0, 2)), Topic: drawOf(d, "about", "", "procedure", "invoice"), On: d.day()}
	case 16:
		followed := drawOf(d, "followed", model.FollowedUnknown, model.FollowedStayed, model.FollowedLost)
		return model.SettleException{Customer: c, Exception: exception(), State: drawOf(d, "answer", model.ExceptionRefused, model.ExceptionGranted),
			Reason: "reason", Followed: followed, Lost: map[model.Followed]int64{model.FollowedLost: 7}[followed]}
	case 17:
		return drawOf[model.Action](d, "less", model.WithdrawException{Customer: c, Exception: exception(), Reason: "by mistake"},
			model.Withdraw{Customer: c, Sighting: sighting(), Reason: "by mistake"})
	case 18:
		return model.Tag{Customer: c, Trait: drawOf(d, "trait", model.Traits()...), Words: "seen"}
	case 19:
		return drawOf[model.Action](d, "contest", model.Contest{Customer: c, Sighting: sighting(), Reason: "not so"},
			model.RuleContest{Customer: c, Sighting: sighting(), Uphold: d.yes("uphold"), Reason: "two saw it"})
	}
}

// step lets one thing happen.
func (d *dealer) step(undo bool) {
	if d.number("time passes", 0, 3) == 0 {
		d.Clock.Add(drawOf(d, "time", time.Minute, 26*time.Hour, 9*24*time.Hour, 200*24*time.Hour))
	}
	var r model.Receipt
	var err error
	if undo && d.number("take back", 0, 3) == 0 {
		_, err = d.Undo(context.Background(), model.Solo(d.Lead), 0, d.yes("put back"))
	} else if r, err = d.Do(context.Background(), model.Solo(d.Lead), d.action()); err == nil {
		d.done = append(d.done, r.Rev)
	}
	var e *model.Error
	if err != nil && (!errors.As(err, &e) || slices.Contains([]model.ErrorKind{model.KindInternal, model.KindCorrupt, model.KindReadOnly, model.KindBusy}, e.Kind)) {
		d.t.Fatalf("a step failed oddly: %v", err)
	}
}

// TestMeasuresEqualReference holds what the book counts, after any sequence of
// dealings with undo in it, against a count of the plain records; before and
// after all of it is made anew.
func TestMeasuresEqualReference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDealer(t, rt)
		for range rapid.IntRange(0, 50).Draw(rt, "steps") {
			d.step(true)
		}
		agrees(rt, d.Book, model.Solo(d.Agent))
		healthy(rt, d.Desk)
		stood := derivedOf(d.Desk, store.Spaces()...)
		d.SetLoad(8, 16, rapid.IntRange(1, 20).Draw(rt, "records in a step"), 8)
		if err := d.Rebuild(context.Background(), nil); err != nil {
			rt.Fatal(err)
		}
		if again := derivedOf(d.Desk, store.Spaces()...); again != stood {
			rt.Fatalf("a rebuild gave\n%s\nwhere stood\n%s", again, stood)
		}
		agrees(rt, d.Book, model.Solo(d.Agent))
	})
}

// TestDealingsUndone takes every dealing back, newest first: nothing is left of
// any count.
func TestDealingsUndone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDealer(t, rt)
		first := derivedOf(d.Desk, measuredSpaces...)
		for range rapid.IntRange(0, 30).Draw(rt, "steps") {
			d.step(false)
		}
		for _, rev := range slices.Backward(d.done) {
			if _, err := d.Undo(context.Background(), model.Solo(d.Lead), rev, false); err != nil {
				rt.Fatalf("undo of %d: %v", rev, err)
			}
		}
		if last := derivedOf(d.Desk, measuredSpaces...); last != first {
			rt.Fatalf("left over\n%s", last)
		}
		healthy(rt, d.Desk)
	})
}
