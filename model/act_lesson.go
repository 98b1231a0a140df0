package model

import "strings"

// AddLesson notes what a demanding customer taught us (article 000: they keep a
// desk sharp).
type AddLesson struct {
	Customer ID
	Words    string
	Topic    string
}

// Name is [ActAddLesson].
func (AddLesson) Name() ActionName { return ActAddLesson }

// Decide notes the lesson.
func (a AddLesson) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if blank(a.Words) {
		return nil, Invalid("error.lesson.words", "Field", "words").WithHint("hint.lesson.words")
	}
	if err := checkWords("words", a.Words); err != nil {
		return nil, err
	}
	if err := knownTopic(env, a.Topic); err != nil {
		return nil, err
	}
	l := &Lesson{ID: env.NewID(), Customer: c.ID, Words: strings.TrimSpace(a.Words), Topic: a.Topic, By: env.Actor.Person, At: env.Stamp()}
	ch := &Change{Made: l.ID, Message: Say("journal.lesson.add", "Customer", c.Name)}
	ch.Add(l)
	return ch, nil
}

// RemoveLesson takes a lesson away: one's own, or as a lead.
type RemoveLesson struct {
	Customer, Lesson ID
}

// Name is [ActRemoveLesson].
func (RemoveLesson) Name() ActionName { return ActRemoveLesson }

// Decide removes it; the journal keeps it for undo.
func (a RemoveLesson) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	l, err := Find[*Lesson](r, LessonKey(a.Customer, a.Lesson))
	if err != nil {
		return nil, err
	}
	if l == nil {
		return nil, NotFound("error.lesson.gone").WithHint("hint.refresh")
	}
	if !env.Actor.Is(l.By) && env.Role < RoleLead {
		return nil, NotAllowed("error.not-allowed.others-lesson").WithHint("hint.ask-lead")
	}
	ch := &Change{Made: l.ID, Message: Say("journal.lesson.remove", "Customer", c.Name)}
	ch.Remove(l)
	return ch, nil
}
