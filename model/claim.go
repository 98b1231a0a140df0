package model

import "time"

// ClaimFor is how long a case of the review queue is kept for the reviewer who
// took it, from when it was taken or looked at last.
const ClaimFor = 15 * time.Minute

// Claim keeps a case of the review queue for one reviewer for a while, so that
// two do not work on the same. It is no change of the book: the journal does not
// list it and undo does not see it.
type Claim struct {
	Case   ID       `cbor:"1,keyasint"` // of the flag, assessment, sighting or double
	Kind   CaseKind `cbor:"2,keyasint"`
	Person ID       `cbor:"3,keyasint"`
	At     Stamp    `cbor:"4,keyasint"`
	Until  Stamp    `cbor:"5,keyasint"`
}

// Key names the claim by its case: there is one at most.
func (c *Claim) Key() Key { return ClaimKey(c.Case) }

// ClaimKey names the claim of a case.
func ClaimKey(id ID) Key { return key1(TableClaim, id) }
