package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/cli"
	"pasvorm/ui/kit"
)

// desk is a person at a terminal, with a book in a directory of its own.
type desk struct {
	t   *testing.T
	lib library
	dir string
	now time.Time

	console func(context.Context, ui.Book, cli.Options) error
	env     map[string]string
	out     bytes.Buffer
	err     bytes.Buffer
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, dir: t.TempDir(), now: time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC), env: map[string]string{"TERM": "xterm"}}
	d.lib = library{world: world{uid: 2000, name: "Robin", now: func() time.Time { d.now = d.now.Add(time.Millisecond); return d.now }},
		env: func(k string) string { return d.env[k] }}
	d.env["XDG_STATE_HOME"] = filepath.Join(d.dir, "state")
	d.env["PASVORM_BOOK"] = filepath.Join(d.dir, "book.db")
	return d
}

// call runs pasvorm at the terminal; lines are what the person types.
func (d *desk) call(want int, lines string, args ...string) string {
	d.t.Helper()
	d.out.Reset()
	d.err.Reset()
	got := cli.Run(context.Background(), args, cli.Deps{
		Library: d.lib, In: strings.NewReader(lines), Out: &d.out, Err: &d.err, Env: d.lib.env,
		Interactive: true, ErrTerminal: true, Console: d.console, Version: "test",
		CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook, Account: account, Self: self, Beside: localFiles{}.Beside,
		Report: d.lib.report,
	})
	if got != want {
		d.t.Fatalf("%v: exit code %d, want %d\n%s%s", args, got, want, d.out.String(), d.err.String())
	}
	return d.out.String()
}

func (d *desk) contains(where string, wants ...string) {
	d.t.Helper()
	for _, want := range wants {
		if !strings.Contains(where, want) {
			d.t.Errorf("%q is not in\n%s", want, where)
		}
	}
}

func TestConsoleOpensOnTheBook(t *testing.T) {
	d := newDesk(t)
	var total int
	d.console = func(_ context.Context, b ui.Book, o cli.Options) error {
		totals, err := b.Totals()
		total = totals.Customers
		if o.Text.Lang() != "nl" {
			t.Errorf("the console speaks %s", o.Text.Lang())
		}
		return err
	}
	d.call(0, "", "add", "Petra Jansen")
	d.call(0, "", "--lang", "nl")
	if total != 1 {
		t.Errorf("the console saw %d customers", total)
	}
	// On a terminal that can draw nothing the verbs are listed.
	d.env["TERM"] = "dumb"
	d.console = func(context.Context, ui.Book, cli.Options) error {
		t.Error("a console on a dumb terminal")
		return nil
	}
	d.call(2, "")
	d.contains(d.err.String(), "find")
}

func TestConsoleErrorIsTold(t *testing.T) {
	d := newDesk(t)
	d.console = func(context.Context, ui.Book, cli.Options) error { return errors.New("secret inner words") }
	d.call(1, "")
	if strings.Contains(d.err.String(), "secret") {
		t.Error("an inner error was shown")
	}
	d.contains(d.err.String(), "Reference ")
	log, err := os.ReadFile(filepath.Join(d.dir, "state", "pasvorm", "faults.log"))
	if err != nil {
		t.Fatal(err)
	}
	d.contains(string(log), "secret inner words")
}

// TestErrorsAreStyledOnATerminal holds that colour is a second voice: the same
// sentence, and none of it with NO_COLOR.
func TestErrorsAreStyledOnATerminal(t *testing.T) {
	d := newDesk(t)
	d.call(4, "", "show", "nobody")
	d.contains(d.err.String(), "\x1b[1;31mNot done", "There is no book")
	d.env["NO_COLOR"] = "1"
	d.call(4, "", "show", "nobody")
	if strings.Contains(d.err.String(), "\x1b") {
		t.Errorf("colour in spite of NO_COLOR: %q", d.err.String())
	}
}

// TestHelpAsksTheTerminalNothing holds that help is words: a question to the
// terminal would make it wait for an answer that may never come.
func TestHelpAsksTheTerminalNothing(t *testing.T) {
	d := newDesk(t)
	out := d.call(0, "", "tag", "--help")
	d.contains(out, "\x1b[1mEXAMPLES\x1b[m", "--signal")
	if strings.Contains(out, "\x1b]") || strings.Contains(out, "\x1b[c") {
		t.Errorf("a question to the terminal: %q", out)
	}
	for l := range strings.SplitSeq(out, "\n") {
		if kit.Width(l) > 80 {
			t.Errorf("wider than the smallest screen: %q", l)
		}
	}
	for k, v := range map[string]string{"TERM": "dumb", "NO_COLOR": "1"} {
		was := d.env[k]
		d.env[k] = v
		if out := d.call(0, "", "help", "tag"); strings.Contains(out, "\x1b") {
			t.Errorf("%s=%s: %q", k, v, out)
		}
		d.env[k] = was
	}
}

