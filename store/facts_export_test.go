package store

import (
	"context"

	"pasvorm/model"
	"pasvorm/store/search/columns"
)

// Facts gives those of one customer.
func (b *Book) Facts(id model.ID) (r columns.Row, ok bool, err error) {
	err = b.snapshot(func(v *view) error {
		r, ok, err = v.facts(id)
		return err
	})
	return r, ok, err
}

// EachFacts streams those of all customers.
func (b *Book) EachFacts(ctx context.Context, yield func(*columns.Row) error) error {
	return b.eachFacts(ctx, yield)
}

// FactsOf tells on whose facts a record bears.
func FactsOf(k model.Key) model.ID { return factsOf(k) }

// Filter gives what conditions depend on for a session now.
func (s *Session) Filter(f func(columns.Context) error) error {
	return s.snapshot(func(v *view) error {
		play, cal, _, err := s.book.playbookAt(v.tx)
		if err != nil {
			return err
		}
		return f(v.filterContext(s.actor.Person, play, cal, s.book.now()))
	})
}

// Dates gives the next day at which we owe a customer something, and the last
// contact, as rows of the list show them.
func (b *Book) Dates(id model.ID) (row model.Row, err error) {
	row.ID = id
	err = b.snapshot(func(v *view) error { return v.fillDates(&row) })
	return row, err
}
