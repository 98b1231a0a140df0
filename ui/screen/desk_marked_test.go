package screen

import "testing"

// One marked customer is the one that a question names, wherever the cursor is.
func TestTheMarkedCustomerIsNamed(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 120, 40)
	r.Key("space") // Hulst Transport; the cursor goes on to the next
	r.Key("!")
	r.Contains("Why should a lead look at Hulst Transport?")
	r.Type("rings every hour")
	r.Key("enter")
	r.Contains("Hulst Transport: flagged for the lead")
	r.Lacks("rings every") // not the one under the cursor
	r.Key("k")
	r.Contains("rings every")
	r.Keys("g", "space", "3")
	r.Golden("desk-tag-one-marked-en-120x40")
}

func TestFilterIsEmptiedAtOnce(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Key("/")
	r.Type("qwerty")
	r.Contains("Nobody matches")
	r.Key("ctrl+u")
	r.Contains("35 customers")
	r.Type("petra")
	r.Contains("1 of 35")
}

// Names have room beside the customer as well as alone.
func TestNamesHaveRoom(t *testing.T) {
	for w, want := range map[int]int{74: 24, 80: 26, 92: 33, 120: 61} {
		if c := deskColumns(deskShape{w: w}); c.name < want {
			t.Errorf("%d cells leave %d for the name", w, c.name)
		}
	}
}
