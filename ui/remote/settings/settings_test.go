package settings

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/ui/remote/wire"
)

// TestDefault holds the file, the defaults and the limits of the wire to each
// other.
func TestDefault(t *testing.T) {
	got, err := parse("default.toml", Text())
	if err != nil {
		t.Fatal(err)
	}
	if want := Default(); got != want {
		t.Errorf("the file says\n%+v\nand Default\n%+v", got, want)
	}
	if got.Wire != wire.DefaultLimits() {
		t.Errorf("limits are\n%+v\nand those of the wire\n%+v", got.Wire, wire.DefaultLimits())
	}
	if none, err := Load(""); err != nil || none != got {
		t.Errorf("no file: %+v, %v", none, err)
	}
	if empty, err := parse("empty", ""); err != nil || empty != got {
		t.Errorf("an empty file: %+v, %v", empty, err)
	}
}

// TestEveryFieldHasASetting finds each field of the settings, those of the wire
// included, behind exactly one key, and each key in the file.
func TestEveryFieldHasASetting(t *testing.T) {
	var s Settings
	behind := map[any]string{}
	for _, d := range table {
		p := d.at(&s)
		if other, twice := behind[p]; twice {
			t.Errorf("%s and %s set the same", other, d.key)
		}
		behind[p] = d.key
		if _, ok := lines(Text())[d.key]; !ok {
			t.Errorf("%s is not in the file", d.key)
		}
	}
	fields := 0
	var each func(v reflect.Value, name string)
	each = func(v reflect.Value, name string) {
		for i := range v.NumField() {
			f, n := v.Field(i), name+v.Type().Field(i).Name
			if f.Kind() == reflect.Struct {
				each(f, n+".")
				continue
			}
			fields++
			if behind[f.Addr().Interface()] == "" {
				t.Errorf("%s cannot be set", n)
			}
		}
	}
	each(reflect.ValueOf(&s).Elem(), "")
	if fields != len(table) {
		t.Errorf("%d fields and %d settings", fields, len(table))
	}
}

// TestFileExplains wants a comment above every setting, with its range.
func TestFileExplains(t *testing.T) {
	all := strings.Split(Text(), "\n")
	for _, d := range table {
		n := lines(Text())[d.key] - 1
		about := ""
		for i := n - 1; i >= 0 && strings.HasPrefix(all[i], "#"); i-- {
			about = strings.TrimPrefix(all[i], "# ") + " " + about
		}
		if len(about) < 20 {
			t.Errorf("%s is not explained", d.key)
		}
		if bounds := d.words(d.low) + " to " + d.words(d.high); d.high > 0 && !strings.Contains(about, bounds) {
			t.Errorf("%s goes from %s, and the file says: %s", d.key, bounds, about)
		}
		for _, c := range d.choices {
			if !strings.Contains(about, `"`+c+`"`) {
				t.Errorf("%s may be %q, and the file says: %s", d.key, c, about)
			}
		}
	}
	for i, l := range all {
		if len(l) > 80 {
			t.Errorf("line %d is %d wide", i+1, len(l))
		}
	}
}

