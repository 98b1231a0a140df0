package model

// counts tells whether the listed word at i is about a person here.
func (n noteTokens) counts(i int) bool {
	e := n[i].entry
	switch {
	case n.sentenceHolds(i, e.unless):
		return false
	case e.use&anywhere != 0:
		return true
	case e.use&(asAdj|asNoun) != 0 && n.saidOf(i, isBe) && !n.ofSomething(i) && (e.use&closing == 0 || n.closes(i)):
		return true
	case e.use&asAdj != 0 && (n.next(i)&isPerson != 0 || n.next(i)&isDescent != 0 && n.sentenceHas(i, isWho)):
		return true
	case e.use&asNoun != 0 && n.pointedAt(i, e.use&closing != 0):
		return true
	case e.use&ofSkin != 0 && n.next(i)&isPerson != 0 && n.closes(i+1):
		return true
	case e.use&asVerb != 0 && (n.doneBy(i) || n.next(i)&isWho != 0 || n.saidOf(i, isBe)):
		return true
	case e.use&hasIt != 0 && n.saidOf(i, isHas) && (e.use&closing == 0 || n.closes(i)):
		return true
	case e.use&ownsIt != 0 && n.prev(i)&isOwn != 0 && n.word(i+1) != "in":
		return true
	case e.use&ofBody != 0 && n.next(i)&isBody != 0:
		return true
	case e.use&heavy != 0 && n.prev(i)&isHeavy != 0 && !n.ofSomething(i):
		return true
	case e.use&goesTo != 0:
		return n.goneTo(i)
	case e.use&acted != 0:
		return n.actedOn(i)
	}
	return false
}

// next is the class of the word behind i in the same phrase.
func (n noteTokens) next(i int) wordClass {
	if i+1 >= len(n) || n[i+1].apart {
		return 0
	}
	return n[i+1].class
}

// prev is the class of the word before i in the same phrase.
func (n noteTokens) prev(i int) wordClass {
	if i < 1 || n[i].apart {
		return 0
	}
	return n[i-1].class
}

// word is the folded word at i, "" where there is none or another phrase begins.
func (n noteTokens) word(i int) string {
	if i >= len(n) || n[i].apart {
		return ""
	}
	return n[i].word
}

// closes tells whether a noun phrase ends with the word at i.
func (n noteTokens) closes(i int) bool {
	return i+1 >= len(n) || n[i+1].apart || n[i+1].class&isAfter != 0
}

// ofSomething finds "sick of", "crazy about", "gek op": a figure of speech.
func (n noteTokens) ofSomething(i int) bool {
	switch n.word(i + 1) {
	case "and": // sick and tired
		return n.word(i+2) == "tired"
	case "of", "about", "on", "op", "van", "to", "genoeg", "enough", "voor":
		return true
	}
	return false
}

// saidOf tells whether the word at i is said of the person by a verb of a class:
// "he is really W", "is hij W", "omdat hij W is".
func (n noteTokens) saidOf(i int, verb wordClass) bool {
	for j, steps := i, 0; steps < 6 && j > 0 && !n[j].apart; steps++ {
		j--
		switch c := n[j].class; {
		case c&isNot != 0:
			return false
		case c&verb != 0 && verb == isHas && (n[j].word == "with" || n[j].word == "met"):
			if n.prev(j)&(isWho|isPerson) != 0 {
				return true
			}
		case c&verb != 0 && c&isFiller == 0:
			short := n[j].word == "s" || n[j].word == "re"
			return n.doneBy(j) && (!short || n.closes(i)) || n[j].apart && !short || n.runsOn(j)
		case c&isWho != 0:
			return n.prev(j)&verb != 0 && n[j-1].word != "met" || n.next(i)&verb != 0
		case c&isHedge != 0 && n[j].apart && verb == isBe:
			return n.closes(i) // "Probably W."
		case c&(isFiller|isHeavy) == 0 && n[j].entry == nil && !n.joins(j):
			return false
		}
	}
	return false
}

// joins finds the "and" of "a beard and a tattoo".
func (n noteTokens) joins(j int) bool {
	return (n[j].word == "and" || n[j].word == "en") && j > 0 && !n[j].apart && n[j-1].entry != nil
}

