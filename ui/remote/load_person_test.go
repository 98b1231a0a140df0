//go:build load

package remote_test

import (
	"io"
	"math/rand/v2"
	"sync"
	"time"
)

// Keys as a terminal sends them.
const (
	keyEnter = "\r"
	keyEsc   = "\x1b"
)

// screen is a terminal at the other end of a line: what is written are keys, what
// is read are frames.
type screen interface {
	io.Reader
	io.Writer
	io.Closer
}

// person sits at a console, presses a key a second and notes how long each takes
// until something of it is seen.
type person struct {
	line screen
	rng  *rand.Rand
	next []string // keys of what is being done
	busy int      // turns in a hundred that change the book
	list bool     // the list is of what was found

	mu      sync.Mutex
	pressed time.Time // the key that nothing was seen of yet; zero for none
	seen    time.Time // when something came last
	took    []time.Duration
	keys    int
	silent  int // keys that nothing was seen of until the next
	bytes   int
	gone    chan struct{} // closed when the line ended
}

func sit(l screen, seed uint64, busy int) *person {
	p := &person{line: l, rng: rand.New(rand.NewPCG(seed, 5)), busy: busy, gone: make(chan struct{})} //nolint:gosec // no secret
	go p.watch()
	return p
}

// watch reads frames as a terminal does, at once.
func (p *person) watch() {
	defer close(p.gone)
	buf := make([]byte, 8<<10)
	for {
		n, err := p.line.Read(buf)
		if n > 0 {
			p.mu.Lock()
			p.seen = time.Now()
			p.bytes += n
			if !p.pressed.IsZero() {
				p.took = append(p.took, p.seen.Sub(p.pressed))
				p.pressed = time.Time{}
			}
			p.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// press sends the next key of what this person does.
func (p *person) press() error {
	if len(p.next) == 0 {
		p.next = p.turn()
	}
	key := p.next[0]
	p.next = p.next[1:]
	p.mu.Lock()
	if !p.pressed.IsZero() {
		p.silent++
	}
	p.pressed = time.Now()
	p.keys++
	p.mu.Unlock()
	_, err := io.WriteString(p.line, key)
	return err
}

// names are some that many customers have, so that lists of them are longer than
// a screen.
var names = []string{"jansen", "visser", "bakker", "vries", "smits", "peters", "mulder", "dekker", "jacobs", "meijer", "maes", "willems"}

// turn is one thing a person does at the desk. Each of its keys changes what is
// seen. It begins with looking somebody up, so that not all look at one customer.
func (p *person) turn() []string {
	if !p.list || p.rng.IntN(4) == 0 {
		var keys []string
		if p.list {
			keys = append(keys, keyEsc)
		}
		p.list = true
		name := names[p.rng.IntN(len(names))]
		keys = append(keys, "/")
		for _, r := range name[:3+p.rng.IntN(len(name)-2)] {
			keys = append(keys, string(r))
		}
		keys = append(keys, keyEnter)
		for range p.rng.IntN(8) {
			keys = append(keys, "j")
		}
		return keys
	}
	if p.rng.IntN(100) < p.busy {
		if p.rng.IntN(3) == 0 {
			return []string{"c", keyEnter} // a contact
		}
		return []string{string(rune('1' + p.rng.IntN(3))), "1", keyEnter, "j"} // a trait, by its first signal
	}
	switch p.rng.IntN(3) {
	case 0:
		return []string{"j", "j", "j", "k", "j"}
	case 1:
		return []string{"G", "k", "k", "g", "j"}
	}
	return []string{"j", keyEnter, keyEsc}
}

// settle waits until the first frame has come and nothing came for a while. It
// gives up on a line that ended.
func (p *person) settle(quiet time.Duration) {
	for {
		p.mu.Lock()
		since, begun := time.Since(p.seen), !p.seen.IsZero()
		p.mu.Unlock()
		if begun && since >= quiet {
			return
		}
		wait := quiet
		if begun {
			wait -= since
		}
		select {
		case <-p.gone:
			return
		case <-time.After(wait):
		}
	}
}

// leave drops the line.
func (p *person) leave() {
	_ = p.line.Close()
	<-p.gone
}

// forget begins the counts anew.
func (p *person) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.took, p.keys, p.silent, p.bytes, p.pressed = nil, 0, 0, 0, time.Time{}
}
