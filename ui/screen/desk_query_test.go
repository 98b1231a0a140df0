package screen

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// foundDesk answers some filters with rows of the test's own.
type foundDesk struct {
	ui.Desk
	rows   map[string][]model.Row
	partly bool
	wrong  map[string]error
	asked  []string
	ids    []model.ID
	wait   chan struct{} // Found answers when it is closed, or ctx ends
	did    []model.Action
}

func (d *foundDesk) Page(r model.PageRequest) (model.Page, error) {
	d.asked = append(d.asked, r.Filter)
	if err := d.wrong[r.Filter]; err != nil {
		return model.Page{}, err
	}
	rows, ok := d.rows[r.Filter]
	if !ok {
		r.Filter = ""
		return d.Desk.Page(r)
	}
	p := model.Page{Rows: slices.Clone(rows), Found: len(rows), Total: 12408, Partly: d.partly}
	for i := range rows {
		p.Keys = append(p.Keys, fmt.Sprintf("%03d", i))
	}
	return p, nil
}

func (d *foundDesk) Found(ctx context.Context, _ string) ([]model.ID, error) {
	if d.wait != nil {
		select {
		case <-d.wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return d.ids, nil
}

func (d *foundDesk) DoAll(_ context.Context, all []model.Action) (model.Receipt, error) {
	d.did = all
	return model.Receipt{Message: model.Say("journal.bulk", "Count", len(all)), Count: len(all)}, nil
}

func hit(field model.MatchField, kind model.MatchKind, typed string, from, to int) model.Match {
	return model.Match{Field: field, Kind: kind, Typed: typed, From: from, To: to}
}

// foundBook answers filters as a book with an index of names would.
func foundBook(t testing.TB) (*storetest.Desk, *foundDesk) {
	t.Helper()
	book, p := smallBook(t)
	row := func(name string, same int, m ...model.Match) model.Row {
		all, err := book.As(model.Solo(book.Agent)).Candidates(name, 1)
		if err != nil || len(all) == 0 {
			t.Fatal(name, err)
		}
		all[0].Same, all[0].Matches = same, m
		return all[0]
	}
	story := row("Van der Berg", 0, model.Match{Field: model.FoundStory, Kind: model.MatchExact, Typed: "factuur", From: 43, To: 50,
		Text: "belt voor de derde keer over de dubbele de factuur van maart en wil geld terug"})
	phone := row("Petra Jansen", 0, model.Match{Field: model.FoundPhone, Kind: model.MatchBeginning, Typed: "030234", From: 0, To: 7, Text: "030-2345678"})
	due := row("Petra Jansen", 0)
	due.Due, due.Last = "2026-11-26", model.StampOf(storetest.Start)
	d := &foundDesk{Desk: book.As(model.Solo(book.Agent)), rows: map[string][]model.Row{
		"jansen": {row("Petra Jansen", 0, hit(model.FoundName, model.MatchExact, "jansen", 6, 12)),
			row("Jansen & Zn. B.V.", 0, hit(model.FoundName, model.MatchExact, "jansen", 0, 6)),
			row("P.J. Janssen", 0, hit(model.FoundName, model.MatchSound, "jansen", 5, 12))},
		"jansn utr": {row("Petra Jansen", 0, hit(model.FoundName, model.MatchSound, "jansn", 6, 12), hit(model.FoundTown, model.MatchBeginning, "utr", 0, 3)),
			row("P.J. Janssen", 0, hit(model.FoundName, model.MatchSlip, "jansn", 5, 12), hit(model.FoundTown, model.MatchBeginning, "utr", 0, 3))},
		"jnasen":                          {row("Petra Jansen", 0, hit(model.FoundName, model.MatchSlip, "jnasen", 6, 12))},
		"petra janssen":                   {row("P.J. Janssen", 0, hit(model.FoundName, model.MatchInitial, "petra", 0, 1), hit(model.FoundName, model.MatchExact, "janssen", 5, 12))},
		"berg zwolle":                     {row("Van der Berg", 214, hit(model.FoundName, model.MatchExact, "berg", 8, 12), hit(model.FoundTown, model.MatchExact, "zwolle", 0, 6)), row("Hulst Transport", 0)},
		`name:"Van der Berg" town:Zwolle`: {row("Van der Berg", 0), row("Hulst Transport", 0)},
		"factuur":                         {story, phone},
		"owner:me sort:-due":              {due, row("Hulst Transport", 0)},
		"sort:-due":                       {due, row("Hulst Transport", 0)},
		"sort:due":                        {row("Hulst Transport", 0), due},
		"qwerty is:key -town:Assen":       {},
	}}
	for _, id := range p {
		d.ids = append(d.ids, id)
	}
	return book, d
}

func TestDeskQueryGolden(t *testing.T) {
	for _, c := range []struct {
		name   string
		typ    string
		keys   []string
		partly bool
	}{
		{"exact", "jansen", nil, false},
		{"sound", "jansn utr", nil, false},
		{"slip", "jnasen", []string{"enter"}, false},
		{"initial", "petra janssen", []string{"enter"}, false},
		{"same", "berg zwolle", []string{"enter"}, false},
		{"same-apart", "berg zwolle", []string{"enter", "enter"}, false},
		{"story", "factuur", []string{"enter"}, false},
		{"error", "jansen ower:me", nil, false},
		{"offer", "jansen ow", nil, false},
		{"offer-value", "owner:", nil, false},
		{"nobody", "qwerty is:key -town:Assen", nil, false},
		{"partly", "jansen", []string{"enter"}, true},
		{"sorted", "owner:me sort:-due", []string{"enter"}, false},
		{"sort", "jansen", []string{"enter", "s"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, d := foundBook(t)
			d.partly = c.partly
			for _, lang := range text.Languages() {
				for _, size := range [][2]int{{80, 24}, {120, 40}} {
					r := deskRigWith(t, book, d, lang, size[0], size[1], kit.Open{Kind: KindDesk})
					r.Key("/")
					r.Type(c.typ)
					r.Keys(c.keys...)
					r.Golden(fmt.Sprintf("desk-query-%s-%s-%dx%d", c.name, lang, size[0], size[1]))
				}
			}
		})
	}
}

func TestProposalIsTaken(t *testing.T) {
	book, d := foundBook(t)
	d.rows["jansen owner:Karin"] = d.rows["jansen"][:1]
	r := deskRigWith(t, book, d, "nl", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("jansen eig")
	r.Contains("tab eigenaar:")
	r.Key("tab")
	r.Contains("/ jansen eigenaar:")
	r.Contains("tab mij")
	r.Contains("3 van 12.408") // the condition that is not there yet does not count
	r.Type("ka")
	r.Contains("tab Karin")
	r.Keys("tab", "enter")
	r.Contains("1 van 12.408")
	if last := d.asked[len(d.asked)-1]; last != "jansen owner:Karin" {
		t.Errorf("the book was asked %q", last)
	}
}

// What cannot be read is said, and what was found stays; enter does not leave it.
func TestUnreadableQueryKeepsWhatWasFound(t *testing.T) {
	book, d := foundBook(t)
	r := deskRigWith(t, book, d, "en", 120, 40, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("jansen")
	asked := len(d.asked)
	r.Type(" ower:me")
	r.Contains("did you mean owner:?")
	r.Contains("Petra Jansen")
	for _, f := range d.asked[asked:] {
		if strings.Contains(f, ":") {
			t.Errorf("the book was asked %q", f)
		}
	}
	r.Key("enter")
	r.Contains("▲") // the reason, and the field stays open
	r.Type("x")
	r.Contains("ower:mex")
	r.Key("esc")
	r.Contains("35 customers")
}

// A query that the book refuses, such as a name nobody has, is said in its line.
func TestRefusedQueryIsSaid(t *testing.T) {
	book, d := foundBook(t)
	d.wrong = map[string]error{"owner:Zzz": model.Invalid("error.query.value", "Word", "owner", "Value", "Zzz").WithHint("hint.query")}
	r := deskRigWith(t, book, d, "en", 80, 24, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("owner:Zzz")
	r.Contains("“Zzz” says nothing")
	r.Lacks("✗")
	r.Keys("ctrl+u")
	r.Type("jansen")
	r.Lacks("“Zzz”")
}

func TestSameNamesAreTakenApartAndBack(t *testing.T) {
	book, d := foundBook(t)
	r := deskRigWith(t, book, d, "en", 120, 40, kit.Open{Kind: KindDesk})
	r.Key("/")
	r.Type("berg zwolle")
	r.Contains("×214")
	r.Keys("enter", "c")
	r.Contains("Several customers have this name") // and nothing is logged on one of them
	r.Key("space")
	r.Lacks("marked")
	r.Key("enter")
	r.Contains(`/ name:"Van der Berg" town:Zwolle`)
	nl := deskRigWith(t, book, d, "nl", 120, 40, kit.Open{Kind: KindDesk})
	nl.Key("/")
	nl.Type("berg zwolle")
	nl.Keys("enter", "enter")
	nl.Contains(`/ naam:"Van der Berg" plaats:Zwolle`)
	nl.Contains("2 van 12.408")
	r.Key("esc")
	r.Contains("/ berg zwolle")
	r.Contains("×214")
	r.Key("esc")
	r.Contains("35 customers")
}

func TestSortIsChosenAndTurned(t *testing.T) {
	book, d := foundBook(t)
	r := deskRigWith(t, book, d, "en", 120, 40, kit.Open{Kind: KindDesk})
	last := func() string { return d.asked[len(d.asked)-1] }
	r.Keys("s", "9")
	r.Contains("/ sort:due")
	r.Contains("Promised▲")
	r.Keys("s", "enter")
	if last() != "sort:-due" {
		t.Errorf("asked %q", last())
	}
	r.Contains("Promised▼")
	r.Contains("12,408 customers") // an order alone finds everybody
	d.rows["jansen sort:town"] = d.rows["jansen"]
	r.Keys("/", "ctrl+u")
	r.Type("jansen")
	r.Keys("enter", "s", "2")
	r.Contains("/ jansen sort:town")
	r.Contains("Town▲")
	r.Keys("s", "c")
	r.Contains("/ jansen ")
	if last() != "jansen" {
		t.Errorf("asked %q", last())
	}
	r.Keys("s", "esc")
	r.Lacks("Sort by")
}

// Matches that do not fit the text they speak of draw the text as it is.
func TestOddMatchesAreDrawnPlainly(t *testing.T) {
	book, d := foundBook(t)
	name := "Zoë 👩‍👩‍👧 \x1b[31mRood"
	book.Customer(t, name)
	all, err := d.Candidates("Zoë", 1)
	if err != nil || len(all) != 1 {
		t.Fatal(err)
	}
	var rows []model.Row
	for _, m := range []model.Match{hit(model.FoundName, model.MatchExact, "x", 2, 3), hit(model.FoundName, model.MatchSlip, "x", 0, 900),
		hit(model.FoundName, model.MatchSound, "x", 9, 4), hit(model.FoundName, model.MatchSound, "x", -1, 2), hit(model.FoundName, model.MatchSound, "x", 5, 12),
		hit(model.FoundName, model.MatchSound, "x", 20, 30), hit(model.FoundName, model.MatchSound, "\x1b[2J", 0, 0), hit(model.FoundTown, model.MatchExact, "x", 3, 4),
		{Field: model.FoundStory, From: 3, To: 99, Text: "a\u0301\x1b[1m", Typed: name}, {Field: model.FoundMail, Text: strings.Repeat("é", 200), From: 200, To: 204, Typed: "é"}} {
		r := all[0]
		r.Matches = []model.Match{m}
		rows = append(rows, r)
	}
	d.rows["odd"] = rows
	for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}} {
		r := deskRigWith(t, book, d, "en", size[0], size[1], kit.Open{Kind: KindDesk})
		r.Key("/")
		r.Type("odd")
		r.Key("enter")
		for range rows {
			r.Screen() // fails the test when a row is shifted
			r.Key("j")
		}
	}
}

func TestStretchOfFoundWordIsPainted(t *testing.T) {
	th := kit.NewTheme(true)
	got, ok := paintFound(th, "Petra Jansen", []model.Match{hit(model.FoundName, model.MatchExact, "jan", 6, 9)}, kit.InkText)
	if want := "Petra " + th.Paint(kit.InkFound, "Jan") + "sen"; !ok || got != want {
		t.Errorf("%q", got)
	}
	if th.Paint(kit.InkFound, "x") != "\x1b[1;4mx\x1b[m" {
		t.Error("what was found is told by more than a colour")
	}
}

// The letters that fitted stand out, whatever made them fit: they are shown here
// between «marks».
func TestFoundLettersGolden(t *testing.T) {
	_, d := foundBook(t)
	var all []model.Row
	for _, f := range []string{"jansen", "jansn utr", "jnasen", "petra janssen", "berg zwolle", "factuur"} {
		all = append(all, d.rows[f]...)
	}
	d.rows["all"] = all
	s := newDesk(deskEnv(t, d, "en")).(*desk)
	for _, w := range []int{80, 120} {
		s.w, s.h, s.colsFor = w, 20, deskShape{}
		s.asked.filter = "all"
		s.asked.query.Text = "all"
		req, _ := s.list.Need(17)
		if w == 80 {
			s.filled(s.load(req)().(deskPage))
		}
		out := strings.ReplaceAll(s.View(w, 20), "\x1b[1;4m", "«")
		var b strings.Builder
		for i, part := range strings.Split(out, "«") {
			if i > 0 {
				end := strings.Index(part, "\x1b[m")
				part = "«" + part[:end] + "»" + part[end:]
			}
			b.WriteString(part)
		}
		rows := strings.Split(ansi.Strip(b.String()), "\n")
		for i := range rows {
			rows[i] = strings.TrimRight(rows[i], " ")
		}
		kittest.Golden(t, fmt.Sprintf("desk-found-letters-%d", w), strings.Join(rows, "\n"))
	}
}
