package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/console"
	"pasvorm/ui/floor"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// hall is a floor with a few people on it.
type hall struct {
	t     testing.TB
	book  *storetest.Desk
	hub   *floor.Hub
	ended []string // "name by whom"
}

func newHall(t testing.TB, book *storetest.Desk) *hall {
	return &hall{t: t, book: book, hub: floor.NewHub(book.Clock.Now)}
}

// comes lets a person in; what it gives is the floor as that person has it.
func (h *hall) comes(id string, who model.ID, a floor.Arrival) *floor.Seat {
	h.t.Helper()
	desk := h.book.As(model.Solo(who))
	me, err := desk.Me()
	if err != nil {
		h.t.Fatal(err)
	}
	a.ID, a.Me = id, desk.Me
	a.Customer = func(c model.ID) string {
		if d, err := desk.Customer(c); err == nil {
			return d.Customer.Name
		}
		return ""
	}
	a.End = func(by string) { h.ended = append(h.ended, me.Name+" by "+by) }
	return h.hub.Join(a)
}

// sits gives a console of a person who is on the floor.
func (h *hall) sits(who model.ID, lang string, w, ht int, floor ui.Floor, start kit.Open) *deskRig {
	h.t.Helper()
	r := deskRigWith(h.t, h.book, h.book.As(model.Solo(who)), lang, w, ht, kit.Open{Kind: KindDesk})
	r.env.Floor = floor
	if start.Kind != KindDesk {
		r.Send(start)
	} else {
		r.Send(kit.FloorChanged{})
	}
	return r
}

// busyHall is a floor at work, and the seat of who looks.
func busyHall(t testing.TB, who func(*storetest.Desk) model.ID) (*hall, deskPeople, *floor.Seat) {
	t.Helper()
	book, p := smallBook(t)
	h := newHall(t, book)
	book.Clock.Add(-26 * time.Hour)
	karin := h.comes("k7fq", book.Agent, floor.Arrival{Way: "ssh", From: "10.20.30.40"})
	book.Clock.Add(24 * time.Hour)
	own := h.comes("mine", who(book), floor.Arrival{Way: "socket"})
	book.Clock.Add(time.Hour)
	sam := h.comes("p3xd", book.Agent2, floor.Arrival{Way: "ssh", From: "2001:db8:85a3::8a2e:370:7334"})
	h.hub.TellAll("the line to the warehouse is down")
	book.Clock.Add(40 * time.Minute)
	h.comes("v2wz", book.Lead2, floor.Arrival{Way: "socket", Verb: "import"})
	own.Touch()
	sam.Touch()
	if _, err := h.comes("told", book.Lead, floor.Arrival{Way: "here", Verb: "tell"}).TellAll("restart at five"); err != nil {
		t.Fatal(err)
	}
	book.Clock.Add(20 * time.Minute)
	sam.Touch()
	karin.Be(ui.Place{Customer: p["Petra Jansen"], Typing: true})
	sam.Be(ui.Place{Customer: p["Jansen & Zn. B.V."]})
	return h, p, own
}

func floorGolden(t *testing.T, name string, do func(t *testing.T, lang string, w, h int) *deskRig) {
	t.Helper()
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			do(t, lang, size[0], size[1]).Golden(fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]))
		}
	}
}

func TestWhoGolden(t *testing.T) {
	h, _, own := busyHall(t, func(d *storetest.Desk) model.ID { return d.Admin })
	open := func(keys ...string) func(t *testing.T, lang string, w, ht int) *deskRig {
		return func(_ *testing.T, lang string, w, ht int) *deskRig {
			r := h.sits(h.book.Admin, lang, w, ht, own, kit.Open{Kind: KindWho})
			r.Keys(keys...)
			return r
		}
	}
	floorGolden(t, "who", open())
	floorGolden(t, "who-end", open("d"))
	floorGolden(t, "who-tell", open("m", "t", "e", "a"))
	floorGolden(t, "who-told", open("G"))
	book, _ := smallBook(t)
	alone := newHall(t, book)
	seat := alone.comes("mine", book.Agent, floor.Arrival{Way: "ssh", From: "10.20.30.40"})
	floorGolden(t, "who-only", func(_ *testing.T, lang string, w, ht int) *deskRig {
		return alone.sits(book.Agent, lang, w, ht, seat, kit.Open{Kind: KindWho})
	})
	floorGolden(t, "who-alone", func(_ *testing.T, lang string, w, ht int) *deskRig {
		return alone.sits(book.Agent, lang, w, ht, nil, kit.Open{Kind: KindWho})
	})
}

