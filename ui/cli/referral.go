package cli

import (
	"context"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// referralVerb is the referral book: who serves what better than we do.
func (a *app) referralVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.referralList(b, "") })
	return a.group("referral", a.t("cli.referral.short"), list,
		&cobra.Command{Use: "list [TEXT]", Short: a.t("cli.referral_list.short"), Args: a.args(0, 1),
			RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
				if len(args) == 0 {
					return a.referralList(b, "")
				}
				return a.referralList(b, args[0])
			})},
		a.referralSaveVerb("add NAME", a.t("cli.referral_add.short"), false), a.referralSaveVerb("edit NAME", a.t("cli.referral_edit.short"), true),
		a.referralRetireVerb())
}

type referralJSON struct {
	ID      model.ID `json:"id"`
	Name    string   `json:"name"`
	Serves  string   `json:"serves"`
	Reach   string   `json:"reach"`
	Note    string   `json:"note"`
	Retired bool     `json:"retired"`
}

func (a *app) referralList(b ui.Book, text string) error {
	all, err := b.Referrals()
	if err != nil {
		return err
	}
	var rows [][]string
	for _, g := range model.ReferralsFor(all, text) {
		if a.json {
			if err := a.object(referralJSON{ID: g.ID, Name: g.Name, Serves: g.Serves, Reach: g.Reach, Note: g.Note, Retired: g.Retired != nil}); err != nil {
				return err
			}
			continue
		}
		retired := ""
		if g.Retired != nil {
			retired = a.t("referral.retired")
		}
		rows = append(rows, []string{kit.Clean(g.Name), flatWords(g.Serves), flatWords(g.Reach), flatWords(g.Note), retired})
	}
	if !a.json {
		a.rows(rows)
		a.line(a.tx.N("referral.count", len(rows)))
	}
	return nil
}

// referralBy finds a line by its name, one out of use too.
func (a *app) referralBy(b ui.Book, text string) (*model.Referral, error) {
	all, err := b.Referrals()
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		if g.ID.String() == text || model.FoldPerson(g.Name) == model.FoldPerson(text) {
			return g, nil
		}
	}
	return nil, model.NotFound("error.referral.gone").WithHint("cli.hint.referral")
}

func (a *app) referralSaveVerb(use, short string, change bool) *cobra.Command {
	var to, serves, reach, note string
	c := &cobra.Command{Use: use, Short: short, Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			s := model.SaveReferral{Firm: args[0], Serves: serves, Reach: reach, Note: note}
			if change {
				g, err := a.referralBy(b, args[0])
				if err != nil {
					return err
				}
				s = model.SaveReferral{ID: g.ID, Firm: or(to, g.Name), Serves: or(serves, g.Serves), Reach: or(reach, g.Reach), Note: or(note, g.Note),
					Was: model.ReferralValues(g)}
			}
			return a.doNoted(ctx, b, s, serves, note)
		})}
	if change {
		c.Flags().StringVar(&to, "rename", "", a.t("cli.referral_flag.rename"))
	}
	c.Flags().StringVar(&serves, "serves", "", a.t("cli.referral_flag.serves"))
	c.Flags().StringVar(&reach, "reach", "", a.t("cli.referral_flag.reach"))
	c.Flags().StringVar(&note, "note", "", a.t("cli.referral_flag.note"))
	return c
}

func (a *app) referralRetireVerb() *cobra.Command {
	why := ""
	c := &cobra.Command{Use: "retire NAME", Short: a.t("cli.referral_retire.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			g, err := a.referralBy(b, args[0])
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.RetireReferral{Referral: g.ID, Reason: why}, why)
		})}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	return c
}
