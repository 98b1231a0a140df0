package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pasvorm/store/engine"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/names"
	"pasvorm/store/search/segment"
)

// make makes the indexes from the book: of a small one while the caller waits,
// of a large one in the background. catching is held.
func (f *finder) make() (finderState, *building, error) {
	if f.build != nil {
		return finderBuilding, f.build, nil
	}
	var n int
	var stamp segment.Stamp
	err := f.b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		t, err := loadTotals(der)
		if err != nil {
			return err
		}
		n = t.Customers
		stamp, err = stampOfBook(tx, der)
		return err
	})
	if err != nil {
		return 0, nil, wrap(err)
	}
	if f.failed != nil && f.failedAt == stamp.Rev { // nothing changed: it would fail again
		return 0, nil, f.failed
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := &building{done: make(chan struct{}), cancel: cancel}
	w.total.Store(int64(n))
	if n <= f.sizes.wait {
		defer cancel()
		x, c, err := f.made(ctx, w, stamp, n)
		if err != nil {
			f.failed, f.failedAt = err, stamp.Rev
			return 0, nil, err
		}
		f.take(x, c, stamp.Rev)
		_, err = f.follow() // if much changed in between the next search goes on
		return finderReady, nil, err
	}
	f.build, f.failed = w, nil
	go func() {
		defer cancel()
		x, c, err := f.made(ctx, w, stamp, n)
		f.catching.Lock()
		switch {
		case ctx.Err() != nil: // nobody wants them any more
			if err == nil {
				_, _ = x.Close(), c.Close()
			}
			err = nil
		case err == nil:
			f.take(x, c, stamp.Rev)
		}
		f.build, f.failed, f.failedAt = nil, err, stamp.Rev
		f.catching.Unlock()
		close(w.done)
		f.b.wake()
	}()
	return finderBuilding, w, nil
}

// made makes the indexes, on the heap where files cannot be written.
func (f *finder) made(ctx context.Context, w *building, stamp segment.Stamp, n int) (*names.Index, *columns.Base, error) {
	x, c, err := f.madeIn(ctx, w, stamp, n)
	var at *fs.PathError
	var moved *os.LinkError
	if f.unwritable || !errors.As(err, &at) && !errors.As(err, &moved) {
		return x, c, err
	}
	f.unwritable = true
	w.read.Store(0)
	return f.madeIn(ctx, w, stamp, n)
}

// madeIn makes the indexes. What changes while it reads is taken in afterwards,
// from the revision of the stamp on.
func (f *finder) madeIn(ctx context.Context, w *building, stamp segment.Stamp, n int) (*names.Index, *columns.Base, error) {
	namesOf, columnsOf, rows := f.readers(ctx, w)
	type made[T any] struct {
		x   T
		err error
	}
	inFiles := f.b.path != "" && n > f.sizes.memory && !f.unwritable
	ofNames, ofColumns := make(chan made[*names.Index], 1), make(chan made[*columns.Base], 1)
	go func() {
		x, err := f.makeNames(ctx, inFiles, stamp, namesOf)
		_ = namesOf(func(names.Entry) error { return nil }) // what it left is not waited for
		ofNames <- made[*names.Index]{x, err}
	}()
	go func() {
		x, err := f.makeColumns(ctx, inFiles, stamp, columnsOf)
		_ = columnsOf(func(*columns.Row) error { return nil })
		ofColumns <- made[*columns.Base]{x, err}
	}()
	err := rows()
	a, b := <-ofNames, <-ofColumns
	if err = errors.Join(err, a.err, b.err); err != nil {
		if a.x != nil {
			err = errors.Join(err, a.x.Close())
		}
		if b.x != nil {
			err = errors.Join(err, b.x.Close())
		}
		return nil, nil, wrap(err)
	}
	return a.x, b.x, nil
}

// batch is how many customers go from the reader to those who index at a time.
const finderBatch = 1024

