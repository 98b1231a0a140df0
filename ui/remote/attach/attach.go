// Package attach reaches a running server through its Unix socket, as the account
// that calls. The socket speaks SSH (RFC 4251 to 4254) like any other way in, but
// nobody signs in there: the kernel tells each end who the other is.
package attach

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
)

// handshakeMost is how long a server may take to answer.
const handshakeMost = 20 * time.Second

// Call is one session with a server.
type Call struct {
	Socket string
	// Args are the words of a verb. With none, and no Line, the console is asked
	// for.
	Args []string
	// Line is a command as somebody wrote it, for the server to split. It goes
	// before Args.
	Line string
	// In, Out and Err are the streams of the session. Where In and Out are a
	// terminal, and Err too unless the console is asked for, the session gets a
	// terminal; In may then be read from until its next key after Run has returned.
	In       io.Reader
	Out, Err io.Writer
	// Env gives the language and the terminal of who calls; nothing else is asked.
	Env func(string) string
}

// Run carries out a call and gives the exit code of the server. When ctx ends the
// line is hung up, and the server ends what it was doing. Errors are of type
// *[model.Error], or that of ctx: nobody answers or may be trusted there, the
// server refuses, or the line was lost before it said how the call ended
// ([model.KindLost]).
func Run(ctx context.Context, c Call) (code int, err error) {
	conn, err := dial(ctx, c.Socket)
	if err != nil {
		return 0, err
	}
	hangUp := func() { _ = conn.Close() }
	defer hangUp()
	stop := context.AfterFunc(ctx, hangUp)
	defer stop()
	client, err := handshake(ctx, conn, c.Socket)
	if err != nil {
		return 0, err
	}
	defer func() { _ = client.Close() }()
	s, err := client.NewSession()
	if err != nil {
		return 0, unopened(ctx, err)
	}
	return c.session(ctx, s, hangUp)
}

// handshake speaks SSH with a server whose process is known already, so its host
// key proves nothing more.
func handshake(ctx context.Context, conn net.Conn, socket string) (*ssh.Client, error) {
	if err := conn.SetDeadline(time.Now().Add(handshakeMost)); err != nil { //nolint:forbidigo // how long to wait
		return nil, unopened(ctx, err)
	}
	var told strings.Builder
	sc, chans, reqs, err := ssh.NewClientConn(conn, socket, &ssh.ClientConfig{
		User:            "local", // the account is what counts
		HostKeyCallback: func(string, net.Addr, ssh.PublicKey) error { return nil },
		BannerCallback:  func(words string) error { told.WriteString(words); return nil },
		ClientVersion:   "SSH-2.0-Pasvorm",
	})
	switch words := strings.TrimSpace(told.String()); {
	case err == nil:
	case ctx.Err() != nil:
		return nil, ctx.Err() //nolint:wrapcheck // worded as it is
	case words != "":
		return nil, caused(model.NotAllowed("error.attach.told", "Words", words), err)
	default:
		return nil, caused(model.NewError(model.KindBusy, "error.attach.talk", "Socket", socket).WithHint("hint.attach.version"), err)
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		_ = sc.Close()
		return nil, unopened(ctx, err)
	}
	return ssh.NewClient(sc, chans, reqs), nil
}

// unopened words why there is no session.
func unopened(ctx context.Context, err error) error {
	var refused *ssh.OpenChannelError
	switch {
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // worded as it is
	case errors.As(err, &refused) && strings.TrimSpace(refused.Message) != "":
		return caused(model.NewError(model.KindBusy, "error.attach.told", "Words", strings.TrimSpace(refused.Message)), err)
	}
	return lost(err)
}

func caused(e *model.Error, err error) error { e.Cause = err; return e }

func lost(err error) error {
	return caused(model.NewError(model.KindLost, "error.attach.lost").WithHint("hint.attach.lost"), err)
}

