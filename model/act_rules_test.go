package model

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRights holds the whole table: each action and the weakest role for it.
func TestRights(t *testing.T) {
	want := map[Role][]ActionName{
		RoleNone: {ActFound},
		RoleAgent: {ActAddCustomer, ActEditCustomer, ActTag, ActConfirm, ActContest, ActWithdraw, ActFitStart, ActFitAnswer,
			ActFitFinish, ActFitDrop, ActFlag, ActDraft, ActUndo, ActImportStart, ActImportRows, ActImportDone, ActDismissDouble, ActExport,
			ActLogContact, ActEditContact, ActWithdrawContact, ActSetBanner, ActAddLesson, ActRemoveLesson, ActSaveAnswer,
			ActMakePromise, ActClosePromise, ActMovePromise, ActLogException, ActSettleException, ActWithdrawException,
			ActStateTerms, ActAnswerTerms, ActWithdrawTerms, ActAddSurvey, ActWithdrawSurvey, ActSurveyRows, ActSetFinance,
			ActFinanceRows, ActAddImprovement, ActEditImprovement, ActEndImprovement, ActLinkHurt, ActUnlinkHurt, ActTellHurt,
			ActSaveReferral, ActFarewellStep, ActHearObjection, ActSaveView, ActDropView, ActMerge},
		RoleLead: {ActRemoveCustomer, ActRuleContest, ActApprove, ActReturn, ActOtherwise, ActClearFlag,
			ActRetireAnswer, ActSaveStandard, ActRetireStandard, ActRetireReferral, ActBeginFarewell, ActEndFarewell,
			ActClaim, ActRelease, ActTellAll},
		RoleAdmin: {ActAddPerson, ActSetRole, ActRemovePerson, ActAddKey, ActRevokeKey, ActAddAccount, ActDropAccount, ActPlaybook, ActEndSession},
	}
	seen := map[ActionName]bool{}
	for need, names := range want {
		for _, name := range names {
			seen[name] = true
			for _, role := range []Role{RoleNone, RoleAgent, RoleLead, RoleAdmin} {
				if err := MayDo(role, name); (err == nil) != (role >= need) {
					t.Errorf("%s as %s: %v", name, role, err)
				} else if err != nil {
					wantRefusal(t, err, "error.not-allowed.role")
				}
			}
		}
	}
	for name := range maps.Keys(rights) {
		if !seen[name] {
			t.Errorf("%s is not in the table of this test", name)
		}
	}
	wantRefusal(t, MayDo(RoleAdmin, "unheard.of"), "error.not-allowed.role")
}

func TestTagRefusals(t *testing.T) {
	good := Tag{Customer: petra, Trait: TraitBrazen, Words: "snarled"}
	for _, c := range []struct {
		name string
		edit func(*Tag)
		id   string
	}{
		{"words", func(*Tag) {}, ""},
		{"signal alone", func(a *Tag) { a.Words, a.Signal = "", "brazen.s" }, ""},
		{"cause", func(a *Tag) { a.Cause = "brazen.c" }, ""},
		{"yesterday", func(a *Tag) { a.On = StampOf(tuesday.Add(-24 * time.Hour)) }, ""},
		{"no evidence", func(a *Tag) { a.Words = " \t" }, "error.tag.evidence"},
		{"no trait", func(a *Tag) { a.Trait = "rich" }, "error.trait.unknown"},
		{"no such signal", func(a *Tag) { a.Signal = "attention.s" }, "error.signal.unknown"},
		{"no such cause", func(a *Tag) { a.Cause = "attention.c" }, "error.cause.unknown"},
		{"tomorrow", func(a *Tag) { a.On = StampOf(tuesday.Add(time.Second)) }, "error.date.future"},
		{"long ago", func(a *Tag) { a.On = StampOf(tuesday.AddDate(-1, 0, 0)) }, "error.tag.lapsed"},
		{"no such customer", func(a *Tag) { a.Customer = idOf(99) }, "error.customer.gone"},
		{"no such colleague", func(a *Tag) { a.AimedAt = idOf(99) }, "error.person.unknown"},
		{"no such witness", func(a *Tag) { a.Witnesses = []ID{karin, idOf(99)} }, "error.person.unknown"},
		{"a book", func(a *Tag) { a.Words = strings.Repeat("x", MaxWords+1) }, "error.words.long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.edit(&a)
			_, err := a.Decide(envOf(karin, RoleAgent), desk())
			wantRefusal(t, err, c.id)
		})
	}
}

