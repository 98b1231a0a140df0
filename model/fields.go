package model

import (
	"fmt"
	"strconv"
	"strings"
)

// FieldType says how a field of a customer is written.
type FieldType string

// Types of field. Values are always text: what forms, imports, exports and
// conflicts work with.
const (
	FieldText   FieldType = "text"
	FieldLong   FieldType = "long"   // several lines
	FieldChoice FieldType = "choice" // one of Field.Choices
	FieldBool   FieldType = "bool"   // "yes" or ""
	FieldCount  FieldType = "count"  // whole number, 0 or more
	FieldMoney  FieldType = "money"  // euros with a point and two decimals
	FieldDay    FieldType = "day"    // 2006-01-02
	FieldPerson FieldType = "person" // id of a person
)

// Field describes one field of a customer. The label is text id "field."+ID.
type Field struct {
	ID      string
	Type    FieldType
	Choices []string
	Get     func(*Customer) string
	set     func(*Customer, string) error
}

// Set puts a value into a customer after checking it.
func (f *Field) Set(c *Customer, v string) error {
	if f.Type != FieldLong {
		v = strings.TrimSpace(v)
	}
	if !validText(v) {
		return Invalid("error.field.utf8", "Field", f.ID)
	}
	if err := checkWords(f.ID, v); err != nil {
		return err
	}
	if f.ID == "number" { // it is a key as well, see Guard
		if err := checkKey(f.ID, v); err != nil {
			return err
		}
	}
	return f.set(c, v)
}

// FieldByID finds a field; nil for none.
func FieldByID(id string) *Field {
	for i := range fields {
		if fields[i].ID == id {
			return &fields[i]
		}
	}
	return nil
}

// Fields lists the fields of a customer in the order of a form. The list is
// shared and must not be changed.
func Fields() []Field { return fields }

// FieldValues gives all fields of a customer that hold something.
func FieldValues(c *Customer) map[string]string {
	out := make(map[string]string, 12)
	for i := range fields {
		if v := fields[i].Get(c); v != "" {
			out[fields[i].ID] = v
		}
	}
	return out
}

var fields = []Field{
	{ID: "name", Type: FieldText, Get: func(c *Customer) string { return c.Name }, set: setName},
	choiceField("kind", func(c *Customer) *string { return (*string)(&c.Kind) }, string(Private), string(Business), string(Internal)),
	choiceField("relation", func(c *Customer) *string { return (*string)(&c.Relation) }, string(Current), string(Prospect), string(Suspect), string(Former)),
	textField("number", FieldText, func(c *Customer) *string { return &c.Number }),
	textField("phone", FieldText, func(c *Customer) *string { return &c.Phone }),
	textField("mobile", FieldText, func(c *Customer) *string { return &c.Mobile }),
	textField("email", FieldText, func(c *Customer) *string { return &c.Email }),
	textField("street", FieldText, func(c *Customer) *string { return &c.Street }),
	textField("houseno", FieldText, func(c *Customer) *string { return &c.HouseNo }),
	textField("postcode", FieldText, func(c *Customer) *string { return &c.Postcode }),
	textField("town", FieldText, func(c *Customer) *string { return &c.Town }),
	textField("country", FieldText, func(c *Customer) *string { return &c.Country }),
	textField("theirs", FieldText, func(c *Customer) *string { return &c.Theirs }),
	{ID: "owner", Type: FieldPerson, Get: func(c *Customer) string { return c.Owner.String() }, set: setOwner},
	textField("preferences", FieldLong, func(c *Customer) *string { return &c.Preferences }),
	textField("expectations", FieldLong, func(c *Customer) *string { return &c.Expectations }),
	textField("drives", FieldLong, func(c *Customer) *string { return &c.Drives }),
	textField("channel", FieldText, func(c *Customer) *string { return &c.Channel }),
	textField("tone", FieldText, func(c *Customer) *string { return &c.Tone }),
	textField("helps", FieldLong, func(c *Customer) *string { return &c.Helps }),
	textField("hinders", FieldLong, func(c *Customer) *string { return &c.Hinders }),
	textField("level", FieldText, func(c *Customer) *string { return &c.Level }),
	textField("channels", FieldText, func(c *Customer) *string { return &c.Channels }),
	textField("response", FieldText, func(c *Customer) *string { return &c.Response }),
	{ID: "minutes", Type: FieldCount, Get: getMinutes, set: setMinutes},
	{ID: "contract_end", Type: FieldDay, Get: func(c *Customer) string { return string(c.ContractEnd) }, set: setContractEnd},
	textField("notice", FieldText, func(c *Customer) *string { return &c.Notice }),
	moneyField("revenue", func(c *Customer) *int64 { return &c.Revenue }),
	moneyField("margin", func(c *Customer) *int64 { return &c.Margin }),
	boolField("key_account", func(c *Customer) *bool { return &c.KeyAccount }),
	boolField("duty", func(c *Customer) *bool { return &c.Duty }),
	textField("note", FieldLong, func(c *Customer) *string { return &c.Note }),
}

