package say

import (
	"strconv"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Trait gives the label of a trait.
func (s Speaker) Trait(t model.Trait) string {
	if p := s.trait(t); p != nil {
		return s.words(p.Label)
	}
	return kit.Clean(string(t))
}

// TraitShort gives the short label of a trait, for a list.
func (s Speaker) TraitShort(t model.Trait) string {
	if p := s.trait(t); p != nil {
		return s.words(p.Short)
	}
	return kit.Clean(string(t))
}

// TraitMeaning gives what a trait stands for, in words a customer may read;
// "" when the playbook does not say.
func (s Speaker) TraitMeaning(t model.Trait) string {
	if p := s.trait(t); p != nil {
		return s.words(p.Definition)
	}
	return ""
}

func (s Speaker) trait(t model.Trait) *model.TraitPlay {
	if s.Play == nil {
		return nil
	}
	return s.Play.Trait(t)
}

// Signal gives the label of a signal, or the words where a sighting has none.
func (s Speaker) Signal(g *model.Sighting) string {
	if s.Play != nil {
		if sig, ok := s.Play.Signal(g.Trait, g.Signal); ok {
			return s.words(sig.Label)
		}
	}
	if g.Words != "" {
		return kit.Clean(g.Words)
	}
	return kit.Clean(g.Signal)
}

// Cause gives the label and the approach of a cause.
func (s Speaker) Cause(t model.Trait, id string) (label, approach string) {
	if s.Play != nil {
		if c, ok := s.Play.Cause(t, id); ok {
			return s.words(c.Label), s.words(c.Approach)
		}
	}
	return kit.Clean(id), ""
}

// Verdict gives the name of a verdict.
func (s Speaker) Verdict(v model.Verdict) string {
	if s.Play != nil {
		if b, ok := s.Play.Verdicts[string(v)]; ok {
			return s.words(b)
		}
	}
	return kit.Clean(string(v))
}

// Question gives a question of the wizard.
func (s Speaker) Question(k model.FitKey) string {
	if s.Play != nil {
		if q, ok := s.Play.Questions[string(k)]; ok {
			return s.words(q.Ask)
		}
	}
	return kit.Clean(string(k))
}

// Key gives a question in one or two words, for lists of answers.
func (s Speaker) Key(k model.FitKey) string { return s.named("fit.key.", string(k)) }

// Why gives the reason why a question is asked.
func (s Speaker) Why(k model.FitKey) string {
	if s.Play != nil {
		return s.words(s.Play.Questions[string(k)].Why)
	}
	return ""
}

// Answer gives the label of an answer to a question.
func (s Speaker) Answer(k model.FitKey, a model.Answer) string {
	if s.Play != nil {
		if b, ok := s.Play.Questions[string(k)].Answers[string(a)]; ok {
			return s.words(b)
		}
	}
	return kit.Clean(string(a))
}

// Topic gives the label of what a contact is about.
func (s Speaker) Topic(id string) string {
	if s.Play != nil {
		if t, ok := s.Play.Desk.Topic(id); ok {
			return s.words(t.Label)
		}
	}
	return kit.Clean(id)
}

// Channel gives the label of the way a contact came in or went out.
func (s Speaker) Channel(id string) string {
	if s.Play != nil {
		if c, ok := s.Play.Desk.Channel(id); ok {
			return s.words(c.Label)
		}
	}
	return kit.Clean(id)
}

// Activity gives the name of what minutes are spent on.
func (s Speaker) Activity(a model.Activity) string { return s.named("activity.", a.Key()) }

// Rule gives what a rule says, in one line.
func (s Speaker) Rule(r model.FitRule) string { return s.named("fit.rule.", string(r)) }

// Flag gives the name of a safeguard that goes with a verdict.
func (s Speaker) Flag(f model.FitFlag) string { return s.named("fit.flag.", string(f)) }

// State gives how far an assessment is.
func (s Speaker) State(st model.FitState) string { return s.named("fit.state.", string(st)) }

// How gives how a verdict came to stand.
func (s Speaker) How(h model.Settling) string { return s.named("fit.how.", string(h)) }

// FitKind gives the kind of relation recorded beside the answers.
func (s Speaker) FitKind(k model.FitKind) string { return s.named("fit.kind.", string(k)) }

// Stance gives the school a desk took in a case.
func (s Speaker) Stance(st model.Stance) string { return s.named("stance.", string(st)) }

// Step gives the name of a step of the escalation ladder, 0 to 4.
func (s Speaker) Step(n int) string { return s.named("step.", strconv.Itoa(n)) }

// Reason gives why a customer is flagged: the words of who did it where there
// are some, else the reason's name.
func (s Speaker) Reason(f *model.Flag) string {
	if f.Words != "" {
		return kit.Clean(f.Words)
	}
	return s.FlagReason(f.Reason)
}

// FlagReason gives the name of a reason to flag a customer.
func (s Speaker) FlagReason(r model.FlagReason) string { return s.named("flag.reason.", string(r)) }

// Case gives the name of a kind of case in the review queue.
func (s Speaker) Case(k model.CaseKind) string { return s.named("case.", string(k)) }

// Kind gives the name of a kind of customer.
func (s Speaker) Kind(k model.CustomerKind) string { return s.named("kind.", string(k)) }

// Relation gives the name of a relation.
func (s Speaker) Relation(r model.Relation) string { return s.named("relation.", string(r)) }

// Role gives the name of a role.
func (s Speaker) Role(r model.Role) string { return s.named("role.", r.String()) }

// FieldLabel gives the label of a field of a customer or of a form.
func (s Speaker) FieldLabel(id string) string { return s.named("field.", id) }

// FieldValue words the value of a field as [model.FieldValues] gives it, or of a
// field of a contact or of an improvement. The id of a person stays an id: who
// has the names puts one there.
func (s Speaker) FieldValue(id, v string) string {
	switch id {
	case "contact.topic", "topic":
		return s.Topic(v)
	case "contact.channel":
		return s.Channel(v)
	case "contact.day", "by":
		return s.day(v)
	}
	if v != "" && isFlag(id) {
		return s.named("field.", v)
	}
	f := model.FieldByID(id)
	if f == nil || v == "" {
		return kit.Clean(v)
	}
	switch f.Type {
	case model.FieldChoice:
		return s.named(f.ID+".", v)
	case model.FieldMoney:
		if cents, ok := model.ParseMoney(v); ok {
			return s.Text.Money(cents)
		}
	case model.FieldDay:
		return s.day(v)
	}
	return kit.Clean(v)
}

// day words a day as the model keeps it.
func (s Speaker) day(v string) string {
	if day, err := time.Parse(time.DateOnly, v); err == nil {
		return s.Text.ShortDate(day, time.Time{})
	}
	return kit.Clean(v)
}

// isFlag tells whether a field, of a customer or of a contact, is yes or no.
func isFlag(id string) bool {
	if f := model.FieldByID(id); f != nil {
		return f.Type == model.FieldBool
	}
	switch id {
	case "contact.out", "contact.answered", "contact.failed", "contact.told_again", "contact.number_again":
		return true
	}
	return false
}
