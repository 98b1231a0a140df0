package model

import (
	"strings"
	"testing"
)

func TestSaveView(t *testing.T) {
	mine := &SavedView{ID: idOf(50), Name: "Mine", Query: "owner:me", Owner: karin}
	ours := &SavedView{ID: idOf(51), Name: "Late ones", Query: "is:overdue", Owner: sam, Team: true}
	his := &SavedView{ID: idOf(52), Name: "His own", Query: "is:key", Owner: sam}
	r := desk(mine, ours, his)
	for _, c := range []struct {
		name string
		who  ID
		role Role
		do   SaveView
		id   string
	}{
		{"new", karin, RoleAgent, SaveView{View: " New  one ", Query: " is:key  jansen"}, ""},
		{"no name", karin, RoleAgent, SaveView{View: " ", Query: "is:key"}, "error.view.name"},
		{"long name", karin, RoleAgent, SaveView{View: strings.Repeat("x", MaxViewName+1), Query: "is:key"}, "error.view.name-long"},
		{"no query", karin, RoleAgent, SaveView{View: "x", Query: " "}, "error.view.query"},
		{"bad query", karin, RoleAgent, SaveView{View: "x", Query: "is:kee"}, "error.query.value.near"},
		{"own name again", karin, RoleAgent, SaveView{View: "MINE", Query: "is:key"}, "error.view.taken"},
		{"of another's own", karin, RoleAgent, SaveView{View: "His own", Query: "is:key"}, ""},
		{"own name for the team", karin, RoleAgent, SaveView{View: "Mine", Query: "is:key", Team: true}, ""},
		{"the team's name", karin, RoleAgent, SaveView{View: "late  ONES", Query: "is:key", Team: true}, "error.view.taken"},
		{"the team's name as own", karin, RoleAgent, SaveView{View: "Late ones", Query: "is:key"}, ""},
		{"change own", karin, RoleAgent, SaveView{ID: mine.ID, View: "Mine too", Query: "owner:me"}, ""},
		{"share own", karin, RoleAgent, SaveView{ID: mine.ID, View: "Mine", Query: "owner:me", Team: true}, ""},
		{"nothing", karin, RoleAgent, SaveView{ID: mine.ID, View: "Mine", Query: "owner:me"}, "error.edit.nothing"},
		{"another's for the team", karin, RoleAgent, SaveView{ID: ours.ID, View: "Late", Query: "is:overdue", Team: true}, "error.not-allowed.others-view"},
		{"another's as a lead", anna, RoleLead, SaveView{ID: ours.ID, View: "Late", Query: "is:overdue", Team: true}, ""},
		{"taken from the team", anna, RoleLead, SaveView{ID: ours.ID, View: "Late", Query: "is:overdue"}, "error.view.others-own"},
		{"another's own", anna, RoleLead, SaveView{ID: his.ID, View: "Late", Query: "is:overdue", Team: true}, "error.view.gone"},
		{"none", karin, RoleAgent, SaveView{ID: idOf(99), View: "x", Query: "is:key"}, "error.view.gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.do.Decide(envOf(c.who, c.role), r)
			wantRefusal(t, err, c.id)
		})
	}
	ch, err := SaveView{View: " New  one ", Query: " is:key  jansen"}.Decide(envOf(karin, RoleAgent), r)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := ch.Puts[0].After.(*SavedView)
	if got.Name != "New one" || got.Query != "jansen is:key" || got.Owner != karin || got.Team || got.At != StampOf(tuesday) || ch.Made != got.ID {
		t.Errorf("kept %+v", got)
	}
	// The lead changes words, not who made it.
	if ch, err = (SaveView{ID: ours.ID, View: "Late", Query: "is:overdue", Team: true}).Decide(envOf(anna, RoleLead), r); err != nil {
		t.Fatal(err)
	}
	if got, _ = ch.Puts[0].After.(*SavedView); got.Owner != sam || got.Name != "Late" {
		t.Errorf("kept %+v", got)
	}
}

