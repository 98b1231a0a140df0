package attach

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"pgregory.net/rapid"

	"pasvorm/model"
)

// call makes a call without a terminal.
func (d *desk) call(ctx context.Context, in io.Reader, args ...string) (code int, out, errs string, err error) {
	var o, e bytes.Buffer
	code, err = Run(ctx, Call{Socket: d.path, Args: args, In: in, Out: &o, Err: &e, Env: noEnv})
	return code, o.String(), e.String(), err
}

func noEnv(string) string { return "" }

// failed holds an error to its kind and id.
func failed(t *testing.T, err error, kind model.ErrorKind, id string) *model.Error {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != kind || e.ID != id {
		t.Fatalf("got %v, want %s %s", err, kind, id)
	}
	return e
}

func TestStreamsAndCodesStayApart(t *testing.T) {
	big := strings.Repeat("Zoë 漢字 \x00\xff\n", 200_000) // more than any window of SSH
	d := start(t, func(v *visit) {
		in := v.everything(t)
		v.complain("rows: 1\n")
		v.say(in)
		v.complain("rows: 2\n")
		v.exit(7)
	})
	code, out, errs, err := d.call(t.Context(), strings.NewReader(big), "import", "-")
	if err != nil || code != 7 || out != big || errs != "rows: 1\nrows: 2\n" {
		t.Errorf("%d, %d bytes of %d, %q, %v", code, len(out), len(big), errs, err)
	}
}

// TestNoInputIsTheEndOfIt holds that a verb that reads is not left waiting.
func TestNoInputIsTheEndOfIt(t *testing.T) {
	d := start(t, func(v *visit) {
		v.say(v.line + "|" + v.everything(t))
		v.exit(0)
	})
	if code, out, _, err := d.call(t.Context(), nil, "find", "it's", ""); err != nil || code != 0 || out != `'find' 'it'\''s' ''|` {
		t.Errorf("%d %q %v", code, out, err)
	}
}

// TestACommandGoesAsItWasWritten holds that nothing is quoted twice.
func TestACommandGoesAsItWasWritten(t *testing.T) {
	line := `find "de wit"   --json #'x`
	d := start(t, func(v *visit) {
		v.say(v.line)
		v.exit(0)
	})
	var out bytes.Buffer
	if code, err := Run(t.Context(), Call{Socket: d.path, Line: line, Args: []string{"not", "this"}, Out: &out, Env: noEnv}); err != nil || code != 0 || out.String() != line {
		t.Errorf("%d %q %v", code, out.String(), err)
	}
}

func TestOnlyLanguageAndTerminalAreTold(t *testing.T) {
	got := make(chan map[string]string, 1)
	d := start(t, func(v *visit) {
		got <- v.env
		v.exit(0)
	})
	env := map[string]string{"LANG": "nl_NL.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor", "SECRET": "x", "HOME": "/home/me", "NO_COLOR": "1"}
	if _, err := Run(t.Context(), Call{Socket: d.path, Args: []string{"version"}, Env: func(k string) string { return env[k] }}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"LANG": "nl_NL.UTF-8", "TERM": "xterm-256color", "COLORTERM": "none"}
	if e := <-got; !maps.Equal(e, want) {
		t.Errorf("told %v", e)
	}
}

