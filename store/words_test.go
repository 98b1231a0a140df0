package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// said gives the names of those about whom words were written.
func said(t testing.TB, d *storetest.Desk, words ...string) (names []string) {
	t.Helper()
	s := d.As(model.Solo(d.Agent))
	ids, capped := s.Said(words, 100)
	if capped {
		t.Errorf("%q: more than are there", words)
	}
	for _, id := range ids {
		c, err := s.Customer(id)
		if err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		names = append(names, c.Customer.Name)
	}
	return names
}

func wantSaid(t testing.TB, d *storetest.Desk, words string, names ...string) {
	t.Helper()
	if got := said(t, d, strings.Fields(words)...); !slices.Equal(got, names) {
		t.Errorf("%q: %q, want %q", words, got, names)
	}
}

func wantLine(t testing.TB, d *storetest.Desk, id model.ID, words, want string) {
	t.Helper()
	line, err := d.As(model.Solo(d.Agent)).SaidWhere(id, strings.Fields(words))
	if err != nil || line != want {
		t.Errorf("%q stands in %q, %v; want %q", words, line, err, want)
	}
}

// TestSaid finds customers by what was written about them.
func TestSaid(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen", "note", "Belt liefst 's ochtends, fietst", "helps", "One line by mail")
	willem := d.Customer(t, "Willem de Vries", "expectations", "belt terug")
	call := func(c model.ID, day int, story string) model.ID {
		return d.Must(t, d.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: story,
			On: model.StampOf(storetest.Start.AddDate(0, 0, -day))}).Made
	}
	old := call(petra, 30, "De rekening kwam twee keer")
	call(petra, 3, "Vraagt weer naar de rekening van de fiets")
	call(willem, 1, "Rekening betaald")

	wantSaid(t, d, "rekening", "Petra Jansen", "Willem de Vries")
	wantSaid(t, d, "REKEN", "Petra Jansen", "Willem de Vries")
	wantSaid(t, d, "rekening twee", "Petra Jansen")
	wantSaid(t, d, "rekening fie", "Petra Jansen") // in the card and in a story
	wantSaid(t, d, "reken twee")                   // only the last may be half a word
	wantSaid(t, d, "belt rekening", "Petra Jansen", "Willem de Vries")
	wantSaid(t, d, "belt terug rekening", "Willem de Vries")
	wantSaid(t, d, "mail", "Petra Jansen")
	wantSaid(t, d, "rekening van", "Petra Jansen", "Willem de Vries")
	wantSaid(t, d, "nobody")
	wantSaid(t, d, "")

	wantLine(t, d, petra, "rekening", "Vraagt weer naar de rekening van de fiets")
	wantLine(t, d, petra, "twee", "De rekening kwam twee keer")
	wantLine(t, d, petra, "fietst", "Belt liefst 's ochtends, fietst")
	wantLine(t, d, petra, "rekening mail", "Vraagt weer naar de rekening van de fiets") // none has both
	wantLine(t, d, petra, "nobody", "")
	wantLine(t, d, petra, "", "")
	wantLine(t, d, store.NewID(), "rekening", "")

	if ids, capped := d.As(model.Solo(d.Agent)).Said([]string{"rekening"}, 1); len(ids) != 1 || !capped {
		t.Errorf("one at most: %v, %v", ids, capped)
	}
	r := d.Must(t, d.Agent, model.WithdrawContact{Customer: petra, Contact: old, Reason: "of another"})
	wantSaid(t, d, "twee")
	wantSaid(t, d, "rekening", "Petra Jansen", "Willem de Vries") // the other story has it still
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent), r.Rev, false); err != nil {
		t.Fatal(err)
	}
	wantSaid(t, d, "twee", "Petra Jansen")
	story := map[string]string{"contact.story": "De rekening kwam twee keer"}
	d.Must(t, d.Agent, model.EditContact{Customer: petra, Contact: old, Was: story, Now: map[string]string{"contact.story": "De factuur kwam tweemaal"}})
	wantSaid(t, d, "factuur", "Petra Jansen")
	wantSaid(t, d, "twee", "Petra Jansen") // as a beginning
	wantSaid(t, d, "twee kwam")
}

