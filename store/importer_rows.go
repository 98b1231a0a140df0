package store

import (
	"errors"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/store/exchange"
)

// maxNumber bounds a customer's number in bytes: it is a key of the book.
const maxNumber = 200

// converter turns rows of text into customers. Not for concurrent use.
type converter struct {
	imp    *model.Import
	fields *exchange.Fields
	plain  []column // columns that are a field of a customer each
	name   model.FieldSet
	kind   model.FieldSet
	owners map[string]model.ID // by folded name
	strays map[string]bool     // names of owners nobody has, reported once
	notes  []model.Message
}

// column is a column of the file that fills a field of a customer.
type column struct {
	from  exchange.Field
	field *model.Field
	bit   model.FieldSet
}

// maxStrays is how many unknown owners are named.
const maxStrays = 100

func newConverter(imp *model.Import, m exchange.Mapping, owners map[string]model.ID) *converter {
	c := &converter{imp: imp, fields: m.Fields(), owners: owners, strays: map[string]bool{},
		name: model.FieldBit("name"), kind: model.FieldBit("kind")}
	for _, link := range m {
		switch link.Field {
		case exchange.Name, exchange.First, exchange.Infix, exchange.Last, exchange.Company:
		default:
			if f := model.FieldByID(string(link.Field)); f != nil {
				c.plain = append(c.plain, column{from: link.Field, field: f, bit: model.FieldBit(f.ID)})
			}
		}
	}
	return c
}

// row fills a customer from a row and says which fields it gave. An empty cell
// gives nothing: it leaves a known customer as it is.
func (c *converter) row(line int, cells []string, into *model.Customer) (model.FieldSet, error) {
	c.fields.Row = cells
	*into = model.Customer{ID: ImportID(c.imp.ID, uint32(line)), Kind: model.Private, Relation: model.Current, Import: c.imp.ID, Added: c.imp.At}
	var given model.FieldSet
	for i := range c.plain {
		col := &c.plain[i]
		text := c.fields.Text(col.from)
		if text == "" || col.field.Type != model.FieldLong && strings.TrimSpace(text) == "" {
			continue
		}
		value, ok, err := c.value(col, text)
		if err != nil {
			return 0, reasonOf(err, col.field.ID)
		}
		if !ok {
			continue
		}
		if err := col.field.Set(into, value); err != nil {
			return 0, err
		}
		given |= col.bit
	}
	if len(into.Number) > maxNumber {
		return 0, model.Invalid("import.bad.number", "Max", maxNumber)
	}
	name, organisation := c.names()
	if name != "" {
		if err := model.FieldByID("name").Set(into, name); err != nil {
			return 0, err
		}
		given |= c.name
	}
	if organisation && given&c.kind == 0 {
		into.Kind = model.Business
	}
	if into.Name == "" && into.Number == "" {
		return 0, model.Invalid("error.field.name")
	}
	return given, nil
}

// names joins the parts of a name. An organisation with a person in it is
// called after both, so that it is found by either.
func (c *converter) names() (name string, organisation bool) {
	text := func(f exchange.Field) string { return strings.TrimSpace(c.fields.Text(f)) }
	name, company := text(exchange.Name), text(exchange.Company)
	if name == "" {
		for _, f := range []exchange.Field{exchange.First, exchange.Infix, exchange.Last} {
			if part := text(f); part != "" {
				if name != "" {
					name += " "
				}
				name += part
			}
		}
	}
	switch {
	case company == "" || company == name:
		return name, false
	case name == "":
		return company, true
	}
	return name + " (" + company + ")", false
}

// value gives a cell as the field takes it; false for none.
func (c *converter) value(col *column, text string) (string, bool, error) {
	switch col.field.Type {
	case model.FieldChoice:
		parse := exchange.ParseKind
		if col.from == exchange.Relation {
			parse = exchange.ParseRelation
		}
		word, err := parse(text)
		return word, true, err
	case model.FieldBool:
		yes, err := exchange.ParseBool(text)
		if yes {
			return "yes", true, err
		}
		return "", true, err
	case model.FieldMoney:
		cents, err := exchange.ParseDecimal(text)
		return model.FormatMoney(cents), true, err
	case model.FieldCount:
		n, err := exchange.ParseWhole(text)
		return strconv.FormatInt(n, 10), true, err
	case model.FieldDay:
		day, err := exchange.ParseDate(text)
		return string(model.DayOf(day)), true, err
	case model.FieldPerson:
		id, ok := c.owner(text)
		return id.String(), ok, nil
	}
	return text, true, nil
}

// owner finds a colleague by name. One whom nobody knows is named once, and the
// field stays empty.
func (c *converter) owner(name string) (model.ID, bool) {
	name = strings.TrimSpace(name)
	folded := model.FoldPerson(name)
	if id, ok := c.owners[folded]; ok {
		return id, true
	}
	if !c.strays[folded] && len(c.strays) < maxStrays {
		c.strays[folded] = true
		c.notes = append(c.notes, model.Say("note.import.owner", "Name", name))
	}
	return model.NoID, false
}

// reasonOf gives an error of a value as one of the model.
func reasonOf(err error, field string) error {
	var v *exchange.ValueError
	if errors.As(err, &v) {
		return model.Invalid(v.Reason, "Field", field)
	}
	return err
}

// reason words an error for a list of bad lines.
func reason(err error) model.Message {
	var e *model.Error
	if errors.As(err, &e) {
		return model.Message{ID: e.ID, Args: e.Args}
	}
	return model.Say("error.internal")
}
