package store

import (
	"bytes"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// spaceMerged lists who went into a customer: customer, the one that is gone.
const spaceMerged = engine.Space("merged")

func mergedKey(m *model.Merged) []byte { return append(bytes.Clone(m.Into[:]), m.ID[:]...) }

// indexMerged moves a customer that is gone in that list.
func indexMerged(tx engine.DerivedTx, was, now *model.Merged) error {
	if was != nil {
		if err := tx.Erase(spaceMerged, mergedKey(was)); err != nil {
			return err
		}
	}
	if now == nil {
		return nil
	}
	return tx.Store(spaceMerged, mergedKey(now), nothing)
}

// lives gives a customer and all that went into it, directly or by way of
// another: the lives it had in the journal.
func lives(der engine.Derived, id model.ID) []model.ID {
	out := []model.ID{id}
	for i := 0; i < len(out); i++ {
		walk(der, spaceMerged, out[i][:], func(k, _ []byte) bool {
			var gone model.ID
			copy(gone[:], k[16:])
			if !slices.Contains(out, gone) {
				out = append(out, gone)
			}
			return true
		})
	}
	return out
}

// into gives the customer that one who is gone went into, by way of others too;
// false for one who did not go so.
func (v *view) into(id model.ID) (model.ID, bool, error) {
	found := false
	for range 1000 { // one is merged into another that stands, so this ends
		m, err := model.Find[*model.Merged](v.r, model.MergedKey(id))
		if err != nil || m == nil {
			return id, found, err
		}
		id, found = m.Into, true
	}
	return id, false, nil
}

// goneError says that a customer is not there, and where it went.
func (v *view) goneError(id model.ID) error {
	e := model.NotFound("error.customer.gone").WithHint("hint.search")
	to, ok, err := v.into(id)
	if err != nil || !ok {
		return errOr(err, e)
	}
	m, err := model.Find[*model.Merged](v.r, model.MergedKey(id))
	if err != nil {
		return err
	}
	row, _, ok, err := v.row(to)
	if err != nil || !ok {
		return errOr(err, e)
	}
	e = model.NotFound("error.customer.merged", "Customer", m.Name, "Other", row.Name).WithHint("hint.customer.merged")
	e.Candidates = []model.Candidate{{ID: row.ID, Number: row.Number, Name: row.Name, Town: row.Town}}
	return e
}

// errOr is the first of two errors that is one.
func errOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// revsOf gives the revisions of the entries that touched a customer in any of
// its lives, newest first, below a revision and at most limit; 0 for no bound.
func revsOf(der engine.Derived, id model.ID, before model.Rev, limit int) []model.Rev {
	var out []model.Rev
	for _, one := range lives(der, id) {
		end := engine.PrefixEnd(one[:])
		if before != 0 {
			end = idRev(one, before)
		}
		n := 0
		walkBackFrom(der, spaceSubject, one[:], end, func(k, _ []byte) bool {
			out = append(out, revOf(k[16:]))
			n++
			return limit == 0 || n < limit
		})
	}
	slices.SortFunc(out, func(a, b model.Rev) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	out = slices.Compact(out)
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}
