package search

import (
	"bytes"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// SpaceTerm is the index from terms to customers: term, NUL, customer. Terms
// are what one types as it stands, number by number: our numbers and theirs,
// phone numbers, mail addresses, postcodes. Names are heard, see the index of
// names.
const SpaceTerm = engine.Space("term")

// TermKey is the key of a term of a customer.
func TermKey(term string, id model.ID) []byte {
	k := make([]byte, 0, len(term)+17)
	k = append(k, term...)
	k = append(k, 0)
	return append(k, id[:]...)
}

// Direct is a text read as a number of some kind. Each reading is the beginning
// of a term, but for those that may as well be a name.
type Direct struct {
	begins []string
	whole  string // a number of letters alone: all of it or nothing
}

// fewestDigits is how many digits a text needs to be looked up as the beginning
// of a phone number: with fewer every second customer would be meant.
const fewestDigits = 3

// ParseDirect reads a text as a phone number in any form, a mail address, a
// postcode with or without a house number, a number of ours or theirs.
func ParseDirect(text string) Direct {
	var d Direct
	text = strings.TrimSpace(text)
	add := func(term string) {
		if term = cut(term); term == "" {
			return
		}
		for _, b := range d.begins {
			if b == term {
				return
			}
		}
		d.begins = append(d.begins, term)
	}
	all := compact(text)
	n := len(digits(text))
	switch {
	case strings.Contains(text, "@"):
		add(mail(text))
	case n == 0:
		d.whole = cut(all)
		return d
	}
	if strings.Trim(text, "0123456789+-()./ ") == "" && n >= fewestDigits {
		add(Phone(text))
	}
	if n > 0 {
		add(all)
	}
	return d
}

// Empty reports whether there is nothing to look up.
func (d Direct) Empty() bool { return len(d.begins) == 0 && d.whole == "" }

// Find gives the customers with such a term, at most limit, each once and in no
// particular order, and whether there may be more. Hidden tells customers that
// are not to be seen.
func (d Direct) Find(der engine.Derived, hidden func(model.ID) bool, limit int) (ids []model.ID, more bool) {
	seen := map[model.ID]struct{}{}
	take := func(id model.ID) bool {
		if _, twice := seen[id]; twice || hidden(id) {
			return true
		}
		if more = len(ids) == limit; more {
			return false
		}
		seen[id] = struct{}{}
		ids = append(ids, id)
		return true
	}
	for _, b := range d.begins {
		walkTerm(der, []byte(b), take)
	}
	if d.whole != "" {
		walkTerm(der, append([]byte(d.whole), 0), take)
	}
	return ids, more
}

// Begins reports whether one of the readings is the beginning of a text from a
// card, or of one of several that commas part.
func (d Direct) Begins(card string) bool {
	for _, text := range append(strings.Split(card, ","), card) {
		for _, term := range []string{Phone(text), mail(text), compact(text)} {
			if term == "" {
				continue
			}
			if term == d.whole {
				return true
			}
			for _, b := range d.begins {
				if strings.HasPrefix(term, b) {
					return true
				}
			}
		}
	}
	return false
}

// walkTerm gives the customer of each key that begins so, until f gives false. A
// customer with several such terms comes as often.
func walkTerm(d engine.Derived, prefix []byte, f func(model.ID) bool) {
	cur := d.Cursor(SpaceTerm)
	for k, _ := cur.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = cur.Next() {
		if len(k) >= 17 && !f(model.ID(k[len(k)-16:])) {
			return
		}
	}
}
