// Package search finds customers by what one hears or types: a part of a name,
// a phone number in any form, a mail address, a postcode, a number.
package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pasvorm/model"
)

// Fold gives the form in which texts are compared and sorted: lower case,
// without diacritics, letters and digits only, one space between words.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	write := func(r rune) {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			write(r)
		case r >= 'A' && r <= 'Z':
			write(r + 'a' - 'A')
		case r == '\'' || r == '’' || r == '`':
			// an apostrophe joins: d'Hondt, 't
		case r < utf8.RuneSelf:
			gap = true
		case unicode.Is(unicode.Mn, r):
			// a diacritic that NFKD set apart
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			for _, f := range foldLetter(unicode.ToLower(r)) {
				write(f)
			}
		default:
			gap = true
		}
	}
	return b.String()
}

// foldLetter spells letters that NFKD does not take apart.
func foldLetter(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ı':
		return "i"
	case 'þ':
		return "th"
	}
	return string(r)
}

// infixes are the words between first and last name that a caller may leave
// out and a list may write in any place.
var infixes = map[string]bool{
	"van": true, "de": true, "der": true, "den": true, "het": true, "t": true, "ten": true, "ter": true, "te": true,
	"von": true, "vd": true, "la": true, "le": true, "du": true, "des": true, "el": true, "al": true, "op": true,
	"aan": true, "in": true, "bij": true, "en": true, "of": true,
}

// Words gives the folded words of a name without its infixes. A name of nothing
// but infixes keeps them.
func Words(name string) []string {
	all := strings.Fields(Fold(name))
	kept := make([]string, 0, len(all))
	for _, w := range all {
		if !infixes[w] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return all
	}
	return kept
}

// Phone gives the digits of a phone number as dialled at home: +31 and +32, and
// 0031 and 0032, become 0.
func Phone(s string) string {
	d := digits(s)
	plus := strings.HasPrefix(strings.TrimSpace(s), "+")
	for _, cc := range []string{"31", "32"} {
		if plus && strings.HasPrefix(d, cc) {
			return "0" + strings.TrimPrefix(d[2:], "0")
		}
		if strings.HasPrefix(d, "00"+cc) {
			return "0" + strings.TrimPrefix(d[4:], "0")
		}
	}
	return d
}

func digits(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// compact folds a text and takes its spaces out: 1094 SX becomes 1094sx.
func compact(s string) string { return strings.ReplaceAll(Fold(s), " ", "") }

// SortName gives the text by which a list orders customers.
func SortName(name string) string { return cut(Fold(name)) }

// maxTerm bounds a term in bytes; what is longer is found by its beginning.
const maxTerm = 96

func cut(s string) string {
	if len(s) <= maxTerm {
		return s
	}
	n := maxTerm
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Terms appends to out every term by which a customer is found beside the name,
// without repeats. Terms hold no NUL byte.
func Terms(out []string, c *model.Customer) []string {
	first := len(out)
	add := func(t string) {
		if t = cut(t); t == "" {
			return
		}
		for _, o := range out[first:] {
			if o == t {
				return
			}
		}
		out = append(out, t)
	}
	add(Phone(c.Phone))
	add(Phone(c.Mobile))
	add(mail(c.Email))
	add(compact(c.Postcode))
	if c.Postcode != "" && c.HouseNo != "" {
		add(compact(c.Postcode + c.HouseNo))
	}
	add(compact(c.Number))
	for _, list := range []string{c.Theirs, c.Formerly} {
		for _, n := range strings.Split(list, ",") {
			add(compact(n))
		}
	}
	return out
}

func mail(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "\x00", "")
}
