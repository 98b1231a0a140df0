package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// world is a desk at which random things happen.
type world struct {
	*storetest.Desk
	t       *rapid.T
	people  []model.ID
	clients []model.ID
	done    []model.Rev // one revision of each change that can be undone, in order
	doers   []model.Actor
	groups  map[model.ID]bool
	undo    bool // taking back and putting back are among the things that happen
}

func newWorld(outer testing.TB, t *rapid.T, undo bool) *world {
	d := storetest.New(outer)
	w := &world{Desk: d, t: t, undo: undo, groups: map[model.ID]bool{}}
	w.people = []model.ID{d.Admin, d.Lead, d.Lead2, d.Agent, d.Agent2}
	return w
}

func pick[T any](w *world, what string, from []T) (out T) {
	if len(from) == 0 {
		return out
	}
	return rapid.SampledFrom(from).Draw(w.t, what)
}

func (w *world) text(what string, some ...string) string { return pick(w, what, append(some, "")) }

// actor is mostly somebody in the own name, sometimes somebody as another.
func (w *world) actor() model.Actor {
	a := model.Solo(pick(w, "person", w.people))
	if rapid.IntRange(0, 4).Draw(w.t, "as") == 0 {
		a.Real = pick(w, "real person", w.people)
	}
	return a
}

func (w *world) detail(c model.ID) *model.Detail {
	d, err := w.As(model.Solo(w.Admin)).Customer(c)
	if err != nil && model.KindOf(err) != model.KindNotFound {
		w.t.Fatal(err)
	}
	if d == nil {
		d = &model.Detail{}
	}
	return d
}

func idsOf[T any](list []T, id func(T) model.ID) (out []model.ID) {
	for _, e := range list {
		out = append(out, id(e))
	}
	return out
}

func (w *world) sighting(d *model.Detail) model.ID {
	return pick(w, "sighting", idsOf(d.Sightings, func(s *model.Sighting) model.ID { return s.ID }))
}

// running is mostly the assessment that is running.
func (w *world) running(d *model.Detail) model.ID {
	if n := d.Running(); n != nil && rapid.IntRange(0, 9).Draw(w.t, "right one") > 0 {
		return n.ID
	}
	return pick(w, "assessment", idsOf(d.Assessments, func(n *model.Assessment) model.ID { return n.ID }))
}

// answers are complete and lead to every verdict.
func (w *world) answers() model.FitAnswers {
	a := model.FitAnswers{}.WithDefaults()
	for k, v := range pick(w, "answers", []model.FitAnswers{
		{}, {model.KeyConduct: model.AnswerSerious}, {model.KeyNeed: model.AnswerNo}, {model.KeyConduct: model.AnswerSerious},
		{model.KeyDemand: model.AnswerPriceable}, {model.KeyFriction: model.AnswerOurs}, {model.KeyEvidence: model.AnswerThin},
	}) {
		a[k] = v
	}
	return a
}

func (w *world) next() model.NextStep {
	if rapid.IntRange(0, 9).Draw(w.t, "next step left out") == 0 {
		return model.NextStep{}
	}
	return model.NextStep{What: "what", Who: w.Agent, By: model.DayOf(w.Clock.Now().AddDate(0, 1, 0)), Cause: "cause", Referral: "them",
		Text: "text", Contact: w.Lead, Contract: "checked", Impact: w.text("impact", "sheet", "sheet", "sheet")}
}

func (w *world) fields() map[string]string {
	return map[string]string{
		"name":        pick(w, "name", []string{"Jansen", "de Vries", "'t Hart", "Jansen"}),
		"number":      w.text("number", "1", "2", "3"),
		"kind":        pick(w, "kind", []string{"private", "business", "internal"}),
		"duty":        w.text("duty", "", "", "yes"),
		"revenue":     w.text("revenue", "100", "100000"),
		"key_account": w.text("key account", "", "yes"),
		"phone":       w.text("phone", "06-1", "06-2"),
	}
}

// target is whom conduct was aimed at, mostly nobody.
func (w *world) target() model.ID {
	if rapid.IntRange(0, 5).Draw(w.t, "aimed") > 0 {
		return model.NoID
	}
	return pick(w, "aimed at", w.people)
}

