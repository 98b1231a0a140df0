package cli

import (
	"bytes"
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
	"pasvorm/ui"
)

// served is a real book as a server gives it to one person.
type served struct {
	*store.Session
	book *store.Book
}

func (served) Close() error { return nil }
func (s served) Doctor(ctx context.Context, p func(int)) (model.DoctorReport, error) {
	return s.book.Doctor(ctx, p)
}
func (s served) VerifyHead(rev model.Rev, head []byte) error    { return s.book.VerifyHead(rev, head) }
func (s served) Rebuild(ctx context.Context, p func(int)) error { return s.book.Rebuild(ctx, p) }

// hall is the library of a server.
type hall struct {
	t    *testing.T
	desk *storetest.Desk
	who  model.ID
}

func (h hall) DefaultPath() string { return "" }
func (h hall) Open(_ context.Context, o ui.Opening) (ui.Book, error) {
	if o.Path != "" || o.As != "" || o.Group != "" || o.Fresh {
		h.t.Errorf("asked for %+v", o)
	}
	return served{h.desk.As(model.Solo(h.who)), h.desk.Book}, nil
}

func (h hall) OpenSample(context.Context, string) (ui.Book, error) {
	h.t.Error("a sample was asked for")
	return nil, errors.New("no sample")
}

func newHall(t *testing.T) hall {
	d := storetest.New(t)
	return hall{t, d, d.Admin}
}

// remotely carries a call out as a server does. What only goes on one's own
// machine fails the test.
func (h hall) remotely(ctx context.Context, in io.Reader, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = Run(ctx, args, h.deps(in, &o, &e))
	return code, o.String(), e.String()
}

func (h hall) deps(in io.Reader, out, errs io.Writer) Deps {
	if in == nil {
		in = strings.NewReader("")
	}
	return Deps{Library: h, In: in, Out: out, Err: errs, Env: func(k string) string {
		if !slices.Contains([]string{"LANG", "LC_ALL", "LC_MESSAGES", "TERM", "COLORTERM", "NO_COLOR"}, k) {
			h.t.Errorf("the environment was asked for %s", k)
		}
		return ""
	}, CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook, Remote: true, Version: "test",
		Self: func(context.Context, ...string) (*exec.Cmd, error) {
			h.t.Error("a process was asked for")
			return nil, errors.New("no process")
		},
		Beside: func(string) (io.WriteCloser, string, error) {
			h.t.Error("a file beside another was asked for")
			return nil, "", errors.New("no file")
		},
		Account: func(string) (int, error) { return 0, errors.New("nobody") },
		Serve: func(context.Context, ServeOptions) error {
			h.t.Error("a server was started")
			return errors.New("no server")
		}}
}

