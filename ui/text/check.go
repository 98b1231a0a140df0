package text

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Dynamic lists the beginnings of ids that are put together while the program
// runs, such as "cmd." and the id of a command. An id with one of them counts
// as used; that it exists is for the tests of whoever puts it together.
func Dynamic() []string {
	return []string{
		"cmd.", "keys.", "error.", "journal.", "kit.key.", "playbook.", "trait.", "step.", "cause.", "role.", "kind.", "state.",
		"verdict.", "rule.", "fit.", "field.", "contact.", "flag.", "contest.", "review.kind.", "note.", "relation.", "stance.",
		"story.topic.", "story.promise.", "case.", "exception.", "terms.", "merge.moves.", "merge.field.", "standards.", "gauge.", "activity.", "farewell.", "report.terms.", "report.improvement.",
		"query.field.", "query.value.", "query.day.", "query.found.", "query.why.", "query.help.",
	}
}

var (
	// Words may hold hyphens; the rules of the fit check keep their names, R1.
	idShape  = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.(R[0-9]+|[a-z0-9_+-]+))+$`)
	argument = regexp.MustCompile(`\{\{-?\s*([^}]*?)\s*-?\}\}`)
	argName  = regexp.MustCompile(`\.([A-Za-z][A-Za-z0-9]*)`)
)

// Check reads the catalogues and every Go source under root, and gives one
// sentence for each fault: an id used that no catalogue has, an id nobody uses,
// an id or an argument that one language lacks, an id that is oddly written.
func Check(root string) ([]string, error) { return check(catalogFS, root) }

func check(catalog fs.FS, root string) ([]string, error) {
	used, words, err := usage(root)
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]*i18n.Message{}
	for _, lang := range Languages() {
		if all[lang], err = readCatalog(catalog, lang); err != nil {
			return nil, err
		}
	}
	var out []string
	for id, where := range used {
		for _, lang := range Languages() {
			if all[lang][id] == nil {
				out = append(out, fmt.Sprintf("%s: %q is not in the %s catalogue", where, id, lang))
			}
		}
	}
	for lang, msgs := range all {
		for id, m := range msgs {
			out = append(out, faults(id, lang, m, all)...)
			if lang == Languages()[0] && !words[id] && !dynamic(id) {
				out = append(out, fmt.Sprintf("%q is used nowhere", id))
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// faults compares one message with the same in the other languages.
func faults(id, lang string, m *i18n.Message, all map[string]map[string]*i18n.Message) []string {
	var out []string
	if !idShape.MatchString(id) {
		out = append(out, fmt.Sprintf("%s: %q is not an id of dotted lower-case words", lang, id))
	}
	for _, s := range []string{m.One, m.Other} {
		if s == "" {
			continue
		}
		if _, err := i18n.NewMessageTemplate(&i18n.Message{ID: id, Other: s}).Execute("other", map[string]any{}, nil); err != nil {
			out = append(out, fmt.Sprintf("%s: %q is no template: %v", lang, id, err))
		}
	}
	for other, msgs := range all {
		o := msgs[id]
		switch {
		case o == nil:
			out = append(out, fmt.Sprintf("%q is in the %s catalogue and not in the %s one", id, lang, other))
		case lang < other && !slices.Equal(arguments(m), arguments(o)):
			out = append(out, fmt.Sprintf("%q takes %v in %s and %v in %s", id, arguments(m), lang, arguments(o), other))
		case lang < other && (m.One == "") != (o.One == ""):
			out = append(out, fmt.Sprintf("%q has plural forms in one language only", id))
		}
	}
	return out
}

func arguments(m *i18n.Message) []string {
	set := map[string]bool{}
	for _, action := range argument.FindAllStringSubmatch(m.Other, -1) {
		for _, name := range argName.FindAllStringSubmatch(action[1], -1) {
			set[name[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func dynamic(id string) bool {
	return slices.ContainsFunc(Dynamic(), func(p string) bool { return strings.HasPrefix(id, p) })
}

// usage finds in the Go sources the ids given to T and N as literals, with
// where they stand, and every literal shaped like an id: tables of ids use
// texts too. Tests and vendored code are not read.
func usage(root string) (used map[string]string, words map[string]bool, err error) {
	used, words = map[string]string{}, map[string]bool{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "vendor" || strings.HasPrefix(d.Name(), ".") && path != root && d.Name() != ".."):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("text: %w", err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				if s := literal(lit); idShape.MatchString(s) {
					words[s] = true
				}
			}
			if id, at := call(n); id != "" {
				pos := set.Position(at)
				used[id] = filepath.Base(pos.Filename) + ":" + strconv.Itoa(pos.Line)
			}
			return true
		})
		return nil
	})
	return used, words, err
}

// call is the id in a call such as tx.T("id"), "" for any other node.
func call(n ast.Node) (string, token.Pos) {
	c, ok := n.(*ast.CallExpr)
	if !ok || len(c.Args) == 0 {
		return "", 0
	}
	sel, ok := c.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "T" && sel.Sel.Name != "N" {
		return "", 0
	}
	lit, ok := c.Args[0].(*ast.BasicLit)
	if !ok {
		return "", 0 // put together, or from a table
	}
	return literal(lit), lit.Pos()
}

func literal(lit *ast.BasicLit) string {
	if lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}
