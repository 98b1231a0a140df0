package screen

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kit"
)

// repairs is a book with improvements in each state.
type repairs struct {
	*storetest.Desk
	petra, blom, hulst      model.ID
	meter, card, mail, late model.ID
}

func newRepairs(t testing.TB) *repairs {
	b := &repairs{Desk: storetest.New(t)}
	b.petra = b.Customer(t, "Petra Jansen", "town", "Utrecht")
	b.blom = b.Customer(t, "Blom & Zn. B.V.", "kind", "business", "town", "Breda")
	b.hulst = b.Customer(t, "Hulst Transport", "kind", "business", "town", "Zwolle", "number", "1007")
	b.mail = b.Must(t, b.Agent2, model.AddImprovement{Title: "Answer mail on Saturdays", Hurt: []model.ID{b.blom}}).Made
	b.card = b.Must(t, b.Agent, model.AddImprovement{Title: "Paying by card at the door", Cause: "drivers had no terminals", Owner: b.Lead,
		Reach: "shown to every driver on Monday", Topic: "procedure", Hurt: []model.ID{b.petra, b.blom, b.hulst}}).Made
	b.Clock.Add(48 * time.Hour)
	b.meter = b.Must(t, b.Agent, model.AddImprovement{Title: "Meter reading on the invoice", Cause: "two systems disagree about it and nobody owns the difference",
		By: "2026-12-11", Topic: "invoice", Hurt: []model.ID{b.petra, b.hulst}}).Made
	b.late = b.Must(t, b.Agent2, model.AddImprovement{Title: "One name and number until a matter is closed", By: "2026-11-27",
		Reach: "on the board at the desks"}).Made
	b.Must(t, b.Agent2, model.EndImprovement{ID: b.mail, State: model.ImprovementDropped, Reason: "two mails a weekend"})
	b.Must(t, b.Lead, model.EndImprovement{ID: b.card, State: model.ImprovementDone, Reason: "every van has a terminal now"})
	b.Must(t, b.Agent, model.TellHurt{Improvement: b.card, Customer: b.blom, Words: "about time, and thank you"})
	b.Clock.Add(4 * 24 * time.Hour)
	return b
}

func (b *repairs) open(t testing.TB, who model.ID, lang string, w, h int, kind string, arg any) *deskRig {
	t.Helper()
	d := deskRigOn(t, b.Desk, who, lang, w, h)
	d.Send(kit.Open{Kind: kind, Arg: arg})
	return d
}

// line gives one improvement as the book has it.
func (b *repairs) line(t testing.TB, id model.ID) model.ImprovementLine {
	t.Helper()
	all, err := b.As(model.Solo(b.Lead)).Improvements()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if l.Improvement.ID == id {
			return l
		}
	}
	t.Fatalf("no improvement %s", id)
	return model.ImprovementLine{}
}

func TestImprovementsScreen(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newRepairs(t)
		d := b.open(t, b.Agent, lang, w, h, KindImprovements, nil)
		d.Golden("improvements" + name)
		d.Keys("j", "j")
		d.Golden("improvements_tell" + name)
		d.Keys("g", "j", "D")
		d.Golden("improvements_done" + name)
		d.Type("on one sheet")
		d.Key("ctrl+s")
		if l := b.line(t, b.meter); l.Improvement.State != model.ImprovementOpen {
			t.Fatal("done without its reach")
		}
		d.Golden("improvements_reach" + name)
		d.Type("morning talk")
		d.Key("ctrl+s")
		if l := b.line(t, b.meter); l.Improvement.State != model.ImprovementDone || l.Improvement.Reach != "morning talk" {
			t.Fatalf("left %+v\n%s", l.Improvement, d.Screen())
		}
		d.Key("u")
		if l := b.line(t, b.meter); l.Improvement.State != model.ImprovementOpen {
			t.Fatal("not opened again")
		}
		d.Key("n")
		d.Golden("improvements_add" + name)
		d.Type("Call back on time")
		d.Key("ctrl+s")
		d.Contains("Call back on time")
		d.Key("x")
		d.Type("a promise does that already")
		d.Key("ctrl+s")
		all, _ := b.As(model.Solo(b.Lead)).Improvements()
		if len(all) != 5 || all[3].Improvement.State != model.ImprovementDropped {
			t.Fatalf("%+v", all)
		}
	})
}

