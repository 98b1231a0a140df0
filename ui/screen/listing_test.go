package screen

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

const kindWares = "wares"

// wares is the page that the tests read: what it shows is set by the test.
type wares struct {
	listing
	shop *shop
}

// shop is what the page is read from.
type shop struct {
	content listContent
	err     error
	reads   int
	drawn   int
	work    listWork
}

func newWares(env *Env, sh *shop, long bool) *wares {
	s := &wares{shop: sh}
	spec := listSpec{title: "Wares", empty: []string{"No wares yet.", "Press n and name the first one."}, own: s.own}
	if long {
		spec.work = func() listWork { sh.reads++; return sh.work }
	} else {
		spec.load = s.load
	}
	s.listing = newListing(env, spec)
	return s
}

func (s *wares) load() listLoad {
	return func() (listContent, error) {
		s.shop.reads++
		return s.shop.content, s.shop.err
	}
}

func (s *wares) Title() string { return "Wares" }

func (s *wares) Update(msg tea.Msg) (kit.Screen, tea.Cmd) { return s, s.update(msg) }

func (s *wares) own() []kit.Command {
	if r := s.selected(); r == nil {
		return nil
	}
	return []kit.Command{{ID: "people.add", Keys: []string{"n"}, Group: "change", Footer: 95, Run: func() tea.Cmd {
		n, _ := listValue[int](&s.listing)
		return kit.Tell(kit.Info, "value "+strconv.Itoa(n))
	}}}
}

// rowsOf makes rows of keys, each with a detail of some rows.
func (sh *shop) rowsOf(detail int, keys ...string) []listRow {
	var out []listRow
	for i, key := range keys {
		r := listRow{key: key, value: i, draw: func(w int) string {
			sh.drawn++
			return kit.Cell("ware "+key, w)
		}}
		if detail > 0 {
			r.detail = func(int) []string {
				var rows []string
				for n := range detail {
					rows = append(rows, fmt.Sprintf("%s in detail %d", key, n+1))
				}
				return rows
			}
		}
		out = append(out, r)
	}
	return out
}

func numbers(from, to int) []string {
	var out []string
	for i := from; i <= to; i++ {
		out = append(out, "no"+strconv.Itoa(i))
	}
	return out
}

func openWares(t testing.TB, sh *shop, lang string, w, h int) *kittest.Driver {
	t.Helper()
	b := newFitBench(t, "Petra Jansen")
	e := b.env(b.Lead, lang)
	makers := map[string]func(any) kit.Screen{
		KindDesk:  func(any) kit.Screen { return newPeople(e) },
		kindWares: func(any) kit.Screen { return newWares(e, sh, false) },
	}
	root := console.New(console.Config{Text: e.Text, Theme: e.Theme, Makers: makers, Start: kit.Open{Kind: KindDesk}, Word: e.Say.Error,
		Report: func(fault any, stack []byte) string { t.Errorf("fault: %v\n%s", fault, stack); return "" }})
	d := kittest.New(t, root, w, h)
	d.Send(kit.Open{Kind: kindWares})
	return d
}

// marked is the row under the cursor as it is seen.
func marked(t testing.TB, d *kittest.Driver) (at int, row string) {
	t.Helper()
	for y, s := range strings.Split(d.Screen(), "\n") {
		if strings.HasPrefix(s, "▌") {
			name, _, _ := strings.Cut(strings.TrimPrefix(s, "▌ "), "│")
			return y, strings.TrimSpace(name)
		}
	}
	t.Fatalf("nothing is selected:\n%s", d.Screen())
	return 0, ""
}

func fullShop() *shop {
	sh := &shop{}
	sh.content = listContent{right: "5 wares",
		head:    func(w int) []string { return []string{" " + kit.Cut("of this week, in two shops", w-1)} },
		columns: func(w int) string { return kit.Cell("Name", w) },
		sections: []listSection{
			{heading: "LATE", count: "2", rows: sh.rowsOf(12, "anvil", "bell")},
			{heading: "TODAY", none: "nothing for today"},
			{heading: "LATER", count: "3", rows: sh.rowsOf(3, "clock", "door", "eel")},
			{heading: "NEVER SHOWN"},
		}}
	return sh
}

