package exchange

import (
	"slices"
	"time"
)

// Field is what a column can hold about a customer. It is a name only; what
// it becomes is decided where customers are known.
type Field string

// The fields, under the names used in a mapping.
const (
	Number       Field = "number"       // the customer's number elsewhere
	Name         Field = "name"         // full name in one column
	First        Field = "first"        // first name
	Infix        Field = "infix"        // what stands between first and last name: van der
	Last         Field = "last"         // last name without infix
	Company      Field = "company"      // name of the organisation
	Kind         Field = "kind"         // see ParseKind
	Relation     Field = "relation"     // see ParseRelation
	Duty         Field = "duty"         // statutory claim on us: yes or no
	Phone        Field = "phone"        // as it came
	Mobile       Field = "mobile"       // as it came
	Email        Field = "email"        // as it came
	Street       Field = "street"       // street, possibly with the number
	HouseNo      Field = "houseno"      // house number with its addition
	Postcode     Field = "postcode"     // as it came
	Town         Field = "town"         // town
	Country      Field = "country"      // country
	Channel      Field = "channel"      // preferred channel
	Owner        Field = "owner"        // the colleague who looks after this customer
	Revenue      Field = "revenue"      // yearly, in money
	Margin       Field = "margin"       // yearly, in money
	Level        Field = "level"        // agreed service level
	Response     Field = "response"     // agreed response
	Minutes      Field = "minutes"      // included minutes a month
	ContractEnd  Field = "contract_end" // a date
	KeyAccount   Field = "key_account"  // yes or no
	Preferences  Field = "preferences"  // n=1 card: how this person wants it
	Expectations Field = "expectations" // n=1 card: what this person expects
	Helps        Field = "helps"        // n=1 card: what helps
	Hinders      Field = "hinders"      // n=1 card: what does not
	Note         Field = "note"         // anything else worth keeping
	Theirs       Field = "theirs"       // numbers they know themselves by
	Drives       Field = "drives"       // n=1 card: what drives this person
	Tone         Field = "tone"         // n=1 card: how to speak to this person
	Channels     Field = "channels"     // agreed channels
	Notice       Field = "notice"       // agreed notice period
)

var allFields = []Field{
	Number, Name, First, Infix, Last, Company, Kind, Relation, Duty, Phone, Mobile, Email,
	Street, HouseNo, Postcode, Town, Country, Channel, Owner, Revenue, Margin, Level, Response,
	Minutes, ContractEnd, KeyAccount, Preferences, Expectations, Helps, Hinders, Note,
	Theirs, Drives, Tone, Channels, Notice,
}

// AllFields lists the fields in the order in which they are shown.
func AllFields() []Field { return slices.Clone(allFields) }

// Fields looks at rows through a mapping. Set Row to each row in turn.
type Fields struct {
	Row     []string
	columns map[Field]int
}

// Fields prepares looking at rows through the mapping.
func (m Mapping) Fields() *Fields {
	f := &Fields{columns: make(map[Field]int, len(m))}
	for _, link := range m {
		f.columns[link.Field] = link.Column
	}
	return f
}

// Has says whether a column is mapped to the field.
func (f *Fields) Has(field Field) bool {
	_, ok := f.columns[field]
	return ok
}

// Text is the field as it came, but for the one apostrophe that an export puts
// before what looks like a formula; empty when it is not mapped.
func (f *Fields) Text(field Field) string {
	i, ok := f.columns[field]
	if !ok || i >= len(f.Row) {
		return ""
	}
	return Restore(f.Row[i])
}

// Cents is an amount of money; ok is false when there is none.
func (f *Fields) Cents(field Field) (cents int64, ok bool, err error) {
	return parsed(f.Text(field), ParseDecimal)
}

// Whole is a whole number; ok is false when there is none.
func (f *Fields) Whole(field Field) (n int64, ok bool, err error) {
	return parsed(f.Text(field), ParseWhole)
}

// Date is a calendar day at midnight UTC; ok is false when there is none.
func (f *Fields) Date(field Field) (day time.Time, ok bool, err error) {
	return parsed(f.Text(field), ParseDate)
}

// Bool is a yes or a no; ok is false when there is neither.
func (f *Fields) Bool(field Field) (yes, ok bool, err error) {
	return parsed(f.Text(field), ParseBool)
}

// Word is one of a few stored words, by [ParseKind] or [ParseRelation]; ok is
// false when there is none.
func (f *Fields) Word(field Field, parse func(string) (string, error)) (word string, ok bool, err error) {
	return parsed(f.Text(field), parse)
}

func parsed[T any](s string, parse func(string) (T, error)) (value T, ok bool, err error) {
	if fold(s) == "" {
		return value, false, nil
	}
	value, err = parse(s)
	return value, err == nil, err
}
