package wire

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// every is the least time between two lines of a log about one kind of event that
// a stranger can cause at will.
const every = time.Second

// hush keeps strangers from filling the log: of each kind of event one a second
// is logged, with how many were not.
type hush struct {
	log *slog.Logger

	mu   sync.Mutex
	seen map[string]*heard // by kind; kinds are words of this package
}

type heard struct {
	next   time.Time
	missed int
}

func newHush(log *slog.Logger) *hush { return &hush{log: log, seen: map[string]*heard{}} }

// note logs an event, or counts it when one of its kind was logged just now.
func (h *hush) note(now time.Time, level slog.Level, kind string, args ...any) {
	if !h.log.Enabled(context.Background(), level) {
		return
	}
	h.mu.Lock()
	k := h.seen[kind]
	if k == nil {
		k = &heard{}
		h.seen[kind] = k
	}
	if now.Before(k.next) {
		k.missed++
		h.mu.Unlock()
		return
	}
	missed := k.missed
	k.next, k.missed = now.Add(every), 0
	h.mu.Unlock()
	if missed > 0 {
		args = append(args, "more", missed)
	}
	h.log.Log(context.Background(), level, kind, args...)
}
