package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/sshkey"
)

type accessKeyJSON struct {
	ID          model.ID    `json:"id"`
	Person      string      `json:"person"`
	Number      int         `json:"number"` // among the keys of the person, for revoke
	Type        string      `json:"type"`
	Fingerprint string      `json:"fingerprint"`
	Comment     string      `json:"comment"`
	Added       model.Stamp `json:"added"`
	By          string      `json:"by"`
	Revoked     model.Stamp `json:"revoked"`
	RevokedBy   string      `json:"revoked_by"`
}

// keyVerb is about the keys with which people sign in.
func (a *app) keyVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, args []string) error { return a.keyList(b, args) })
	return a.group("key", a.t("cli.key.short"), list,
		&cobra.Command{Use: "add NAME FILE|-", Short: a.t("cli.key_add.short"), Long: a.t("cli.key_add.long"), Args: a.args(2, 2),
			Example: "pasvorm people key add Karin id_ed25519.pub\nssh karin@desk cat .ssh/id_ed25519.pub | pasvorm people key add Karin -",
			RunE:    a.keyAdd},
		&cobra.Command{Use: "list [NAME]", Short: a.t("cli.key_list.short"), Long: a.t("cli.key_list.long"), Args: a.args(0, 1), RunE: list},
		&cobra.Command{Use: "revoke NAME KEY", Short: a.t("cli.key_revoke.short"), Long: a.t("cli.key_revoke.long"), Args: a.args(2, 2),
			Example: "pasvorm people key revoke Karin 2\npasvorm people key revoke Karin SHA256:Jf0q",
			RunE:    a.on(existing, a.keyRevoke)})
}

// keyAdd reads the keys before it opens the book: what is none opens none.
func (a *app) keyAdd(c *cobra.Command, args []string) error {
	raw, err := a.readFile(args[1], sshkey.MaxBytes)
	if err != nil {
		return err
	}
	keys, err := sshkey.Parse(raw)
	if err != nil {
		return err
	}
	return a.on(existing, func(ctx context.Context, b ui.Book, _ []string) error {
		p, err := a.somebody(b, args[0])
		if err != nil {
			return err
		}
		all := make([]model.Action, len(keys))
		for i, k := range keys {
			all[i] = model.AddAccessKey{Person: p.ID, Type: k.Type, Public: k.Public, Comment: k.Comment}
		}
		if len(all) == 1 {
			return a.do(ctx, b, all[0])
		}
		r, err := b.DoAll(ctx, all)
		if err != nil {
			return err
		}
		return a.receipt(r)
	})(c, args)
}

// keyCounts says how many keys stand, by person.
type keyCounts struct {
	all  bool     // of everybody, else of who asks
	who  model.ID // who asks
	seen map[model.ID]int
}

func (a *app) keyCounts(b ui.Book) (keyCounts, error) {
	me, err := b.Me()
	if err != nil {
		return keyCounts{}, err
	}
	keys, err := b.AccessKeys(model.NoID)
	out := keyCounts{all: me.Role >= model.RoleAdmin, who: me.Actor.Person, seen: map[model.ID]int{}}
	for _, k := range keys {
		if k.Revoked == 0 {
			out.seen[k.Person]++
		}
	}
	return out, err
}

// of gives the number of a person's keys; nil where that is not for who asks.
func (c keyCounts) of(person model.ID) *int {
	if !c.all && person != c.who {
		return nil
	}
	n := c.seen[person]
	return &n
}

func (a *app) keyList(b ui.Book, args []string) error {
	person := model.NoID
	if len(args) > 0 {
		p, err := a.somebody(b, args[0])
		if err != nil {
			return err
		}
		person = p.ID
	}
	keys, err := b.AccessKeys(person)
	if err != nil {
		return err
	}
	people, err := a.peopleNames(b)
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(keys))
	for i, n := range keyNumbers(keys) {
		k := keys[i]
		if a.json {
			if err := a.object(accessKeyJSON{ID: k.ID, Person: people[k.Person], Number: n, Type: k.Type, Fingerprint: k.Fingerprint(), Comment: k.Comment,
				Added: k.Added, By: people[k.By], Revoked: k.Revoked, RevokedBy: people[k.RevokedBy]}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, append([]string{name(people, k.Person)}, a.keyCells(b, people, k, n)...))
	}
	if len(keys) == 0 && !a.json {
		a.line(a.t("cli.key.none"))
	}
	a.rows(rows)
	return nil
}

