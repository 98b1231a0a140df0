package store

import (
	"strconv"
	"strings"

	"pasvorm/model"
)

// Actor finds the person whose account it is. An account that belongs to nobody
// is not allowed in, and told whom to ask. As names another person for whom an
// admin acts; the journal then names both. "" is nobody.
func (b *Book) Actor(uid int, as string) (model.Actor, error) {
	var out model.Actor
	err := b.snapshot(func(v *view) error {
		me, err := personByGuard(v.r, model.SpaceUID, strconv.Itoa(uid))
		if err != nil {
			return err
		}
		if me == nil {
			return v.stranger(uid)
		}
		out = model.Solo(me.ID)
		if strings.TrimSpace(as) == "" {
			return nil
		}
		other, err := personByGuard(v.r, model.SpacePerson, model.FoldPerson(as))
		if err != nil {
			return err
		}
		if me.Role < model.RoleAdmin && (other == nil || other.ID != me.ID) {
			return model.NotAllowed("error.not-allowed.as")
		}
		if other == nil {
			return model.NotFound("error.person.unknown").WithHint("hint.people")
		}
		out.Person = other.ID
		return nil
	})
	if err != nil {
		return model.Actor{}, err
	}
	return out, nil
}

// personByGuard gives the person who holds a name or an account and still works
// here; nil for none.
func personByGuard(r model.Reader, space, text string) (*model.Person, error) {
	g, err := model.Find[*model.Guard](r, model.GuardKey(space, text))
	if err != nil || g == nil {
		return nil, err
	}
	p, err := model.Find[*model.Person](r, model.PersonKey(g.Owner))
	if err != nil || p == nil || p.Gone {
		return nil, err
	}
	return p, nil
}

// stranger says who could let an unknown account in.
func (v *view) stranger(uid int) error {
	admins, err := v.admins()
	if err != nil {
		return err
	}
	return model.NotAllowed("error.book.stranger", "UID", uid, "Admin", admins).WithHint("hint.book.stranger")
}
