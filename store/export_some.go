package store

import (
	"bytes"
	"context"
	"slices"

	"pasvorm/model"
)

// exported gives the customers that a filter finds, in the order they were
// added, and whether others may fit its words; nil for one that asks nothing.
func (s *Session) exported(ctx context.Context, filter string) (all []model.ID, capped bool, err error) {
	q, err := model.ParseQuery(filter, nil)
	if err != nil || q.Empty() {
		return nil, false, err
	}
	found, capped, err := s.found(ctx, q)
	if err != nil {
		return nil, false, err
	}
	ids := slices.Clone(found)
	slices.SortFunc(ids, func(a, b model.ID) int { return bytes.Compare(a[:], b[:]) })
	if ids == nil {
		ids = []model.ID{}
	}
	return ids, capped, nil
}

// exportSome hands out some customers, with the owner's name. One that went
// meanwhile is left out.
func (s *Session) exportSome(ctx context.Context, ids []model.ID, f func(*model.Customer, string) error) error {
	for part := range slices.Chunk(ids, exportStep) {
		if err := ctx.Err(); err != nil {
			return err
		}
		cards, owners := make([]*model.Customer, 0, len(part)), make([]string, 0, len(part))
		err := s.snapshot(func(v *view) error {
			for _, id := range part {
				c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id))
				if err != nil {
					return err
				}
				if c == nil || v.hidden(id) {
					continue
				}
				owner, err := v.name(c.Owner)
				if err != nil {
					return err
				}
				cards, owners = append(cards, c), append(owners, owner)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i, c := range cards {
			if err := f(c, owners[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
