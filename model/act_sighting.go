package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxWords is the most bytes one text of a person may take (64 KiB): far above
// what anybody types, far below what an engine takes in one batch.
const MaxWords = 64 << 10

// checkWords refuses what cannot be kept: too much, or not UTF-8, which would be
// written and could not be read again.
func checkWords(field string, texts ...string) error {
	for _, t := range texts {
		if !validText(t) {
			return Invalid("error.field.utf8", "Field", field)
		}
		if len(t) > MaxWords {
			return Invalid("error.words.long", "Field", field, "Max", MaxWords/1024)
		}
	}
	return nil
}

// maxKey is the most bytes of a text that is part of a key (1 KiB): engines take
// longer values than keys.
const maxKey = 1 << 10

func checkKey(field, text string) error {
	if !validText(text) {
		return Invalid("error.field.utf8", "Field", field)
	}
	if len(text) > maxKey {
		return Invalid("error.words.long", "Field", field, "Max", maxKey/1024)
	}
	return nil
}

// blank reports whether a text says nothing.
// mustReason refuses a decision without a reason.
func mustReason(reason string) error {
	if blank(reason) {
		return Invalid("error.reason").WithHint("hint.reason")
	}
	return checkWords("reason", reason)
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// Tag records that a customer showed a trait: a dated sighting with its
// evidence. There is no trait without evidence (safety.md, Privacy): it takes a
// signal of the playbook or words of one's own.
type Tag struct {
	Customer  ID
	Trait     Trait
	Signal    string // id in the playbook
	Words     string
	Cause     string // id in the playbook
	On        Stamp  // when it happened; 0 is now
	AimedAt   ID
	Witnesses []ID
	Serious   bool
}

// Name is [ActTag].
func (Tag) Name() ActionName { return ActTag }

// Decide notes the sighting and raises the flags that follow from it.
func (t Tag) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, t.Customer)
	if err != nil {
		return nil, err
	}
	s, err := t.sighting(env, r)
	if err != nil {
		return nil, err
	}
	old, err := FindAll[*Sighting](r, prefixOf(TableSighting, t.Customer))
	if err != nil {
		return nil, err
	}
	ch := &Change{Made: s.ID, Message: Say("journal.tag", "Customer", c.Name, "Trait", string(t.Trait))}
	ch.Add(s)
	return ch, raiseFlags(env, r, ch, s, old)
}