func textField(id string, t FieldType, at func(*Customer) *string) Field {
	return Field{ID: id, Type: t,
		Get: func(c *Customer) string { return *at(c) },
		set: func(c *Customer, v string) error { *at(c) = v; return nil }}
}

func choiceField(id string, at func(*Customer) *string, allowed ...string) Field {
	return Field{ID: id, Type: FieldChoice, Choices: allowed,
		Get: func(c *Customer) string { return *at(c) },
		set: func(c *Customer, v string) error {
			for _, a := range allowed {
				if v == a {
					*at(c) = v
					return nil
				}
			}
			return Invalid("error.field.choice", "Field", id, "Value", v, "Allowed", strings.Join(allowed, ", "))
		}}
}

func moneyField(id string, at func(*Customer) *int64) Field {
	return Field{ID: id, Type: FieldMoney,
		Get: func(c *Customer) string { return FormatMoney(*at(c)) },
		set: func(c *Customer, v string) error {
			n, ok := ParseMoney(v)
			if !ok || checkCents(id, n) != nil {
				return Invalid("error.field.money", "Field", id, "Value", v)
			}
			*at(c) = n
			return nil
		}}
}

func boolField(id string, at func(*Customer) *bool) Field {
	return Field{ID: id, Type: FieldBool,
		Get: func(c *Customer) string {
			if *at(c) {
				return "yes"
			}
			return ""
		},
		set: func(c *Customer, v string) error {
			switch v {
			case "yes":
				*at(c) = true
			case "", "no":
				*at(c) = false
			default:
				return Invalid("error.field.bool", "Field", id, "Value", v)
			}
			return nil
		}}
}

// FormatMoney writes cents as euros with two decimals; "" for nothing.
func FormatMoney(cents int64) string {
	if cents == 0 {
		return ""
	}
	sign := ""
	u := uint64(cents)
	if cents < 0 {
		sign, u = "-", -u
	}
	return fmt.Sprintf("%s%d.%02d", sign, u/100, u%100)
}

// ParseMoney reads euros with a point or a comma and at most two decimals, such
// as "-12.5"; "" is nothing.
func ParseMoney(s string) (int64, bool) {
	if s == "" {
		return 0, true
	}
	body, neg := strings.CutPrefix(s, "-")
	whole, part, _ := strings.Cut(strings.Replace(body, ",", ".", 1), ".")
	if len(part) > 2 || whole == "" || len(whole) > 15 || strings.ContainsAny(whole+part, "+-") {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		return 0, false
	}
	if neg {
		n = -n
	}
	return n, true
}

func setName(c *Customer, v string) error {
	if v == "" {
		return Invalid("error.field.name").WithHint("hint.field.name")
	}
	c.Name = v
	return nil
}

func setOwner(c *Customer, v string) error {
	id, ok := ParseID(v)
	if !ok {
		return Invalid("error.person.unknown").WithHint("hint.people")
	}
	c.Owner = id
	return nil
}

func getMinutes(c *Customer) string {
	if c.Minutes == 0 {
		return ""
	}
	return strconv.Itoa(c.Minutes)
}

func setMinutes(c *Customer, v string) error {
	if v == "" {
		c.Minutes = 0
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > 1e6 {
		return Invalid("error.field.count", "Field", "minutes", "Value", v)
	}
	c.Minutes = n
	return nil
}

func setContractEnd(c *Customer, v string) error {
	d, ok := ParseDay(v)
	if !ok {
		return Invalid("error.field.day", "Field", "contract_end", "Value", v)
	}
	c.ContractEnd = d
	return nil
}
