// Package report makes the pages that people take away from the book: the
// justification of a farewell and the week of a team. A page is put together
// once and written as Markdown or as HTML that needs nothing from elsewhere.
// It reads views and writes text; it knows neither the book nor a terminal.
package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pasvorm/ui/kit"
)

// Page is a page to be written. Its words are as they came: each way of writing
// makes them harmless in its own manner.
type Page struct {
	Lang     string
	Title    string
	About    string // below the title
	Sections []Section
	Foot     string
}

// Section is a part of a page.
type Section struct {
	Heading string
	Half    bool // may stand beside another one where there is room
	Blocks  []Block
}

// Block is one thing in a section. One of its parts is set.
type Block struct {
	Text  string      // a paragraph
	Loud  bool        // the paragraph matters most
	List  []string    // lines with a mark before each
	Pairs [][2]string // names with what they are
	Table *Table
	Chart string // an SVG element; whoever reads Markdown has the table beside it
}

// Table is rows under names. Numbers says which columns stand at the right.
type Table struct {
	Head    []string
	Numbers []bool
	Rows    [][]string
	Fold    string // in HTML it opens on these words: the chart above shows the same
}

// add appends a section that holds anything.
func (p *Page) add(s Section) {
	if len(s.Blocks) > 0 {
		p.Sections = append(p.Sections, s)
	}
}

// say appends a paragraph.
func (s *Section) say(text string) {
	if strings.TrimSpace(text) != "" {
		s.Blocks = append(s.Blocks, Block{Text: text})
	}
}

func (s *Section) loud(text string) { s.Blocks = append(s.Blocks, Block{Text: text, Loud: true}) }

func (s *Section) list(lines ...string) {
	if len(lines) > 0 {
		s.Blocks = append(s.Blocks, Block{List: lines})
	}
}

// pairs appends names with what they are; a pair that says nothing is left out.
func (s *Section) pairs(rows ...[2]string) {
	var kept [][2]string
	for _, r := range rows {
		if strings.TrimSpace(r[1]) != "" {
			kept = append(kept, r)
		}
	}
	if len(kept) > 0 {
		s.Blocks = append(s.Blocks, Block{Pairs: kept})
	}
}

func (s *Section) table(t Table) {
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: &t})
	}
}

// one puts an outside text on one line with nothing in it that is not to be
// seen, and that XML 1.0 (section 2.2) has no room for.
func one(s string) string {
	return strings.Join(strings.Fields(clean(kit.CleanLines(s))), " ")
}

func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == utf8.RuneError, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef, unicode.IsControl(r):
			return '·'
		}
		return r
	}, s)
}

// most cuts a text of the outside to so many characters.
func most(s string, n int) string {
	s = one(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// quote sets words of a person apart from ours.
func quote(s string) string {
	if s = one(s); s == "" {
		return ""
	}
	return "“" + s + "”"
}

// joined puts the parts that say something behind each other.
func joined(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
