package store

import (
	"cmp"
	"slices"

	"pasvorm/model"
)

const (
	maxMissing = 100   // questions without an answer that are shown
	maxAsked   = 5_000 // contacts looked at for them
	maxLessons = 2_000 // lessons that are shown, the newest
)

// Answers gives the answers at hand of a topic, "" for all, the most used ones
// first, and the questions to which none was at hand. A question that several
// contacts put in the same words stands there once, as it was asked last; one
// that has an answer by now is left out.
func (s *Session) Answers(topic string) (model.Answers, error) {
	var out model.Answers
	err := s.snapshot(func(v *view) error {
		out = model.Answers{Rev: model.Rev(v.tx.Rev())}
		all, err := model.FindAll[*model.ReadyAnswer](v.r, model.TableKey(model.TableAnswer, model.NoID))
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(a *model.ReadyAnswer) bool {
			return a.Retired != nil || topic != "" && a.Topic != topic
		})
		for _, a := range all {
			out.Lines = append(out.Lines, model.AnswerLine{Answer: a, Used: uses(v.der, a.ID)})
		}
		slices.SortStableFunc(out.Lines, func(a, b model.AnswerLine) int {
			return cmp.Or(cmp.Compare(b.Used, a.Used), cmp.Compare(model.FoldWords(a.Answer.Question), model.FoldWords(b.Answer.Question)))
		})
		out.Missing, err = v.missing(topic, all)
		return err
	})
	return out, err
}

// missing gives the questions of a topic that none of the answers is to, newest
// first.
func (v *view) missing(topic string, answers []*model.ReadyAnswer) ([]model.MissingLine, error) {
	type question struct{ topic, words string }
	seen := map[question]bool{}
	for _, a := range answers {
		seen[question{a.Topic, model.FoldWords(a.Question)}] = true
		for _, w := range a.Asked {
			seen[question{a.Topic, w}] = true
		}
	}
	var out []model.MissingLine
	var failed error
	looked := 0
	walkBack(v.der, spaceAnswer, []byte{answerMissing}, func(k, _ []byte) bool {
		c, err := model.Find[*model.Contact](v.r, model.Key(k[1+8:]))
		if failed = err; err != nil {
			return false
		}
		looked++
		if c == nil || v.hidden(c.Customer) || topic != "" && c.Topic != topic {
			return looked < maxAsked
		}
		q := question{c.Topic, model.FoldWords(c.Missing)}
		if seen[q] {
			return looked < maxAsked
		}
		seen[q] = true
		l := model.MissingLine{Topic: c.Topic, Words: c.Missing, Customer: c.Customer, On: c.On}
		if who, err := model.Find[*model.Customer](v.r, model.CustomerKey(c.Customer)); err == nil && who != nil {
			l.Name = who.Name
		}
		out = append(out, l)
		return len(out) < maxMissing && looked < maxAsked
	})
	return out, failed
}

// Lessons gives what demanding customers taught us, newest first.
func (s *Session) Lessons() ([]model.LessonLine, error) {
	var out []model.LessonLine
	err := s.snapshot(func(v *view) error {
		all, err := model.FindAll[*model.Lesson](v.r, model.TableKey(model.TableLesson, model.NoID))
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b *model.Lesson) int { return cmp.Compare(b.At, a.At) })
		for _, l := range all {
			if len(out) == maxLessons {
				break
			}
			c, err := model.Find[*model.Customer](v.r, model.CustomerKey(l.Customer))
			if err != nil {
				return err
			}
			if c == nil || v.hidden(l.Customer) {
				continue
			}
			line := model.LessonLine{Lesson: l, Name: c.Name}
			if line.By, err = v.name(l.By); err != nil {
				return err
			}
			out = append(out, line)
		}
		return nil
	})
	return out, err
}
