package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// selectedRow is the row under the cursor and its line on the screen.
func selectedRow(t *testing.T, r *deskRig) (row string, y int) {
	t.Helper()
	for y, row := range strings.Split(r.Screen(), "\n") {
		if i := strings.Index(row, "▌"); i >= 0 && i < 3 {
			return strings.TrimSpace(string([]rune(row)[:min(20, len([]rune(row)))])), y
		}
	}
	t.Fatalf("no cursor:\n%s", r.Screen())
	return "", 0
}

// busyBook has more rows on a page than fit a screen; the other pages are empty.
func busyBook(t *testing.T, kind string) (*storetest.Desk, model.ID) {
	b := storetest.New(t)
	petra := b.Customer(t, "Petra Jansen")
	for i := range 28 {
		b.Clock.Add(time.Second)
		switch kind {
		case KindDesk, KindJournal:
			b.Customer(t, fmt.Sprintf("Klant %02d", i), "number", fmt.Sprint(1000+i))
		case KindReview:
			c := b.Customer(t, fmt.Sprintf("Klant %02d", i), "number", fmt.Sprint(1000+i))
			b.Must(t, b.Agent, model.RaiseFlag{Customer: c, Reason: "reason"})
		case KindToday:
			b.Must(t, b.Agent, model.MakePromise{Customer: petra, Side: model.Ours, Words: fmt.Sprintf("promise %02d", i), Due: model.DayOf(b.Clock.Now())})
		case KindContacts, KindCustomer:
			b.Must(t, b.Agent, model.LogContact{Customer: petra, Story: fmt.Sprintf("story %02d", i), Topic: "invoice", Channel: "phone"})
		case KindImprovements:
			b.Must(t, b.Agent, model.AddImprovement{Title: fmt.Sprintf("improvement %02d", i), Owner: b.Agent})
		case KindViews:
			b.Must(t, b.Agent, model.SaveView{View: fmt.Sprintf("view %02d", i), Query: "is:flagged", Team: true})
		case KindPeople:
			b.Must(t, b.Admin, model.AddPerson{Person: fmt.Sprintf("Person %02d", i), Role: model.RoleAgent, UIDs: []int{3000 + i}})
		case KindAnswers:
			b.Must(t, b.Agent, model.SaveAnswer{Topic: "invoice", Question: fmt.Sprintf("question %02d", i), Words: "answer"})
		case KindStandards:
			b.Must(t, b.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: fmt.Sprintf("limit %02d", i)})
		}
	}
	b.Clock.Add(time.Minute)
	return b, petra
}

// refreshed tells a console that the book changed, as its watch would; the
// watch has to be woken.
func refreshed(t *testing.T, b *storetest.Desk, r *deskRig, change func()) {
	t.Helper()
	woken, stop := b.As(model.Solo(b.Lead2)).Watch()
	defer stop()
	change()
	select {
	case <-woken:
	default:
		t.Fatal("nobody was woken")
	}
	page, err := b.As(model.Solo(b.Lead2)).Page(model.PageRequest{})
	if err != nil {
		t.Fatal(err)
	}
	r.Send(kit.Changed{Rev: uint64(page.Rev)})
}

