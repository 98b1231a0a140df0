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
	limit := 0
	c := &cobra.Command{
		Use: "find TEXT", Short: a.t("cli.find.short"), Long: a.t("cli.find.long"), Args: a.args(1, -1),
		Example: "pasvorm find petra jansen\npasvorm find 030-0550101 --json",
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			return a.find(b, strings.Join(args, " "), limit)
		}),
	}
	c.Flags().IntVar(&limit, "limit", 50, a.t("cli.flag.limit"))
	return c
}

func (a *app) find(b ui.Book, filter string, limit int) error {
	p, err := b.Page(model.PageRequest{Filter: filter, Dir: model.PageFirst, N: max(1, limit)})
	if err != nil {
		return err
	}
	// A number or an id is no filter on words, and still names a customer.
	if len(p.Rows) == 0 {
		if p.Rows, err = b.Candidates(filter, max(1, limit)); err != nil {
			return err
		}
		p.Found = len(p.Rows)
	}
	if a.json {
		for _, r := range p.Rows {
			if err := a.object(rowOf(r)); err != nil {
				return err
			}
		}
		return nil
	}
	rows := make([][]string, 0, len(p.Rows))
	for _, r := range p.Rows {
		rows = append(rows, a.rowCells(r))
	}
	a.rows(rows)
	a.line(a.tx.N("cli.find.count", p.Found, "Total", a.tx.Int(p.Total)))
	if len(p.Rows) < p.Found || p.Capped {
		a.line(a.t("cli.find.more", "Shown", a.tx.Int(len(p.Rows))))
	}
	return nil
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
