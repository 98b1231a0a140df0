package screen

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

func TestImportStates(t *testing.T) {
	importGoldens(t, "empty", nil, func(*importStage) {})
	importGoldens(t, "elsewhere", func(e *Env) { e.Files = nil }, func(*importStage) {})
	importGoldens(t, "missing", nil, func(g *importStage) { g.Type("kalnten.csv"); g.Key("enter") })
	importGoldens(t, "names", nil, func(g *importStage) {
		g.files.names["~/k"] = []string{"~/kast/", "~/klanten oud.csv", "~/klanten.csv"}
		g.Type("~/k")
		g.Keys("tab", "tab")
	})
	importGoldens(t, "plan", nil, func(g *importStage) { g.look(); g.Keys("j", "j") })
	importGoldens(t, "pick", nil, func(g *importStage) { g.look(); g.Keys("j", "c") })
	importGoldens(t, "ask", nil, func(g *importStage) { g.look(); g.Key("enter") })
	importGoldens(t, "done", nil, func(g *importStage) { g.look(); g.Keys("enter", "enter") })
	importGoldens(t, "checking", nil, func(g *importStage) {
		g.Type("klanten.csv")
		g.held.hold = true
		g.Key("enter")
		g.progress(model.ImportProgress{Rows: 4100, Bytes: 300, Phase: "rows"}, 1000)
	})
	importGoldens(t, "running", nil, func(g *importStage) {
		g.running()
		g.progress(model.ImportProgress{Rows: 1000, Bytes: 80, Phase: "rows"}, 1000)
		g.book.now = g.book.now.Add(2 * time.Second)
		g.progress(model.ImportProgress{Rows: 5600, Bytes: 450, Phase: "rows"}, 1000)
	})
	importGoldens(t, "stopped", nil, func(g *importStage) {
		g.running()
		g.progress(model.ImportProgress{Rows: 5600, Bytes: 450, Phase: "rows"}, 1000)
		g.Key("esc")
		g.held.hold = false
		g.Send(importEnded{run: g.s.run, err: context.Canceled})
	})
}

// running starts the import and keeps its commands back.
func (g *importStage) running() {
	g.look()
	g.Key("enter")
	g.held.hold = true
	g.Key("enter")
}

func (g *importStage) progress(p model.ImportProgress, size int64) {
	g.Send(importNews{run: g.s.run, p: p, size: size, at: g.book.now})
}

func TestImportWholeWay(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.look()
	g.Contains("Windows-1252")
	g.Contains("12,413 rows")
	if c := g.book.calls; len(c) != 1 || !c[0].DryRun || c[0].Mapping != "" || c[0].Size != 20 || c[0].File != "klanten.csv" {
		t.Fatalf("the look asked %+v", c)
	}
	if len(g.files.made) != 0 {
		t.Error("a look wrote a file")
	}
	g.Key("enter")
	g.Contains("Import 12,408 customers?")
	if len(g.book.calls) != 1 {
		t.Fatal("it started without asking")
	}
	g.Key("enter")
	if c := g.book.calls; len(c) != 2 || c[1].DryRun || c[1].Mapping != importFound().Mapping || g.book.read[1] != g.files.have["klanten.csv"] {
		t.Fatalf("the import asked %+v", c)
	}
	g.Contains("✓ klanten.csv is in")
	g.Contains("klanten.csv.bad.csv")
	if m := g.files.made["klanten.csv.bad.csv"]; m == nil || m.String() != "the bad lines\n" || !m.closed {
		t.Errorf("the bad lines: %+v", m)
	}
	g.Key("enter")
	g.Contains("below")
}

func TestImportIsAskedOnce(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.look()
	for _, keys := range [][]string{{"enter", "esc"}, {"enter", "j", "enter"}, {"enter", "2", "enter"}} {
		g.Keys(keys...)
		g.Contains("Column")
		if len(g.book.calls) != 1 {
			t.Fatalf("%v started it", keys)
		}
	}
	g.Key("enter")
	g.Send(tea.KeyPressMsg{Code: tea.KeyEnter, IsRepeat: true})
	if len(g.book.calls) != 1 {
		t.Error("a key held down started it")
	}
}

func TestImportWithoutBadLinesMakesNoFile(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		return model.ImportReport{Encoding: "utf-8", Delimiter: ",", Mapping: "name=name", Rows: 1, Added: 1}, nil
	}
	g.look()
	g.Lacks("cannot be read")
	g.Keys("enter", "enter")
	g.Contains("1 customer")
	g.Lacks("Not read")
	if len(g.files.made) != 0 {
		t.Errorf("made %v", g.files.made)
	}
}

