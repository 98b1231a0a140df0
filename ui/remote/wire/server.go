package wire

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/ui/remote/peer"
)

// lastWait is how long Shutdown waits at most for handlers that do not return
// although their sessions were ended.
const lastWait = 10 * time.Second

// errLeft says that handlers did not return.
var errLeft = errors.New("some sessions did not end")

// Server carries sessions. Its methods may be called from several goroutines.
type Server struct {
	cfg       Config
	lim       Limits
	hush      *hush
	gate      *gate
	penalties *penalties
	ctx       context.Context //nolint:containedctx // of all that the server does; ends with it
	cancel    context.CancelFunc
	wg        sync.WaitGroup // connections

	mu        sync.Mutex
	closing   bool
	closed    chan struct{} // when Shutdown was called
	listeners map[net.Listener]struct{}
	conns     map[*conn]struct{}
	live      map[string]*Session // by ID
	homes     map[string]string   // of a person, the source of the last key proven
}

// New makes a server; it refuses to be without a host key. Limits that are zero
// are those of [DefaultLimits], but for Idle.
func New(c Config) (*Server, error) {
	if c.Handle == nil {
		return nil, errors.New("wire: no handler")
	}
	for _, k := range c.HostKeys {
		if k.PublicKey().Type() != hostKinds[0] {
			return nil, errors.New("wire: the host key is not an ed25519 key")
		}
	}
	if len(c.HostKeys) == 0 {
		return nil, errors.New("wire: no host key")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Count == nil {
		c.Count = func(string, string) {}
	}
	if c.Word == nil {
		c.Word = error.Error
	}
	l := c.Limits.filled()
	s := &Server{cfg: c, lim: l, hush: newHush(c.Log), gate: newGate(l), penalties: newPenalties(l), closed: make(chan struct{}),
		listeners: map[net.Listener]struct{}{}, conns: map[*conn]struct{}{}, live: map[string]*Session{}, homes: map[string]string{}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s, nil
}

// Serve takes connections until Shutdown, and then returns nil. A listener on a
// Unix socket is the local way, every other is SSH with a key. It closes the
// listener, and returns another error only when somebody else closed it.
func (s *Server) Serve(ln net.Listener) error {
	defer func() { _ = ln.Close() }()
	s.mu.Lock()
	if s.closing {
		s.mu.Unlock()
		return nil
	}
	s.listeners[ln] = struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, ln)
	}()
	way := SSH
	if ln.Addr().Network() == "unix" {
		way = Socket
	}
	return s.accept(ln, way)
}

// accept takes connections. A failure to take one, such as of file descriptors,
// is waited out: those who are in must not lose the server over it.
func (s *Server) accept(ln net.Listener, way Way) error {
	const least, most = 5 * time.Millisecond, time.Second
	pause := least
	for {
		nc, err := ln.Accept()
		select {
		case <-s.closed:
			if err == nil {
				_ = nc.Close()
			}
			return nil
		default:
		}
		switch {
		case err == nil:
			pause = least
			s.take(nc, way)
			continue
		case errors.Is(err, net.ErrClosed):
			return err
		}
		s.hush.note(time.Now(), slog.LevelWarn, "accept failed", "error", err)
		wait := time.NewTimer(pause)
		select {
		case <-s.closed:
			wait.Stop()
			return nil
		case <-wait.C:
		}
		pause = min(2*pause, most)
	}
}

// take begins with a connection, or closes it at once.
func (s *Server) take(nc net.Conn, way Way) {
	now := time.Now()
	c := &conn{srv: s, way: way}
	var why string
	var late *conn
	switch way {
	case Socket:
		why = c.local(nc)
	default:
		c.from, c.source = remote(nc.RemoteAddr())
		if s.penalties.waits(c.source, now) && !s.shared(c.source) {
			why = "penalty"
		}
	}
	if why == "" {
		c.line = newLine(nc, s.lim.Handshake, s.lim.Stall)
		late, why = s.gate.enter(c)
	}
	if why != "" {
		s.refused(why, c.from)
		_ = nc.Close()
		return
	}
	if late != nil {
		s.refused("silent", late.from)
		_ = late.line.Close()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		s.gate.leave(c)
		_ = c.line.Close()
		return
	}
	s.conns[c] = struct{}{}
	s.wg.Go(c.run)
}

// remote gives the host of an address and what counts as its source.
func remote(a net.Addr) (host, source string) {
	if ap, err := netip.ParseAddrPort(a.String()); err == nil {
		return ap.Addr().Unmap().String(), sourceOf(ap.Addr())
	}
	return a.String(), a.String()
}

// local finds out who is at the other end of a socket.
func (c *conn) local(nc net.Conn) (why string) {
	uc, ok := nc.(*net.UnixConn)
	if !ok {
		return "peer"
	}
	uid, err := peer.UID(uc)
	if err != nil {
		c.srv.hush.note(time.Now(), slog.LevelWarn, "peer unknown", "error", err)
		return "peer"
	}
	c.uid, c.source = uid, "uid "+strconv.Itoa(uid)
	return ""
}

// refused counts and logs a refusal.
func (s *Server) refused(why, from string, args ...any) {
	s.cfg.Count("refused", why)
	s.hush.note(time.Now(), slog.LevelInfo, "refused "+why, append([]any{"from", from}, args...)...)
}

// Sessions are those that run.
func (s *Server) Sessions() []*Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*Session, 0, len(s.live))
	for _, x := range s.live {
		out = append(out, x)
	}
	return out
}

// Shutdown takes no more connections, waits until the sessions have ended, and
// when ctx ends first, ends them with [ErrShutdown] and waits for them; then it
// returns the error of ctx. A handler that does not return within ten seconds of
// that is left behind, with an error.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	if !s.closing {
		s.closing = true
		close(s.closed)
	}
	for ln := range s.listeners {
		_ = ln.Close()
	}
	for c := range s.conns {
		if !c.line.signed.Load() {
			_ = c.line.Close()
		}
	}
	s.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		s.wg.Wait()
		s.cancel()
	}()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
	}
	for _, x := range s.Sessions() {
		x.End(ErrShutdown)
	}
	s.cancel()
	late := time.NewTimer(lastWait)
	defer late.Stop()
	select {
	case <-gone:
		return ctx.Err()
	case <-late.C:
		return errLeft
	}
}

// signers adds the host keys to the configuration of a connection.
func (s *Server) signers(cfg *ssh.ServerConfig) {
	for _, k := range s.cfg.HostKeys {
		cfg.AddHostKey(k)
	}
}