func TestParse(t *testing.T) {
	text := `
reach = { listen = "127.0.0.1:2222" }

[limits]
"idle" = "0s"
handshake = "1m30s"

[log]
level = "debug" # a comment
`
	s, err := parse("f", text)
	want := Default()
	want.Listen, want.Wire.Idle, want.Wire.Handshake, want.LogLevel = "127.0.0.1:2222", 0, 90*time.Second, slog.LevelDebug
	if err != nil || s != want {
		t.Errorf("got %+v, %v", s, err)
	}
	s, err = parse("f", "limits.tries = 7\nreach.socket_mode = \"0666\"\n")
	want = Default()
	want.Wire.Tries, want.SocketMode = 7, 0o666
	if err != nil || s != want {
		t.Errorf("dotted: got %+v, %v", s, err)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		text, id string
		line     int
		args     map[string]string
	}{
		{"[limits]\nidle = \"1h\"\nhandshak = \"20s\"\n", "error.settings.unknown-near", 3, map[string]string{"Key": "limits.handshak", "Near": "limits.handshake"}},
		{"idle = \"1h\"\n", "error.settings.unknown-near", 1, map[string]string{"Key": "idle", "Near": "limits.idle"}},
		{"[limits]\nkeep-alive = \"20s\"\n", "error.settings.unknown-near", 2, map[string]string{"Near": "limits.keep_alive"}},
		{"[limit]\ntries = 3\n", "error.settings.unknown-near", 2, map[string]string{"Near": "limits.tries"}},
		{"\n[weather]\nrain = true\n", "error.settings.unknown", 3, map[string]string{"Key": "weather.rain"}},
		{"[weather]\n", "error.settings.unknown", 1, map[string]string{"Key": "weather"}},
		{"[[limits]]\ntries = 3\n", "error.settings.unknown", 1, map[string]string{"Key": "limits"}},
		{"limits = 3\n", "error.settings.unknown", 1, map[string]string{"Key": "limits"}},
		{"[limits]\ntries = \"3\"\n", "error.settings.number", 2, map[string]string{"Low": "1", "High": "8"}},
		{"[limits]\ntries = 3.0\n", "error.settings.number", 2, nil},
		{"[limits.tries]\nof = 3\n", "error.settings.number", 1, map[string]string{"Key": "limits.tries"}},
		{"[limits]\ntries = 0\n", "error.settings.range", 2, map[string]string{"Value": "0"}},
		{"[limits]\ntries = 21\n", "error.settings.range", 2, map[string]string{"Value": "21", "High": "8"}},
		{"[limits]\nidle = 20\n", "error.settings.duration", 2, map[string]string{"Low": "1m", "High": "168h"}},
		{"[limits]\nidle = \"20\"\n", "error.settings.duration", 2, nil},
		{"[limits]\nidle = \"20 minutes\"\n", "error.settings.duration", 2, nil},
		{"[limits]\nidle = \"1s\"\n", "error.settings.range-or-never", 2, map[string]string{"Value": "1s"}},
		{"[limits]\nstall = \"31s\"\n", "error.settings.range", 2, map[string]string{"Value": "31s", "High": "30s"}},
		{"[limits]\nstall = \"0s\"\n", "error.settings.range", 2, nil},
		{"[limits]\nstall = \"-5s\"\n", "error.settings.range", 2, nil},
		{"[limits]\n\nunauth_all = 5\n", "error.settings.above", 3, map[string]string{"Key": "limits.unauth_per_source", "Value": "10", "Other": "limits.unauth_all", "Most": "5"}},
		{"[limits]\npenalty_most = \"30m\"\n", "error.settings.above", 2, map[string]string{"Value": "30m", "Most": "10m"}},
		{"[reach]\nlisten = 2222\n", "error.settings.text", 2, nil},
		{"[reach]\nlisten = \"2222\"\n", "error.settings.address", 2, map[string]string{"Value": "2222"}},
		{"[reach]\nlisten = \"host:ssh\"\n", "error.settings.address", 2, nil},
		{"[reach]\nlisten = \"host:65536\"\n", "error.settings.address", 2, nil},
		{"[reach]\nsocket = \"pasvorm.sock\"\n", "error.settings.path", 2, nil},
		{"[reach]\nsocket_mode = \"0777\"\n", "error.settings.choice", 2, map[string]string{"Choices": "0600, 0660, 0666"}},
		{"[reach]\nsocket_mode = 0o660\n", "error.settings.text", 2, nil},
		{"[reach]\nsocket_group = \"a b\"\n", "error.settings.group", 2, nil},
		{"[reach]\nmetrics = \"0.0.0.0:9222\"\n", "error.settings.loopback", 2, nil},
		{"[reach]\nmetrics = \":9222\"\n", "error.settings.loopback", 2, nil},
		{"[reach]\nmetrics = \"example.org:9222\"\n", "error.settings.loopback", 2, nil},
		{"[console]\nlanguage = \"fr\"\n", "error.settings.choice", 2, nil},
		{"[console]\nlanguage = \"" + strings.Repeat("x", 100) + "\"\n", "error.settings.choice", 2, map[string]string{"Value": strings.Repeat("x", 59) + "…"}},
		{"[log]\nlevel = \"loud\"\n", "error.settings.choice", 2, nil},
		{"[limits]\ntries = 3\ntries = 4\n", "error.settings.syntax", 3, nil},
		{"[limits]\ntries = ?\n", "error.settings.syntax", 2, nil},
		// The first of several is told.
		{"[reach]\nlisten = 1\n[log]\nlevel = \"loud\"\nloud = 1\n", "error.settings.text", 2, nil},
	} {
		_, err := parse("/etc/p.toml", c.text)
		e, ok := errors.AsType[*model.Error](err)
		if !ok || e.ID != c.id || e.Kind != model.KindInvalid || e.Hint == "" {
			t.Errorf("%q: got %v, want %s", c.text, err, c.id)
			continue
		}
		if fmt.Sprint(e.Args["Line"]) != fmt.Sprint(c.line) || e.Args["File"] != "/etc/p.toml" {
			t.Errorf("%q: got %v, want line %d", c.text, e.Args, c.line)
		}
		for k, v := range c.args {
			if e.Args[k] != v {
				t.Errorf("%q: %s is %v, want %s", c.text, k, e.Args[k], v)
			}
		}
	}
}