// Whatever colleagues add, edit, tag, log, merge or take away: the cursor stays
// on its row and the row on its line.
func TestNothingMoves(t *testing.T) {
	named := func(b *storetest.Desk, name string) model.ID {
		row, err := b.As(model.Solo(b.Lead)).Resolve(name)
		if err != nil {
			t.Fatal(err)
		}
		return row.ID
	}
	add := func(b *storetest.Desk, _ model.ID) {
		for i := range 7 {
			b.Customer(t, fmt.Sprintf("Aab %d", i))
		}
	}
	for _, c := range []struct {
		name   string
		start  kit.Open
		keys   []string
		change func(b *storetest.Desk, petra model.ID)
	}{
		{"desk, rows come above", kit.Open{Kind: KindDesk}, strings.Fields("G k k k"), add},
		{"desk, rows go above", kit.Open{Kind: KindDesk}, strings.Fields("G k k k"), func(b *storetest.Desk, _ model.ID) {
			for i := range 5 {
				c := b.Customer(t, fmt.Sprintf("Aaa %d", i))
				b.Must(t, b.Lead, model.RemoveCustomer{Customer: c, Typed: fmt.Sprintf("Aaa %d", i)})
			}
		}},
		{"desk, another is edited and tagged", kit.Open{Kind: KindDesk}, strings.Fields("G k k k"), func(b *storetest.Desk, _ model.ID) {
			id := named(b, "1003")
			b.Must(t, b.Agent, model.EditCustomer{Customer: id, Was: map[string]string{"name": "Klant 03"}, Now: map[string]string{"name": "Zorro"}})
			b.Must(t, b.Agent, model.Tag{Customer: id, Trait: model.TraitBrazen, Words: "x"})
		}},
		{"desk, two are merged", kit.Open{Kind: KindDesk}, strings.Fields("G k k k"), func(b *storetest.Desk, _ model.ID) {
			b.Must(t, b.Agent, model.Merge{Keep: named(b, "1001"), Gone: named(b, "1002"), Typed: "Klant 02"})
		}},
		{"desk, a file is imported", kit.Open{Kind: KindDesk}, strings.Fields("G k k k"), func(b *storetest.Desk, _ model.ID) {
			_, err := b.As(model.Solo(b.Agent)).Import(t.Context(), strings.NewReader("name,town\nAac One,X\nAac Two,Y\nAac Three,Z\n"), nil, model.ImportOptions{File: "x.csv"}, nil)
			if err != nil {
				t.Fatal(err)
			}
		}},
		{"desk with a filter", kit.Open{Kind: KindDesk}, strings.Fields("/ k l a n t enter j j j j"), add},
		{"today", kit.Open{Kind: KindToday}, strings.Fields("j j j j j j j j j j j j j j j j j j j j j j j j j j"), func(b *storetest.Desk, petra model.ID) {
			for range 4 {
				b.Must(t, b.Agent, model.MakePromise{Customer: petra, Side: model.Ours, Words: "first", Due: model.DayOf(b.Clock.Now())})
			}
		}},
		{"review", kit.Open{Kind: KindReview}, strings.Fields("G k k"), func(b *storetest.Desk, petra model.ID) {
			for _, n := range []string{"1000", "1001", "1002"} { // decided above
				d, err := b.As(model.Solo(b.Lead)).Customer(named(b, n))
				if err != nil {
					t.Fatal(err)
				}
				b.Must(t, b.Lead, model.ClearFlag{Customer: d.Customer.ID, Flag: d.Flags[0].ID, Reason: "x"})
			}
			b.Must(t, b.Agent, model.RaiseFlag{Customer: petra, Reason: "new"})
		}},
		{"review, a colleague takes a case", kit.Open{Kind: KindReview}, strings.Fields("G k k"), func(b *storetest.Desk, _ model.ID) {
			id := named(b, "1003")
			d, err := b.As(model.Solo(b.Lead)).Customer(id)
			if err != nil {
				t.Fatal(err)
			}
			b.Must(t, b.Lead, model.TakeCase{Kind: model.CaseFlag, Case: d.Flags[0].ID, Customer: id})
		}},
		{"journal", kit.Open{Kind: KindJournal, Arg: model.NoID}, strings.Fields("j j j j j"), add},
		{"journal at the newest line", kit.Open{Kind: KindJournal, Arg: model.NoID}, nil, add},
		{"timeline", kit.Open{Kind: KindContacts}, strings.Fields("j j j j j j"), func(b *storetest.Desk, petra model.ID) {
			for range 3 {
				b.Must(t, b.Agent2, model.LogContact{Customer: petra, Story: "newest", Topic: "invoice", Channel: "phone"})
			}
		}},
		{"customer", kit.Open{Kind: KindCustomer}, strings.Fields("pgdown pgdown j j"), func(b *storetest.Desk, petra model.ID) {
			b.Must(t, b.Agent, model.SetBanner{Customer: petra, Words: "never call", Until: "2026-12-24"})
			b.Must(t, b.Agent, model.RaiseFlag{Customer: petra, Reason: "x"})
			b.Must(t, b.Agent, model.LogContact{Customer: petra, Story: "newest", Topic: "invoice", Channel: "phone"})
			b.Must(t, b.Agent, model.EditCustomer{Customer: petra, Now: map[string]string{"note": "a\nb\nc"}})
		}},
		{"people", kit.Open{Kind: KindPeople}, strings.Fields("G k k"), func(b *storetest.Desk, _ model.ID) {
			all, err := b.As(model.Solo(b.Lead)).People()
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range all[7:10] {
				b.Must(t, b.Admin, model.RemovePerson{Person: p.ID})
			}
		}},
		{"views", kit.Open{Kind: KindViews, Arg: ""}, strings.Fields("G k k"), func(b *storetest.Desk, _ model.ID) {
			for i := range 3 {
				b.Must(t, b.Agent, model.SaveView{View: fmt.Sprintf("aaa %d", i), Query: "is:flagged", Team: true})
			}
		}},
		{"improvements", kit.Open{Kind: KindImprovements}, strings.Fields("j j j j j j j j j j"), func(b *storetest.Desk, _ model.ID) {
			for i := range 3 {
				b.Must(t, b.Agent, model.AddImprovement{Title: fmt.Sprintf("aaa %d", i), Owner: b.Agent, By: "2026-11-25"})
			}
		}},
		{"answers", kit.Open{Kind: KindAnswers, Arg: ""}, strings.Fields("G k k"), func(b *storetest.Desk, _ model.ID) {
			b.Must(t, b.Agent, model.SaveAnswer{Topic: "invoice", Question: "aaa", Words: "x"})
		}},
		{"standards", kit.Open{Kind: KindStandards}, strings.Fields("G k k"), func(b *storetest.Desk, _ model.ID) {
			b.Must(t, b.Lead, model.SaveStandard{Kind: model.StandardProcedure, Label: "aaa"})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, petra := busyBook(t, c.start.Kind)
			if c.start.Kind == KindContacts || c.start.Kind == KindCustomer {
				c.start.Arg = petra
			}
			r := wholeRig(t, b, c.start)
			r.Keys(c.keys...)
			row, y := selectedRow(t, r)
			before := r.Screen()
			refreshed(t, b, r, func() { c.change(b, petra) })
			if got, at := selectedRow(t, r); got != row || at != y {
				t.Errorf("the cursor is on %q at %d, was on %q at %d\nbefore\n%s\nafter\n%s", got, at, row, y, before, r.Screen())
			}
		})
	}
}

