package store

import (
	"encoding/binary"

	"pasvorm/model"
)

// mostLooked is how many records of a kind are looked at for what falls to one
// person.
const mostLooked = 2000

// Today gives what asks for attention now. With mine it is what falls to who
// looks: what bears their name, and what nobody's name is on of customers they
// own.
func (s *Session) Today(mine bool) (model.Today, error) {
	t := model.Today{Mine: mine, Counts: map[model.TodayKind]int{}, More: map[model.TodayKind]bool{}}
	err := s.snapshot(func(v *view) error {
		t.Rev = model.Rev(v.tx.Rev())
		play, cal, _, err := s.book.playbookAt(v.tx)
		if err != nil {
			return err
		}
		r := todayReading{agenda: newAgenda(v, play, cal, s.book.now()), people: map[model.ID]string{}, customers: map[model.ID]*client{}}
		for _, kind := range model.TodayKinds() {
			if err := r.kind(&t, kind, mine, s.actor.Person); err != nil {
				return err
			}
		}
		for i := range t.Items {
			if err := v.nameIn(&t.Items[i]); err != nil {
				return err
			}
		}
		t.People = v.names
		return nil
	})
	return t, err
}

// todayReading makes items of what the agenda gives.
type todayReading struct {
	*agenda
	people    map[model.ID]string // "" for one who is gone
	customers map[model.ID]*client
}

// client is what a line needs of a customer.
type client struct {
	Name  string   `cbor:"3,keyasint"` // as in model.Customer
	Owner model.ID `cbor:"7,keyasint"`
}

// kind adds the items of a kind and counts them: all of them, or with mine those
// among the most urgent ones.
func (r *todayReading) kind(t *model.Today, kind model.TodayKind, mine bool, me model.ID) error {
	var failed error
	looked := 0
	err := r.each(kind, func(key []byte) bool {
		if t.Counts[kind] >= model.TodayShown {
			if mine {
				t.More[kind] = true
				return false
			}
			t.Counts[kind]++ // the rest is counted by its keys
			return true
		}
		if looked++; mine && looked > mostLooked {
			t.More[kind] = true
			return false
		}
		item, ok, err := r.item(kind, key)
		if err != nil {
			failed = err
			return false
		}
		if ok && (!mine || item.WhoID == me) {
			t.Items = append(t.Items, item)
			t.Counts[kind]++
		}
		return true
	})
	if err == nil {
		err = failed
	}
	return err
}

// item makes the line of a record; false for one of a customer who is gone.
func (r *todayReading) item(kind model.TodayKind, key []byte) (model.TodayItem, bool, error) {
	it := model.TodayItem{Kind: kind, Customer: model.Key(key).Customer()}
	c, err := r.customer(it.Customer)
	if err != nil || c == nil {
		return it, false, err
	}
	it.Name = c.Name
	if it.Owner, err = r.v.name(c.Owner); err != nil {
		return it, false, err
	}
	var who []model.ID // the first who is still there
	if kind == model.TodayLimbo {
		who, err = []model.ID{c.Owner}, r.limbo(&it)
	} else {
		who, err = r.fill(&it, c, model.Key(key))
	}
	if err != nil {
		return it, false, err
	}
	it.Late = 0
	if it.Due != "" {
		it.Late = r.daysLate(it.Due)
	}
	for _, id := range who {
		name, err := r.person(id)
		if err != nil {
			return it, false, err
		}
		if name != "" {
			it.WhoID, it.Who = id, name
			break
		}
	}
	return it, true, nil
}

// limbo says how long a customer waits for word.
func (r *todayReading) limbo(it *model.TodayItem) error {
	var since model.Stamp
	if v := r.v.der.Load(spaceLimbo, it.Customer[:]); len(v) == 8 {
		since = model.Stamp(binary.BigEndian.Uint64(v)) //nolint:gosec // as it was written
	}
	it.Limbo = model.LimboAfter(r.play.Thresholds, since, r.waited(since.Time()))
	if it.Limbo == nil {
		return corrupt(string(spaceLimbo), "queue")
	}
	return nil
}

