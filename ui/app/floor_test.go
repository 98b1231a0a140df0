package app_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/x/vt"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/app"
	"pasvorm/ui/floor"
	"pasvorm/ui/text"
)

// person is somebody at a console of a book that others work on too.
type person struct {
	*session
	t    *testing.T
	term *screen
	seat *floor.Seat
	err  error // of the console, when it has ended
}

// sits runs a console in a bubble, on the floor of a book.
func sits(t *testing.T, book *storetest.Desk, hub *floor.Hub, who model.ID) *person {
	t.Helper()
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	desk := book.As(model.Solo(who))
	ctx, cancel := context.WithCancel(t.Context())
	in, keys := io.Pipe()
	p := &person{t: t, session: &session{keys: keys, done: make(chan struct{}), out: &sent{}}, term: &screen{e: vt.NewEmulator(width, height)}}
	p.seat = hub.Join(floor.Arrival{Way: "ssh", From: "10.0.0.7", Me: desk.Me, End: func(string) { cancel() }})
	a, err := app.New(ctx, desk, app.Options{Text: tx, Floor: p.seat, Report: func(fault any, stack []byte) string {
		t.Errorf("a fault: %v\n%s", fault, stack)
		return ""
	}})
	if err != nil {
		t.Fatal(err)
	}
	p.end = func() {
		cancel()
		<-p.done
		_ = keys.Close()
	}
	t.Cleanup(func() {
		p.end()
		p.term.close()
	})
	go func() { _, _ = io.Copy(io.Discard, p.term.e) }() // what the terminal answers
	go func() {
		defer close(p.done)
		p.err = a.Run(ctx, terminalOptions(in, io.MultiWriter(p.out, p.term))...)
		p.seat.Leave()
	}()
	p.settle()
	return p
}

// sees asks for words on the screen, and for others that are not there.
func (p *person) sees(when string, words ...string) {
	p.t.Helper()
	p.settle()
	rows := p.term.rows()
	for _, w := range words {
		not := strings.HasPrefix(w, "!")
		if w = strings.TrimPrefix(w, "!"); strings.Contains(rows, w) == not {
			p.t.Errorf("%s: is %q there? Not as it should be:\n%s", when, w, rows)
		}
	}
}

// Two people on one customer see each other, see each other type, and see it end.
func TestTwoOnOneCustomer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		book := fewCustomers(t)
		hub := floor.NewHub(book.Clock.Now)
		karin, anna := sits(t, book, hub, book.Agent), sits(t, book, hub, book.Lead)
		karin.sees("when Anna came", "here: Anna")
		anna.sees("at the start", "here: Karin", "!is here")
		anna.press(t, "\r") // the first customer
		karin.sees("beside the list", "Anna is here", "!typing")
		karin.press(t, "\r")
		karin.sees("on the page", "Anna is here")
		anna.sees("on the page", "Karin is here", "!typing")
		karin.press(t, "c") // notes a contact
		anna.sees("while Karin types", "Karin is here, typing")
		before := anna.term.rows()
		anna.press(t, "2")
		anna.sees("when both type", "Karin is typing on this customer too.", "attention") // the panel is not covered
		anna.press(t, "\x1b")
		anna.press(t, "gg")
		if got := anna.term.rows(); got != before {
			t.Errorf("what is seen changed:\n%s\nwas\n%s", got, before)
		}
		karin.press(t, "\x1b")
		anna.sees("when Karin stopped", "Karin is here", "!typing")
		karin.press(t, "q")
		anna.sees("when Karin left the page", "!is here", "here: Karin")
		karin.end()
		anna.sees("when Karin went", "!Karin is", "!here: Karin")
		if n := hub.Count(); n != 1 {
			t.Errorf("%d seats", n)
		}
	})
}

