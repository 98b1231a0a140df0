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

type improvementJSON struct {
	Number   int                    `json:"number"` // in the list, for the other verbs
	ID       model.ID               `json:"id"`
	Title    string                 `json:"title"`
	State    model.ImprovementState `json:"state"`
	Cause    string                 `json:"cause"`
	Owner    string                 `json:"owner"`
	Reach    string                 `json:"reach"`
	By       model.Day              `json:"by"`
	Topic    string                 `json:"topic"`
	Standard string                 `json:"standard"`
	Hurt     int                    `json:"hurt"`
	Told     int                    `json:"told"`
	Ended    *rulingJSON            `json:"ended,omitempty"`
	// Customers are given by show alone.
	Customers []hurtJSON `json:"customers,omitempty"`
}

type hurtJSON struct {
	Customer model.ID    `json:"customer"`
	Name     string      `json:"name"`
	Told     *rulingJSON `json:"told,omitempty"`
	// Confirmed: the customer said that it is repaired.
	Confirmed bool `json:"confirmed"`
}

// improvementVerb is about what we are to repair, and who hears of it.
func (a *app) improvementVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.improvementList(b) })
	return a.group("improvement", a.t("cli.improvement.short"), list,
		&cobra.Command{Use: "list", Short: a.t("cli.improvement_list.short"), Args: a.args(0, 0), RunE: list},
		a.improvementAdd(),
		&cobra.Command{Use: "show IMPROVEMENT", Short: a.t("cli.improvement_show.short"), Long: a.t("cli.improvement.long"), Args: a.args(1, -1),
			RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
				return a.improvementShow(b, strings.Join(args, " "))
			})},
		a.improvementEdit(),
		a.improvementEnd("done", a.t("cli.improvement_done.short"), model.ImprovementDone),
		a.improvementEnd("drop", a.t("cli.improvement_drop.short"), model.ImprovementDropped),
		a.onHurt("link", a.t("cli.improvement_link.short"), func(i, c model.ID, _ toldFlags) model.Action { return model.LinkHurt{Improvement: i, Customer: c} }, false),
		a.onHurt("unlink", a.t("cli.improvement_unlink.short"), func(i, c model.ID, _ toldFlags) model.Action { return model.UnlinkHurt{Improvement: i, Customer: c} }, false),
		a.onHurt("told", a.t("cli.improvement_told.short"), func(i, c model.ID, f toldFlags) model.Action {
			return model.TellHurt{Improvement: i, Customer: c, Words: f.said, Confirmed: f.confirmed}
		}, true))
}

func (a *app) improvementAdd() *cobra.Command {
	var cause, owner, reach, by, topic, standard string
	var customers []string
	hurt := false
	c := &cobra.Command{
		Use: "add TEXT", Short: a.t("cli.improvement_add.short"), Long: a.t("cli.improvement_add.long"), Args: a.args(1, 1),
		Example: `pasvorm improvement add "…" --owner Sam --by 26-11 --customer 1001`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			add := model.AddImprovement{Title: args[0], Cause: cause, Reach: reach}
			var err error
			if add.Owner, err = a.person(b, owner); err != nil {
				return err
			}
			if add.By, err = a.dayOf(b, by); err != nil {
				return err
			}
			if add.Topic, err = a.improvementTopic(topic); err != nil {
				return err
			}
			if add.Standard, err = a.standardNamed(b, standard); err != nil {
				return err
			}
			for _, text := range customers {
				row, err := b.Resolve(text)
				if err != nil {
					return err
				}
				add.Hurt = append(add.Hurt, row.ID)
			}
			if hurt && (add.Standard != model.NoID || add.Topic != "") {
				more, err := b.HurtBy(add.Standard, add.Topic)
				if err != nil {
					return err
				}
				add.Hurt = append(add.Hurt, more...)
			}
			return a.addImprovement(ctx, b, add)
		}),
	}
	f := c.Flags()
	f.StringVar(&cause, "cause", "", a.t("cli.flag.improve_cause"))
	f.StringVar(&owner, "owner", "", a.t("cli.flag.improve_owner"))
	f.StringVar(&reach, "reach", "", a.t("cli.flag.improve_reach"))
	f.StringVar(&by, "by", "", a.t("cli.flag.improve_by"))
	f.StringVar(&topic, "topic", "", a.t("cli.flag.improve_topic"))
	f.StringVar(&standard, "standard", "", a.t("cli.flag.improve_standard"))
	f.StringArrayVar(&customers, "customer", nil, a.t("cli.flag.improve_customer"))
	f.BoolVar(&hurt, "all-hurt", false, a.t("cli.flag.improve_all"))
	return c
}

// addImprovement adds an improvement; customers that are too many for one
// action are linked by a change that follows.
func (a *app) addImprovement(ctx context.Context, b ui.Book, add model.AddImprovement) error {
	rest := add.Hurt[min(len(add.Hurt), model.MaxHurtAtOnce):]
	add.Hurt = add.Hurt[:len(add.Hurt)-len(rest)]
	r, err := b.Do(ctx, add)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		links := make([]model.Action, 0, len(rest))
		for _, id := range rest {
			links = append(links, model.LinkHurt{Improvement: r.Made, Customer: id})
		}
		if _, err := b.DoAll(ctx, links); err != nil {
			return err
		}
	}
	if err := a.receipt(r); err != nil {
		return err
	}
	a.checkNotes(add.Cause)
	return nil
}

