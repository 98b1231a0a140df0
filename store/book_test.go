package store_test

import (
	"context"
	"testing"

	"pasvorm/model"
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
	p, err := s.UndoPreview(false)
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
