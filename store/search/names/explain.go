package names

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/store/search"
)

// Explain says why a customer fits a text: which stretches of the name, as it is
// shown, were found, by which typed words and how; and whether the town or the
// postcode was typed. It reads the text as a search does, the name alone.
func Explain(name, town, postcode, text string) []model.Match {
	words := parse(nil, text)
	if len(words) == 0 {
		return nil
	}
	e := explainers.Get().(*explainer)
	defer explainers.Put(e)
	e.words, e.shown, e.out = words, shownTokens(name), nil
	e.shown = e.shown[:min(len(e.shown), maxTokens)]
	e.town = unspaced(search.Fold(town))
	e.aliases = townAliases(e.town, false)
	e.fill()
	best, _ := e.k.match(0)
	mask, where := uint16(0), model.FoundTown
	for _, from := range [...]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9} {
		for to := from + 1; to <= min(from+4, len(words)); to++ {
			if from > 0 && to < len(words) || to-from == len(words) {
				continue
			}
			w, field := e.place(words[from:to], postcode)
			if w == farther {
				continue
			}
			m := uint16(1<<(to-from)-1) << from
			if c, _ := e.k.match(m); c+int(w) < best {
				best, mask, where = c+int(w), m, field
			}
		}
	}
	e.k.match(mask)
	e.matches(mask)
	if mask != 0 {
		e.out = append(e.out, model.Match{Field: where, Kind: model.MatchExact, Typed: maskedText(words, mask)})
	}
	return e.out
}

func maskedText(words []typed, mask uint16) string {
	var list []string
	for i := range words {
		if mask>>i&1 != 0 {
			list = append(list, strings.ReplaceAll(words[i].text, ".", " "))
		}
	}
	return strings.Join(list, " ")
}

// shown is a token of a name with the places of its letters in the name as it is
// shown.
type shown struct {
	text string
	from []int // of each byte of text: where its letter begins
	to   []int // and where it ends
}

// explainers are kept for reuse: they are some thousands of bytes, and a screen
// explains every row it shows.
var explainers = sync.Pool{New: func() any { return &explainer{} }}

// explainer matches one name.
type explainer struct {
	town    string // without spaces
	aliases []string
	words   []typed
	shown   []shown
	k       scorer
	s       searcher
	out     []model.Match
}

const lowerLetters = "abcdefghijklmnopqrstuvwxyz"

// shownTokens takes a name apart as tokens does its folded form.
func shownTokens(name string) []shown {
	words := make([]shown, 0, 8)
	letters := make([]byte, 0, len(name)+4)
	from, to := make([]int, 0, len(name)+4), make([]int, 0, len(name)+4) // of each letter
	first, open := 0, false
	finish := func() {
		if open {
			n := len(letters)
			words = append(words, shown{text: string(letters[first:n]), from: from[first:n:n], to: to[first:n:n]})
			first = n
		}
		open = false
	}
	for at, r := range name {
		end := at + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = at + 1
		}
		var folded string
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			folded = name[at:end]
		case r >= 'A' && r <= 'Z':
			folded = lowerLetters[r-'A' : r-'A'+1]
		case r >= utf8.RuneSelf:
			folded = search.Fold(name[at:end])
		}
		switch {
		case folded != "":
			for i := range len(folded) {
				if folded[i] != ' ' {
					letters, from, to, open = append(letters, folded[i]), append(from, at), append(to, end), true
				}
			}
		case r == '\'' || r == '’' || r == '`' || unicode.Is(unicode.Mn, r):
		default:
			finish()
		}
	}
	finish()
	out := words[:0]
	run := false
	for _, w := range words {
		single := len(w.text) == 1 && isLetter(w.text[0])
		if single && run {
			last := &out[len(out)-1]
			last.text += "." + w.text
			last.from = append(last.from, w.from[0], w.from[0])
			last.to = append(last.to, w.to[0], w.to[0])
		} else {
			out = append(out, w)
		}
		run = single
	}
	return out
}

// fill weighs every typed word against every token.
func (e *explainer) fill() {
	e.k.words, e.k.m = e.words, len(e.shown)
	for j := range e.shown {
		w := &e.shown[j]
		e.k.class[j], e.k.begin[j] = classOf(w.text), w.text[0]
		for i := range e.words {
			q := &e.words[i]
			c := min(e.s.weighWord(q, []byte(w.text)), initialCost(q, []byte(w.text), e.k.class[j]))
			for _, v := range variants(q.text) {
				if v == w.text {
					c = min(c, costVariant)
				}
			}
			e.k.c[i][j] = c
		}
	}
}

