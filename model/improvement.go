package model

// ImprovementState is how far an improvement is.
type ImprovementState string

// States of an improvement.
const (
	ImprovementOpen    ImprovementState = "open"
	ImprovementDone    ImprovementState = "done" // every customer hurt is to be told
	ImprovementDropped ImprovementState = "dropped"
)

// Improvement is something that we are to repair (article 004: it fits and
// something chafes, so we look inside).
type Improvement struct {
	ID         ID               `cbor:"1,keyasint"`
	Title      string           `cbor:"2,keyasint"`
	Cause      string           `cbor:"3,keyasint,omitempty"`
	Owner      ID               `cbor:"4,keyasint,omitempty"`
	Reach      string           `cbor:"5,keyasint,omitempty"` // how it reaches the operational colleagues
	By         Day              `cbor:"6,keyasint,omitempty"`
	State      ImprovementState `cbor:"7,keyasint"`
	Topic      string           `cbor:"8,keyasint,omitempty"`
	Standard   ID               `cbor:"9,keyasint,omitempty"`  // of our register, when it came from the mirror
	Assessment ID               `cbor:"10,keyasint,omitempty"` // the verdict it came from
	MadeBy     ID               `cbor:"11,keyasint"`
	At         Stamp            `cbor:"12,keyasint"`
	Ended      *Ruling          `cbor:"13,keyasint,omitempty"` // done or dropped; its reason is what was done
}

// Key orders improvements by time.
func (i *Improvement) Key() Key { return key1(TableImprovement, i.ID) }

// Hurt links an improvement to a customer who suffered from what it repairs and
// who is told when it is done.
type Hurt struct {
	Improvement ID      `cbor:"1,keyasint"`
	Customer    ID      `cbor:"2,keyasint"`
	At          Stamp   `cbor:"3,keyasint"`
	By          ID      `cbor:"4,keyasint"`
	Told        *Ruling `cbor:"5,keyasint,omitempty"` // its reason is what the customer said
	Confirmed   bool    `cbor:"6,keyasint,omitempty"` // the customer said that it is repaired
}

// Key keeps a customer's hurts together.
func (h *Hurt) Key() Key { return key2(TableHurt, h.Customer, h.Improvement) }

// Referral is a line of the referral book: who serves something better than we
// do (article 001: the third win is the other firm's).
type Referral struct {
	ID      ID      `cbor:"1,keyasint"`
	Name    string  `cbor:"2,keyasint"`
	Serves  string  `cbor:"3,keyasint"` // what they serve better
	Reach   string  `cbor:"4,keyasint,omitempty"`
	Note    string  `cbor:"5,keyasint,omitempty"`
	By      ID      `cbor:"6,keyasint"`
	At      Stamp   `cbor:"7,keyasint"`
	Retired *Ruling `cbor:"8,keyasint,omitempty"`
}

// Key orders referrals by time.
func (r *Referral) Key() Key { return key1(TableReferral, r.ID) }

// FarewellStep is one thing to do before a farewell is well ended.
type FarewellStep string

// The steps of a farewell, in their order (article 001; domain.md, Part).
const (
	StepReferral  FarewellStep = "referral"  // who serves this better, or the search that found nobody
	StepContract  FarewellStep = "contract"  // contract and notice checked
	StepText      FarewellStep = "text"      // the honest text
	StepSent      FarewellStep = "sent"      // said to the customer
	StepContact   FarewellStep = "contact"   // the last named contact
	StepWins      FarewellStep = "wins"      // theirs, ours, the other firm's
	StepObjection FarewellStep = "objection" // heard by somebody uninvolved, or none made
	StepOutcome   FarewellStep = "outcome"   // asked after 30 days
)

// FarewellSteps lists the steps in their order.
func FarewellSteps() []FarewellStep {
	return []FarewellStep{StepReferral, StepContract, StepText, StepContact, StepSent, StepWins, StepObjection, StepOutcome}
}

// FarewellState is how far a farewell is.
type FarewellState string

// States of a farewell.
const (
	FarewellGoing  FarewellState = "going"
	FarewellEnded  FarewellState = "ended"  // every step is done
	FarewellBack   FarewellState = "back"   // the customer came back
	FarewellCalled FarewellState = "called" // called off: the objection was right, or we changed our mind
)

// Farewell is the parting from a customer, step by step. It begins when a
// verdict to part is approved, or when a lead begins it from such a verdict.
type Farewell struct {
	ID         ID                       `cbor:"1,keyasint"`
	Customer   ID                       `cbor:"2,keyasint"`
	Assessment ID                       `cbor:"3,keyasint"`
	State      FarewellState            `cbor:"4,keyasint"`
	Begun      *Ruling                  `cbor:"5,keyasint"`
	Done       map[FarewellStep]*Ruling `cbor:"6,keyasint,omitempty"` // when and by whom a step was done

	Referral ID     `cbor:"10,keyasint,omitempty"` // of the referral book
	To       string `cbor:"11,keyasint,omitempty"` // in words, or the search that found nobody
	Searched bool   `cbor:"12,keyasint,omitempty"`
	Contract string `cbor:"13,keyasint,omitempty"`
	Ends     Day    `cbor:"14,keyasint,omitempty"` // when the relation ends, notice kept
	Text     string `cbor:"15,keyasint,omitempty"`
	Contact  ID     `cbor:"16,keyasint,omitempty"`
	Channel  string `cbor:"17,keyasint,omitempty"` // how it was said
	SentOn   Day    `cbor:"18,keyasint,omitempty"`

	WinTheirs string `cbor:"20,keyasint,omitempty"`
	WinOurs   string `cbor:"21,keyasint,omitempty"`
	WinOther  string `cbor:"22,keyasint,omitempty"`

	Objection string  `cbor:"25,keyasint,omitempty"` // in the customer's words; "" for none
	HeardBy   ID      `cbor:"26,keyasint,omitempty"` // uninvolved
	Upheld    bool    `cbor:"27,keyasint,omitempty"` // the customer was right
	Heard     *Ruling `cbor:"28,keyasint,omitempty"`

	AskOutcome Day     `cbor:"30,keyasint,omitempty"` // 30 days after it was said
	Outcome    string  `cbor:"31,keyasint,omitempty"`
	Back       *Ruling `cbor:"32,keyasint,omitempty"` // came back, with the reason
	Closed     *Ruling `cbor:"33,keyasint,omitempty"` // ended or called off, with the reason
}

// Key keeps a customer's farewells together.
func (f *Farewell) Key() Key { return key2(TableFarewell, f.Customer, f.ID) }

// Next gives the first step that is not done; "" when all are.
func (f *Farewell) Next() FarewellStep {
	for _, s := range FarewellSteps() {
		if f.Done[s] == nil {
			return s
		}
	}
	return ""
}
