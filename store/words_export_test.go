package store

import "pasvorm/model"

// Said is the search for words, of one snapshot.
func (s *Session) Said(words []string, limit int) (ids []model.ID, capped bool) {
	_ = s.snapshot(func(v *view) error {
		ids, capped = v.said(words, limit)
		return nil
	})
	return ids, capped
}

// SaidWhere is the line that shows where words stand.
func (s *Session) SaidWhere(id model.ID, words []string) (line string, err error) {
	err = s.snapshot(func(v *view) (err error) {
		line, err = v.saidWhere(id, words)
		return err
	})
	return line, err
}

// MaxSaid is how many keys of one word a search reads.
const MaxSaid = maxSaid
