package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// showVerb prints the present state of a customer; history is in the journal.
func (a *app) showVerb() *cobra.Command {
	return &cobra.Command{
		Use: "show CUSTOMER", Short: a.t("cli.show.short"), Long: a.t("cli.customer.long"), Args: a.args(1, -1),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			more, err := a.dealings(b)
			if err != nil {
				return err
			}
			if a.json {
				out := a.customerOf(b, d)
				out.dealingsJSON = more.json(a, b, d)
				return a.object(out)
			}
			a.printHead(b, d)
			more.printNow(a, b, d)
			a.printRest(b, d)
			more.printRest(a, b, d)
			return nil
		}),
	}
}

// detail finds the one customer that a text means.
func (a *app) detail(b ui.Desk, text string) (*model.Detail, error) {
	row, err := b.Resolve(text)
	if err != nil {
		return nil, err
	}
	return b.Customer(row.ID)
}

// customerOf gives a customer as JSON.
func (a *app) customerOf(b ui.Desk, d *model.Detail) customerJSON {
	c := d.Customer
	out := customerJSON{rowJSON: rowOf(model.Row{ID: c.ID, Name: c.Name, Number: c.Number, Town: c.Town, Kind: c.Kind,
		Relation: c.Relation, Owner: d.Owner, Standing: d.Standing}), Large: d.Large, Formerly: model.SplitNumbers(c.Formerly), Fields: model.FieldValues(c),
		Sightings: []sightingJSON{}, Flags: []flagJSON{}, Assessments: []assessmentJSON{}}
	now := model.StampOf(b.Now())
	for _, n := range numbered(d) {
		s := n.Sighting
		g := sightingJSON{ID: s.ID, Trait: s.Trait, Number: n.number, Signal: s.Signal, Words: s.Words, Step: s.Step,
			Cause: s.Cause, On: s.On, By: d.People[s.By], Lapses: s.Lapses, Live: s.Live(now), Serious: s.Serious,
			AimedAt: d.People[s.AimedAt], Contested: ruling(s.Contested, d.People), Confirmed: ruling(s.Confirmed, d.People)}
		for _, w := range s.Witnesses {
			g.Witnesses = append(g.Witnesses, d.People[w])
		}
		out.Sightings = append(out.Sightings, g)
	}
	for _, f := range openFlags(d) {
		out.Flags = append(out.Flags, flagJSON{ID: f.ID, Reason: f.Reason, Words: f.Words, By: d.People[f.By], At: f.At, Step: f.Step})
	}
	for _, n := range []*model.Assessment{d.Running(), d.Settled()} {
		if n != nil {
			out.Assessments = append(out.Assessments, assessmentOf(n, d.People))
		}
	}
	return out
}

// sighting is one with its number among those of its trait.
type sighting struct {
	*model.Sighting
	number int
}

// numbered numbers the sightings of each trait that were not withdrawn, newest
// first: the numbers that show prints and --sighting takes.
func numbered(d *model.Detail) []sighting {
	var out []sighting
	for _, t := range model.Traits() {
		n := 0
		for _, s := range d.Sightings {
			if s.Trait == t && s.Withdrawn == nil {
				n++
				out = append(out, sighting{s, n})
			}
		}
	}
	return out
}

func openFlags(d *model.Detail) []*model.Flag {
	var out []*model.Flag
	for _, f := range d.Flags {
		if f.Cleared == nil {
			out = append(out, f)
		}
	}
	return out
}

func (a *app) printDetail(b ui.Desk, d *model.Detail) {
	a.printHead(b, d)
	a.printRest(b, d)
}

// printHead says who it is, and what a lead is to look at.
func (a *app) printHead(b ui.Desk, d *model.Detail) {
	c := d.Customer
	large := ""
	if d.Large {
		large = a.t("cli.large")
	}
	owner := ""
	if d.Owner != "" {
		owner = a.t("cli.show.owner", "Person", kit.Clean(d.Owner))
	}
	a.line(list(" · ", kit.Clean(c.Name), kit.Clean(c.Number), kit.Clean(c.Town), a.say.Kind(c.Kind),
		a.say.Relation(c.Relation), large, owner))
	a.line(a.t("cli.show.id", "ID", c.ID.String()))
	if c.Formerly != "" {
		a.line(a.t("customer.formerly", "Numbers", kit.Clean(c.Formerly)))
	}
	for _, f := range openFlags(d) {
		a.line(a.t("cli.show.flag", "Why", a.say.Reason(f), "Date", a.date(b, f.At), "Person", name(d.People, f.By)))
	}
}

