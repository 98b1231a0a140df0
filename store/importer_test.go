package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store/gen"
	"pasvorm/store/storetest"
)

func genCSV(t testing.TB, seed uint64, n int) string {
	t.Helper()
	var b bytes.Buffer
	if err := gen.CSV(&b, seed, n); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func mustImport(t testing.TB, d *storetest.Desk, file string, o model.ImportOptions) (model.ImportReport, string) {
	t.Helper()
	var bad bytes.Buffer
	if o.File == "" {
		o.File = "/somewhere/customers.csv"
	}
	rep, err := d.As(model.Solo(d.Agent)).Import(context.Background(), strings.NewReader(file), &bad, o, nil)
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return rep, bad.String()
}

// cards gives every customer that can be seen, by what an export says of it
// but for ids and moments.
func cards(t testing.TB, d *storetest.Desk) []string {
	t.Helper()
	var b bytes.Buffer
	if _, err := d.As(model.Solo(d.Admin)).Export(context.Background(), &b, "", "csv"); err != nil {
		t.Fatal(err)
	}
	out := strings.SplitAfter(b.String(), "\n")
	slices.Sort(out)
	return out
}

func total(t testing.TB, d *storetest.Desk) int {
	t.Helper()
	p, err := d.As(model.Solo(d.Agent)).Page(model.PageRequest{N: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rows) != min(1, p.Total) {
		t.Fatalf("%d rows shown of %d", len(p.Rows), p.Total)
	}
	return p.Total
}

func only(t testing.TB, d *storetest.Desk, text string) *model.Customer {
	t.Helper()
	s := d.As(model.Solo(d.Agent))
	row, err := s.Resolve(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	det, err := s.Customer(row.ID)
	if err != nil {
		t.Fatal(err)
	}
	return det.Customer
}

func TestImportConverts(t *testing.T) {
	d := storetest.New(t)
	rep, bad := mustImport(t, d, strings.Join([]string{
		"id;type;bedrijf;voornaam;tv;achternaam;telefoon;e-mail;postcode;plaats;omzet;einde contract;eigenaar;vip;minuten",
		"1;P;;Zoë;van der;Berg;030-1234567;zoe@post.example;3511 AB;Utrecht;1.234,50;31-12-2026;karin;ja;30",
		"2;C;Bakkerij Wit;;;;;;;;;;Nobody;;",
		"3;C;Garage Hond;Jan;de;Hond;;;;;;;Nobody;;",
		"4;P;;Piet;;Smit;;;;;veel;;;;",
		"5;;Zonder soort;;;;;;;;;;;;",
		";P;;;;;;;;;;;;;",
		"6;P;;Ada;;Bos;;;;;;32-01-2026;;;",
	}, "\n"), model.ImportOptions{})
	if rep.Rows != 7 || rep.Added != 4 || rep.Bad != 3 || rep.Updated != 0 {
		t.Fatalf("%+v", rep)
	}
	c := only(t, d, "1")
	if c.Name != "Zoë van der Berg" || c.Kind != model.Private || c.Revenue != 123450 || c.ContractEnd != "2026-12-31" ||
		c.Owner != d.Agent || !c.KeyAccount || c.Minutes != 30 || c.Email != "zoe@post.example" {
		t.Errorf("%+v", c)
	}
	if c := only(t, d, "2"); c.Name != "Bakkerij Wit" || c.Kind != model.Business || c.Owner != model.NoID {
		t.Errorf("%+v", c)
	}
	if c := only(t, d, "3"); c.Name != "Jan de Hond (Garage Hond)" {
		t.Errorf("%+v", c)
	}
	if c := only(t, d, "5"); c.Kind != model.Business {
		t.Errorf("%+v", c)
	}
	var reasons []string
	for _, b := range rep.BadRows {
		reasons = append(reasons, fmt.Sprint(b.Line, " ", b.Reason.ID))
	}
	if want := []string{"5 import.value.number", "7 error.field.name", "8 import.value.date"}; !slices.Equal(reasons, want) {
		t.Errorf("%v", reasons)
	}
	lines := strings.Split(strings.TrimSpace(bad), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "id;type") || !strings.HasPrefix(lines[1], "4;P") || !strings.HasPrefix(lines[3], "6;P") {
		t.Errorf("bad file: %q", lines)
	}
	if len(rep.Notes) != 1 || rep.Notes[0].ID != "note.import.owner" {
		t.Errorf("notes %+v", rep.Notes)
	}
}

func TestImportUpdatesKnownNumbers(t *testing.T) {
	d := storetest.New(t)
	d.Customer(t, "Petra Jansen", "number", "7", "town", "Gent", "phone", "030-1111111")
	before := cards(t, d)
	rep, _ := mustImport(t, d, "number,name,town,note\n7,,Brugge,first\n8,Ada Bos,Gent,\n7,Petra de Jong,,second\n8,,Leuven,\n9,,Gent,\n", model.ImportOptions{})
	if rep.Added != 1 || rep.Updated != 3 || rep.Bad != 1 {
		t.Fatalf("%+v", rep)
	}
	c := only(t, d, "7")
	if c.Name != "Petra de Jong" || c.Town != "Brugge" || c.Note != "second" || c.Phone != "030-1111111" || c.Kind != model.Private {
		t.Errorf("%+v", c)
	}
	if c := only(t, d, "8"); c.Town != "Leuven" || c.Name != "Ada Bos" {
		t.Errorf("%+v", c)
	}
	s := d.As(model.Solo(d.Agent))
	det, err := s.Customer(c.ID)
	if err != nil || len(det.Journal) < 2 || det.Journal[0].Message.ID != "journal.import.rows" {
		t.Errorf("journal %+v %v", det.Journal, err)
	}
	if _, err := s.Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if after := cards(t, d); !slices.Equal(before, after) {
		t.Errorf("after undo %q", after)
	}
}

// A customer of an import on which somebody worked stays when the import is
// taken back; everything else goes.
func TestUndoImportKeepsWhatChanged(t *testing.T) {
	for _, n := range []int{300, 900} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d := storetest.New(t)
			d.SetLoad(200, 500, 256, 500) // 300 are indexed row by row, 900 from sorted runs
			own := d.Customer(t, "Petra Jansen", "number", "7")
			mustImport(t, d, genCSV(t, 3, n), model.ImportOptions{})
			if got := total(t, d); got != n+1 {
				t.Fatalf("%d customers", got)
			}
			tagged, edited := only(t, d, "100005"), only(t, d, "100123")
			d.Must(t, d.Lead, model.Tag{Customer: tagged.ID, Trait: model.TraitBrazen, Words: "shouted at the counter"})
			d.Must(t, d.Lead, model.EditCustomer{Customer: edited.ID, Was: map[string]string{"town": edited.Town}, Now: map[string]string{"town": "Elders"}})
			s := d.As(model.Solo(d.Agent))
			r, err := s.Undo(context.Background(), 0, false)
			if err != nil || r.Left != 2 {
				t.Fatalf("%+v %v", r, err)
			}
			if got := total(t, d); got != 3 {
				t.Errorf("%d customers left", got)
			}
			for _, id := range []model.ID{own, tagged.ID, edited.ID} {
				if _, err := s.Customer(id); err != nil {
					t.Error(err)
				}
			}
			only(t, d, "100123")
		})
	}
}

