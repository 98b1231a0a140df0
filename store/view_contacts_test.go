package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// call is a contact by telephone about the invoice.
func call(customer model.ID, story string) model.LogContact {
	return model.LogContact{Customer: customer, Channel: "phone", Topic: "invoice", Story: story, Answered: true}
}

func detailOf(t testing.TB, d *storetest.Desk, id model.ID) *model.Detail {
	t.Helper()
	out, err := d.As(model.Solo(d.Agent)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The timeline reads in both directions from any place, whatever is gone there
// since, and gives each contact once.
func TestTimelineReadsBothWays(t *testing.T) {
	d := storetest.New(t)
	id, other := d.Customer(t, "Petra Jansen"), d.Customer(t, "Sam Smit")
	s := d.As(model.Solo(d.Agent))
	d.Must(t, d.Agent, call(other, "somebody else"))
	var want []model.ID // newest first
	for n := range 25 {
		a := call(id, fmt.Sprint(n))
		a.On = model.StampOf(d.Clock.Now().Add(time.Duration(n-60) * time.Hour))
		if n%5 == 4 {
			a.On -= model.Stamp(150*time.Minute) / 1000 // noted after, took place before
		}
		want = append(want, d.Must(t, d.Agent, a).Made)
	}
	on := func(x model.ID) model.Stamp { return contactByID(t, s, id, x).On }
	slices.SortStableFunc(want, func(a, b model.ID) int { return int((on(b) - on(a)) / 1000) })

	first, err := s.Contacts(id, "", 10)
	if err != nil || first.Total != 25 || !first.More || len(first.Contacts) != 10 || first.People[d.Agent] != "Karin" {
		t.Fatalf("%+v, %v", first, err)
	}
	got := ids(first)
	place := first.Places[9]
	for range 3 {
		page, err := s.Contacts(id, place, 10)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, ids(page)...)
		if !page.More {
			break
		}
		place = page.Places[len(page.Places)-1]
	}
	if !slices.Equal(got, want) {
		t.Errorf("forward\n%v\n%v", got, want)
	}
	last, err := s.Contacts(id, "", -4)
	if err != nil || !slices.Equal(ids(last), want[21:]) || !last.More || last.Total != 25 {
		t.Errorf("the oldest: %v, more %v, %v", ids(last), last.More, err)
	}
	before, err := s.Contacts(id, last.Places[0], -30)
	if err != nil || !slices.Equal(ids(before), want[:21]) || before.More || before.Total != 0 {
		t.Errorf("before: %v, %v", ids(before), err)
	}
	// A place outlives its contact.
	d.Must(t, d.Agent, model.WithdrawContact{Customer: id, Contact: want[9], Reason: "twice"})
	if page, err := s.Contacts(id, first.Places[9], 3); err != nil || !slices.Equal(ids(page), want[10:13]) {
		t.Errorf("after a place that is gone: %v, %v", ids(page), err)
	}
	if page, err := s.Contacts(id, first.Places[9], -3); err != nil || !slices.Equal(ids(page), want[6:9]) {
		t.Errorf("before a place that is gone: %v, %v", ids(page), err)
	}
	if _, err := s.Contacts(id, "nonsense", 3); model.KindOf(err) != model.KindInvalid {
		t.Error(err)
	}
	if _, err := s.Contacts(model.ID{9}, "", 3); model.KindOf(err) != model.KindNotFound {
		t.Error(err)
	}
}

func contactByID(t testing.TB, s interface {
	Contacts(model.ID, string, int) (model.ContactPage, error)
}, customer, id model.ID) *model.Contact {
	t.Helper()
	page, err := s.Contacts(customer, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Contacts {
		if c.ID == id {
			return c
		}
	}
	t.Fatal("no such contact")
	return nil
}

func ids(p model.ContactPage) []model.ID {
	out := make([]model.ID, 0, len(p.Contacts))
	for _, c := range p.Contacts {
		out = append(out, c.ID)
	}
	return out
}

// The story counts what stands, tells the newest words, and names the promise
// that is due first.
func TestStoryOfACustomer(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	st := detailOf(t, d, id).Dealings.Story
	if st != (model.Story{}) {
		t.Errorf("of nothing: %+v", st)
	}
	first := call(id, "the meter counts twice")
	first.Transfers, first.ToldAgain, first.NumberAgain, first.Failed = 2, true, true, true
	first.Promise = &model.MakePromise{Side: model.Ours, Words: "a credit note", Due: "2026-12-03"}
	d.Must(t, d.Agent, first)
	d.Clock.Add(time.Hour)
	second := call(id, "")
	second.ToldAgain, second.Transfers = true, 1
	made := d.Must(t, d.Agent2, second).Made
	d.Must(t, d.Agent, model.MakePromise{Customer: id, Side: model.Theirs, Words: "photos", Due: "2026-11-25"})
	sooner := d.Must(t, d.Agent, model.MakePromise{Customer: id, Side: model.Ours, Words: "a call", Due: "2026-11-26"}).Made
	st = detailOf(t, d, id).Dealings.Story
	if st.Last == nil || st.Last.ID != made || st.Words != "the meter counts twice" || st.Promised == nil || st.Promised.ID != sooner ||
		st.Contacts != 2 || st.Transfers != 3 || st.ToldAgain != 2 || st.NumberAsks != 1 || st.Failed != 1 || st.Limbo != nil {
		t.Errorf("%+v", st)
	}
	d.Must(t, d.Agent2, model.WithdrawContact{Customer: id, Contact: made, Reason: "twice"})
	st = detailOf(t, d, id).Dealings.Story
	if st.Contacts != 1 || st.Transfers != 2 || st.Last.Story != first.Story {
		t.Errorf("after a withdrawal: %+v", st)
	}
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent2), 0, false); err != nil {
		t.Fatal(err)
	}
	if st = detailOf(t, d, id).Dealings.Story; st.Contacts != 2 || st.Last.ID != made {
		t.Errorf("after an undo: %+v", st)
	}
}