func TestImportAsksOnATerminal(t *testing.T) {
	d := newDesk(t)
	file := filepath.Join(d.dir, "customers.csv")
	if err := os.WriteFile(file, []byte("nr;wie;plaats\n1;Petra Jansen;Utrecht\n2;Ben Bos;Zeist\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := d.call(0, "n\n", "import", file)
	d.contains(out, "Columns: ", "would add", "y reads it in", "Nothing was read in")
	d.contains(d.call(0, "", "find", "petra"), "0 of 0")
	// The end of input is no consent.
	d.contains(d.call(0, "", "import", file), "Nothing was read in")
	// Other columns are proposed, refused when they make no sense, then agreed to.
	out = d.call(0, "nr=number,wie=nonsense\nnr=number,wie=name,plaats=town\ny\n", "import", file)
	d.contains(out, "2 rows: 2 added, 0 updated, 0 bad")
	if n := strings.Count(out, "y reads it in"); n != 3 {
		t.Errorf("asked %d times\n%s", n, out)
	}
	d.contains(d.call(0, "", "find", "petra"), "1  Petra Jansen  Utrecht")
	d.contains(d.call(0, "", "undo"), "Taken back")
	d.contains(d.call(0, "", "find", "petra"), "0 of 0")
}

func TestApproveAsksForTheName(t *testing.T) {
	d := newDesk(t)
	d.call(0, "", "add", "Dirk Dol")
	d.call(0, "", "people", "add", "Anna", "--role", "lead", "--account", "2001")
	d.call(0, "1\n1\n3\n1\n1\n1\n1\n1\n1\n1\n\nDe Wit\ngoodbye\nAnna\nends in March\n\n", "fit", "dirk dol")
	d.now, d.lib.uid = d.now.AddDate(0, 0, 7), 2001
	d.call(3, "\n", "review", "approve", "dirk dol")
	d.call(3, "Dirk\n", "review", "approve", "dirk dol")
	d.contains(d.err.String(), "Type the name of Dirk Dol")
	d.call(0, "dirk dol\n", "review", "approve", "dirk dol")
}

// TestHostileWordsStayInTheirPlace prints every verb on a customer whose texts
// hold what moves cursors, and looks for escapes and turns of direction.
func TestHostileWordsStayInTheirPlace(t *testing.T) {
	d := newDesk(t)
	bad := "\x1b[2J\x1b]0;x\x07Eve\u202e\u200b\x9b31m\r\nNext" // not UTF-8 in one place
	good := strings.ToValidUTF8(bad, "")
	d.call(3, "", "add", bad)
	d.call(0, "", "add", good, "number=66", "note="+good)
	d.call(0, "", "tag", "66", "2", "--saw", good)
	d.call(0, "", "flag", "66", "--why", good)
	d.call(0, "1 "+good+"\n", "fit", "66")
	for _, args := range [][]string{{"show", "66"}, {"find", "eve"}, {"journal"}, {"review"}, {"review", "show", "66"}, {"undo", "--dry-run"}, {"show", bad}, {"finx" + bad}, {"--" + bad}} {
		cli.Run(context.Background(), args, cli.Deps{Library: d.lib, In: strings.NewReader(""), Out: &d.out, Err: &d.err, Env: d.lib.env, Version: "test"})
	}
	for _, s := range []string{d.out.String(), d.err.String()} {
		if i := strings.IndexAny(s, "\x1b\u202e\u200b\r\x07"); i >= 0 {
			t.Errorf("a sign got through: %q", s[max(0, i-40):min(len(s), i+40)])
		}
	}
}

// TestBookInUse holds that a book held by somebody else is told from one that
// is broken.
func TestBookInUse(t *testing.T) {
	d := newDesk(t)
	d.call(0, "", "init")
	b, err := d.lib.Open(context.Background(), ui.Opening{})
	if err != nil {
		t.Fatal(err)
	}
	d.call(8, "", "find", "x")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	d.call(0, "", "find", "x")
}

// TestAPanicIsKeptWithoutWords holds that what a panic was called with stays out
// of the log.
func TestAPanicIsKeptWithoutWords(t *testing.T) {
	d := newDesk(t)
	if d.lib.report("Petra Jansen", []byte("stack")) == "" {
		t.Fatal("not kept")
	}
	log, err := os.ReadFile(faultLog(d.lib.env))
	if err != nil {
		t.Fatal(err)
	}
	d.contains(string(log), "string", "stack")
	if strings.Contains(string(log), "Petra") {
		t.Error("the log holds words of a customer")
	}
}

// TestAFaultIsOneLine holds that no words of an error make lines of their own.
func TestAFaultIsOneLine(t *testing.T) {
	d := newDesk(t)
	if d.lib.report(errors.New("of\nsomebody\r\x1b[31m"), nil) == "" {
		t.Fatal("not kept")
	}
	log, err := os.ReadFile(faultLog(d.lib.env))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(log)); !strings.HasSuffix(got, ": of somebody [31m") {
		t.Errorf("%q", got)
	}
}

// TestDemoIsThrownAway opens the sample and looks for what is left of it.
func TestDemoIsThrownAway(t *testing.T) {
	d := newDesk(t)
	t.Setenv("TMPDIR", filepath.Join(d.dir, "tmp"))
	if err := os.Mkdir(os.TempDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	var totals model.Totals
	d.console = func(_ context.Context, b ui.Book, _ cli.Options) error {
		if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 1 {
			t.Errorf("while it is open: %v %v", left, err)
		}
		var err error
		totals, err = b.Totals()
		return err
	}
	d.call(0, "", "demo")
	if totals.Customers < 400 || totals.Flagged == 0 || totals.Waiting == 0 {
		t.Errorf("the sample shows too little: %+v", totals)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := os.Stat(d.env["PASVORM_BOOK"]); err == nil {
		t.Error("the demo made a book")
	}
}
