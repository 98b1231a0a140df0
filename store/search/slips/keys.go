package slips

import "strings"

// kind says what of a customer a query is about, and so who else is as good an
// answer as its target: all customers with the same key of that kind.
type kind uint8

const (
	kindWhole       kind = iota // whole name without legal form
	kindBare                    // the same without infixes
	kindInitial                 // first letter and last name
	kindLast                    // last name
	kindLastTown                // last name and town
	kindWholeTown               // whole name and town
	kindLastArea                // last name and the digits of the postcode
	kindLastPost                // last name and the postcode
	kindCalling                 // each calling name of the first name, and last name
	kindDouble                  // first names and each of two last names
	kindCompanyTown             // beginning of a company's name, and town
	kindPrefix                  // beginning of the whole name
	kinds
)

// key is one key of a customer.
type key struct {
	kind kind
	text string
}

// whole gives the folded name without its legal form.
func (p *parts) whole() string { return p.join(anyWord) }

// reversed gives the last name before the first.
func (p *parts) reversed() string { return p.join(lastName) + " " + p.join(firstWord) }

// withForms gives the folded name with its legal form.
func (p *parts) withForms() string {
	s := p.whole()
	for _, f := range p.forms {
		s += " " + f.text
	}
	return s
}

// keys appends the customer's keys of a kind. A beginning has none: see
// [crowd.beginnings].
func (p *parts) keys(out []string, k kind) []string {
	switch {
	case k == kindWhole:
		return append(out, p.whole())
	case k == kindBare:
		return append(out, p.join(notInfix))
	case k == kindWholeTown:
		return append(out, p.whole()+" "+p.town)
	case k == kindCompanyTown && p.c.Company:
		return append(out, p.start()+" "+p.town)
	case !p.person():
		return out
	}
	switch k {
	case kindInitial:
		out = append(out, p.words[0].text[:1]+" "+p.join(lastName))
	case kindLast:
		out = append(out, p.join(lastName))
	case kindLastTown:
		out = append(out, p.join(lastName)+" "+p.town)
	case kindLastArea:
		if len(p.post) >= 4 {
			out = append(out, p.join(lastName)+" "+p.post[:4])
		}
	case kindLastPost:
		out = append(out, p.join(lastName)+" "+p.post)
	case kindCalling:
		for _, c := range calling[p.words[0].text] {
			out = append(out, c+" "+p.rest())
		}
	case kindDouble:
		if a, b, both := p.double(); both {
			first := p.join(firstWord)
			out = append(out, first+" "+a, first+" "+b)
		}
	}
	return out
}

// rest gives the whole name without its first word.
func (p *parts) rest() string {
	_, rest, _ := strings.Cut(p.whole(), " ")
	return rest
}

// start gives the first word of a company's name that is no infix and no word
// for a family, with what stands before it: "de gouden".
func (p *parts) start() string {
	for i, w := range p.words {
		if w.role == roleLast && w.text != "gebr" && w.text != "stichting" || i == len(p.words)-1 {
			return texts(p.words[:i+1])
		}
	}
	return ""
}

// double gives the two last names of a double name.
func (p *parts) double() (a, b string, both bool) {
	from := -1
	for i, w := range p.words {
		switch {
		case w.role == roleFirst:
			from = i + 1
		case w.hyphen && i > from && from >= 0:
			return texts(p.words[from:i]), texts(p.words[i:]), true
		}
	}
	return "", "", false
}

func texts(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}
