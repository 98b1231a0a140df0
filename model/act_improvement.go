package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxTitle is the most signs of the title of an improvement: it stands in
// lists, the cause has room for the rest.
const MaxTitle = 120

// MaxHurtAtOnce is the most customers that one [AddImprovement] links; more are
// linked by [LinkHurt], in steps.
const MaxHurtAtOnce = 200

// AddImprovement notes that we are to repair something (article 004: it fits
// and something chafes, so we look inside), with the customers who suffered
// from it.
type AddImprovement struct {
	Title      string
	Cause      string
	Owner      ID // [NoID] is the actor
	Reach      string
	By         Day // "" for no day yet, else today or later
	Topic      string
	Standard   ID
	Assessment ID   // of one of the customers hurt
	Hurt       []ID // customers, at most [MaxHurtAtOnce]
}

// Name is [ActAddImprovement].
func (AddImprovement) Name() ActionName { return ActAddImprovement }

// Decide adds the improvement and its links.
func (a AddImprovement) Decide(env *Env, r Reader) (*Change, error) {
	i := &Improvement{ID: env.NewID(), Title: strings.TrimSpace(a.Title), Cause: strings.TrimSpace(a.Cause), Owner: a.Owner,
		Reach: strings.TrimSpace(a.Reach), By: a.By, State: ImprovementOpen, Topic: a.Topic, Standard: a.Standard,
		Assessment: a.Assessment, MadeBy: env.Actor.Person, At: env.Stamp()}
	if i.Owner == NoID {
		i.Owner = env.Actor.Person
	}
	if err := checkImprovement(env, r, nil, i); err != nil {
		return nil, err
	}
	if len(a.Hurt) > MaxHurtAtOnce {
		return nil, Invalid("error.improvement.many", "Max", MaxHurtAtOnce).WithHint("hint.improvement.many")
	}
	if err := a.checkOrigin(r); err != nil {
		return nil, err
	}
	ch := &Change{Made: i.ID, Message: Say("journal.improvement.add", "Title", i.Title)}
	ch.Add(i)
	seen := map[ID]bool{}
	for _, id := range a.Hurt {
		if seen[id] {
			continue
		}
		seen[id] = true
		c, err := mustCustomer(r, id)
		if err != nil {
			return nil, err
		}
		if len(seen) == 1 && len(a.Hurt) == 1 {
			ch.Message = Say("journal.improvement.add-for", "Customer", c.Name, "Title", i.Title)
		}
		ch.Add(&Hurt{Improvement: i.ID, Customer: id, At: env.Stamp(), By: env.Actor.Person})
	}
	return ch, nil
}

// checkOrigin looks up what the improvement came from.
func (a AddImprovement) checkOrigin(r Reader) error {
	if a.Standard != NoID {
		s, err := Find[*Standard](r, StandardKey(a.Standard))
		if err != nil {
			return err
		}
		if s == nil {
			return NotFound("error.standard.gone").WithHint("hint.refresh")
		}
	}
	if a.Assessment == NoID {
		return nil
	}
	for _, id := range a.Hurt {
		n, err := Find[*Assessment](r, AssessmentKey(id, a.Assessment))
		if err != nil || n != nil {
			return err
		}
	}
	return NotFound("error.improvement.verdict").WithHint("hint.refresh")
}

// checkImprovement holds an improvement against the rules. What stood before is
// not checked again: a day that passed meanwhile, or a topic that the playbook
// lost, does not stand in the way of another edit.
func checkImprovement(env *Env, r Reader, was, now *Improvement) error {
	if was == nil {
		was = &Improvement{}
	}
	switch {
	case now.Title == "":
		return Invalid("error.improvement.title", "Field", "title").WithHint("hint.improvement.title")
	case utf8.RuneCountInString(now.Title) > MaxTitle:
		return Invalid("error.improvement.title-long", "Field", "title", "Max", MaxTitle).WithHint("hint.improvement.title-long")
	case now.State == ImprovementDone && now.Reach == "":
		return Invalid("error.improvement.reach", "Field", "reach").WithHint("hint.improvement.reach")
	}
	if err := checkDay("by", now.By); err != nil {
		return err
	}
	if now.By != "" && now.By != was.By && now.By < env.Today() {
		return Invalid("error.improvement.by", "Field", "by").WithHint("hint.improvement.by")
	}
	if now.Topic != was.Topic {
		if err := knownTopic(env, now.Topic); err != nil {
			return err
		}
	}
	if now.Owner != was.Owner {
		if err := someoneHere(r, now.Owner); err != nil {
			return err
		}
	}
	if err := checkWords("title", now.Title); err != nil {
		return err
	}
	if err := checkWords("cause", now.Cause); err != nil {
		return err
	}
	return checkWords("reach", now.Reach)
}

// knownTopic refuses a topic that the playbook does not have; "" is none.
func knownTopic(env *Env, id string) error {
	if id == "" {
		return nil
	}
	if _, ok := env.Playbook.Desk.Topic(id); !ok {
		return Invalid("error.topic.unknown", "Topic", id).WithHint("hint.topics")
	}
	return nil
}

