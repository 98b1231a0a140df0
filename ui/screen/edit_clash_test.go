package screen

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

func TestJoin(t *testing.T) {
	for _, c := range []struct{ theirs, mine, line, text string }{
		{"a", "b", "a / b", "a\nb"},
		{" a ", "b", "a / b", " a \nb"},
		{"Call first", "call FIRST", "Call first", "Call first"},
		{"call first", "call first, then mail", "call first, then mail", "call first\ncall first, then mail"},
		{"mail, never call", "never call", "mail, never call", "mail, never call\nnever call"},
		{"one\ntwo\n", "one\nthree", "one\ntwo / one\nthree", "one\ntwo\nthree"},
	} {
		if got := joinLine(c.theirs, c.mine); got != c.line {
			t.Errorf("line of %q and %q: %q", c.theirs, c.mine, got)
		}
		if got := joinText("", c.theirs, c.mine); got != c.text {
			t.Errorf("text of %q and %q: %q", c.theirs, c.mine, got)
		}
	}
}

func TestJoinSaysNothingTwice(t *testing.T) {
	for _, c := range []struct{ was, theirs, mine, want string }{
		{"Mail.", "Mail. In Dutch.", "Mail. Never call.", "Mail. In Dutch.\nNever call."},
		{"Mail.", "Call.", "Mail. Never call.", "Call.\nMail. Never call."},
		{"Mail.", "Mail. In Dutch.", "Call.", "Mail. In Dutch.\nCall."},
		{"Mail.", "Mail. In Dutch.", "Mail.", "Mail. In Dutch.\nMail."},
	} {
		if got := joinText(c.was, c.theirs, c.mine); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// Nothing of either is lost in joining, and nothing is made up.
func TestJoinKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"mail", "call", "Call", "é", "", "no transfers"}), 1, 5)
		theirs := strings.Join(words.Draw(t, "theirs"), "\n")
		mine := strings.Join(words.Draw(t, "mine"), "\n")
		has := func(s string) map[string]bool {
			out := map[string]bool{}
			for _, l := range strings.Split(s, "\n") {
				if l = model.FoldWords(l); l != "" {
					out[l] = true
				}
			}
			return out
		}
		got := has(joinText("", theirs, mine))
		for _, s := range []string{theirs, mine} {
			for l := range has(s) {
				if !got[l] {
					t.Fatalf("%q is lost", l)
				}
			}
		}
		if len(got) > len(has(theirs+"\n"+mine)) {
			t.Fatalf("%v out of nothing", got)
		}
	})
}

// Joined versions come back in the form, to be read over; saving again asks about
// what is new alone.
func TestEditConflictJoins(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		book, p := smallBook(t)
		id := p["Petra Jansen"]
		env := deskEnv(t, book.As(model.Solo(book.Agent)), lang)
		s, _ := newEdit(env, id, NewCustomer{}).(*edit)
		r := kittest.New(t, console.New(console.Config{Text: env.Text, Theme: env.Theme, Start: kit.Open{Kind: KindEdit}, Word: env.Say.Error,
			Makers: map[string]func(any) kit.Screen{KindEdit: func(any) kit.Screen { return s }}}), w, h)
		in := func(field, words string) {
			for s.form.Focused() != field {
				r.Key("tab")
			}
			r.Type(words)
		}
		in("name", " sr")
		in("notice", "two months")
		in("note", " Likes figures.")
		book.Must(t, book.Agent2, model.EditCustomer{Customer: id, Was: map[string]string{"name": "Petra Jansen", "note": "Asks for Karin by name."},
			Now: map[string]string{"name": "Petra Bakker", "note": "Asks for Karin by name.\nMoved in November."}})
		r.Key("ctrl+s")
		r.Golden("edit-clash" + name)
		r.Keys("2", "3", "enter") // my name, both notes
		if c := cardOf(t, book, id); c.Name != "Petra Bakker" {
			t.Fatal("saved before it was read over")
		}
		if s.form.Focused() != "note" {
			t.Errorf("the field in focus is %s", s.form.Focused())
		}
		r.Type(" Really.")
		book.Must(t, book.Agent2, model.EditCustomer{Customer: id, Was: map[string]string{"notice": ""}, Now: map[string]string{"notice": "1 month"}})
		r.Key("ctrl+s")
		r.Lacks("Petra Bakker") // that was settled
		r.Golden("edit-clash-again" + name)
		r.Keys("1", "enter")
		c := cardOf(t, book, id)
		if c.Name != "Petra Jansen sr" || c.Notice != "1 month" || c.Note != "Asks for Karin by name.\nMoved in November.\nLikes figures. Really." {
			t.Errorf("kept %q, %q, %q", c.Name, c.Notice, c.Note)
		}
	})
}

