package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/cli"
	"pasvorm/ui/remote/attach"
	"pasvorm/ui/text"
)

// TestWhereACallGoes holds the order in which a server is looked for.
func TestWhereACallGoes(t *testing.T) {
	dir := t.TempDir()
	book, link := filepath.Join(dir, "book.db"), filepath.Join(dir, "link.db")
	put(t, book, "")
	if err := os.Symlink(book, link); err != nil {
		t.Fatal(err)
	}
	const system = "/run/pasvorm/pasvorm.sock"
	usual := "/data/pasvorm/book.db.sock"
	for _, c := range []struct {
		call   string
		env    map[string]string
		alive  []string
		want   string
		failed string
	}{
		{call: "find x"},
		{call: "find x", alive: []string{system, usual}, want: system},
		{call: "find x", alive: []string{usual}, want: usual},
		{call: "find x --socket /s", alive: []string{system}, want: "/s"},
		{call: "find x", env: map[string]string{"PASVORM_SOCKET": "/e"}, alive: []string{system}, want: "/e"},
		{call: "find x --socket /s", env: map[string]string{"PASVORM_SOCKET": "/e", "PASVORM_BOOK": "/b"}, want: "/s"},
		{call: "find x", env: map[string]string{"PASVORM_SOCKET": "/e", "PASVORM_BOOK": "/b"}, want: "/e"},
		// Who names a book means that one, whatever server there is.
		{call: "find x --book /copy.db", env: map[string]string{"PASVORM_SOCKET": "/e"}, alive: []string{"/e", system, usual}},
		{call: "find x --book /copy.db", alive: []string{"/copy.db.sock", system}, want: "/copy.db.sock"},
		{call: "find x", env: map[string]string{"PASVORM_BOOK": "/mine.db"}, alive: []string{system, usual}},
		{call: "find x", env: map[string]string{"PASVORM_BOOK": "/mine.db"}, alive: []string{"/mine.db.sock"}, want: "/mine.db.sock"},
		{call: "find x --book " + link, alive: []string{book + ".sock"}, want: book + ".sock"},
		{call: "find x --book /b --socket /s", failed: "error.attach.both"},
		{call: "attach", alive: []string{usual}, want: usual},
		{call: "attach", failed: "error.attach.none"},
		{call: "attach --socket /s", want: "/s"},
		{call: "attach --book /copy.db", alive: []string{system}, failed: "error.attach.none"},
	} {
		env := func(k string) string {
			if k == "XDG_DATA_HOME" {
				return "/data"
			}
			return c.env[k]
		}
		p := cli.NewPlan(strings.Fields(c.call), cli.Deps{Env: env})
		got, err := calling{env: env, system: system, alive: func(s string) bool { return slices.Contains(c.alive, s) }}.find(p)
		var e *model.Error
		if errors.As(err, &e); got != c.want || (err != nil) != (c.failed != "") || e != nil && e.ID != c.failed {
			t.Errorf("%+v: got %q, %v", c, got, err)
		}
	}
}

// office is a book that a server has open, and somebody with an account of the
// machine.
type office struct {
	t    *testing.T
	env  map[string]string
	book string
}

// opens starts a server of a new book for the account that runs the test.
func opens(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	o := &office{t: t, book: filepath.Join(dir, "book.db")}
	o.env = map[string]string{"PASVORM_BOOK": o.book, "TERM": "xterm", "LANG": "en_GB.UTF-8", "XDG_STATE_HOME": filepath.Join(dir, "state")}
	lib := library{world: world{uid: os.Getuid(), name: "Robin"}, env: o.get}
	b, err := lib.Open(t.Context(), ui.Opening{Path: o.book, Fresh: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- lib.serve(ctx, cli.ServeOptions{Text: tx, Book: o.book, Out: io.Discard}) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !attach.Alive(o.book + ".sock"); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("no server answers")
		}
	}
	return o
}

func (o *office) get(k string) string { return o.env[k] }

// call carries a call out, which must go to the server.
func (o *office) call(in string, args ...string) (code int, out, errs string) {
	o.t.Helper()
	var w, e bytes.Buffer
	code, mine := attached(o.t.Context(), args, cli.Deps{In: strings.NewReader(in), Out: &w, Err: &e, Env: o.get,
		Beside: localFiles{}.Beside, CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook})
	if !mine {
		o.t.Errorf("%q stayed here", args)
	}
	return code, w.String(), e.String()
}

// TestACallThroughAServer goes all the way: verbs, files, exit codes, a command
// that somebody typed behind ssh to the machine's own sshd.
func TestACallThroughAServer(t *testing.T) {
	o := opens(t)
	file := filepath.Join(t.TempDir(), "c.csv")
	put(t, file, "nr;naam\n1;Petra Jansen\n2;\n")
	if code, out, errs := o.call("", "import", file); code != 0 || !strings.Contains(out, "2 rows: 1 added, 0 updated, 1 bad\nBad lines are in "+file+".bad.csv\n") || errs != "2 rows · 100 %\n" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if raw, err := os.ReadFile(file + ".bad.csv"); err != nil || string(raw) != "nr;naam\n2;\n" {
		t.Errorf("%q %v", raw, err)
	}
	if code, out, errs := o.call("", "find", "petra", "jansen", "--json"); code != 0 || !strings.Contains(out, `"name":"Petra Jansen"`) || errs != "" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if code, _, errs := o.call("", "show", "nobody"); code != 4 || errs == "" {
		t.Errorf("%d %q", code, errs)
	}
	if code, out, _ := o.call("", "journal", "--limit", "1"); code != 0 || !strings.Contains(out, "c.csv") {
		t.Errorf("the journal names the file: %d %q", code, out)
	}
	// What is not said here is what the shell of an sshd would have been given.
	o.env["SSH_ORIGINAL_COMMAND"] = `pasvorm find "petra jansen" --json`
	if code, out, errs := o.call("", "attach"); code != 0 || !strings.Contains(out, `"name":"Petra Jansen"`) || errs != "" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	o.env["SSH_ORIGINAL_COMMAND"] = "import - --bad -"
	if code, out, errs := o.call("naam\nZoë\n \"\"x\n,,\n", "attach"); code != 0 || strings.Contains(out, "rows:") || !strings.Contains(errs, "rows:") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	for _, line := range []string{"/usr/lib/openssh/sftp-server", "sh -c 'echo x'", "import " + file, "serve", "find x --book " + o.book} {
		o.env["SSH_ORIGINAL_COMMAND"] = line
		if code, out, errs := o.call("", "attach"); code != 2 || out != "" || errs == "" {
			t.Errorf("%s: %d %q %q", line, code, out, errs)
		}
	}
	delete(o.env, "SSH_ORIGINAL_COMMAND")
	if code, _, errs := o.call("", "attach"); code != 2 || !strings.Contains(errs, "no terminal") {
		t.Errorf("the console without a terminal: %d %q", code, errs)
	}
	// Who one is, the kernel says.
	if code, _, errs := o.call("", "find", "x", "--as", "Robin"); code != 2 || !strings.Contains(errs, "--as") {
		t.Errorf("%d %q", code, errs)
	}
}
