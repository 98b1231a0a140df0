package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// mostMonths is how far back --months reaches, as its help says.
const mostMonths = 36

// thermometerVerb reads the measures.
func (a *app) thermometerVerb() *cobra.Command {
	months, topic := 12, ""
	c := &cobra.Command{
		Use: "thermometer", Short: a.t("cli.thermometer.short"), Long: a.t("cli.thermometer.long"), Args: a.args(0, 0),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
			if err := a.monthsBack(months); err != nil {
				return err
			}
			req := model.ThermometerRequest{Months: months}
			if topic != "" {
				t, ok := model.ParseTopic(&a.say.Play.Desk, topic)
				if !ok {
					return model.Invalid("cli.error.topic", "Text", topic).WithHint("cli.hint.topics")
				}
				req.Topic = t.ID
			}
			t, err := b.Thermometer(ctx, req, nil)
			if err != nil {
				return err
			}
			if a.json {
				return a.object(thermometerOf(&t))
			}
			a.printThermometer(&t)
			return nil
		}),
	}
	c.Flags().IntVar(&months, "months", 12, a.t("cli.flag.months"))
	c.Flags().StringVar(&topic, "topic", "", a.t("cli.flag.of_topic"))
	return c
}

// monthsBack refuses a number of months that no page shows.
func (a *app) monthsBack(n int) error {
	if n < 1 || n > mostMonths {
		return a.usage("cli.error.flag_bad", "Flag", "--months", "Value", a.tx.Int(n))
	}
	return nil
}

func (a *app) printThermometer(t *model.Thermometer) {
	contacts := a.tx.N("thermometer.contacts", int(t.Total[model.CountContacts]))
	a.line(a.tx.T("thermometer.period", "From", string(t.From), "Until", string(t.Until)) + " · " +
		a.tx.N("thermometer.behind", int(t.Behind[model.CountContacts]), "Contacts", contacts))
	if t.Total.Zero() {
		a.line(a.t("thermometer.empty"))
		return
	}
	rows := make([][]string, 0, len(model.Gauges()))
	for _, g := range model.Gauges() {
		drift, better := a.say.Drift(&g, &t.Then, &t.Now)
		switch {
		case drift == "":
		case better > 0:
			drift += " " + a.t("thermometer.drift.better")
		case better < 0:
			drift += " " + a.t("thermometer.drift.worse")
		}
		of := ""
		if n := g.Of(&t.Total); n > 0 {
			of = a.tx.N("thermometer.of", int(n)) + " · " + a.tx.N("thermometer.customers", int(g.Customers(&t.Behind)))
		}
		rows = append(rows, []string{a.say.Gauge(&g), a.say.Reading(&g, &t.Total), drift, of})
	}
	a.rows(rows)
	if t.Pending > 0 {
		a.line(a.tx.N("thermometer.pending", t.Pending))
	}
	if t.Silent > 0 {
		a.line(a.tx.N("thermometer.silent", t.Silent))
	}
}

// mirrorVerb shows our own procedures.
func (a *app) mirrorVerb() *cobra.Command {
	months := 12
	c := &cobra.Command{
		Use: "mirror", Short: a.t("cli.mirror.short"), Args: a.args(0, 0),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
			if err := a.monthsBack(months); err != nil {
				return err
			}
			m, err := b.Mirror(ctx, months, nil)
			if err != nil {
				return err
			}
			if a.json {
				return a.object(mirrorOf(&m))
			}
			n := a.tx.Int(months)
			if len(m.Procedures)+len(m.Topics) == 0 {
				a.line(a.t("mirror.empty", "Count", n))
				return nil
			}
			var rows [][]string
			for _, p := range m.Procedures {
				rows = append(rows, []string{kit.Clean(p.Standard.Name), a.tx.N("mirror.detail", int(p.Tally[model.CountAsked]),
					"Customers", a.tx.N("thermometer.customers", int(p.Behind[model.CountAsked])), "Granted", a.tx.Int(int(p.Tally[model.CountGranted])),
					"Refused", a.tx.Int(int(p.Tally[model.CountRefused])))})
			}
			for _, t := range m.Topics {
				customers := max(t.Behind[model.CountAnnoyances], t.Behind[model.CountRefused], t.Behind[model.CountFailed])
				rows = append(rows, []string{a.say.Topic(t.Key), a.t("mirror.topic", "Annoyances", a.tx.N("mirror.times", int(t.Tally[model.CountAnnoyances])),
					"Refused", a.tx.Int(int(t.Tally[model.CountRefused])), "Failed", a.tx.N("mirror.times", int(t.Tally[model.CountFailed])),
					"Customers", a.tx.N("thermometer.customers", int(customers)))})
			}
			a.rows(rows)
			return nil
		}),
	}
	c.Flags().IntVar(&months, "months", 12, a.t("cli.flag.months"))
	return c
}

// silentVerb lists customers whom service failed and who did not say so.
func (a *app) silentVerb() *cobra.Command {
	months := 12
	c := &cobra.Command{
		Use: "silent", Short: a.t("cli.silent.short"), Args: a.args(0, 0),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
			if err := a.monthsBack(months); err != nil {
				return err
			}
			all, err := b.Silent(ctx, months)
			if err != nil {
				return err
			}
			if a.json {
				for i := range all {
					if err := a.object(silentOf(&all[i])); err != nil {
						return err
					}
				}
				return nil
			}
			if len(all) == 0 {
				a.line(a.t("silent.empty", "Count", a.tx.Int(months)))
				return nil
			}
			rows := make([][]string, 0, len(all))
			for i := range all {
				mark, _ := all[i].Survey.Score()
				rows = append(rows, []string{kit.Clean(all[i].Name), a.t("silent.mark", "Mark", a.tx.Int(mark)),
					string(all[i].Survey.Day), a.tx.N("silent.failed", all[i].Times), strings.TrimSpace(kit.Clean(all[i].Survey.Better))})
			}
			a.rows(rows)
			return nil
		}),
	}
	c.Flags().IntVar(&months, "months", 12, a.t("cli.flag.months"))
	return c
}
