package model

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// daysAgo gives a day and a moment of it, counted back from the tests' now.
func daysAgo(n int) (Day, Stamp) {
	t := factsNow.AddDate(0, 0, -n)
	return DayOf(t), StampOf(t)
}

func failed(days int) *Contact {
	d, at := daysAgo(days)
	return &Contact{ID: person(byte(days)), On: at, Day: d, Failed: true, Topic: "invoice"}
}

func promised(side Side, state PromiseState, days int) *Promise {
	d, at := daysAgo(days)
	return &Promise{Side: side, State: state, Words: "a credit note", Closed: &Ruling{At: at}, ClosedOn: d}
}

func excepted(state ExceptionState, days int) *Exception {
	d, at := daysAgo(days)
	return &Exception{Standard: person(40), Words: "pay later", State: state, Day: d, At: at}
}

func hurtBy(state ImprovementState, told int, said string) HurtLine {
	_, at := daysAgo(60)
	l := HurtLine{Hurt: &Hurt{At: at}, Improvement: &Improvement{Title: "double invoice", State: state, Ended: &Ruling{At: at}}}
	if told >= 0 {
		_, at := daysAgo(told)
		l.Hurt.Told = &Ruling{At: at, Reason: said}
	}
	return l
}

// confirmed says that the customer confirmed the repair.
func confirmed(l HurtLine) HurtLine {
	l.Hurt.Confirmed = true
	return l
}

func put1(state TermsState, days int, standards ...ID) *Terms {
	d, at := daysAgo(days)
	t := &Terms{Words: "by mail only", State: state, On: d, At: at, Standards: standards}
	if state != TermsStated {
		t.Answered = &Ruling{At: at, Reason: "said so"}
	}
	return t
}

func dealing(f func(*Dealings), s ...*Sighting) *Detail {
	d := detailOf(s...)
	d.Dealings.Standards = map[ID]*Standard{person(40): {ID: person(40), Kind: StandardProcedure, Name: "Prepayment"},
		person(41): {ID: person(41), Kind: StandardLimit, Name: "No shouting"}}
	if f != nil {
		f(&d.Dealings)
	}
	return d
}

// wantFacts checks the proposal of a question and the ids of its facts.
func wantFacts(t *testing.T, d *Detail, k FitKey, propose Answer, ids ...string) {
	t.Helper()
	got := FitFacts(d, factsPlay(), factsNow)[k]
	if got.Propose != propose {
		t.Errorf("%s proposes %q, want %q", k, got.Propose, propose)
	}
	var have []string
	for _, f := range got.Facts {
		have = append(have, strings.TrimPrefix(f.Message.ID, "fit.fact."))
	}
	if !slices.Equal(have, ids) {
		t.Errorf("%s: facts %v, want %v", k, have, ids)
	}
}

