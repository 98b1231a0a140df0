// Package text holds every word the product says, in English and in Dutch.
//
// The words lie in TOML catalogues, one file for each area and language
// (catalog/<area>.<lang>.toml), so that a new screen brings its own file and
// no two people edit the same one. A message is a line of its own: "id" = "text",
// where the text may have {{.Named}} arguments, or "id" = { one = …, other = … }
// with the plural forms of the language.
// The package imports nothing of ours and holds no state that changes.
package text

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
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
	lang  string
	tag   language.Tag
	plain map[string]string
	forms map[string]*form
	group string
	point string
}

// form is a message with arguments or plural forms. Its template is made at
// first use: a verb needs a few of thousands.
type form struct {
	word
	once sync.Once
	made *i18n.MessageTemplate
}

func (f *form) template() *i18n.MessageTemplate {
	f.once.Do(func() { f.made = i18n.NewMessageTemplate(&i18n.Message{ID: f.id, One: f.one, Other: f.other}) })
	return f.made
}

var loaders = map[string]func() (*Text, error){
	"en": sync.OnceValues(func() (*Text, error) { return load(catalogFS, "en") }),
	"nl": sync.OnceValues(func() (*Text, error) { return load(catalogFS, "nl") }),
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

func load(catalog fs.FS, lang string) (*Text, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrLanguage, lang)
	}
	words, err := readWords(catalog, lang)
	if err != nil {
		return nil, err
	}
	t := &Text{lang: lang, tag: tag, plain: make(map[string]string, len(words)), forms: make(map[string]*form, len(words)/2)}
	for _, w := range words {
		switch {
		case t.Has(w.id):
			return nil, fmt.Errorf("text: %s: %q stands there twice", lang, w.id)
		case w.one == "" && !strings.Contains(w.other, "{{"):
			t.plain[w.id] = w.other
		default:
			t.forms[w.id] = &form{word: w}
		}
	}
	t.group, t.point = separators(tag)
	return t, nil
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
	f, ok := t.forms[id]
	if !ok {
		return missing(id)
	}
	s, err := f.template().Execute("other", args(kv), nil)
	if err != nil {
		return missing(id)
	}
	return s
}

// N words a message that counts something: the plural form follows n, and
// {{.N}} in the message is n as the language writes it.
func (t *Text) N(id string, n int, kv ...any) string {
	if s, ok := t.plain[id]; ok {
		return s
	}
	f, ok := t.forms[id]
	if !ok {
		return missing(id)
	}
	data := args(kv)
	data["N"] = t.Int(n)
	execute := func() (string, error) { return f.template().Execute("other", data, nil) }
	if f.one != "" && plural.Cardinal.MatchPlural(t.tag, max(n, -n), 0, 0, 0, 0) == plural.One {
		execute = func() (string, error) { return f.template().Execute("one", data, nil) }
	}
	s, err := execute()
	if err != nil {
		return missing(id)
	}
	return s
}

func missing(id string) string { return "[" + id + "]" }

func args(kv []any) map[string]any {
	data := make(map[string]any, len(kv)/2+1)
	for i := 0; i+1 < len(kv); i += 2 {
		if name, ok := kv[i].(string); ok {
			data[name] = kv[i+1]
		}
	}
	return data
}
