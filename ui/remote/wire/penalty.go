package wire

import (
	"sync"
	"time"
)

// mostPenalties bounds how many are remembered. Beyond it one of the others is
// forgotten early.
const mostPenalties = 8192

// penalties make those wait whose sign-ins were refused. A wait doubles with each
// refusal, also with one during the wait, and is forgotten after a while without.
type penalties struct {
	first, most, forget time.Duration

	mu sync.Mutex
	of map[string]*penalty
}

type penalty struct {
	wait time.Duration
	over time.Time // until then nobody comes in
	last time.Time // refusal
}

func newPenalties(l Limits) *penalties {
	return &penalties{first: l.PenaltyFirst, most: l.PenaltyMost, forget: l.PenaltyForget, of: map[string]*penalty{}}
}

// charge makes key wait.
func (p *penalties) charge(key string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e := p.of[key]
	if e != nil && now.Sub(e.last) >= p.forget {
		delete(p.of, key)
		e = nil
	}
	if e == nil {
		p.room(now)
		e = &penalty{wait: p.first}
		p.of[key] = e
	} else {
		e.wait = min(2*e.wait, p.most)
	}
	e.last, e.over = now, now.Add(e.wait)
}

// room makes room for one more: of a few that come to hand it forgets those it may,
// or else the one refused longest ago. It looks at no more than a few, as this is
// where somebody from very many sources makes the server work.
func (p *penalties) room(now time.Time) {
	if len(p.of) < mostPenalties {
		return
	}
	const few = 8
	looked, oldest := 0, ""
	for k, e := range p.of {
		switch {
		case now.Sub(e.last) >= p.forget:
			delete(p.of, k)
		case oldest == "" || p.of[oldest] == nil || e.last.Before(p.of[oldest].last):
			oldest = k
		}
		if looked++; looked == few {
			break
		}
	}
	if len(p.of) >= mostPenalties {
		delete(p.of, oldest)
	}
}

// waits tells whether key has to wait.
func (p *penalties) waits(key string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	e := p.of[key]
	return e != nil && now.Before(e.over)
}

// forgive forgets what key was refused.
func (p *penalties) forgive(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.of, key)
}