func cardOf(t *testing.T, book *storetest.Desk, id model.ID) *model.Customer {
	t.Helper()
	d, err := book.As(model.Solo(book.Lead)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return d.Customer
}

// Two long versions are read in full where there is room, and nothing moves when
// the cursor does.
func TestClashShowsLongVersions(t *testing.T) {
	book, _ := smallBook(t)
	e := deskEnv(t, book.As(model.Solo(book.Agent)), "en")
	form := []kit.Field{{ID: "phone", Label: "Phone"}, {ID: "note", Label: "Note", Kind: kit.AreaField}}
	theirs := strings.Repeat("Calls in the morning and wants one colleague. ", 4) + "THEIR END"
	mine := strings.Repeat("Asks for a confirmation by mail on Friday. ", 4) + "MY END"
	fields := []model.FieldConflict{{Field: "note", Stand: theirs, Yours: mine}, {Field: "phone", Stand: "1", Yours: "2"}}
	c := newClash(e, form, fields, func(_, v string) string { return v })
	before := c.view(80, 22)
	for _, s := range []string{"THEIR END", "MY END", "Phone"} {
		if !strings.Contains(before, s) {
			t.Errorf("%q is not shown:\n%s", s, before)
		}
	}
	c.move(1)
	at := func(view, s string) int { above, _, _ := strings.Cut(view, s); return strings.Count(above, "\n") }
	if after := c.view(80, 22); at(before, "THEIR END") != at(after, "THEIR END") {
		t.Errorf("moved with the cursor:\n%s", after)
	}
	for h := 4; h < 30; h++ {
		for w := 1; w < 90; w += 7 {
			if v := c.view(w, h); strings.Count(v, "\n") >= h {
				t.Fatalf("%d by %d: too high\n%s", w, h, v)
			}
		}
	}
	for range 8 { // more than fit: each in a part of its versions, the one under the cursor always there
		fields = append(fields, fields[0])
	}
	c = newClash(e, form, fields, func(_, v string) string { return v })
	for i := range fields {
		c.move(1)
		if v := c.view(80, 22); !strings.Contains(v, "▌") || !strings.Contains(v, "1 theirs") {
			t.Errorf("field %d is not shown:\n%s", i, v)
		}
	}
}

// What has one value only is not joined, nor what would be too long.
func TestClashRefusesToJoin(t *testing.T) {
	book, _ := smallBook(t)
	e := deskEnv(t, book.As(model.Solo(book.Agent)), "en")
	form := []kit.Field{{ID: "phone"}, {ID: "kind", Kind: kit.ChoiceField}, {ID: "revenue", Kind: kit.NumberField}, {ID: "due", Kind: kit.DateField},
		{ID: "name", Limit: 10}, {ID: "note", Kind: kit.AreaField}}
	for _, c := range []struct {
		field, theirs, mine, why string
	}{
		{"phone", "1", "2", "edit.clash.one"}, {"kind", "a", "b", "edit.clash.one"}, {"revenue", "1", "2", "edit.clash.one"}, {"due", "1", "2", "edit.clash.one"},
		{"name", "", "b", "edit.clash.empty"}, {"name", "a", " ", "edit.clash.empty"}, {"name", "12345", "67890", "edit.clash.long"},
		{"name", "1234", "678", ""}, {"note", strings.Repeat("a", model.MaxWords), "b", "edit.clash.long"}, {"note", "a", "b", ""},
	} {
		f := model.FieldConflict{Field: c.field, Stand: c.theirs, Yours: c.mine}
		d := newClash(e, form, []model.FieldConflict{f}, func(_, v string) string { return v })
		_, why := d.joined(f)
		want := ""
		if c.why != "" {
			want = e.T(c.why)
		}
		if why != want {
			t.Errorf("%s of %q and %q: %q", c.field, c.theirs, c.mine, why)
		}
	}
}

// Every form that changes what others may change meanwhile shows both versions,
// loses neither, and goes on from what was chosen.
func TestFormsSettleConflicts(t *testing.T) {
	for _, c := range []struct {
		name   string
		make   func(t *testing.T, b *storetest.Desk, petra model.ID) model.ID
		kind   string
		arg    func(petra model.ID) any
		keys   []string
		typed  string
		theirs func(petra, id model.ID) model.Action
		reads  func(t *testing.T, b *storetest.Desk, petra model.ID) string
		want   [3]string // theirs, mine, both; "" where the two cannot be joined
	}{
		{
			name: "standard", kind: KindStandards, keys: []string{"e"}, typed: " at all",
			make: func(t *testing.T, b *storetest.Desk, _ model.ID) model.ID {
				return b.Must(t, b.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "no shouting"}).Made
			},
			theirs: func(_, id model.ID) model.Action {
				return model.SaveStandard{ID: id, Kind: model.StandardLimit, Label: "no threats", Words: "kept"}
			},
			reads: func(t *testing.T, b *storetest.Desk, _ model.ID) string {
				all, err := b.As(model.Solo(b.Lead)).Standards()
				if err != nil || all[0].Standard.Words != "kept" {
					t.Fatal(err, all[0].Standard)
				}
				return all[0].Standard.Name
			},
			want: [3]string{"no threats", "no shouting at all", "no threats / no shouting at all"},
		},
		{
			name: "answer", kind: KindAnswers, arg: func(model.ID) any { return "" }, keys: []string{"e"}, typed: "?",
			make: func(t *testing.T, b *storetest.Desk, _ model.ID) model.ID {
				return b.Must(t, b.Agent, model.SaveAnswer{Topic: "invoice", Question: "When is it due", Words: "In 30 days."}).Made
			},
			theirs: func(_, id model.ID) model.Action {
				return model.SaveAnswer{ID: id, Topic: "invoice", Question: "When to pay", Words: "In 14 days."}
			},
			reads: func(t *testing.T, b *storetest.Desk, _ model.ID) string {
				all, err := b.As(model.Solo(b.Lead)).Answers("")
				if err != nil || all.Lines[0].Answer.Words != "In 14 days." {
					t.Fatal(err, all.Lines[0].Answer)
				}
				return all.Lines[0].Answer.Question
			},
			want: [3]string{"When to pay", "When is it due?", "When to pay / When is it due?"},
		},
		{
			name: "improvement", kind: KindImprovements, keys: []string{"e"}, typed: "!",
			make: func(t *testing.T, b *storetest.Desk, _ model.ID) model.ID {
				return b.Must(t, b.Agent, model.AddImprovement{Title: "One invoice", Owner: b.Agent, Cause: "two systems"}).Made
			},
			theirs: func(_, id model.ID) model.Action {
				return model.EditImprovement{ID: id, Was: map[string]string{"title": "One invoice"}, Now: map[string]string{"title": "A right invoice"}}
			},
			reads: func(t *testing.T, b *storetest.Desk, _ model.ID) string {
				all, err := b.As(model.Solo(b.Lead)).Improvements()
				if err != nil {
					t.Fatal(err)
				}
				return all[0].Improvement.Title
			},
			want: [3]string{"A right invoice", "One invoice!", "A right invoice / One invoice!"},
		},
		{
			name: "referral", kind: KindReferrals, keys: []string{"e"}, typed: "!",
			make: func(t *testing.T, b *storetest.Desk, _ model.ID) model.ID {
				return b.Must(t, b.Agent, model.SaveReferral{Firm: "De Buren", Serves: "small moves"}).Made
			},
			theirs: func(_, id model.ID) model.Action {
				return model.SaveReferral{ID: id, Firm: "Buren B.V.", Serves: "small moves", Note: "kept"}
			},
			reads: func(t *testing.T, b *storetest.Desk, _ model.ID) string {
				all, err := b.As(model.Solo(b.Lead)).Referrals()
				if err != nil || all[0].Note != "kept" {
					t.Fatal(err, all[0])
				}
				return all[0].Name
			},
			want: [3]string{"Buren B.V.", "De Buren!", "Buren B.V. / De Buren!"},
		},
		{
			name: "contact", kind: KindContacts, arg: func(p model.ID) any { return p }, keys: []string{"e"}, typed: " Twice.",
			make: func(t *testing.T, b *storetest.Desk, p model.ID) model.ID {
				return b.Must(t, b.Lead, model.LogContact{Customer: p, Story: "Asked for it.", Topic: "invoice", Channel: "phone"}).Made
			},
			theirs: func(p, id model.ID) model.Action {
				return model.EditContact{Customer: p, Contact: id, Was: map[string]string{"contact.story": "Asked for it."}, Now: map[string]string{"contact.story": "Asked nicely."}}
			},
			reads: func(t *testing.T, b *storetest.Desk, p model.ID) string {
				page, err := b.As(model.Solo(b.Lead)).Contacts(p, "", 1)
				if err != nil {
					t.Fatal(err)
				}
				return page.Contacts[0].Story
			},
			want: [3]string{"Asked nicely.", "Asked for it. Twice.", "Asked nicely.\nAsked for it. Twice."},
		},
		{
			name: "view", kind: KindViews, arg: func(model.ID) any { return "" }, keys: []string{"e"}, typed: "!",
			make: func(t *testing.T, b *storetest.Desk, _ model.ID) model.ID {
				return b.Must(t, b.Lead, model.SaveView{View: "Late", Query: "is:overdue", Team: true}).Made
			},
			theirs: func(_, id model.ID) model.Action {
				return model.SaveView{ID: id, View: "Too late", Query: "is:overdue", Team: true}
			},
			reads: func(t *testing.T, b *storetest.Desk, _ model.ID) string {
				all, err := b.As(model.Solo(b.Lead)).Views()
				if err != nil {
					t.Fatal(err)
				}
				return all[0].View.Name
			},
			want: [3]string{"Too late", "Late!", "Too late / Late!"},
		},
	} {
		for pick, want := range c.want {
			t.Run(c.name+" "+[]string{"theirs", "mine", "both"}[pick], func(t *testing.T) {
				b := storetest.New(t)
				petra := b.Customer(t, "Petra Jansen")
				id := c.make(t, b, petra)
				var arg any
				if c.arg != nil {
					arg = c.arg(petra)
				}
				r := deskRigWith(t, b, b.As(model.Solo(b.Lead)), "en", 80, 24, kit.Open{Kind: c.kind, Arg: arg})
				r.Keys(c.keys...)
				r.Type(c.typed)
				if _, err := b.Do(context.Background(), model.Solo(b.Lead2), c.theirs(petra, id)); err != nil {
					t.Fatal(err)
				}
				r.Key("ctrl+s")
				r.Contains("Changed by two people")
				if c.name == "standard" && pick == 0 {
					r.Golden("form-clash_en_80")
				}
				r.Key("esc") // back to the form: nothing is lost, and it asks again
				r.Lacks("Changed by two people")
				r.Key("ctrl+s")
				r.Contains("Changed by two people")
				r.Keys([]string{"1", "2", "3"}[pick], "enter")
				if pick == 2 {
					r.Contains("Read them over")
					r.Key("ctrl+s")
				}
				r.Lacks("Changed by two people")
				if got := c.reads(t, b, petra); got != want {
					t.Errorf("stands %q, want %q\n%s", got, want, r.Screen())
				}
			})
		}
	}
}

