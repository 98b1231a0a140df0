package screen

import (
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

// farewellBench is a book with a parting that Anna approved on Thursday.
type farewellBench struct{ *fitBench }

func newFarewellBench(t testing.TB, kv ...string) *farewellBench {
	t.Helper()
	b := &farewellBench{newFitBench(t, "Hulst Transport", append([]string{"notice", "one month", "town", "Zeist"}, kv...)...)}
	for _, r := range [][3]string{{"Noordhulp", "service around the clock", "050 555 01 20"}, {"De Maatwerkers", "special sizes", "maat@maatwerkers.example"}} {
		b.Must(t, b.Agent2, model.SaveReferral{Firm: r[0], Serves: r[1], Reach: r[2]})
	}
	n := b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
	b.Clock.Set(time.Date(2026, time.November, 26, 12, 0, 0, 0, storetest.Zone()))
	b.Must(t, b.Lead, model.Approve{Customer: b.customer, Assessment: n, Typed: "Hulst Transport"})
	return b
}

func (b *farewellBench) farewell() *model.Farewell {
	b.t.Helper()
	return b.detail().Dealings.Farewell()
}

// show opens a screen of a person in a whole console.
func (b *fitBench) show(who model.ID, lang string, w, h int, kind string, arg any) *kittest.Driver {
	b.t.Helper()
	e := b.env(who, lang)
	root := console.New(console.Config{Text: e.Text, Theme: e.Theme, Makers: Makers(e), Start: kit.Open{Kind: KindPeople}, Word: e.Say.Error,
		Global: func() []kit.Command { return Globals(e) },
		Report: func(fault any, stack []byte) string { b.t.Errorf("fault: %v\n%s", fault, stack); return "" }})
	d := kittest.New(b.t, root, w, h)
	d.Send(kit.Open{Kind: kind, Arg: arg})
	return d
}

func (b *farewellBench) page(who model.ID, lang string, w, h int) *kittest.Driver {
	return b.show(who, lang, w, h, KindFarewellOf, FarewellOf{Customer: b.customer})
}

func (b *farewellBench) step(who model.ID, a model.DoFarewellStep) {
	b.t.Helper()
	a.Customer, a.Farewell = b.customer, b.farewell().ID
	b.Must(b.t, who, a)
}

// tell does all up to and with telling the customer.
func (b *farewellBench) tell() {
	for _, a := range []model.DoFarewellStep{
		{Step: model.StepReferral, To: "De Buren B.V."}, {Step: model.StepContract, Contract: "monthly, checked", Ends: "2026-12-31"},
		{Step: model.StepText, Text: "Others serve you better."}, {Step: model.StepContact, Contact: b.Agent},
		{Step: model.StepSent, Channel: "phone", Typed: "Hulst Transport"},
	} {
		b.step(b.Agent, a)
	}
}

func TestFarewellDesk(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFarewellBench(t)
		b.show(b.Agent, lang, w, h, KindFarewell, nil).Golden("farewell_desk" + name)
		b.tell()
		b.step(b.Agent, model.DoFarewellStep{Step: model.StepObjection, Objection: "nobody told me what the visits cost"})
		d := b.show(b.Agent, lang, w, h, KindFarewell, nil)
		d.Golden("farewell_desk_objection" + name)
		d.Key("enter")
		d.Golden("farewell_page_objection" + name)
	})
}

func TestFarewellEmpty(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		b.show(b.Agent, lang, w, h, KindFarewell, nil).Golden("farewell_empty" + name)
		b.show(b.Agent, lang, w, h, KindReferrals, nil).Golden("referral_empty" + name)
	})
}

// The page shows each step, and beside them the verdict, arrears and agreement.
func TestFarewellPage(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFarewellBench(t)
		d := b.page(b.Agent, lang, w, h)
		d.Golden("farewell_page" + name)
		d.Key("enter")
		d.Golden("farewell_referral" + name)
		d.Key("esc")
		d.Keys("j", "enter")
		d.Golden("farewell_contract" + name)
		d.Key("esc")
		b.tell()
		d = b.page(b.Agent, lang, w, h)
		d.Golden("farewell_page_told" + name)
		d.Key("G")
		d.Golden("farewell_page_agreed" + name)
	})
}

