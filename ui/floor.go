package ui

import (
	"time"

	"pasvorm/model"
)

// Floor is who works on a book now, as one session sees it. It is kept in
// memory by whoever has the book open and is forgotten with it. Every method may
// be called from several goroutines and answers at once.
type Floor interface {
	// Be says where this session is; it replaces what was said before.
	Be(Place)
	// Here gives the others who are on a customer now, model.NoID for everybody
	// else on the floor: one line a person, who types before who looks, then by
	// name.
	Here(customer model.ID) []Presence
	// Sessions lists every session, this one included, by the time it began.
	Sessions() []SessionLine
	// End ends a session by its id or an unambiguous beginning of it,
	// [model.ActEndSession]. The person is told by whom.
	End(id string) error
	// TellAll shows everybody a sentence, [model.ActTellAll], and gives how many
	// sessions it goes to. What is told stays to be read in [Floor.Told].
	TellAll(text string) (int, error)
	// Told gives what was told to all, newest last: the last ten of them.
	Told() []Telling
	// Watch wakes, in one slot, when somebody comes, goes, moves or begins to
	// type, or when something is told, as far as that changes an answer that was
	// given since the last wake: who is woken asks again. Stop ends it.
	Watch() (woken <-chan struct{}, stop func())
}

// Place is where a session is: on a customer or on none, and whether something
// is being typed there.
type Place struct {
	Customer model.ID
	Typing   bool
}

// Presence is a colleague who is somewhere on the floor.
type Presence struct {
	Person   model.ID
	Name     string
	Customer model.ID
	Typing   bool
}

// SessionLine is a session as `who` lists it.
type SessionLine struct {
	ID     string // short, for End
	Person model.ID
	Name   string
	Role   model.Role
	Way    string    // "ssh", "socket" or "here", the console of the process itself
	From   string    // address of an SSH client; "" otherwise
	Verb   string    // the verb that it carries out; "" for a console
	Since  time.Time // when it began
	Last   time.Time // when a key was pressed last
	Own    bool      // the one that asks
	Place  Place
	Of     string // the customer's name as the one who asks may see it; "" for none
}

// Telling is a sentence that was told to all.
type Telling struct {
	At   time.Time
	By   string // a person's name; "" for the server itself
	Text string
}
