package text

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// readCatalog reads every area of a language with a reader of all of TOML; an
// id may stand in one only. The check of the catalogues reads them so, and says
// better what is wrong; the program itself starts with readWords.
func readCatalog(fsys fs.FS, lang string) (map[string]*i18n.Message, error) {
	names, err := fs.Glob(fsys, "catalog/*."+lang+".toml")
	if err != nil {
		return nil, fmt.Errorf("text: %w", err)
	}
	out := map[string]*i18n.Message{}
	from := map[string]string{}
	slices.Sort(names)
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("text: %w", err)
		}
		var tree map[string]any
		if _, err := toml.Decode(string(raw), &tree); err != nil {
			return nil, fmt.Errorf("text: %s: %w", path.Base(name), err)
		}
		area := map[string]*i18n.Message{}
		if err := flatten("", tree, area); err != nil {
			return nil, fmt.Errorf("text: %s: %w", path.Base(name), err)
		}
		for id, m := range area {
			if other, twice := from[id]; twice {
				return nil, fmt.Errorf("text: %q stands in both %s and %s", id, other, path.Base(name))
			}
			from[id], out[id] = path.Base(name), m
		}
	}
	return out, nil
}

// flatten turns nested tables into dotted ids. A table with the key "other" is
// one message with plural forms (CLDR: English and Dutch have one and other).
func flatten(prefix string, tree map[string]any, out map[string]*i18n.Message) error {
	if other, ok := tree["other"].(string); ok && prefix != "" {
		m := &i18n.Message{ID: prefix, Other: other}
		for k, v := range tree {
			s, isText := v.(string)
			switch {
			case k == "other":
			case k == "one" && isText:
				m.One = s
			default:
				return fmt.Errorf("%q: a plural has only one and other, not %q", prefix, k)
			}
		}
		return add(out, m)
	}
	for k, v := range tree {
		id := k
		if prefix != "" {
			id = prefix + "." + k
		}
		switch v := v.(type) {
		case string:
			if err := add(out, &i18n.Message{ID: id, Other: v}); err != nil {
				return err
			}
		case map[string]any:
			if err := flatten(id, v, out); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%q is neither a text nor a table", id)
		}
	}
	return nil
}

func add(out map[string]*i18n.Message, m *i18n.Message) error {
	if _, twice := out[m.ID]; twice {
		return fmt.Errorf("%q stands there twice", m.ID)
	}
	if m.Other == "" {
		return fmt.Errorf("%q is empty", m.ID)
	}
	out[m.ID] = m
	return nil
}
