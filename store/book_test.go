package store_test

import (
	"context"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

func TestTagAndUndo(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen", "town", "Utrecht", "number", "1001", "phone", "06-12345678")
	s := d.As(model.Solo(d.Agent))
	d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitBrazen, Words: "refused the ID check"})
	det, err := s.Customer(c)
	if err != nil {
		t.Fatal(err)
	}
	if det.Standing.Traits[2] != 1 || len(det.Sightings) != 1 || len(det.Journal) != 2 {
		t.Fatalf("standing %+v, %d sightings, %d lines", det.Standing, len(det.Sightings), len(det.Journal))
	}
	p, err := s.UndoPreview(0, false)
	if err != nil || p.Line.Message.ID != "journal.tag" {
		t.Fatalf("preview %+v %v", p, err)
	}
	if _, err := s.Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if det, _ = s.Customer(c); det.Standing.Traits[2] != 0 {
		t.Fatal("still tagged")
	}
	if _, err := s.Undo(context.Background(), 0, true); err != nil {
		t.Fatal(err)
	}
	if det, _ = s.Customer(c); det.Standing.Traits[2] != 1 {
		t.Fatal("not tagged again")
	}
	for _, q := range []string{"jansen", "06 1234", "+31612345678", "1001", "petra jan"} {
		page, err := s.Page(model.PageRequest{Filter: q, N: 5})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != c {
			t.Errorf("%q: %+v %v", q, page, err)
		}
	}
}

// A bulk change is one entry that names the first of many; under each customer
// it is told of that customer.
func TestBulkLineNamesTheCustomer(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Anna Aal"), d.Customer(t, "Bert Baal")
	s := d.As(model.Solo(d.Agent))
	tag := func(c model.ID) model.Action {
		return model.Tag{Customer: c, Trait: model.TraitAttention, Words: "kept talking"}
	}
	if _, err := s.DoAll(context.Background(), []model.Action{tag(a), tag(b)}); err != nil {
		t.Fatal(err)
	}
	det, err := s.Customer(b)
	if err != nil {
		t.Fatal(err)
	}
	if m := det.Journal[0].Message; m.ID != "journal.tag" || m.Args["Customer"] != "Bert Baal" {
		t.Errorf("line %+v", m)
	}
	lines, err := s.Journal(model.NoID, 0, 1)
	if err != nil || lines[0].Message.ID != "journal.bulk" {
		t.Errorf("journal of the book: %+v, %v", lines, err)
	}
}

// The journal is read in pages, of a customer as of the book: each line once,
// newest first.
func TestJournalPages(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	for range 7 {
		d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitAttention, Words: "kept talking"})
		d.Customer(t, "Somebody Else")
	}
	s := d.As(model.Solo(d.Agent))
	for of, want := range map[model.ID]int{c: 8, model.NoID: 5 + 15} {
		var got []model.Rev
		for before := model.Rev(0); ; before = got[len(got)-1] {
			lines, err := s.Journal(of, before, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				if n := len(got); n > 0 && l.Rev >= got[n-1] {
					t.Fatalf("line %d after %d", l.Rev, got[n-1])
				}
				got = append(got, l.Rev)
			}
			if len(lines) < 3 {
				break
			}
		}
		if len(got) != want {
			t.Errorf("%d lines, want %d", len(got), want)
		}
	}
}

// A playbook that drops a signal is loaded, and says which sightings that count
// held to it.
func TestLoadPlaybookNotesLostSignals(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	s := d.As(model.Solo(d.Admin))
	load := func(text string) []model.Message {
		t.Helper()
		r, err := s.Do(context.Background(), model.LoadPlaybook{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return r.Notes
	}
	other := strings.Replace(store.DefaultPlaybook(), `id = "kept-talking"`, `id = "talks"`, 1)
	if notes := load(other); len(notes) != 0 {
		t.Fatalf("of a signal nobody holds to: %+v", notes)
	}
	load(store.DefaultPlaybook())
	for range 2 {
		d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitAttention, Signal: "kept-talking"})
	}
	last := d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitAttention, Signal: "kept-talking"})
	d.Must(t, d.Agent, model.Withdraw{Customer: c, Sighting: last.Made, Reason: "another customer"})
	notes := load(other)
	if len(notes) != 1 || notes[0].ID != "note.playbook.signals" || notes[0].Args["Count"] != 2 || notes[0].Args["Signals"] != "kept-talking" {
		t.Fatalf("notes %+v", notes)
	}
	if text, err := s.PlaybookText(); err != nil || text != other {
		t.Error("it was not loaded", err)
	}
}
