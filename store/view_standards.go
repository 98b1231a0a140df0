package store

import (
	"slices"
	"strings"
	"time"

	"pasvorm/model"
)

// chafedMonths is over how many months, the running one among them, the register
// tells how often a line chafed.
const chafedMonths = 12

// Standards gives the register of limits and standards, those in use first and
// each by kind and name, with how often an exception was asked of a line in the
// last twelve months and how many terms that stand mention it.
func (s *Session) Standards() ([]model.StandardLine, error) {
	var out []model.StandardLine
	err := s.snapshot(func(v *view) error {
		all, err := model.FindAll[*model.Standard](v.r, model.TableKey(model.TableStandard, model.NoID))
		if err != nil {
			return err
		}
		lines := make(map[model.ID]*model.StandardLine, len(all))
		for _, st := range all {
			lines[st.ID] = &model.StandardLine{Standard: st}
		}
		if err := v.chafed(lines, model.DayOf(s.book.now())); err != nil {
			return err
		}
		terms, err := model.FindAll[*model.Terms](v.r, model.TableKey(model.TableTerms, model.NoID))
		if err != nil {
			return err
		}
		for _, t := range terms {
			if t.Withdrawn != nil {
				continue
			}
			for _, id := range t.Standards {
				if l := lines[id]; l != nil {
					l.Stated++
				}
			}
		}
		out = make([]model.StandardLine, 0, len(all))
		for _, st := range all {
			out = append(out, *lines[st.ID])
		}
		slices.SortStableFunc(out, standardOrder)
		return nil
	})
	return out, err
}

// chafed adds up the exceptions asked of each line.
func (v *view) chafed(lines map[model.ID]*model.StandardLine, today model.Day) error {
	until := monthOf(today.Month())
	return eachCell(v.der, model.ByStandard, until-chafedMonths+1, until, func(_ monthNumber, key string, _ model.ID, t *model.Tally) bool {
		if id, ok := model.ParseID(key); ok && lines[id] != nil {
			lines[id].Tally.Add(t, 1)
		}
		return true
	})
}

// standardOrder puts lines in use first, then goes by kind and name.
func standardOrder(a, b model.StandardLine) int {
	if x, y := one(a.Standard.Retired != nil), one(b.Standard.Retired != nil); x != y {
		return x - y
	}
	kinds := model.StandardKinds()
	if x, y := slices.Index(kinds, a.Standard.Kind), slices.Index(kinds, b.Standard.Kind); x != y {
		return x - y
	}
	return strings.Compare(strings.ToLower(a.Standard.Name), strings.ToLower(b.Standard.Name))
}

// usedMinutes adds up the minutes of a customer's contacts in the month that
// runs at the desk. Complaints are left out: they are counted apart (article
// 001), and complaining uses up nothing that was agreed.
func (v *view) usedMinutes(id model.ID, now time.Time) int {
	month := model.DayOf(now).Month()
	first := numberOf(model.Day(string(month) + "-01"))
	total := 0
	walkBack(v.der, spaceTimeline, id[:], func(k, val []byte) bool {
		t, ok := traceOf(k, val)
		if !ok || t.day < first {
			return ok && t.day >= first-1 // the timeline goes by moments: nothing older lies behind it
		}
		if t.day.day().Month() == month {
			total += t.minutes[model.ActivityPrimary] + t.minutes[model.ActivityService]
		}
		return true
	})
	return total
}
