package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// logRig opens the desk on a book with one customer that has a past.
func logRig(t *testing.T) (*deskRig, *storetest.Desk, model.ID) {
	t.Helper()
	book := storetest.New(t)
	id := book.Customer(t, "Petra Jansen", "town", "Utrecht", "owner", book.Agent.String())
	return deskRigOn(t, book, book.Agent, "en", 80, 24), book, id
}

// newestOf is the contact that was noted last with a customer.
func newestOf(t *testing.T, book *storetest.Desk, id model.ID) (*model.Contact, *model.Detail) {
	t.Helper()
	d, err := book.As(model.Solo(book.Agent)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Dealings.Contacts) == 0 {
		t.Fatal("nothing was noted")
	}
	return d.Dealings.Contacts[0], d
}

// pressed counts the keys beside the words.
func pressed(r *deskRig, keys ...string) int {
	r.Keys(keys...)
	return len(keys)
}

// A common call takes two keys beside its words, and one on another topic that
// was not answered still fewer than ten.
func TestCommonCallTakesFewKeys(t *testing.T) {
	r, book, id := logRig(t)
	n := pressed(r, "c")
	r.Type("asks where the credit note is")
	n += pressed(r, "enter")
	if n != 2 {
		t.Errorf("%d keys", n)
	}
	c, _ := newestOf(t, book, id)
	if c.Story != "asks where the credit note is" || c.Channel != "phone" || c.Topic != "question" || c.Out || !c.Answered || c.By != book.Agent {
		t.Errorf("%+v", c)
	}
	r.Contains("contact noted, question")
	book.Clock.Add(time.Minute)
	n = pressed(r, "c")
	r.Type("again, about the invoice")
	n += pressed(r, "tab", "9", "tab", "tab", "tab", "2", "enter")
	if n >= 10 {
		t.Errorf("%d keys", n)
	}
	c, _ = newestOf(t, book, id)
	if c.Topic != "invoice" || c.Answered || c.Story != "again, about the invoice" {
		t.Errorf("%+v", c)
	}
}

// The topic of the customer's newest contact is proposed, and the channel that
// this person used last.
func TestLastTopicAndChannelAreProposed(t *testing.T) {
	r, book, id := logRig(t)
	other := book.Customer(t, "Sam Smit")
	book.Must(t, book.Agent2, model.LogContact{Customer: other, Channel: "visit", Topic: "packaging"})
	r.Send(kit.Changed{Rev: 99})
	r.Key("c")
	r.Type("x")
	r.Keys("tab", "5", "tab", "2", "enter") // communication, e-mail
	book.Clock.Add(time.Minute)
	r.Keys("j", "c")
	r.Contains("Contact with Sam Smit")
	r.Type("y")
	r.Key("enter")
	if c, _ := newestOf(t, book, other); c.Topic != "packaging" || c.Channel != "mail" {
		t.Errorf("%+v", c)
	}
	r.Keys("k", "c")
	r.Type("z")
	r.Key("enter")
	if c, _ := newestOf(t, book, id); c.Topic != "communication" || c.Channel != "mail" {
		t.Errorf("%+v", c)
	}
}

// The minutes come from the clock, rounded up, to service or to complaint; the
// clock can be stopped and put back, and what a person gives goes before it.
func TestMinutesComeFromTheClock(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(r *deskRig, book *storetest.Desk)
		want [model.Activities]int
	}{
		{"service", func(_ *deskRig, b *storetest.Desk) { b.Clock.Add(3*time.Minute + time.Second) }, [model.Activities]int{0, 4, 0}},
		{"failed", func(r *deskRig, b *storetest.Desk) {
			r.Keys("tab", "tab", "tab", "tab", "tab", "y")
			b.Clock.Add(time.Minute)
		}, [model.Activities]int{0, 0, 1}},
		{"stopped", func(r *deskRig, b *storetest.Desk) {
			b.Clock.Add(90 * time.Second)
			r.Key("ctrl+t")
			r.Contains("1:30 paused")
			b.Clock.Add(time.Hour)
		}, [model.Activities]int{0, 2, 0}},
		{"stopped and on", func(r *deskRig, b *storetest.Desk) {
			r.Key("ctrl+t")
			b.Clock.Add(time.Hour)
			r.Key("ctrl+t")
			b.Clock.Add(61 * time.Second)
			r.Contains("1:01")
		}, [model.Activities]int{0, 2, 0}},
		{"put back", func(r *deskRig, b *storetest.Desk) {
			b.Clock.Add(time.Hour)
			r.Key("ctrl+r")
			r.Contains("0:00")
			b.Clock.Add(time.Second)
		}, [model.Activities]int{0, 1, 0}},
		{"by hand", func(r *deskRig, b *storetest.Desk) {
			b.Clock.Add(time.Hour)
			r.Keys("down", "down", "tab", "tab", "1", "5")
		}, [model.Activities]int{15, 0, 0}},
		{"another day", func(r *deskRig, b *storetest.Desk) {
			b.Clock.Add(time.Hour)
			r.Keys("tab", "tab", "tab", "tab", "tab", "tab")
			r.Type("mon")
		}, [model.Activities]int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, book, id := logRig(t)
			r.Key("c")
			r.Type("x")
			c.do(r, book)
			r.Key("enter")
			got, _ := newestOf(t, book, id)
			if got.Minutes != c.want {
				t.Errorf("%v, want %v\n%s", got.Minutes, c.want, r.Screen())
			}
			if c.name == "another day" && got.Day != "2026-11-23" {
				t.Errorf("on %s", got.Day)
			}
		})
	}
}

