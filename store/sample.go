package store

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"pasvorm/model"
	"pasvorm/store/gen"
)

// sampleSize is how many invented customers a sample holds.
const sampleSize = 500

// Sample fills the book with invented customers, colleagues, sightings and
// assessments in every state, so that each screen has something to show. It
// goes through the door like everything else, with a clock that walks through
// the last months; the person who asks must be its admin. Words are in lang.
func (s *Session) Sample(ctx context.Context, lang string) error {
	now := s.book.now()
	clock := now.AddDate(0, -5, 0)
	past := New(s.book.eng, Options{Now: func() time.Time { return clock }, Location: s.book.opt.Location, NewID: s.book.opt.NewID})
	f := &filler{ctx: ctx, book: past, clock: &clock, now: now, lang: lang, me: s.actor.Person,
		rnd: rand.New(rand.NewPCG(7, 11))} //nolint:gosec // the same sample each time, no secret
	f.people()
	f.customers()
	f.sightings()
	f.assessments()
	f.promises()
	f.improves()
	f.loose()
	f.contacts()
	f.terms()
	f.farewells()
	f.surveys()
	f.money()
	f.views()
	s.book.wake()
	return f.err
}

// filler does one action after another until one fails.
type filler struct {
	ctx   context.Context //nolint:containedctx // of the one call that fills
	book  *Book
	clock *time.Time
	now   time.Time
	lang  string
	me    model.ID
	rnd   *rand.Rand
	err   error

	anna, milan, karin, sam, yara model.ID
	ids                           []model.ID
	names                         map[model.ID]string
}

func (f *filler) do(who model.ID, a model.Action) model.ID {
	if f.err != nil {
		return model.NoID
	}
	r, err := f.book.Do(f.ctx, model.Solo(who), a)
	if err != nil {
		f.err = fmt.Errorf("sample: %s: %w", a.Name(), err)
	}
	return r.Made
}

// at puts the clock so many days back, at an hour of that day.
func (f *filler) at(days, hour int) {
	t := f.now.AddDate(0, 0, -days)
	*f.clock = time.Date(t.Year(), t.Month(), t.Day(), hour, f.rnd.IntN(60), 0, 0, t.Location())
	if !f.clock.Before(f.now) {
		*f.clock = f.now.Add(-time.Minute)
	}
}

// say picks the words of the language.
func (f *filler) say(en, nl string) string {
	if f.lang == "nl" {
		return nl
	}
	return en
}

func (f *filler) people() {
	f.at(150, 9)
	me, err := f.book.As(model.Solo(f.me)).Me()
	if err != nil {
		f.err = err
		return
	}
	join := func(name string, role model.Role) model.ID {
		if model.FoldPerson(name) == model.FoldPerson(me.Name) {
			name += " B." // a colleague of the same first name as who looks round
		}
		return f.do(f.me, model.AddPerson{Person: name, Role: role})
	}
	f.anna, f.milan = join("Anna", model.RoleLead), join("Milan", model.RoleLead)
	f.karin, f.sam, f.yara = join("Karin", model.RoleAgent), join("Sam", model.RoleAgent), join("Yara", model.RoleAgent)
}

func (f *filler) customers() {
	owners := []model.ID{f.karin, f.sam, f.yara, model.NoID}
	var adds []model.Action
	f.names = map[model.ID]string{}
	err := gen.Customers(7, sampleSize, func(c *gen.Customer) error {
		id := f.book.opt.NewID()
		values := f.values(c, owners)
		f.ids = append(f.ids, id)
		f.names[id] = values["name"]
		adds = append(adds, model.AddCustomer{ID: id, Values: values})
		return nil
	})
	f.at(149, 10)
	if f.err == nil && err == nil {
		_, err = f.book.DoAll(f.ctx, model.Solo(f.me), adds)
	}
	if f.err == nil {
		f.err = err
	}
}

// values makes a customer's fields: some are large, some have a contract, some
// have told how they like to be treated.
func (f *filler) values(c *gen.Customer, owners []model.ID) map[string]string {
	v := map[string]string{"name": c.Name(), "number": c.Number, "phone": c.Phone, "mobile": c.Mobile, "email": c.Email,
		"street": c.Street, "houseno": c.HouseNo, "postcode": c.Postcode, "town": c.Town, "kind": string(model.Private)}
	if c.Company != "" {
		v["kind"] = string(model.Business)
	}
	n := len(f.ids)
	if o := owners[n%len(owners)]; o != model.NoID {
		v["owner"] = o.String()
	}
	if n%40 == 7 {
		v["relation"] = string(model.Prospect)
	}
	if n%5 == 0 {
		v["level"], v["channels"], v["response"] = f.say("Basic", "Basis"), f.say("mail", "mail"), f.say("within 2 days", "binnen 2 dagen")
		v["minutes"] = "60"
	}
	if n%9 == 0 {
		v["contract_end"] = string(model.DayOf(f.now.AddDate(0, 1+n%14, 0)))
		v["notice"] = f.say("one month", "een maand")
	}
	if n%6 == 1 || n%7 == 0 {
		v["preferences"] = f.say("facts first, one contact", "eerst de feiten, één contact")
		v["helps"] = f.say("a summary by mail afterwards", "achteraf een samenvatting per mail")
		v["hinders"] = f.say("being put through", "doorverbonden worden")
		v["channel"], v["tone"] = f.say("phone after 16:00", "telefoon na 16:00"), f.say("short and formal", "kort en zakelijk")
	}
	if v["kind"] == string(model.Business) {
		v["revenue"], v["margin"] = model.FormatMoney(int64(2000+n%97*310)*100), model.FormatMoney(int64(150+n%41*70)*100)
	}
	if n == 12 {
		v["key_account"] = "yes"
	}
	return v
}