// place weighs typed words as the town or the postcode.
func (e *explainer) place(words []typed, postcode string) (uint8, model.MatchField) {
	text, last := glue(words), words[len(words)-1]
	if c, ok := readCode(text); ok && len(words) <= 2 {
		if code, ok := packPostcode(foldPostcode(postcode)); ok && c.fits(code) {
			return 0, model.FoundPostcode
		}
	}
	if len(text) < 3 || e.town == "" {
		return farther, ""
	}
	for _, a := range e.aliases {
		if a == text || last.prefix && len(text) >= minAlias && strings.HasPrefix(a, text) {
			return costAlias, model.FoundTown
		}
	}
	limit := townReach(len(text))
	whole, begun, _ := e.s.weigh.both(text, e.town, limit)
	return townCost(&typed{glued: text, prefix: last.prefix}, whole, begun, limit), model.FoundTown
}

// matches gives the stretches of the name that explain the typed words.
func (e *explainer) matches(mask uint16) {
	for i := range e.words {
		if mask>>i&1 != 0 {
			continue
		}
		q := &e.words[i]
		j := int(e.k.row[i])
		if (j < 0 || e.k.c[i][j] > 6) && e.glued(q) || j < 0 {
			continue
		}
		w := &e.shown[j]
		kind, letters := e.kind(q, w, e.k.c[i][j])
		typed := strings.ReplaceAll(q.text, ".", " ")
		if kind == model.MatchInitial && len(q.glued) > 1 && len(w.text) > 1 && w.text[1] != '.' {
			for d := 0; d < len(q.glued) && j+d < len(e.shown); d++ { // jp for Jan Peter
				if v := &e.shown[j+d]; v.text[0] == q.glued[d] {
					e.add(kind, q.glued[d:d+1], v, 0, 1)
				}
			}
			continue
		}
		e.add(kind, typed, w, 0, letters)
	}
}

func (e *explainer) add(kind model.MatchKind, typed string, w *shown, from, to int) {
	to = min(max(to, from+1), len(w.text))
	e.out = append(e.out, model.Match{Field: model.FoundName, Kind: kind, From: w.from[from], To: w.to[to-1], Typed: typed})
}

// kind says how a typed word fits a token, and how many of its letters.
func (e *explainer) kind(q *typed, w *shown, cost uint8) (kind model.MatchKind, letters int) {
	n := len(w.text)
	switch {
	case q.text == w.text || q.glued == strings.ReplaceAll(w.text, ".", ""):
		return model.MatchExact, n
	case q.prefix && strings.HasPrefix(w.text, q.text):
		return model.MatchBeginning, len(q.text)
	case isInitials(q.text) || isInitials(w.text) || cost == farther:
		return model.MatchInitial, 1
	case initialCost(q, []byte(w.text), classOf(w.text)) < farther && cost >= initialCost(q, []byte(w.text), classOf(w.text)):
		return model.MatchInitial, 1
	}
	for _, v := range variants(q.text) {
		if v == w.text && cost == costVariant {
			return model.MatchVariant, n
		}
	}
	limit := reach(len(q.glued))
	whole, begin, far := e.s.weigh.both(q.text, w.text, limit)
	letters = n
	if q.prefix && begin < whole {
		letters = far
	}
	key := string(soundKey(nil, q.glued))
	if key == string(soundKey(nil, w.text[:letters])) {
		return model.MatchSound, letters
	}
	return model.MatchSlip, letters
}

// glued tries a typed word as several tokens in a row, and notes them.
func (e *explainer) glued(q *typed) bool {
	best, bj, bn := uint8(farther), 0, 0
	for j := range e.shown {
		text := e.shown[j].text
		for n := 2; n <= 4 && j+n <= len(e.shown); n++ {
			text += e.shown[j+n-1].text
			if c := e.s.weighWord(q, []byte(text)); c < best {
				best, bj, bn = c, j, n
			}
		}
	}
	if best > 12 {
		return false
	}
	for j := bj; j < bj+bn; j++ {
		e.add(model.MatchGlued, q.text, &e.shown[j], 0, len(e.shown[j].text))
	}
	return true
}
