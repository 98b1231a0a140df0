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

func (a *app) peopleVerb() *cobra.Command {
	listRun := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.peopleList(b) })
	return a.group("people", a.t("cli.people.short"), listRun,
		&cobra.Command{Use: "list", Short: a.t("cli.people_list.short"), Args: a.args(0, 0), RunE: listRun},
		a.peopleAdd(),
		&cobra.Command{Use: "role NAME ROLE", Short: a.t("cli.people_role.short"), Args: a.args(2, 2), RunE: a.peopleRole()},
		&cobra.Command{Use: "remove NAME", Short: a.t("cli.people_remove.short"), Long: a.t("cli.people_remove.long"), Args: a.args(1, 1),
			RunE: a.peopleRemove()},
		a.keyVerb(), a.accountVerb())
}

func (a *app) peopleList(b ui.Book) error {
	people, err := b.People()
	if err != nil {
		return err
	}
	keys, err := a.keyCounts(b)
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(people))
	for _, p := range people {
		if a.json {
			out := personJSON{ID: p.ID, Name: p.Name, Role: p.Role.String(), Accounts: p.UIDs, Keys: keys.of(p.ID), Gone: p.Gone}
			if out.Accounts == nil {
				out.Accounts = []int{}
			}
			if err := a.object(out); err != nil {
				return err
			}
			continue
		}
		uids := make([]string, len(p.UIDs))
		for i, u := range p.UIDs {
			uids[i] = strconv.Itoa(u)
		}
		account, key, gone := "", "", ""
		if len(uids) > 0 {
			account = a.t("cli.people.account", "Accounts", strings.Join(uids, ", "))
		}
		if n := keys.of(p.ID); n != nil && *n > 0 {
			key = a.tx.N("cli.key.standing", *n)
		}
		if p.Gone {
			gone = a.t("cli.people.gone")
		}
		rows = append(rows, []string{kit.Clean(p.Name), a.say.Role(p.Role), account, key, gone})
	}
	a.rows(rows)
	return nil
}

func (a *app) role(s string) model.Role {
	for r := model.RoleAgent; r <= model.RoleAdmin; r++ {
		if strings.EqualFold(s, r.String()) || strings.EqualFold(s, a.say.Role(r)) {
			return r
		}
	}
	return model.RoleNone // the model refuses it
}

func (a *app) peopleAdd() *cobra.Command {
	role, account := "", ""
	c := &cobra.Command{
		Use: "add NAME", Short: a.t("cli.people_add.short"), Long: a.t("cli.people_add.long"), Args: a.args(1, 1),
		Example: "pasvorm people add Karin --role agent --account karin",
		RunE: a.on(making, func(ctx context.Context, b ui.Book, args []string) error {
			add := model.AddPerson{Person: args[0], Role: a.role(role)}
			if account != "" {
				uid, err := a.uid(account)
				if err != nil {
					return err
				}
				add.UIDs = []int{uid}
			}
			return a.do(ctx, b, add)
		}),
	}
	c.Flags().StringVar(&role, "role", "agent", a.t("cli.flag.role"))
	c.Flags().StringVar(&account, "account", "", a.t("cli.flag.account"))
	return c
}

func (a *app) peopleRole() func(*cobra.Command, []string) error {
	return a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		p, err := a.somebody(b, args[0])
		if err != nil {
			return err
		}
		return a.do(ctx, b, model.SetRole{Person: p.ID, Role: a.role(args[1])})
	})
}

func (a *app) peopleRemove() func(*cobra.Command, []string) error {
	return a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		p, err := a.somebody(b, args[0])
		if err != nil {
			return err
		}
		return a.do(ctx, b, model.RemovePerson{Person: p.ID})
	})
}
