package model

import "strings"

// ForFarewell fills in what the text of a farewell leaves open (see
// [FarewellPlaceholders]). What is not known yet, being "", stays open for a
// person to see. It goes through the text once: a name that holds braces fills
// nothing in.
func ForFarewell(text, customer, referral, contact, date string) string {
	var pairs []string
	for i, v := range []string{customer, referral, contact, date} {
		if v = strings.TrimSpace(v); v != "" {
			pairs = append(pairs, FarewellPlaceholders()[i], v)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// LeftOpen gives the placeholders that a text of a farewell still holds; none is
// nil.
func LeftOpen(text string) []string {
	var out []string
	for _, p := range FarewellPlaceholders() {
		if strings.Contains(text, p) {
			out = append(out, p)
		}
	}
	return out
}

// beforeSaying are the steps without which nobody is told that we part
// (domain.md, Part).
func beforeSaying() []FarewellStep {
	return []FarewellStep{StepReferral, StepContract, StepText, StepContact}
}

// Unsaid gives the steps that are to be done before the customer is told; nil
// when nothing stands in the way.
func (f *Farewell) Unsaid() []FarewellStep {
	var out []FarewellStep
	for _, s := range beforeSaying() {
		if f.Done[s] == nil {
			out = append(out, s)
		}
	}
	return out
}

// Unheard reports whether the customer objected and nobody uninvolved has heard
// it yet.
func (f *Farewell) Unheard() bool { return f.Objection != "" && f.Heard == nil }

// Due gives the day of what comes next: the outcome is asked on its day, and
// when all is done the relation ends on its own. "" is as soon as can be.
func (f *Farewell) Due() Day {
	if f.State != FarewellGoing {
		return ""
	}
	switch f.Next() {
	case StepOutcome:
		return f.AskOutcome
	case "":
		return f.Ends
	}
	return ""
}

// Refer names who serves this customer better: the line of the referral book
// where there is one, else the words; what was searched for in vain is no name
// and gives "".
func (f *Farewell) Refer(book map[ID]*Referral) string {
	if r := book[f.Referral]; r != nil {
		return r.Name
	}
	if f.Searched {
		return ""
	}
	return f.To
}

// Closing gives when and by whom a farewell came to an end; nil while it goes.
func (f *Farewell) Closing() *Ruling {
	switch f.State {
	case FarewellGoing:
		return nil
	case FarewellBack:
		return f.Back
	case FarewellEnded, FarewellCalled:
	}
	return f.Closed
}

// Farewell gives the newest farewell of a customer that goes, else the newest
// at all; nil for none. Farewells are newest first.
func (d *Dealings) Farewell() *Farewell {
	for _, f := range d.Farewells {
		if f.State == FarewellGoing {
			return f
		}
	}
	if len(d.Farewells) == 0 {
		return nil
	}
	return d.Farewells[0]
}

// MayPart gives the settled verdict from which a farewell of this customer can
// begin; nil for none. One verdict gives one farewell: after that the question
// is asked anew.
func (d *Detail) MayPart() *Assessment {
	n := d.Settled()
	if n == nil || n.Verdict != VerdictPart || d.Running() != nil {
		return nil
	}
	for _, f := range d.Dealings.Farewells {
		if f.State == FarewellGoing || f.Assessment == n.ID {
			return nil
		}
	}
	return n
}

func cloneFarewell(f *Farewell) *Farewell {
	after := *f
	after.Done = make(map[FarewellStep]*Ruling, len(f.Done)+1)
	for k, v := range f.Done {
		after.Done[k] = v
	}
	return &after
}

// ReferralNamed finds a line of the referral book that is in use by its name;
// nil for none. Capitals and blanks do not matter.
func ReferralNamed(book []*Referral, name string) *Referral {
	for _, r := range book {
		if r.Retired == nil && FoldPerson(r.Name) == FoldPerson(name) {
			return r
		}
	}
	return nil
}

// ReferralsFor gives the lines that hold every one of some words anywhere, in
// their order; all of them for no words.
func ReferralsFor(book []*Referral, words string) []*Referral {
	var out []*Referral
	for _, r := range book {
		all := strings.ToLower(strings.Join([]string{r.Name, r.Serves, r.Reach, r.Note}, "\n"))
		if !hasAll(all, strings.Fields(strings.ToLower(words))) {
			continue
		}
		out = append(out, r)
	}
	return out
}

func hasAll(s string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}
