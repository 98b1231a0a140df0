package slips

import (
	"slices"
	"strings"
)

// callingName says a calling name for the first name; one in three has a slip
// in the last name too.
func callingName(d *dice, p *parts) (draft, bool) {
	if !p.person() {
		return draft{}, false
	}
	names := calling[p.words[0].text]
	if len(names) == 0 {
		return draft{}, false
	}
	name := pick(d, names)
	f := draft{clean: p.whole(), kind: kindCalling, key: name + " " + p.rest(), loose: true}
	words := typedNames(p)
	words[0] = name
	if n := len(words) - 1; d.oneIn(3) && len(words[n]) > 5 {
		words[n], _ = anySlip(d, words[n])
	}
	f.query = strings.Join(words, " ")
	return f, len(p.words[len(p.words)-1].text) >= 4
}

// initialsWrong spoils initials of a name that has nothing else to tell it by.
func initialsWrong(d *dice, p *parts) (draft, bool) {
	if !p.initials() {
		return draft{}, false
	}
	old := p.words[0].text
	in := []byte(old)
	i := d.IntN(len(in))
	switch {
	case len(in) > 1 && d.oneIn(3):
		in = slices.Delete(in, i, i+1)
	case len(in) > 1 && d.oneIn(2):
		in[0], in[1] = in[1], in[0]
	case d.oneIn(4):
		in = append(in, byte(letter(d)))
	default:
		heard, ok := d.apply(string(in[i])+" ", spelled)
		if !ok {
			return draft{}, false
		}
		in = append(in[:i:i], append([]byte(strings.TrimSpace(heard)), in[i+1:]...)...)
	}
	typed := string(in)
	if d.oneIn(3) {
		typed = strings.Join(strings.Split(typed, ""), ".") + "."
	}
	clean := p.whole()
	_, rest, _ := strings.Cut(clean, " ")
	return draft{query: typed + " " + rest, clean: clean, kind: kindWhole, key: clean, crowded: rest}, typed != old && len(rest) >= 5
}

// lastFirst says the last name first: "jansen, p.", "jansen piet".
func lastFirst(d *dice, p *parts) (draft, bool) {
	if !p.person() {
		return draft{}, false
	}
	n := len(p.words) - 1
	last, infix := p.words[n].text, ""
	if all := p.join(lastName); d.oneIn(2) {
		last = all
	} else {
		infix = strings.TrimSpace(strings.TrimSuffix(all, last))
	}
	spoiled := false
	if d.oneIn(2) {
		last, spoiled = anySlip(d, last)
	}
	comma := pick(d, []string{", ", " ", ","})
	if d.oneIn(2) {
		in := p.words[0].text[:1]
		f := draft{query: last + comma + in + pick(d, []string{".", ""}) + " " + infix, kind: kindInitial, loose: true}
		f.clean = in + " " + p.join(lastName)
		f.key = f.clean
		return f, letters(last) >= 5
	}
	clean := p.whole()
	return draft{query: last + comma + p.join(firstWord) + " " + infix, clean: clean, kind: kindWhole, key: clean, loose: true}, spoiled || infix != "" || comma != " "
}

// infixOf gives where the infix stands in the words and what it is.
func infixOf(p *parts) (from, to int, infix string) {
	from = slices.IndexFunc(p.words, func(w word) bool { return w.role == roleInfix })
	if from < 0 || !p.person() {
		return 0, 0, ""
	}
	to = from
	for p.words[to].role == roleInfix {
		to++
	}
	return from, to, texts(p.words[from:to])
}

// withInfix gives the name with other letters for its infix.
func withInfix(d *dice, p *parts, says map[string][]string) (draft, bool) {
	from, to, infix := infixOf(p)
	other := says[infix]
	if len(other) == 0 {
		return draft{}, false
	}
	words := typedNames(p)
	if n := len(words) - 1; d.oneIn(2) && len(words[n]) > 4 {
		words[n], _ = anySlip(d, words[n])
	}
	said := append(append(slices.Clone(words[:from]), pick(d, other)), words[to:]...)
	return draft{query: strings.Join(said, " "), clean: p.whole(), kind: kindBare, key: p.join(notInfix), loose: true}, len(words[len(words)-1]) >= 3
}

func infixWrong(d *dice, p *parts) (draft, bool) { return withInfix(d, p, infixFor) }

