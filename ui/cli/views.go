package cli

import (
	"context"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

type viewJSON struct {
	ID    model.ID    `json:"id"`
	Name  string      `json:"name"`
	Query string      `json:"query"`
	Team  bool        `json:"team"`
	Owner string      `json:"owner"`
	Mine  bool        `json:"mine"`
	At    model.Stamp `json:"at"`
}

// viewsVerb is about queries under a name.
func (a *app) viewsVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.viewList(b) })
	team := false
	save := &cobra.Command{
		Use: "save NAME QUERY", Short: a.t("cli.views_save.short"), Args: a.args(2, -1),
		Example: "pasvorm views save 'Late with us' is:overdue owner:me\npasvorm views save 'To call' 'due:<fri' --team",
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			q, err := a.parse(b, args[1:], "")
			if err != nil {
				return err
			}
			do := model.SaveView{View: args[0], Query: q.String(), Team: team}
			all, err := b.Views()
			if err != nil {
				return err
			}
			for _, v := range all {
				if v.View.Team == team && model.FoldWords(v.View.Name) == model.FoldWords(args[0]) {
					do.ID = v.View.ID
				}
			}
			return a.do(ctx, b, do)
		}),
	}
	save.Flags().BoolVar(&team, "team", false, a.t("cli.flag.view_team"))
	ofTeam := false
	drop := &cobra.Command{
		Use: "drop NAME", Short: a.t("cli.views_drop.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			v, err := a.viewNamed(b, args[0], ofTeam)
			if err != nil {
				return err
			}
			return a.do(ctx, b, model.DropView{View: v.View.ID})
		}),
	}
	drop.Flags().BoolVar(&ofTeam, "team", false, a.t("cli.flag.view_team"))
	return a.group("views", a.t("cli.views.short"), list,
		&cobra.Command{Use: "list", Short: a.t("cli.views_list.short"), Args: a.args(0, 0), RunE: list}, save, drop)
}

func (a *app) viewList(b ui.Book) error {
	all, err := b.Views()
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(all))
	for _, v := range all {
		if a.json {
			if err := a.object(viewJSON{ID: v.View.ID, Name: v.View.Name, Query: v.View.Query, Team: v.View.Team, Owner: v.Owner,
				Mine: v.Mine, At: v.View.At}); err != nil {
				return err
			}
			continue
		}
		whose := a.t("cli.views.own")
		if v.View.Team {
			whose = a.t("cli.views.team")
		}
		rows = append(rows, []string{kit.Clean(v.View.Name), whose, kit.Clean(v.Owner), kit.Clean(v.View.Query)})
	}
	if len(all) == 0 && !a.json {
		a.line(a.t("cli.views.empty"))
	}
	a.rows(rows)
	return nil
}