func TestLocale(t *testing.T) {
	for _, c := range []struct{ all, messages, ctype, lang, want string }{
		{"", "", "", "", ""},
		{"", "", "", "nl_NL.UTF-8", "nl_NL.UTF-8"},
		{"nl_NL.UTF-8", "", "", "en_US.UTF-8", "nl_NL.UTF-8"},
		{"nl_NL.UTF-8", "en_US", "C", "de_DE", "nl_NL.UTF-8"},
		{"", "nl_NL@euro", "en_US.UTF-8", "en_US.UTF-8", "nl_NL.UTF-8"},
		{"", "nl_NL.UTF-8", "C", "", "nl_NL"},
		{"", "", "en_US.UTF-8", "", "C.UTF-8"},
		{"", "", "nl_NL.ISO-8859-1@euro", "nl_NL.UTF-8", "nl_NL.ISO-8859-1"},
	} {
		env := map[string]string{"LC_ALL": c.all, "LC_MESSAGES": c.messages, "LC_CTYPE": c.ctype, "LANG": c.lang}
		if got := locale(func(k string) string { return env[k] }); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestALostLineIsNoEnd(t *testing.T) {
	for name, handle := range map[string]func(*visit){
		"channel closed": func(v *visit) { v.say("half"); _ = v.Close() },
		"line dropped":   func(v *visit) { v.say("half"); v.hangUp() },
	} {
		_, _, _, err := start(t, handle).call(t.Context(), nil, "export", "--csv")
		if e := failed(t, err, model.KindLost, "error.attach.lost"); e.Hint == "" {
			t.Errorf("%s: %v", name, e)
		}
	}
}

// TestInterruptHangsUp holds that a call that is stopped here is stopped there.
func TestInterruptHangsUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan struct{})
	d := start(t, func(v *visit) {
		cancel()
		_, _ = io.Copy(io.Discard, v) // ends when the line does
		close(gone)
	})
	r, w := io.Pipe()
	defer func() { _ = w.Close() }()
	if _, _, _, err := d.call(ctx, r, "import", "-"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-gone
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

// TestAFullDiskHangsUp holds that a server is not left writing to nobody.
func TestAFullDiskHangsUp(t *testing.T) {
	gone := make(chan struct{})
	d := start(t, func(v *visit) {
		defer close(gone)
		for {
			if _, err := v.Write(make([]byte, 32<<10)); err != nil {
				return
			}
		}
	})
	left := full(100_000)
	_, err := Run(t.Context(), Call{Socket: d.path, Args: []string{"export"}, Out: &left, Env: noEnv})
	_ = failed(t, err, model.KindReadOnly, "cli.error.output")
	<-gone
}

// TestARefusalIsWorded shows what the server says to who is not let in.
func TestARefusalIsWorded(t *testing.T) {
	for banner, want := range map[string]func(error){
		"Account 1007 is nobody's here.\nAsk Karin.\n": func(err error) {
			if e := failed(t, err, model.KindNotAllowed, "error.attach.told"); e.Args["Words"] != "Account 1007 is nobody's here.\nAsk Karin." {
				t.Errorf("%q", e.Args["Words"])
			}
		},
		"": func(err error) { _ = failed(t, err, model.KindBusy, "error.attach.talk") },
	} {
		d := start(t, nil, func(d *desk) {
			d.cfg.NoClientAuth = false
			d.cfg.PasswordCallback = func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) { return nil, errors.New("never") }
			d.cfg.BannerCallback = func(ssh.ConnMetadata) string { return banner }
		})
		_, _, _, err := d.call(t.Context(), nil, "version")
		want(err)
	}
	d := start(t, nil, func(d *desk) {
		d.refuse = &ssh.OpenChannelError{Reason: ssh.ResourceShortage, Message: "Ten sessions are open already."}
	})
	_, _, _, err := d.call(t.Context(), nil, "version")
	if e := failed(t, err, model.KindBusy, "error.attach.told"); e.Args["Words"] != "Ten sessions are open already." {
		t.Errorf("%q", e.Args["Words"])
	}
}

// TestWhatIsNoServer tells what does not speak SSH, or nothing, from a server.
func TestWhatIsNoServer(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "web")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
			_ = c.Close()
		}
	}()
	run := func(path string) error {
		_, err := Run(t.Context(), Call{Socket: path, Env: noEnv})
		return err
	}
	_ = failed(t, run(path), model.KindBusy, "error.attach.talk")
	_ = failed(t, run(filepath.Join(dir, "none")), model.KindNotFound, "error.attach.nobody")
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_ = failed(t, run(file), model.KindNotFound, "error.attach.nobody")
	_ = failed(t, run(filepath.Join(file, "x")), model.KindNotFound, "error.attach.nobody")
	for path, want := range map[string]bool{path: true, file: false, filepath.Join(dir, "none"): false} {
		if Alive(path) != want {
			t.Errorf("alive at %s: %t", path, !want)
		}
	}
	// A socket that its server left behind.
	left := filepath.Join(dir, "left")
	old, err := net.ListenUnix("unix", &net.UnixAddr{Name: left, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	old.SetUnlinkOnClose(false)
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	if Alive(left) {
		t.Error("a socket without a server is alive")
	}
	_ = failed(t, run(left), model.KindNotFound, "error.attach.nobody")
}

// TestASilentServerIsLeft holds that what answers nothing can be interrupted.
func TestASilentServerIsLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		c, err := ln.Accept()
		if err == nil {
			cancel()
			_, _ = io.Copy(io.Discard, c)
			_ = c.Close()
		}
	}()
	if _, err := Run(ctx, Call{Socket: path, Env: noEnv}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	_ = ln.Close()
}

// TestLongPathsAreReached goes through folders deeper than a socket's name is long.
func TestLongPathsAreReached(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 90), strings.Repeat("e", 90))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "book.db.sock")
	d := open(t, path, func(v *visit) { v.exit(3) })
	if !Alive(path) {
		t.Error("not alive")
	}
	if code, _, _, err := d.call(t.Context(), nil, "version"); err != nil || code != 3 {
		t.Errorf("%d %v", code, err)
	}
	_, _, err := Address(filepath.Join(dir, strings.Repeat("f", 100)))
	_ = failed(t, err, model.KindInvalid, "error.attach.long")
}

// TestALinkLeadsThere follows a link to the socket and to its folder.
func TestALinkLeadsThere(t *testing.T) {
	d := start(t, func(v *visit) { v.exit(0) })
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(d.path, link); err != nil {
		t.Fatal(err)
	}
	if code, err := Run(t.Context(), Call{Socket: link, Env: noEnv, Args: []string{"x"}}); code != 0 || err != nil {
		t.Errorf("%d %v", code, err)
	}
}

// TestQuoteIsSplitBack holds that a shell's rules give back the words, whatever is
// in them. The splitter of the test leaves out empty words.
func TestQuoteIsSplitBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.OneOf(rapid.StringN(1, 20, -1), rapid.SampledFrom([]string{"'", `\`, `"`, "$x `y`", "a b", "#", "\n", "-–", "''"}))).Draw(t, "words")
		for i := range words {
			words[i] = strings.ReplaceAll(words[i], "\x00", "") // no word of a shell holds one
		}
		if len(words) == 0 {
			return // printf with nothing to print still prints
		}
		out, err := exec.Command("sh", "-c", `printf '%s\0' `+Quote(words)).Output() //nolint:gosec // that is what is tested
		if got := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"); err != nil || !slices.Equal(got, words) {
			t.Fatalf("%q came back as %q, %v", words, got, err)
		}
	})
	if Quote(nil) != "" || Quote([]string{""}) != "''" {
		t.Error("no words and an empty word look the same")
	}
}
