package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// hanging lists the keys of the records that hang from a customer, without the
// customer in them.
func hanging(d *storetest.Desk, c model.ID) (out []string) {
	_ = d.Engine().View(func(tx engine.Tx) error {
		for _, t := range model.History() {
			from := []byte(model.TableKey(t, c))
			tx.Scan(from, engine.PrefixEnd(from), 0, func(k, _ []byte, _ engine.Rev) bool {
				out = append(out, fmt.Sprintf("%c %x", k[0], k[17:]))
				return true
			})
		}
		return nil
	})
	return out
}

// mergeOf merges as somebody, by the name as it stands.
func mergeOf(t rapid.TB, d *storetest.Desk, who, keep, gone model.ID, take ...string) model.Receipt {
	t.Helper()
	detail, err := d.As(model.Solo(who)).Customer(gone)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.As(model.Solo(who)).Do(context.Background(), model.Merge{Keep: keep, Gone: gone, Take: take, Typed: detail.Customer.Name})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// After any story of two customers a merge leaves every record of both with the
// one that stays; taken back, every byte is as it was, put back as it became.
func TestMergeBothWays(t *testing.T) {
	merged := 0
	rapid.Check(t, func(rt *rapid.T) {
		d := newDealer(t, rt)
		for len(d.clients) < 2 {
			d.clients = append(d.clients, d.Customer(t, "Petra Janssen", "number", "77"))
		}
		for range rapid.IntRange(0, 40).Draw(rt, "steps") {
			d.step(true)
		}
		keep, gone := d.clients[0], d.clients[1]
		card, err := d.As(model.Solo(d.Lead)).Customer(gone)
		if err != nil {
			return // merged on the way
		}
		both := append(hanging(d.Desk, keep), hanging(d.Desk, gone)...)
		was, derived := records(d.Desk), derivedOf(d.Desk, countedSpaces()...)
		r, err := d.Do(context.Background(), model.Solo(d.Lead), model.Merge{Keep: keep, Gone: gone, Typed: card.Customer.Name})
		if err != nil {
			return // the one to keep went another way
		}
		merged++
		agrees(rt, d.Book, model.Solo(d.Agent))
		healthy(rt, d.Desk)
		now := hanging(d.Desk, keep)
		slices.Sort(both)
		slices.Sort(now)
		if !slices.Equal(both, now) || len(hanging(d.Desk, gone)) > 0 {
			rt.Fatalf("both had %v, now %v and %v", both, now, hanging(d.Desk, gone))
		}
		is, derivedNow := records(d.Desk), derivedOf(d.Desk, countedSpaces()...)
		undo := func(redo bool) {
			if _, err := d.Undo(context.Background(), model.Solo(d.Lead), 0, redo); err != nil {
				rt.Fatalf("undo of %d: %v", r.Rev, err)
			}
			healthy(rt, d.Desk)
		}
		undo(false)
		if records(d.Desk) != was || derivedOf(d.Desk, countedSpaces()...) != derived {
			rt.Fatal("taken back it is something else")
		}
		agrees(rt, d.Book, model.Solo(d.Agent))
		undo(true)
		if records(d.Desk) != is || derivedOf(d.Desk, countedSpaces()...) != derivedNow {
			rt.Fatal("put back it is something else")
		}
		undo(false)
		if records(d.Desk) != was {
			rt.Fatal("taken back again it is something else")
		}
	})
	if merged == 0 {
		t.Error("nothing was ever merged, so nothing was shown")
	}
}

// Whoever has an old number or id finds the one that stays; the number stays
// taken, and goes with the customer.
func TestMergeNumbers(t *testing.T) {
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	a, b, c := d.Customer(t, "Petra Jansen", "number", "100"), d.Customer(t, "P. Jansen", "number", "200"), d.Customer(t, "Petra J", "number", "300")
	mergeOf(t, d, d.Agent, b, c)
	mergeOf(t, d, d.Agent, a, b)
	for _, text := range []string{"100", "200", "300", a.String(), b.String(), c.String()} {
		row, err := s.Resolve(text)
		if err != nil || row.ID != a {
			t.Errorf("%s leads to %v, %v", text, row, err)
		}
	}
	if p, err := s.Page(model.PageRequest{Filter: "300", N: 5}); err != nil || len(p.Rows) != 1 || p.Rows[0].ID != a {
		t.Errorf("a search for an old number gives %v, %v", p.Rows, err)
	}
	_, err := d.Do(context.Background(), model.Solo(d.Agent), model.AddCustomer{Values: map[string]string{"name": "x", "number": "200"}})
	wantError(t, err, model.KindInvalid, "error.number.taken")
	_, err = s.Customer(c)
	if e := theError(t, err, model.KindNotFound, "error.customer.merged"); len(e.Candidates) != 1 || e.Candidates[0].ID != a {
		t.Errorf("who is gone leads to %v", e.Candidates)
	}
	healthy(t, d)
	r := d.Must(t, d.Lead, model.AddCustomer{Values: map[string]string{"name": "De Vries", "number": "400"}})
	mergeOf(t, d, d.Lead, r.Made, a, "number")
	d.Must(t, d.Lead, model.RemoveCustomer{Customer: r.Made, Typed: "De Vries"})
	healthy(t, d)
	d.Must(t, d.Agent, model.AddCustomer{Values: map[string]string{"name": "x", "number": "200"}})
}

// A record that moved keeps its story: who decided on it before is found by the
// rules as before, and the journal of the one that stays tells of both.
func TestMergeKeepsHistory(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "P. Jansen")
	tag := d.Must(t, d.Agent2, model.Tag{Customer: b, Trait: model.TraitBrazen, Words: "seen"})
	confirm := d.Must(t, d.Lead, model.Confirm{Customer: b, Sighting: tag.Made})
	merge := mergeOf(t, d, d.Agent, a, b)
	want := []model.Rev{merge.Rev, confirm.Rev, tag.Rev}
	if got := store.HistoryOf(t, d.Book, model.SightingKey(a, tag.Made)); !slices.Equal(got, want) {
		t.Errorf("touched by %v, want %v", got, want)
	}
	lines, err := d.As(model.Solo(d.Agent)).Journal(a, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var revs []model.Rev
	for _, l := range lines {
		revs = append(revs, l.Rev)
	}
	if !slices.IsSortedFunc(revs, func(x, y model.Rev) int { return int(y) - int(x) }) || len(slices.Compact(slices.Clone(revs))) != 5 || len(revs) != 5 {
		t.Errorf("the journal tells %v", revs)
	}
	older, err := d.As(model.Solo(d.Agent)).Journal(a, tag.Rev, 10)
	if err != nil || len(older) != 2 {
		t.Errorf("before %d stand %v, %v", tag.Rev, older, err)
	}
}

// What somebody changed since is named; what was added since stays.
func TestMergeUndoneLater(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "P. Jansen", "phone", "030-1234567")
	lesson := d.Must(t, d.Agent, model.AddLesson{Customer: b, Words: "listen"}).Made
	r := mergeOf(t, d, d.Agent, a, b, "phone")
	added := d.Must(t, d.Agent2, model.AddLesson{Customer: a, Words: "listen again"}).Made
	d.Must(t, d.Agent, model.RemoveLesson{Customer: a, Lesson: lesson})
	_, err := d.Undo(ctx, model.Solo(d.Agent), r.Rev, false)
	if e := theError(t, err, model.KindConflict, "error.undo.changed-by"); e.Args["Person"] != "Karin" {
		t.Errorf("changed by %v", e.Args)
	}
	if _, err := d.Undo(ctx, model.Solo(d.Agent), 0, false); err != nil { // the lesson is back
		t.Fatal(err)
	}
	if _, err := d.Undo(ctx, model.Solo(d.Agent), r.Rev, false); err != nil {
		t.Fatal(err)
	}
	if got := hanging(d, a); len(got) != 1 || !strings.HasSuffix(got[0], fmt.Sprintf("%x", added[:])) {
		t.Errorf("with the one that stayed is %v", got)
	}
	if got := hanging(d, b); len(got) != 1 || !strings.HasSuffix(got[0], fmt.Sprintf("%x", lesson[:])) {
		t.Errorf("with the one that came back is %v", got)
	}
	d.Must(t, d.Agent2, model.AddLesson{Customer: b, Words: "new"})
	_, err = d.Undo(ctx, model.Solo(d.Agent), 0, true)
	wantError(t, err, model.KindConflict, "error.undo.history")
}

