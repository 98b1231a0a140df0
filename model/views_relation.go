package model

import "time"

// Story is what the book can say of a customer's running story (article 002:
// told once): the newest contact that tells anything, and what is promised.
type Story struct {
	Last       *Contact // newest incoming or outgoing contact; nil for none
	Words      string   // newest story that was told
	Promised   *Promise // our open promise that is due first
	Contacts   int
	Transfers  int
	ToldAgain  int
	NumberAsks int
	Failed     int
	Limbo      *Limbo // nil when the customer knows what comes next
}

// Limbo is a customer who has heard nothing and has no next date (article 002:
// three days in the dark feel endless).
type Limbo struct {
	Since  Stamp         // the newest contact
	Waited time.Duration // closed days left out
	Red    bool
}

// HurtLine is an improvement that is for a customer.
type HurtLine struct {
	Hurt        *Hurt
	Improvement *Improvement
}

// Money is the relation in money over the last twelve months (article 001:
// profit of the relation is margin less the cost to serve). Amounts are cents.
type Money struct {
	Revenue, Margin int64 // a year
	Minutes         [Activities]int
	Time            int64 // minutes times rates
	Direct          int64
	Deviations      int64 // what granted exceptions cost
	Profit          int64 // margin − time − direct − deviations
	Arrears         int64
	OldestArrear    Day
	Known           bool // a margin was given; without one profit says nothing
	// Levers say what would make the relation profitable, the largest first.
	Levers []Message
}

// CostToServe is what the relation costs beside its margin, in cents.
func (m *Money) CostToServe() int64 { return m.Time + m.Direct + m.Deviations }

// Dealings are the part of a customer's detail beyond traits and verdicts.
type Dealings struct {
	Story      Story
	Contacts   []*Contact   // newest first, the latest few
	Promises   []*Promise   // open ones first by date, then closed ones, newest first
	Exceptions []*Exception // newest first, as the rest
	Terms      []*Terms
	Surveys    []*Survey
	Hurts      []HurtLine
	Farewells  []*Farewell
	Lessons    []*Lesson
	Banner     *Banner // nil when there is none or it has ended
	Finance    *Finance
	Money      Money
	// UsedMinutes of contacts fall in the month that runs at the desk; complaints
	// are left out: they are counted apart (article 001).
	UsedMinutes int
	Standards   map[ID]*Standard // those that are mentioned
	Referrals   map[ID]*Referral // those that are mentioned
}

// ContactPage is a part of a customer's timeline, newest first.
type ContactPage struct {
	Contacts []*Contact
	Places   []string // where each stands; hand one back to read on from it
	More     bool
	Total    int
	People   map[ID]string
	Rev      Rev
}

// TodayKind sorts what is on Today, in the order in which it is shown.
type TodayKind string

// Kinds of line on Today.
const (
	TodayLimbo    TodayKind = "limbo"
	TodayPromise  TodayKind = "promise" // ours
	TodayTheirs   TodayKind = "theirs"
	TodayTerms    TodayKind = "terms"    // an answer was to come
	TodayFit      TodayKind = "fit"      // the date of an assessment passed
	TodayTell     TodayKind = "tell"     // an improvement is done, the customer is to hear
	TodayFarewell TodayKind = "farewell" // the next step of a farewell, or its outcome
	TodayLapse    TodayKind = "lapse"    // a sighting lapses soon
)

// TodayKinds lists the kinds in their order.
func TodayKinds() []TodayKind {
	return []TodayKind{TodayLimbo, TodayPromise, TodayTheirs, TodayTerms, TodayFit, TodayTell, TodayFarewell, TodayLapse}
}

// TodayItem is one line of Today. Exactly one of the records is set, but for
// limbo, which has none.
type TodayItem struct {
	Kind     TodayKind
	Customer ID
	Name     string
	Owner    string // of the customer
	Who      string // who is to do it; the owner where nobody is named
	WhoID    ID
	Due      Day
	Late     int // working days past Due; below 0 still to come
	Limbo    *Limbo

	Promise    *Promise
	Terms      *Terms
	Assessment *Assessment
	Stale      []Fact // what changed since that assessment
	Hurt       *HurtLine
	Farewell   *Farewell
	Sighting   *Sighting
}

// TodayShown is how many items of a kind Today holds at most, and TodayCounted
// how many of all kinds [Totals] counts at most: it is read at every change.
const (
	TodayShown   = 200
	TodayCounted = 1000
)

// PromiseRequest says which promises are asked for over all customers.
type PromiseRequest struct {
	Closed bool // closed ones too
	Limit  int  // at most so many lines; 0 is no limit
}

// PromiseLine is a promise with the names that belong to it.
type PromiseLine struct {
	Promise *Promise
	Name    string // of the customer
	Who     string // ours: who keeps it
}

// PromiseList is promises over all customers: open ones first by the day they
// are due, then closed ones, the newest first.
type PromiseList struct {
	Lines  []PromiseLine
	More   bool            // there are more than the limit
	Rate   KeptRate        // of all our closed promises; counted when Closed was asked for
	By     map[ID]KeptRate // the same for each colleague
	People map[ID]string
	Rev    Rev
}

