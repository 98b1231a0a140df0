package model

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// keeping is a book in memory that remembers who touched which record, as the
// journal does.
type keeping struct {
	memory
	log []*Entry
}

func (k *keeping) Journal() JournalReader { return k }

func (k *keeping) History(key Key, f func(*Entry) bool) error {
	for i := len(k.log) - 1; i >= 0; i-- {
		for _, c := range k.log[i].Changes {
			if c.Key == key && !f(k.log[i]) {
				return nil
			}
		}
	}
	return nil
}

// do carries an action out; false when it is refused.
func (k *keeping) do(env *Env, a Action) (*Change, bool) {
	if MayDo(env.Role, a.Name()) != nil {
		return nil, false
	}
	ch, err := a.Decide(env, k)
	if err != nil {
		return nil, false
	}
	e := &Entry{Actor: env.Actor, Action: a.Name(), Message: ch.Message}
	k.memory = k.with()
	for _, p := range ch.Puts {
		if p.After == nil {
			delete(k.recs, p.Key())
		} else {
			k.recs[p.Key()] = p.After
		}
		e.Changes = append(e.Changes, EntryChange{Key: p.Key()})
	}
	k.log = append(k.log, e)
	return ch, true
}

// In whatever order people do whatever steps, nobody is told without referral,
// contract, text and contact; no farewell ends undone or unheard; and an
// objection is heard only by somebody without a part in it.
func TestFarewellOrders(t *testing.T) {
	words := rapid.SampledFrom([]string{"", "one thing", "another thing"})
	people := []ID{robin, anna, milan, karin, sam}
	reached := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		k := &keeping{memory: desk(parted(nil), &Referral{ID: idOf(61), Name: "De Buren"})}
		if _, ok := k.do(partingEnv(anna, RoleLead), BeginFarewell{Customer: petra, Assessment: idOf(40)}); !ok {
			t.Fatal("not begun")
		}
		all, _ := farewellsOf(k, petra)
		id := all[0].ID
		part := map[ID]bool{karin: true, anna: true} // who proposed; who approved and began
		for day := range rapid.IntRange(30, 120).Draw(t, "turns") {
			who := rapid.SampledFrom(people).Draw(t, "who")
			env := partingEnv(who, RoleLead)
			env.Now = december.AddDate(0, 0, 3*day)
			before, _ := Find[*Farewell](k, FarewellKey(petra, id))
			a := drawFarewell(t, before, words)
			ch, ok := k.do(env, a)
			if !ok {
				continue
			}
			f, _ := Find[*Farewell](k, FarewellKey(petra, id))
			c, _ := Find[*Customer](k, CustomerKey(petra))
			reached[string(a.Name())+string(f.State)]++
			if f.Done[StepSent] != nil && (len(f.Unsaid()) > 0 || f.SentOn == "" || f.AskOutcome == "" || len(LeftOpen(f.Text)) > 0 || f.Contact == NoID) {
				t.Fatalf("told without all that it takes: %+v", f)
			}
			if f.State == FarewellEnded && (f.Next() != "" || f.Unheard() || f.Ends > DayOf(env.Now)) {
				t.Fatalf("ended undone: %+v", f)
			}
			if (c.Relation == Former) != (f.State == FarewellEnded) {
				t.Fatalf("%s while the farewell is %s", c.Relation, f.State)
			}
			if before.State == FarewellCalled || before.State == FarewellBack {
				t.Fatalf("went on after %s", before.State)
			}
			if h, isHear := a.(HearObjection); isHear {
				reached["heard"]++
				if part[who] || !before.Unheard() || h.Upheld != (f.State == FarewellCalled) {
					t.Fatalf("heard by %v: %+v", who, f)
				}
				continue
			}
			if ch.Message.ID != "journal.farewell.objection" {
				part[who] = true
			}
		}
	})
	for _, want := range []string{"farewell.stepgoing", "heard", "farewell.endcalled", "farewell.endended"} {
		if reached[want] == 0 {
			t.Errorf("never came to %s: %v", want, slices.Sorted(maps.Keys(reached)))
		}
	}
}

