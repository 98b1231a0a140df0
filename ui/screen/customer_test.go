package screen

import (
	"context"
	"testing"

	"fmt"
	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// customerGolden shows a customer's page in both languages and sizes.
func customerGolden(t *testing.T, name string, r func(lang string, w, h int) *deskRig, keys ...string) {
	t.Helper()
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			d := r(lang, size[0], size[1])
			d.Keys(keys...)
			d.Golden(fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]))
		}
	}
}

func TestCustomerGolden(t *testing.T) {
	book, p := smallBook(t)
	settleFit(t, book, p["Petra Jansen"]) // a second time, to compare with
	sight := book.Must(t, book.Agent2, model.Tag{Customer: p["Petra Jansen"], Trait: model.TraitWronged, Words: "said it was all our fault",
		AimedAt: book.Agent, Witnesses: []model.ID{book.Lead, book.Agent2}, Serious: true}).Made
	book.Must(t, book.Agent, model.Contest{Customer: p["Petra Jansen"], Sighting: sight, Reason: "was joking"})
	open := func(lang string, w, h int) *deskRig {
		return deskRigWith(t, book, book.As(model.Solo(book.Lead)), lang, w, h, kit.Open{Kind: KindCustomer, Arg: p["Petra Jansen"]})
	}
	customerGolden(t, "customer", open)
	customerGolden(t, "customer-end", open, "G")
	customerGolden(t, "customer-contest", open, "G", "k", "x")
	customerGolden(t, "customer-tag", open, "4", "2")
	customerGolden(t, "customer-help", open, "?")
	customerGolden(t, "edit", open, "e")
	customerGolden(t, "edit-part", open, "e", "pgdown", "pgdown")
}

// onPetra opens the page of a customer with the cursor on the first sighting.
func onPetra(t *testing.T, person func(r *deskPeopleBook) model.ID) (*deskRig, *deskPeopleBook) {
	t.Helper()
	book, p := smallBook(t)
	b := &deskPeopleBook{t: t, id: p["Petra Jansen"]}
	b.agent, b.agent2, b.lead = book.Agent, book.Agent2, book.Lead
	b.read = func() *model.Detail {
		d, err := book.As(model.Solo(book.Agent)).Customer(b.id)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	r := deskRigWith(t, book, book.As(model.Solo(person(b))), "en", 120, 40, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("petra")
	r.Keys("enter", "enter")
	return r, b
}

type deskPeopleBook struct {
	t                   *testing.T
	id                  model.ID
	agent, agent2, lead model.ID
	read                func() *model.Detail
}

func (b *deskPeopleBook) byLead() model.ID { return b.lead }

func TestConfirmContestWithdraw(t *testing.T) {
	r, b := onPetra(t, (*deskPeopleBook).byLead)
	r.Keys("j", "j", "y") // the flag, the verdict, the first sighting
	g := b.read().Sightings[0]
	if g.Confirmed == nil {
		t.Fatal("not confirmed")
	}
	r.Contains("confirmed by Anna, 24 Nov")
	r.Keys("x", "enter")
	r.Contains("Write a few words first")
	r.Type("was joking")
	r.Key("enter")
	r.Contains("contested by Anna, 24 Nov: “was joking”")
	r.Key("x")
	r.Contains("This sighting is contested")
	r.Keys("j", "d")
	r.Type("noted twice")
	r.Key("enter")
	r.Contains("withdrawn by Anna, 24 Nov: “noted twice”")
	r.Keys("d")
	r.Contains("was withdrawn")
	if d := b.read(); d.Sightings[0].Contested == nil || d.Sightings[1].Withdrawn == nil {
		t.Fatal("not kept")
	}
}

func TestOthersSightingIsNotWithdrawnByAnAgent(t *testing.T) {
	r, _ := onPetra(t, func(b *deskPeopleBook) model.ID { return b.agent2 })
	r.Keys("j", "j", "d")
	r.Contains("A colleague noted this")
	r.Keys("g", "C")
	r.Contains("This takes the role of lead")
}

func TestLeadClearsAFlag(t *testing.T) {
	r, b := onPetra(t, (*deskPeopleBook).byLead)
	r.Key("C")
	r.Type("talked it over")
	r.Key("enter")
	r.Contains("cleared by Anna")
	if b.read().Flags[0].Cleared == nil {
		t.Fatal("not cleared")
	}
	r.Key("!")
	r.Type("again")
	r.Key("enter")
	r.Contains("! flagged by a colleague: again")
}

func TestRemoveAsksForTheName(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Lead, "en", 80, 24)
	r.Key("/")
	r.Type("klant 07")
	r.Keys("enter", "enter", ":")
	r.Type("remove this")
	r.Key("enter")
	r.Contains("Remove a customer")
	r.Type("klant 0")
	r.Key("enter")
	r.Contains("That is not the name")
	r.Type("7")
	r.Key("enter")
	r.Contains("of 34")
	if _, err := book.As(model.Solo(book.Lead)).Customer(p["Klant 07"]); model.KindOf(err) != model.KindNotFound {
		t.Fatalf("still there: %v", err)
	}
}

func TestCustomerIsGone(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Key("/")
	r.Type("klant 07")
	r.Keys("enter", "enter")
	rec := book.Must(t, book.Lead, model.RemoveCustomer{Customer: p["Klant 07"], Typed: "Klant 07"})
	r.Send(kit.Changed{Rev: uint64(rec.Rev)})
	r.Contains("no longer in the book")
	r.Keys("2", "e", "!", "x") // none of them does harm
	r.Contains("no longer in the book")
}

func TestUndoOfABulkChangeAsks(t *testing.T) {
	book, _ := smallBook(t)
	var actions []model.Action
	for i := range 3 {
		actions = append(actions, model.AddCustomer{Values: map[string]string{"name": fmt.Sprintf("Twin %d", i)}})
	}
	if _, err := book.DoAll(context.Background(), model.Solo(book.Agent), actions); err != nil {
		t.Fatal(err)
	}
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Key("u")
	r.Contains("Take back")
	r.Contains("Twin 0")
	r.Keys("u", "1") // no
	r.Contains("38 customers")
	r.Keys("u", "2")
	r.Contains("35 customers")
	r.Keys("U", "2")
	r.Contains("38 customers")
}

// A day of another year stands whole before a sighting.
func TestSightingOfAnotherYear(t *testing.T) {
	r, b := onPetra(t, (*deskPeopleBook).byLead)
	at := model.StampOf(r.book.Clock.Now().AddDate(0, -11, -20))
	r.book.Must(t, b.agent, model.Tag{Customer: b.id, Trait: model.TraitBrazen, Words: "went behind the counter", On: at})
	r.Send(kit.Open{Kind: KindCustomer, Arg: b.id})
	r.Keys("G")
	r.Contains("4 Dec 2025 went behind the counter")
}
