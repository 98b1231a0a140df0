package screen

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

const kindCrew = "crew"

// crew is a small page with a form: the colleagues, and one who comes.
type crew struct {
	listing
	made model.Receipt
}

func newCrew(env *Env) *crew {
	s := &crew{}
	s.listing = newListing(env, listSpec{title: "Crew", empty: []string{"Nobody."}, load: s.load, own: s.own})
	return s
}

func (s *crew) Title() string { return "Crew" }

func (s *crew) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *crew) load() listLoad {
	desk := s.env.Desk
	return func() (listContent, error) {
		all, err := desk.People()
		if err != nil {
			return listContent{}, err
		}
		var rows []listRow
		for _, p := range all {
			rows = append(rows, listRow{key: p.ID.String(), value: p, draw: func(w int) string { return kit.Cell(p.Name, w) }})
		}
		return listContent{sections: []listSection{{rows: rows}}}, nil
	}
}

func (s *crew) own() []kit.Command {
	return []kit.Command{{ID: "people.add", Keys: []string{"a"}, Group: "change", Footer: 95, Run: s.add}}
}

func (s *crew) add() tea.Cmd {
	e := s.env
	return s.form(formSpec{
		id: "crew", title: "A new colleague", head: []string{"As in the list of the works council."},
		fields: []kit.Field{
			{ID: "name", Label: "Name", Required: true},
			{ID: "role", Label: "Role", Kind: kit.ChoiceField, Options: e.roles()},
			{ID: "uid", Label: "Accounts"},
			{ID: "note", Label: "Note", Kind: kit.AreaField},
		},
		values: map[string]string{"role": model.RoleAgent.String()},
		about:  map[string]string{"error.person.taken": "name", "error.uid": "uid"},
		check:  []string{"name", "note"},
		warn: func(text string) []string {
			if strings.Contains(text, "fool") {
				return []string{"This judges a person (" + text + "): say what was done instead."}
			}
			return nil
		},
		act: func(v map[string]string) ([]model.Action, error) {
			uids, ok := accounts(v["uid"])
			switch role, _ := model.ParseRole(v["role"]); {
			case !ok:
				return nil, model.Invalid("error.uid", "Value", v["uid"])
			case v["name"] == "nobody":
				return nil, nil
			default:
				return []model.Action{model.AddPerson{Person: v["name"], Role: role, UIDs: uids}}, nil
			}
		},
		then: func(r model.Receipt) tea.Cmd {
			s.made = r
			s.seek(r.Made.String())
			return nil
		},
	})
}

func openCrew(t testing.TB, b *fitBench, lang string, w, h int, change func(*Env)) (*kittest.Driver, *crew) {
	t.Helper()
	e := b.env(b.Admin, lang)
	if change != nil {
		change(e)
	}
	var s *crew
	makers := map[string]func(any) kit.Screen{
		KindDesk: func(any) kit.Screen { return newPeople(e) },
		kindCrew: func(any) kit.Screen { s = newCrew(e); return s },
	}
	root := console.New(console.Config{Text: e.Text, Theme: e.Theme, Makers: makers, Start: kit.Open{Kind: KindDesk}, Word: e.Say.Error,
		Report: func(fault any, stack []byte) string { t.Errorf("fault: %v\n%s", fault, stack); return "" }})
	d := kittest.New(t, root, w, h)
	d.Send(kit.Open{Kind: kindCrew})
	return d, s
}

func (b *fitBench) draft(form string) *model.Draft {
	b.t.Helper()
	d, err := b.As(model.Solo(b.Admin)).Draft(form)
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

func TestFormSaves(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d, s := openCrew(t, b, lang, w, h, nil)
		d.Key("a")
		d.Golden("formbox" + name)
		d.Type("  Noor Visser ")
		d.Key("ctrl+s")
		if s.open() || s.made.Made == model.NoID {
			t.Fatal("not saved:\n" + d.Screen())
		}
		if _, row := marked(t, d); row != "Noor Visser" {
			t.Errorf("the cursor is on %q", row)
		}
		d.Key("a")
		d.Type("fool")
		d.Key("ctrl+s")
		d.Golden("formbox_warned" + name)
	})
}

