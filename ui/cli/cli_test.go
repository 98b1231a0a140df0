package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// noLibrary fails whoever asks for a book.
type noLibrary struct{ t testing.TB }

func (l noLibrary) DefaultPath() string { return "/nowhere" }

func (l noLibrary) Open(context.Context, ui.Opening) (ui.Book, error) {
	l.t.Error("a book was asked for")
	return nil, errors.New("no book")
}

func (l noLibrary) OpenSample(context.Context, string) (ui.Book, error) {
	return l.Open(context.Background(), ui.Opening{})
}

func call(t testing.TB, in io.Reader, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = Run(context.Background(), args, Deps{Library: noLibrary{t}, In: in, Out: &o, Err: &e,
		Env: func(string) string { return "" }, Version: "test"})
	return code, o.String(), e.String()
}

// full is a disk that takes some bytes and no more.
type full int

func (f *full) Write(p []byte) (int, error) {
	if len(p) > int(*f) {
		return 0, errors.New("no space")
	}
	*f -= full(len(p))
	return len(p), nil
}

// TestHalfAnAnswerIsNoAnswer fails a call of which the answer was cut off.
func TestHalfAnAnswerIsNoAnswer(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"--help"}, {"man"}, {"completion", "fish"}, {"fit", "--batch"}} {
		var errs bytes.Buffer
		left := full(5)
		code := Run(t.Context(), args, Deps{Library: noLibrary{t}, In: strings.NewReader("x\n"), Out: &left, Err: &errs,
			Env: func(string) string { return "" }, Version: "test"})
		if code != exitReadOnly || !strings.Contains(errs.String(), "could not be written") {
			t.Errorf("%v: %d %s", args, code, errs.String())
		}
	}
}

// TestJSONHoldsNothingThatATerminalObeys escapes signs and nothing else, and
// what is read back is what was written.
func TestJSONHoldsNothingThatATerminalObeys(t *testing.T) {
	for in, want := range map[string]string{
		"Zoë <&> 漢 😀 e\u0301":                "Zoë <&> 漢 😀 e\u0301",
		"\x1b[2J\x00\n\x7f":                  `\u001b[2J\u0000\n\u007f`,
		"\u009b31m\u0085":                    `\u009b31m\u0085`,
		"\u202eevil\u2069\u200b\ufeff":       `\u202eevil\u2069\u200b\ufeff`,
		"\u2028\u2029\u00ad\u061c\U000e0041": `\u2028\u2029\u00ad\u061c\udb40\udc41`,
	} {
		var b bytes.Buffer
		if err := writeJSON(&b, in); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != `"`+want+"\"\n" {
			t.Errorf("%q: got %s", in, got)
		}
		var back string
		if err := json.Unmarshal(b.Bytes(), &back); err != nil || back != in {
			t.Errorf("%q came back as %q, %v", in, back, err)
		}
	}
}

// TestBatchWorkedCases judges the worked cases of the rules through the verb.
func TestBatchWorkedCases(t *testing.T) {
	raw, err := os.ReadFile("../../model/testdata/fit-cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		model.FitCase
		Verdict model.Verdict   `json:"verdict"`
		Rule    model.FitRule   `json:"rule"`
		Flags   []model.FitFlag `json:"flags"`
	}
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) == 0 {
		t.Fatal(err, len(cases))
	}
	var in bytes.Buffer
	for _, c := range cases {
		c.Answers = c.Answers.WithDefaults()
		if err := json.NewEncoder(&in).Encode(c.FitCase); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := call(t, iotest.OneByteReader(&in), "fit", "--batch")
	if code != 0 || errs != "" {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != len(cases) {
		t.Fatalf("%d lines for %d cases", len(lines), len(cases))
	}
	for i, c := range cases {
		var got model.FitResult
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatal(err)
		}
		if got.ID != c.ID || got.Verdict != c.Verdict || got.Rule != c.Rule || !reflect.DeepEqual(got.Flags, c.Flags) || got.WouldChange == nil {
			t.Errorf("%s: %+v", c.ID, got)
		}
	}
}

// TestBatchAnswersLineByLine holds that an answer comes before the next line is
// asked for: a program may hold a talk.
func TestBatchAnswersLineByLine(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- Run(context.Background(), []string{"fit", "--batch"}, Deps{Library: noLibrary{t}, In: inR, Out: outW, Err: io.Discard,
			Env: func(string) string { return "" }})
		_ = outW.Close()
	}()
	dec := json.NewDecoder(outR)
	for i := range 3 {
		if _, err := fmt.Fprintf(inW, "{\"id\":\"%d\"}\n", i); err != nil {
			t.Fatal(err)
		}
		var got model.FitLineError
		if err := dec.Decode(&got); err != nil || got.ID == nil || *got.ID != fmt.Sprint(i) {
			t.Fatalf("%d: %v %v", i, got, err)
		}
	}
	_ = inW.Close()
	if code := <-done; code != exitFailure {
		t.Errorf("exit code %d", code)
	}
}

