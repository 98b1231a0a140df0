package model

import (
	"maps"
	"slices"
)

// Key names a record in the book: a table letter, then ids. Keys order the
// book: all records of one customer in one table stand together.
type Key string

// Table is the first byte of a key.
type Table byte

// The tables of the book.
const (
	TableCustomer   Table = 'c' // c customer
	TableSighting   Table = 's' // s customer sighting
	TableAssessment Table = 'a' // a customer assessment
	TableFlag       Table = 'f' // f customer flag
	TablePerson     Table = 'p' // p person
	TableGuard      Table = 'u' // u text: who owns a name that must be unique
	TableDraft      Table = 'd' // d person form
	TablePlaybook   Table = 'k' // k
	TableBook       Table = 'b' // b
	TableDouble     Table = 'x' // x double
	TableImport     Table = 'i' // i import

	TableContact     Table = 'l' // l customer contact
	TablePromise     Table = 'm' // m customer promise
	TableException   Table = 'e' // e customer exception
	TableTerms       Table = 't' // t customer terms
	TableSurvey      Table = 'v' // v customer survey
	TableHurt        Table = 'h' // h customer improvement
	TableFarewell    Table = 'q' // q customer farewell
	TableLesson      Table = 'w' // w customer lesson
	TableBanner      Table = 'z' // z customer
	TableFinance     Table = 'n' // n customer
	TableStandard    Table = 'r' // r standard
	TableImprovement Table = 'o' // o improvement
	TableReferral    Table = 'g' // g referral
	TableAnswer      Table = 'A' // A answer
	TableView        Table = 'V' // V view
	TableMerged      Table = 'M' // M customer that is gone
	TableAccess      Table = 'K' // K person key
	TableClaim       Table = 'C' // C case
)

// tables says of each table how a record of it is made, and whether its keys
// begin with a customer.
var tables = map[Table]struct {
	make       func() Record
	ofCustomer bool
}{
	TableCustomer:    {func() Record { return &Customer{} }, true},
	TableSighting:    {func() Record { return &Sighting{} }, true},
	TableAssessment:  {func() Record { return &Assessment{} }, true},
	TableFlag:        {func() Record { return &Flag{} }, true},
	TablePerson:      {func() Record { return &Person{} }, false},
	TableGuard:       {func() Record { return &Guard{} }, false},
	TableDraft:       {func() Record { return &Draft{} }, false},
	TablePlaybook:    {func() Record { return &PlaybookText{} }, false},
	TableBook:        {func() Record { return &BookInfo{} }, false},
	TableDouble:      {func() Record { return &Double{} }, false},
	TableImport:      {func() Record { return &Import{} }, false},
	TableContact:     {func() Record { return &Contact{} }, true},
	TablePromise:     {func() Record { return &Promise{} }, true},
	TableException:   {func() Record { return &Exception{} }, true},
	TableTerms:       {func() Record { return &Terms{} }, true},
	TableSurvey:      {func() Record { return &Survey{} }, true},
	TableHurt:        {func() Record { return &Hurt{} }, true},
	TableFarewell:    {func() Record { return &Farewell{} }, true},
	TableLesson:      {func() Record { return &Lesson{} }, true},
	TableBanner:      {func() Record { return &Banner{} }, true},
	TableFinance:     {func() Record { return &Finance{} }, true},
	TableStandard:    {func() Record { return &Standard{} }, false},
	TableImprovement: {func() Record { return &Improvement{} }, false},
	TableReferral:    {func() Record { return &Referral{} }, false},
	TableAnswer:      {func() Record { return &ReadyAnswer{} }, false},
	TableView:        {func() Record { return &SavedView{} }, false},
	TableMerged:      {func() Record { return &Merged{} }, false},
	TableAccess:      {func() Record { return &AccessKey{} }, false},
	TableClaim:       {func() Record { return &Claim{} }, false},
}

// Tables lists every table, in key order.
func Tables() []Table { return slices.Sorted(maps.Keys(tables)) }

// History lists, in key order, the tables whose records hang from a customer
// and tell what happened. A customer with any of them is never removed.
func History() []Table {
	out := make([]Table, 0, len(tables))
	for _, t := range Tables() {
		if tables[t].ofCustomer && t != TableCustomer && t != TableBanner && t != TableFinance {
			out = append(out, t)
		}
	}
	return out
}

// ofCustomer lists, in key order, the tables whose records hang from a customer.
func ofCustomer() []Table {
	return slices.DeleteFunc(Tables(), func(t Table) bool { return !tables[t].ofCustomer || t == TableCustomer })
}

