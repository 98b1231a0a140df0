package screen

import (
	"context"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// fitBench is a book with a customer, on which people open the screens of
// judging and reviewing.
type fitBench struct {
	*storetest.Desk
	t        testing.TB
	customer model.ID
}

func newFitBench(t testing.TB, name string, kv ...string) *fitBench {
	t.Helper()
	b := &fitBench{Desk: storetest.New(t), t: t}
	b.customer = b.Customer(t, name, kv...)
	return b
}

// env is the session of a person.
func (b *fitBench) env(who model.ID, lang string) *Env {
	b.t.Helper()
	desk := b.As(model.Solo(who))
	tx, err := text.Load(lang)
	if err != nil {
		b.t.Fatal(err)
	}
	me, err := desk.Me()
	if err != nil {
		b.t.Fatal(err)
	}
	play, cal, err := desk.Playbook()
	if err != nil {
		b.t.Fatal(err)
	}
	return &Env{Ctx: context.Background(), Desk: desk, Text: tx, Theme: kit.NewTheme(true),
		Say: say.Speaker{Text: tx, Play: play}, Me: me, Play: play, Cal: cal}
}

// open starts a console in which a person has opened a screen.
func (b *fitBench) open(who model.ID, lang string, w, h int, kind string, arg any) *kittest.Driver {
	b.t.Helper()
	e := b.env(who, lang)
	makers := map[string]func(any) kit.Screen{
		KindDesk:     func(any) kit.Screen { return newPeople(e) }, // something to go back to
		KindCustomer: func(any) kit.Screen { return newJournal(e, b.customer) },
		KindWizard:   func(arg any) kit.Screen { return newWizard(e, arg.(model.ID)) },
		KindReview:   func(any) kit.Screen { return newReview(e) },
		KindCase:     func(arg any) kit.Screen { return newCase(e, arg.(model.Case)) },
		KindJournal:  func(arg any) kit.Screen { return newJournal(e, arg.(model.ID)) },
		KindPeople:   func(any) kit.Screen { return newPeople(e) },
		KindKeys:     func(arg any) kit.Screen { return newKeys(e, arg.(model.ID)) },
	}
	root := console.New(console.Config{Text: e.Text, Theme: e.Theme, Makers: makers, Start: kit.Open{Kind: KindDesk}, Word: e.Say.Error,
		Report: func(fault any, stack []byte) string { b.t.Errorf("fault: %v\n%s", fault, stack); return "" }})
	d := kittest.New(b.t, root, w, h)
	if kind != KindDesk {
		d.Send(kit.Open{Kind: kind, Arg: arg})
	}
	return d
}

func (b *fitBench) wizard(who model.ID, lang string, w, h int) *kittest.Driver {
	return b.open(who, lang, w, h, KindWizard, b.customer)
}

// running is the assessment that waits for somebody.
func (b *fitBench) running() *model.Assessment {
	b.t.Helper()
	return b.detail().Running()
}

func (b *fitBench) detail() *model.Detail {
	b.t.Helper()
	d, err := b.As(model.Solo(b.Lead)).Customer(b.customer)
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// The defaults of the contract, by digit, with other answers in turn.
func digits(other ...model.FitKey) string {
	out := []byte("1111111111")
	for i, k := range model.FitKeys() {
		for j := 0; j+1 < len(other); j += 2 {
			if other[j] == k {
				all := model.AnswersFor(k)
				for n, a := range all {
					if string(a) == string(other[j+1]) {
						out[i] = byte('1' + n)
					}
				}
			}
		}
	}
	return string(out)
}

// answerAll gives the ten answers by keys and goes to the summary.
func answerAll(d *kittest.Driver, keys string) {
	for _, k := range keys {
		d.Keys(string(k), "enter")
	}
}

// settle runs a whole assessment without screens.
func (b *fitBench) finish(who model.ID, next model.NextStep, other ...model.FitKey) model.ID {
	b.t.Helper()
	answers := model.FitAnswers{}.WithDefaults()
	for i := 0; i+1 < len(other); i += 2 {
		answers[other[i]] = model.Answer(other[i+1])
	}
	id := b.Must(b.t, who, model.FitStart{Customer: b.customer, Answers: answers}).Made
	b.Must(b.t, who, model.FitFinish{Customer: b.customer, Assessment: id, Next: next, Reason: "seen twice"})
	return id
}

func (b *fitBench) parting() model.NextStep {
	return model.NextStep{Referral: "De Buren B.V.", Text: "Others serve you better.", Contact: b.Agent, Contract: "monthly, checked"}
}

// sizes and languages of goldens.
func each(t *testing.T, run func(t *testing.T, lang string, w, h int, name string)) {
	for _, lang := range text.Languages() {
		for _, size := range []struct {
			w, h int
			name string
		}{{80, 24, "80"}, {120, 40, "120"}} {
			t.Run(lang+"_"+size.name, func(t *testing.T) { run(t, lang, size.w, size.h, "_"+lang+"_"+size.name) })
		}
	}
}

const nasty = "\x1b[31mRed\u202eevil\u200b👩‍👩‍👧 ﷽\x00"

var hostileName = strings.Repeat(nasty, 12)

var _ *store.Book // the book behind the desk is the real one
