package store

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/names"
)

// Bounds of what words find. Nobody pages through more: a further letter or a
// condition narrows it down.
const (
	maxHeard  = 200  // names as heard
	maxAmong  = 2000 // the same, of which a condition leaves some
	maxDirect = 500  // customers of a number, mail address or postcode
	maxStory  = 100  // customers in whose stories the words stand

	maxLooked = 20_000 // customers of a condition on a phone number, mail address or story
)

// ranked is what words found, best first. It is kept so that paging through it
// does not search again.
type ranked struct {
	text   string
	rev    model.Rev
	gen    uint64
	keys   []string // class, cost, namesakes turned round, name, NUL, id: in the order of the list as texts
	same   map[model.ID]int
	all    bool // no name was left out for being too far from what was typed
	exact  bool // the first name was found to the letter
	capped bool
}

// Classes of what is found, in the order of the list.
const (
	byNumber = '0' // a number, mail address or postcode begins so
	byName   = '1'
	byStory  = '2'
)

// searching is one search: a snapshot, the indexes and the question.
type searching struct {
	s    *Session
	v    *view
	q    model.Query
	cond *columns.Cond
	x    *names.Live
	c    *columns.Live
	gen  uint64
}

// search runs f with a snapshot and the indexes; false when those are being made.
func (s *Session) search(ctx context.Context, wait bool, q model.Query, f func(*searching) error) (bool, error) {
	return s.book.finder.using(ctx, wait, nil, func(x *names.Live, c *columns.Live, gen uint64) error {
		return s.snapshot(func(v *view) error {
			on := &searching{s: s, v: v, q: q, x: x, c: c, gen: gen}
			ctx, err := s.condContext(v)
			if err != nil {
				return err
			}
			if on.cond, err = columns.Compile(q, ctx); err != nil {
				return err
			}
			return f(on)
		})
	})
}

// ranked gives what the words of the query find. heard is how many names are
// asked for; with all also those that are hardly like what was typed.
func (on *searching) ranked(heard int, all bool) (*ranked, error) {
	s, text := on.s, on.q.String()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keep()
	rev := model.Rev(on.v.tx.Rev())
	if r := s.ranked; r != nil && r.text == text && r.rev == rev && r.gen == on.gen && r.all == all && (heard <= len(r.keys) || !r.capped) {
		return r, nil
	}
	r := &ranked{text: text, rev: rev, gen: on.gen, all: all, same: map[model.ID]int{}}
	on.direct(r)
	if err := on.heard(r, heard); err != nil {
		return nil, err
	}
	if err := on.story(r); err != nil {
		return nil, err
	}
	slices.Sort(r.keys)
	s.ranked = r
	return r, nil
}

func (r *ranked) add(class byte, cost int, name string, id model.ID, same int) {
	if _, twice := r.same[id]; twice {
		return
	}
	r.same[id] = same
	k := append(make([]byte, 0, len(name)+24), class)
	k = binary.BigEndian.AppendUint32(k, uint32(max(0, cost)))  // #nosec G115 -- small
	k = binary.BigEndian.AppendUint32(k, ^uint32(max(0, same))) // #nosec G115 -- a count
	k = append(append(k, name...), 0)
	r.keys = append(r.keys, string(append(k, id[:]...)))
}

// direct finds by number, phone, mail address and postcode. Words without a
// digit or an @ are none of these, but for a number of letters alone.
func (on *searching) direct(r *ranked) {
	q := search.ParseDirect(on.q.Text)
	if q.Empty() {
		return
	}
	ids, more := q.Find(on.v.der, on.v.hidden, maxDirect)
	r.capped = r.capped || more
	for _, id := range ids {
		if on.meets(id) {
			r.add(byNumber, 0, "", id, 1)
		}
	}
}

// heard finds names. Identical names are one row; with conditions it is for
// those who meet them.
func (on *searching) heard(r *ranked, limit int) error {
	s := on.s
	if s.names == nil || s.namesGen != on.gen {
		s.names, s.namesGen = on.x.NewSession(), on.gen
	}
	all := on.cond.Empty()
	if !all {
		limit = max(limit, maxAmong)
	}
	hits := s.names.Search(on.q.Text, limit)
	// With conditions fewer are weighed than are asked for.
	capped := len(hits) == limit || !all && len(hits) >= maxHeard
	known, cost := map[string]bool{}, 0
	for _, h := range hits {
		if !r.all && h.Cost > farthest(on.q.Text, hits[0].Cost) {
			capped = false // what follows is farther still
			break
		}
		id, same := h.ID, h.Count
		if !all {
			if id, same = on.among(h); same == 0 {
				continue
			}
		}
		name, err := on.v.nameOf(id)
		if err != nil {
			return err
		}
		if len(known) == 0 {
			if r.exact, err = on.v.literally(id, on.q.Text); err != nil {
				return err
			}
		}
		cost, known[search.Fold(name)] = h.Cost, true
		r.add(byName, h.Cost, search.SortName(name), id, same)
	}
	if capped && !all {
		done, err := on.complete(r, cost, known)
		if err != nil {
			return err
		}
		capped = !done
	}
	r.capped = r.capped || capped
	return nil
}

