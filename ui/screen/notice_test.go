package screen

import (
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// However long a name is, a notice and the journal say what happened.
func TestALongNameHidesNotWhatHappened(t *testing.T) {
	book := storetest.New(t)
	book.Customer(t, strings.Repeat("long name ", 30))
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Keys("4", "5", "enter")
	r.Contains("…: “Feels treated unfairly” noted")
	r.Key("u")
	r.Contains("puts it")
	b := newFitBench(t, strings.Repeat("long name ", 30))
	d := b.open(b.Lead, "en", 80, 24, KindJournal, model.NoID)
	d.Contains("…: added")
	own := b.open(b.Lead, "en", 80, 24, KindJournal, b.customer)
	own.Contains("  added ")
}
