package screen

import (
	"fmt"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// termsBook has a register, and a customer with exceptions and terms in every
// state.
func termsBook(t testing.TB) (*storetest.Desk, model.ID) {
	t.Helper()
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen", "town", "Utrecht", "level", "Basic", "minutes", "60")
	other := d.Customer(t, "Ben Bos")
	add := func(kind model.StandardKind, name, words string, price int64) model.ID {
		return d.Must(t, d.Lead, model.SaveStandard{Kind: kind, Label: name, Words: words, Price: price}).Made
	}
	prepay := add(model.StandardProcedure, "payment before delivery", "We deliver once the invoice is paid.", 0)
	add(model.StandardProcedure, "returns within 14 days", "", 0)
	add(model.StandardService, "an hour of help a month", "Beyond an hour we bill.", 8500)
	calm := add(model.StandardLimit, "no shouting at colleagues", "We end a call in which somebody is shouted at.", 0)
	fax := add(model.StandardProcedure, "orders by fax", "", 0)
	d.Must(t, d.Lead, model.RetireStandard{ID: fax, Reason: "nobody has one"})
	ask := func(by, who model.ID, words string, state model.ExceptionState, on model.Day) model.ID {
		return d.Must(t, by, model.LogException{Customer: who, Standard: prepay, Words: words, State: state, Reason: "the rule", On: on, Pays: model.PaysYes, Cost: 2500}).Made
	}
	first := ask(d.Agent, petra, "to pay after delivery", model.ExceptionRefused, "2026-10-02")
	d.Must(t, d.Agent, model.SettleException{Customer: petra, Exception: first, State: model.ExceptionRefused, Reason: "the rule", Followed: model.FollowedLost, Lost: 120000})
	ask(d.Agent, other, "to pay after delivery", model.ExceptionGranted, "2026-11-02")
	old := d.Must(t, d.Agent, model.StateTerms{Customer: petra, Words: "one channel only", Channel: "mail", On: "2026-11-03", AnswerBy: "2026-11-28"}).Made
	d.Must(t, d.Agent2, model.AnswerTerms{Customer: petra, Terms: old, State: model.TermsAccepted, Words: "fair enough"})
	d.Must(t, d.Agent2, model.StateTerms{Customer: petra, Standards: []model.ID{calm}, Words: "we end a call in which one of us is shouted at", Price: 8500, Channel: "phone", AnswerBy: "2026-12-01"})
	d.Must(t, d.Agent, model.LogException{Customer: petra, Standard: prepay, Words: "to pay in two parts", On: "2026-11-23"})
	return d, petra
}

// termsGolden compares the screen in both languages and sizes.
func termsGolden(t *testing.T, name string, d *storetest.Desk, person model.ID, start kit.Open, keys ...string) {
	t.Helper()
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			r := deskRigWith(t, d, d.As(model.Solo(person)), lang, size[0], size[1], start)
			r.Keys(keys...)
			r.Golden(fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]))
		}
	}
}

func TestTermsGolden(t *testing.T) {
	d, petra := termsBook(t)
	page := kit.Open{Kind: KindCustomer, Arg: petra}
	termsGolden(t, "terms-customer", d, d.Agent, page)
	termsGolden(t, "terms-exception", d, d.Agent, page, "E", "1")
	termsGolden(t, "terms-state", d, d.Agent, page, "T", "1")
	termsGolden(t, "terms-register", d, d.Lead, kit.Open{Kind: KindStandards})
	termsGolden(t, "terms-register-edit", d, d.Lead, kit.Open{Kind: KindStandards}, "j", "e")
	empty := storetest.New(t)
	termsGolden(t, "terms-register-empty", empty, empty.Agent, kit.Open{Kind: KindStandards})
}

