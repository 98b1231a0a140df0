package model

// Count is one of the things that are counted by day, topic and customer. The
// numbers are part of derived data: a new one goes at the end.
type Count int

// What is counted. An issue is a run of contacts of one customer on one topic in
// which each follows the one before within the window, 7 or 14 days (article
// 003: answered at once counts, speed alone does not).
const (
	CountContacts Count = iota // contacts that stand, both ways
	CountIncoming              // of those, the customer's
	CountAnswered              // incoming contacts in which the question was answered
	CountPrimary               // minutes by activity
	CountService
	CountComplaint
	CountTransfers   // times put through
	CountPutThrough  // contacts with any
	CountToldAgain   // contacts in which the story was told again
	CountNumberAgain // contacts in which a number was asked again
	CountFailed      // contacts in which our service failed
	CountEffort      // effort marks given
	CountEffortSum   // their sum
	CountWaits       // incoming contacts whose wait is known
	CountQuick       // of those, picked up within [PickupSeconds]
	CountIssues      // issues that began, window of 7 days
	CountRight       // of those, the ones with one contact: right first time
	CountRepeat      // contacts that follow within the window
	CountRepeatPrimary
	CountRepeatService
	CountRepeatComplaint
	CountIssuesLong // the same with the window of 14 days
	CountRightLong
	CountRepeatLong
	CountLeads   // issues of 14 days that were answered, on the day they began
	CountLeadSum // days from their first contact to the one that answered
	CountFelt    // lead times as felt that were given
	CountFeltSum // their sum, in days
	CountMarks   // marks out of ten
	CountMarkSum
	CountAnnoyances // times a survey names the topic
	CountKept       // promises of ours that were kept, on the day they were closed
	CountBroken
	CountTheirsKept // the customer's promises
	CountTheirsBroken
	CountAsked // exceptions asked of a standard
	CountGranted
	CountRefused
	CountLost    // exceptions after which a deal was lost
	CountCost    // cents that granted exceptions cost
	CountLostSum // cents of the deals lost
	CountSighted // sightings of a trait
	CountMissing // answers that were not at hand
	Counts       // their number
)

// PickupSeconds is within how many seconds a contact counts as picked up
// quickly; RepeatDays and RepeatLongDays are the windows of right first time
// (article 003).
const (
	PickupSeconds  = 10
	RepeatDays     = 7
	RepeatLongDays = 14
)

// Tally holds a number for each count. Tallies of parts add up to that of the
// whole.
type Tally [Counts]int64

// Add adds another tally, times n.
func (t *Tally) Add(o *Tally, n int64) {
	for i := range t {
		t[i] += n * o[i]
	}
}

// Zero reports whether nothing was counted.
func (t *Tally) Zero() bool { return *t == Tally{} }

// Share gives one count in a hundred of another, in tenths of a percent; false
// when there is nothing to share.
func (t *Tally) Share(of, all Count) (permille int, ok bool) {
	if t[all] <= 0 {
		return 0, false
	}
	return int((t[of]*1000 + t[all]/2) / t[all]), true
}

// Mean gives a sum over a count, in hundredths; false when there is nothing.
func (t *Tally) Mean(sum, n Count) (hundredths int, ok bool) {
	if t[n] <= 0 {
		return 0, false
	}
	return int((t[sum]*100 + t[n]/2) / t[n]), true
}

// Minutes gives the minutes by activity.
func (t *Tally) Minutes() [Activities]int {
	return [Activities]int{int(t[CountPrimary]), int(t[CountService]), int(t[CountComplaint])}
}

// RepeatMinutes gives the minutes of repeat traffic, window of 7 days.
func (t *Tally) RepeatMinutes() [Activities]int {
	return [Activities]int{int(t[CountRepeatPrimary]), int(t[CountRepeatService]), int(t[CountRepeatComplaint])}
}

// Dimension says by what a tally is split.
type Dimension byte

// Dimensions.
const (
	ByTopic    Dimension = 't' // topic of a contact, survey or promise
	ByStandard Dimension = 's' // standard of which an exception was asked: text of its id
	ByTrait    Dimension = 'r' // trait of a sighting
)

// Month is a month as 2006-01. Months compare as text.
type Month string

// Month gives the month of a day.
func (d Day) Month() Month {
	if len(d) < 7 {
		return ""
	}
	return Month(d[:7])
}