func TestGrievanceFacts(t *testing.T) {
	for _, c := range []struct {
		name    string
		f       func(*Dealings)
		seen    []*Sighting
		propose Answer
		ids     []string
	}{
		{"our failures alone prove no grievance", func(d *Dealings) {
			d.Contacts, d.Promises = []*Contact{failed(3)}, []*Promise{promised(Ours, PromiseBroken, 5)}
			d.Exceptions = []*Exception{excepted(ExceptionRefused, 4)}
		}, nil, "", []string{"failed", "exception.refused", "broken.ours"}},
		{"an improvement is open", func(d *Dealings) { d.Hurts = []HurtLine{hurtBy(ImprovementOpen, -1, "")} }, nil, AnswerOpen, []string{"hurt.open"}},
		{"done, not told", func(d *Dealings) { d.Hurts = []HurtLine{hurtBy(ImprovementDone, -1, "")} }, nil, AnswerOpen, []string{"hurt.untold"}},
		{"told, not confirmed", func(d *Dealings) { d.Hurts = []HurtLine{hurtBy(ImprovementDone, 9, " ")} }, nil, AnswerOpen, []string{"hurt.unconfirmed"}},
		{"told, and what was said confirms nothing", func(d *Dealings) { d.Hurts = []HurtLine{hurtBy(ImprovementDone, 9, "not enough")} }, nil, AnswerOpen,
			[]string{"hurt.unconfirmed.said"}},
		{"confirmed without a word", func(d *Dealings) { d.Hurts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, ""))} }, nil, AnswerRepaired,
			[]string{"hurt.repaired"}},
		{"confirmed", func(d *Dealings) { d.Hurts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, "fine now"))} }, nil, AnswerRepaired, []string{"hurt.repaired.said"}},
		{"one of two is not done", func(d *Dealings) {
			d.Hurts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, "fine")), hurtBy(ImprovementOpen, -1, "")}
		}, nil, AnswerOpen, []string{"hurt.repaired.said", "hurt.open"}},
		{"dropped says nothing", func(d *Dealings) { d.Hurts = []HurtLine{hurtBy(ImprovementDropped, -1, "")} }, nil, "", nil},
		{"confirmed after the customer felt wronged", func(d *Dealings) { d.Hurts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, "fine"))} },
			[]*Sighting{seen(12, 1, wronged)}, AnswerRepaired, []string{"hurt.repaired.said", "signal"}},
		{"wronged again since", func(d *Dealings) { d.Hurts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, "fine"))} },
			[]*Sighting{seen(2, 1, wronged)}, AnswerUnchecked, []string{"hurt.repaired.said", "signal"}},
		{"failed again since", func(d *Dealings) {
			d.Hurts, d.Contacts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, "fine"))}, []*Contact{failed(3)}
		}, nil, AnswerUnchecked, []string{"hurt.repaired.said", "failed"}},
		{"failed before", func(d *Dealings) {
			d.Hurts, d.Contacts = []HurtLine{confirmed(hurtBy(ImprovementDone, 9, "fine"))}, []*Contact{failed(30)}
		}, nil, AnswerRepaired, []string{"hurt.repaired.said", "failed"}},
		{"more than a year ago", func(d *Dealings) { d.Contacts = []*Contact{failed(0)}; d.Contacts[0].Day = "2025-11-23" }, nil, "", nil},
		{"a contact taken back", func(d *Dealings) { d.Contacts = []*Contact{failed(1)}; d.Contacts[0].Withdrawn = &Ruling{} }, nil, "", nil},
		{"wronged, and still open", func(d *Dealings) { d.Hurts = []HurtLine{hurtBy(ImprovementOpen, -1, "")} },
			[]*Sighting{seen(1, 1, wronged)}, AnswerOpen, []string{"hurt.open", "signal"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFacts(t, dealing(c.f, c.seen...), KeyGrievance, c.propose, c.ids...) })
	}
}

func TestConductFacts(t *testing.T) {
	limit, other := person(41), person(40)
	high := func(s *Sighting) { s.Step = 3 }
	aimed := func(s *Sighting) { s.AimedAt = person(2) }
	for _, c := range []struct {
		name    string
		terms   []*Terms
		seen    []*Sighting
		propose Answer
		ids     []string
	}{
		{"low on the ladder", nil, []*Sighting{seen(1, 1)}, "", nil},
		{"never told", nil, []*Sighting{seen(1, 1, high)}, AnswerUntold, []string{"signal"}},
		{"aimed at a colleague", nil, []*Sighting{seen(1, 1, aimed)}, AnswerUntold, []string{"signal"}},
		{"after a limit", []*Terms{put1(TermsStated, 9, limit)}, []*Sighting{seen(1, 1, high)}, AnswerWarned, []string{"signal", "limit"}},
		{"before the limit", []*Terms{put1(TermsStated, 1, limit)}, []*Sighting{seen(9, 1, high)}, AnswerUntold, []string{"signal", "limit"}},
		{"before and after", []*Terms{put1(TermsStated, 5, limit)}, []*Sighting{seen(9, 1, high), seen(1, 1, aimed)}, AnswerWarned, []string{"signal", "signal", "limit"}},
		{"terms without a limit", []*Terms{put1(TermsStated, 9, other)}, []*Sighting{seen(1, 1, high)}, AnswerUntold, []string{"signal"}},
		{"a limit taken back", func() []*Terms { x := put1(TermsStated, 9, limit); x.Withdrawn = &Ruling{}; return []*Terms{x} }(),
			[]*Sighting{seen(1, 1, high)}, AnswerUntold, []string{"signal"}},
		{"on the day of the telling, noted later", []*Terms{put1(TermsStated, 1, limit)}, []*Sighting{seen(1, 1, high, at(8))}, AnswerUntold, []string{"signal", "limit"}},
		{"on the day of the telling, after it", []*Terms{put1(TermsStated, 1, limit)}, []*Sighting{seen(1, 1, high, at(20))}, AnswerWarned, []string{"signal", "limit"}},
		{"serious goes before all", []*Terms{put1(TermsStated, 9, limit)}, []*Sighting{seen(1, 1, high), seen(2, 1, serious)}, AnswerSerious,
			[]string{"signal", "signal.serious", "limit"}},
		{"contested", nil, []*Sighting{seen(1, 1, high, contested)}, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantFacts(t, dealing(func(d *Dealings) { d.Terms = c.terms }, c.seen...), KeyConduct, c.propose, c.ids...)
		})
	}
}

