package main

import (
	"context"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/app"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/screen"
	"pasvorm/ui/text"
)

//go:generate go test -run ^TestKeyPage$ . -keys

var writeKeys = flag.Bool("keys", false, "write docs/keys.md anew")

const keysFile = "docs/keys.md"

// TestKeyPage holds the key page to the commands that the screens declare on a
// sample book.
func TestKeyPage(t *testing.T) {
	now := func() time.Time { return time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC) }
	b, err := library{world: world{uid: 2000, name: "Robin", now: now}, env: func(string) string { return "" }}.OpenSample(context.Background(), "en")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	var texts []*text.Text
	for _, lang := range text.Languages() {
		tx, err := text.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, tx)
	}
	s, err := app.New(t.Context(), b, app.Options{Text: texts[0]})
	if err != nil {
		t.Fatal(err)
	}
	s.Env.Book, s.Env.Files = b, localFiles{}
	got := console.KeyPage(texts, pages(t, s))
	if *writeKeys {
		if err := os.WriteFile(keysFile, []byte(got), 0o644); err != nil { //nolint:gosec // a page of the documentation
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(keysFile)
	if err != nil || string(want) != got {
		t.Errorf("%s is not current (%v): run go generate ./...", keysFile, err)
	}
}

// pages opens each screen on the sample and takes the commands it declares.
func pages(t *testing.T, s *app.Session) []console.Page {
	t.Helper()
	page, err := s.Env.Desk.Page(model.PageRequest{N: 1})
	if err != nil {
		t.Fatal(err)
	}
	queue, err := s.Env.Desk.Review()
	if err != nil {
		t.Fatal(err)
	}
	makers := screen.Makers(s.Env)
	open := func(kind string, arg any) kit.Screen {
		sc := makers[kind](arg)
		return settle(t, sc, tea.Batch(sc.Init(), kit.Send(kit.Resized{W: 120, H: 36})))
	}
	desk := open(screen.KindDesk, nil)
	out := []console.Page{{TitleID: "desk.title", Commands: desk.Commands()}}
	for _, c := range desk.Commands() {
		if slices.Contains(c.Keys, "3") {
			desk = settle(t, desk, c.Do("3"))
		}
	}
	customer := page.Rows[0].ID
	out = append(out, console.Page{TitleID: "keys.tag", Commands: desk.Commands()},
		console.Page{TitleID: "customer.title", Commands: open(screen.KindCustomer, customer).Commands()},
		console.Page{TitleID: "keys.edit", Commands: open(screen.KindEdit, customer).Commands()},
		console.Page{TitleID: "wizard.title", Commands: open(screen.KindWizard, customer).Commands()},
		console.Page{TitleID: "review.title", Commands: open(screen.KindReview, nil).Commands()})
	var cases []kit.Command
	for _, c := range queue.Cases {
		for _, cmd := range open(screen.KindCase, c).Commands() {
			if !slices.ContainsFunc(cases, func(o kit.Command) bool { return o.ID == cmd.ID }) {
				cases = append(cases, cmd)
			}
		}
	}
	return append(out, console.Page{TitleID: "keys.case", Commands: cases},
		console.Page{TitleID: "journalpage.title", Commands: open(screen.KindJournal, model.NoID).Commands()},
		console.Page{TitleID: "people.title", Commands: open(screen.KindPeople, nil).Commands()},
		console.Page{TitleID: "import.title", Commands: open(screen.KindImport, nil).Commands()},
		console.Page{TitleID: "keys.global", Commands: screen.Globals(s.Env)})
}

// settle runs commands until nothing is left to do.
func settle(t *testing.T, s kit.Screen, cmd tea.Cmd) kit.Screen {
	t.Helper()
	todo := []tea.Cmd{cmd}
	for steps := 0; len(todo) > 0; steps++ {
		if steps > 1000 {
			t.Fatal("a screen never comes to rest")
		}
		next := todo[0]
		todo = todo[1:]
		if next == nil {
			continue
		}
		switch msg := next().(type) {
		case nil:
		case tea.BatchMsg:
			todo = append(todo, msg...)
		case kit.Failed:
			t.Fatal(msg.Err)
		default:
			var more tea.Cmd
			s, more = s.Update(msg)
			todo = append(todo, more)
		}
	}
	return s
}
