package screen

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

func TestImportCompletesNames(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.files.names["k"] = []string{"klanten oud.csv", "klanten.csv"}
	g.files.names["klanten"] = g.files.names["k"]
	g.files.names["klanten."] = []string{"klanten.csv"}
	value := func(want string) {
		t.Helper()
		if got := g.s.file.in.Value(); got != want {
			t.Fatalf("the name is %q, want %q", got, want)
		}
	}
	g.Type("k")
	g.Key("tab")
	value("klanten")
	g.Contains("klanten oud.csv")
	g.Key("tab")
	value("klanten oud.csv")
	g.Key("tab")
	value("klanten.csv")
	g.Key("tab")
	value("klanten oud.csv")
	g.Key("shift+tab")
	value("klanten.csv")
	for range 4 {
		g.Key("backspace")
	}
	g.Type(".")
	g.Lacks("klanten oud.csv")
	g.Key("tab")
	value("klanten.csv")
	g.Type("?")
	g.Key("tab")
	g.Contains("No file or folder")
	value("klanten.csv?")
}

func TestImportLateNamesAreDropped(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.Type("ab")
	g.Send(importNames{begin: "a", names: []string{"abc"}, by: 1})
	if got := g.s.file.in.Value(); got != "ab" {
		t.Errorf("the name became %q", got)
	}
}

func TestImportCutListCompletesNothing(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	names := make([]string, ListMost)
	for i := range names {
		names[i] = fmt.Sprintf("file%02d", i)
	}
	g.files.names["f"] = names
	g.Type("f")
	g.Key("tab")
	if got := g.s.file.in.Value(); got != "file00" {
		t.Errorf("the name became %q", got)
	}
	g.Keys("shift+tab")
	g.Contains("file49")
}

func TestImportShared(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"abc", "abd"}, "ab"}, {[]string{"ab", "abc"}, "ab"}, {[]string{"a", "b"}, ""},
		{[]string{"zoë", "zoé"}, "zo"}, {[]string{"same", "same"}, "same"},
	} {
		if got := importShared(c.names); got != c.want {
			t.Errorf("%q: got %q, want %q", c.names, got, c.want)
		}
	}
}

func TestImportEmptyNameIsTold(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.Type("  ")
	g.Key("enter")
	g.Contains("Type the name")
	if len(g.book.calls) != 0 {
		t.Error("it looked")
	}
}

func TestImportPastedTextRunsNothing(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.Paste("klanten.csv\n\n")
	if len(g.book.calls) != 0 {
		t.Fatal("a pasted line feed was taken for enter")
	}
	g.look()
	g.Paste("\n")
	g.Key("enter")
	g.Paste("1\n")
	if len(g.book.calls) > 1 {
		t.Fatal("pasted text started the import")
	}
}

func TestImportElsewhere(t *testing.T) {
	for _, change := range []func(*Env){func(e *Env) { e.Book = nil }, func(e *Env) { e.Files = nil }} {
		g := openImport(t, "en", 80, 24, change)
		g.Contains("pasvorm import customers.csv")
		g.Contains("pasvorm import -")
		g.Keys("enter", "tab", "q")
		g.Contains("below")
	}
}

func TestImportTakesARole(t *testing.T) {
	g := openImport(t, "en", 80, 24, func(e *Env) { e.Me.Role = model.RoleNone })
	g.Contains("role")
	g.Type("klanten.csv")
	g.Key("enter")
	if len(g.book.calls) != 0 {
		t.Error("it looked")
	}
}

func TestImportNoRows(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		return model.ImportReport{Encoding: "utf-8", Delimiter: ","}, nil
	}
	g.look()
	g.Keys("c", "x", "j", "G", "pgdown")
	g.Key("enter")
	g.Contains("no customers in this file")
	if len(g.book.calls) != 1 {
		t.Error("it started")
	}
}

func TestImportMoves(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		r := importFound()
		r.LeftOut = nil
		for i := range 500 {
			r.LeftOut = append(r.LeftOut, fmt.Sprintf("column %d", i))
		}
		return r, nil
	}
	g.look()
	g.Key("G")
	g.Contains("▌ column 499")
	g.Key("k")
	g.Contains("▌ column 498")
	g.Contains("column 499")
	g.Key("g")
	g.Contains("▌ Klantnr")
	g.Keys("pgdown", "pgup")
	g.Contains("▌ Klantnr")
	g.Keys("c", "down", "up", "pgdown", "pgup", "esc")
	g.Contains("▌ Klantnr")
}

