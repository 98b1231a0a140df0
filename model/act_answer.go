package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxQuestion is the most signs of the question of an answer at hand: it is
// read in a list while a customer waits.
const MaxQuestion = 200

// SaveAnswer keeps a short answer at hand (article 003: the right answer at
// once): a new one, or with an ID other words for one.
type SaveAnswer struct {
	ID       ID // [NoID] adds one
	Topic    string
	Question string
	Words    string
	// Was holds the fields topic, question and words as the person saw them: one
	// that somebody else changed meanwhile is a conflict. Nil writes over all.
	Was map[string]string
	// Asked is the question in the words of a contact in which no answer was at
	// hand; "" for none. It is not missing any more.
	Asked string
}

// Name is [ActSaveAnswer].
func (SaveAnswer) Name() ActionName { return ActSaveAnswer }

var answerFields = []string{"topic", "question", "words"}

// AnswerValues gives the fields of an answer by id, for an edit: see
// [SaveAnswer].
func AnswerValues(a *ReadyAnswer) map[string]string {
	return map[string]string{"topic": a.Topic, "question": a.Question, "words": a.Words}
}

// Decide keeps the answer.
func (a SaveAnswer) Decide(env *Env, r Reader) (*Change, error) {
	now := map[string]string{"topic": a.Topic, "question": strings.TrimSpace(a.Question), "words": strings.TrimSpace(a.Words)}
	if a.ID == NoID {
		n := &ReadyAnswer{ID: env.NewID(), By: env.Actor.Person, At: env.Stamp()}
		n.fill(now, a.Asked)
		if err := checkAnswer(env, &ReadyAnswer{}, n); err != nil {
			return nil, err
		}
		ch := &Change{Made: n.ID, Message: Say("journal.answer.add", "Title", n.Question)}
		ch.Add(n)
		return ch, nil
	}
	before, err := mustAnswer(r, a.ID)
	if err != nil {
		return nil, err
	}
	if before.Retired != nil {
		return nil, Invalid("error.answer.retired").WithHint("hint.improvement.reopen")
	}
	stand := AnswerValues(before)
	was := a.Was
	if was == nil {
		was = stand
	}
	todo, clash, err := joinEdit(answerFields, was, now, stand)
	if err != nil {
		return nil, err
	}
	if len(clash) > 0 {
		return nil, clashOver(before.Question, clash)
	}
	for id, v := range stand {
		if _, changes := todo[id]; !changes {
			todo[id] = v
		}
	}
	after := *before
	after.Asked = slices.Clone(before.Asked)
	after.fill(todo, a.Asked)
	if AnswerValues(&after)["topic"] == stand["topic"] && after.Question == before.Question && after.Words == before.Words &&
		len(after.Asked) == len(before.Asked) {
		return nil, Invalid("error.edit.nothing")
	}
	if err := checkAnswer(env, before, &after); err != nil {
		return nil, err
	}
	ch := &Change{Made: after.ID, Message: Say("journal.answer.edit", "Title", after.Question)}
	ch.Replace(before, &after)
	return ch, nil
}

// fill puts the fields, and the words in which the question was asked.
func (a *ReadyAnswer) fill(v map[string]string, asked string) {
	a.Topic, a.Question, a.Words = v["topic"], v["question"], v["words"]
	if asked = FoldWords(asked); asked != "" && !a.Answers(asked) {
		a.Asked = append(a.Asked, asked)
	}
}

// Answers reports whether the answer is to a question in these words, whatever
// its capitals and blanks.
func (a *ReadyAnswer) Answers(words string) bool {
	words = FoldWords(words)
	return words == FoldWords(a.Question) || slices.Contains(a.Asked, words)
}

// FoldWords gives the form in which two questions are the same: in lower case,
// with one blank between words and none at the ends.
func FoldWords(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func checkAnswer(env *Env, was, now *ReadyAnswer) error {
	switch {
	case now.Question == "":
		return Invalid("error.answer.question", "Field", "question").WithHint("hint.answer.question")
	case utf8.RuneCountInString(now.Question) > MaxQuestion:
		return Invalid("error.answer.question-long", "Field", "question", "Max", MaxQuestion).WithHint("hint.answer.question")
	case now.Words == "":
		return Invalid("error.answer.words", "Field", "words").WithHint("hint.answer.words")
	case now.Topic == "":
		return Invalid("error.answer.topic", "Field", "topic").WithHint("hint.topics")
	}
	if now.Topic != was.Topic {
		if err := knownTopic(env, now.Topic); err != nil {
			return err
		}
	}
	for _, s := range now.Asked {
		if err := checkWords("question", s); err != nil {
			return err
		}
	}
	return checkWords("words", now.Words)
}

// RetireAnswer takes an answer out of use. Contacts that it served keep it.
type RetireAnswer struct {
	ID     ID
	Reason string // may be empty
}

// Name is [ActRetireAnswer].
func (RetireAnswer) Name() ActionName { return ActRetireAnswer }

// Decide retires it.
func (a RetireAnswer) Decide(env *Env, r Reader) (*Change, error) {
	before, err := mustAnswer(r, a.ID)
	if err != nil {
		return nil, err
	}
	if before.Retired != nil {
		return nil, Invalid("error.answer.retired").WithHint("hint.improvement.reopen")
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	after := *before
	after.Retired = env.Rule(strings.TrimSpace(a.Reason))
	ch := &Change{Made: after.ID, Message: Say("journal.answer.retire", "Title", after.Question), Why: a.Reason}
	ch.Replace(before, &after)
	return ch, nil
}

func mustAnswer(r Reader, id ID) (*ReadyAnswer, error) {
	n, err := Find[*ReadyAnswer](r, AnswerKey(id))
	if err == nil && n == nil {
		err = NotFound("error.answer.gone").WithHint("hint.refresh")
	}
	return n, err
}
