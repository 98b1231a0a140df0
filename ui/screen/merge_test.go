package screen

import (
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// likely are two customers who are one: the second has a story of its own.
func likely(t testing.TB) (b *fitBench, gone model.ID) {
	t.Helper()
	b = newFitBench(t, "Petra Jansen", "number", "1001", "town", "Utrecht", "email", "petra@x.nl", "phone", "030-1111111", "mobile", "06-11111111", "note", "prefers mail")
	gone = b.Customer(t, "P. Jansen", "number", "2002", "town", "Zeist", "email", "Petra@x.nl", "phone", "030-2222222", "street", "Kade", "houseno", "1",
		"theirs", "A-7", "kind", "business", "note", "asked for Karin")
	call := model.LogContact{Customer: gone, On: model.StampOf(b.Clock.Now()), Channel: "phone", Topic: "invoice", Story: "the meter was counted twice",
		Promise: &model.MakePromise{Side: model.Ours, Words: "a note", Due: "2026-11-30"}}
	call.Minutes = [model.Activities]int{4, 2, 0}
	b.Must(t, b.Agent, call)
	b.Must(t, b.Agent, model.AddLesson{Customer: gone, Words: "listen first"})
	b.Must(t, b.Agent, model.SetBanner{Customer: b.customer, Words: "call after 16:00", Until: "2026-12-01"})
	b.Must(t, b.Agent, model.SetBanner{Customer: gone, Words: "no calls before noon", Until: "2026-12-01"})
	return b, gone
}

func TestMergePage(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b, gone := likely(t)
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindCustomer, Arg: b.customer})
		d.Key("D")
		d.Golden("twins" + name)
		d.Key("enter")
		d.Golden("merge" + name)
		d.Keys("right", "j", "space", "space", "j", "space", "G")
		d.Golden("merge_end" + name)
		d.Key("g")
		d.Golden("merge_chosen" + name)
		d.Key("enter")
		d.Type("petra jansen")
		d.Key("enter") // who stays is not who goes
		d.Golden("merge_ask" + name)
		for range len("petra jansen") {
			d.Key("backspace")
		}
		d.Type("p. jansen")
		d.Key("enter")
		d.Golden("merge_done" + name)
		got, err := b.As(model.Solo(b.Agent)).Customer(b.customer)
		if err != nil {
			t.Fatal(err)
		}
		if c := got.Customer; c.Name != "P. Jansen" || c.Kind != model.Private || c.Number != "2002" || c.Formerly != "1001" || c.Street != "" {
			t.Errorf("the card says %+v", c)
		}
		d.Key("u")
		if back, err := b.As(model.Solo(b.Agent)).Customer(gone); err != nil || back.Customer.Number != "2002" {
			t.Errorf("taken back: %+v, %v", back, err)
		}
	})
}

// What stands in the way is said, and the key does not go on.
func TestMergeBlocked(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b, gone := likely(t)
		b.Must(t, b.Agent, model.FitStart{Customer: b.customer})
		b.Must(t, b.Agent, model.FitStart{Customer: gone})
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindMerge, Arg: MergeAsk{Keep: b.customer, Gone: gone}})
		d.Key("enter")
		d.Golden("merge_blocked" + name)
	})
}

// The other one can stay: what is proposed begins anew. When a colleague merged
// the two meanwhile the page says so, and that of the one who is gone becomes
// that of the one who stays.
func TestMergeSwapAndMeanwhile(t *testing.T) {
	b, gone := likely(t)
	d := openScreens(t, b.env(b.Agent, "en"), 120, 40, kit.Open{Kind: KindCustomer, Arg: gone})
	d.Send(kit.Open{Kind: KindMerge, Arg: MergeAsk{Keep: b.customer, Gone: gone}})
	d.Keys("space", "s")
	if rows := strings.Split(d.Screen(), "\n"); !strings.HasPrefix(rows[2], " P. Jansen") || !strings.Contains(rows[2], "stays") || !strings.Contains(d.Screen(), "● P. Jansen") {
		t.Errorf("swapped:\n%s", d.Screen())
	}
	r := b.Must(t, b.Agent2, model.Merge{Keep: b.customer, Gone: gone, Typed: "P. Jansen"})
	d.Send(kit.Changed{Rev: uint64(r.Rev)})
	d.Contains("One of the two is not in the book any more.")
	d.Key("q")
	d.Contains("P. Jansen was merged into Petra Jansen")
	d.Contains("formerly 2002")
	d.Contains("listen first")
}

// From a case of the queue the two are merged, and the queue goes on.
func TestMergeFromReview(t *testing.T) {
	b, _ := likely(t)
	csv := "name,email\nPeter Jansen,petra@x.nl\n"
	if _, err := b.As(model.Solo(b.Agent)).Import(t.Context(), strings.NewReader(csv), nil, model.ImportOptions{File: "x.csv", Size: int64(len(csv))}, nil); err != nil {
		t.Fatal(err)
	}
	for _, open := range [][]string{{"m"}, {"enter", "m"}} {
		d := openScreens(t, b.env(b.Agent, "en"), 120, 40, kit.Open{Kind: KindReview})
		d.Keys(open...)
		d.Contains("Make one of two")
		d.Key("enter")
		d.Type("peter jansen")
		d.Key("enter")
		d.Contains("is the same")
		d.Contains("Nothing waits")
		d.Key("u")
		d.Contains("Peter Jansen")
	}
}

// Two marked customers are laid beside each other, three are too many.
func TestMergeMarked(t *testing.T) {
	b, _ := likely(t)
	b.Customer(t, "Zoë")
	d := openScreens(t, b.env(b.Agent, "en"), 120, 40, kit.Open{Kind: KindDesk})
	d.Keys("space", "space", "D")
	d.Contains("Make one of two")
	d.Key("q")
	d.Lacks("marked")
	d.Keys("g", "space", "space", "space", "D")
	d.Contains("Mark two customers to merge them")
	d.Keys("-", "G", "D")
	d.Contains("Nobody in the book looks like this customer.")
}

// Who is added and looks like somebody is shown with whom, and nothing is held
// up by it.
func TestAddLooksLike(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b, _ := likely(t)
		d := openScreens(t, b.env(b.Agent, lang), w, h, kit.Open{Kind: KindEdit, Arg: NewCustomer{Name: "Petra Jansen"}})
		d.Golden("edit_twins" + name)
		d.Key("ctrl+o")
		d.Golden("edit_twins_list" + name)
		d.Key("enter")
		d.Contains("1001")
		d.Keys("q", "q")
		d.Key("ctrl+s")
		all, err := b.As(model.Solo(b.Agent)).Page(model.PageRequest{N: 10})
		if err != nil || all.Total != 3 {
			t.Errorf("%d customers, %v", all.Total, err)
		}
	})
}
