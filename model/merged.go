package model

// Merged is what is left of a customer who was found to be another: where all
// that was known went. Whoever has the old id or number finds the other.
type Merged struct {
	ID     ID     `cbor:"1,keyasint"` // the customer that is gone
	Into   ID     `cbor:"2,keyasint"`
	By     ID     `cbor:"3,keyasint"`
	At     Stamp  `cbor:"4,keyasint"`
	Name   string `cbor:"5,keyasint,omitempty"` // as it stood
	Number string `cbor:"6,keyasint,omitempty"`
}

// Key names the customer that is gone.
func (m *Merged) Key() Key { return MergedKey(m.ID) }

// MergedKey names what is left of a merged customer.
func MergedKey(id ID) Key { return key1(TableMerged, id) }

// MergeField is one field of two cards beside each other.
type MergeField struct {
	Field string // as in [Fields]
	Keep  string // text on the card that stays
	Gone  string // on the other
	Take  bool   // the other's is proposed: the one that stays has none
}

// MergePreview says what a merge would do.
type MergePreview struct {
	Keep, Gone *Customer
	Fields     []MergeField  // those that differ
	Moves      map[Table]int // records that come over, by table
	Same       string        // what made them look alike, as in [Double]; "" for nothing
	Blocked    *Error        // why not; nil when it can be done
}

// Twin is a customer who may be the same as another.
type Twin struct {
	Row  Row
	Same string // mail, phone, name-postcode, name: what they share
}