// The list is read again when the floor changes, and the cursor stays on its
// session whoever comes before it.
func TestWhoKeepsItsRow(t *testing.T) {
	h, p, own := busyHall(t, func(d *storetest.Desk) model.ID { return d.Admin })
	r := h.sits(h.book.Admin, "en", 80, 24, own, kit.Open{Kind: KindWho})
	r.Keys("j", "j")
	_, row := marked(t, r.Driver)
	if !strings.HasPrefix(row, "Sam") {
		t.Fatalf("the cursor is on %q", row)
	}
	h.hub.TellAll("tea")
	h.comes("late", h.book.Lead, floor.Arrival{Way: "socket"}).Be(ui.Place{Customer: p["Van der Berg"], Typing: true})
	r.Send(kit.FloorChanged{})
	r.Contains("Van der Berg")
	r.Contains("the server: tea")
	if at, row := marked(t, r.Driver); at != 6 || !strings.HasPrefix(row, "Sam") {
		t.Errorf("the cursor went to %d, %q", at, row)
	}
	// enter leads to where somebody is.
	r.Key("enter")
	if got := r.Screen(); !strings.Contains(got, "Who is here ▸ Jansen & Zn. B.V.") {
		t.Errorf("enter led to\n%s", got)
	}
}

func TestWhoEndsAndTells(t *testing.T) {
	h, _, own := busyHall(t, func(d *storetest.Desk) model.ID { return d.Admin })
	r := h.sits(h.book.Admin, "en", 80, 24, own, kit.Open{Kind: KindWho})
	r.Keys("d", "enter") // stands on leaving it
	r.Keys("d", "esc")
	if len(h.ended) > 0 {
		t.Fatalf("%v ended without an answer", h.ended)
	}
	r.Keys("d", "2")
	if !slices.Equal(h.ended, []string{"Karin by Robin"}) {
		t.Errorf("ended %v", h.ended)
	}
	r.Contains("The session of Karin was ended.")
	r.Keys("j", "d")
	r.Contains("This is your own session: leave it with q.")
	r.Keys("m")
	r.Type("tea at ten")
	r.Key("enter")
	r.Contains("Robin: tea at ten")
	if told := own.Told(); told[len(told)-1].Text != "tea at ten" {
		t.Errorf("told %+v", told)
	}
	// Who may not says why; a refusal by the floor keeps what was typed.
	r = h.sits(h.book.Agent2, "en", 80, 24, h.comes("sam2", h.book.Agent2, floor.Arrival{Way: "ssh"}), kit.Open{Kind: KindWho})
	r.Key("m")
	r.Contains("lead")
	r.Key("d")
	r.Contains("admin")
	r = h.sits(h.book.Lead, "en", 80, 24, h.comes("anna2", h.book.Lead, floor.Arrival{Way: "ssh"}), kit.Open{Kind: KindWho})
	h.book.Must(t, h.book.Admin, model.SetRole{Person: h.book.Lead, Role: model.RoleAgent})
	r.Key("m")
	r.Type("restart")
	r.Key("enter")
	r.Contains("restart")
	if told := own.Told(); told[len(told)-1].Text != "tea at ten" {
		t.Errorf("an agent told %+v", told)
	}
	r.Key("esc")
	// Alone there is nobody to tell.
	r = h.sits(h.book.Admin, "en", 80, 24, nil, kit.Open{Kind: KindWho})
	r.Key("m")
	r.Contains("this console has the book alone")
}

func TestPresenceGolden(t *testing.T) {
	h, p, own := busyHall(t, func(d *storetest.Desk) model.ID { return d.Lead })
	page := kit.Open{Kind: KindCustomer, Arg: p["Petra Jansen"]}
	floorGolden(t, "presence", func(_ *testing.T, lang string, w, ht int) *deskRig {
		return h.sits(h.book.Lead, lang, w, ht, own, page)
	})
	h.comes("lead", h.book.Lead2, floor.Arrival{Way: "ssh"}).Be(ui.Place{Customer: p["Petra Jansen"]})
	floorGolden(t, "presence-some", func(_ *testing.T, lang string, w, ht int) *deskRig {
		r := h.sits(h.book.Lead, lang, w, ht, own, page)
		r.Keys("pgdown")
		return r
	})
	floorGolden(t, "presence-desk", func(_ *testing.T, lang string, w, ht int) *deskRig {
		r := h.sits(h.book.Lead, lang, w, ht, own, kit.Open{Kind: KindDesk})
		r.Key("/")
		r.Type("petra jansen")
		r.Key("enter")
		return r
	})
}

// Somebody who comes and goes changes one row and moves nothing.
func TestPresenceMovesNothing(t *testing.T) {
	book, p := smallBook(t)
	h := newHall(t, book)
	own, karin := h.comes("mine", book.Lead, floor.Arrival{Way: "ssh"}), h.comes("k7fq", book.Agent, floor.Arrival{Way: "ssh"})
	for _, start := range []kit.Open{{Kind: KindCustomer, Arg: p["Petra Jansen"]}, {Kind: KindDesk}} {
		r := h.sits(book.Lead, "en", 120, 40, own, start)
		if start.Kind == KindDesk {
			r.Key("/")
			r.Type("petra jansen")
			r.Key("enter")
		}
		before := r.Screen()
		for _, step := range []struct {
			place ui.Place
			want  string
		}{{ui.Place{Customer: p["Petra Jansen"]}, "Karin is here"}, {ui.Place{Customer: p["Petra Jansen"], Typing: true}, "Karin is here, typing"}, {ui.Place{}, ""}} {
			karin.Be(step.place)
			r.Send(kit.FloorChanged{})
			got, changed := strings.Split(r.Screen(), "\n"), 0
			for y, row := range strings.Split(before, "\n") {
				if got[y] != row {
					changed++
					if !strings.Contains(got[y], step.want) || !strings.HasPrefix(got[y], row[:20]) {
						t.Errorf("%s: a row became %q", start.Kind, got[y])
					}
				}
			}
			if want := min(len(step.want), 1); changed != want {
				t.Errorf("%s: %d rows changed when %q\n%s", start.Kind, changed, step.want, r.Screen())
			}
		}
	}
	// A page that was covered asks again when it is on top.
	r := h.sits(book.Lead, "en", 80, 24, own, kit.Open{Kind: KindCustomer, Arg: p["Petra Jansen"]})
	r.Key("e")
	karin.Be(ui.Place{Customer: p["Petra Jansen"]})
	r.Key("esc")
	r.Contains("Karin is here")
}

