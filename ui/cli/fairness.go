package cli

import (
	"context"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

type fairnessJSON struct {
	Taggers []fairJSON `json:"taggers"`
	Kinds   []fairJSON `json:"kinds"`
}

type fairJSON struct {
	Key       string `json:"key"` // id of the tagger, or kind of customer
	Name      string `json:"name,omitempty"`
	Sightings int    `json:"sightings"`
	Customers int    `json:"customers"`
	Contested int    `json:"contested"`
	Withdrawn int    `json:"withdrawn"`
	Lapsed    int    `json:"lapsed"`
	OwnWords  int    `json:"own_words"`
	Book      int    `json:"book,omitempty"` // customers of the kind in the book
}

// fairnessVerb tells how tags are used. It is about colleagues, so it is for
// leads.
func (a *app) fairnessVerb() *cobra.Command {
	return &cobra.Command{
		Use: "fairness", Short: a.t("cli.fairness.short"), Long: a.t("fairness.read"), Args: a.args(0, 0),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
			me, err := b.Me()
			if err != nil {
				return err
			}
			if me.Role < model.RoleLead {
				return model.NotAllowed("error.not-allowed.role", "Role", me.Role.String(), "Need", model.RoleLead.String()).WithHint("hint.ask-lead")
			}
			f, err := b.Fairness(ctx)
			if err != nil {
				return err
			}
			if a.json {
				return a.object(fairnessJSON{Taggers: fairOf(f.Taggers, nil), Kinds: fairOf(f.Kinds, f.Share)})
			}
			a.printFairness(&f)
			return nil
		}),
	}
}

func fairOf(all []model.TagFairness, share map[string]int) []fairJSON {
	out := make([]fairJSON, 0, len(all))
	for _, t := range all {
		out = append(out, fairJSON{Key: t.Key, Name: t.Name, Sightings: t.Sightings, Customers: t.Customers, Contested: t.Contested,
			Withdrawn: t.Withdrawn, Lapsed: t.Lapsed, OwnWords: t.OwnWords, Book: share[t.Key]})
	}
	return out
}

func (a *app) printFairness(f *model.Fairness) {
	if len(f.Taggers) == 0 {
		a.line(a.t("fairness.empty"))
		return
	}
	a.line(a.t("fairness.read"))
	head := func(of string) []string {
		return []string{of, a.t("fairness.sightings"), a.t("fairness.customers"), a.t("fairness.contested"), a.t("fairness.withdrawn"),
			a.t("fairness.lapsed"), a.t("fairness.own")}
	}
	row := func(name string, t model.TagFairness) []string {
		out := []string{name}
		for _, n := range []int{t.Sightings, t.Customers, t.Contested, t.Withdrawn, t.Lapsed, t.OwnWords} {
			out = append(out, a.tx.Int(n))
		}
		return out
	}
	rows := [][]string{head(a.t("fairness.taggers"))}
	for _, t := range f.Taggers {
		rows = append(rows, row(kit.Clean(t.Name), t))
	}
	a.line("")
	a.rows(rows)
	rows = [][]string{append(head(a.t("fairness.kinds")), a.t("cli.fairness.book"))}
	for _, t := range f.Kinds {
		rows = append(rows, append(row(a.say.Kind(model.CustomerKind(t.Key)), t), a.tx.Int(f.Share[t.Key])))
	}
	a.line("")
	a.rows(rows)
}
