package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows says what each room may import of ours. See ARCHITECTURE.md.
var arrows = map[string][]string{
	"pasvorm":                              {"model", "store", "ui", "ui/app", "ui/cli", "ui/floor", "ui/remote", "ui/remote/attach", "ui/remote/settings", "ui/text"},
	"pasvorm/model":                        {},
	"pasvorm/store":                        {"model", "store/engine", "store/engine/bolt", "store/exchange", "store/gen", "store/playbook", "store/search", "store/search/columns", "store/search/names", "store/search/segment"},
	"pasvorm/store/engine":                 {},
	"pasvorm/store/engine/bolt":            {"store/engine"},
	"pasvorm/store/engine/enginetest":      {"store/engine"},
	"pasvorm/store/exchange":               {},
	"pasvorm/store/gen":                    {"model", "store/exchange"},
	"pasvorm/store/playbook":               {"model"},
	"pasvorm/store/search":                 {"model", "store/engine"},
	"pasvorm/store/search/segment":         {"model", "store/engine"},
	"pasvorm/store/search/names":           {"model", "store/search", "store/search/segment"},
	"pasvorm/store/search/columns":         {"model", "store/search", "store/search/segment"},
	"pasvorm/store/search/slips":           {},
	"pasvorm/store/search/slips/drawnames": {"store/search/slips"},
	"pasvorm/store/storetest":              {"model", "store", "store/engine/bolt", "store/gen"},
	"pasvorm/ui":                           {"model"},
	"pasvorm/ui/text":                      {},
	"pasvorm/ui/kit":                       {"ui/text"},
	"pasvorm/ui/kit/svg":                   {},
	"pasvorm/ui/report":                    {"model", "ui/kit", "ui/kit/svg", "ui/say", "ui/text"},
	"pasvorm/ui/kittest":                   {"ui/kit", "ui/text"},
	"pasvorm/ui/say":                       {"model", "ui/kit", "ui/text"},
	"pasvorm/ui/screen":                    {"model", "ui", "ui/kit", "ui/say", "ui/sshkey", "ui/text"},
	"pasvorm/ui/sshkey":                    {"model"},
	"pasvorm/ui/console":                   {"ui/kit", "ui/text"},
	"pasvorm/ui/app":                       {"model", "ui", "ui/console", "ui/kit", "ui/say", "ui/screen", "ui/text"},
	"pasvorm/ui/cli":                       {"model", "ui", "ui/app", "ui/kit", "ui/report", "ui/say", "ui/sshkey", "ui/text"},
	"pasvorm/ui/floor":                     {"model", "ui"},
	"pasvorm/ui/remote":                    {"model", "ui", "ui/app", "ui/cli", "ui/floor", "ui/kit", "ui/remote/meter", "ui/remote/settings", "ui/remote/terminal", "ui/remote/wire", "ui/say", "ui/screen", "ui/text"},
	"pasvorm/ui/remote/attach":             {"model", "ui/remote/peer"},
	"pasvorm/ui/remote/meter":              {"model", "ui"},
	"pasvorm/ui/remote/settings":           {"model", "ui/remote/wire"},
	"pasvorm/ui/remote/terminal":           {},
	"pasvorm/ui/remote/peer":               {},
	"pasvorm/ui/remote/wire":               {"ui/remote/peer"},
}

// impure are packages of the standard library that a pure model does not need:
// chance, files, network.
var impure = []string{"os", "io/fs", "net", "net/http", "math/rand", "math/rand/v2", "syscall"}

// TestArrows holds every import between our rooms to the table.
func TestArrows(t *testing.T) {
	checked := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != "." {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		room := strings.TrimSuffix("pasvorm/"+filepath.ToSlash(filepath.Dir(path)), "/.")
		if _, known := arrows[room]; !known {
			t.Errorf("%s: room %s is not in the table of arrows", path, room)
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			checked++
			checkArrow(t, path, room, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 100 {
		t.Fatalf("only %d imports were looked at", checked)
	}
}

func checkArrow(t *testing.T, path, room, name string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(name, "pasvorm/"); ok {
		if !slices.Contains(arrows[room], ours) {
			t.Errorf("%s: %s may not import %s", path, room, name)
		}
		return
	}
	if room != "pasvorm/model" {
		return
	}
	if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") {
		t.Errorf("%s: model imports the standard library only, not %s", path, name)
	}
	if slices.Contains(impure, name) {
		t.Errorf("%s: model is pure and may not import %s", path, name)
	}
}

// TestModelAsksNoClock looks for the moment of now in the model: time and
// identity come from outside, once per transaction.
func TestModelAsksNoClock(t *testing.T) {
	files, err := filepath.Glob("model/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err, len(files))
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path) //nolint:gosec // a file of this repository
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range []string{"time.Now(", "time.Since(", "time.Until("} {
			if strings.Contains(string(src), call) {
				t.Errorf("%s calls %s)", path, call)
			}
		}
	}
}
