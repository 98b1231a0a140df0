package playbook

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"pasvorm/model"
)

// hiddenSign finds what may not stand in a text for a screen: line ends and
// other controls, marks of direction, signs without width, and a blank at
// either end (given as the blank itself).
func hiddenSign(s string) (sign string, found bool) {
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r == unicode.ReplacementChar {
			return string(r), true
		}
	}
	if s != strings.TrimSpace(s) {
		return " ", true
	}
	return "", false
}

// hiddenLineSign is hiddenSign for a text of several lines, in which line feeds
// may stand.
func hiddenLineSign(s string) (sign string, found bool) {
	for line := range strings.SplitSeq(s, "\n") {
		if sign, found = hiddenSign("x" + line + "x"); found {
			return sign, true
		}
	}
	if s != strings.TrimSpace(s) {
		return " ", true
	}
	return "", false
}

// sensitiveWords are the words a label may not hold, by the problem they make.
// The note check of the model keeps them, so that labels and notes go by one
// list; a word that ends in * stands for every word that begins so.
var sensitiveWords = []struct{ id, words string }{
	{ProblemWordCrime, model.LabelWords(model.NoteCrime)},
	{ProblemWordHealth, model.LabelWords(model.NoteHealth)},
	{ProblemWordBelief, model.LabelWords(model.NoteBelief)},
	{ProblemWordOrigin, model.LabelWords(model.NoteOrigin)},
}

// sensitiveWord is what one list says about one word.
type sensitiveWord struct {
	text   string
	prefix bool
	id     string
}

// sensitiveIndex holds the lists by first letter.
var sensitiveIndex = func() map[byte][]sensitiveWord {
	index := map[byte][]sensitiveWord{}
	for _, list := range sensitiveWords {
		for _, w := range strings.Fields(list.words) {
			text, prefix := strings.CutSuffix(w, "*")
			index[text[0]] = append(index[text[0]], sensitiveWord{text, prefix, list.id})
		}
	}
	return index
}()

// sensitive finds the first word in a text that suggests crime, health, belief
// or origin, with the id of the problem it makes (safety, Privacy: neutral
// labels in every output).
func sensitive(s string) (word, id string, found bool) {
	for _, w := range strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, bad := range sensitiveIndex[w[0]] {
			if w == bad.text || bad.prefix && strings.HasPrefix(w, bad.text) {
				return w, bad.id, true
			}
		}
	}
	return "", "", false
}

// fold makes a text small, without accents and hidden signs, so that a word is
// found however it is written.
func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}
