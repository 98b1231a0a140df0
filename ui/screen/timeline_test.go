package screen

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// longBook is a desk on which a customer has as many contacts as wanted, and
// which counts how many of them are read.
type longBook struct {
	ui.Desk
	customer model.ID
	n        int
	by       model.ID
	read     int
}

// at is the ith contact from the newest.
func (b *longBook) at(i int) *model.Contact {
	c := &model.Contact{ID: model.ID{1: byte(i >> 16), 2: byte(i >> 8), 3: byte(i)}, Customer: b.customer, Channel: "phone", Topic: "invoice",
		On: model.StampOf(storetest.Start.Add(-time.Duration(i) * time.Hour)), Story: fmt.Sprintf("told %d", i), By: b.by, Answered: i%3 > 0}
	c.Day = model.DayOf(c.On.Time())
	return c
}

// Contacts reads as the book does; a place is the number of a contact.
func (b *longBook) Contacts(_ model.ID, from string, n int) (model.ContactPage, error) {
	p := model.ContactPage{People: map[model.ID]string{b.by: "Karin"}}
	first, last := 0, n
	at, err := strconv.Atoi(from)
	switch {
	case from == "" && n < 0:
		first, last, p.Total = b.n+n, b.n, b.n
	case from == "":
		p.Total = b.n
	case err != nil:
		return p, err
	case n < 0:
		first, last = at+n, at
	default:
		first, last = at+1, at+1+n
	}
	p.More = last < b.n
	if n < 0 {
		p.More = first > 0
	}
	for i := max(first, 0); i < min(last, b.n); i++ {
		p.Contacts, p.Places = append(p.Contacts, b.at(i)), append(p.Places, strconv.Itoa(i))
		b.read++
	}
	return p, nil
}

// With ten thousand contacts a key reads a few screens at most, wherever one is,
// and most keys read nothing.
func TestTimelineReadsOnlyWhatIsSeen(t *testing.T) {
	book := storetest.New(t)
	long := &longBook{Desk: book.As(model.Solo(book.Agent)), customer: book.Customer(t, "Petra Jansen"), n: 10_000, by: book.Agent}
	r := deskRigWith(t, book, long, "en", 80, 24, kit.Open{Kind: KindContacts, Arg: long.customer})
	most := 8 * 24 // rows a key may read: a few screens
	sees := func(key, want string) {
		t.Helper()
		long.read = 0
		if key != "" {
			r.Key(key)
		}
		r.Contains(want)
		if long.read > most {
			t.Errorf("%q read %d contacts", key, long.read)
		}
	}
	sees("", "told 0")
	r.Contains("10,000 contacts")
	sees("pgdown", "told 12")
	sees("G", "told 9999")
	sees("pgup", "told 9980")
	sees("g", "told 0")
	long.read = 0
	for range 60 {
		r.Key("j")
	}
	if r.Contains("told 60"); long.read > most {
		t.Errorf("60 lines down read %d contacts", long.read)
	}
	long.read = 0
	r.Send(kit.Changed{Rev: 1_000})
	if r.Contains("told 60"); long.read == 0 || long.read > most {
		t.Errorf("a change read %d contacts", long.read)
	}
}

// contactsBook is a customer with a few contacts of all kinds.
func contactsBook(t testing.TB) (*storetest.Desk, model.ID) {
	t.Helper()
	book := storetest.New(t)
	id := book.Customer(t, "Petra Jansen", "owner", book.Agent.String())
	waited, felt := 12, 4
	note := func(by model.ID, days int, a model.LogContact) {
		book.Clock.Set(storetest.Start.AddDate(0, 0, -days))
		a.Customer = id
		book.Must(t, by, a)
	}
	note(book.Agent2, 400, model.LogContact{Channel: "letter", Topic: "other", Out: true, Answered: true, Story: "welcome"})
	note(book.Agent, 5, model.LogContact{Channel: "phone", Topic: "invoice", Story: "the invoice counts the same meter twice", Waited: &waited,
		Minutes: [model.Activities]int{0, 7, 0}})
	note(book.Agent2, 4, model.LogContact{Channel: "phone", Topic: "invoice", Story: "again:\nwhere is the credit note?", ToldAgain: true, NumberAgain: true,
		Transfers: 2, Failed: true, Effort: 2, Felt: &felt, Missing: "how long a credit note takes", Minutes: [model.Activities]int{1, 2, 9}})
	book.Clock.Set(storetest.Start)
	return book, id
}