// A whole farewell by keys: from the approval to the end and back.
func TestFarewellByKeys(t *testing.T) {
	b := newFarewellBench(t)
	d := b.page(b.Agent, "en", 120, 40)
	d.Key("enter")                                  // the referral
	d.Keys("1", "tab", "ctrl+u")                    // somebody serves it
	b.replace(d, len("De Buren B.V."), "noordhulp") // a name of the book
	d.Key("ctrl+s")
	if f := b.farewell(); f.Done[model.StepReferral] == nil || f.Referral == model.NoID || f.To != "" {
		t.Fatalf("the referral: %+v\n%s", f, d.Screen())
	}
	d.Keys("enter", "tab") // contract
	d.Type("2026-12-31")
	d.Key("ctrl+s")
	if f := b.farewell(); f.Ends != "2026-12-31" || f.Contract == "" {
		t.Fatalf("the contract: %+v\n%s", f, d.Screen())
	}
	d.Keys("enter", "2") // the letter in English
	d.Contains("Dear Hulst Transport")
	d.Contains("Noordhulp")
	d.Key("ctrl+s")
	if f := b.farewell(); f.Done[model.StepText] == nil || len(model.LeftOpen(f.Text)) > 0 {
		t.Fatalf("the text: %+v\n%s", f, d.Screen())
	}
	d.Keys("enter", "ctrl+s") // the contact that was named
	if b.farewell().Done[model.StepContact] == nil {
		t.Fatal(d.Screen())
	}
	d.Key("enter") // telling the customer
	d.Key("enter")
	d.Contains("That is not the name.")
	d.Type("hulst transport")
	d.Keys("enter", "2", "ctrl+s")
	if f := b.farewell(); f.SentOn != "2026-11-26" || f.AskOutcome != "2026-12-26" {
		t.Fatalf("sent: %+v\n%s", f, d.Screen())
	}
	d.Key("enter") // the wins
	for _, w := range []string{"help at night", "calm", "a customer"} {
		d.Type(w)
		d.Key("tab")
	}
	d.Key("ctrl+s")
	d.Keys("enter", "2", "ctrl+s") // no objection
	if f := b.farewell(); f.Next() != model.StepOutcome {
		t.Fatalf("next is %s\n%s", f.Next(), d.Screen())
	}
	d.Key("enter")
	d.Contains("asked from")
	b.Clock.Set(time.Date(2026, time.December, 31, 12, 0, 0, 0, storetest.Zone()))
	lead := b.page(b.Lead, "en", 120, 40)
	lead.Key("enter")
	lead.Type("content")
	lead.Key("ctrl+s")
	lead.Key("enter") // the end
	lead.Type("Hulst Transport")
	lead.Key("enter")
	if f := b.farewell(); f.State != model.FarewellEnded || b.detail().Customer.Relation != model.Former {
		t.Fatalf("the end: %+v\n%s", f, lead.Screen())
	}
	lead.Key("y")
	lead.Type("the need changed")
	lead.Key("enter")
	if f := b.farewell(); f.State != model.FarewellBack || b.detail().Customer.Relation != model.Current {
		t.Fatalf("back: %+v\n%s", f, lead.Screen())
	}
}

// replace clears a field of so many letters and types another text.
func (b *farewellBench) replace(d *kittest.Driver, n int, text string) {
	for range n {
		d.Key("backspace")
	}
	d.Type(text)
}