func TestImportPreviewOfEmptyRows(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		return model.ImportReport{Mapping: "naam=name,=phone", LeftOut: []string{"a,b", ""}, Rows: 2, Added: 2, Preview: []map[string]string{{}, {"name": ""}}}, nil
	}
	g.look()
	g.Contains("▌ naam")
	g.Key("G")
	g.Contains("(no name)")
	g.Key("c")
	g.Contains("no usable name")
	g.Keys("k", "c")
	g.Contains("no usable name")
}

func TestImportFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		widths := rapid.SliceOfN(rapid.IntRange(4, 20), 1, 40).Draw(t, "widths")
		selected := rapid.IntRange(0, len(widths)-1).Draw(t, "selected")
		w := rapid.IntRange(20, 120).Draw(t, "w")
		keys := make([]string, len(widths))
		for i := range keys {
			keys[i] = fmt.Sprint(i)
		}
		got, ws := importFit(keys, widths, selected, w)
		total := -2
		for _, x := range ws {
			total += x + 2
		}
		if total > w || !slices.Contains(got, keys[selected]) || len(got) != len(ws) {
			t.Fatalf("%v of %d cells in %d, selected %d", got, total, w, selected)
		}
	})
}

func TestImportShare(t *testing.T) {
	at := time.Unix(1, 0)
	for _, c := range []struct {
		run   importRun
		want  float64
		known bool
	}{
		{importRun{}, 0, false},
		{importRun{last: importNews{at: at, size: 200, p: model.ImportProgress{Bytes: 50, Phase: "rows"}}}, 0.25, true},
		{importRun{last: importNews{at: at, size: 200, p: model.ImportProgress{Bytes: 500, Phase: "rows"}}}, 1, true},
		{importRun{expected: 10, last: importNews{at: at, p: model.ImportProgress{Rows: 5, Phase: "rows"}}}, 0.5, true},
		{importRun{last: importNews{at: at, p: model.ImportProgress{Rows: 5, Phase: "rows"}}}, 0, false},
		{importRun{last: importNews{at: at, size: 200, p: model.ImportProgress{Phase: "index"}}}, 1, true},
	} {
		if got, known := c.run.share(); got != c.want || known != c.known {
			t.Errorf("%+v: got %v, %v", c.run.last, got, known)
		}
	}
}

// hostileImport puts what may come in a file into every place of a report.
func hostileImport() model.ImportReport {
	bad := []string{"\x1b[31mred\x1b[2J", "\u202Eevil\u2066", "a\u200b\u200db", strings.Repeat("x", 300), "👨‍👩‍👧🏽e\u0301" + strings.Repeat("\u0301", 500),
		"line\nfeed\ttab\x00", "\xff\xfe", "界世界世界世界世界世界世界世界世界世"}
	r := model.ImportReport{Encoding: bad[0], Delimiter: bad[1], Rows: 3, Bad: 2, Added: 2, Doubles: 1, Resumed: true,
		BadRows: []model.BadRow{{Line: 3, Reason: model.Message{ID: "import.map.twice", Args: map[string]any{"Word": bad[0] + bad[1]}}}},
		Notes:   []model.Message{{ID: "import.map.column", Args: map[string]any{"Word": bad[3], "Allowed": bad[4]}}}}
	fields := []string{"name", "phone", "town", "note", "number", "owner", "email", bad[0]}
	row := map[string]string{}
	var parts []string
	for i, b := range bad {
		parts = append(parts, strings.ReplaceAll(b, ",", "")+"="+fields[i])
		row[fields[i]] = b
		r.LeftOut = append(r.LeftOut, b+"!")
	}
	r.Mapping = strings.Join(parts, ",")
	r.Preview = []map[string]string{row, row, row, row, row, row, row}
	return r
}

