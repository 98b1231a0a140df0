package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"
	"pgregory.net/rapid"
)

// open begins a session on a raw connection that takes everything.
func (c *raw) open(t *testing.T, requests ...[]byte) {
	t.Helper()
	_ = c.send(join(90, "session", uint32(0), uint32(1<<31), uint32(1<<15)))
	c.await(t, 91)
	for _, r := range requests {
		_ = c.send(r)
		c.await(t, 99)
	}
}

var (
	askPTY   = join(98, uint32(0), "pty-req", true, "xterm", uint32(80), uint32(24), uint32(0), uint32(0), "")
	askShell = join(98, uint32(0), "shell", true)
	askExec  = join(98, uint32(0), "exec", true, "x")
)

// TestIdle ends who does nothing, although their client is there and answers.
func TestIdle(t *testing.T) {
	why := make(chan error, 1)
	w := serve(t, waits(why), func(c *Config) {
		c.Limits.Idle, c.Limits.KeepAlive = 300*time.Millisecond, 20*time.Millisecond
	})
	c := w.enter(t, w.an)
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	_, _ = in.Write([]byte("x")) // a key that nobody has read counts
	if err := told(t, "end", why); !errors.Is(err, ErrIdle) {
		t.Error(err)
	}
	if d := time.Since(began); d < 300*time.Millisecond {
		t.Errorf("after %v", d)
	}
}

// TestCommandInUse is not idle while it is read.
func TestCommandInUse(t *testing.T) {
	w := serve(t, func(s *Session) int {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for range 25 {
			select {
			case <-tick.C:
				_, _ = s.Write([]byte("row\n"))
			case <-s.Context().Done():
				return 1
			}
		}
		return 0
	}, func(c *Config) { c.Limits.Idle = 200 * time.Millisecond })
	if _, _, code := w.enter(t, w.an).run(t, "export", nil); code != 0 {
		t.Error(code)
	}
}

// TestKeepAlive gives up on clients that answer nothing: soon when they were shown
// something on a terminal, later when not.
func TestKeepAlive(t *testing.T) {
	for _, c := range []struct {
		name  string
		open  [][]byte
		write bool
		want  error
	}{
		{"nothing shown", [][]byte{askPTY, askShell}, false, ErrLine},
		{"something shown", [][]byte{askPTY, askShell}, true, ErrStalled},
		{"a command", [][]byte{askExec}, true, ErrLine},
	} {
		t.Run(c.name, func(t *testing.T) {
			why := make(chan error, 1)
			w := serve(t, func(s *Session) int {
				if c.write {
					_, _ = s.Write([]byte("frame"))
				}
				return waits(why)(s)
			}, func(cfg *Config) {
				cfg.Limits.KeepAlive, cfg.Limits.KeepAliveMissed, cfg.Limits.Stall = 50*time.Millisecond, 12, 200*time.Millisecond
			})
			r := w.rawIn(t, w.an)
			r.open(t, c.open...)
			began := time.Now()
			if p := r.await(t, 80); !strings.Contains(string(p), question) {
				t.Errorf("%q", p)
			}
			if err := told(t, "end", why); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			t.Logf("after %v", time.Since(began))
			_, _ = io.Copy(io.Discard, r)
		})
	}
}

// TestKeepAliveAnswered keeps a line that is quiet for long.
func TestKeepAliveAnswered(t *testing.T) {
	var asked atomic.Int32
	why, enough := make(chan error, 1), make(chan struct{})
	w := serve(t, waits(why), func(c *Config) {
		c.Limits.KeepAlive, c.Limits.KeepAliveMissed = 20*time.Millisecond, 10
	})
	r := w.rawIn(t, w.an)
	r.open(t, askPTY, askShell)
	go func() {
		for {
			p, err := r.recv()
			if err != nil {
				return
			}
			if p[0] == 80 && asked.Add(1) == 25 {
				close(enough)
			}
			_ = r.send([]byte{82})
		}
	}()
	told(t, "25 questions", enough)
	select {
	case err := <-why:
		t.Error(err)
	default:
	}
	_ = r.Close()
	if err := told(t, "end", why); !errors.Is(err, ErrLine) {
		t.Error(err)
	}
}