// All that can be noted arrives in the book as it was typed.
func TestEverythingOfAContactIsNoted(t *testing.T) {
	r, book, id := logRig(t)
	r.Key("c")
	r.Type("wants to pay at the door")
	r.Key("tab")
	r.Type("proc") // procedure
	r.Keys("tab", "3", "tab", "y", "tab", "n", "tab", "space", "tab")
	r.Type("yesterday")
	r.Keys("tab", "3", "tab", "1", "2", "tab", "1", "tab", "+", "+", "tab", "y", "tab", "y", "tab", "2", "tab", "0", "tab", "4", "tab", "tab")
	r.Type("who may decide this")
	r.Key("tab")
	r.Type("a call back")
	r.Key("tab")
	r.Type("thu")
	r.Key("tab")
	r.Type("Pay in advance")
	r.Key("tab")
	r.Type("pay at the door")
	r.Keys("tab", "2", "tab")
	r.Type("the rule")
	r.Key("enter")
	c, d := newestOf(t, book, id)
	want := model.Contact{ID: c.ID, Customer: id, On: c.On, Day: "2026-11-23", Out: true, Channel: "visit", Topic: "procedure",
		Story: "wants to pay at the door", By: book.Agent, At: c.At, Minutes: [model.Activities]int{1, 3, 12}, Transfers: 2, ToldAgain: true,
		NumberAgain: true, Failed: true, Effort: 2, Waited: 1, Felt: 5, Missing: "who may decide this"}
	if *c != want {
		t.Errorf("got  %+v\nwant %+v\n%s", *c, want, r.Screen())
	}
	if p := d.Dealings.Promises; len(p) != 1 || p[0].Words != "a call back" || p[0].Due != "2026-11-26" || p[0].Contact != c.ID {
		t.Errorf("%+v", p)
	}
	if x := d.Dealings.Exceptions; len(x) != 1 || x[0].State != model.ExceptionRefused || x[0].Words != "pay at the door" || x[0].Reason != "the rule" ||
		d.Dealings.Standards[x[0].Standard].Name != "Pay in advance" {
		t.Errorf("%+v", x)
	}
}

// What is missing is said at the part that lacks it, and nothing is lost.
func TestLogSaysWhatIsMissing(t *testing.T) {
	r, book, id := logRig(t)
	r.Key("c")
	r.Type("asks")
	r.Keys("down", "down", "down", "down", "tab") // we promise
	r.Type("a credit note")
	r.Key("enter")
	r.Contains("Say by when")
	r.Type("26-11")
	r.Key("tab")
	r.Type("Pay in advance")
	r.Keys("tab", "tab", "2", "enter")
	r.Contains("Write in a few words why")
	r.Type("the rule")
	r.Key("enter")
	if _, d := newestOf(t, book, id); len(d.Dealings.Promises) != 1 || len(d.Dealings.Exceptions) != 1 || d.Dealings.Exceptions[0].Words != "asks" {
		t.Errorf("%+v", d.Dealings)
	}
}

// Before words are kept that speak ill of somebody, or none at all, the panel
// says so; enter again keeps them.
func TestLogWarnsOfWords(t *testing.T) {
	r, book, id := logRig(t)
	r.Keys("c", "enter")
	r.Contains("Nothing is told.")
	r.Type("they always complain")
	r.Key("enter")
	r.Contains("▲")
	if d, err := book.As(model.Solo(book.Agent)).Customer(id); err != nil || len(d.Dealings.Contacts) > 0 {
		t.Fatalf("noted at once, %v", err)
	}
	r.Key("enter")
	if c, _ := newestOf(t, book, id); c.Story != "they always complain" {
		t.Errorf("%+v", c)
	}
}

// What was filled in outlives the panel, and can be thrown away.
func TestLogDraft(t *testing.T) {
	r, book, id := logRig(t)
	r.Key("c")
	r.Type("half a")
	r.Keys("tab", "9", "esc")
	r.Contains("kept as a draft")
	r.Key("c")
	r.Contains("A draft of")
	r.Key("enter")
	r.Contains("half a")
	r.Contains("about invoice")
	r.Keys("enter")
	if c, _ := newestOf(t, book, id); c.Story != "half a" || c.Topic != "invoice" {
		t.Errorf("%+v", c)
	}
	r.Keys("c")
	r.Lacks("A draft of")
	r.Type("another")
	r.Keys("esc", "c", "ctrl+x")
	r.Lacks("another")
	r.Keys("esc", "c")
	r.Lacks("A draft of")
}

