package model

import (
	"slices"
	"strings"
)

// betweenNumbers stands between the numbers of a list.
const betweenNumbers = ", "

// SplitNumbers takes a list of numbers apart, such as [Customer.Formerly].
func SplitNumbers(list string) []string {
	var out []string
	for _, n := range strings.Split(list, ",") {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// numbersOf lists the numbers that lead to a customer.
func numbersOf(c *Customer) []string {
	return append(SplitNumbers(c.Number), SplitNumbers(c.Formerly)...)
}

// joinLists puts what comma separated lists hold into one, each once.
func joinLists(lists ...string) string {
	return strings.Join(SplitNumbers(strings.Join(lists, ",")), betweenNumbers)
}

// MergeJoins reports whether a field holds what both cards have, so that there
// is nothing to choose.
func MergeJoins(field string) bool { return field == "theirs" || field == "note" }

// MergeCard gives the card that two customers have together. Fields in take are
// Gone's, the others Keep's. The numbers they know themselves by and the notes
// are joined. A number of ours that is not the one on the card goes to those it
// had formerly, and a phone number or mail address of either goes where there is
// room, at last into the note: nothing by which somebody was reached is lost.
func MergeCard(keep, gone *Customer, take []string) (*Customer, error) {
	card := *keep
	for _, id := range take {
		if id == MergeBanner || id == MergeFinance || MergeJoins(id) {
			continue
		}
		f := FieldByID(id)
		if f == nil {
			return nil, Invalid("error.field.unknown", "Field", id)
		}
		if err := f.set(&card, f.Get(gone)); err != nil {
			return nil, err
		}
	}
	for _, n := range []string{keep.Number, gone.Number} { // one of the two is better than none
		if card.Number == "" {
			card.Number = n
		}
	}
	formerly := slices.DeleteFunc(SplitNumbers(joinLists(keep.Formerly, keep.Number, gone.Number, gone.Formerly)),
		func(n string) bool { return n == card.Number })
	card.Formerly = strings.Join(formerly, betweenNumbers)
	card.Theirs = keep.Theirs
	if gone.Theirs != "" {
		card.Theirs = joinLists(keep.Theirs, gone.Theirs)
	}
	card.Note = joinNotes(keep.Note, gone.Note, leftOver(&card, keep, gone))
	if err := checkWords("note", card.Note); err != nil {
		return nil, err
	}
	return &card, nil
}

// leftOver puts by what each was reached by where there is room on the card, and
// gives what there is none for as a line for the note, under the other name.
func leftOver(card, keep, gone *Customer) string {
	var lost []string
	for _, c := range []*Customer{keep, gone} {
		keepPhone(card, &card.Phone, &card.Mobile, c.Phone, &lost)
		keepPhone(card, &card.Mobile, &card.Phone, c.Mobile, &lost)
		switch {
		case c.Email == "" || fold(c.Email) == fold(card.Email):
		case card.Email == "":
			card.Email = c.Email
		default:
			lost = append(lost, c.Email)
		}
	}
	other := gone.Name
	if fold(other) == fold(card.Name) {
		other = keep.Name
	}
	if fold(other) != fold(card.Name) || len(lost) > 0 {
		lost = slices.Insert(lost, 0, other)
	}
	return strings.Join(lost, " · ")
}

// keepPhone puts a phone number in its own place or the other one.
func keepPhone(card *Customer, own, other *string, n string, lost *[]string) {
	switch {
	case n == "" || samePhone(n, card.Phone) || samePhone(n, card.Mobile):
	case *own == "":
		*own = n
	case *other == "":
		*other = n
	default:
		*lost = append(*lost, n)
	}
}

// subscriber is how many digits at the end tell phone numbers apart: what stands
// before is the country, written or not.
const subscriber = 9

func samePhone(a, b string) bool {
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	x, y := digits(a), digits(b)
	if len(x) >= subscriber && len(y) >= subscriber {
		return x[len(x)-subscriber:] == y[len(y)-subscriber:]
	}
	return x == y && fold(a) == fold(b)
}

// joinNotes puts notes under each other, and none that the text before says.
func joinNotes(notes ...string) string {
	out := ""
	for _, n := range notes {
		switch {
		case blank(n) || strings.Contains(fold(out), fold(n)):
		case out == "":
			out = n
		default:
			out = strings.TrimRight(out, "\n") + "\n" + n
		}
	}
	return out
}

// mergeFields lists the fields in which two cards differ. What the one that
// stays lacks is proposed to be taken.
func mergeFields(keep, gone *Customer) []MergeField {
	var out []MergeField
	for i := range fields {
		f := &fields[i]
		k, g := f.Get(keep), f.Get(gone)
		if MergeJoins(f.ID) || g == "" || fold(k) == fold(g) {
			continue
		}
		line := MergeField{Field: f.ID, Keep: k, Gone: g, Take: k == ""}
		if f.ID == "phone" || f.ID == "mobile" {
			if samePhone(k, g) {
				continue
			}
			line.Take = k == "" && !samePhone(g, keep.Phone) && !samePhone(g, keep.Mobile)
		}
		if slices.Contains(address, f.ID) && !oneAddress(keep, gone) {
			line.Take = false
		}
		out = append(out, line)
	}
	return out
}

// address are the fields that are one place together.
var address = []string{"street", "houseno", "postcode", "town", "country"}

// oneAddress reports whether two cards can speak of one place: half of one
// address beside half of another is none.
func oneAddress(a, b *Customer) bool {
	return !slices.ContainsFunc(address, func(id string) bool {
		x, y := foldPlace(FieldByID(id).Get(a)), foldPlace(FieldByID(id).Get(b))
		return x != "" && y != "" && x != y
	})
}

// foldPlace folds a place so that 1094 SX and 1094sx are one.
func foldPlace(s string) string { return strings.ReplaceAll(fold(s), " ", "") }
