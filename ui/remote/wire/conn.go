package wire

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

const (
	// grace is how long the line stays after a session was ended, for its last words.
	grace = time.Second
	// parting is how long a client may take to close a channel that has ended. Until
	// it does, what was written last may still be on its way.
	parting = 5 * time.Second
)

// question is a request that every client answers, if only to say that it does not
// know it (RFC 4254, 4).
const question = "keepalive@openssh.com"

// conn is one connection.
type conn struct {
	srv    *Server
	way    Way
	from   string // host of the client; "" for the socket
	source string // what counts as one place to come from
	uid    int    // of the socket's other end
	line   *line
	ctx    context.Context //nolint:containedctx // of the connection; ends with it
	wg     sync.WaitGroup  // goroutines beside the loop

	// Of signing in.
	door    ssh.ServerPreAuthConn
	tried   bool     // something was refused
	said    []string // what was explained
	claimed string   // whose key was offered and not proven yet

	// Of the loop, see loop.go.
	ssh     *ssh.ServerConn
	id      Identity
	full    error         // why no session can begin, known from the start
	session *Session      // nil until the channel was opened
	running bool          // the shell or command was asked for
	done    chan struct{} // closed when the handler has returned
	startBy time.Time     // for a session to begin
	leaveBy time.Time     // for the line to be closed; zero while nothing ends
	refused int           // channels and requests
	over    bool          // the line was closed; nothing is answered any more
	asked   int           // requests of the channel before it runs
	vars    int           // variables sent
	asking  time.Time     // when the open question was asked; zero for none
	answer  chan struct{}
	next    Window // size that waits for its turn
	nextAt  time.Time
	shown   time.Time // when a size was made known last
}

// run carries a connection from its first byte to its last.
func (c *conn) run() {
	ctx, cancel := context.WithCancel(c.srv.ctx)
	defer cancel()
	c.ctx = ctx
	defer func() {
		c.srv.mu.Lock()
		defer c.srv.mu.Unlock()
		delete(c.srv.conns, c)
	}()
	defer c.srv.gate.leave(c)
	defer c.wg.Wait()
	defer func() {
		_ = c.line.Close()
		drain(c.door)
	}()
	defer func() {
		if p := recover(); p != nil {
			_ = c.srv.fault(p)
		}
	}()
	sc, chans, reqs, err := ssh.NewServerConn(c.line, c.settings())
	if err != nil {
		c.outcome(Identity{}, err)
		return
	}
	id, ok := sc.Permissions.ExtraData[proven{}].(Identity)
	if !ok {
		return // cannot be: nobody signs in without it
	}
	c.ssh, c.id = sc, id
	c.outcome(id, nil)
	c.startBy = time.Now().Add(c.srv.lim.Handshake)
	if c.full = c.srv.gate.seat(id.Person); c.full == nil {
		// Who found no seat keeps their place at the door, until they have been told.
		c.srv.gate.leave(c)
		defer c.srv.gate.rise(id.Person)
	}
	c.srv.cfg.Log.Info("signed in", "way", string(c.way), "from", c.from, "proof", id.Proof, "person", id.Person)
	c.loop(chans, reqs)
}

// fault reports a panic and gives what to say of it.
func (s *Server) fault(p any) *Fault {
	f := &Fault{}
	if s.cfg.Report != nil {
		f.Reference = s.cfg.Report(p, debug.Stack())
	}
	s.cfg.Log.Error("fault", "ref", f.Reference)
	return f
}

// newID gives an ID that no running session has.
func (s *Server) newID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		var b [4]byte
		_, _ = rand.Read(b[:]) // never fails, says its documentation
		id := hex.EncodeToString(b[:])
		if _, taken := s.live[id]; !taken {
			return id
		}
	}
}

// begin starts the session that was asked for. One that cannot be is told why in
// its place.
func (c *conn) begin(turned error) {
	s := c.session
	c.running, c.done = true, make(chan struct{})
	if turned == nil {
		turned = c.full
	}
	select {
	case <-c.srv.closed:
		turned = ErrStopping
	default:
	}
	do := c.srv.cfg.Handle
	if turned != nil {
		c.turned(turned)
		do = func(s *Session) int {
			s.say(turned)
			return CodeTurnedAway
		}
	} else {
		c.srv.mu.Lock()
		c.srv.live[s.id] = s
		c.srv.mu.Unlock()
		c.srv.cfg.Count("session", string(c.way))
	}
	c.wg.Go(s.pump)
	c.wg.Go(func() {
		defer close(c.done)
		defer func() {
			c.srv.mu.Lock()
			defer c.srv.mu.Unlock()
			delete(c.srv.live, s.id)
		}()
		s.finish(s.perform(do))
	})
}

// turned counts a session that does not begin.
func (c *conn) turned(why error) {
	label := "other"
	switch {
	case errors.Is(why, ErrMany):
		label = "sessions-person"
	case errors.Is(why, ErrFull):
		label = "sessions-all"
	case errors.Is(why, ErrCommand):
		label = "command"
	case errors.Is(why, ErrStopping):
		label = "stopping"
	}
	c.srv.refused(label, c.from, "person", c.id.Person)
}

// perform runs the handler. A panic ends this session and no other.
func (s *Session) perform(do func(*Session) int) (code int) {
	defer func() {
		if p := recover(); p != nil {
			s.say(s.c.srv.fault(p))
			code = CodeFault
		}
	}()
	return do(s)
}

// say words an error on the error stream.
func (s *Session) say(err error) {
	newline := "\n"
	if s.tty {
		newline = "\r\n"
	}
	if text := sentence(s.c.srv.cfg.Word(err), newline); text != "" {
		_, _ = s.Stderr().Write([]byte(text))
	}
}

// finish sends the exit code and closes the channel.
func (s *Session) finish(code int) {
	s.writeMu.Lock()
	defer s.writeMu.Unlock()
	if !s.shut {
		s.stall.Reset(s.c.srv.lim.Stall)
		_, err := s.ch.SendRequest("exit-status", false, ssh.Marshal(struct{ Code uint32 }{uint32(code)}))
		if err == nil {
			_ = s.ch.CloseWrite()
		}
		_ = s.ch.Close()
	}
	s.shut = true
	s.stall.Stop()
	s.cancel(nil)
}

// asks asks the client whether it is there and waits for the answer.
func (c *conn) asks() bool {
	_, _, err := c.ssh.SendRequest(question, true, nil)
	return err == nil
}