// The pair leaves the queue, other pairs name the one that stays, and none
// comes to stand there twice.
func TestMergeDoubles(t *testing.T) {
	d := storetest.New(t)
	row := func(name, mail string) string { return name + "," + mail }
	csv := strings.Join([]string{"name,email", row("A", "x@x.nl"), row("B", "x@x.nl"), row("C", "x@x.nl"), row("D", "d@x.nl"), row("E", "d@x.nl")}, "\n") + "\n"
	mustImport(t, d, csv, model.ImportOptions{})
	q := func() (out []string) {
		q, err := d.As(model.Solo(d.Lead)).Review()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range q.Cases {
			out = append(out, c.OtherName+c.Name)
		}
		slices.Sort(out)
		return out
	}
	if got := q(); !slices.Equal(got, []string{"AB", "AC", "DE"}) {
		t.Fatalf("queued are %v", got)
	}
	id := func(name string) model.ID {
		r, err := d.As(model.Solo(d.Lead)).Resolve(name)
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	a, b := id("A"), id("B")
	mergeOf(t, d, d.Agent, b, a)
	if got := q(); !slices.Equal(got, []string{"BC", "DE"}) {
		t.Errorf("after one merge %v", got)
	}
	mergeOf(t, d, d.Agent, id("D"), id("C"))
	if got := q(); !slices.Equal(got, []string{"BD", "DE"}) {
		t.Errorf("after another %v", got)
	}
	mergeOf(t, d, d.Agent, id("D"), b)
	if got := q(); !slices.Equal(got, []string{"DE"}) {
		t.Errorf("at last %v", got)
	}
	for range 3 {
		if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
			t.Fatal(err)
		}
	}
	if got := q(); !slices.Equal(got, []string{"AB", "AC", "DE"}) {
		t.Errorf("taken back %v", got)
	}
}

