package screen

import (
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// dealtBench is a customer with whom everything happened that the fit check
// looks at.
func dealtBench(t testing.TB) *fitBench {
	t.Helper()
	b := newFitBench(t, "Petra Jansen", "level", "Basic", "minutes", "60", "revenue", "1200.00", "margin", "300.00")
	c, mark := b.customer, 6
	calm := b.Must(t, b.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "no shouting at colleagues"}).Made
	fix := b.Must(t, b.Lead, model.AddImprovement{Title: "invoice shows the meter", Cause: "two systems", Owner: b.Agent}).Made
	b.Clock.Add(-20 * 24 * time.Hour)
	b.Must(t, b.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: "twice the same", Failed: true, Effort: 2, Transfers: 2, ToldAgain: true,
		Minutes: [model.Activities]int{0, 90, 30}})
	ours := b.Must(t, b.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "a credit note", Due: "2026-11-06"}).Made
	theirs := b.Must(t, b.Agent, model.MakePromise{Customer: c, Side: model.Theirs, Words: "photos of the meter", Due: "2026-11-08"}).Made
	b.Must(t, b.Agent, model.LogException{Customer: c, Named: "payment before delivery", Words: "to pay after delivery", State: model.ExceptionRefused, Reason: "the rule"})
	b.Must(t, b.Agent, model.LogException{Customer: c, Named: "returns within 14 days", Words: "after a month", State: model.ExceptionGranted, Reason: "an old friend", Cost: 2500})
	b.Clock.Add(6 * 24 * time.Hour)
	b.Must(t, b.Agent, model.ClosePromise{Customer: c, Promise: ours, State: model.PromiseBroken, Reason: "forgotten"})
	b.Must(t, b.Agent, model.ClosePromise{Customer: c, Promise: theirs, State: model.PromiseKept})
	terms := b.Must(t, b.Agent, model.StateTerms{Customer: c, Standards: []model.ID{calm}, Words: "we end a call in which one of us is shouted at", Channel: "phone", AnswerBy: "2026-11-20"}).Made
	b.Must(t, b.Agent, model.AnswerTerms{Customer: c, Terms: terms, State: model.TermsAccepted, Words: "fair enough"})
	b.Clock.Add(6 * 24 * time.Hour)
	b.Must(t, b.Agent, model.Tag{Customer: c, Trait: model.TraitBrazen, Words: "shouted at Sam", AimedAt: b.Agent2})
	b.Must(t, b.Agent, model.AddSurvey{Customer: c, Reply: model.Reply{Mark: &mark, Describe: "it drags"}})
	b.Must(t, b.Agent, model.LinkHurt{Improvement: fix, Customer: c})
	b.Clock.Set(storetest.Start)
	return b
}

// TestFactsOfDealings shows what the wizard knows on each question, with its
// dates, and what it proposes from that.
func TestFactsOfDealings(t *testing.T) {
	b := dealtBench(t)
	for _, lang := range text.Languages() {
		e := b.env(b.Agent, lang)
		facts := model.FitFacts(b.detail(), e.Play, b.Clock.Now())
		p := e.writer(79)
		for _, k := range model.FitKeys() {
			p.head(e.Say.Question(k))
			if a := facts[k].Propose; a != "" {
				p.para(0, 1, "◂ "+e.Say.Answer(k, a))
			}
			e.factPage(p, facts[k].Facts)
		}
		page := kittest.Draw(t, strings.Join(p.rows, "\n"), 80, len(p.rows)+1)
		if strings.Contains(page, "<no value>") || strings.Contains(page, "[fit.") || strings.Contains(page, "[money.") {
			t.Errorf("a fact has no words:\n%s", page)
		}
		kittest.Golden(t, "terms-facts-"+lang, page)
	}
}

func TestWizardProposesFromDealings(t *testing.T) {
	b := dealtBench(t)
	for _, lang := range text.Languages() {
		d := b.wizard(b.Lead, lang, 80, 24)
		answerAll(d, "11111111")
		d.Golden("terms-wizard-conduct-" + lang)
		d.Keys("1", "enter")
		d.Golden("terms-wizard-terms-" + lang)
		d.Key("f")
		d.Golden("terms-wizard-facts-" + lang)
		b.Must(t, b.Lead, model.FitDrop{Customer: b.customer, Assessment: b.running().ID})
	}
}
