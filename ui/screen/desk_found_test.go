package screen

import (
	"testing"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// What was looked for in vain begins the form where it belongs.
func TestNewCustomerBeginsWithWhatWasTyped(t *testing.T) {
	for typed, want := range map[string]NewCustomer{
		"Petra ter Brugge":     {Name: "Petra ter Brugge"},
		"Bakkerij 2000":        {Name: "Bakkerij 2000"},
		"06 1234 5678":         {Phone: "06 1234 5678"},
		"+31 (0)6-12345678":    {Phone: "+31 (0)6-12345678"},
		"petra@example.org":    {Email: "petra@example.org"},
		"1094 sx":              {Postcode: "1094 SX"},
		"1094sx 12-B":          {Postcode: "1094SX", HouseNo: "12-B"},
		"petra @ home":         {Name: "petra @ home"},
		"4th floor of 1094 SX": {Name: "4th floor of 1094 SX"},
		"":                     {},
	} {
		if got := newOf(typed); got != want {
			t.Errorf("%q: %+v", typed, got)
		}
	}
	book, d := foundBook(t)
	d.rows["06 1234"] = nil
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("06 1234")
	r.Contains("ctrl+n adds a customer with it")
	r.Key("ctrl+n")
	r.Contains("Phone                     06 1234")
}

// A wrong condition is left out of what is found, and told.
func TestWrongConditionIsLeftOut(t *testing.T) {
	book, d := foundBook(t)
	d.rows["foo"] = d.rows["berg zwolle"]
	d.rows["town"] = nil
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	for _, typed := range []string{"foo:bar", "town:", "due:<qq"} {
		r.Key("/")
		r.Type(typed)
		r.Contains("! “")
		r.Contains("35 customers")
		r.Key("esc")
	}
}

// As heard is told of what is found now, also when the book has changed.
func TestAsHeardFollowsTheBook(t *testing.T) {
	book, d := foundBook(t)
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("jansn utr")
	r.Contains("as heard: jansen")
	d.rows["jansn utr"] = append([]model.Row{d.rows["jansen"][1]}, d.rows["jansn utr"]...)
	r.Send(kit.Changed{})
	r.Lacks("as heard")
}

// A letter that stands for a name needs no reason.
func TestInitialThatIsTheLetterItselfIsNotExplained(t *testing.T) {
	book, d := foundBook(t)
	p := d.rows["petra janssen"][0]
	p.Matches = []model.Match{hit(model.FoundName, model.MatchInitial, "p", 0, 1), hit(model.FoundName, model.MatchSound, "jansen", 5, 12)}
	d.rows["p jansen"] = []model.Row{p}
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("p jansen")
	r.Contains("“jansen” sounds like Janssen")
	r.Lacks("begins as")
}
