package floor

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/ui"
)

// Seat is a session's place on the floor, and the floor as it sees it. After
// [Seat.Leave] it says that nobody is there.
type Seat struct {
	hub     *Hub
	id      string
	arrival Arrival
	since   time.Time
	last    atomic.Int64 // moment of the last key, in nanoseconds

	// Under the hub's lock.
	who      model.Me // as last heard
	place    ui.Place
	eye      model.ID // the customer that was asked about since the last wake
	queued   bool     // to be woken
	gone     bool
	watchers []chan struct{}
}

var _ ui.Floor = (*Seat)(nil)

// ID is what [Seat.End] takes.
func (s *Seat) ID() string { return s.id }

// Leave gives the seat up. The hub forgets it; leaving again does nothing.
func (s *Seat) Leave() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.gone {
		return
	}
	s.gone = true
	delete(h.seats, s.id)
	h.forget(s)
	h.on.drop(s.place.Customer, s)
	h.stir(h.eyes[s.place.Customer], s)
	h.came(s)
	s.watchers = nil
}

// Touch notes that a key was pressed. It wakes nobody.
func (s *Seat) Touch() { s.last.Store(s.hub.now().UnixNano()) }

// Be says where the session is.
func (s *Seat) Be(p ui.Place) {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	was := s.place
	if s.gone || was == p {
		return
	}
	s.place = p
	h.stir(h.eyes[p.Customer], s)
	if was.Customer != p.Customer {
		h.on.drop(was.Customer, s)
		h.on.add(p.Customer, s)
		h.stir(h.eyes[was.Customer], s)
	}
	h.stir(h.lists, s)
}

// Here gives the others on a customer, or with [model.NoID] everybody else at a
// console. The person's own other sessions are not others. Who asked about
// everybody is woken when somebody comes or goes, not when somebody moves.
func (s *Seat) Here(customer model.ID) []ui.Presence {
	return persons(s.others(customer))
}

// others gives the seats of others, as they are now. On a full floor everybody
// asks this often, so nothing more is done under the lock.
func (s *Seat) others(customer model.ID) (out []ui.Presence) {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.gone {
		return nil
	}
	add := func(o *Seat) {
		if o == s || o.arrival.Verb != "" || o.who.Actor.Person == model.NoID || o.who.Actor.Person == s.who.Actor.Person {
			return
		}
		out = append(out, ui.Presence{Person: o.who.Actor.Person, Name: o.who.Name, Customer: o.place.Customer, Typing: o.place.Typing})
	}
	if customer != model.NoID {
		h.eyes.drop(s.eye, s)
		s.eye = customer
		h.eyes.add(customer, s)
		for o := range h.on[customer] {
			add(o)
		}
		return out
	}
	h.names[s] = struct{}{}
	out = make([]ui.Presence, 0, len(h.seats))
	for _, o := range h.seats {
		add(o)
	}
	return out
}

// persons makes one line for each person.
func persons(seats []ui.Presence) []ui.Presence {
	if len(seats) == 0 {
		return nil
	}
	best := make(map[model.ID]ui.Presence, len(seats))
	for _, p := range seats {
		was, known := best[p.Person]
		switch {
		case !known, p.Typing && !was.Typing:
		case p.Typing == was.Typing && was.Customer == model.NoID && p.Customer != model.NoID:
		default:
			continue
		}
		best[p.Person] = p
	}
	out := make([]ui.Presence, 0, len(best))
	for _, p := range best {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b ui.Presence) int {
		if a.Typing != b.Typing {
			if a.Typing {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Person.String(), b.Person.String()))
	})
	return out
}

