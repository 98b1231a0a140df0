package model

import (
	"strconv"
	"strings"
	"time"
)

// ContactField is one field of a contact as text: what forms, verbs and
// conflicts work with. Its label is text id "field."+ID.
type ContactField struct {
	ID  string
	get func(c *Contact, loc *time.Location) string
	set func(c *Contact, v string, loc *time.Location) bool // false for a value it cannot read
}

// Get gives the value; loc is the zone of the desk.
func (f *ContactField) Get(c *Contact, loc *time.Location) string { return f.get(c, loc) }

// ContactFields lists the fields of a contact that may be changed, in the order
// of a form. The list is shared and must not be changed. Words of values: days
// as 2006-01-02, "yes" or "", whole numbers with "" for none or not known.
func ContactFields() []ContactField { return contactFields }

// ContactFieldByID finds a field, with or without "contact." before its name;
// nil for none.
func ContactFieldByID(id string) *ContactField {
	id = strings.TrimPrefix(id, "contact.")
	for i := range contactFields {
		if contactFields[i].ID == "contact."+id {
			return &contactFields[i]
		}
	}
	return nil
}

// ContactValues gives every field of a contact by id.
func ContactValues(c *Contact, loc *time.Location) map[string]string {
	out := make(map[string]string, len(contactFields))
	for i := range contactFields {
		out[contactFields[i].ID] = contactFields[i].get(c, loc)
	}
	return out
}

var contactFields = []ContactField{
	{ID: "contact.story", get: func(c *Contact, _ *time.Location) string { return c.Story },
		set: func(c *Contact, v string, _ *time.Location) bool { c.Story = v; return true }},
	{ID: "contact.topic", get: func(c *Contact, _ *time.Location) string { return c.Topic },
		set: func(c *Contact, v string, _ *time.Location) bool { c.Topic = v; return true }},
	{ID: "contact.channel", get: func(c *Contact, _ *time.Location) string { return c.Channel },
		set: func(c *Contact, v string, _ *time.Location) bool { c.Channel = v; return true }},
	contactFlag("out", func(c *Contact) *bool { return &c.Out }),
	{ID: "contact.day", get: func(c *Contact, _ *time.Location) string { return string(c.Day) }, set: setContactDay},
	contactFlag("answered", func(c *Contact) *bool { return &c.Answered }),
	contactFlag("failed", func(c *Contact) *bool { return &c.Failed }),
	contactCount("service", 0, func(c *Contact) *int { return &c.Minutes[ActivityService] }),
	contactCount("complaint", 0, func(c *Contact) *int { return &c.Minutes[ActivityComplaint] }),
	contactCount("primary", 0, func(c *Contact) *int { return &c.Minutes[ActivityPrimary] }),
	contactCount("transfers", 0, func(c *Contact) *int { return &c.Transfers }),
	contactFlag("told_again", func(c *Contact) *bool { return &c.ToldAgain }),
	contactFlag("number_again", func(c *Contact) *bool { return &c.NumberAgain }),
	contactCount("effort", 0, func(c *Contact) *int { return &c.Effort }),
	contactCount("waited", 1, func(c *Contact) *int { return &c.Waited }),
	contactCount("felt", 1, func(c *Contact) *int { return &c.Felt }),
	{ID: "contact.missing", get: func(c *Contact, _ *time.Location) string { return c.Missing },
		set: func(c *Contact, v string, _ *time.Location) bool { c.Missing = v; return true }},
}

func contactFlag(name string, at func(*Contact) *bool) ContactField {
	return ContactField{ID: "contact." + name,
		get: func(c *Contact, _ *time.Location) string {
			if *at(c) {
				return "yes"
			}
			return ""
		},
		set: func(c *Contact, v string, _ *time.Location) bool {
			*at(c) = v == "yes"
			return v == "yes" || v == "" || v == "no"
		}}
}

// contactCount is a whole number; more is how much more than it is is kept, so
// that 0 can stand for not known.
func contactCount(name string, more int, at func(*Contact) *int) ContactField {
	return ContactField{ID: "contact." + name,
		get: func(c *Contact, _ *time.Location) string {
			if *at(c) == 0 {
				return ""
			}
			return strconv.Itoa(*at(c) - more)
		},
		set: func(c *Contact, v string, _ *time.Location) bool {
			if v == "" {
				*at(c) = 0
				return true
			}
			n, err := strconv.Atoi(v)
			if err != nil || n < 0 {
				return false
			}
			*at(c) = n + more
			return true
		}}
}

// setContactDay moves a contact to another day, at the same hour.
func setContactDay(c *Contact, v string, loc *time.Location) bool {
	day, ok := ParseDay(v)
	if !ok || day == "" {
		return false
	}
	if day == c.Day {
		return true
	}
	at, to := c.On.Time().In(loc), day.Time(loc)
	c.On = StampOf(time.Date(to.Year(), to.Month(), to.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), loc))
	c.Day = DayOf(c.On.Time().In(loc))
	return true
}

// EditContact changes fields of a contact: one's own, or as a lead. Was holds
// each field as the person saw it when the edit began: a field that somebody
// else changed meanwhile is a conflict, any other goes through.
type EditContact struct {
	Customer, Contact ID
	Was               map[string]string
	Now               map[string]string
}

// Name is [ActEditContact].
func (EditContact) Name() ActionName { return ActEditContact }

// Decide joins the edit with what stands.
func (a EditContact) Decide(env *Env, r Reader) (*Change, error) {
	customer, before, err := mustContact(env, r, a.Customer, a.Contact)
	if err != nil {
		return nil, err
	}
	loc := env.Now.Location()
	for id := range a.Now {
		if ContactFieldByID(id) == nil {
			return nil, Invalid("error.field.unknown", "Field", id)
		}
	}
	after := *before
	var clash []FieldConflict
	for i := range contactFields { // in the order of the form, so that errors are stable
		f := &contactFields[i]
		now, given := a.Now[f.ID]
		if !given {
			continue
		}
		now = strings.TrimSpace(now)
		was, stand := a.Was[f.ID], f.get(before, loc)
		switch {
		case now == was || now == stand: // untouched, or done already
		case stand != was:
			clash = append(clash, FieldConflict{Field: f.ID, Was: was, Yours: now, Stand: stand})
		case !f.set(&after, now, loc):
			return nil, Invalid("error.contact.value", "Field", f.ID, "Value", now)
		}
	}
	if len(clash) > 0 {
		e := NewError(KindConflict, "error.conflict.fields", "Customer", customer.Name).WithHint("hint.conflict")
		e.Fields = clash
		return nil, e
	}
	if after == *before {
		return nil, Invalid("error.edit.nothing")
	}
	if after.On > env.Stamp() && after.Day == env.Today() {
		after.On = env.Stamp() // today, at an hour that has not come yet
	}
	if err := checkContact(env, before, &after); err != nil {
		return nil, err
	}
	ch := &Change{Made: after.ID, Message: Say("journal.contact.edit", "Customer", customer.Name, "Topic", after.Topic)}
	ch.Replace(before, &after)
	return ch, nil
}
