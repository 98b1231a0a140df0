package screen

import (
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kit"
)

// editPetra opens the form of a customer over the desk.
func editPetra(t *testing.T, lang string) (*deskRig, *storetest.Desk, func() *model.Customer) {
	t.Helper()
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, lang, 80, 24)
	r.Key("/")
	r.Type("petra")
	r.Keys("enter", "e")
	return r, book, func() *model.Customer {
		d, err := book.As(model.Solo(book.Agent)).Customer(p["Petra Jansen"])
		if err != nil {
			t.Fatal(err)
		}
		return d.Customer
	}
}

func TestEditSavesWhatChanged(t *testing.T) {
	r, _, read := editPetra(t, "nl")
	before := *read()
	r.Type(" II")
	r.Keys("tab", "2", "tab", "tab", "3") // kind, relation, owner
	r.Keys("pgdown", "pgdown", "pgdown", "pgdown")
	r.Keys("end", "backspace", "backspace", "backspace") // 1200,00 -> 1200
	r.Type(",5")
	r.Key("ctrl+s")
	c := read()
	want := before
	want.Name, want.Kind, want.Owner, want.Revenue = "Petra Jansen II", model.Business, r.book.Lead, 120050
	if *c != want {
		t.Fatalf("got  %+v\nwant %+v", *c, want)
	}
	r.Contains("Balie")
	r.Contains("✓")
}

func TestEditNothingSavesNothing(t *testing.T) {
	r, _, _ := editPetra(t, "en")
	r.Key("ctrl+s")
	r.Contains("Nothing was changed")
	r.Key("e")
	r.Lacks("draft")
}

func TestEditShowsErrorsAtTheField(t *testing.T) {
	r, book, _ := editPetra(t, "en")
	book.Customer(t, "Other", "number", "77")
	r.Key("pgdown")
	for range 8 { // to the customer number
		r.Key("tab")
	}
	for range 5 {
		r.Key("backspace")
	}
	r.Type("77")
	r.Key("ctrl+s")
	r.Contains("77")
	r.Contains("Edit")
	r.Golden("edit-error-en-80x24")
	r.Keys("backspace", "backspace")
	r.Type("78")
	r.Key("ctrl+s")
	r.Contains("✓")
}

func TestEditConflictIsSettledFieldByField(t *testing.T) {
	r, book, read := editPetra(t, "en")
	id := read().ID
	r.Type("!")
	r.Keys("pgdown")
	r.Type("9") // phone
	r.Keys("tab")
	r.Type("06-1") // mobile, which nobody else touches
	book.Must(t, book.Agent2, model.EditCustomer{Customer: id, Was: map[string]string{"name": "Petra Jansen", "phone": "030-2345678"},
		Now: map[string]string{"name": "Petra de Jong", "phone": "030-1111111"}})
	r.Key("ctrl+s")
	r.Contains("Changed by two people")
	r.Golden("edit-conflict-en-80x24")
	r.Keys("2", "1", "enter") // my name, their phone
	c := read()
	if c.Name != "Petra Jansen!" || c.Phone != "030-1111111" || c.Mobile != "06-1" {
		t.Fatalf("kept %q %q %q", c.Name, c.Phone, c.Mobile)
	}
}

func TestEditDraftSurvives(t *testing.T) {
	r, book, read := editPetra(t, "en")
	r.Type(" draft q?")
	r.Key("esc")
	r.Contains("Not saved, but kept as a draft")
	if read().Name != "Petra Jansen" {
		t.Fatal("saved")
	}
	// A colleague changes another field; the draft does not put it back.
	book.Must(t, book.Agent2, model.EditCustomer{Customer: read().ID, Was: map[string]string{"phone": "030-2345678"}, Now: map[string]string{"phone": "112"}})
	r.Key("e")
	r.Contains("A draft of Tue 24 Nov 10:00 is here")
	r.Golden("edit-draft-en-80x24")
	r.Keys("enter", "ctrl+s")
	if c := read(); c.Name != "Petra Jansen draft q?" || c.Phone != "112" {
		t.Fatalf("kept %q %q", c.Name, c.Phone)
	}
	r.Keys("e")
	r.Lacks("A draft of")
}

func TestEditDraftOfTheSameFieldIsAConflict(t *testing.T) {
	r, book, read := editPetra(t, "en")
	r.Type(" mine")
	r.Key("esc")
	book.Must(t, book.Agent2, model.EditCustomer{Customer: read().ID, Was: map[string]string{"name": "Petra Jansen"}, Now: map[string]string{"name": "Theirs"}})
	r.Send(kit.Changed{Rev: 999})
	r.Key("esc") // the filter
	r.Key("/")
	r.Type("theirs")
	r.Keys("enter", "e", "enter", "ctrl+s")
	r.Contains("Changed by two people")
	r.Keys("1", "enter")
	if read().Name != "Theirs" {
		t.Fatal("the colleague's name is gone")
	}
}

func TestEditDraftIsKeptOnQuit(t *testing.T) {
	r, book, _ := editPetra(t, "en")
	r.Type(" gone")
	r.Key("ctrl+c")
	r.Key("ctrl+c")
	if !r.Quit() {
		t.Fatal("still there")
	}
	again := deskRigOn(t, book, book.Agent, "en", 80, 24)
	again.Key("/")
	again.Type("petra")
	again.Keys("enter", "e")
	again.Contains("A draft of")
	again.Keys("esc", "e") // once more by accident: the draft stays
	again.Contains("A draft of")
	again.Key("ctrl+x")
	again.Lacks("A draft of")
	again.Keys("esc", "e")
	again.Lacks("A draft of")
}

func TestAddShowsCustomersOfTheSameName(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Key("a")
	r.Key("ctrl+s")
	r.Contains("This has to be filled in")
	r.Type("petra jansen")
	r.Contains("Looks like: Petra Jansen, Utrecht (name, as heard)")
	r.Golden("edit-add-en-80x24")
	r.Key("ctrl+s")
	r.Contains("Desk ▸ petra jansen")
	r.Key("u")
	r.Contains("Taken back")
}
