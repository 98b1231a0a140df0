package model

// Sighting is one dated thing that a customer did or said which shows a trait
// (article 000: known by behaviour, never by looks). A trait of a customer is
// nothing but its live sightings.
type Sighting struct {
	ID        ID      `cbor:"1,keyasint"`
	Customer  ID      `cbor:"2,keyasint"`
	Trait     Trait   `cbor:"3,keyasint"`
	Signal    string  `cbor:"4,keyasint,omitempty"` // id in the playbook; "" for own words only
	Step      int     `cbor:"5,keyasint"`           // of the escalation ladder, 1–4
	Words     string  `cbor:"6,keyasint,omitempty"`
	Cause     string  `cbor:"7,keyasint,omitempty"` // id in the playbook
	On        Stamp   `cbor:"8,keyasint"`           // when it happened
	By        ID      `cbor:"9,keyasint"`           // who saw it
	At        Stamp   `cbor:"10,keyasint"`          // when it was noted
	Lapses    Stamp   `cbor:"11,keyasint"`
	AimedAt   ID      `cbor:"12,keyasint,omitempty"` // the colleague it was aimed at
	Witnesses []ID    `cbor:"13,keyasint,omitempty"`
	Serious   bool    `cbor:"14,keyasint,omitempty"` // threat, violence, discrimination
	Confirmed *Ruling `cbor:"15,keyasint,omitempty"`
	Contested *Ruling `cbor:"16,keyasint,omitempty"`
	Upheld    *Ruling `cbor:"17,keyasint,omitempty"` // a lead let it stand after a contest
	Withdrawn *Ruling `cbor:"18,keyasint,omitempty"`
	Day       Day     `cbor:"19,keyasint,omitempty"` // of On at the desk; "" where it was not kept yet
}

// Key keeps a customer's sightings together, in the order they were noted.
func (s *Sighting) Key() Key { return SightingKey(s.Customer, s.ID) }

// Frozen reports whether the sighting is contested and not ruled upon: it then
// leaves every count (safety: a contested trait is frozen).
func (s *Sighting) Frozen() bool {
	return s.Contested != nil && s.Upheld == nil && s.Withdrawn == nil
}

// Live reports whether the sighting counts at a moment: not withdrawn, not
// frozen, not lapsed.
func (s *Sighting) Live(now Stamp) bool {
	return s.Withdrawn == nil && !s.Frozen() && now < s.Lapses
}

// Ladder is what a customer's sightings come to at a moment.
type Ladder struct {
	Step   int           // highest live step, 0 when none
	Counts map[Trait]int // live sightings of each trait
}

// LadderOf derives the ladder from sightings.
func LadderOf(sightings []*Sighting, now Stamp) Ladder {
	l := Ladder{Counts: map[Trait]int{}}
	for _, s := range sightings {
		if !s.Live(now) {
			continue
		}
		l.Counts[s.Trait]++
		l.Step = max(l.Step, s.Step)
	}
	return l
}

// FlagReason says why a customer is flagged for a lead.
type FlagReason string

// Reasons of a flag. Only the first comes from a person, the others are raised
// by the change that gives cause.
const (
	FlagByHand  FlagReason = "hand"
	FlagSafety  FlagReason = "safety"  // serious conduct
	FlagStep    FlagReason = "step"    // a step up to 3 or 4
	FlagWronged FlagReason = "wronged" // feels wronged and goes on feeling so
)

// Flag asks a lead to look at a customer.
type Flag struct {
	ID       ID         `cbor:"1,keyasint"`
	Customer ID         `cbor:"2,keyasint"`
	Reason   FlagReason `cbor:"3,keyasint"`
	Words    string     `cbor:"4,keyasint,omitempty"`
	By       ID         `cbor:"5,keyasint"`
	At       Stamp      `cbor:"6,keyasint"`
	Step     int        `cbor:"7,keyasint,omitempty"`
	Cleared  *Ruling    `cbor:"8,keyasint,omitempty"`
}

// Key keeps a customer's flags together.
func (f *Flag) Key() Key { return FlagKey(f.Customer, f.ID) }
