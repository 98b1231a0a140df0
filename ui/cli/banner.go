package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// bannerVerb sets the line that must not be missed, takes it away, or without
// either prints it.
func (a *app) bannerVerb() *cobra.Command {
	until, clears := "", false
	c := &cobra.Command{
		Use: "banner CUSTOMER [TEXT]", Short: a.t("cli.banner.short"), Args: a.args(1, -1),
		Example: `pasvorm banner 1001 "works nights: call after 16:00" --until 1-12`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			words := strings.TrimSpace(strings.Join(args[1:], " "))
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			was := ""
			if n := d.Dealings.Banner; n != nil {
				was = n.Words
			}
			switch {
			case clears && words != "":
				return a.usage("cli.error.both", "One", "--clear", "Other", a.t("cli.word.text"))
			case clears:
				return a.do(ctx, b, model.SetBanner{Customer: d.Customer.ID, Was: &was})
			case words == "":
				return a.printBanner(b, d)
			}
			day, err := a.dayAhead(b, until)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.SetBanner{Customer: d.Customer.ID, Words: words, Until: day, Was: &was}, words)
		}),
	}
	c.Flags().StringVar(&until, "until", "", a.t("cli.log.until"))
	c.Flags().BoolVar(&clears, "clear", false, a.t("cli.log.clear"))
	return c
}

func (a *app) printBanner(b ui.Desk, d *model.Detail) error {
	n := d.Dealings.Banner
	switch {
	case a.json && n == nil:
		return a.object(struct{}{})
	case a.json:
		return a.object(bannerJSON{Words: n.Words, Until: n.Until, By: d.People[n.By], At: n.At})
	case n == nil:
		a.line(a.t("cli.banner.none"))
	default:
		a.line(a.t("cli.story.banner", "Words", kit.Clean(n.Words), "Date", a.day(b, n.Until)))
	}
	return nil
}