func TestTermsFacts(t *testing.T) {
	gone := put1(TermsRefused, 1)
	gone.Withdrawn = &Ruling{}
	for _, c := range []struct {
		name    string
		terms   []*Terms // newest first
		propose Answer
		ids     []string
	}{
		{"never", nil, AnswerNone, nil},
		{"no answer yet", []*Terms{put1(TermsStated, 2)}, "", []string{"terms.stated"}},
		{"accepted", []*Terms{put1(TermsAccepted, 2)}, AnswerAccepted, []string{"terms.accepted.said"}},
		{"refused", []*Terms{put1(TermsRefused, 2)}, AnswerRefused, []string{"terms.refused.said"}},
		{"broken", []*Terms{put1(TermsBroken, 2)}, AnswerBroken, []string{"terms.broken.said"}},
		{"all taken back", []*Terms{gone}, AnswerNone, nil},
		{"the newest that stand", []*Terms{gone, put1(TermsAccepted, 5), put1(TermsRefused, 50)}, AnswerAccepted, []string{"terms.accepted.said", "terms.refused.said"}},
		{"asked anew", []*Terms{put1(TermsStated, 1), put1(TermsRefused, 50)}, "", []string{"terms.stated", "terms.refused.said"}},
		{"noted later, told earlier", []*Terms{put1(TermsRefused, 50), put1(TermsAccepted, 5)}, AnswerAccepted, []string{"terms.refused.said", "terms.accepted.said"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantFacts(t, dealing(func(d *Dealings) { d.Terms = c.terms }), KeyTerms, c.propose, c.ids...)
		})
	}
	d := dealing(nil)
	d.Assessments = []*Assessment{{ID: person(9), State: FitSettled, Verdict: VerdictTerms, Settled: &Ruling{}, Next: NextStep{What: "one channel"}}}
	wantFacts(t, d, KeyTerms, "", "terms") // asked by a verdict, and nobody noted that they were stated
	d.Dealings.Terms = []*Terms{put1(TermsAccepted, 1)}
	d.Dealings.Terms[0].Assessment = person(9)
	wantFacts(t, d, KeyTerms, AnswerAccepted, "terms.accepted.said")
}