// Record is anything the book keeps under a key.
type Record interface {
	Key() Key
}

// NewRecord makes an empty record of a table, for decoding; nil for a letter
// that is no table.
func NewRecord(t Table) Record {
	if d, ok := tables[t]; ok {
		return d.make()
	}
	return nil
}

// Table gives the table of a key; 0 for an empty key.
func (k Key) Table() Table {
	if k == "" {
		return 0
	}
	return Table(k[0])
}

// Customer gives the customer a key belongs to, or [NoID].
func (k Key) Customer() ID {
	if len(k) < 17 || !tables[k.Table()].ofCustomer {
		return NoID
	}
	var id ID
	copy(id[:], k[1:17])
	return id
}

func key1(t Table, id ID) Key { return Key(string(byte(t)) + string(id[:])) }
func key2(t Table, parent, id ID) Key {
	return Key(string(byte(t)) + string(parent[:]) + string(id[:]))
}
func prefixOf(t Table, parent ID) Key  { return key1(t, parent) }
func textKey(t Table, text string) Key { return Key(string(byte(t)) + text) }

// CustomerKey names a customer.
func CustomerKey(id ID) Key { return key1(TableCustomer, id) }

// PersonKey names a person of the desk.
func PersonKey(id ID) Key { return key1(TablePerson, id) }

// SightingKey names a sighting of a customer.
func SightingKey(customer, id ID) Key { return key2(TableSighting, customer, id) }

// AssessmentKey names an assessment of a customer.
func AssessmentKey(customer, id ID) Key { return key2(TableAssessment, customer, id) }

// FlagKey names a flag of a customer.
func FlagKey(customer, id ID) Key { return key2(TableFlag, customer, id) }

// ContactKey names a contact of a customer.
func ContactKey(customer, id ID) Key { return key2(TableContact, customer, id) }

// PromiseKey names a promise of or to a customer.
func PromiseKey(customer, id ID) Key { return key2(TablePromise, customer, id) }

// ExceptionKey names an exception that a customer asked.
func ExceptionKey(customer, id ID) Key { return key2(TableException, customer, id) }

// TermsKey names terms put to a customer.
func TermsKey(customer, id ID) Key { return key2(TableTerms, customer, id) }

// SurveyKey names a survey of a customer.
func SurveyKey(customer, id ID) Key { return key2(TableSurvey, customer, id) }

// HurtKey names the link between a customer and an improvement.
func HurtKey(customer, improvement ID) Key { return key2(TableHurt, customer, improvement) }

// FarewellKey names a farewell of a customer.
func FarewellKey(customer, id ID) Key { return key2(TableFarewell, customer, id) }

// LessonKey names a lesson that a customer taught us.
func LessonKey(customer, id ID) Key { return key2(TableLesson, customer, id) }

// BannerKey names a customer's banner.
func BannerKey(customer ID) Key { return key1(TableBanner, customer) }

// FinanceKey names a customer's account.
func FinanceKey(customer ID) Key { return key1(TableFinance, customer) }

// StandardKey names a line of the register of limits and standards.
func StandardKey(id ID) Key { return key1(TableStandard, id) }

// ImprovementKey names an improvement.
func ImprovementKey(id ID) Key { return key1(TableImprovement, id) }

// ReferralKey names a line of the referral book.
func ReferralKey(id ID) Key { return key1(TableReferral, id) }

// AnswerKey names an answer at hand.
func AnswerKey(id ID) Key { return key1(TableAnswer, id) }

// TableKey is the beginning of every key of a table, or of those of one
// customer in it.
func TableKey(t Table, customer ID) Key {
	if customer == NoID {
		return Key(string(byte(t)))
	}
	return prefixOf(t, customer)
}

// DoubleKey names a candidate double.
func DoubleKey(id ID) Key { return key1(TableDouble, id) }

// ImportKey names an import.
func ImportKey(id ID) Key { return key1(TableImport, id) }

// DraftKey names a person's draft of a form.
func DraftKey(person ID, form string) Key {
	return Key(string(byte(TableDraft)) + string(person[:]) + form)
}

// PlaybookKey names the one playbook; BookKey the one description of the book.
const (
	PlaybookKey = Key("k")
	BookKey     = Key("b")
)

// Guard claims a text that may be used once, such as a customer's number. It is
// also the direct way from that text to its owner.
type Guard struct {
	Text  string `cbor:"1,keyasint"`
	Owner ID     `cbor:"2,keyasint"`
}

