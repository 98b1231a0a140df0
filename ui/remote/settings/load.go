package settings

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"pasvorm/model"
)

// maxFile is how large the file may be, in bytes.
const maxFile = 64 << 10

// Load reads a file of settings; what it does not name is as in [Default], and ""
// is no file. It refuses a file that others may write, a key that is none, a value
// of the wrong kind or out of its range, and settings that do not go together;
// each with the line. Of several problems it tells the first.
func Load(path string) (Settings, error) {
	if path == "" {
		return Default(), nil
	}
	src, err := read(path)
	if err != nil {
		return Settings{}, err
	}
	return parse(path, src)
}

func read(path string) (src string, err error) {
	f, err := os.Open(path) //nolint:gosec // whoever starts the server names it
	if err != nil {
		return "", unreadable(path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	switch {
	case err != nil:
		return "", unreadable(path, err)
	case !st.Mode().IsRegular():
		return "", unreadable(path, nil)
	case st.Mode().Perm()&0o022 != 0:
		return "", model.NotAllowed("error.settings.writable", "File", path).WithHint("hint.settings.writable")
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return "", unreadable(path, err)
	}
	if len(b) > maxFile {
		return "", model.Invalid("error.settings.large", "File", path, "Most", maxFile>>10).WithHint("hint.settings")
	}
	return string(b), nil
}

func unreadable(path string, cause error) error {
	e := model.NotFound("error.settings.file", "File", path)
	e.Hint, e.Cause = "hint.settings.file", cause
	return e
}

// file is a text that is being read.
type file struct {
	name  string
	lines map[string]int // of each key and table
}

// parse reads a text.
func parse(name, src string) (Settings, error) {
	src = strings.TrimPrefix(src, "\ufeff")
	tree := map[string]any{}
	if _, err := toml.Decode(src, &tree); err != nil {
		line := 1
		if at, ok := errors.AsType[toml.ParseError](err); ok {
			line = min(max(at.Position.Line, 1), strings.Count(src, "\n")+1) // the library is off by one now and then
		}
		e := model.Invalid("error.settings.syntax", "File", name, "Line", line)
		e.Hint, e.Cause = "hint.settings", err
		return Settings{}, e
	}
	f := &file{name: name, lines: lines(src)}
	given := flatten("", tree, nil)
	slices.SortFunc(given, func(a, b pair) int {
		if d := f.line(a.key) - f.line(b.key); d != 0 {
			return d
		}
		return strings.Compare(a.key, b.key)
	})
	out := Default()
	for _, p := range given {
		if err := f.set(&out, p); err != nil {
			return Settings{}, err
		}
	}
	for _, two := range notAbove {
		a, b := named(two[0]), named(two[1])
		if a.value(&out) > b.value(&out) {
			line := max(f.lines[a.key], f.lines[b.key]) // one of them was set
			return Settings{}, f.fault("error.settings.above", line, a.key, "Value", a.words(a.value(&out)), "Other", b.key, "Most", b.words(b.value(&out)))
		}
	}
	return out, nil
}

// pair is a key of the file with its value.
type pair struct {
	key   string
	value any
}

// flatten gives every value with its dotted key; a table where a setting belongs
// is a value too.
func flatten(prefix string, tree map[string]any, out []pair) []pair {
	for k, v := range tree {
		key := k
		if prefix != "" {
			key = prefix + "." + k
		}
		if sub, ok := v.(map[string]any); ok && named(key) == nil && (len(sub) > 0 || section(key)) {
			out = flatten(key, sub, out)
			continue
		}
		out = append(out, pair{key, v})
	}
	return out
}

func section(key string) bool {
	return slices.ContainsFunc(table, func(s setting) bool { return strings.HasPrefix(s.key, key+".") })
}

// set checks one value and takes it.
func (f *file) set(s *Settings, p pair) error {
	d := named(p.key)
	if d == nil {
		return f.unknown(p.key)
	}
	line := f.line(p.key)
	switch at := d.at(s).(type) {
	case *int:
		n, ok := p.value.(int64)
		if !ok {
			return f.fault("error.settings.number", line, p.key, "Low", d.words(d.low), "High", d.words(d.high))
		}
		if n < d.low || n > d.high {
			return f.outside(d, line, n)
		}
		*at = int(n)
	case *time.Duration:
		text, _ := p.value.(string)
		v, err := time.ParseDuration(text)
		if err != nil {
			return f.fault("error.settings.duration", line, p.key, "Low", d.words(d.low), "High", d.words(d.high))
		}
		if n := int64(v); (n < d.low || n > d.high) && (n != 0 || !d.never) {
			return f.outside(d, line, n)
		}
		*at = v
	default:
		text, ok := p.value.(string)
		switch {
		case !ok:
			return f.fault("error.settings.text", line, p.key)
		case d.choices != nil && !slices.Contains(d.choices, text):
			return f.fault("error.settings.choice", line, p.key, "Value", short(text), "Choices", strings.Join(d.choices, ", "))
		case d.check != nil && !d.check(text):
			return f.fault(d.wrong, line, p.key, "Value", short(text))
		}
		d.put(s, text)
	}
	return nil
}

func (f *file) outside(d *setting, line int, v int64) error {
	id := "error.settings.range"
	if d.never {
		id = "error.settings.range-or-never"
	}
	return f.fault(id, line, d.key, "Value", d.words(v), "Low", d.words(d.low), "High", d.words(d.high))
}

func (f *file) unknown(key string) error {
	if near := nearest(key); near != "" {
		return f.fault("error.settings.unknown-near", f.line(key), short(key), "Near", near)
	}
	return f.fault("error.settings.unknown", f.line(key), short(key))
}

func (f *file) fault(id string, line int, key string, kv ...any) error {
	return model.Invalid(id, append([]any{"File", f.name, "Line", line, "Key", key}, kv...)...).WithHint("hint.settings")
}

// short cuts what somebody wrote to what a sentence can hold.
func short(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