func TestSightingRefusals(t *testing.T) {
	now := StampOf(tuesday)
	live := &Sighting{ID: idOf(20), Customer: petra, Trait: TraitBrazen, Step: 2, By: karin, At: now, On: now, Lapses: now + 1e9}
	frozen, withdrawn := *live, *live
	frozen.Contested = &Ruling{By: sam, Real: sam, At: now}
	withdrawn.Withdrawn = &Ruling{By: karin, Real: karin, At: now}
	id := live.ID
	for _, c := range []struct {
		name string
		who  ID
		role Role
		s    *Sighting
		a    Action
		id   string
	}{
		{"confirm", sam, RoleAgent, live, Confirm{petra, id}, ""},
		{"confirm contested", sam, RoleAgent, &frozen, Confirm{petra, id}, "error.sighting.not-live"},
		{"confirm withdrawn", sam, RoleAgent, &withdrawn, Confirm{petra, id}, "error.sighting.not-live"},
		{"contest", sam, RoleAgent, live, Contest{petra, id, "not so"}, ""},
		{"contest without reason", sam, RoleAgent, live, Contest{petra, id, " "}, "error.reason"},
		{"contest twice", anna, RoleLead, &frozen, Contest{petra, id, "nor I"}, "error.sighting.not-live"},
		{"withdraw own", karin, RoleAgent, live, Withdraw{petra, id, ""}, ""},
		{"withdraw another's", sam, RoleAgent, live, Withdraw{petra, id, ""}, "error.not-allowed.others-sighting"},
		{"withdraw another's as lead", anna, RoleLead, live, Withdraw{petra, id, ""}, ""},
		{"withdraw twice", karin, RoleAgent, &withdrawn, Withdraw{petra, id, ""}, "error.sighting.not-live"},
		{"rule", anna, RoleLead, &frozen, RuleContest{petra, id, true, "heard both"}, ""},
		{"rule without reason", anna, RoleLead, &frozen, RuleContest{petra, id, true, ""}, "error.reason"},
		{"rule on what nobody contests", anna, RoleLead, live, RuleContest{petra, id, true, "x"}, "error.sighting.not-contested"},
		{"rule on one's own", karin, RoleLead, &frozen, RuleContest{petra, id, true, "x"}, "error.not-allowed.own-contest"},
		{"rule on one's own contest", sam, RoleLead, &frozen, RuleContest{petra, id, false, "x"}, "error.not-allowed.own-contest"},
		{"gone", karin, RoleAgent, live, Confirm{petra, idOf(99)}, "error.sighting.gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(c.who, c.role), desk(c.s))
			wantRefusal(t, err, c.id)
			if err == nil && len(ch.Puts) != 1 {
				t.Errorf("%d records", len(ch.Puts))
			}
		})
	}
	if frozen.Live(now) {
		t.Error("a contested sighting counts")
	}
	if l := LadderOf([]*Sighting{&frozen, &withdrawn}, now); l.Step != 0 || len(l.Counts) != 0 {
		t.Errorf("frozen and withdrawn sightings come to %+v", l)
	}
}

func TestCustomerRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		a    Action
		id   string
	}{
		{"add", AddCustomer{Values: map[string]string{"name": "x"}}, ""},
		{"add nameless", AddCustomer{Values: map[string]string{"town": "x"}}, "error.field.name"},
		{"add with a taken number", AddCustomer{Values: map[string]string{"name": "x", "number": "7"}}, "error.number.taken"},
		{"add with an unknown owner", AddCustomer{Values: map[string]string{"name": "x", "owner": idOf(99).String()}}, "error.person.unknown"},
		{"add with an unknown field", AddCustomer{Values: map[string]string{"name": "x", "religion": "x"}}, "error.field.unknown"},
		{"add with an odd kind", AddCustomer{Values: map[string]string{"name": "x", "kind": "x"}}, "error.field.choice"},
		{"add with odd bytes", AddCustomer{Values: map[string]string{"name": "x\xff"}}, "error.field.utf8"},
		{"add with an endless number", AddCustomer{Values: map[string]string{"name": "x", "number": strings.Repeat("1", 1025)}}, "error.words.long"},
		{"add with a long number", AddCustomer{Values: map[string]string{"name": "x", "number": strings.Repeat("1", 1024)}}, ""},
		{"draft of an endless form", SaveDraft{Form: strings.Repeat("f", 1025), Values: map[string]string{"a": "b"}}, "error.words.long"},
		{"edit", EditCustomer{petra, map[string]string{"town": ""}, map[string]string{"town": "Utrecht"}}, ""},
		{"edit to what stands", EditCustomer{petra, map[string]string{"town": "x"}, map[string]string{"town": ""}}, "error.edit.nothing"},
		{"edit nothing", EditCustomer{petra, nil, nil}, "error.edit.nothing"},
		{"edit the name away", EditCustomer{petra, map[string]string{"name": "Petra Jansen"}, map[string]string{"name": " "}}, "error.field.name"},
		{"edit what changed", EditCustomer{petra, map[string]string{"number": "6"}, map[string]string{"number": "8"}}, "error.conflict.fields"},
		{"edit nobody", EditCustomer{idOf(99), nil, nil}, "error.customer.gone"},
		{"remove", RemoveCustomer{petra, "petra  JANSEN"}, ""},
		{"remove mistyped", RemoveCustomer{petra, "petra"}, "error.typed"},
		{"remove untyped", RemoveCustomer{petra, ""}, "error.typed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.a.Decide(envOf(anna, RoleLead), desk())
			wantRefusal(t, err, c.id)
		})
	}
	_, err := RemoveCustomer{petra, "Petra Jansen"}.Decide(envOf(anna, RoleLead), desk(&Flag{ID: idOf(30), Customer: petra}))
	wantRefusal(t, err, "error.customer.history")
}

