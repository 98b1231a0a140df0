package store

import (
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// filtered is the answer to the last filter, kept so that paging through it
// does not search again.
type filtered struct {
	text   string
	rev    engine.Rev
	keys   []string // in list order
	capped bool
}

// maxFound is how many customers a filter shows at most; nobody pages through
// more, a longer word narrows them down.
const maxFound = 2000

// Page gives rows of the customer list.
func (s *Session) Page(req model.PageRequest) (model.Page, error) {
	var p model.Page
	err := s.snapshot(func(v *view) error {
		t, err := loadTotals(v.der)
		if err != nil {
			return err
		}
		p.Rev, p.Total, p.Found = model.Rev(v.tx.Rev()), t.Customers, t.Customers
		var keys []string
		if q := search.Parse(req.Filter); q.Empty() {
			keys, p.More = pageOfAll(v, req)
		} else {
			f, err := s.found(v, req.Filter, q)
			if err != nil {
				return err
			}
			p.Found, p.Capped = len(f.keys), f.capped
			keys, p.More = pageOf(f.keys, req)
		}
		p.Rows, p.Keys, err = v.fillRows(keys)
		return err
	})
	return p, err
}

// found searches, or remembers the answer.
func (s *Session) found(v *view, text string, q search.Query) (filtered, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.filter.text == text && s.filter.rev == v.tx.Rev() {
		return s.filter, nil
	}
	ids, capped := q.Find(v.der, v.hidden, maxFound)
	keys := make([]string, 0, len(ids))
	for _, id := range ids {
		key, err := v.place(id)
		if err != nil {
			return filtered{}, err
		}
		if key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	s.filter = filtered{text: text, rev: v.tx.Rev(), keys: keys, capped: capped}
	return s.filter, nil
}

// place gives the key of a customer in the list; "" for one that is gone. Of
// the record it reads the name alone: a filter places thousands at each key.
func (v *view) place(id model.ID) (string, error) {
	key := model.CustomerKey(id)
	value, _ := v.tx.Get([]byte(key))
	if value == nil {
		return "", nil
	}
	var c struct {
		Name string `cbor:"3,keyasint"` // as in model.Customer
	}
	if err := unsealBy(cborPart, string(key), value, &c); err != nil {
		return "", err
	}
	return string(nameKey(&model.Customer{ID: id, Name: c.Name})), nil
}

// pageOf cuts a page from sorted keys.
func pageOf(keys []string, req model.PageRequest) ([]string, bool) {
	at, exact := slices.BinarySearch(keys, req.Key)
	from, to := 0, 0
	switch req.Dir {
	case model.PageFirst:
		to = req.N
	case model.PageLast:
		from, to = len(keys)-req.N, len(keys)
	case model.PageAfter:
		if exact {
			at++
		}
		from, to = at, at+req.N
	case model.PageBefore:
		from, to = at-req.N, at
	case model.PageAround:
		from, to = at-req.N, at+req.N
	}
	from, to = max(0, from), min(len(keys), to)
	if from >= to {
		return nil, false
	}
	more := to < len(keys)
	if req.Dir == model.PageLast || req.Dir == model.PageBefore {
		more = from > 0
	}
	return keys[from:to], more
}

// pageOfAll seeks a page in the index of names.
func pageOfAll(v *view, req model.PageRequest) ([]string, bool) {
	c := v.der.Cursor(spaceName)
	forward := func(k []byte) ([]string, bool) {
		var out []string
		for ; k != nil; k, _ = c.Next() {
			if v.hidden(idOfNameKey(k)) {
				continue
			}
			if len(out) == req.N {
				return out, true
			}
			out = append(out, string(k))
		}
		return out, false
	}
	back := func(k []byte) ([]string, bool) {
		var out []string
		for ; k != nil; k, _ = c.Prev() {
			if v.hidden(idOfNameKey(k)) {
				continue
			}
			if len(out) == req.N {
				slices.Reverse(out)
				return out, true
			}
			out = append(out, string(k))
		}
		slices.Reverse(out)
		return out, false
	}
	seek := func() []byte { k, _ := c.Seek([]byte(req.Key)); return k }
	before := func() []byte {
		if k := seek(); k == nil {
			k, _ = c.Last()
			return k
		}
		k, _ := c.Prev()
		return k
	}
	switch req.Dir {
	case model.PageLast:
		k, _ := c.Last()
		return back(k)
	case model.PageAfter:
		k := seek()
		if string(k) == req.Key {
			k, _ = c.Next()
		}
		return forward(k)
	case model.PageBefore:
		return back(before())
	case model.PageAround:
		head, _ := back(before())
		tail, more := forward(seek())
		return append(head, tail...), more
	}
	k, _ := c.First()
	return forward(k)
}

func idOfNameKey(k []byte) (id model.ID) {
	if len(k) >= 16 {
		copy(id[:], k[len(k)-16:])
	}
	return id
}

func (v *view) fillRows(keys []string) (rows []model.Row, kept []string, err error) {
	rows, kept = make([]model.Row, 0, len(keys)), make([]string, 0, len(keys))
	for _, k := range keys {
		row, _, ok, err := v.row(idOfNameKey([]byte(k)))
		if err != nil {
			return nil, nil, err
		}
		if ok {
			rows, kept = append(rows, row), append(kept, k)
		}
	}
	return rows, kept, nil
}

// Candidates gives the customers that a person may mean by a text: an id, a
// number, or what a filter finds. One exact name goes before longer ones.
func (s *Session) Candidates(text string, limit int) ([]model.Row, error) {
	var out []model.Row
	err := s.snapshot(func(v *view) error {
		if id, ok := model.ParseID(text); ok && id != model.NoID && !v.hidden(id) {
			if row, _, ok, err := v.row(id); err != nil || ok {
				out = append(out, row)
				return err
			}
		}
		g, err := model.Find[*model.Guard](v.r, model.GuardKey(model.SpaceNumber, strings.TrimSpace(text)))
		if err != nil {
			return err
		}
		if g != nil && !v.hidden(g.Owner) {
			row, _, _, err := v.row(g.Owner)
			out = append(out, row)
			return err
		}
		q := search.Parse(text)
		if q.Empty() {
			return nil
		}
		f, err := s.found(v, text, q)
		if err != nil {
			return err
		}
		rows, _, err := v.fillRows(f.keys)
		out = exactFirst(rows, text)
		return err
	})
	if len(out) > limit {
		out = out[:limit]
	}
	return out, err
}

// exactFirst puts rows whose whole name is the text first.
func exactFirst(rows []model.Row, text string) []model.Row {
	want := search.Fold(text)
	var exact, rest []model.Row
	for _, r := range rows {
		if search.Fold(r.Name) == want {
			exact = append(exact, r)
		} else {
			rest = append(rest, r)
		}
	}
	return append(exact, rest...)
}

// Resolve gives the one customer that a text means. When it means several the
// error lists them; one exact name among longer ones is meant.
func (s *Session) Resolve(text string) (model.Row, error) {
	rows, err := s.Candidates(text, 11)
	if err != nil {
		return model.Row{}, err
	}
	if len(rows) == 0 {
		return model.Row{}, model.NotFound("error.customer.none", "Text", text).WithHint("hint.search")
	}
	want := search.Fold(text)
	if len(rows) == 1 || search.Fold(rows[0].Name) == want && search.Fold(rows[1].Name) != want {
		return rows[0], nil
	}
	e := model.NewError(model.KindAmbiguous, "error.customer.several", "Text", text).WithHint("hint.number")
	for _, r := range rows[:min(len(rows), 10)] {
		e.Candidates = append(e.Candidates, model.Candidate{ID: r.ID, Number: r.Number, Name: r.Name, Town: r.Town})
	}
	return model.Row{}, e
}