// onward takes the case of a customer to its next step, by one who may.
func (w *world) onward(c model.ID) (model.Actor, model.Action) {
	d := w.detail(c)
	n := d.Running()
	switch {
	case n == nil:
		return model.Solo(pick(w, "starter", w.people)), model.FitStart{Customer: c, Answers: w.answers()}
	case n.State == model.FitProposed:
		w.Clock.Add(pick(w, "waiting", []time.Duration{0, 5 * 24 * time.Hour}))
		return model.Solo(pick(w, "lead", []model.ID{w.Admin, w.Lead, w.Lead2})), model.Approve{Customer: c, Assessment: n.ID, Typed: d.Customer.Name}
	}
	return model.Solo(pick(w, "closer", w.people)), model.FitFinish{Customer: c, Assessment: n.ID, Next: w.next()}
}

// actions draws one action, or several of one kind.
func (w *world) actions() []model.Action {
	c := pick(w, "customer", w.clients)
	d := w.detail(c)
	reason := w.text("reason", "because", "because", "because")
	name := "Jansen"
	if d.Customer != nil {
		name = d.Customer.Name
	}
	tag := func(c model.ID) model.Action {
		return model.Tag{Customer: c, Trait: pick(w, "trait", model.Traits()), Words: "seen", AimedAt: w.target(),
			Serious: rapid.IntRange(0, 5).Draw(w.t, "serious") == 0}
	}
	n := w.running(d)
	fit := []func() model.Action{
		func() model.Action { return model.FitStart{Customer: c, Answers: w.answers()} },
		func() model.Action {
			return model.FitAnswer{Customer: c, Assessment: n, Question: model.KeyWill, Answer: w2answer(w), Note: reason}
		},
		func() model.Action {
			return model.FitFinish{Customer: c, Assessment: n, Next: w.next(), Reason: reason}
		},
		func() model.Action { return model.FitDrop{Customer: c, Assessment: n, Reason: reason} },
		func() model.Action { return model.Approve{Customer: c, Assessment: n, Reason: reason, Typed: name} },
		func() model.Action { return model.Return{Customer: c, Assessment: n, Question: reason} },
		func() model.Action {
			return model.TakeCase{Kind: model.CaseProposal, Case: n, Customer: c, Over: rapid.Bool().Draw(w.t, "over")}
		},
		func() model.Action {
			return model.Otherwise{Customer: c, Assessment: n, Verdict: pick(w, "verdict", model.FitVerdicts()), Next: w.next(), Reason: reason}
		},
	}
	other := []func() model.Action{
		func() model.Action { return model.AddCustomer{Values: w.fields()} },
		func() model.Action {
			now := w.fields()
			was := map[string]string{}
			if d.Customer != nil {
				was = model.FieldValues(d.Customer)
			}
			was, now = model.Diff(was, now)
			return model.EditCustomer{Customer: c, Was: was, Now: now}
		},
		func() model.Action { return model.RemoveCustomer{Customer: c, Typed: name} },
		func() model.Action { return w.merge(c) },
		func() model.Action { return tag(c) },
		func() model.Action { return model.Confirm{Customer: c, Sighting: w.sighting(d)} },
		func() model.Action { return model.Contest{Customer: c, Sighting: w.sighting(d), Reason: reason} },
		func() model.Action {
			return model.RuleContest{Customer: c, Sighting: w.sighting(d), Uphold: rapid.Bool().Draw(w.t, "uphold"), Reason: reason}
		},
		func() model.Action { return model.Withdraw{Customer: c, Sighting: w.sighting(d), Reason: reason} },
		func() model.Action { return model.RaiseFlag{Customer: c, Reason: reason} },
		func() model.Action {
			return model.ClearFlag{Customer: c, Flag: pick(w, "flag", idsOf(d.Flags, func(f *model.Flag) model.ID { return f.ID })), Reason: reason}
		},
		func() model.Action {
			return model.SetRole{Person: pick(w, "whose role", w.people), Role: pick(w, "role", []model.Role{model.RoleAgent, model.RoleLead, model.RoleAdmin})}
		},
		func() model.Action {
			return model.AddPerson{Person: pick(w, "new person", []string{"Bo", "Kim"}), Role: model.RoleAgent, UIDs: []int{rapid.IntRange(2000, 2001).Draw(w.t, "uid")}}
		},
		func() model.Action {
			text, err := w.As(model.Solo(w.Admin)).PlaybookText()
			if err != nil {
				w.t.Fatal(err)
			}
			return model.LoadPlaybook{Text: text + "# " + reason + "\n"}
		},
		func() model.Action { return model.SaveDraft{Form: "f", Values: map[string]string{"a": reason}} },
		func() model.Action { return model.SaveDraft{Form: "f"} },
	}
	switch k := rapid.IntRange(0, 9).Draw(w.t, "kind of action"); {
	case k == 0:
		var all []model.Action
		for _, c := range w.clients {
			all = append(all, tag(c))
		}
		return all
	case k < 5:
		return []model.Action{pick(w, "fit", fit)()}
	}
	return []model.Action{pick(w, "action", other)()}
}