// readers gives what the two indexes read from, and what reads the book for both
// of them once.
func (f *finder) readers(ctx context.Context, w *building) (names.Entries, columns.Rows, func() error) {
	toNames, toColumns := make(chan []columns.Row, 4), make(chan []columns.Row, 4)
	send := func(c chan<- []columns.Row, rows []columns.Row) error {
		select {
		case c <- rows:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	var failed error
	read := func() error {
		defer close(toNames)
		defer close(toColumns)
		batch := make([]columns.Row, 0, finderBatch)
		flush := func() error {
			w.read.Add(int64(len(batch)))
			err := errors.Join(send(toNames, batch), send(toColumns, batch))
			batch = make([]columns.Row, 0, finderBatch)
			return err
		}
		failed = f.b.eachFacts(ctx, func(r *columns.Row) error {
			if batch = append(batch, *r); len(batch) == finderBatch {
				return flush()
			}
			return nil
		})
		if failed == nil {
			failed = flush()
		}
		return failed
	}
	ofNames := func(yield func(names.Entry) error) error {
		return drain(toNames, func(r *columns.Row) error {
			return yield(names.Entry{ID: r.ID, Name: r.Name, Town: r.Town, Postcode: r.Postcode})
		})
	}
	ofColumns := func(yield func(*columns.Row) error) error { return drain(toColumns, yield) }
	return ofNames, ofColumns, read
}

// drain gives every row; after an error it reads on without giving, so that the
// one who reads the book is not held up.
func drain(rows <-chan []columns.Row, f func(*columns.Row) error) error {
	var failed error
	for batch := range rows {
		for i := range batch {
			if failed == nil {
				failed = f(&batch[i])
			}
		}
	}
	return failed
}

// makeNames makes the index of names: in a file, or on the heap where no file
// can be written.
func (f *finder) makeNames(ctx context.Context, inFile bool, stamp segment.Stamp, entries names.Entries) (*names.Index, error) {
	if !inFile {
		return names.Memory(stamp, entries)
	}
	if err := names.Build(ctx, f.namesPath(), stamp, modeFile, entries, nil); err != nil {
		return nil, err
	}
	shareAs(f.b.path, f.namesPath())
	return names.Open(f.namesPath())
}

func (f *finder) makeColumns(ctx context.Context, inFile bool, stamp segment.Stamp, rows columns.Rows) (*columns.Base, error) {
	if !inFile {
		return columns.Memory(ctx, stamp, rows)
	}
	if err := columns.Build(ctx, f.columnsPath(), stamp, modeFile, rows); err != nil {
		return nil, err
	}
	shareAs(f.b.path, f.columnsPath())
	return columns.Open(f.columnsPath())
}

// ticker tells when progress is to be said; of none it never does.
type ticker struct {
	c <-chan time.Time
	t *time.Ticker
}

func newTicker(on bool) ticker {
	if !on {
		return ticker{}
	}
	t := time.NewTicker(200 * time.Millisecond)
	return ticker{c: t.C, t: t}
}

func (t ticker) stop() {
	if t.t != nil {
		t.t.Stop()
	}
}

// forget takes the files away, as when the book is not to be searched by them
// any more, nor by those that are being made.
func (f *finder) forget() error {
	f.still()
	defer f.catching.Unlock()
	f.mu.Lock()
	f.drop()
	f.mu.Unlock()
	if f.b.path == "" {
		return nil
	}
	var err error
	for _, p := range []string{f.namesPath(), f.columnsPath()} {
		if e := os.Remove(p); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	f.opened = true
	return err
}

// sweep removes what a build left that was cut short, such as by kill -9. Only
// who holds the book for writing may: of readers several can be building.
func (f *finder) sweep() {
	dir := filepath.Dir(f.b.path)
	all, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range all {
		for _, p := range []string{f.namesPath(), f.columnsPath()} {
			left, ours := strings.CutPrefix(e.Name(), "."+filepath.Base(p)+"-")
			if ours && e.Type().IsRegular() && strings.Trim(left, "0123456789") == "" {
				_ = os.Remove(filepath.Join(dir, e.Name())) // it is in nobody's way
			}
		}
	}
}
