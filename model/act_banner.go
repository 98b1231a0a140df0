package model

import (
	"strings"
	"unicode/utf8"
)

// MaxBanner is how many characters a banner may have: it is one line that must
// not be missed, no note.
const MaxBanner = 200

// SetBanner puts the line that must not be missed over a customer until a day,
// or with no words takes it away.
type SetBanner struct {
	Customer ID
	Words    string
	Until    Day     // the last day it is shown: today or later
	Was      *string // the words that stood when it was begun, "" for none; nil does not look
}

// Name is [ActSetBanner].
func (SetBanner) Name() ActionName { return ActSetBanner }

// Decide takes the place of the banner that stands. A line of a colleague that
// came meanwhile is a conflict, which holds both.
func (a SetBanner) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	old, err := Find[*Banner](r, BannerKey(a.Customer))
	if err != nil {
		return nil, err
	}
	words := strings.Join(strings.Fields(a.Words), " ")
	if err := a.meanwhile(c, old, words); err != nil {
		return nil, err
	}
	if words == "" {
		if old == nil {
			return nil, Invalid("error.banner.none", "Customer", c.Name)
		}
		ch := &Change{Message: Say("journal.banner.clear", "Customer", c.Name)}
		ch.Remove(old)
		return ch, nil
	}
	if utf8.RuneCountInString(words) > MaxBanner {
		return nil, Invalid("error.banner.long", "Field", "words", "Max", MaxBanner).WithHint("hint.banner.long")
	}
	if err := checkWords("words", words); err != nil {
		return nil, err
	}
	if err := checkDay("until", a.Until); err != nil {
		return nil, err
	}
	if a.Until == "" || a.Until < env.Today() {
		return nil, Invalid("error.banner.until", "Field", "until").WithHint("hint.date.ahead")
	}
	b := &Banner{Customer: a.Customer, Words: words, Until: a.Until, By: env.Actor.Person, At: env.Stamp()}
	ch := &Change{Message: Say("journal.banner.set", "Customer", c.Name, "Words", words, "Date", string(a.Until))}
	ch.Puts = append(ch.Puts, put(old, b))
	return ch, nil
}

// meanwhile refuses where a colleague put or took away a line since this one was
// begun; the same words by both are no conflict.
func (a SetBanner) meanwhile(c *Customer, old *Banner, words string) error {
	stand := ""
	if old != nil {
		stand = old.Words
	}
	if a.Was == nil || *a.Was == stand || words == stand {
		return nil
	}
	e := NewError(KindConflict, "error.banner.changed", "Stand", stand).WithHint("hint.banner.changed")
	if stand == "" {
		e = NewError(KindConflict, "error.banner.taken", "Customer", c.Name).WithHint("hint.banner.changed")
	}
	e.Fields = []FieldConflict{{Field: "banner", Was: *a.Was, Yours: words, Stand: stand}}
	return e
}
