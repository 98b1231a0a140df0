package model

import "strings"

// LogException notes that a customer asked us to do otherwise than we do. The
// standard is named by its id, or by a name: a name the register lacks becomes
// a procedure of it.
type LogException struct {
	Customer ID
	Standard ID
	Named    string // name of a standard, when Standard is [NoID]
	Words    string
	State    ExceptionState // "" is open
	Reason   string         // needed when granted or refused
	Cost     int64
	Pays     Pays
	Followed Followed
	Lost     int64
	Contact  ID
	Topic    string
	On       Day // "" is today
}

// Name is [ActLogException].
func (LogException) Name() ActionName { return ActLogException }

// Decide notes the exception.
func (a LogException) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if err := ownContact(r, a.Customer, a.Contact); err != nil {
		return nil, err
	}
	if err := knownTopic(env, a.Topic); err != nil {
		return nil, err
	}
	ch := &Change{}
	x, s, err := a.records(env, r, ch)
	if err != nil {
		return nil, err
	}
	ch.Made = x.ID
	ch.Message = Say("journal.exception."+string(x.State), "Customer", c.Name, "Standard", s.Name)
	return ch, nil
}

// records adds the exception to a change, and the standard where it is new; for
// this action and for a contact that holds one.
func (a LogException) records(env *Env, r Reader, ch *Change) (*Exception, *Standard, error) {
	x := &Exception{Customer: a.Customer, Words: strings.TrimSpace(a.Words), State: a.State,
		Reason: strings.TrimSpace(a.Reason), Cost: a.Cost, Pays: a.Pays, Followed: a.Followed, Lost: a.Lost,
		Contact: a.Contact, Topic: a.Topic, Day: a.On, By: env.Actor.Person, At: env.Stamp()}
	if x.State == "" {
		x.State = ExceptionOpen
	}
	if x.Day == "" {
		x.Day = env.Today()
	}
	s, err := a.standard(env, r, ch)
	if err != nil {
		return nil, nil, err
	}
	if err := checkException(x, env.Today()); err != nil {
		return nil, nil, err
	}
	x.ID, x.Standard = env.NewID(), s.ID
	ch.Add(x)
	return x, s, nil
}

// standard finds the standard that is meant, or adds it.
func (a LogException) standard(env *Env, r Reader, ch *Change) (*Standard, error) {
	id := a.Standard
	if id == NoID {
		if blank(a.Named) {
			return nil, Invalid("error.exception.standard", "Field", "standard").WithHint("hint.exception.standard")
		}
		if err := checkKey("standard", a.Named); err != nil {
			return nil, err
		}
		g, err := Find[*Guard](r, GuardKey(SpaceStandard, FoldPerson(a.Named)))
		if err != nil {
			return nil, err
		}
		if g == nil {
			s := &Standard{ID: env.NewID(), Kind: StandardProcedure, Name: strings.TrimSpace(a.Named), By: env.Actor.Person, At: env.Stamp()}
			ch.Add(s)
			ch.Notes = append(ch.Notes, Say("note.standard.new", "Standard", s.Name))
			return s, claim(r, ch, SpaceStandard, FoldPerson(s.Name), s.ID, "error.standard.taken")
		}
		id = g.Owner
	}
	return mustStandard(r, id)
}
