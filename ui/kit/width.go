package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width is the number of cells a cleaned or painted text takes; escape
// sequences made by [Theme] count for nothing.
func Width(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == 0x1b {
			end := styleLen(s[i:])
			if end == 0 {
				return ansi.StringWidth(s)
			}
			i += end - 1
			continue
		}
		if c < 0x20 || c == 0x7f || c > 0xc3 && c != 0xe2 {
			return ansi.StringWidth(s)
		}
		switch {
		case c < 0x80:
			n++
		case c == 0xc2 || c == 0xc3: // Latin-1, two bytes and one cell
			if i+1 >= len(s) || c == 0xc2 && s[i+1] <= 0xa0 {
				return ansi.StringWidth(s)
			}
			i++
			n++
		case c == 0xe2:
			// Lines, blocks and dashes: three bytes and one cell.
			if i+2 >= len(s) || !oneCell(s[i+1], s[i+2]) {
				return ansi.StringWidth(s)
			}
			i += 2
			n++
		default:
			return ansi.StringWidth(s)
		}
	}
	return n
}

// styleLen is the length of the style sequence (SGR, ECMA-48 section 8.3.117) s
// begins with, 0 when it is another one.
func styleLen(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && c != ':' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}

// oneCell holds for the box drawing characters and block elements (U+2500 to
// U+259F) and the dashes, quotation marks and ellipsis of U+2010 to U+2027.
func oneCell(b1, b2 byte) bool {
	return b1 == 0x94 || b1 == 0x95 || b1 == 0x96 && b2 < 0xa0 || b1 == 0x80 && b2 >= 0x90 && b2 <= 0xa7
}

// Cut shortens a text to at most w cells; when something is left out the last
// cell is "…". Painted text keeps its escape sequences.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if len(s) <= w && isPlain(s) || Width(s) <= w {
		return s
	}
	if isPlain(s) {
		return s[:w-1] + "…"
	}
	if isLatin(s) { // one cell for each rune
		n := 0
		for i := range s {
			if n == w-1 {
				return s[:i] + "…"
			}
			n++
		}
	}
	return ansi.Truncate(s, w, "…")
}

// Pad fills a text with spaces up to w cells; a wider one stays as it is.
func Pad(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return s + spaces(n)
	}
	return s
}

// Fit makes a text exactly w cells: cut when wider, padded when narrower.
func Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if isPlain(s) {
		if len(s) == w {
			return s
		}
		if len(s) > w {
			return s[:w-1] + "…"
		}
		return s + spaces(w-len(s))
	}
	return Pad(Cut(s, w), w)
}

const blank = "                                                                                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks a cleaned text into rows of at most w cells, between words where
// it can; line feeds are kept. An empty text is one empty row.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		out = appendWrapped(out, line, w)
	}
	return out
}

func appendWrapped(out []string, line string, w int) []string {
	var b strings.Builder
	used := 0
	flush := func() {
		out = append(out, b.String())
		b.Reset()
		used = 0
	}
	begun := false
	for word := range strings.FieldsSeq(line) {
		n := Width(word)
		switch {
		case !begun:
		case used+1+n <= w:
			b.WriteByte(' ')
			used++
		default:
			flush()
		}
		begun = true
		for n > w { // a word longer than a row
			head := hardCut(word, w)
			if len(head) == len(word) {
				break // one character wider than the row
			}
			b.WriteString(head)
			word = word[len(head):]
			n = Width(word)
			flush()
		}
		b.WriteString(word)
		used += n
	}
	return append(out, b.String())
}

// hardCut is the longest beginning of s of at most w cells, but at least one
// character, so that cutting always gets on.
func hardCut(s string, w int) string {
	used, at := 0, 0
	for at < len(s) {
		cluster, n := ansi.FirstGraphemeCluster(s[at:], ansi.GraphemeWidth)
		if at > 0 && used+n > w {
			break
		}
		used += n
		at += len(cluster)
		if used >= w {
			break
		}
	}
	return s[:at]
}