// TestCaps holds sessions to so many of one person, and of all.
func TestCaps(t *testing.T) {
	why := make(chan error, 8)
	w := serve(t, waits(why), func(c *Config) { c.Limits.SessionsPerPerson, c.Limits.SessionsAll = 2, 3 })
	begin := func(k ssh.Signer) (*client, *ssh.Session, *bytes.Buffer) {
		c := w.enter(t, k)
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var errs bytes.Buffer
		s.Stderr = &errs
		if err := s.Start("x"); err != nil {
			t.Fatal(err)
		}
		return c, s, &errs
	}
	refused := func(k ssh.Signer, want error) {
		t.Helper()
		_, s, errs := begin(k)
		var exit *ssh.ExitError
		if err := s.Wait(); !errors.As(err, &exit) || exit.ExitStatus() != CodeTurnedAway {
			t.Error(err)
		}
		if errs.String() != want.Error()+"\n" {
			t.Errorf("%q, want %v", errs, want)
		}
	}
	first, _, _ := begin(w.an)
	begin(w.an)
	refused(w.an, ErrMany)
	begin(w.bo)
	refused(w.bo, ErrFull)
	if n := len(w.Sessions()); n != 3 {
		t.Errorf("%d sessions", n)
	}
	_ = first.Close()
	_ = told(t, "end", why)
	until(t, "the seat given back", func() bool { w.gate.mu.Lock(); defer w.gate.mu.Unlock(); return w.gate.inside == 2 })
	begin(w.bo)
}

// TestPanic ends one session; the other goes on.
func TestPanic(t *testing.T) {
	in, out := make(chan struct{}), make(chan struct{})
	w := serve(t, func(s *Session) int {
		if line, _ := s.Command(); line == "panic" {
			panic("secret of a customer")
		}
		close(in)
		<-out
		return 0
	}, nil)
	other := make(chan int, 1)
	c := w.enter(t, w.bo)
	go func() { _, _, n := c.run(t, "x", nil); other <- n }()
	told(t, "the other", in)
	_, errs, code := w.enter(t, w.an).run(t, "panic", nil)
	if code != CodeFault || errs != (&Fault{"ref1"}).Error()+"\n" {
		t.Errorf("%d %q", code, errs)
	}
	close(out)
	if n := told(t, "exit code of the other", other); n != 0 {
		t.Error(n)
	}
	if len(w.faults) != 1 || w.faults[0] != "secret of a customer" {
		t.Error(w.faults)
	}
	if strings.Contains(w.logged(), "secret") {
		t.Error("the log tells of it")
	}
}

// TestStrangersShutOutNobodyWhoShares holds that where people sign in well, as
// on a jump host, a stranger makes none of them wait.
func TestStrangersShutOutNobodyWhoShares(t *testing.T) {
	w := serve(t, whoami, func(c *Config) { c.Limits.PenaltyFirst = time.Hour; c.Limits.PenaltyMost = time.Hour })
	w.enter(t, w.an).run(t, "who", nil)
	for range 3 {
		if _, err := login(dial(t, w.addr, 1), w.config(newSigner(t))); err == nil {
			t.Fatal("a stranger came in")
		}
	}
	until(t, "charged", func() bool { return w.penalties.known("127.0.0.1") })
	if got, _, _ := w.enter(t, w.an).run(t, "who", nil); got != "an" {
		t.Errorf("%q came in", got)
	}
}

// TestRefusedSourceWaits closes the door to a source for a while.
func TestRefusedSourceWaits(t *testing.T) {
	w := serve(t, whoami, func(c *Config) { c.Limits.PenaltyFirst = time.Hour; c.Limits.PenaltyMost = time.Hour })
	if _, err := login(dial(t, w.addr, 2), w.config(newSigner(t))); err == nil {
		t.Fatal("a stranger came in")
	}
	until(t, "charged", func() bool { return w.penalties.known("127.0.0.2") })
	if _, err := login(dial(t, w.addr, 2), w.config(w.an)); err == nil {
		t.Error("came in from a source that must wait")
	}
	if w.count("refused penalty") != 1 {
		t.Error(w.counts)
	}
	if got, _, _ := w.enter(t, w.an).run(t, "who", nil); got != "an" {
		t.Error("another source waits too")
	}
}

