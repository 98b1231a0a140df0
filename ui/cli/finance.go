package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// financeVerb sets what our books say of customers.
func (a *app) financeVerb() *cobra.Command {
	set := &cobra.Command{
		Use: "set CUSTOMER FIELD=VALUE…", Short: a.t("cli.finance.set.short"), Long: a.t("cli.finance.set.long"), Args: a.args(2, -1),
		Example: "pasvorm finance set 1001 revenue=12000 margin=2400 direct=150,50\npasvorm finance set 1001 arrears=480@2026-08-03,120@2026-10-30",
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(args[0])
			if err != nil {
				return err
			}
			act := model.SetFinance{Customer: row.ID}
			if err := a.account(b, args[1:], &act.Account); err != nil {
				return err
			}
			return a.do(ctx, b, act)
		}),
	}
	imp := a.rowsVerb("finance", a.t("cli.finance.import.short"), a.t("cli.finance.import.long"), "pasvorm finance import debtors.csv --dry-run")
	return a.group("finance", a.t("cli.finance.short"), nil, set, imp)
}

// account reads words of the form field=value.
func (a *app) account(b ui.Desk, args []string, into *model.Account) error {
	amounts := map[string]**int64{"revenue": &into.Revenue, "margin": &into.Margin, "direct": &into.Direct}
	seen := map[string]bool{}
	for _, s := range args {
		word, v, ok := strings.Cut(s, "=")
		if !ok {
			return a.usage("cli.error.field", "Text", s)
		}
		id := a.accountField(word)
		if seen[id] {
			return a.usage("cli.error.field_twice", "Field", word)
		}
		seen[id] = true
		switch {
		case amounts[id] != nil:
			cents, ok := model.ParseMoney(strings.TrimSpace(v))
			if !ok {
				return model.Invalid("error.field.money", "Field", id, "Value", v)
			}
			*amounts[id] = &cents
		case id == "arrears":
			all, err := a.arrears(b, v)
			if err != nil {
				return err
			}
			into.Arrears = all
		case id == "as_of":
			d, ok := kit.ParseDate(v, b.Now())
			if !ok {
				return model.Invalid("cli.error.date", "Text", v).WithHint("cli.hint.date")
			}
			into.AsOf = model.DayOf(d)
		default:
			return model.Invalid("error.field.unknown", "Field", word).WithHint("cli.hint.finance")
		}
	}
	return nil
}

// accountField finds a field by its id or its name in the language of the call.
func (a *app) accountField(word string) string {
	word = strings.ToLower(strings.TrimSpace(word))
	for _, id := range []string{"revenue", "margin", "direct", "arrears", "as_of"} {
		if strings.EqualFold(word, a.say.FieldLabel(id)) {
			return id
		}
	}
	return word
}

// arrears reads amounts with the day since which each is due: 480@2026-08-03,
// several with a comma and the next amount between them; 0 or nothing is none.
func (a *app) arrears(b ui.Desk, s string) ([]model.Arrear, error) {
	out := []model.Arrear{}
	if s = strings.TrimSpace(s); s == "" || s == "0" {
		return out, nil
	}
	for part := range strings.FieldsFuncSeq(joinDecimals(s), func(r rune) bool { return r == ';' }) {
		amount, day, _ := strings.Cut(part, "@")
		cents, ok := model.ParseMoney(strings.TrimSpace(amount))
		if !ok {
			return nil, model.Invalid("error.field.money", "Field", "arrears", "Value", part)
		}
		d, ok := kit.ParseDate(strings.TrimSpace(day), b.Now())
		if !ok {
			return nil, model.Invalid("error.finance.since", "Field", "arrears").WithHint("cli.hint.arrears")
		}
		out = append(out, model.Arrear{Cents: cents, Since: model.DayOf(d)})
	}
	return out, nil
}

// joinDecimals puts a semicolon for each comma that parts two amounts: those
// behind a day. Any other is a decimal comma.
func joinDecimals(s string) string {
	var out strings.Builder
	behindDay := false
	for _, r := range s {
		switch {
		case r == '@':
			behindDay = true
		case r == ',' && behindDay, r == ';':
			behindDay = false
			r = ';'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// rowsVerb reads a file about known customers.
func (a *app) rowsVerb(kind, short, long, example string) *cobra.Command {
	var f importFlags
	c := &cobra.Command{Use: "import FILE", Short: short, Long: long, Args: a.args(1, 1), Example: example}
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		in, err := a.openFile(args[0]) // before the book: a name that is wrong opens none
		if err != nil {
			return err
		}
		_ = in.Close()
		if err := a.free(f.bad); err != nil {
			return err
		}
		b, err := a.open(c.Context(), ui.Opening{Create: existing})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, b.Close()) }()
		return a.rowsFile(c.Context(), b, kind, args[0], f)
	}
	c.Flags().StringVar(&f.mapping, "map", "", a.t("cli.flag.map"))
	c.Flags().StringVar(&f.encoding, "encoding", "", a.t("cli.flag.encoding"))
	c.Flags().StringVar(&f.delimiter, "delimiter", "", a.t("cli.flag.delimiter"))
	c.Flags().StringVar(&f.bad, "bad", "", a.t("cli.flag.bad"))
	c.Flags().BoolVar(&f.dry, "dry-run", false, a.t("cli.flag.dry_import"))
	c.Flags().BoolVar(&f.yes, "yes", false, a.t("cli.flag.yes"))
	return c
}
