package text

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// word is one message as its catalogue has it; one is "" without plural forms.
type word struct{ id, one, other string }

var errLine = errors.New(`a line is "id" = "text" or "id" = { one = "text", other = "text" }`)

// readWords reads every area of a language at each start of the program, so it
// takes the two shapes of line that catalogues are written in and no other
// TOML: that is some fifty times as fast as reading all of TOML. An id may
// stand once in all areas. A test holds what it reads to what TOML says.
func readWords(fsys fs.FS, lang string) ([]word, error) {
	names, err := fs.Glob(fsys, "catalog/*."+lang+".toml")
	if err != nil {
		return nil, fmt.Errorf("text: %w", err)
	}
	slices.Sort(names)
	out := make([]word, 0, 4096)
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("text: %w", err)
		}
		n := 0
		for line := range strings.Lines(string(raw)) {
			n++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			w, err := readLine(line)
			if err != nil {
				return nil, fmt.Errorf("text: %s:%d: %w", path.Base(name), n, err)
			}
			out = append(out, w)
		}
	}
	return out, nil
}

func readLine(line string) (w word, err error) {
	var rest string
	if w.id, rest, err = quoted(line); err != nil {
		return w, err
	}
	rest, ok := strings.CutPrefix(rest, " = ")
	if !ok || w.id == "" {
		return w, errLine
	}
	forms, plural := strings.CutPrefix(rest, "{ one = ")
	if !plural {
		w.other, rest, err = quoted(rest)
		return w, whole(err, rest == "" && w.other != "")
	}
	if w.one, rest, err = quoted(forms); err != nil {
		return w, err
	}
	if rest, ok = strings.CutPrefix(rest, ", other = "); !ok {
		return w, errLine
	}
	w.other, rest, err = quoted(rest)
	return w, whole(err, rest == " }" && w.one != "" && w.other != "")
}

func whole(err error, ok bool) error {
	if err == nil && !ok {
		err = errLine
	}
	return err
}

// quoted cuts a TOML basic string off the beginning of a line. Of the escapes
// it knows \" and \\: the other signs are written as they are.
func quoted(s string) (text, rest string, err error) {
	if s == "" || s[0] != '"' {
		return "", "", errLine
	}
	s = s[1:]
	end := strings.IndexAny(s, `"\`)
	if end >= 0 && s[end] == '"' { // nearly always
		return s[:end], s[end+1:], nil
	}
	var b strings.Builder
	for ; end >= 0; end = strings.IndexAny(s, `"\`) {
		b.WriteString(s[:end])
		if s[end] == '"' {
			return b.String(), s[end+1:], nil
		}
		if end+1 == len(s) || s[end+1] != '"' && s[end+1] != '\\' {
			return "", "", fmt.Errorf(`%w; of the escapes only \" and \\`, errLine)
		}
		b.WriteByte(s[end+1])
		s = s[end+2:]
	}
	return "", "", errLine
}