func TestWinFacts(t *testing.T) {
	lever := func(id string, cents int64) Message { return Say(id, "Cents", cents) }
	for _, c := range []struct {
		name    string
		money   Money
		propose Answer
		ids     []string
	}{
		{"not known", Money{Profit: 100}, "", nil},
		{"a profit", Money{Known: true, Profit: 1}, AnswerNow, []string{"profit", "cost"}},
		{"nought is no profit", Money{Known: true}, "", []string{"profit", "cost"}},
		{"a lever covers it", Money{Known: true, Profit: -100, Levers: []Message{lever("money.lever.repeat", 60), lever("money.lever.direct", 100)}}, AnswerReachable,
			[]string{"profit", "cost", "money.lever.repeat", "money.lever.direct"}},
		{"none covers it", Money{Known: true, Profit: -100, Levers: []Message{lever("money.lever.repeat", 99)}}, "", []string{"profit", "cost", "money.lever.repeat"}},
		{"the difference is no lever", Money{Known: true, Profit: -100, Levers: []Message{lever(leverDifference, 1000)}}, "", []string{"profit", "cost", leverDifference}},
		{"arrears are shown", Money{Known: true, Profit: 5, Arrears: 9, OldestArrear: "2026-10-01"}, AnswerNow, []string{"profit", "cost", "arrears"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantFacts(t, dealing(func(d *Dealings) { d.Money = c.money }), KeyOurWin, c.propose, c.ids...)
		})
	}
}

func TestFactsWithoutProposal(t *testing.T) {
	d := dealing(func(d *Dealings) {
		d.Contacts = []*Contact{failed(3)}
		d.Contacts[0].Effort = 2
		d.Promises = []*Promise{promised(Ours, PromiseKept, 1), promised(Ours, PromiseBroken, 2), promised(Theirs, PromiseBroken, 3),
			promised(Theirs, PromiseKept, 500), {Side: Ours, State: PromiseOpen}}
		d.Exceptions = []*Exception{excepted(ExceptionGranted, 1), excepted(ExceptionRefused, 2), excepted(ExceptionOpen, 3)}
		d.Terms = []*Terms{put1(TermsBroken, 4)}
		d.Surveys = []*Survey{{Mark: 8, Day: "2026-11-01"}, {Mark: 3, Day: "2026-10-01", Withdrawn: &Ruling{}}, {Describe: "fine"}}
		d.Story = Story{ToldAgain: 3, Transfers: 2}
		d.UsedMinutes = 140
	})
	d.Customer.Minutes, d.Customer.Level = 60, "basic"
	wantFacts(t, d, KeyFriction, "", "failed", "broken.ours", "exception.refused", "told-again", "transfers", "broken.theirs", "terms.broken.said")
	wantFacts(t, d, KeyWill, "", "kept.ours", "kept.theirs", "broken.ours", "broken.theirs")
	wantFacts(t, d, KeyTheirWin, "", "mark", "effort")
	wantFacts(t, d, KeyDemand, "", "used", "exceptions", "exception.granted", "exception.refused", "exception.open", "level", "minutes")
	facts := FitFacts(d, factsPlay(), factsNow)
	if a := facts[KeyWill].Facts[0].Message.Args; a["Kept"] != 1 || a["All"] != 2 {
		t.Errorf("ours: %v", a)
	}
	if a := facts[KeyDemand].Facts[0].Message.Args; a["Used"] != 140 || a["Of"] != 60 {
		t.Errorf("used: %v", a)
	}
	if a := facts[KeyTheirWin].Facts[0].Message.Args; a["Mark"] != 7 {
		t.Errorf("mark: %v", a)
	}
}

