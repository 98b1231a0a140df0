package store

import (
	"context"
	"strings"

	"pasvorm/model"
	"pasvorm/store/search"
)

// Candidates gives the customers that a text may mean, the likeliest first: an
// id, a number, or what its words find. Who was merged into another is found by
// the id they had.
func (s *Session) Candidates(text string, limit int) ([]model.Row, error) {
	rows, _, err := s.meant(text, limit)
	return rows, err
}

// meant gives what a text may mean: first those found to the letter, and how many
// these are, then those heard alike.
func (s *Session) meant(text string, limit int) (rows []model.Row, literal int, err error) {
	row, ok, err := s.named(text)
	if err != nil || ok {
		return []model.Row{row}, 1, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, 0, nil
	}
	q := plainQuery(text)
	_, err = s.search(context.Background(), true, q, func(on *searching) error {
		r, err := on.ranked(max(limit, 20), false)
		if err != nil {
			return err
		}
		var alike []model.Row
		for _, key := range r.keys {
			if key[0] == byStory {
				break
			}
			ids := []model.ID{idOfKey(key)}
			if r.same[ids[0]] > 1 {
				ids = on.x.Members(ids[0], limit)
			}
			exact := key[0] == byNumber
			if !exact {
				if exact, err = on.v.literally(ids[0], text); err != nil {
					return err
				}
			}
			for _, id := range ids {
				row, _, ok, err := on.v.row(id)
				switch {
				case err != nil:
					return err
				case ok && exact:
					rows = append(rows, row)
				case ok:
					alike = append(alike, row)
				}
			}
		}
		rows = rows[:min(limit, len(rows))]
		literal = len(rows)
		rows = append(rows, alike[:min(limit-literal, len(alike))]...)
		return nil
	})
	return rows, literal, err
}

// named finds who is meant by an id or a whole number.
func (s *Session) named(text string) (row model.Row, found bool, err error) {
	err = s.snapshot(func(v *view) error {
		if id, ok := model.ParseID(text); ok && id != model.NoID && !v.hidden(id) {
			now, _, err := v.into(id)
			if err != nil {
				return err
			}
			row, _, found, err = v.row(now)
			if err != nil || found {
				return err
			}
		}
		g, err := model.Find[*model.Guard](v.r, model.GuardKey(model.SpaceNumber, strings.TrimSpace(text)))
		if err != nil || g == nil || v.hidden(g.Owner) {
			return err
		}
		row, _, found, err = v.row(g.Owner)
		return err
	})
	return row, found, err
}

// Resolve gives the one customer that a text means. When it means several the
// error lists them; one exact name among longer ones is meant. A name that is
// only heard alike is never taken for the one meant: the error lists those too.
func (s *Session) Resolve(text string) (model.Row, error) {
	rows, literal, err := s.meant(text, 11)
	if err != nil {
		return model.Row{}, err
	}
	if len(rows) == 0 {
		return model.Row{}, model.NotFound("error.customer.none", "Text", text).WithHint("hint.search")
	}
	e := model.NewError(model.KindAmbiguous, "error.customer.several", "Text", text).WithHint("hint.number")
	if literal == 0 {
		e = model.NewError(model.KindAmbiguous, "error.customer.alike", "Text", text).WithHint("hint.number")
	} else {
		want := search.Fold(text)
		rows = rows[:literal]
		if literal == 1 || search.Fold(rows[0].Name) == want && search.Fold(rows[1].Name) != want {
			return rows[0], nil
		}
	}
	for _, r := range rows[:min(len(rows), 10)] {
		e.Candidates = append(e.Candidates, model.Candidate{ID: r.ID, Number: r.Number, Name: r.Name, Town: r.Town})
	}
	return model.Row{}, e
}

// Names gives the names that a text may mean, the best first: identical names
// are one.
func (s *Session) Names(text string, limit int) ([]model.NameHit, error) {
	q, err := model.ParseQuery(text, nil)
	if err != nil || q.Text == "" && len(q.Terms) > 0 {
		q = plainQuery(text)
	}
	var out []model.NameHit
	if q.Text == "" {
		return nil, nil
	}
	_, err = s.search(context.Background(), true, q, func(on *searching) error {
		r, err := on.ranked(limit, true)
		if err != nil {
			return err
		}
		for _, key := range r.keys[:min(limit, len(r.keys))] {
			id := idOfKey(key)
			row, _, ok, err := on.v.row(id)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, model.NameHit{ID: id, Number: row.Number, Name: row.Name, Town: row.Town, Same: r.same[id]})
			}
		}
		return nil
	})
	return out, err
}

// Found gives every customer that a filter finds, in no order. Of identical
// names it gives all.
func (s *Session) Found(ctx context.Context, filter string) ([]model.ID, error) {
	q, err := model.ParseQuery(filter, nil)
	if err != nil {
		return nil, err
	}
	out, _, err := s.found(ctx, q)
	return out, err
}

// found is [Session.Found], and tells whether words may mean others too.
func (s *Session) found(ctx context.Context, q model.Query) (out []model.ID, capped bool, err error) {
	_, err = s.search(ctx, true, q, func(on *searching) error {
		if q.Text == "" {
			return on.c.All(ctx, on.cond, func(id model.ID) bool { out = append(out, id); return true })
		}
		r, err := on.ranked(maxHeard, false)
		if err != nil {
			return err
		}
		out, capped = on.everyone(r), r.capped
		return ctx.Err()
	})
	return out, capped, err
}

// Prepare waits until names can be searched as heard: where an index is missing
// or does not fit the book it is made.
func (s *Session) Prepare(ctx context.Context, progress func(done, total int)) error {
	_, err := s.book.finder.ready(ctx, true, progress)
	return err
}

// plainQuery takes a text for words alone.
func plainQuery(text string) model.Query {
	return model.Query{Text: strings.Join(strings.Fields(text), " ")}
}