func TestImportUndoRedo(t *testing.T) {
	for _, n := range []int{300, 900} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d := storetest.New(t)
			d.SetLoad(200, 500, 256, 500)
			mustImport(t, d, genCSV(t, 1, n), model.ImportOptions{})
			all := cards(t, d)
			s := d.As(model.Solo(d.Agent))
			steps := 0
			if _, err := s.UndoWith(context.Background(), 0, false, func(done, all int) { steps = all - done }); err != nil {
				t.Fatal(err)
			}
			if got := total(t, d); got != 0 || steps != 0 {
				t.Fatalf("%d customers, %d steps to go", got, steps)
			}
			checkDoctor(t, d)
			if _, err := s.Undo(context.Background(), 0, true); err != nil {
				t.Fatal(err)
			}
			if got := total(t, d); got != n || !slices.Equal(all, cards(t, d)) {
				t.Fatalf("%d customers put back", got)
			}
		})
	}
}

func checkDoctor(t testing.TB, d *storetest.Desk) {
	t.Helper()
	rep, err := d.Doctor(context.Background(), nil)
	if err != nil || len(rep.Faults) > 0 {
		t.Errorf("doctor: %+v %v", rep.Faults, err)
	}
}

func TestImportDoubles(t *testing.T) {
	d := storetest.New(t)
	old := d.Customer(t, "Ada Bos", "mobile", "06-11111111", "postcode", "1000 AA")
	rep, _ := mustImport(t, d, "name,phone,email,postcode\n"+
		"Piet,+31 6 11111111,,\n"+ // phone of Ada
		"Jan,,Jan@post.example,\n"+
		"Kees,,jan@post.example ,\n"+ // mail of Jan
		"ADA  BOS,,,1000aa\n"+ // name and postcode of Ada
		"Ida,0612,,1000AA\n", model.ImportOptions{})
	if rep.Doubles != 3 || rep.Added != 5 {
		t.Fatalf("%+v", rep)
	}
	q, err := d.As(model.Solo(d.Lead)).Review()
	if err != nil {
		t.Fatal(err)
	}
	same := map[string]string{}
	for _, c := range q.Cases {
		if c.Kind == model.CaseDouble {
			same[c.Double.Same] = c.Name + "=" + c.OtherName
			if c.Double.Same != "mail" && c.Double.A != old {
				t.Errorf("%+v", c.Double)
			}
		}
	}
	want := map[string]string{"phone": "Piet=Ada Bos", "mail": "Kees=Jan", "name-postcode": "ADA  BOS=Ada Bos"}
	if !maps.Equal(same, want) {
		t.Errorf("%v", same)
	}
	if _, err := d.As(model.Solo(d.Agent)).Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if q, _ = d.As(model.Solo(d.Lead)).Review(); q.Counts[model.CaseDouble] != 0 {
		t.Errorf("doubles stay: %v", q.Counts)
	}
}