// wholeRig is a console with every screen as it is.
func wholeRig(t *testing.T, b *storetest.Desk, start kit.Open) *deskRig {
	t.Helper()
	e := deskEnv(t, b.As(model.Solo(b.Lead2)), "en")
	return rigOf(t, b, e, start, 80, 24)
}

// When the very row goes, the cursor goes to the one that followed, on its line.
func TestTheRowGoes(t *testing.T) {
	flagOf := func(b *storetest.Desk, customer model.ID) model.ID {
		d, err := b.As(model.Solo(b.Lead)).Customer(customer)
		if err != nil {
			t.Fatal(err)
		}
		return d.Flags[0].ID
	}
	for _, c := range []struct {
		name   string
		start  kit.Open
		keys   []string
		on     string // the row that goes
		next   string
		change func(b *storetest.Desk)
	}{
		{"desk", kit.Open{Kind: KindDesk}, strings.Fields("/ a a a enter j j"), "Aaa 2", "Aaa 3", func(b *storetest.Desk) {
			row, err := b.As(model.Solo(b.Lead)).Resolve("902")
			if err != nil {
				t.Fatal(err)
			}
			b.Must(t, b.Lead, model.RemoveCustomer{Customer: row.ID, Typed: "Aaa 2"})
		}},
		{"review", kit.Open{Kind: KindReview}, strings.Fields("j j"), "Klant 02", "Klant 03", func(b *storetest.Desk) {
			for _, n := range []string{"1000", "1002"} {
				row, err := b.As(model.Solo(b.Lead)).Resolve(n)
				if err != nil {
					t.Fatal(err)
				}
				b.Must(t, b.Lead, model.ClearFlag{Customer: row.ID, Flag: flagOf(b, row.ID), Reason: "x"})
			}
		}},
		{"views", kit.Open{Kind: KindViews, Arg: ""}, strings.Fields("j j"), "view 02", "view 03", func(b *storetest.Desk) {
			all, err := b.As(model.Solo(b.Lead)).Views()
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(all, func(v model.ViewLine) bool { return v.View.Name == "view 02" })
			b.Must(t, b.Lead, model.DropView{View: all[i].View.ID})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, _ := busyBook(t, c.start.Kind)
			for i := range 5 {
				b.Customer(t, fmt.Sprintf("Aaa %d", i), "number", fmt.Sprint(900+i))
			}
			r := wholeRig(t, b, c.start)
			r.Keys(c.keys...)
			row, y := selectedRow(t, r)
			if !strings.Contains(row, c.on) {
				t.Fatalf("on %q", row)
			}
			refreshed(t, b, r, func() { c.change(b) })
			got, at := selectedRow(t, r)
			if !strings.Contains(got, c.next) || at > y || y-at > 1 {
				t.Errorf("the cursor is on %q at %d, was at %d", got, at, y)
			}
		})
	}
}