// Words that were told longer ago than the newest contacts are still found.
func TestStoryWordsBehindSilentContacts(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	d.Must(t, d.Agent, call(id, "long ago"))
	for range 30 {
		d.Clock.Add(time.Minute)
		d.Must(t, d.Agent, call(id, ""))
	}
	if st := detailOf(t, d, id).Dealings.Story; st.Words != "long ago" || st.Contacts != 31 {
		t.Errorf("%+v", st)
	}
}

// Who heard nothing and has no next date is in limbo: warned of after a day,
// red after three, the weekend left out.
func TestLimboOfACustomer(t *testing.T) {
	d := storetest.New(t) // a Tuesday, 10:00
	id := d.Customer(t, "Petra Jansen")
	open := call(id, "asks when")
	open.Answered = false
	d.Must(t, d.Agent, open)
	limbo := func() *model.Limbo { return detailOf(t, d, id).Dealings.Story.Limbo }
	d.Clock.Add(23 * time.Hour)
	if l := limbo(); l != nil {
		t.Errorf("after 23 hours: %+v", l)
	}
	d.Clock.Add(2 * time.Hour)
	if l := limbo(); l == nil || l.Red || l.Waited != 25*time.Hour {
		t.Errorf("after 25 hours: %+v", l)
	}
	d.Clock.Set(storetest.Start.Add(71 * time.Hour)) // Friday, 9:00
	if l := limbo(); l == nil || l.Red {
		t.Errorf("on Friday: %+v", l)
	}
	d.Clock.Set(storetest.Start.AddDate(0, 0, 5)) // Sunday: no day on which anybody works
	if l := limbo(); l == nil || !l.Red || l.Waited != 86*time.Hour {
		t.Errorf("on Sunday: %+v", l)
	}
	d.Must(t, d.Agent, model.MakePromise{Customer: id, Side: model.Ours, Words: "a call", Due: "2026-12-01"})
	if l := limbo(); l != nil {
		t.Errorf("with a date: %+v", l)
	}
}

