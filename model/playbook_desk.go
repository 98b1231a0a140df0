package model

import (
	"strconv"
	"strings"
)

// Topic is what a contact or an annoyance is about. ID is stable and unique in
// the playbook: contacts keep it for ever. Friction marks the topics of article
// 001 where the chafing of a relation usually starts.
type Topic struct {
	ID       string
	Friction bool
	Label    Bilingual
}

// Channel is the way a contact came in or went out, such as the telephone. ID
// is stable and unique in the playbook.
type Channel struct {
	ID    string
	Label Bilingual
}

// Limits of the lists of a playbook.
const (
	MaxTopics   = 24
	MaxChannels = 9
)

// Activity is what minutes are spent on (article 001: complaints are counted
// apart from service, and both apart from the primary process).
type Activity int

// The three activities, in their order.
const (
	ActivityPrimary Activity = iota
	ActivityService
	ActivityComplaint
	Activities // their number
)

// Key is the stored word of an activity.
func (a Activity) Key() string {
	switch a {
	case ActivityPrimary:
		return "primary"
	case ActivityService:
		return "service"
	case ActivityComplaint:
		return "complaint"
	case Activities:
	}
	return ""
}

// Rates are what an hour of each activity costs, in cents.
type Rates [Activities]int64

// Cost gives what minutes cost, in cents, rounded to the nearest cent.
func (r Rates) Cost(minutes [Activities]int) int64 {
	var sixty int64 // sixtieths of a cent
	for a, m := range minutes {
		sixty += int64(m) * r[a]
	}
	if sixty < 0 {
		return -((-sixty + 30) / 60)
	}
	return (sixty + 30) / 60
}

// DeskSettings are the parts of a playbook beyond traits and the wizard.
type DeskSettings struct {
	Topics   []Topic
	Channels []Channel
	Rates    Rates

	LapseWarnDays int // a sighting that lapses within so many days is shown on Today
	DueSoonDays   int // a promise due within so many days is shown on Today
	OutcomeDays   int // so many days after a farewell its outcome is asked (30)

	// Farewell is the honest text to begin a farewell with; it may have several
	// lines. What FarewellPlaceholders lists is filled in.
	Farewell Bilingual
}

// FarewellPlaceholders lists what may be left open in the text of a farewell:
// the customer's name, who serves this customer better, the last named contact,
// and the day until which that contact is there.
func FarewellPlaceholders() []string {
	return []string{"{customer}", "{referral}", "{contact}", "{date}"}
}

// Topic finds a topic by its id.
func (d *DeskSettings) Topic(id string) (Topic, bool) {
	for _, t := range d.Topics {
		if t.ID == id {
			return t, true
		}
	}
	return Topic{}, false
}

// Channel finds a channel by its id.
func (d *DeskSettings) Channel(id string) (Channel, bool) {
	for _, c := range d.Channels {
		if c.ID == id {
			return c, true
		}
	}
	return Channel{}, false
}

// ParseTopic reads a topic as a person would type it: the id, the number in the
// list counted from 1, or the label in either language. Capitals and blanks do
// not matter; of two labels that are alike the first counts.
func ParseTopic(d *DeskSettings, s string) (Topic, bool) {
	if d == nil {
		return Topic{}, false
	}
	i := typedPlace(s, len(d.Topics), func(i int) (string, Bilingual) { return d.Topics[i].ID, d.Topics[i].Label })
	if i < 0 {
		return Topic{}, false
	}
	return d.Topics[i], true
}

// ParseChannel reads a channel as a person would type it, in the same way as
// [ParseTopic].
func ParseChannel(d *DeskSettings, s string) (Channel, bool) {
	if d == nil {
		return Channel{}, false
	}
	i := typedPlace(s, len(d.Channels), func(i int) (string, Bilingual) { return d.Channels[i].ID, d.Channels[i].Label })
	if i < 0 {
		return Channel{}, false
	}
	return d.Channels[i], true
}

// typedPlace finds which of n things is meant, -1 for none. An id goes before a
// number and a number before a label.
func typedPlace(s string, n int, at func(i int) (id string, label Bilingual)) int {
	typed := oneBlank(s)
	if typed == "" {
		return -1
	}
	for i := range n {
		if id, _ := at(i); strings.EqualFold(typed, id) {
			return i
		}
	}
	if place, err := strconv.ParseUint(typed, 10, 16); err == nil && place >= 1 && place <= uint64(n) { //nolint:gosec // n is the length of a list
		return int(place) - 1 //nolint:gosec // at most n
	}
	for i := range n {
		_, label := at(i)
		if strings.EqualFold(typed, oneBlank(label.EN)) || strings.EqualFold(typed, oneBlank(label.NL)) {
			return i
		}
	}
	return -1
}

// oneBlank takes the blanks off both ends and leaves one of each row of them.
func oneBlank(s string) string { return strings.Join(strings.Fields(s), " ") }
