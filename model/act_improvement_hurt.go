package model

import "strings"

// LinkHurt says that a customer suffered from what an improvement repairs, and
// is to be told when it is done.
type LinkHurt struct {
	Improvement, Customer ID
}

// Name is [ActLinkHurt].
func (LinkHurt) Name() ActionName { return ActLinkHurt }

// Decide links them. It may be done after the repair as well: whoever is found
// late hears of it late.
func (a LinkHurt) Decide(env *Env, r Reader) (*Change, error) {
	c, i, old, err := hurtOf(r, a.Customer, a.Improvement)
	if err != nil {
		return nil, err
	}
	switch {
	case old != nil:
		return nil, Invalid("error.hurt.linked", "Customer", c.Name)
	case i.State == ImprovementDropped:
		return nil, Invalid("error.hurt.dropped", "Title", i.Title).WithHint("hint.improvement.reopen")
	}
	ch := &Change{Made: i.ID, Message: Say("journal.hurt.link", "Customer", c.Name, "Title", i.Title)}
	ch.Add(&Hurt{Improvement: i.ID, Customer: c.ID, At: env.Stamp(), By: env.Actor.Person})
	return ch, nil
}

// UnlinkHurt says that a customer did not suffer from it after all.
type UnlinkHurt struct {
	Improvement, Customer ID
}

// Name is [ActUnlinkHurt].
func (UnlinkHurt) Name() ActionName { return ActUnlinkHurt }

// Decide takes the link away. One who was told keeps it: it happened.
func (a UnlinkHurt) Decide(_ *Env, r Reader) (*Change, error) {
	c, i, old, err := mustHurt(r, a.Customer, a.Improvement)
	if err != nil {
		return nil, err
	}
	if old.Told != nil {
		return nil, Invalid("error.hurt.told", "Customer", c.Name).WithHint("hint.hurt.told")
	}
	ch := &Change{Made: i.ID, Message: Say("journal.hurt.unlink", "Customer", c.Name, "Title", i.Title)}
	ch.Remove(old)
	return ch, nil
}

// TellHurt notes that a customer was told that it is repaired, and whether the
// customer confirmed that it is.
type TellHurt struct {
	Improvement, Customer ID
	Words                 string // what the customer said; may be empty
	Confirmed             bool   // in the customer's own judgement it is repaired
}

// Name is [ActTellHurt].
func (TellHurt) Name() ActionName { return ActTellHurt }

// Decide notes it. Nobody is told before it is done: a promise is made as one
// (domain.md, Improve: when fixed, each of them is told). Who was told and has
// not confirmed may confirm later; what was said then stands where nothing else
// is (fit.md, Safeguards 1: a repair counts when the customer confirmed it).
func (a TellHurt) Decide(env *Env, r Reader) (*Change, error) {
	c, i, old, err := mustHurt(r, a.Customer, a.Improvement)
	if err != nil {
		return nil, err
	}
	switch {
	case i.State != ImprovementDone:
		return nil, Invalid("error.hurt.not-done", "Title", i.Title).WithHint("hint.hurt.not-done")
	case old.Told != nil && (old.Confirmed || !a.Confirmed):
		return nil, Invalid("error.hurt.told", "Customer", c.Name).WithHint("hint.hurt.told")
	}
	if err := checkWords("words", a.Words); err != nil {
		return nil, err
	}
	after := *old
	after.Told, after.Confirmed = env.Rule(strings.TrimSpace(a.Words)), a.Confirmed
	if old.Told != nil && after.Told.Reason == "" {
		after.Told.Reason = old.Told.Reason
	}
	ch := &Change{Made: i.ID, Message: Say("journal.hurt.tell", "Customer", c.Name, "Title", i.Title), Why: a.Words}
	if a.Confirmed {
		ch.Message = Say("journal.hurt.confirm", "Customer", c.Name, "Title", i.Title)
	}
	ch.Replace(old, &after)
	return ch, nil
}

// hurtOf reads a customer, an improvement and the link between them, nil where
// there is none.
func hurtOf(r Reader, customer, improvement ID) (*Customer, *Improvement, *Hurt, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, nil, err
	}
	i, err := mustImprovement(r, improvement)
	if err != nil {
		return nil, nil, nil, err
	}
	h, err := Find[*Hurt](r, HurtKey(customer, improvement))
	return c, i, h, err
}

func mustHurt(r Reader, customer, improvement ID) (*Customer, *Improvement, *Hurt, error) {
	c, i, h, err := hurtOf(r, customer, improvement)
	if err == nil && h == nil {
		err = NotFound("error.hurt.none", "Customer", c.Name).WithHint("hint.refresh")
	}
	return c, i, h, err
}

// mayRestoreHurt keeps a link to an improvement that is there, and one that was
// told to an improvement that is done.
func mayRestoreHurt(r Reader, p Put, comes map[Key]Record) error {
	after, _ := p.After.(*Hurt)
	if after == nil {
		return nil
	}
	i, _ := comes[ImprovementKey(after.Improvement)].(*Improvement)
	if i == nil {
		var err error
		if i, err = mustImprovement(r, after.Improvement); err != nil {
			return err
		}
	}
	if after.Told != nil && i.State != ImprovementDone {
		return Invalid("error.hurt.not-done", "Title", i.Title).WithHint("hint.hurt.not-done")
	}
	return nil
}

// mayRestoreImprovement keeps an improvement that customers are linked to by a
// later change, and one that is done and of which somebody was told. It looks
// at every link there is: they are few, and this is rare.
func mayRestoreImprovement(r Reader, p Put, comes map[Key]Record) error {
	before, _ := p.Before.(*Improvement)
	after, _ := p.After.(*Improvement)
	if before == nil || after != nil && (before.State != ImprovementDone || after.State == ImprovementDone) {
		return nil
	}
	all, err := FindAll[*Hurt](r, TableKey(TableHurt, NoID))
	if err != nil {
		return err
	}
	for _, h := range all {
		if h.Improvement != before.ID {
			continue
		}
		if _, goes := comes[h.Key()]; after == nil && !goes {
			return NewError(KindConflict, "error.undo.hurt-linked", "Title", before.Title).WithHint("hint.undo.changed")
		}
		if h.Told != nil {
			return NewError(KindConflict, "error.undo.hurt-told", "Title", before.Title).WithHint("hint.undo.changed")
		}
	}
	return nil
}

// mayRestoreLinks holds what an undo would leave of improvements and their
// links against the rules.
func mayRestoreLinks(r Reader, ch *Change, p Put) error {
	comes := map[Key]Record{} // nil for one that goes
	for _, q := range ch.Puts {
		comes[q.Key()] = q.After
	}
	if p.Key().Table() == TableHurt {
		return mayRestoreHurt(r, p, comes)
	}
	return mayRestoreImprovement(r, p, comes)
}