// infixAbbreviated shortens the infix, or glues its words to the name.
func infixAbbreviated(d *dice, p *parts) (draft, bool) {
	if !d.oneIn(4) {
		return withInfix(d, p, infixShort)
	}
	from, to, infix := infixOf(p)
	if infix == "" {
		return draft{}, false
	}
	words := typedNames(p)
	joined := strings.ReplaceAll(infix, " ", "")
	if d.oneIn(3) { // vdberg
		joined = ""
		for _, w := range words[from:to] {
			joined += w[:1]
		}
	}
	said := append(slices.Clone(words[:from]), joined+words[to])
	return draft{query: strings.Join(append(said, words[to+1:]...), " "), clean: p.whole(), kind: kindBare, key: p.join(notInfix), loose: true}, true
}

// infixMoved puts the infix behind the last name or at the end.
func infixMoved(d *dice, p *parts) (draft, bool) {
	from, to, infix := infixOf(p)
	if infix == "" {
		return draft{}, false
	}
	first, last := texts(p.words[:from]), texts(p.words[to:])
	if from == 0 {
		return draft{}, false
	}
	if d.oneIn(2) {
		w, ok := anySlip(d, last)
		if ok {
			last = w
		}
	}
	initial := p.words[0].text[:1]
	f := draft{clean: p.whole(), kind: kindBare, key: p.join(notInfix), loose: true}
	switch d.IntN(5) {
	case 0:
		f.query = last + " " + infix + " " + first
	case 1:
		f.query = first + " " + last + " " + infix
	case 2:
		f.query = infix + " " + first + " " + last
	case 3:
		f.query = last + " " + first + " " + infix
	default:
		f.kind, f.key = kindInitial, initial+" "+p.join(lastName)
		f.clean, f.query = f.key, last+", "+initial+". "+infix
	}
	return f, letters(last) >= 4
}

// doubleName says one of two last names, turns them round, or glues them.
func doubleName(d *dice, p *parts) (draft, bool) {
	a, b, both := p.double()
	if !both || !p.person() || len(a) < 3 || len(b) < 3 {
		return draft{}, false
	}
	first := p.join(firstWord)
	whole := p.whole()
	one := func(part string) draft {
		said := part
		if d.oneIn(3) && letters(part) >= 6 {
			said, _ = anySlip(d, part)
		}
		return draft{query: first + " " + said, clean: first + " " + part, kind: kindDouble, key: first + " " + part}
	}
	switch d.IntN(4) {
	case 0:
		return one(a), true
	case 1:
		return one(b), true
	case 2:
		said, _ := anySlip(d, b)
		return draft{query: first + " " + said + pick(d, []string{" ", "-"}) + a, clean: whole, kind: kindWhole, key: whole, loose: true}, true
	}
	said, _ := anySlip(d, a)
	return draft{query: first + " " + said + strings.ReplaceAll(b, " ", ""), clean: whole, kind: kindWhole, key: whole}, true
}

// gluedWords leaves out a space between two words, or puts one inside a word.
// Half of them have a slip too.
func gluedWords(d *dice, p *parts) (draft, bool) {
	words := typedNames(p)
	if d.oneIn(2) && !d.spoil(p, words, 1, anySlip) {
		return draft{}, false
	}
	clean := p.whole()
	f := draft{clean: clean, kind: kindWhole, key: clean}
	if i := d.IntN(len(words)); d.oneIn(2) && len(words[i]) >= 6 {
		at := 2 + d.IntN(len(words[i])-4)
		words[i] = words[i][:at] + " " + words[i][at:]
		f.query = strings.Join(words, " ")
		return f, true
	}
	if len(words) < 2 {
		return f, false
	}
	i := d.IntN(len(words) - 1)
	words[i] += words[i+1]
	f.query = strings.Join(slices.Delete(words, i+1, i+2), " ")
	return f, letters(clean) >= 6
}

// spaceMoved types a space one letter too early or too late.
func spaceMoved(d *dice, p *parts) (draft, bool) {
	words := typedNames(p)
	if len(words) < 2 {
		return draft{}, false
	}
	i := d.IntN(len(words) - 1)
	a, b := words[i], words[i+1]
	if d.oneIn(2) {
		if len(a) < 3 {
			return draft{}, false
		}
		a, b = a[:len(a)-1], a[len(a)-1:]+b
	} else {
		if len(b) < 3 {
			return draft{}, false
		}
		a, b = a+b[:1], b[1:]
	}
	words[i], words[i+1] = a, b
	clean := p.whole()
	return draft{query: strings.Join(words, " "), clean: clean, kind: kindWhole, key: clean}, letters(clean) >= 6
}
