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
	Until    Day // the last day it is shown: today or later
}

// Name is [ActSetBanner].
func (SetBanner) Name() ActionName { return ActSetBanner }

// Decide takes the place of the banner that stands.
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
	if a.Until == "" || a.Until < env.Today() {
		return nil, Invalid("error.banner.until", "Field", "until").WithHint("hint.date.ahead")
	}
	b := &Banner{Customer: a.Customer, Words: words, Until: a.Until, By: env.Actor.Person, At: env.Stamp()}
	ch := &Change{Message: Say("journal.banner.set", "Customer", c.Name, "Words", words, "Date", string(a.Until))}
	ch.Puts = append(ch.Puts, put(old, b))
	return ch, nil
}