// Key is the claimed text.
func (g *Guard) Key() Key { return textKey(TableGuard, g.Text) }

// GuardKey names the guard of a text in a space, such as "number".
func GuardKey(space, text string) Key { return textKey(TableGuard, GuardText(space, text)) }

// GuardText joins a space and a text to what a guard claims.
func GuardText(space, text string) string { return space + ":" + text }

// The spaces in which a text must be unique.
const (
	SpaceNumber = "number" // customer numbers
	SpacePerson = "person" // names of people of the desk, folded to lower case
	SpaceUID    = "uid"    // accounts of the operating system
	SpaceKey    = "key"    // fingerprints of keys to sign in with; a revoked one stays claimed

	SpaceStandard = "standard" // names of the register, folded to lower case
	SpaceReferral = "referral" // names of the referral book, folded to lower case
)

// Draft is what a person typed in a form and did not save yet. Drafts are kept
// in the book so that they outlive a closed terminal; they are no change of the
// book, so the journal does not list them and undo does not see them.
type Draft struct {
	Person ID                `cbor:"1,keyasint"`
	Form   string            `cbor:"2,keyasint"` // which form on which record
	Values map[string]string `cbor:"3,keyasint"`
	At     Stamp             `cbor:"4,keyasint"`
}

// Key orders drafts by person.
func (d *Draft) Key() Key { return DraftKey(d.Person, d.Form) }

// PlaybookText is the playbook as it was loaded: the text itself, so that it
// can be shown, changed and loaded again with its comments.
type PlaybookText struct {
	Text string `cbor:"1,keyasint"`
	By   ID     `cbor:"2,keyasint"`
	At   Stamp  `cbor:"3,keyasint"`
}

// Key is the one playbook's.
func (*PlaybookText) Key() Key { return PlaybookKey }

// BookInfo describes the book.
type BookInfo struct {
	ID      ID     `cbor:"1,keyasint"`
	Made    Stamp  `cbor:"2,keyasint"`
	Group   string `cbor:"3,keyasint,omitempty"` // Unix group that shares it
	Sample  bool   `cbor:"4,keyasint,omitempty"` // a throw-away sample
	Version int    `cbor:"5,keyasint"`           // of the layout
}

// Key is the one description's.
func (*BookInfo) Key() Key { return BookKey }

// Double is a pair of customers that may be one and the same. It is queued for
// a person and never acted upon by itself.
type Double struct {
	ID        ID      `cbor:"1,keyasint"`
	A         ID      `cbor:"2,keyasint"` // the one that stood first
	B         ID      `cbor:"3,keyasint"`
	Same      string  `cbor:"4,keyasint"` // what they share: mail, phone, name-postcode
	At        Stamp   `cbor:"5,keyasint"`
	Import    ID      `cbor:"6,keyasint,omitempty"`
	Dismissed *Ruling `cbor:"7,keyasint,omitempty"`
}

// Key orders doubles by time.
func (d *Double) Key() Key { return DoubleKey(d.ID) }

// Import is one file that was read in.
type Import struct {
	ID      ID          `cbor:"1,keyasint"`
	File    string      `cbor:"2,keyasint"` // base name
	Digest  []byte      `cbor:"3,keyasint"` // SHA-256 of the file, to know it again
	By      ID          `cbor:"4,keyasint"`
	At      Stamp       `cbor:"5,keyasint"`
	State   ImportState `cbor:"6,keyasint"`
	Offset  int64       `cbor:"7,keyasint"` // bytes of the file that are in the book
	Line    int         `cbor:"8,keyasint"`
	Added   int         `cbor:"9,keyasint"`
	Updated int         `cbor:"10,keyasint"`
	Bad     int         `cbor:"11,keyasint"`
	Mapping string      `cbor:"12,keyasint"`
}

// ImportState says how far an import is.
type ImportState string

// States of an import.
const (
	ImportLoading ImportState = "loading" // rows are being written, unseen
	ImportDone    ImportState = "done"    // its customers are visible
)

// Key orders imports by time.
func (i *Import) Key() Key { return ImportKey(i.ID) }

// Ruling is a decision of a person with its reason.
type Ruling struct {
	By     ID     `cbor:"1,keyasint" json:"by"`   // in whose name
	Real   ID     `cbor:"2,keyasint" json:"real"` // who really did it
	At     Stamp  `cbor:"3,keyasint" json:"at"`
	Reason string `cbor:"4,keyasint,omitempty" json:"reason,omitempty"`
}