// Two consoles on one book: what one does is seen on the other, which stays where
// it is.
func TestTwoConsoles(t *testing.T) {
	b, _ := busyBook(t, KindReview)
	theirs := wholeRig(t, b, kit.Open{Kind: KindReview})
	mine := rigOf(t, b, deskEnv(t, b.As(model.Solo(b.Lead)), "en"), kit.Open{Kind: KindReview}, 80, 24)
	for _, r := range []*deskRig{theirs, mine} {
		r.Keys("j", "j", "j", "j", "j")
	}
	row, y := selectedRow(t, theirs)
	stays := func(name string) {
		t.Helper()
		if got, at := selectedRow(t, theirs); !strings.Contains(got, name) || at != y {
			t.Errorf("on %q at %d, was on %q at %d", got, at, row, y)
		}
	}
	refreshed(t, b, theirs, func() { mine.Key("enter") })
	theirs.Contains("Anna until")
	stays("Klant 05")
	refreshed(t, b, theirs, func() {
		mine.Key("c")
		mine.Type("spoke with them")
		mine.Key("enter")
	})
	theirs.Lacks("Klant 05")
	stays("Klant 06")

	b, petra := busyBook(t, KindCustomer)
	theirs = rigOf(t, b, deskEnv(t, b.As(model.Solo(b.Lead2)), "en"), kit.Open{Kind: KindCustomer, Arg: petra}, 80, 16)
	theirs.Keys("pgdown", "j", "j")
	row, y = selectedRow(t, theirs)
	mine = rigOf(t, b, deskEnv(t, b.As(model.Solo(b.Lead)), "en"), kit.Open{Kind: KindCustomer, Arg: petra}, 80, 24)
	refreshed(t, b, theirs, func() {
		mine.Key("c")
		mine.Type("a word from the other console")
		mine.Key("enter")
	})
	stays(strings.TrimPrefix(row, "▌"))
	theirs.Key("g")
	theirs.Contains("a word from the other")
}

