package model

// clashOver is the refusal of an edit in which others changed the same fields
// meanwhile; it holds both versions of each. The title tells what it is about.
func clashOver(title string, fields []FieldConflict) error {
	e := NewError(KindConflict, "error.conflict.words", "Title", title).WithHint("hint.conflict")
	e.Fields = fields
	return e
}

// settled joins an edit of a whole record with what stands: a field that the
// person left alone keeps what stands, one that both changed is a conflict. Was
// holds the fields as the person saw them; nil writes over all.
func settled(title string, fields []string, was, now, stand map[string]string) (map[string]string, error) {
	if was == nil {
		return now, nil
	}
	todo, clash, err := joinEdit(fields, was, now, stand)
	if err != nil {
		return nil, err
	}
	if len(clash) > 0 {
		return nil, clashOver(title, clash)
	}
	for _, id := range fields {
		if _, changes := todo[id]; !changes {
			todo[id] = stand[id]
		}
	}
	return todo, nil
}

var (
	standardFields = []string{"name", "kind", "words", "price"}
	referralFields = []string{"name", "serves", "reach", "note"}
	viewFields     = []string{"view", "query", "team"}
)

// retiredSeen tells what was out of use when an edit began: saving such a line
// brings it back, and saving one that was retired meanwhile does not.
const retiredSeen = "retired"

// StandardValues gives the fields of a line of the register, for an edit: see
// [SaveStandard].
func StandardValues(s *Standard) map[string]string {
	return retiredIn(map[string]string{"name": s.Name, "kind": string(s.Kind), "words": s.Words, "price": FormatMoney(s.Price)}, s.Retired)
}

// ReferralValues gives the fields of a line of the referral book, for an edit:
// see [SaveReferral].
func ReferralValues(g *Referral) map[string]string {
	return retiredIn(map[string]string{"name": g.Name, "serves": g.Serves, "reach": g.Reach, "note": g.Note}, g.Retired)
}

// ViewValues gives the fields of a saved view, for an edit: see [SaveView].
func ViewValues(v *SavedView) map[string]string {
	team := ""
	if v.Team {
		team = "team"
	}
	return map[string]string{"view": v.Name, "query": v.Query, "team": team}
}

func retiredIn(v map[string]string, r *Ruling) map[string]string {
	if r != nil {
		v[retiredSeen] = "yes"
	}
	return v
}
