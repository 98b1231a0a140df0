package screen

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

// slowWares is a page whose reading waits for the test.
type slowWares struct {
	*wares
	step  chan [2]int // the reading says how far it is, then waits for the next
	heard chan struct{}
	got   chan tea.Msg
	ended atomic.Bool
}

func newSlow(t *testing.T) *slowWares {
	t.Helper()
	b := newFitBench(t, "Petra Jansen")
	w := &slowWares{step: make(chan [2]int), heard: make(chan struct{}), got: make(chan tea.Msg, 1)}
	sh := &shop{}
	content := fullShop().content
	sh.work = func(ctx context.Context, progress func(done, total int)) (listContent, error) {
		for {
			select {
			case at, more := <-w.step:
				if !more {
					return content, nil
				}
				progress(at[0], at[1])
				w.heard <- struct{}{}
			case <-ctx.Done():
				w.ended.Store(true)
				return listContent{}, ctx.Err()
			}
		}
	}
	w.wares = newWares(b.env(b.Lead, "en"), sh, true)
	return w
}

// begin runs the reading of a command beside the test.
func (w *slowWares) begin(t *testing.T, cmd tea.Cmd) {
	t.Helper()
	batch, ok := cmd().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatal("no reading with a look at how far it is")
	}
	go func() { w.got <- batch[0]() }()
}

// far has the reading say how far it is and the page look.
func (w *slowWares) far(done, total int) {
	w.step <- [2]int{done, total}
	<-w.heard
	w.Update(listTick{of: w.run})
}

func (w *slowWares) has(t *testing.T, id string) bool {
	t.Helper()
	for _, c := range w.Commands() {
		if c.ID == id {
			return true
		}
	}
	return false
}

func (w *slowWares) golden(t *testing.T, name string) {
	t.Helper()
	kittest.Golden(t, name, kittest.Draw(t, w.View(80, 22), 80, 22))
}

func TestListingShowsHowFarItIs(t *testing.T) {
	w := newSlow(t)
	w.begin(t, w.Init())
	if w.has(t, "listing.stop") {
		t.Error("esc goes back before the page says that it reads")
	}
	w.far(0, 0)
	w.golden(t, "listing_work_begun")
	w.far(1200, 4800)
	w.golden(t, "listing_work_progress")
	close(w.step)
	w.Update(<-w.got)
	if w.has(t, "listing.stop") || w.selected() == nil {
		t.Fatal("not over")
	}
	// What took long is not read again for every change of a colleague.
	if _, cmd := w.Update(kit.Changed{}); cmd != nil {
		t.Error("read again by itself")
	}
	w.golden(t, "listing_work_stale")
	if !w.has(t, "listing.again") {
		t.Fatal("nothing to read it again with")
	}
	w.step = make(chan [2]int)
	w.begin(t, w.reread())
	w.far(3, 7)
	w.golden(t, "listing_work_again")
	close(w.step)
	w.Update(<-w.got)
	w.mine = true // as after an action of one's own
	_, cmd := w.Update(kit.Changed{})
	if cmd == nil {
		t.Error("one's own change is not seen")
	}
}

func TestListingStops(t *testing.T) {
	w := newSlow(t)
	w.begin(t, w.Init())
	w.far(5, 10)
	if !w.has(t, "listing.stop") {
		t.Fatal("cannot be stopped")
	}
	w.stop()
	w.golden(t, "listing_work_stopped")
	late := <-w.got
	if _, cmd := w.Update(late); cmd != nil || !w.ended.Load() {
		t.Error("the reading went on, or its end is told as a fault")
	}
	if !w.has(t, "listing.again") || w.has(t, "listing.stop") {
		t.Error("the commands are of a reading that is over")
	}
	w.begin(t, w.reread())
	w.far(1, 2)
	w.Closing() // leaving ends it as well
	if m := (<-w.got).(listRead); !errors.Is(m.err, context.Canceled) {
		t.Error("reads on after the screen was left:", m.err)
	}
}

// A work that is quick behaves as any other reading.
func TestListingQuickWork(t *testing.T) {
	sh := &shop{}
	sh.work = func(context.Context, func(int, int)) (listContent, error) { return fullShop().content, nil }
	b := newFitBench(t, "Petra Jansen")
	e := b.env(b.Lead, "en")
	s := newWares(e, sh, true)
	batch := s.Init()().(tea.BatchMsg)
	s.Update(batch[0]())
	if msg := batch[1](); msg != nil {
		t.Error("a look at a reading that is over:", msg)
	}
	if _, cmd := s.Update(kit.Changed{}); cmd == nil {
		t.Error("not read again")
	}
}
