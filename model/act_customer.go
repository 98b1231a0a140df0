package model

import "maps"

// AddCustomer adds a customer from field values (see [Fields]). A name is
// enough; the kind is private and the relation customer unless said otherwise.
type AddCustomer struct {
	ID     ID // optional; made when absent
	Values map[string]string
	Import ID
}

// Name is [ActAddCustomer].
func (AddCustomer) Name() ActionName { return ActAddCustomer }

// Decide checks the values and claims the number.
func (a AddCustomer) Decide(env *Env, r Reader) (*Change, error) {
	c := &Customer{ID: a.ID, Kind: Private, Relation: Current, Import: a.Import, Added: env.Stamp()}
	if c.ID == NoID {
		c.ID = env.NewID()
	}
	if err := setFields(c, a.Values); err != nil {
		return nil, err
	}
	if c.Name == "" {
		return nil, Invalid("error.field.name").WithHint("hint.field.name")
	}
	if _, err := knownPerson(r, c.Owner); err != nil {
		return nil, err
	}
	ch := &Change{Made: c.ID, Message: Say("journal.customer.add", "Customer", c.Name)}
	ch.Add(c)
	return ch, claimNumber(r, ch, nil, c)
}

// EditCustomer changes fields of a customer. Was holds each field as the person
// saw it when the edit began: a field that somebody else changed meanwhile is a
// conflict, any other goes through.
type EditCustomer struct {
	Customer ID
	Was      map[string]string
	Now      map[string]string
}

// Name is [ActEditCustomer].
func (EditCustomer) Name() ActionName { return ActEditCustomer }

// Decide joins the edit with what stands.
func (a EditCustomer) Decide(_ *Env, r Reader) (*Change, error) {
	before, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	var clash []FieldConflict
	todo := map[string]string{}
	for id := range a.Now {
		if FieldByID(id) == nil {
			return nil, Invalid("error.field.unknown", "Field", id)
		}
	}
	for i := range fields { // in the order in which people see them
		id := fields[i].ID
		now, given := a.Now[id]
		if !given {
			continue
		}
		was, stand := a.Was[id], fields[i].Get(before)
		switch {
		case now == was || now == stand: // untouched, or done already
		case stand != was:
			clash = append(clash, FieldConflict{Field: id, Was: was, Yours: now, Stand: stand})
		default:
			todo[id] = now
		}
	}
	if len(clash) > 0 {
		e := NewError(KindConflict, "error.conflict.fields", "Customer", before.Name).WithHint("hint.conflict")
		e.Fields = clash
		return nil, e
	}
	after := *before
	if err := setFields(&after, todo); err != nil {
		return nil, err
	}
	if after == *before {
		return nil, Invalid("error.edit.nothing")
	}
	if after.Owner != before.Owner {
		if _, err := knownPerson(r, after.Owner); err != nil {
			return nil, err
		}
	}
	if after.Relation == Former && before.Relation != Former {
		if err := noFarewell(r, before); err != nil {
			return nil, err
		}
	}
	ch := &Change{Made: after.ID, Message: Say("journal.customer.edit", "Customer", after.Name)}
	ch.Replace(before, &after)
	return ch, claimNumber(r, ch, before, &after)
}

// noFarewell refuses to end the relation past a farewell that goes: notice is
// kept and an objection heard (domain.md, Part).
func noFarewell(r Reader, c *Customer) error {
	all, err := farewellsOf(r, c.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.State == FarewellGoing {
			return NotAllowed("error.farewell.former", "Customer", c.Name).WithHint("hint.farewell.going")
		}
	}
	return nil
}

// RemoveCustomer takes away a customer that was entered by mistake. One with
// sightings, flags or assessments stays: it has a history.
type RemoveCustomer struct {
	Customer ID
	Typed    string // the name, typed over
}

// Name is [ActRemoveCustomer].
func (RemoveCustomer) Name() ActionName { return ActRemoveCustomer }

// Decide frees the number as well.
func (a RemoveCustomer) Decide(_ *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if err := checkTyped(a.Typed, c.Name); err != nil {
		return nil, err
	}
	for _, t := range History() {
		recs, err := r.Scan(prefixOf(t, c.ID))
		if err != nil {
			return nil, err
		}
		if len(recs) > 0 {
			return nil, NotAllowed("error.customer.history", "Customer", c.Name).WithHint("hint.customer.former")
		}
	}
	ch := &Change{Message: Say("journal.customer.remove", "Customer", c.Name)}
	ch.Remove(c)
	for _, k := range []Key{BannerKey(c.ID), FinanceKey(c.ID)} {
		rec, err := r.Get(k)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			ch.Remove(rec)
		}
	}
	if err := freeFormer(r, ch, c); err != nil {
		return nil, err
	}
	return ch, claimNumber(r, ch, c, nil)
}

func setFields(c *Customer, values map[string]string) error {
	for id := range values {
		if FieldByID(id) == nil {
			return Invalid("error.field.unknown", "Field", id)
		}
	}
	for i := range fields { // in the order of the form, so that errors are stable
		if v, ok := values[fields[i].ID]; ok {
			if err := fields[i].Set(c, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// claimNumber moves the guard of a customer's number along with it.
func claimNumber(r Reader, ch *Change, before, after *Customer) error {
	was, now := "", ""
	if before != nil {
		was = before.Number
	}
	if after != nil {
		now = after.Number
	}
	if was == now {
		return nil
	}
	if was != "" {
		g, err := Find[*Guard](r, GuardKey(SpaceNumber, was))
		if err != nil {
			return err
		}
		if g != nil && g.Owner == before.ID {
			ch.Remove(g)
		}
	}
	if now != "" {
		return claim(r, ch, SpaceNumber, now, after.ID, "error.number.taken")
	}
	return nil
}

// claim adds a guard, or says with errID who holds it.
func claim(r Reader, ch *Change, space, value string, owner ID, errID string) error {
	g, err := Find[*Guard](r, GuardKey(space, value))
	if err != nil {
		return err
	}
	if g != nil {
		return Invalid(errID, "Value", value)
	}
	ch.Add(&Guard{Text: GuardText(space, value), Owner: owner})
	return nil
}

// Diff gives the fields that differ between two sets of values: what an edit
// form hands to [EditCustomer].
func Diff(was, now map[string]string) (w, n map[string]string) {
	w, n = map[string]string{}, map[string]string{}
	all := maps.Clone(was)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, now)
	for id := range all {
		if was[id] != now[id] {
			w[id], n[id] = was[id], now[id]
		}
	}
	return w, n
}
