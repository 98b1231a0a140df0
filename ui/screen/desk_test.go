package screen

import (
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

func TestDeskGolden(t *testing.T) {
	book, _ := smallBook(t)
	states := []struct {
		name string
		keys []string
		typ  string
	}{
		{"desk", nil, ""},
		{"desk-down", []string{"j", "j", "j"}, ""},
		{"desk-last-but-one", []string{"G", "k"}, ""},
		{"desk-filtered", []string{"/"}, "jans"},
		{"desk-nobody", []string{"/"}, "qwerty"},
		{"desk-marked", []string{"space", "space"}, ""},
		{"desk-tag", []string{"2", "3"}, ""},
		{"desk-tag-marked", []string{"space", "space", "4"}, ""},
		{"desk-tag-error", []string{"2", "enter"}, ""},
		{"desk-tag-words", []string{"2", "w"}, "wanted to hear it three times"},
		{"desk-tag-cause", []string{"3", "2", "tab", "tab", "2"}, ""},
		{"desk-tag-aimed", []string{"3", "2", "shift+tab", "2", "shift+tab", "4"}, ""},
		{"desk-flag", []string{"!"}, "shouts at everybody"},
		{"desk-help", []string{"?"}, ""},
	}
	for _, s := range states {
		t.Run(s.name, func(t *testing.T) {
			deskGolden(t, s.name, book, book.Agent, func(r *deskRig) {
				r.Keys(s.keys...)
				r.Type(s.typ)
			})
		})
	}
}

func TestDeskGoldenEmpty(t *testing.T) {
	book := storetest.New(t)
	deskGolden(t, "desk-empty", book, book.Agent, func(*deskRig) {})
}

// failingDesk refuses one kind of reading.
type failingDesk struct {
	ui.Desk
	broken bool
}

func (d *failingDesk) Page(r model.PageRequest) (model.Page, error) {
	if d.broken {
		return model.Page{}, model.NewError(model.KindBusy, "error.conflict.busy")
	}
	return d.Desk.Page(r)
}

func TestDeskSaysThatReadingFailed(t *testing.T) {
	book, _ := smallBook(t)
	d := &failingDesk{Desk: book.As(model.Solo(book.Agent))}
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	d.broken = true
	r.Key("/")
	r.Type("j")
	r.Contains("✗ ")
	r.Contains("Hulst Transport") // what was there stays
	d.broken = false
	r.Type("a")
	r.Contains("3 of 35")
	r.Lacks("Hulst")
}

func TestTwoThreeEnterRecords(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent2, "en", 120, 40)
	r.Key("/")
	r.Type("petra")
	r.Keys("enter", "2", "1", "3", "enter")
	d, err := book.As(model.Solo(book.Agent)).Customer(p["Petra Jansen"])
	if err != nil {
		t.Fatal(err)
	}
	g := d.Sightings[0]
	if g.Trait != model.TraitAttention || g.Signal != "same-question" || g.By != book.Agent2 || g.On != model.StampOf(book.Clock.Now()) {
		t.Fatalf("recorded %+v", g)
	}
	r.Contains("“Asks for much attention” noted")
	r.Contains("1 of 35") // the filter stays
	r.Key("u")
	r.Contains("Taken back")
	r.Contains("U puts it back")
	if d, _ = book.As(model.Solo(book.Agent)).Customer(p["Petra Jansen"]); len(d.Sightings) != 2 {
		t.Fatalf("%d sightings after undo", len(d.Sightings))
	}
	r.Key("U")
	r.Contains("Put back")
}

func TestTagWarnsOfAStepUp(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent2, "en", 120, 40)
	r.Key("/")
	r.Type("janssen")
	r.Keys("enter", "1", "5", "enter")
	r.Contains("▲ P.J. Janssen")
	r.Contains("from step 2 to 3")
	r.Contains("Flagged for")
}

