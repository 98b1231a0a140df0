package screen

import (
	"fmt"
	"testing"

	"pasvorm/model"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

// openScreens starts a console with all its screens.
func openScreens(t testing.TB, e *Env, w, h int, start kit.Open) *kittest.Driver {
	t.Helper()
	return kittest.New(t, console.New(console.Config{Text: e.Text, Theme: e.Theme, Makers: Makers(e), Start: start, Word: e.Say.Error,
		Global: func() []kit.Command { return Globals(e) },
		Report: func(fault any, stack []byte) string { t.Errorf("fault: %v\n%s", fault, stack); return "" }}), w, h)
}

// owing is a customer with promises of every kind.
func owing(t testing.TB) *fitBench {
	b := todayBench(t)
	for i, s := range []model.PromiseState{model.PromiseKept, model.PromiseKept, model.PromiseDropped} {
		id := b.Must(t, b.Agent2, model.MakePromise{Customer: b.customer, Side: model.Ours, Words: fmt.Sprint("call ", i+1), Due: "2026-11-24"}).Made
		b.Must(t, b.Agent2, model.ClosePromise{Customer: b.customer, Promise: id, State: s, Reason: "as told"})
	}
	return b
}

func TestOwedGolden(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := owing(t)
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindCustomer, Arg: b.customer})
		d.Golden("owed" + name)
	})
}

func TestPromiseFormGolden(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindCustomer, Arg: b.customer})
		d.Key("o")
		d.Golden("promise" + name)
		d.Type("they always complain")
		d.Key("tab")
		d.Type("morgen")
		d.Key("ctrl+s")
		d.Golden("promise_warned" + name)
	})
}

// From the page of the customer: made, put off, broken, taken back.
func TestPromiseOnThePage(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := openScreens(t, b.env(b.Agent, "en"), 120, 40, kit.Open{Kind: KindCustomer, Arg: b.customer})
	only := func() *model.Promise {
		all := b.detail().Dealings.Promises
		if len(all) != 1 {
			t.Fatalf("%d promises", len(all))
		}
		return all[0]
	}
	d.Key("y")
	d.Key("o")
	d.Keys("ctrl+s") // nothing is filled in yet
	d.Type("a credit note")
	d.Key("tab")
	d.Type("23-11-2026")
	d.Key("ctrl+s")
	d.Contains("That day has passed.")
	for range 10 {
		d.Key("backspace")
	}
	d.Type("thu")
	d.Keys("tab", "tab")
	d.Key("3")
	d.Keys("tab", "9", "ctrl+s")
	if p := only(); p.Side != model.Ours || p.Due != "2026-11-26" || p.Who == model.NoID || p.Topic != "invoice" {
		t.Fatalf("%+v", p)
	}
	d.Contains("Thu 26 Nov · a credit note")
	d.Key("m")
	d.Type("fri")
	d.Key("tab")
	d.Type("part on order")
	d.Key("ctrl+s")
	d.Contains("put off once")
	d.Contains("was Thu 26 Nov")
	d.Key("x")
	d.Type("never came")
	d.Key("enter")
	if p := only(); p.State != model.PromiseBroken || p.Due != "2026-11-27" {
		t.Fatalf("%+v", p)
	}
	d.Contains("✗ Tue 24 Nov · a credit note")
	d.Key("y")
	d.Contains("This promise was closed already")
	d.Keys("u", "y")
	if p := only(); p.State != model.PromiseKept {
		t.Fatalf("%+v", p)
	}
	d.Keys("u", "d")
	d.Type("noted twice")
	d.Key("enter")
	if p := only(); p.State != model.PromiseDropped {
		t.Fatalf("%+v", p)
	}
}

// What is typed and not saved is offered again; the customer's side has nobody
// of ours to keep it.
func TestPromiseDraft(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := openScreens(t, b.env(b.Agent, "en"), 80, 24, kit.Open{Kind: KindCustomer, Arg: b.customer})
	d.Key("o")
	d.Type("photos")
	d.Keys("tab", "tab", "2", "esc", "o", "enter")
	d.Contains("photos")
	d.Key("tab")
	d.Type("tomorrow")
	d.Key("ctrl+s")
	all := b.detail().Dealings.Promises
	if len(all) != 1 || all[0].Side != model.Theirs || all[0].Words != "photos" || all[0].Who != model.NoID || all[0].Due != "2026-11-25" {
		t.Fatalf("%+v", all)
	}
	d.Contains("photos · theirs · tomorrow")
}

// A verdict says that the facts beneath it have changed.
func TestStaleVerdictOnThePage(t *testing.T) {
	b := owing(t)
	d := openScreens(t, b.env(b.Agent, "en"), 120, 40, kit.Open{Kind: KindCustomer, Arg: b.customer})
	d.Contains("! facts have changed since · we broke a promise: “correct the invoice”, 13 Nov")
	d.Contains("we kept 67 % of 3")
}