// One undo takes back a contact with what was promised and asked in it; a redo
// puts all of it back.
func TestContactIsOneChange(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	a := call(id, "asks to pay at the door")
	a.Promise = &model.MakePromise{Side: model.Ours, Words: "an answer", Due: "2026-11-26"}
	a.Exception = &model.LogException{Named: "Pay in advance", Words: "pay at the door"}
	d.Must(t, d.Agent, a)
	count := func() [3]int {
		x := detailOf(t, d, id).Dealings
		return [3]int{len(x.Contacts), len(x.Promises), len(x.Exceptions)}
	}
	if got := count(); got != [3]int{1, 1, 1} {
		t.Fatal(got)
	}
	ctx := context.Background()
	if _, err := d.Undo(ctx, model.Solo(d.Agent), 0, false); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != [3]int{} {
		t.Error(got)
	}
	if _, err := d.Undo(ctx, model.Solo(d.Agent), 0, true); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != [3]int{1, 1, 1} {
		t.Error(got)
	}
}

func TestContactIsEdited(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	made := d.Must(t, d.Agent, call(id, "asks")).Made
	s := d.As(model.Solo(d.Agent))
	was := model.ContactValues(contactByID(t, s, id, made), storetest.Zone())
	edit := func(who model.ID, kv ...string) error {
		e := model.EditContact{Customer: id, Contact: made, Was: map[string]string{}, Now: map[string]string{}}
		for i := 0; i < len(kv); i += 2 {
			e.Was[kv[i]], e.Now[kv[i]] = was[kv[i]], kv[i+1]
		}
		_, err := d.Do(context.Background(), model.Solo(who), e)
		return err
	}
	if err := edit(d.Agent, "contact.topic", "order", "contact.day", "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	// Another field of the same record goes through, the same field does not.
	if err := edit(d.Lead, "contact.service", "9"); err != nil {
		t.Fatal(err)
	}
	if err := edit(d.Lead, "contact.topic", "product"); model.KindOf(err) != model.KindConflict {
		t.Error(err)
	}
	c := contactByID(t, s, id, made)
	if c.Topic != "order" || c.Day != "2026-11-20" || c.Minutes[model.ActivityService] != 9 || c.Story != "asks" {
		t.Errorf("%+v", c)
	}
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); model.KindOf(err) != model.KindConflict {
		t.Errorf("an edit under which another lies was taken back: %v", err)
	}
}

func TestBannerOfACustomer(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen")
	set := func(words string, until model.Day) {
		d.Must(t, d.Agent, model.SetBanner{Customer: id, Words: words, Until: until})
	}
	banner := func() *model.Banner { return detailOf(t, d, id).Dealings.Banner }
	set("works nights", "2026-11-26")
	if b := banner(); b == nil || b.Words != "works nights" || b.By != d.Agent {
		t.Errorf("%+v", b)
	}
	d.Clock.Set(storetest.Start.AddDate(0, 0, 2).Add(13 * time.Hour)) // its last evening
	if banner() == nil {
		t.Error("gone before its last day is over")
	}
	d.Clock.Set(storetest.Start.AddDate(0, 0, 3))
	if b := banner(); b != nil {
		t.Errorf("shown after its last day: %+v", b)
	}
	set("moves house", "2026-12-26")
	set("", "")
	if b := banner(); b != nil {
		t.Errorf("%+v", b)
	}
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil || banner() == nil {
		t.Errorf("not put back: %v", err)
	}
}

