package screen

import (
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kittest"
)

func TestWizardQuestion(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen", "level", "Basic", "channels", "mail", "minutes", "60", "revenue", "12500", "margin", "1800")
		for i, who := range []model.ID{b.Agent, b.Agent2, b.Lead} {
			b.Clock.Add(24 * time.Hour)
			b.Must(t, who, model.Tag{Customer: b.customer, Trait: model.TraitBrazen, Signal: "snapped", Serious: i == 2, Witnesses: []model.ID{b.Agent}})
		}
		b.Must(t, b.Agent, model.Tag{Customer: b.customer, Trait: model.TraitWronged, Words: "We were promised a credit note\nand got a second invoice"})
		d := b.wizard(b.Agent, lang, w, h)
		d.Golden("wizard_first" + name)
		answerAll(d, "152")
		d.Golden("wizard_demand" + name)
		d.Keys("1", "enter", "2")
		d.Golden("wizard_friction" + name)
		d.Key("v")
		d.Golden("wizard_panel" + name)
		d.Keys("v", "g", "f")
		d.Golden("wizard_facts" + name)
	})
}

func TestWizardSummaries(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		for _, c := range []struct {
			name  string
			other []model.FitKey
		}{
			{"fits", nil},
			{"improve", []model.FitKey{model.KeyFriction, "ours"}},
			{"terms", []model.FitKey{model.KeyDemand, "outside"}},
			{"part", []model.FitKey{model.KeyConduct, "warned", model.KeyTerms, "broken"}},
			{"gather", []model.FitKey{model.KeyGrievance, "unchecked"}},
		} {
			b := newFitBench(t, "Hulst Transport", "key_account", "yes", "contract_end", "2027-03-31", "notice", "1 month")
			d := b.wizard(b.Agent, lang, w, h)
			answerAll(d, digits(c.other...))
			d.Golden("wizard_summary_" + c.name + name)
			d.Key("enter")
			d.Golden("wizard_step_" + c.name + name)
		}
	})
}

// A whole run by keys ends in a proposal.
func TestWizardProposes(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Hulst Transport")
		d := b.wizard(b.Agent, lang, w, h)
		answerAll(d, digits(model.KeyNeed, "no"))
		d.Keys("enter", "1", "enter")
		d.Type("De Buren B.V.")
		d.Key("tab")
		d.Type("They do what you need.")
		d.Key("tab")
		d.Key("2")
		d.Key("tab")
		d.Type("none")
		d.Key("ctrl+s")
		n := b.running()
		if n == nil || n.State != model.FitProposed || n.Verdict != model.VerdictPart || n.Rule != "R6" {
			t.Fatalf("no proposal: %+v", n)
		}
		if n.Next.Referral != "De Buren B.V." || n.Next.Contact != b.Lead || n.Next.Searched || n.Next.Contract != "none" {
			t.Errorf("next step: %+v", n.Next)
		}
		d.Golden("wizard_proposed" + name)
		d.Keys("1", "enter") // nothing more to answer
		if got := b.running(); got.State != model.FitProposed {
			t.Errorf("state %s", got.State)
		}
		// Somebody else finds it read-only too.
		other := b.wizard(b.Agent2, lang, w, h)
		other.Contains("Hulst Transport")
		other.Key("D")
		if b.running() == nil {
			t.Error("an agent dropped another's proposal")
		}
	})
}

func TestWizardPauseAndResume(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.wizard(b.Agent, "en", 120, 40)
	d.Key("p")
	if b.running() != nil {
		t.Fatal("a run was begun without an answer")
	}
	d = b.wizard(b.Agent, "en", 120, 40)
	answerAll(d, "114")
	d.Keys("g", "enter", "enter") // question 3
	d.Key("n")
	d.Type("asked on the phone")
	d.Keys("enter", "m", "p")
	d.Contains("Paused")
	n := b.running()
	if len(n.Answers) != 3 || n.Notes[model.KeyNeed] != "asked on the phone" || n.Stance != model.StanceMaker {
		t.Fatalf("kept: %+v", n)
	}
	d = b.wizard(b.Agent2, "en", 120, 40)
	d.Contains("question 4 of 10") // the first one that is open
	d.Keys("backspace")
	d.Contains("asked on the phone")
	d.Key("2") // another answer keeps the note
	if n = b.running(); n.Notes[model.KeyNeed] != "asked on the phone" || n.Answers[model.KeyNeed] != "partly" {
		t.Errorf("note lost: %+v", n)
	}
	d.Key("0")
	if n = b.running(); n.Answers[model.KeyNeed] != "" {
		t.Errorf("not taken back: %v", n.Answers)
	}
	d.Key("D")
	d.Type("moved away")
	d.Key("enter")
	if b.running() != nil {
		t.Error("not dropped")
	}
	d.Lacks("question")
}

