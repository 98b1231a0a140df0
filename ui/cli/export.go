package cli

import (
	"context"
	"errors"
	"io"
	"os"
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
			rep, err := b.Export(ctx, a.Out, q.String(), format)
			if err == nil {
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
		return run(c, args)
	}
	c.Flags().StringVar(&out, "out", "", a.t("cli.flag.out"))
	c.Flags().StringVar(&view, "view", "", a.t("cli.flag.view"))
	c.Flags().BoolVar(&csv, "csv", false, a.t("cli.flag.csv"))
	c.Flags().BoolVar(&force, "force", false, a.t("cli.flag.force"))
	return c
}

// exportTo writes into a file beside and puts it in its place when it is whole.
// It is for its owner's eyes: it holds customers.
func (a *app) exportTo(ctx context.Context, b ui.Book, filter, out, format string, force bool) (err error) {
	if _, e := os.Lstat(out); e == nil && !force {
		return a.fileError(out, os.ErrExist)
	}
	f, err := os.CreateTemp(filepath.Dir(out), ".pasvorm-export-*") // made with mode 0600
	if err != nil {
		return a.fileError(out, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	rep, err := b.Export(ctx, io.Writer(f), filter, format)
	if err != nil {
		return err
	}
	if err = errors.Join(f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), out)
	}
	if err != nil {
		return a.fileError(out, err)
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
