package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// promiseVerb notes promises, ours and theirs, and what became of them.
func (a *app) promiseVerb() *cobra.Command {
	var f promiseFlags
	listRun := a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		if len(args) == 1 {
			return a.promisesOf(b, args[0], f)
		}
		return a.promises(ctx, b, f)
	})
	listVerb := &cobra.Command{Use: "list [CUSTOMER]", Short: a.t("cli.promise.list.short"), Long: a.t("cli.promise.list.long"), Args: a.args(0, 1), RunE: listRun}
	listVerb.Flags().BoolVar(&f.open, "open", false, a.t("cli.flag.promise_open"))
	listVerb.Flags().BoolVar(&f.all, "all", false, a.t("cli.flag.promise_all"))
	f.limit = 200 // of the verb without a word too
	listVerb.Flags().IntVar(&f.limit, "limit", f.limit, a.t("cli.flag.promise_limit"))
	return a.group("promise", a.t("cli.promise.short"), listRun, a.promiseAddVerb(), listVerb,
		a.promiseCloseVerb("kept", model.PromiseKept, a.t("cli.promise.kept.short")),
		a.promiseCloseVerb("broken", model.PromiseBroken, a.t("cli.promise.broken.short")),
		a.promiseCloseVerb("drop", model.PromiseDropped, a.t("cli.promise.drop.short")),
		a.promiseMoveVerb())
}

// promiseFlags say which promises are listed.
type promiseFlags struct {
	open, all bool
	limit     int
}

func (a *app) promiseAddVerb() *cobra.Command {
	var due, who, topic string
	theirs := false
	c := &cobra.Command{
		Use: "add CUSTOMER WORDS", Short: a.t("cli.promise.add.short"), Long: a.t("cli.promise.add.long"), Args: a.args(2, 2),
		Example: "pasvorm promise add 1001 \"…\" --due thu\npasvorm promise add 1001 \"…\" --due 26-11 --theirs",
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(args[0])
			if err != nil {
				return err
			}
			m := model.MakePromise{Customer: row.ID, Side: model.Ours, Words: args[1], Topic: a.topicID(topic)}
			if theirs {
				m.Side = model.Theirs
			}
			if m.Due, err = a.dueDay(b, due); err != nil {
				return err
			}
			if m.Who, err = a.person(b, who); err != nil {
				return err
			}
			return a.doNoted(ctx, b, m, m.Words)
		}),
	}
	c.Flags().StringVar(&due, "due", "", a.t("cli.flag.due"))
	c.Flags().BoolVar(&theirs, "theirs", false, a.t("cli.flag.theirs"))
	c.Flags().StringVar(&who, "who", "", a.t("cli.flag.promise_who"))
	c.Flags().StringVar(&topic, "topic", "", a.t("cli.flag.promise_topic"))
	return c
}

// topicID gives the topic that a word means, the word itself where it is none:
// the book says so.
func (a *app) topicID(s string) string {
	if t, ok := model.ParseTopic(&a.say.Play.Desk, s); ok {
		return t.ID
	}
	return s
}

// dueDay reads a day; "" is none, which the book refuses where one is needed.
func (a *app) dueDay(b ui.Desk, s string) (model.Day, error) {
	if s == "" {
		return "", nil
	}
	d, ok := kit.ParseDate(s, b.Now())
	if !ok {
		return "", model.Invalid("cli.error.date", "Text", s).WithHint("cli.hint.date")
	}
	return model.DayOf(d), nil
}

func (a *app) promiseCloseVerb(use string, state model.PromiseState, short string) *cobra.Command {
	why, on := "", ""
	c := &cobra.Command{
		Use: use + " CUSTOMER NUMBER", Short: short, Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, p, err := a.promise(b, args)
			if err != nil {
				return err
			}
			day, err := a.dueDay(b, on)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.ClosePromise{Customer: d.Customer.ID, Promise: p.ID, State: state, Reason: why, On: day}, why)
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&on, "on", "", a.t("cli.flag.promise_on"))
	return c
}

func (a *app) promiseMoveVerb() *cobra.Command {
	why, to := "", ""
	c := &cobra.Command{
		Use: "move CUSTOMER NUMBER", Short: a.t("cli.promise.move.short"), Args: a.args(2, 2),
		Example: `pasvorm promise move 1001 1 --to fri --why "…"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, p, err := a.promise(b, args)
			if err != nil {
				return err
			}
			day, err := a.dueDay(b, to)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.MovePromise{Customer: d.Customer.ID, Promise: p.ID, To: day, Reason: why, From: p.Due}, why)
		}),
	}
	c.Flags().StringVar(&to, "to", "", a.t("cli.flag.promise_to"))
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	return c
}

// promise finds the promise that is meant, by its number in the list of the
// customer or by its id.
func (a *app) promise(b ui.Desk, args []string) (*model.Detail, *model.Promise, error) {
	d, err := a.detail(b, args[0])
	if err != nil {
		return nil, nil, err
	}
	numbers := promiseNumbers(d)
	for _, p := range d.Dealings.Promises {
		if args[1] == strconv.Itoa(numbers[p.ID]) || strings.EqualFold(args[1], p.ID.String()) {
			return d, p, nil
		}
	}
	return nil, nil, model.NotFound("cli.error.promise_number", "Text", args[1]).WithHint("cli.hint.promise")
}

// promiseNumbers numbers the promises of a customer in the order in which they
// were noted, so that a number goes on to mean the same one.
func promiseNumbers(d *model.Detail) map[model.ID]int {
	ids := make([]string, 0, len(d.Dealings.Promises))
	for _, p := range d.Dealings.Promises {
		ids = append(ids, string(p.Key()))
	}
	slices.Sort(ids)
	out := make(map[model.ID]int, len(ids))
	for _, p := range d.Dealings.Promises {
		at, _ := slices.BinarySearch(ids, string(p.Key()))
		out[p.ID] = at + 1
	}
	return out
}
