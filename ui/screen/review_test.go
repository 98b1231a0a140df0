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

// fillQueue puts one case of every kind in the queue; the clock ends a day
// later.
func fillQueue(b *fitBench) {
	t := b.t
	hulst := b.customer
	b.finish(b.Agent2, model.NextStep{Referral: "De Buren B.V.", Text: "Others serve you better.", Contact: b.Lead, Contract: "monthly", Impact: "a tenth of the revenue"},
		model.KeyConduct, "warned", model.KeyTerms, "refused")
	b.customer = b.Customer(t, "Petra Jansen")
	b.finish(b.Agent, model.NextStep{What: "was the invoice wrong?", Who: b.Agent2, By: "2026-11-25"}, model.KeyGrievance, "unchecked")
	b.Must(t, b.Agent, model.RaiseFlag{Customer: b.customer, Reason: "asks for the director every week"})
	wit := b.Customer(t, "De Wit")
	s := b.Must(t, b.Lead, model.Tag{Customer: wit, Trait: model.TraitBrazen, Signal: "snapped", Words: "are you deaf?", AimedAt: b.Agent, Witnesses: []model.ID{b.Agent2}}).Made
	b.Must(t, b.Agent, model.Contest{Customer: wit, Sighting: s, Reason: "was joking"})
	b.customer = b.Customer(t, "Bakker & Zn")
	id := b.finish(b.Agent, model.NextStep{What: "mail only", By: "2026-12-24"}, model.KeyFriction, "theirs")
	b.Must(t, b.Lead, model.Return{Customer: b.customer, Assessment: id, Question: "did they hear these terms before?"})
	b.customer = b.Customer(t, "Own Goal")
	b.finish(b.Lead, b.parting(), model.KeyNeed, "no")
	b.customer = hulst
	b.Clock.Add(26 * time.Hour)
}

func reviewBench(t testing.TB) *fitBench {
	b := newFitBench(t, "Hulst Transport", "key_account", "yes", "contract_end", "2027-03-31", "notice", "1 month")
	fillQueue(b)
	return b
}

// to moves the cursor of the queue to a customer's case of a kind.
func to(t testing.TB, d *kittest.Driver, name, mark string) {
	t.Helper()
	d.Key("g")
	for range 20 {
		for _, row := range strings.Split(d.Screen(), "\n") {
			if strings.HasPrefix(row, "▌") && strings.Contains(row, name) && strings.Contains(row, mark) {
				return
			}
		}
		d.Key("j")
	}
	t.Fatalf("%s (%s) is not in the queue:\n%s", name, mark, d.Screen())
}

func TestReviewQueue(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := reviewBench(t)
		b.open(b.Lead, lang, w, h, KindReview, nil).Golden("review_queue" + name)
		b.open(b.Agent, lang, w, h, KindReview, nil).Golden("review_agent" + name)
	})
}

func TestReviewEmpty(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		b.open(b.Lead, lang, w, h, KindReview, nil).Golden("review_empty" + name)
	})
}

// The page of each kind of case shows what is decided on.
func TestReviewEvidence(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := reviewBench(t)
		q, err := b.As(model.Solo(b.Lead)).Review()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range q.Cases {
			file := "case_" + string(c.Kind) + "_" + strings.ToLower(strings.Fields(c.Name)[0]) + name
			d := b.open(b.Lead, lang, w, h, KindCase, c)
			d.Golden(file)
			d.Key("G")
			if h < 40 {
				d.Golden(file + "_end")
			}
		}
	})
}

// Two people part with a customer, one working day between, by keys alone.
func TestReviewApprovesParting(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
	d := b.open(b.Lead, "en", 120, 40, KindReview, nil)
	d.Key("a") // still the same day
	d.Contains("26 Nov 09:00")
	if n := b.running(); n == nil || n.State != model.FitProposed {
		t.Fatal("approved on the same day")
	}
	b.Clock.Set(time.Date(2026, time.November, 26, 9, 1, 0, 0, storetest.Zone()))
	d = b.open(b.Lead, "en", 120, 40, KindReview, nil)
	d.Keys("enter", "a", "enter")
	d.Contains("That is not the name.")
	d.Paste("Hulst Transport")
	d.Key("enter")
	if b.running() == nil {
		t.Fatal("a bare enter, or pasting, parted with a customer")
	}
	d.Type("hulst transport")
	d.Key("enter")
	n := b.detail().Settled()
	if n == nil || n.Verdict != model.VerdictPart || n.How != model.SettledApproved || n.Settled.By != b.Lead {
		t.Fatalf("not approved: %+v", n)
	}
	d.Contains("Nothing waits")
}

