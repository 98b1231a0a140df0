package model

// CustomerKind is whom a customer buys for (article 000: private, business and
// internal customers).
type CustomerKind string

// Kinds of customer.
const (
	Private  CustomerKind = "private"
	Business CustomerKind = "business"
	Internal CustomerKind = "internal" // colleague, partner, supplier
)

// Relation is how far the relation has come (article 000: who could use our
// services is a customer too).
type Relation string

// Relations.
const (
	Suspect  Relation = "suspect"
	Prospect Relation = "prospect"
	Current  Relation = "customer"
	Former   Relation = "former"
)

// Customer is one customer: who it is, how this one likes to be treated (the
// n=1 card, article 000), what was agreed and what it brings (article 001).
type Customer struct {
	ID       ID           `cbor:"1,keyasint"`
	Number   string       `cbor:"2,keyasint,omitempty"` // ours
	Name     string       `cbor:"3,keyasint"`
	Kind     CustomerKind `cbor:"4,keyasint"`
	Relation Relation     `cbor:"5,keyasint"`
	Duty     bool         `cbor:"6,keyasint,omitempty"` // has a statutory claim on us
	Owner    ID           `cbor:"7,keyasint,omitempty"`

	Phone    string `cbor:"10,keyasint,omitempty"`
	Mobile   string `cbor:"11,keyasint,omitempty"`
	Email    string `cbor:"12,keyasint,omitempty"`
	Street   string `cbor:"13,keyasint,omitempty"`
	HouseNo  string `cbor:"14,keyasint,omitempty"`
	Postcode string `cbor:"15,keyasint,omitempty"`
	Town     string `cbor:"16,keyasint,omitempty"`
	Country  string `cbor:"17,keyasint,omitempty"`
	Theirs   string `cbor:"18,keyasint,omitempty"` // numbers they know themselves by, comma separated

	Preferences  string `cbor:"20,keyasint,omitempty"`
	Expectations string `cbor:"21,keyasint,omitempty"`
	Drives       string `cbor:"22,keyasint,omitempty"`
	Channel      string `cbor:"23,keyasint,omitempty"`
	Tone         string `cbor:"24,keyasint,omitempty"`
	Helps        string `cbor:"25,keyasint,omitempty"`
	Hinders      string `cbor:"26,keyasint,omitempty"`
	Note         string `cbor:"27,keyasint,omitempty"`

	Level       string `cbor:"30,keyasint,omitempty"` // service level agreed
	Channels    string `cbor:"31,keyasint,omitempty"` // channels agreed
	Response    string `cbor:"32,keyasint,omitempty"` // response agreed
	Minutes     int    `cbor:"33,keyasint,omitempty"` // included, a month
	ContractEnd Day    `cbor:"34,keyasint,omitempty"`
	Notice      string `cbor:"35,keyasint,omitempty"` // notice period

	Revenue    int64 `cbor:"40,keyasint,omitempty"` // cents a year
	Margin     int64 `cbor:"41,keyasint,omitempty"` // cents a year
	KeyAccount bool  `cbor:"42,keyasint,omitempty"`

	Import ID    `cbor:"50,keyasint,omitempty"` // the import that brought it
	Added  Stamp `cbor:"51,keyasint,omitempty"`

	Formerly string `cbor:"52,keyasint,omitempty"` // numbers of customers merged into this one, comma separated
}

// Key orders customers by the time they were added.
func (c *Customer) Key() Key { return CustomerKey(c.ID) }

// FitKind gives the kind that the fit rules record beside the answers.
func (c *Customer) FitKind() FitKind {
	return FitKindOf(c.Duty, c.Kind == Internal, c.Relation == Suspect || c.Relation == Prospect)
}

// Large reports whether the customer is large: a key account, or percent or
// more of the revenue of all (article 004). Size never changes a verdict, it
// adds safeguards. total is in cents, the sum over all customers.
func (c *Customer) Large(total int64, percent int) bool {
	if c.KeyAccount {
		return true
	}
	return total > 0 && c.Revenue > 0 && c.Revenue*100 >= total*int64(percent)
}