func TestImprovementPage(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newRepairs(t)
		d := b.open(t, b.Agent, lang, w, h, KindImprovement, b.card)
		d.Golden("improvement" + name)
		d.Key("y")
		d.Golden("improvement_told" + name)
		d.Type("finally")
		d.Keys("tab", "2")
		d.Key("ctrl+s")
		d.Contains(map[string]string{"en": ", confirmed", "nl": ", bevestigd"}[lang])
		if l := b.line(t, b.card); l.Told != 2 {
			t.Fatalf("told %d\n%s", l.Told, d.Screen())
		}
		// A customer who is found late.
		c := b.Customer(t, "Petra de Wit", "town", "Ede")
		d.Key("+")
		d.Type("petra de")
		d.Golden("improvement_link" + name)
		d.Key("enter")
		if hurt, _ := b.As(model.Solo(b.Lead)).Hurt(b.card, 0); len(hurt) != 4 || hurt[0].Customer != c && hurt[1].Customer != c {
			t.Fatalf("linked %+v\n%s", hurt, d.Screen())
		}
		d.Golden("improvement_linked" + name)
	})
}

// TestImprovementKeys: what cannot be done now says why.
func TestImprovementKeys(t *testing.T) {
	b := newRepairs(t)
	d := b.open(t, b.Agent, "en", 80, 24, KindImprovement, b.meter)
	d.Key("y")
	d.Contains("It is not done yet")
	d.Key("d")
	if l := b.line(t, b.meter); l.Hurt != 1 {
		t.Errorf("unlinked: %d\n%s", l.Hurt, d.Screen())
	}
	d.Key("u")
	d.Key("e")
	d.Type(" on paper")
	d.Key("ctrl+s")
	if l := b.line(t, b.meter); l.Improvement.Title != "Meter reading on the invoice on paper" || l.Hurt != 2 {
		t.Errorf("left %+v\n%s", l.Improvement, d.Screen())
	}
	d.Key("x")
	d.Type("no budget")
	d.Key("ctrl+s")
	d.Key("D")
	d.Contains("has ended")
	d.Key("+")
	d.Contains("has ended")
	d.Key("enter")
	d.Contains("FIT") // the customer's page
	// Somebody takes the improvement away meanwhile.
	d = b.open(t, b.Agent, "en", 80, 24, KindImprovement, model.ID{1})
	d.Contains("not in the book any more")
	d = b.open(t, b.Agent, "en", 80, 24, KindImprovement, b.card)
	d.Key("+")
	d.Key("enter")
	d.Type("zzz")
	d.Contains("Nobody by that name")
	d.Keys("enter", "esc")
	d.Key("+")
	d.Type("blom")
	d.Key("enter")
	d.Contains("is linked to it already")
}

// A verdict to improve leads to a form that is filled in from it.
func TestImproveFromVerdict(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newRepairs(t)
		ctx, who := context.Background(), model.Solo(b.Lead)
		answers := model.FitAnswers{}.WithDefaults()
		answers[model.KeyFriction] = model.AnswerOurs
		run := b.Must(t, b.Lead, model.FitStart{Customer: b.blom, Answers: answers})
		if _, err := b.Do(ctx, who, model.FitFinish{Customer: b.blom, Assessment: run.Made,
			Next: model.NextStep{What: "a fixed contact\nfor them", Cause: "too many hands", Who: b.Lead2}}); err != nil {
			t.Fatal(err)
		}
		detail, err := b.As(who).Customer(b.blom)
		if err != nil || detail.Settled() == nil || detail.Settled().Verdict != model.VerdictImprove {
			t.Fatalf("no verdict to improve: %v", err)
		}
		d := b.open(t, b.Agent, lang, w, h, KindCustomer, b.blom)
		d.Golden("improve_customer" + name)
		d.Key("i")
		d.Golden("improve_from_verdict" + name)
		d.Key("ctrl+s")
		all, _ := b.As(who).Improvements()
		var made model.ImprovementLine
		for _, l := range all {
			if l.Improvement.Assessment == detail.Settled().ID {
				made = l
			}
		}
		i := made.Improvement
		if i == nil {
			t.Fatal(d.Screen())
		}
		if i.Title != "a fixed contact" || i.Cause != "too many hands" || i.Owner != b.Lead2 || made.Hurt != 1 {
			t.Fatalf("made %+v\n%s", made, d.Screen())
		}
	})
}