func TestTaken(t *testing.T) {
	for _, text := range []string{
		"[reach]\nlisten = \":2222\"", "[reach]\nlisten = \"[::1]:2222\"", "[reach]\nlisten = \"127.0.0.1:0\"",
		"[reach]\nmetrics = \"127.0.0.1:9222\"", "[reach]\nmetrics = \"[::1]:9222\"", "[reach]\nmetrics = \"localhost:9222\"", "[reach]\nmetrics = \"/run/pasvorm/metrics.sock\"",
		"[limits]\nidle = \"0s\"", "[limits]\nidle = \"168h\"", "[stop]\ndrain = \"0s\"", "\ufeff[log]\nformat = \"text\"", "[reach]", "reach = {}",
	} {
		if _, err := parse("f", text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestLoadFile looks at the file itself: who may write it, what it is, how large.
func TestLoadFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "pasvorm.toml")
	write := func(text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(path, id, hint string) {
		t.Helper()
		_, err := Load(path)
		if e, ok := errors.AsType[*model.Error](err); !ok || e.ID != id || e.Hint != hint {
			t.Errorf("got %v, want %s", err, id)
		}
	}
	for _, mode := range []os.FileMode{0o600, 0o640, 0o644, 0o400} {
		write("[limits]\ntries = 3\n", mode)
		if s, err := Load(name); err != nil || s.Wire.Tries != 3 {
			t.Errorf("mode %o: %v, %v", mode, s.Wire.Tries, err)
		}
		if err := os.Chmod(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, mode := range []os.FileMode{0o660, 0o602, 0o666} {
		write("", mode)
		refused(name, "error.settings.writable", "hint.settings.writable")
	}
	write(strings.Repeat("# a line of sixteen\n", 4000), 0o600)
	refused(name, "error.settings.large", "hint.settings")
	refused(filepath.Join(dir, "none.toml"), "error.settings.file", "hint.settings.file")
	refused(dir, "error.settings.file", "hint.settings.file")
}

// TestWritten reads back whatever is written within the ranges.
func TestWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Default()
		var b strings.Builder
		section := ""
		for _, d := range table {
			sec, word, _ := strings.Cut(d.key, ".")
			if sec != section {
				section = sec
				fmt.Fprintf(&b, "[%s]\n", sec)
			}
			if d.high == 0 || strings.HasPrefix(word, "unauth") || strings.HasPrefix(word, "penalty") || strings.HasPrefix(word, "sessions") {
				continue
			}
			v := rapid.Int64Range(d.low, d.high).Draw(t, word)
			switch at := d.at(&want).(type) {
			case *int:
				*at = int(v)
				fmt.Fprintf(&b, "%s = %d\n", word, v)
			case *time.Duration:
				*at = time.Duration(v)
				fmt.Fprintf(&b, "%s = %q\n", word, d.words(v))
			}
		}
		got, err := parse("f", b.String())
		if err != nil || got != want {
			t.Fatalf("%v: got %+v, want %+v of\n%s", err, got, want, b.String())
		}
	})
}

// FuzzParse wants no panic, and of every problem a line that the text has.
func FuzzParse(f *testing.F) {
	f.Add(Text())
	f.Add("[limits]\nx = [\n1,\n2]\n\"a.b\" = {c = 1}\n")
	f.Add("limits = { tries = 3, idle = \"1h\" }")
	f.Add("a = \"\"\"\nidle = 3\n\"\"\"")
	id := regexp.MustCompile(`^error\.settings\.`)
	f.Fuzz(func(t *testing.T, src string) {
		_, err := parse("f", src)
		if err == nil {
			return
		}
		e, ok := errors.AsType[*model.Error](err)
		if !ok || !id.MatchString(e.ID) {
			t.Fatalf("%v", err)
		}
		if n, _ := e.Args["Line"].(int); n < 1 || n > strings.Count(src, "\n")+1 {
			t.Errorf("line %d of %q: %v", n, src, err)
		}
	})
}

// TestGuideTellsAll holds the table of the guide, and what it tells systemd, to
// the settings.
func TestGuideTellsAll(t *testing.T) {
	guide, err := os.ReadFile("../../../docs/server.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range table {
		_, word, _ := strings.Cut(d.key, ".")
		value := regexp.MustCompile(`(?m)^` + word + ` = (.*)$`).FindStringSubmatch(Text())[1]
		if row := fmt.Sprintf("| `%s` | `%s` |", d.key, value); !strings.Contains(string(guide), row) {
			t.Errorf("docs/server.md has no row %s", row)
		}
	}
	if n := strings.Count(string(guide), "\n| `"); n < len(table) {
		t.Errorf("%d rows", n)
	}
	unit, err := os.ReadFile("../../../docs/pasvorm.service")
	if err != nil {
		t.Fatal(err)
	}
	wait := regexp.MustCompile(`TimeoutStopSec=(\d+)\n`).FindSubmatch(unit)
	if wait == nil {
		t.Fatal("the unit sets no TimeoutStopSec")
	}
	if s, err := time.ParseDuration(string(wait[1]) + "s"); err != nil || s < Default().Drain+15*time.Second {
		t.Errorf("systemd kills after %v, and people have %v", s, Default().Drain)
	}
}
