package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// reviewVerb is the lead's queue.
func (a *app) reviewVerb() *cobra.Command {
	listRun := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.reviewList(b) })
	return a.group("review", a.t("cli.review.short"), listRun,
		&cobra.Command{Use: "list", Short: a.t("cli.review_list.short"), Args: a.args(0, 0), RunE: listRun},
		&cobra.Command{Use: "show CUSTOMER", Short: a.t("cli.review_show.short"), Args: a.args(1, 1),
			RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error { return a.reviewShow(b, args[0]) })},
		a.approveVerb(), a.returnVerb(), a.otherwiseVerb(), a.ruleVerb("stands", a.t("cli.review_stands.short"), true),
		a.ruleVerb("goes", a.t("cli.review_goes.short"), false), a.dismissVerb(), a.takeVerb(), a.releaseVerb())
}

// why words why a case is in the queue.
func (a *app) why(b ui.Desk, c model.Case) string {
	switch {
	case c.Flag != nil:
		return a.say.Reason(c.Flag)
	case c.Double != nil:
		return a.t("cli.why.double", "Other", kit.Clean(c.OtherName))
	case c.Sighting != nil:
		return a.t("cli.why.contest", "Trait", a.say.Trait(c.Sighting.Trait), "Why", kit.Clean(c.Sighting.Contested.Reason))
	case c.Assessment == nil:
		return ""
	}
	n := c.Assessment
	verdict := a.say.Verdict(n.Verdict) + " (" + string(n.Rule) + ")"
	switch c.Kind {
	case model.CaseReturned:
		return a.t("cli.why.returned", "Verdict", verdict, "Question", kit.Clean(n.Returned.Reason))
	case model.CaseDate:
		return a.t("cli.why.date", "Verdict", verdict, "Date", a.day(b, n.Due))
	}
	out := verdict
	for _, f := range n.Flags {
		out += " · " + a.say.Flag(f)
	}
	return out
}

func (a *app) blocked(c model.Case) string {
	if c.Blocked == nil {
		return ""
	}
	return a.say.Error(c.Blocked)
}

func (a *app) caseOf(b ui.Desk, i int, c model.Case) caseJSON {
	out := caseJSON{Number: i + 1, Kind: c.Kind, ID: c.ID, Customer: c.Customer, Name: c.Name, By: c.By, Since: c.Since,
		Step: c.Step, Why: a.why(b, c), Mine: c.Mine, Blocked: a.blocked(c), Reviewer: c.Reviewer, Until: c.Until}
	if c.Assessment != nil {
		out.Verdict, out.Rule = c.Assessment.Verdict, c.Assessment.Rule
	}
	return out
}

func (a *app) reviewList(b ui.Book) error {
	q, err := b.Review()
	if err != nil {
		return err
	}
	if a.json {
		for i, c := range q.Cases {
			if err := a.object(a.caseOf(b, i, c)); err != nil {
				return err
			}
		}
		return nil
	}
	now := b.Now()
	rows := make([][]string, 0, len(q.Cases))
	for i, c := range q.Cases {
		mark := ""
		switch {
		case c.Mine && c.Kind == model.CaseProposal:
			mark = a.t("cli.review.mine")
		case c.Blocked != nil:
			mark = a.t("cli.review.locked")
		}
		mark = list(" · ", mark, a.holder(b, c))
		rows = append(rows, []string{strconv.Itoa(i + 1), a.say.Case(c.Kind), kit.Clean(c.Name), a.why(b, c), kit.Clean(c.By),
			a.tx.Ago(c.Since.Time().In(now.Location()), now), mark})
	}
	a.rows(rows)
	total := 0
	for _, n := range q.Counts {
		total += n
	}
	a.line(a.tx.N("cli.review.count", total))
	return nil
}

// cases finds the cases of a customer in the queue.
func (a *app) cases(b ui.Book, text string, kind model.CaseKind) (model.Row, []model.Case, error) {
	row, err := b.Resolve(text)
	if err != nil {
		return row, nil, err
	}
	q, err := b.Review()
	var out []model.Case
	for _, c := range q.Cases {
		if c.Customer == row.ID && (kind == "" || c.Kind == kind) {
			out = append(out, c)
		}
	}
	return row, out, err
}

func (a *app) reviewShow(b ui.Book, text string) error {
	row, cases, err := a.cases(b, text, "")
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return model.NotFound("cli.error.no_case", "Customer", row.Name).WithHint("cli.hint.review")
	}
	d, err := b.Customer(row.ID)
	if err != nil {
		return err
	}
	if a.json {
		for i, c := range cases {
			if err := a.object(a.caseOf(b, i, c)); err != nil {
				return err
			}
		}
		return nil
	}
	for _, c := range cases {
		a.line(a.t("cli.review.case", "Kind", a.say.Case(c.Kind), "Why", a.why(b, c), "Person", kit.Clean(c.By), "Date", a.date(b, c.Since)))
		if n := c.Assessment; n != nil {
			a.printAnswers(n)
			a.printNext(b, d, n)
			if n.Proposed != nil && n.Proposed.Reason != "" {
				a.line("  " + a.t("cli.review.reason", "Why", kit.Clean(n.Proposed.Reason)))
			}
		}
		if s := a.blocked(c); s != "" {
			a.line("! " + s)
		}
		if s := a.holder(b, c); s != "" {
			a.line("! " + s)
		}
	}
	a.line("")
	a.printDetail(b, d)
	return nil
}

// printAnswers prints the answers with the facts noted beside them.
func (a *app) printAnswers(n *model.Assessment) {
	for _, k := range model.FitKeys() {
		if v := n.Answers[k]; v != "" {
			a.line("  " + list(" · ", a.say.Key(k)+": "+a.say.Answer(k, v), kit.Clean(n.Notes[k])))
		}
	}
}