// printRest prints the card, the traits and the fit.
func (a *app) printRest(b ui.Desk, d *model.Detail) {
	a.printFields(d)
	a.printTraits(b, d)
	a.printFit(b, d)
}

// printFields prints the card and the agreement: what holds something.
func (a *app) printFields(d *model.Detail) {
	var rows [][]string
	for _, f := range model.Fields() {
		v := f.Get(d.Customer)
		switch f.ID {
		case "name", "number", "town", "kind", "relation", "owner":
			continue
		}
		if v != "" {
			rows = append(rows, []string{a.say.FieldLabel(f.ID), a.say.FieldValue(f.ID, strings.Join(strings.Fields(v), " "))})
		}
	}
	if len(rows) > 0 {
		a.line("")
		a.rows(rows)
	}
}

func (a *app) printTraits(b ui.Desk, d *model.Detail) {
	all := numbered(d)
	if len(all) == 0 {
		return
	}
	a.line("")
	if d.Standing.Step > 0 {
		a.line(a.t("cli.show.step", "Step", d.Standing.Step, "Name", a.say.Step(d.Standing.Step)))
	}
	now := model.StampOf(b.Now())
	last := model.Trait("")
	for _, s := range all {
		if s.Trait != last {
			last = s.Trait
			a.line(a.t("cli.show.trait", "Number", s.Trait.Number(), "Trait", a.say.Trait(s.Trait)))
		}
		a.line("  " + a.sightingLine(b, d, s, now))
		if label, approach := a.say.Cause(s.Trait, s.Cause); s.Cause != "" {
			a.line("     " + a.t("cli.show.cause", "Cause", label, "Approach", approach))
		}
	}
}

// sightingLine words a sighting with its number.
func (a *app) sightingLine(b ui.Desk, d *model.Detail, s sighting, now model.Stamp) string {
	said := a.say.Signal(s.Sighting)
	if s.Signal != "" && s.Words != "" {
		said += ": " + kit.Clean(s.Words)
	}
	state := a.t("cli.sighting.lapses", "Date", a.date(b, s.Lapses))
	switch {
	case s.Frozen():
		state = a.t("cli.sighting.contested", "Person", name(d.People, s.Contested.By), "Why", kit.Clean(s.Contested.Reason))
	case s.Lapses <= now:
		state = a.t("cli.sighting.lapsed", "Date", a.date(b, s.Lapses))
	}
	serious := ""
	if s.Serious {
		serious = a.t("cli.sighting.serious")
	}
	return a.t("cli.sighting", "Number", s.number, "Date", a.date(b, s.On), "Said", said, "Step", s.Step,
		"Person", name(d.People, s.By), "State", list(" · ", serious, state))
}

func (a *app) printFit(b ui.Desk, d *model.Detail) {
	if n := d.Settled(); n != nil {
		a.line("")
		a.line(a.t("cli.show.settled", "Verdict", a.say.Verdict(n.Verdict), "Rule", string(n.Rule), "Date", a.date(b, n.Settled.At),
			"Person", name(d.People, n.Settled.By)))
		a.printNext(b, d, n)
	}
	if n := d.Running(); n != nil {
		a.line("")
		a.line(a.running(n))
		if n.State == model.FitProposed {
			a.printNext(b, d, n)
		}
	}
}

// running words how far a running assessment is.
func (a *app) running(n *model.Assessment) string {
	done := len(model.FitKeys()) - len(n.Answers.Open())
	switch n.State {
	case model.FitProposed:
		return a.t("cli.fit.waits", "Verdict", a.say.Verdict(n.Verdict), "Rule", string(n.Rule))
	case model.FitReturned:
		return a.t("cli.fit.returned", "Question", kit.Clean(n.Returned.Reason))
	}
	return a.t("cli.fit.open", "Done", done, "All", len(model.FitKeys()))
}