// genDealings draws any dealings.
func genDealings(t *rapid.T) Dealings {
	draw := func(label string) int { return rapid.IntRange(0, 500).Draw(t, label) }
	var d Dealings
	for range rapid.IntRange(0, 3).Draw(t, "contacts") {
		c := failed(draw("contact"))
		c.Failed = rapid.Bool().Draw(t, "failed")
		d.Contacts = append(d.Contacts, c)
	}
	for range rapid.IntRange(0, 3).Draw(t, "promises") {
		d.Promises = append(d.Promises, promised(rapid.SampledFrom([]Side{Ours, Theirs}).Draw(t, "side"),
			rapid.SampledFrom([]PromiseState{PromiseOpen, PromiseKept, PromiseBroken, PromiseDropped}).Draw(t, "promise"), draw("closed")))
	}
	for range rapid.IntRange(0, 3).Draw(t, "exceptions") {
		d.Exceptions = append(d.Exceptions, excepted(rapid.SampledFrom([]ExceptionState{ExceptionOpen, ExceptionGranted, ExceptionRefused}).Draw(t, "exception"), draw("asked")))
	}
	for range rapid.IntRange(0, 3).Draw(t, "terms") {
		x := put1(rapid.SampledFrom([]TermsState{TermsStated, TermsAccepted, TermsRefused, TermsBroken}).Draw(t, "state"), draw("told"),
			person(byte(rapid.IntRange(40, 42).Draw(t, "standard"))))
		if rapid.Bool().Draw(t, "gone") {
			x.Withdrawn = &Ruling{}
		}
		d.Terms = append(d.Terms, x)
	}
	for range rapid.IntRange(0, 2).Draw(t, "hurts") {
		d.Hurts = append(d.Hurts, hurtBy(rapid.SampledFrom([]ImprovementState{ImprovementOpen, ImprovementDone, ImprovementDropped}).Draw(t, "improvement"),
			rapid.IntRange(-1, 90).Draw(t, "tell"), rapid.SampledFrom([]string{"", "fine"}).Draw(t, "said")))
	}
	d.Money = Money{Known: rapid.Bool().Draw(t, "known"), Profit: rapid.Int64Range(-100, 100).Draw(t, "profit"),
		Levers: []Message{Say("money.lever.repeat", "Cents", rapid.Int64Range(0, 100).Draw(t, "lever"))}}
	d.UsedMinutes = rapid.IntRange(0, 200).Draw(t, "used")
	return d
}

// A proposal is always an answer of its question. It never goes by a trait, but
// for the grievance, which asks whether somebody was seen to feel wronged; nor
// by size, what was agreed, or how often somebody complained. It is never that a
// grievance is unfounded, and it changes no record.
func TestFitFactsProposalsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(genSighting), 0, 5).Draw(t, "sightings")
		d := dealing(nil, all...)
		names := d.Dealings.Standards
		d.Dealings = genDealings(t)
		d.Dealings.Standards = names
		first := FitFacts(d, factsPlay(), factsNow)
		for k, f := range first {
			if f.Propose != "" {
				if err := (FitAnswers{k: f.Propose}).Check(); err != nil {
					t.Fatal(err)
				}
			}
			for _, x := range f.Facts {
				if x.Message.ID == "" || x.At > StampOf(factsNow) {
					t.Fatalf("%s: %+v", k, x)
				}
			}
		}
		if first[KeyGrievance].Propose == AnswerUnfounded {
			t.Fatal("a grievance was guessed to be unfounded")
		}
		other := *d
		other.Customer = &Customer{Revenue: 9_000_000_00, KeyAccount: true, Level: "gold", Minutes: 10}
		other.Large = true
		other.Sightings = nil
		for _, s := range all {
			c := *s
			if c.Trait != TraitWronged {
				c.Trait = rapid.SampledFrom([]Trait{TraitTopservice, TraitAttention, TraitBrazen}).Draw(t, "trait")
			}
			other.Sightings = append(other.Sightings, &c)
		}
		proposals := func(facts map[FitKey]FitFact) map[FitKey]Answer {
			out := map[FitKey]Answer{}
			for k, f := range facts {
				out[k] = f.Propose
			}
			return out
		}
		if a, b := proposals(first), proposals(FitFacts(&other, factsPlay(), factsNow)); !maps.Equal(a, b) {
			t.Fatalf("traits or size changed a proposal: %v, %v", a, b)
		}
		complaining := *d
		complaining.Dealings.Contacts = slices.Clone(d.Dealings.Contacts)
		day, on := daysAgo(1)
		for range 5 {
			complaining.Dealings.Contacts = append(complaining.Dealings.Contacts, &Contact{On: on, Day: day, Topic: "invoice", Minutes: [Activities]int{0, 0, 60}})
		}
		if a, b := proposals(first), proposals(FitFacts(&complaining, factsPlay(), factsNow)); !maps.Equal(a, b) {
			t.Fatalf("complaining changed a proposal: %v, %v", a, b)
		}
	})
}