// everyVerb gives each verb that can be called, with its words.
func everyVerb(t *testing.T) map[string]*cobra.Command {
	a, err := begin(nil, Deps{Env: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*cobra.Command{}
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		if c.Runnable() {
			out[verbOf(c)] = c
		}
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	each(a.root())
	return out
}

// usualWords are arguments that a verb can be called with.
func usualWords(c *cobra.Command) []string {
	var out []string
	for _, w := range strings.Fields(c.Use)[1:] {
		switch {
		case strings.HasPrefix(w, "["):
		case strings.Contains(w, "FILE"):
			out = append(out, "-")
		case w == "CUSTOMER" || w == "QUERY":
			out = append(out, "Petra Jansen")
		case w == "NAME":
			out = append(out, "Karin")
		default:
			out = append(out, "1")
		}
	}
	return out
}

const secret = "the server's secret"

// TestNoArgumentNamesAFileOfTheServer calls every verb there is with the name of a
// file of the server in every argument and every flag that takes a text, and looks
// for what became of the file and of its folder. A verb or a flag that is added
// later is called too.
func TestNoArgumentNamesAFileOfTheServer(t *testing.T) {
	h := newHall(t)
	h.desk.Customer(t, "Petra Jansen")
	dir := t.TempDir()
	file, free := filepath.Join(dir, "secret.csv"), filepath.Join(dir, "free")
	held := "number,name\n77," + secret + "\n" // what every verb that reads could do something with
	if err := os.WriteFile(file, []byte(held), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	look := func(args []string) {
		t.Helper()
		code, out, errs := h.remotely(t.Context(), strings.NewReader("name\nx\n"), args...)
		if strings.Contains(out+errs, secret) {
			t.Errorf("%q told a secret", args)
		}
		found, err := os.ReadDir(dir)
		if err != nil || len(found) != 1 || found[0].Name() != "secret.csv" {
			t.Fatalf("%q (code %d) left %v, %v", args, code, found, err)
		}
		raw, err := os.ReadFile(file)
		if err != nil || string(raw) != held {
			t.Fatalf("%q wrote: %q, %v", args, raw, err)
		}
	}
	calls := 0
	for verb, c := range everyVerb(t) {
		words := strings.Fields(verb)
		for n := range 3 {
			look(append(slices.Clone(words), slices.Repeat([]string{file}, n)...))
			look(append(slices.Clone(words), slices.Repeat([]string{free}, n)...))
			calls += 2
		}
		usual := slices.Concat(words, usualWords(c))
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() != "string" && !strings.HasPrefix(f.Value.Type(), "string") {
				return
			}
			for _, name := range []string{file, free} {
				look(append(slices.Clone(usual), "--"+f.Name+"="+name))
				calls++
			}
			if c.Flags().Lookup("force") != nil {
				look(append(slices.Clone(usual), "--"+f.Name+"="+file, "--force", "--csv"))
				look(append(slices.Clone(usual), "--"+f.Name+"="+file, "--force"))
				calls += 2
			}
		})
	}
	for _, flag := range []string{"book", "as", "socket", "lang", "file-name", "file-size", "parted", "drawn"} {
		for _, verb := range []string{"find petra", "import -", "export --csv", "playbook load -"} {
			look(append(strings.Fields(verb), "--"+flag+"="+file))
			look(append([]string{"--" + flag + "=" + free}, strings.Fields(verb)...))
			calls += 2
		}
	}
	// What was read may not have been told at once.
	if _, out, _ := h.remotely(t.Context(), nil, "export", "--json"); strings.Contains(out, secret) || !strings.Contains(out, "Petra") {
		t.Errorf("the book holds the secret: %s", out)
	}
	if calls < 500 {
		t.Errorf("only %d calls", calls)
	}
}

// TestFilesAreSentAndKeptInstead holds the sentences that say what to type.
func TestFilesAreSentAndKeptInstead(t *testing.T) {
	h := newHall(t)
	h.desk.Customer(t, "Petra Jansen")
	for _, c := range []struct{ call, says string }{
		{"import customers.csv", "import - <"},
		{"finance import x.csv", "finance import - <"},
		{"survey import x.csv", "import - <"},
		{"playbook load x.toml", "playbook load - <"},
		{"playbook check x.toml", "playbook load - <"},
		{"people key add Karin x.pub", "people key add NAME - <"},
		{"import - --bad bad.csv", "--bad - <"},
		{"finance import - --bad bad.csv", "--bad - <"},
		{"export --csv --out x.csv", "export --csv >"},
		{"report week --html x.html", "report week --html - >"},
		{"find jansen --book /tmp/other.db", "Leave it out"},
		{"find jansen --as Karin", "Leave it out"},
		{"find jansen --socket /tmp/s", "Leave it out"},
		{"--book x init", "not over a line"},
		{"init --group staff", "not over a line"},
		{"demo", "not over a line"},
		{"serve --listen 0.0.0.0:22", "not over a line"},
		{"serve --help", "not over a line"},
		{"completion bash", "not over a line"},
		{"man", "not over a line"},
		{"attach", "not over a line"},
		{"__complete find x", "not over a line"},
		{"__completeNoDesc find x", "not over a line"},
		{"--json __complete find --nosuch x", "not over a line"},
		{"--lang en __complete find x", "not over a line"},
		{"--lang=nl __completeNoDesc find x", "niet over een lijn"},
	} {
		code, out, errs := h.remotely(t.Context(), strings.NewReader("name\nx\n"), strings.Fields(c.call)...)
		if code != exitUsage || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%s: %d %q %q", c.call, code, out, errs)
		}
	}
	// They are not in the list of verbs either.
	_, out, _ := h.remotely(t.Context(), nil, "--help")
	for _, verb := range []string{"serve", "init", "demo", "completion", "man", "attach"} {
		if strings.Contains(out, "\n  "+verb+" ") {
			t.Errorf("the help lists %s", verb)
		}
	}
	if !strings.Contains(out, "\n  find ") {
		t.Errorf("the help lists no find:\n%s", out)
	}
}

