package floor

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/ui"
)

// Whatever people do, everybody sees what is so, nobody who shows something old
// stays unwoken, and of those who left nothing is kept.
func TestFloorProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := NewHub(time.Now)
		type look struct {
			seat  *Seat
			woken <-chan struct{}
			of    model.ID
			asked bool
			saw   string
		}
		var seats []*look
		person := map[*Seat]int{}
		place := map[*Seat]ui.Place{}
		want := func(me *Seat, c model.ID) string {
			typing := map[int]bool{}
			for s, p := range place {
				if person[s] == person[me] || c != model.NoID && p.Customer != c {
					continue
				}
				typing[person[s]] = typing[person[s]] || p.Typing
			}
			var types, looks []string
			for n, yes := range typing {
				if yes {
					types = append(types, fmt.Sprintf("p%d*", n))
				} else {
					looks = append(looks, fmt.Sprintf("p%d", n))
				}
			}
			slices.Sort(types)
			slices.Sort(looks)
			return strings.Join(append(types, looks...), " ")
		}
		customers := rapid.IntRange(50, 53)
		join := func(t *rapid.T) {
			n := rapid.IntRange(1, 5).Draw(t, "person")
			s := h.Join(arrival(n, fmt.Sprintf("p%d", n), model.RoleAgent))
			w, _ := s.Watch()
			person[s], place[s] = n, ui.Place{}
			seats = append(seats, &look{seat: s, woken: w})
		}
		pick := func(t *rapid.T) int { // somebody comes where nobody is
			if len(seats) == 0 {
				join(t)
			}
			return rapid.IntRange(0, len(seats)-1).Draw(t, "seat")
		}
		t.Repeat(map[string]func(*rapid.T){
			"join": join,
			"be": func(t *rapid.T) {
				l := seats[pick(t)]
				p := ui.Place{Customer: idOf(customers.Draw(t, "customer")), Typing: rapid.Bool().Draw(t, "typing")}
				l.seat.Be(p)
				place[l.seat] = p
			},
			"look": func(t *rapid.T) {
				l := seats[pick(t)]
				l.of, l.asked = idOf(customers.Draw(t, "customer")), true
				select { // as a screen that was told to ask again
				case <-l.woken:
				default:
				}
				l.saw = people(l.seat.Here(l.of))
			},
			"leave": func(t *rapid.T) {
				i := pick(t)
				s := seats[i].seat
				s.Leave()
				delete(place, s)
				seats = slices.Delete(seats, i, i+1)
			},
			"": func(t *rapid.T) {
				if h.Count() != len(seats) {
					t.Fatalf("%d sessions, want %d", h.Count(), len(seats))
				}
				h.mu.Lock()
				waiting := len(h.queue) > 0
				h.mu.Unlock()
				for _, l := range seats {
					if l.asked && len(l.woken) == 0 && !waiting && l.saw != want(l.seat, l.of) {
						t.Fatalf("shows %q where %q is so, and was not woken", l.saw, want(l.seat, l.of))
					}
				}
			},
		})
		for _, l := range seats {
			l.seat.Leave()
		}
		if len(h.seats)+len(h.on)+len(h.eyes)+len(h.names)+len(h.lists) > 0 {
			t.Fatalf("something is kept of those who left: %d %d %d %d %d", len(h.seats), len(h.on), len(h.eyes), len(h.names), len(h.lists))
		}
	})
}

// Many at once, each doing everything, as the race detector wants it.
func TestManyAtOnce(t *testing.T) {
	h := NewHub(time.Now)
	var wg sync.WaitGroup
	for n := range 40 {
		wg.Go(func() {
			a := arrival(n, fmt.Sprint("person ", n), model.RoleAdmin)
			a.End = func(string) {}
			s := h.Join(a)
			defer s.Leave()
			woken, stop := s.Watch()
			defer stop()
			for i := range 50 {
				c := idOf(50 + (n+i)%4)
				s.Be(ui.Place{Customer: c, Typing: i%2 == 0})
				s.Here(c)
				s.Here(model.NoID)
				s.Touch()
				switch i % 10 {
				case 0:
					for _, l := range s.Sessions() {
						_ = s.End(l.ID) // others may have left
					}
				case 5:
					if _, err := s.TellAll("tea"); err != nil {
						t.Error(err)
					}
				}
				s.Told()
				select {
				case <-woken:
				default:
				}
			}
		})
	}
	wg.Wait()
	if h.Count() != 0 || len(h.on)+len(h.eyes) > 0 {
		t.Errorf("%d seats are left", h.Count())
	}
}

// A move among many costs next to nothing.
func BenchmarkMove(b *testing.B) {
	h := NewHub(time.Now)
	var first *Seat
	for n := range 500 {
		s := h.Join(arrival(n%250, fmt.Sprint("person ", n), model.RoleAgent))
		s.Be(ui.Place{Customer: idOf(n % 200)})
		s.Here(model.NoID)
		first = s
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		first.Be(ui.Place{Customer: idOf(i % 200), Typing: i%2 == 0})
		first.Here(idOf(i % 200))
	}
}
