package playbook

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
)

// reader turns decoded TOML into a playbook and collects every problem on the
// way, each with its line.
type reader struct {
	name     string
	index    lineIndex
	older    *model.DeskSettings // for the parts that a text may leave out; nil when it may not
	problems Problems
}

// refuse adds a problem at a path.
func (r *reader) refuse(path, id, detail string) {
	r.problems = append(r.problems, &Problem{
		File: r.name, Line: r.index.at(path), Key: cutPath(path), ID: id, Detail: detail,
	})
}

// cutPath keeps a hostile key from flooding a report.
func cutPath(path string) string {
	const longest = 120
	if r := []rune(path); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return path
}

// table is one TOML table being read. Its keys are asked for by name; done
// refuses those that nobody asked for.
type table struct {
	r      *reader
	path   string
	values map[string]any
	absent bool // not in the file: already refused, its keys are not missed again
	known  []string
}

// take returns the value of a key that must be there.
func (t *table) take(key string) (any, bool) {
	t.known = append(t.known, key)
	v, ok := t.values[key]
	if !ok && !t.absent {
		t.r.refuse(keyPath(t.path, key), ProblemMissingKey, "")
	}
	return v, ok
}

// done refuses the keys that were not asked for.
func (t *table) done() {
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		if !slices.Contains(t.known, key) {
			t.r.refuse(keyPath(t.path, key), ProblemUnknownKey, strings.Join(t.known, ", "))
		}
	}
}

// wrongType refuses the value of a key.
func (t *table) wrongType(key, want string) {
	t.r.refuse(keyPath(t.path, key), ProblemWrongType, want)
}

// table returns the table under a key. It may be absent or of the wrong type:
// then it is refused and an empty one is returned.
func (t *table) table(key string) *table {
	sub := &table{r: t.r, path: keyPath(t.path, key)}
	v, ok := t.take(key)
	values, isTable := v.(map[string]any)
	if ok && !isTable {
		t.wrongType(key, "table")
	}
	sub.values, sub.absent = values, !isTable
	return sub
}

// list returns the elements under a key, which may be left out if optional.
func (t *table) list(key string, optional bool) []any {
	if _, there := t.values[key]; optional && !there {
		t.known = append(t.known, key)
		return nil
	}
	v, ok := t.take(key)
	switch list := v.(type) {
	case []any:
		return list
	case []map[string]any:
		elements := make([]any, len(list))
		for i, element := range list {
			elements[i] = element
		}
		return elements
	}
	if ok {
		t.wrongType(key, "array")
	}
	return nil
}

// tables returns the list of one to most tables under a key.
func (t *table) tables(key string, most int) []*table {
	path := keyPath(t.path, key)
	elements := t.list(key, false)
	if _, there := t.values[key]; there && len(elements) == 0 {
		t.r.refuse(path, ProblemTooFew, "1")
	}
	if len(elements) > most {
		t.r.refuse(placePath(path, most), ProblemTooMany, strconv.Itoa(most))
		elements = elements[:most]
	}
	var tables []*table
	for i, element := range elements {
		place := placePath(path, i)
		values, ok := element.(map[string]any)
		if !ok {
			t.r.refuse(place, ProblemWrongType, "table")
			continue
		}
		tables = append(tables, &table{r: t.r, path: place, values: values})
	}
	return tables
}

// number returns the whole number under a key, within a range.
func (t *table) number(key string, least, most int) int {
	v, ok := t.take(key)
	if !ok {
		return 0
	}
	n, isNumber := v.(int64)
	switch {
	case !isNumber:
		t.wrongType(key, "integer")
	case n < int64(least) || n > int64(most):
		t.r.refuse(keyPath(t.path, key), ProblemOutOfRange, fmt.Sprintf("%d–%d", least, most))
	default:
		return int(n)
	}
	return 0
}

// text returns the string under a key; ok is false if there is none.
func (t *table) text(key string) (s string, ok bool) {
	v, there := t.take(key)
	s, ok = v.(string)
	if there && !ok {
		t.wrongType(key, "string")
	}
	return s, ok
}

// bilingual returns a text in both languages, of at most longest characters.
func (t *table) bilingual(key string, longest int) model.Bilingual {
	sub := t.table(key)
	b := model.Bilingual{EN: sub.words("en", longest), NL: sub.words("nl", longest)}
	sub.done()
	return b
}

// words returns a text for people to read: one line, no hidden signs, and no
// word that suggests crime, health, belief or origin (safety, Privacy).
func (t *table) words(key string, longest int) string {
	s, ok := t.text(key)
	if !ok {
		return ""
	}
	sign, hidden := hiddenSign(s)
	t.readable(key, s, longest, sign, hidden)
	return s
}

// readable refuses a text that has no words, too many of them, a sign that may
// not stand there, or a word that suggests what no label may.
func (t *table) readable(key, s string, longest int, sign string, hidden bool) {
	path := keyPath(t.path, key)
	switch {
	case strings.TrimSpace(s) == "":
		t.r.refuse(path, ProblemEmptyText, "")
	case len([]rune(s)) > longest:
		t.r.refuse(path, ProblemTextTooLong, strconv.Itoa(longest))
	case hidden:
		t.r.refuse(path, ProblemTextForm, quoted(sign))
	}
	if word, id, found := sensitive(s); found {
		t.r.refuse(path, id, quoted(word))
	}
}

// id returns an id that none of those seen before bears.
func (t *table) id(seen map[string]bool) string {
	s, ok := t.text("id")
	if !ok {
		return ""
	}
	path := keyPath(t.path, "id")
	switch {
	case !validID(s):
		t.r.refuse(path, ProblemBadID, quoted(s))
	case seen[s]:
		t.r.refuse(path, ProblemDuplicateID, quoted(s))
	}
	if word, id, found := sensitive(s); found {
		t.r.refuse(path, id, quoted(word))
	}
	seen[s] = true
	return s
}

// validID accepts small letters, digits and hyphens, beginning with a letter, at
// most 40 of them: ids are stored for ever and typed on command lines.
func validID(s string) bool {
	if s == "" || len(s) > 40 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	return !strings.ContainsFunc(s, func(c rune) bool {
		return c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z')
	})
}