// TestBatchHoldsNoLineWithoutEnd holds that a line of any length takes little
// memory and is one bad line, and that the next is judged.
func TestBatchHoldsNoLineWithoutEnd(t *testing.T) {
	const much = 256 << 20
	in := io.MultiReader(io.LimitReader(endless('x'), much), strings.NewReader("\n{\"id\":\"next\"}\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	code, out, _ := call(t, in, "fit", "--batch")
	runtime.ReadMemStats(&after)
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if code != exitFailure || len(lines) != 2 || !strings.Contains(lines[0], `{"id":null,"error":"the line is longer`) || !strings.Contains(lines[1], `"next"`) {
		t.Errorf("%d %.300q", code, out)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > much/4 {
		t.Errorf("took %d bytes", took)
	}
}

// endless is one sign again and again.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// FuzzBatch holds that every line gets one line of JSON, whatever it is.
func FuzzBatch(f *testing.F) {
	f.Add([]byte(`{"id":"x"}` + "\n\n{}"))
	f.Add([]byte("\xff\x00\n[1]\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		code, out, _ := call(t, bytes.NewReader(in), "fit", "--batch")
		want := 0
		for _, l := range bytes.Split(in, []byte("\n")) {
			if len(bytes.TrimSpace(l)) > 0 {
				want++
			}
		}
		if got := strings.Count(out, "\n"); got != want {
			t.Errorf("%d lines for %d", got, want)
		}
		if code != exitOK && code != exitFailure {
			t.Errorf("exit code %d", code)
		}
		for _, l := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
			if l != "" && !json.Valid([]byte(l)) {
				t.Errorf("no JSON: %q", l)
			}
		}
	})
}

func TestExitCodes(t *testing.T) {
	for kind, want := range map[model.ErrorKind]int{
		model.KindUsage: 2, model.KindInvalid: 3, model.KindNotFound: 4, model.KindAmbiguous: 5, model.KindNotAllowed: 6,
		model.KindConflict: 7, model.KindBusy: 8, model.KindReadOnly: 9, model.KindCorrupt: 10, model.KindLost: 11, model.KindInternal: 1,
	} {
		for _, err := range []error{model.NewError(kind, "x"), errors.Join(fmt.Errorf("in: %w", model.NewError(kind, "x")), nil), errSaid{kind}} {
			if got := exitCode(err); got != want {
				t.Errorf("%s: %d, want %d", kind, got, want)
			}
		}
	}
	if exitCode(nil) != 0 || exitCode(errBadLines) != 1 || exitCode(io.EOF) != 1 {
		t.Error("no error is 0, any other 1")
	}
}

// TestLanguageBeforeParsing holds that the language is found as the flags find
// it, and that a wrong one opens nothing.
func TestLanguageBeforeParsing(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"find", "--lang", "nl", "x"}, "nl"}, {[]string{"--lang=nl"}, "nl"}, {[]string{"find", "x"}, ""},
		{[]string{"find", "--", "--lang", "nl"}, ""}, {[]string{"--lang"}, ""},
	} {
		if got := flagOf(c.args, "--lang"); got != c.want {
			t.Errorf("%v: %q", c.args, got)
		}
	}
	if code, out, errs := call(t, nil, "find", "x", "--lang", "xx"); code != exitUsage || out != "" || !strings.Contains(errs, "xx") {
		t.Error(code, out, errs)
	}
}

// TestEveryVerbHasHelp walks the verbs in both languages: each has its line,
// and no text is missing.
func TestEveryVerbHasHelp(t *testing.T) {
	for _, lang := range []string{"en", "nl"} {
		verbs := 0
		for _, name := range verbNames(t, lang) {
			code, out, errs := call(t, nil, append(strings.Fields(name), "--help", "--lang", lang)...)
			if code != 0 || errs != "" {
				t.Errorf("%s: %d %s", name, code, errs)
			}
			if strings.Contains(out, "[cli.") || len(out) < 80 {
				t.Errorf("%s in %s: %s", name, lang, out)
			}
			verbs++
		}
		if verbs < 30 {
			t.Errorf("only %d verbs", verbs)
		}
	}
}

// verbNames lists every verb as it is typed.
func verbNames(t *testing.T, lang string) []string {
	tx, err := text.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	a := &app{Deps: Deps{Library: noLibrary{t}}, tx: tx, say: say.Speaker{Text: tx}}
	var out []string
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.HasParent() {
			if c.Short == "" {
				t.Errorf("%s says nothing", c.CommandPath())
			}
			out = append(out, strings.TrimPrefix(c.CommandPath(), "pasvorm "))
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(a.root())
	return out
}