func TestImportHostileFileShiftsNoRow(t *testing.T) {
	for _, size := range []struct{ w, h int }{{40, 10}, {60, 15}, {80, 24}, {120, 40}, {200, 12}} {
		for _, lang := range text.Languages() {
			g := openImport(t, lang, size.w, size.h, nil)
			name := "\x1b[2Jk\u202E" + strings.Repeat("é", 200) + ".csv"
			g.files.have[name] = "x"
			g.files.names[""] = []string{name, name + "2", "\x1b[31m/x\u200b\n"}
			g.book.play = func(_ context.Context, bad io.Writer, o model.ImportOptions, p func(model.ImportProgress)) (model.ImportReport, error) {
				r := hostileImport()
				if !o.DryRun {
					p(model.ImportProgress{Rows: 1 << 40, Bytes: 1 << 50, Phase: "\x1b[31m"})
					_, err := bad.Write([]byte("x"))
					return r, err
				}
				return r, nil
			}
			g.drawn(t)
			g.Key("tab")
			g.drawn(t)
			g.Key("tab")
			g.s.file.in.SetValue(name)
			g.Key("enter")
			if g.s.step != importMapping {
				t.Fatalf("at step %d:\n%s", g.s.step, g.Screen())
			}
			for range 16 {
				g.drawn(t)
				g.Key("c")
				g.drawn(t)
				g.Keys("esc", "j")
			}
			g.Key("enter")
			g.drawn(t)
			g.Key("enter")
			if g.s.step != importDone {
				t.Fatalf("at step %d:\n%s", g.s.step, g.Screen())
			}
			g.drawn(t)
		}
	}
}

// drawn holds the screen to its own rows: neither header nor footer moved, and
// no row is wider than the window, which Screen looks after.
func (g *importStage) drawn(t *testing.T) {
	t.Helper()
	rows := strings.Split(g.Screen(), "\n")
	if !strings.Contains(rows[0], g.env.T("import.title")) {
		t.Fatalf("the header moved:\n%s", g.Screen())
	}
	for _, r := range rows {
		if strings.ContainsAny(r, "\x1b\x00\u202e\u200b\u2066") {
			t.Fatalf("a row holds what moves others: %q", r)
		}
	}
	for _, size := range []struct{ w, h int }{{41, 9}, {77, 8}} {
		kittest.Draw(t, g.s.View(size.w, size.h), size.w, size.h)
	}
}

func TestImportNarrow(t *testing.T) {
	for _, lang := range text.Languages() {
		g := openImport(t, lang, 40, 10, nil)
		g.Golden("import.narrow.name." + lang)
		g.look()
		g.Key("G")
		g.Golden("import.narrow.plan." + lang)
		g.Keys("enter", "enter")
		g.Golden("import.narrow.done." + lang)
	}
}

// TestImportLongContent has every part of the page longer than its room.
func TestImportLongContent(t *testing.T) {
	for _, lang := range text.Languages() {
		g := openImport(t, lang, 80, 24, nil)
		g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
			r := importFound()
			for i := range 40 {
				r.LeftOut = append(r.LeftOut, fmt.Sprintf("kolom met een lange naam die niemand ooit leest, nummer %d", i))
				r.BadRows = append(r.BadRows, model.BadRow{Line: 10000 + i, Reason: model.Message{ID: "import.value.relation"}})
				r.Notes = append(r.Notes, model.Message{ID: "import.map.column", Args: map[string]any{"Word": strings.Repeat("lang ", 40)}})
			}
			r.Bad = len(r.BadRows)
			return r, nil
		}
		g.look()
		g.Key("G")
		g.Golden("import.long.plan." + lang)
		g.Keys("enter", "enter")
		g.Golden("import.long.done." + lang)
		g.Lacks("10039")
		g.Keys("G")
		g.Contains("10039")
		g.Keys("k", "pgup", "g")
		g.Golden("import.long.done." + lang)
	}
}

func TestImportTextsExist(t *testing.T) {
	for _, lang := range text.Languages() {
		g := openImport(t, lang, 80, 24, nil)
		named := func(where string) {
			for _, c := range g.s.Commands() {
				if strings.HasPrefix(c.ID, "import.") && (!g.env.Text.Has("cmd."+c.ID) || !g.env.Text.Has("cmd."+c.ID+".short")) {
					t.Errorf("%s, %s: %s has no words", lang, where, c.ID)
				}
			}
		}
		for _, f := range importFields {
			if !g.env.Text.Has("field." + f) {
				t.Errorf("%s: field %s has no words", lang, f)
			}
		}
		named("name")
		g.look()
		named("plan")
		g.Key("c")
		named("pick")
		g.Keys("esc", "enter")
		named("ask")
		g.Key("enter")
		named("done")
		g.s.step = importStopped
		named("stopped")
		g.s.step = importRunning
		named("running")
	}
}