// improvementFields are the fields of an improvement that can be edited, as
// forms write them. A person is given by id, a day as 2006-01-02.
var improvementFields = []string{"title", "cause", "owner", "reach", "by", "topic"}

// ImprovementValues gives the fields of an improvement by id, for an edit: see
// [EditImprovement].
func ImprovementValues(i *Improvement) map[string]string {
	owner := ""
	if i.Owner != NoID {
		owner = i.Owner.String()
	}
	return map[string]string{"title": i.Title, "cause": i.Cause, "owner": owner, "reach": i.Reach, "by": string(i.By), "topic": i.Topic}
}

// EditImprovement changes fields of an improvement. Was holds each field as the
// person saw it: one that somebody else changed meanwhile is a conflict, any
// other goes through, as in [EditCustomer].
type EditImprovement struct {
	ID       ID
	Was, Now map[string]string
}

// Name is [ActEditImprovement].
func (EditImprovement) Name() ActionName { return ActEditImprovement }

// Decide joins the edit with what stands.
func (a EditImprovement) Decide(env *Env, r Reader) (*Change, error) {
	before, err := mustImprovement(r, a.ID)
	if err != nil {
		return nil, err
	}
	todo, clash, err := joinEdit(improvementFields, a.Was, a.Now, ImprovementValues(before))
	if err != nil {
		return nil, err
	}
	if len(clash) > 0 {
		return nil, clashOver(before.Title, clash)
	}
	after := *before
	for id, v := range todo {
		if err := after.set(id, strings.TrimSpace(v)); err != nil {
			return nil, err
		}
	}
	if after == *before {
		return nil, Invalid("error.edit.nothing")
	}
	if err := checkImprovement(env, r, before, &after); err != nil {
		return nil, err
	}
	ch := &Change{Made: after.ID, Message: Say("journal.improvement.edit", "Title", after.Title)}
	ch.Replace(before, &after)
	return ch, nil
}

// set puts the value of a field.
func (i *Improvement) set(field, v string) error {
	switch field {
	case "title":
		i.Title = v
	case "cause":
		i.Cause = v
	case "reach":
		i.Reach = v
	case "by":
		day, ok := ParseDay(v)
		if !ok {
			return Invalid("error.field.day", "Field", "by", "Value", v)
		}
		i.By = day
	case "topic":
		i.Topic = v
	case "owner":
		id, ok := ParseID(v)
		if !ok || id == NoID {
			return Invalid("error.improvement.owner", "Field", "owner").WithHint("hint.people")
		}
		i.Owner = id
	}
	return nil
}

// joinEdit holds an edit of fields against what stands: what is to be done, and
// the fields that two people changed at once.
func joinEdit(fields []string, was, now, stand map[string]string) (todo map[string]string, clash []FieldConflict, err error) {
	for id := range now {
		if !slices.Contains(fields, id) {
			return nil, nil, Invalid("error.field.unknown", "Field", id)
		}
	}
	todo = map[string]string{}
	for _, id := range fields {
		v, ok := now[id]
		switch {
		case !ok || v == was[id] || v == stand[id]: // untouched, or done already
		case stand[id] != was[id]:
			clash = append(clash, FieldConflict{Field: id, Was: was[id], Yours: v, Stand: stand[id]})
		default:
			todo[id] = v
		}
	}
	return todo, clash, nil
}

// EndImprovement says that an improvement is done, or that it will not be done.
// Opening it again is taking that back.
type EndImprovement struct {
	ID     ID
	State  ImprovementState // done or dropped
	Reason string           // what was done, or why it will not be
	Reach  string           // fills in how it reaches the colleagues; "" leaves what stands
}

// Name is [ActEndImprovement].
func (EndImprovement) Name() ActionName { return ActEndImprovement }

// Decide ends it. Done needs to say how it reaches the colleagues at the desks,
// for most of them are operational and read no plans (domain.md, Improve).
func (a EndImprovement) Decide(env *Env, r Reader) (*Change, error) {
	before, err := mustImprovement(r, a.ID)
	if err != nil {
		return nil, err
	}
	if before.State != ImprovementOpen {
		return nil, Invalid("error.improvement.ended", "Title", before.Title).WithHint("hint.improvement.reopen")
	}
	id := "journal.improvement.done"
	switch a.State {
	case ImprovementDone:
	case ImprovementDropped:
		id = "journal.improvement.dropped"
	default:
		return nil, Invalid("error.improvement.state")
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *before
	after.State, after.Ended = a.State, env.Rule(strings.TrimSpace(a.Reason))
	if !blank(a.Reach) {
		after.Reach = strings.TrimSpace(a.Reach)
	}
	if err := checkImprovement(env, r, before, &after); err != nil {
		return nil, err
	}
	ch := &Change{Made: after.ID, Message: Say(id, "Title", after.Title), Why: a.Reason}
	ch.Replace(before, &after)
	return ch, nil
}

func mustImprovement(r Reader, id ID) (*Improvement, error) {
	i, err := Find[*Improvement](r, ImprovementKey(id))
	if err == nil && i == nil {
		err = NotFound("error.improvement.gone").WithHint("hint.refresh")
	}
	return i, err
}