// Answers at hand on the topic are offered; the one that served is kept, and
// goes again with another topic.
func TestAnswersAtHandAreOffered(t *testing.T) {
	r, book, id := logRig(t)
	answer := book.Must(t, book.Agent, model.SaveAnswer{Topic: "invoice", Question: "when does the credit note come?", Words: "within five days"}).Made
	r.Key("c")
	r.Lacks("within five days")
	r.Type("x")
	r.Keys("tab", "9")
	r.Contains("^1   when does the credit note come? → within five days")
	r.Key("ctrl+1")
	r.Contains("^1 ✓ when does")
	r.Keys("1", "9")
	r.Contains("^1   when does")
	r.Keys("ctrl+1", "enter")
	if c, _ := newestOf(t, book, id); c.Answer != answer {
		t.Errorf("%+v", c)
	}
	r.Keys("c")
	r.Type("y")
	r.Keys("down", "down", "down", "tab", "tab", "tab", "tab", "tab", "1", "enter")
	if c, _ := newestOf(t, book, id); c.Answer != answer {
		t.Errorf("chosen in its part: %+v", c)
	}
}

// The panel asks for one tick a second while its clock runs and somebody sees
// it, and for none otherwise.
func TestClockTicksOnlyWhileItRuns(t *testing.T) {
	book := storetest.New(t)
	env := deskEnv(t, book.As(model.Solo(book.Agent)), "en")
	var asked []time.Duration
	env.Tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		asked = append(asked, d)
		return func() tea.Msg { return f(time.Time{}) }
	}
	b := bottom{env: env}
	p := newLog(env, "Petra", book.Customer(t, "Petra Jansen"))
	b.show(p)
	tick := p.tick()
	book.Clock.Add(400 * time.Millisecond)
	send := func() {
		if tick == nil {
			return
		}
		tick, _, _ = b.update(tick())
	}
	send()
	send()
	if !slices.Equal(asked, []time.Duration{time.Second, 600 * time.Millisecond, 600 * time.Millisecond}) {
		t.Errorf("%v", asked)
	}
	old := tick
	p.pause()
	send()
	if n := len(asked); n != 3 || tick != nil {
		t.Errorf("%d ticks asked while it stands", n)
	}
	tick = p.pause()
	if tick == nil || len(asked) != 4 {
		t.Errorf("%d ticks asked when it runs again", len(asked))
	}
	if again, _, _ := b.update(old()); again != nil || len(asked) != 4 {
		t.Error("two clocks run side by side")
	}
	b.key("esc")
	if again, handled, _ := b.update(tick()); again != nil || handled || len(asked) != 4 {
		t.Error("it goes on after the panel is closed")
	}
}

// Enter may come before the book has said what to propose.
func TestSavingWaitsForWhatIsProposed(t *testing.T) {
	book := storetest.New(t)
	id := book.Customer(t, "Petra Jansen")
	book.Must(t, book.Agent, model.LogContact{Customer: id, Channel: "phone", Topic: "order"})
	p := newLog(deskEnv(t, book.As(model.Solo(book.Agent)), "en"), "Petra", id)
	for _, k := range "hi" {
		p.Update(tea.KeyPressMsg{Code: k, Text: string(k)})
	}
	if _, cmd := p.Key("enter"); cmd != nil {
		t.Fatal("saved before it knew the topic")
	}
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				run(c)
			}
		case nil:
		default:
			run(p.Update(msg))
		}
	}
	run(p.load())
	if c, _ := newestOf(t, book, id); c.Story != "hi" || c.Topic != "order" {
		t.Errorf("%+v", c)
	}
}

func TestLogGolden(t *testing.T) {
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			book, p := smallBook(t)
			book.Must(t, book.Agent, model.SaveAnswer{Topic: "invoice", Question: "when does the credit note come?", Words: "within five days"})
			book.Must(t, book.Agent, model.LogContact{Customer: p["Petra Jansen"], Channel: "phone", Topic: "invoice", Story: "before"})
			r := deskRigWith(t, book, book.As(model.Solo(book.Agent)), lang, size[0], size[1], kit.Open{Kind: KindCustomer, Arg: p["Petra Jansen"]})
			at := func(name string) { r.Golden(fmt.Sprintf("log-%s-%s-%dx%d", name, lang, size[0], size[1])) }
			r.Key("c")
			r.Type("asks where the credit note is")
			book.Clock.Add(83 * time.Second)
			at("words")
			r.Key("tab")
			at("topic")
			r.Type("pro")
			at("typed")
			r.Type("x")
			at("typed-nothing")
			r.Keys("backspace", "backspace", "backspace", "backspace", "9", "down", "down", "down", "tab")
			r.Type("a credit note")
			r.Keys("tab", "enter")
			at("wrong")
			r.Type("26-11")
			r.Keys("tab")
			r.Type("Pay in advance")
			r.Keys("tab", "tab", "2", "tab")
			r.Type(strings.Repeat("a long reason ", 4))
			at("all")
		}
	}
}
