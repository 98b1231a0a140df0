package playbook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"pgregory.net/rapid"
)

func TestLineIndex(t *testing.T) {
	const text = `# a comment with [brackets] and "quotes"
top = 1
a.b = "x" # after

[table]  # head
list = [ # [[no]]
  "one", # ]
  { two = 2, three = [3,
    4] },
]
'quoted.key' = """first

third\""""""
literal = '''
'''''

[[items]]
id = 1
[items.sub]
x = 2
[[items]]
id = 3
[[items.deep]]
y = '#'
[[items.deep]]
"y" = 4
[table.inner]
z = { }
`
	index, _, ok, _ := indexLines(text)
	if !ok {
		t.Fatal("not understood")
	}
	want := map[string]int{
		"top": 2, "a": 3, "a.b": 3, "table": 5, "table.list": 6, "table.list[0]": 7, "table.list[1]": 8,
		"table.list[1].two": 8, "table.list[1].three": 8, "table.list[1].three[1]": 9, `table."quoted.key"`: 11,
		"table.literal": 14, "items": 17, "items[0]": 17, "items[0].id": 18, "items[0].sub": 19, "items[0].sub.x": 20,
		"items[1]": 21, "items[1].id": 22, "items[1].deep[0]": 23, "items[1].deep[0].y": 24, "items[1].deep[1].y": 26,
		"table.inner": 27, "table.inner.z": 28,
		// What was not written is looked for around it.
		"items[1].deep[1].gone": 25, "items[9].id": 17, `table."quoted.key"."more[1]"`: 11, `"gone"`: 1, "": 1,
	}
	for path, line := range want {
		if got := index.at(path); got != line {
			t.Errorf("%s: line %d, want %d", path, got, line)
		}
	}
}

// lineWriter writes TOML in which every value says on which line it begins.
type lineWriter struct {
	t *rapid.T
	b strings.Builder
	n int // line being written
}

func (w *lineWriter) write(s string) {
	w.b.WriteString(s)
	w.n += strings.Count(s, "\n")
}

func (w *lineWriter) pick(options ...string) string {
	return rapid.SampledFrom(options).Draw(w.t, "pick")
}

func (w *lineWriter) value(depth int) {
	kinds := []string{"plain", "literal", "long", "raw"}
	if depth < 3 {
		kinds = append(kinds, "list", "table")
	}
	switch w.pick(kinds...) {
	case "plain":
		w.write(fmt.Sprintf(`"%d \"#[{"`, w.n))
	case "literal":
		w.write(fmt.Sprintf(`'%d \#]}'`, w.n))
	case "long":
		w.write(fmt.Sprintf("\"\"\"%d \\\"\"\" #\n = \\\\\n[x]\"\"\"%s", w.n, w.pick("", `"`, `""`)))
	case "raw":
		w.write(fmt.Sprintf("'''%d \\ ''\n\n'''%s", w.n, w.pick("", `'`, `''`)))
	case "list":
		w.write("[" + w.pick("", " ", "\n", " # ]\n"))
		for range rapid.IntRange(0, 3).Draw(w.t, "elements") {
			w.value(depth + 1)
			w.write(w.pick(",", " , ", ",\n", "\n, # [\n"))
		}
		w.write("]")
	case "table":
		w.write("{")
		for i := range rapid.IntRange(0, 3).Draw(w.t, "pairs") {
			if i > 0 {
				w.write(", ")
			}
			w.pair(i, depth+1)
		}
		w.write("}")
	}
}

func (w *lineWriter) pair(i, depth int) {
	w.write(fmt.Sprintf(w.pick("k%d", `"k.%d"`, "'k[%d'", `"k\"%d"`, "k%d.x", `k%d . "y.z"`), i) + w.pick("=", " = ", "\t= "))
	w.value(depth)
}

func (w *lineWriter) document() string {
	for i := range rapid.IntRange(0, 3).Draw(w.t, "top") {
		w.pair(i, 0)
		w.write(w.pick("\n", " # k = 'v\n", "\r\n", "\n\n"))
	}
	for i := range rapid.IntRange(0, 5).Draw(w.t, "tables") {
		w.write(w.pick(fmt.Sprintf("[t%d]", i), fmt.Sprintf("[ t%d . 'u.v' ]", i), "[[list]]", "[[list.sub]]",
			fmt.Sprintf("[list.t%d]", i)) + w.pick("\n", " # [[\n"))
		for j := range rapid.IntRange(0, 3).Draw(w.t, "pairs") {
			w.pair(j, 0)
			w.write(w.pick("\n", " # \"\"\"\n", "\r\n"))
		}
	}
	return w.b.String()
}

// Every value the TOML library finds is found on the line that it itself names.
func TestLineIndexProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &lineWriter{t: t, n: 1}
		text := w.document()
		var values map[string]any
		if _, err := toml.Decode(text, &values); err != nil {
			return // such as [list.sub] before [[list]]
		}
		index, line, ok, deep := indexLines(text)
		if !ok {
			t.Fatalf("stopped on line %d (deep %v) of\n%s", line, deep, text)
		}
		compareLines(t, index, "", values, text)
	})
}

func compareLines(t *rapid.T, index lineIndex, path string, v any, text string) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			compareLines(t, index, keyPath(path, key), inner, text)
		}
	case []map[string]any:
		for i, inner := range v {
			compareLines(t, index, placePath(path, i), inner, text)
		}
	case []any:
		for i, inner := range v {
			compareLines(t, index, placePath(path, i), inner, text)
		}
	case string:
		var want int
		if _, err := fmt.Sscanf(v, "%d", &want); err != nil {
			t.Fatal(err)
		}
		if got, ok := index[path]; !ok || got != want {
			t.Fatalf("%s: line %d, want %d in\n%s", path, got, want, text)
		}
	}
}

// A text cut anywhere is no reason to stop working.
func TestLineIndexOfBrokenTexts(t *testing.T) {
	whole := string(DefaultTOML())
	text := whole[strings.LastIndex(whole, "\n[[")+1:] + "x = [1, {y = '''\n'''}, \"\"\"a\\\"\"\"\"]\n\"q\\u0041\" = 1"
	for cut := len(text) - 600; cut < len(text); cut++ {
		_, line, _, _ := indexLines(text[:cut])
		if most := strings.Count(text[:cut], "\n") + 1; line < 1 || line > most {
			t.Fatalf("line %d of %d", line, most)
		}
	}
}