// keyNumbers gives each key its number among those of its person.
func keyNumbers(keys []*model.AccessKey) []int {
	seen, out := map[model.ID]int{}, make([]int, len(keys))
	for i, k := range keys {
		seen[k.Person]++
		out[i] = seen[k.Person]
	}
	return out
}

// keyCells words a key for a table.
func (a *app) keyCells(c clock, people map[model.ID]string, k *model.AccessKey, n int) []string {
	revoked := ""
	if k.Revoked != 0 {
		revoked = a.t("cli.key.revoked", "Date", a.date(c, k.Revoked), "Person", name(people, k.RevokedBy))
	}
	return []string{strconv.Itoa(n), k.Type, k.Fingerprint(), kit.Clean(k.Comment),
		a.t("cli.key.added", "Date", a.date(c, k.Added), "Person", name(people, k.By)), revoked}
}

func (a *app) keyRevoke(ctx context.Context, b ui.Book, args []string) error {
	p, err := a.somebody(b, args[0])
	if err != nil {
		return err
	}
	keys, err := b.AccessKeys(p.ID)
	if err != nil {
		return err
	}
	found := keysMeant(keys, args[1])
	switch len(found) {
	case 0:
		return model.NotFound("cli.error.key", "Person", p.Name, "Text", args[1]).WithHint("cli.hint.key_list")
	case 1:
		return a.do(ctx, b, model.RevokeAccessKey{Person: p.ID, Key: keys[found[0]].ID})
	}
	people, err := a.peopleNames(b)
	if err != nil {
		return err
	}
	a.printError(model.NewError(model.KindAmbiguous, "cli.key.which").WithHint("cli.hint.key_which"))
	if !a.json {
		rows := make([][]string, len(found))
		for i, at := range found {
			rows[i] = a.keyCells(b, people, keys[at], at+1)
		}
		for _, l := range table(rows) {
			_, _ = a.Err.Write([]byte("  " + l + "\n"))
		}
	}
	return errSaid{model.KindAmbiguous}
}

// keysMeant gives the places of the keys that a text may mean: the one of that
// number and those of that comment, else those whose fingerprint begins so. Of
// several, revoked ones are not meant.
func keysMeant(keys []*model.AccessKey, text string) []int {
	pick := func(standing bool, means func(i int, k *model.AccessKey) bool) (out []int) {
		for i, k := range keys {
			if (k.Revoked == 0) == standing && means(i, k) {
				out = append(out, i)
			}
		}
		return out
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	number := func(i int, k *model.AccessKey) bool {
		return text == strconv.Itoa(i+1) || model.FoldPerson(k.Comment) == model.FoldPerson(text)
	}
	begins := func(_ int, k *model.AccessKey) bool {
		return strings.HasPrefix(strings.TrimPrefix(k.Fingerprint(), "SHA256:"), strings.TrimPrefix(text, "SHA256:"))
	}
	for _, standing := range []bool{true, false} {
		for _, means := range []func(int, *model.AccessKey) bool{number, begins} {
			if out := pick(standing, means); len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// accountVerb is about the accounts of the operating system of people.
func (a *app) accountVerb() *cobra.Command {
	verb := func(use, short string, make func(person model.ID, uid int) model.Action) *cobra.Command {
		return &cobra.Command{Use: use + " NAME ACCOUNT", Short: short, Args: a.args(2, 2),
			RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
				p, err := a.somebody(b, args[0])
				if err != nil {
					return err
				}
				uid, err := a.uid(args[1])
				if err != nil {
					return err
				}
				return a.do(ctx, b, make(p.ID, uid))
			})}
	}
	return a.group("account", a.t("cli.account.short"), nil,
		verb("add", a.t("cli.account_add.short"), func(p model.ID, uid int) model.Action { return model.AddAccount{Person: p, UID: uid} }),
		verb("drop", a.t("cli.account_drop.short"), func(p model.ID, uid int) model.Action { return model.DropAccount{Person: p, UID: uid} }))
}

// uid gives the number of an account by its name or number.
func (a *app) uid(account string) (int, error) {
	uid, err := strconv.Atoi(account)
	if err != nil && a.Account != nil {
		uid, err = a.Account(account)
	}
	if err != nil {
		return 0, model.NotFound("cli.error.account", "Account", account)
	}
	return uid, nil
}
