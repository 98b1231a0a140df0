package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/cli"
	"pasvorm/ui/text"
)

// output can be written and read at once, and tells when it grew.
type output struct {
	mu    sync.Mutex
	b     bytes.Buffer
	moved chan struct{}
}

func newOutput() *output { return &output{moved: make(chan struct{}, 1)} }

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err := o.b.Write(p)
	select {
	case o.moved <- struct{}{}:
	default:
	}
	return n, err
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// find waits for a pattern and gives what its group found.
func (o *output) find(t *testing.T, pattern string) string {
	t.Helper()
	want, late := regexp.MustCompile(pattern), time.After(patience)
	for {
		if m := want.FindStringSubmatch(o.String()); m != nil {
			return m[len(m)-1]
		}
		select {
		case <-o.moved:
		case <-late:
			t.Fatalf("%q is not in:\n%s", pattern, o.String())
		}
	}
}

func own(t *testing.T) (library, string) {
	t.Helper()
	l := library{world: world{uid: os.Getuid(), name: "Robin"}, env: func(string) string { return "" }}
	path := filepath.Join(t.TempDir(), "book", "book.db")
	b, err := store.Create(path, store.Opening{UID: l.uid, UserName: l.name})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return l, path
}

func english(t *testing.T) *text.Text {
	t.Helper()
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

// onSocket carries out a command through a socket, as the account of the test.
func onSocket(t *testing.T, path, command string) string {
	t.Helper()
	nc, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	c, chans, reqs, err := ssh.NewClientConn(nc, path, &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()}) //nolint:gosec // the kernel says who answers
	if err != nil {
		t.Fatal(err)
	}
	client := ssh.NewClient(c, chans, reqs)
	defer func() { _ = client.Close() }()
	s, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.CombinedOutput(command)
	if err != nil {
		t.Fatalf("%s: %v %s", command, err, out)
	}
	return string(out)
}

