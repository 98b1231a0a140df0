package model

import "testing"

func TestReferralBook(t *testing.T) {
	line := &Referral{ID: idOf(60), Name: "De Buren", Serves: "meters", By: anna}
	guard := &Guard{Text: GuardText(SpaceReferral, "de buren"), Owner: line.ID}
	old := &Referral{ID: idOf(61), Name: "Oud", Serves: "x", Retired: ruledBy(anna)}
	book := desk(line, guard, old, &Guard{Text: GuardText(SpaceReferral, "oud"), Owner: old.ID})
	for _, c := range []struct {
		name string
		a    Action
		id   string
	}{
		{"add", SaveReferral{Firm: "Noordhulp", Serves: "nights"}, ""},
		{"add without a name", SaveReferral{Firm: " ", Serves: "nights"}, "error.referral.name"},
		{"add without what", SaveReferral{Firm: "Noordhulp"}, "error.referral.serves"},
		{"add a name that is there", SaveReferral{Firm: "DE  buren", Serves: "x"}, "error.referral.taken"},
		{"add the name of a retired one", SaveReferral{Firm: "oud", Serves: "x"}, "error.referral.taken"},
		{"edit", SaveReferral{ID: line.ID, Firm: "De Buren", Serves: "meters and bills"}, ""},
		{"edit capitals", SaveReferral{ID: line.ID, Firm: "de Buren", Serves: "meters"}, ""},
		{"rename", SaveReferral{ID: line.ID, Firm: "Buren B.V.", Serves: "meters"}, ""},
		{"edit nothing", SaveReferral{ID: line.ID, Firm: "De Buren", Serves: "meters"}, "error.edit.nothing"},
		{"bring back", SaveReferral{ID: old.ID, Firm: "Oud", Serves: "x"}, ""},
		{"edit nobody", SaveReferral{ID: idOf(99), Firm: "x", Serves: "y"}, "error.referral.gone"},
		{"retire", RetireReferral{Referral: line.ID, Reason: "closed"}, ""},
		{"retire without reason", RetireReferral{Referral: line.ID}, "error.reason"},
		{"retire twice", RetireReferral{Referral: old.ID, Reason: "x"}, "error.referral.retired"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.a.Decide(envOf(anna, RoleLead), book)
			wantRefusal(t, err, c.id)
		})
	}
	// A rename moves the claim on the name along.
	ch, err := SaveReferral{ID: line.ID, Firm: "Buren B.V.", Serves: "meters"}.Decide(envOf(anna, RoleLead), book)
	if err != nil || len(ch.Puts) != 3 {
		t.Fatalf("%v %+v", err, ch)
	}
	freed, claimed := false, ""
	for _, p := range ch.Puts {
		freed = freed || p.After == nil && p.Key() == guard.Key()
		if g, ok := p.After.(*Guard); ok {
			claimed = g.Text
		}
	}
	if !freed || claimed != GuardText(SpaceReferral, "buren b.v.") {
		t.Errorf("freed %v, claims %q", freed, claimed)
	}
	ch, err = SaveReferral{ID: old.ID, Firm: "Oud", Serves: "x"}.Decide(envOf(anna, RoleLead), book)
	if g, _ := ch.Puts[0].After.(*Referral); err != nil || g.Retired != nil || ch.Message.ID != "journal.referral.back" {
		t.Errorf("brought back as %+v, %v", g, err)
	}
}
