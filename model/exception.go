package model

// StandardKind sorts the register of what we hold to (articles 001 and 004).
type StandardKind string

// Kinds of standard.
const (
	StandardProcedure StandardKind = "procedure" // how we do things, and may have to stop doing
	StandardService   StandardKind = "service"   // what everybody may expect of us
	StandardLimit     StandardKind = "limit"     // what we do not accept
)

// Standard is one line of our register of limits and standards. Its name is
// claimed by a guard in [SpaceStandard].
type Standard struct {
	ID      ID           `cbor:"1,keyasint"`
	Kind    StandardKind `cbor:"2,keyasint"`
	Name    string       `cbor:"3,keyasint"`
	Words   string       `cbor:"4,keyasint,omitempty"` // as a customer may read it
	Price   int64        `cbor:"5,keyasint,omitempty"` // cents, what going beyond it costs
	By      ID           `cbor:"6,keyasint"`
	At      Stamp        `cbor:"7,keyasint"`
	Retired *Ruling      `cbor:"8,keyasint,omitempty"`
}

// Key orders standards by time.
func (s *Standard) Key() Key { return key1(TableStandard, s.ID) }

// ExceptionState is what we said to an exception that was asked.
type ExceptionState string

// Answers to an exception.
const (
	ExceptionOpen    ExceptionState = "open"
	ExceptionGranted ExceptionState = "granted" // a deviation from our standard
	ExceptionRefused ExceptionState = "refused"
)

// Followed is what came after an exception.
type Followed string

// What may follow.
const (
	FollowedUnknown   Followed = ""
	FollowedStayed    Followed = "stayed"
	FollowedComplaint Followed = "complaint"
	FollowedLost      Followed = "lost" // the deal, or the customer
)

// Pays tells whether the customer would pay for an exception.
type Pays string

// Whether a customer would pay.
const (
	PaysUnknown Pays = ""
	PaysYes     Pays = "yes"
	PaysNo      Pays = "no"
)

// Exception is a customer asking us to do otherwise than we do (article 002:
// customers expect a procedure to bend, and know that it costs).
type Exception struct {
	ID       ID             `cbor:"1,keyasint"`
	Customer ID             `cbor:"2,keyasint"`
	Standard ID             `cbor:"3,keyasint"` // of which an exception was asked
	Words    string         `cbor:"4,keyasint"` // what was asked
	State    ExceptionState `cbor:"5,keyasint"`
	Reason   string         `cbor:"6,keyasint,omitempty"` // why it was granted or refused
	Cost     int64          `cbor:"7,keyasint,omitempty"` // cents, what it costs or would cost us
	Pays     Pays           `cbor:"8,keyasint,omitempty"`
	Followed Followed       `cbor:"9,keyasint,omitempty"`
	Lost     int64          `cbor:"10,keyasint,omitempty"` // cents, the deal that was lost
	Contact  ID             `cbor:"11,keyasint,omitempty"`
	Topic    string         `cbor:"12,keyasint,omitempty"`
	Day      Day            `cbor:"13,keyasint"` // on which it was asked
	By       ID             `cbor:"14,keyasint"`
	At       Stamp          `cbor:"15,keyasint"`

	Withdrawn *Ruling `cbor:"16,keyasint,omitempty"`
}

// Key keeps a customer's exceptions together.
func (e *Exception) Key() Key { return key2(TableException, e.Customer, e.ID) }

// TermsState is what a customer said to our terms.
type TermsState string

// Answers to terms, as the wizard's question has them (fit.md, terms).
const (
	TermsStated   TermsState = "stated" // no answer yet
	TermsAccepted TermsState = "accepted"
	TermsRefused  TermsState = "refused"
	TermsBroken   TermsState = "broken" // accepted, then not kept
)

// Terms are limits and prices of ours that were put to a customer.
type Terms struct {
	ID         ID         `cbor:"1,keyasint"`
	Customer   ID         `cbor:"2,keyasint"`
	Standards  []ID       `cbor:"3,keyasint,omitempty"` // limits and standards of the register
	Words      string     `cbor:"4,keyasint"`
	Price      int64      `cbor:"5,keyasint,omitempty"` // cents
	Channel    string     `cbor:"6,keyasint,omitempty"` // how they were told
	On         Day        `cbor:"7,keyasint"`           // when
	By         ID         `cbor:"8,keyasint"`           // by whom
	AnswerBy   Day        `cbor:"9,keyasint"`
	State      TermsState `cbor:"10,keyasint"`
	Answered   *Ruling    `cbor:"11,keyasint,omitempty"` // the newest answer; its reason is what was said
	Assessment ID         `cbor:"12,keyasint,omitempty"` // the verdict they follow from
	At         Stamp      `cbor:"13,keyasint"`

	Withdrawn *Ruling `cbor:"14,keyasint,omitempty"`
}

// Key keeps a customer's terms together.
func (t *Terms) Key() Key { return key2(TableTerms, t.Customer, t.ID) }
