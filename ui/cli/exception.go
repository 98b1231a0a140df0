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

// exceptionFlags are what an exception and the answer to it hold.
type exceptionFlags struct {
	of, asked, state, why, cost, pays, followed, lost, topic, on, which string
}

func (f *exceptionFlags) answer(a *app, c *cobra.Command) {
	c.Flags().StringVar(&f.state, "answer", "", a.t("cli.terms_flag.answer"))
	c.Flags().StringVar(&f.why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&f.cost, "cost", "", a.t("cli.terms_flag.cost"))
	c.Flags().StringVar(&f.pays, "pays", "", a.t("cli.flag.pays"))
	c.Flags().StringVar(&f.followed, "followed", "", a.t("cli.flag.followed"))
	c.Flags().StringVar(&f.lost, "lost", "", a.t("cli.flag.lost"))
}

// exceptionVerb notes exceptions that customers ask, and what became of them.
func (a *app) exceptionVerb() *cobra.Command {
	return a.group("exception", a.t("cli.exception.short"), func(c *cobra.Command, _ []string) error { return c.Help() },
		a.exceptionAdd(),
		&cobra.Command{Use: "list CUSTOMER", Short: a.t("cli.exception_list.short"), Args: a.args(1, 1),
			RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error { return a.exceptionList(b, args[0]) })},
		a.exceptionSettle(), a.exceptionWithdraw())
}

