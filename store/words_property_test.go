package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// scribe is a desk at which random texts are written.
type scribe struct {
	*storetest.Desk
	t       *rapid.T
	clients []model.ID
}

// vocabulary is what texts are made of: folded, so that the reference needs no
// folding, with function words and short words among it.
var vocabulary = []string{"bill", "billing", "bike", "zebra", "van", "the", "pc", "123", "late", "zee"}

func (w *scribe) text(what string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 4).Draw(w.t, what), " ")
}

func (w *scribe) some(what string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 4).Draw(w.t, what), " ")
}

// action draws something to write, change or withdraw; it may be refused.
func (w *scribe) action() model.Action {
	n := rapid.IntRange(0, 15).Draw(w.t, "what")
	if n == 0 || len(w.clients) == 0 {
		return model.AddCustomer{Values: map[string]string{"name": "Jansen", "note": w.text("note"), "helps": w.text("helps")}}
	}
	c := rapid.SampledFrom(w.clients).Draw(w.t, "customer")
	d, err := w.As(model.Solo(w.Admin)).Customer(c)
	if err != nil { // removed, or its adding was taken back
		return model.AddLesson{Customer: c, Words: "late"}
	}
	contact := &model.Contact{}
	if all := d.Dealings.Contacts; len(all) > 0 {
		contact = rapid.SampledFrom(all).Draw(w.t, "contact")
	}
	due := model.DayOf(w.Clock.Now().In(storetest.Zone()).AddDate(0, 0, 3))
	switch n {
	default:
		return model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Story: w.text("story"), Missing: w.text("missing"),
			On: model.StampOf(w.Clock.Now().Add(-time.Duration(rapid.IntRange(0, 100).Draw(w.t, "hours")) * time.Hour))}
	case 1, 2:
		now := model.FieldValues(d.Customer)
		now[rapid.SampledFrom([]string{"note", "helps", "level"}).Draw(w.t, "field")] = w.text("card")
		was, now := model.Diff(model.FieldValues(d.Customer), now)
		return model.EditCustomer{Customer: c, Was: was, Now: now}
	case 3, 4:
		return model.EditContact{Customer: c, Contact: contact.ID, Was: map[string]string{"contact.story": contact.Story},
			Now: map[string]string{"contact.story": w.text("story")}}
	case 5:
		return model.WithdrawContact{Customer: c, Contact: contact.ID, Reason: "zebra"}
	case 6:
		return model.Tag{Customer: c, Trait: model.TraitBrazen, Words: w.some("seen")}
	case 7:
		id := oneID(w, d.Sightings, func(s *model.Sighting) model.ID { return s.ID })
		return rapid.SampledFrom([]model.Action{model.Contest{Customer: c, Sighting: id, Reason: "zebra"}, model.Withdraw{Customer: c, Sighting: id, Reason: "zebra"},
			model.RuleContest{Customer: c, Sighting: id, Uphold: true, Reason: "zebra"}}).Draw(w.t, "sighting")
	case 8:
		return model.AddSurvey{Customer: c, Reply: model.Reply{Describe: w.text("describe"), Better: w.some("better")}}
	case 9:
		id := oneID(w, d.Dealings.Surveys, func(s *model.Survey) model.ID { return s.ID })
		return model.WithdrawSurvey{Customer: c, Survey: id, Reason: "zebra"}
	case 10:
		return model.SetBanner{Customer: c, Words: w.text("banner"), Until: due}
	case 11:
		return model.MakePromise{Customer: c, Side: model.Ours, Words: w.some("promise"), Due: due}
	case 12:
		id := oneID(w, d.Dealings.Promises, func(p *model.Promise) model.ID { return p.ID })
		return model.ClosePromise{Customer: c, Promise: id, State: model.PromiseBroken, Reason: w.some("why")}
	case 13:
		return model.RemoveCustomer{Customer: c, Typed: "Jansen"}
	}
}

func oneID[T any](w *scribe, all []T, id func(T) model.ID) model.ID {
	if len(all) == 0 {
		return model.NoID
	}
	return id(rapid.SampledFrom(all).Draw(w.t, "one"))
}

func (w *scribe) step() {
	w.Clock.Add(time.Minute)
	var r model.Receipt
	var err error
	if rapid.IntRange(0, 3).Draw(w.t, "take back") == 0 {
		_, err = w.Undo(context.Background(), model.Solo(w.Lead), 0, rapid.Bool().Draw(w.t, "put back"))
	} else {
		a := w.action()
		if r, err = w.Do(context.Background(), model.Solo(w.Lead), a); err == nil && a.Name() == model.ActAddCustomer {
			w.clients = append(w.clients, r.Made)
		}
	}
	var e *model.Error
	if err != nil && (!errors.As(err, &e) || slices.Contains([]model.ErrorKind{model.KindInternal, model.KindCorrupt, model.KindReadOnly, model.KindBusy}, e.Kind)) {
		w.t.Fatalf("a step failed oddly: %v", err)
	}
}