// An objection is heard by a colleague without a part in it, and by nobody else.
func TestFarewellHearing(t *testing.T) {
	b := newFarewellBench(t)
	b.tell()
	d := b.page(b.Agent, "en", 80, 24)
	d.Keys("g", "j", "j", "j", "j", "j", "j", "enter", "1", "tab")
	d.Type("not fair")
	d.Key("ctrl+s")
	if !b.farewell().Unheard() {
		t.Fatal(d.Screen())
	}
	answer := func(d *kittest.Driver, upheld string) {
		d.Keys("h", upheld, "tab")
		d.Type("the terms were clear")
		d.Key("ctrl+s")
	}
	answer(d, "1")
	d.Contains("You had a part in this farewell")
	if !b.farewell().Unheard() {
		t.Fatal("heard by who proposed it")
	}
	other := b.page(b.Lead2, "en", 120, 40)
	answer(other, "2")
	if f := b.farewell(); f.State != model.FarewellCalled || !f.Upheld || f.HeardBy != b.Lead2 {
		t.Fatalf("%+v\n%s", f, other.Screen())
	}
	other.Golden("farewell_upheld")
}

// The page of the customer and the desk's pane say that a farewell goes.
func TestFarewellOnCustomer(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, _ string) {
		b := newFarewellBench(t)
		d := b.show(b.Lead, lang, w, h, KindCustomer, b.customer)
		heading := map[string]string{"en": "FAREWELL", "nl": "AFSCHEID"}[lang]
		d.Contains(heading)
		for range 20 { // to the part of the farewell, and into it
			if y, row := marked(t, d); y > 0 && strings.Contains(row, heading) {
				d.Key("enter")
				d.Contains("De Buren B.V.")
				return
			}
			d.Key("j")
		}
		t.Fatalf("the cursor never comes to the farewell:\n%s", d.Screen())
	})
}

func TestReferralBook(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFarewellBench(t)
		d := b.show(b.Lead, lang, w, h, KindReferrals, nil)
		d.Golden("referral_book" + name)
		d.Key("n")
		d.Golden("referral_add" + name)
		d.Type("DE MAATWERKERS")
		d.Key("tab")
		d.Type("x")
		d.Key("ctrl+s")
		d.Golden("referral_taken" + name)
		d.Key("esc")
		d.Key("/")
		d.Type("sizes")
		d.Key("enter")
		d.Golden("referral_found" + name)
		d.Key("d")
		d.Type("closed its doors")
		d.Keys("enter", "esc")
		d.Golden("referral_retired" + name)
		d.Key("/")
		d.Type("nothing of the kind")
		d.Key("enter")
		d.Golden("referral_none" + name)
	})
	b := newFarewellBench(t)
	agent := b.show(b.Agent, "en", 80, 24, KindReferrals, nil)
	agent.Key("d")
	agent.Contains("lead")
	agent.Key("e")
	agent.Type(" B.V.")
	agent.Key("ctrl+s")
	agent.Contains("Maatwerkers B.V.")
}

// What comes from outside moves no cursor and paints nothing.
func TestFarewellHostile(t *testing.T) {
	b := newFarewellBench(t)
	b.step(b.Agent, model.DoFarewellStep{Step: model.StepReferral, To: hostileName})
	b.step(b.Agent, model.DoFarewellStep{Step: model.StepContract, Contract: hostileName + "\n" + nasty, Ends: "2026-12-31"})
	b.step(b.Agent, model.DoFarewellStep{Step: model.StepText, Text: hostileName})
	b.step(b.Agent, model.DoFarewellStep{Step: model.StepObjection, Objection: hostileName})
	b.Must(t, b.Agent, model.SaveReferral{Firm: nasty, Serves: hostileName, Reach: nasty, Note: nasty})
	for _, size := range [][2]int{{80, 24}, {120, 40}, {30, 10}} {
		for _, kind := range []string{KindFarewell, KindReferrals, KindFarewellOf} {
			d := b.show(b.Lead, "en", size[0], size[1], kind, FarewellOf{Customer: b.customer})
			for range 12 {
				d.Key("j")
			}
			d.Lacks("\u202e")
		}
	}
}
