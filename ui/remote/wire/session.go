package wire

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

// Way is how a session came in.
type Way string

// The ways.
const (
	SSH    Way = "ssh"    // over TCP, with a key
	Socket Way = "socket" // through the local socket, as an account
)

// Identity is who a connection was proven to be.
type Identity struct {
	Person string // what the caps per person count; opaque
	Proof  string // fingerprint of the key, or "uid 1000"
	Value  any    // the owner's own; wire hands it back
}

// Window is the size of a terminal in cells.
type Window struct{ W, H int }

// Config is what a server is made of.
type Config struct {
	HostKeys []ssh.Signer // ed25519
	Limits   Limits
	// Key says whose a key is. It is asked for keys that are offered and not yet
	// proven, so it must be cheap and must change nothing, and once more for the key
	// that was proven. The error is worded by Word and shown to who offered the key.
	Key func(ctx context.Context, key ssh.PublicKey) (Identity, error)
	// Peer says whose an account of this machine is.
	Peer func(ctx context.Context, uid int) (Identity, error)
	// Word says an error in a sentence, "" for none: those of Key and Peer, the
	// package's own (ErrMethod and those below it) and [*Fault]. Nil says them as
	// they are.
	Word func(err error) string
	// Handle carries out a session and gives its exit code. It must return when
	// the context of the session ends.
	Handle func(*Session) int
	// Log hears what happens on the wire; it is never told what a session holds.
	Log *slog.Logger
	// Report keeps a panic and gives its reference; nil for none.
	Report func(fault any, stack []byte) string
	// Count counts events for metrics: "refused" with the reason, "session" with
	// the way; nil for none.
	Count func(event, label string)
}

// piece is what a client must take whole within [Limits.Stall]: who takes less
// than 4 KiB in that time, 205 bytes a second with the usual limits, has stopped
// reading.
const piece = 4 << 10

// Session is one session channel with its one request for a shell or a command.
// Read and Write are what the client types and sees; Write ends with an error
// when the client stops reading for too long.
type Session struct {
	c      *conn
	id     string
	ctx    context.Context //nolint:containedctx // a session is what a context is about
	cancel context.CancelCauseFunc

	command string
	exec    bool
	env     map[string]string

	winMu   sync.Mutex
	win     Window
	tty     bool
	windows chan Window // one slot

	last  atomic.Int64 // moment the client sent something last, in nanoseconds
	wrote atomic.Int64 // moment of the last write

	readMu sync.Mutex
	rest   []byte      // of the last chunk
	chunks chan []byte // from the pump
	taken  chan struct{}
	eof    chan struct{} // closed after the client's last byte

	writeMu sync.Mutex
	ch      ssh.Channel
	shut    bool
	stall   *time.Timer
}

// newSession makes the session of a connection.
func newSession(c *conn, ch ssh.Channel) *Session {
	s := &Session{c: c, id: c.srv.newID(), ch: ch, env: map[string]string{}, windows: make(chan Window, 1),
		chunks: make(chan []byte), taken: make(chan struct{}), eof: make(chan struct{})}
	s.ctx, s.cancel = context.WithCancelCause(c.ctx)
	s.last.Store(time.Now().UnixNano())
	s.stall = time.AfterFunc(time.Hour, s.stalled)
	s.stall.Stop()
	return s
}

// ID names the session in logs, in eight letters.
func (s *Session) ID() string { return s.id }

// Context ends with the session; its cause is why.
func (s *Session) Context() context.Context { return s.ctx }

// End ends the session on account of cause. The handler sees its context end, and
// Read with it; Write goes on for a second, so that a terminal can be left as it
// was found, and then the line is cut.
func (s *Session) End(cause error) { s.cancel(cause) }

// Identity is who was proven.
func (s *Session) Identity() Identity { return s.c.id }

// Way is how the session came in.
func (s *Session) Way() Way { return s.c.way }

// From is the host of an SSH client, without its port; "" for the socket.
func (s *Session) From() string { return s.c.from }

// Command gives the command line as it was sent; false for a shell.
func (s *Session) Command() (line string, given bool) { return s.command, s.exec }

// Env gives TERM, LANG, COLORTERM or "" for what was not sent.
func (s *Session) Env(name string) string { return s.env[name] }

