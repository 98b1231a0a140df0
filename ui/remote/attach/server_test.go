package attach

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"
)

// desk is a small server for one test: it lets everybody in who is local and
// hands each session to the test.
type desk struct {
	t      *testing.T
	path   string
	ln     net.Listener
	cfg    *ssh.ServerConfig
	handle func(*visit)
	refuse *ssh.OpenChannelError
	all    sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
}

// visit is one session as the server sees it.
type visit struct {
	ssh.Channel
	env     map[string]string
	line    string
	shell   bool
	pty     bool
	term    string
	size    [2]uint32
	sizes   chan [2]uint32
	started chan struct{}
	hangUp  func()
}

func open(t *testing.T, path string, handle func(*visit), change ...func(*desk)) *desk {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, path: path, handle: handle, cfg: &ssh.ServerConfig{NoClientAuth: true}}
	d.cfg.AddHostKey(signer)
	for _, f := range change {
		f(d)
	}
	addr, done, err := Address(path)
	if err != nil {
		t.Fatal(err)
	}
	d.ln, err = net.Listen("unix", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = d.ln.Close()
		done()
		d.drop()
		d.all.Wait()
	})
	d.all.Go(d.serve)
	return d
}

func start(t *testing.T, handle func(*visit), change ...func(*desk)) *desk {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "s"), handle, change...)
}

func (d *desk) drop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.conns {
		_ = c.Close()
	}
}

func (d *desk) serve() {
	for {
		conn, err := d.ln.Accept()
		if err != nil {
			return
		}
		d.mu.Lock()
		d.conns = append(d.conns, conn)
		d.mu.Unlock()
		d.all.Go(func() { d.one(conn) })
	}
}

func (d *desk) one(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	sc, chans, reqs, err := ssh.NewServerConn(conn, d.cfg)
	if err != nil {
		return // the test sees it at the other end
	}
	defer func() { _ = sc.Close() }()
	d.all.Go(func() { ssh.DiscardRequests(reqs) })
	for nc := range chans {
		if d.refuse != nil {
			_ = nc.Reject(d.refuse.Reason, d.refuse.Message)
			continue
		}
		ch, in, err := nc.Accept()
		if err != nil {
			return
		}
		v := &visit{Channel: ch, env: map[string]string{}, sizes: make(chan [2]uint32, 100), started: make(chan struct{}),
			hangUp: func() { _ = conn.Close() }}
		d.all.Go(func() { v.requests(in) })
		d.all.Go(func() {
			<-v.started
			if v.shell || v.line != "" {
				d.handle(v)
			}
			_ = ch.Close()
		})
	}
}

func (v *visit) requests(in <-chan *ssh.Request) {
	once := sync.OnceFunc(func() { close(v.started) })
	defer once()
	for r := range in {
		ok := true
		switch r.Type {
		case "env":
			var m struct{ Name, Value string }
			ok = ssh.Unmarshal(r.Payload, &m) == nil
			v.env[m.Name] = m.Value
		case "pty-req":
			var m struct {
				Term             string
				W, H, PixW, PixH uint32
				Modes            string
			}
			ok = ssh.Unmarshal(r.Payload, &m) == nil
			v.pty, v.term, v.size = true, m.Term, [2]uint32{m.W, m.H}
		case "window-change":
			v.sizes <- [2]uint32{binary.BigEndian.Uint32(r.Payload), binary.BigEndian.Uint32(r.Payload[4:])}
		case "shell":
			v.shell = true
			_ = r.Reply(true, nil)
			once()
			continue
		case "exec":
			var m struct{ Line string }
			ok = ssh.Unmarshal(r.Payload, &m) == nil
			v.line = m.Line
			_ = r.Reply(ok, nil)
			once()
			continue
		default:
			ok = false
		}
		_ = r.Reply(ok, nil)
	}
}

// exit tells how the session ended.
func (v *visit) exit(code uint32) {
	_, _ = v.SendRequest("exit-status", false, binary.BigEndian.AppendUint32(nil, code))
}

func (v *visit) say(s string)      { _, _ = io.WriteString(v, s) }
func (v *visit) complain(s string) { _, _ = io.WriteString(v.Stderr(), s) }

// everything reads what was sent until its end.
func (v *visit) everything(t *testing.T) string {
	raw, err := io.ReadAll(v)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	return string(raw)
}
