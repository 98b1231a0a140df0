package model

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Found makes an empty book and its first person, who is its admin. It is the
// one action that needs no role, and it works only where there is no book yet.
type Found struct {
	Book   ID
	Person string // name of the opener
	UID    int    // account of the operating system; below 0 for none
	Group  string
	Sample bool
}

// LayoutVersion is the version of the records' layout that this program writes.
const LayoutVersion = 1

// Name is [ActFound].
func (Found) Name() ActionName { return ActFound }

// Decide adds the description of the book and the admin.
func (a Found) Decide(env *Env, r Reader) (*Change, error) {
	old, err := Find[*BookInfo](r, BookKey)
	if err != nil {
		return nil, err
	}
	if old != nil {
		return nil, Invalid("error.book.exists")
	}
	ch := &Change{Message: Say("journal.found", "Person", a.Person), Final: true}
	ch.Add(&BookInfo{ID: a.Book, Made: env.Stamp(), Group: a.Group, Sample: a.Sample, Version: LayoutVersion})
	p := &Person{ID: env.NewID(), Name: strings.TrimSpace(a.Person), Role: RoleAdmin, Joined: env.Stamp()}
	if a.UID >= 0 {
		p.UIDs = []int{a.UID}
	}
	ch.Made = p.ID
	return ch, joinPerson(r, ch, p)
}

// AddPerson lets somebody work with the book.
type AddPerson struct {
	Person string // name
	Role   Role
	UIDs   []int
}

// Name is [ActAddPerson].
func (AddPerson) Name() ActionName { return ActAddPerson }

// Decide claims the name and the accounts.
func (a AddPerson) Decide(env *Env, r Reader) (*Change, error) {
	p := &Person{ID: env.NewID(), Name: strings.TrimSpace(a.Person), Role: a.Role, UIDs: slices.Clone(a.UIDs), Joined: env.Stamp()}
	if p.Role < RoleAgent || p.Role > RoleAdmin {
		return nil, Invalid("error.role.unknown").WithHint("hint.roles")
	}
	ch := &Change{Message: Say("journal.person.add", "Person", p.Name, "Role", p.Role.String()), Made: p.ID}
	return ch, joinPerson(r, ch, p)
}

// FoldPerson gives the form in which names of people must differ.
func FoldPerson(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func joinPerson(r Reader, ch *Change, p *Person) error {
	if p.Name == "" || len(p.Name) > 200 || !validText(p.Name) {
		return Invalid("error.person.name").WithHint("hint.person.name")
	}
	ch.Add(p)
	if err := claim(r, ch, SpacePerson, FoldPerson(p.Name), p.ID, "error.person.taken"); err != nil {
		var taken *Error
		if errors.As(err, &taken) && taken.ID == "error.person.taken" {
			return Invalid(taken.ID, "Value", p.Name) // as it was typed
		}
		return err
	}
	for _, uid := range p.UIDs {
		if uid < 0 {
			return Invalid("error.uid", "Value", strconv.Itoa(uid))
		}
		if err := claim(r, ch, SpaceUID, strconv.Itoa(uid), p.ID, "error.uid.taken"); err != nil {
			return err
		}
	}
	return nil
}

// SetRole gives a person another role.
type SetRole struct {
	Person ID
	Role   Role
}

// Name is [ActSetRole].
func (SetRole) Name() ActionName { return ActSetRole }

// Decide keeps at least one admin.
func (a SetRole) Decide(_ *Env, r Reader) (*Change, error) {
	p, err := mustPerson(r, a.Person)
	if err != nil {
		return nil, err
	}
	if a.Role < RoleAgent || a.Role > RoleAdmin {
		return nil, Invalid("error.role.unknown").WithHint("hint.roles")
	}
	if p.Role == a.Role {
		return nil, Invalid("error.edit.nothing")
	}
	if err := keepAdmin(r, p, a.Role); err != nil {
		return nil, err
	}
	after := *p
	after.Role = a.Role
	ch := &Change{Message: Say("journal.person.role", "Person", p.Name, "Role", a.Role.String()), Made: p.ID}
	ch.Replace(p, &after)
	return ch, nil
}

// RemovePerson ends somebody's access at once. The name stays where it stands
// in the journal and in decisions.
type RemovePerson struct {
	Person ID
}

// Name is [ActRemovePerson].
func (RemovePerson) Name() ActionName { return ActRemovePerson }

// Decide frees the accounts, revokes the keys and keeps the name claimed. It
// cannot be undone: a revocation that can be taken back by a key press is none.
func (a RemovePerson) Decide(env *Env, r Reader) (*Change, error) {
	p, err := mustPerson(r, a.Person)
	if err != nil {
		return nil, err
	}
	if err := keepAdmin(r, p, RoleNone); err != nil {
		return nil, err
	}
	after := *p
	after.Gone, after.UIDs = true, nil
	ch := &Change{Message: Say("journal.person.remove", "Person", p.Name), Made: p.ID, Final: true}
	ch.Replace(p, &after)
	for _, uid := range p.UIDs {
		g, err := Find[*Guard](r, GuardKey(SpaceUID, strconv.Itoa(uid)))
		if err != nil {
			return nil, err
		}
		if g != nil {
			ch.Remove(g)
		}
	}
	return ch, revokeAll(env, r, ch, p.ID)
}

func mustPerson(r Reader, id ID) (*Person, error) {
	p, err := Find[*Person](r, PersonKey(id))
	if err != nil {
		return nil, err
	}
	if p == nil || p.Gone {
		return nil, NotFound("error.person.unknown").WithHint("hint.people")
	}
	return p, nil
}

// keepAdmin refuses to take the last admin away, and the last one with a way in.
func keepAdmin(r Reader, p *Person, role Role) error {
	if p.Role != RoleAdmin || role == RoleAdmin {
		return nil
	}
	people, err := FindAll[*Person](r, Key(string(byte(TablePerson))))
	if err != nil {
		return err
	}
	for _, o := range people {
		if o.ID != p.ID && !o.Gone && o.Role == RoleAdmin {
			if in, err := wayIn(r, p, len(p.UIDs), NoID); err != nil || !in {
				return err
			}
			return otherWayIn(r, p)
		}
	}
	return NotAllowed("error.not-allowed.last-admin").WithHint("hint.other-admin")
}