// The journal tells the name of a team's view and never that of one's own.
func TestJournalKeepsOwnViewsToOneself(t *testing.T) {
	mine := &SavedView{ID: idOf(50), Name: "Secret", Query: "owner:me", Owner: karin}
	ours := &SavedView{ID: idOf(51), Name: "Late ones", Query: "is:overdue", Owner: karin, Team: true}
	r := desk(mine, ours)
	for _, c := range []struct {
		do  Action
		id  string
		has bool
	}{
		{SaveView{View: "Hidden", Query: "is:key"}, "journal.view.own.save", false},
		{SaveView{View: "Shown", Query: "is:key", Team: true}, "journal.view.save", true},
		{SaveView{ID: mine.ID, View: "Shared", Query: "is:key", Team: true}, "journal.view.own.edit", false},
		{SaveView{ID: ours.ID, View: "Late", Query: "is:overdue", Team: true}, "journal.view.edit", true},
		{SaveView{ID: ours.ID, View: "Hidden", Query: "is:overdue"}, "journal.view.own.edit", false},
		{DropView{View: mine.ID}, "journal.view.own.drop", false},
		{DropView{View: ours.ID}, "journal.view.drop", true},
	} {
		ch, err := c.do.Decide(envOf(karin, RoleAgent), r)
		if err != nil {
			t.Fatal(err)
		}
		if _, has := ch.Message.Args["Title"]; ch.Message.ID != c.id || has != c.has {
			t.Errorf("%+v says %+v", c.do, ch.Message)
		}
	}
}

func TestTooManyViews(t *testing.T) {
	r := desk()
	for i := range MaxViews {
		id := idOf(0)
		id[0], id[1], id[2] = 9, byte(i>>8), byte(i)
		r.recs[ViewKey(id)] = &SavedView{ID: id, Name: "v", Owner: sam}
	}
	_, err := SaveView{View: "x", Query: "is:key"}.Decide(envOf(karin, RoleAgent), r)
	wantRefusal(t, err, "error.view.many")
}

func TestDropView(t *testing.T) {
	ours := &SavedView{ID: idOf(51), Name: "Late ones", Query: "is:overdue", Owner: sam, Team: true}
	his := &SavedView{ID: idOf(52), Name: "His own", Query: "is:key", Owner: sam}
	r := desk(ours, his)
	for _, c := range []struct {
		who  ID
		role Role
		view ID
		id   string
	}{
		{sam, RoleAgent, ours.ID, ""}, {sam, RoleAgent, his.ID, ""}, {karin, RoleAgent, ours.ID, "error.not-allowed.others-view"},
		{anna, RoleLead, ours.ID, ""}, {anna, RoleLead, his.ID, "error.view.gone"}, {sam, RoleAgent, idOf(99), "error.view.gone"},
	} {
		ch, err := DropView{View: c.view}.Decide(envOf(c.who, c.role), r)
		wantRefusal(t, err, c.id)
		if err == nil && (len(ch.Puts) != 1 || ch.Puts[0].After != nil) {
			t.Errorf("%+v", ch.Puts)
		}
	}
}

// What an undo brings back obeys the rules too.
func TestRestoreOfViews(t *testing.T) {
	his := &SavedView{ID: idOf(52), Name: "His own", Query: "is:key", Owner: sam}
	ours := &SavedView{ID: idOf(51), Name: "Late", Query: "is:overdue", Owner: sam, Team: true}
	r := desk(&SavedView{ID: idOf(53), Name: "late", Query: "is:key", Owner: karin, Team: true})
	wantRefusal(t, mayRestoreView(envOf(sam, RoleAgent), r, Put{After: his}), "")
	wantRefusal(t, mayRestoreView(envOf(anna, RoleLead), r, Put{After: his}), "error.undo.others")
	wantRefusal(t, mayRestoreView(envOf(anna, RoleLead), r, Put{Before: his}), "error.undo.others")
	wantRefusal(t, mayRestoreView(envOf(sam, RoleAgent), r, Put{After: ours}), "error.view.taken")
	wantRefusal(t, mayRestoreView(envOf(sam, RoleAgent), r, Put{Before: ours}), "")
}
