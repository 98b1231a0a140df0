package remote

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"pasvorm/ui/kit"
	"pasvorm/ui/remote/wire"
)

const (
	quiet   = 3 * time.Second // without a key, who types nothing is taken to read
	settles = 5 * time.Second // for what is ended to be kept and said
	reminds = 5 * time.Second // between two words about the stop
)

// Serve takes sessions on the listeners until ctx ends, then lets people finish
// their sentence for [settings.Settings.Drain] and returns when all of them have
// gone, with their drafts kept. A listener that fails ends it too, with its error.
func (s *Server) Serve(ctx context.Context, listeners ...net.Listener) error {
	guarding, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	s.safely(func() { s.guard(guarding) })
	failed := make(chan error, len(listeners))
	for _, ln := range listeners {
		s.safely(func() { failed <- s.wire.Serve(ln) })
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.drain()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Metrics serves figures about the server for Prometheus.
func (s *Server) Metrics() http.Handler { return s.meter.Handler() }

// drain ends what runs. Who reads is let go soon; who types, and whatever verb is
// at work, gets the time of the settings.
func (s *Server) drain() {
	last := time.Now().Add(s.cfg.Settings.Drain)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	gone := make(chan struct{})
	s.safely(func() {
		defer close(gone)
		if err := s.shut(ctx); err != nil {
			s.log.Error("stopping", "error", err.Error())
		}
	})
	s.log.Info("stopping", "sessions", len(s.all()))
	s.remind(last)
	began, told := time.Now(), time.Now()
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	hurry, cut := s.cfg.Hurry, time.Time{}
	for {
		select {
		case <-gone:
			return
		case <-hurry:
			hurry, last = nil, time.Now()
		case <-tick.C:
		}
		now := time.Now()
		switch {
		case !cut.IsZero():
			if now.After(cut) {
				cancel()
			}
			continue
		case !now.Before(last):
			cut = now.Add(settles)
			s.endAll(func(*session) bool { return true })
			continue
		case now.Sub(told) >= reminds:
			told = now
			s.remind(last)
		}
		if now.Sub(began) >= quiet {
			s.endAll(func(x *session) bool { return !x.busy(now) })
		}
	}
}

func (s *Server) endAll(those func(*session) bool) {
	for _, x := range s.all() {
		if those(x) {
			x.end(wire.ErrShutdown)
		}
	}
}

// busy tells whether somebody types, or a verb is at work.
func (x *session) busy(now time.Time) bool {
	return x.send.Load() == nil || x.typing.Load() || now.Sub(x.Last()) < quiet
}

// remind tells every console how long there is.
func (s *Server) remind(last time.Time) {
	seconds := max(1, int(time.Until(last).Round(time.Second)/time.Second))
	for _, x := range s.all() {
		x.tell(kit.Notice{Level: kit.Caution, Text: x.tx.N("serve.stops", seconds)})
	}
}