// Whatever is noted, corrected, withdrawn and taken back: the timeline is what
// the records say, newest first, and the story counts just that.
func TestTimelineAgainstRecords(t *testing.T) {
	topics := []string{"invoice", "order", "question"}
	d := storetest.New(t)
	rapid.Check(t, func(rt *rapid.T) {
		// By a lead, so that no undo below takes the customer away.
		id := d.Must(t, d.Lead, model.AddCustomer{Values: map[string]string{"name": "Petra Jansen"}}).Made
		ctx := context.Background()
		actor := model.Solo(d.Agent)
		s := d.As(actor)
		var made []model.ID
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			d.Clock.Add(time.Duration(rapid.IntRange(1, 5000).Draw(rt, "minutes")) * time.Minute)
			var which model.ID
			if len(made) > 0 {
				which = made[rapid.IntRange(0, len(made)-1).Draw(rt, "which")]
			}
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0:
				_, _ = d.Do(ctx, actor, model.WithdrawContact{Customer: id, Contact: which, Reason: "mistake"})
			case 1:
				_, _ = d.Do(ctx, actor, model.EditContact{Customer: id, Contact: which,
					Was: map[string]string{"contact.topic": "invoice"}, Now: map[string]string{"contact.topic": "order"}})
			case 2:
				_, _ = d.Undo(ctx, actor, 0, rapid.Bool().Draw(rt, "redo"))
			default:
				a := call(id, "x")
				a.Topic = rapid.SampledFrom(topics).Draw(rt, "topic")
				a.On = model.StampOf(d.Clock.Now().Add(-time.Duration(rapid.IntRange(0, 20000).Draw(rt, "ago")) * time.Minute))
				a.Transfers = rapid.IntRange(0, 2).Draw(rt, "transfers")
				if r, err := d.Do(ctx, actor, a); err == nil {
					made = append(made, r.Made)
				}
			}
		}
		page, err := s.Contacts(id, "", 100)
		if err != nil {
			rt.Fatal(err)
		}
		transfers := 0
		for i, c := range page.Contacts {
			transfers += c.Transfers
			if !c.Stands() || i > 0 && page.Contacts[i-1].On < c.On {
				rt.Fatalf("%d: %+v", i, c)
			}
		}
		st := detailOf(t, d, id).Dealings.Story
		if st.Contacts != len(page.Contacts) || page.Total != len(page.Contacts) || st.Transfers != transfers {
			rt.Fatalf("%+v of %d", st, len(page.Contacts))
		}
	})
}

// A page of the timeline costs the page: after ten thousand contacts it takes
// no more memory than after a hundred.
func TestTimelinePageCostsThePage(t *testing.T) {
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	fill := func(name string, n int) (model.ID, string) {
		id := d.Customer(t, name)
		play, _, err := s.Playbook()
		if err != nil {
			t.Fatal(err)
		}
		topics := play.Desk.Topics
		all := make([]model.Action, n)
		for i := range all { // two at a time, of matters that lie weeks apart
			a := call(id, "x")
			a.Topic = topics[i/2%len(topics)].ID
			a.On = model.StampOf(d.Clock.Now().Add(-time.Duration(i/2*32+i%2+1) * time.Hour))
			all[i] = a
		}
		if _, err := d.DoAll(context.Background(), model.Solo(d.Agent), all); err != nil {
			t.Fatal(err)
		}
		page, err := s.Contacts(id, "", 40)
		if err != nil || page.Total != n {
			t.Fatalf("%d, %v", page.Total, err)
		}
		return id, page.Places[39]
	}
	cost := func(id model.ID, place string) float64 {
		return testing.AllocsPerRun(20, func() {
			older, err := s.Contacts(id, place, 40)
			if err != nil || len(older.Contacts) != 40 {
				t.Fatalf("%d, %v", len(older.Contacts), err)
			}
			newer, err := s.Contacts(id, place, -39)
			if err != nil || len(newer.Contacts) != 39 {
				t.Fatalf("%d, %v", len(newer.Contacts), err)
			}
		})
	}
	long := 10_000
	if raceOn { // many times slower
		long = 1_000
	}
	few, many := cost(fill("Petra Jansen", 100)), cost(fill("Sam Smit", long))
	if many > few*2 {
		t.Errorf("%.0f pieces of memory of a hundred contacts, %.0f of %d", few, many, long)
	}
}