func TestReviewOwnProposal(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	b.finish(b.Lead, b.parting(), model.KeyNeed, "no")
	b.Clock.Add(5 * 24 * time.Hour)
	for _, lang := range []string{"en", "nl"} {
		d := b.open(b.Lead, lang, 120, 40, KindReview, nil)
		d.Keys("a")
		d.Golden("review_own_" + lang + "_120")
		d.Type("Hulst Transport")
		d.Keys("enter", "a", "o")
	}
	if n := b.running(); n == nil || n.State != model.FitProposed {
		t.Fatal("a lead approved the own proposal")
	}
}

func TestReviewReturns(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
	d := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	d.Keys("b", "enter") // no question is no answer
	d.Type("which need?")
	d.Key("enter")
	if n := b.running(); n.State != model.FitReturned || n.Returned.Reason != "which need?" {
		t.Fatalf("%+v", n)
	}
	d.Contains("which need?")
}

func TestReviewOtherwise(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Hulst Transport")
		b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
		d := b.open(b.Lead, lang, w, h, KindReview, nil)
		d.Key("o")
		d.Golden("review_otherwise_choose" + name)
		d.Key("3")
		d.Golden("review_otherwise_form" + name)
		d.Type("mail only")
		d.Key("tab")
		d.Type("24-12")
		d.Keys("tab", "ctrl+s") // a reason is asked for
		if b.running() == nil {
			t.Fatal("decided without a reason")
		}
		d.Type("they asked for one more year")
		d.Key("enter")
		n := b.detail().Settled()
		if n == nil || n.Verdict != model.VerdictTerms || n.How != model.SettledOtherwise || n.Settled.Reason == "" || n.Due != "2026-12-24" {
			t.Fatalf("%+v", n)
		}
	})
}

func TestReviewRulesOnTheRest(t *testing.T) {
	b := reviewBench(t)
	d := b.open(b.Lead2, "en", 120, 40, KindReview, nil)
	to(t, d, "Petra", "flag")
	d.Keys("c", "enter")
	d.Type("spoke with her")
	d.Key("enter")
	to(t, d, "De Wit", "joking")
	d.Keys("enter", "a")
	d.Type("two people heard it")
	d.Key("enter")
	q, err := b.As(model.Solo(b.Lead2)).Review()
	if err != nil {
		t.Fatal(err)
	}
	if q.Counts[model.CaseContest] != 0 || q.Counts[model.CaseFlag] != 0 {
		t.Errorf("left: %v", q.Counts)
	}
	// Who noted a sighting does not rule upon it, and an agent rules on nothing.
	b = reviewBench(t)
	for _, who := range []model.ID{b.Lead, b.Agent} {
		d = b.open(who, "en", 120, 40, KindReview, nil)
		to(t, d, "De Wit", "joking")
		d.Keys("a", "d")
		to(t, d, "Petra", "date")
		d.Key("w")
		d.Contains("Does Petra Jansen fit us?")
	}
	d = b.open(b.Agent, "en", 120, 40, KindReview, nil)
	to(t, d, "Petra", "flag")
	d.Key("c")
	d.Contains("lead")
	if q, _ = b.As(model.Solo(b.Lead)).Review(); q.Counts[model.CaseContest] != 1 || q.Counts[model.CaseFlag] != 1 {
		t.Errorf("decided by who may not: %v", q.Counts)
	}
}

// A case that somebody else dealt with says so and can do nothing.
func TestReviewCaseGone(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	id := b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
	q, err := b.As(model.Solo(b.Lead)).Review()
	if err != nil {
		t.Fatal(err)
	}
	b.Must(t, b.Lead2, model.Return{Customer: b.customer, Assessment: id, Question: "why?"})
	d := b.open(b.Lead, "en", 120, 40, KindCase, q.Cases[0])
	d.Contains("no longer in the queue")
	d.Key("b")
	d.Lacks("Your question")
}

func TestReviewHostile(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, hostileName, "level", hostileName)
		b.finish(b.Agent, model.NextStep{Referral: hostileName, Text: hostileName, Contact: b.Agent, Contract: hostileName}, model.KeyNeed, "no")
		b.Must(t, b.Agent, model.RaiseFlag{Customer: b.customer, Reason: hostileName})
		s := b.Must(t, b.Agent, model.Tag{Customer: b.customer, Trait: model.TraitBrazen, Words: hostileName}).Made
		b.Must(t, b.Agent2, model.Contest{Customer: b.customer, Sighting: s, Reason: hostileName})
		d := b.open(b.Lead, lang, w, h, KindReview, nil)
		d.Golden("review_hostile" + name)
		for range 3 {
			d.Key("enter")
			d.Screen()
			d.Key("G")
			d.Screen()
			d.Keys("q", "j")
		}
	})
}

