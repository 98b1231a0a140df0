package wire

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// until polls the outside world: sockets, goroutines of the library.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("in vain: %s\n%s", what, ours())
		}
	}
}

// ours gives the stacks of goroutines of this package and of the library below it,
// without those of tests.
func ours() string {
	buf := make([]byte, 1<<20)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	var out []string
	for _, g := range strings.Split(string(buf), "\n\n") {
		if strings.Contains(g, "testing.tRunner(") || strings.Contains(g, "testing.(*T).Run(") {
			continue
		}
		if strings.Contains(g, "pasvorm/ui/remote/wire.") || strings.Contains(g, "golang.org/x/crypto/ssh.") {
			out = append(out, g)
		}
	}
	return strings.Join(out, "\n\n")
}

func newSigner(t testing.TB) ssh.Signer {
	t.Helper()
	_, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(priv)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var errStranger = errors.New("nobody knows this key; ask An")

// world is a server with two people, and what it said and counted.
type world struct {
	*Server
	addr   string
	an, bo ssh.Signer
	host   ssh.Signer

	serving sync.WaitGroup
	mu      sync.Mutex
	counts  map[string]int
	keys    map[string]string // marshalled key to person
	log     bytes.Buffer
	asked   []string // fingerprints
	faults  []any
}

func (w *world) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.Write(p)
}

func (w *world) logged() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.String()
}

func (w *world) count(label string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counts[label]
}

func (w *world) forget(k ssh.Signer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.keys, string(k.PublicKey().Marshal()))
}

// serve runs a server on loopback, to be found without goroutines after the test.
func serve(t *testing.T, handle func(*Session) int, change func(*Config)) *world {
	t.Helper()
	w := &world{an: newSigner(t), bo: newSigner(t), host: newSigner(t), counts: map[string]int{}}
	w.keys = map[string]string{string(w.an.PublicKey().Marshal()): "an", string(w.bo.PublicKey().Marshal()): "bo"}
	cfg := Config{HostKeys: []ssh.Signer{w.host}, Limits: DefaultLimits(), Handle: handle, Log: newLog(w)}
	cfg.Key = func(_ context.Context, k ssh.PublicKey) (Identity, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.asked = append(w.asked, ssh.FingerprintSHA256(k))
		who, ok := w.keys[string(k.Marshal())]
		if !ok {
			return Identity{}, errStranger
		}
		return Identity{Person: who, Proof: ssh.FingerprintSHA256(k)}, nil
	}
	cfg.Peer = func(_ context.Context, uid int) (Identity, error) {
		return Identity{Person: "local", Proof: fmt.Sprint("uid ", uid), Value: uid}, nil
	}
	cfg.Report = func(fault any, _ []byte) string {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.faults = append(w.faults, fault)
		return "ref1"
	}
	cfg.Count = func(event, label string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.counts[event+" "+label]++
	}
	if change != nil {
		change(&cfg)
	}
	var err error
	if w.Server, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	w.addr = w.listen(t, "tcp", "127.0.0.1:0")
	t.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_ = w.Shutdown(ctx)
		w.serving.Wait()
		until(t, "all goroutines gone", func() bool { return ours() == "" })
	})
	return w
}

// listen serves one more listener and gives its address.
func (w *world) listen(t *testing.T, network, addr string) string {
	t.Helper()
	ln, err := net.Listen(network, addr)
	if err != nil {
		t.Fatal(err)
	}
	w.serving.Go(func() {
		if err := w.Serve(ln); err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

func (w *world) socket(t *testing.T) string {
	t.Helper()
	return w.listen(t, "unix", filepath.Join(t.TempDir(), "s"))
}

// dial makes a connection from a loopback address of its own; from is its last
// number.
func dial(t testing.TB, addr string, from byte) net.Conn {
	t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, from)}}
	c, err := d.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// client is a connection that signed in.
type client struct {
	*ssh.Client
	banner string
}

// config is that of a client with a key.
func (w *world) config(keys ...ssh.Signer) *ssh.ClientConfig {
	return &ssh.ClientConfig{User: "somebody", Auth: []ssh.AuthMethod{ssh.PublicKeys(keys...)},
		HostKeyCallback: ssh.FixedHostKey(w.host.PublicKey()), Timeout: patience}
}

// login signs in over a connection.
func login(nc net.Conn, cfg *ssh.ClientConfig) (*client, error) {
	c := &client{}
	cfg.BannerCallback = func(m string) error { c.banner += m; return nil }
	sc, chans, reqs, err := ssh.NewClientConn(nc, "", cfg)
	if err != nil {
		_ = nc.Close()
		return c, err
	}
	c.Client = ssh.NewClient(sc, chans, reqs)
	return c, nil
}

// enter signs in with a key.
func (w *world) enter(t testing.TB, k ssh.Signer) *client {
	t.Helper()
	c, err := login(dial(t, w.addr, 1), w.config(k))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// run runs a command and gives what it said and its exit code.
func (c *client) run(t testing.TB, command string, stdin io.Reader) (out, errs string, code int) {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var o, e bytes.Buffer
	s.Stdin, s.Stdout, s.Stderr = stdin, &o, &e
	err = s.Run(command)
	var exit *ssh.ExitError
	switch {
	case errors.As(err, &exit):
		code = exit.ExitStatus()
	case err != nil:
		code = -1
		e.WriteString(err.Error())
	}
	return o.String(), e.String(), code
}

// told waits for something on a channel.
func told[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("in vain: %s\n%s", what, ours())
		panic("unreachable")
	}
}

func dialUnix(t testing.TB, path string) net.Conn {
	t.Helper()
	c, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// known tells whether a refusal of key is remembered.
func (p *penalties) known(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of[key] != nil
}

// pardon waits until a refusal of key was charged, and forgets it.
func (w *world) pardon(t *testing.T, key string) {
	t.Helper()
	until(t, key+" charged", func() bool { return w.penalties.known(key) })
	w.penalties.forgive(key)
}
