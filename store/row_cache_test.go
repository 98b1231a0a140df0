package store_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// A list shows a card as it is now, whatever was read of it before, also when
// there are more customers than rows are remembered.
func TestListsShowCardsAsTheyAre(t *testing.T) {
	f := inFiles(t)
	f.load(t, named(3000, "Zwart"), nil)
	all := func() (names []string) {
		p, err := f.s.Page(model.PageRequest{N: 4000})
		if err != nil || len(p.Rows) != p.Total {
			t.Fatalf("%d rows of %d, %v", len(p.Rows), p.Total, err)
		}
		for i, r := range p.Rows {
			d, err := f.s.Customer(r.ID)
			if i%100 == 0 && (err != nil || d.Customer.Name != r.Name || d.Customer.Number != r.Number) {
				t.Errorf("the list has %s %s, the card %+v, %v", r.Number, r.Name, d, err)
			}
			names = append(names, r.Name)
		}
		return names
	}
	first := all()
	if again := all(); !slices.Equal(first, again) {
		t.Error("read again the list is another")
	}
	id := f.customer(t, "Aaltje Zwart", "town", "Assen")
	town := func() string {
		p, err := f.s.Page(model.PageRequest{N: 1})
		if err != nil || p.Rows[0].ID != id {
			t.Fatal(p.Rows, err)
		}
		return p.Rows[0].Town
	}
	if got := town(); got != "Assen" {
		t.Errorf("she lives in %s", got)
	}
	r, err := f.s.Do(t.Context(), model.EditCustomer{Customer: id, Was: map[string]string{"town": "Assen"}, Now: map[string]string{"town": "Breda"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := town(); got != "Breda" {
		t.Errorf("she moved and lives in %s", got)
	}
	if _, err := f.s.Undo(t.Context(), r.Rev, false); err != nil {
		t.Fatal(err)
	}
	if got := town(); got != "Assen" {
		t.Errorf("she never moved and lives in %s", got)
	}
}

// What words found is let go of when nobody types any more.
func TestWhatWasFoundIsLetGoOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := storetest.New(t)
		d.Customer(t, "Petra Jansen")
		s := d.As(model.Solo(d.Agent))
		for range 3 {
			if p, err := s.Page(model.PageRequest{Filter: "jansen", N: 5, Wait: true}); err != nil || len(p.Rows) != 1 {
				t.Fatalf("%v, %v", p.Rows, err)
			}
			if !s.Remembers() {
				t.Fatal("what was found is gone at once")
			}
			time.Sleep(time.Hour)
			synctest.Wait()
			if s.Remembers() {
				t.Fatal("an hour later it is still there")
			}
		}
	})
}
