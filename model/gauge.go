package model

// GaugeUnit says in what a gauge is read.
type GaugeUnit string

// Units of a gauge.
const (
	InPermille   GaugeUnit = "permille"   // a share, in tenths of a percent
	InHundredths GaugeUnit = "hundredths" // a mean, in hundredths of a mark
	InDays       GaugeUnit = "days"       // a mean, in hundredths of a day
	InNumber     GaugeUnit = "number"     // a plain count
)

// Gauge is one thing that is read off a tally: a share, a mean or a count.
type Gauge struct {
	ID     string // stable; names its texts
	Unit   GaugeUnit
	Better int // 1 when more is better, -1 when less is, 0 when neither
	of     []Count
	all    []Count // none for a plain count
}

// The gauges of the thermometer. Speed stands only beside right first time: the
// firm of article 003 picked up in time and still failed.
var gauges = []Gauge{
	{"right", InPermille, 1, []Count{CountRight}, []Count{CountIssues}},
	{"right-long", InPermille, 1, []Count{CountRightLong}, []Count{CountIssuesLong}},
	{"quick", InPermille, 0, []Count{CountQuick}, []Count{CountWaits}},
	{"repeat", InPermille, -1, []Count{CountRepeat}, []Count{CountIncoming}},
	{"effort", InHundredths, 1, []Count{CountEffortSum}, []Count{CountEffort}},
	{"mark", InHundredths, 1, []Count{CountMarkSum}, []Count{CountMarks}},
	{"lead", InDays, -1, []Count{CountLeadSum}, []Count{CountLeads}},
	{"felt", InDays, -1, []Count{CountFeltSum}, []Count{CountFelt}},
	{"kept", InPermille, 1, []Count{CountKept}, []Count{CountKept, CountBroken}},
	{"theirs-kept", InPermille, 1, []Count{CountTheirsKept}, []Count{CountTheirsKept, CountTheirsBroken}},
	{"put-through", InPermille, -1, []Count{CountPutThrough}, []Count{CountContacts}},
	{"told-again", InPermille, -1, []Count{CountToldAgain}, []Count{CountContacts}},
	{"number-again", InPermille, -1, []Count{CountNumberAgain}, []Count{CountContacts}},
	{"failed", InPermille, -1, []Count{CountFailed}, []Count{CountContacts}},
	{"missing", InPermille, -1, []Count{CountMissing}, []Count{CountContacts}},
	{"contacts", InNumber, 0, []Count{CountContacts}, nil},
	{"annoyances", InNumber, -1, []Count{CountAnnoyances}, nil},
}

// Gauges lists the gauges in the order in which they are shown.
func Gauges() []Gauge { return append([]Gauge(nil), gauges...) }

// GaugeByID finds a gauge; false for an unknown one.
func GaugeByID(id string) (Gauge, bool) {
	for _, g := range gauges {
		if g.ID == id {
			return g, true
		}
	}
	return Gauge{}, false
}

// Read gives what the gauge says of a tally, rounded to its unit; false when
// there is nothing to say it of. A plain count always says something.
func (g *Gauge) Read(t *Tally) (value int64, ok bool) {
	of := sumOf(t, g.of)
	if g.all == nil {
		return of, true
	}
	all := sumOf(t, g.all)
	if all <= 0 {
		return 0, false
	}
	scale := int64(100)
	if g.Unit == InPermille {
		scale = 1000
	}
	return (of*scale + all/2) / all, true
}

// Of gives how much the gauge is read of: issues, contacts, marks.
func (g *Gauge) Of(t *Tally) int64 {
	if g.all == nil {
		return sumOf(t, g.of)
	}
	return sumOf(t, g.all)
}

// Customers gives the distinct customers behind what the gauge is read of, from
// a tally of distinct customers. Where two counts make it up the larger is
// given, which is the least there can be.
func (g *Gauge) Customers(behind *Tally) int64 {
	counts := g.all
	if counts == nil {
		counts = g.of
	}
	var most int64
	for _, c := range counts {
		most = max(most, behind[c])
	}
	return most
}

func sumOf(t *Tally, counts []Count) (n int64) {
	for _, c := range counts {
		n += t[c]
	}
	return n
}
