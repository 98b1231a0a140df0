// Package text holds every word the product says, in English and in Dutch.
//
// The words lie in TOML catalogues, one file for each area and language
// (catalog/<area>.<lang>.toml), so that a new screen brings its own file and
// no two people edit the same one. A message is either a plain line, a line
// with {{.Named}} arguments, or a table with the plural forms of the language.
// The package imports nothing of ours and holds no state that changes.
package text

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed catalog/*.toml
var catalogFS embed.FS

// ErrLanguage is returned by [Load] for a language that has no catalogue.
var ErrLanguage = errors.New("text: unknown language")

// Languages lists the languages every catalogue has, the default one first.
func Languages() []string { return []string{"en", "nl"} }

// Text words messages, numbers and dates in one language. It is read-only
// after loading and may be shared by any number of sessions.
type Text struct {
	lang   string
	plain  map[string]string
	forms  map[string]func() *i18n.MessageTemplate // parsed at first use: a verb needs a few of thousands
	plural map[string]bool
	loc    *i18n.Localizer
	group  string
	point  string
}

var loaders = map[string]func() (*Text, error){
	"en": sync.OnceValues(func() (*Text, error) { return load("en") }),
	"nl": sync.OnceValues(func() (*Text, error) { return load("nl") }),
}

// Load gives the texts of a language, "en" or "nl"; any other name is
// [ErrLanguage]. The catalogue is parsed once in a process.
func Load(lang string) (*Text, error) {
	l, ok := loaders[lang]
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrLanguage, lang)
	}
	return l()
}

// Pick names the language to use: the flag if it is given, otherwise the first
// of LC_ALL, LC_MESSAGES and LANG that is set (the order of POSIX, section
// 8.2), otherwise English. A locale beginning with "nl" is Dutch.
func Pick(flag string, env func(string) string) string {
	for _, v := range []string{flag, env("LC_ALL"), env("LC_MESSAGES"), env("LANG")} {
		if v == "" {
			continue
		}
		v = strings.ToLower(v)
		if v == "nl" || strings.HasPrefix(v, "nl_") || strings.HasPrefix(v, "nl-") ||
			strings.HasPrefix(v, "nl.") || strings.HasPrefix(v, "nl@") {
			return "nl"
		}
		return "en"
	}
	return "en"
}

func load(lang string) (*Text, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrLanguage, lang)
	}
	msgs, err := readCatalog(catalogFS, lang)
	if err != nil {
		return nil, err
	}
	t := &Text{
		lang:   lang,
		plain:  make(map[string]string, len(msgs)),
		forms:  map[string]func() *i18n.MessageTemplate{},
		plural: map[string]bool{},
	}
	bundle := i18n.NewBundle(tag)
	for id, m := range msgs {
		t.plural[id] = m.One != ""
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			t.plain[id] = m.Other
			continue
		}
		if m.One != "" {
			if err := bundle.AddMessages(tag, m); err != nil {
				return nil, fmt.Errorf("text: %s: %w", id, err)
			}
		}
		t.forms[id] = sync.OnceValue(func() *i18n.MessageTemplate { return i18n.NewMessageTemplate(m) })
	}
	t.loc = i18n.NewLocalizer(bundle, lang)
	t.group, t.point = separators(tag)
	return t, nil
}

// readCatalog reads every area of a language; an id may stand in one only.
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

// Lang is the language, "en" or "nl".
func (t *Text) Lang() string { return t.lang }

// Has tells whether the catalogue holds an id.
func (t *Text) Has(id string) bool {
	if _, ok := t.plain[id]; ok {
		return true
	}
	_, ok := t.forms[id]
	return ok
}

// T words a message. kv are names and values for its arguments, in turn:
// T("desk.found", "Name", n). A missing id gives the id in brackets, so that
// it is seen and never hides the rest.
func (t *Text) T(id string, kv ...any) string {
	if s, ok := t.plain[id]; ok {
		return s
	}
	m, ok := t.forms[id]
	if !ok {
		return "[" + id + "]"
	}
	s, err := m().Execute("other", args(kv), nil)
	if err != nil {
		return "[" + id + "]"
	}
	return s
}

// N words a message that counts something: the plural form follows n, and
// {{.N}} in the message is n as the language writes it.
func (t *Text) N(id string, n int, kv ...any) string {
	if s, ok := t.plain[id]; ok {
		return s
	}
	if _, ok := t.forms[id]; !ok {
		return "[" + id + "]"
	}
	data := args(kv)
	data["N"] = t.Int(n)
	if !t.plural[id] {
		return t.T(id, append(slices.Clone(kv), "N", data["N"])...)
	}
	s, err := t.loc.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data, PluralCount: n})
	if err != nil {
		return "[" + id + "]"
	}
	return s
}

func args(kv []any) map[string]any {
	data := make(map[string]any, len(kv)/2+1)
	for i := 0; i+1 < len(kv); i += 2 {
		if name, ok := kv[i].(string); ok {
			data[name] = kv[i+1]
		}
	}
	return data
}
