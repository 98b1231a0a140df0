package model

// Query is what one looks for: words as heard, and conditions on fields. It is
// written as one line, see [ParseQuery]; [Query.String] gives that line in the
// form that is kept and shared.
type Query struct {
	Text  string // the free words in the order typed, one space between; "" for none
	Terms []QueryTerm
	Sort  QuerySort
}

// QueryField is what a condition looks at.
type QueryField string

// Fields of a query. Their values, beside text: see [ParseQuery].
const (
	QueryTrait    QueryField = "trait"    // a trait that counts now; any, none
	QueryStep     QueryField = "step"     // of the escalation ladder, 0–5; comparable
	QueryFit      QueryField = "fit"      // a [Verdict] that stands, or open, proposed, none
	QueryIs       QueryField = "is"       // a [QueryState]
	QueryKind     QueryField = "kind"     // a [CustomerKind]
	QueryRelation QueryField = "relation" // a [Relation]
	QueryOwner    QueryField = "owner"    // a person's name, me, none
	QueryTown     QueryField = "town"     // beginning of a town, folded
	QueryPostcode QueryField = "postcode" // beginning of a postcode; comparable by its digits
	QueryName     QueryField = "name"     // exactly this name, folded
	QueryNumber   QueryField = "number"   // beginning of our number or theirs
	QueryPhone    QueryField = "phone"    // beginning of a phone number in any form
	QueryMail     QueryField = "mail"     // beginning of a mail address
	QueryStory    QueryField = "story"    // words in stories, notes and what was seen
	QueryDue      QueryField = "due"      // the next open promise of ours; a day, comparable; none, any
	QueryLast     QueryField = "last"     // the last contact; a day, comparable; none, any
	QueryAdded    QueryField = "added"    // the day the customer came in; comparable
)

// QueryState is what a customer can be, for [QueryIs].
type QueryState string

// States to ask for.
const (
	StateFlagged QueryState = "flagged"
	StateWaiting QueryState = "waiting" // a proposal waits for a lead
	StateLimbo   QueryState = "limbo"   // heard nothing and has no next date
	StateOverdue QueryState = "overdue" // a promise of ours is past its day
	StateDuty    QueryState = "duty"    // has a statutory claim
	StateKey     QueryState = "key"     // a key account
)

// QueryOp compares.
type QueryOp string

// Comparisons. Between is written a..b and holds both ends.
const (
	OpIs      QueryOp = ""
	OpBelow   QueryOp = "<"
	OpAtMost  QueryOp = "<="
	OpAbove   QueryOp = ">"
	OpAtLeast QueryOp = ">="
	OpBetween QueryOp = ".."
)

// QueryTerm is one condition: any of the values fits. With [OpBetween] the
// values are the two ends, with another comparison there is one. Days are
// written as in [ParseQueryDay].
type QueryTerm struct {
	Field  QueryField
	Op     QueryOp
	Values []string
	Not    bool
}

// QuerySort is the order of what is found; By "" is by name, or with words by
// how well they fit.
type QuerySort struct {
	By   SortField
	Desc bool
}

// SortField is a column to sort by.
type SortField string

// Columns. Customers who have nothing in the column come last in both
// directions; ties are broken by name.
const (
	SortBest     SortField = ""
	SortName     SortField = "name"
	SortTown     SortField = "town"
	SortNumber   SortField = "number"
	SortKind     SortField = "kind"
	SortRelation SortField = "relation"
	SortOwner    SortField = "owner"
	SortStep     SortField = "step" // of the ladder, then how many traits
	SortFit      SortField = "fit"
	SortDue      SortField = "due"
	SortLast     SortField = "last"
	SortAdded    SortField = "added"
)

// MatchKind says what made a word fit.
type MatchKind string

// Kinds of match, the closest first.
const (
	MatchExact     MatchKind = "exact"
	MatchBeginning MatchKind = "beginning" // typed so far
	MatchSound     MatchKind = "sound"     // sounds the same
	MatchInitial   MatchKind = "initial"
	MatchVariant   MatchKind = "variant" // another form of the same first name
	MatchSlip      MatchKind = "slip"    // letters differ
	MatchGlued     MatchKind = "glued"   // words joined or split
)

// MatchField is where a word fitted.
type MatchField string

// Fields in which a word can fit.
const (
	FoundName     MatchField = "name"
	FoundTown     MatchField = "town"
	FoundPostcode MatchField = "postcode"
	FoundNumber   MatchField = "number"
	FoundPhone    MatchField = "phone"
	FoundMail     MatchField = "mail"
	FoundStory    MatchField = "story"
)

// Match says why a row was found: a stretch of a field's text as it is shown,
// in bytes, and the word as typed. With From and To both 0 it is the whole
// field. Text is given where the row does not show the field: the line of a
// story around the word.
type Match struct {
	Field    MatchField
	Kind     MatchKind
	From, To int
	Typed    string
	Text     string
}

// NameHit is a name that a text may mean: identical names are one hit.
type NameHit struct {
	ID     ID // the customer of that name who fits best
	Number string
	Name   string
	Town   string
	Same   int // customers of this very name
}