// Today is what asks for attention now. Items are in the order of their kind,
// the most urgent first within each; at most some hundreds of a kind.
type Today struct {
	Items  []TodayItem
	Counts map[TodayKind]int // how many there are
	Mine   bool              // only what falls to the one who looks
	// More marks kinds of which not all was looked at: there may be more than
	// Counts says.
	More   map[TodayKind]bool
	People map[ID]string // names of those whom the records mention
	Rev    Rev
}

// ThermometerRequest says what the thermometer is to show.
type ThermometerRequest struct {
	Months int    // up to and with the month of Until; 0 is 12, at most 36
	Until  Day    // "" is today; the period ends with its month
	Topic  string // "" for all topics
}

// MonthTally is one month of a measure. Customers counts the distinct ones
// behind each count.
type MonthTally struct {
	Month     Month
	Tally     Tally
	Customers int // with a contact
}

// TopicTally is a topic, standard or trait over the whole period.
type TopicTally struct {
	Key    string // topic id, id of a standard, or trait
	Tally  Tally
	Behind Tally // distinct customers behind each count
}

// Thermometer is how the desk does, by month and by topic.
type Thermometer struct {
	From, Until Day
	Months      []MonthTally // oldest first, each month of the period, empty ones too
	Total       Tally
	Behind      Tally        // distinct customers behind each count
	Topics      []TopicTally // by contacts, most first
	// Now holds the newest three months of the period and Then the three that
	// lie six months before them: expectations drift (article 003).
	Now, Then Tally
	// Pending is how many issues are younger than the window and so not judged;
	// they are in no count of right first time.
	Pending    int
	Silent     int    // customers whom service failed and who still gave 6, 7 or 8
	Demanding  [4]int // customers with a live sighting, by trait
	AnyTrait   int    // customers with a live sighting of any trait
	InTouch    int    // customers with a contact in the period or a live sighting: what the share is taken of
	RepeatCost int64  // cents, repeat minutes at the playbook's rates
	Rev        Rev
}

// Mirror shows our own procedures as customers meet them (article 002).
type Mirror struct {
	From, Until Day
	Procedures  []ProcedureLine // by refused exceptions and lost deals, most first
	Topics      []TopicTally    // friction topics by annoyances, refusals and failures
	Rev         Rev
}

// ProcedureLine is one of our standards in the mirror.
type ProcedureLine struct {
	Standard *Standard
	Tally    Tally
	Behind   Tally
	Improves []*Improvement // that take it up
}

// SilentLine is a customer whom service failed and who still gave a 6, 7 or 8
// (article 000: a good mark is no proof of good service).
type SilentLine struct {
	Customer ID
	Name     string
	Survey   *Survey
	Failed   *Contact // the newest failure before it
	Times    int      // failures before it
}

// VoiceLine is what a customer said when asked for a mark.
type VoiceLine struct {
	Customer ID
	Name     string
	By       string // who asked
	Survey   *Survey
}

// WhaleLine is one customer on the whale curve.
type WhaleLine struct {
	Customer ID
	Name     string
	Money    Money
}

// Whale is the profit of all relations, most profitable first: the cumulated
// curve rises above the total and falls back to it.
type Whale struct {
	Customers int     // with a margin
	Total     int64   // cents
	Peak      int64   // highest point of the curve
	PeakAt    int     // customers up to there
	Curve     []int64 // cumulated profit at even steps, at most 200, the last is Total
	Best      []WhaleLine
	Worst     []WhaleLine // the least profitable first
	Rev       Rev
}

// ImprovementLine is an improvement with what hangs from it.
type ImprovementLine struct {
	Improvement *Improvement
	Owner       string
	Standard    *Standard
	Hurt        int // customers hurt
	Told        int
}

// HurtCustomer is a customer under an improvement.
type HurtCustomer struct {
	Customer ID
	Name     string
	Hurt     *Hurt
}

// StandardLine is a line of our register with how often it chafed in the last
// twelve months.
type StandardLine struct {
	Standard *Standard
	Tally    Tally
	Stated   int // terms that mention it
}

// FarewellLine is a farewell on the farewell desk.
type FarewellLine struct {
	Farewell *Farewell
	Name     string
	Contact  string
	Next     FarewellStep
	Due      Day // of the next step, where it has a day
}

// LessonLine is a lesson with the name of who taught it.
type LessonLine struct {
	Lesson *Lesson
	Name   string
	By     string
}

// AnswerLine is an answer at hand with how often it served.
type AnswerLine struct {
	Answer *ReadyAnswer
	Used   int
}

// MissingLine is a question to which no answer was at hand.
type MissingLine struct {
	Topic    string
	Words    string
	Customer ID
	Name     string
	On       Stamp
}

// Answers are the answers at hand of a topic, or of all, with those that were
// missing.
type Answers struct {
	Lines   []AnswerLine
	Missing []MissingLine // newest first
	Rev     Rev
}

// TagFairness tells how sightings stood the test, for one tagger or one kind of
// customer.
type TagFairness struct {
	Key       string // id of the tagger, or kind of customer
	Name      string // of the tagger
	Sightings int
	Contested int
	Withdrawn int
	Lapsed    int // never confirmed
	OwnWords  int // noted without a signal of the playbook
	Customers int // distinct
}

// Fairness is how tags are used.
type Fairness struct {
	Taggers []TagFairness // by sightings, most first
	Kinds   []TagFairness
	Share   map[string]int // customers of each kind in the book, to hold the counts against
	Rev     Rev
}