// A sentence to all reaches everybody in the middle of what they type, outlasts a
// few keys, and can be read later, also by who comes in after it.
func TestTellAll(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		book := fewCustomers(t)
		hub := floor.NewHub(book.Clock.Now)
		karin, anna := sits(t, book, hub, book.Agent), sits(t, book, hub, book.Lead)
		karin.press(t, "\r")
		karin.press(t, "c")
		anna.press(t, "W")
		anna.press(t, "mrestart at five\r")
		const notice = "Anna to all, 10:00: restart at five"
		karin.sees("in a form", notice)
		anna.sees("on the screen of who is here", notice, "10:00  Anna: restart at five")
		karin.press(t, "and")
		karin.sees("after three keys", notice)
		karin.press(t, "more words still")
		karin.sees("after many keys", "!"+notice)
		sam := sits(t, book, hub, book.Agent2)
		sam.sees("who comes later", notice)
		karin.press(t, "\x1b")
		karin.press(t, "W")
		karin.sees("later", "Anna: restart at five", "Sam", "Karin (you)")
		hub.TellAll("the server stops")
		sam.sees("of the server", "the server to all, 10:00: the server stops")
	})
}

// A role that changes counts in the console that is open, and its person is told.
func TestRoleChangesMeanwhile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		book := fewCustomers(t)
		hub := floor.NewHub(book.Clock.Now)
		karin := sits(t, book, hub, book.Agent)
		karin.press(t, "W")
		karin.press(t, "m")
		karin.sees("as an agent", "Karin (agent)", "!Message")
		book.Must(t, book.Admin, model.SetRole{Person: book.Agent, Role: model.RoleLead})
		karin.sees("made a lead", "You are a lead now.", "Karin (lead)")
		karin.press(t, "m")
		karin.sees("as a lead", "Message")
		karin.press(t, "\x1b")
		book.Must(t, book.Admin, model.SetRole{Person: book.Agent, Role: model.RoleAgent})
		karin.sees("made an agent", "You are an agent now.")
		karin.press(t, "m")
		karin.sees("an agent again", "Karin (agent)", "!Message")
	})
}

// A console of who may not be here any more ends with the reason.
func TestRemovedMeanwhile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		book := fewCustomers(t)
		hub := floor.NewHub(book.Clock.Now)
		karin, anna := sits(t, book, hub, book.Agent), sits(t, book, hub, book.Lead)
		book.Must(t, book.Admin, model.RemovePerson{Person: book.Agent})
		<-karin.done
		if model.KindOf(karin.err) != model.KindNotAllowed {
			t.Errorf("the console ended with %v", karin.err)
		}
		anna.sees("afterwards", "!here: Karin")
		if hub.Count() != 1 {
			t.Errorf("%d seats", hub.Count())
		}
	})
}

// A playbook that was loaded meanwhile is told of once.
func TestPlaybookMeanwhile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		book := fewCustomers(t)
		karin := sits(t, book, floor.NewHub(book.Clock.Now), book.Agent)
		words, err := book.As(model.Solo(book.Admin)).PlaybookText()
		if err != nil {
			t.Fatal(err)
		}
		other := strings.Replace(words, `short.en = "brazen"`, `short.en = "forward"`, 1)
		if other == words {
			t.Fatal("nothing was changed in the playbook")
		}
		const notice = "The playbook was changed."
		book.Must(t, book.Admin, model.LoadPlaybook{Text: other})
		karin.sees("after it was loaded", notice)
		karin.press(t, "jjj")
		karin.sees("after some keys", "!"+notice)
		book.Must(t, book.Agent2, model.RaiseFlag{Customer: book.Customer(t, "Late"), Reason: "x y z"})
		karin.sees("after another change", "!"+notice)
	})
}

// Nothing happens on a floor where nobody moves, and who moves elsewhere wakes
// nobody.
func TestIdleFloorSendsNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		book := fewCustomers(t)
		hub := floor.NewHub(book.Clock.Now)
		karin, anna := sits(t, book, hub, book.Agent), sits(t, book, hub, book.Lead)
		karin.press(t, "G")
		karin.settle()
		karin.out.bytes()
		for range 5 {
			anna.press(t, "\r")
			anna.press(t, "c")
			anna.press(t, "\x1b")
			anna.press(t, "q")
			synctest.Wait()
		}
		karin.settle()
		if n := karin.out.bytes(); n > 0 {
			t.Errorf("%d bytes for what Anna does elsewhere", n)
		}
	})
}