// What was typed and not saved comes along, but for the form of the other card
// and where something lies already.
func TestMergeDrafts(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "P. Jansen")
	keep := func(form, text string) {
		d.Must(t, d.Agent2, model.SaveDraft{Form: form, Values: map[string]string{"words": text}})
	}
	keep("promise/"+b.String(), "from b")
	keep("lesson/"+b.String(), "from b")
	keep("lesson/"+a.String(), "from a")
	keep("edit/"+b.String(), "from b")
	mergeOf(t, d, d.Agent, a, b)
	for form, want := range map[string]string{"promise/" + a.String(): "from b", "lesson/" + a.String(): "from a", "edit/" + a.String(): ""} {
		got, err := d.As(model.Solo(d.Agent2)).Draft(form)
		if err != nil {
			t.Fatal(err)
		}
		if got == nil {
			got = &model.Draft{}
		}
		if text := got.Values["words"]; text != want {
			t.Errorf("%s holds %q, want %q", form, text, want)
		}
	}
}

// A file that is read in again after its doubles were merged finds them: the row
// of the one that is gone fills what is empty and changes nothing.
func TestMergeThenImportAgain(t *testing.T) {
	d := storetest.New(t)
	csv := "number,name,town,phone\n1,Petra Jansen,Utrecht,\n2,P. Jansen,Zeist,030-1234567\n"
	mustImport(t, d, csv, model.ImportOptions{})
	s := d.As(model.Solo(d.Agent))
	id := func(text string) model.ID {
		r, err := s.Resolve(text)
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	a, b := id("1"), id("2")
	mergeOf(t, d, d.Agent, a, b)
	mustImport(t, d, strings.Replace(csv, "Utrecht", "Bunnik", 1), model.ImportOptions{})
	got, err := s.Customer(a)
	if err != nil {
		t.Fatal(err)
	}
	if c := got.Customer; c.Number != "1" || c.Formerly != "2" || c.Name != "Petra Jansen" || c.Town != "Bunnik" || c.Phone != "030-1234567" {
		t.Errorf("the card says %+v", c)
	}
	if info, err := s.Totals(); err != nil || info.Customers != 1 {
		t.Errorf("%d customers, %v", info.Customers, err)
	}
	healthy(t, d)
}

func TestTwins(t *testing.T) {
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	self := d.Customer(t, "Petra Jansen", "town", "Utrecht", "email", "p@x.nl", "phone", "+31 30 1234567", "postcode", "3511 AB")
	mail := d.Customer(t, "Somebody", "email", "P@X.nl")
	phone := d.Customer(t, "Else", "mobile", "030-1234567")
	post := d.Customer(t, "petra jansen", "postcode", "3511ab", "town", "elsewhere")
	name := d.Customer(t, "Petra Jansen", "town", "utrecht")
	d.Customer(t, "Petra Jansen", "town", "Zeist")
	detail, err := s.Customer(self)
	if err != nil {
		t.Fatal(err)
	}
	want := map[model.ID]string{mail: "mail", phone: "phone", post: "name-postcode", name: "name"}
	all, err := s.Twins(detail.Customer, 10)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, x := range all {
		order = append(order, x.Same)
		if want[x.Row.ID] != x.Same {
			t.Errorf("%s is the same by %q, want %q", x.Row.Name, x.Same, want[x.Row.ID])
		}
	}
	if !slices.Equal(order, []string{"mail", "phone", "name-postcode", "name"}) {
		t.Errorf("in the order %v", order)
	}
	if few, err := s.Twins(detail.Customer, 2); err != nil || len(few) != 2 {
		t.Errorf("of two asked %v, %v", few, err)
	}
	if none, err := s.Twins(&model.Customer{}, 5); err != nil || len(none) > 0 {
		t.Errorf("of an empty card %v, %v", none, err)
	}
	if one, err := s.Twins(&model.Customer{Name: "Zoë", Mobile: "0031301234567"}, 5); err != nil || len(one) != 2 {
		t.Errorf("of a new card %v, %v", one, err)
	}
}

func TestMergePreview(t *testing.T) {
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	a := d.Customer(t, "Petra Jansen", "town", "Utrecht", "email", "p@x.nl")
	b := d.Customer(t, "P. Jansen", "town", "Zeist", "email", "P@x.nl", "phone", "030-1234567", "owner", d.Agent.String())
	d.Must(t, d.Agent, model.AddLesson{Customer: b, Words: "listen"})
	d.Must(t, d.Agent, model.SetBanner{Customer: b, Words: "careful", Until: "2026-12-01"})
	p, err := s.MergePreview(a, b)
	if err != nil || p.Blocked != nil {
		t.Fatal(err, p.Blocked)
	}
	want := []model.MergeField{{Field: "name", Keep: "Petra Jansen", Gone: "P. Jansen"}, {Field: "phone", Gone: "030-1234567", Take: true},
		{Field: "town", Keep: "Utrecht", Gone: "Zeist"}, {Field: "owner", Gone: "Karin", Take: true}}
	if !slices.Equal(p.Fields, want) || p.Same != "mail" || p.Moves[model.TableLesson] != 1 || p.Moves[model.TableBanner] != 1 || len(p.Moves) != 2 {
		t.Errorf("%+v", p)
	}
	d.Must(t, d.Agent, model.SetBanner{Customer: a, Words: "call first", Until: "2026-12-01"})
	if p, err = s.MergePreview(a, b); err != nil || p.Fields[4] != (model.MergeField{Field: "banner", Keep: "call first", Gone: "careful"}) || p.Moves[model.TableBanner] != 0 {
		t.Errorf("with two banners %+v, %v", p, err)
	}
	d.Must(t, d.Agent, model.FitStart{Customer: a})
	d.Must(t, d.Agent, model.FitStart{Customer: b})
	if p, err = s.MergePreview(a, b); err != nil || p.Blocked == nil || p.Blocked.ID != "error.merge.running" {
		t.Errorf("with two assessments %+v, %v", p.Blocked, err)
	}
	_, err = s.MergePreview(a, store.NewID())
	wantError(t, err, model.KindNotFound, "error.customer.gone")
	_, err = s.MergePreview(a, a)
	wantError(t, err, model.KindInvalid, "error.merge.self")
}

// Many contacts of a customer that come, move or go in one step count as they
// would one by one.
func TestManyContactsAtOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDealer(t, rt)
		for range rapid.IntRange(0, 10).Draw(rt, "steps") {
			d.step(false)
		}
		first := derivedOf(d.Desk, measuredSpaces...)
		a, b := d.Customer(t, "A"), d.Customer(t, "B")
		var all []model.Action
		for range rapid.IntRange(30, 50).Draw(rt, "contacts") {
			all = append(all, d.contact(drawOf(d, "whose", a, b, b, b)))
		}
		if _, err := d.DoAll(context.Background(), model.Solo(d.Lead), all); err != nil {
			rt.Fatal(err)
		}
		agrees(rt, d.Book, model.Solo(d.Agent))
		before := derivedOf(d.Desk, measuredSpaces...)
		mergeOf(rt, d.Desk, d.Lead, a, b)
		agrees(rt, d.Book, model.Solo(d.Agent))
		healthy(rt, d.Desk)
		for _, want := range []string{before, first} {
			if _, err := d.Undo(context.Background(), model.Solo(d.Lead), 0, false); err != nil {
				rt.Fatal(err)
			}
			if derivedOf(d.Desk, measuredSpaces...) != want {
				rt.Fatal("taken back it counts otherwise")
			}
		}
	})
}
