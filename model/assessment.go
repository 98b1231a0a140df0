package model

// FitState says how far an assessment is.
type FitState string

// States of an assessment. One that is open, proposed or returned is running:
// a customer has at most one of those.
const (
	FitOpen     FitState = "open"     // being answered, or paused
	FitProposed FitState = "proposed" // waits for a lead
	FitReturned FitState = "returned" // back with a question
	FitSettled  FitState = "settled"  // decided
	FitDropped  FitState = "dropped"  // ended without a verdict
)

// Assessment is one run of "does this customer fit us?" (article 004).
type Assessment struct {
	ID        ID                `cbor:"1,keyasint"`
	Customer  ID                `cbor:"2,keyasint"`
	State     FitState          `cbor:"3,keyasint"`
	Answers   FitAnswers        `cbor:"4,keyasint,omitempty"`
	Notes     map[FitKey]string `cbor:"5,keyasint,omitempty"` // facts a person adds to an answer
	Kind      FitKind           `cbor:"6,keyasint"`
	Large     bool              `cbor:"7,keyasint,omitempty"`
	Stance    Stance            `cbor:"8,keyasint,omitempty"`
	StartedBy ID                `cbor:"9,keyasint"`
	StartedAt Stamp             `cbor:"10,keyasint"`
	AnswerBy  ID                `cbor:"11,keyasint,omitempty"` // who answered last
	AnswerAt  Stamp             `cbor:"12,keyasint,omitempty"`

	Verdict Verdict   `cbor:"20,keyasint,omitempty"`
	Rule    FitRule   `cbor:"21,keyasint,omitempty"`
	Flags   []FitFlag `cbor:"22,keyasint,omitempty"`
	Rules   int       `cbor:"23,keyasint,omitempty"` // version of the rules
	Next    NextStep  `cbor:"24,keyasint"`

	Proposed *Ruling  `cbor:"30,keyasint,omitempty"`
	Returned *Ruling  `cbor:"31,keyasint,omitempty"` // reason is the question
	Settled  *Ruling  `cbor:"32,keyasint,omitempty"`
	How      Settling `cbor:"33,keyasint,omitempty"`
	Due      Day      `cbor:"34,keyasint,omitempty"` // back in the queue from this day
	AimedAt  []ID     `cbor:"35,keyasint,omitempty"` // colleagues the conduct was aimed at when it was proposed
	Previous ID       `cbor:"36,keyasint,omitempty"`
}

// Settling says how a verdict came to stand.
type Settling string

// Ways of settling.
const (
	SettledAtOnce    Settling = "at-once"   // asks nothing of a second person
	SettledApproved  Settling = "approved"  // by another person than proposed
	SettledOtherwise Settling = "otherwise" // a lead decided another verdict
)

// Stance is the school a desk took in this case (article 004).
type Stance string

// The two schools.
const (
	StanceMaker    Stance = "maker"    // the maker knows best
	StanceCustomer Stance = "customer" // the customer knows best
)

// NextStep is what the verdict asks to be filled in.
type NextStep struct {
	What     string `cbor:"1,keyasint,omitempty"` // gather: the fact; terms: the limits; improve: what; fits: what to protect
	Who      ID     `cbor:"2,keyasint,omitempty"` // finder or owner
	By       Day    `cbor:"3,keyasint,omitempty"`
	Cause    string `cbor:"4,keyasint,omitempty"`  // improve
	Referral string `cbor:"5,keyasint,omitempty"`  // part: who serves this better, or the search that found nobody
	Searched bool   `cbor:"6,keyasint,omitempty"`  // part: Referral is a logged search
	Text     string `cbor:"7,keyasint,omitempty"`  // part: the honest text
	Contact  ID     `cbor:"8,keyasint,omitempty"`  // part: last named contact
	Contract string `cbor:"9,keyasint,omitempty"`  // part: contract and notice, checked
	Impact   string `cbor:"10,keyasint,omitempty"` // large: the impact sheet
}

// Key keeps a customer's assessments together, oldest first.
func (a *Assessment) Key() Key { return AssessmentKey(a.Customer, a.ID) }

// Running reports whether the assessment still waits for somebody.
func (a *Assessment) Running() bool {
	return a.State == FitOpen || a.State == FitProposed || a.State == FitReturned
}

// HasFlag reports whether the judgement carries a flag.
func (a *Assessment) HasFlag(f FitFlag) bool {
	for _, g := range a.Flags {
		if g == f {
			return true
		}
	}
	return false
}