// doneBy tells whether the verb at j is the person's: right behind a word for the
// person, with one small word between at most, or behind a title and a name.
func (n noteTokens) doneBy(j int) bool {
	if n.prev(j)&isWho != 0 || n.prev(j)&isFiller != 0 && n.prev(j-1)&isWho != 0 {
		return true
	}
	for k := j; k > 0 && k > j-5 && !n[k].apart; {
		k--
		if n[k].class&isTitle != 0 {
			return true
		}
		if n[k].class&(isBe|isHas|isAfter) != 0 && n[k].word != "in" && n[k].word != "s" {
			return false
		}
	}
	return false
}

// runsOn finds "and is", "en heeft" in a sentence that begins with the person.
func (n noteTokens) runsOn(j int) bool {
	if j < 1 || n[j].apart {
		return false
	}
	switch n[j-1].word {
	case "and", "but", "en", "maar":
	default:
		return false
	}
	first := j
	for first > 0 && n[first-1].sentence == n[j].sentence {
		first--
	}
	if n[first].class&isThe != 0 {
		first++
	}
	return n[first].class&isWho != 0
}

// pointedAt tells whether the noun at i is pointed at as a person: "die W",
// "another W"; "the W" only where a sentence begins with it.
func (n noteTokens) pointedAt(i int, closing bool) bool {
	if closing && !n.closes(i) {
		return false
	}
	j := i
	for steps := 0; steps < 3 && j > 0 && !n[j].apart; steps++ {
		j--
		switch c := n[j].class; {
		case c&isThat != 0:
			return true
		case c&isThe != 0:
			return !closing && (n[j].apart || n.prev(j)&isHas != 0)
		case c&isFiller == 0 && n[j].entry == nil:
			return false
		}
	}
	return false
}

// goneTo finds "goes to the W", "hij gaat altijd naar de W".
func (n noteTokens) goneTo(i int) bool {
	to := false
	for j, steps := i, 0; steps < 5 && j > 0 && !n[j].apart; steps++ {
		j--
		switch c := n[j].class; {
		case c&isTo != 0:
			to = true
		case c&isGoes != 0:
			return to && (n.doneBy(j) || n[j].apart)
		case c&isWho != 0 && to && n.prev(j)&isGoes != 0:
			return true
		case c&(isThe|isFiller|isOwn|isThat) == 0 && (c != 0 || !to):
			return false // a day may stand before "to"
		}
	}
	return false
}

// verbBefore finds a verb of a class before i, with one small word between at
// most: "is", "is ook"; i for none.
func (n noteTokens) verbBefore(i int, verb wordClass) int {
	switch {
	case n.prev(i)&verb != 0:
		return i - 1
	case n.prev(i)&isFiller != 0 && n.prev(i-1)&verb != 0:
		return i - 2
	}
	return i
}

// actedOn finds "committed W", "suspected of W", "pleegt W" of a person.
func (n noteTokens) actedOn(i int) bool {
	if !n.sentenceHas(i, isWho) {
		return false
	}
	for j, steps := i, 0; steps < 3 && j > 0 && !n[j].apart; steps++ {
		j--
		switch w := n[j].word; {
		case n[j].class&isAct == 0:
		case w[0] == 's' || w[0] == 'v': // suspected, verdacht
			return n[i-1].word == "of" || n[i-1].word == "van"
		default:
			return true
		}
	}
	return n.next(i)&isAct != 0 && n[i+1].word[0] != 'v' && n[i+1].word[0] != 's'
}

// sentenceHas tells whether a word of the class stands in the sentence of i.
func (n noteTokens) sentenceHas(i int, class wordClass) bool {
	return n.inSentence(i, func(t *noteToken) bool { return t.class&class != 0 })
}

// sentenceHolds tells whether one of the words stands in the sentence of i.
func (n noteTokens) sentenceHolds(i int, words []string) bool {
	if len(words) == 0 {
		return false
	}
	return n.inSentence(i, func(t *noteToken) bool {
		for _, w := range words {
			if t.word == w {
				return true
			}
		}
		return false
	})
}

// reach is how far from a word its sentence is read, in words: it keeps the
// check of a text without full stops linear.
const reach = 40

// inSentence tells whether a word near i in its sentence, i left out, is so.
func (n noteTokens) inSentence(i int, is func(*noteToken) bool) bool {
	for j := i - 1; j >= 0 && j >= i-reach && n[j].sentence == n[i].sentence; j-- {
		if is(&n[j]) {
			return true
		}
	}
	for j := i + 1; j < len(n) && j <= i+reach && n[j].sentence == n[i].sentence; j++ {
		if is(&n[j]) {
			return true
		}
	}
	return false
}
