package store

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search/columns"
	"pasvorm/store/search/names"
	"pasvorm/store/search/segment"
)

// finder keeps the two search indexes of a book: that of names and that of
// columns. Each is a file that was made from the book at one revision, and what
// changed since, which the feed of changes tells. A file that does not belong to
// this book at a revision of its chain is never used: it is made anew.
type finder struct {
	b     *Book
	sizes finderSizes

	catching sync.Mutex // one brings it up to date at a time, or puts others into use

	mu    sync.RWMutex // held for reading while it is searched; taken after catching, never in a snapshot
	names *names.Live  // nil until there is one; changed with both held
	cols  *columns.Live
	close []func() error
	gen   uint64 // counts the files

	rev      atomic.Uint64 // up to which both know the book
	opened   bool          // the files were looked for
	build    *building     // what runs in the background; nil for nothing
	behind   bool          // those at hand could not take in what changed
	failed   error         // of the last build, and the revision it was made for
	failedAt engine.Rev

	unwritable bool // no files can be written beside the book
	closed     bool
}

// finderSizes are the borders between ways of keeping up; tests make them small.
type finderSizes struct {
	memory int // customers of a book that needs no files
	wait   int // customers whose indexes are made while one waits
	since  int // changed customers that are kept beside the files; more have them made anew
}

func standardFinder() finderSizes { return finderSizes{memory: 1000, wait: 10_000, since: 10_000} }

// building is a build of new files.
type building struct {
	done        chan struct{}
	read, total atomic.Int64
	cancel      context.CancelFunc
}

func newFinder(b *Book) *finder { return &finder{b: b, sizes: standardFinder()} }

func (f *finder) namesPath() string   { return f.b.path + ".names" }
func (f *finder) columnsPath() string { return f.b.path + ".columns" }

// using runs a search on both indexes while nothing changes them, after they
// were brought up to date. It gives false when they are being made: wait has it
// wait for that, with progress where given. It must not be called in a snapshot:
// it reads the book itself.
func (f *finder) using(ctx context.Context, wait bool, progress func(done, total int), search func(*names.Live, *columns.Live, uint64) error) (bool, error) {
	for {
		ready, err := f.ready(ctx, wait, progress)
		if err != nil || !ready {
			return false, err
		}
		there, err := f.reading(search)
		if err != nil || there || !wait { // else they were taken away in between
			return there, err
		}
	}
}

// reading runs a search; false when there are no indexes.
func (f *finder) reading(search func(*names.Live, *columns.Live, uint64) error) (bool, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.names == nil {
		return false, nil
	}
	return true, search(f.names, f.cols, f.gen)
}

// ready brings the indexes up to date.
func (f *finder) ready(ctx context.Context, wait bool, progress func(done, total int)) (bool, error) {
	for {
		state, build, err := f.catchUp()
		if err != nil || state == finderReady || build == nil || !wait {
			return state == finderReady, err
		}
		if err := build.wait(ctx, progress); err != nil {
			return false, err
		}
		f.catching.Lock()
		err = f.failed
		f.catching.Unlock()
		if err != nil {
			return false, err
		}
	}
}

type finderState int

const (
	finderReady finderState = iota
	finderBuilding
)

// catchUp looks for the files once, then takes in what changed since. When that
// has become much the indexes are made anew, of a large book in the background:
// until then those at hand serve, unless they could not take it in.
func (f *finder) catchUp() (finderState, *building, error) {
	f.catching.Lock()
	defer f.catching.Unlock()
	if f.closed {
		return 0, nil, wrap(engine.ErrClosed)
	}
	if !f.opened {
		f.opened = true
		if err := f.openFiles(); err != nil {
			return 0, nil, err
		}
	}
	if f.behind && f.build != nil {
		return finderBuilding, f.build, nil
	}
	if f.names != nil {
		took, err := f.follow()
		if err != nil {
			return 0, nil, err
		}
		if took {
			if f.build == nil && (f.names.Changed() > f.sizes.since || f.cols.Len() > f.sizes.since) {
				_, _, _ = f.make() // those at hand serve
			}
			return finderReady, nil, nil
		}
	}
	f.behind = true
	return f.make()
}

