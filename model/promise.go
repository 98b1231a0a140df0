package model

// Side tells whose a promise is: an agreement binds both (article 001).
type Side string

// The two sides.
const (
	Ours   Side = "ours"
	Theirs Side = "theirs"
)

// PromiseState is what became of a promise.
type PromiseState string

// States of a promise.
const (
	PromiseOpen    PromiseState = "open"
	PromiseKept    PromiseState = "kept"
	PromiseBroken  PromiseState = "broken"
	PromiseDropped PromiseState = "dropped" // made by mistake, or let go by the other side
)

// Promise is what one side promised the other, and by when.
type Promise struct {
	ID       ID           `cbor:"1,keyasint"`
	Customer ID           `cbor:"2,keyasint"`
	Side     Side         `cbor:"3,keyasint"`
	Words    string       `cbor:"4,keyasint"`
	Who      ID           `cbor:"5,keyasint,omitempty"` // ours: the colleague who keeps it
	Due      Day          `cbor:"6,keyasint"`
	State    PromiseState `cbor:"7,keyasint"`
	By       ID           `cbor:"8,keyasint"`
	At       Stamp        `cbor:"9,keyasint"`
	Contact  ID           `cbor:"10,keyasint,omitempty"` // in which it was made
	Topic    string       `cbor:"11,keyasint,omitempty"`
	Moves    []Move       `cbor:"12,keyasint,omitempty"` // oldest first
	Closed   *Ruling      `cbor:"13,keyasint,omitempty"`
	ClosedOn Day          `cbor:"14,keyasint,omitempty"` // day it was kept, broken or let go; may be put earlier than that of Closed
}

// Move is a promise put off to another day, with the reason.
type Move struct {
	From, To Day
	Ruling   *Ruling
}

// Key keeps a customer's promises together.
func (p *Promise) Key() Key { return key2(TablePromise, p.Customer, p.ID) }