// TestOneDoorToFiles holds the package to files.go for everything that the system
// is asked about files.
func TestOneDoorToFiles(t *testing.T) {
	found := 0
	sources(t, func(name string, file *ast.File) {
		for _, imp := range file.Imports {
			switch imp.Path.Value {
			case `"os"`, `"io/ioutil"`, `"syscall"`, `"golang.org/x/sys/unix"`:
				if found++; name != "files.go" {
					t.Errorf("%s imports %s", name, imp.Path.Value)
				}
			}
		}
	})
	if found == 0 {
		t.Error("files.go asks the system nothing")
	}
}

// TestWhoAsksIsGivenATerminal holds the table of verbs that ask to the places where
// a question is put: over a line only those get somebody to answer.
func TestWhoAsksIsGivenATerminal(t *testing.T) {
	var got []string
	sources(t, func(_ string, file *ast.File) {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "newAsker" && !slices.Contains(got, f.Name.Name) {
						got = append(got, f.Name.Name)
					}
				}
				return true
			})
		}
	})
	slices.Sort(got)
	// agreeTo and agreeOver are of the verbs that read a file in.
	want := []string{"agreeOver", "agreeTo", "approveVerb", "farewellEndVerb", "farewellStep", "fit", "mergeVerb"}
	if !slices.Equal(got, want) {
		t.Errorf("%v put questions; add the verb to asks and the function here", got)
	}
	all := everyVerb(t)
	for _, verb := range asks {
		if all[verb] == nil {
			t.Errorf("there is no verb %s", verb)
		}
	}
}

func sources(t *testing.T, each func(name string, file *ast.File)) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		each(name, file)
	}
}

// TestTablesNameVerbsThatAre holds the tables of verbs to the verbs, and every
// verb whose words speak of a file to the tables.
func TestTablesNameVerbsThatAre(t *testing.T) {
	all := everyVerb(t)
	for verb := range places {
		if all[verb] == nil && verb != "help" { // help comes with the call
			t.Errorf("places: there is no verb %s", verb)
		}
	}
	for verb := range reads {
		if all[verb] == nil {
			t.Errorf("reads: there is no verb %s", verb)
		}
	}
	for verb, flag := range writes {
		if c := all[verb]; c == nil || c.Flags().Lookup(flag) == nil {
			t.Errorf("writes: there is no %s --%s", verb, flag)
		}
	}
	for verb, c := range all {
		_, known := reads[verb]
		if at := slices.IndexFunc(strings.Fields(c.Use)[1:], func(w string) bool { return strings.Contains(w, "FILE") }); at >= 0 && (!known || reads[verb] != at) {
			t.Errorf("%s reads a file as argument %d: add it to reads", c.Use, at)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if strings.Contains(f.Usage, "file") && places[verb] != onlyHere && writes[verb] != f.Name && f.Name != "force" {
				t.Errorf("%s --%s speaks of a file: add it to writes", verb, f.Name)
			}
		})
	}
}

func TestDoctorOverALine(t *testing.T) {
	h := newHall(t)
	h.desk.Customer(t, "Petra Jansen")
	code, out, errs := h.remotely(t.Context(), nil, "doctor")
	if code != 0 || !strings.Contains(out, "head of the journal") || errs != "" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if code, out, _ := h.remotely(t.Context(), nil, "doctor", "--rebuild"); code != 0 || !strings.Contains(out, "anew") {
		t.Errorf("an admin: %d %q", code, out)
	}
	if code, _, errs := h.remotely(t.Context(), nil, "doctor", "--head", "1:00"); code != exitCorrupt || !strings.Contains(errs, "Faults") {
		t.Errorf("a wrong head: %d %q", code, errs)
	}
	h.who = h.desk.Lead
	if code, _, errs := h.remotely(t.Context(), nil, "doctor", "--rebuild"); code != exitNotAllowed || !strings.Contains(errs, "admin") {
		t.Errorf("a lead: %d %q", code, errs)
	}
	if code, _, _ := h.remotely(t.Context(), nil, "doctor"); code != 0 {
		t.Errorf("a lead may look: %d", code)
	}
	if code, out, _ := h.remotely(t.Context(), nil, "doctor", "--here", "--rebuild"); code != exitNotAllowed || out != "" {
		t.Errorf("by the hidden way: %d %q", code, out)
	}
}
