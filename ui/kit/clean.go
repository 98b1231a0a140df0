// Package kit holds what every screen is built from: the sanitiser for text
// from outside, the theme, commands, the virtual list, fields, forms, dialogs
// and drawing helpers. It knows no screen, no customer and no book.
package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// Mark stands where something could not be shown as it came: a control, a whole
// escape sequence, an invisible or direction-changing character, a broken byte.
const Mark = "·"

// maxMarks is how many combining marks one character may carry; Vietnamese and
// Hebrew need two, what goes beyond serves only to run over other rows.
const maxMarks = 2

// Clean makes a text from outside safe to draw on one row: nothing in it can
// move the cursor, change colours, turn the reading direction or take a width
// on which terminals disagree. What is taken out leaves a visible [Mark].
// Every outside string passes here before it reaches a terminal.
func Clean(s string) string {
	if isPlain(s) || isLatin(s) && !strings.Contains(s, "\n") {
		return s
	}
	return clean(s, false)
}

// CleanLines does the same for a text of several lines: line feeds stay (also
// those written as CR LF), everything else is as in [Clean].
func CleanLines(s string) string {
	if isPlain(s) {
		return s
	}
	return clean(s, true)
}

// Cell is Fit(Clean(s), w) that does not read more of s than can be seen, so
// that a name of a megabyte costs a row no more than another.
func Cell(s string, w int) string {
	if limit := w*16 + 64; len(s) > limit {
		for limit > 0 && !utf8.RuneStart(s[limit]) {
			limit--
		}
		s = s[:limit]
	}
	return Fit(Clean(s), w)
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

func clean(s string, lines bool) string {
	s = printable(s, lines)
	if isLatin(s) {
		return s
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	s = foldMarks(s)
	if agreed(s) {
		return s
	}
	s = settle(s)
	if agreed(s) {
		return s
	}
	// Two scripts met in a way the methods still count differently: only the
	// characters that never join remain.
	return strings.Map(func(r rune) rune {
		if r == '\n' || isLatinRune(r) {
			return r
		}
		return '·'
	}, s)
}

// printable replaces everything that is not a visible character by a mark,
// whole escape sequences by one.
func printable(s string, lines bool) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7f {
			b.WriteByte(c)
			i++
			continue
		}
		if lines && c == '\n' {
			b.WriteByte('\n')
			i++
			continue
		}
		if lines && c == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			i++
			continue
		}
		if c == '\t' {
			b.WriteByte(' ')
			i++
			continue
		}
		if n := escapeLen(s[i:]); n > 0 {
			b.WriteString(Mark)
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == utf8.RuneError && n <= 1:
			b.WriteString(Mark)
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case shown(r):
			b.WriteRune(r)
		default:
			b.WriteString(Mark)
		}
	}
	return b.String()
}

// escapeLen is the length of the escape or control sequence s begins with
// (ECMA-48, sections 5.3 to 5.6), 0 when it begins with none. A string sequence
// that is never closed ends at the end of its line, so that it cannot swallow
// the text after it.
func escapeLen(s string) int {
	var intro byte
	var at int
	switch {
	case s[0] == 0x1b:
		if len(s) == 1 {
			return 1
		}
		intro, at = s[1], 2
	case s[0] == 0xc2 && len(s) > 1 && s[1] >= 0x80 && s[1] < 0xa0: // C1 written as UTF-8
		intro, at = s[1]-0x40, 2
	default:
		return 0
	}
	switch intro {
	case '[':
		for at < len(s) && s[at] >= 0x20 && s[at] < 0x40 {
			at++
		}
		if at < len(s) && s[at] >= 0x40 && s[at] < 0x7f {
			return at + 1
		}
		return at
	case ']', 'P', 'X', '^', '_':
		for j := at; j < len(s) && s[j] != '\n'; j++ {
			switch {
			case s[j] == 0x07:
				return j + 1
			case s[j] == 0x1b && j+1 < len(s) && s[j+1] == '\\':
				return j + 2
			case s[j] == 0xc2 && j+1 < len(s) && s[j+1] == 0x9c:
				return j + 2
			}
		}
		return at
	}
	if s[0] != 0x1b {
		return at
	}
	at = 1
	for at < len(s) && s[at] >= 0x20 && s[at] < 0x30 {
		at++
	}
	if at < len(s) && s[at] >= 0x30 && s[at] < 0x7f {
		return at + 1
	}
	return at
}