func (t Tag) sighting(env *Env, r Reader) (*Sighting, error) {
	play := env.Playbook.Trait(t.Trait)
	if play == nil {
		return nil, Invalid("error.trait.unknown", "Trait", string(t.Trait)).WithHint("hint.traits")
	}
	if t.Signal == "" && blank(t.Words) {
		return nil, Invalid("error.tag.evidence").WithHint("hint.tag.evidence")
	}
	if err := checkWords("words", t.Words); err != nil {
		return nil, err
	}
	s := &Sighting{ID: env.NewID(), Customer: t.Customer, Trait: t.Trait, Signal: t.Signal, Step: 1,
		Words: strings.TrimSpace(t.Words), Cause: t.Cause, On: t.On, By: env.Actor.Person, At: env.Stamp(),
		AimedAt: t.AimedAt, Witnesses: slices.Clone(t.Witnesses), Serious: t.Serious}
	if t.Signal != "" {
		sig, ok := env.Playbook.Signal(t.Trait, t.Signal)
		if !ok {
			return nil, Invalid("error.signal.unknown", "Signal", t.Signal).WithHint("hint.signals")
		}
		s.Step = sig.Step
	}
	if t.Serious {
		s.Step = 4
	}
	if _, ok := env.Playbook.Cause(t.Trait, t.Cause); t.Cause != "" && !ok {
		return nil, Invalid("error.cause.unknown", "Cause", t.Cause).WithHint("hint.causes")
	}
	if s.On == 0 {
		s.On = s.At
	}
	if s.On > s.At {
		return nil, Invalid("error.date.future").WithHint("hint.date.past")
	}
	s.Day = DayOf(s.On.Time().In(env.Now.Location()))
	months := env.Playbook.Thresholds.LapseMonths
	s.Lapses = StampOf(s.On.Time().AddDate(0, months, 0))
	if s.Lapses <= s.At {
		return nil, Invalid("error.tag.lapsed", "Months", months)
	}
	for _, id := range append(slices.Clone(t.Witnesses), t.AimedAt) {
		if _, err := knownPerson(r, id); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// raiseFlags adds the flags a new sighting gives cause for (domain.md, Flag).
// A flag of the same reason that is still open is not raised twice, unless the
// step goes higher.
func raiseFlags(env *Env, r Reader, ch *Change, s *Sighting, old []*Sighting) error {
	flags, err := FindAll[*Flag](r, prefixOf(TableFlag, s.Customer))
	if err != nil {
		return err
	}
	now := env.Stamp()
	before := LadderOf(old, now).Step
	raise := func(reason FlagReason, step int) {
		for _, f := range flags {
			if f.Cleared == nil && f.Reason == reason && f.Step >= step {
				return
			}
		}
		ch.Add(&Flag{ID: env.NewID(), Customer: s.Customer, Reason: reason, By: env.Actor.Person, At: now, Step: step})
		ch.Notes = append(ch.Notes, Say("note.flag."+string(reason), "Step", step))
	}
	if s.Step > before {
		ch.Notes = append(ch.Notes, Say("note.step-up", "From", before, "To", s.Step))
		if s.Step >= 3 {
			raise(FlagStep, s.Step)
		}
	}
	if s.Serious {
		raise(FlagSafety, 0)
	}
	if s.Trait == TraitWronged && lasting(old, s, env) {
		raise(FlagWronged, 0)
	}
	return nil
}

// lasting reports whether a customer was seen to feel wronged before and still
// does: two live sightings at least Thresholds.WrongedLastingDays apart.
func lasting(old []*Sighting, s *Sighting, env *Env) bool {
	const day = 24 * 3600 * 1e6 // microseconds
	gap := Stamp(env.Playbook.Thresholds.WrongedLastingDays) * day
	for _, o := range old {
		if o.Trait == TraitWronged && o.Live(env.Stamp()) && (s.On-o.On >= gap || o.On-s.On >= gap) {
			return true
		}
	}
	return false
}

// Confirm says that a sighting still holds, so that it lapses later.
type Confirm struct {
	Customer, Sighting ID
}

// Name is [ActConfirm].
func (Confirm) Name() ActionName { return ActConfirm }

// Decide moves the date at which the sighting lapses.
func (a Confirm) Decide(env *Env, r Reader) (*Change, error) {
	c, s, err := mustSighting(r, a.Customer, a.Sighting)
	if err != nil {
		return nil, err
	}
	if s.Withdrawn != nil || s.Frozen() {
		return nil, Invalid("error.sighting.not-live")
	}
	after := *s
	after.Confirmed = env.Rule("")
	after.Lapses = StampOf(env.Now.AddDate(0, env.Playbook.Thresholds.LapseMonths, 0))
	ch := &Change{Message: Say("journal.confirm", "Customer", c.Name, "Trait", string(s.Trait)), Made: s.ID}
	ch.Replace(s, &after)
	return ch, nil
}

// Contest says that a colleague sees a sighting otherwise. It is frozen and
// leaves every count until a lead rules.
type Contest struct {
	Customer, Sighting ID
	Reason             string
}

// Name is [ActContest].
func (Contest) Name() ActionName { return ActContest }

// Decide freezes the sighting.
func (a Contest) Decide(env *Env, r Reader) (*Change, error) {
	c, s, err := mustSighting(r, a.Customer, a.Sighting)
	if err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	if s.Withdrawn != nil || s.Frozen() {
		return nil, Invalid("error.sighting.not-live")
	}
	after := *s
	after.Contested, after.Upheld = env.Rule(a.Reason), nil
	ch := &Change{Message: Say("journal.contest", "Customer", c.Name, "Trait", string(s.Trait)), Why: a.Reason, Made: s.ID}
	ch.Replace(s, &after)
	return ch, nil
}

// RuleContest is a lead's answer to a contest: the sighting stands, or goes.
type RuleContest struct {
	Customer, Sighting ID
	Uphold             bool // the sighting stands
	Reason             string
}

// Name is [ActRuleContest].
func (RuleContest) Name() ActionName { return ActRuleContest }

// Decide ends the contest. Neither who noted the sighting nor who contested it
// rules upon it.
func (a RuleContest) Decide(env *Env, r Reader) (*Change, error) {
	c, s, err := mustSighting(r, a.Customer, a.Sighting)
	if err != nil {
		return nil, err
	}
	if !s.Frozen() {
		return nil, Invalid("error.sighting.not-contested")
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	if err := mayRule(env, s); err != nil {
		return nil, err
	}
	if err := notHeld(env, r, a.Sighting); err != nil {
		return nil, err
	}
	after := *s
	id := "journal.rule.gone"
	if a.Uphold {
		after.Upheld, id = env.Rule(a.Reason), "journal.rule.stands"
	} else {
		after.Withdrawn = env.Rule(a.Reason)
	}
	ch := &Change{Message: Say(id, "Customer", c.Name, "Trait", string(s.Trait)), Why: a.Reason, Made: s.ID}
	ch.Replace(s, &after)
	return ch, nil
}

// Withdraw takes a sighting back as a mistake: one's own, or as a lead.
type Withdraw struct {
	Customer, Sighting ID
	Reason             string
}

// Name is [ActWithdraw].
func (Withdraw) Name() ActionName { return ActWithdraw }

// Decide marks the sighting as withdrawn; the journal keeps it.
func (a Withdraw) Decide(env *Env, r Reader) (*Change, error) {
	c, s, err := mustSighting(r, a.Customer, a.Sighting)
	if err != nil {
		return nil, err
	}
	if s.Withdrawn != nil {
		return nil, Invalid("error.sighting.not-live")
	}
	if !env.Actor.Is(s.By) && env.Role < RoleLead {
		return nil, NotAllowed("error.not-allowed.others-sighting").WithHint("hint.contest")
	}
	if s.Frozen() && !env.Actor.Is(s.By) { // that decides the contest
		if err := notHeld(env, r, a.Sighting); err != nil {
			return nil, err
		}
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	after := *s
	after.Withdrawn = env.Rule(a.Reason)
	ch := &Change{Message: Say("journal.withdraw", "Customer", c.Name, "Trait", string(s.Trait)), Why: a.Reason, Made: s.ID}
	ch.Replace(s, &after)
	return ch, nil
}

func mustCustomer(r Reader, id ID) (*Customer, error) {
	c, err := Find[*Customer](r, CustomerKey(id))
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, NotFound("error.customer.gone").WithHint("hint.search")
	}
	return c, nil
}

func mustSighting(r Reader, customer, id ID) (*Customer, *Sighting, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	s, err := Find[*Sighting](r, SightingKey(customer, id))
	if err == nil && s == nil {
		err = NotFound("error.sighting.gone")
	}
	return c, s, err
}

// knownPerson gives a person that an action names; [NoID] is nobody and fine.
func knownPerson(r Reader, id ID) (*Person, error) {
	if id == NoID {
		return nil, nil
	}
	p, err := Find[*Person](r, PersonKey(id))
	if err == nil && p == nil {
		err = NotFound("error.person.unknown").WithHint("hint.people")
	}
	return p, err
}

// validText reports whether a text can be kept: it is stored as it came, but it
// must be UTF-8, for a reader of another encoding has decoded it before.
func validText(s string) bool { return utf8.ValidString(s) }
