package model

import (
	"strings"
	"time"
)

// Lang is a language the product speaks.
type Lang string

// The languages of the product.
const (
	LangEN Lang = "en"
	LangNL Lang = "nl"
)

// Bilingual is one text in both languages of the product.
type Bilingual struct{ EN, NL string }

// In returns the text in the language of a tag such as "nl", "nl-BE" or
// "nl_NL.UTF-8". Any other language, or a missing Dutch text, gives English.
func (b Bilingual) In(lang string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	if strings.EqualFold(primary, string(LangNL)) && b.NL != "" {
		return b.NL
	}
	return b.EN
}

// Trait is one of the four ways in which a customer may be demanding (domain,
// article 000). It is known by behaviour, never by looks, and says how to serve
// a customer, never whether the customer fits.
type Trait string

// The four traits, in the order of their numbers 1 to 4. The value is the word
// that is stored.
const (
	TraitTopservice Trait = "topservice" // used to top service
	TraitAttention  Trait = "attention"  // asks for much attention
	TraitBrazen     Trait = "brazen"     // goes their own way
	TraitWronged    Trait = "wronged"    // feels treated unfairly, rightly or not
)

// Traits returns the four traits in the order of their numbers.
func Traits() []Trait {
	return []Trait{TraitTopservice, TraitAttention, TraitBrazen, TraitWronged}
}

// Number is the trait's number 1 to 4, as on the keyboard; 0 for an unknown
// trait.
func (t Trait) Number() int {
	for i, known := range Traits() {
		if t == known {
			return i + 1
		}
	}
	return 0
}

// TraitByNumber returns the trait with number n, 1 to 4.
func TraitByNumber(n int) (Trait, bool) {
	traits := Traits()
	if n < 1 || n > len(traits) {
		return "", false
	}
	return traits[n-1], true
}

// ParseTrait reads a trait as a person would type it: the stored word, the
// number, or a usual Dutch or English word for it. Capitals, hyphens and
// surrounding spaces do not matter.
func ParseTrait(s string) (Trait, bool) {
	if digit := strings.TrimSpace(s); len(digit) == 1 {
		return TraitByNumber(int(digit[0]) - '0')
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(s), "-", " ")), " ")
	switch s {
	case "topservice", "top service", "topservice gewend":
		return TraitTopservice, true
	case "attention", "attention seeker", "attention seeking",
		"aandacht", "aandachtvrager", "aandachtvragers", "aandachtvragend":
		return TraitAttention, true
	case "brazen", "bold", "brutaal", "brutale", "brutalen":
		return TraitBrazen, true
	case "wronged", "feels wronged", "onheus", "onheus behandeld", "voelt zich onheus behandeld":
		return TraitWronged, true
	}
	return "", false
}

// Limits of a playbook. Signals and causes are chosen with one digit key.
const (
	MaxSignals = 9 // signals of one trait
	MaxCauses  = 9 // causes of one trait
	MinStep    = 1 // first step of the escalation path (domain, article 000)
	MaxStep    = 4 // last step of the escalation path
)

// Signal is one observable act or saying by which a trait is known. ID is
// stable and unique in the playbook: sightings keep it for ever. Step is the
// place on the escalation path, MinStep to MaxStep.
type Signal struct {
	ID    string
	Step  int
	Label Bilingual
}

// Cause is what may lie behind a trait, with the approach it suggests. ID is
// stable and unique in the playbook.
type Cause struct {
	ID              string
	Label, Approach Bilingual
}

// TraitPlay is what an organisation says about one trait: neutral words that
// the customer may read, the signals in the order of their numbers (1 to
// MaxSignals of them), and the causes.
type TraitPlay struct {
	Trait                    Trait
	Label, Short, Definition Bilingual
	Signals                  []Signal
	Causes                   []Cause
}

// QuestionText is how one question of the fit wizard is put: the question, why
// we ask it, and a label for each answer value (fit, "Ten answers").
type QuestionText struct {
	Ask, Why Bilingual
	Answers  map[string]Bilingual
}

// Thresholds are the numbers an organisation may set. They never change the
// rules R1 to R14, only when a fact counts and when the desk is warned.
type Thresholds struct {
	EvidenceEvents     int // dated events needed for enough evidence
	EvidenceDays       int // distinct days those events lie on
	EvidenceColleagues int // distinct colleagues who saw them
	EvidenceWindowDays int // age in days up to which an event counts
	LapseMonths        int // months after which an unconfirmed sighting lapses
	RerunMonths        int // months after which a verdict is run again
	LargePercent       int // share of revenue, in percent, from which a customer is large
	LimboWarnHours     int // hours without word or next date before a warning
	LimboRedHours      int // hours without word or next date before it is red
	WrongedLastingDays int // days between two live wronged sightings that make it lasting
}

// CalendarSettings say when the organisation works.
type CalendarSettings struct {
	Country string         // public holidays of "NL" or "BE"
	Opens   int            // opening time, minutes after midnight
	Closes  int            // closing time, minutes after midnight, later than Opens
	Days    []time.Weekday // days of the week worked, at least one
	Closed  []Day          // further dates on which nobody works
	Open    []Day          // dates worked although a holiday or a weekend
}

// Playbook is everything about traits and the fit wizard that an organisation
// may change: texts, labels, signals, thresholds and its calendar, never a rule
// (fit, opening paragraph). Version is the organisation's own count, from 1.
// A playbook in use is shared and must not be altered.
type Playbook struct {
	Version    int
	Traits     []TraitPlay             // the four traits in order
	Questions  map[string]QuestionText // by the ten question keys
	Verdicts   map[string]Bilingual    // by the five verdict keys
	Thresholds Thresholds
	Calendar   CalendarSettings
	Desk       DeskSettings
}

// Trait returns what the playbook says about a trait, nil if it says nothing.
func (p *Playbook) Trait(t Trait) *TraitPlay {
	for i := range p.Traits {
		if p.Traits[i].Trait == t {
			return &p.Traits[i]
		}
	}
	return nil
}

// Signal finds a signal of a trait by its id.
func (p *Playbook) Signal(t Trait, id string) (Signal, bool) {
	if play := p.Trait(t); play != nil {
		for _, s := range play.Signals {
			if s.ID == id {
				return s, true
			}
		}
	}
	return Signal{}, false
}

// SignalByNumber finds a signal of a trait by its place, counted from 1.
func (p *Playbook) SignalByNumber(t Trait, n int) (Signal, bool) {
	play := p.Trait(t)
	if play == nil || n < 1 || n > len(play.Signals) {
		return Signal{}, false
	}
	return play.Signals[n-1], true
}

// Cause finds a cause of a trait by its id.
func (p *Playbook) Cause(t Trait, id string) (Cause, bool) {
	if play := p.Trait(t); play != nil {
		for _, c := range play.Causes {
			if c.ID == id {
				return c, true
			}
		}
	}
	return Cause{}, false
}
