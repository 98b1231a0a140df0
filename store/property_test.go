package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// derivedOf writes down derived data, of which a rebuild must give the same.
func derivedOf(d *storetest.Desk, spaces ...engine.Space) string {
	var b strings.Builder
	_ = d.Engine().Snapshot(func(_ engine.Tx, der engine.Derived) error {
		for _, s := range spaces {
			c := der.Cursor(s)
			for k, v := c.First(); k != nil; k, v = c.Next() {
				fmt.Fprintf(&b, "%s %x=%x\n", s, k, v)
			}
		}
		return nil
	})
	return b.String()
}

// TestUndoAll shows that undoing everything in reverse gives the first state.
func TestUndoAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt, false)
		first, index := records(w.Desk), derivedOf(w.Desk, "name", "term", "state", "queue")
		w.start()
		w.done = append(w.done, model.Rev(w.rev()-1), model.Rev(w.rev()))
		for range rapid.IntRange(0, 40).Draw(rt, "steps") {
			w.step()
		}
		w.Clock.Add(model.ClaimFor) // what somebody is at, another does not take back
		for i := len(w.done) - 1; i >= 0; i-- {
			r, err := w.Undo(context.Background(), model.Solo(w.admin()), w.done[i], false)
			if err != nil {
				rt.Fatalf("undo of %d: %v", w.done[i], err)
			}
			if len(r.Notes) > 0 {
				rt.Fatalf("undo of %d left something: %v", w.done[i], r.Notes)
			}
		}
		if last := records(w.Desk); last != first {
			rt.Fatalf("after undoing all stood\n%s\nat first\n%s", last, first)
		}
		if last := derivedOf(w.Desk, "name", "term", "state", "queue"); last != index {
			rt.Fatalf("indexes after undoing all\n%s\nat first\n%s", last, index)
		}
		healthy(rt, w.Desk)
	})
}

// TestIndexesEqualRebuild shows after any sequence, with undo in it, that the
// doctor finds nothing and that a rebuild gives what stood.
func TestIndexesEqualRebuild(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt, true)
		w.start()
		for range rapid.IntRange(0, 40).Draw(rt, "steps") {
			w.step()
		}
		healthy(rt, w.Desk)
		stood := derivedOf(w.Desk, store.Spaces()...)
		if err := w.Rebuild(context.Background(), nil); err != nil {
			rt.Fatal(err)
		}
		if again := derivedOf(w.Desk, store.Spaces()...); again != stood {
			rt.Fatalf("a rebuild gave\n%s\nwhere stood\n%s", again, stood)
		}
	})
}

func healthy(t rapid.TB, d *storetest.Desk) {
	t.Helper()
	rep, err := d.Doctor(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Faults) > 0 {
		t.Fatalf("doctor: %+v", rep.Faults)
	}
}

// hand is who made a proposal stand, and since when.
type hand struct {
	real model.ID
	at   model.Stamp
}

// fourEyes follows the assessments of a world from outside.
type fourEyes struct {
	*world
	state map[model.ID]model.FitState
	hands map[model.ID]hand
	parts int
}

// look compares the assessments with how they stood before the actor's step.
func (f *fourEyes) look(actor model.Actor) {
	_, cal, err := f.As(model.Solo(f.Admin)).Playbook()
	if err != nil {
		f.t.Fatal(err)
	}
	now := model.StampOf(f.Clock.Now())
	for _, c := range f.clients {
		running := 0
		for _, n := range f.detail(c).Assessments {
			was := f.state[n.ID]
			f.state[n.ID] = n.State
			if n.Running() {
				running++
			}
			if n.State == model.FitProposed && was != n.State {
				f.proposed(n, was, hand{actor.Real, now})
			}
			if n.State != model.FitSettled || n.Verdict != model.VerdictPart {
				continue
			}
			if n.Proposed.Real == n.Settled.Real || n.Proposed.By == n.Settled.By || n.How != model.SettledApproved {
				f.t.Fatalf("parted by one person: proposed %+v, settled %+v", n.Proposed, n.Settled)
			}
			if from := model.ApprovableFrom(cal, n.Proposed.At.Time().In(storetest.Zone())); n.Settled.At < model.StampOf(from) {
				f.t.Fatalf("parted on %v, not before %v", n.Settled.At.Time(), from)
			}
			if was == n.State {
				continue
			}
			f.parts++
			h := f.hands[n.ID]
			if h.real == actor.Real {
				f.t.Fatalf("one hand brought the proposal and let it stand")
			}
			if from := model.ApprovableFrom(cal, h.at.Time().In(storetest.Zone())); now < model.StampOf(from) {
				f.t.Fatalf("a proposal that stands since %v was approved on %v", h.at.Time(), now.Time())
			}
		}
		if running > 1 {
			f.t.Fatalf("%d assessments of one customer are running", running)
		}
	}
}

// proposed notes who brought a proposal. Taking back a decision is no proposal.
func (f *fourEyes) proposed(n *model.Assessment, was model.FitState, h hand) {
	switch was {
	case model.FitSettled:
		return
	case model.FitReturned:
		if n.Proposed.At != h.at { // the question was taken back
			h.real = f.hands[n.ID].real
		}
	}
	f.hands[n.ID] = h
}

// TestFourEyes shows that nothing ends in a parting without two real persons
// and a working day between them, whatever is undone, put back or done in
// another's name.
func TestFourEyes(t *testing.T) {
	parts := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt, true)
		w.start()
		f := &fourEyes{world: w, state: map[model.ID]model.FitState{}, hands: map[model.ID]hand{}}
		for range rapid.IntRange(10, 60).Draw(rt, "steps") {
			if actor, done := w.step(); done {
				f.look(actor)
			}
			w.admin()
		}
		parts += f.parts
	})
	t.Logf("%d partings", parts)
	if parts == 0 && !raceOn { // few draws may hold none
		t.Error("nobody ever parted, so nothing was shown")
	}
}

// TestRedo shows that putting back gives what was taken back, and that
// another's change is taken back by a lead only.
func TestRedo(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt, false)
		w.start()
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			before := len(w.done)
			w.step()
			people, err := w.As(model.Solo(w.Admin)).People()
			if err != nil {
				rt.Fatal(err)
			}
			if len(w.done) == before {
				continue
			}
			last, actor := w.done[before], w.doers[before]
			for _, p := range people {
				if p.Role == model.RoleAgent && p.ID != actor.Person && p.ID != actor.Real {
					_, err := w.Undo(context.Background(), model.Solo(p.ID), last, false)
					if k := model.KindOf(err); err == nil || k != model.KindNotAllowed && k != model.KindConflict && k != model.KindInvalid {
						rt.Fatalf("an agent took back another's change: %v", err)
					}
				}
			}
		}
		if len(w.done) == 0 {
			return
		}
		before := records(w.Desk)
		admin := model.Solo(w.admin())
		rev := w.done[len(w.done)-1]
		if _, err := w.Undo(context.Background(), admin, rev, false); err != nil {
			rt.Fatalf("undo of %d: %v", rev, err)
		}
		if records(w.Desk) == before {
			rt.Fatalf("undo of %d did nothing", rev)
		}
		_, err := w.Undo(context.Background(), admin, 0, true)
		if decided := model.KindOf(err) == model.KindNotAllowed; err != nil && !decided {
			rt.Fatalf("putting %d back: %v", rev, err)
		} else if !decided && records(w.Desk) != before {
			rt.Fatalf("putting %d back gave\n%s\nwhere stood\n%s", rev, records(w.Desk), before)
		}
	})
}
