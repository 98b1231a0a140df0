package model

// Role is what a person of the desk may do. Each role may do all that the ones
// before it may.
type Role int

// The roles, weakest first; 0 is nobody.
const (
	RoleNone  Role = iota
	RoleAgent      // finds, logs, tags, starts the wizard, proposes
	RoleLead       // reviews, decides, sees the queues
	RoleAdmin      // people, playbook, backup
)

// String gives the stored word of a role.
func (r Role) String() string {
	switch r {
	case RoleAgent:
		return "agent"
	case RoleLead:
		return "lead"
	case RoleAdmin:
		return "admin"
	}
	return "none"
}

// ParseRole reads what [Role.String] gives; "none" is no role.
func ParseRole(s string) (Role, bool) {
	for _, r := range []Role{RoleAgent, RoleLead, RoleAdmin} {
		if r.String() == s {
			return r, true
		}
	}
	return RoleNone, false
}

// Person is somebody of the desk. People are named in every contact and
// decision (article 002: a name, not "agent 312"), so one who leaves is made
// inactive and never deleted.
type Person struct {
	ID     ID     `cbor:"1,keyasint"`
	Name   string `cbor:"2,keyasint"`
	Role   Role   `cbor:"3,keyasint"`
	UIDs   []int  `cbor:"4,keyasint,omitempty"` // accounts of the operating system
	Gone   bool   `cbor:"5,keyasint,omitempty"`
	Joined Stamp  `cbor:"6,keyasint,omitempty"`
}

// Key orders people by the time they were added.
func (p *Person) Key() Key { return PersonKey(p.ID) }

// Actor is who does something: the person in whose name, and the person who
// really sits there. They differ only where an admin acts as somebody.
type Actor struct {
	Person ID
	Real   ID
}

// Solo makes an actor who acts in the own name.
func Solo(person ID) Actor { return Actor{Person: person, Real: person} }

// Is reports whether a person is the actor, in name or in truth.
func (a Actor) Is(id ID) bool { return id != NoID && (a.Person == id || a.Real == id) }
