package app

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// changing is a desk of which nothing but its revision is known.
type changing struct {
	ui.Desk
	rev   atomic.Uint64
	woken chan struct{}
}

func newChanging() *changing { return &changing{woken: make(chan struct{}, 1)} }

func (c *changing) Totals() (model.Totals, error) { return model.Totals{}, nil }
func (c *changing) Page(model.PageRequest) (model.Page, error) {
	return model.Page{Rev: model.Rev(c.rev.Load())}, nil
}

// change makes a revision, as somebody else would.
func (c *changing) change() {
	c.rev.Add(1)
	select {
	case c.woken <- struct{}{}:
	default:
	}
}

// told is a revision that a console was told of, and when.
type told struct {
	rev uint64
	at  time.Duration
}

// watched runs the watch of a session while f changes the book, and gives what
// its console was told.
func watched(t *testing.T, s *Session, c *changing, f func()) []told {
	t.Helper()
	begin := time.Now()
	var all []told
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.watch(ctx, c.woken, func(msg tea.Msg) {
			if m, ok := msg.(kit.Changed); ok {
				all = append(all, told{m.Rev, time.Since(begin)})
			}
		})
	}()
	f()
	time.Sleep(time.Minute)
	cancel()
	<-done
	return all
}

// The first change is told of at once, then no more than one in the time that a
// console is left in peace, and the last one always.
func TestOthersChangesComeCalmly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChanging()
		got := watched(t, &Session{desk: c, calm: time.Second}, c, func() {
			for range 25 { // one each tenth of a second
				c.change()
				time.Sleep(100 * time.Millisecond)
			}
		})
		if len(got) != 4 || got[0] != (told{1, 0}) || got[len(got)-1].rev != 25 {
			t.Errorf("told of %v", got)
		}
		for i, now := range got[1:] {
			if now.at-got[i].at < time.Second {
				t.Errorf("not left in peace: %v", got)
			}
		}
		// After a quiet time the next one comes at once again.
		got = watched(t, &Session{desk: c, calm: time.Second}, c, c.change)
		if len(got) != 1 || got[0] != (told{26, 0}) {
			t.Errorf("told of %v", got)
		}
	})
}

// Without calm every change is told of when it comes.
func TestOthersChangesComeAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChanging()
		got := watched(t, &Session{desk: c}, c, func() {
			for range 5 {
				c.change()
				time.Sleep(time.Millisecond)
			}
		})
		if len(got) != 5 || got[4] != (told{5, 4 * time.Millisecond}) {
			t.Errorf("told of %v", got)
		}
	})
}

// Of one change many sessions hear one after the other, the first of them at
// once; when they have rested it begins so again.
func TestSessionsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := NewTurns(4 * time.Millisecond)
		for range 2 {
			for n := range 500 {
				if got, want := turns.take(), time.Duration(n)*4*time.Millisecond; got != want {
					t.Fatalf("session %d waits %v and not %v", n, got, want)
				}
			}
			time.Sleep(time.Minute)
		}
		if d := (*Turns)(nil).take(); d != 0 {
			t.Errorf("one alone waits %v", d)
		}
	})
}

// A session that waits its turn or its calm ends at once with its context.
func TestWatchEndsWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChanging()
		turns := NewTurns(time.Hour)
		turns.take()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			(&Session{desk: c, turns: turns}).watch(ctx, c.woken, func(tea.Msg) { t.Error("told out of turn") })
		}()
		c.change()
		synctest.Wait()
		begin := time.Now()
		cancel()
		<-done
		if d := time.Since(begin); d != 0 {
			t.Errorf("it took %v", d)
		}
	})
}