// Sessions lists every session by the time it began. It asks each who sits
// there, so it takes a reading of the book for each.
func (s *Seat) Sessions() []ui.SessionLine {
	h := s.hub
	h.mu.Lock()
	if s.gone {
		h.mu.Unlock()
		return nil
	}
	h.lists[s] = struct{}{}
	seats := make([]*Seat, 0, len(h.seats))
	for _, o := range h.seats {
		seats = append(seats, o)
	}
	h.mu.Unlock()
	fresh := make(map[*Seat]model.Me, len(seats))
	for _, o := range seats {
		if me, err := o.me(); err == nil { // who may not be here any more is shown as last heard, until the session ends
			fresh[o] = me
		}
	}
	h.mu.Lock()
	out := make([]ui.SessionLine, 0, len(seats))
	for _, o := range seats {
		if me, ok := fresh[o]; ok {
			o.who = me
		}
		if o.gone {
			continue
		}
		out = append(out, ui.SessionLine{ID: o.id, Person: o.who.Actor.Person, Name: o.who.Name, Role: o.who.Role, Way: o.arrival.Way,
			From: o.arrival.From, Verb: o.arrival.Verb, Since: o.since, Last: o.lastKey(), Own: o == s, Place: o.place})
	}
	h.mu.Unlock()
	if s.arrival.Customer != nil {
		for i := range out {
			if c := out[i].Place.Customer; c != model.NoID {
				out[i].Of = s.arrival.Customer(c)
			}
		}
	}
	slices.SortFunc(out, func(a, b ui.SessionLine) int { return cmp.Or(a.Since.Compare(b.Since), strings.Compare(a.ID, b.ID)) })
	return out
}

// lastKey keeps the zone of the moment the session began.
func (s *Seat) lastKey() time.Time { return time.Unix(0, s.last.Load()).In(s.since.Location()) }

// me asks who sits there now.
func (s *Seat) me() (model.Me, error) {
	if s.arrival.Me == nil {
		return model.Me{}, model.NotAllowed("error.session.nobody")
	}
	return s.arrival.Me()
}

// may asks for a right as the role is now.
func (s *Seat) may(a model.ActionName) (model.Me, error) {
	me, err := s.me()
	if err != nil {
		return me, err
	}
	s.hub.mu.Lock()
	s.who = me
	gone := s.gone
	s.hub.mu.Unlock()
	if gone {
		return me, model.NotAllowed("error.session.nobody")
	}
	return me, model.MayDo(me.Role, a)
}

// End ends a session. One's own is left in the usual way.
func (s *Seat) End(id string) error {
	me, err := s.may(model.ActEndSession)
	if err != nil {
		return err
	}
	o := s.hub.find(id)
	switch {
	case o == nil:
		return model.NotFound("error.session.unknown", "Session", clip(id, 40)).WithHint("hint.session.who")
	case o == s:
		return model.Invalid("error.session.own")
	case o.arrival.End == nil:
		return model.NotAllowed("error.session.here").WithHint("hint.session.here")
	}
	o.arrival.End(me.Name)
	return nil
}

// find gives the seat with an id, or the only one whose id begins so; nil for
// none.
func (h *Hub) find(id string) *Seat {
	h.mu.Lock()
	defer h.mu.Unlock()
	if o := h.seats[id]; o != nil || id == "" {
		return o
	}
	var found *Seat
	for full, o := range h.seats {
		if strings.HasPrefix(full, id) {
			if found != nil {
				return nil
			}
			found = o
		}
	}
	return found
}

// TellAll tells every console a sentence, the own one too.
func (s *Seat) TellAll(text string) (int, error) {
	me, err := s.may(model.ActTellAll)
	if err != nil {
		return 0, err
	}
	text = sentence(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return 0, model.Invalid("error.session.tell.empty", "Field", "text")
	case n > MaxTelling:
		return 0, model.Invalid("error.session.tell.long", "Field", "text", "Most", MaxTelling, "Length", n)
	}
	return s.hub.tell(me.Name, text), nil
}

// Told gives what was told to all, newest last.
func (s *Seat) Told() []ui.Telling {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return slices.Clone(s.hub.told)
}

// Watch wakes when an answer that was given since the last wake is no longer
// right, and when something is told; see the package. Who is woken asks again.
func (s *Seat) Watch() (woken <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if !s.gone {
		s.watchers = append(s.watchers, c)
	}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		s.watchers = slices.DeleteFunc(s.watchers, func(w chan struct{}) bool { return w == c })
	}
}

func clip(s string, most int) string {
	if r := []rune(strings.ToValidUTF8(s, "")); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