// A day that two people chose is one of the two.
func TestMovedPromiseConflicts(t *testing.T) {
	for key, want := range map[string]model.Day{"1": "2026-12-03", "2": "2026-12-10"} {
		b := storetest.New(t)
		petra := b.Customer(t, "Petra Jansen")
		id := b.Must(t, b.Agent, model.MakePromise{Customer: petra, Side: model.Ours, Words: "a new invoice", Due: "2026-12-01"}).Made
		r := deskRigWith(t, b, b.As(model.Solo(b.Agent)), "en", 80, 24, kit.Open{Kind: KindToday})
		r.Key("m")
		r.Type("10-12")
		r.Key("tab")
		r.Type("they are away")
		b.Must(t, b.Agent2, model.MovePromise{Customer: petra, Promise: id, To: "2026-12-03", Reason: "the printer"})
		r.Key("ctrl+s")
		r.Contains("Changed by two people")
		r.Key("3")
		r.Contains("▲ only one value fits here")
		r.Keys(key, "enter")
		d, err := b.As(model.Solo(b.Lead)).Customer(petra)
		if err != nil || d.Dealings.Promises[0].Due != want {
			t.Errorf("%s: due %v %v", key, d.Dealings.Promises[0].Due, err)
		}
	}
}

// A draft that is taken up after a colleague changed the same field does not
// write over it.
func TestDraftDoesNotWriteOver(t *testing.T) {
	b := storetest.New(t)
	id := b.Must(t, b.Lead, model.SaveStandard{Kind: model.StandardLimit, Label: "no shouting"}).Made
	r := deskRigWith(t, b, b.As(model.Solo(b.Lead)), "en", 80, 24, kit.Open{Kind: KindStandards})
	r.Key("e")
	r.Type(" at all q")
	r.Key("esc")
	b.Must(t, b.Lead2, model.SaveStandard{ID: id, Kind: model.StandardLimit, Label: "no threats"})
	r.Send(kit.Changed{Rev: 99})
	r.Keys("e", "enter") // the draft
	r.Contains("no shouting at all q")
	r.Key("ctrl+s")
	r.Contains("Changed by two people")
	r.Keys("1", "enter")
	r.Contains("no threats")
	r.Lacks("no shouting")
}
