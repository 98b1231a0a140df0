package model

import (
	"maps"
	"strings"
)

// RaiseFlag asks a lead to look at a customer.
type RaiseFlag struct {
	Customer ID
	Reason   string
}

// Name is [ActFlag].
func (RaiseFlag) Name() ActionName { return ActFlag }

// Decide adds the flag. It takes a reason: a flag without one helps nobody.
func (a RaiseFlag) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	f := &Flag{ID: env.NewID(), Customer: c.ID, Reason: FlagByHand, Words: strings.TrimSpace(a.Reason), By: env.Actor.Person, At: env.Stamp()}
	ch := &Change{Message: Say("journal.flag", "Customer", c.Name), Why: a.Reason, Made: f.ID}
	ch.Add(f)
	return ch, nil
}

// ClearFlag says with a reason that a flag needs no more attention.
type ClearFlag struct {
	Customer, Flag ID
	Reason         string
}

// Name is [ActClearFlag].
func (ClearFlag) Name() ActionName { return ActClearFlag }

// Decide clears the flag.
func (a ClearFlag) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	f, err := Find[*Flag](r, FlagKey(a.Customer, a.Flag))
	if err != nil {
		return nil, err
	}
	if f == nil || f.Cleared != nil {
		return nil, NotFound("error.flag.gone").WithHint("hint.refresh")
	}
	if err := notHeld(env, r, a.Flag); err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *f
	after.Cleared = env.Rule(a.Reason)
	ch := &Change{Message: Say("journal.flag.clear", "Customer", c.Name), Why: a.Reason, Made: f.ID}
	ch.Replace(f, &after)
	return ch, nil
}

// SaveDraft keeps what is typed in a form; no values drops the draft.
type SaveDraft struct {
	Form   string
	Values map[string]string
}

// Name is [ActDraft].
func (SaveDraft) Name() ActionName { return ActDraft }

// Decide keeps or drops the draft, quietly.
func (a SaveDraft) Decide(env *Env, r Reader) (*Change, error) {
	if err := checkKey("form", a.Form); err != nil {
		return nil, err
	}
	old, err := Find[*Draft](r, DraftKey(env.Actor.Person, a.Form))
	if err != nil {
		return nil, err
	}
	for k, v := range a.Values {
		if err := checkWords(k, v); err != nil {
			return nil, err
		}
	}
	ch := &Change{Quiet: true}
	switch {
	case len(a.Values) > 0:
		ch.Puts = append(ch.Puts, put(old, &Draft{Person: env.Actor.Person, Form: a.Form, Values: maps.Clone(a.Values), At: env.Stamp()}))
	case old != nil:
		ch.Remove(old)
	}
	return ch, nil
}

// put makes a Put of a record that may be new; a typed nil must not become a
// Record that is not nil.
func put[T interface {
	comparable
	Record
}](old, after T) Put {
	var none T
	p := Put{After: after}
	if old != none {
		p.Before = old
	}
	return p
}

// LoadPlaybook puts another playbook into the book. The text has been parsed
// and checked before: the playbook's rules need a parser that the model lacks.
type LoadPlaybook struct {
	Text string
}

// Name is [ActPlaybook].
func (LoadPlaybook) Name() ActionName { return ActPlaybook }

// Decide keeps the text.
func (a LoadPlaybook) Decide(env *Env, r Reader) (*Change, error) {
	old, err := Find[*PlaybookText](r, PlaybookKey)
	if err != nil {
		return nil, err
	}
	ch := &Change{Message: Say("journal.playbook")}
	ch.Puts = append(ch.Puts, put(old, &PlaybookText{Text: a.Text, By: env.Actor.Person, At: env.Stamp()}))
	return ch, nil
}

// DismissDouble says with a reason that two customers are not the same.
type DismissDouble struct {
	Double ID
	Reason string
}

// Name is [ActDismissDouble].
func (DismissDouble) Name() ActionName { return ActDismissDouble }

// Decide takes the pair out of the queue.
func (a DismissDouble) Decide(env *Env, r Reader) (*Change, error) {
	d, err := Find[*Double](r, DoubleKey(a.Double))
	if err != nil {
		return nil, err
	}
	if d == nil || d.Dismissed != nil {
		return nil, NotFound("error.double.gone").WithHint("hint.refresh")
	}
	if err := notHeld(env, r, a.Double); err != nil {
		return nil, err
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	after := *d
	after.Dismissed = env.Rule(a.Reason)
	ch := &Change{Message: Say("journal.double.dismiss"), Why: a.Reason, Made: d.ID}
	ch.Replace(d, &after)
	return ch, nil
}