// improvementTopic reads a topic as a person writes it.
func (a *app) improvementTopic(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	t, ok := model.ParseTopic(&a.say.Play.Desk, s)
	if !ok {
		return "", model.Invalid("error.topic.unknown", "Topic", s).WithHint("hint.topics")
	}
	return t.ID, nil
}

// standardNamed finds a standard of the register by name or id.
func (a *app) standardNamed(b ui.Desk, s string) (model.ID, error) {
	if s == "" {
		return model.NoID, nil
	}
	all, err := b.Standards()
	if err != nil {
		return model.NoID, err
	}
	for _, l := range all {
		if l.Standard.ID.String() == s || model.FoldPerson(l.Standard.Name) == model.FoldPerson(s) {
			return l.Standard.ID, nil
		}
	}
	return model.NoID, model.NotFound("error.standard.gone").WithHint("hint.refresh")
}

func (a *app) improvementEdit() *cobra.Command {
	return &cobra.Command{
		Use: "edit IMPROVEMENT FIELD=VALUE…", Short: a.t("cli.improvement_edit.short"), Long: a.t("cli.improvement_edit.long"), Args: a.args(2, -1),
		Example: `pasvorm improvement edit 1 owner=Karin by=2026-12-18`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			l, err := a.improvement(b, args[0])
			if err != nil {
				return err
			}
			all := model.ImprovementValues(l.Improvement)
			was, now := map[string]string{}, map[string]string{}
			for _, s := range args[1:] {
				id, v, ok := strings.Cut(s, "=")
				if _, known := all[id]; !ok || !known {
					return a.usage("cli.error.improve_field", "Text", s)
				}
				if v, err = a.improvementValue(b, id, v); err != nil {
					return err
				}
				was[id], now[id] = all[id], v
			}
			return a.doNoted(ctx, b, model.EditImprovement{ID: l.Improvement.ID, Was: was, Now: now}, now["cause"])
		}),
	}
}

// improvementValue turns what a person writes into what the field keeps.
func (a *app) improvementValue(b ui.Desk, field, v string) (string, error) {
	switch field {
	case "owner":
		id, err := a.person(b, v)
		return id.String(), err
	case "by":
		day, err := a.dayOf(b, v)
		return string(day), err
	case "topic":
		return a.improvementTopic(v)
	}
	return v, nil
}

func (a *app) improvementEnd(verb, short string, to model.ImprovementState) *cobra.Command {
	why, reach := "", ""
	c := &cobra.Command{
		Use: verb + " IMPROVEMENT", Short: short, Args: a.args(1, -1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			l, err := a.improvement(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.EndImprovement{ID: l.Improvement.ID, State: to, Reason: why, Reach: reach}, why)
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.improve_why"))
	if to == model.ImprovementDone {
		c.Flags().StringVar(&reach, "reach", "", a.t("cli.flag.improve_reach"))
	}
	return c
}

// toldFlags are what a customer who was told said of it.
type toldFlags struct {
	said      string
	confirmed bool
}

// onHurt makes a verb about a customer under an improvement.
func (a *app) onHurt(verb, short string, act func(improvement, customer model.ID, f toldFlags) model.Action, words bool) *cobra.Command {
	var f toldFlags
	c := &cobra.Command{
		Use: verb + " IMPROVEMENT CUSTOMER", Short: short, Long: a.t("cli.customer.long"), Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			l, err := a.improvement(b, args[0])
			if err != nil {
				return err
			}
			row, err := b.Resolve(args[1])
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, act(l.Improvement.ID, row.ID, f), f.said)
		}),
	}
	if words {
		c.Flags().StringVar(&f.said, "said", "", a.t("cli.flag.improve_said"))
		c.Flags().BoolVar(&f.confirmed, "confirmed", false, a.t("cli.flag.improve_confirmed"))
	}
	return c
}

// numberedImprovement is an improvement with its number in the list.
type numberedImprovement struct {
	model.ImprovementLine
	number int
}

// improvement finds the one that a text means: its number in the list, its id,
// or words of its title.
func (a *app) improvement(b ui.Desk, text string) (numberedImprovement, error) {
	all, err := b.Improvements()
	if err != nil {
		return numberedImprovement{}, err
	}
	want := model.FoldWords(text)
	var found []numberedImprovement
	for n, l := range all {
		one := numberedImprovement{l, n + 1}
		title := model.FoldWords(l.Improvement.Title)
		if text == strconv.Itoa(n+1) || text == l.Improvement.ID.String() || title == want {
			return one, nil
		}
		if want != "" && strings.Contains(title, want) {
			found = append(found, one)
		}
	}
	switch len(found) {
	case 0:
		return numberedImprovement{}, model.NotFound("error.improvement.gone").WithHint("cli.hint.improvements")
	case 1:
		return found[0], nil
	}
	err = model.NewError(model.KindAmbiguous, "cli.error.improvements", "Text", text).WithHint("cli.hint.improvements")
	a.printError(err)
	if !a.json {
		for _, f := range found {
			_, _ = a.Err.Write([]byte("  " + strconv.Itoa(f.number) + ". " + kit.Clean(f.Improvement.Title) + "\n"))
		}
	}
	return numberedImprovement{}, errSaid{model.KindAmbiguous}
}
