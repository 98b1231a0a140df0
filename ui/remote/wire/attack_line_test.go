package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// waits runs until the session is ended, and tells why.
func waits(why chan<- error) func(*Session) int {
	return func(s *Session) int {
		<-s.Context().Done()
		why <- context.Cause(s.Context())
		return 0
	}
}

func TestForwardingIsRefused(t *testing.T) {
	w := serve(t, whoami, func(c *Config) { c.Limits.RefusedChannels = 100 })
	c := w.enter(t, w.an)
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com", "", "nonsense"} {
		var refused *ssh.OpenChannelError
		if _, _, err := c.OpenChannel(kind, join("localhost", uint32(22), "localhost", uint32(1))); !errors.As(err, &refused) || refused.Reason != ssh.Prohibited {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for _, kind := range []string{"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "nonsense", question} {
		if ok, _, err := c.SendRequest(kind, true, join("localhost", uint32(0))); ok || err != nil {
			t.Errorf("%s: %v %v", kind, ok, err)
		}
	}
	if _, err := c.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("forwards a port")
	}
	if _, err := c.Dial("tcp", w.addr); err == nil {
		t.Error("connects")
	}
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"x11-req", "auth-agent-req@openssh.com", "subsystem", "signal", "exit-status", "nonsense"} {
		if ok, err := s.SendRequest(kind, true, join("sftp")); ok || err != nil {
			t.Errorf("%s: %v %v", kind, ok, err)
		}
	}
	// All of it leaves the session as it was.
	if out, err := s.Output("who"); string(out) != "an" {
		t.Errorf("%q %v", out, err)
	}
	for _, label := range []string{"refused subsystem", "refused agent", "refused x11", "refused channel", "refused global"} {
		if w.count(label) == 0 {
			t.Errorf("%s was not counted", label)
		}
	}
}

// TestManyChannels asks for 10,000 channels: sixteen are refused and the line is
// closed, whether the client waits for answers or not.
func TestManyChannels(t *testing.T) {
	why := make(chan error, 1)
	w := serve(t, waits(why), nil)
	c := w.rawIn(t, w.an)
	c.open(t, askExec)
	refused := 0
	for refused < 10_000 {
		if c.send(join(90, "direct-tcpip", uint32(1), uint32(1), uint32(1<<15))) != nil {
			break
		}
		if p, err := c.recv(); err != nil || p[0] != 92 {
			break
		}
		refused++
	}
	if most := DefaultLimits().RefusedChannels; refused > most || refused < most-1 {
		t.Errorf("%d refused", refused)
	}
	if err := told(t, "end", why); !errors.Is(err, ErrAbuse) {
		t.Error(err)
	}
	r := w.rawIn(t, w.bo)
	var sent int
	for ; sent < 10_000; sent++ {
		if r.send(join(90, "direct-tcpip", uint32(sent), uint32(1), uint32(1<<15))) != nil {
			break
		}
	}
	_, _ = io.Copy(io.Discard, r)
	if n := w.count("refused channel"); n != 2*DefaultLimits().RefusedChannels {
		t.Errorf("%d counted", n)
	}
}

// TestSilentConnections holds 2,000 connections that say nothing. Somebody signs
// in meanwhile, also from the very source they come from.
func TestSilentConnections(t *testing.T) {
	w := serve(t, whoami, nil)
	var silent []net.Conn
	for range 2000 {
		silent = append(silent, dial(t, w.addr, 2))
	}
	for _, from := range []byte{1, 2} {
		began := time.Now()
		c, err := login(dial(t, w.addr, from), w.config(w.an))
		if err != nil {
			t.Fatalf("from %d: %v", from, err)
		}
		if got, _, _ := c.run(t, "who", nil); got != "an" {
			t.Error(got)
		}
		t.Logf("from 127.0.0.%d: %v", from, time.Since(began))
		_ = c.Close()
	}
	open := func() int {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.counts["refused silent"]
	}
	until(t, "all but ten sent off", func() bool { return open() >= 1990 })
	w.Server.mu.Lock()
	held := len(w.conns)
	w.Server.mu.Unlock()
	if held > DefaultLimits().UnauthPerSource {
		t.Errorf("%d held", held)
	}
	for _, c := range silent {
		_ = c.Close()
	}
}

