package screen

import (
	"fmt"
	"slices"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

func TestMarkAll(t *testing.T) {
	book, d := foundBook(t)
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("*")
	r.Contains("● 35 marked")
	r.Key("space") // Hulst Transport is not to be
	r.Contains("● 34 marked")
	r.Keys("!")
	r.Contains("these 34 customers")
	r.Type("to be looked at")
	r.Key("enter")
	if len(d.did) != 34 {
		t.Fatalf("%d were flagged", len(d.did))
	}
	r.Lacks("marked")
	r.Keys("*", "-")
	r.Lacks("marked")
}

// Very many are changed only when their number is typed.
func TestVeryManyAskForTheirNumber(t *testing.T) {
	book, d := foundBook(t)
	d.ids = nil
	for i := range 1204 {
		d.ids = append(d.ids, model.ID{1, byte(i >> 8), byte(i)})
	}
	deskGoldenWith(t, "desk-many", book, d, "*", "2")
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Keys("*", "2", "enter")
	r.Contains("not the number")
	r.Type("1,204")
	r.Key("enter")
	r.Contains("what did you see?")
	r.Contains("1,204 customers")
	r.Keys("1", "enter")
	if len(d.did) != 1204 {
		t.Fatalf("%d were changed", len(d.did))
	}
	r.Keys("*", "!", "esc")
	r.Contains("1,204 marked")
}

func deskGoldenWith(t *testing.T, name string, book *storetest.Desk, d ui.Desk, keys ...string) {
	t.Helper()
	for _, lang := range text.Languages() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			r := deskRigWith(t, book, d, lang, size[0], size[1], kit.Open{Kind: KindDesk})
			r.Keys(keys...)
			r.Golden(fmt.Sprintf("%s-%s-%dx%d", name, lang, size[0], size[1]))
		}
	}
}

// Marking can be stopped, and what comes after that is not taken.
func TestMarkingIsStopped(t *testing.T) {
	_, d := foundBook(t)
	d.wait = make(chan struct{})
	s := newDesk(deskEnv(t, d, "en")).(*desk)
	cmd := s.markAll()
	got := make(chan any, 1)
	go func() { got <- cmd() }()
	s.marked.stop()
	msg := <-got // it ended, though the book never answered
	s.Update(msg)
	if s.marked.len() != 0 || s.marked.under != nil {
		t.Errorf("%d are marked", s.marked.len())
	}
	again := s.markAll()
	close(d.wait)
	s.Update(again())
	if s.marked.len() != len(d.ids) {
		t.Errorf("%d are marked", s.marked.len())
	}
}

func TestMarks(t *testing.T) {
	id := func(n int) model.ID { return model.ID{byte(n)} }
	var m marks
	m.toggle(id(3), "three")
	m.add([]model.ID{id(5), id(1), id(3), id(4)})
	m.toggle(id(4), "four")
	m.toggle(id(9), "nine")
	if got := m.ids(); m.len() != 4 || !slices.Equal(got, []model.ID{id(1), id(3), id(5), id(9)}) {
		t.Fatalf("%d are marked: %v", m.len(), got)
	}
	for n, want := range map[int]bool{1: true, 2: false, 3: true, 4: false, 5: true, 9: true} {
		if m.has(id(n)) != want {
			t.Errorf("%d: %v", n, m.has(id(n)))
		}
	}
	m.toggle(id(4), "four")
	m.add([]model.ID{id(2)})
	if m.len() != 6 {
		t.Errorf("%d are marked", m.len())
	}
	m.clear()
	if m.len() != 0 || m.has(id(1)) {
		t.Error("marks are left")
	}
}