func (a *app) exceptionAdd() *cobra.Command {
	var f exceptionFlags
	c := &cobra.Command{
		Use: "add CUSTOMER", Short: a.t("cli.exception_add.short"), Long: a.t("cli.exception_add.long"), Args: a.args(1, 1),
		Example: `pasvorm exception add "Petra Jansen" --of "prepayment" --asked "…" --answer refused --why "…"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(args[0])
			if err != nil {
				return err
			}
			x := model.LogException{Customer: row.ID, Named: f.of, Words: f.asked, State: model.ExceptionState(f.state), Reason: f.why,
				Pays: model.Pays(f.pays), Followed: model.Followed(f.followed), Topic: f.topic}
			if f.topic != "" {
				t, ok := model.ParseTopic(&a.say.Play.Desk, f.topic)
				if !ok {
					return model.Invalid("cli.terms_error.topic", "Text", f.topic)
				}
				x.Topic = t.ID
			}
			if x.On, err = a.someDay(b, f.on); err != nil {
				return err
			}
			if x.Cost, err = a.money(f.cost); err != nil {
				return err
			}
			if x.Lost, err = a.money(f.lost); err != nil {
				return err
			}
			return a.doNoted(ctx, b, x, f.asked, f.why)
		}),
	}
	c.Flags().StringVar(&f.of, "of", "", a.t("cli.flag.of"))
	c.Flags().StringVar(&f.asked, "asked", "", a.t("cli.flag.asked"))
	f.answer(a, c)
	c.Flags().StringVar(&f.topic, "topic", "", a.t("cli.terms_flag.topic"))
	c.Flags().StringVar(&f.on, "on", "", a.t("cli.flag.on"))
	return c
}

// someDay reads a day; "" is none.
func (a *app) someDay(b ui.Desk, s string) (model.Day, error) {
	if s == "" {
		return "", nil
	}
	d, ok := kit.ParseDate(s, b.Now())
	if !ok {
		return "", model.Invalid("cli.error.date", "Text", s).WithHint("cli.hint.date")
	}
	return model.DayOf(d), nil
}

// money reads an amount in euros; "" is none.
func (a *app) money(s string) (int64, error) {
	n, ok := model.ParseMoney(s)
	if !ok {
		return 0, model.Invalid("cli.terms_error.money", "Text", s)
	}
	return n, nil
}

// exceptionJSON is one exception.
type exceptionJSON struct {
	ID        model.ID             `json:"id"`
	Number    int                  `json:"number"` // for --exception
	Standard  string               `json:"standard"`
	Words     string               `json:"words"`
	State     model.ExceptionState `json:"state"`
	Reason    string               `json:"reason"`
	Cost      int64                `json:"cost"` // cents
	Pays      model.Pays           `json:"pays"`
	Followed  model.Followed       `json:"followed"`
	Lost      int64                `json:"lost"` // cents
	Topic     string               `json:"topic"`
	Day       model.Day            `json:"day"`
	By        string               `json:"by"`
	Withdrawn *rulingJSON          `json:"withdrawn,omitempty"`
}

// standingExceptions are those that count, newest first; their places are the
// numbers of the list.
func standingExceptions(d *model.Detail) []*model.Exception {
	var out []*model.Exception
	for _, x := range d.Dealings.Exceptions {
		if x.Withdrawn == nil {
			out = append(out, x)
		}
	}
	return out
}

// standardNamed names a line of the register that the dealings mention.
func standardNamed(d *model.Detail, id model.ID) string {
	if s := d.Dealings.Standards[id]; s != nil {
		return s.Name
	}
	return ""
}

func exceptionOf(d *model.Detail, number int, x *model.Exception) exceptionJSON {
	return exceptionJSON{ID: x.ID, Number: number, Standard: standardNamed(d, x.Standard), Words: x.Words, State: x.State,
		Reason: x.Reason, Cost: x.Cost, Pays: x.Pays, Followed: x.Followed, Lost: x.Lost, Topic: x.Topic, Day: x.Day, By: d.People[x.By]}
}

func (a *app) exceptionList(b ui.Desk, text string) error {
	d, err := a.detail(b, text)
	if err != nil {
		return err
	}
	all := standingExceptions(d)
	for i, x := range all {
		if a.json {
			if err := a.object(exceptionOf(d, i+1, x)); err != nil {
				return err
			}
			continue
		}
		a.exceptionLines(b, d, i+1, x)
	}
	if len(all) == 0 && !a.json {
		a.line(a.t("cli.exception.none"))
	}
	return nil
}

func (a *app) exceptionLines(b ui.Desk, d *model.Detail, number int, x *model.Exception) {
	a.line(a.exceptionLine(b, d, number, x))
	cost, lost := "", ""
	if x.Cost > 0 {
		cost = a.t("exception.costs", "Money", a.tx.Money(x.Cost))
	}
	if x.Pays != model.PaysUnknown {
		cost = list(" · ", cost, a.t("exception.would."+string(x.Pays)))
	}
	if x.Followed != model.FollowedUnknown {
		lost = "→ " + a.t("exception.followed."+string(x.Followed))
		if x.Lost > 0 {
			lost += " (" + a.tx.Money(x.Lost) + ")"
		}
	}
	a.line("     " + list(" · ", name(d.People, x.By), kit.Clean(x.Reason), cost, lost, a.say.Topic(x.Topic)))
}

func (a *app) exceptionLine(b ui.Desk, d *model.Detail, number int, x *model.Exception) string {
	return a.t("cli.exception.line", "Number", number, "Date", a.day(b, x.Day), "State", a.t("exception.state."+string(x.State)),
		"Standard", kit.Clean(standardNamed(d, x.Standard)), "Words", strings.Join(strings.Fields(kit.CleanLines(x.Words)), " "))
}

// anException finds the one that is meant: by its number or id, or the only one.
// With several it lists them.
func (a *app) anException(b ui.Desk, d *model.Detail, which string) (*model.Exception, error) {
	all := standingExceptions(d)
	for i, x := range all {
		if which == strconv.Itoa(i+1) || which == x.ID.String() {
			return x, nil
		}
	}
	switch {
	case which != "" || len(all) == 0:
		return nil, model.NotFound("error.exception.gone")
	case len(all) == 1:
		return all[0], nil
	}
	a.printError(model.NewError(model.KindAmbiguous, "cli.error.exceptions").WithHint("cli.hint.exception"))
	if !a.json {
		for i, x := range all {
			_, _ = a.Err.Write([]byte("  " + a.exceptionLine(b, d, i+1, x) + "\n"))
		}
	}
	return nil, errSaid{model.KindAmbiguous}
}

func (a *app) exceptionSettle() *cobra.Command {
	var f exceptionFlags
	c := &cobra.Command{Use: "settle CUSTOMER", Short: a.t("cli.exception_settle.short"), Long: a.t("cli.exception_settle.long"), Args: a.args(1, 1)}
	c.RunE = a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		d, err := a.detail(b, args[0])
		if err != nil {
			return err
		}
		x, err := a.anException(b, d, f.which)
		if err != nil {
			return err
		}
		s := model.SettleException{Customer: x.Customer, Exception: x.ID, State: x.State, Reason: x.Reason, Cost: x.Cost, Pays: x.Pays,
			Followed: x.Followed, Lost: x.Lost}
		given := c.Flags().Changed
		if given("answer") {
			s.State = model.ExceptionState(f.state)
		}
		if given("why") {
			s.Reason = f.why
		}
		if given("pays") {
			s.Pays = model.Pays(f.pays)
		}
		if given("followed") {
			s.Followed = model.Followed(f.followed)
		}
		if given("cost") {
			if s.Cost, err = a.money(f.cost); err != nil {
				return err
			}
		}
		if given("lost") {
			if s.Lost, err = a.money(f.lost); err != nil {
				return err
			}
		}
		return a.doNoted(ctx, b, s, f.why)
	})
	f.answer(a, c)
	c.Flags().StringVar(&f.which, "exception", "", a.t("cli.flag.exception"))
	return c
}

func (a *app) exceptionWithdraw() *cobra.Command {
	var f exceptionFlags
	c := &cobra.Command{Use: "withdraw CUSTOMER", Short: a.t("cli.exception_withdraw.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			x, err := a.anException(b, d, f.which)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.WithdrawException{Customer: x.Customer, Exception: x.ID, Reason: f.why}, f.why)
		})}
	c.Flags().StringVar(&f.why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&f.which, "exception", "", a.t("cli.flag.exception"))
	return c
}
