package store

import (
	"cmp"
	"slices"
	"strings"

	"pasvorm/model"
)

// farewellMonths is how long a farewell that is over stays on the desk.
const farewellMonths = 12

// Referrals gives the referral book, those in use first, by name.
func (s *Session) Referrals() ([]*model.Referral, error) {
	var out []*model.Referral
	err := s.snapshot(func(v *view) error {
		var err error
		out, err = model.FindAll[*model.Referral](v.r, model.TableKey(model.TableReferral, model.NoID))
		return err
	})
	slices.SortStableFunc(out, func(a, b *model.Referral) int {
		return cmp.Or(cmp.Compare(one(a.Retired != nil), one(b.Retired != nil)), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	return out, err
}

// Farewells gives the farewells that are going, what is due first, then those
// that ended, were called off or were followed by a way back in the last twelve
// months, newest first.
func (s *Session) Farewells() ([]model.FarewellLine, error) {
	var going, over []model.FarewellLine
	err := s.snapshot(func(v *view) error {
		all, err := model.FindAll[*model.Farewell](v.r, model.TableKey(model.TableFarewell, model.NoID))
		if err != nil {
			return err
		}
		since := model.StampOf(s.book.now().AddDate(0, -farewellMonths, 0))
		for _, f := range all {
			c := f.Closing()
			if v.hidden(f.Customer) || c != nil && c.At < since {
				continue
			}
			l, err := v.farewellLine(f)
			switch {
			case err != nil:
				return err
			case c == nil:
				going = append(going, l)
			default:
				over = append(over, l)
			}
		}
		return nil
	})
	slices.SortStableFunc(going, func(a, b model.FarewellLine) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Farewell.Begun.At, b.Farewell.Begun.At))
	})
	slices.SortStableFunc(over, func(a, b model.FarewellLine) int {
		return cmp.Compare(b.Farewell.Closing().At, a.Farewell.Closing().At)
	})
	return append(going, over...), err
}

// farewellLine adds the names to a farewell.
func (v *view) farewellLine(f *model.Farewell) (model.FarewellLine, error) {
	l := model.FarewellLine{Farewell: f, Next: f.Next(), Due: f.Due()}
	row, _, _, err := v.row(f.Customer)
	if err != nil {
		return l, err
	}
	l.Name = row.Name
	l.Contact, err = v.name(f.Contact)
	return l, err
}