// Doubles and long queues.
func TestReviewLongQueue(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	for i := range 230 {
		b.Clock.Add(time.Minute)
		b.Must(t, b.Agent, model.RaiseFlag{Customer: b.customer, Reason: "time " + string(rune('a'+i%26))})
	}
	d := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	d.Contains("230 open")
	d.Key("G")
	d.Golden("review_long_en_80")
	d.Keys("pgup", "pgup", "k")
	d.Screen()
	d.Key("g")
	d.Contains("FLAGS 230")
}

// Texts of thousands of words scroll, and nobody waits for them.
func TestReviewLongTexts(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	long := strings.Repeat("we said goodbye in so many words ", 1800) + "THE END"
	next := b.parting()
	next.Text = long
	b.finish(b.Agent, next, model.KeyNeed, "no")
	d := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	d.Key("enter")
	d.Golden("case_long_en_80")
	for range 200 {
		if strings.Contains(d.Screen(), "THE END") {
			return
		}
		d.Key("pgdown")
	}
	t.Fatal("the end is never reached")
}

// Before the book has answered a screen says that it reads, and no key does
// anything.
func TestScreensLoading(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	for _, lang := range []string{"en", "nl"} {
		e := b.env(b.Admin, lang)
		var out strings.Builder
		for _, s := range []kit.Screen{newWizard(e, b.customer), newReview(e), newCase(e, model.Case{Kind: model.CaseFlag}), newPeople(e), newJournal(e, model.NoID)} {
			for _, c := range s.Commands() {
				if c.Reason() == "" {
					c.Do("")
				}
			}
			if o, ok := s.(*people); ok {
				o.over = nil
			}
			out.WriteString(kittest.Draw(t, s.View(80, 3), 80, 3) + "\n")
		}
		kittest.Golden(t, "loading_"+lang+"_80", out.String())
	}
}

// Every command has its words in both languages.
func TestCommandsAreWorded(t *testing.T) {
	b := reviewBench(t)
	q, err := b.As(model.Solo(b.Lead2)).Review()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "nl"} {
		e := b.env(b.Lead2, lang)
		w := newWizard(e, b.customer).(*wizard)
		w.Update(w.Init()())
		p := newPeople(e).(*people)
		p.Update(p.Init()())
		j := newJournal(e, model.NoID).(*journal)
		j.Update(j.Init()())
		cmds := append(append(p.Commands(), j.Commands()...), w.Commands()...)
		for w.page = range pagePanel + 1 {
			cmds = append(cmds, w.own()...)
		}
		w.run.State = model.FitOpen
		w.page = pageSummary
		cmds = append(cmds, w.own()...)
		d := newDeciding(e)
		for _, c := range q.Cases {
			cmds = append(cmds, d.caseKeys(c)...)
		}
		cmds = append(cmds, d.caseKeys(model.Case{Kind: model.CaseDouble})...)
		cmds = append(cmds, (&overlay{env: e, form: &kit.Form{}}).commands(nil)...)
		cmds = append(cmds, (&overlay{env: e, saveID: "ask.go"}).commands(nil)...)
		cmds = append(cmds, kit.Command{ID: "wizard.send"}, kit.Command{ID: "review.decide"}, kit.Command{ID: "review.evidence"})
		for _, c := range cmds {
			if !e.Text.Has("cmd." + c.ID) {
				t.Errorf("%s: no words for %s", lang, c.ID)
			}
			if c.Footer > 0 && kit.Width(c.Short(e.Text)) > 20 {
				t.Errorf("%s: %q is long for a footer", lang, c.Short(e.Text))
			}
		}
	}
}

// Likely doubles stand beside each other; a person says that they are two.
func TestReviewDouble(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Jansen & Zn", "email", "info@jansen.example", "town", "Utrecht")
		other := b.Customer(t, "Jansen en Zoon B.V.", "email", "info@jansen.example", "kind", "business", "preferences", "facts first\none contact")
		imp := b.Must(t, b.Agent, model.ImportStart{File: "export.csv"}).Made
		b.Must(t, b.Agent, model.ImportFinish{Import: imp, Doubles: []model.ImportDouble{{A: b.customer, B: other, Same: "mail"}}})
		d := b.open(b.Agent, lang, w, h, KindReview, nil)
		d.Key("enter")
		d.Golden("case_double" + name)
		d.Key("x")
		d.Type("father and son")
		d.Key("enter")
		if q, err := b.As(model.Solo(b.Lead)).Review(); err != nil || len(q.Cases) != 0 {
			t.Errorf("left %v %v", q.Counts, err)
		}
	})
}
