package slips

import "strings"

// companyForm says a wrong legal form or none, with a slip in the name.
func companyForm(d *dice, p *parts) (draft, bool) {
	if !p.c.Company {
		return draft{}, false
	}
	words := typedNames(p)
	slipped := !d.oneIn(3) && d.spoil(p, words, 1, anySlip)
	clean := p.whole()
	f := draft{query: strings.Join(words, " "), clean: clean, kind: kindWhole, key: clean, loose: true}
	if len(p.forms) == 0 || d.oneIn(2) {
		f.query += " " + pick(d, formSays)
		slipped = true
	}
	return f, slipped && letters(clean) >= 5
}

// companyShort abbreviates a trade and turns & into en or en into &.
func companyShort(d *dice, p *parts) (draft, bool) {
	if !p.c.Company {
		return draft{}, false
	}
	words := typedNames(p)
	changed := false
	for i, w := range words {
		if s := tradeSays[w]; len(s) > 0 && (!changed || d.oneIn(2)) {
			words[i] = pick(d, s)
			changed = true
		}
		if w == "en" && i > 0 {
			words[i] = "&"
			changed = true
		}
	}
	query := strings.Join(words, " ")
	if strings.Contains(p.c.Name, " & ") && len(words) > 1 {
		query, changed = ampersand(d, p, words), true
	}
	clean := p.whole()
	return draft{query: query, clean: clean, kind: kindWhole, key: clean, loose: true}, changed && letters(clean) >= 6
}

// ampersand writes "en", or & without spaces, between the names of partners.
func ampersand(d *dice, p *parts, words []string) string {
	left, _, _ := strings.Cut(p.c.Name, " & ")
	n := len(strings.Fields(Fold(left)))
	and := pick(d, []string{" en ", "&", " & ", " + "})
	return strings.Join(words[:n], " ") + and + strings.Join(words[n:], " ")
}

// companyTown says only how a company's name begins, and the town, half of the
// time with a slip in one of the two.
func companyTown(d *dice, p *parts) (draft, bool) {
	if !p.c.Company || p.town == "" || len(p.words) < 2 {
		return draft{}, false
	}
	start, town := p.start(), p.town
	f := draft{clean: start + " " + town, kind: kindCompanyTown}
	f.key = f.clean
	if start == p.whole() || letters(start) < 4 || len(town) < 3 {
		return f, false
	}
	switch d.IntN(4) {
	case 0:
		start, _ = anySlip(d, start)
	case 1:
		town, _ = anySlip(d, town)
	}
	f.query = start + " " + town
	return f, true
}

// townHeard says a last or whole name and a town that is misheard or called
// what people call it.
func townHeard(d *dice, p *parts) (draft, bool) {
	if !p.person() || p.town == "" {
		return draft{}, false
	}
	name, k := p.join(lastName), kindLastTown
	if d.oneIn(2) {
		name, k = p.whole(), kindWholeTown
	}
	f := draft{clean: name + " " + p.town, kind: k}
	f.key = f.clean
	town := p.town
	if says := townSays[town]; len(says) > 0 && !d.oneIn(4) {
		town = pick(d, says)
		f.loose = true
	} else {
		town, _ = anySlip(d, town)
		if town == p.town {
			return f, false
		}
	}
	if d.oneIn(3) {
		name, _ = anySlip(d, name)
	}
	f.query = name + " " + town
	return f, letters(p.join(lastName)) >= 4 && len(p.town) >= 4
}

// postcode says a last name and a postcode in one of its forms, half of the time
// with a slip in the name.
func postcode(d *dice, p *parts) (draft, bool) {
	if !p.person() || len(p.post) < 4 {
		return draft{}, false
	}
	name := p.join(lastName)
	k, post := kindLastArea, p.post[:4]
	typed := post
	if len(p.post) == 6 && !d.oneIn(3) {
		k, post = kindLastPost, p.post
		typed = pick(d, []string{post, post[:4] + " " + post[4:], strings.ToUpper(post)})
	}
	f := draft{clean: name + " " + post, kind: k}
	f.key = f.clean
	f.loose = true
	if d.oneIn(2) {
		name, _ = anySlip(d, name)
	}
	f.query = name + " " + typed
	return f, letters(name) >= 4
}

// prefixSlip spoils a word and breaks off in the last one.
func prefixSlip(d *dice, p *parts) (draft, bool) {
	words := typedNames(p)
	n := len(words) - 1
	if n == 0 || len(words[n]) < 5 {
		return draft{}, false
	}
	keep := 3 + d.IntN(len(words[n])-4)
	words[n] = words[n][:keep]
	f := draft{clean: strings.Join(words, " "), kind: kindPrefix}
	f.key = f.clean
	if !d.spoil(p, words, 1, anySlip) {
		return f, false
	}
	f.query = strings.Join(words, " ")
	return f, letters(f.clean) >= 6
}
