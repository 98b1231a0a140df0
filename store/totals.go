package store

import (
	"sync"
	"time"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// sums are what was counted over the book last. They are the same for everybody,
// and when the book changes every session asks for them.
type sums struct {
	mu     sync.Mutex
	rev    engine.Rev
	at     time.Time // the second in which it was counted
	totals model.Totals
}

// Totals gives sums over the book. They are counted once in a second for each
// revision: what falls due is due a second later at most.
func (s *Session) Totals() (model.Totals, error) {
	var out model.Totals
	err := s.snapshot(func(v *view) error {
		c, rev, at := &s.book.totals, v.tx.Rev(), s.book.now().Truncate(time.Second)
		// Held while counting, so that of many who ask at once one counts.
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.rev == rev && c.at.Equal(at) {
			out = c.totals
			return nil
		}
		var err error
		if out, err = s.countTotals(v); err == nil && rev >= c.rev {
			c.rev, c.at, c.totals = rev, at, out
		}
		return err
	})
	return out, err
}

func (s *Session) countTotals(v *view) (model.Totals, error) {
	t, err := loadTotals(v.der)
	if err != nil {
		return model.Totals{}, err
	}
	out := model.Totals{Customers: t.Customers, Revenue: t.Revenue, Flagged: t.Flagged, Waiting: t.Waiting,
		Queue: v.queued(model.DayOf(s.book.now()))}
	out.Today, err = s.dueToday(v)
	return out, err
}