// TestManySources fills the door from many places.
func TestManySources(t *testing.T) {
	w := serve(t, whoami, func(c *Config) { c.Limits.UnauthAll = 20 })
	for from := byte(10); from < 40; from++ {
		dial(t, w.addr, from)
	}
	if got, _, _ := w.enter(t, w.an).run(t, "who", nil); got != "an" {
		t.Error(got)
	}
	w.gate.mu.Lock()
	n := len(w.gate.waiting)
	w.gate.mu.Unlock()
	if n > 20 {
		t.Errorf("%d at the door", n)
	}
}

// TestSlowHandshake says its name letter by letter.
func TestSlowHandshake(t *testing.T) {
	w := serve(t, whoami, func(c *Config) { c.Limits.Handshake = 200 * time.Millisecond })
	for i, text := range []string{"SSH-2.0-" + strings.Repeat("s", 200), ""} {
		c := dial(t, w.addr, byte(2+i))
		tick := time.NewTicker(10 * time.Millisecond)
		began := time.Now()
		for i := range len(text) {
			<-tick.C
			if _, err := c.Write([]byte{text[i]}); err != nil {
				break
			}
		}
		tick.Stop()
		_, _ = io.Copy(io.Discard, c)
		if d := time.Since(began); d > patience/2 {
			t.Errorf("held for %v", d)
		}
	}
	until(t, "both counted", func() bool { return w.count("refused handshake") == 2 })
	if !w.penalties.known("127.0.0.2") || w.penalties.known("127.0.0.3") {
		t.Error("the one that began to speak is to be charged, not the other")
	}
	// Who has signed in must ask for a session as well.
	c, err := login(dial(t, w.addr, 3), w.config(w.an))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if w.count("refused no-session") != 1 {
		t.Error(w.counts)
	}
}