// The mirror hands over a procedure: whom it hurt is linked in one go.
func TestImproveFromMirror(t *testing.T) {
	b := newRepairs(t)
	for range 205 {
		c := b.Customer(t, "Somebody")
		b.Must(t, b.Agent, model.LogException{Customer: c, Named: "Prepayment", Words: "pay later", State: model.ExceptionRefused, Reason: "rules"})
	}
	standards, err := b.As(model.Solo(b.Agent)).Standards()
	if err != nil || len(standards) != 1 {
		t.Fatalf("%+v %v", standards, err)
	}
	d := b.open(t, b.Agent, "en", 80, 24, KindImproveFrom, standards[0].Standard.ID)
	d.Golden("improve_from_mirror_en_80")
	d.Key("ctrl+s")
	all, _ := b.As(model.Solo(b.Agent)).Improvements()
	var made model.ImprovementLine
	for _, l := range all {
		if l.Improvement.Standard == standards[0].Standard.ID {
			made = l
		}
	}
	if made.Improvement == nil || made.Improvement.Title != "Prepayment" || made.Hurt != 205 {
		t.Fatalf("made %+v\n%s", made, d.Screen())
	}
	// From a topic, and without its customers.
	d = b.open(t, b.Agent, "en", 80, 24, KindImproveFrom, "procedure")
	d.Type("Ask before refusing")
	d.Key("ctrl+s")
	all, _ = b.As(model.Solo(b.Agent)).Improvements()
	if l := all[len(all)-1]; !strings.Contains(d.Screen(), "Ask before refusing") {
		t.Errorf("%+v\n%s", l, d.Screen())
	}
}

// On the page of a customer: what is being repaired, and telling that it is done.
func TestImproveOnCustomer(t *testing.T) {
	b := newRepairs(t)
	d := b.open(t, b.Agent, "en", 80, 24, KindCustomer, b.petra)
	d.Contains("done, to be told: Paying by card at the door")
	d.Key("y")
	d.Contains("Petra Jansen was told")
	d.Type("finally")
	d.Key("ctrl+s")
	d.Contains("told by Karin")
	if l := b.line(t, b.card); l.Told != 2 {
		t.Errorf("told %d\n%s", l.Told, d.Screen())
	}
	d.Key("L")
	d.Contains("What did Petra Jansen teach us?")
	d.Type("Say when you call back.")
	d.Key("ctrl+s")
	d.Contains("FIT") // back on the page
	if all, _ := b.As(model.Solo(b.Agent)).Lessons(); len(all) != 1 || all[0].Name != "Petra Jansen" {
		t.Errorf("%+v\n%s", all, d.Screen())
	}
	d.Key("G")
	d.Contains("Say when you call back.")
}

// The note check speaks before words are saved.
func TestImproveNotesChecked(t *testing.T) {
	b := newRepairs(t)
	d := b.open(t, b.Agent, "en", 80, 24, KindLessons, NewLesson{Customer: b.petra, Name: "Petra Jansen"})
	d.Type("she is an idiot")
	d.Key("ctrl+s")
	if all, _ := b.As(model.Solo(b.Agent)).Lessons(); len(all) != 0 {
		t.Fatal("saved at once:\n" + d.Screen())
	}
	d.Contains("▲")
	d.Key("ctrl+s")
	if all, _ := b.As(model.Solo(b.Agent)).Lessons(); len(all) != 1 {
		t.Fatal("not saved the second time:\n" + d.Screen())
	}
}

// follow runs a command to its end, and what follows from it.
func follow(s kit.Screen, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			follow(s, c)
		}
	default:
		_, next := s.Update(msg)
		follow(s, next)
	}
}

// Keys that come before a form knows what it begins with are the form's.
func TestImproveTypedAhead(t *testing.T) {
	b := newRepairs(t)
	e := deskEnv(t, b.As(model.Solo(b.Agent)), "en")
	s, _ := newImprovements(e, &ImproveFrom{Customer: b.petra}).(*improvements)
	s.Update(kit.Resized{W: 80, H: 24})
	for _, r := range "Hi" {
		if !s.Typing() {
			t.Fatal("keys would be commands")
		}
		s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	follow(s, func() tea.Msg { return s.prepare()() })
	if v := s.box.over.form.Values(); v["title"] != "Hi" {
		t.Errorf("typed %q", v["title"])
	}
}