// TestEditConflict shows that two edits meet field by field.
func TestEditConflict(t *testing.T) {
	m := desk(&Customer{ID: petra, Name: "Petra de Wit", Kind: Private, Relation: Current, Town: "Zeist"})
	was := map[string]string{"name": "Petra Jansen", "town": "", "phone": ""}
	now := map[string]string{"name": "P. Jansen", "town": "Zeist", "phone": "06"}
	_, err := EditCustomer{petra, was, now}.Decide(envOf(karin, RoleAgent), m)
	wantRefusal(t, err, "error.conflict.fields")
	e, _ := err.(*Error) //nolint:errorlint // Decide gives its own error
	if want := []FieldConflict{{"name", "Petra Jansen", "P. Jansen", "Petra de Wit"}}; e == nil || !slices.Equal(e.Fields, want) {
		t.Fatalf("%+v", err)
	}
	delete(now, "name")
	ch, err := EditCustomer{petra, was, now}.Decide(envOf(karin, RoleAgent), m)
	if err != nil {
		t.Fatal(err)
	}
	if after, _ := ch.Puts[0].After.(*Customer); after.Name != "Petra de Wit" || after.Town != "Zeist" || after.Phone != "06" {
		t.Errorf("joined to %+v", after)
	}
}

func TestPeopleRefusals(t *testing.T) {
	one := desk().with(&Guard{Text: GuardText(SpacePerson, "karin"), Owner: karin}, &Guard{Text: GuardText(SpaceUID, "1003"), Owner: karin})
	two := one.with(&Person{ID: anna, Name: "Anna", Role: RoleAdmin})
	for _, c := range []struct {
		name string
		m    memory
		a    Action
		id   string
	}{
		{"add", one, AddPerson{"Bo", RoleAgent, []int{2000}}, ""},
		{"add twice", one, AddPerson{" KARIN ", RoleAgent, nil}, "error.person.taken"},
		{"add a taken account", one, AddPerson{"Bo", RoleAgent, []int{1003}}, "error.uid.taken"},
		{"add an odd account", one, AddPerson{"Bo", RoleAgent, []int{-1}}, "error.uid"},
		{"add nobody", one, AddPerson{"  ", RoleAgent, nil}, "error.person.name"},
		{"add without role", one, AddPerson{"Bo", RoleNone, nil}, "error.role.unknown"},
		{"last admin steps down", one, SetRole{robin, RoleLead}, "error.not-allowed.last-admin"},
		{"last admin leaves", one, RemovePerson{robin}, "error.not-allowed.last-admin"},
		{"one of two admins steps down", two, SetRole{robin, RoleLead}, ""},
		{"one of two admins leaves", two, RemovePerson{robin}, ""},
		{"same role", one, SetRole{karin, RoleAgent}, "error.edit.nothing"},
		{"odd role", one, SetRole{karin, Role(9)}, "error.role.unknown"},
		{"unknown", one, SetRole{idOf(99), RoleLead}, "error.person.unknown"},
		{"found twice", one.with(&BookInfo{}), Found{Person: "x"}, "error.book.exists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.a.Decide(envOf(robin, RoleAdmin), c.m)
			wantRefusal(t, err, c.id)
		})
	}
}
