package screen

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
	"pasvorm/ui"
)

// importReal is a real book with no more than an import needs.
type importReal struct {
	ui.Book
	s *store.Session
}

func (b importReal) Now() time.Time { return b.s.Now() }

func (b importReal) Import(ctx context.Context, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
	return b.s.Import(ctx, src, bad, o, progress)
}

// importDisk are files on disk.
type importDisk struct{ importFiles }

func (*importDisk) Open(name string) (io.ReadCloser, int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	st, err := f.Stat()
	return f, st.Size(), err
}

// TestImportTourOnARealBook goes the whole way with the file that ships, which
// is as messy as such files are.
func TestImportTourOnARealBook(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "tour", "export.csv"))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	d := storetest.New(t)
	s := d.As(model.Solo(d.Agent))
	disk := &importDisk{importFiles{made: map[string]*importMade{}}}
	g := openImport(t, "nl", 120, 40, func(e *Env) {
		book := importReal{s: s}
		e.Book, e.Desk, e.Files = book, book, disk
	})
	g.Type(name)
	g.Key("enter")
	if r := g.s.plan.report; g.s.step != importMapping || r.Encoding != "windows-1252" || r.Delimiter != ";" || r.Preview[0]["name"] != "Zoë van der Meulen" {
		t.Fatalf("at step %d: %s %+v", g.s.step, g.s.file.wrong, r)
	}
	customers := func() int {
		totals, err := s.Totals()
		if err != nil {
			t.Fatal(err)
		}
		return totals.Customers
	}
	if n := customers(); n != 0 {
		t.Fatalf("a look brought %d customers in", n)
	}

	// A column left out can be taken in again under the name the report has.
	was := g.s.plan.report.Mapping
	for i := range g.s.plan.columns {
		g.s.plan.cur = i
		c := g.s.plan.columns[i]
		if c.field == "" || c.field == "number" {
			continue
		}
		g.Key("x")
		if g.s.wrong != "" || len(g.s.plan.columns) <= i || g.s.plan.columns[i].field != "" {
			t.Fatalf("column %s was not left out: %s", c.key, g.s.wrong)
		}
		g.Key("c")
		g.s.pick.in.SetValue("")
		for k, o := range g.s.pick.options {
			if o.Value == c.field {
				g.s.pick.cur = k
			}
		}
		g.Key("enter")
		if g.s.wrong != "" || g.s.plan.report.Mapping != was {
			t.Fatalf("column %s did not come back: %s %s", c.key, g.s.wrong, g.s.plan.report.Mapping)
		}
	}

	plan := g.s.plan.report
	g.Keys("enter", "enter")
	if g.s.step != importDone {
		t.Fatalf("at step %d: %s", g.s.step, g.s.wrong)
	}
	if n := customers(); n != plan.Added || n == 0 || g.s.report.Added != plan.Added || g.s.report.Bad != plan.Bad {
		t.Errorf("%d customers; the look said %+v, the import %+v", n, plan, g.s.report)
	}
	made := disk.made[name+".bad.csv"]
	if (plan.Bad > 0) != (made != nil) || made != nil && (!made.closed || !strings.HasPrefix(made.String(), "Klantnr;")) {
		t.Errorf("%d bad lines, the file for them: %v", plan.Bad, made)
	}
	if _, err := s.Undo(t.Context(), 0, false); err != nil {
		t.Fatal(err)
	}
	if n := customers(); n != 0 {
		t.Errorf("after taking it back there are %d customers", n)
	}
}
