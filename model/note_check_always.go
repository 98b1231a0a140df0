package model

// always finds complaining in general at the word i: "they always complain",
// "klaagt altijd", "is nooit tevreden", "zeurt weer". An adverb alone is fine
// ("always calls after four"), and so is what never happens ("never complains").
// It gives the first and the last word of what was found.
func (n noteTokens) always(i int) (from, to int, ok bool) {
	switch c := n[i].class; {
	case c&isEver != 0:
		if n.prev(i)&isNot != 0 || n.prev(i)&isMay != 0 || n.next(i)&isMay != 0 {
			return 0, 0, false
		}
		return n.ever(i)
	case c&isNever != 0:
		return n.never(i)
	case c&isAgain != 0:
		return n.again(i)
	case c&isGrumble != 0:
		return i, i, true
	case c&isKeeps != 0:
		if at := n.ahead(i, 2, isMoan, isFiller|isLink); at > 0 && n.prev(i)&isMay == 0 {
			return i, at, true
		}
		return 0, 0, false
	}
	switch n[i].word {
	case "zoals", "as", "per":
		return n.usual(i)
	case "zoveelste", "umpteenth":
		for j, steps := i, 0; steps < 4 && j > 0 && !n[j].apart; steps++ {
			if j--; n[j].class&isCall != 0 {
				return j, i, true
			}
		}
	case "nothing", "niets", "alleen":
		if w := n.word(i + 1); w == "but" || w == "dan" || w == "maar" {
			at := n.ahead(i+1, 2, isMoan|isComplain, isFiller)
			return i, at, at > 0
		}
	}
	return 0, 0, false
}

// ahead finds a word of a class at most so many words behind i, with nothing but
// words of the other classes between; 0 for none.
func (n noteTokens) ahead(i, most int, class, between wordClass) int {
	for j := i + 1; j <= i+most && j < len(n) && !n[j].apart; j++ {
		if n[j].class&class != 0 {
			return j
		}
		if n[j].class&between == 0 {
			return 0
		}
	}
	return 0
}

// moanBefore finds a verb of complaining before the adverb at i: "klaagt echt
// altijd", "zeurt hij weer"; -1 for none.
func (n noteTokens) moanBefore(i int) int {
	switch {
	case n.prev(i)&isMoan != 0:
		return i - 1
	case n.prev(i)&isFiller != 0 && n.prev(i-1)&isMoan != 0:
		return i - 2
	case n.prev(i)&isWho != 0 && n.prev(i-1)&isMoan != 0 && n.closes(i):
		return i - 2
	}
	return -1
}

// ever looks round "always" at i.
func (n noteTokens) ever(i int) (from, to int, ok bool) {
	if at := n.moanBefore(i); at >= 0 {
		return at, i, true
	}
	if at := n.ahead(i, 4, isMoan, isFiller|isLink|isWho); at > 0 {
		return i, at, true
	}
	first := n.verbBefore(i, isBe|isHas)
	ofPerson := first < i && (n.doneBy(first) || n[first].apart || n.runsOn(first)) || n.prev(i)&isWho != 0 || n[i].apart
	// "Steeds" before an adjective says by and by.
	if at := n.ahead(i, 3, isSour, isFiller|isBe); at > 0 && ofPerson && n[i].word != "steeds" && n.next(at)&isArranged == 0 {
		return first, at, true
	}
	if at := n.ahead(i, 2, isComplain, isHas); at > 0 && ofPerson && (first < i || n.next(i)&isHas != 0) {
		return first, at, true
	}
	switch w := n.word(i + 1); {
	case (w == "wat" || w == "something") && n.prev(i)&isBe != 0 && (i+2 >= len(n) || n[i+2].apart):
		return i - 1, i + 1, true
	case w == "the" && n.word(i+2) == "same" && isStory(n.word(i+3)):
		return i, i + 3, true
	case w == "hetzelfde" && isStory(n.word(i+2)):
		return i, i + 2, true
	case w == "pays" && n.word(i+2) == "late":
		return i, i + 2, true
	case w == "te" && n.word(i+2) == "laat" && i > 0 && !n[i].apart && n[i-1].word == "betaalt":
		return i - 1, i + 2, true
	}
	return 0, 0, false
}

func isStory(w string) bool {
	switch w {
	case "story", "song", "drama", "liedje", "verhaal", "gedoe", "lied":
		return true
	}
	return false
}

// never looks round "never" at i: "is nooit tevreden", "never stops complaining".
func (n noteTokens) never(i int) (from, to int, ok bool) {
	first := n.verbBefore(i, isBe)
	if at := n.ahead(i, 3, isPleased, isFiller|isLink|isBe|isEnough); at > 0 && !n.spokenByUs(i) {
		return first, at, true
	}
	if at := n.ahead(i, 2, isEnough, isEnough|isFiller); at > 0 && first < i && n.aboutAll(first) && (n.closes(at) || n.next(at)&isEnough != 0) {
		if n.next(at)&isEnough != 0 {
			at++
		}
		return first, at, true
	}
	if at := n.ahead(i, 2, isStop, isFiller); at > 0 {
		if moan := n.ahead(at, 3, isMoan, isFiller|isLink); moan > 0 {
			return i, moan, true
		}
	}
	if n.word(i+1) == "pays" && n.closes(i+1) {
		return i, i + 1, true
	}
	if i > 0 && !n[i].apart && n[i-1].word == "betaalt" && n.closes(i) {
		return i - 1, i, true
	}
	return 0, 0, false
}

// spokenByUs tells whether "we", "I" stand shortly before i: what the customer
// tells of own experience.
func (n noteTokens) spokenByUs(i int) bool {
	for j, steps := i, 0; steps < 4 && j > 0 && !n[j].apart; steps++ {
		if j--; n[j].class&isWe != 0 {
			return true
		}
	}
	return n.next(i)&isWe != 0
}

// aboutAll tells whether the verb at i is said of the person or of everything:
// "it is never good enough".
func (n noteTokens) aboutAll(i int) bool {
	if n[i].apart || n.doneBy(i) {
		return true
	}
	return i > 0 && (n[i-1].word == "it" || n[i-1].word == "het")
}

// again looks round "again" at i: next to the verb only, for that somebody called
// again to complain is a fact with a date.
func (n noteTokens) again(i int) (from, to int, ok bool) {
	if at := n.moanBefore(i); at >= 0 && !isPast(n[at].word) {
		return at, i, true
	}
	if at := n.ahead(i, 1, isMoan, 0); at > 0 && !isPast(n[at].word) {
		return i, at, true
	}
	if n.word(i+1) == "aan" && n.word(i+2) == "het" && n.next(i+2)&isMoan != 0 {
		return i, i + 3, true
	}
	return 0, 0, false
}

func isPast(w string) bool { return w == "complained" || w == "klaagde" }

// usual finds "as usual", "zoals gewoonlijk" in a sentence that complains.
func (n noteTokens) usual(i int) (from, to int, ok bool) {
	switch n.word(i + 1) {
	case "usual", "always", "gewoonlijk", "altijd":
	default:
		return 0, 0, false
	}
	sour := n.sentenceHas(i, isMoan|isSour|isAgain|isGrumble) ||
		n.sentenceHas(i, isNot|isNever) && n.sentenceHas(i, isPleased|isEnough)
	return i, i + 1, sour
}