// Words that judge are shown before saving; saving again keeps them. Other
// warnings than those that were read are shown as well.
func TestFormChecksWords(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d, s := openCrew(t, b, "en", 80, 24, nil)
	d.Key("a")
	d.Type("Bo fool")
	d.Key("ctrl+s")
	d.Contains("This judges a person")
	d.Key("ctrl+s")
	if s.made.Made == model.NoID {
		t.Fatal("not saved the second time:\n" + d.Screen())
	}
	d.Key("a")
	d.Type("An fool")
	d.Key("ctrl+s")
	d.Keys("tab", "tab", "tab")
	d.Type("a fool too")
	d.Key("ctrl+s") // one more warning
	if !s.open() {
		t.Fatal("the second warning was not shown")
	}
	for range 10 { // the focus is where the new warning is about
		d.Key("backspace")
	}
	d.Keys("tab", "end", "backspace", "backspace", "backspace", "backspace", "ctrl+s")
	if s.open() {
		t.Fatal("nothing to warn of is left:\n" + d.Screen())
	}
	d.Contains("An")
	// Where no looking is asked for there is none.
	d, s = openCrew(t, b, "en", 40, 11, nil)
	d.Key("a")
	d.Type("Cas fool")
	d.Key("ctrl+s")
	d.Contains("judges a person") // also where the head has no room
	s.box.spec.warn = nil
	d.Key("ctrl+s")
	if s.open() {
		t.Fatal("not saved")
	}
}

func TestFormErrorsStandAtTheirField(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d, s := openCrew(t, b, "en", 80, 24, nil)
	d.Key("a")
	d.Key("ctrl+s") // the form's own rule
	d.Type("Robin")
	d.Keys("tab", "tab")
	d.Type("12x")
	d.Key("ctrl+s") // cannot be read
	d.Golden("formbox_unread")
	d.Key("backspace")
	d.Key("ctrl+s") // the book refuses: the name is taken
	d.Golden("formbox_refused")
	d.Type(" the Second")
	d.Key("ctrl+s")
	if s.open() || s.made.Made == model.NoID {
		t.Fatal("not saved:\n" + d.Screen())
	}
	all, err := b.As(model.Solo(b.Admin)).People()
	if err != nil {
		t.Fatal(err)
	}
	if p := all[len(all)-1]; p.Name != "Robin the Second" || len(p.UIDs) != 1 || p.UIDs[0] != 12 {
		t.Errorf("%+v", p)
	}
}

func TestFormDrafts(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d, _ := openCrew(t, b, lang, w, h, nil)
		d.Keys("a", "esc") // nothing typed, nothing kept
		if b.draft("crew/new") != nil {
			t.Fatal("a draft of nothing")
		}
		d.Key("a")
		d.Type("Noor")
		d.Keys("tab", "2", "esc")
		if v := b.draft("crew/new").Values; len(v) != 2 || v["name"] != "Noor" || v["role"] != "lead" {
			t.Fatal("kept:", v)
		}
		d.Key("a")
		d.Golden("formbox_offer" + name)
		if _, _, ok := d.Cursor(); ok {
			t.Error("a cursor in a form that takes nothing yet")
		}
		d.Type("x") // first it is taken or thrown away
		d.Keys("esc", "a", "enter")
		d.Golden("formbox_taken" + name)
		d.Keys("ctrl+c", "ctrl+c") // the program is left: it is kept again
		d, s := openCrew(t, b, lang, w, h, nil)
		d.Keys("a", "enter", "ctrl+s")
		if s.made.Made == model.NoID || b.draft("crew/new") != nil {
			t.Fatal("not saved, or the draft stayed")
		}
		d.Key("a")
		d.Type("Bo")
		d.Keys("esc", "a", "ctrl+x")
		if b.draft("crew/new") != nil || !s.open() {
			t.Fatal("not thrown away")
		}
		d.Type("nobody")
		d.Key("ctrl+s")
		if s.open() {
			t.Fatal("nothing to do, and it stays")
		}
	})
}

