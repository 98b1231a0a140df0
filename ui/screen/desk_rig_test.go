package screen

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// deskRig is a console on a book, with a person in front of it.
type deskRig struct {
	*kittest.Driver
	env   *Env
	book  *storetest.Desk
	opens []kit.Open // screens of other files that were opened
}

// deskRigOn opens a console for a person on a book.
func deskRigOn(t testing.TB, book *storetest.Desk, person model.ID, lang string, w, h int) *deskRig {
	t.Helper()
	return deskRigWith(t, book, book.As(model.Solo(person)), lang, w, h, kit.Open{Kind: KindDesk})
}

func deskRigWith(t testing.TB, book *storetest.Desk, d ui.Desk, lang string, w, h int, start kit.Open) *deskRig {
	t.Helper()
	r := &deskRig{book: book, env: deskEnv(t, d, lang)}
	makers := Makers(r.env)
	for _, kind := range []string{KindWizard, KindReview, KindJournal, KindPeople, KindImport} {
		makers[kind] = func(arg any) kit.Screen {
			r.opens = append(r.opens, kit.Open{Kind: kind, Arg: arg})
			return otherScreen(kind)
		}
	}
	r.Driver = kittest.New(t, console.New(console.Config{Text: r.env.Text, Theme: r.env.Theme, Makers: makers, Start: start,
		Global: func() []kit.Command { return Globals(r.env) }, Word: r.env.Say.Error}), w, h)
	return r
}

func deskEnv(t testing.TB, d ui.Desk, lang string) *Env {
	t.Helper()
	tx, err := text.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	me, err := d.Me()
	if err != nil {
		t.Fatal(err)
	}
	play, cal, err := d.Playbook()
	if err != nil {
		t.Fatal(err)
	}
	return &Env{Ctx: context.Background(), Desk: d, Text: tx, Theme: kit.NewTheme(true),
		Say: say.Speaker{Text: tx, Play: play}, Me: me, Play: play, Cal: cal}
}

// otherScreen stands for a screen of another file.
type otherScreen string

func (s otherScreen) Init() tea.Cmd                        { return nil }
func (s otherScreen) Update(tea.Msg) (kit.Screen, tea.Cmd) { return s, nil }
func (s otherScreen) View(int, int) string                 { return "screen " + string(s) }
func (s otherScreen) Title() string                        { return string(s) }
func (s otherScreen) Commands() []kit.Command              { return nil }

// deskPeople are the customers of a small book, by name.
type deskPeople map[string]model.ID

// smallBook has a handful of customers with something to see on each.
func smallBook(t testing.TB) (*storetest.Desk, deskPeople) {
	t.Helper()
	d := storetest.New(t)
	p := deskPeople{}
	add := func(name string, kv ...string) model.ID {
		p[name] = d.Customer(t, name, kv...)
		return p[name]
	}
	petra := add("Petra Jansen", "town", "Utrecht", "number", "10042", "phone", "030-2345678", "email", "petra@example.org",
		"street", "Oudegracht", "houseno", "12", "postcode", "3511 AB", "owner", d.Agent.String(),
		"preferences", "facts first, one contact, no transfers", "hinders", "being called back twice", "channel", "mail", "tone", "businesslike",
		"level", "Basic", "channels", "mail", "response", "within 2 days", "minutes", "60", "contract_end", "2027-06-01",
		"revenue", "1200.00", "margin", "300.00", "note", "Asks for Karin by name.")
	add("P.J. Janssen", "town", "Utrecht")
	add("Jansen & Zn. B.V.", "town", "Utrecht", "kind", "business", "revenue", "84000.00", "key_account", "yes")
	add("Van der Berg", "town", "Zwolle", "relation", "prospect")
	add("Hulst Transport", "town", "'s-Hertogenbosch", "kind", "business", "owner", d.Lead.String())
	for i := range 30 {
		add(fmt.Sprintf("Klant %02d", i+1), "town", "Assen")
	}
	tag := func(name string, trait model.Trait, signal string, more ...string) model.ID {
		a := model.Tag{Customer: p[name], Trait: trait, Signal: signal}
		if len(more) > 0 {
			a.Words = more[0]
		}
		if len(more) > 1 {
			a.Cause = more[1]
		}
		return d.Must(t, d.Agent, a).Made
	}
	d.Clock.Add(-20 * 24 * time.Hour)
	tag("Petra Jansen", model.TraitBrazen, "disputed-all")
	d.Clock.Add(8 * 24 * time.Hour)
	tag("Petra Jansen", model.TraitBrazen, "snapped", "refused the ID check", "distrust")
	tag("Jansen & Zn. B.V.", model.TraitAttention, "much-time")
	tag("Hulst Transport", model.TraitTopservice, "asked-director")
	d.Clock.Set(storetest.Start)
	tag("P.J. Janssen", model.TraitTopservice, "irritated")
	d.Must(t, d.Agent2, model.RaiseFlag{Customer: petra, Reason: "third quarrel this month"})
	settleFit(t, d, petra)
	d.Must(t, d.Agent, model.FitStart{Customer: p["Jansen & Zn. B.V."]})
	return d, p
}

// settleFit settles an assessment as gather.
func settleFit(t testing.TB, d *storetest.Desk, id model.ID) {
	t.Helper()
	answers := model.FitAnswers{}
	for _, k := range model.FitKeys() {
		answers[k] = model.AnswersFor(k)[0]
	}
	answers[model.KeyGrievance] = model.AnswerUnchecked
	a := d.Must(t, d.Agent, model.FitStart{Customer: id, Answers: answers}).Made
	d.Must(t, d.Agent, model.FitFinish{Customer: id, Assessment: a, Next: model.NextStep{What: "check the grievance", Who: d.Agent2, By: "2026-11-28"}})
}

// golden compares the screen in both languages and sizes; do brings it into
// the state that is shown.
func deskGolden(t *testing.T, name string, book *storetest.Desk, person model.ID, do func(r *deskRig)) {
	t.Helper()
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			r := deskRigOn(t, book, person, lang, size[0], size[1])
			do(r)
			r.Golden(fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]))
		}
	}
}
