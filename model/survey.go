package model

// Survey is what a customer said of the cooperation: two open questions, none
// of them leading, and one mark out of ten (article 002).
type Survey struct {
	ID       ID       `cbor:"1,keyasint"`
	Customer ID       `cbor:"2,keyasint"`
	Describe string   `cbor:"3,keyasint,omitempty"` // describe the cooperation
	Better   string   `cbor:"4,keyasint,omitempty"` // what could be better
	Mark     int      `cbor:"5,keyasint,omitempty"` // 0–10, and one more; 0 for none
	Topics   []string `cbor:"6,keyasint,omitempty"` // what the annoyances are about, most telling first
	Felt     int      `cbor:"7,keyasint,omitempty"` // lead time as felt, in days, and one more
	Day      Day      `cbor:"8,keyasint"`
	By       ID       `cbor:"9,keyasint"`
	At       Stamp    `cbor:"10,keyasint"`
	Import   ID       `cbor:"11,keyasint,omitempty"`

	Withdrawn *Ruling `cbor:"12,keyasint,omitempty"`
}

// Key keeps a customer's surveys together.
func (s *Survey) Key() Key { return key2(TableSurvey, s.Customer, s.ID) }

// Score gives the mark, 0–10; false when none was given.
func (s *Survey) Score() (int, bool) { return s.Mark - 1, s.Mark > 0 }

// Finance is what our books say about a customer beside revenue and margin.
// There is one for each customer.
type Finance struct {
	Customer ID       `cbor:"1,keyasint"`
	Direct   int64    `cbor:"2,keyasint,omitempty"` // direct costs a year, cents
	Arrears  []Arrear `cbor:"3,keyasint,omitempty"` // oldest first
	AsOf     Day      `cbor:"4,keyasint"`
	By       ID       `cbor:"5,keyasint"`
	At       Stamp    `cbor:"6,keyasint"`
	Import   ID       `cbor:"7,keyasint,omitempty"`
}

// Arrear is money that is not paid.
type Arrear struct {
	Cents int64
	Since Day // due since
}

// Key is the customer's one account.
func (f *Finance) Key() Key { return key1(TableFinance, f.Customer) }
