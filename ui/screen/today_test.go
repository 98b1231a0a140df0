package screen

import (
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

// todayBench is a book in which every kind of line is on Today.
func todayBench(t testing.TB) *fitBench {
	b := newFitBench(t, "Petra Jansen", "town", "Utrecht")
	petra := b.customer
	hulst := b.Customer(t, "Hulst Transport", "owner", b.Agent2.String())
	wit := b.Customer(t, "De Wit", "owner", b.Agent.String())
	promise := func(who, c model.ID, side model.Side, words string, due model.Day) model.ID {
		return b.Must(t, who, model.MakePromise{Customer: c, Side: side, Words: words, Due: due, Topic: "invoice"}).Made
	}
	b.Clock.Set(time.Date(2025, time.November, 28, 9, 0, 0, 0, storetest.Zone())) // lapses within a week of the end
	b.Must(t, b.Agent, model.Tag{Customer: petra, Trait: model.TraitBrazen, Signal: "snapped"})
	b.Clock.Set(time.Date(2026, time.November, 12, 9, 0, 0, 0, storetest.Zone()))
	b.customer = hulst
	b.finish(b.Lead, model.NextStep{What: "one channel, mail", Who: b.Agent2, By: "2026-11-20"}, model.KeyFriction, "theirs")
	b.customer = petra
	b.finish(b.Lead, model.NextStep{What: "what was agreed?", Cause: "two systems", Who: b.Agent}, model.KeyFriction, "ours")
	broken := promise(b.Agent, petra, model.Ours, "correct the invoice", "2026-11-13")
	b.Clock.Add(24 * time.Hour)
	b.Must(t, b.Agent, model.ClosePromise{Customer: petra, Promise: broken, State: model.PromiseBroken, Reason: "nobody took over"})
	promise(b.Agent, petra, model.Ours, "a credit note", "2026-11-19")
	moved := promise(b.Agent2, hulst, model.Ours, "a call back about the wrong delivery, with the name of the engineer who came", "2026-11-16")
	b.Must(t, b.Agent2, model.MovePromise{Customer: hulst, Promise: moved, To: "2026-11-25", Reason: "engineer away"})
	promise(b.Agent, petra, model.Theirs, "photos of the meter", "2026-11-20")
	b.Must(t, b.Agent, model.StateTerms{Customer: hulst, Words: "one channel, mail", On: "2026-11-13", AnswerBy: "2026-11-24"})
	b.Must(t, b.Agent, model.LogContact{Customer: wit, Channel: "phone", Topic: "invoice", Story: "where is my money?"})
	i := b.Must(t, b.Lead, model.AddImprovement{Title: "meter reading on the invoice", Owner: b.Agent2, Hurt: []model.ID{petra}}).Made
	b.Must(t, b.Lead, model.EndImprovement{ID: i, State: model.ImprovementDone, Reason: "live since Monday", Reach: "read out in the stand-up"})
	b.Clock.Set(storetest.Start)
	return b
}

func (b *fitBench) today(who model.ID, lang string, w, h int) (*kittest.Driver, *Env) {
	e := b.env(who, lang)
	return openScreens(b.t, e, w, h, kit.Open{Kind: KindToday}), e
}

func TestTodayGolden(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := todayBench(t)
		d, _ := b.today(b.Agent, lang, w, h)
		d.Golden("today" + name)
		d.Keys("j", "j", "j")
		d.Golden("today_promise" + name)
		d.Key("G")
		d.Golden("today_end" + name)
		d.Keys("g", "f")
		d.Golden("today_mine" + name)
		d.Keys("j", "m")
		d.Golden("today_move" + name)
	})
}

func TestTodayEmpty(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d, _ := b.today(b.Agent, lang, w, h)
		d.Golden("today_empty" + name)
		d.Key("f")
		d.Golden("today_empty_mine" + name)
	})
}

// row puts the cursor on the first line of Today that holds a text.
func row(t testing.TB, d *kittest.Driver, text string) {
	t.Helper()
	d.Key("g")
	for range 20 {
		for _, r := range strings.Split(d.Screen(), "\n") {
			if strings.HasPrefix(r, "▌") && strings.Contains(r, text) {
				return
			}
		}
		d.Key("j")
	}
	t.Fatalf("%q is not on Today:\n%s", text, d.Screen())
}

