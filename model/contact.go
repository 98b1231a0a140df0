package model

// Contact is one time that a customer and we spoke or wrote (articles 002 and
// 003). Day is the calendar day of On at the desk, kept so that what is derived
// from contacts needs no time zone.
type Contact struct {
	ID       ID     `cbor:"1,keyasint"`
	Customer ID     `cbor:"2,keyasint"`
	On       Stamp  `cbor:"3,keyasint"` // when it took place
	Day      Day    `cbor:"4,keyasint"` // On, at the desk
	Out      bool   `cbor:"5,keyasint,omitempty"`
	Channel  string `cbor:"6,keyasint"` // id in the playbook
	Topic    string `cbor:"7,keyasint"` // id in the playbook
	Story    string `cbor:"8,keyasint,omitempty"`
	By       ID     `cbor:"9,keyasint"`  // who helped, a person and no number
	At       Stamp  `cbor:"10,keyasint"` // when it was noted

	Answered bool            `cbor:"11,keyasint,omitempty"` // the question was answered in this contact
	Minutes  [Activities]int `cbor:"12,keyasint"`
	// Transfers counts how often the customer was put through.
	Transfers   int  `cbor:"13,keyasint,omitempty"`
	ToldAgain   bool `cbor:"14,keyasint,omitempty"` // had to tell the story again
	NumberAgain bool `cbor:"15,keyasint,omitempty"` // was asked for a number again
	Failed      bool `cbor:"16,keyasint,omitempty"` // our service failed
	// Effort is the mark for "made it easy for me", 1–7 with 7 for agree; 0 when
	// not asked.
	Effort int `cbor:"17,keyasint,omitempty"`
	// Waited is how many seconds the customer waited for an answer, and one more;
	// 0 when not known.
	Waited int `cbor:"18,keyasint,omitempty"`
	// Felt is the lead time of the matter in days as the customer feels it, and
	// one more; 0 when not asked.
	Felt    int    `cbor:"19,keyasint,omitempty"`
	Answer  ID     `cbor:"20,keyasint,omitempty"` // of the answers at hand, when one served
	Missing string `cbor:"21,keyasint,omitempty"` // the answer that was not at hand

	Withdrawn *Ruling `cbor:"22,keyasint,omitempty"` // noted by mistake
}

// Key keeps a customer's contacts together, in the order they were noted.
func (c *Contact) Key() Key { return key2(TableContact, c.Customer, c.ID) }

// Stands reports whether the contact counts.
func (c *Contact) Stands() bool { return c.Withdrawn == nil }

// Banner is the line that must not be missed on opening a customer, set by a
// person until a day. There is one for each customer.
type Banner struct {
	Customer ID     `cbor:"1,keyasint"`
	Words    string `cbor:"2,keyasint"`
	Until    Day    `cbor:"3,keyasint"` // the last day it is shown
	By       ID     `cbor:"4,keyasint"`
	At       Stamp  `cbor:"5,keyasint"`
}

// Key is the customer's one banner.
func (b *Banner) Key() Key { return key1(TableBanner, b.Customer) }

// Lesson is a line about what a demanding customer taught us (article 000: they
// keep a desk sharp).
type Lesson struct {
	ID       ID     `cbor:"1,keyasint"`
	Customer ID     `cbor:"2,keyasint"`
	Words    string `cbor:"3,keyasint"`
	Topic    string `cbor:"4,keyasint,omitempty"`
	By       ID     `cbor:"5,keyasint"`
	At       Stamp  `cbor:"6,keyasint"`
}

// Key keeps a customer's lessons together.
func (l *Lesson) Key() Key { return key2(TableLesson, l.Customer, l.ID) }

// ReadyAnswer is a short answer that is at hand while one logs (article 003:
// the right answer at once).
type ReadyAnswer struct {
	ID       ID      `cbor:"1,keyasint"`
	Topic    string  `cbor:"2,keyasint"`
	Question string  `cbor:"3,keyasint"`
	Words    string  `cbor:"4,keyasint"`
	By       ID      `cbor:"5,keyasint"`
	At       Stamp   `cbor:"6,keyasint"`
	Retired  *Ruling `cbor:"7,keyasint,omitempty"`
	// Asked are questions, folded, to which it was missing when a contact was
	// logged, see [FoldWords].
	Asked []string `cbor:"8,keyasint,omitempty"`
}

// Key orders answers by time.
func (a *ReadyAnswer) Key() Key { return key1(TableAnswer, a.ID) }
