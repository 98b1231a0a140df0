package remote

import (
	"bytes"
	"context"
	"errors"
	"io"

	"golang.org/x/term"

	"github.com/charmbracelet/colorprofile"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/cli"
)

// carry carries out one verb with the rights of the person, and gives its exit
// code. At a terminal it can ask; without one it is as in a pipe.
func (x *session) carry(book ui.Book) int {
	tty := x.kind.PTY && x.args != nil
	d := cli.Deps{
		Library: fixed{book}, In: x.line, Out: x.out(), Err: x.errors(), Env: x.env, Interactive: tty, ErrTerminal: tty,
		Console: func(_ context.Context, b ui.Book, o cli.Options) error {
			x.tx = o.Text
			return x.screens(b)
		},
		CheckPlaybook: x.srv.cfg.CheckPlaybook, DefaultPlaybook: x.srv.cfg.DefaultPlaybook, Account: x.srv.cfg.Account,
		Report: x.srv.report, Version: x.srv.cfg.Version, Remote: true, Floor: x.seat,
	}
	if !x.kind.Screen {
		d.Console = nil
	}
	if tty && x.verb != "" {
		d.In = x.keyboard()
	}
	return cli.Run(x.ctx, x.args, d)
}

// env is what a verb may know of the other end.
func (x *session) env(name string) string {
	switch name {
	case "LANG":
		return x.tx.Lang()
	case "TERM", "COLORTERM":
		return x.Env(name)
	case "NO_COLOR":
		if x.kind.Profile <= colorprofile.ASCII {
			return "1"
		}
	}
	return ""
}

// fixed is the library of a server: the one book, as who came in.
type fixed struct{ book ui.Book }

// DefaultPath is empty: no path of the server's machine is told or taken.
func (fixed) DefaultPath() string { return "" }

// Open gives the book of the session.
func (f fixed) Open(_ context.Context, o ui.Opening) (ui.Book, error) {
	if o.Path != "" || o.As != "" || o.Group != "" || o.Fresh {
		return nil, model.NotAllowed("error.serve.fixed").WithHint("hint.serve.fixed")
	}
	return stays{f.book}, nil
}

// OpenSample is not offered: a sample is a file of the server's machine.
func (fixed) OpenSample(context.Context, string) (ui.Book, error) {
	return nil, model.NotAllowed("error.serve.fixed").WithHint("hint.serve.fixed")
}

// stays is a book that the session closes, and not the verb.
type stays struct{ ui.Book }

// Close does nothing.
func (stays) Close() error { return nil }

// mostAhead is how many pieces of input wait for a verb that reads nothing.
const mostAhead = 64

// keyboard gives the lines that somebody types at a terminal, with echo and the
// usual keys. Ctrl+C ends the verb at any moment, ctrl+D the input.
func (x *session) keyboard() io.Reader {
	k := &keys{ctx: x.ctx, ahead: make(chan []byte, mostAhead)}
	x.srv.safely(func() {
		defer close(k.ahead)
		for {
			buf := make([]byte, 1024)
			n, err := x.Read(buf)
			if bytes.IndexByte(buf[:n], 3) >= 0 {
				x.cancel(errKeyed)
				return
			}
			if n > 0 {
				x.seat.Touch()
				select {
				case k.ahead <- buf[:n]:
				default: // nobody asks for so much
				}
			}
			if err != nil {
				return
			}
		}
	})
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{k, x.line}, "")
	if size, ok := x.Window(); ok && size.W > 0 && size.H > 0 {
		_ = t.SetSize(size.W, size.H)
	}
	return &lineReader{t: t}
}

// keys is what was typed and not yet read.
type keys struct {
	ctx   context.Context //nolint:containedctx // ends the reading
	ahead chan []byte
	rest  []byte
}

// Read reads keys as they came.
func (k *keys) Read(p []byte) (int, error) {
	for len(k.rest) == 0 {
		select {
		case <-k.ctx.Done():
			return 0, io.EOF
		case b, open := <-k.ahead:
			if !open {
				return 0, io.EOF
			}
			k.rest = b
		}
	}
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	return n, nil
}

// lineReader reads a terminal line by line.
type lineReader struct {
	t    *term.Terminal
	rest []byte
}

// Read reads from the line that was ended last.
func (l *lineReader) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		s, err := l.t.ReadLine()
		if err != nil && !errors.Is(err, term.ErrPasteIndicator) {
			return 0, err //nolint:wrapcheck // the end of input
		}
		l.rest = append([]byte(s), '\n')
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
