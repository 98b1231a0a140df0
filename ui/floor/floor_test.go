package floor

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pasvorm/model"
	"pasvorm/ui"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func idOf(n int) model.ID { return model.ID{0: 1, 15: byte(n + 1)} }

// arrival is a console of a person, numbered, with a role.
func arrival(n int, name string, role model.Role) Arrival {
	return Arrival{Way: "ssh", From: fmt.Sprintf("10.0.0.%d", n), Customer: func(c model.ID) string { return "customer " + c.String()[34:] },
		Me: func() (model.Me, error) { return model.Me{Actor: model.Solo(idOf(n)), Name: name, Role: role}, nil }}
}

func hub() *Hub { return NewHub(func() time.Time { return noon }) }

// people words who is there: a star types.
func people(all []ui.Presence) string {
	var out []string
	for _, p := range all {
		s := p.Name
		if p.Typing {
			s += "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestHere(t *testing.T) {
	h := hub()
	anna, karin, sam, sam2 := h.Join(arrival(1, "Anna", model.RoleLead)), h.Join(arrival(2, "Karin", model.RoleAgent)),
		h.Join(arrival(3, "Sam", model.RoleAgent)), h.Join(arrival(3, "Sam", model.RoleAgent))
	verb := arrival(4, "Ron", model.RoleAgent)
	verb.Verb = "find"
	ron := h.Join(verb)
	c, d := idOf(50), idOf(51)
	check := func(s *Seat, of model.ID, want string) {
		t.Helper()
		if got := people(s.Here(of)); got != want {
			t.Errorf("here: %q, want %q", got, want)
		}
	}
	check(anna, model.NoID, "Karin Sam") // no verbs, one line a person
	check(anna, c, "")
	karin.Be(ui.Place{Customer: c})
	sam.Be(ui.Place{Customer: c, Typing: true})
	sam2.Be(ui.Place{Customer: d})
	check(anna, c, "Sam* Karin")
	check(karin, c, "Sam*")
	check(sam2, c, "Karin") // one's other session is no colleague
	check(anna, d, "Sam")
	check(anna, model.NoID, "Sam* Karin")
	sam.Be(ui.Place{})
	check(anna, c, "Karin")
	if got := sam.Here(c); len(got) != 1 || got[0].Customer != c || got[0].Person != idOf(2) {
		t.Errorf("where Karin is: %+v", got)
	}
	karin.Leave()
	karin.Leave()
	check(anna, c, "")
	check(karin, model.NoID, "")
	karin.Be(ui.Place{Customer: c})
	check(anna, c, "")
	ron.Leave()
	if n := h.Count(); n != 3 {
		t.Errorf("%d sessions", n)
	}
}

func TestSessions(t *testing.T) {
	now := noon
	h := NewHub(func() time.Time { return now })
	role := model.RoleAgent
	a := arrival(1, "Anna", role)
	a.Me = func() (model.Me, error) { return model.Me{Actor: model.Solo(idOf(1)), Name: "Anna", Role: role}, nil }
	a.ID = "first"
	anna := h.Join(a)
	now = now.Add(time.Minute)
	verb := arrival(2, "Karin", model.RoleAdmin)
	verb.ID, verb.Verb, verb.Way, verb.From = "first", "import", "socket", "" // the name is taken
	karin := h.Join(verb)
	now = now.Add(time.Minute)
	anna.Touch()
	anna.Be(ui.Place{Customer: idOf(50), Typing: true})
	role = model.RoleLead
	got := karin.Sessions()
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	if len(got[1].ID) != 4 || got[1].ID != karin.ID() {
		t.Errorf("an id that was taken became %q", got[1].ID)
	}
	got[1].ID = ""
	want := []ui.SessionLine{
		{ID: "first", Person: idOf(1), Name: "Anna", Role: model.RoleLead, Way: "ssh", From: "10.0.0.1", Since: noon, Last: noon.Add(2 * time.Minute),
			Place: ui.Place{Customer: idOf(50), Typing: true}, Of: "customer 33"},
		{Person: idOf(2), Name: "Karin", Role: model.RoleAdmin, Way: "socket", Verb: "import", Since: noon.Add(time.Minute), Last: noon.Add(time.Minute), Own: true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("sessions\n%+v, want\n%+v", got, want)
	}
}

// Who may end a session and tell all is asked of the role as it is at that moment.
func TestRights(t *testing.T) {
	h := hub()
	role, gone := model.RoleAgent, false
	a := arrival(1, "Anna", role)
	a.Me = func() (model.Me, error) {
		if gone {
			return model.Me{}, model.NotAllowed("error.person.gone")
		}
		return model.Me{Actor: model.Solo(idOf(1)), Name: "Anna", Role: role}, nil
	}
	anna := h.Join(a)
	var ended []string
	b := arrival(2, "Karin", model.RoleAgent)
	b.ID = "karin-seat"
	b.End = func(by string) {
		ended = append(ended, by)
		h.Count() // the hub is not locked
	}
	karin := h.Join(b)
	here := h.Join(arrival(3, "Sam", model.RoleAgent)) // nobody else can end it
	for _, c := range []struct {
		name string
		role model.Role
		do   func() error
		want string // id of the error
	}{
		{"an agent ends", model.RoleAgent, func() error { return anna.End(karin.ID()) }, "error.not-allowed.role"},
		{"a lead ends", model.RoleLead, func() error { return anna.End(karin.ID()) }, "error.not-allowed.role"},
		{"an admin ends", model.RoleAdmin, func() error { return anna.End(karin.ID()) }, ""},
		{"by the beginning of its id", model.RoleAdmin, func() error { return anna.End("karin-") }, ""},
		{"by no id", model.RoleAdmin, func() error { return anna.End("") }, "error.session.unknown"},
		{"nobody there", model.RoleAdmin, func() error { return anna.End("nosuch") }, "error.session.unknown"},
		{"oneself", model.RoleAdmin, func() error { return anna.End(anna.ID()) }, "error.session.own"},
		{"the console of the book", model.RoleAdmin, func() error { return anna.End(here.ID()) }, "error.session.here"},
		{"an agent tells", model.RoleAgent, func() error { _, err := anna.TellAll("tea"); return err }, "error.not-allowed.role"},
		{"a lead tells", model.RoleLead, func() error { _, err := anna.TellAll("restart at five"); return err }, ""},
		{"nothing to tell", model.RoleLead, func() error { _, err := anna.TellAll(" \n\xff "); return err }, "error.session.tell.empty"},
		{"too much", model.RoleLead, func() error { _, err := anna.TellAll(strings.Repeat("é", 201)); return err }, "error.session.tell.long"},
		{"just not too much", model.RoleLead, func() error { _, err := anna.TellAll(strings.Repeat("é", 200)); return err }, ""},
		{"after leaving", model.RoleAdmin, func() error { anna.Leave(); return anna.End(karin.ID()) }, "error.session.nobody"},
		{"after being removed", model.RoleAdmin, func() error { gone = true; return anna.End(karin.ID()) }, "error.person.gone"},
	} {
		role = c.role
		err := c.do()
		id := ""
		if e := (&model.Error{}); errors.As(err, &e) {
			id = e.ID
		}
		if id != c.want || c.want == "" && err != nil {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if !slices.Equal(ended, []string{"Anna", "Anna"}) {
		t.Errorf("ended by %q", ended)
	}
	if told := karin.Told(); len(told) != 2 || told[0].Text != "restart at five" || told[0].By != "Anna" || !told[1].At.After(told[0].At) {
		t.Errorf("told %+v", told)
	}
}

func TestTold(t *testing.T) {
	h := hub()
	s := h.Join(arrival(1, "Anna", model.RoleAgent))
	woken, stop := s.Watch()
	defer stop()
	if n := h.TellAll("  \r\n "); n != 0 || len(s.Told()) != 0 || len(woken) != 0 {
		t.Error("nothing was told, and to somebody")
	}
	for i := range 12 {
		if n := h.TellAll(fmt.Sprintf("no\n%d \xff%s", i, strings.Repeat("x", 300))); n != 1 {
			t.Errorf("told %d sessions", n)
		}
	}
	told := s.Told()
	if len(told) != tellingsKept || !strings.HasPrefix(told[0].Text, "no 2 xx") || len([]rune(told[9].Text)) != MaxTelling || told[9].By != "" {
		t.Errorf("%d told: %+v", len(told), told)
	}
	if len(woken) != 1 {
		t.Error("nobody is told")
	}
}

// awake tells whether a seat was woken since it was asked last.
func awake(woken <-chan struct{}) bool {
	synctest.Wait()
	select {
	case <-woken:
		return true
	default:
		return false
	}
}

// Only those are woken whose last answer is no longer right, and only once until
// they ask again.
func TestWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := hub()
		sit := func(n int, name string) (*Seat, <-chan struct{}) {
			s := h.Join(arrival(n, name, model.RoleAgent))
			woken, stop := s.Watch()
			t.Cleanup(stop)
			return s, woken
		}
		anna, a := sit(1, "Anna")
		karin, k := sit(2, "Karin")
		sam, s := sit(3, "Sam")
		c, d := idOf(50), idOf(51)
		check := func(what, want string) {
			t.Helper()
			var got []string
			for _, w := range []struct {
				name  string
				woken <-chan struct{}
			}{{"anna", a}, {"karin", k}, {"sam", s}} {
				if awake(w.woken) {
					got = append(got, w.name)
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s woke %q, want %q", what, got, want)
			}
			time.Sleep(stretch) // whatever else is to come
			if awake(a) || awake(k) || awake(s) {
				t.Errorf("%s woke somebody later", what)
			}
		}
		anna.Here(c)
		karin.Here(c)
		sam.Here(d)
		sam.Be(ui.Place{Customer: c})
		check("coming to a customer", "anna karin")
		sam.Be(ui.Place{Customer: c, Typing: true})
		check("typing, when nobody asked again", "")
		anna.Here(c)
		karin.Here(d) // looks elsewhere now
		sam.Be(ui.Place{Customer: c, Typing: true})
		check("what was so already", "")
		sam.Be(ui.Place{Customer: c})
		check("typing no more", "anna")
		anna.Here(c)
		sam.Be(ui.Place{Customer: d})
		check("from one to another", "anna karin")
		anna.Here(model.NoID)
		karin.Sessions()
		sam.Be(ui.Place{Customer: c})
		check("a move, for those who know names and those who list", "karin")
		karin.Sessions()
		anna.Here(c)
		ron, _ := sit(4, "Ron")
		check("somebody who comes", "anna karin") // Anna asked for the names
		anna.Here(model.NoID)
		verb := arrival(5, "Ron", model.RoleAgent)
		verb.Verb = "find"
		karin.Sessions()
		v := h.Join(verb)
		check("a verb", "karin")
		v.Leave()
		check("a verb that ends, when nobody asked again", "")
		sam.Here(c)
		ron.Be(ui.Place{Customer: c})
		check("Ron comes", "sam")
		sam.Here(c)
		ron.Leave()
		check("Ron leaves", "anna sam")
		h.TellAll("tea")
		check("a sentence to all", "anna karin sam")
	})
}

// A great coming and going wakes everybody once in a while, never all at once.
func TestWakesAreSpread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const seats = 500
		h := hub()
		all := make([]*Seat, seats)
		woken := make([]<-chan struct{}, seats)
		for i := range all {
			all[i] = h.Join(arrival(i%250, fmt.Sprint("person ", i), model.RoleAgent))
			w, stop := all[i].Watch()
			woken[i] = w
			defer stop()
		}
		time.Sleep(time.Minute)
		for _, s := range all {
			s.Here(model.NoID)
		}
		for range 50 {
			h.Join(arrival(251, "Ron", model.RoleAgent)).Leave()
		}
		count := func() int {
			n := 0
			for _, w := range woken {
				if awake(w) {
					n++
				}
			}
			return n
		}
		if n := count(); n != burst {
			t.Errorf("%d were woken at once, want %d", n, burst)
		}
		total := burst
		for total < seats {
			time.Sleep(stretch)
			n := count()
			if n == 0 || n > burst {
				t.Fatalf("%d were woken in a stretch, after %d", n, total)
			}
			total += n
		}
		time.Sleep(time.Minute)
		if n := count(); n != 0 {
			t.Errorf("%d were woken again without having asked", n)
		}
		// Moving about where nobody looks wakes nobody and leaves no timer.
		for i, s := range all {
			s.Be(ui.Place{Customer: idOf(i % 100), Typing: i%3 == 0})
		}
		if n := count(); n != 0 || h.timed || len(h.queue) > 0 {
			t.Errorf("moving woke %d", n)
		}
	})
}
