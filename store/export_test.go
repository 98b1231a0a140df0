package store_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/engine/bolt"
	"pasvorm/store/storetest"
)

// Whatever stands in a customer's fields, an export that is read in again gives
// the same customers.
func TestExportImportRoundTrip(t *testing.T) {
	text := rapid.OneOf(
		rapid.SampledFrom([]string{"=1+1", "'=x", "-12,5", "+31 6 1234", "@cmd", "\tx", "a;b,c", "\"quoted\"", "two\nlines", "l\r\nl", "'t Hart", "＝x", "''", " ", "é", "P", "#1"}),
		rapid.StringN(0, 12, 40))
	from, to := storetest.New(t), storetest.New(t)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(rt, "customers")
		var added []model.ID
		for i := range n {
			v := map[string]string{}
			for _, f := range model.Fields() {
				if rapid.Bool().Draw(rt, f.ID) {
					continue
				}
				switch f.Type {
				case model.FieldText, model.FieldLong:
					v[f.ID] = text.Draw(rt, f.ID)
				case model.FieldChoice:
					v[f.ID] = rapid.SampledFrom(f.Choices).Draw(rt, f.ID)
				case model.FieldBool:
					v[f.ID] = rapid.SampledFrom([]string{"yes", ""}).Draw(rt, f.ID)
				case model.FieldCount:
					v[f.ID] = rapid.StringMatching(`[1-9][0-9]{0,4}`).Draw(rt, f.ID)
				case model.FieldMoney:
					v[f.ID] = model.FormatMoney(rapid.Int64Range(-1e12, 1e12).Draw(rt, f.ID))
				case model.FieldDay:
					v[f.ID] = "2027-02-28"
				case model.FieldPerson:
					v[f.ID] = from.Lead.String()
				}
			}
			v["name"] = "x" + v["name"]
			if v["number"] != "" {
				v["number"] = strings.Repeat("n", i+1) + v["number"]
			}
			r, err := from.Do(context.Background(), model.Solo(from.Agent), model.AddCustomer{Values: v})
			if err != nil && model.KindOf(err) == model.KindInvalid {
				continue // drawn values that no customer may have
			}
			if err != nil {
				rt.Fatal(err)
			}
			added = append(added, r.Made)
		}
		var file bytes.Buffer
		if _, err := from.As(model.Solo(from.Agent)).Export(context.Background(), &file, "", store.ExportCSV); err != nil {
			rt.Fatal(err)
		}
		rep, err := to.As(model.Solo(to.Agent)).Import(context.Background(), bytes.NewReader(file.Bytes()), nil, model.ImportOptions{File: "x.csv"}, nil)
		if err != nil || rep.Added != n || rep.Bad != 0 {
			rt.Fatalf("%+v %v\n%s", rep, err, file.String())
		}
		if want, got := cards(t, from), cards(t, to); !slices.Equal(want, got) {
			rt.Fatalf("%q\nbecame %q", want, got)
		}
		if _, err := to.As(model.Solo(to.Agent)).Undo(context.Background(), 0, false); err != nil {
			rt.Fatal(err)
		}
		for range added {
			if _, err := from.As(model.Solo(from.Agent)).Undo(context.Background(), 0, false); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func TestExportJSON(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Zoë <Berg>", "revenue", "12.50", "owner", d.Lead.String())
	d.Customer(t, "Ada Bos")
	var out bytes.Buffer
	rep, err := d.As(model.Solo(d.Agent)).Export(context.Background(), &out, "", store.ExportJSON)
	if err != nil || rep.Customers != 2 {
		t.Fatal(rep, err)
	}
	sc := bufio.NewScanner(&out)
	sc.Scan()
	var line map[string]string
	if err := json.Unmarshal(sc.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	if line["id"] != id.String() || line["name"] != "Zoë <Berg>" || line["revenue"] != "12.50" || line["owner"] != "Anna" || line["added"] == "" {
		t.Errorf("%v", line)
	}
	if _, err := d.As(model.Solo(d.Agent)).Export(context.Background(), &out, "", "xml"); model.KindOf(err) != model.KindUsage {
		t.Error(err)
	}
}

// An export is in the journal once a day for each person.
func TestExportIsJournalled(t *testing.T) {
	d := storetest.New(t)
	count := func() (n int) {
		lines, err := d.As(model.Solo(d.Admin)).Journal(model.NoID, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.Action == model.ActExport {
				n++
			}
		}
		return n
	}
	export := func(who model.ID) {
		if _, err := d.As(model.Solo(who)).Export(context.Background(), &bytes.Buffer{}, "", store.ExportCSV); err != nil {
			t.Fatal(err)
		}
	}
	export(d.Agent)
	export(d.Agent)
	if got := count(); got != 1 {
		t.Errorf("%d lines", got)
	}
	export(d.Lead)
	d.Clock.Add(24 * time.Hour)
	export(d.Agent)
	if got := count(); got != 3 {
		t.Errorf("%d lines", got)
	}
	if _, err := d.As(model.Solo(d.Agent)).Undo(context.Background(), 0, false); model.KindOf(err) != model.KindNotFound {
		t.Errorf("undo of an export: %v", err)
	}
}

// An engine that takes little at a time gets its rows in small batches.
func TestImportWithinLimits(t *testing.T) {
	db, err := bolt.Open(t.TempDir()+"/book.db", bolt.Options{Applier: store.Applier(), NoSync: true, Limits: engine.Limits{Operations: 128, Bytes: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	book := store.New(db, store.Options{})
	defer book.Close()
	r, err := book.Do(context.Background(), model.Actor{}, model.Found{Book: store.NewID(), Person: "Robin", UID: 1})
	if err != nil {
		t.Fatal(err)
	}
	s := book.As(model.Solo(r.Made))
	rep, err := s.Import(context.Background(), strings.NewReader(genCSV(t, 1, 1000)), nil, model.ImportOptions{}, nil)
	if err != nil || rep.Added != 1000 {
		t.Fatalf("%+v %v", rep, err)
	}
	if _, err := s.Undo(context.Background(), 0, false); err != nil {
		t.Fatal(err)
	}
	if p, err := s.Page(model.PageRequest{N: 1}); err != nil || p.Total != 0 {
		t.Error(p.Total, err)
	}
}
