package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/report"
)

// pageFlags say where a page goes.
type pageFlags struct {
	html      string
	md, force bool
}

func (a *app) pageFlags(c *cobra.Command, f *pageFlags) *cobra.Command {
	c.Flags().StringVar(&f.html, "html", "", a.t("cli.report_flag.html"))
	c.Flags().BoolVar(&f.force, "force", false, a.t("cli.flag.force"))
	c.Flags().BoolVar(&f.md, "md", false, a.t("cli.report_flag.md"))
	return c
}

// reportVerb makes the pages that people take away.
func (a *app) reportVerb() *cobra.Command {
	return a.group("report", a.t("cli.report.short"), func(c *cobra.Command, _ []string) error { return c.Help() },
		a.reportFarewell(), a.reportWeek())
}

func (a *app) reportFarewell() *cobra.Command {
	var f pageFlags
	return a.pageFlags(&cobra.Command{Use: "farewell CUSTOMER", Short: a.t("cli.report_farewell.short"), Long: a.t("cli.report_farewell.long"), Args: a.args(1, 1),
		Example: `pasvorm report farewell "Hulst" --html hulst.html`,
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			me, err := b.Me()
			if err != nil {
				return err
			}
			in, ok := report.PartingOf(d, b.Now(), me.Name)
			if !ok {
				return model.NotFound("cli.error.report_none", "Customer", d.Customer.Name).WithHint("cli.hint.farewell")
			}
			return a.page(report.Farewell(a.say, in), f)
		})}, &f)
}

func (a *app) reportWeek() *cobra.Command {
	var f pageFlags
	until := ""
	c := a.pageFlags(&cobra.Command{Use: "week", Short: a.t("cli.report_week.short"), Long: a.t("cli.report_week.long"), Args: a.args(0, 0),
		Example: "pasvorm report week --html week.html",
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
			day, err := a.dayOf(b, until)
			if err != nil {
				return err
			}
			if day > model.DayOf(b.Now()) {
				return model.Invalid("error.date.future").WithHint("hint.date.past")
			}
			in, err := a.weekOf(ctx, b, day)
			if err != nil {
				return err
			}
			return a.page(report.Weekly(a.say, in), f)
		})}, &f)
	c.Flags().StringVar(&until, "until", "", a.t("cli.report_flag.until"))
	return c
}

// weekOf reads what the sheet of the week shows.
func (a *app) weekOf(ctx context.Context, b ui.Book, until model.Day) (report.Week, error) {
	in := report.Week{Now: b.Now()}
	for _, read := range []func() error{
		func() (err error) { in.Week, err = b.Week(ctx, until); return err },
		func() (err error) {
			in.Year, err = b.Thermometer(ctx, model.ThermometerRequest{Months: 12, Until: until}, nil)
			return err
		},
		func() (err error) { in.Today, err = b.Today(false); return err },
		func() (err error) { in.Mirror, err = b.Mirror(ctx, 12, nil); return err },
		func() (err error) { in.Improvements, err = b.Improvements(); return err },
		func() (err error) { in.Lessons, err = b.Lessons(); return err },
		func() (err error) { in.Queue, err = b.Review(); return err },
	} {
		if err := read(); err != nil {
			return in, err
		}
	}
	return in, nil
}

// page writes a page where it is wanted: Markdown to standard output unless
// HTML is asked for.
func (a *app) page(p *report.Page, f pageFlags) error {
	if err := a.writable(f.html); err != nil {
		return err
	}
	if f.html == "" || f.md {
		if _, err := io.WriteString(a.Out, p.Markdown()); err != nil {
			return err //nolint:wrapcheck // worded as a fault of writing
		}
	}
	if f.html == "" {
		return nil
	}
	html, err := p.HTML()
	if err != nil {
		return err
	}
	if f.html == "-" {
		_, err := io.WriteString(a.Out, html)
		return err //nolint:wrapcheck // worded as a fault of writing
	}
	if err := a.replace(f.html, f.force, func(w io.Writer) error {
		_, err := io.WriteString(w, html)
		return err //nolint:wrapcheck // worded as a fault of writing
	}); err != nil {
		return err
	}
	if a.json {
		return a.object(map[string]string{"file": f.html})
	}
	if !f.md {
		a.line(a.t("cli.report.written", "Path", kit.Clean(f.html)))
	}
	return nil
}
