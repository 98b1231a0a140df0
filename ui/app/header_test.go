package app

import (
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// The header says how much is on Today and in review; where it is narrow the
// role goes first and the counts stay longest beside the name.
func TestHeader(t *testing.T) {
	d := storetest.New(t)
	c := d.Customer(t, "Petra Jansen")
	d.Must(t, d.Agent, model.MakePromise{Customer: c, Side: model.Ours, Words: "credit note", Due: "2026-11-24"})
	d.Must(t, d.Agent, model.RaiseFlag{Customer: c, Reason: "third quarrel"})
	for _, lang := range []struct{ lang, full, short string }{
		{"en", "Today 1   Review 1   Anna (lead)", "Today 1   Review 1   Anna"},
		{"nl", "Vandaag 1   Beoordelen 1   Anna (teamleider)", "Vandaag 1   Beoordelen 1   Anna"},
	} {
		tx, err := text.Load(lang.lang)
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(t.Context(), d.As(model.Solo(d.Lead)), Options{Text: tx})
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []struct {
			w    int
			want string
		}{{60, lang.full}, {len([]rune(lang.full)), lang.full}, {len([]rune(lang.full)) - 1, lang.short}, {20, "Anna"}} {
			if got := strings.TrimSpace(kittest.Draw(t, s.header(size.w), 80, 1)); got != size.want {
				t.Errorf("%s in %d cells: %q, want %q", lang.lang, size.w, got, size.want)
			}
		}
		s.end()
	}
	d.Must(t, d.Agent, model.ClosePromise{Customer: c, Promise: promiseOf(t, d, c), State: model.PromiseKept})
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(t.Context(), d.As(model.Solo(d.Lead)), Options{Text: tx})
	if err != nil {
		t.Fatal(err)
	}
	defer s.end()
	if got := strings.TrimSpace(kittest.Draw(t, s.header(60), 80, 1)); got != "Review 1   Anna (lead)" {
		t.Errorf("with nothing on Today: %q", got)
	}
}

func promiseOf(t *testing.T, d *storetest.Desk, c model.ID) model.ID {
	t.Helper()
	det, err := d.As(model.Solo(d.Agent)).Customer(c)
	if err != nil {
		t.Fatal(err)
	}
	return det.Dealings.Promises[0].ID
}
