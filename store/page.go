package store

import (
	"context"
	"slices"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/search/columns"
)

// Page gives rows of the customer list.
func (s *Session) Page(req model.PageRequest) (model.Page, error) {
	var p model.Page
	q, err := model.ParseQuery(req.Filter, nil)
	if err != nil {
		return p, err
	}
	if q.Text == "" && len(q.Terms) == 0 && (q.Sort.By == model.SortBest || q.Sort.By == model.SortName) && !q.Sort.Desc {
		err := s.snapshot(func(v *view) error {
			return v.pageOf(&p, func() (err error) {
				var keys []string
				keys, p.More = pageOfAll(v, req)
				p.Rows, p.Keys, err = v.fillRows(keys)
				p.Found = p.Total
				return err
			})
		})
		return p, err
	}
	ready, err := s.search(context.Background(), req.Wait, q, func(on *searching) error {
		return on.v.pageOf(&p, func() error { return on.page(&p, req) })
	})
	if err != nil || ready {
		return p, err
	}
	p.Partly = true
	err = s.snapshot(func(v *view) error { return v.pageOf(&p, func() error { return v.beginnings(&p, q, req) }) })
	return p, err
}

// pageOf says of what a page is one, and has it filled.
func (v *view) pageOf(p *model.Page, fill func() error) error {
	t, err := loadTotals(v.der)
	if err != nil {
		return err
	}
	p.Rev, p.Total = model.Rev(v.tx.Rev()), t.Customers
	return fill()
}

// page fills a page of what a query finds: words rank, unless a column is asked
// for; conditions alone go by name or by that column.
func (on *searching) page(p *model.Page, req model.PageRequest) error {
	if on.q.Text == "" {
		return on.columnPage(p, req, on.cond)
	}
	r, err := on.ranked(maxHeard, false)
	if err != nil {
		return err
	}
	p.Found, p.Capped = len(r.keys), r.capped
	if on.q.Sort.By != model.SortBest {
		if err := on.columnPage(p, req, on.cond.Among(on.everyone(r))); err != nil {
			return err
		}
		return on.why(p.Rows, r.classes(p.Rows))
	}
	var keys []string
	keys, p.More = pageOf(r.keys, r.placed(req))
	if p.Rows, p.Keys, err = on.v.fillRows(keys); err != nil {
		return err
	}
	for i := range p.Rows {
		if n := r.same[p.Rows[i].ID]; n > 1 {
			p.Rows[i].Same = n
		}
	}
	return on.why(p.Rows, r.classes(p.Rows))
}

func (on *searching) columnPage(p *model.Page, req model.PageRequest, cond *columns.Cond) error {
	var err error
	var keys []string
	_, keys, p.Found, p.More = on.c.Page(cond, on.q.Sort, req.Dir, req.Key, req.N)
	p.Rows, p.Keys, err = on.v.fillRows(keys)
	return err
}

// beginnings fills a page while the indexes are being made: customers whose
// name begins so, and those of a number. Conditions cannot be judged yet.
func (v *view) beginnings(p *model.Page, q model.Query, req model.PageRequest) error {
	if q.Text == "" || len(q.Terms) > 0 {
		return nil
	}
	seen := map[model.ID]bool{}
	var keys []string
	ids, _ := search.ParseDirect(q.Text).Find(v.der, v.hidden, maxHeard)
	for _, id := range ids {
		name, err := v.nameOf(id)
		if err != nil {
			return err
		}
		seen[id] = true
		keys = append(keys, string(nameKey(&model.Customer{ID: id, Name: name})))
	}
	walk(v.der, spaceName, []byte(search.SortName(q.Text)), func(k, _ []byte) bool {
		if id := idOfNameKey(k); !seen[id] && !v.hidden(id) {
			keys = append(keys, string(k))
		}
		return len(keys) < maxHeard
	})
	slices.Sort(keys)
	p.Found, p.Capped = len(keys), len(keys) >= maxHeard
	var err error
	keys, p.More = pageOf(keys, req)
	p.Rows, p.Keys, err = v.fillRows(keys)
	return err
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
		id := idOfNameKey([]byte(k))
		if v.hidden(id) { // gone out of sight since the indexes were looked at
			continue
		}
		row, ok, err := v.listRow(id)
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			continue
		}
		if err := v.fillDates(&row); err != nil {
			return nil, nil, err
		}
		rows, kept = append(rows, row), append(kept, k)
	}
	return rows, kept, nil
}