// What is being typed, marked or asked stays as it is while others work.
func TestHalfTypedStays(t *testing.T) {
	for _, c := range []struct {
		name  string
		start kit.Open
		keys  []string
		typed string
		wants []string
	}{
		{"filter", kit.Open{Kind: KindDesk}, []string{"/"}, "klant 0", []string{"klant 0"}},
		{"note of a contact", kit.Open{Kind: KindCustomer}, []string{"c"}, "half a sent", []string{"half a sent"}},
		{"banner", kit.Open{Kind: KindCustomer}, []string{"b"}, "never ca", []string{"never ca"}},
		{"form of a contact", kit.Open{Kind: KindContacts}, []string{"j", "j", "e"}, " half", []string{"story 25 half"}},
		{"form of a customer", kit.Open{Kind: KindCustomer}, []string{"e"}, " hal", []string{"Petra Jansen hal"}},
		{"a reason in review", kit.Open{Kind: KindReview}, []string{"j", "c"}, "half a reas", []string{"half a reas", "Klant 01"}},
		{"a new improvement", kit.Open{Kind: KindImprovements}, []string{"n"}, "half a tit", []string{"half a tit"}},
		{"a new view", kit.Open{Kind: KindViews, Arg: "is:flagged"}, []string{"a"}, "half a na", []string{"half a na"}},
		{"a new person", kit.Open{Kind: KindPeople}, []string{"a"}, "Half a na", []string{"Half a na"}},
		{"marks", kit.Open{Kind: KindDesk}, strings.Fields("/ k l a n t enter j space j space"), "", []string{"2 marked"}},
		{"moving a promise", kit.Open{Kind: KindToday}, []string{"m"}, "thu", []string{"thu"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, petra := busyBook(t, c.start.Kind)
			if c.start.Kind == KindContacts || c.start.Kind == KindCustomer {
				c.start.Arg = petra
			}
			who := b.Lead2
			if c.start.Kind == KindPeople {
				who = b.Admin
			}
			r := rigOf(t, b, deskEnv(t, b.As(model.Solo(who)), text.Languages()[0]), c.start, 80, 24)
			r.Keys(c.keys...)
			r.Type(c.typed)
			x, y, seen := r.Cursor()
			refreshed(t, b, r, func() {
				b.Customer(t, "Aaa")
				b.Must(t, b.Agent, model.LogContact{Customer: petra, Story: "newest", Topic: "invoice", Channel: "phone"})
				b.Must(t, b.Agent, model.RaiseFlag{Customer: petra, Reason: "x"})
				b.Must(t, b.Agent, model.SaveView{View: "aaa", Query: "is:flagged", Team: true})
				b.Must(t, b.Agent, model.MakePromise{Customer: petra, Side: model.Ours, Words: "x", Due: model.DayOf(b.Clock.Now())})
				b.Must(t, b.Admin, model.AddPerson{Person: "Aaa", Role: model.RoleAgent})
			})
			for _, w := range c.wants {
				r.Contains(w)
			}
			if nx, ny, still := r.Cursor(); nx != x || ny != y || still != seen {
				t.Errorf("the terminal's cursor is at %d,%d, was at %d,%d\n%s", nx, ny, x, y, r.Screen())
			}
			if c.typed != "" {
				r.Type("X")
				r.Contains(c.typed + "X")
			}
		})
	}
}

func rigOf(t *testing.T, b *storetest.Desk, e *Env, start kit.Open, w, h int) *deskRig {
	t.Helper()
	r := &deskRig{book: b, env: e}
	r.Driver = kittest.New(t, console.New(console.Config{Text: e.Text, Theme: e.Theme, Makers: Makers(e), Start: start,
		Global: func() []kit.Command { return Globals(e) }, Word: e.Say.Error}), w, h)
	return r
}
