package text

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// separators asks the language for its thousands and decimal marks once, so
// that numbers in a list cost no more than writing their digits.
func separators(tag language.Tag) (group, point string) {
	s := message.NewPrinter(tag).Sprint(number.Decimal(1234567.5))
	group, point = ",", "."
	if _, rest, ok := strings.Cut(s, "1"); ok {
		group, _, _ = strings.Cut(rest, "2")
	}
	if _, rest, ok := strings.Cut(s, "7"); ok && strings.HasSuffix(rest, "5") {
		point = strings.TrimSuffix(rest, "5")
	}
	return group, point
}

// Int writes a whole number with the thousands mark of the language.
func (t *Text) Int(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	return sign + t.thousands(digits)
}

// Decimal writes a number with a fixed count of decimals.
func (t *Text) Decimal(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, frac, has := strings.Cut(s, ".")
	if strings.Trim(whole+frac, "0") == "" {
		sign = "" // no minus before a nought
	}
	if !has {
		return sign + t.thousands(whole)
	}
	return sign + t.thousands(whole) + t.point + frac
}

// Money writes an amount in euros, given in cents; whole euros without
// decimals.
func (t *Text) Money(cents int64) string {
	s := strconv.FormatInt(cents, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	for len(s) < 3 {
		s = "0" + s
	}
	whole, frac := s[:len(s)-2], s[len(s)-2:]
	if frac == "00" {
		return sign + "€ " + t.thousands(whole)
	}
	return sign + "€ " + t.thousands(whole) + t.point + frac
}

func (t *Text) thousands(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	head := len(digits) % 3
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		if b.Len() > 0 {
			b.WriteString(t.group)
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}