func TestImportHearsFirstThatBadLinesHaveNoPlace(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.files.full = true
	g.look()
	g.Keys("enter", "enter")
	g.Contains("none can be made there")
	g.Contains("Column")
	if len(g.book.calls) != 1 {
		t.Error("it started nevertheless")
	}
}

func TestImportMapping(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.look()
	last := func() string { return g.book.calls[len(g.book.calls)-1].Mapping }

	g.Keys("j", "c") // Achternaam, last
	g.Type("compa")
	g.Key("enter")
	if want := "Klantnr=number,Achternaam=company,Tel.=phone,E-mail=email,Woonplaats=town,Omzet 2025=revenue"; last() != want {
		t.Fatalf("asked %q, want %q", last(), want)
	}
	// A field that another column has goes over to this one.
	g.Key("c")
	g.Type("phone")
	g.Key("enter")
	if want := "Klantnr=number,Achternaam=phone,E-mail=email,Woonplaats=town,Omzet 2025=revenue"; last() != want {
		t.Fatalf("asked %q, want %q", last(), want)
	}
	g.Keys("j", "x")
	if want := "Klantnr=number,Achternaam=phone,Woonplaats=town,Omzet 2025=revenue"; last() != want {
		t.Fatalf("asked %q, want %q", last(), want)
	}
	n := len(g.book.calls)
	g.Key("c")
	g.Type("zzz")
	g.Contains("No field has these words")
	g.Keys("enter", "esc")
	g.Keys("c", "enter", "enter", "esc") // the field it has already; then the question
	if len(g.book.calls) != n+1 && len(g.book.calls) != n {
		t.Errorf("%d looks more", len(g.book.calls)-n)
	}
}

func TestImportColumnsKeepTheirPlace(t *testing.T) {
	g := openImport(t, "en", 120, 40, nil)
	g.book.play = func(_ context.Context, _ io.Writer, o model.ImportOptions, _ func(model.ImportProgress)) (model.ImportReport, error) {
		r := importFound()
		if o.Mapping != "" {
			r.Mapping = o.Mapping
			r.LeftOut = nil
			for _, key := range []string{"Klantnr", "Achternaam", "Tel.", "E-mail", "Woonplaats", "Rayon", "Omzet 2025", "Klant sinds"} {
				if !strings.Contains(","+o.Mapping, ","+key+"=") {
					r.LeftOut = append(r.LeftOut, key)
				}
			}
		}
		return r, nil
	}
	g.look()
	order := func() (keys []string) {
		for _, c := range g.s.plan.columns {
			keys = append(keys, c.key)
		}
		return keys
	}
	before := strings.Join(order(), "|")
	g.Keys("j", "x")
	if after := strings.Join(order(), "|"); after != before {
		t.Errorf("%s became %s", before, after)
	}
	if c, _ := g.s.plan.current(); c.key != "Achternaam" || c.field != "" {
		t.Errorf("the cursor is on %+v", c)
	}
	n := len(g.book.calls)
	g.Key("x")
	g.Contains("left out already")
	if len(g.book.calls) != n {
		t.Error("it looked again for nothing")
	}
	g.Keys("g", "x", "j", "j", "x", "j", "x", "j", "x", "j")
	n = len(g.book.calls)
	g.Key("x")
	g.Contains("At least one column")
	if len(g.book.calls) != n {
		t.Error("the last column was left out")
	}
}

func TestImportColumnsWithoutHeaderStay(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.book.play = func(_ context.Context, _ io.Writer, o model.ImportOptions, _ func(model.ImportProgress)) (model.ImportReport, error) {
		r := model.ImportReport{Mapping: "#1=name,#2=phone,#3=town", Rows: 1, Added: 1}
		if o.Mapping != "" {
			r.Mapping = o.Mapping
		}
		return r, nil
	}
	g.look()
	g.Keys("j", "x")
	if m := g.book.calls[1].Mapping; m != "#1=name,#3=town" {
		t.Fatalf("asked %q", m)
	}
	g.Contains("▌ #2")
	g.Key("c")
	g.Type("e-mail")
	g.Key("enter")
	if m := g.book.calls[2].Mapping; m != "#1=name,#2=email,#3=town" {
		t.Fatalf("asked %q", m)
	}
}

