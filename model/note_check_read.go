package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// noteToken is one word of a note.
type noteToken struct {
	from, to int    // bytes in the text
	word     string // folded
	class    wordClass
	entry    *noteEntry // of the word lists, nil for most words
	apart    bool       // punctuation stands between this word and the one before
	sentence int        // number of the sentence
}

type noteTokens []noteToken

// readNote splits a text into words. A word is a run of letters with the marks
// and the signs without width between them.
func readNote(text string) noteTokens {
	out := make(noteTokens, 0, len(text)/4+1)
	folded := make([]byte, 0, len(text)+8)
	starts := make([]int, 0, len(text)/4+2) // in folded
	apart, sentence := true, 0
	pieceEnd, skipTo := 0, 0 // of the piece without blanks; the same if it is an address
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) {
			switch end, pause := pauseAt(text, i, r, size); {
			case end:
				apart = true
				sentence++
			case pause:
				apart = true
			}
			i += size
			continue
		}
		if i >= pieceEnd {
			pieceEnd = blankAfter(text, i)
			if skipTo = 0; isAddress(text[i:pieceEnd]) {
				skipTo = pieceEnd
			}
		}
		t := noteToken{from: i, apart: apart, sentence: sentence}
		starts = append(starts, len(folded))
		i, t.to, folded = foldWord(folded, text, i)
		if i <= skipTo {
			// Part of an address: a word that means nothing here.
			folded = folded[:starts[len(starts)-1]]
		}
		out = append(out, t)
		apart = false
	}
	all := string(folded)
	starts = append(starts, len(all))
	for i := range out {
		t := &out[i]
		t.word = all[starts[i]:starts[i+1]]
		t.class = wordClasses[t.word]
		t.entry = noteEntryOf(t.word)
	}
	out.joinTitles(text)
	return out
}

// joinTitles mends what a point behind a title broke: "dhr." ends no sentence.
func (n noteTokens) joinTitles(text string) {
	fewer := 0
	for i := 1; i < len(n); i++ {
		n[i].sentence -= fewer
		if p := n[i-1]; n[i].apart && p.class&isTitle != 0 && text[p.to:n[i].from] == ". " {
			fewer += n[i].sentence - p.sentence
			n[i].apart, n[i].sentence = false, p.sentence
		}
	}
}

// foldWord appends the word that begins at i, folded, and gives where it was
// read up to and where its last letter or mark ends.
func foldWord(folded []byte, text string, i int) (next, to int, out []byte) {
	to = i
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if c |= 0x20; c < 'a' || c > 'z' {
				return i, to, folded
			}
			folded = append(folded, c)
			i++
			to = i
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r):
			folded = foldLetter(folded, r)
		case unicode.Is(unicode.M, r): // accents that stand apart from their letter
		case unicode.Is(unicode.Cf, r):
			i += size
			continue
		default:
			return i, to, folded
		}
		i += size
		to = i
	}
	return i, to, folded
}

// pauseAt tells whether a sign that is no letter ends a sentence or makes a
// pause in it. Blanks, hyphens, quotes and apostrophes do neither.
func pauseAt(text string, i int, r rune, size int) (end, pause bool) {
	switch r {
	case ' ', '\t', '-', '\'', '"', '`', '’', '‘', '“', '”', '„', '«', '»', '*', '_', '\u00a0', '\u2010', '\u2011':
		return false, false
	case '.':
		// A point within a number or a name of a file ends nothing.
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		return i+size == len(text) || unicode.IsSpace(next) || !unicode.IsLetter(next) && !unicode.IsDigit(next), true
	case '!', '?', ';', '\n', '\r', '\u2028', '\u2029', '…':
		return true, true
	}
	return false, !unicode.In(r, unicode.Cf, unicode.M) && !unicode.IsDigit(r)
}

// blankAfter gives where the piece of text without blanks that holds i ends.
func blankAfter(text string, i int) int {
	for ; i < len(text); i++ {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
			return i
		}
	}
	return i
}

// domains end the names of hosts that occur in notes.
var domains = []string{".nl", ".be", ".com", ".org", ".net", ".eu", ".de", ".uk", ".info"}

// isAddress tells whether a piece without blanks is an address of mail or web.
func isAddress(piece string) bool {
	if strings.IndexByte(piece, '@') < 0 && strings.IndexByte(piece, '.') < 0 && strings.IndexByte(piece, ':') < 0 {
		return false // like nearly every word
	}
	if strings.IndexByte(piece, '@') > 0 || strings.Contains(piece, "://") {
		return true
	}
	if len(piece) > 4 && strings.EqualFold(piece[:4], "www.") {
		return true
	}
	host, _, _ := strings.Cut(strings.TrimRight(piece, `.,;:!?)"'`), "/")
	for _, d := range domains {
		if len(host) > len(d) && strings.EqualFold(host[len(host)-len(d):], d) {
			return true
		}
	}
	return false
}

// foldLetter appends a letter beyond ASCII: small, without its mark, a ligature
// as its letters, a full-width letter as the common one.
func foldLetter(b []byte, r rune) []byte {
	// By way of the capital, for some small letters share one: ı and i, ſ and s.
	r = unicode.ToLower(unicode.ToUpper(r))
	switch {
	case r < utf8.RuneSelf:
		return append(b, byte(r))
	case r >= 'ａ' && r <= 'ｚ':
		return append(b, byte(r-'ａ')+'a')
	case r >= '\u00df' && r <= '\u017f':
		if s := latinFold[r-'\u00df']; s != "" {
			return append(b, s...)
		}
	}
	return utf8.AppendRune(b, r)
}

// latinFold holds the plain letters for the small letters with marks of the
// blocks Latin-1 Supplement and Latin Extended-A of Unicode, from U+00DF on.
var latinFold = func() (table [0x0180 - 0x00df]string) {
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăą", "ae": "æ", "c": "çćĉċč", "d": "ðďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
		"i": "ìíîïĩīĭį", "ij": "ĳ", "j": "ĵ", "k": "ķĸ", "l": "ĺļľŀł", "n": "ñńņňŉŋ", "o": "òóôõöøōŏő", "oe": "œ",
		"r": "ŕŗř", "s": "śŝşš", "ss": "ß", "t": "ţťŧ", "th": "þ", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range marked {
			table[r-'\u00df'] = plain
		}
	}
	return table
}()
