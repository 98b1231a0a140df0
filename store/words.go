package store

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// Spaces of the words that stand in texts about customers. The keys of both are
// the folded word, NUL, customer. The words of cards have a space of their own,
// so that an import fills it, and is taken out of it, as with every other index
// of customers, whatever else is written about them.
const (
	spaceWords = engine.Space("words") // word of any text beside the card → how many texts have it
	spaceCard  = engine.Space("card")  // word of the card
)

// What of a text is kept as words.
const (
	minWord  = 3   // letters and digits; a shorter word tells nothing
	maxWord  = 32  // bytes; a longer word is found by its beginning
	maxWords = 200 // different words of one text
)

// cutWord bounds a word in bytes.
func cutWord(w string) string {
	if len(w) <= maxWord {
		return w
	}
	n := maxWord
	for n > 0 && !utf8.RuneStart(w[n]) {
		n--
	}
	return w[:n]
}

// telling reports whether a folded word is long enough to be kept, and none of
// those that stand in every text.
func telling(w string) bool {
	return len(w) >= minWord && utf8.RuneCountInString(w) >= minWord && !stopWords[w]
}

// addWords appends the words of a text that out does not have yet, at most
// maxWords of them. They hold no NUL.
func addWords(out []string, text string) []string {
	if text == "" {
		return out
	}
	first := len(out)
	for w := range strings.SplitSeq(search.Fold(text), " ") {
		if !telling(w) {
			continue
		}
		if w = cutWord(w); slices.Contains(out, w) {
			continue
		}
		if out = append(out, w); len(out)-first == maxWords {
			break
		}
	}
	return out
}

// cardTexts are the free texts of a card; names, numbers and addresses are found
// by themselves.
func cardTexts(c *model.Customer) []string {
	return []string{c.Note, c.Preferences, c.Expectations, c.Drives, c.Channel, c.Tone, c.Helps, c.Hinders,
		c.Level, c.Channels, c.Response, c.Notice}
}

// cardWords appends every word of a card to out, once.
func cardWords(out []string, c *model.Customer) []string {
	if c == nil {
		return out
	}
	for _, text := range cardTexts(c) {
		out = addWords(out, text)
	}
	return out
}

// textsOf gives the texts of a record that are about one customer, beside the
// card. What was withdrawn has none, and neither has a sighting while it is
// contested: nobody is to be found by what may not be so.
func textsOf(rec model.Record) []string {
	switch r := rec.(type) {
	case *model.Contact:
		if r.Stands() {
			return []string{r.Story, r.Missing}
		}
	case *model.Sighting:
		if r.Withdrawn == nil && !r.Frozen() {
			return []string{r.Words}
		}
	case *model.Promise:
		return []string{r.Words, rulingWords(r.Closed)}
	case *model.Exception:
		if r.Withdrawn == nil {
			return []string{r.Words, r.Reason}
		}
	case *model.Terms:
		if r.Withdrawn == nil {
			return []string{r.Words, rulingWords(r.Answered)}
		}
	case *model.Survey:
		if r.Withdrawn == nil {
			return []string{r.Describe, r.Better}
		}
	case *model.Hurt:
		return []string{rulingWords(r.Told)}
	case *model.Lesson:
		return []string{r.Words}
	case *model.Banner:
		return []string{r.Words}
	}
	return nil
}

func rulingWords(r *model.Ruling) string {
	if r == nil {
		return ""
	}
	return r.Reason
}

// textTables are the tables of which textsOf gives texts.
var textTables = []model.Table{model.TableContact, model.TableSighting, model.TablePromise, model.TableException, model.TableTerms,
	model.TableSurvey, model.TableHurt, model.TableLesson, model.TableBanner}

// wordKey appends the key of a word of a customer.
func wordKey(k []byte, word string, id model.ID) []byte {
	return append(append(append(k, word...), 0), id[:]...)
}

// wordCounts gathers how many texts more, or fewer, have a word of a customer,
// so that each place is read and written once. The first byte of a key tells the
// space.
type wordCounts struct {
	n    map[string]int
	runs *wordRuns // where the counts go in a rebuild; nil otherwise
	key  []byte
	list []string
}

// First bytes of such keys, in the order in which a rebuild writes the spaces.
const (
	inCard  = 'c'
	inTexts = 't'
)

// maxCounted is how many places are gathered before they are written.
const maxCounted = 100_000

func (w *wordCounts) count(space byte, words []string, id model.ID, by int) {
	if w.n == nil {
		w.n = map[string]int{}
	}
	for _, word := range words {
		w.key = wordKey(append(w.key[:0], space), word, id)
		w.n[string(w.key)] += by
	}
}

// texts counts the words of a record's texts.
func (w *wordCounts) texts(rec model.Record, by int) {
	for _, text := range textsOf(rec) {
		if w.list = addWords(w.list[:0], text); len(w.list) > 0 {
			w.count(inTexts, w.list, rec.Key().Customer(), by)
		}
	}
}

// card counts the words of a card.
func (w *wordCounts) card(c *model.Customer, by int) {
	if w.list = cardWords(w.list[:0], c); len(w.list) > 0 {
		w.count(inCard, w.list, c.ID, by)
	}
}

// full writes what was gathered when it is much.
func (w *wordCounts) full(tx engine.DerivedTx) error {
	if len(w.n) < maxCounted {
		return nil
	}
	return w.flush(tx)
}

// flush adds what was gathered to what stands, in key order.
func (w *wordCounts) flush(tx engine.DerivedTx) error {
	changed := w.n
	w.n = nil
	if w.runs != nil {
		return w.runs.add(changed)
	}
	for _, k := range slices.Sorted(maps.Keys(changed)) {
		if by := changed[k]; by != 0 {
			if err := recountWord(tx, k[0], []byte(k[1:]), by); err != nil {
				return err
			}
		}
	}
	return nil
}

// recountWord moves the count of one word of one customer. A word that no text
// has any more goes.
func recountWord(tx engine.DerivedTx, space byte, key []byte, by int) error {
	switch {
	case space == inCard && by > 0:
		return tx.Store(spaceCard, key, nothing)
	case space == inCard:
		return tx.Erase(spaceCard, key)
	}
	n, _ := wordCount(tx.Load(spaceWords, key)) // one that is damaged counts as none; the doctor names it
	if n += by; n <= 0 {
		return tx.Erase(spaceWords, key)
	}
	return tx.Store(spaceWords, key, sealCount(n))
}

func sealCount(n int) []byte { return binary.AppendUvarint(nil, uint64(n)) } //nolint:gosec // above 0

// wordCount reads what sealCount wrote; false when it is damaged, or not there.
func wordCount(v []byte) (int, bool) {
	n, size := binary.Uvarint(v)
	if size <= 0 || size != len(v) || n == 0 || n > 1<<40 {
		return 0, false
	}
	return int(n), true //nolint:gosec // see above
}
