package exchange

import (
	"math"
	"strings"
	"unicode"
)

// ValueError says that a value cannot be what its column promises. It does not
// repeat the value, which is a customer's and may not end up in a log.
type ValueError struct {
	Reason string // text id, such as "import.value.number"
}

// Error is the reason.
func (e *ValueError) Error() string { return e.Reason }

var (
	errNumber   = &ValueError{Reason: "import.value.number"}
	errDate     = &ValueError{Reason: "import.value.date"}
	errKind     = &ValueError{Reason: "import.value.kind"}
	errRelation = &ValueError{Reason: "import.value.relation"}
	errBool     = &ValueError{Reason: "import.value.bool"}
)

// ParseDecimal reads an amount of money in cents. It takes a decimal comma or
// point, thousands separated by the other one, by spaces or by apostrophes,
// a euro sign, a closing ",-" and a minus at either end.
//
// A single comma or point with exactly three digits after it and one to three
// before it separates thousands, as money has two decimals: 1.234 is 1234;
// only 0,234 is a fraction. More decimals than two are rounded, half away from
// zero.
func ParseDecimal(s string) (cents int64, err error) {
	whole, fraction, negative, ok := splitDecimal(s)
	if !ok {
		return 0, errNumber
	}
	round := len(fraction) > 2 && fraction[2] >= '5'
	digits := whole + (fraction + "00")[:2]
	for _, d := range []byte(digits) {
		if cents > (math.MaxInt64-10)/10 {
			return 0, errNumber
		}
		cents = cents*10 + int64(d-'0')
	}
	if round {
		cents++
	}
	if negative {
		cents = -cents
	}
	return cents, nil
}

// ParseWhole reads a whole number, with or without separators of thousands and
// with no decimals but zeros.
func ParseWhole(s string) (int64, error) {
	whole, fraction, _, ok := splitDecimal(s)
	if !ok || strings.Trim(fraction, "0") != "" || len(whole) > 16 {
		return 0, errNumber
	}
	cents, err := ParseDecimal(s)
	return cents / 100, err
}

// splitDecimal takes a written number apart into digits.
func splitDecimal(s string) (whole, fraction string, negative, ok bool) {
	s, negative = bareNumber(s)
	if strings.Trim(s, "0123456789.,") != "" || strings.Trim(s, ".,") == "" {
		return "", "", false, false
	}
	mark := strings.LastIndexAny(s, ".,")
	if mark < 0 {
		return s, "", negative, true
	}
	head, tail := s[:mark], s[mark+1:]
	same := strings.Count(s, s[mark:mark+1])
	groups := len(tail) == 3 && len(head) <= 3 && head != "" && head[0] != '0'
	switch {
	case same > 1 || same == 1 && !strings.ContainsAny(head, ".,") && groups:
		head, tail = s, "" // every mark separates thousands
	case strings.HasSuffix(head, "."), strings.HasSuffix(head, ","):
		return "", "", false, false
	}
	if !thousands(head) {
		return "", "", false, false
	}
	return withoutMarks.Replace(head), tail, negative, true
}

var withoutMarks = strings.NewReplacer(".", "", ",", "")

// thousands says whether any separators in s are all alike and cut it into
// groups of three.
func thousands(s string) bool {
	k := strings.IndexAny(s, ".,")
	if k < 0 {
		return true
	}
	parts := strings.Split(s, s[k:k+1])
	for i, p := range parts {
		if strings.ContainsAny(p, ".,") || i > 0 && len(p) != 3 || i == 0 && (p == "" || len(p) > 3) {
			return false
		}
	}
	return true
}

// bareNumber drops currency, spaces and sign.
func bareNumber(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '€', r == '\'', r == '’':
			return -1
		case r == '−', r == '–':
			return '-'
		}
		return r
	}, s)
	if n := len(s); n > 3 && strings.EqualFold(s[:3], "eur") {
		s = s[3:]
	} else if n > 3 && strings.EqualFold(s[n-3:], "eur") {
		s = s[:n-3]
	}
	for _, closing := range []string{",--", ",-", ".-"} {
		if cut, ok := strings.CutSuffix(s, closing); ok {
			s = cut
			break
		}
	}
	for _, sign := range []string{"-", "+"} {
		if cut, ok := strings.CutPrefix(s, sign); ok {
			return cut, sign == "-"
		}
	}
	cut, minus := strings.CutSuffix(s, "-")
	return cut, minus
}

// The words for each stored value, folded as [fold] does.
var (
	kindWords = wordTable(map[string]string{
		"private":  "p prive private particulier particuliere consument consumer person persoon individual b2c burger",
		"business": "c b z company zakelijk zakelijke business bedrijf bedrijven b2b zzp firma organisatie organisation organization corporate onderneming commercial",
		"internal": "i internal intern interne collega colleague partner leverancier supplier medewerker employee",
	})
	relationWords = wordTable(map[string]string{
		"suspect":  "suspect mogelijk possible",
		"prospect": "prospect lead potentieel potentiele potential",
		"customer": "customer klant client actief active",
		"former":   "former formercustomer oudklant exklant excustomer voormalig voormaligklant voormaligeklant inactief inactive opgezegd",
	})
	boolWords = wordTable(map[string]string{
		"yes": "ja j yes y 1 x true waar t ✓ ✔",
		"no":  "nee n no 0 false onwaar f neen",
	})
)

func wordTable(lists map[string]string) map[string]string {
	table := make(map[string]string)
	for value, list := range lists {
		for word := range strings.FieldsSeq(list) {
			table[fold(word)] = value
		}
	}
	return table
}

// ParseKind reads the kind of a customer as "private", "business" or
// "internal". P and C stand for private and company.
func ParseKind(s string) (string, error) { return lookUp(kindWords, s, errKind) }

// ParseRelation reads the relation as "suspect", "prospect", "customer" or
// "former".
func ParseRelation(s string) (string, error) { return lookUp(relationWords, s, errRelation) }

// ParseBool reads a yes or a no in Dutch or English, 1, 0, x or a check mark.
func ParseBool(s string) (bool, error) {
	word, err := lookUp(boolWords, s, errBool)
	return word == "yes", err
}

func lookUp(table map[string]string, s string, unknown error) (string, error) {
	if value, ok := table[fold(s)]; ok {
		return value, nil
	}
	return "", unknown
}