// openFiles takes the files into use when they are there and belong to this
// book. Whatever is wrong with them is no error: they are made anew.
func (f *finder) openFiles() error {
	if f.b.path == "" || !ourFile(f.namesPath()) || !ourFile(f.columnsPath()) {
		return nil
	}
	x, err := names.Open(f.namesPath())
	if err != nil {
		return unlessMissing(err)
	}
	c, err := columns.Open(f.columnsPath())
	if err != nil {
		return errors.Join(unlessMissing(err), x.Close())
	}
	fits := false
	if x.Stamp() == c.Stamp() {
		if fits, err = f.b.carries(x.Stamp()); err != nil {
			return errors.Join(err, x.Close(), c.Close())
		}
	}
	if !fits {
		return errors.Join(x.Close(), c.Close())
	}
	f.take(x, c, x.Stamp().Rev)
	return nil
}

// unlessMissing drops the error of a file that is missing or of no use: it is
// made anew.
func unlessMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, segment.ErrDamaged) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return wrap(err)
}

// take puts new indexes into use and lets go of those before. catching is held:
// who brings the old ones up to date must not find new ones in their place.
func (f *finder) take(x *names.Index, c *columns.Base, rev engine.Rev) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop()
	f.names, f.cols = names.NewLive(x), columns.NewLive(c)
	f.close = []func() error{x.Close, c.Close}
	f.gen++
	f.behind = false
	f.rev.Store(uint64(rev))
}

// drop lets go of the indexes in use; mu is held.
func (f *finder) drop() {
	for _, close := range f.close {
		_ = close() // a mapping that cannot be undone ends with the process
	}
	f.names, f.cols, f.close = nil, nil, nil
}

// shut ends what runs and lets go of the files.
func (f *finder) shut() error {
	f.still()
	defer f.catching.Unlock()
	f.closed = true
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop()
	return nil
}

// still has nothing run in the background, and holds catching when it returns.
func (f *finder) still() {
	f.catching.Lock()
	for f.build != nil {
		build := f.build
		build.cancel()
		f.catching.Unlock()
		<-build.done
		f.catching.Lock()
	}
}

// stampOfBook names the state of the book in a snapshot.
func stampOfBook(tx engine.Tx, der engine.Derived) (segment.Stamp, error) {
	info, err := model.Find[*model.BookInfo](newReader(tx, der), model.BookKey)
	if err != nil {
		return segment.Stamp{}, err
	}
	s := segment.Stamp{Rev: tx.Rev()}
	if info != nil {
		s.Book = info.ID
	}
	if head := der.Load(spaceMeta, keyHead); len(head) == 40 {
		copy(s.Chain[:], head[8:])
	}
	return s, nil
}

// carries reports whether a stamp names a state that this very book was in: its
// id, a revision that it has reached, and the chain as it stood there.
func (b *Book) carries(s segment.Stamp) (bool, error) {
	fits := false
	err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		now, err := stampOfBook(tx, der)
		if err != nil || now.Book != s.Book || s.Rev > now.Rev {
			return err
		}
		cur := der.Cursor(spaceRev)
		last := cur.Prev
		if k, _ := cur.Seek(revKey(model.Rev(s.Rev) + 1)); k == nil {
			last = cur.Last
		}
		k, v := last()
		var chain [32]byte
		if k != nil && len(v) == 48 {
			copy(chain[:], v[16:])
		}
		fits = chain == s.Chain
		return nil
	})
	return fits, wrap(err)
}

// wait waits for a build.
func (w *building) wait(ctx context.Context, progress func(done, total int)) error {
	tick := newTicker(progress != nil)
	defer tick.stop()
	for {
		select {
		case <-w.done:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.c:
			progress(int(w.read.Load()), int(w.total.Load()))
		}
	}
}
