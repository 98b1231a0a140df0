package cli

import (
	"context"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
)

// exportVerb writes all customers, or those that a query finds, to standard
// output or a file.
func (a *app) exportVerb() *cobra.Command {
	out, view, csv, force := "", "", false, false
	c := &cobra.Command{
		Use: "export [QUERY]", Short: a.t("cli.export.short"), Long: a.t("cli.export.long"), Args: a.args(0, -1),
		Example: "pasvorm export --csv --out customers.csv\npasvorm export town:zeist is:overdue --json",
	}
	run := a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		q, err := a.parse(b, args, view)
		if err != nil {
			return err
		}
		format := "json"
		if csv {
			format = "csv"
		}
		if out == "" || out == "-" {
			said := a.exporting(format)
			rep, err := b.Export(ctx, said, q.String(), format)
			if err == nil {
				said.end(rep.Customers)
				a.exportCapped(rep)
			}
			return err
		}
		return a.exportTo(ctx, b, q.String(), out, format, force)
	})
	c.RunE = func(c *cobra.Command, args []string) error {
		if csv == a.json {
			return a.usage("cli.error.format")
		}
		if err := a.writable(out); err != nil {
			return err
		}
		return run(c, args)
	}
	c.Flags().StringVar(&out, "out", "", a.t("cli.flag.out"))
	c.Flags().StringVar(&view, "view", "", a.t("cli.flag.view"))
	c.Flags().BoolVar(&csv, "csv", false, a.t("cli.flag.csv"))
	c.Flags().BoolVar(&force, "force", false, a.t("cli.flag.force"))
	return c
}

// exportTo writes into a file.
func (a *app) exportTo(ctx context.Context, b ui.Book, filter, out, format string, force bool) error {
	var rep model.ExportReport
	err := a.replace(out, force, func(w io.Writer) (err error) {
		rep, err = b.Export(ctx, w, filter, format)
		return err
	})
	if err != nil {
		return err
	}
	_, _ = io.WriteString(a.Err, a.tx.N("cli.export.done", rep.Customers, "File", filepath.Base(out))+"\n")
	a.exportCapped(rep)
	return nil
}

// exportCapped says that words found the nearest names alone: an export that
// lacks somebody must not look whole.
func (a *app) exportCapped(rep model.ExportReport) {
	if rep.Capped {
		_, _ = io.WriteString(a.Err, a.t("cli.export.capped")+"\n")
	}
}