// among gives of those of a name one who meets the conditions, the one named
// first, and how many do.
func (on *searching) among(h names.Hit) (id model.ID, n int) {
	ids := []model.ID{h.ID}
	if h.Count > 1 {
		ids = on.x.Members(h.ID, maxAmong)
	}
	for _, m := range ids {
		if !on.meets(m) {
			continue
		}
		if n++; n == 1 || m == h.ID {
			id = m
		}
	}
	return id, n
}

func (on *searching) meets(id model.ID) bool { return on.cond.Empty() || on.c.Match(on.cond, id) }

// story finds in stories and notes, where no name is as it was typed.
func (on *searching) story(r *ranked) error {
	words := strings.Fields(on.q.Text)
	if r.exact || len(words) == 0 || len(on.q.Text) < 4 {
		return nil
	}
	ids, more := on.v.said(words, maxStory)
	r.capped = r.capped || more
	for _, id := range ids {
		if !on.meets(id) {
			continue
		}
		name, err := on.v.nameOf(id)
		if err != nil {
			return err
		}
		r.add(byStory, 0, search.SortName(name), id, 1)
	}
	return nil
}

// nameOf reads the name of a customer and nothing else; "" for one that is gone.
func (v *view) nameOf(id model.ID) (string, error) {
	key := model.CustomerKey(id)
	value, rev := v.tx.Get([]byte(key))
	if value == nil {
		return "", nil
	}
	if known := v.rows.slot(id).Load(); known.is(id, rev) {
		return known.row.Name, nil
	}
	var c struct {
		Name string `cbor:"3,keyasint"` // as in model.Customer
	}
	err := unsealBy(cborPart, string(key), value, &c)
	return c.Name, err
}

// condContext is what conditions depend on: the hour, who asks, and what lies in
// other indexes.
func (s *Session) condContext(v *view) (columns.Context, error) {
	play, cal, _, err := s.book.playbookAt(v.tx)
	if err != nil {
		return columns.Context{}, err
	}
	ctx := v.filterContext(s.actor.Person, play, cal, s.book.now())
	ctx.Look = func(field model.QueryField, value string) ([]model.ID, error) {
		if field == model.QueryStory {
			ids, _ := v.said(strings.Fields(value), maxLooked)
			return ids, nil
		}
		ids, _ := search.ParseDirect(value).Find(v.der, v.hidden, maxLooked)
		return ids, nil
	}
	return ctx, nil
}

// why fills in what made rows fit, each found by its class.
func (on *searching) why(rows []model.Row, classes []byte) error {
	for i := range rows {
		row := &rows[i]
		switch classes[i] {
		case byName:
			row.Matches = names.Explain(row.Name, row.Town, "", on.q.Text)
		case byNumber:
			c, err := model.Find[*model.Customer](on.v.r, model.CustomerKey(row.ID))
			if err != nil {
				return err
			}
			if c != nil {
				row.Matches = directMatch(c, on.q.Text)
			}
		case byStory:
			line, err := on.v.saidWhere(row.ID, strings.Fields(on.q.Text))
			if err != nil {
				return err
			}
			row.Matches = []model.Match{{Field: model.FoundStory, Kind: model.MatchExact, Typed: on.q.Text, Text: line}}
		}
	}
	return nil
}

// directMatch says which number of a card begins as what was typed.
func directMatch(c *model.Customer, typed string) []model.Match {
	read := search.ParseDirect(typed)
	for _, d := range []struct {
		field model.MatchField
		text  string
	}{
		{model.FoundNumber, c.Number}, {model.FoundPhone, c.Phone}, {model.FoundPhone, c.Mobile}, {model.FoundMail, c.Email},
		{model.FoundPostcode, strings.TrimSpace(c.Postcode + " " + c.HouseNo)}, {model.FoundNumber, c.Theirs}, {model.FoundNumber, c.Formerly},
	} {
		if d.text != "" && read.Begins(d.text) {
			return []model.Match{{Field: d.field, Kind: model.MatchBeginning, Typed: typed, Text: d.text}}
		}
	}
	return nil
}

// idOfKey gives the customer that ends a key.
func idOfKey(k string) (id model.ID) {
	if len(k) >= 16 {
		copy(id[:], k[len(k)-16:])
	}
	return id
}

// farthest is the highest cost at which a name is still shown: some three tenths
// of the letters may be others, and of what is much worse than the best nothing
// is shown. A letter for another costs ten, see [names.Hit].
func farthest(text string, best int) int {
	const short = 9 // for as many letters as tell nobody apart
	letters := utf8.RuneCountInString(strings.ReplaceAll(text, " ", ""))
	if letters < 4 {
		return short
	}
	return min(2+3*letters, best+10+2*letters)
}

// literally reports whether a customer was found as it was typed: every word
// begins one of the name, the town or the postcode.
func (v *view) literally(id model.ID, text string) (bool, error) {
	var c card
	key := model.CustomerKey(id)
	value, _ := v.tx.Get([]byte(key))
	if value == nil {
		return false, nil
	}
	if err := unsealBy(cborPart, string(key), value, &c); err != nil {
		return false, err
	}
	have := strings.Fields(search.Fold(c.Name) + " " + search.Fold(c.Town) + " " + search.Fold(c.Postcode) + " " + foldPostcode(c.Postcode))
	for w := range strings.FieldsSeq(search.Fold(text)) {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false, nil
		}
	}
	return true, nil
}
