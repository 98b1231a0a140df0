package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

type answerJSON struct {
	Kind     string      `json:"kind"`   // answer, or missing
	Number   int         `json:"number"` // in the list, of its kind
	ID       model.ID    `json:"id"`
	Topic    string      `json:"topic"`
	Question string      `json:"question"`
	Words    string      `json:"words"`
	Used     int         `json:"used"` // contacts that it served
	Customer string      `json:"customer,omitempty"`
	On       model.Stamp `json:"on,omitzero"`
}

// answerVerb is about the answers at hand.
func (a *app) answerVerb() *cobra.Command {
	topic := ""
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.answerList(b, topic) })
	listVerb := &cobra.Command{Use: "list", Short: a.t("cli.answer_list.short"), Args: a.args(0, 0), RunE: list}
	listVerb.Flags().StringVar(&topic, "topic", "", a.t("cli.flag.improve_topic"))
	return a.group("answer", a.t("cli.answer.short"), list, listVerb, a.answerAdd(), a.answerEdit(), a.answerRetire())
}

func (a *app) answerList(b ui.Book, topic string) error {
	id, err := a.improvementTopic(topic)
	if err != nil {
		return err
	}
	all, err := b.Answers(id)
	if err != nil {
		return err
	}
	var rows [][]string
	for n, m := range all.Missing {
		if a.json {
			if err := a.object(answerJSON{Kind: "missing", Number: n + 1, Topic: m.Topic, Question: m.Words, Customer: m.Name, On: m.On}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{"?" + strconv.Itoa(n+1), a.say.Topic(m.Topic), kit.Clean(m.Words), kit.Clean(m.Name), a.date(b, m.On)})
	}
	for n, l := range all.Lines {
		if a.json {
			if err := a.object(answerJSON{Kind: "answer", Number: n + 1, ID: l.Answer.ID, Topic: l.Answer.Topic, Question: l.Answer.Question,
				Words: l.Answer.Words, Used: l.Used}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{strconv.Itoa(n + 1), a.say.Topic(l.Answer.Topic), kit.Clean(l.Answer.Question), kit.Clean(l.Answer.Words),
			a.tx.N("answers.used", l.Used)})
	}
	if len(rows) == 0 && !a.json {
		a.line(a.t("answers.empty"))
	}
	a.rows(rows)
	return nil
}

func (a *app) answerAdd() *cobra.Command {
	topic, words, missing := "", "", 0
	c := &cobra.Command{
		Use: "add TEXT", Short: a.t("cli.answer_add.short"), Long: a.t("cli.answer_add.long"), Args: a.args(1, 1),
		Example: `pasvorm answer add "Where is my invoice?" --topic product --words "…"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			save := model.SaveAnswer{Question: args[0], Words: words}
			var err error
			if save.Topic, err = a.improvementTopic(topic); err != nil {
				return err
			}
			if missing != 0 {
				all, err := b.Answers("")
				if err != nil {
					return err
				}
				if missing < 1 || missing > len(all.Missing) {
					return model.NotFound("cli.error.missing").WithHint("cli.hint.answers")
				}
				m := all.Missing[missing-1]
				save.Asked = m.Words
				if save.Topic == "" {
					save.Topic = m.Topic
				}
			}
			return a.doNoted(ctx, b, save, save.Question, words)
		}),
	}
	c.Flags().StringVar(&topic, "topic", "", a.t("cli.flag.improve_topic"))
	c.Flags().StringVar(&words, "words", "", a.t("cli.flag.answer_words"))
	c.Flags().IntVar(&missing, "missing", 0, a.t("cli.flag.answer_missing"))
	return c
}

func (a *app) answerEdit() *cobra.Command {
	topic, question, words := "", "", ""
	c := &cobra.Command{
		Use: "edit ANSWER", Short: a.t("cli.answer_edit.short"), Long: a.t("cli.answer.long"), Args: a.args(1, -1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			was, err := a.readyAnswer(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			save := model.SaveAnswer{ID: was.ID, Topic: was.Topic, Question: was.Question, Words: was.Words, Was: model.AnswerValues(was)}
			if topic != "" {
				if save.Topic, err = a.improvementTopic(topic); err != nil {
					return err
				}
			}
			if question != "" {
				save.Question = question
			}
			if words != "" {
				save.Words = words
			}
			return a.doNoted(ctx, b, save, question, words)
		}),
	}
	c.Flags().StringVar(&topic, "topic", "", a.t("cli.flag.improve_topic"))
	c.Flags().StringVar(&question, "question", "", a.t("cli.flag.answer_question"))
	c.Flags().StringVar(&words, "words", "", a.t("cli.flag.answer_words"))
	return c
}

func (a *app) answerRetire() *cobra.Command {
	why := ""
	c := &cobra.Command{
		Use: "retire ANSWER", Short: a.t("cli.answer_retire.short"), Long: a.t("cli.answer.long"), Args: a.args(1, -1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			n, err := a.readyAnswer(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			return a.do(ctx, b, model.RetireAnswer{ID: n.ID, Reason: why})
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.improve_why"))
	return c
}

// readyAnswer finds the one that a text means: its number in the list, its id,
// or words of its question.
func (a *app) readyAnswer(b ui.Desk, text string) (*model.ReadyAnswer, error) {
	all, err := b.Answers("")
	if err != nil {
		return nil, err
	}
	want := model.FoldWords(text)
	var found []*model.ReadyAnswer
	for n, l := range all.Lines {
		if text == strconv.Itoa(n+1) || text == l.Answer.ID.String() || l.Answer.Answers(text) {
			return l.Answer, nil
		}
		if want != "" && strings.Contains(model.FoldWords(l.Answer.Question), want) {
			found = append(found, l.Answer)
		}
	}
	switch len(found) {
	case 0:
		return nil, model.NotFound("error.answer.gone").WithHint("cli.hint.answers")
	case 1:
		return found[0], nil
	}
	return nil, model.NewError(model.KindAmbiguous, "cli.error.answers", "Text", text).WithHint("cli.hint.answers")
}