func TestTimelineGolden(t *testing.T) {
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			book, id := contactsBook(t)
			open := func(start kit.Open) *deskRig {
				return deskRigWith(t, book, book.As(model.Solo(book.Agent)), lang, size[0], size[1], start)
			}
			name := func(s string) string { return fmt.Sprintf("%s-%s-%dx%d", s, lang, size[0], size[1]) }
			r := open(kit.Open{Kind: KindContacts, Arg: id})
			r.Golden(name("timeline"))
			r.Keys("j", "e")
			r.Golden(name("timeline-edit"))
			none := book.Customer(t, "Sam Smit")
			r = open(kit.Open{Kind: KindContacts, Arg: none})
			r.Golden(name("timeline-none"))
			book.Must(t, book.Agent, model.SetBanner{Customer: id, Words: "works nights: call after 16:00, never before", Until: "2026-12-01"})
			book.Must(t, book.Agent, model.MakePromise{Customer: id, Side: model.Ours, Words: "a credit note", Due: "2026-11-26"})
			r = open(kit.Open{Kind: KindCustomer, Arg: id})
			r.Golden(name("story"))
			r.Keys("b")
			r.Golden(name("banner"))
		}
	}
}

func TestContactIsCorrected(t *testing.T) {
	book, id := contactsBook(t)
	r := deskRigWith(t, book, book.As(model.Solo(book.Agent)), "en", 120, 40, kit.Open{Kind: KindContacts, Arg: id})
	r.Keys("e")
	r.Contains("A colleague noted this contact")
	r.Keys("d")
	r.Contains("A colleague noted this contact")
	r.Keys("j", "e", "tab", "7", "ctrl+s")
	r.Contains("contact corrected, telephone")
	r.Keys("d")
	r.Type("noted twice")
	r.Key("enter")
	r.Contains("contact withdrawn")
	r.Contains("2 contacts")
	r.Key("u")
	r.Contains("3 contacts")
}

// What a colleague changed meanwhile in the same field is said, and stays.
func TestContactChangedMeanwhile(t *testing.T) {
	book, id := contactsBook(t)
	r := deskRigWith(t, book, book.As(model.Solo(book.Agent)), "en", 120, 40, kit.Open{Kind: KindContacts, Arg: id})
	r.Keys("j", "e")
	page, err := book.As(model.Solo(book.Lead)).Contacts(id, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	book.Must(t, book.Lead, model.EditContact{Customer: id, Contact: page.Contacts[1].ID,
		Was: map[string]string{"contact.topic": "invoice"}, Now: map[string]string{"contact.topic": "order"}})
	r.Keys("tab", "7", "ctrl+s")
	r.Contains("changed the same")
	page, err = book.As(model.Solo(book.Lead)).Contacts(id, "", 2)
	if err != nil || page.Contacts[1].Topic != "order" {
		t.Errorf("%v, %v", page.Contacts[1].Topic, err)
	}
}

func TestContactWithdrawnFromThePage(t *testing.T) {
	book, id := contactsBook(t)
	r := deskRigWith(t, book, book.As(model.Solo(book.Lead)), "en", 120, 40, kit.Open{Kind: KindCustomer, Arg: id})
	r.Contains("put through 2 times")
	r.Keys("g", "d")
	r.Type("somebody else called")
	r.Key("enter")
	r.Lacks("put through 2 times")
	r.Key("h")
	r.Contains("2 contacts")
}

func TestBannerIsSet(t *testing.T) {
	book, id := contactsBook(t)
	r := deskRigWith(t, book, book.As(model.Solo(book.Agent)), "en", 80, 24, kit.Open{Kind: KindCustomer, Arg: id})
	r.Key("b")
	r.Type("call after 16:00")
	r.Keys("enter", "enter")
	r.Contains("Say until which day")
	r.Type("fri")
	r.Key("enter")
	r.Contains("▲ call after 16:00")
	r.Contains("until 27 Nov")
	r.Key("b")
	r.Contains("2026-11-27")
	for range len("call after 16:00") {
		r.Key("backspace")
	}
	r.Contains("Without words the line is taken away")
	r.Key("enter")
	r.Lacks("▲ call after")
	r.Key("u")
	r.Contains("▲ call after 16:00")
	r.Key("b")
	r.Keys("end", "tab", "tab")
	r.Type(" you idiot")
	r.Key("enter")
	r.Contains("▲")
	if d, err := book.As(model.Solo(book.Agent)).Customer(id); err != nil || d.Dealings.Banner.Words != "call after 16:00" {
		t.Errorf("%v, %v", d.Dealings.Banner, err)
	}
	r.Key("enter")
	if d, err := book.As(model.Solo(book.Agent)).Customer(id); err != nil || d.Dealings.Banner.Words != "call after 16:00 you idiot" {
		t.Errorf("%v, %v", d.Dealings.Banner, err)
	}
}