// TestSaidOfEachText notes each kind of text, takes it back and puts it back.
func TestSaidOfEachText(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen", "number", "1")
	due := model.Day("2026-12-01")
	promise := d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "x", Due: due}).Made
	terms := d.Must(t, d.Agent, model.StateTerms{Customer: c, Words: "x", AnswerBy: due}).Made
	imp := d.Must(t, d.Lead, model.AddImprovement{Title: "hidden", Owner: d.Lead, Reach: "hidden", Hurt: []model.ID{c}}).Made
	d.Must(t, d.Lead, model.EndImprovement{ID: imp, State: model.ImprovementDone, Reason: "hidden"})
	sighting := d.Must(t, d.Agent, model.Tag{Customer: c, Trait: model.TraitBrazen, Words: "contested"}).Made
	wantSaid(t, d, "hidden")
	word := func(n int) string { return fmt.Sprintf("zebra%d", n) }
	contact := model.LogContact{Customer: c, Channel: "phone", Topic: "invoice"}
	story, missing := contact, contact
	story.Story, missing.Missing = "with "+word(0), "where is "+word(1)+"?"
	for n, a := range []model.Action{
		story, missing,
		model.MakePromise{Customer: c, Side: model.Theirs, Words: word(2), Due: due},
		model.ClosePromise{Customer: c, Promise: promise, State: model.PromiseBroken, Reason: word(3)},
		model.LogException{Customer: c, Named: "show a card", Words: word(4)},
		model.LogException{Customer: c, Named: "show a card", Words: "x", State: model.ExceptionRefused, Reason: word(5)},
		model.StateTerms{Customer: c, Words: word(6), AnswerBy: due},
		model.AnswerTerms{Customer: c, Terms: terms, State: model.TermsAccepted, Words: word(7)},
		model.AddSurvey{Customer: c, Reply: model.Reply{Describe: word(8)}},
		model.AddSurvey{Customer: c, Reply: model.Reply{Better: word(9)}},
		model.TellHurt{Improvement: imp, Customer: c, Words: word(10)},
		model.AddLesson{Customer: c, Words: word(11)},
		model.SetBanner{Customer: c, Words: word(12), Until: due},
		model.Tag{Customer: c, Trait: model.TraitWronged, Words: word(13)},
		model.EditCustomer{Customer: c, Was: map[string]string{"notice": ""}, Now: map[string]string{"notice": word(14)}},
	} {
		rev := d.Must(t, d.Lead, a).Rev
		wantSaid(t, d, word(n), "Petra Jansen")
		if line, err := d.As(model.Solo(d.Agent)).SaidWhere(c, []string{word(n)}); err != nil || !strings.Contains(line, word(n)) {
			t.Errorf("%s: %q, %v", a.Name(), line, err)
		}
		back, err := d.Undo(context.Background(), model.Solo(d.Lead), rev, false)
		if err != nil {
			t.Fatalf("%s: %v", a.Name(), err)
		}
		wantSaid(t, d, word(n))
		healthy(t, d)
		if _, err := d.Undo(context.Background(), model.Solo(d.Lead), back.Rev, true); err != nil {
			t.Fatalf("%s: %v", a.Name(), err)
		}
		wantSaid(t, d, word(n), "Petra Jansen")
		healthy(t, d)
	}
	// What may not be so finds nobody until it is ruled upon.
	d.Must(t, d.Agent2, model.Contest{Customer: c, Sighting: sighting, Reason: "was joking"})
	wantSaid(t, d, "contested")
	d.Must(t, d.Lead, model.RuleContest{Customer: c, Sighting: sighting, Uphold: true, Reason: "two saw it"})
	wantSaid(t, d, "contested", "Petra Jansen")
}