// What is done on Today is done in the book, and the line goes.
func TestTodayKeys(t *testing.T) {
	b := todayBench(t)
	d, _ := b.today(b.Agent, "en", 120, 40)
	promises := func() map[string]*model.Promise {
		out := map[string]*model.Promise{}
		for _, p := range b.detail().Dealings.Promises {
			out[p.Words] = p
		}
		return out
	}
	row(t, d, "a credit note")
	d.Contains("3 working days late")
	d.Key("x")
	d.Contains("Why did we not keep “a credit note”?")
	d.Key("enter") // a reason is owed
	d.Keys("esc", "m")
	d.Type("thu")
	d.Key("tab")
	d.Type("part on order")
	d.Key("ctrl+s")
	if p := promises()["a credit note"]; p.Due != "2026-11-26" || len(p.Moves) != 1 {
		t.Fatalf("not moved: %+v", p)
	}
	d.Contains("in 2 days")
	row(t, d, "a credit note")
	d.Key("y")
	d.Lacks("a credit note  ")
	if p := promises()["a credit note"]; p.State != model.PromiseKept {
		t.Fatalf("not kept: %+v", p)
	}
	d.Key("u")
	if p := promises()["a credit note"]; p.State != model.PromiseOpen || p.Due != "2026-11-26" {
		t.Fatalf("undo left %+v", p)
	}
	row(t, d, "photos of the me")
	d.Key("x")
	d.Type("sent nothing")
	d.Key("enter")
	if p := promises()["photos of the meter"]; p.State != model.PromiseBroken || p.Closed.Reason != "sent nothing" {
		t.Fatalf("not broken: %+v", p)
	}
	row(t, d, "meter reading")
	d.Key("y")
	d.Contains("Petra Jansen was told")
	d.Key("ctrl+s")
	if h := b.detail().Dealings.Hurts[0]; h.Hurt.Told == nil || h.Hurt.Confirmed {
		t.Fatal("not told")
	}
	row(t, d, "brazen: snapped")
	d.Key("y")
	if b.detail().Sightings[0].Confirmed == nil {
		t.Fatal("not confirmed")
	}
	d.Lacks("SIGHTINGS THAT LAPSE")
}

// A promise with a day, or a contact, ends the waiting of a customer.
func TestTodayLimbo(t *testing.T) {
	b := todayBench(t)
	d, _ := b.today(b.Agent, "en", 120, 40)
	row(t, d, "De Wit")
	d.Contains("In the dark since Fri 13 Nov 09:00")
	d.Key("o")
	d.Contains("What was promised? De Wit")
	d.Type("a call on Friday")
	d.Key("tab")
	d.Type("fri")
	d.Key("ctrl+s")
	d.Lacks("WAITING FOR WORD")
	d.Contains("a call on Friday")
	d.Key("u")
	d.Contains("WAITING FOR WORD")
}

// Terms are answered where they wait, with what was said.
func TestTodayTerms(t *testing.T) {
	b := todayBench(t)
	d, _ := b.today(b.Agent, "en", 120, 40)
	row(t, d, "one channel, mail  ")
	for range 10 { // the verdict has the same words
		if strings.Contains(d.Screen(), "x refused") {
			break
		}
		d.Key("j")
	}
	d.Key("y")
	d.Type("fine with me")
	d.Key("enter")
	d.Lacks("TERMS WITHOUT AN ANSWER")
}

// A line goes to its customer, and back stands on the same line.
func TestTodayOpensTheCustomer(t *testing.T) {
	b := todayBench(t)
	d, _ := b.today(b.Agent, "en", 80, 24)
	row(t, d, "photos of the meter")
	d.Key("enter")
	d.Contains("OWED")
	d.Contains("! Fri 20 Nov · photos of the meter · theirs")
	d.Key("esc")
	d.Contains("THEY PROMISED")
	for _, r := range strings.Split(d.Screen(), "\n") {
		if strings.HasPrefix(r, "▌") && strings.Contains(r, "photos of the meter") {
			return
		}
	}
	t.Fatalf("the cursor went elsewhere:\n%s", d.Screen())
}

// Names and words from outside move nothing on the screen.
func TestTodayHostile(t *testing.T) {
	b := newFitBench(t, hostileName)
	b.Must(t, b.Agent, model.MakePromise{Customer: b.customer, Side: model.Ours, Words: hostileName, Due: "2026-11-24"})
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}} {
		d, _ := b.today(b.Agent, "en", size[0], size[1])
		d.Key("v")
		d.Screen()
		d.Keys("esc", "x")
		d.Screen()
		d.Keys("esc", "m")
		d.Screen()
		d.Keys("esc", "enter")
		d.Screen()
	}
}