func TestListingPage(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		d := openWares(t, fullShop(), lang, w, h)
		d.Golden("listing_page" + name)
		if w < wideFrom { // there is no need of more where all is seen
			d.Key("v")
			d.Golden("listing_detail" + name)
			d.Key("esc")
		}
		d.Key("G")
		d.Golden("listing_end" + name)
		d.Key("n")
		d.Contains("value 2")
		openWares(t, &shop{}, lang, w, h).Golden("listing_empty" + name)
		openWares(t, &shop{err: model.NewError(model.KindCorrupt, "error.internal")}, lang, w, h).Golden("listing_failed" + name)
	})
}

func TestListingNarrow(t *testing.T) {
	d := openWares(t, fullShop(), "en", 40, 11)
	d.Golden("listing_narrow")
	for _, want := range []string{"bell", "clock", "door", "eel", "eel"} {
		d.Key("j")
		if _, row := marked(t, d); row != "ware "+want {
			t.Fatalf("on %q, not on %s", row, want)
		}
	}
	d.Key("v")
	d.Contains("eel in detail 3")
	d.Key("q")
	d.Lacks("in detail")
	// Below the smallest window of the console a page still draws what fits.
	e := newFitBench(t, "Petra Jansen")
	s := newWares(e.env(e.Lead, "en"), fullShop(), false)
	s.Update(s.Init()())
	for h := 1; h < 12; h++ {
		if rows := strings.Split(s.View(39, h), "\n"); len(rows) != h {
			t.Errorf("%d rows in a height of %d", len(rows), h)
		}
	}
}

// The cursor stays on its row and line whatever comes and goes around it, and
// goes to the next row when its own is gone.
func TestListingStaysOnItsRow(t *testing.T) {
	sh := &shop{}
	show := func(keys ...string) {
		sh.content.sections = []listSection{{heading: "ALL", rows: sh.rowsOf(0, keys...)}}
	}
	show(numbers(10, 80)...)
	d := openWares(t, sh, "en", 80, 24)
	for range 30 {
		d.Key("j")
	}
	at, row := marked(t, d)
	if row != "ware no40" {
		t.Fatal(row)
	}
	rev := uint64(100)
	changed := func() {
		rev++
		d.Send(kit.Changed{Rev: rev})
	}
	show(numbers(1, 90)...)
	changed()
	if y, row := marked(t, d); row != "ware no40" || y != at {
		t.Fatalf("%q on line %d, was on %d", row, y, at)
	}
	show(append(numbers(1, 39), numbers(42, 90)...)...)
	changed()
	if _, row := marked(t, d); row != "ware no42" {
		t.Fatal(row)
	}
	show(numbers(1, 20)...)
	changed()
	if _, row := marked(t, d); row != "ware no20" {
		t.Fatal(row)
	}
	show()
	changed()
	d.Contains("No wares yet.")
	show("x")
	changed()
	if _, row := marked(t, d); row != "ware x" {
		t.Fatal(row)
	}
}