// drawFarewell draws something that a person may try, more often what leads on.
func drawFarewell(t *rapid.T, f *Farewell, words *rapid.Generator[string]) Action {
	id := f.ID
	kind := rapid.IntRange(0, 20).Draw(t, "kind")
	switch {
	case kind == 0 || f.Next() == "" && kind < 10 || f.State == FarewellEnded && kind < 5:
		return EndFarewell{Customer: petra, Farewell: id, Typed: "Petra Jansen", Reason: "so it is",
			State: rapid.SampledFrom([]FarewellState{FarewellEnded, FarewellEnded, FarewellEnded, FarewellBack, FarewellBack, FarewellCalled}).Draw(t, "state")}
	case kind < 3 || f.Unheard() && kind < 12:
		return HearObjection{Customer: petra, Farewell: id, Upheld: rapid.IntRange(0, 3).Draw(t, "upheld") == 0, Words: "so it is"}
	}
	if kind > 12 && f.Next() != "" {
		return DoFarewellStep{Customer: petra, Farewell: id, Step: f.Next(), Reason: "again", To: "De Buren", Contract: "monthly", Ends: "2027-01-20",
			Text: "Dear Petra", Contact: sam, Channel: "mail", Typed: "Petra Jansen", WinTheirs: "a", WinOurs: "b", WinOther: "c", None: true, Outcome: "content"}
	}
	a := DoFarewellStep{Customer: petra, Farewell: id, Step: rapid.SampledFrom(FarewellSteps()).Draw(t, "step"),
		Reason: words.Draw(t, "reason"), To: words.Draw(t, "to"), Searched: rapid.Bool().Draw(t, "searched"),
		Contract: words.Draw(t, "contract"), Ends: rapid.SampledFrom([]Day{"", "2026-12-05", "2027-01-20"}).Draw(t, "ends"),
		Text:    rapid.SampledFrom([]string{"", "Dear {customer}", "Dear Petra", "Dear all"}).Draw(t, "text"),
		Contact: rapid.SampledFrom([]ID{NoID, karin, sam, idOf(99)}).Draw(t, "contact"),
		Channel: rapid.SampledFrom([]string{"", "phone", "mail"}).Draw(t, "channel"), Typed: rapid.SampledFrom([]string{"Petra Jansen", "x"}).Draw(t, "typed"),
		WinTheirs: words.Draw(t, "theirs"), WinOurs: "calm", WinOther: "a customer",
		Objection: rapid.SampledFrom([]string{"", "", "not fair"}).Draw(t, "objection"), None: rapid.Bool().Draw(t, "none"), Outcome: words.Draw(t, "outcome")}
	if rapid.Bool().Draw(t, "from the book") {
		a.Referral = idOf(61)
	}
	return a
}

// The whole way, step by step, ends in a former customer and back.
func TestFarewellWhole(t *testing.T) {
	k := &keeping{memory: desk(parted(nil))}
	env := partingEnv(anna, RoleLead)
	must := func(a Action) {
		t.Helper()
		if _, err := a.Decide(env, k); err != nil {
			t.Fatal(err)
		}
		k.do(env, a)
	}
	must(BeginFarewell{Customer: petra, Assessment: idOf(40)})
	all, _ := farewellsOf(k, petra)
	id := all[0].ID
	for _, a := range []DoFarewellStep{
		{Step: StepReferral, To: "De Buren"}, {Step: StepContract, Contract: "monthly", Ends: "2026-12-31"}, {Step: StepText, Text: "Dear Petra"},
		{Step: StepContact, Contact: anna}, {Step: StepSent, Channel: "mail", Typed: "Petra Jansen"},
		{Step: StepWins, WinTheirs: "a", WinOurs: "b", WinOther: "c"}, {Step: StepObjection, None: true},
	} {
		a.Customer, a.Farewell = petra, id
		f, _ := Find[*Farewell](k, FarewellKey(petra, id))
		if f.Next() != a.Step {
			t.Fatalf("next is %s, want %s", f.Next(), a.Step)
		}
		must(a)
	}
	f, _ := Find[*Farewell](k, FarewellKey(petra, id))
	if f.AskOutcome != "2026-12-31" || f.Due() != "2026-12-31" {
		t.Errorf("30 days after 1 December is %s", f.AskOutcome)
	}
	env.Now = time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC)
	must(DoFarewellStep{Customer: petra, Farewell: id, Step: StepOutcome, Outcome: "content there"})
	must(EndFarewell{Customer: petra, Farewell: id, State: FarewellEnded, Typed: "Petra Jansen"})
	must(EndFarewell{Customer: petra, Farewell: id, State: FarewellBack, Reason: "the need changed"})
	if c, _ := Find[*Customer](k, CustomerKey(petra)); c.Relation != Current {
		t.Errorf("came back as %s", c.Relation)
	}
}