// TestSaidByMany holds a search among words that more customers have than are
// read: the rare word leads, and the common ones are looked up.
func TestSaidByMany(t *testing.T) {
	d := storetest.Empty(t)
	d.Agent = d.Admin
	rare := d.Customer(t, "Petra Jansen", "note", "common zebra")
	other := d.Customer(t, "Willem de Vries", "note", "zebra")
	err := d.DB.Rework(func(tx engine.DerivedTx) error {
		put := func(word string, of byte, n int) error { // about customers who came in before
			for n := range n {
				id := model.ID{12: of, 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
				if err := tx.Store("card", append([]byte(word+"\x00"), id[:]...), []byte{}); err != nil {
					return err
				}
			}
			return nil
		}
		failed := errors.Join(put("common", 1, store.MaxSaid+10), put("medium", 2, store.MaxSaid/2))
		for i := range byte(5) {
			failed = errors.Join(failed, put(fmt.Sprintf("many%d", i), 3+i, store.MaxSaid/4))
		}
		return failed
	})
	if err != nil {
		t.Fatal(err)
	}
	s := d.As(model.Solo(d.Admin))
	for _, words := range [][]string{{"common", "zebra"}, {"zebra", "common"}, {"zebra", "comm"}, {"common", "zeb"}} {
		if ids, capped := s.Said(words, 10); !slices.Equal(ids, []model.ID{rare}) || capped {
			t.Errorf("%q: %v, %v", words, ids, capped)
		}
	}
	if ids, capped := s.Said([]string{"zebra"}, 10); !slices.Equal(ids, []model.ID{rare, other}) || capped {
		t.Errorf("zebra: %v, %v", ids, capped)
	}
	if ids, capped := s.Said([]string{"common"}, 10); len(ids) != 10 || !capped {
		t.Errorf("common: %d, %v", len(ids), capped)
	}
	if ids, capped := s.Said([]string{"common", "comm"}, store.MaxSaid*2); len(ids) != store.MaxSaid || !capped {
		t.Errorf("common twice: %d, %v", len(ids), capped)
	}
	// Nobody has both, and to be sure of it would take too long.
	if ids, capped := s.Said([]string{"medium", "many"}, 10); len(ids) != 0 || !capped {
		t.Errorf("medium many: %d, %v", len(ids), capped)
	}
	if ids, capped := s.Said([]string{"medium", "many0", "comm"}, 10); len(ids) != 0 || capped {
		t.Errorf("medium many0 comm: %d, %v", len(ids), capped)
	}
	if err := d.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	wantSaid(t, d, "common", "Petra Jansen")
}

// hostileTexts are texts that would break a key, a line or a count.
var hostileTexts = []string{
	"nul\x00nul zebra", "\u202ezebra\u202c", "z\u200bebra", "zebra" + strings.Repeat("\u0301", 10_000), strings.Repeat("z", 60_000),
	strings.Repeat("zebra ", 9_000), "\x1b[31mzebra\x1b[0m", "=zebra()", "½ zebra", strings.Repeat("語", 9_000), "\t\n\r ", "'’`",
}

func TestSaidHostile(t *testing.T) {
	d := storetest.New(t)
	for i, text := range hostileTexts {
		c := d.Customer(t, fmt.Sprintf("Customer %d", i), "note", text)
		r := d.Must(t, d.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: text})
		if _, err := d.As(model.Solo(d.Agent)).SaidWhere(c, []string{"zebra"}); err != nil {
			t.Errorf("%.40q: %v", text, err)
		}
		if _, capped := d.As(model.Solo(d.Agent)).Said([]string{text, text}, 10); capped {
			t.Errorf("%.40q has more than there are", text)
		}
		healthy(t, d)
		if i%2 == 0 {
			if _, err := d.Undo(context.Background(), model.Solo(d.Agent), r.Rev, false); err != nil {
				t.Fatal(err)
			}
			healthy(t, d)
		}
	}
	stood := derivedOf(d, "words", "card")
	if err := d.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if derivedOf(d, "words", "card") != stood {
		t.Error("a rebuild gave other words")
	}
}

// TestSaidOfGone leaves no word of a customer who was taken out of the book.
func TestSaidOfGone(t *testing.T) {
	d := storetest.New(t)
	none := derivedOf(d, "words", "card")
	c := d.Customer(t, "Petra Jansen", "note", "fietst graag")
	d.Must(t, d.Agent, model.SetBanner{Customer: c, Words: "belt terug", Until: "2026-12-01"})
	wantSaid(t, d, "terug", "Petra Jansen")
	stood := derivedOf(d, "words", "card")
	r := d.Must(t, d.Lead, model.RemoveCustomer{Customer: c, Typed: "Petra Jansen"})
	if left := derivedOf(d, "words", "card"); left != none {
		t.Errorf("left behind: %s", left)
	}
	if ids, _ := d.As(model.Solo(d.Agent)).Said([]string{"fietst"}, 10); len(ids) != 0 {
		t.Error("found when gone")
	}
	healthy(t, d)
	if _, err := d.Undo(context.Background(), model.Solo(d.Lead), r.Rev, false); err != nil {
		t.Fatal(err)
	}
	if derivedOf(d, "words", "card") != stood {
		t.Error("put back with other words")
	}
}

