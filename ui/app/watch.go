package app

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
)

// Terminal is where [Session.RunOn] shows a console.
type Terminal = console.Terminal

// Turns lets the sessions of a process look at what others changed one after the
// other. A change wakes all of them, and each reads its page: hundreds at one
// moment would keep everybody's keys waiting.
type Turns struct {
	gap time.Duration

	mu   sync.Mutex
	next time.Time
}

// NewTurns makes turns that begin at least gap apart. A session that has waited
// for its turn is current then, so the more sessions there are the longer each
// may be behind: gap times their number.
func NewTurns(gap time.Duration) *Turns { return &Turns{gap: gap} }

// take gives how long from now the next turn begins. nil has no turns.
func (t *Turns) take() time.Duration {
	if t == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	at := t.next
	if at.Before(now) {
		at = now
	}
	t.next = at.Add(t.gap)
	return at.Sub(now)
}

// watch tells the console that others changed the book: the first change at once
// when it is this session's turn, and after it no more than one in calm, so that
// the last one is told of as well. Own changes do not come this way, the screens
// tell of them themselves. What happened is read from the book; a change that
// cannot be read now is read at the next one.
func (s *Session) watch(ctx context.Context, woken <-chan struct{}, send func(tea.Msg)) {
	var last time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-woken:
		}
		if !rest(ctx, max(s.calm-time.Since(last), s.turns.take())) {
			return
		}
		select {
		case <-woken: // a change that came meanwhile is read with the others
		default:
		}
		last = time.Now()
		s.reread(send)
	}
}

// reread tells the console how far the book is.
func (s *Session) reread(send func(tea.Msg)) {
	if s.count() != nil {
		return
	}
	if page, err := s.desk.Page(model.PageRequest{N: 0}); err == nil {
		send(kit.Changed{Rev: uint64(page.Rev)})
	}
}

// rest lets time pass; false when ctx ended first.
func rest(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
