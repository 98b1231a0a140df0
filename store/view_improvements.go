package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"pasvorm/model"
)

// hurtMonths is how many calendar months, the running one included, are looked
// at for customers whom something hurt.
const hurtMonths = 12

// Improvements gives every improvement: those that are open by the day they are
// for, then those that are done and of which somebody is still to be told, the
// longest waiting first, then the rest, newest first.
func (s *Session) Improvements() ([]model.ImprovementLine, error) {
	var out []model.ImprovementLine
	err := s.snapshot(func(v *view) error {
		all, err := model.FindAll[*model.Improvement](v.r, model.TableKey(model.TableImprovement, model.NoID))
		if err != nil {
			return err
		}
		out = make([]model.ImprovementLine, 0, len(all))
		for _, i := range all {
			l, err := v.improvement(i)
			if err != nil {
				return err
			}
			out = append(out, l)
		}
		return nil
	})
	slices.SortStableFunc(out, improvementOrder)
	return out, err
}

// improvement adds to an improvement what hangs from it.
func (v *view) improvement(i *model.Improvement) (model.ImprovementLine, error) {
	l := model.ImprovementLine{Improvement: i}
	var err error
	if l.Owner, err = v.name(i.Owner); err != nil {
		return l, err
	}
	if i.Standard != model.NoID {
		if l.Standard, err = model.Find[*model.Standard](v.r, model.StandardKey(i.Standard)); err != nil {
			return l, err
		}
	}
	walk(v.der, spaceHurt, i.ID[:], func(k, _ []byte) bool {
		l.Hurt++
		l.Told += int(k[len(i.ID)])
		return true
	})
	return l, nil
}

// improvementOrder is the order of [Session.Improvements].
func improvementOrder(a, b model.ImprovementLine) int {
	class := func(l *model.ImprovementLine) int {
		switch {
		case l.Improvement.State == model.ImprovementOpen:
			return 0
		case l.Improvement.State == model.ImprovementDone && l.Told < l.Hurt:
			return 1
		}
		return 2
	}
	if c := cmp.Compare(class(&a), class(&b)); c != 0 {
		return c
	}
	x, y := a.Improvement, b.Improvement
	switch class(&a) {
	case 0:
		if (x.By == "") != (y.By == "") { // those without a day last
			return cmp.Compare(len(y.By), len(x.By))
		}
		return cmp.Or(cmp.Compare(x.By, y.By), bytes.Compare(x.ID[:], y.ID[:]))
	case 1:
		return cmp.Or(cmp.Compare(endedAt(x), endedAt(y)), bytes.Compare(x.ID[:], y.ID[:]))
	}
	return cmp.Or(cmp.Compare(endedAt(y), endedAt(x)), bytes.Compare(y.ID[:], x.ID[:]))
}

func endedAt(i *model.Improvement) model.Stamp {
	if i.Ended == nil {
		return i.At
	}
	return i.Ended.At
}

// Hurt gives the customers under an improvement, those to be told first; at
// most limit, 0 for all.
func (s *Session) Hurt(improvement model.ID, limit int) ([]model.HurtCustomer, error) {
	var out []model.HurtCustomer
	err := s.snapshot(func(v *view) error {
		var failed error
		walk(v.der, spaceHurt, improvement[:], func(k, _ []byte) bool {
			var id model.ID
			copy(id[:], k[len(k)-len(id):])
			h, ok, err := v.hurtCustomer(id, improvement)
			if failed = err; err != nil {
				return false
			}
			if ok {
				out = append(out, h)
			}
			return limit <= 0 || len(out) < limit
		})
		return failed
	})
	return out, err
}

func (v *view) hurtCustomer(id, improvement model.ID) (h model.HurtCustomer, ok bool, err error) {
	c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id))
	if err != nil || c == nil || v.hidden(id) {
		return h, false, err
	}
	h = model.HurtCustomer{Customer: id, Name: c.Name}
	h.Hurt, err = model.Find[*model.Hurt](v.r, model.HurtKey(id, improvement))
	return h, h.Hurt != nil, err
}

// HurtBy gives the customers whom a standard hurt in the last twelve calendar
// months: an exception to it was refused. Without a standard it is those whom a
// topic hurt: refused an exception, failed by service, or annoyed.
func (s *Session) HurtBy(standard model.ID, topic string) ([]model.ID, error) {
	dim, key := model.ByTopic, topic
	counts := []model.Count{model.CountRefused, model.CountFailed, model.CountAnnoyances}
	if standard != model.NoID {
		dim, key, counts = model.ByStandard, standard.String(), counts[:1]
	}
	seen := map[model.ID]bool{}
	err := s.snapshot(func(v *view) error {
		until := monthOf(model.DayOf(s.book.now()).Month())
		for month := until - hurtMonths + 1; month <= until; month++ {
			prefix := cellKey(dim, month, key, model.NoID)
			bad := false
			walk(v.der, spaceCell, prefix[:len(prefix)-len(model.NoID)], func(k, val []byte) bool {
				var t model.Tally
				_, customer, ok := cellOf(k)
				if !ok || !unsealTally(val, &t) {
					bad = true
					return false
				}
				for _, c := range counts {
					if t[c] > 0 && !v.hidden(customer) {
						seen[customer] = true
					}
				}
				return true
			})
			if bad {
				return corrupt(string(spaceCell), "tally")
			}
		}
		return nil
	})
	out := make([]model.ID, 0, len(seen))
	for id := range seen {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b model.ID) int { return bytes.Compare(a[:], b[:]) })
	return out, err
}

// stampKey writes a moment so that later ones sort behind.
func stampKey(b []byte, s model.Stamp) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(s)) //nolint:gosec // as it is
}
