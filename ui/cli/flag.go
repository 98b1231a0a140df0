package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
)

// flagVerb asks a lead to look at a customer; flag clear ends it.
func (a *app) flagVerb() *cobra.Command {
	why := ""
	c := &cobra.Command{
		Use: "flag CUSTOMER", Short: a.t("cli.flag_verb.short"), Args: a.args(1, 1),
		Example: `pasvorm flag "Petra Jansen" --why "…"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(args[0])
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.RaiseFlag{Customer: row.ID, Reason: why}, why)
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	c.AddCommand(a.flagClearVerb())
	return c
}

func (a *app) flagClearVerb() *cobra.Command {
	why, which := "", 0
	c := &cobra.Command{
		Use: "clear CUSTOMER", Short: a.t("cli.flag_clear.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			flags := openFlags(d)
			switch {
			case len(flags) == 0 || which > len(flags) || which < 0:
				return model.NotFound("error.flag.gone").WithHint("cli.hint.show")
			case which == 0 && len(flags) > 1:
				err := model.NewError(model.KindAmbiguous, "cli.error.flags").WithHint("cli.hint.flag")
				a.printError(err)
				for i, f := range flags {
					_, _ = a.Err.Write([]byte("  " + strconv.Itoa(i+1) + ". " + a.say.Reason(f) + "\n"))
				}
				return errSaid{model.KindAmbiguous}
			}
			return a.doNoted(ctx, b, model.ClearFlag{Customer: d.Customer.ID, Flag: flags[max(0, which-1)].ID, Reason: why}, why)
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	c.Flags().IntVar(&which, "flag", 0, a.t("cli.flag.flag"))
	return c
}
