package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// proposal finds the proposed assessment of a customer, also one that is sent
// back and therefore no longer to be approved.
func (a *app) proposal(b ui.Book, text string) (*model.Detail, *model.Assessment, error) {
	d, err := a.detail(b, text)
	if err != nil {
		return nil, nil, err
	}
	n := d.Running()
	if n == nil {
		return nil, nil, model.NotFound("cli.error.no_proposal", "Customer", d.Customer.Name).WithHint("cli.hint.review")
	}
	return d, n, nil
}

func (a *app) approveVerb() *cobra.Command {
	why, typed := "", ""
	c := &cobra.Command{
		Use: "approve CUSTOMER", Short: a.t("cli.approve.short"), Long: a.t("cli.approve.long"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, n, err := a.proposal(b, args[0])
			if err != nil {
				return err
			}
			if n.Verdict == model.VerdictPart && n.State == model.FitProposed && typed == "" && a.Interactive {
				typed, err = newAsker(a.In, a.Err).ask(ctx, a.t("cli.approve.type", "Customer", kit.Clean(d.Customer.Name)))
				if err != nil {
					return err
				}
			}
			return a.do(ctx, b, model.Approve{Customer: d.Customer.ID, Assessment: n.ID, Reason: why, Typed: typed})
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&typed, "name", "", a.t("cli.flag.typed"))
	return c
}

func (a *app) returnVerb() *cobra.Command {
	question := ""
	c := &cobra.Command{
		Use: "return CUSTOMER", Short: a.t("cli.return.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, n, err := a.proposal(b, args[0])
			if err != nil {
				return err
			}
			return a.do(ctx, b, model.Return{Customer: d.Customer.ID, Assessment: n.ID, Question: question})
		}),
	}
	c.Flags().StringVar(&question, "ask", "", a.t("cli.flag.ask"))
	return c
}

func (a *app) otherwiseVerb() *cobra.Command {
	var why, what, who, by, cause, impact string
	c := &cobra.Command{
		Use: "otherwise CUSTOMER VERDICT", Short: a.t("cli.otherwise.short"), Long: a.t("cli.otherwise.long"), Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, n, err := a.proposal(b, args[0])
			if err != nil {
				return err
			}
			next := model.NextStep{What: what, Cause: cause, Impact: impact}
			if next.Impact == "" {
				next.Impact = n.Next.Impact
			}
			if next.Who, err = a.person(b, who); err != nil {
				return err
			}
			if next.By, err = a.dayOf(b, by); err != nil {
				return err
			}
			return a.do(ctx, b, model.Otherwise{Customer: d.Customer.ID, Assessment: n.ID, Verdict: a.verdictOf(args[1]), Next: next, Reason: why})
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&what, "what", "", a.t("cli.flag.what"))
	c.Flags().StringVar(&who, "who", "", a.t("cli.flag.who"))
	c.Flags().StringVar(&by, "by", "", a.t("cli.flag.by"))
	c.Flags().StringVar(&cause, "cause", "", a.t("cli.flag.next_cause"))
	c.Flags().StringVar(&impact, "impact", "", a.t("cli.flag.impact"))
	return c
}

// verdictOf reads a verdict by its key or its name; the model refuses what is
// none.
func (a *app) verdictOf(s string) model.Verdict {
	for _, v := range model.FitVerdicts() {
		if strings.EqualFold(s, string(v)) || strings.EqualFold(s, a.say.Verdict(v)) {
			return v
		}
	}
	return model.Verdict(s)
}

// ruleVerb is a lead's answer to a contest.
func (a *app) ruleVerb(verb, short string, uphold bool) *cobra.Command {
	return a.onSighting(verb+" CUSTOMER TRAIT", short, "", true, func(c, s model.ID, why string) model.Action {
		return model.RuleContest{Customer: c, Sighting: s, Uphold: uphold, Reason: why}
	})
}

func (a *app) dismissVerb() *cobra.Command {
	why := ""
	c := &cobra.Command{
		Use: "dismiss CUSTOMER", Short: a.t("cli.dismiss.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, cases, err := a.cases(b, args[0], model.CaseDouble)
			if err != nil {
				return err
			}
			if len(cases) == 0 {
				return model.NotFound("cli.error.no_case", "Customer", row.Name).WithHint("cli.hint.review")
			}
			for _, c := range cases {
				if err := a.do(ctx, b, model.DismissDouble{Double: c.ID, Reason: why}); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	return c
}
