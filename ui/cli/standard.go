package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// standardVerb is the register of limits and standards.
func (a *app) standardVerb() *cobra.Command {
	run := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.standardList(b) })
	return a.group("standard", a.t("cli.standard.short"), run,
		&cobra.Command{Use: "list", Short: a.t("cli.standard_list.short"), Args: a.args(0, 0), RunE: run},
		a.standardAdd(), a.standardEdit(), a.standardRetire())
}

// standardJSON is one line of the register.
type standardJSON struct {
	ID      model.ID           `json:"id"`
	Kind    model.StandardKind `json:"kind"`
	Name    string             `json:"name"`
	Words   string             `json:"words"`
	Price   int64              `json:"price"` // cents
	Asked   int64              `json:"asked"` // exceptions of the last 12 months
	Granted int64              `json:"granted"`
	Refused int64              `json:"refused"`
	Lost    int64              `json:"lost"`
	Cost    int64              `json:"cost"`     // cents that granting cost
	LostSum int64              `json:"lost_sum"` // cents
	Stated  int                `json:"stated"`   // terms that stand
	Retired bool               `json:"retired"`
}

func (a *app) standardList(b ui.Desk) error {
	all, err := b.Standards()
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(all))
	for i := range all {
		s, t := all[i].Standard, &all[i].Tally
		if a.json {
			err := a.object(standardJSON{ID: s.ID, Kind: s.Kind, Name: s.Name, Words: s.Words, Price: s.Price, Asked: t[model.CountAsked],
				Granted: t[model.CountGranted], Refused: t[model.CountRefused], Lost: t[model.CountLost], Cost: t[model.CountCost],
				LostSum: t[model.CountLostSum], Stated: all[i].Stated, Retired: s.Retired != nil})
			if err != nil {
				return err
			}
			continue
		}
		number := func(id string, n int) string {
			if n == 0 {
				return ""
			}
			return a.t(id) + " " + strconv.Itoa(n)
		}
		price, retired := "", ""
		if s.Price > 0 {
			price = a.tx.Money(s.Price)
		}
		if s.Retired != nil {
			retired = a.t("cli.standard.retired")
		}
		rows = append(rows, []string{a.t("standards.kind." + string(s.Kind)), kit.Clean(s.Name), number("standards.col.asked", int(t[model.CountAsked])),
			number("standards.col.refused", int(t[model.CountRefused])), number("standards.col.lost", int(t[model.CountLost])),
			number("standards.col.stated", all[i].Stated), price, retired})
	}
	a.rows(rows)
	if len(all) == 0 && !a.json {
		a.line(a.t("cli.standard.none"))
	}
	return nil
}

// standard finds a line of the register by its name or id.
func (a *app) standard(b ui.Desk, text string) (*model.Standard, error) {
	all, err := b.Standards()
	if err != nil {
		return nil, err
	}
	id, isID := model.ParseID(text)
	for i := range all {
		if s := all[i].Standard; isID && s.ID == id || model.FoldPerson(s.Name) == model.FoldPerson(text) {
			return s, nil
		}
	}
	return nil, model.NotFound("cli.error.standard", "Text", text).WithHint("cli.hint.standard")
}

type standardFlags struct{ kind, words, price, name, why string }

func (f *standardFlags) on(a *app, c *cobra.Command, kind string) {
	c.Flags().StringVar(&f.kind, "kind", kind, a.t("cli.terms_flag.kind"))
	c.Flags().StringVar(&f.words, "words", "", a.t("cli.terms_flag.words"))
	c.Flags().StringVar(&f.price, "price", "", a.t("cli.flag.price"))
}

func (a *app) standardAdd() *cobra.Command {
	var f standardFlags
	c := &cobra.Command{Use: "add NAME", Short: a.t("cli.standard_add.short"), Args: a.args(1, 1),
		Example: `pasvorm standard add "no shouting" --kind limit --words "…"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			price, err := a.money(f.price)
			if err != nil {
				return err
			}
			return a.do(ctx, b, model.SaveStandard{Kind: model.StandardKind(f.kind), Label: args[0], Words: f.words, Price: price})
		})}
	f.on(a, c, string(model.StandardProcedure))
	return c
}

func (a *app) standardEdit() *cobra.Command {
	var f standardFlags
	c := &cobra.Command{Use: "edit NAME", Short: a.t("cli.standard_edit.short"), Args: a.args(1, 1)}
	c.RunE = a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		s, err := a.standard(b, args[0])
		if err != nil {
			return err
		}
		save := model.SaveStandard{ID: s.ID, Kind: s.Kind, Label: s.Name, Words: s.Words, Price: s.Price, Was: model.StandardValues(s)}
		given := c.Flags().Changed
		if given("name") {
			save.Label = f.name
		}
		if given("kind") {
			save.Kind = model.StandardKind(f.kind)
		}
		if given("words") {
			save.Words = f.words
		}
		if given("price") {
			if save.Price, err = a.money(f.price); err != nil {
				return err
			}
		}
		return a.do(ctx, b, save)
	})
	f.on(a, c, "")
	c.Flags().StringVar(&f.name, "name", "", a.t("cli.flag.rename"))
	return c
}

func (a *app) standardRetire() *cobra.Command {
	var f standardFlags
	c := &cobra.Command{Use: "retire NAME", Short: a.t("cli.standard_retire.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			s, err := a.standard(b, args[0])
			if err != nil {
				return err
			}
			return a.do(ctx, b, model.RetireStandard{ID: s.ID, Reason: f.why})
		})}
	c.Flags().StringVar(&f.why, "why", "", a.t("cli.flag.why"))
	return c
}
