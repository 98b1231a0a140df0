package floor

import (
	"time"

	"pasvorm/model"
)

// At most burst seats are woken in a stretch of time; those beyond wait their
// turn. A woken console draws its screen anew, so on a full floor a great coming
// and going costs each console a drawing every few seconds, not one for each who
// comes. With few people every wake is at once.
const (
	burst   = 16
	stretch = 100 * time.Millisecond
)

// waker holds who is to be woken. It is used under the hub's lock.
type waker struct {
	queue []*Seat // in turn; a seat stands in it once
	spent int     // wakes in this stretch
	timed bool    // a timer ends the stretch
}

// stir has seats woken, all but the one on whose account it is.
func (h *Hub) stir(seats map[*Seat]struct{}, but *Seat) {
	for s := range seats {
		if s != but && !s.queued {
			s.queued = true
			h.queue = append(h.queue, s)
		}
	}
	h.turn()
}

// turn wakes those whose turn it is.
func (h *Hub) turn() {
	for len(h.queue) > 0 && h.spent < burst {
		s := h.queue[0]
		h.queue[0] = nil
		h.queue = h.queue[1:]
		if s.queued = false; !s.gone {
			h.wake(s)
			h.spent++
		}
	}
	if len(h.queue) == 0 {
		h.queue = nil
	}
	if h.spent > 0 && !h.timed {
		h.timed = true
		time.AfterFunc(stretch, h.next)
	}
}

// next begins another stretch, the last one when nobody waits any more.
func (h *Hub) next() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.timed, h.spent = false, 0
	h.turn()
}

// wake tells a seat to ask again. It never waits: a slot that is full has woken
// the seat already.
func (h *Hub) wake(s *Seat) {
	h.forget(s)
	for _, c := range s.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// forget ends what a seat is to be woken for.
func (h *Hub) forget(s *Seat) {
	h.eyes.drop(s.eye, s)
	s.eye = model.NoID
	delete(h.names, s)
	delete(h.lists, s)
}
