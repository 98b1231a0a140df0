package store

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"pasvorm/model"
	"pasvorm/store/search"
)

// Bounds of a line that shows where words stand.
const (
	saidReach   = 1000 // contacts looked into for one customer, the newest first
	lineColumns = 60   // width of the line
	lineBefore  = 20   // of that, at most before the word when as much follows
	lineRunes   = 240  // signs of no width do not make it longer than this
)

// saidText is a text that may be shown, and how well it fits.
type saidText struct {
	at    model.Stamp
	text  string
	score int
	first string // the word that comes first in it
}

// better reports whether a text is to be shown rather than another: it has more
// of the words, or as many and is newer.
func (s *saidText) better(than *saidText) bool {
	return s.score > than.score || s.score == than.score && s.score > 0 && s.at > than.at
}

// saidWhere gives the newest text about a customer that has every word, the last
// as the beginning of one, as a line of some 60 columns around the first of
// them. Where no text has all, it is one that has most; "" when none has any.
// The card has no date and counts as the oldest.
func (v *view) saidWhere(id model.ID, words []string) (string, error) {
	q := saidOf(words)
	if q.empty() {
		return "", nil
	}
	best := &saidText{}
	consider := func(at model.Stamp, texts []string) {
		for _, text := range texts {
			s := &saidText{at: at, text: text}
			if s.score, s.first = q.score(text); s.better(best) {
				best = s
			}
		}
	}
	c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id))
	if err != nil {
		return "", err
	}
	if c != nil {
		consider(-1, cardTexts(c))
	}
	for _, t := range textTables {
		if t == model.TableContact {
			continue
		}
		records, err := v.r.Scan(model.TableKey(t, id))
		if err != nil {
			return "", err
		}
		for _, rec := range records {
			consider(writtenAt(rec), textsOf(rec))
		}
	}
	n := 0
	walkBack(v.der, spaceTimeline, id[:], func(k, _ []byte) bool {
		if len(k) < len(id)+8+16 {
			return true
		}
		at := model.Stamp(binary.BigEndian.Uint64(k[len(id):])) //nolint:gosec // as it was written
		if n++; n > saidReach || best.score == q.most() && best.at >= at {
			return false
		}
		var told []string
		told, err = v.told(id, k)
		consider(at, told)
		return err == nil
	})
	if err != nil || best.score == 0 {
		return "", err
	}
	return lineAround(best.text, best.first), nil
}

// told reads the texts of a contact at a place in the timeline, and nothing else
// of it.
func (v *view) told(id model.ID, place []byte) ([]string, error) {
	key := model.ContactKey(id, model.ID(place[len(place)-16:]))
	value, _ := v.tx.Get([]byte(key))
	if value == nil {
		return nil, nil
	}
	var c struct {
		Story   string `cbor:"8,keyasint"` // as in model.Contact
		Missing string `cbor:"21,keyasint"`
	}
	if err := unsealBy(cborPart, string(key), value, &c); err != nil {
		return nil, err
	}
	return []string{c.Story, c.Missing}, nil
}

// writtenAt gives the moment at which a text was written.
func writtenAt(rec model.Record) model.Stamp {
	ruled := func(r *model.Ruling, at model.Stamp) model.Stamp {
		if r != nil {
			return r.At
		}
		return at
	}
	switch r := rec.(type) {
	case *model.Sighting:
		return r.At
	case *model.Promise:
		return r.At
	case *model.Exception:
		return r.At
	case *model.Terms:
		return r.At
	case *model.Survey:
		return r.At
	case *model.Hurt:
		return ruled(r.Told, r.At)
	case *model.Lesson:
		return r.At
	case *model.Banner:
		return r.At
	}
	return 0
}

// lineAround cuts a text to a line around the first place at which a folded word
// stands. White space is one space; what was left out is an ellipsis.
func lineAround(text, word string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	at := wordAt(runes, word)
	room := lineColumns - 2 // before the word, when the rest of the text does not need it
	for i := at; i < len(runes) && room > lineBefore; i++ {
		room -= columnsOf(runes[i])
	}
	from := at
	for before := 0; from > 0 && at-from < lineRunes/2; from-- {
		if before += columnsOf(runes[from-1]); before > max(room, lineBefore) {
			break
		}
	}
	if from > 0 && runes[from-1] != ' ' { // begin with a word, where there is one
		if i := slices.Index(runes[from:at], ' '); i >= 0 {
			from += i + 1
		}
	}
	to := from
	for wide := one(from > 0); to < len(runes) && to-from < lineRunes; to++ {
		if wide += columnsOf(runes[to]); wide >= lineColumns { // a column is left for the ellipsis
			break
		}
	}
	out := strings.TrimSpace(string(runes[from:to]))
	if from > 0 {
		out = "…" + out
	}
	if to < len(runes) {
		out += "…"
	}
	return out
}

// wordAt finds the first run of letters that folds to a word; 0 when there is
// none.
func wordAt(runes []rune, word string) int {
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && inWord(runes[end]) {
			end++
		}
		if end == i {
			i++
			continue
		}
		for _, w := range strings.Fields(search.Fold(string(runes[i:end]))) {
			if cutWord(w) == word {
				return i
			}
		}
		i = end
	}
	return 0
}

// inWord tells the signs that [search.Fold] does not part words at.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || strings.ContainsRune("'’`", r)
}

// columnsOf is the width of a sign on a terminal.
func columnsOf(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
