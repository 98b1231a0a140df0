package exchange

import (
	"maps"
	"slices"
	"strings"
)

// The fields of files that say something about customers who are known already.
const (
	Direct   Field = "direct"   // direct costs a year, in money
	Arrears  Field = "arrears"  // an amount that is not paid
	Since    Field = "since"    // the day it was due
	AsOf     Field = "as_of"    // the day the figures are of
	Mark     Field = "mark"     // out of ten
	Describe Field = "describe" // what the cooperation is like
	Better   Field = "better"   // what could be better
	Topics   Field = "topics"   // what the annoyances are about
	Felt     Field = "felt"     // days that it took as the customer feels it
	On       Field = "on"       // the day it was said
)

// Sheet is a kind of file about customers who are known: which fields its
// columns can hold, and the headers that mean them, in Dutch and English.
type Sheet struct {
	fields  []Field
	headers map[string]Field // folded
}

// FinanceSheet is a file of money, SurveySheet one of what customers said.
var (
	FinanceSheet = newSheet([]Field{Number, Name, Revenue, Margin, Direct, Arrears, Since, AsOf}, map[Field][]string{
		Direct: {"directe kosten", "direct costs", "direct cost", "kosten", "costs", "directe lasten", "kostprijs dienst"},
		Arrears: {"achterstand", "openstaand", "openstaand bedrag", "openstaand saldo", "outstanding", "outstanding amount", "open amount", "overdue",
			"overdue amount", "open bedrag", "betalingsachterstand", "te betalen", "saldo", "balance", "bedrag open"},
		Since: {"vervaldatum", "vervallen op", "vervaldag", "due date", "due", "due since", "sinds", "overdue since", "achterstand sinds", "open sinds",
			"arrears since"},
		AsOf: {"peildatum", "per datum", "stand per", "as of", "as of date", "datum", "date", "reference date"},
	})
	SurveySheet = newSheet([]Field{Number, Name, Mark, Describe, Better, Topics, Felt, On}, map[Field][]string{
		Mark: {"cijfer", "rapportcijfer", "beoordeling", "score", "mark", "grade", "rating", "waardering", "mark out of ten"},
		Describe: {"samenwerking", "omschrijf de samenwerking", "beschrijf de samenwerking", "hoe is de samenwerking", "describe", "description",
			"describe the cooperation", "cooperation", "omschrijving", "ervaring", "experience"},
		Better: {"beter", "wat kan beter", "wat kan er beter", "verbeterpunt", "verbeterpunten", "better", "what could be better", "improvement",
			"improvements", "suggestie", "suggesties", "suggestion", "suggestions"},
		Topics: {"onderwerp", "onderwerpen", "topic", "topics", "ergernis", "ergernissen", "annoyance", "annoyances", "thema", "themas"},
		Felt: {"gevoelde doorlooptijd", "doorlooptijd", "ervaren doorlooptijd", "felt", "felt days", "lead time", "felt lead time", "dagen", "days",
			"gevoelde dagen"},
		On: {"datum", "date", "dag", "day", "ingevuld op", "filled in on", "afgenomen op", "timestamp", "tijdstempel", "antwoorddatum", "submitted"},
	})
)

// newSheet takes the headers of fields that customers have too from theirs. The
// words of the sheet itself go before those.
func newSheet(fields []Field, own map[Field][]string) *Sheet {
	s := &Sheet{fields: fields, headers: map[string]Field{}}
	for folded, f := range fieldByHeader {
		if slices.Contains(fields, f) {
			s.headers[folded] = f
		}
	}
	for _, f := range fields {
		s.headers[fold(string(f))] = f
	}
	for _, f := range slices.Sorted(maps.Keys(own)) {
		for _, w := range own[f] {
			s.headers[fold(w)] = f
		}
	}
	return s
}

// Propose guesses what the columns hold from the header. What customers answer
// is no address book: no column is known by its values alone.
func (s *Sheet) Propose(header []string) Mapping {
	p := proposal{header: header, fields: make([]Field, len(header))}
	p.each(func(i int) Field { return s.headers[fold(p.name(i))] })
	p.each(func(i int) Field { return s.headers[core(p.name(i))] })
	var m Mapping
	for i, f := range p.fields {
		if f != "" {
			m = append(m, newLink(header, i, f))
		}
	}
	return m
}

// Parse reads a mapping that a person wrote, see [ParseMapping].
func (s *Sheet) Parse(words string, header []string) (Mapping, error) {
	return parseMapping(words, header, s.fields)
}

// Fields lists the fields, those by which a customer is known first.
func (s *Sheet) Fields() []Field { return slices.Clone(s.fields) }

// Headless reports whether what stands first is a row already: no cell of it
// names a column, and one of them is an amount, a number or a date.
func (s *Sheet) Headless(header []string) bool {
	if len(s.Propose(header)) > 0 {
		return false
	}
	return slices.ContainsFunc(header, func(cell string) bool {
		_, number := ParseDecimal(cell)
		_, date := ParseDate(cell)
		return strings.TrimSpace(cell) != "" && (number == nil || date == nil)
	})
}
