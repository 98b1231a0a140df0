package slips

import "strings"

// plain pairs the letters with a mark with the letters they fold to.
var plain = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ı': "i", 'ð': "d"}
	for to, from := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭį",
		"j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range from {
			m[r] = to
		}
	}
	return m
}()

// gap reports whether a letter stands between words. Apostrophes and dots join:
// d'Hondt is one word, P.J. is pj.
func gap(r rune) bool {
	switch {
	case r == '\'', r == '’', r == '`', r == '.':
		return false
	case r < 0x80:
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	case r >= 0x300 && r < 0x370: // a mark that stands on its own
		return false
	}
	return r < 0xC0 || r == '×' || r == '÷' || r >= 0x2000 && r < 0x2C00
}

// Fold gives the form in which names are compared here: lower case, without
// marks, letters and digits only, one space between words; apostrophes and dots
// are left out. It is this package's own, so that it judges a search without
// sharing its mistakes.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range strings.ToLower(s) {
		if gap(r) {
			space = b.Len() > 0
			continue
		}
		var to string
		switch {
		case r == '\'', r == '’', r == '`', r == '.', r >= 0x300 && r < 0x370:
			continue
		case r < 0x80:
			to = string(r)
		default:
			if p, marked := plain[r]; marked {
				to = p
			} else {
				to = string(r)
			}
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteString(to)
	}
	return b.String()
}

// Edits counts the letters inserted, left out, changed or swapped with the next
// between two texts (optimal string alignment).
func Edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	var rows [3][]int
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
	}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