// fill puts the record in its line, and says to whom it falls.
func (r *todayReading) fill(it *model.TodayItem, c *client, key model.Key) (who []model.ID, err error) {
	rec, err := r.v.r.Get(key)
	if err != nil {
		return nil, err
	}
	switch x := rec.(type) {
	case *model.Promise:
		it.Promise, it.Due = x, x.Due
		if x.Side == model.Theirs {
			return []model.ID{c.Owner, x.By}, nil
		}
		return []model.ID{x.Who, c.Owner}, nil
	case *model.Terms:
		it.Terms, it.Due = x, x.AnswerBy
		return []model.ID{x.By, c.Owner}, nil
	case *model.Assessment:
		it.Assessment, it.Due = x, x.Due
		it.Stale, err = r.stale(it.Customer)
		return []model.ID{x.Next.Who, c.Owner, x.Settled.By}, err
	case *model.Hurt:
		imp, err := model.Find[*model.Improvement](r.v.r, model.ImprovementKey(x.Improvement))
		if err != nil {
			return nil, err
		}
		if imp == nil || imp.Ended == nil {
			return nil, corrupt(key.String(), "queue")
		}
		it.Hurt = &model.HurtLine{Hurt: x, Improvement: imp}
		it.Due = model.DayOf(imp.Ended.At.Time().In(r.now.Location()))
		return []model.ID{c.Owner, imp.Owner}, nil
	case *model.Farewell:
		it.Farewell = x
		if x.Next() == model.StepOutcome {
			it.Due = x.AskOutcome
		}
		return append([]model.ID{x.Contact, c.Owner}, begunBy(x)), nil
	case *model.Sighting:
		it.Sighting, it.Due = x, model.DayOf(x.Lapses.Time().In(r.now.Location()))
		return []model.ID{c.Owner, x.By}, nil
	}
	return nil, corrupt(key.String(), "queue")
}

// nameIn finds the names of those whom the record of a line mentions.
func (v *view) nameIn(it *model.TodayItem) error {
	var ids []model.ID
	switch {
	case it.Promise != nil:
		ids = append(ids, it.Promise.By, it.Promise.Who)
		for _, m := range it.Promise.Moves {
			ids = append(ids, rulers(m.Ruling)...)
		}
	case it.Terms != nil:
		ids = append(ids, it.Terms.By)
	case it.Assessment != nil:
		ids = append(ids, rulers(it.Assessment.Settled)...)
	case it.Hurt != nil:
		ids = append(ids, it.Hurt.Improvement.Owner)
		ids = append(ids, rulers(it.Hurt.Improvement.Ended)...)
	case it.Farewell != nil:
		ids = append(ids, it.Farewell.Contact, begunBy(it.Farewell))
	case it.Sighting != nil:
		ids = append(ids, it.Sighting.By)
		ids = append(ids, rulers(it.Sighting.Confirmed)...)
	}
	for _, id := range ids {
		if _, err := v.name(id); err != nil {
			return err
		}
	}
	return nil
}

func begunBy(f *model.Farewell) model.ID {
	if f.Begun == nil {
		return model.NoID
	}
	return f.Begun.By
}

// customer reads of a customer what a line needs, once.
func (r *todayReading) customer(id model.ID) (*client, error) {
	if c, ok := r.customers[id]; ok {
		return c, nil
	}
	key := model.CustomerKey(id)
	value, _ := r.v.tx.Get([]byte(key))
	if value == nil {
		return nil, nil
	}
	c := &client{}
	if err := unsealBy(cborPart, string(key), value, c); err != nil {
		return nil, err
	}
	r.customers[id] = c
	return c, nil
}

// person gives the name of somebody who is still one of the desk, else "": what
// was theirs falls to the next.
func (r *todayReading) person(id model.ID) (string, error) {
	if id == model.NoID {
		return "", nil
	}
	if n, ok := r.people[id]; ok {
		return n, nil
	}
	p, err := model.Find[*model.Person](r.v.r, model.PersonKey(id))
	if err != nil {
		return "", err
	}
	r.people[id] = ""
	if p != nil && !p.Gone {
		r.people[id] = p.Name
	}
	return r.people[id], nil
}
