package store

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/playbook"
)

// Contacts gives a part of a customer's timeline, newest first: the n contacts
// that stand after a place, which are older ones; with n below 0 those that
// stand before it. Without a place they are the newest ones, or with n below 0
// the oldest. A place stays good when the contact there is gone. Only a page
// without a place counts all.
func (s *Session) Contacts(customer model.ID, from string, n int) (model.ContactPage, error) {
	var p model.ContactPage
	place, err := hex.DecodeString(from)
	if err != nil {
		return p, model.Invalid("error.contact.place").WithHint("hint.refresh")
	}
	err = s.snapshot(func(v *view) error {
		c, err := model.Find[*model.Customer](v.r, model.CustomerKey(customer))
		if err != nil {
			return err
		}
		if c == nil || v.hidden(customer) {
			return model.NotFound("error.customer.gone").WithHint("hint.search")
		}
		p.Rev = model.Rev(v.tx.Rev())
		keys, more := v.timeline(customer, place, n)
		p.More = more
		if from == "" {
			walk(v.der, spaceTimeline, customer[:], func(_, _ []byte) bool { p.Total++; return true })
		}
		for _, k := range keys {
			rec, err := v.contactAt(customer, k)
			if err != nil {
				return err
			}
			if rec == nil {
				continue
			}
			p.Contacts, p.Places = append(p.Contacts, rec), append(p.Places, hex.EncodeToString(k))
			for _, id := range append(rulers(rec.Withdrawn), rec.By) {
				if _, err := v.name(id); err != nil {
					return err
				}
			}
		}
		p.People = v.names
		return nil
	})
	return p, err
}

// timeline gives places in a customer's timeline, newest first, and whether
// there are more in the direction that was asked.
func (v *view) timeline(customer model.ID, place []byte, n int) (keys [][]byte, more bool) {
	take := func(most int) func(k, _ []byte) bool {
		return func(k, _ []byte) bool {
			if more = len(keys) == most; !more {
				keys = append(keys, slices.Clone(k[len(customer):]))
			}
			return !more
		}
	}
	at := append(slices.Clone(customer[:]), place...)
	switch {
	case n >= 0 && len(place) == 0:
		walkBack(v.der, spaceTimeline, customer[:], take(n))
	case n >= 0:
		walkBackFrom(v.der, spaceTimeline, customer[:], at, take(n))
	default: // towards the newest, the order of the keys
		f := take(-n)
		walkFrom(v.der, spaceTimeline, at, func(k, val []byte) bool {
			switch {
			case !hasPrefix(k, customer[:]):
				return false
			case string(k) == string(at): // the place itself
				return true
			}
			return f(k, val)
		})
		slices.Reverse(keys)
	}
	return keys, more
}

// contactAt reads the contact at a place in a timeline; nil for none.
func (v *view) contactAt(customer model.ID, place []byte) (*model.Contact, error) {
	var id model.ID
	if len(place) != 8+len(id) {
		return nil, nil
	}
	copy(id[:], place[8:])
	return model.Find[*model.Contact](v.r, model.ContactKey(customer, id))
}

// latest gives the newest contacts of a customer.
func (v *view) latest(id model.ID, n int) ([]*model.Contact, error) {
	keys, _ := v.timeline(id, nil, n)
	out := make([]*model.Contact, 0, len(keys))
	for _, k := range keys {
		c, err := v.contactAt(id, k)
		if err != nil {
			return nil, err
		}
		if c != nil {
			out = append(out, c)
		}
	}
	return out, nil
}

// storyReach is how many contacts back a story is looked for at most: what was
// told longer ago is no longer the running story.
const storyReach = 200

// fillStory makes the running story of a customer. It counts over the traces
// and reads few contacts, so that it costs little after ten thousand of them.
func (v *view) fillStory(d *model.Detail, play *model.Playbook, now time.Time) error {
	id, st := d.Customer.ID, &d.Dealings.Story
	walk(v.der, spaceTimeline, id[:], func(k, val []byte) bool {
		t, ok := traceOf(k, val)
		if !ok {
			return true
		}
		st.Contacts++
		st.Transfers += t.transfer
		st.ToldAgain += one(t.told)
		st.NumberAsks += one(t.number)
		st.Failed += one(t.failed)
		return true
	})
	if len(d.Dealings.Contacts) > 0 {
		st.Last = d.Dealings.Contacts[0]
	}
	if err := v.storyWords(d); err != nil {
		return err
	}
	for _, p := range d.Dealings.Promises { // open ones come first, by date
		if p.State == model.PromiseOpen && p.Side == model.Ours {
			st.Promised = p
			break
		}
	}
	st.Limbo = v.limboOf(id, play, now)
	return nil
}

// storyWords finds the newest story that was told.
func (v *view) storyWords(d *model.Detail) error {
	st := &d.Dealings.Story
	for _, c := range d.Dealings.Contacts {
		if c.Story != "" {
			st.Words = c.Story
			return nil
		}
	}
	if st.Contacts <= len(d.Dealings.Contacts) {
		return nil
	}
	older, err := v.latest(d.Customer.ID, storyReach)
	if err != nil {
		return err
	}
	for _, c := range older[min(len(older), len(d.Dealings.Contacts)):] {
		if c.Story != "" {
			st.Words = c.Story
			break
		}
	}
	return nil
}

// limboOf tells how long a customer has waited for word, closed days left out
// (article 002); nil within the hours in which nobody need worry.
func (v *view) limboOf(id model.ID, play *model.Playbook, now time.Time) *model.Limbo {
	since := limboSince(v.der, id)
	if since == 0 {
		return nil
	}
	cal := playbook.NewCalendar(play.Calendar, now.Location())
	waited := model.OpenDaysElapsed(cal, since.Time().In(now.Location()), now)
	if waited < time.Duration(play.Thresholds.LimboWarnHours)*time.Hour {
		return nil
	}
	return &model.Limbo{Since: since, Waited: waited, Red: waited >= time.Duration(play.Thresholds.LimboRedHours)*time.Hour}
}

// limboSince reads since when a customer waits for word; 0 for nobody.
func limboSince(d engine.Derived, id model.ID) model.Stamp {
	v := d.Load(spaceLimbo, id[:])
	if len(v) != 8 {
		return 0
	}
	return model.Stamp(binary.BigEndian.Uint64(v)) //nolint:gosec // as it was written
}
