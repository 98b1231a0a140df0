package screen

import (
	"fmt"
	"testing"

	"pasvorm/model"
)

func TestPeopleScreen(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		b.Must(t, b.Admin, model.RemovePerson{Person: b.Agent2})
		d := b.open(b.Admin, lang, w, h, KindPeople, nil)
		d.Golden("people" + name)
		d.Key("a")
		d.Golden("people_add" + name)
		d.Type("Robin")
		d.Key("ctrl+s") // the name is taken: said under the field
		d.Golden("people_taken" + name)
		d.Type(" Visser")
		d.Keys("tab", "2", "tab")
		d.Type("20x")
		d.Key("enter")
		d.Key("backspace")
		d.Type("01, 2002")
		d.Key("enter")
		all, err := b.As(model.Solo(b.Admin)).People()
		if err != nil {
			t.Fatal(err)
		}
		p := all[len(all)-1]
		if p.Name != "Robin Visser" || p.Role != model.RoleLead || fmt.Sprint(p.UIDs) != "[2001 2002]" {
			t.Fatalf("added %+v", p)
		}
		d.Contains("Robin Visser")
		d.Key("j") // Anna
		d.Key("r")
		d.Golden("people_role" + name)
		d.Key("1")
		d.Key("d")
		d.Golden("people_remove" + name)
		d.Key("enter")
		d.Type("Anna")
		d.Key("enter")
		all, _ = b.As(model.Solo(b.Admin)).People()
		for _, q := range all {
			if q.ID == b.Lead && (q.Role != model.RoleAgent || !q.Gone) {
				t.Errorf("%+v", q)
			}
		}
	})
}

func TestPeopleOfAnAgent(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.open(b.Agent, "en", 80, 24, KindPeople, nil)
	for _, key := range []string{"a", "r", "d"} {
		d.Key(key)
		d.Contains("admin") // who may
	}
	d.Golden("people_agent_en_80")
	d = b.open(b.Admin, "en", 80, 24, KindPeople, nil)
	d.Keys("g", "d")
	d.Type("Robin")
	d.Key("enter") // the last admin stays
	if all, err := b.As(model.Solo(b.Admin)).People(); err != nil || all[0].Gone {
		t.Fatalf("the last admin left: %v", err)
	}
}

func TestPeopleHostile(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	b.Must(t, b.Admin, model.AddPerson{Person: nasty + nasty, Role: model.RoleAgent})
	d := b.open(b.Admin, "en", 80, 24, KindPeople, nil)
	d.Key("G")
	d.Golden("people_hostile_en_80")
	d.Key("d")
	d.Screen()
	d.Keys("esc", "r")
	d.Screen()
}

func TestJournalScreen(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		b.finish(b.Lead, model.NextStep{What: "mail only", By: "2026-12-24"}, model.KeyFriction, "theirs")
		d := b.open(b.Lead, lang, w, h, KindJournal, model.NoID)
		d.Golden("journal" + name)
		d.Keys("j", "u")
		d.Golden("journal_undo" + name)
		d.Key("2") // conflict: the newer line goes first
		d.Screen()
		if b.detail().Settled() == nil {
			t.Fatal("undone in the wrong order")
		}
		d.Keys("g", "u", "1")
		if b.detail().Settled() == nil {
			t.Fatal("left it, and it was undone")
		}
		d.Keys("u", "2")
		if b.detail().Settled() != nil {
			t.Fatal("not undone")
		}
		d.Golden("journal_undone" + name)
		d.Keys("g", "u", "j", "j", "u")
		d.Screen()
		b.open(b.Lead, lang, w, h, KindJournal, b.customer).Golden("journal_customer" + name)
	})
}

// Reading on brings every line once, in order, down to the first.
func TestJournalPages(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	for i := range 400 {
		b.Must(t, b.Agent, model.RaiseFlag{Customer: b.customer, Reason: fmt.Sprint("line ", i)})
	}
	d := b.open(b.Agent, "en", 80, 24, KindJournal, model.NoID)
	d.Contains("120 lines and more")
	d.Contains("line 399")
	d.Key("G")
	d.Contains("406 lines") // 400, the customer, the book and its people
	d.Contains("made this book")
	d.Keys("k", "k", "k", "k", "k", "k")
	d.Contains("line 0”")
	d = b.open(b.Agent, "en", 80, 24, KindJournal, b.customer)
	d.Key("G")
	d.Contains("401 lines")
	d.Contains("Petra Jansen: added")
	b.Must(t, b.Agent, model.RaiseFlag{Customer: b.customer, Reason: "one more"})
	e := b.env(b.Agent, "en")
	j := newJournal(e, model.NoID).(*journal)
	for cmd := j.Init(); cmd != nil; {
		_, cmd = j.Update(cmd())
		j.cur = len(j.lines) - 1
		if cmd == nil {
			cmd = j.more()
		}
	}
	for i := 1; i < len(j.lines); i++ {
		if j.lines[i].Rev >= j.lines[i-1].Rev {
			t.Fatalf("line %d: revision %d after %d", i, j.lines[i].Rev, j.lines[i-1].Rev)
		}
	}
	if len(j.lines) != 407 {
		t.Errorf("%d lines", len(j.lines))
	}
}