// merge takes another customer up in one.
func (w *world) merge(c model.ID) model.Action {
	other := w.detail(pick(w, "gone", w.clients))
	a := model.Merge{Keep: c, Take: pick(w, "taken", [][]string{nil, {"number"}, {"name", "phone", "revenue", "banner"}})}
	if other.Customer != nil {
		a.Gone, a.Typed = other.Customer.ID, other.Customer.Name
	}
	return a
}

func w2answer(w *world) model.Answer {
	return pick(w, "answer", append(model.AnswersFor(model.KeyWill), ""))
}

// step lets one thing happen, and gives who did it; false when time passed or
// nothing came of it.
func (w *world) step() (model.Actor, bool) {
	if rapid.IntRange(0, 3).Draw(w.t, "time passes") == 0 {
		w.Clock.Add(pick(w, "time", []time.Duration{time.Minute, 5 * time.Hour, 26 * time.Hour, 4 * 24 * time.Hour, 200 * 24 * time.Hour}))
	}
	actor := w.actor()
	var err error
	if w.undo && rapid.IntRange(0, 3).Draw(w.t, "take back") == 0 {
		var rev model.Rev
		if rapid.Bool().Draw(w.t, "by number") {
			rev = model.Rev(rapid.Uint64Range(1, uint64(w.rev())).Draw(w.t, "revision"))
		}
		_, err = w.Undo(context.Background(), actor, rev, rapid.Bool().Draw(w.t, "put back"))
	} else {
		var all []model.Action
		if c := pick(w, "whose case", w.clients); rapid.IntRange(0, 2).Draw(w.t, "onward") > 0 {
			who, a := w.onward(c)
			actor, all = who, []model.Action{a}
		} else {
			all = w.actions()
		}
		var r model.Receipt
		if r, err = w.DoAll(context.Background(), actor, all); err == nil && all[0].Name() == model.ActAddCustomer {
			w.clients = append(w.clients, r.Made)
		}
		if err == nil && all[0].Name() != model.ActDraft && all[0].Name() != model.ActClaim && !w.groups[r.Group] {
			w.groups[r.Group] = true
			w.done, w.doers = append(w.done, r.Rev), append(w.doers, actor)
		}
	}
	var e *model.Error
	if err != nil && (!errors.As(err, &e) || slices.Contains([]model.ErrorKind{model.KindInternal, model.KindCorrupt, model.KindReadOnly, model.KindBusy}, e.Kind)) {
		w.t.Fatalf("a step failed oddly: %v", err)
	}
	return actor, err == nil
}

func (w *world) rev() (rev engine.Rev) {
	_ = w.Engine().View(func(tx engine.Tx) error { rev = tx.Rev(); return nil })
	return rev
}

// start adds two customers to work on.
func (w *world) start() {
	for _, name := range []string{"Jansen", "de Vries"} {
		r, err := w.Do(context.Background(), model.Solo(w.Agent), model.AddCustomer{Values: map[string]string{"name": name}})
		if err != nil {
			w.t.Fatal(err)
		}
		w.clients = append(w.clients, r.Made)
	}
}

// admin gives somebody who is admin now.
func (w *world) admin() model.ID {
	people, err := w.As(model.Solo(w.Admin)).People()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range people {
		if p.Role == model.RoleAdmin && !p.Gone {
			return p.ID
		}
	}
	w.t.Fatal("no admin is left")
	return model.NoID
}

// records writes down every record but the journal, drafts and claims.
func records(d *storetest.Desk) string {
	var b strings.Builder
	_ = d.Engine().View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
			if k[0] != 'j' && k[0] != 'y' && k[0] != 'd' && k[0] != 'C' {
				fmt.Fprintf(&b, "%x=%x\n", k, v)
			}
			return true
		})
		return nil
	})
	return b.String()
}
