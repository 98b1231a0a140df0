package store

import (
	"context"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Promises gives promises over all customers. Open ones are found by the day
// they are due; closed ones are read one by one, which ends with ctx.
func (s *Session) Promises(ctx context.Context, req model.PromiseRequest) (model.PromiseList, error) {
	out := model.PromiseList{By: map[model.ID]model.KeptRate{}}
	err := s.snapshot(func(v *view) error {
		out.Rev = model.Rev(v.tx.Rev())
		var all []*model.Promise
		var err error
		if req.Closed {
			all, err = v.everyPromise(ctx)
			out.Rate, out.By = model.KeptOf(all, model.Ours), model.KeptBy(all)
		} else {
			all, err = v.openPromises(req.Limit)
		}
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, promiseOrder)
		for _, p := range all {
			if req.Limit > 0 && len(out.Lines) == req.Limit {
				out.More = true
				break
			}
			c, err := model.Find[*model.Customer](v.r, model.CustomerKey(p.Customer))
			if err != nil {
				return err
			}
			if c == nil {
				continue
			}
			l := model.PromiseLine{Promise: p, Name: c.Name}
			if l.Who, err = v.name(p.Who); err != nil {
				return err
			}
			out.Lines = append(out.Lines, l)
		}
		for id := range out.By {
			if _, err := v.name(id); err != nil {
				return err
			}
		}
		out.People = v.names
		return nil
	})
	return out, err
}

// openPromises gives the open promises of both sides that are due first, one
// more of each side than the limit.
func (v *view) openPromises(limit int) ([]*model.Promise, error) {
	var all []*model.Promise
	var failed error
	for _, class := range []byte{classPromise, classTheirs} {
		n := 0
		walk(v.der, spaceQueue, []byte{class}, func(k, _ []byte) bool {
			at := 1 + dateLength
			if len(k) <= at || v.hidden(model.Key(k[at:]).Customer()) {
				return true
			}
			p, err := model.Find[*model.Promise](v.r, model.Key(k[at:]))
			if err == nil && p != nil {
				all = append(all, p)
				n++
			}
			failed = err
			return err == nil && (limit <= 0 || n <= limit)
		})
		if failed != nil {
			return nil, failed
		}
	}
	return all, nil
}

// everyPromise reads all promises of the book.
func (v *view) everyPromise(ctx context.Context) ([]*model.Promise, error) {
	var all []*model.Promise
	var failed error
	from := []byte(model.TableKey(model.TablePromise, model.NoID))
	v.tx.Scan(from, engine.PrefixEnd(from), 0, func(k, value []byte, _ engine.Rev) bool {
		if failed = ctx.Err(); failed != nil {
			return false
		}
		var rec model.Record
		if rec, failed = decode(k, value); failed != nil {
			return false
		}
		if p, ok := rec.(*model.Promise); ok && !v.hidden(p.Customer) {
			all = append(all, p)
		}
		return true
	})
	return all, failed
}
