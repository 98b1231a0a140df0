package store

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"pasvorm/model"
)

// Views gives the saved views that the person sees: the team's, then their own,
// each by name.
func (s *Session) Views() ([]model.ViewLine, error) {
	var out []model.ViewLine
	err := s.snapshot(func(v *view) error {
		if _, err := whoIs(v.r, s.actor); err != nil {
			return err
		}
		all, err := model.FindAll[*model.SavedView](v.r, model.TableKey(model.TableView, model.NoID))
		if err != nil {
			return err
		}
		for _, w := range all {
			if !w.SeenBy(s.actor.Person) {
				continue
			}
			owner, err := v.name(w.Owner)
			if err != nil {
				return err
			}
			out = append(out, model.ViewLine{View: w, Owner: owner, Mine: w.Owner == s.actor.Person})
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b model.ViewLine) int {
		if a.View.Team != b.View.Team {
			if a.View.Team {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(model.FoldWords(a.View.Name), model.FoldWords(b.View.Name)), bytes.Compare(a.View.ID[:], b.View.ID[:]))
	})
	return out, err
}