func TestImportDryRun(t *testing.T) {
	d := storetest.New(t)
	d.Customer(t, "Petra Jansen", "number", "100002")
	before := cards(t, d)
	rep, _ := mustImport(t, d, genCSV(t, 1, 300), model.ImportOptions{DryRun: true})
	if rep.Added != 299 || rep.Updated != 1 || len(rep.Preview) != 5 || rep.Preview[0]["number"] != "100001" {
		t.Fatalf("%+v", rep)
	}
	if after := cards(t, d); !slices.Equal(before, after) {
		t.Error("a dry run wrote")
	}
}

// pipe hides that a reader can be read at any place.
type pipe struct{ io.Reader }

func TestImportFromPipe(t *testing.T) {
	d := storetest.New(t)
	file := genCSV(t, 1, 100)
	rep, err := d.As(model.Solo(d.Agent)).Import(context.Background(), pipe{strings.NewReader(file)}, nil, model.ImportOptions{File: "-"}, nil)
	if err != nil || rep.Added != 100 {
		t.Fatalf("%+v %v", rep, err)
	}
	rep, _ = mustImport(t, d, file, model.ImportOptions{})
	if rep.Updated != 100 || rep.Added != 0 || len(rep.Notes) != 1 || rep.Notes[0].ID != "note.import.again" {
		t.Errorf("again: %+v", rep)
	}
}

func TestImportWithoutHeader(t *testing.T) {
	d := storetest.New(t)
	rep, _ := mustImport(t, d, "12,Ada Bos,ada@post.example\n13,Ida Vos,ida@post.example\n", model.ImportOptions{Mapping: "#1=number,#2=name,#3=email"})
	if rep.Added != 2 || only(t, d, "12").Name != "Ada Bos" {
		t.Errorf("%+v", rep)
	}
}

func TestImportRefuses(t *testing.T) {
	d := storetest.New(t)
	for _, c := range []struct {
		file string
		o    model.ImportOptions
		id   string
	}{
		{"", model.ImportOptions{}, "error.import.empty"},
		{"a,b\n1,2\n", model.ImportOptions{}, "error.import.no-name"},
		{"name\nAda\n", model.ImportOptions{Mapping: "nam=name"}, "error.import.map.column"},
		{"name\nAda\n", model.ImportOptions{Mapping: "name=nme"}, "error.import.map.field"},
		{"name\nAda\n", model.ImportOptions{Encoding: "ebcdic"}, "error.import.option.encoding"},
	} {
		_, err := d.As(model.Solo(d.Agent)).Import(context.Background(), strings.NewReader(c.file), nil, c.o, nil)
		var e *model.Error
		if !errors.As(err, &e) || e.ID != c.id {
			t.Errorf("%q: %v", c.file, err)
		}
	}
	if _, err := d.As(model.Solo(model.ID{9})).Import(context.Background(), strings.NewReader("name\nAda\n"), nil, model.ImportOptions{}, nil); model.KindOf(err) != model.KindNotAllowed {
		t.Errorf("stranger: %v", err)
	}
}

// More likely doubles than are queued are counted in a note; the report speaks
// of those that wait in review.
func TestImportQueuesSoManyDoubles(t *testing.T) {
	d := storetest.New(t)
	d.SetLoad(40, 100, 64, 60) // of 210 customers, 50 pairs are queued
	d.SetDoubles(50)
	var file strings.Builder
	file.WriteString("name,email\n")
	for i := range 105 {
		fmt.Fprintf(&file, "Piet %d,m%d@post.example\nJan %d,m%d@post.example\n", i, i, i, i)
	}
	rep, _ := mustImport(t, d, file.String(), model.ImportOptions{})
	q, err := d.As(model.Solo(d.Lead)).Review()
	if err != nil {
		t.Fatal(err)
	}
	if n := q.Counts[model.CaseDouble]; rep.Doubles != 50 || n != rep.Doubles {
		t.Errorf("%d reported, %d in review", rep.Doubles, n)
	}
	if !slices.ContainsFunc(rep.Notes, func(m model.Message) bool {
		return m.ID == "note.import.doubles" && fmt.Sprint(m.Args["Count"]) == "105"
	}) {
		t.Errorf("notes %v", rep.Notes)
	}
}