func TestImportRefusedMappingKeepsTheOldOne(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.look()
	was := g.s.plan.report.Mapping
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		return model.ImportReport{}, model.Invalid("import.map.twice", "Word", "x\x1b[31m")
	}
	g.Keys("j", "x")
	g.Contains("is named twice")
	if g.s.plan.report.Mapping != was || g.s.step != importMapping {
		t.Error("the old mapping is gone")
	}
	g.Key("esc")
	g.Contains("Which file")
	g.Key("enter")
	g.Contains("is named twice")
	g.Contains("Which file")
}

func TestImportStop(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.look()
	g.Key("enter")
	began := make(chan struct{})
	g.book.play = func(ctx context.Context, _ io.Writer, _ model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
		for i := range 1000 { // nobody listens, and it must not wait for them
			progress(model.ImportProgress{Rows: i + 1, Phase: "rows"})
		}
		close(began)
		<-ctx.Done()
		return model.ImportReport{}, ctx.Err()
	}
	g.held.hold = true
	g.Key("enter")
	answers := importGo(g.held.cmds)
	<-began
	g.Key("esc")
	g.Contains("stopping")
	g.Key("esc")
	g.Contains("stopping")
	g.held.hold = false
	for g.s.step == importRunning {
		select {
		case msg := <-answers:
			g.held.hold = true // the listening is not gone on with
			g.Send(msg)
			g.held.hold = false
		case <-time.After(kittest.Limit):
			t.Fatal("it does not end")
		}
	}
	g.Contains("The import of klanten.csv was stopped")
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		return model.ImportReport{Encoding: "utf-8", Rows: 3, Added: 3, Resumed: true}, nil
	}
	g.Key("enter")
	g.Contains("stopped earlier")
	if c := g.book.calls; len(c) != 3 || c[2].Mapping != c[1].Mapping {
		t.Errorf("going on asked %+v", c)
	}
}

// importGo runs commands at once, batches of them too.
func importGo(cmds []tea.Cmd) chan tea.Msg {
	out := make(chan tea.Msg, 100)
	var run func(tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() {
			msg := cmd()
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, c := range batch {
					run(c)
				}
				return
			}
			out <- msg
		}()
	}
	for _, cmd := range cmds {
		run(cmd)
	}
	return out
}

func TestImportListenGivesTheNewest(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	r := newImportRun(g.env, "x", "", false)
	for i := range 5 {
		r.post(importNews{run: r, p: model.ImportProgress{Rows: i}})
	}
	n, ok := r.listen(0)().(importNews)
	if !ok || n.p.Rows != 4 {
		t.Errorf("got %+v", n)
	}
	close(r.over)
	if msg := r.listen(time.Hour)(); msg != nil {
		t.Errorf("after the end: %v", msg)
	}
}

func TestImportLeavingEndsTheRun(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	if g.s.Closing() != nil {
		t.Error("nothing runs")
	}
	g.running()
	s := g.s
	ended := make(chan struct{})
	g.book.play = func(ctx context.Context, _ io.Writer, _ model.ImportOptions, _ func(model.ImportProgress)) (model.ImportReport, error) {
		<-ctx.Done()
		close(ended)
		return model.ImportReport{}, ctx.Err()
	}
	importGo(g.held.cmds)
	msg := s.Closing()()
	select {
	case <-ended:
	default:
		t.Fatal("it did not wait for the end")
	}
	if n, ok := msg.(kit.Notice); !ok || !strings.Contains(n.Text, "again") {
		t.Errorf("got %v", msg)
	}
}

func TestImportStoppedLookGoesBackToTheName(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.Type("klanten.csv")
	g.held.hold = true
	g.Keys("enter", "esc")
	g.held.hold = false
	g.Send(importEnded{run: g.s.run, err: context.Canceled})
	g.Contains("Which file")
	g.Contains("klanten.csv")
	g.Keys("esc")
	g.Contains("below")
}

func TestImportOldAnswersAreDropped(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.look()
	old := g.s.run
	g.Key("esc")
	g.Type("x")
	g.Key("enter")
	g.Contains("There is no file klanten.csvx")
	g.Send(importEnded{run: old, report: importFound()})
	g.Send(importNews{run: old, p: model.ImportProgress{Rows: 1}, at: g.book.now})
	g.Contains("There is no file klanten.csvx")
}

func TestImportErrorsOfTheProgramHaveASentence(t *testing.T) {
	g := openImport(t, "en", 80, 24, nil)
	g.book.play = func(context.Context, io.Writer, model.ImportOptions, func(model.ImportProgress)) (model.ImportReport, error) {
		return model.ImportReport{}, errors.New("secret inner text")
	}
	g.look()
	g.Lacks("secret")
	g.Contains(g.env.Say.Error(errors.New("x"))[:20])
}