func TestListingMoves(t *testing.T) {
	sh := &shop{}
	sh.content.sections = []listSection{{heading: "A", rows: sh.rowsOf(0, numbers(1, 50)...)}, {heading: "B", rows: sh.rowsOf(0, numbers(51, 99)...)}}
	d := openWares(t, sh, "en", 80, 24)
	for _, step := range []struct{ key, row string }{
		{"G", "no99"}, {"home", "no1"}, {"pgdown", "no20"}, {"ctrl+d", "no39"}, {"pgdown", "no58"}, {"k", "no57"},
		{"pgup", "no38"}, {"g", "no1"}, {"up", "no1"}, {"end", "no99"}, {"down", "no99"},
	} {
		d.Key(step.key)
		if _, row := marked(t, d); row != "ware "+step.row {
			t.Errorf("%s: on %q, not on %s", step.key, row, step.row)
		}
	}
	for range 48 {
		d.Key("k")
	}
	d.Contains(" B") // the heading comes in sight with the first row under it
	// Seeking goes to a row that is there, or when it comes.
	e := newFitBench(t, "Petra Jansen")
	s := newWares(e.env(e.Lead, "en"), sh, false)
	s.seek("no70")
	s.Update(s.Init()())
	if s.selected().key != "no70" {
		t.Error("not on the row that was sought:", s.selected().key)
	}
	if s.seek("no3"); s.selected().key != "no3" {
		t.Error("not on the row that was sought:", s.selected().key)
	}
}

// Only what is in sight is drawn, whatever the length.
func TestListingLong(t *testing.T) {
	sh := &shop{}
	sh.content = listContent{right: "10,000", sections: []listSection{{heading: "MANY", rows: sh.rowsOf(2, numbers(1, 10_000)...)}}}
	d := openWares(t, sh, "en", 80, 24)
	d.Key("G")
	d.Golden("listing_long")
	before := sh.drawn
	for range 10 {
		d.Key("k")
	}
	d.Screen()
	if n := sh.drawn - before; n > 10*24 {
		t.Errorf("%d rows drawn for ten keys", n)
	}
	if sh.reads != 1 {
		t.Errorf("read %d times", sh.reads)
	}
}

// A failed reading leaves what was there and says so; it is tried again on a
// change and with R.
func TestListingFailsAndComesBack(t *testing.T) {
	sh := fullShop()
	d := openWares(t, sh, "en", 80, 24)
	sh.err = errors.New("disk")
	d.Send(kit.Changed{Rev: 200})
	d.Contains("not up to date")
	d.Contains("ware bell")
	sh.err = nil
	d.Key("R")
	d.Lacks("not up to date")
	d = openWares(t, &shop{err: errors.New("disk")}, "en", 80, 24)
	d.Contains("could not be read")
	sh = &shop{err: errors.New("disk")}
	d = openWares(t, sh, "en", 80, 24)
	sh.err, sh.content = nil, fullShop().content
	d.Send(kit.Changed{Rev: 200})
	d.Contains("ware bell")
}

// While a reading is under way one more is queued, not more; an answer that was
// given up for a newer one is not listened to.
func TestListingReadsOneAtATime(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	sh := &shop{content: fullShop().content}
	s := newWares(b.env(b.Lead, "en"), sh, false)
	first := s.Init()
	for range 5 {
		if _, cmd := s.Update(kit.Changed{}); cmd != nil {
			t.Fatal("two readings at once")
		}
	}
	_, second := s.Update(first())
	if second == nil {
		t.Fatal("the change was forgotten")
	}
	old := second()
	sh.content = listContent{}
	third := s.reread()
	if _, cmd := s.Update(old); cmd != nil || s.run == nil {
		t.Fatal("an old answer ended a newer reading")
	}
	s.Update(third())
	if len(s.at) != 0 || s.run != nil || sh.reads != 3 {
		t.Fatalf("%d rows, %d readings", len(s.at), sh.reads)
	}
}

func TestListingHostile(t *testing.T) {
	sh := &shop{}
	sh.content = listContent{right: hostileName, sections: []listSection{{heading: hostileName, count: nasty, rows: []listRow{{
		key: "a", draw: func(w int) string { return kit.Cell(hostileName, w) },
		detail: func(w int) []string { return kit.Wrap(kit.CleanLines(hostileName), w) },
	}}}, {heading: "B", none: hostileName}}}
	for _, w := range []int{40, 80, 120} {
		openWares(t, sh, "en", w, 24).Screen()
	}
}
