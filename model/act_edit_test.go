package model

import (
	"errors"
	"testing"
)

// An edit of a whole record changes what the person changed and nothing else;
// what two people changed at once is a conflict with both versions in it.
func TestEditsCarryWhatWasSeen(t *testing.T) {
	standard := &Standard{ID: idOf(60), Kind: StandardLimit, Name: "no shouting", Words: "at all", Price: 500}
	referral := &Referral{ID: idOf(61), Name: "De Buren", Serves: "small moves", Reach: "030"}
	view := &SavedView{ID: idOf(62), Name: "Late", Query: "is:overdue", Owner: anna, Team: true}
	promise := &Promise{ID: idOf(63), Customer: petra, Side: Ours, Words: "x", Due: "2026-12-03", State: PromiseOpen, By: karin, At: StampOf(tuesday)}
	retired, gone := *standard, *referral
	retired.Retired, gone.Retired = &Ruling{By: anna}, &Ruling{By: anna}
	with := func(m map[string]string, kv ...string) map[string]string {
		for i := 0; i < len(kv); i += 2 {
			m[kv[i]] = kv[i+1]
		}
		return m
	}
	guards := []Record{&Guard{Text: GuardText(SpaceStandard, "no shouting"), Owner: standard.ID}, &Guard{Text: GuardText(SpaceReferral, "de buren"), Owner: referral.ID}}
	for _, c := range []struct {
		name  string
		rec   Record
		a     Action
		id    string
		clash string // the field
		check func(Record) bool
	}{
		{"standard, nobody else", standard, SaveStandard{ID: standard.ID, Kind: StandardLimit, Label: "no threats", Words: "at all", Price: 500, Was: StandardValues(standard)}, "", "",
			func(r Record) bool { s, _ := r.(*Standard); return s.Name == "no threats" && s.Price == 500 }},
		{"standard, another field", standard, SaveStandard{ID: standard.ID, Kind: StandardLimit, Label: "no threats", Words: "", Price: 0,
			Was: with(StandardValues(standard), "words", "", "price", FormatMoney(0))}, "", "",
			func(r Record) bool {
				s, _ := r.(*Standard)
				return s.Name == "no threats" && s.Words == "at all" && s.Price == 500
			}},
		{"standard, the same field", standard, SaveStandard{ID: standard.ID, Kind: StandardLimit, Label: "no threats", Words: "at all", Price: 500,
			Was: with(StandardValues(standard), "name", "be kind")}, "error.conflict.words", "name", nil},
		{"standard, retired meanwhile", &retired, SaveStandard{ID: standard.ID, Kind: StandardLimit, Label: "no threats", Was: StandardValues(standard)}, "error.standard.retired", "", nil},
		{"standard, brought back", &retired, SaveStandard{ID: standard.ID, Kind: StandardLimit, Label: "no shouting", Words: "at all", Price: 500, Was: StandardValues(&retired)}, "", "",
			func(r Record) bool { s, _ := r.(*Standard); return s.Retired == nil && s.Words == "at all" }},
		{"standard, without looking", standard, SaveStandard{ID: standard.ID, Kind: StandardLimit, Label: "no threats"}, "", "",
			func(r Record) bool { s, _ := r.(*Standard); return s.Words == "" && s.Price == 0 }},
		{"referral, another field", referral, SaveReferral{ID: referral.ID, Firm: "De Buren", Serves: "all moves", Reach: "", Was: with(ReferralValues(referral), "reach", "")}, "", "",
			func(r Record) bool { g, _ := r.(*Referral); return g.Serves == "all moves" && g.Reach == "030" }},
		{"referral, the same field", referral, SaveReferral{ID: referral.ID, Firm: "De Buren", Serves: "all moves", Was: with(ReferralValues(referral), "serves", "moves")}, "error.conflict.words", "serves", nil},
		{"referral, retired meanwhile", &gone, SaveReferral{ID: referral.ID, Firm: "De Buren", Serves: "x", Was: ReferralValues(referral)}, "error.referral.retired", "", nil},
		{"view, another field", view, SaveView{ID: view.ID, View: "Too late", Query: "is:flagged", Team: true, Was: with(ViewValues(view), "query", "is:flagged")}, "", "",
			func(r Record) bool {
				v, _ := r.(*SavedView)
				return v.Name == "Too late" && v.Query == "is:overdue" && v.Team
			}},
		{"view, the same field", view, SaveView{ID: view.ID, View: "Too late", Query: "is:overdue", Team: true, Was: with(ViewValues(view), "view", "Later")}, "error.conflict.words", "view", nil},
		{"promise", promise, MovePromise{Customer: petra, Promise: promise.ID, To: "2026-12-10", Reason: "x", From: "2026-12-03"}, "", "",
			func(r Record) bool { p, _ := r.(*Promise); return p.Due == "2026-12-10" }},
		{"promise, moved meanwhile", promise, MovePromise{Customer: petra, Promise: promise.ID, To: "2026-12-10", Reason: "x", From: "2026-12-01"}, "error.conflict.words", "due", nil},
		{"promise, moved to the same day", promise, MovePromise{Customer: petra, Promise: promise.ID, To: "2026-12-03", Reason: "x", From: "2026-12-01"}, "error.promise.same-day", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(anna, RoleLead), desk(c.rec).with(guards...))
			wantRefusal(t, err, c.id)
			var e *Error
			if errors.As(err, &e) && c.clash != "" && (e.Kind != KindConflict || len(e.Fields) != 1 || e.Fields[0].Field != c.clash) {
				t.Errorf("%+v", e)
			}
			if err == nil && !c.check(ch.Puts[0].After) {
				t.Errorf("left as %+v", ch.Puts[0].After)
			}
		})
	}
}
