package store

import (
	"context"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// MergePreview says what making one customer of two would do.
func (s *Session) MergePreview(keep, gone model.ID) (model.MergePreview, error) {
	var p model.MergePreview
	err := s.snapshot(func(v *view) error {
		for _, id := range []model.ID{keep, gone} {
			if c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id)); err != nil || c == nil {
				return errOr(err, v.goneError(id))
			}
		}
		env, err := s.env(v)
		if err != nil {
			return err
		}
		if p, err = model.PreviewMerge(env, v.r, keep, gone); err != nil {
			return err
		}
		if p.Blocked == nil {
			p.Blocked = tooLarge(&p, s.book.eng.Limits())
		}
		if p.Same, err = v.sameOf(p.Keep, p.Gone); err != nil {
			return err
		}
		return v.ownerNames(&p)
	})
	return p, err
}

// tooLarge says that a merge is more than the engine takes at once. It is one
// batch, so that no moment shows half of it and nothing can be left half done.
func tooLarge(p *model.MergePreview, l engine.Limits) *model.Error {
	n := 0
	for _, m := range p.Moves {
		n += m
	}
	if 2*n+64 <= l.Operations {
		return nil
	}
	return model.Invalid("error.merge.large", "Count", n).WithHint("hint.merge.large")
}

// ownerNames gives the owners by name: a preview is read by people.
func (v *view) ownerNames(p *model.MergePreview) error {
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Field != "owner" {
			continue
		}
		for _, text := range []*string{&f.Keep, &f.Gone} {
			id, ok := model.ParseID(*text)
			if !ok {
				continue
			}
			name, err := v.name(id)
			if err != nil {
				return err
			}
			*text = name
		}
	}
	return nil
}

// sameOf says what two customers share: what the queue of doubles says of them,
// or what their cards do.
func (v *view) sameOf(a, b *model.Customer) (string, error) {
	if same := alike(a, b); same != "" {
		return same, nil
	}
	var out string
	var failed error
	walk(v.der, spaceQueue, []byte{classDouble}, func(k, _ []byte) bool {
		d, err := model.Find[*model.Double](v.r, model.Key(k[1+8:]))
		if err != nil {
			failed = err
			return false
		}
		if d != nil && (d.A == a.ID && d.B == b.ID || d.A == b.ID && d.B == a.ID) {
			out = d.Same
		}
		return out == ""
	})
	return out, failed
}

// afterMerge brings what people typed and did not save about the customer that
// is gone to the one that stays. Drafts are no part of the book's story, so they
// go by themselves; where this is cut short they wait where they were.
func (b *Book) afterMerge(ctx context.Context, actor model.Actor, m model.Merge) {
	_, _ = b.Do(ctx, actor, model.CarryDrafts{From: m.Gone, To: m.Keep})
}
