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

// findVerb lists customers by what one hears.
func (a *app) findVerb() *cobra.Command {
	limit, view := 0, ""
	batch, keystrokes := false, false
	var c *cobra.Command
	run := a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		if batch {
			if !c.Flags().Changed("limit") {
				limit = batchLimit
			}
			return a.findBatch(ctx, b, limit, keystrokes)
		}
		q, err := a.parse(b, args, view)
		if err != nil {
			return err
		}
		if err := a.prepare(ctx, b); err != nil {
			return err
		}
		return a.find(b, q, limit)
	})
	c = &cobra.Command{
		Use: "find QUERY", Short: a.t("cli.find.short"), Long: a.t("cli.find.long") + "\n\n" + a.explainQuery(), Args: a.args(0, -1),
		Example: "pasvorm find petra jansen\npasvorm find 030-0550101 --json\npasvorm find jansen town:utrecht 'due:<fri' sort:-due",
		RunE: func(c *cobra.Command, args []string) error {
			named := len(args) > 0 || view != ""
			switch batch = batch || keystrokes; {
			case limit < 1:
				return a.usage("cli.find.limit")
			case batch && named:
				return a.usage("cli.find.batch.alone")
			case !batch && !named:
				return a.usage("cli.find.nothing")
			}
			return run(c, args)
		},
	}
	c.Flags().IntVar(&limit, "limit", 50, a.t("cli.flag.limit"))
	c.Flags().BoolVar(&batch, "batch", false, a.t("cli.flag.find_batch"))
	c.Flags().BoolVar(&keystrokes, "keystrokes", false, a.t("cli.flag.find_keystrokes"))
	c.Flags().StringVar(&view, "view", "", a.t("cli.flag.view"))
	return c
}

func (a *app) find(b ui.Book, q model.Query, limit int) error {
	p, err := b.Page(model.PageRequest{Filter: q.String(), Dir: model.PageFirst, N: limit, Wait: true})
	if err != nil {
		return err
	}
	// A number or an id is no filter on words, and still names a customer.
	if len(p.Rows) == 0 && len(q.Terms) == 0 && q.Text != "" {
		if p.Rows, err = b.Candidates(q.Text, limit); err != nil {
			return err
		}
		p.Found = len(p.Rows)
	}
	if a.json {
		for _, r := range p.Rows {
			if err := a.object(foundOf(r)); err != nil {
				return err
			}
		}
		return nil
	}
	rows := make([][]string, 0, len(p.Rows))
	for _, r := range p.Rows {
		same := ""
		if r.Same > 1 {
			same = a.tx.N("cli.find.same", r.Same)
		}
		rows = append(rows, append(a.rowCells(r), same, a.foundIn(r)))
	}
	a.rows(rows)
	a.line(a.tx.N("cli.find.count", p.Found, "Total", a.tx.Int(p.Total)))
	if p.Partly && q.Text != "" {
		a.line(a.t("cli.find.partly"))
	}
	if len(p.Rows) < p.Found || p.Capped {
		a.line(a.t("cli.find.more", "Shown", a.tx.Int(len(p.Rows))))
	}
	return nil
}

// foundIn words why a customer was found where neither name nor town tells it.
func (a *app) foundIn(r model.Row) string {
	for _, m := range r.Matches {
		switch m.Field {
		case model.FoundPhone, model.FoundMail, model.FoundPostcode, model.FoundStory:
			return list(": ", a.t("query.found."+string(m.Field)), kit.Clean(m.Text))
		case model.FoundName, model.FoundTown, model.FoundNumber:
		}
	}
	return ""
}

// rowCells gives a customer as cells of a line.
func (a *app) rowCells(r model.Row) []string {
	step := ""
	if r.Standing.Step > 0 {
		step = a.t("cli.step", "Step", r.Standing.Step)
	}
	flagged := ""
	if r.Standing.Flagged {
		flagged = a.t("cli.flagged")
	}
	return []string{kit.Clean(r.Number), kit.Clean(r.Name), kit.Clean(r.Town), a.say.Kind(r.Kind),
		a.traitWords(r.Standing), step, a.fitWords(r.Standing), flagged, kit.Clean(r.Owner)}
}

// traitWords names the traits that show, in words: no digit stands for one.
func (a *app) traitWords(s model.Standing) string {
	var out []string
	for i, t := range model.Traits() {
		if n := s.Traits[i]; n > 0 {
			out = append(out, a.say.TraitShort(t)+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(out, ", ")
}

// fitWords words how far the assessment is.
func (a *app) fitWords(s model.Standing) string {
	switch s.Fit {
	case "", model.FitDropped:
		return ""
	case model.FitSettled:
		return a.say.Verdict(s.Verdict) + " (" + string(s.Rule) + ")"
	case model.FitProposed:
		return a.t("cli.fit.proposed", "Verdict", a.say.Verdict(s.Verdict))
	}
	return a.say.State(s.Fit)
}
