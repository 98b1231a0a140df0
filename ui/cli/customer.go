package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// addVerb adds a customer.
func (a *app) addVerb() *cobra.Command {
	return &cobra.Command{
		Use: "add NAME [FIELD=VALUE…]", Short: a.t("cli.add.short"), Long: a.t("cli.add.long") + "\n\n" + a.fieldHelp(), Args: a.args(1, -1),
		Example: `pasvorm add "Petra Jansen" town=Utrecht phone=030-0550199`,
		RunE: a.on(making, func(ctx context.Context, b ui.Book, args []string) error {
			values, err := a.values(b, args[1:])
			if err != nil {
				return err
			}
			if id, _, ok := strings.Cut(args[0], "="); ok && a.field(id) != nil {
				return a.usage("cli.error.add_name", "Text", args[0])
			}
			values["name"] = args[0]
			same := a.looksLike(b, values)
			if err := a.doNoted(ctx, b, model.AddCustomer{Values: values}, longTexts(values)...); err != nil || same == "" {
				return err
			}
			_, _ = fmt.Fprintln(a.Err, "! "+same)
			return nil
		}),
	}
}

// editVerb changes fields of a customer.
func (a *app) editVerb() *cobra.Command {
	return &cobra.Command{
		Use: "edit CUSTOMER FIELD=VALUE…", Short: a.t("cli.edit.short"), Long: a.t("cli.edit.long") + "\n\n" + a.fieldHelp(), Args: a.args(2, -1),
		Example: `pasvorm edit 1001 owner=Karin contract_end=2027-03-31`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			now, err := a.values(b, args[1:])
			if err != nil {
				return err
			}
			was := map[string]string{}
			for id := range now {
				if f := model.FieldByID(id); f != nil {
					was[id] = f.Get(d.Customer)
				}
			}
			return named(b, a.doNoted(ctx, b, model.EditCustomer{Customer: d.Customer.ID, Was: was, Now: now}, longTexts(now)...))
		}),
	}
}

// named puts names in the place of people's ids where two people chose different
// owners.
func named(b ui.Desk, err error) error {
	var e *model.Error
	if !errors.As(err, &e) {
		return err
	}
	for i := range e.Fields {
		if f := &e.Fields[i]; f.Field == "owner" {
			all, failed := b.People()
			if failed != nil {
				return errors.Join(err, failed)
			}
			for _, p := range all {
				for _, v := range []*string{&f.Was, &f.Yours, &f.Stand} {
					if *v == p.ID.String() {
						*v = p.Name
					}
				}
			}
		}
	}
	return err
}

// fieldHelp lists the fields that can be set.
func (a *app) fieldHelp() string {
	ids := make([]string, 0, len(model.Fields()))
	for _, f := range model.Fields() {
		s := f.ID
		if len(f.Choices) > 0 {
			s += " (" + strings.Join(f.Choices, "|") + ")"
		}
		ids = append(ids, s)
	}
	return a.t("cli.fields", "Fields", strings.Join(ids, ", "))
}

// values reads words of the form field=value. A field is meant by its id or by
// its name in the language of the call.
func (a *app) values(b ui.Desk, args []string) (map[string]string, error) {
	out := map[string]string{}
	for _, s := range args {
		id, v, ok := strings.Cut(s, "=")
		if !ok {
			return nil, a.usage("cli.error.field", "Text", s)
		}
		f := a.field(id)
		if f == nil {
			return nil, model.Invalid("error.field.unknown", "Field", id).WithHint("cli.hint.fields")
		}
		if _, twice := out[f.ID]; twice {
			return nil, a.usage("cli.error.field_twice", "Field", id)
		}
		v, err := a.value(b, f, v)
		if err != nil {
			return nil, err
		}
		out[f.ID] = v
	}
	return out, nil
}

func (a *app) field(s string) *model.Field {
	s = strings.ToLower(strings.TrimSpace(s))
	if f := model.FieldByID(s); f != nil {
		return f
	}
	for _, f := range model.Fields() {
		if a.tx.Has("field."+f.ID) && strings.EqualFold(a.tx.T("field."+f.ID), s) {
			return model.FieldByID(f.ID)
		}
	}
	return nil
}

// value turns what a person writes into what the field keeps.
func (a *app) value(b ui.Desk, f *model.Field, v string) (string, error) {
	switch f.Type {
	case model.FieldPerson:
		id, err := a.person(b, v)
		return id.String(), err
	case model.FieldDay:
		if d, ok := kit.ParseDate(v, b.Now()); ok {
			return string(model.DayOf(d)), nil
		}
	case model.FieldBool:
		switch strings.ToLower(v) {
		case a.t("cli.yes"), "y", "j", "true", "1":
			return "yes", nil
		case a.t("cli.no"), "n", "false", "0":
			return "", nil
		}
	case model.FieldChoice:
		return strings.ToLower(v), nil
	}
	return v, nil
}

// person finds somebody of the desk by name or id; "" is nobody.
func (a *app) person(b ui.Desk, text string) (model.ID, error) {
	if strings.TrimSpace(text) == "" {
		return model.NoID, nil
	}
	p, err := a.somebody(b, text)
	if err != nil {
		return model.NoID, err
	}
	return p.ID, nil
}

func (a *app) somebody(b ui.Desk, text string) (*model.Person, error) {
	people, err := b.People()
	if err != nil {
		return nil, err
	}
	id, isID := model.ParseID(text)
	for _, p := range people {
		if isID && p.ID == id || model.FoldPerson(p.Name) == model.FoldPerson(text) {
			return p, nil
		}
	}
	return nil, model.NotFound("error.person.unknown").WithHint("hint.people")
}
