package model

import (
	"slices"
	"strings"
)

// StandardKinds lists the kinds of standard in their order.
func StandardKinds() []StandardKind {
	return []StandardKind{StandardProcedure, StandardService, StandardLimit}
}

// SaveStandard adds a line to the register of limits and standards, or changes
// one; a retired line that is saved is in use again. No two lines have the same
// name: exceptions and terms are counted by it (articles 001 and 004).
type SaveStandard struct {
	ID    ID // [NoID] adds one
	Kind  StandardKind
	Label string // the name of the line
	Words string
	Price int64 // cents
	// Was holds the fields as the person saw them, see [StandardValues]: one that
	// somebody else changed meanwhile is a conflict. Nil writes over all.
	Was map[string]string
}

// Name is [ActSaveStandard].
func (SaveStandard) Name() ActionName { return ActSaveStandard }

// Decide adds or changes the line and moves the claim on its name.
func (a SaveStandard) Decide(env *Env, r Reader) (*Change, error) {
	label := strings.TrimSpace(a.Label)
	if err := a.check(label); err != nil {
		return nil, err
	}
	if a.ID == NoID {
		s := &Standard{ID: env.NewID(), Kind: a.Kind, Name: label, Words: strings.TrimSpace(a.Words), Price: a.Price,
			By: env.Actor.Person, At: env.Stamp()}
		ch := &Change{Message: Say("journal.standard.add", "Standard", s.Name), Made: s.ID}
		ch.Add(s)
		return ch, standardName(r, ch, "", s)
	}
	before, err := mustStandard(r, a.ID)
	if err != nil {
		return nil, err
	}
	if a.Was != nil && before.Retired != nil && a.Was[retiredSeen] == "" {
		return nil, Invalid("error.standard.retired", "Standard", before.Name).WithHint("hint.refresh")
	}
	after := *before
	after.Kind, after.Name, after.Words, after.Price, after.Retired = a.Kind, label, strings.TrimSpace(a.Words), a.Price, nil
	if err := after.join(a.Was, before); err != nil {
		return nil, err
	}
	if after == *before {
		return nil, Invalid("error.edit.nothing")
	}
	id := "journal.standard.edit"
	if before.Retired != nil {
		id = "journal.standard.back"
	}
	ch := &Change{Message: Say(id, "Standard", after.Name), Made: after.ID}
	ch.Replace(before, &after)
	return ch, standardName(r, ch, before.Name, &after)
}

// join puts back what stands in the fields that the person left alone.
func (s *Standard) join(was map[string]string, stands *Standard) error {
	v, err := settled(stands.Name, standardFields, was, map[string]string{"name": s.Name, "kind": string(s.Kind), "words": s.Words,
		"price": FormatMoney(s.Price)}, StandardValues(stands))
	if err != nil {
		return err
	}
	s.Name, s.Kind, s.Words = v["name"], StandardKind(v["kind"]), v["words"]
	s.Price, _ = ParseMoney(v["price"])
	return nil
}

func (a SaveStandard) check(label string) error {
	if !slices.Contains(StandardKinds(), a.Kind) {
		return Invalid("error.standard.kind", "Field", "kind").WithHint("hint.standard.kind")
	}
	if blank(label) {
		return Invalid("error.standard.name", "Field", "name").WithHint("hint.standard.name")
	}
	if err := checkKey("name", label); err != nil {
		return err
	}
	if err := checkCents("price", a.Price); err != nil {
		return err
	}
	if a.Price < 0 {
		return Invalid("error.money.negative", "Field", "price")
	}
	return checkWords("words", a.Words)
}

// standardName moves the claim on the name of a line. A name that only differs
// in capitals or blanks is the same one.
func standardName(r Reader, ch *Change, was string, now *Standard) error {
	from, to := FoldPerson(was), FoldPerson(now.Name)
	if from == to {
		return nil
	}
	if from != "" {
		g, err := Find[*Guard](r, GuardKey(SpaceStandard, from))
		if err != nil {
			return err
		}
		if g != nil && g.Owner == now.ID {
			ch.Remove(g)
		}
	}
	g, err := Find[*Guard](r, GuardKey(SpaceStandard, to))
	if err != nil {
		return err
	}
	if g != nil {
		return Invalid("error.standard.taken", "Field", "name", "Value", now.Name).WithHint("hint.standard.taken")
	}
	ch.Add(&Guard{Text: GuardText(SpaceStandard, to), Owner: now.ID})
	return nil
}

// RetireStandard takes a line of the register out of use. It keeps its name and
// what was counted of it; saving it again brings it back.
type RetireStandard struct {
	ID     ID
	Reason string
}

// Name is [ActRetireStandard].
func (RetireStandard) Name() ActionName { return ActRetireStandard }

// Decide marks the line as retired.
func (a RetireStandard) Decide(env *Env, r Reader) (*Change, error) {
	before, err := mustStandard(r, a.ID)
	if err != nil {
		return nil, err
	}
	if before.Retired != nil {
		return nil, Invalid("error.standard.retired", "Standard", before.Name).WithHint("hint.refresh")
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *before
	after.Retired = env.Rule(strings.TrimSpace(a.Reason))
	ch := &Change{Message: Say("journal.standard.retire", "Standard", after.Name), Why: a.Reason, Made: after.ID}
	ch.Replace(before, &after)
	return ch, nil
}

// mustStandard gives a line of the register, retired or not.
func mustStandard(r Reader, id ID) (*Standard, error) {
	s, err := Find[*Standard](r, StandardKey(id))
	if err == nil && s == nil {
		err = NotFound("error.standard.gone").WithHint("hint.refresh")
	}
	return s, err
}

// mayRestoreStandard keeps a line that something speaks of: an exception, terms
// or an improvement would name nothing. What goes in the same step does not
// count.
func mayRestoreStandard(r Reader, p Put, ch *Change) error {
	before, _ := p.Before.(*Standard)
	if before == nil || p.After != nil {
		return nil
	}
	goes := map[Key]bool{}
	for _, o := range ch.Puts {
		goes[o.Key()] = o.After == nil
	}
	for _, t := range []Table{TableException, TableTerms, TableImprovement} {
		all, err := r.Scan(TableKey(t, NoID))
		if err != nil {
			return err
		}
		for _, rec := range all {
			if !goes[rec.Key()] && speaksOf(rec, before.ID) {
				return NewError(KindConflict, "error.undo.standard", "Standard", before.Name).WithHint("hint.undo.standard")
			}
		}
	}
	return nil
}

// speaksOf reports whether a record names a line of the register.
func speaksOf(rec Record, standard ID) bool {
	switch r := rec.(type) {
	case *Exception:
		return r.Standard == standard
	case *Terms:
		return slices.Contains(r.Standards, standard)
	case *Improvement:
		return r.Standard == standard
	}
	return false
}
