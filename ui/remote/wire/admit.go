package wire

import (
	"net/netip"
	"slices"
	"sync"
)

// gate counts who is at the door and who is in.
type gate struct {
	perSource, perAccount int // at the door, from outside and of this machine
	waitingAll            int
	perPerson, sessions   int

	mu      sync.Mutex
	waiting []*conn // not signed in, oldest first
	people  map[string]int
	inside  int
}

// newGate makes a gate with the limits of a server.
func newGate(l Limits) *gate {
	// Scripts of one account come many at once, and the kernel knows whose they are.
	return &gate{perSource: l.UnauthPerSource, perAccount: max(l.UnauthPerSource, l.UnauthAll/2), waitingAll: l.UnauthAll, perPerson: l.SessionsPerPerson, sessions: l.SessionsAll,
		people: map[string]int{}}
}

// enter takes a connection to the door. When there is no room, it makes room by
// sending off the oldest that has said nothing at all yet, of the same source if
// that is where there are too many; why names the limit if nobody could be sent.
func (g *gate) enter(c *conn) (sent *conn, why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	same, most := 0, g.perSource
	if c.way == Socket {
		most = g.perAccount
	}
	for _, w := range g.waiting {
		if w.source == c.source {
			same++
		}
	}
	switch {
	case same >= most:
		if sent = g.silent(c.source); sent == nil {
			return nil, "unauth-source"
		}
	case len(g.waiting) >= g.waitingAll:
		if sent = g.silent(""); sent == nil {
			return nil, "unauth-all"
		}
	}
	g.waiting = append(g.waiting, c)
	return sent, ""
}

// silent takes the oldest that has said nothing from the door; of all sources if
// none is named.
func (g *gate) silent(source string) *conn {
	for i, w := range g.waiting {
		if (source == "" || w.source == source) && !w.line.signed.Load() && w.line.heard.Load() == 0 {
			g.waiting = slices.Delete(g.waiting, i, i+1)
			return w
		}
	}
	return nil
}

// leave takes a connection from the door.
func (g *gate) leave(c *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.waiting, c); i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
	}
}

// seat gives a person one more place inside, to be given back with rise.
func (g *gate) seat(person string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.people[person] >= g.perPerson:
		return ErrMany
	case g.inside >= g.sessions:
		return ErrFull
	}
	g.people[person]++
	g.inside++
	return nil
}

func (g *gate) rise(person string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.people[person]--; g.people[person] == 0 {
		delete(g.people, person)
	}
}

// sourceOf is what counts as one place to come from: an IPv4 address, and for IPv6
// the /64 that is usually one site.
func sourceOf(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
