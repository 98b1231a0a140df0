package model

import "strings"

// SaveReferral adds a line to the referral book, or with an ID changes one: who
// serves something better than we do (article 001). Saving a retired line brings
// it back into use.
type SaveReferral struct {
	ID     ID
	Firm   string // its name
	Serves string // what it serves better
	Reach  string
	Note   string
	// Was holds the fields as the person saw them, see [ReferralValues]: one that
	// somebody else changed meanwhile is a conflict. Nil writes over all.
	Was map[string]string
}

// Name is [ActSaveReferral].
func (SaveReferral) Name() ActionName { return ActSaveReferral }

// Decide claims the name; two lines that differ in capitals alone are one.
func (a SaveReferral) Decide(env *Env, r Reader) (*Change, error) {
	if blank(a.Firm) {
		return nil, Invalid("error.referral.name", "Field", "name").WithHint("hint.referral.name")
	}
	if err := checkKey("name", a.Firm); err != nil {
		return nil, err
	}
	if blank(a.Serves) {
		return nil, Invalid("error.referral.serves", "Field", "serves").WithHint("hint.referral.serves")
	}
	if err := checkWords("words", a.Serves, a.Reach, a.Note); err != nil {
		return nil, err
	}
	after := &Referral{ID: a.ID, Name: strings.TrimSpace(a.Firm), Serves: strings.TrimSpace(a.Serves),
		Reach: strings.TrimSpace(a.Reach), Note: strings.TrimSpace(a.Note), By: env.Actor.Person, At: env.Stamp()}
	if a.ID == NoID {
		after.ID = env.NewID()
		ch := &Change{Made: after.ID, Message: Say("journal.referral.add", "Referral", after.Name)}
		ch.Add(after)
		return ch, claim(r, ch, SpaceReferral, FoldPerson(after.Name), after.ID, "error.referral.taken")
	}
	before, err := anyReferral(r, a.ID)
	if err != nil {
		return nil, err
	}
	if a.Was != nil && before.Retired != nil && a.Was[retiredSeen] == "" {
		return nil, Invalid("error.referral.retired", "Field", "referral", "Referral", before.Name).WithHint("hint.refresh")
	}
	v, err := settled(before.Name, referralFields, a.Was, map[string]string{"name": after.Name, "serves": after.Serves,
		"reach": after.Reach, "note": after.Note}, ReferralValues(before))
	if err != nil {
		return nil, err
	}
	after.Name, after.Serves, after.Reach, after.Note = v["name"], v["serves"], v["reach"], v["note"]
	after.By, after.At = before.By, before.At
	if *after == *before {
		return nil, Invalid("error.edit.nothing")
	}
	ch := &Change{Made: after.ID, Message: Say("journal.referral.edit", "Referral", after.Name)}
	if before.Retired != nil {
		ch.Message = Say("journal.referral.back", "Referral", after.Name)
	}
	ch.Replace(before, after)
	if FoldPerson(before.Name) == FoldPerson(after.Name) {
		return ch, nil
	}
	g, err := Find[*Guard](r, GuardKey(SpaceReferral, FoldPerson(before.Name)))
	if err != nil {
		return nil, err
	}
	if g != nil && g.Owner == before.ID {
		ch.Remove(g)
	}
	return ch, claim(r, ch, SpaceReferral, FoldPerson(after.Name), after.ID, "error.referral.taken")
}

// RetireReferral takes a line of the referral book out of use. It keeps its name,
// and farewells that mention it keep it.
type RetireReferral struct {
	Referral ID
	Reason   string
}

// Name is [ActRetireReferral].
func (RetireReferral) Name() ActionName { return ActRetireReferral }

// Decide retires it, with a reason.
func (a RetireReferral) Decide(env *Env, r Reader) (*Change, error) {
	before, err := mustReferral(r, a.Referral)
	if err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *before
	after.Retired = env.Rule(strings.TrimSpace(a.Reason))
	ch := &Change{Made: after.ID, Message: Say("journal.referral.retire", "Referral", after.Name), Why: after.Retired.Reason}
	ch.Replace(before, &after)
	return ch, nil
}

// mustReferral finds a line of the referral book that is in use.
func mustReferral(r Reader, id ID) (*Referral, error) {
	g, err := anyReferral(r, id)
	if err == nil && g.Retired != nil {
		err = Invalid("error.referral.retired", "Field", "referral", "Referral", g.Name).WithHint("hint.referral.other")
	}
	return g, err
}

// anyReferral finds a line of the referral book.
func anyReferral(r Reader, id ID) (*Referral, error) {
	g, err := Find[*Referral](r, ReferralKey(id))
	if err == nil && g == nil {
		err = NotFound("error.referral.gone", "Field", "referral").WithHint("hint.refresh")
	}
	return g, err
}
