package store

import (
	"context"
	"slices"

	"pasvorm/model"
)

// Voices gives what customers said when asked for a mark (article 002: two open
// questions, none leading), newest first and limit at most. Which customers gave
// a mark in which month is in the cells, so that no other record is read.
func (s *Session) Voices(ctx context.Context, months, limit int) ([]model.VoiceLine, error) {
	var out []model.VoiceLine
	err := s.snapshot(func(v *view) error {
		p := periodOf(model.DayOf(s.book.now()), months, "")
		for m := p.last; m >= p.first && len(out) < limit; m-- {
			if err := ctx.Err(); err != nil {
				return err
			}
			lines, err := v.voices(m)
			if err != nil {
				return err
			}
			out = append(out, lines...)
		}
		out = out[:min(len(out), limit)]
		return nil
	})
	return out, err
}

// voices gives those of one month, newest first.
func (v *view) voices(m monthNumber) ([]model.VoiceLine, error) {
	var ids []model.ID
	err := eachCell(v.der, model.ByTopic, m, m, func(_ monthNumber, key string, customer model.ID, t *model.Tally) bool {
		if key == "" && t[model.CountMarks] > 0 && !v.hidden(customer) {
			ids = append(ids, customer)
		}
		return key == "" // cells without a topic come first
	})
	if err != nil {
		return nil, err
	}
	var out []model.VoiceLine
	for _, id := range ids {
		row, _, ok, err := v.row(id)
		if err != nil {
			return nil, err
		}
		surveys, err := model.FindAll[*model.Survey](v.r, model.TableKey(model.TableSurvey, id))
		if err != nil {
			return nil, err
		}
		for _, s := range surveys {
			if !ok || s.Withdrawn != nil || s.Mark == 0 || numberOf(s.Day).month() != m {
				continue
			}
			by, err := v.name(s.By)
			if err != nil {
				return nil, err
			}
			out = append(out, model.VoiceLine{Customer: id, Name: row.Name, By: by, Survey: s})
		}
	}
	slices.SortStableFunc(out, func(a, b model.VoiceLine) int {
		switch {
		case a.Survey.Day > b.Survey.Day:
			return -1
		case a.Survey.Day < b.Survey.Day:
			return 1
		}
		return 0
	})
	return out, nil
}