func TestNoSSH(t *testing.T) {
	w := serve(t, whoami, nil)
	for _, text := range []string{"GET / HTTP/1.1\r\n\r\n", "SSH-1.5-x\r\n", strings.Repeat("S", 300), "SSH-2.0-x\r\n\xff\xff\xff\xff12", "SSH-2.0-x\r\n\x00\x00\x00\x0c\x0a\x15aaaaaaaaaaaaaa"} {
		c := dial(t, w.addr, 2)
		_, _ = io.WriteString(c, text)
		_, _ = io.Copy(io.Discard, c)
		w.pardon(t, "127.0.0.2")
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestHugeEnvironment sends 10,000 variables of 48 kB.
func TestHugeEnvironment(t *testing.T) {
	w := serve(t, whoami, nil)
	before := heap()
	c := w.rawIn(t, w.an)
	_ = c.send(join(90, "session", uint32(0), uint32(1<<20), uint32(1<<15)))
	c.await(t, 91)
	value, sent := strings.Repeat("v", 48<<10), 0
	for ; sent < 10_000; sent++ {
		if c.send(join(98, uint32(0), "env", false, fmt.Sprint("V", sent), value)) != nil {
			break
		}
	}
	_, _ = io.Copy(io.Discard, c)
	until(t, "the line closed", func() bool { return w.count("refused env") == 1 })
	if grown := int64(heap()) - int64(before); grown > 8<<20 {
		t.Errorf("%d bytes more", grown)
	}
	// What people's own settings send does no harm.
	s, err := w.enter(t, w.an).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		_ = s.Setenv(fmt.Sprint("LC_", i), "nl_NL.UTF-8")
	}
	if out, err := s.Output("who"); string(out) != "an" {
		t.Errorf("%q %v", out, err)
	}
}

func TestHugeCommand(t *testing.T) {
	w := serve(t, func(s *Session) int { line, _ := s.Command(); return len(line) % 200 }, nil)
	most := DefaultLimits().Command
	if _, _, code := w.enter(t, w.an).run(t, strings.Repeat("x", most), nil); code != most%200 {
		t.Errorf("a long one: %d", code)
	}
	out, errs, code := w.enter(t, w.an).run(t, strings.Repeat("x", most+1), nil)
	if out != "" || errs != ErrCommand.Error()+"\n" || code != CodeTurnedAway {
		t.Errorf("one too long: %q %q %d", out, errs, code)
	}
	if _, _, code := w.enter(t, w.an).run(t, strings.Repeat("x", 1<<20), nil); code != -1 {
		t.Errorf("one beyond a packet: %d", code)
	}
}

// TestWindowFlood changes size 20,000 times at once.
func TestWindowFlood(t *testing.T) {
	looked := make(chan int, 1)
	w := serve(t, func(s *Session) int {
		n := 0
		for {
			select {
			case win := <-s.Windows():
				n++
				if win == (Window{77, 33}) {
					if at, tty := s.Window(); at != win || !tty {
						return 1
					}
					looked <- n
					return 0
				}
			case <-s.Context().Done():
				return 2
			}
		}
	}, nil)
	s, err := w.enter(t, w.an).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for i := range 20_000 {
		if err := s.WindowChange(1+i%500, 100); err != nil {
			t.Fatal(err)
		}
	}
	_ = s.WindowChange(33, 77)
	n := told(t, "the last size", looked)
	if most := 3 + int(time.Since(began)/(time.Second/10)); n > most {
		t.Errorf("%d sizes in %v", n, time.Since(began))
	}
	if err := s.Wait(); err != nil {
		t.Error(err)
	}
}

// TestStalledReaders are cut off: one that takes nothing off the network, one that
// gives no room on the channel, one that takes a byte at a time. Others go on.
func TestStalledReaders(t *testing.T) {
	why := make(chan error, 1)
	w := serve(t, func(s *Session) int {
		if line, _ := s.Command(); line == "who" {
			return whoami(s)
		}
		for buf := make([]byte, 64<<10); ; {
			if _, err := s.Write(buf); err != nil {
				why <- err
				return 0
			}
		}
	}, func(c *Config) { c.Limits.Stall = 400 * time.Millisecond })
	for name, room := range map[string]uint32{"network": 1<<32 - 1, "channel": 0, "byte by byte": 1} {
		t.Run(name, func(t *testing.T) {
			c := w.rawIn(t, w.an)
			_ = c.send(join(90, "session", uint32(0), room, uint32(1<<15)))
			c.await(t, 91)
			_ = c.send(join(98, uint32(0), "exec", true, "export"))
			began, ended := time.Now(), make(chan error, 1)
			go func() {
				if name == "network" {
					ended <- nil
					return
				}
				tick := time.NewTicker(time.Millisecond)
				defer tick.Stop()
				for {
					p, err := c.recv()
					if err != nil {
						ended <- err
						return
					}
					if p[0] == 94 {
						<-tick.C
						_ = c.send(join(93, uint32(0), uint32(1)))
					}
				}
			}()
			if got, _, _ := w.enter(t, w.bo).run(t, "who", nil); got != "bo" {
				t.Error("somebody else waits")
			}
			if err := told(t, "end", why); !errors.Is(err, ErrStalled) {
				t.Error(err)
			}
			_ = told(t, "the line closed", ended)
			t.Logf("after %v", time.Since(began))
		})
	}
}

// TestSlowReader takes little but enough.
func TestSlowReader(t *testing.T) {
	const all = 64 << 10
	w := serve(t, func(s *Session) int {
		if _, err := s.Write(make([]byte, all)); err != nil {
			return 1
		}
		return 0
	}, func(c *Config) { c.Limits.Stall = 2 * time.Second })
	c := w.rawIn(t, w.an)
	_ = c.send(join(90, "session", uint32(0), uint32(512), uint32(1<<15)))
	c.await(t, 91)
	_ = c.send(join(98, uint32(0), "exec", true, "export"))
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for n := 0; n < all; {
		p := c.await(t, 94)
		n += len(p) - 9
		<-tick.C
		_ = c.send(join(93, uint32(0), uint32(len(p)-9)))
	}
	if p := c.await(t, 98); !strings.Contains(string(p), "exit-status") || p[len(p)-1] != 0 {
		t.Errorf("%q", p)
	}
}

// TestAcceptGoesOn although there are no file descriptors for a while.
func TestAcceptGoesOn(t *testing.T) {
	w := serve(t, whoami, nil)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	failing := &failing{Listener: ln, times: 4}
	w.serving.Go(func() {
		if err := w.Serve(failing); err != nil {
			t.Error(err)
		}
	})
	w.addr = ln.Addr().String()
	if got, _, _ := w.enter(t, w.an).run(t, "who", nil); got != "an" {
		t.Error(got)
	}
	if failing.times != 0 {
		t.Error("it did not fail")
	}
}

type failing struct {
	net.Listener
	times int
}

func (f *failing) Accept() (net.Conn, error) {
	if f.times > 0 {
		f.times--
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return f.Listener.Accept()
}
