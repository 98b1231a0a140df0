package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

type lessonJSON struct {
	Number   int         `json:"number"` // in the list
	ID       model.ID    `json:"id"`
	Customer model.ID    `json:"customer"`
	Name     string      `json:"name"`
	Topic    string      `json:"topic"`
	Words    string      `json:"words"`
	By       string      `json:"by"`
	At       model.Stamp `json:"at"`
}

// lessonVerb is about what demanding customers taught us.
func (a *app) lessonVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.lessonList(b) })
	topic := ""
	add := &cobra.Command{
		Use: "add CUSTOMER TEXT", Short: a.t("cli.lesson_add.short"), Long: a.t("cli.customer.long"), Args: a.args(2, 2),
		Example: `pasvorm lesson add "Petra Jansen" "…"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(args[0])
			if err != nil {
				return err
			}
			l := model.AddLesson{Customer: row.ID, Words: args[1]}
			if l.Topic, err = a.improvementTopic(topic); err != nil {
				return err
			}
			return a.doNoted(ctx, b, l, l.Words)
		}),
	}
	add.Flags().StringVar(&topic, "topic", "", a.t("cli.flag.improve_topic"))
	return a.group("lesson", a.t("cli.lesson.short"), list,
		&cobra.Command{Use: "list", Short: a.t("cli.lesson_list.short"), Args: a.args(0, 0), RunE: list}, add,
		&cobra.Command{Use: "remove LESSON", Short: a.t("cli.lesson_remove.short"), Long: a.t("cli.lesson_remove.long"), Args: a.args(1, 1),
			RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
				all, err := b.Lessons()
				if err != nil {
					return err
				}
				for n, l := range all {
					if args[0] == strconv.Itoa(n+1) || args[0] == l.Lesson.ID.String() {
						return a.do(ctx, b, model.RemoveLesson{Customer: l.Lesson.Customer, Lesson: l.Lesson.ID})
					}
				}
				return model.NotFound("error.lesson.gone").WithHint("cli.hint.lessons")
			})})
}

func (a *app) lessonList(b ui.Book) error {
	all, err := b.Lessons()
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(all))
	for n, l := range all {
		if a.json {
			if err := a.object(lessonJSON{Number: n + 1, ID: l.Lesson.ID, Customer: l.Lesson.Customer, Name: l.Name, Topic: l.Lesson.Topic,
				Words: l.Lesson.Words, By: l.By, At: l.Lesson.At}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{strconv.Itoa(n + 1), a.date(b, l.Lesson.At), kit.Clean(l.Name), kit.Clean(l.By), kit.Clean(l.Lesson.Words)})
	}
	if len(all) == 0 && !a.json {
		a.line(a.t("lessons.empty"))
	}
	a.rows(rows)
	return nil
}