func TestBulkTagIsOneUndoStep(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Keys("space", "j", "space")
	r.Key("/")
	r.Type("berg")
	r.Keys("enter", "space") // marks hold through filters
	r.Contains("3 marked")
	r.Key("4")
	r.Contains("3 customers")
	r.Keys("1", "enter")
	r.Lacks("marked")
	s := book.As(model.Solo(book.Agent))
	count := func() (n int) {
		for _, id := range p {
			d, err := s.Customer(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range d.Sightings {
				if g.Trait == model.TraitWronged {
					n++
				}
			}
		}
		return n
	}
	if count() != 3 {
		t.Fatalf("%d sightings of three", count())
	}
	r.Key("esc")
	r.Contains("35 customers")
	r.Key("u")
	if count() == 3 { // it may ask first
		r.Contains("Take back")
		r.Key("2")
	}
	if count() != 0 {
		t.Fatalf("%d sightings left after one undo", count())
	}
	r.Contains("Taken back")
}

func TestTagDraftSurvivesEsc(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Keys("2", "3", "tab")
	r.Type("for the third time q")
	r.Key("esc")
	r.Contains("Kept as a draft")
	again := deskRigOn(t, book, book.Agent, "en", 80, 24) // another session of the same person
	again.Key("2")
	again.Contains("A draft of Tue 24 Nov 10:00 is here")
	again.Keys("enter")
	again.Contains("▌3 asked again what had been answered · “for the third time q”")
	again.Key("enter")
	again.Contains("noted")
	d, err := book.As(model.Solo(book.Agent)).Customer(p["Hulst Transport"])
	if err != nil {
		t.Fatal(err)
	}
	if g := d.Sightings[0]; g.Words != "for the third time q" || g.Signal != "same-question" {
		t.Fatalf("recorded %+v", g)
	}
	again.Key("2")
	again.Lacks("draft of")
}

func TestTagDraftIsThrownAway(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Keys("2", "3", "esc", "2")
	r.Contains("A draft of")
	r.Key("esc") // once more by accident: the draft stays
	r.Lacks("what did you see?")
	r.Key("2")
	r.Contains("A draft of")
	r.Key("ctrl+x")
	r.Lacks("A draft of")
	r.Contains("what did you see?")
	r.Keys("esc", "2")
	r.Lacks("A draft of")
}

func TestTagOnAnotherDay(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Keys("3", "2", "tab", "tab", "tab")
	r.Type("31-2")
	r.Key("enter")
	r.Contains("This is not a date")
	r.Keys("backspace", "backspace", "backspace", "backspace")
	r.Type("20-11")
	r.Contains("Fri 20 Nov")
	r.Keys("tab", "4", "tab", "2", "enter")
	d, err := book.As(model.Solo(book.Agent)).Customer(p["Hulst Transport"])
	if err != nil {
		t.Fatal(err)
	}
	g := d.Sightings[0]
	if day := model.DayOf(g.On.Time().In(storetest.Zone())); day != "2026-11-20" || g.AimedAt != book.Agent || !g.Serious {
		t.Fatalf("recorded %+v on %s", g, day)
	}
	r.Contains("a safety matter")
}

func TestTagRefusedByTheBookKeepsThePanel(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Keys("3", "2", "tab", "tab", "tab")
	r.Type("2027-01-01")
	r.Key("enter")
	r.Contains("on what day?")
	r.Contains("✗ ")
}

func TestDeskKeys(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	for _, c := range []struct{ key, kind string }{{"w", KindWizard}, {"r", KindReview}, {"J", KindJournal}, {"P", KindPeople}, {"i", KindImport}} {
		r.Key(c.key)
		r.Contains("screen " + c.kind)
		r.Key("esc")
	}
	if got := r.opens[0].Arg; got != p["Hulst Transport"] {
		t.Fatalf("the wizard was opened for %v", got)
	}
	r.Keys("j", "enter")
	r.Contains("Desk ▸ Jansen & Zn. B.V.")
	r.Keys("esc", "a")
	r.Contains("New customer")
}

func TestNobodyFoundIsAdded(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Key("/")
	r.Type("Wqxzyv")
	r.Contains("Nobody matches “Wqxzyv”")
	r.Key("ctrl+n")
	r.Contains("New customer")
	r.Contains("Wqxzyv")
	r.Key("ctrl+s")
	r.Contains("Wqxzyv: added")
	r.Key("esc")
	r.Contains("1 of 36")
}

// Who sees no more than names that sound alike adds the one that was typed; a
// name that is there is not added by that key.
func TestAlikeIsNotTheOne(t *testing.T) {
	book, d := foundBook(t)
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("jnasen")
	r.Contains("as heard")
	r.Key("ctrl+n")
	r.Contains("New customer")
	r.Contains("jnasen")
	r.Keys("esc", "ctrl+u")
	r.Type("jansen")
	r.Keys("enter", "a")
	r.Contains("New customer")
	r.Lacks("jansen")
}

func TestFilterIsLeftAndCleared(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Key("/")
	r.Type("jans")
	r.Contains("3 of 35")
	if _, _, ok := r.Cursor(); !ok {
		t.Error("no cursor in the filter")
	}
	r.Keys("down", "enter", "u") // u is a command again
	r.Contains("jans")
	r.Key("/")
	r.Key("backspace")
	r.Contains("/ jan")
	r.Key("esc")
	r.Contains("35 customers")
}

func TestChangedReloadsWithoutMoving(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 120, 40)
	r.Keys("j", "j", "j", "j", "j")
	r.Contains("▌   Klant 04")
	book.Customer(t, "Aaltje Aalbers", "town", "Aalten")
	d := book.Must(t, book.Agent2, model.Tag{Customer: p["Klant 04"], Trait: model.TraitBrazen, Signal: "snapped"})
	r.Send(kit.Changed{Rev: uint64(d.Rev)})
	r.Contains("▌   Klant 04")
	r.Contains("36 customers")
	r.Contains("3 brazen")
}