func termsDetail(t testing.TB, d *storetest.Desk, id model.ID) *model.Detail {
	t.Helper()
	det, err := d.As(model.Solo(d.Agent)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return det
}

// An exception is noted by the number of a procedure, or by a new name.
func TestNoteAnExceptionByNumberAndName(t *testing.T) {
	d, petra := termsBook(t)
	r := deskRigWith(t, d, d.As(model.Solo(d.Agent)), "en", 120, 40, kit.Open{Kind: KindCustomer, Arg: petra})
	r.Key("E")
	r.Lacks("✓ 1")
	r.Type("1")
	r.Contains("✓ 1  payment before delivery")
	r.Key("tab")
	r.Type("pay at the door")
	r.Keys("tab", "2", "ctrl+s")
	r.Contains("A reason is needed here")
	r.Type("no cash here")
	r.Key("ctrl+s")
	r.Contains("Petra Jansen: exception refused, payment before delivery")
	x := termsDetail(t, d, petra).Dealings.Exceptions[0]
	if x.Words != "pay at the door" || x.State != model.ExceptionRefused || x.Reason != "no cash here" {
		t.Fatalf("%+v", x)
	}
	r.Key("E")
	r.Type("home visit")
	r.Key("tab")
	r.Type("come by")
	r.Key("ctrl+s")
	r.Contains("new in the register: home visit")
	r.Key("E")
	r.Key("esc")
	r.Contains("home visit") // back on the page
}

// The form keeps the keys that were typed before the register was read, and what
// is typed outlives leaving it.
func TestExceptionDraft(t *testing.T) {
	d, petra := termsBook(t)
	r := deskRigWith(t, d, d.As(model.Solo(d.Agent)), "en", 80, 24, kit.Open{Kind: KindCustomer, Arg: petra})
	r.Key("E")
	r.Type("pay")
	r.Keys("tab")
	r.Type("in parts")
	r.Keys("esc", "E")
	r.Key("enter")
	r.Contains("in parts")
	r.Key("ctrl+s")
	r.Contains("asked an exception, payment before delivery")
}

func TestAnswerOnThePage(t *testing.T) {
	d, petra := termsBook(t)
	r := deskRigWith(t, d, d.As(model.Solo(d.Agent)), "en", 120, 40, kit.Open{Kind: KindCustomer, Arg: petra})
	r.Keys("g", "X")
	r.Contains("Only accepted terms can be broken.")
	r.Keys("x", "enter")
	r.Contains("Write a few words first")
	r.Type("will not hear of it")
	r.Key("enter")
	r.Contains("Petra Jansen: terms refused")
	r.Keys("y", "enter") // comes round
	r.Contains("Petra Jansen: terms accepted")
	r.Key("X")
	r.Type("shouted at Sam")
	r.Key("enter")
	r.Contains("Petra Jansen: terms broken")
	if g := termsDetail(t, d, petra).Dealings.Terms[0]; g.State != model.TermsBroken || g.Answered.Reason != "shouted at Sam" {
		t.Fatalf("%+v", g)
	}
	r.Key("d")
	r.Contains("A colleague noted this; a lead can withdraw it.")
	r.Keys("j", "j", "y") // the other terms, the open exception
	r.Contains("to pay in two parts")
	r.Key("tab")
	r.Type("a friend of the house")
	r.Key("ctrl+s")
	r.Contains("exception granted, payment before delivery")
	r.Key("X")
	r.Keys("tab", "tab", "tab", "tab", "2", "ctrl+s")
	r.Contains("more known of an exception")
	r.Key("d")
	r.Type("twice")
	r.Key("enter")
	r.Contains("exception withdrawn")
	x := termsDetail(t, d, petra).Dealings.Exceptions[0]
	if x.State != model.ExceptionGranted || x.Followed != model.FollowedComplaint || x.Withdrawn == nil {
		t.Fatalf("%+v", x)
	}
}

// A settled verdict that asks for terms offers to state them, filled in from the
// verdict; once they are stated it is silent.
func TestVerdictOffersTerms(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen")
	answers := model.FitAnswers{}
	for _, k := range model.FitKeys() {
		answers[k] = model.AnswersFor(k)[0]
	}
	answers[model.KeyDemand] = model.AnswerOutside
	run := d.Must(t, d.Lead, model.FitStart{Customer: petra, Answers: answers}).Made
	d.Must(t, d.Lead, model.FitFinish{Customer: petra, Assessment: run, Next: model.NextStep{What: "one channel only", By: "2026-12-03"}})
	r := deskRigWith(t, d, d.As(model.Solo(d.Agent)), "en", 80, 24, kit.Open{Kind: KindCustomer, Arg: petra})
	r.Contains("asked by the verdict, not stated yet (T): one channel only")
	r.Key("T")
	r.Contains("one channel only")
	r.Contains("2026-12-03")
	r.Key("ctrl+s")
	r.Contains("terms stated, answer by")
	r.Lacks("not stated yet")
	got := termsDetail(t, d, petra).Dealings.Terms[0]
	if got.Assessment != run || got.Words != "one channel only" || got.AnswerBy != "2026-12-03" {
		t.Fatalf("%+v", got)
	}
}

func TestRegisterIsTheLeads(t *testing.T) {
	d, _ := termsBook(t)
	start := kit.Open{Kind: KindStandards}
	r := deskRigWith(t, d, d.As(model.Solo(d.Agent)), "en", 120, 40, start)
	r.Key("n")
	r.Contains("This takes the role of lead")
	r = deskRigWith(t, d, d.As(model.Solo(d.Lead)), "en", 120, 40, start)
	r.Key("n")
	r.Type("PAYMENT before  delivery")
	r.Key("ctrl+s")
	r.Contains("The register has a line named")
	for range 26 {
		r.Key("backspace")
	}
	r.Type("no cash")
	r.Keys("tab", "3", "ctrl+s")
	r.Contains("register: no cash added")
	r.Key("d")
	r.Type("card only")
	r.Key("enter")
	r.Contains("register: no cash no longer in use")
	r.Keys("e", "ctrl+s")
	r.Contains("register: no cash in use again")
}

// What the model says of exceptions, terms and the register has words.
func TestTermsAreWorded(t *testing.T) {
	for _, lang := range text.Languages() {
		tx, err := text.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, s := range []model.ExceptionState{model.ExceptionOpen, model.ExceptionGranted, model.ExceptionRefused} {
			ids = append(ids, "journal.exception."+string(s), "exception.state."+string(s))
		}
		for _, s := range []model.TermsState{model.TermsAccepted, model.TermsRefused, model.TermsBroken} {
			ids = append(ids, "journal.terms."+string(s), "terms.state."+string(s), "terms.ask."+string(s),
				"fit.fact.terms."+string(s), "fit.fact.terms."+string(s)+".said")
		}
		for _, k := range model.StandardKinds() {
			ids = append(ids, "standards.kind."+string(k), "standards.part."+string(k))
		}
		for _, f := range []string{"profit", "cost", "arrears", "mark", "effort", "failed", "broken.ours", "broken.theirs", "exception.open",
			"exception.granted", "exception.refused", "exceptions", "told-again", "transfers", "kept.ours", "kept.theirs", "used", "hurt.open",
			"hurt.untold", "hurt.unconfirmed", "hurt.repaired", "limit", "terms.stated"} {
			ids = append(ids, "fit.fact."+f)
		}
		for _, id := range append(ids, "terms.state.stated", "terms.state.withdrawn", "standards.part.retired", "exception.would.yes", "exception.would.no",
			"journal.exception.settle.granted", "journal.exception.settle.refused") {
			if !tx.Has(id) {
				t.Errorf("%q has no words in %s", id, lang)
			}
		}
	}
}

// The minutes of this month stand beside what was agreed, with a mark when they
// are more; complaints are no part of them.
func TestMinutesUsed(t *testing.T) {
	d, petra := termsBook(t)
	log := func(minutes [model.Activities]int) {
		d.Must(t, d.Agent, model.LogContact{Customer: petra, Channel: "phone", Topic: "invoice", Story: "x", Minutes: minutes})
	}
	open := func() *deskRig {
		return deskRigWith(t, d, d.As(model.Solo(d.Agent)), "en", 120, 40, kit.Open{Kind: KindCustomer, Arg: petra})
	}
	open().Contains("60 minutes a month included")
	log([model.Activities]int{20, 20, 300})
	r := open()
	r.Contains("used 40 of 60 min this month")
	r.Lacks("▲ used")
	log([model.Activities]int{0, 100, 0})
	open().Contains("▲ used 140 of 60 min this month")
}

// Nothing that a customer or colleague wrote moves the cursor or fills the page.
func TestHostileTerms(t *testing.T) {
	d := storetest.New(t)
	hostile := "\x1b[2J\u202eevil\r\n\x07 " + strings.Repeat("w", 3000)
	petra := d.Customer(t, "Petra Jansen")
	line := d.Must(t, d.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "\x1b[31mred" + strings.Repeat("n", 300), Words: hostile}).Made
	d.Must(t, d.Agent, model.LogException{Customer: petra, Standard: line, Words: hostile, State: model.ExceptionRefused, Reason: hostile})
	terms := d.Must(t, d.Agent, model.StateTerms{Customer: petra, Standards: []model.ID{line}, Words: hostile, AnswerBy: "2026-12-01"}).Made
	d.Must(t, d.Agent, model.AnswerTerms{Customer: petra, Terms: terms, State: model.TermsRefused, Words: hostile})
	for _, keys := range [][]string{nil, {"E"}, {"T"}, {"G"}, {"G", "X"}} {
		r := deskRigWith(t, d, d.As(model.Solo(d.Lead)), "nl", 80, 24, kit.Open{Kind: KindCustomer, Arg: petra})
		r.Keys(keys...)
		_ = r.Screen() // fails when a row is wider than the window
	}
	r := deskRigWith(t, d, d.As(model.Solo(d.Lead)), "en", 80, 24, kit.Open{Kind: KindStandards})
	for _, key := range []string{"v", "esc", "d", "esc", "e"} {
		r.Key(key)
		_ = r.Screen()
	}
}
