// Package store is the book: the only door to the data. Whatever is to change
// goes through [Book.Do]; whatever is shown is read from a snapshot.
package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/playbook"
)

// Options give the book what comes from outside: time and identity.
type Options struct {
	Now      func() time.Time // nil is time.Now
	Location *time.Location   // of the desk; nil is local time
	NewID    func() model.ID  // nil makes UUIDs version 7
}

// Book is an open book. Its methods may be called from several goroutines.
type Book struct {
	eng  engine.Local
	opt  Options
	path string       // "" for a book that was not opened from a file
	gate sync.RWMutex // held whole while derived data is made anew
	load loadSizes

	mu       sync.Mutex
	watchers map[chan struct{}]struct{}
	play     *model.Playbook
	cal      model.Calendar
	playRev  engine.Rev
	playSet  bool
	release  []func() error
	finder   *finder
	totals   sums
	rows     rowCache
}

// New makes a book of an engine. The engine must have [Applier] as its applier.
func New(eng engine.Local, opt Options) *Book {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Location == nil {
		opt.Location = time.Local
	}
	if opt.NewID == nil {
		opt.NewID = NewID
	}
	b := &Book{eng: eng, opt: opt, load: standardLoad(), watchers: map[chan struct{}]struct{}{}}
	b.finder = newFinder(b)
	return b
}

// Applier gives what an engine must derive for a book.
func Applier() engine.Applier { return applier{} }

// NewID makes a UUID version 7 (RFC 9562).
func NewID() model.ID { return model.ID(uuid.Must(uuid.NewV7())) }

// Close releases the book: first what was made beside the file, then the file,
// so that nothing of the next one to hold it is taken away.
func (b *Book) Close() error {
	err := b.finder.shut()
	for _, f := range b.release {
		err = errors.Join(err, f())
	}
	b.release = nil
	return errors.Join(err, b.eng.Close())
}

// Path gives the name of the file; "" for a book that has none.
func (b *Book) Path() string { return b.path }

// Check walks the whole file, below the records, where the engine offers that.
func (b *Book) Check() []error {
	if c, ok := b.eng.(interface{ Check() []error }); ok {
		return c.Check()
	}
	return nil
}

// Watch gives a channel with one slot that is filled whenever the book changed.
// What happened is read from the book. Stop ends the watch.
func (b *Book) Watch() (woken <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	b.mu.Lock()
	b.watchers[ch] = struct{}{}
	b.mu.Unlock()
	return ch, func() {
		b.mu.Lock()
		delete(b.watchers, ch)
		b.mu.Unlock()
	}
}

func (b *Book) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ch := range b.watchers {
		select {
		case ch <- struct{}{}:
		default: // it is awake already
		}
	}
}

func (b *Book) now() time.Time { return b.opt.Now().In(b.opt.Location) }

// playbookAt gives the playbook of a snapshot; it is parsed once.
func (b *Book) playbookAt(tx engine.Tx) (*model.Playbook, model.Calendar, engine.Rev, error) {
	v, rev := tx.Get([]byte(model.PlaybookKey))
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.playSet && rev == b.playRev {
		return b.play, b.cal, rev, nil
	}
	play := playbook.Default()
	if v != nil {
		r, err := decode([]byte(model.PlaybookKey), v)
		if err != nil {
			return nil, nil, 0, err
		}
		text, _ := r.(*model.PlaybookText)
		if play, err = playbook.Parse("book", []byte(text.Text)); err != nil {
			return nil, nil, 0, &model.Error{Kind: model.KindCorrupt, ID: "error.playbook.stored", Hint: "hint.playbook.load", Cause: err}
		}
	}
	b.play, b.cal, b.playRev, b.playSet = play, playbook.NewCalendar(play.Calendar, b.opt.Location), rev, true
	return b.play, b.cal, rev, nil
}

// Do carries out one action: it is decided on a snapshot and applied as one
// batch under the condition that what was read still stands. When somebody else
// was first it is decided again.
func (b *Book) Do(ctx context.Context, actor model.Actor, a model.Action) (model.Receipt, error) {
	return b.do(ctx, actor, []model.Action{a}, b.opt.NewID())
}

// DoAll carries out several actions of one kind as one change: one line in the
// journal for each batch, one step for undo. Either all of a batch is carried
// out or nothing of it.
func (b *Book) DoAll(ctx context.Context, actor model.Actor, actions []model.Action) (model.Receipt, error) {
	group := b.opt.NewID()
	var out model.Receipt
	for len(actions) > 0 {
		n := min(len(actions), b.bulkStep())
		r, err := b.do(ctx, actor, actions[:n], group)
		if err != nil {
			return out, err
		}
		r.Count, r.Notes = r.Count+out.Count, append(out.Notes, r.Notes...)
		out, actions = r, actions[n:]
	}
	return out, nil
}

// bulkStep is how many actions go into one batch: an action may touch a handful
// of records, and the journal's payload holds each as it stood before.
func (b *Book) bulkStep() int { return max(1, min(b.eng.Limits().Operations/8, 2000)) }