// A draft that was taken and emptied again is no draft any more.
func TestFormDraftEmptied(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d, _ := openCrew(t, b, "en", 80, 24, nil)
	d.Key("a")
	d.Type("B")
	d.Keys("esc", "a", "enter", "end", "backspace", "esc")
	if b.draft("crew/new") != nil {
		t.Fatal("an empty draft stays")
	}
}

// Keys typed ahead of the book's answer reach the form; behind a draft they
// wait for what becomes of it.
func TestFormHoldsKeysTypedAhead(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	press := func(s *crew, text string) {
		for _, r := range text {
			s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	s := newCrew(b.env(b.Admin, "en"))
	ask := s.add()
	press(s, "Noor")
	for _, c := range s.Commands() {
		if c.ID == "ask.save" {
			c.Do("ctrl+s")
		}
	}
	if v := s.box.over.form.Values()["name"]; v != "" {
		t.Fatal("typed before the answer:", v)
	}
	_, save := s.Update(ask())
	if v := s.box.over.form.Values()["name"]; v != "Noor" || save == nil || !s.box.over.busy {
		t.Fatalf("the keys did not arrive: %q", v)
	}
	press(s, "x") // it is being saved
	if v := s.box.over.form.Values()["name"]; v != "Noor" {
		t.Fatal("changed while it is saved")
	}

	b.Must(t, b.Admin, model.SaveDraft{Form: "crew/new", Values: map[string]string{"uid": "7"}})
	for key, want := range map[string]string{"enter": "", "ctrl+x": "Bo"} {
		s = newCrew(b.env(b.Admin, "en"))
		ask = s.add()
		press(s, "Bo")
		s.Update(ask())
		s.formKey(key)
		if v := s.box.over.form.Values()["name"]; v != want {
			t.Errorf("%s: %q", key, v)
		}
	}
	s.over = nil
	if _, cmd := s.Update(formDraft{of: s.box}); cmd != nil {
		t.Error("an answer for a form that was left")
	}
}

// fallible is a desk that refuses to keep drafts.
type fallible struct {
	ui.Desk
	refuse bool
}

func (f *fallible) Do(ctx context.Context, a model.Action) (model.Receipt, error) {
	if _, draft := a.(model.SaveDraft); draft && f.refuse {
		return model.Receipt{}, model.NewError(model.KindReadOnly, "error.internal")
	}
	return f.Desk.Do(ctx, a)
}

// What was saved is saved, also when the draft cannot be thrown away.
func TestFormSavedThoughTheDraftStays(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	desk := &fallible{}
	d, s := openCrew(t, b, "en", 80, 24, func(e *Env) { desk.Desk = e.Desk; e.Desk = desk })
	d.Key("a")
	d.Type("Noor")
	d.Keys("esc", "a", "enter")
	desk.refuse = true
	d.Key("ctrl+s")
	if s.open() || s.made.Made == model.NoID {
		t.Fatal("the form stays, and is saved twice")
	}
	d.Contains("✗")
}

// Who leaves while it is being saved keeps a draft only when that fails.
func TestFormLeftWhileSaving(t *testing.T) {
	for name, taken := range map[string]bool{"Robin": true, "Noor": false} {
		b := newFitBench(t, "Petra Jansen")
		s := newCrew(b.env(b.Admin, "en"))
		s.Update(s.add()())
		s.box.over.form.SetValues(map[string]string{"name": name})
		save := s.formKey("ctrl+s")
		keep := s.Closing()
		saved := make(chan tea.Msg, 1)
		go func() { saved <- save() }()
		var ran func(cmd tea.Cmd)
		ran = func(cmd tea.Cmd) {
			if cmd == nil {
				return
			}
			if batch, ok := cmd().(tea.BatchMsg); ok {
				for _, c := range batch {
					ran(c)
				}
			}
		}
		ran(keep)
		if a := (<-saved).(answered); (a.err != nil) != taken {
			t.Fatal(a.err)
		}
		if got := b.draft("crew/new") != nil; got != taken {
			t.Errorf("%s: a draft: %v", name, got)
		}
	}
}