// written is a plain account of what stands about each customer.
type written struct {
	card, texts []string
}

// writtenIn reads the texts from the plain records.
func writtenIn(t rapid.TB, b *store.Book) map[model.ID]*written {
	out := map[model.ID]*written{}
	of := func(id model.ID) *written {
		if out[id] == nil {
			out[id] = &written{}
		}
		return out[id]
	}
	add := func(id model.ID, texts ...string) { of(id).texts = append(of(id).texts, texts...) }
	_ = b.Engine().View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
			if k[0] == 'j' || k[0] == 'y' {
				return true
			}
			rec, err := store.DecodeRecord(k, v)
			if err != nil {
				t.Fatal(err)
			}
			switch x := rec.(type) {
			case *model.Customer:
				of(x.ID).card = append(of(x.ID).card, x.Note, x.Helps, x.Level)
			case *model.Contact:
				if x.Withdrawn == nil {
					add(x.Customer, x.Story, x.Missing)
				}
			case *model.Sighting:
				if x.Withdrawn == nil && (x.Contested == nil || x.Upheld != nil) {
					add(x.Customer, x.Words)
				}
			case *model.Survey:
				if x.Withdrawn == nil {
					add(x.Customer, x.Describe, x.Better)
				}
			case *model.Banner:
				add(x.Customer, x.Words)
			case *model.Lesson:
				add(x.Customer, x.Words)
			case *model.Promise:
				add(x.Customer, x.Words)
				if x.Closed != nil {
					add(x.Customer, x.Closed.Reason)
				}
			}
			return true
		})
		return nil
	})
	return out
}

// kept are the words of a text that count.
func kept(text string) (out []string) {
	for _, w := range strings.Fields(text) {
		if w != "van" && w != "the" && w != "pc" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// dump is what the spaces of words should hold.
func (w *scribe) dump(all map[model.ID]*written) string {
	keys := map[string]int{}
	for id, x := range all {
		for _, text := range x.card {
			for _, word := range kept(text) {
				keys[fmt.Sprintf("card %x", word+"\x00"+string(id[:]))] = 0
			}
		}
		for _, text := range x.texts {
			for _, word := range kept(text) {
				keys[fmt.Sprintf("words %x", word+"\x00"+string(id[:]))]++
			}
		}
	}
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		fmt.Fprintf(&b, "%s=", k)
		if n := keys[k]; n > 0 {
			fmt.Fprintf(&b, "%x", binary.AppendUvarint(nil, uint64(n)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// holding gives those about whom every word was written, the last as a
// beginning.
func holding(all map[model.ID]*written, words []string) (out []model.ID) {
	for id, x := range all {
		have := map[string]bool{}
		for _, text := range slices.Concat(x.card, x.texts) {
			for _, w := range kept(text) {
				have[w] = true
			}
		}
		fits := true
		for i, w := range words {
			found := have[w]
			for h := range have {
				found = found || i == len(words)-1 && strings.HasPrefix(h, w)
			}
			fits = fits && found
		}
		if fits {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b model.ID) int { return strings.Compare(string(a[:]), string(b[:])) })
	return out
}

// TestWordsEqualReference holds the words of a book, after any sequence of
// changes with undo in it, against the plain records; a search, against a search
// of every text; and a rebuild in small steps gives what stood.
func TestWordsEqualReference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &scribe{Desk: storetest.New(t), t: rt}
		for range rapid.IntRange(0, 30).Draw(rt, "steps") {
			w.step()
		}
		all := writtenIn(rt, w.Book)
		stood := derivedOf(w.Desk, "card", "words")
		if want := w.dump(all); stood != want {
			rt.Fatalf("the book has\n%s\nthe records come to\n%s", stood, want)
		}
		s := w.As(model.Solo(w.Agent))
		for range 6 {
			words := rapid.SliceOfN(rapid.SampledFrom([]string{"bill", "billing", "bike", "zebra", "123", "late"}), 1, 3).Draw(rt, "query")
			if rapid.Bool().Draw(rt, "half typed") {
				words[len(words)-1] = words[len(words)-1][:3]
			}
			want := holding(all, words)
			if got, capped := s.Said(words, 1000); capped || !slices.Equal(got, want) {
				rt.Fatalf("%q finds %v (%v), want %v", words, got, capped, want)
			}
			for _, id := range want {
				if line, err := s.SaidWhere(id, words); err != nil || line == "" {
					rt.Fatalf("%q stands in %q, %v", words, line, err)
				}
			}
		}
		healthy(rt, w.Desk)
		w.SetLoad(8, rapid.IntRange(1, 16).Draw(rt, "keys in a step"), rapid.IntRange(1, 20).Draw(rt, "records in a step"), 8)
		if err := w.Rebuild(context.Background(), nil); err != nil {
			rt.Fatal(err)
		}
		if again := derivedOf(w.Desk, "card", "words"); again != stood {
			rt.Fatalf("a rebuild gave\n%s\nwhere stood\n%s", again, stood)
		}
		healthy(rt, w.Desk)
	})
}