func TestPenaltiesDouble(t *testing.T) {
	l := DefaultLimits()
	p := newPenalties(l)
	now := time.Now()
	for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
		p.charge("a", now)
		if want *= time.Second; !p.waits("a", now.Add(want-1)) || p.waits("a", now.Add(want)) {
			t.Errorf("refusal %d: not %v", i, want)
		}
	}
	now = now.Add(l.PenaltyForget)
	if p.charge("a", now); p.waits("a", now.Add(l.PenaltyFirst)) {
		t.Error("not forgotten")
	}
	for i := range 3 * mostPenalties {
		p.charge(fmt.Sprint(i), now)
	}
	if len(p.of) > mostPenalties {
		t.Errorf("%d remembered", len(p.of))
	}
}

// TestGate keeps its counts whatever the order of those who come and go.
func TestGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Limits{UnauthPerSource: 3, UnauthAll: 7, SessionsPerPerson: 2, SessionsAll: 5}
		g := newGate(l)
		var in []*conn
		seats := map[string]int{}
		all := 0
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				c := &conn{source: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "source"), line: &line{}}
				c.line.heard.Store(rapid.Int64Range(0, 1).Draw(t, "heard"))
				if _, why := g.enter(c); why == "" {
					in = append(in, c)
				}
			case 1:
				if len(in) > 0 {
					g.leave(in[rapid.IntRange(0, len(in)-1).Draw(t, "who")])
				}
			case 2:
				who := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "person")
				switch err := g.seat(who); {
				case err == nil:
					seats[who]++
					all++
				case errors.Is(err, ErrMany) && seats[who] < 2, errors.Is(err, ErrFull) && all < 5:
					t.Fatal(err, seats, all)
				}
			case 3:
				for who, n := range seats {
					if n > 0 {
						g.rise(who)
						seats[who]--
						all--
						break
					}
				}
			}
			per := map[string]int{}
			for _, c := range g.waiting {
				if per[c.source]++; per[c.source] > 3 {
					t.Fatalf("%d of %s", per[c.source], c.source)
				}
			}
			if len(g.waiting) > 7 || g.inside != all || g.inside > 5 {
				t.Fatal(len(g.waiting), g.inside, all)
			}
		}
	})
}

func TestSources(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := sourceOf(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestLogIsHushed writes one line a second about what strangers do.
func TestLogIsHushed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		h := newHush(newLog(&out))
		for range 1000 {
			h.note(time.Now(), 0, "refused key", "from", "192.0.2.7")
		}
		<-time.After(time.Second)
		h.note(time.Now(), 0, "refused key")
		if n := strings.Count(out.String(), "\n"); n != 2 || !strings.Contains(out.String(), "more=999") {
			t.Error(out.String())
		}
	})
}

// TestFlooding sends tens of megabytes that no session reads.
func TestFlooding(t *testing.T) {
	why := make(chan error, 1)
	w := serve(t, waits(why), nil)
	c := w.rawIn(t, w.an)
	c.open(t, askPTY, askShell)
	go func() { _, _ = io.Copy(io.Discard, c.Conn) }()
	packet, sent := join(2, strings.Repeat("x", 30<<10)), 0
	for ; sent < 100<<20; sent += len(packet) {
		if c.send(packet) != nil {
			break
		}
	}
	if sent > mostUnread+16<<20 {
		t.Errorf("%d bytes sent", sent)
	}
	if err := told(t, "end", why); !errors.Is(err, ErrLine) {
		t.Error(err)
	}
}

// TestManyRequests asks for terminals until it is cut off.
func TestManyRequests(t *testing.T) {
	w := serve(t, whoami, func(c *Config) { c.Limits.RefusedChannels = 1000 })
	c := w.rawIn(t, w.an)
	c.open(t)
	for range 1000 {
		if c.send(askPTY) != nil {
			break
		}
	}
	_, _ = io.Copy(io.Discard, c)
	until(t, "cut off", func() bool { return w.count("refused abuse") == 1 })
}

// TestQueueIsFound holds the library to how drain knows it.
func TestQueueIsFound(t *testing.T) {
	found := make(chan bool, 1)
	var w *world
	w = serve(t, func(*Session) int {
		w.Server.mu.Lock()
		defer w.Server.mu.Unlock()
		for c := range w.conns {
			found <- queue(c.door) != nil
		}
		return 0
	}, nil)
	w.enter(t, w.an).run(t, "x", nil)
	if !told(t, "answer", found) {
		t.Error("the library keeps its packets elsewhere now; see drain")
	}
	if queue(nil) != nil {
		t.Error("a queue of nothing")
	}
}
