package slips

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Customer is one line of the list that queries are drawn from. All values are
// text as it stands in the list; Number names the customer.
type Customer struct {
	Number      string
	Company     bool
	Name        string
	First, Last string // of a person; Last has the infix: "van der Berg"
	Town        string
	Postcode    string
}

// columns is how many a line of the list has: id, kind (P or C), name, first,
// last, town, postcode, phone, mail. The last two are not used.
const columns = 9

// ReadCustomers reads a list with a header, its columns set apart by tabs. An
// error names the line.
func ReadCustomers(r io.Reader) ([]Customer, error) {
	var all []Customer
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), 1<<20)
	for line := 1; in.Scan(); line++ {
		if line == 1 {
			continue
		}
		f := strings.Split(in.Text(), "\t")
		if len(f) < columns-2 {
			return nil, fmt.Errorf("line %d: %d columns, want at least %d", line, len(f), columns-2)
		}
		if f[1] != "P" && f[1] != "C" {
			return nil, fmt.Errorf("line %d: kind %q is neither P nor C", line, f[1])
		}
		all = append(all, Customer{Number: f[0], Company: f[1] == "C", Name: f[2], First: f[3], Last: f[4], Town: f[5], Postcode: f[6]})
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading customers: %w", err)
	}
	return all, nil
}

// role is the part a word plays in a name.
type role uint8

const (
	roleFirst role = iota
	roleInfix
	roleLast // also every word of a company that is not an infix or a form
	roleForm // legal form at the end of a company's name
)

// word is one word of a name: as written, in lower case, and folded.
type word struct {
	raw, text string
	role      role
	hyphen    bool // joined to the word before by a hyphen
}

// parts is a customer's name taken apart. The slices are used again by the next
// [parts.take].
type parts struct {
	c     *Customer
	words []word // without the form
	forms []word
	town  string // folded
	post  string // folded, without a space: 1094sx
	buf   []string
}

// infixes are the words that go before a last name and that callers leave out.
var infixes = set("van de der den het t ten ter te von vom vd la le du des el al op aan in bij ben ait ould da dos do di tot")

// forms are the legal forms at the end of a company's name, folded.
var forms = set("bv nv vof bvba cv srl sa gmbh")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// take takes a customer apart.
func (p *parts) take(c *Customer) {
	p.c = c
	p.words, p.forms = p.words[:0], p.forms[:0]
	p.town = Fold(c.Town)
	p.post = strings.ReplaceAll(Fold(c.Postcode), " ", "")
	if c.Company {
		p.words = split(p.words, c.Name, roleLast)
		for n := len(p.words); n > 1 && forms[p.words[n-1].text]; n-- {
			p.words[n-1].role = roleForm
			p.forms = append(p.forms, p.words[n-1])
			p.words = p.words[:n-1]
		}
	} else {
		first, found := strings.CutSuffix(c.Name, c.Last)
		p.words = split(p.words, first, roleFirst)
		if found {
			p.words = split(p.words, c.Last, roleLast)
		}
	}
	for i := range p.words[:max(len(p.words)-1, 0)] {
		if w := &p.words[i]; w.role == roleLast && infixes[w.text] {
			w.role = roleInfix
		}
	}
}

// split appends the words of a text.
func split(out []word, text string, r role) []word {
	hyphen := false
	for text != "" {
		end := strings.IndexFunc(text, gap)
		sep := ""
		piece := text
		if end >= 0 {
			piece, sep, text = text[:end], text[end:], text[end:]
			text = strings.TrimLeftFunc(text, gap)
			sep = sep[:len(sep)-len(text)]
		} else {
			text = ""
		}
		if f := Fold(piece); f != "" {
			out = append(out, word{raw: strings.ToLower(piece), text: f, role: r, hyphen: hyphen})
			hyphen = false
		}
		hyphen = hyphen || sep == "-"
	}
	return out
}

// join gives the folded words that pick chooses, one space between them.
func (p *parts) join(pick func(w word) bool) string {
	p.buf = p.buf[:0]
	for _, w := range p.words {
		if pick(w) {
			p.buf = append(p.buf, w.text)
		}
	}
	return strings.Join(p.buf, " ")
}

// What of a name [parts.join] can choose.
func anyWord(word) bool     { return true }
func notInfix(w word) bool  { return w.role != roleInfix }
func firstWord(w word) bool { return w.role == roleFirst }
func lastName(w word) bool  { return w.role != roleFirst }

// person reports whether the customer is a person with a first and a last name.
func (p *parts) person() bool {
	return !p.c.Company && len(p.words) > 1 && p.words[0].role == roleFirst && p.words[len(p.words)-1].role == roleLast
}

// initials reports whether the first name is nothing but initials.
func (p *parts) initials() bool {
	return p.person() && strings.Contains(p.c.First, ".") && len(p.words[0].text) <= 5
}

// letters counts the letters of a folded text, without its spaces.
func letters(s string) int { return utf8.RuneCountInString(s) - strings.Count(s, " ") }
