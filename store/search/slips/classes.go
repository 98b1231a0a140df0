package slips

import "strings"

// Classes gives all classes of slips.
func Classes() []Class {
	return []Class{
		{Name: "exact", About: "as it stands in the list, in any case, with or without marks and legal form", verbatim: true, make: exact},
		{Name: "line", About: "consonants that a bad line makes alike", make: letterSlips(line, 2)},
		{Name: "vowel", About: "vowels heard as others", make: letterSlips(vowel, 2)},
		{Name: "syllable", About: "an unstressed syllable swallowed", make: wordSlips(swallow, 1)},
		{Name: "spelled", About: "a last name spelled by telephone, letters half understood", make: spelledOut},
		{Name: "turkish", About: "a Turkish name by a Dutch ear", make: originSlips(isTurkish, turkish)},
		{Name: "moroccan", About: "a Moroccan name by a Dutch ear", make: originSlips(isMoroccan, moroccan)},
		{Name: "slavic", About: "a Polish or other Slavic name by a Dutch ear", make: originSlips(isSlavic, slavic)},
		{Name: "frisian", About: "a Frisian name by an ear from elsewhere", make: originSlips(isFrisian, frisian)},
		{Name: "surinamese", About: "a Surinamese name by a Dutch ear", make: originSlips(isSurinamese, surinamese)},
		{Name: "calling", About: "a calling name for the first name in the list", make: callingName},
		{Name: "initials_wrong", About: "an initial misheard, lost, added or moved", make: initialsWrong},
		{Name: "comma", About: "last name first, with a comma or an initial", verbatim: true, make: lastFirst},
		{Name: "infix_wrong", About: "another infix", make: infixWrong},
		{Name: "infix_short", About: "an infix abbreviated or glued", make: infixAbbreviated},
		{Name: "infix_moved", About: "the infix at the end or behind the last name", make: infixMoved},
		{Name: "double_one", About: "a double name: one of the two, turned round, or glued", make: doubleName},
		{Name: "glued", About: "words glued or split", make: gluedWords},
		{Name: "space_moved", About: "a space one letter too early or late", make: spaceMoved},
		{Name: "company_form", About: "a company with a wrong legal form or without, and a slip", make: companyForm},
		{Name: "company_short", About: "a company's trade abbreviated, & for en", make: companyShort},
		{Name: "company_town", About: "the beginning of a company's name, and the town", verbatim: true, make: companyTown},
		{Name: "town_heard", About: "a name with a town misheard or called otherwise", make: townHeard},
		{Name: "postcode", About: "a last name with a postcode or its digits", verbatim: true, make: postcode},
		{Name: "prefix_slip", About: "a slip, and a last word half typed", make: prefixSlip},
		{Name: "end_lost", About: "letters missing at the end of words", make: wordSlips(endLost, 2)},
		{Name: "qwerty", About: "keys beside the right ones", make: letterSlips(qwerty, 2)},
		{Name: "azerty", About: "keys beside or instead of the right ones on a Belgian board", make: letterSlips(azerty, 2)},
		{Name: "hurry", About: "letters doubled, dropped, swapped or typed too many", make: wordSlips(hurry, 2)},
		{Name: "first_letter", About: "a wrong, lost or swapped first letter", make: wordSlips(firstLetter, 1)},
		{Name: "digraph", About: "two letters for a letter with a mark", make: digraphs},
		{Name: "row_above", About: "a key from the row above", make: letterSlips(rowAbove, 2)},
		{Name: "digit", About: "digits for letters", make: letterSlips(digits, 1)},
	}
}

// typedNames gives the folded words of a name to spoil.
func typedNames(p *parts) []string {
	out := make([]string, len(p.words))
	for i, w := range p.words {
		out[i] = w.text
	}
	return out
}

// spoil changes up to n words that are long enough and no infix, or one word
// more than once. It reports whether it changed any.
func (d *dice) spoil(p *parts, words []string, n int, f func(d *dice, w string) (string, bool)) bool {
	done := 0
	for range 4 * n {
		if done == n {
			break
		}
		i := d.IntN(len(words))
		if p.words[i].role == roleInfix || len(words[i]) < 3 {
			continue
		}
		// A first name that thousands share is what people hear best.
		if p.words[i].role == roleFirst && !d.oneIn(2) {
			continue
		}
		if w, ok := f(d, words[i]); ok {
			words[i] = w
			done++
		}
	}
	return done > 0
}

// wordSlips gives a class that spoils words of a whole name.
func wordSlips(f func(d *dice, w string) (string, bool), most int) func(*dice, *parts) (draft, bool) {
	return func(d *dice, p *parts) (draft, bool) {
		words := typedNames(p)
		if !d.spoil(p, words, 1+d.IntN(most), f) {
			return draft{}, false
		}
		clean := p.whole()
		return draft{query: strings.Join(words, " "), clean: clean, kind: kindWhole, key: clean}, letters(clean) >= 5
	}
}

// letterSlips gives a class that writes other letters by rules.
func letterSlips(from []rule, most int) func(*dice, *parts) (draft, bool) {
	return wordSlips(func(d *dice, w string) (string, bool) { return d.apply(w, from) }, most)
}

// exact is what stands in the list.
func exact(d *dice, p *parts) (draft, bool) {
	clean := p.whole()
	f := draft{query: clean, clean: clean, kind: kindWhole, key: clean}
	switch d.IntN(6) {
	case 0:
		f.query = strings.ToUpper(clean)
	case 1:
		if len(p.forms) == 0 {
			f.query = p.c.Name
		}
	}
	return f, letters(clean) >= 4
}

// spelledOut is a last name spelled letter by letter, now and then with the
// first name before it.
func spelledOut(d *dice, p *parts) (draft, bool) {
	if !p.person() {
		return draft{}, false
	}
	last := p.words[len(p.words)-1].text
	heard := last
	for n := 1 + d.IntN(2); n > 0; n-- {
		heard, _ = d.apply(heard, spelled)
	}
	if d.oneIn(3) {
		heard, _ = dropLetter(d, heard)
	}
	if heard == last || len(last) < 6 {
		return draft{}, false
	}
	f := draft{clean: p.join(lastName), kind: kindLast}
	if d.oneIn(2) {
		f = draft{clean: p.whole(), kind: kindWhole}
	}
	f.key = f.clean
	f.query = strings.TrimSuffix(f.clean, last) + heard
	return f, true
}

// digraphs writes every letter with a mark as two.
func digraphs(d *dice, p *parts) (draft, bool) {
	words := make([]string, len(p.words))
	for i, w := range p.words {
		words[i] = w.raw
		for _, r := range digraph {
			if strings.Contains(words[i], r.from) && !d.oneIn(5) {
				words[i] = strings.ReplaceAll(words[i], r.from, pick(d, r.to))
			}
		}
	}
	clean := p.whole()
	query := Fold(strings.Join(words, " "))
	return draft{query: query, clean: clean, kind: kindWhole, key: clean}, query != clean
}