// shown tells whether a single character may be drawn: it is assigned, visible,
// does not change the direction or the look of its neighbours and takes the
// same number of cells however it is counted.
func shown(r rune) bool {
	if isLatinRune(r) {
		return true
	}
	if isJamo(r) {
		return true // composed with its syllable or folded later
	}
	switch {
	case !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S),
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r),
		unicode.Is(unicode.Variation_Selector, r),
		unicode.Is(unicode.Prepended_Concatenation_Mark, r),
		r == 0x2800,                  // blank braille pattern: a space one cannot see is one
		r == utf8.RuneError,          // somebody else's mark, drawn in two widths
		r >= 0x1F1E6 && r <= 0x1F1FF, // regional indicators: pairs make flags
		r >= 0x1F3FB && r <= 0x1F3FF, // skin tones join the character before
		r >= 0xD7B0 && r <= 0xD7FF,   // old Hangul, never composed
		r == 0xFF9E, r == 0xFF9F,     // half-width voice marks join the blank before them
		isPrepend(r):
		return false
	}
	return true
}

// isPrepend holds for the letters that make one cluster with whatever follows,
// even the space a cell is filled with (GraphemeBreakProperty Prepend).
func isPrepend(r rune) bool {
	switch {
	case r == 0x0D4E, r == 0x111C2, r == 0x111C3, r == 0x1193F, r == 0x11941, r == 0x11A3A,
		r >= 0x11A84 && r <= 0x11A89, r == 0x11D46, r == 0x11F02, r == 0x113D1:
		return true
	}
	return false
}

// isJamo holds for Hangul vowels and finals outside a composed syllable, which
// terminals draw over the character before or beside it.
func isJamo(r rune) bool { return r >= 0x1160 && r <= 0x11FF }

// isLatin tells whether every character is of the scripts that never join.
func isLatin(s string) bool {
	for _, r := range s {
		if r != '\n' && !isLatinRune(r) {
			return false
		}
	}
	return true
}

// isLatinRune holds for the letters and signs of Latin script before the
// combining marks, which are one cell wide everywhere, and for the euro and the
// quotation marks and dashes of running text.
func isLatinRune(r rune) bool {
	switch {
	case r >= 0x20 && r < 0x7f, r > 0xa0 && r < 0x2b0 && r != 0xad:
		return true
	case r == '€', r >= 0x2018 && r <= 0x201e, r == 0x2013, r == 0x2014, r == 0x2022, r == 0x2026:
		return true
	}
	return false
}

// foldMarks keeps at most [maxMarks] combining marks on a character that can
// carry them and folds the rest to one mark. A mark that composes with no ASCII
// letter is folded too: terminals draw it beside, over or not at all.
func foldMarks(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	carried, folded := maxMarks, false
	for _, r := range s {
		if !unicode.Is(unicode.M, r) && !isJamo(r) {
			b.WriteRune(r)
			carried, folded = 0, false
			if r < 0x80 || r == '·' {
				carried = maxMarks
			}
			continue
		}
		if carried < maxMarks && unicode.In(r, unicode.Mn, unicode.Me) {
			b.WriteRune(r)
			carried++
			continue
		}
		if !folded {
			b.WriteString(Mark)
			folded = true
		}
		carried = maxMarks
	}
	return b.String()
}

// agreed tells whether the two ways terminals count cells, by code point and by
// grapheme cluster (mode 2027), give the same width.
func agreed(s string) bool {
	for {
		line, rest, more := strings.Cut(s, "\n")
		if ansi.WcWidth.StringWidth(line) != ansi.GraphemeWidth.StringWidth(line) {
			return false
		}
		if !more {
			return true
		}
		s = rest
	}
}

// settle goes through the clusters one by one and keeps of those counted
// differently only the first character, when that alone is agreed.
func settle(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		if w == ansi.WcWidth.StringWidth(cluster) {
			b.WriteString(cluster)
			continue
		}
		r, n := utf8.DecodeRuneInString(cluster)
		if agreed(cluster[:n]) && ansi.StringWidth(cluster[:n]) > 0 {
			b.WriteRune(r)
		}
		if n < len(cluster) || !agreed(cluster) {
			b.WriteString(Mark)
		}
	}
	return b.String()
}
