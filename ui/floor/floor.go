// Package floor keeps in memory who works on a book now: sessions, who is on
// which customer, who types, and what is told to all.
//
// Nothing here waits. A seat is woken through a channel of one slot, and only on
// account of what it asked last: the customer of its last [Seat.Here], the names
// of everybody, the list of sessions. A wake ends that; who still shows the
// answer asks again. So somebody who moves costs those who look at the same
// customer, and nobody else. See wake.go for how many are woken at a time.
package floor

import (
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
)

// MaxTelling is how many characters a sentence to all may have.
const MaxTelling = 200

// tellingsKept is how many sentences can be read later.
const tellingsKept = 10

// Arrival is a session that begins.
type Arrival struct {
	// ID names the session; one is made up when it is empty or taken.
	ID string
	// Way is "ssh", "socket" or "here"; From the address of an SSH client; Verb
	// the first word of what it carries out, "" for a console.
	Way, From, Verb string
	// Me says who sits there. It is asked whenever a right is checked, for a role
	// may change meanwhile, and when sessions are listed. It is called outside the
	// hub's lock.
	Me func() (model.Me, error)
	// Customer gives the name of a customer as this session may see it, "" where
	// it may not; nil gives no names. It is called outside the hub's lock.
	Customer func(model.ID) string
	// End ends the session, by whom is a person's name. It is called outside the
	// hub's lock; nil for a session that nobody else can end.
	End func(by string)
}

// Hub is the floor of one book.
type Hub struct {
	now func() time.Time

	mu    sync.Mutex
	seats map[string]*Seat
	on    index // seats by the customer that they are on
	eyes  index // seats by the customer that they asked about last
	names map[*Seat]struct{}
	lists map[*Seat]struct{}
	told  []ui.Telling
	waker
}

// index finds seats by a customer.
type index map[model.ID]map[*Seat]struct{}

func (x index) add(c model.ID, s *Seat) {
	if c == model.NoID {
		return
	}
	if x[c] == nil {
		x[c] = map[*Seat]struct{}{}
	}
	x[c][s] = struct{}{}
}

func (x index) drop(c model.ID, s *Seat) {
	delete(x[c], s)
	if len(x[c]) == 0 {
		delete(x, c)
	}
}

// NewHub makes an empty floor; now gives the moment.
func NewHub(now func() time.Time) *Hub {
	return &Hub{now: now, seats: map[string]*Seat{}, on: index{}, eyes: index{}, names: map[*Seat]struct{}{}, lists: map[*Seat]struct{}{}}
}

// Join gives a session its seat, which it leaves with [Seat.Leave].
func (h *Hub) Join(a Arrival) *Seat {
	s := &Seat{hub: h, arrival: a, since: h.now()}
	s.last.Store(s.since.UnixNano())
	me, err := s.me()
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		s.who = me
	}
	s.id = a.ID
	for s.id == "" || h.seats[s.id] != nil {
		s.id = newID()
	}
	h.seats[s.id] = s
	h.came(s)
	return s
}

// came wakes those who show who is here, after a seat was taken or left.
func (h *Hub) came(s *Seat) {
	if s.arrival.Verb == "" {
		h.stir(h.names, s)
	}
	h.stir(h.lists, s)
}

// newID is four letters and digits that are not taken for one another. It is no
// secret: ending a session asks for a right.
func newID() string {
	const letters = "bcdfghjkmnpqrstvwxz23456789"
	b := make([]byte, 4)
	for i := range b {
		b[i] = letters[rand.IntN(len(letters))]
	}
	return string(b)
}

// Count is how many sessions there are.
func (h *Hub) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.seats)
}

// TellAll tells every console a sentence in the name of the server, cut to
// [MaxTelling] characters, and gives how many it goes to.
func (h *Hub) TellAll(text string) int {
	text = sentence(text)
	if r := []rune(text); len(r) > MaxTelling {
		text = string(r[:MaxTelling])
	}
	if text == "" {
		return 0
	}
	return h.tell("", text)
}

// sentence makes one line of valid text.
func sentence(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
}

func (h *Hub) tell(by, text string) int {
	at := h.now()
	h.mu.Lock()
	defer h.mu.Unlock()
	// Moments rise, so that who has read up to one knows what is new.
	if n := len(h.told); n > 0 && !at.After(h.told[n-1].At) {
		at = h.told[n-1].At.Add(1)
	}
	h.told = append(h.told, ui.Telling{At: at, By: by, Text: text})
	if n := len(h.told); n > tellingsKept {
		h.told = append([]ui.Telling(nil), h.told[n-tellingsKept:]...)
	}
	count := 0
	for _, s := range h.seats {
		if s.arrival.Verb == "" {
			h.wake(s) // rare and meant to be read now
			count++
		}
	}
	return count
}
