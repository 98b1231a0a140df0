package model

// What screens and verbs read. These are copies: they stay valid after the
// snapshot they were read in, and changing them changes nothing.

// Me is who sits at the desk.
type Me struct {
	Actor    Actor
	Name     string
	Role     Role
	RealName string // who really sits there, when acting as another
}

// Row is a customer in a list.
type Row struct {
	ID       ID
	Name     string
	Number   string
	Town     string
	Kind     CustomerKind
	Relation Relation
	Owner    string // name of the owner
	Standing Standing

	Same    int     // customers of this very name, where identical names are one row; else 0
	Matches []Match // why the row was found
	Due     Day     // of the next open promise of ours; "" for none
	Last    Stamp   // of the last contact; 0 for none
}

// Standing is what the book derives about a customer from small records.
type Standing struct {
	Traits  [4]int // live sightings by trait, in the order of [Traits]
	Step    int    // of the escalation ladder, 0 for none
	Fit     FitState
	Verdict Verdict // of the newest settled assessment, or the proposed one
	Rule    FitRule
	Flagged bool
}

// PageDir says which page of a list is asked for.
type PageDir int

// Pages of a list. After, Before and Around go from the row with Key.
const (
	PageFirst PageDir = iota
	PageLast
	PageAfter
	PageBefore
	PageAround // N rows before the key's row, then N from it on
)

// PageRequest asks for rows of the customer list.
type PageRequest struct {
	Filter string // a [Query] as one line; "" for all
	Dir    PageDir
	Key    string
	N      int
	Wait   bool // for indexes that are being made; else the page says Partly
}

// Page is rows in list order. Keys name their places; they stay good when other
// rows come and go.
type Page struct {
	Rows   []Row
	Keys   []string
	More   bool // rows go on beyond the page in the direction asked
	Rev    Rev
	Total  int  // customers in the book
	Found  int  // customers that match the filter; Total without one
	Capped bool // more match than Found says
	Partly bool // the index of names is being made: words find beginnings only until the book wakes its watchers
}

// Detail is everything about one customer that the desk shows.
type Detail struct {
	Customer    *Customer
	Rev         Rev // of the snapshot
	Standing    Standing
	Large       bool
	Owner       string
	Sightings   []*Sighting // newest first
	Assessments []*Assessment
	Flags       []*Flag
	Journal     []Line
	People      map[ID]string // names of everybody mentioned
	Dealings    Dealings
}

// Running gives the assessment that waits for somebody; nil for none.
func (d *Detail) Running() *Assessment {
	for _, a := range d.Assessments {
		if a.Running() {
			return a
		}
	}
	return nil
}

// Settled gives the newest settled assessment; nil for none. Assessments are
// newest first.
func (d *Detail) Settled() *Assessment {
	for _, a := range d.Assessments {
		if a.State == FitSettled {
			return a
		}
	}
	return nil
}

// Line is one line of the journal, with names for ids.
type Line struct {
	Rev     Rev        `json:"rev"`
	Group   ID         `json:"group"`
	At      Stamp      `json:"at"`
	Person  string     `json:"person"`
	Real    string     `json:"real,omitempty"` // when somebody acted as Person
	Action  ActionName `json:"action"`
	Message Message    `json:"message"`
	Why     string     `json:"why,omitempty"`
	Undone  bool       `json:"undone,omitempty"`
}

// CaseKind sorts what a lead has to look at, in the order of the queue.
type CaseKind string

// Kinds of case. Flags come first.
const (
	CaseFlag     CaseKind = "flag"
	CaseProposal CaseKind = "proposal"
	CaseContest  CaseKind = "contest"
	CaseDate     CaseKind = "date" // the date of a settled assessment passed
	CaseReturned CaseKind = "returned"
	CaseDouble   CaseKind = "double"
)

// Case is one thing in the review queue.
type Case struct {
	Kind     CaseKind
	ID       ID // of the flag, assessment, sighting or double
	Customer ID
	Name     string // of the customer
	By       string // who raised or proposed it
	Since    Stamp
	Step     int

	Flag       *Flag
	Assessment *Assessment
	Sighting   *Sighting
	Double     *Double
	OtherName  string // of a double

	Mine    bool   // proposed or raised by the one who looks
	Blocked *Error // why the one who looks cannot approve now; nil when he can

	Reviewer   string // who holds the case for now, see [TakeCase]; "" for nobody
	ReviewerIs bool   // the one who looks
	Until      Stamp  // when it lapses; 0 for nobody
}

// Queue is the review queue.
type Queue struct {
	Cases  []Case
	Counts map[CaseKind]int // how many there are; Cases holds some hundreds of each at most
	Rev    Rev
}

// UndoPreview says what undo would do.
type UndoPreview struct {
	Line  Line
	Count int // entries in the group
}

// Totals are sums over the book.
type Totals struct {
	Customers int
	Revenue   int64 // cents a year
	Flagged   int
	Waiting   int // proposals that wait for a lead
	Queue     int // cases of all kinds in review
	Today     int // lines of Today over all colleagues, at most [TodayCounted]
}
