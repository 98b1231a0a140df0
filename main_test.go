package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata" // the same zone on every machine

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes pasvorm a command of the scripts: this very program, with the
// clock and the account that a script sets. The product itself looks at neither
// of these variables.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"pasvorm": func() { os.Exit(run(os.Args[1:], scripted())) },
	})
}

func scripted() world {
	at, err := time.Parse(time.RFC3339, os.Getenv("SCRIPT_NOW"))
	if err != nil {
		panic(err)
	}
	uid, err := strconv.Atoi(os.Getenv("SCRIPT_UID"))
	if err != nil {
		panic(err)
	}
	start, err := time.Parse(time.RFC3339Nano, os.Getenv("SCRIPT_START"))
	if err != nil {
		panic(err)
	}
	// Time goes on from call to call, so that ids come in the order of the script.
	return world{uid: uid, name: os.Getenv("SCRIPT_NAME"), now: func() time.Time { return at.Add(time.Since(start)) }}
}

// TestScripts runs every scenario in testdata/script. A script starts as Robin
// (account 2000) on Tuesday 24 November 2026 at ten, without a book.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Values[hostKey{}] = &hostScript{seats: map[string]*sitter{}}
			for _, kv := range [][2]string{
				{"SCRIPT_START", time.Now().Format(time.RFC3339Nano)}, {"SCRIPT_NOW", "2026-11-24T10:00:00+01:00"}, {"SCRIPT_UID", "2000"}, {"SCRIPT_NAME", "Robin"},
				{"TZ", "Europe/Amsterdam"}, {"LANG", "C.UTF-8"}, {"LC_ALL", ""}, {"TERM", "xterm-256color"},
				{"XDG_DATA_HOME", filepath.Join(env.WorkDir, "data")}, {"PASVORM_BOOK", ""},
				{"GORACE", "atexit_sleep_ms=0"}, // a program built with -race else sleeps a second at each exit
			} {
				env.Setenv(kv[0], kv[1])
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"spoil": spoil, "cut": cut, "noescapes": noEscapes, "rc": exitIs, "keep": keep,
			"code": codeIs, "served": served, "stopped": stopped, "logged": logged, "sshkey": sshKey,
			"sits": sits, "sees": sees, "types": types, "sizes": sizes, "drops": drops, "leaves": leaves,
		},
	})
}

// spoil flips one bit wherever a file holds a text: spoil FILE TEXT.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: spoil FILE TEXT")
	}
	path := ts.MkAbs(args[0])
	raw, err := os.ReadFile(path) //nolint:gosec // a file of the test
	ts.Check(err)
	if !bytes.Contains(raw, []byte(args[1])) {
		ts.Fatalf("%s holds no %q", args[0], args[1])
	}
	other := []byte(args[1])
	other[0] ^= 4
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(raw, []byte(args[1]), other), 0o600))
}

// noEscapes fails when a file, stdout or stderr holds an escape sequence.
func noEscapes(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		if bytes.ContainsRune([]byte(ts.ReadFile(name)), '\x1b') {
			ts.Fatalf("%s holds an escape sequence", name)
		}
	}
}

// keep sets a variable to what a pattern finds in a file: keep NAME FILE PATTERN.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: keep NAME FILE PATTERN")
	}
	found := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if len(found) != 2 {
		ts.Fatalf("%s is not in %s", args[2], args[1])
	}
	ts.Setenv(args[0], found[1])
}

// exitIs runs pasvorm and holds its exit code: rc CODE ARGS….
func exitIs(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 1 {
		ts.Fatalf("usage: rc CODE ARGS…")
	}
	codeIs(ts, false, append([]string{args[0], "pasvorm"}, args[1:]...))
}

// cut leaves the first bytes of a file: cut FILE BYTES.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: cut FILE BYTES")
	}
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}
