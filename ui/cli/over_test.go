package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
)

// bench is somebody with files of their own, and a book that is open here or at a
// server.
type bench struct {
	hall
	dir      string
	terminal bool
	typed    string
	sent     []Sent
}

// atOnce is a library that has the book open here.
type atOnce struct{ hall }

func (l atOnce) Open(context.Context, ui.Opening) (ui.Book, error) {
	return l.hall.Open(context.Background(), ui.Opening{})
}

func newBench(t *testing.T) *bench {
	b := &bench{hall: newHall(t), dir: t.TempDir()}
	b.desk.Customer(t, "Petra Jansen", "number", "1", "town", "Utrecht")
	return b
}

func (b *bench) put(name, words string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(words), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// mine are the streams and the files of who calls.
func (b *bench) mine(out, errs io.Writer) Deps {
	return Deps{Library: atOnce{b.hall}, In: strings.NewReader(b.typed), Out: out, Err: errs, Env: func(k string) string {
		return map[string]string{"TERM": "xterm", "NO_COLOR": "1"}[k]
	}, Interactive: b.terminal, ErrTerminal: b.terminal,
		CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook, Version: "test",
		Beside: func(name string) (io.WriteCloser, string, error) {
			f, err := os.OpenFile(name+".bad.csv", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // of the test
			return f, name + ".bad.csv", err
		}}
}

// here carries a call out on a book that is open here.
func (b *bench) here(args ...string) (int, string, string) {
	b.t.Chdir(b.dir)
	var out, errs bytes.Buffer
	code := Run(b.t.Context(), args, b.mine(&out, &errs))
	return code, out.String(), errs.String()
}

// over carries a call out over a line.
func (b *bench) over(args ...string) (int, string, string) {
	b.t.Chdir(b.dir)
	var out, errs bytes.Buffer
	p := NewPlan(args, b.mine(&out, &errs))
	if p.Here() {
		b.t.Fatalf("%v stays here", args)
	}
	code := p.Over(b.t.Context(), func(ctx context.Context, s Sent) (int, error) {
		b.sent = append(b.sent, s)
		return Run(ctx, s.Args, b.deps(s.In, s.Out, s.Err)), nil
	})
	return code, out.String(), errs.String()
}

// files gives every file with what is in it.
func (b *bench) files() map[string]string {
	b.t.Helper()
	all, err := os.ReadDir(b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range all {
		raw, err := os.ReadFile(filepath.Join(b.dir, f.Name()))
		if err != nil {
			b.t.Fatal(err)
		}
		out[f.Name()] = string(raw)
		if st, err := f.Info(); err != nil || st.Mode().Perm() != 0o600 {
			b.t.Errorf("%s has mode %v, %v", f.Name(), st.Mode(), err)
		}
	}
	return out
}

const rows = "nr;naam;plaats\n1;Petra Jansen;Zeist\n2;Ben \"B\" Bos;Doorn\n3;;Nergens\n4;\xc3\x28;Utrecht\n"

// TestOverALineIsAsHere carries calls out both ways and compares what is printed,
// the exit code and the files that they leave.
func TestOverALineIsAsHere(t *testing.T) {
	key := "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUKbpuFpPVZ9nVw5jP5GuJ3V8DuRtRtHAUQnq7LC9pz karin@desk\n"
	for _, call := range [][]string{
		{"import", "c.csv"},
		{"import", "c.csv", "--json"},
		{"import", "c.csv", "--dry-run"},
		{"import", "c.csv", "--bad", "mine.csv"},
		{"import", "c.csv", "--bad", "-"},
		{"import", "c.csv", "--bad", "-", "--json"},
		{"import", "c.csv", "--bad", "taken.csv"},
		{"import", "c.csv", "--map", "nr=number,naam=name"},
		{"import", "c.csv", "--map", "nonsense"},
		{"import", "none.csv"},
		{"import", "."},
		{"finance", "import", "f.csv"},
		{"finance", "import", "f.csv", "--json"},
		{"survey", "import", "c.csv"},
		{"playbook", "load", "bad.toml"},
		{"playbook", "load", "bad.toml", "--json"},
		{"people", "key", "add", "Karin", "k.pub"},
		{"people", "key", "add", "Karin", "c.csv"},
		{"export", "--csv", "--out", "out.csv"},
		{"export", "--csv", "--out", "taken.csv"},
		{"export", "--csv", "--out", "taken.csv", "--force"},
		{"export", "--json", "--out", "none/out.csv"},
		{"export", "--csv", "--out", "-"},
		{"export", "--csv"},
		{"report", "week", "--html", "w.html"},
		{"report", "week", "--html", "w.html", "--json"},
		{"report", "week", "--html", "w.html", "--md"},
		{"report", "week", "--html", "taken.csv"},
		{"report", "week", "--html", "-"},
		{"report", "week"},
		{"find", "town:utrecht", "-kind:business", "--limit=3"},
		{"find", "jansen", "--json", "--lang", "nl"},
		{"edit", "1", "note=it's “odd”", "town=Den Haag"},
		{"add", "--", "-x"},
		{"tag", "1", "2", "--saw=--json \"x\" 'y'"},
		{"show", "nobody"},
	} {
		t.Run(strings.Join(call, " "), func(t *testing.T) {
			var code [2]int
			var out, errs [2]string
			var files [2]map[string]string
			for i := range 2 {
				b := newBench(t)
				b.put("c.csv", rows)
				b.put("f.csv", "number;revenue\n1;100\n99;5\n1;x\n")
				b.put("bad.toml", "x = \n")
				b.put("k.pub", key)
				b.put("taken.csv", "theirs")
				do := b.here
				if i == 1 {
					do = b.over
				}
				code[i], out[i], errs[i] = do(call...)
				files[i] = b.files()
				for _, s := range b.sent {
					for _, name := range []string{"mine.csv", "out.csv", "w.html", "taken.csv", b.dir} {
						if strings.Contains(strings.Join(s.Args, " "), name) {
							t.Errorf("%s was named there: %q", name, s.Args)
						}
					}
				}
			}
			if code[0] != code[1] || out[0] != out[1] {
				t.Errorf("here  %d %q\nthere %d %q", code[0], out[0], code[1], out[1])
			}
			if code[0] != 0 && errs[0] != errs[1] {
				t.Errorf("here  %q\nthere %q", errs[0], errs[1])
			}
			if len(files[0]) != len(files[1]) {
				t.Errorf("here %v\nthere %v", files[0], files[1])
			}
			for name, want := range files[0] {
				if files[1][name] != want {
					t.Errorf("%s\nhere  %q\nthere %q", name, want, files[1][name])
				}
			}
		})
	}
}

// TestAtATerminalWhatIsReadIsAgreedTo shows the preview first, takes other columns,
// and reads in what was agreed to.
func TestAtATerminalWhatIsReadIsAgreedTo(t *testing.T) {
	for _, typed := range []string{"y\n", "n\n", "", "nr=number,naam=nonsense\nnr=number,naam=name\ny\n"} {
		var out [2]string
		for i := range 2 {
			b := newBench(t)
			b.terminal, b.typed = true, typed
			b.put("c.csv", rows)
			do := b.here
			if i == 1 {
				do = b.over
			}
			code, o, _ := do("import", "c.csv")
			if code != 0 {
				t.Errorf("%q: %d", typed, code)
			}
			out[i] = o
			_, kept := b.files()["c.csv.bad.csv"]
			if want := strings.HasSuffix(typed, "y\n"); kept != want {
				t.Errorf("%q: bad lines kept: %t", typed, kept)
			}
		}
		// What is wrong with columns is an answer here and an error there.
		if out[0] != out[1] && !strings.Contains(typed, "nonsense") {
			t.Errorf("%q\nhere  %q\nthere %q", typed, out[0], out[1])
		}
		if strings.Contains(typed, "=name") && !strings.Contains(out[1], "Columns: nr=number,naam=name\n") {
			t.Errorf("%q: %q", typed, out[1])
		}
	}
}

// TestWhoIsNotSaid refuses to be somebody else.
func TestWhoIsNotSaid(t *testing.T) {
	b := newBench(t)
	code, _, errs := b.over("find", "jansen", "--as", "Karin")
	if code != exitUsage || !strings.Contains(errs, "--as") || len(b.sent) != 0 {
		t.Errorf("%d %q", code, errs)
	}
}

// TestOnlyWhoReadsIsGivenInput holds that a call in a loop over lines leaves them
// to the loop.
func TestOnlyWhoReadsIsGivenInput(t *testing.T) {
	for _, c := range []struct {
		call     string
		terminal bool
		want     bool
	}{
		{"find jansen", false, false}, {"find jansen", true, false}, {"show 1", true, false}, {"today", false, false},
		{"find --batch", false, true}, {"find --keystrokes", false, true},
		{"fit 1", false, true}, {"fit 1", true, true},
		{"merge 1 2", true, true}, {"merge 1 2", false, false}, {"review approve 1", true, true}, {"review approve 1", false, false},
		{"import -", false, true}, {"playbook load -", false, true}, {"people key add Karin -", false, true},
		{"", true, true},
	} {
		b := newBench(t)
		b.terminal = c.terminal
		d := b.mine(io.Discard, io.Discard)
		d.Console = func(context.Context, ui.Book, Options) error { return nil }
		p := NewPlan(strings.Fields(c.call), d)
		if p.Here() {
			t.Fatalf("%s stays here", c.call)
		}
		p.Over(t.Context(), func(_ context.Context, s Sent) (int, error) {
			if (s.In != nil) != c.want {
				t.Errorf("%q at a terminal %t: input %t", c.call, c.terminal, s.In != nil)
			}
			return 0, nil
		})
	}
}

func TestWhatStaysHere(t *testing.T) {
	d := newBench(t).mine(io.Discard, io.Discard)
	for call, want := range map[string]bool{
		"": true, "--help": true, "-h": true, "find --help": true, "help find": true, "--version": true, "version": true,
		"init": true, "init --group x": true, "demo": true, "serve": true, "completion bash": true, "man": true, "attach": true,
		"playbook check x.toml": true, "fit --batch": true, "report": true, "finance": true, "report week": false,
		"nonsense": true, "find --nonsense": true, "show": true, "--lang xx find x": true, "__complete find x": true, "find x --limit=x": true,
		"find x": false, "fit x": false, "playbook show": false, "playbook": false, "doctor": false, "people": false, "import x --dry-run": false,
		"--book b find x": false, "--socket s doctor": false,
	} {
		p := NewPlan(strings.Fields(call), d)
		if p.Here() != want {
			t.Errorf("%q stays here: %t", call, !want)
		}
		if p.Attach() != (call == "attach") {
			t.Errorf("%q attaches: %t", call, p.Attach())
		}
	}
	p := NewPlan([]string{"find", "--book=b", "x", "--socket", "s"}, d)
	if p.Book() != "b" || p.Socket() != "s" {
		t.Errorf("book %q socket %q", p.Book(), p.Socket())
	}
	d.Interactive, d.Console = true, func(context.Context, ui.Book, Options) error { return nil }
	if NewPlan(nil, d).Here() {
		t.Error("the console stays here")
	}
}

// TestSaidAnewIsTheSame holds that a call that was said anew says the same when it
// is said anew again, whatever its words are.
func TestSaidAnewIsTheSame(t *testing.T) {
	d := newBench(t).mine(io.Discard, io.Discard)
	word := rapid.OneOf(rapid.StringMatching(`[ -~é]{0,8}`), rapid.SampledFrom([]string{"--json", "--", "-", "a,b", `a"b`, "-kind:x", " x", "=", "[x]", "note=é"}))
	rapid.Check(t, func(t *rapid.T) {
		flags := map[string][]string{"merge": {"--take", "--leave", "--name"}, "survey add": {"--describe", "--topic", "--topic"}, "find": {"--view"}}
		verb := rapid.SampledFrom([]string{"merge", "survey add", "find"}).Draw(t, "verb")
		args := strings.Fields(verb)
		var values []string
		for _, f := range flags[verb] {
			v := word.Filter(func(s string) bool { return f != "--take" && f != "--leave" || !strings.ContainsAny(s, "\"") }).Draw(t, f)
			args, values = append(args, f+"="+v), append(values, v)
		}
		words := rapid.SliceOfN(word, 1, 3).Draw(t, "words")
		switch verb {
		case "merge":
			words = append(words, "x")[:2]
		case "survey add":
			words = words[:1]
		}
		args = append(append(args, "--"), words...)
		p := NewPlan(args, d)
		if p.Here() {
			t.Fatalf("%q stays here", args)
		}
		if !slices.Equal(p.words, words) {
			t.Fatalf("%q has words %q", args, p.words)
		}
		once := p.args(p.words, nil)
		again := NewPlan(once, d)
		if again.Here() || !slices.Equal(again.args(again.words, nil), once) || !slices.Equal(again.words, words) {
			t.Fatalf("%q became %q", args, once)
		}
		for i, f := range flags[verb] {
			if f != "--take" && f != "--leave" && f != "--topic" && again.text(f[2:]) != values[i] {
				t.Fatalf("%s %q became %q", f, values[i], again.text(f[2:]))
			}
		}
	})
}

// TestPartsComeInAnyPieces holds that what is parted comes together, however the
// line cuts it.
func TestPartsComeInAnyPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var line, out, bad, wantOut, wantBad bytes.Buffer
		p := &parts{w: &line}
		for _, s := range rapid.SliceOf(rapid.SliceOf(rapid.Byte())).Draw(t, "pieces") {
			to, want := p.out(), &wantOut
			if len(s)%2 == 1 {
				to, want = p.bad(), &wantBad
			}
			want.Write(s)
			if _, err := to.Write(s); err != nil {
				t.Fatal(err)
			}
		}
		p.mapping("a=b")
		to := &apart{out: &out, bad: &bad}
		n := rapid.IntRange(1, 50).Draw(t, "cut")
		for b := line.Bytes(); len(b) > 0; {
			k := min(n, len(b))
			if _, err := to.Write(b[:k]); err != nil {
				t.Fatal(err)
			}
			b = b[k:]
		}
		if out.String() != wantOut.String() || bad.String() != wantBad.String() || to.mapping != "a=b" {
			t.Fatalf("%q %q %q", out.String(), bad.String(), to.mapping)
		}
	})
	if _, err := (&apart{out: io.Discard, bad: io.Discard}).Write([]byte("no part\n")); err == nil {
		t.Error("anything is a part")
	}
}