// Window is the size at the moment; false without a terminal.
func (s *Session) Window() (w Window, terminal bool) {
	s.winMu.Lock()
	defer s.winMu.Unlock()
	return s.win, s.tty
}

// Windows brings each new size; of several at once only the newest. It is never
// closed.
func (s *Session) Windows() <-chan Window { return s.windows }

// resize makes a size known. Only the loop of the connection calls it.
func (s *Session) resize(w Window) {
	s.winMu.Lock()
	same := s.win == w
	s.win = w
	s.winMu.Unlock()
	if same {
		return
	}
	select {
	case <-s.windows: // nobody has looked at the one before
	default:
	}
	s.windows <- w
}

// Last is when the client sent something last.
func (s *Session) Last() time.Time { return time.Unix(0, s.last.Load()) }

// used is when the session was used last: something was typed or, for a command
// without a terminal, something was taken.
func (s *Session) used() time.Time {
	at := s.last.Load()
	if s.exec && !s.tty {
		at = max(at, s.wrote.Load())
	}
	return time.Unix(0, at)
}

// pump takes what the client types off the line, one chunk at a time, so that the
// moment of it is known and Read can end with the session.
func (s *Session) pump() {
	buf := make([]byte, piece)
	for {
		n, err := s.ch.Read(buf)
		if n > 0 {
			s.last.Store(time.Now().UnixNano())
			select {
			case s.chunks <- buf[:n]:
			case <-s.ctx.Done():
				return
			}
			select {
			case <-s.taken:
			case <-s.ctx.Done():
				return
			}
		}
		if err != nil {
			break
		}
	}
	// The library says end of input for a dropped line too. Half a file must not
	// pass for a whole one: an answer from the client proves that it is there.
	if _, err := s.ch.SendRequest(question, true, nil); err == nil {
		close(s.eof)
		return
	}
	s.End(ErrLine)
}

// Read reads what the client types. It gives io.EOF when the client has closed its
// input, and the cause when the session has ended.
func (s *Session) Read(p []byte) (int, error) {
	s.readMu.Lock()
	defer s.readMu.Unlock()
	if s.ctx.Err() != nil {
		return 0, context.Cause(s.ctx)
	}
	if len(p) == 0 {
		return 0, nil
	}
	if len(s.rest) == 0 {
		select {
		case s.rest = <-s.chunks:
			s.c.line.heard.Store(0)
		case <-s.eof:
			return 0, io.EOF
		case <-s.ctx.Done():
			return 0, context.Cause(s.ctx)
		}
	}
	n := copy(p, s.rest)
	if s.rest = s.rest[n:]; len(s.rest) == 0 {
		select {
		case s.taken <- struct{}{}:
		case <-s.ctx.Done():
		}
	}
	return n, nil
}

// Write shows the client something.
func (s *Session) Write(p []byte) (int, error) { return s.write(s.ch, p) }

// Stderr is the other stream; with a terminal it is the same.
func (s *Session) Stderr() io.Writer {
	if s.tty {
		return s
	}
	return stderr{s}
}

type stderr struct{ s *Session }

func (e stderr) Write(p []byte) (int, error) { return e.s.write(e.s.ch.Stderr(), p) }

// write sends p piece by piece. Both streams share the window of the channel, and
// the library wants one writer at a time.
func (s *Session) write(w io.Writer, p []byte) (n int, err error) {
	s.writeMu.Lock()
	defer s.writeMu.Unlock()
	for len(p) > 0 {
		if s.shut {
			return n, s.why()
		}
		s.stall.Reset(s.c.srv.lim.Stall)
		k, err := w.Write(p[:min(len(p), piece)])
		s.stall.Stop()
		n += k
		if err != nil {
			s.shut = true
			return n, s.why()
		}
		s.wrote.Store(time.Now().UnixNano())
		p = p[k:]
	}
	return n, nil
}

// why is the reason that nothing can be written any more.
func (s *Session) why() error {
	if cause := context.Cause(s.ctx); cause != nil {
		return cause
	}
	return io.ErrClosedPipe
}

// stalled ends the session of a client that does not read.
func (s *Session) stalled() {
	s.End(ErrStalled)
	_ = s.c.line.Close()
}