// TestSaidOfImport: cards of an import are found when it is done and not before,
// by row or from sorted runs, and go and come with it.
func TestSaidOfImport(t *testing.T) {
	for _, n := range []int{40, 300} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d := storetest.New(t)
			d.SetLoad(20, 50, 25, 60)
			var b strings.Builder
			b.WriteString("number,name,note,helps\n")
			for i := range n {
				fmt.Fprintf(&b, "%d,Customer %d,\"fietst graag, lijn %d\",fietst\n", i, i, i%7)
			}
			first := derivedOf(d, countedSpaces()...)
			mustImport(t, d, b.String(), model.ImportOptions{})
			s := d.As(model.Solo(d.Agent))
			ids, capped := s.Said([]string{"fietst"}, n)
			if len(ids) != n || capped {
				t.Fatalf("%d found, %v", len(ids), capped)
			}
			imp := ids[0]
			clear(imp[model.ImportPrefix:])
			rework(t, d, func(tx engine.DerivedTx) error { return tx.Store("loading", imp[:], []byte{}) })
			if ids, _ := s.Said([]string{"fietst"}, n); len(ids) != 0 {
				t.Errorf("%d found while they are out of sight", len(ids))
			}
			rework(t, d, func(tx engine.DerivedTx) error { return tx.Erase("loading", imp[:]) })
			stood := derivedOf(d, "words", "card")
			if _, err := s.Undo(context.Background(), 0, false); err != nil {
				t.Fatal(err)
			}
			if ids, _ := s.Said([]string{"fietst"}, n); len(ids) != 0 {
				t.Errorf("%d found when taken back", len(ids))
			}
			if derivedOf(d, countedSpaces()...) != first {
				t.Error("taken back, and something is left")
			}
			checkDoctor(t, d)
			if _, err := s.Undo(context.Background(), 0, true); err != nil {
				t.Fatal(err)
			}
			if derivedOf(d, "words", "card") != stood {
				t.Error("put back with other words")
			}
			checkDoctor(t, d)
			if err := d.Rebuild(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if derivedOf(d, "words", "card") != stood {
				t.Error("a rebuild gave other words")
			}
		})
	}
}

// TestSaidInAnOldBook opens a book that was made before words were derived.
func TestSaidInAnOldBook(t *testing.T) {
	path := home(t) + "/book.db"
	b := create(t, path, opening())
	actor, err := b.Actor(opening().UID, "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Do(context.Background(), actor, model.AddCustomer{Values: map[string]string{"name": "Petra Jansen", "note": "fietst"}})
	if err == nil {
		_, err = b.Do(context.Background(), actor, model.LogContact{Customer: r.Made, Channel: "phone", Topic: "invoice", Story: "rekening",
			On: model.StampOf(time.Now())})
	}
	if err == nil {
		err = b.Engine().Rework(func(tx engine.DerivedTx) error {
			if err := tx.Clear("words"); err != nil {
				return err
			}
			if err := tx.Clear("card"); err != nil {
				return err
			}
			return tx.Store(store.SpaceMeta, []byte("derived"), []byte{1})
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	s := openBook(t, path).As(actor)
	for _, words := range [][]string{{"fietst"}, {"rekening"}, {"fietst", "rek"}} {
		if ids, _ := s.Said(words, 10); !slices.Equal(ids, []model.ID{r.Made}) {
			t.Errorf("%q finds %v", words, ids)
		}
	}
}

// TestSaidOfMerged: what was written about either is found under the one that
// stays, and under both again when the merge is taken back.
func TestSaidOfMerged(t *testing.T) {
	d := storetest.New(t)
	keep, gone := d.Customer(t, "Petra Jansen", "note", "fietst"), d.Customer(t, "P. Jansen", "helps", "zebra")
	for _, c := range []model.ID{keep, gone} {
		d.Must(t, d.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: "rekening"})
	}
	d.Must(t, d.Agent, model.AddLesson{Customer: gone, Words: "twee keer"})
	stood := derivedOf(d, "words", "card")
	r := d.Must(t, d.Lead, model.Merge{Keep: keep, Gone: gone, Take: []string{"helps"}, Typed: "P. Jansen"})
	for _, words := range []string{"rekening", "keer", "fietst", "zebra", "fietst zebra keer rekening"} {
		wantSaid(t, d, words, "Petra Jansen")
	}
	healthy(t, d)
	if _, err := d.Undo(context.Background(), model.Solo(d.Lead), r.Rev, false); err != nil {
		t.Fatal(err)
	}
	if derivedOf(d, "words", "card") != stood {
		t.Error("taken back with other words")
	}
}
