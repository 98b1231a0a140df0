package store_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
)

// Words with a condition find everybody who has both, however many have the
// words; where that is not looked into the page says that there may be more.
func TestWordsWithConditionsFindAll(t *testing.T) {
	f := inFiles(t)
	var b strings.Builder
	b.WriteString("number,name,town,kind\n")
	for i := range 900 {
		kind := "private"
		if i%3 == 2 {
			kind = "business"
		}
		fmt.Fprintf(&b, "%d,%c%c Jansen,Town %d,%s\n", i, 'a'+i/26%26, 'a'+i%26, i%7, kind)
	}
	b.WriteString("9001,Q Jansen,Nowhere,business\n9002,Q Jansen,Nowhere,business\n9003,Q Jansen,Nowhere,private\n")
	f.load(t, b.String(), nil)
	for q, want := range map[string]int{"jansen town:nowhere": 3, "jansen town:nowhere kind:business": 2, "jansen kind:business": 302, "jansen town:\"town 3\"": 129} {
		ids, err := f.s.Found(t.Context(), q)
		if err != nil || len(ids) != want {
			t.Errorf("%s: %d of %d, %v", q, len(ids), want, err)
		}
		p, err := f.s.Page(model.PageRequest{Filter: q, N: 1000, Wait: true})
		n := 0
		for _, r := range p.Rows {
			n += max(1, r.Same)
		}
		if err != nil || n != want || p.Capped || p.Found != len(p.Rows) {
			t.Errorf("%s: a page of %d for %d, %d found, capped %v, %v", q, len(p.Rows), n, p.Found, p.Capped, err)
		}
	}
	if p, err := f.s.Page(model.PageRequest{Filter: "jansen", N: 10, Wait: true}); err != nil || !p.Capped {
		t.Errorf("words alone: %+v, %v", p, err)
	}
	for q, want := range map[string]bool{"jansen": true, "jansen town:nowhere": false, "kind:private": false, "": false} {
		if rep, err := f.s.Export(t.Context(), io.Discard, q, store.ExportCSV); err != nil || rep.Capped != want {
			t.Errorf("export of %q: %+v, %v", q, rep, err)
		}
	}
}

// A list that was shown in another order goes on where its customer stands now,
// and with one who is not found any more at the beginning.
func TestPageGoesOnInAnotherOrder(t *testing.T) {
	f := inFiles(t)
	f.load(t, named(40, "Zwart"), nil)
	f.book.SetFinder(0, 0, 100)
	if err := f.book.ForgetSearch(); err != nil {
		t.Fatal(err)
	}
	partly, err := f.s.Page(model.PageRequest{Filter: "zwart", N: 30})
	if err != nil || !partly.Partly || len(partly.Rows) != 30 {
		t.Fatalf("%+v, %v", partly, err)
	}
	for dir, want := range map[model.PageDir]int{model.PageAround: 8, model.PageAfter: 4, model.PageBefore: 4} {
		p, err := f.s.Page(model.PageRequest{Filter: "zwart", N: 4, Dir: dir, Key: partly.Keys[20], Wait: true})
		if err != nil || p.Partly || len(p.Rows) != want {
			t.Fatalf("%v: %+v, %v", dir, p, err)
		}
		near := false
		for _, r := range p.Rows {
			near = near || r.ID == partly.Rows[20].ID
		}
		if near != (dir == model.PageAround) {
			t.Errorf("%v of %s gives %v", dir, partly.Rows[20].Name, p.Rows)
		}
	}
	first, err := f.s.Page(model.PageRequest{Filter: "zwart", N: 4})
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.s.Page(model.PageRequest{Filter: "zwart", N: 4, Dir: model.PageAround, Key: "zzz\x00" + strings.Repeat("x", 16)})
	if err != nil || len(p.Rows) == 0 || p.Rows[0].ID != first.Rows[0].ID {
		t.Errorf("of nobody: %+v, %v", p.Rows, err)
	}
}
