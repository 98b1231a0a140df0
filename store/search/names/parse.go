package names

import (
	"strings"

	"pasvorm/store/search"
)

// Bounds of a search.
const (
	maxTyped  = 10 // words typed; further ones do not count
	maxTokens = 12 // words of a name; further ones do not count
)

// typed is a word as typed.
type typed struct {
	text   string // with points between single letters: see tokens
	glued  string // the letters without points
	prefix bool   // may be half typed
	class  uint8
	miss   uint8 // weight of finding nothing for it
	wide   uint8 // further edits to look for it with
}

// Classes of words; an index keeps that of each of its words.
const (
	classInitials uint8 = 1 << iota
	classInfix
	classForm
)

func classOf(word string) (c uint8) {
	if isInitials(word) {
		c |= classInitials
	}
	if infixes[word] {
		c |= classInfix
	}
	if forms[word] {
		c |= classForm
	}
	return c
}

// parse takes a text apart.
func parse(out []typed, text string) []typed {
	folded := search.Fold(text)
	open := folded != "" && !strings.HasSuffix(text, " ")
	var buf [maxTyped]string
	words := tokens(buf[:0], folded)
	words = words[:min(len(words), maxTyped)]
	for i, w := range words {
		out = append(out, typedWord(w, open && i == len(words)-1))
	}
	return out
}

func typedWord(w string, prefix bool) typed {
	t := typed{text: w, glued: strings.ReplaceAll(w, ".", ""), prefix: prefix, class: classOf(w)}
	if len(t.text) > maxWord {
		t.text, t.glued = t.text[:maxWord], t.glued[:min(len(t.glued), maxWord)]
	}
	switch n := len(t.glued); {
	case t.class&(classInfix|classForm) != 0:
		t.miss = 4
	case n == 1:
		t.miss = 8
	case n == 2:
		t.miss = 11
	default:
		t.miss = uint8(min(12+2*n, 30)) // #nosec G115 -- at most 30
	}
	return t
}

// reach is the most weight of edits at which a typed word of n letters still
// means another word.
func reach(n int) uint8 {
	switch n {
	case 0, 1:
		return 0
	case 2:
		return 4
	case 3:
		return 12
	case 4:
		return 16
	case 5:
		return 20
	case 6:
		return 22
	case 7, 8:
		return 26
	}
	return 30
}

// edits is the most edits between the sound keys of a typed word and another.
func edits(letters, key int, prefix bool) uint8 {
	switch {
	case letters <= 2 || key <= 1:
		return 0
	case prefix && letters <= 3 || key <= 2:
		return 1
	case letters <= 4 || key <= 3 || prefix && key <= 4:
		return 1
	}
	return 2
}
