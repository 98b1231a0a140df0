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

// tagFlags are what a sighting holds.
type tagFlags struct {
	saw, signal, cause, on, aimedAt string
	witnesses                       []string
	serious                         bool
}

// tagVerb notes what a customer did that shows a trait.
func (a *app) tagVerb() *cobra.Command {
	var f tagFlags
	c := &cobra.Command{
		Use: "tag CUSTOMER TRAIT", Short: a.t("cli.tag.short"), Long: a.t("cli.tag.long"), Args: a.args(2, 2),
		Example: "pasvorm tag 1001 attention --signal 3\npasvorm tag \"Petra Jansen\" 3 --saw \"…\" --on 12-11 --witness Sam",
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(args[0])
			if err != nil {
				return err
			}
			tag, err := a.tagOf(b, args[1], f)
			if err != nil {
				return err
			}
			tag.Customer = row.ID
			return a.doNoted(ctx, b, tag, tag.Words)
		}),
	}
	c.Flags().StringVar(&f.saw, "saw", "", a.t("cli.flag.saw"))
	c.Flags().StringVar(&f.signal, "signal", "", a.t("cli.flag.signal"))
	c.Flags().StringVar(&f.cause, "cause", "", a.t("cli.flag.cause"))
	c.Flags().StringVar(&f.on, "on", "", a.t("cli.flag.on"))
	c.Flags().StringVar(&f.aimedAt, "aimed-at", "", a.t("cli.flag.aimed"))
	c.Flags().StringArrayVar(&f.witnesses, "witness", nil, a.t("cli.flag.witness"))
	c.Flags().BoolVar(&f.serious, "serious", false, a.t("cli.flag.serious"))
	return c
}

func (a *app) trait(s string) (model.Trait, error) {
	if t, ok := model.ParseTrait(s); ok {
		return t, nil
	}
	for _, t := range model.Traits() {
		if strings.EqualFold(a.say.Trait(t), s) || strings.EqualFold(a.say.TraitShort(t), s) {
			return t, nil
		}
	}
	return "", model.Invalid("error.trait.unknown", "Trait", s).WithHint("hint.traits")
}

// tagOf makes the action from the words of the call.
func (a *app) tagOf(b ui.Desk, trait string, f tagFlags) (model.Tag, error) {
	t, err := a.trait(trait)
	if err != nil {
		return model.Tag{}, err
	}
	tag := model.Tag{Trait: t, Signal: f.signal, Words: f.saw, Cause: f.cause, Serious: f.serious}
	if n, err := strconv.Atoi(f.signal); err == nil {
		sig, ok := a.say.Play.SignalByNumber(t, n)
		if !ok {
			return tag, model.Invalid("error.signal.unknown", "Signal", f.signal).WithHint("hint.signals")
		}
		tag.Signal = sig.ID
	}
	if n, err := strconv.Atoi(f.cause); err == nil {
		play := a.say.Play.Trait(t)
		if play == nil || n < 1 || n > len(play.Causes) {
			return tag, model.Invalid("error.cause.unknown", "Cause", f.cause).WithHint("hint.causes")
		}
		tag.Cause = play.Causes[n-1].ID
	}
	if tag.On, err = a.onDay(b, f.on); err != nil {
		return tag, err
	}
	if tag.AimedAt, err = a.person(b, f.aimedAt); err != nil {
		return tag, err
	}
	for _, w := range f.witnesses {
		id, err := a.person(b, w)
		if err != nil {
			return tag, err
		}
		tag.Witnesses = append(tag.Witnesses, id)
	}
	return tag, nil
}

// onDay reads a day on which something happened: today is now, any other day
// is its noon, so that no change of the clock moves it to another day.
func (a *app) onDay(b ui.Desk, s string) (model.Stamp, error) {
	if s == "" {
		return 0, nil
	}
	now := b.Now()
	d, ok := kit.ParseDate(s, now)
	if !ok {
		return 0, model.Invalid("cli.error.date", "Text", s).WithHint("cli.hint.date")
	}
	if model.DayOf(d) == model.DayOf(now) {
		return 0, nil
	}
	return model.StampOf(d.AddDate(0, 0, 0).Add(12 * 3600e9)), nil
}

// onSighting makes a verb about one sighting of a customer.
func (a *app) onSighting(use, short, long string, why bool, make func(customer, sighting model.ID, why string) model.Action) *cobra.Command {
	which, reason := "", ""
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			t, err := a.trait(args[1])
			if err != nil {
				return err
			}
			s, err := a.sighting(b, d, t, which)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, make(d.Customer.ID, s.ID, reason), reason)
		}),
	}
	c.Flags().StringVar(&which, "sighting", "", a.t("cli.flag.sighting"))
	if why {
		c.Flags().StringVar(&reason, "why", "", a.t("cli.flag.why"))
	}
	return c
}

// sighting finds the one that is meant: by its number in show, by its id, or
// the only one of the trait. With several it lists them.
func (a *app) sighting(b ui.Desk, d *model.Detail, t model.Trait, which string) (*model.Sighting, error) {
	var of []sighting
	for _, s := range numbered(d) {
		if s.Trait != t {
			continue
		}
		if which == strconv.Itoa(s.number) || which == s.ID.String() {
			return s.Sighting, nil
		}
		of = append(of, s)
	}
	switch {
	case which != "" || len(of) == 0:
		return nil, model.NotFound("error.sighting.gone").WithHint("cli.hint.show")
	case len(of) == 1:
		return of[0].Sighting, nil
	}
	err := model.NewError(model.KindAmbiguous, "cli.error.sightings", "Trait", string(t)).WithHint("cli.hint.sighting")
	a.printError(err)
	if !a.json {
		for _, s := range of {
			_, _ = a.Err.Write([]byte("  " + a.sightingLine(b, d, s, model.StampOf(b.Now())) + "\n"))
		}
	}
	return nil, errSaid{model.KindAmbiguous}
}

func (a *app) untagVerb() *cobra.Command {
	return a.onSighting("untag CUSTOMER TRAIT", a.t("cli.untag.short"), a.t("cli.untag.long"), true,
		func(c, s model.ID, why string) model.Action {
			return model.Withdraw{Customer: c, Sighting: s, Reason: why}
		})
}

func (a *app) contestVerb() *cobra.Command {
	return a.onSighting("contest CUSTOMER TRAIT", a.t("cli.contest.short"), a.t("cli.contest.long"), true,
		func(c, s model.ID, why string) model.Action {
			return model.Contest{Customer: c, Sighting: s, Reason: why}
		})
}

func (a *app) confirmVerb() *cobra.Command {
	return a.onSighting("confirm CUSTOMER TRAIT", a.t("cli.confirm.short"), a.t("cli.confirm.long"), false,
		func(c, s model.ID, _ string) model.Action { return model.Confirm{Customer: c, Sighting: s} })
}