// session asks for what the call is, and stays until the server has said how it
// ended.
func (c *Call) session(ctx context.Context, s *ssh.Session, hangUp func()) (code int, err error) {
	c.environment(s)
	tty := c.terminal()
	stdin, err := s.StdinPipe()
	if err != nil {
		return 0, lost(err)
	}
	out := &outlet{hangUp: hangUp}
	s.Stdout, s.Stderr = out.to(c.Out), out.to(c.Err)
	if tty != nil {
		if err := tty.ask(s, c.Env("TERM")); err != nil {
			return 0, unopened(ctx, err)
		}
		if err := tty.raw(); err != nil {
			return 0, lost(err)
		}
		defer tty.restore()
	}
	if err := c.start(s); err != nil {
		return 0, unopened(ctx, err)
	}
	over := make(chan struct{})
	var all sync.WaitGroup
	if tty != nil {
		all.Go(func() { tty.follow(over, s) })
	}
	go c.feed(stdin, tty)
	err = s.Wait()
	close(over)
	all.Wait()

	var exit *ssh.ExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit):
		return exit.ExitStatus(), nil
	}
	if tty != nil && c.line() == "" {
		tty.tidy() // a screen that was cut off in the middle
	}
	switch {
	case out.failed() != nil:
		return 0, caused(model.NewError(model.KindReadOnly, "cli.error.output"), out.failed())
	case ctx.Err() != nil:
		return 0, ctx.Err() //nolint:wrapcheck // worded as it is
	}
	return 0, lost(err)
}

// line is the command of a call, "" for the console.
func (c *Call) line() string {
	if c.Line != "" {
		return c.Line
	}
	return Quote(c.Args)
}

func (c *Call) start(s *ssh.Session) error {
	if line := c.line(); line != "" {
		return s.Start(line) //nolint:wrapcheck // worded by the caller
	}
	return s.Shell() //nolint:wrapcheck // worded by the caller
}

// environment tells the language and the terminal. A server that wants none of it
// says so, and goes on.
func (c *Call) environment(s *ssh.Session) {
	for _, name := range []string{"LANG", "COLORTERM", "TERM"} {
		v := c.Env(name)
		switch {
		case name == "LANG":
			v = locale(c.Env)
		case name == "COLORTERM" && c.Env("NO_COLOR") != "": // https://no-color.org
			v = "none"
		}
		if v != "" {
			_ = s.Setenv(name, v)
		}
	}
}

// locale is what LANG would have to be to stand for the whole environment alone:
// its language goes by LC_ALL, LC_MESSAGES and LANG, how its letters are written
// by LC_ALL, LC_CTYPE and LANG (POSIX, section 8.2).
func locale(env func(string) string) string {
	first := func(names ...string) string {
		for _, n := range names {
			if v := env(n); v != "" {
				return v
			}
		}
		return ""
	}
	lang, letters := first("LC_ALL", "LC_MESSAGES", "LANG"), first("LC_ALL", "LC_CTYPE", "LANG")
	if lang == letters || lang == "" && letters == "" {
		return lang
	}
	if lang == "" {
		lang = "C"
	}
	lang, _, _ = strings.Cut(lang, "@")
	lang, _, _ = strings.Cut(lang, ".")
	if _, set, ok := strings.Cut(letters, "."); ok {
		set, _, _ = strings.Cut(set, "@")
		lang += "." + set
	}
	return lang
}

// feed sends what is typed, and the end of it.
func (c *Call) feed(to io.WriteCloser, tty *terminal) {
	defer tty.onPanic()
	if c.In != nil {
		_, _ = io.Copy(to, c.In)
	}
	_ = to.Close()
}

// outlet hangs up when what the server says can be written nowhere: nobody would
// read the rest, and the server would wait for it.
type outlet struct {
	hangUp func()
	mu     sync.Mutex
	err    error
}

type outletTo struct {
	*outlet
	w io.Writer
}

func (o *outlet) to(w io.Writer) io.Writer {
	if w == nil {
		w = io.Discard
	}
	return outletTo{o, w}
}

func (o *outlet) failed() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

func (o outletTo) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil {
		o.mu.Lock()
		if o.err == nil {
			o.err = err
		}
		o.mu.Unlock()
		o.hangUp()
	}
	return n, err //nolint:wrapcheck // of the stream itself
}
