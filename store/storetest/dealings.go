package storetest

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine/bolt"
)

// Busy gives a book with the customers of [BigFile] and contacts with them over
// the last 24 months: most customers have some, one in a hundred has ten times
// as many. One customer in sixteen has a sighting, one contact in forty asks an
// exception, one in eighty holds a promise, and one customer in four filled in a
// survey.
//
// PASVORM_BENCH_CONTACTS says how many contacts there are, contacts unless told.
// PASVORM_BENCH_BOOK names a file to keep the book in: it is made when nothing
// stands there, and taken as it is otherwise, so that measuring again takes no
// making again.
//
// Contacts go through the door, thousands in a batch and in key order, into a
// file that derives nothing; what is derived is then made in one rebuild. So the
// book is as sound as any other, and a million contacts take minutes instead of
// an hour.
func Busy(t testing.TB, rows, contacts int) *Big {
	t.Helper()
	if n, wrong := strconv.Atoi(os.Getenv("PASVORM_BENCH_CONTACTS")); wrong == nil {
		contacts = n
	}
	dir, kept := t.TempDir(), os.Getenv("PASVORM_BENCH_BOOK")
	if kept != "" && store.Exists(kept) {
		b := &Big{Path: kept}
		book := b.Open(t)
		defer func() { _ = book.Close() }()
		var err error
		if b.Actor, err = book.Actor(opening().UID, ""); err != nil {
			t.Fatal(err)
		}
		totals, err := book.As(b.Actor).Totals()
		if err != nil {
			t.Fatal(err)
		}
		b.Rows = totals.Customers
		return b
	}
	b := Fill(t, dir, rows)
	start := time.Now()
	b.deal(t, contacts)
	dealt := time.Since(start)
	book := b.Open(t)
	start = time.Now()
	if err := book.Rebuild(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d customers, %d contacts: noted in %v, derived in %v", b.Rows, contacts, dealt, time.Since(start))
	if kept != "" {
		if err := os.MkdirAll(filepath.Dir(kept), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(b.Path, kept); err != nil {
			t.Fatal(err)
		}
		b.Path = kept
	}
	return b
}

// deal notes the dealings in a file without an applier.
func (b *Big) deal(t testing.TB, contacts int) {
	t.Helper()
	ids := b.ids(t)
	db, err := bolt.Open(b.Path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	book := store.New(db, store.Options{})
	defer func() { _ = book.Close() }()
	play, _, err := book.As(b.Actor).Playbook()
	if err != nil {
		t.Fatal(err)
	}
	do := func(all []model.Action) {
		if _, err := book.DoAll(context.Background(), b.Actor, all); err != nil {
			t.Fatal(err)
		}
	}
	rnd := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // the same book each time
	// One line of each procedure first: those of a batch cannot be found in it.
	for _, name := range procedures {
		do([]model.Action{model.LogException{Customer: ids[0], Named: name, Words: "without"}})
	}
	var notes, surveys, tags []model.Action
	each := float64(contacts) / float64(len(ids)) / 1.09
	for i, id := range ids {
		n := int(rnd.ExpFloat64() * each)
		if i%100 == 7 {
			n *= 10
		}
		for range min(n, contacts-len(notes)) {
			notes = append(notes, contactOf(id, play, rnd))
		}
		if i%4 == 0 {
			surveys = append(surveys, surveyOf(id, play, rnd))
		}
		if i%16 == 3 {
			tags = append(tags, model.Tag{Customer: id, Trait: model.Traits()[rnd.IntN(4)], Words: "seen"})
		}
	}
	for len(notes) < contacts {
		notes = append(notes, contactOf(ids[rnd.IntN(len(ids))], play, rnd))
	}
	for _, all := range [][]model.Action{notes, surveys, tags} {
		for part := range slices.Chunk(all, 2000) {
			do(part)
		}
	}
}

// procedures are what exceptions are asked of.
var procedures = []string{"show a card", "pay before delivery", "call before noon", "one form for each order", "no returns after a week", "write, do not call"}

func contactOf(id model.ID, play *model.Playbook, rnd *rand.Rand) model.Action {
	topic := func() string {
		return play.Desk.Topics[int(float64(len(play.Desk.Topics))*rnd.Float64()*rnd.Float64())].ID
	}
	on := time.Now().Add(-time.Duration(rnd.Float64() * float64(2*365*24*time.Hour)))
	c := model.LogContact{Customer: id, On: model.StampOf(on), Channel: play.Desk.Channels[rnd.IntN(len(play.Desk.Channels))].ID, Topic: topic(),
		Story: "the bill of last month came twice and nobody could say why", Out: rnd.IntN(5) == 0, Answered: rnd.IntN(10) < 7,
		Minutes: [model.Activities]int{0, 2 + rnd.IntN(10), 0}, Waited: new(rnd.IntN(40)), Failed: rnd.IntN(12) == 0, ToldAgain: rnd.IntN(8) == 0}
	if rnd.IntN(5) == 0 {
		c.Effort, c.Felt = 1+rnd.IntN(7), new(rnd.IntN(14))
	}
	if rnd.IntN(40) == 0 {
		c.Exception = &model.LogException{Named: procedures[rnd.IntN(len(procedures))], Words: "without", State: model.ExceptionRefused, Reason: "the rule"}
	}
	if rnd.IntN(80) == 0 {
		c.Promise = &model.MakePromise{Side: model.Ours, Words: "a credit note", Due: model.DayOf(time.Now().AddDate(0, 0, 1+rnd.IntN(30)))}
	}
	return c
}

func surveyOf(id model.ID, play *model.Playbook, rnd *rand.Rand) model.Action {
	on := model.DayOf(time.Now().AddDate(0, 0, -rnd.IntN(700)))
	return model.AddSurvey{Customer: id, Reply: model.Reply{Describe: "it goes well, mostly", Mark: new(rnd.IntN(11)), On: on,
		Topics: []string{play.Desk.Topics[rnd.IntN(8)].ID}}}
}

// ids gives the customers of the book in key order.
func (b *Big) ids(t testing.TB) (out []model.ID) {
	t.Helper()
	book := b.Open(t)
	defer func() { _ = book.Close() }()
	s := book.As(b.Actor)
	for req := (model.PageRequest{N: 1000}); ; {
		p, err := s.Page(req)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range p.Rows {
			out = append(out, r.ID)
		}
		if len(p.Keys) == 0 || !p.More {
			break
		}
		req.Dir, req.Key = model.PageAfter, p.Keys[len(p.Keys)-1]
	}
	slices.SortFunc(out, func(a, b model.ID) int { return slices.Compare(a[:], b[:]) })
	return out
}
