package slips

import "strings"

// swallow leaves a vowel and a letter beside it out of the inside of a long word.
func swallow(d *dice, w string) (string, bool) {
	if len(w) < 7 {
		return w, false
	}
	var at []int
	for i := 2; i < len(w)-2; i++ {
		if strings.IndexByte("aeiou", w[i]) >= 0 {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return w, false
	}
	i := pick(d, at)
	switch d.IntN(4) {
	case 0: // oosterhuis: oosthuis
		return w[:i] + w[i+2:], true
	case 1: // oosrhuis
		return w[:i-1] + w[i+1:], true
	}
	return w[:i] + w[i+1:], true // oostrhuis
}

// endLost leaves out one or two letters at the end.
func endLost(d *dice, w string) (string, bool) {
	if len(w) < 5 {
		return w, false
	}
	n := 1
	if len(w) >= 8 && d.oneIn(2) {
		n = 2
	}
	return w[:len(w)-n], true
}

func dropLetter(d *dice, w string) (string, bool) {
	if len(w) < 4 {
		return w, false
	}
	i := 1 + d.IntN(len(w)-1)
	return w[:i] + w[i+1:], true
}

// hurry doubles, drops, swaps or adds a letter.
func hurry(d *dice, w string) (string, bool) {
	i := d.IntN(len(w))
	switch d.IntN(5) {
	case 0:
		return w[:i+1] + w[i:], true
	case 1:
		return dropLetter(d, w)
	case 2:
		return w[:i] + string(letter(d)) + w[i:], true
	}
	if i+1 == len(w) || w[i] == w[i+1] {
		return w, false
	}
	return w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:], true
}

// firstLetter spoils the first letter, which no other slip needs to have near
// its own.
func firstLetter(d *dice, w string) (string, bool) {
	if len(w) < 5 {
		return w, false
	}
	switch d.IntN(5) {
	case 0:
		return w[1:], true
	case 1:
		return w[1:2] + w[:1] + w[2:], w[0] != w[1]
	case 2:
		return string(letter(d)) + w, true
	}
	l := letter(d)
	return string(l) + w[1:], l != rune(w[0])
}

func letter(d *dice) rune { return 'a' + rune(d.IntN(26)) }

// anySlip is one slip of a common sort.
func anySlip(d *dice, w string) (string, bool) {
	switch d.IntN(4) {
	case 0:
		return d.apply(w, line)
	case 1:
		return d.apply(w, vowel)
	case 2:
		return d.apply(w, qwerty)
	}
	return hurry(d, w)
}
