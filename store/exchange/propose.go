package exchange

import (
	"regexp"
	"slices"
	"strings"
)

// ProposeMapping guesses what the columns hold from the header, Dutch or
// English, and from some rows below it. header is nil for a file without one;
// then only what values alone betray is found. A field goes to the column that
// names it best; a column that names none, or one already taken, is left out
// (see [Mapping.LeftOut]).
func ProposeMapping(header []string, sample [][]string) Mapping {
	p := proposal{header: header, sample: sample, fields: make([]Field, width(header, sample))}
	// From the surest way of knowing to the least sure.
	p.each(func(i int) Field { return fieldByHeader[fold(p.name(i))] })
	p.each(func(i int) Field { return fieldByHeader[core(p.name(i))] })
	p.each(p.byWeakWord)
	p.each(p.byValues)
	p.settleCompany()
	p.settleNames()
	var m Mapping
	for i, f := range p.fields {
		if f != "" {
			m = append(m, newLink(header, i, f))
		}
	}
	return m
}

func width(header []string, sample [][]string) int {
	n := len(header)
	for _, row := range sample {
		n = max(n, len(row))
	}
	return n
}

type proposal struct {
	header []string
	sample [][]string
	fields []Field // by column
}

func (p *proposal) name(i int) string {
	if i < len(p.header) {
		return p.header[i]
	}
	return ""
}

// each gives every column without a field the one that guess names, unless
// that one is taken.
func (p *proposal) each(guess func(column int) Field) {
	for i, f := range p.fields {
		if f != "" {
			continue
		}
		if g := guess(i); g != "" && !slices.Contains(p.fields, g) {
			p.fields[i] = g
		}
	}
}

// byWeakWord takes a header such as "type" at its word if its values agree.
func (p *proposal) byWeakWord(i int) Field {
	var fits func(string) bool
	field := fieldByWeak[fold(p.name(i))]
	switch field {
	case Kind:
		fits = func(s string) bool { _, err := ParseKind(s); return err == nil }
	case Relation:
		fits = func(s string) bool { _, err := ParseRelation(s); return err == nil }
	default:
		return ""
	}
	if p.share(i, fits) < 0.8 {
		return ""
	}
	return field
}

var (
	emailForm    = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s.]+$`)
	postcodeForm = regexp.MustCompile(`^[1-9][0-9]{3} ?[A-Za-z]{2}$`)
	mobileForm   = regexp.MustCompile(`^(\+31 ?\(?0?\)?|0031 ?|0)6[ -]?([0-9] ?){8}$`)
	phoneForm    = regexp.MustCompile(`^(\+|00?)[1-9][0-9 ()/.-]{7,16}$`)
)

// byValues knows a column by what is in it, whatever its header.
func (p *proposal) byValues(i int) Field {
	for _, known := range []struct {
		form  *regexp.Regexp
		field Field
	}{{emailForm, Email}, {postcodeForm, Postcode}, {mobileForm, Mobile}, {phoneForm, Phone}} {
		matches := func(s string) bool { return known.form.MatchString(strings.TrimSpace(s)) }
		if p.share(i, matches) >= 0.8 && !slices.Contains(p.fields, known.field) {
			return known.field
		}
	}
	return ""
}

// share is the part of the filled values in a column that fit; 0 without any.
func (p *proposal) share(i int, fits func(string) bool) float64 {
	filled, good := 0, 0
	for _, row := range p.sample {
		if i >= len(row) || strings.TrimSpace(row[i]) == "" {
			continue
		}
		filled++
		if fits(Restore(row[i])) {
			good++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(good) / float64(filled)
}

// settleCompany turns "naam" into the company when a contact person stands
// beside it, as business address books have it.
func (p *proposal) settleCompany() {
	name := slices.Index(p.fields, Name)
	if name < 0 || slices.Contains(p.fields, Company) || isContactPerson(p.name(name)) {
		return
	}
	for i, f := range p.fields {
		if f == "" && isContactPerson(p.name(i)) {
			p.fields[name], p.fields[i] = Company, Name
			return
		}
	}
}

func isContactPerson(header string) bool {
	switch fold(header) {
	case "contactpersoon", "naamcontactpersoon", "contactperson", "contactname":
		return true
	}
	return false
}

// settleNames turns "naam" into the last name when it stands beside a first
// name that it does not repeat, as in "Naam;Voornaam".
func (p *proposal) settleNames() {
	name, first := slices.Index(p.fields, Name), slices.Index(p.fields, First)
	if name < 0 || first < 0 || slices.Contains(p.fields, Last) {
		return
	}
	switch fold(p.name(name)) {
	case "naam", "name":
	default:
		return
	}
	filled, repeated := 0, 0
	for _, row := range p.sample {
		if name >= len(row) || first >= len(row) || fold(row[first]) == "" || fold(row[name]) == "" {
			continue
		}
		filled++
		if strings.Contains(fold(row[name]), fold(row[first])) {
			repeated++
		}
	}
	if filled == 0 || 2*repeated < filled {
		p.fields[name] = Last
	}
}
