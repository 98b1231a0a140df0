package terminal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// TestEverySignHasOne looks at every sign that our screens draw or say: none of
// them may become a question mark.
func TestEverySignHasOne(t *testing.T) {
	seen := map[rune]string{}
	note := func(s, where string) {
		for _, r := range s {
			if r >= 0x80 {
				seen[r] = where
			}
		}
	}
	for _, dir := range []string{"kit", "screen", "console", "app", "say", "cli", "report"} {
		walk(t, filepath.Join("../..", dir), ".go", func(path string) { literals(t, path, note) })
	}
	walk(t, "../../text/catalog", ".toml", func(path string) {
		var all map[string]any
		if _, err := toml.DecodeFile(path, &all); err != nil {
			t.Fatal(err)
		}
		for id, v := range all {
			switch v := v.(type) {
			case string:
				note(v, id)
			case map[string]any:
				for _, form := range v {
					s, _ := form.(string)
					note(s, id)
				}
			}
		}
	})
	for r, where := range seen {
		if as, cells := plain(r); as == unknown {
			t.Errorf("%q (%U, %s) becomes %q in %d cells", r, r, where, as, cells)
		}
	}
	if len(seen) < 30 {
		t.Fatalf("only %d signs were found", len(seen))
	}
}

func walk(t *testing.T, dir, ext string, f func(path string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ext) || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f(path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// literals gives the texts and signs of a Go source, without comments.
func literals(t *testing.T, path string, note func(s, where string)) {
	t.Helper()
	src, err := os.ReadFile(path) //nolint:gosec // a file of this repository
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR {
			return true
		}
		if s, err := strconv.Unquote(lit.Value); err == nil {
			note(s, path)
		}
		return true
	})
}