// TestABadFileThatCannotBeKeptIsTold holds that lost bad lines are no success.
func TestABadFileThatCannotBeKeptIsTold(t *testing.T) {
	b := newBench(t)
	b.put("c.csv", rows)
	b.t.Chdir(b.dir)
	var out, errs bytes.Buffer
	d := b.mine(&out, &errs)
	d.Beside = func(string) (io.WriteCloser, string, error) {
		return nil, "", model.NewError(model.KindReadOnly, "import.file.beside", "File", "c.csv")
	}
	code := NewPlan([]string{"import", "c.csv"}, d).Over(t.Context(), func(ctx context.Context, s Sent) (int, error) {
		c := Run(ctx, s.Args, b.deps(s.In, s.Out, s.Err))
		return c, nil
	})
	if code != exitReadOnly || errs.Len() == 0 {
		t.Errorf("%d %q", code, errs.String())
	}
}

// TestALineThatFailsLeavesNoFile holds that half an export is none.
func TestALineThatFailsLeavesNoFile(t *testing.T) {
	b := newBench(t)
	b.t.Chdir(b.dir)
	for _, c := range []struct {
		code int
		err  error
		want int
	}{{6, nil, 6}, {0, model.NewError(model.KindLost, "error.attach.lost"), exitLost}, {0, context.Canceled, 1}} {
		var errs bytes.Buffer
		code := NewPlan([]string{"export", "--csv", "--out", "x.csv"}, b.mine(io.Discard, &errs)).Over(t.Context(), func(_ context.Context, s Sent) (int, error) {
			_, _ = io.WriteString(s.Out, "half")
			return c.code, c.err
		})
		if code != c.want || len(b.files()) != 0 || (errs.Len() > 0) != (c.err != nil) {
			t.Errorf("%+v: %d %q %v", c, code, errs.String(), b.files())
		}
	}
}
