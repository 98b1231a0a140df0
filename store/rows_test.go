package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

func importRows(t testing.TB, d *storetest.Desk, kind, file string, o model.ImportOptions) (model.ImportReport, string) {
	t.Helper()
	var bad bytes.Buffer
	if o.File == "" {
		o.File = "/somewhere/rows.csv"
	}
	rep, err := d.As(model.Solo(d.Agent)).ImportRows(context.Background(), kind, strings.NewReader(file), &bad, o, nil)
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return rep, bad.String()
}

func dealings(t testing.TB, d *storetest.Desk, id model.ID) (*model.Customer, *model.Dealings) {
	t.Helper()
	detail, err := d.As(model.Solo(d.Agent)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return detail.Customer, &detail.Dealings
}

// badIDs gives the lines and reasons of a report.
func badIDs(rep model.ImportReport) (out []string) {
	for _, b := range rep.BadRows {
		out = append(out, fmt.Sprint(b.Line, " ", b.Reason.ID))
	}
	return out
}

// TestFinanceFile reads a file as a Dutch ledger writes it, with every kind of
// bad line in it.
func TestFinanceFile(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen", "number", "1001")
	hulst := d.Customer(t, "Hülst Transport", "number", "1002", "margin", "5")
	d.Customer(t, "Jan Smit", "number", "1003")
	d.Customer(t, "jan smit", "number", "1004")
	file := "Debiteurnr;Naam;Jaaromzet;Brutomarge;Directe kosten;Openstaand;Vervaldatum;Gek\n" +
		"1001;;€ 12.345,67;2.400;;480,00;03-08-2026;x\n" + // 2
		"1001;;;;;120;1 okt 2026;\n" + // 3: adds up
		";hulst transport;-1,5;;99,95;0;;\n" + // 4: by name
		"9999;;1;;;;;\n" + // 5
		";Nobody;1;;;;;\n" + // 6
		";Jan Smit;7;;;;;\n" + // 7: one bears it to the letter
		";JAN SMIT;7;;;;;\n" + // 8
		";;1;;;;;\n" + // 9
		"1001;;veel;;;;;\n" + // 10
		"1001;;;;;12;soon;\n" + // 11
		"1001;;;;;12;;\n" + // 12: due since when?
		"1001;;;;;-12;2026-01-01;\n" + // 13
		"1001;;;;-3;;;\n" + // 14
		"1001;;;;;12;2030-01-01;\n" + // 15
		"1001;\"a;;;;;;\n" // 16: quote not closed
	rep, bad := importRows(t, d, "finance", file, model.ImportOptions{})
	want := []string{"5 error.rows.number", "6 error.rows.name", "8 error.rows.several", "9 error.rows.who", "10 import.value.number",
		"11 import.value.date", "12 error.finance.since", "13 error.finance.arrear", "14 error.finance.direct", "15 error.date.future", "16 import.bad.quote"}
	got := badIDs(rep)
	slices.SortFunc(got, func(a, b string) int {
		var x, y int
		_, _ = fmt.Sscan(a, &x)
		_, _ = fmt.Sscan(b, &y)
		return x - y
	})
	if !slices.Equal(got, want) {
		t.Errorf("bad lines\n%s", strings.Join(got, "\n"))
	}
	if rep.Rows != 15 || rep.Updated != 4 || rep.Added != 0 || rep.Bad != 11 || rep.Delimiter != ";" || !slices.Equal(rep.LeftOut, []string{"Gek"}) {
		t.Errorf("report %+v", rep)
	}
	if lines := strings.Count(bad, "\n"); lines != 12 || !strings.HasPrefix(bad, "Debiteurnr;") || !strings.Contains(bad, "1001;;veel;;;;;\n") {
		t.Errorf("bad file\n%s", bad)
	}
	c, x := dealings(t, d, petra)
	if c.Revenue != 1_234_567 || c.Margin != 240_000 || !slices.Equal(x.Finance.Arrears, []model.Arrear{{Cents: 48_000, Since: "2026-08-03"}, {Cents: 12_000, Since: "2026-10-01"}}) ||
		x.Finance.Import != rep.Import || x.Finance.AsOf != "2026-11-24" {
		t.Errorf("Petra: %+v, %+v", c, x.Finance)
	}
	if c, x := dealings(t, d, hulst); c.Revenue != -150 || c.Margin != 500 || x.Finance.Direct != 9_995 || len(x.Finance.Arrears) != 0 {
		t.Errorf("Hülst: %+v, %+v", c, x.Finance)
	}
	// The bad lines can be read in themselves: each is bad again.
	if again, _ := importRows(t, d, "finance", bad, model.ImportOptions{}); again.Bad != 11 || again.Updated != 0 {
		t.Errorf("the bad file: %+v", again)
	}
}

// TestRowsMakeNoSense: a file without what it takes is refused with a next step.
func TestRowsMakeNoSense(t *testing.T) {
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	for name, c := range map[string]struct {
		kind, file string
		o          model.ImportOptions
		kinds      model.ErrorKind
		id         string
	}{
		"empty":         {"finance", "", model.ImportOptions{}, model.KindInvalid, "error.import.empty"},
		"no customer":   {"finance", "omzet,marge\n1,2\n", model.ImportOptions{}, model.KindInvalid, "error.rows.no-customer"},
		"no value":      {"finance", "nummer,naam,sinds\n1,2,3\n", model.ImportOptions{}, model.KindInvalid, "error.rows.no-value"},
		"no header":     {"finance", "1001,5000\n", model.ImportOptions{}, model.KindInvalid, "error.rows.no-customer"},
		"mapped wrong":  {"finance", "a,b\n1,2\n", model.ImportOptions{Mapping: "a=number,b=mark"}, model.KindUsage, "error.import.map.field"},
		"no survey":     {"surveys", "nummer,omzet\n1,2\n", model.ImportOptions{}, model.KindInvalid, "error.rows.no-value"},
		"odd encoding":  {"surveys", "nummer,cijfer\n1,2\n", model.ImportOptions{Encoding: "ebcdic"}, model.KindUsage, "error.import.option.encoding"},
		"no such kind":  {"weather", "nummer,cijfer\n1,2\n", model.ImportOptions{}, model.KindInternal, "error.internal"},
		"odd delimiter": {"surveys", "nummer,cijfer\n1,2\n", model.ImportOptions{Delimiter: '"'}, model.KindUsage, "error.import.option.delimiter"},
	} {
		_, err := s.ImportRows(context.Background(), c.kind, strings.NewReader(c.file), nil, c.o, nil)
		if e := model.KindOf(err); err == nil || e != c.kinds {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(err.Error(), c.id) {
			t.Errorf("%s: %v, want %s", name, err, c.id)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := s.ImportRows(ctx, "finance", strings.NewReader("nummer,marge\n1,2\n"), io.Discard, model.ImportOptions{}, nil)
	wantError(t, err, model.KindUsage, "error.rows.stopped")
	_, err = d.As(model.Actor{Person: store.NewID(), Real: store.NewID()}).ImportRows(context.Background(), "finance",
		strings.NewReader("nummer,marge\n1,2\n"), io.Discard, model.ImportOptions{}, nil)
	if rep, _ := importRows(t, d, "finance", "nummer,marge\n1,2\n", model.ImportOptions{}); rep.Bad != 1 || err != nil {
		t.Errorf("unknown number: %+v, %v", rep, err)
	}
}

// TestSurveyFile reads answers in the encoding of a spreadsheet, twice.
func TestSurveyFile(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen", "number", "1001")
	file := "Klantnummer;Cijfer;Samenwerking;Wat kan beter;Onderwerpen;Doorlooptijd;Datum\n" +
		"1001;8;'=prettig, één contact;\"kortere\nwachttijd\";telefoon, 8;4;12-11-2026\n" + // 2, two lines
		"1001;0;;;;;2026-11-13\n" + // 4
		"1001;7,5;;;;;\n" + // 5
		"1001;11;;;;;\n" + // 6
		"1001;;;;weer;;\n" + // 7
		"1001;;;;;;2026-11-13\n" + // 8: says nothing
		"1001;5;;;;-2;\n" + // 9
		"1001;5;;;;;2026-11-30\n" // 10
	raw, err := charmap.Windows1252.NewEncoder().String(file)
	if err != nil {
		t.Fatal(err)
	}
	rep, bad := importRows(t, d, "surveys", raw, model.ImportOptions{})
	want := []string{"5 error.survey.mark", "6 error.survey.mark", "7 error.survey.topic", "8 error.survey.empty", "9 error.survey.felt", "10 error.date.future"}
	got := badIDs(rep)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(fmt.Sprintf("%12s", a[:2]), fmt.Sprintf("%12s", b[:2])) })
	if len(got) != len(want) || rep.Added != 2 || rep.Encoding != "windows-1252" || strings.Count(bad, "\n") != 7 {
		t.Fatalf("report %+v\n%s", rep, bad)
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("missing %q in %v", w, got)
		}
	}
	_, x := dealings(t, d, petra)
	if len(x.Surveys) != 2 {
		t.Fatalf("%d surveys", len(x.Surveys))
	}
	s := x.Surveys[1]
	if m, ok := s.Score(); !ok || m != 8 || s.Describe != "=prettig, één contact" || s.Better != "kortere\nwachttijd" ||
		!slices.Equal(s.Topics, []string{"telephone", "lead-time"}) || s.Felt != 5 || s.Day != "2026-11-12" || s.Import != rep.Import {
		t.Errorf("survey %+v", s)
	}
	again, _ := importRows(t, d, "surveys", raw, model.ImportOptions{})
	if again.Added != 0 || again.Bad != 6 || again.Rows != 8 || again.Import != model.NoID || len(again.Notes) < 1 {
		t.Errorf("again: %+v", again)
	}
	if _, x := dealings(t, d, petra); len(x.Surveys) != 2 {
		t.Errorf("%d surveys after reading twice", len(x.Surveys))
	}
}

func TestRowsDryRun(t *testing.T) {
	d := storetest.New(t)
	petra := d.Customer(t, "Petra Jansen", "number", "1001")
	rep, bad := importRows(t, d, "finance", "nr\tmarge\topenstaand\tvervallen op\n1001\t5\t12,50\t1-10-2026\n1001\t5\t12,50\t\n", model.ImportOptions{DryRun: true})
	if rep.Updated != 1 || rep.Bad != 1 || rep.Import != model.NoID || len(rep.Preview) != 1 || bad == "" {
		t.Errorf("report %+v", rep)
	}
	if p := rep.Preview[0]; p["name"] != "Petra Jansen" || p["margin"] != "5.00" || p["arrears"] != "12.50" || p["since"] != "2026-10-01" {
		t.Errorf("preview %v", p)
	}
	rep, _ = importRows(t, d, "surveys", "#,cijfer\n1001,5\n", model.ImportOptions{DryRun: true, Mapping: "#1=number,cijfer=mark"})
	if rep.Added != 1 || len(rep.Preview) != 1 || rep.Preview[0]["mark"] != "5" {
		t.Errorf("report %+v", rep)
	}
	c, x := dealings(t, d, petra)
	if c.Margin != 0 || x.Finance != nil || len(x.Surveys) != 0 {
		t.Errorf("a dry run wrote %+v", x)
	}
	// A file without a header is read by the numbers of its columns.
	rep, _ = importRows(t, d, "finance", "1001,500\n", model.ImportOptions{Mapping: "#1=number,#2=margin"})
	if c, _ := dealings(t, d, petra); rep.Updated != 1 || c.Margin != 50_000 {
		t.Errorf("no header: %+v, margin %d", rep, c.Margin)
	}
}

// TestRowsUndo: one undo takes a file of many batches back, but for who was
// worked on since; putting back brings the same again.
func TestRowsUndo(t *testing.T) {
	d := storetest.New(t)
	d.SetLoad(3, 5, 3, 1000)
	var ids []model.ID
	finance, surveys := "nummer,marge,openstaand,sinds\n", "nummer,cijfer\n"
	for n := range 10 {
		number := fmt.Sprint(100 + n)
		ids = append(ids, d.Customer(t, "Customer "+number, "number", number, "margin", "1"))
		finance += fmt.Sprintf("%s,%d,5,2026-10-01\n", number, 10+n)
		surveys += fmt.Sprintf("%s,%d\n", number, n)
	}
	s := d.As(model.Solo(d.Agent))
	ctx := context.Background()
	margins := func() (out []int64) {
		for _, id := range ids {
			c, _ := dealings(t, d, id)
			out = append(out, c.Margin/100)
		}
		return out
	}
	importRows(t, d, "finance", finance, model.ImportOptions{})
	read := margins()
	if read[0] != 10 || read[9] != 19 || whaleIn(t, d).Total != 145_00 {
		t.Fatalf("read %v", read)
	}
	p, err := s.UndoPreview(0, false)
	if err != nil || p.Count != 4 {
		t.Errorf("preview %+v, %v", p, err)
	}
	if _, err := s.Undo(ctx, 0, false); err != nil {
		t.Fatal(err)
	}
	if got := margins(); slices.Max(got) != 1 || whaleIn(t, d).Total != 10_00 {
		t.Errorf("taken back: %v", got)
	}
	if _, x := dealings(t, d, ids[4]); x.Finance != nil {
		t.Errorf("an account stays: %+v", x.Finance)
	}
	if _, err := s.Undo(ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	if got := margins(); !slices.Equal(got, read) {
		t.Errorf("put back: %v", got)
	}
	// A colleague works on one of them: that one stays.
	d.Must(t, d.Agent2, model.SetFinance{Customer: ids[4], Account: model.Account{Margin: cents(77_00)}})
	if _, err := s.Undo(ctx, 0, false); err != nil {
		t.Fatal(err)
	}
	want := []int64{1, 1, 1, 1, 77, 1, 1, 1, 1, 1}
	if got := margins(); !slices.Equal(got, want) {
		t.Errorf("with one that changed since: %v", got)
	}

	importRows(t, d, "surveys", surveys, model.ImportOptions{})
	if _, err := s.Undo(ctx, 0, false); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if _, x := dealings(t, d, id); len(x.Surveys) != 0 {
			t.Fatal("a survey stays")
		}
	}
	// Nothing comes back that would hang from a customer who is gone.
	d.Must(t, d.Lead, model.RemoveCustomer{Customer: ids[9], Typed: "Customer 109"})
	if _, err := s.Undo(ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	if _, x := dealings(t, d, ids[8]); len(x.Surveys) != 1 {
		t.Error("the others did not come back")
	}
}

// TestRowsProgress: a long file is told of as it is read, and one that is stopped
// leaves what was read.
func TestRowsProgress(t *testing.T) {
	d := storetest.New(t)
	d.SetLoad(4, 5, 3, 1000)
	id := d.Customer(t, "Petra Jansen", "number", "1")
	file := "nummer,cijfer,beter\n"
	for n := range 30 {
		file += fmt.Sprintf("1,%d,thing %d\n", n%10, n)
	}
	ctx, stop := context.WithCancel(context.Background())
	last := 0
	_, err := d.As(model.Solo(d.Agent)).ImportRows(ctx, "surveys", strings.NewReader(file), nil, model.ImportOptions{File: "x.csv"}, func(p model.ImportProgress) {
		if p.Rows < last {
			t.Errorf("back from %d to %d rows", last, p.Rows)
		}
		if last = p.Rows; last >= 12 {
			stop()
		}
	})
	stop()
	wantError(t, err, model.KindUsage, "error.rows.stopped")
	if _, x := dealings(t, d, id); len(x.Surveys) != 12 {
		t.Errorf("%d surveys", len(x.Surveys))
	}
	rep, _ := importRows(t, d, "surveys", file, model.ImportOptions{})
	if _, x := dealings(t, d, id); len(x.Surveys) != 30 || rep.Added != 18 || rep.Rows != 30 {
		t.Errorf("%d surveys, %+v", len(x.Surveys), rep)
	}
}

// TestRowsOfHiddenCustomers: customers of an import that is not finished are not
// found by number or by name.
func TestRowsOfHiddenCustomers(t *testing.T) {
	d := storetest.New(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	d.SetLoad(2, 5, 3, 1000)
	var file strings.Builder
	file.WriteString("nummer,naam\n")
	for n := range 40 {
		fmt.Fprintf(&file, "%d,Name %d\n", n, n)
	}
	_, err := d.As(model.Solo(d.Agent)).Import(ctx, strings.NewReader(file.String()), nil, model.ImportOptions{File: "x.csv"}, func(p model.ImportProgress) {
		if p.Rows >= 10 {
			stop()
		}
	})
	wantError(t, err, model.KindUsage, "error.import.stopped")
	rep, _ := importRows(t, d, "finance", "nummer,naam,marge\n1,,5\n,Name 2,5\n", model.ImportOptions{})
	if got := badIDs(rep); !slices.Equal(got, []string{"2 error.rows.number", "3 error.rows.name"}) {
		t.Errorf("got %v", got)
	}
	mustImport(t, d, file.String(), model.ImportOptions{File: "x.csv"})
}
