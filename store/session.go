package store

import (
	"context"
	"sync"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search/names"
)

// Session is the book as one person has it in front of them.
type Session struct {
	book  *Book
	actor model.Actor

	mu       sync.Mutex
	ranked   *ranked        // what words found last
	names    *names.Session // what earlier keystrokes found, in the indexes numbered namesGen
	namesGen uint64
	forget   *time.Timer // lets go of both
}

// searchKept is how long a session keeps what words found after the last of them:
// somebody types on, or pages through it, within that. At a large book it is
// megabytes, and most sessions look at something else.
const searchKept = 30 * time.Second

// keep has what words found let go of later. It is called with the lock held.
func (s *Session) keep() {
	if s.forget != nil {
		s.forget.Reset(searchKept)
		return
	}
	s.forget = time.AfterFunc(searchKept, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ranked, s.names = nil, nil
	})
}

// As gives the book to an actor. Who the actor is has been proved before: by
// the account that opened the file, or by the key of a connection.
func (b *Book) As(actor model.Actor) *Session { return &Session{book: b, actor: actor} }

// Do carries out one action, see [Book.Do].
func (s *Session) Do(ctx context.Context, a model.Action) (model.Receipt, error) {
	r, err := s.book.Do(ctx, s.actor, a)
	if _, ok := a.(model.LoadPlaybook); ok && err == nil {
		// It is loaded; what cannot be read is for the doctor to say.
		if note, e := s.book.lostSignals(); e == nil {
			r.Notes = append(r.Notes, note...)
		}
	}
	if m, ok := a.(model.Merge); ok && err == nil {
		s.book.afterMerge(ctx, s.actor, m)
	}
	return r, err
}

// DoAll carries out several as one change, see [Book.DoAll].
func (s *Session) DoAll(ctx context.Context, a []model.Action) (model.Receipt, error) {
	return s.book.DoAll(ctx, s.actor, a)
}

// Undo takes back, see [Book.Undo].
func (s *Session) Undo(ctx context.Context, rev model.Rev, redo bool) (model.Receipt, error) {
	return s.book.Undo(ctx, s.actor, rev, redo)
}

// UndoWith takes back with progress, see [Book.UndoWith].
func (s *Session) UndoWith(ctx context.Context, rev model.Rev, redo bool, progress func(done, total int)) (model.Receipt, error) {
	return s.book.UndoWith(ctx, s.actor, rev, redo, progress)
}

// Watch wakes when the book changed, see [Book.Watch].
func (s *Session) Watch() (woken <-chan struct{}, stop func()) { return s.book.Watch() }

// Me tells who sits here.
func (s *Session) Me() (model.Me, error) {
	var me model.Me
	err := s.snapshot(func(v *view) error {
		var err error
		me, err = whoIs(v.r, s.actor)
		return err
	})
	return me, err
}

// view is one snapshot with what screens need beside records.
type view struct {
	tx     engine.Tx
	der    engine.Derived
	r      *reader
	now    model.Stamp
	hidden func(model.ID) bool
	names  map[model.ID]string
	rows   *rowCache
}

func (b *Book) snapshot(f func(*view) error) error {
	return wrap(b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		return f(&view{tx: tx, der: der, r: newReader(tx, der), now: model.StampOf(b.now()), hidden: hiddenBy(der), names: map[model.ID]string{}, rows: &b.rows})
	}))
}

func (s *Session) snapshot(f func(*view) error) error { return s.book.snapshot(f) }

// name gives a person's name, "" for nobody.
func (v *view) name(id model.ID) (string, error) {
	if id == model.NoID {
		return "", nil
	}
	if n, ok := v.names[id]; ok {
		return n, nil
	}
	p, err := model.Find[*model.Person](v.r, model.PersonKey(id))
	if err != nil {
		return "", err
	}
	if p != nil {
		v.names[id] = p.Name
	} else {
		v.names[id] = "?"
	}
	return v.names[id], nil
}

// row reads a customer as a line of a list; false for one that is gone.
func (v *view) row(id model.ID) (model.Row, *model.Customer, bool, error) {
	c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id))
	if err != nil || c == nil {
		return model.Row{}, nil, false, err
	}
	st, err := loadState(v.der, id)
	if err != nil {
		return model.Row{}, nil, false, err
	}
	owner, err := v.name(c.Owner)
	return model.Row{ID: id, Name: c.Name, Number: c.Number, Town: c.Town, Kind: c.Kind, Relation: c.Relation,
		Owner: owner, Standing: st.standing(v.now)}, c, true, err
}