func TestServe(t *testing.T) {
	l, path := own(t)
	conf := filepath.Join(t.TempDir(), "pasvorm.toml")
	if err := os.WriteFile(conf, []byte("[reach]\nmetrics = \"127.0.0.1:0\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	systemd := filepath.Join(t.TempDir(), "n")
	states, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: systemd, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = states.Close() }()
	t.Setenv("NOTIFY_SOCKET", systemd)
	state := func() string {
		buf := make([]byte, 100)
		_ = states.SetReadDeadline(time.Now().Add(patience))
		n, err := states.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		return string(buf[:n])
	}
	out, done := newOutput(), make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		done <- l.serve(ctx, cli.ServeOptions{Text: english(t), Book: path, Listen: "127.0.0.1:0", Settings: conf, Out: out})
	}()
	metrics := out.find(t, `Metrics on (127\.0\.0\.1:\d+)`)
	out.find(t, `SSH on 127\.0\.0\.1:(\d+)\b`)
	out.find(t, `Stop with`)
	if s := state(); s != "READY=1" {
		t.Error(s)
	}
	print := out.find(t, `made now: `+regexp.QuoteMeta(path+".hostkey"))
	if print == "" || !strings.Contains(out.String(), "Host key SHA256:") {
		t.Error(out)
	}
	for name, mode := range map[string]fs.FileMode{".sock": fs.ModeSocket | 0o600, ".hostkey": 0o600} {
		if st, err := os.Lstat(path + name); err != nil || st.Mode() != mode {
			t.Errorf("%s: %v %v", name, st.Mode(), err)
		}
	}
	if s := onSocket(t, path+".sock", "add 'Petra Jansen'"); !strings.Contains(s, "Petra Jansen") {
		t.Error(s)
	}
	answer, err := http.Get("http://" + metrics + "/metrics") //nolint:noctx // in a test
	if err != nil {
		t.Fatal(err)
	}
	var figures bytes.Buffer
	_, err = figures.ReadFrom(answer.Body)
	_ = answer.Body.Close()
	if err != nil || !strings.Contains(figures.String(), `pasvorm_sessions_total{way="socket"} 1`) || strings.Contains(figures.String(), "Petra") {
		t.Errorf("%v\n%s", err, figures.String())
	}
	// Another process finds the book held.
	err = l.serve(t.Context(), cli.ServeOptions{Text: english(t), Book: path, Out: newOutput()})
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != model.KindBusy || e.Hint != "hint.serve.held" {
		t.Error(err)
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if s := state(); s != "STOPPING=1" {
		t.Error(s)
	}
	if _, err := os.Lstat(path + ".sock"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the socket is left:", err)
	}
	if _, err := http.Get("http://" + metrics + "/metrics"); err == nil { //nolint:noctx,bodyclose // in a test
		t.Error("metrics go on")
	}
	if !strings.Contains(out.String(), "Stopped.") {
		t.Error(out)
	}
}

func TestServeRefuses(t *testing.T) {
	l, path := own(t)
	bad := filepath.Join(t.TempDir(), "bad.toml")
	if err := os.WriteFile(bad, []byte("[reach]\nmetrics = \"0.0.0.0:9464\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	loose := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(loose, nil, 0o644); err != nil { //nolint:gosec // that is the point
		t.Fatal(err)
	}
	for name, o := range map[string]cli.ServeOptions{
		"no book":       {Book: path + ".none"},
		"metrics":       {Book: path, Settings: bad},
		"loose key":     {Book: path, HostKey: loose},
		"no address":    {Book: path, Listen: "256.0.0.1:1"},
		"socket":        {Book: path, Socket: filepath.Join(t.TempDir(), "none", "s")},
		"no settings":   {Book: path, Settings: path + ".toml"},
		"a file before": {Book: path, Socket: bad},
	} {
		o.Text, o.Out = english(t), newOutput()
		var e *model.Error
		if err := l.serve(t.Context(), o); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Lstat(path + ".sock"); err == nil {
			t.Errorf("%s: a socket is left", name)
		}
	}
}

func TestServePrintsSettings(t *testing.T) {
	out := newOutput()
	if err := (library{}).serve(t.Context(), cli.ServeOptions{Print: true, Out: out}); err != nil || !strings.Contains(out.String(), "drain") {
		t.Error(err, out)
	}
}

// A console that has the book open shows it to its account's other calls, and
// takes its socket along when it ends.
func TestOpenConsoleIsReached(t *testing.T) {
	l, path := own(t)
	b, err := l.Open(t.Context(), ui.Opening{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := l.share(b, english(t))
	err = s.run(t.Context(), b, func(_ context.Context, seat ui.Floor) error {
		if s := onSocket(t, path+".sock", "add 'Petra Jansen'"); !strings.Contains(s, "Petra Jansen") {
			t.Error(s)
		}
		if s := onSocket(t, path+".sock", "who"); !strings.Contains(s, "Robin") {
			t.Error(s)
		}
		lines := seat.Sessions()
		if len(lines) != 1 || lines[0].Way != "here" || !lines[0].Own {
			t.Errorf("%+v", lines)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if s.hub.Count() != 0 {
		t.Error("the seat is taken")
	}
	s.close()
	if left, err := filepath.Glob(path + ".s*"); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

// A book under a path that no socket can have is shown here alone.
func TestConsoleWithoutASocket(t *testing.T) {
	l := library{world: world{uid: os.Getuid(), name: "Robin"}, env: func(string) string { return "" }}
	path := filepath.Join(t.TempDir(), strings.Repeat("x", 110), "book.db")
	b, err := l.Open(t.Context(), ui.Opening{Path: path, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	s := l.share(b, english(t))
	ran := false
	if err := s.run(t.Context(), b, func(_ context.Context, seat ui.Floor) error { ran = seat == nil; return nil }); err != nil || !ran {
		t.Error(ran, err)
	}
	s.close()
}

// Only an admin has the indexes made anew for everybody.
func TestRebuildIsAnAdmins(t *testing.T) {
	l, path := own(t)
	b, err := store.Open(path, store.Opening{UID: l.uid, UserName: l.name})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	h := shownBook{b, l.world}
	admin, err := h.Account(l.uid)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Do(t.Context(), admin, model.AddPerson{Person: "Karin", Role: model.RoleLead, UIDs: []int{l.uid + 1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.As(model.Solo(r.Made)).Rebuild(t.Context(), nil); model.KindOf(err) != model.KindNotAllowed {
		t.Error(err)
	}
	if err := h.As(admin).Rebuild(t.Context(), nil); err != nil {
		t.Error(err)
	}
}