// An answer is in the book as soon as it is given: a closed terminal, or a
// screen that is left at once, loses nothing.
func TestWizardAnswerSurvivesClosing(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.wizard(b.Agent, "en", 80, 24)
	d.Key("2")
	if n := b.running(); n == nil || n.Answers[model.KeyEvidence] != model.AnswerThin {
		t.Fatalf("not saved: %+v", n)
	}
	e := b.env(b.Agent, "en")
	w := newWizard(e, b.customer).(*wizard)
	w.Update(w.Init()())
	w.goTo(0)
	// Two answers before the first one is through, then the screen closes.
	first := w.choose("1")
	w.goTo(1)
	if w.choose("3") != nil {
		t.Fatal("the second answer did not wait for the first")
	}
	closing := w.Closing()
	go first()
	closing()
	if n := b.running(); n.Answers[model.KeyEvidence] != model.AnswerEnough || n.Answers[model.KeyGrievance] != model.AnswerOpen {
		t.Errorf("lost: %v", n.Answers)
	}
}

// The draft of the next step outlives the screen.
func TestWizardDraft(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.wizard(b.Agent, "en", 120, 40)
	answerAll(d, digits(model.KeyEvidence, "thin"))
	d.Key("enter")
	d.Type("a second opinion")
	d.Key("esc")
	d = b.wizard(b.Agent, "en", 120, 40)
	d.Key("enter")
	d.Contains("a second opinion")
	d.Keys("tab", "2", "tab")
	d.Type("1-11")
	d.Key("ctrl+s")
	d.Contains("Choose a day after today.")
	for range 4 {
		d.Key("backspace")
	}
	d.Type("27-11")
	d.Key("ctrl+s")
	n := b.detail().Settled()
	if n == nil || n.Verdict != model.VerdictGather || n.Next.By != "2026-11-27" || n.Next.Who != b.Lead || n.Due != "2026-11-27" {
		t.Fatalf("settled: %+v", n)
	}
	if left, err := b.As(model.Solo(b.Agent)).Draft("fit/" + n.ID.String()); err != nil || left != nil {
		t.Errorf("the draft stayed: %v %v", left, err)
	}
	d.Contains("27 Nov")
}

// What the book refuses is said under the field it is about, and nothing typed
// is lost.
func TestWizardRefused(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.wizard(b.Agent, "en", 120, 40)
	answerAll(d, digits())
	d.Key("enter")
	d.Type("the quick reply")
	b.Must(t, b.Agent2, model.FitAnswer{Customer: b.customer, Assessment: b.running().ID, Question: model.KeyWill})
	d.Key("ctrl+s")
	d.Contains("the quick reply")
	d.Contains("still open")
}

func TestWizardCompare(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		b.finish(b.Lead, model.NextStep{What: "mail only", By: "2026-12-24"}, model.KeyFriction, "theirs")
		b.Clock.Add(24 * time.Hour)
		d := b.wizard(b.Agent, lang, w, h)
		d.Keys("enter", "enter", "enter", "enter")
		d.Golden("wizard_again" + name)
		if b.running() != nil {
			t.Fatal("looking began a run")
		}
		d.Key("g")
		answerAll(d, digits(model.KeyFriction, "ours"))
		d.Golden("wizard_compare" + name)
		if n := b.running(); n == nil || n.Previous == model.NoID {
			t.Errorf("no previous: %+v", n)
		}
	})
}

func TestWizardReturned(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Hulst Transport")
		id := b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
		b.Must(t, b.Lead, model.Return{Customer: b.customer, Assessment: id, Question: "Who says that the need is not ours?"})
		d := b.wizard(b.Agent, lang, w, h)
		d.Golden("wizard_returned" + name)
		d.Keys("1", "enter", "enter", "2")
		d.Golden("wizard_returned_question" + name)
		if n := b.running(); n.State != model.FitOpen || n.Answers[model.KeyNeed] != model.AnswerPartly {
			t.Errorf("%+v", n)
		}
	})
}

func TestWizardHostile(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, hostileName, "level", hostileName, "channels", hostileName, "response", hostileName)
		b.Must(t, b.Agent, model.Tag{Customer: b.customer, Trait: model.TraitWronged, Words: hostileName})
		d := b.wizard(b.Agent, lang, w, h)
		d.Golden("wizard_hostile" + name)
		answerAll(d, "1")
		d.Golden("wizard_hostile_grievance" + name)
		d.Keys("f", "G", "esc", "v", "G", "esc")
		answerAll(d, "211111111")
		d.Key("G")
		d.Screen()
		d.Keys("g", "enter")
		d.Type(nasty)
		d.Paste(hostileName + "\n" + hostileName)
		d.Screen()
	})
}

func TestWizardGone(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.open(b.Agent, "en", 80, 24, KindWizard, model.ID{1})
	d.Contains("could not be read")
	d.Keys("enter", "1", "v", "esc")
	d.Lacks("could not be read")
}

// Every size a window may have draws without a fault.
func TestWizardSizes(t *testing.T) {
	b := newFitBench(t, "Hulst Transport", "key_account", "yes")
	b.Must(t, b.Agent, model.Tag{Customer: b.customer, Trait: model.TraitBrazen, Signal: "snapped"})
	d := b.wizard(b.Agent, "nl", 80, 24)
	walk := func(d *kittest.Driver) {
		for _, w := range []int{40, 60, 79, 99, 100, 101, 160, 250} {
			for _, h := range []int{10, 11, 15, 24, 60} {
				d.Resize(w, h)
				d.Screen()
			}
		}
	}
	walk(d)
	answerAll(d, digits(model.KeyConduct, "warned", model.KeyTerms, "broken"))
	walk(d)
	d.Key("enter")
	walk(d)
}