// slowDesk hands out pages when the test says so.
type slowDesk struct {
	ui.Desk
	mu    sync.Mutex
	asked []string
}

func (d *slowDesk) Page(r model.PageRequest) (model.Page, error) {
	d.mu.Lock()
	d.asked = append(d.asked, r.Filter)
	d.mu.Unlock()
	return d.Desk.Page(r)
}

func TestStaleAnswersOfTheFilterAreDropped(t *testing.T) {
	book, _ := smallBook(t)
	slow := &slowDesk{Desk: book.As(model.Solo(book.Agent))}
	s := newDesk(deskEnv(t, slow, "en")).(*desk)
	run := func(cmd tea.Cmd) {
		for msgs := []tea.Msg{cmd()}; len(msgs) > 0; {
			msg := msgs[0]
			msgs = msgs[1:]
			switch msg := msg.(type) {
			case nil:
			case tea.BatchMsg:
				for _, c := range msg {
					if c != nil {
						msgs = append(msgs, c())
					}
				}
			default:
				if _, next := s.Update(msg); next != nil {
					msgs = append(msgs, next())
				}
			}
		}
	}
	_, cmd := s.Update(kit.Resized{W: 80, H: 22})
	run(cmd)
	s.startFilter()
	old := s.refilter("petra") // asked, not answered yet
	newer := s.refilter("berg")
	run(newer)
	run(old) // arrives last
	row, _ := s.list.Selected()
	if row.Name != "Van der Berg" || s.page.Found != 1 {
		t.Fatalf("%s of %d is shown for the filter %q", row.Name, s.page.Found, s.asked.filter)
	}
	if got := strings.Join(slow.asked, ","); got != ",berg" {
		t.Errorf("the book was asked for %q; nobody waits for petra any more", got)
	}
	// The same when the old reading had begun before the new one was asked.
	begun := s.load(kit.Request{})().(deskPage)
	begun.page.Found = 99
	run(kit.Send(begun))
	if s.page.Found == 99 {
		t.Error("an answer that nobody waits for was taken")
	}
}
