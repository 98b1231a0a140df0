package wire

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// mostUnsigned is how many bytes a client may send before it has signed in.
	// A key exchange and six keys take some 10 kB.
	mostUnsigned = 64 << 10
	// mostUnread is how many bytes may come in while the session reads nothing.
	// The window of a channel is 2 MiB; what goes beyond that many times over is
	// wrapping around next to nothing, which would cost the server far more.
	mostUnread = 16 << 20
)

var (
	errUnsigned = errors.New("too much sent before signing in")
	errUnread   = errors.New("too much sent that nobody reads")
)

// line is a connection that gives up on a client who stops reading, and notes
// what passes. The library reads and writes it.
type line struct {
	net.Conn
	stall time.Duration
	until time.Time // the end of signing in; no write waits beyond it

	signed  atomic.Bool
	heard   atomic.Int64 // bytes that came in since the session read something, or since the start
	in      atomic.Int64 // moment of the last bytes from the client, in nanoseconds
	stalled atomic.Bool  // a write took too long

	meter meter // until signed
	once  sync.Once
}

func newLine(c net.Conn, handshake, stall time.Duration) *line {
	now := time.Now()
	l := &line{Conn: c, stall: stall, until: now.Add(handshake)}
	l.in.Store(now.UnixNano())
	// A deadline that cannot be set is one of a connection that is closed already.
	_ = c.SetDeadline(l.until)
	return l
}

// sign lifts what holds until somebody has signed in.
func (l *line) sign() {
	l.signed.Store(true)
	l.heard.Store(0)
	_ = l.SetReadDeadline(time.Time{})
}

// Read implements io.Reader.
func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if n > 0 {
		l.in.Store(time.Now().UnixNano())
		heard := l.heard.Add(int64(n))
		if l.signed.Load() {
			if heard > mostUnread {
				err = errUnread
			}
		} else if bad := l.measure(heard, p[:n]); bad != nil {
			err = bad
		}
	}
	if err != nil {
		return 0, err
	}
	return n, nil
}

// measure judges what comes in before signing in.
func (l *line) measure(heard int64, p []byte) error {
	if heard > mostUnsigned {
		return errUnsigned
	}
	return l.meter.feed(p)
}

// Write implements io.Writer. The library writes at most one packet at a time,
// and the client has the stall time to take it whole.
func (l *line) Write(p []byte) (int, error) {
	by := time.Now().Add(l.stall)
	if !l.signed.Load() && l.until.Before(by) {
		by = l.until
	}
	_ = l.SetWriteDeadline(by)
	n, err := l.Conn.Write(p)
	if err != nil {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			l.stalled.Store(true)
		}
		_ = l.Close()
	}
	return n, err
}

// Close closes the connection; all calls but the first do nothing.
func (l *line) Close() error {
	var err error
	l.once.Do(func() { err = l.Conn.Close() })
	return err
}

// lost tells whether an error is the network's, not the library's.
func lost(err error) bool {
	var op *net.OpError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.As(err, &op)
}
