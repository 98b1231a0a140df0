package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// holder words who is at a case and until when; "" for nobody.
func (a *app) holder(b clock, c model.Case) string {
	if c.Reviewer == "" {
		return ""
	}
	until := c.Until.Time().In(b.Now().Location()).Format("15:04")
	if c.ReviewerIs {
		return a.t("review.held.you", "Time", until)
	}
	return a.t("review.held", "Person", kit.Clean(c.Reviewer), "Time", until)
}

// takeVerb keeps the cases of a customer for who looks at them.
func (a *app) takeVerb() *cobra.Command {
	over := false
	c := &cobra.Command{
		Use: "take CUSTOMER", Short: a.t("cli.take.short"), Long: a.t("cli.take.long"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error { return a.take(ctx, b, args[0], over) }),
	}
	c.Flags().BoolVar(&over, "over", false, a.t("cli.flag.over"))
	return c
}

// take takes what can be taken: of several cases one may be for another to
// decide.
func (a *app) take(ctx context.Context, b ui.Book, text string, over bool) error {
	row, cases, err := a.cases(b, text, "")
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return model.NotFound("cli.error.no_case", "Customer", row.Name).WithHint("cli.hint.review")
	}
	taken := map[model.ID]bool{}
	var refused []error
	for _, c := range cases {
		if _, err := b.Do(ctx, model.TakeCase{Kind: c.Kind, Case: c.ID, Customer: c.Customer, Over: over}); err != nil {
			refused = append(refused, err)
			continue
		}
		taken[c.ID] = true
	}
	if len(taken) == 0 {
		return errors.Join(refused...)
	}
	return a.sayCases(b, row.ID, func(c model.Case) bool { return taken[c.ID] }, refused)
}

// sayCases prints the cases of a customer as they stand now, and what was
// refused.
func (a *app) sayCases(b ui.Book, customer model.ID, of func(model.Case) bool, refused []error) error {
	q, err := b.Review()
	if err != nil {
		return err
	}
	for i, c := range q.Cases {
		switch {
		case c.Customer != customer || !of(c):
		case a.json:
			if err := a.object(a.caseOf(b, i, c)); err != nil {
				return err
			}
		default:
			a.line(list(" · ", a.say.Case(c.Kind)+": "+kit.Clean(c.Name), or(a.holder(b, c), a.t("cli.review.free"))))
		}
	}
	for _, err := range refused {
		if !a.json {
			a.line("! " + a.say.Error(err))
		}
	}
	return nil
}

// releaseVerb gives the cases of a customer back to the queue.
func (a *app) releaseVerb() *cobra.Command {
	return &cobra.Command{
		Use: "release CUSTOMER", Short: a.t("cli.release.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, cases, err := a.cases(b, args[0], "")
			if err != nil {
				return err
			}
			given := map[model.ID]bool{}
			var of model.Case // a colleague's
			for _, c := range cases {
				switch {
				case c.ReviewerIs:
					if _, err := b.Do(ctx, model.ReleaseCase{Case: c.ID}); err != nil {
						return err
					}
					given[c.ID] = true
				case c.Reviewer != "":
					of = c
				}
			}
			switch {
			case len(given) > 0:
				return a.sayCases(b, row.ID, func(c model.Case) bool { return given[c.ID] }, nil)
			case of.Reviewer != "":
				return model.HeldBy(of.Reviewer, of.Until.Time().In(b.Now().Location()))
			}
			return model.NotFound("cli.error.no_claim", "Customer", row.Name).WithHint("cli.hint.review")
		}),
	}
}
