package model

import (
	"slices"
	"strings"
)

// HearObjection gives a customer who objects to a farewell an answer, by
// somebody who had no part in it (fit.md, Safeguard 6). One that is upheld ends
// the farewell.
type HearObjection struct {
	Customer, Farewell ID
	Upheld             bool
	Words              string // the answer and why
}

// Name is [ActHearObjection].
func (HearObjection) Name() ActionName { return ActHearObjection }

// Decide notes the answer.
func (a HearObjection) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustFarewell(r, a.Customer, a.Farewell, FarewellGoing)
	if err != nil {
		return nil, err
	}
	if !before.Unheard() {
		return nil, Invalid("error.farewell.no-objection").WithHint("hint.farewell.no-objection")
	}
	if err := checkWords("words", a.Words); err != nil {
		return nil, err
	}
	if blank(a.Words) {
		return nil, Invalid("error.farewell.answer", "Field", "words").WithHint("hint.farewell.answer")
	}
	if err := MayHear(env, r, before); err != nil {
		return nil, err
	}
	after := cloneFarewell(before)
	after.Heard, after.HeardBy, after.Upheld = env.Rule(strings.TrimSpace(a.Words)), env.Actor.Person, a.Upheld
	after.Done[StepObjection] = after.Heard
	ch := &Change{Made: after.ID, Why: after.Heard.Reason, Message: Say("journal.farewell.heard", "Customer", c.Name)}
	if a.Upheld {
		after.State, after.Closed = FarewellCalled, after.Heard
		ch.Message = Say("journal.farewell.upheld", "Customer", c.Name)
	}
	ch.Replace(before, after)
	if a.Upheld {
		err = askAnew(env, r, ch, after)
	}
	return ch, err
}

// MayHear says why the actor cannot hear an objection; nil if he can. Whoever
// answered the questions of the verdict, proposed or approved it, was the one
// whom the conduct was aimed at, began the farewell or did a step of it leaves it to another, in name and in
// truth. Noting the objection down is no part in it.
func MayHear(env *Env, r Reader, f *Farewell) error {
	n, err := Find[*Assessment](r, AssessmentKey(f.Customer, f.Assessment))
	if err != nil {
		return err
	}
	var part []ID
	by := func(all ...*Ruling) {
		for _, d := range all {
			if d != nil {
				part = append(part, d.By, d.Real)
			}
		}
	}
	if n != nil {
		by(n.Proposed, n.Settled)
		if err := uninvolved(env, r, n); err != nil {
			if KindOf(err) == KindNotAllowed {
				return involved()
			}
			return err
		}
	}
	by(f.Begun)
	for _, d := range f.Done {
		by(d)
	}
	for _, k := range []Key{f.Key(), AssessmentKey(f.Customer, f.Assessment)} {
		err = r.Journal().History(k, func(e *Entry) bool {
			if !aboutObjection(e) {
				part = append(part, e.Actor.Person, e.Actor.Real)
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	if slices.ContainsFunc(part, env.Actor.Is) {
		return involved()
	}
	return nil
}

func involved() error { return NotAllowed("error.farewell.involved").WithHint("hint.farewell.other") }

// aboutObjection tells an entry that noted an objection or heard it, or that
// took back or put back such a one.
func aboutObjection(e *Entry) bool {
	id := e.Message.ID
	if what, ok := e.Message.Args["What"].(string); ok {
		id = what
	}
	switch id {
	case "journal.farewell.objection", "journal.farewell.heard", "journal.farewell.upheld":
		return true
	}
	return false
}
