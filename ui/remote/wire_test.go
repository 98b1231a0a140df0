package remote

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote/settings"
)

// patience is how long a test waits for the other end of a line.
const patience = 20 * time.Second

// house is a server on this machine, with a key for some of its people.
type house struct {
	*storetest.Desk
	t            *testing.T
	tcp, unix    string
	stop         context.CancelFunc
	done         chan error
	karin, robin ssh.Signer
}

func newKey(t *testing.T) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{Desk: storetest.New(t), t: t, done: make(chan error, 1), karin: newKey(t), robin: newKey(t)}
	for person, k := range map[model.ID]ssh.Signer{h.Agent: h.karin, h.Admin: h.robin} {
		h.Must(t, h.Admin, model.AddAccessKey{Person: person, Type: ssh.KeyAlgoED25519, Public: k.PublicKey().Marshal()})
	}
	host, err := PassingKey()
	if err != nil {
		t.Fatal(err)
	}
	set := settings.Default()
	set.Drain, set.Revoke = time.Second, 100*time.Millisecond
	s, err := New(Config{Host: bookHost{Book: h.Book}, Settings: set, HostKeys: []ssh.Signer{host}, Floor: floor.NewHub(time.Now)})
	if err != nil {
		t.Fatal(err)
	}
	socket, err := ListenSocket(filepath.Join(t.TempDir(), "s.sock"), 0o600, -1)
	if err != nil {
		t.Fatal(err)
	}
	out, err := ListenTCP("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.tcp, h.unix = out.Addr().String(), socket.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() { h.done <- s.Serve(ctx, socket, out) }()
	t.Cleanup(h.closes)
	return h
}

// closes stops the server, once.
func (h *house) closes() {
	h.stop()
	select {
	case err, open := <-h.done:
		if open && err != nil {
			h.t.Error(err)
		}
		if open {
			close(h.done)
		}
	case <-time.After(patience):
		h.t.Error("the server does not stop")
	}
}

// comes signs in with a key.
func (h *house) comes(k ssh.Signer) (*ssh.Client, error) {
	return ssh.Dial("tcp", h.tcp, &ssh.ClientConfig{User: "root", Auth: []ssh.AuthMethod{ssh.PublicKeys(k)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: patience}) //nolint:gosec // the test's own server
}

// exec carries out a command and gives its exit code.
func (h *house) exec(k ssh.Signer, command, in string) (code int, out, errs string) {
	h.t.Helper()
	c, err := h.comes(k)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	s, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	var o, e bytes.Buffer
	s.Stdin, s.Stdout, s.Stderr = strings.NewReader(in), &o, &e
	err = s.Run(command)
	var exit *ssh.ExitError
	if errors.As(err, &exit) {
		return exit.ExitStatus(), o.String(), e.String()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return 0, o.String(), e.String()
}

// chair is a console over a real line.
type chair struct {
	t      *testing.T
	c      *ssh.Client
	s      *ssh.Session
	keys   io.Writer
	screen *picture
	moved  chan struct{}
	done   chan error
}

func (h *house) sits(k ssh.Signer) *chair {
	h.t.Helper()
	c, err := h.comes(k)
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := errors.Join(s.Setenv("LANG", "en_GB.UTF-8"), s.RequestPty("xterm-256color", 24, 80, ssh.TerminalModes{})); err != nil {
		h.t.Fatal(err)
	}
	x := &chair{t: h.t, c: c, s: s, screen: newPicture(80, 24), moved: make(chan struct{}, 1), done: make(chan error, 1)}
	s.Stdout = x
	if x.keys, err = s.StdinPipe(); err != nil {
		h.t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		err := s.Wait()
		_, _ = c.Close(), x.screen.Close()
		x.done <- err
	}()
	h.t.Cleanup(func() { _ = c.Close() })
	return x
}

// Write draws what the server shows.
func (x *chair) Write(p []byte) (int, error) {
	n, err := x.screen.Write(p)
	select {
	case x.moved <- struct{}{}:
	default:
	}
	return n, err
}

func (x *chair) sees(pattern string) {
	x.t.Helper()
	want, late := regexp.MustCompile(pattern), time.After(patience)
	for !want.MatchString(x.screen.String()) {
		select {
		case <-x.moved:
		case <-late:
			x.t.Fatalf("%q is not on the screen:\n%s", pattern, x.screen.String())
		}
	}
}

func (x *chair) types(keys string) {
	x.t.Helper()
	if _, err := io.WriteString(x.keys, keys); err != nil {
		x.t.Fatal(err)
	}
}

func (x *chair) leaves(code int) {
	x.t.Helper()
	select {
	case err := <-x.done:
		got := 0
		var exit *ssh.ExitError
		if errors.As(err, &exit) {
			got = exit.ExitStatus()
		} else if err != nil {
			x.t.Fatal(err)
		}
		if got != code {
			x.t.Fatalf("exit code %d, want %d\n%s", got, code, x.screen.String())
		}
	case <-time.After(patience):
		x.t.Fatalf("does not leave\n%s", x.screen.String())
	}
}

// Two people work at once over real lines: they see each other's work, one is
// shut out, the other's draft outlives the line, and nothing is left in the end.
func TestOverTheLine(t *testing.T) {
	before := runtime.NumGoroutine()
	h := openHouse(t)
	h.Customer(t, "Petra Jansen")
	if code, out, _ := h.exec(h.karin, "find jansen --json", ""); code != 0 || !strings.Contains(out, `"Petra Jansen"`) {
		t.Fatal(code, out)
	}
	if code, _, errs := h.exec(h.karin, "show nobody", ""); code != 4 || errs == "" {
		t.Fatal(code, errs)
	}
	if code, _, errs := h.exec(h.robin, "import -", "name\nBas Kuipers\n"); code != 0 {
		t.Fatal(code, errs)
	}
	g, boss := h.sits(h.karin), h.sits(h.robin)
	g.sees(`Petra Jansen`)
	g.sees(`Bas Kuipers`)
	boss.sees(`Robin \(admin\)`)
	g.types("/pet\r")
	g.sees(`1 of 2`)
	g.types("a")
	g.sees(`Add|New`)
	g.types("Zohra")
	g.sees(`Zohra`)
	_ = g.c.Close() // the line drops
	<-g.done
	g = h.sits(h.karin)
	g.sees(`Petra`)
	g.types("a")
	g.sees(`[Dd]raft`)
	g.types("\r")
	g.sees(`Zohra`)
	h.Must(t, h.Admin, model.RemovePerson{Person: h.Agent})
	g.sees(`access was withdrawn`)
	g.leaves(codeNotAllowed)
	if _, err := h.comes(h.karin); err == nil {
		t.Error("who was removed came in")
	}
	boss.types("\x10")
	h.stop()
	boss.sees(`The server stopped`)
	boss.leaves(codeFailure)
	h.closes()
	late := time.Now().Add(patience)
	for runtime.NumGoroutine() > before && time.Now().Before(late) {
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		buf := make([]byte, 1<<20)
		t.Errorf("%d goroutines, %d before\n%s", n, before, buf[:runtime.Stack(buf, true)])
	}
}

// The socket tells whose account it is; nobody's is told whom to ask.
func TestOverTheSocket(t *testing.T) {
	h := openHouse(t)
	nc, err := net.Dial("unix", h.unix)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	_, _, _, err = ssh.NewClientConn(nc, "", &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey(), //nolint:gosec // the test's own server
		BannerCallback: func(s string) error { said += s; return nil }})
	if err == nil || !strings.Contains(said, "Robin") {
		t.Errorf("%v %q", err, said)
	}
}
