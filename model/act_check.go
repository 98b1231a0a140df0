package model

// MaxCents is the largest amount that a record may hold, and less nought the
// smallest: a hundred thousand million euros. The sums over a book of a million
// customers then fit.
const MaxCents = int64(1e13)

// checkCents refuses an amount beyond [MaxCents] either way.
func checkCents(field string, cents int64) error {
	if cents > MaxCents || cents < -MaxCents {
		return Invalid("error.money.large", "Field", field)
	}
	return nil
}

// checkDay refuses what is no day: days are compared and sorted as text. "" is
// none and goes through.
func checkDay(field string, day Day) error {
	if _, ok := ParseDay(string(day)); !ok {
		return Invalid("error.field.day", "Field", field, "Value", string(day))
	}
	return nil
}

// someoneHere asks that a person is one of the desk still: what is yet to be
// done falls to nobody who left. [NoID] is nobody and goes through.
func someoneHere(r Reader, id ID) error {
	if id == NoID {
		return nil
	}
	_, err := mustPerson(r, id)
	return err
}

// ownContact asks that a contact which a record of a customer names is there and
// is that customer's.
func ownContact(r Reader, customer, id ID) error {
	if id == NoID {
		return nil
	}
	c, err := Find[*Contact](r, ContactKey(customer, id))
	if err == nil && (c == nil || !c.Stands()) {
		err = NotFound("error.contact.gone").WithHint("hint.refresh")
	}
	return err
}