func (f *filler) sightings() {
	seen := []model.ID{f.karin, f.sam, f.yara}
	play, _, err := f.book.As(model.Solo(f.me)).Playbook()
	if err != nil {
		f.err = err
		return
	}
	for n := range 60 {
		customer := f.ids[n*7%len(f.ids)]
		for k := range n%4 + 1 {
			trait := play.Traits[(n+k/2)%len(play.Traits)]
			t := model.Tag{Customer: customer, Trait: trait.Trait, Signal: signal(trait, n+k, n%12 == 5)}
			if n%2 == 0 {
				t.Cause = trait.Causes[n%len(trait.Causes)].ID
			}
			if n%11 == 3 && k == 0 {
				t.Words = f.say("said it on the phone, twice", "zei het aan de telefoon, twee keer")
			}
			f.at(120-n-5*k, 9+n%8)
			f.do(seen[(n+k)%len(seen)], t)
		}
	}
}

// signal picks one of a trait: low on the ladder, unless it may be high. A desk
// where half of the customers ask for the director is no sample of anything.
func signal(p model.TraitPlay, n int, high bool) string {
	best := p.Signals[n%len(p.Signals)]
	for i := range p.Signals {
		s := p.Signals[(n+i)%len(p.Signals)]
		if (s.Step >= 3) == high {
			return s.ID
		}
		if s.Step < best.Step {
			best = s
		}
	}
	return best.ID
}

// loose adds what stands by itself in the queue: a flag by hand, a contest, a
// likely double.
func (f *filler) loose() {
	f.at(3, 11)
	f.do(f.sam, model.RaiseFlag{Customer: f.ids[90], Reason: f.say("calls about somebody else's account", "belt over de zaak van iemand anders")})
	f.at(2, 14)
	id := f.do(f.karin, model.Tag{Customer: f.ids[91], Trait: model.TraitBrazen, Words: f.say("hung up on me", "hing op tijdens het gesprek")})
	f.at(1, 10)
	f.do(f.yara, model.Contest{Customer: f.ids[91], Sighting: id, Reason: f.say("the line was bad, I was there", "de lijn was slecht, ik zat ernaast")})
	f.readFile()
}

// readFile reads in a small file of which one line is likely a double.
func (f *filler) readFile() {
	if f.err != nil {
		return
	}
	f.at(1, 12)
	first, err := f.book.As(model.Solo(f.me)).Customer(f.ids[20])
	if err != nil {
		f.err = err
		return
	}
	file := "number,name,email,town,phone\nF-1,Willemijn Postma,w.postma@mail.example,Zwolle,\n" +
		doubleNumber + "," + initialled(first.Customer.Name) + "," + first.Customer.Email + ",Utrecht,030-0550166\n"
	_, f.err = f.book.As(model.Solo(f.me)).Import(f.ctx, strings.NewReader(file), io.Discard,
		model.ImportOptions{File: "fair.csv", Size: int64(len(file))}, func(model.ImportProgress) {})
	if f.err != nil {
		return
	}
	double, err := f.book.As(model.Solo(f.me)).Resolve(doubleNumber)
	if err != nil {
		f.err = err
		return
	}
	f.at(1, 15)
	on := model.StampOf(*f.clock)
	f.do(f.yara, model.LogContact{Customer: double.ID, On: on, Channel: "phone", Topic: "invoice", Minutes: [3]int{4, 1, 0}, ToldAgain: true,
		Story:   f.say("was told at the fair that the invoice would be corrected", "hoorde op de beurs dat de rekening wordt aangepast"),
		Promise: &model.MakePromise{Side: model.Ours, Words: f.say("a corrected invoice", "een aangepaste rekening"), Due: model.DayOf(f.now.AddDate(0, 0, 3))}})
	f.do(f.yara, model.AddLesson{Customer: double.ID, Words: f.say("ask for the number on the card first", "vraag eerst naar het nummer op de kaart")})
}

// doubleNumber is ours of the customer who is likely another.
const doubleNumber = "F-2"

// initialled is a name as somebody notes it in haste: P. Jansen.
func initialled(name string) string {
	first, rest, ok := strings.Cut(name, " ")
	if !ok {
		return name
	}
	return string([]rune(first)[:1]) + ". " + rest
}
