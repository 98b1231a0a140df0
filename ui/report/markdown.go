package report

import (
	"strings"
	"unicode"
)

// Markdown writes the page for readers of CommonMark with tables. Nothing in
// the words of the book is markup afterwards: every sign that could begin some
// is written with a backslash (CommonMark 0.31, section 2.4).
func (p *Page) Markdown() string {
	var b strings.Builder
	para := func(s string) {
		b.WriteString(s)
		b.WriteString("\n\n")
	}
	para("# " + plain(p.Title))
	if p.About != "" {
		para(begun(p.About))
	}
	for _, s := range p.Sections {
		if s.Heading != "" {
			para("## " + plain(s.Heading))
		}
		for i := range s.Blocks {
			s.Blocks[i].markdown(&b)
		}
	}
	if p.Foot != "" {
		para("---")
		para(begun(p.Foot))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (k *Block) markdown(b *strings.Builder) {
	switch {
	case k.Text != "" && k.Loud:
		b.WriteString("**" + plain(k.Text) + "**\n\n")
	case k.Text != "":
		b.WriteString(begun(k.Text) + "\n\n")
	case k.List != nil:
		for _, l := range k.List {
			b.WriteString("- " + begun(l) + "\n")
		}
		b.WriteString("\n")
	case k.Pairs != nil:
		for _, r := range k.Pairs {
			b.WriteString("- **" + plain(r[0]) + "**: " + plain(r[1]) + "\n")
		}
		b.WriteString("\n")
	case k.Table != nil:
		k.Table.markdown(b)
	}
}

func (t *Table) markdown(b *strings.Builder) {
	row := func(cells []string) {
		b.WriteString("|")
		for i := range t.Head {
			cell := ""
			if i < len(cells) {
				cell = plain(cells[i])
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
	row(t.Head)
	b.WriteString("|")
	for i := range t.Head {
		if i < len(t.Numbers) && t.Numbers[i] {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteString("\n")
	for _, r := range t.Rows {
		row(r)
	}
	b.WriteString("\n")
}

// plain writes a text within a line so that it says just what it says.
func plain(s string) string {
	var b strings.Builder
	s = one(s)
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>|~&", r):
			b.WriteByte('\\')
		case r == ':' && strings.HasPrefix(s[i:], "://"), r == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www"), r == '@':
			b.WriteByte('\\') // else some readers make a link of it
		}
		b.WriteRune(r)
	}
	return b.String()
}

// begun writes a text that begins a line, where a few signs more make something
// of it: a heading, a list, a rule.
func begun(s string) string {
	s = plain(s)
	digits := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	switch {
	case s != "" && strings.ContainsRune("#-+=", rune(s[0])):
		return "\\" + s
	case digits > 0 && (s[digits] == '.' || s[digits] == ')') && (digits+1 == len(s) || s[digits+1] == ' '):
		return s[:digits] + "\\" + s[digits:]
	}
	return s
}
