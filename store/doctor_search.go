package store

import (
	"context"
	"errors"
	"io/fs"

	"pasvorm/model"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/names"
	"pasvorm/store/search/segment"
)

// checkSearch holds the files of the search indexes against the book: their
// checksums, and what they say of every customer that did not change since they
// were made. Files that are missing, or of another state of the book, are no
// fault: they are made anew before they are searched.
func (b *Book) checkSearch(ctx context.Context, c *checkup) error {
	if b.path == "" {
		return nil
	}
	x, err := names.Open(b.finder.namesPath())
	if err != nil {
		return c.unlessStale("names", err)
	}
	defer func() { _ = x.Close() }()
	y, err := columns.Open(b.finder.columnsPath())
	if err != nil {
		return c.unlessStale("columns", err)
	}
	defer func() { _ = y.Close() }()
	if x.Verify() != nil {
		c.fault("names", "doctor.fault.index", true)
		return nil
	}
	if y.Verify() != nil {
		c.fault("columns", "doctor.fault.index", true)
		return nil
	}
	fits, err := b.carries(x.Stamp())
	if err != nil || !fits || x.Stamp() != y.Stamp() {
		return err
	}
	since, err := b.finder.touched(x.Stamp().Rev, y.Has)
	if err != nil || since.many || len(since.imports) > 0 {
		return nil //nolint:nilerr // too much changed for these files: they will be made anew
	}
	return b.compareSearch(ctx, c, x, y, since.cards)
}

// unlessStale names a file that cannot be read; one that is not there is none.
func (c *checkup) unlessStale(name string, err error) error {
	if errors.Is(err, segment.ErrDamaged) {
		c.fault(name, "doctor.fault.index", true)
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// compareSearch compares customer by customer, both in the order of ids.
func (b *Book) compareSearch(ctx context.Context, c *checkup, x *names.Index, y *columns.Base, changed map[model.ID]bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	kept := make(chan names.Entry, 1024)
	go func() {
		defer close(kept)
		x.Each(func(e names.Entry) bool {
			if _, new := changed[e.ID]; new {
				return true
			}
			select {
			case kept <- e:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	wrong := 0
	rows := 0
	err := b.eachFacts(ctx, func(r *columns.Row) error {
		if _, new := changed[r.ID]; new {
			return nil
		}
		rows++
		e, ok := <-kept
		if want := names.Folded(names.Entry{ID: r.ID, Name: r.Name, Town: r.Town, Postcode: r.Postcode}); !ok || e != want {
			wrong++
		}
		if !y.Holds(r) {
			wrong++
		}
		return nil
	})
	if err != nil {
		return err
	}
	for range kept {
		wrong++
	}
	unchanged := y.Rows()
	for id := range changed {
		if y.Has(id) {
			unchanged--
		}
	}
	if wrong > 0 || rows != unchanged {
		c.fault("search", "doctor.fault.index", true)
	}
	return nil
}