// company words who is here, however many and however long their names.
func TestCompany(t *testing.T) {
	book, _ := smallBook(t)
	e := deskEnv(t, book.As(model.Solo(book.Lead)), "en")
	who := func(names ...string) []ui.Presence {
		var out []ui.Presence
		for _, n := range names {
			name, typing := strings.CutSuffix(n, "*")
			out = append(out, ui.Presence{Name: name, Typing: typing})
		}
		return out
	}
	for _, c := range []struct {
		here []ui.Presence
		w    int
		want string
	}{
		{nil, 60, ""},
		{who("Karin"), 60, "Karin is here"},
		{who("Karin*"), 60, "Karin is here, typing"},
		{who("Karin", "Sam"), 60, "Karin, Sam are here"},
		{who("Karin*", "Sam*"), 60, "Karin, Sam are typing"},
		{who("Karin*", "Ron", "Sam"), 60, "Karin is typing · Ron, Sam are here"},
		{who("Karin*", "Ron", "Sam"), 34, "Karin is typing · Ron +1 are here"},
		{who("A", "B", "C", "D", "E"), 60, "A, B, C +2 are here"},
		{who("Karin*", "Ron", "Sam"), 30, "Karin is typing, 2 more here"},
		{who("Karin*", "Ron", "Sam"), 12, "Karin is ty…"},
		{who("\x1b[31mEvil\u202e"), 60, "·Evil· is here"},
		{who(strings.Repeat("long ", 400)), 60, "long long long … is here"},
	} {
		got := e.company(c.here, c.w)
		if plain := stripped(got); plain != c.want || kit.Width(got) > c.w {
			t.Errorf("%v in %d: %q, want %q", c.here, c.w, plain, c.want)
		}
	}
}

// stripped takes out what paints.
func stripped(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		switch {
		case r == '\x1b':
			in = true
		case in:
			in = r != 'm'
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Every screen that works on one customer says so, so that others see it.
func TestAbout(t *testing.T) {
	book, p := smallBook(t)
	e := deskEnv(t, book.As(model.Solo(book.Lead)), "en")
	petra := p["Petra Jansen"]
	for kind, arg := range map[string]any{
		KindCustomer: petra, KindEdit: petra, KindWizard: petra, KindCase: model.Case{Customer: petra}, KindJournal: petra, KindContacts: petra,
		KindFinance: petra, KindSurvey: petra, KindException: ExceptionAsk{Customer: petra}, KindTerms: TermsAsk{Customer: petra},
		KindPromise: PromiseAsk{Customer: petra}, KindFarewellOf: petra, KindImproveFrom: ImproveFrom{Customer: petra}, KindTwins: petra,
		KindMerge: MergeAsk{Keep: petra}, KindImprovement: TellAsk{Improvement: &model.Improvement{}, Customer: petra},
	} {
		l, ok := Makers(e)[kind](arg).(kit.Located)
		if !ok || l.About() != any(petra) {
			t.Errorf("%s is about nobody", kind)
		}
	}
	for kind, arg := range map[string]any{KindEdit: model.NoID, KindJournal: model.NoID, KindDesk: nil, KindReview: nil, KindImproveFrom: "topic",
		KindImprovement: petra, KindLessons: nil, KindTwins: TwinsAsk{}} {
		if l, ok := Makers(e)[kind](arg).(kit.Located); !ok || l.About() != nil {
			t.Errorf("%s is about somebody", kind)
		}
	}
	var s kit.Screen
	d := kittest.New(t, console.New(console.Config{Text: e.Text, Theme: e.Theme, Start: kit.Open{Kind: KindDesk},
		Makers: map[string]func(any) kit.Screen{KindDesk: func(any) kit.Screen { s = newDesk(e); return s }}}), 80, 24)
	for _, c := range []struct {
		key   string
		about bool
		foot  bool
	}{{"j", false, false}, {"c", true, true}, {"esc", false, false}, {"/", false, false}} {
		d.Key(c.key)
		_ = d.Screen()
		if about, foot := s.(kit.Located).About(), s.(kit.Footed).Foot(); (about != nil) != c.about || (foot > 0) != c.foot {
			t.Errorf("after %s the desk is about %v, with %d rows below", c.key, about, foot)
		}
	}
}
