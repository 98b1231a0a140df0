package screen

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// editGroup is a part of the form.
type editGroup struct {
	label string
	ids   []string
}

// editGroups hold the fields in the order of [model.Fields]; a field that none
// names comes with the last.
var editGroups = []editGroup{
	{"edit.group.who", []string{"name", "kind", "relation", "owner"}},
	{"edit.group.reach", []string{"phone", "mobile", "email", "street", "houseno", "postcode", "town", "country", "number", "theirs"}},
	{"edit.group.card", []string{"preferences", "expectations", "drives", "channel", "tone", "helps", "hinders"}},
	{"edit.group.agreed", []string{"level", "channels", "response", "minutes", "contract_end", "notice"}},
	{"edit.group.money", []string{"revenue", "margin", "key_account", "duty", "note"}},
}

// groupOf is the place of the group a field is in.
func groupOf(id string) int {
	for i, g := range editGroups {
		for _, f := range g.ids {
			if f == id {
				return i
			}
		}
	}
	return len(editGroups) - 1
}

// makeForm makes the fields of the model into those of a form. owner is the
// person who owns the customer now, who stays a choice after leaving the desk.
func (s *edit) makeForm(owner string) *kit.Form {
	var fields []kit.Field
	for g := range editGroups {
		byID := map[string]bool{}
		for _, id := range editGroups[g].ids {
			if f := model.FieldByID(id); f != nil {
				fields = append(fields, s.field(f, owner))
				byID[id] = true
			}
		}
		for _, f := range model.Fields() {
			if groupOf(f.ID) == g && !byID[f.ID] {
				fields = append(fields, s.field(&f, owner))
			}
		}
	}
	s.fields = fields
	return kit.NewForm(s.env.Text, s.env.Theme, s.env.now(), fields)
}

func (s *edit) field(f *model.Field, owner string) kit.Field {
	e := s.env
	out := kit.Field{ID: f.ID, Label: e.T("field." + f.ID), Required: f.ID == "name"}
	switch f.Type {
	case model.FieldLong:
		out.Kind, out.Lines = kit.AreaField, 2
	case model.FieldChoice:
		out.Kind, out.Required = kit.ChoiceField, true
		for _, v := range f.Choices {
			out.Options = append(out.Options, kit.Option{Value: v, Label: e.T(f.ID + "." + v)})
		}
	case model.FieldBool:
		out.Kind = kit.ChoiceField
		out.Options = []kit.Option{{Value: "", Label: e.T("field.no")}, {Value: "yes", Label: e.T("field.yes")}}
	case model.FieldPerson:
		out.Kind = kit.ChoiceField
		out.Options = []kit.Option{{Value: "", Label: e.T("edit.nobody")}}
		for _, p := range s.people {
			if !p.Gone || p.ID.String() == owner {
				out.Options = append(out.Options, kit.Option{Value: p.ID.String(), Label: p.Name})
			}
		}
	case model.FieldDay:
		out.Kind = kit.DateField
	case model.FieldCount:
		out.Kind = kit.NumberField
		out.Check = func(v string) string {
			if strings.ContainsAny(v, ".-") {
				return e.T("edit.whole")
			}
			return ""
		}
	case model.FieldMoney:
		out.Kind = kit.NumberField
		out.Check = func(v string) string {
			if _, ok := model.ParseMoney(v); !ok {
				return e.T("edit.money")
			}
			return ""
		}
	}
	return out
}

// shown gives values as a person writes them: amounts with the decimal mark of
// the language.
func (s *edit) shown(values map[string]string) map[string]string {
	out := make(map[string]string, len(values))
	for id, v := range values {
		if f := model.FieldByID(id); f != nil && f.Type == model.FieldMoney && s.env.Text.Lang() == "nl" {
			v = strings.Replace(v, ".", ",", 1)
		}
		out[id] = v
	}
	return out
}

// clashWords shows the value of a field; a person who left is no choice of the
// form.
func (s *edit) clashWords(id, v string) string {
	if id == "owner" && v != "" {
		return s.ownerName(v)
	}
	return s.env.clashWords(s.fields, id, v)
}

// ownerName words the id of a person.
func (s *edit) ownerName(id string) string {
	for _, p := range s.people {
		if p.ID.String() == id {
			return p.Name
		}
	}
	return id
}
