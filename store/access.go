package store

import (
	"strings"

	"pasvorm/model"
)

// ActorByKey finds the person whose key it is, given in SSH wire format. That
// the other end holds the private half is for the caller to have proved. A key
// of nobody here, or of somebody who left, is told whom to send its fingerprint
// to (error.key.stranger), one that was revoked whom to ask (error.key.revoked).
// A known key costs the reading of its guard and of its person's keys.
func (b *Book) ActorByKey(public []byte) (model.Actor, error) {
	var out model.Actor
	err := b.snapshot(func(v *view) error {
		k, err := model.FindAccessKey(v.r, public)
		if err != nil {
			return err
		}
		var p *model.Person
		if k != nil {
			if p, err = model.Find[*model.Person](v.r, model.PersonKey(k.Person)); err != nil {
				return err
			}
		}
		known := p != nil && !p.Gone
		if !known || k.Revoked != 0 {
			return v.refuseKey(public, known)
		}
		out = model.Solo(p.ID)
		return nil
	})
	if err != nil {
		return model.Actor{}, err
	}
	return out, nil
}

// refuseKey says who could let the holder of a key in.
func (v *view) refuseKey(public []byte, known bool) error {
	admins, err := v.admins()
	if err != nil {
		return err
	}
	fingerprint := model.KeyFingerprint(public)
	if known {
		return model.NotAllowed("error.key.revoked", "Fingerprint", fingerprint, "Admin", admins).WithHint("hint.key.new")
	}
	return model.NotAllowed("error.key.stranger", "Fingerprint", fingerprint, "Admin", admins).WithHint("hint.key.stranger")
}

// admins gives the names of the admins, with commas between.
func (v *view) admins() (string, error) {
	people, err := model.FindAll[*model.Person](v.r, model.TableKey(model.TablePerson, model.NoID))
	if err != nil {
		return "", err
	}
	var names []string
	for _, p := range people {
		if !p.Gone && p.Role == model.RoleAdmin {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", "), nil
}

// AccessKeys gives the keys of a person, revoked ones too, by when they were
// added; [model.NoID] for those of everybody. Only an admin sees those of others:
// for anybody else everybody is oneself.
func (s *Session) AccessKeys(person model.ID) ([]*model.AccessKey, error) {
	var out []*model.AccessKey
	err := s.snapshot(func(v *view) error {
		me, err := whoIs(v.r, s.actor)
		if err != nil {
			return err
		}
		if me.Role < model.RoleAdmin {
			if person != model.NoID && person != s.actor.Person {
				return model.NotAllowed("error.not-allowed.keys").WithHint("hint.ask-admin")
			}
			person = s.actor.Person
		}
		from := model.TableKey(model.TableAccess, model.NoID)
		if person != model.NoID {
			from = model.AccessKeyKey(person, model.NoID)
		}
		out, err = model.FindAll[*model.AccessKey](v.r, from)
		return err
	})
	return out, err
}
