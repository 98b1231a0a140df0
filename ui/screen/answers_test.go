package screen

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kit"
)

func newAnswersBook(t testing.TB) (*storetest.Desk, model.ID) {
	b := storetest.New(t)
	petra := b.Customer(t, "Petra Jansen", "town", "Utrecht")
	save := func(topic, q, words string) model.ID {
		return b.Must(t, b.Agent, model.SaveAnswer{Topic: topic, Question: q, Words: words}).Made
	}
	where := save("invoice", "Where is my invoice?", "In the mail of the first of the month, and in the account under Papers. We send it again at once when it is not there.")
	save("invoice", "May I pay in parts?", "Yes, in three parts.")
	save("delivery-time", "When does it arrive?", "Within two working days.")
	log := func(topic string, answer model.ID, missing string) {
		b.Clock.Add(time.Hour)
		b.Must(t, b.Agent2, model.LogContact{Customer: petra, Channel: "phone", Topic: topic, Story: "s", Answer: answer, Missing: missing})
	}
	log("invoice", where, "")
	log("invoice", where, "")
	log("invoice", model.NoID, "Can the invoice go to my bookkeeper?")
	log("packaging", model.NoID, "Do you take the boxes back?")
	return b, petra
}

func TestAnswersScreen(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b, _ := newAnswersBook(t)
		d := deskRigOn(t, b, b.Agent, lang, w, h)
		d.Send(kit.Open{Kind: KindAnswers})
		d.Golden("answers" + name)
		d.Key("=") // nothing on packaging yet
		d.Golden("answers_why" + name)
		d.Key("enter")
		d.Key("tab")
		d.Golden("answers_write" + name)
		d.Type("Yes, the driver does.")
		d.Key("ctrl+s")
		d.Keys("g", "=")
		d.Golden("answers_same" + name)
		d.Keys("2", "enter")
		got, err := b.As(model.Solo(b.Agent)).Answers("")
		if err != nil || len(got.Missing) != 0 || len(got.Lines) != 4 {
			t.Fatalf("%+v %v\n%s", got, err, d.Screen())
		}
		d.Golden("answers_all" + name)
	})
}

func TestAnswersKeys(t *testing.T) {
	b, _ := newAnswersBook(t)
	d := deskRigOn(t, b, b.Lead, "en", 80, 24)
	d.Send(kit.Open{Kind: KindAnswers, Arg: "invoice"})
	d.Lacks("When does it arrive?")
	d.Key("G")
	d.Key("e")
	d.Type(" Or not?")
	d.Key("ctrl+s")
	d.Contains("Or not?")
	d.Key("d")
	d.Type("asked no more")
	d.Key("enter")
	if got, _ := b.As(model.Solo(b.Lead)).Answers("invoice"); len(got.Lines) != 1 {
		t.Fatalf("%+v\n%s", got.Lines, d.Screen())
	}
	d.Key("a")
	d.Contains("When does it arrive?")
	d.Key("n")
	d.Type("Who are you?")
	d.Key("ctrl+s") // no words yet
	d.Contains("has to be filled in")
	d.Keys("esc", "g", "c")
	d.Contains("FIT")
	d = deskRigOn(t, b, b.Agent, "en", 80, 24)
	d.Send(kit.Open{Kind: KindAnswers})
	d.Key("G")
	d.Key("d")
	d.Contains("lead") // who may
}

func TestLessonsAndFairnessScreens(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := storetest.New(t)
		ctx := context.Background()
		d := deskRigOn(t, b, b.Lead, lang, w, h)
		for _, kind := range []string{KindLessons, KindFairness, KindAnswers, KindImprovements} {
			d.Send(kit.Go{Kind: kind})
			d.Golden(kind + "_empty" + name)
		}
		petra, blom := b.Customer(t, "Petra Jansen"), b.Customer(t, "Blom & Zn. B.V.", "kind", "business")
		for i := range 14 {
			b.Clock.Add(time.Hour)
			who, of := []model.ID{b.Agent, b.Agent2}[i%4/3], []model.ID{petra, blom}[i%3/2]
			g := b.Must(t, who, model.Tag{Customer: of, Trait: model.Traits()[i%4], Words: fmt.Sprint("did a thing ", i)}).Made
			if i%5 == 0 {
				_, _ = b.Do(ctx, model.Solo(b.Lead2), model.Contest{Customer: of, Sighting: g, Reason: "was not so"})
			}
		}
		b.Must(t, b.Agent, model.AddLesson{Customer: petra, Topic: "procedure",
			Words: "Explain why a rule is there before applying it, then give one choice and write it down; the rest follows by itself."})
		b.Clock.Add(time.Hour)
		b.Must(t, b.Agent2, model.AddLesson{Customer: blom, Words: "Say when you call back."})
		d = deskRigOn(t, b, b.Lead, lang, w, h)
		d.Send(kit.Open{Kind: KindLessons})
		d.Key("j")
		d.Golden("lessons" + name)
		d.Key("d")
		d.Lacks("Explain why a rule")
		d.Send(kit.Go{Kind: KindFairness})
		d.Golden("fairness" + name)
		d.Key("G")
		d.Golden("fairness_kind" + name)
		d = deskRigOn(t, b, b.Agent, lang, w, h)
		d.Send(kit.Open{Kind: KindFairness})
		d.Lacks("Sam")
		d.Golden("fairness_agent" + name)
	})
}

// What comes from outside neither breaks the page nor costs more than it shows.
func TestImproveHostile(t *testing.T) {
	b := storetest.New(t)
	c := b.Customer(t, hostileName)
	i := b.Must(t, b.Agent, model.AddImprovement{Title: nasty, Cause: nasty + nasty, Reach: nasty, Hurt: []model.ID{c}}).Made
	b.Must(t, b.Agent, model.EndImprovement{ID: i, State: model.ImprovementDone, Reason: nasty})
	b.Must(t, b.Agent, model.TellHurt{Improvement: i, Customer: c, Words: nasty})
	b.Must(t, b.Agent, model.SaveAnswer{Topic: "invoice", Question: nasty, Words: nasty})
	b.Must(t, b.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: nasty, Missing: nasty + "?"})
	b.Must(t, b.Agent, model.AddLesson{Customer: c, Words: nasty})
	b.Must(t, b.Agent, model.Tag{Customer: c, Trait: model.TraitBrazen, Words: nasty})
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		d := deskRigOn(t, b, b.Admin, "en", size[0], size[1])
		for _, o := range []kit.Open{{Kind: KindImprovements}, {Kind: KindImprovement, Arg: i}, {Kind: KindAnswers}, {Kind: KindLessons},
			{Kind: KindFairness}, {Kind: KindCustomer, Arg: c}} {
			d.Send(o)
			d.Screen()
			d.Keys("G", "n")
			d.Screen()
			d.Keys("esc", "g", "=")
			d.Screen()
			d.Key("esc")
		}
	}
}
