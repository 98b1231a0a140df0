package text

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

func both(t testing.TB) (en, nl *Text) {
	t.Helper()
	en, err := Load("en")
	if err != nil {
		t.Fatal(err)
	}
	if nl, err = Load("nl"); err != nil {
		t.Fatal(err)
	}
	return en, nl
}

// TestCatalogues holds the texts of the whole product together.
func TestCatalogues(t *testing.T) {
	faults, err := Check(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

func TestCheckFinds(t *testing.T) {
	root := t.TempDir()
	src := "package x\n\nfunc f(tx T) { tx.T(\"a.known\"); tx.N(\"a.missing\", 2); g(\"a.table\") }\n"
	if err := os.WriteFile(filepath.Join(root, "x.go"), []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	cat := fstest.MapFS{
		"catalog/a.en.toml": {Data: []byte(`
"a.known" = "x {{.Name}}"
"a.table" = { one = "1 row", other = "{{.N}} rows" }
"a.unused" = "y"
"a.only" = "z"
"cmd.some" = "w"
"A.Odd" = "v"
"a.broken" = "{{.X"
`)},
		"catalog/a.nl.toml": {Data: []byte(`
"a.known" = "x {{.Naam}}"
"a.table" = "rijen {{.N}}"
"a.unused" = "y"
"cmd.some" = "w"
"A.Odd" = "v"
"a.broken" = "{{.X"
`)},
	}
	faults, err := check(cat, root)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(faults, "\n")
	for _, want := range []string{
		`x.go:3: "a.missing" is not in the en catalogue`, `x.go:3: "a.missing" is not in the nl catalogue`,
		`"a.known" takes [Name] in en and [Naam] in nl`, `"a.table" has plural forms in one language only`,
		`"a.unused" is used nowhere`, `"a.only" is in the en catalogue and not in the nl one`,
		`"A.Odd" is not an id`, `"a.broken" is no template`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("not found: %s\nin:\n%s", want, all)
		}
	}
	for _, unwanted := range []string{`"cmd.some"`, `"a.table" is used nowhere`} {
		if strings.Contains(all, unwanted) {
			t.Errorf("a false alarm: %s\n%s", unwanted, all)
		}
	}
}

func TestCatalogueRefusesDoubles(t *testing.T) {
	for name, cat := range map[string]fstest.MapFS{
		"two areas": {"catalog/a.en.toml": {Data: []byte(`"x.y" = "1"`)}, "catalog/b.en.toml": {Data: []byte(`"x.y" = "2"`)}},
		"two ways":  {"catalog/a.en.toml": {Data: []byte("\"x.y\" = \"1\"\n[x]\ny = \"2\"")}},
		"empty":     {"catalog/a.en.toml": {Data: []byte(`"x.y" = ""`)}},
		"number":    {"catalog/a.en.toml": {Data: []byte(`"x.y" = 3`)}},
		"plural":    {"catalog/a.en.toml": {Data: []byte(`"x.y" = { few = "a", other = "b" }`)}},
		"toml":      {"catalog/a.en.toml": {Data: []byte(`x`)}},
	} {
		if _, err := readCatalog(cat, "en"); err == nil {
			t.Errorf("%s: accepted", name)
		}
		if _, err := load(cat, "en"); err == nil {
			t.Errorf("%s: accepted at the start", name)
		}
	}
}

// TestWordsAreTheTOML holds the quick reader to what TOML says of the same files.
func TestWordsAreTheTOML(t *testing.T) {
	for _, lang := range Languages() {
		all, err := readCatalog(catalogFS, lang)
		if err != nil {
			t.Fatal(err)
		}
		words, err := readWords(catalogFS, lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(words) != len(all) || len(words) < 1000 {
			t.Errorf("%s: %d words of %d", lang, len(words), len(all))
		}
		for _, w := range words {
			if m := all[w.id]; m == nil || m.One != w.one || m.Other != w.other {
				t.Errorf("%s: %q is read as %q", lang, w.id, w)
			}
		}
	}
}

// FuzzReadLine holds that a line which the quick reader takes is read the same
// by a reader of all of TOML.
func FuzzReadLine(f *testing.F) {
	for _, s := range []string{
		`"a.b" = "c"`, `"a.b" = "say \"c\" \\"`, `"a.b" = { one = "1 c", other = "{{.N}} c" }`, `"a.b" = "c" # d`, `"a.b" = """c"""`,
		`"a.b" = 3`, `a.b = "c"`, `"a.b" = 'c'`, `"a.b" = "\u0041"`, `"a.b" = { other = "c" }`, `"a.b" = ""`, `"a.b" = "c`, `[a]`, `"a" = "\`,
		`"a.b" = { one = "c", other = "d" } }`, `"" = "c"`, `"a.b" = { one = "", other = "d" }`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.TrimSpace(line)
		w, err := readLine(line)
		if err != nil || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f || r == '\uFFFD' }) {
			return
		}
		all, err := readCatalog(fstest.MapFS{"catalog/a.en.toml": {Data: []byte(line)}}, "en")
		if m := all[w.id]; err != nil || len(all) != 1 || m == nil || m.One != w.one || m.Other != w.other {
			t.Fatalf("%q is read as %q: %v", line, w, err)
		}
	})
}

func TestPick(t *testing.T) {
	for _, c := range []struct {
		flag string
		env  map[string]string
		want string
	}{
		{"", nil, "en"},
		{"nl", map[string]string{"LANG": "en_GB.UTF-8"}, "nl"},
		{"en", map[string]string{"LANG": "nl_NL.UTF-8"}, "en"},
		{"", map[string]string{"LANG": "nl_NL.UTF-8"}, "nl"},
		{"", map[string]string{"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, "en"},
		{"", map[string]string{"LANG": "en_US", "LC_MESSAGES": "nl_BE"}, "nl"},
		{"", map[string]string{"LANG": "nld"}, "en"},
		{"", map[string]string{"LANG": "de_DE"}, "en"},
	} {
		if got := Pick(c.flag, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("Pick(%q, %v) = %s, want %s", c.flag, c.env, got, c.want)
		}
	}
	if _, err := Load("de"); err == nil {
		t.Error("German was loaded")
	}
}

func TestWords(t *testing.T) {
	en, nl := both(t)
	for _, c := range []struct{ got, want string }{
		{en.Lang() + nl.Lang(), "ennl"},
		{en.T("cmd.back.short"), "back"}, {nl.T("cmd.back.short"), "terug"},
		{en.T("no.such"), "[no.such]"}, {en.N("no.such", 2), "[no.such]"},
		{en.T("kit.confirm.type", "Name", "Petra"), "Type the name to go on: Petra"},
		{en.N("text.until.days", 1), "in 1 day"}, {nl.N("text.until.days", 1), "over 1 dag"},
		{en.N("text.until.days", 1204), "in 1,204 days"}, {nl.N("text.until.days", 1204), "over 1.204 dagen"},
		{en.N("text.until.days", 0), "in 0 days"}, {nl.N("text.ago.hours", 2), "2 uur geleden"},
		{en.N("cmd.back.short", 3), "back"}, {en.N("console.reference", 3, "Ref", "X"), "Reference X."},
		{en.Int(12408), "12,408"}, {nl.Int(12408), "12.408"}, {en.Int(-1234567), "-1,234,567"}, {en.Int(0), "0"}, {en.Int(999), "999"},
		{en.Decimal(4.85, 1), "4.8"}, {nl.Decimal(1234.5, 2), "1.234,50"}, {en.Decimal(-0.01, 1), "0.0"}, {en.Decimal(7, 0), "7"},
		{en.Money(124000), "€ 1,240"}, {nl.Money(124050), "€ 1.240,50"}, {nl.Money(-5), "-€ 0,05"}, {en.Money(0), "€ 0"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if !en.Has("cmd.back") || !en.Has("text.until.days") || en.Has("cmd.no") {
		t.Error("Has")
	}
}

func TestDates(t *testing.T) {
	en, nl := both(t)
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, zone)
	at := func(y, m, d, h, min int) time.Time { return time.Date(y, time.Month(m), d, h, min, 0, 0, zone) }
	for _, c := range []struct{ got, want string }{
		{en.Date(at(2026, 11, 26, 0, 0), now), "Thu 26 Nov"}, {nl.Date(at(2026, 11, 26, 0, 0), now), "do 26 nov"},
		{en.Date(at(2027, 3, 1, 0, 0), now), "Mon 1 Mar 2027"}, {nl.ShortDate(at(2027, 3, 1, 0, 0), now), "1 mrt 2027"},
		{en.ShortDate(at(2026, 5, 2, 0, 0), now), "2 May"}, {en.DateTime(at(2026, 11, 26, 9, 5), now), "Thu 26 Nov 09:05"},
		{en.Ago(now.Add(time.Hour), now), "just now"}, {en.Ago(now.Add(-30*time.Second), now), "just now"},
		{en.Ago(now.Add(-time.Minute), now), "1 minute ago"}, {nl.Ago(now.Add(-3*time.Hour), now), "3 uur geleden"},
		{en.Ago(at(2026, 11, 23, 23, 59), now), "yesterday"}, {en.Ago(at(2026, 11, 20, 1, 0), now), "4 days ago"},
		{nl.Ago(at(2026, 8, 1, 0, 0), now), "3 maanden geleden"}, {en.Ago(at(2020, 1, 1, 0, 0), now), "6 years ago"},
		{en.Until(at(2026, 11, 24, 0, 0), now), "today"}, {en.Until(at(2026, 11, 25, 23, 0), now), "tomorrow"},
		{nl.Until(at(2026, 11, 26, 0, 0), now), "over 2 dagen"}, {en.Until(at(2026, 11, 20, 0, 0), now), "4 days late"},
		{en.Until(at(2027, 3, 1, 0, 0), now), "in 3 months"}, {en.Until(at(2030, 1, 1, 0, 0), now), "in 3 years"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestSummerTime: a day of 23 or 25 hours is still one day.
func TestSummerTime(t *testing.T) {
	en, _ := both(t)
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		zone = time.UTC
	}
	for _, day := range []time.Time{time.Date(2026, 3, 28, 23, 30, 0, 0, zone), time.Date(2026, 10, 24, 0, 30, 0, 0, zone)} {
		if got := en.Until(day.AddDate(0, 0, 2), day); got != "in 2 days" {
			t.Errorf("from %v: %s", day, got)
		}
	}
}

func TestSharedBySessions(t *testing.T) {
	en, _ := both(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 100 {
				if en.N("text.until.days", i+2) == "" || en.T("kit.confirm.type", "Name", i) == "" {
					t.Error("no words")
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkPlain(b *testing.B) {
	en, _ := both(b)
	for b.Loop() {
		_ = en.T("cmd.back.short")
	}
}
