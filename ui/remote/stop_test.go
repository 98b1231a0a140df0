package remote

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/remote/wire"
)

// guarded starts the guard of a hall; it ends with the test.
func (h *hall) guarded() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go h.guard(ctx)
	settle()
	return cancel
}

// within fails unless somebody leaves in time, with a code.
func (g *guest) within(d time.Duration, code int) {
	g.t.Helper()
	began := time.Now()
	g.leaves(code)
	if took := time.Since(began); took > d {
		g.t.Errorf("left after %v, want %v", took, d)
	}
}

// Who is taken out of the book is shown out, whatever changed just before; who
// gets another role stays.
func TestWithdrawn(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		defer h.guarded()()
		g, again, other := h.sits(karin), h.sits(karin), h.sits(sam)
		h.Customer(t, "Petra Jansen") // the guard has just looked
		h.Must(t, h.Admin, model.SetRole{Person: h.Agent2, Role: model.RoleLead})
		h.Must(t, h.Admin, model.RemovePerson{Person: h.Agent})
		g.within(5*time.Second, codeNotAllowed)
		again.leaves(codeNotAllowed)
		g.plain()
		g.sees("Your access was withdrawn")
		time.Sleep(time.Second) // consoles take changes calmly
		settle()
		other.sees("Sam (lead)")
		other.types("q")
		other.leaves(0)
		if !strings.Contains(h.log.String(), `"reason":"revoked"`) {
			t.Error(h.log)
		}
	})
}

// An account that was given to somebody else is not theirs any more.
func TestWithdrawnFromAnAccount(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		defer h.guarded()()
		g := h.sits(karin)
		h.Must(t, h.Admin, model.DropAccount{Person: h.Agent, UID: karin})
		g.within(5*time.Second, codeNotAllowed)
	})
}

// Who was shut out between the proof and the session does not get in.
func TestWithdrawnBeforeItBegan(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		g := h.stands(karin)
		g.terminal(80, 24)
		h.Must(t, h.Admin, model.RemovePerson{Person: h.Agent})
		h.begins(g)
		g.leaves(codeNotAllowed)
		g.sees("Your access was withdrawn")
	})
}

// An admin ends a session; the person reads who did.
func TestEndedByAnAdmin(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		g := h.sits(karin)
		code, out, errs := h.asks(robin, "who end "+g.ID(), "")
		if code != 0 {
			t.Fatal(code, out, errs)
		}
		g.within(5*time.Second, codeNotAllowed)
		g.sees("Robin ended this session")
	})
}

// A line that drops in the middle of a form costs nothing that was typed.
func TestDraftOutlivesTheLine(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra Jansen")
		g := h.sits(karin)
		g.types("\r")
		g.types("e")
		g.types("-Smit")
		g.sees("Petra Jansen-Smit")
		g.cancel(wire.ErrLine)
		g.leaves(codeFailure)
		g = h.sits(karin)
		g.types("\r")
		g.types("e")
		g.sees("A draft of")
		g.types("\r")
		g.sees("Petra Jansen-Smit")
	})
}

func TestIdleIsSaid(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		g := h.sits(karin)
		g.cancel(wire.ErrIdle)
		g.leaves(codeFailure)
		g.plain()
		g.sees("Nothing was typed for 60 minutes")
	})
}

// stops drains a hall, whose line waits for those who are in.
func (h *hall) stops() (gone <-chan struct{}) {
	h.shut = func(ctx context.Context) error {
		for len(h.all()) > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
		}
		return nil
	}
	out := make(chan struct{})
	go func() {
		h.drain()
		close(out)
	}()
	h.t.Cleanup(func() { <-out })
	settle()
	return out
}

// Who reads is let go soon, who types may finish, and both are told.
func TestStopLetsPeopleFinish(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		h.Customer(t, "Petra Jansen")
		reads, types := h.sits(sam), h.sits(karin)
		types.types("\r")
		types.types("e")
		types.types("-Smit")
		began := time.Now()
		gone := h.stops()
		reads.sees("The server stops within 30 seconds")
		types.sees("The server stops within 30 seconds")
		reads.within(5*time.Second, codeFailure)
		reads.plain()
		reads.sees("The server stopped")
		time.Sleep(12 * time.Second)
		types.types("s")
		types.sees("Petra Jansen-Smits")
		time.Sleep(5 * time.Second)
		types.sees("The server stops within ")
		types.leaves(codeFailure)
		<-gone
		if took := time.Since(began); took < 29*time.Second || took > 33*time.Second {
			t.Errorf("stopped after %v", took)
		}
		types.sees("The server stopped")
		h.cfg.Settings.Drain = time.Second
		again := h.sits(karin)
		again.types("\r")
		again.types("e")
		again.types("\r")
		again.sees("Petra Jansen-Smits")
	})
}

// A second signal waits for nobody, and keeps what was typed all the same. A
// verb that is at work is stopped with it.
func TestStopAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		hurry := make(chan struct{})
		h := newHall(t, func(c *Config) {
			c.Hurry = hurry
			c.Host = bookHost{Book: c.Host.(bookHost).Book, wrap: func(b ui.Book) ui.Book { return slow{Book: b} }} //nolint:errcheck,forcetypeassert // of newHall
		})
		h.Customer(t, "Petra Jansen")
		g, works := h.sits(karin), h.stands(robin)
		call := "export --csv"
		works.command = &call
		h.begins(works)
		g.types("\r")
		g.types("e")
		g.types("x")
		gone := h.stops()
		time.Sleep(10 * time.Second)
		if n := len(h.all()); n != 2 {
			t.Fatal(n, "sessions are left")
		}
		close(hurry)
		began := time.Now()
		<-gone
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
		g.leaves(codeFailure)
		if code := <-works.exit; code != codeFailure || !strings.Contains(works.err.String(), "The server stopped") {
			t.Error(code, works.err.String())
		}
	})
}

// A session that does not heed its end has its line cut.
func TestLineIsCut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, func(c *Config) {
			c.Host = bookHost{Book: c.Host.(bookHost).Book, wrap: func(b ui.Book) ui.Book { return deaf{b} }} //nolint:errcheck,forcetypeassert // of newHall
		})
		defer h.guarded()()
		g := h.stands(anna)
		call := "import -"
		g.command = &call
		h.begins(g)
		h.Must(t, h.Admin, model.RemovePerson{Person: h.Lead})
		g.within(5*time.Second, codeNotAllowed)
		if !g.cut {
			t.Error("the line was not cut")
		}
	})
}

// deaf reads its input to the end, whatever happens to its context.
type deaf struct{ ui.Book }

func (deaf) Import(_ context.Context, src io.Reader, _ io.Writer, _ model.ImportOptions, _ func(model.ImportProgress)) (model.ImportReport, error) {
	_, err := io.Copy(io.Discard, src)
	return model.ImportReport{}, err
}
