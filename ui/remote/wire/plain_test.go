package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// echo says who came, how, and with what, then gives back what is typed.
func echo(s *Session) int {
	line, given := s.Command()
	win, tty := s.Window()
	_, _ = fmt.Fprintf(s, "%s %s %s %q %v %v %v %s %s\n", s.Identity().Person, s.Way(), s.From(), line, given, win, tty, s.Env("TERM"), s.Env("LANG"))
	if _, err := io.Copy(s, s); err != nil {
		return 3
	}
	_, _ = io.WriteString(s.Stderr(), "done\n")
	return 7
}

func TestCommand(t *testing.T) {
	w := serve(t, echo, nil)
	c := w.enter(t, w.an)
	big := strings.Repeat("twelve bytes", 100_000)
	out, errs, code := c.run(t, "find 'jansen'", strings.NewReader(big))
	if want := "an ssh 127.0.0.1 \"find 'jansen'\" true {0 0} false  \n" + big; out != want {
		t.Errorf("out %d bytes, %.80q", len(out), out)
	}
	if errs != "done\n" || code != 7 {
		t.Errorf("%q %d", errs, code)
	}
	if _, err := c.NewSession(); err == nil {
		t.Error("a second session on the connection")
	}
}

func TestShellWithTerminal(t *testing.T) {
	sizes := make(chan Window, 8)
	w := serve(t, func(s *Session) int {
		for range 2 {
			select {
			case win := <-s.Windows():
				sizes <- win
			case <-s.Context().Done():
				return 1
			}
		}
		_, _ = io.WriteString(s.Stderr(), s.Env("TERM")+" "+s.Env("LANG")+" "+s.Env("SECRET"))
		return 0
	}, nil)
	c := w.enter(t, w.bo)
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	s.Stdout, s.Stderr = &out, &errs
	_ = s.Setenv("LANG", "nl_NL.UTF-8")
	if err := s.Setenv("SECRET", "x"); err == nil {
		t.Error("a variable that nobody wants was taken")
	}
	if err := s.RequestPty("xterm-256color", 40, 120, ssh.TerminalModes{ssh.ECHO: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	for _, win := range []Window{{100, 30}, {1000, 24}} {
		if err := s.WindowChange(win.H, win.W+max(0, win.W-999)*5000); err != nil {
			t.Fatal(err)
		}
		if got := told(t, "size", sizes); got != win {
			t.Errorf("got %v, want %v", got, win)
		}
	}
	if err := s.Wait(); err != nil {
		t.Error(err)
	}
	if out.String() != "xterm-256color nl_NL.UTF-8 " || errs.Len() > 0 {
		t.Errorf("%q %q", out.String(), errs.String())
	}
}

func TestSocket(t *testing.T) {
	w := serve(t, func(s *Session) int {
		_, _ = fmt.Fprintf(s, "%s%v %s%s", s.Identity().Proof, s.Identity().Value, s.Way(), s.From())
		return 0
	}, nil)
	path := w.socket(t)
	cfg := w.config()
	cfg.Auth = nil
	cfg.User = "root" // whatever it says, the account is the kernel's
	c, err := login(dialUnix(t, path), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	out, _, code := c.run(t, "who", nil)
	if want := fmt.Sprintf("uid %d%d socket", os.Getuid(), os.Getuid()); out != want || code != 0 {
		t.Errorf("%q %d, want %q", out, code, want)
	}
}

func TestSocketOfNobody(t *testing.T) {
	w := serve(t, echo, func(c *Config) {
		c.Peer = func(context.Context, int) (Identity, error) { return Identity{}, errors.New("no such account\x1b[2J") }
	})
	cfg := w.config()
	cfg.Auth = nil
	c, err := login(dialUnix(t, w.socket(t)), cfg)
	if err == nil {
		t.Fatal("an account of nobody came in")
	}
	if c.banner != "no such account[2J\r\n" {
		t.Errorf("%q", c.banner)
	}
}

func TestShutdownWaits(t *testing.T) {
	in, out := make(chan *Session, 1), make(chan int)
	w := serve(t, func(s *Session) int { in <- s; return <-out }, nil)
	c := w.enter(t, w.an)
	code := make(chan int)
	go func() { _, _, n := c.run(t, "x", nil); code <- n }()
	s := told(t, "session", in)
	if all := w.Sessions(); len(all) != 1 || all[0] != s {
		t.Errorf("%v", all)
	}
	silent := dial(t, w.addr, 2)
	idle := w.enter(t, w.bo) // signed in, without a session
	gone := make(chan error)
	go func() { gone <- w.Shutdown(context.Background()) }()
	if _, err := io.Copy(io.Discard, silent); err != nil {
		t.Log(err) // closed by reset or in peace
	}
	_ = idle.Wait()
	select {
	case err := <-gone:
		t.Fatal("did not wait", err)
	case <-s.Context().Done():
		t.Fatal("ended what runs")
	default:
	}
	out <- 5
	if err := told(t, "shutdown", gone); err != nil {
		t.Error(err)
	}
	if n := told(t, "exit code", code); n != 5 {
		t.Errorf("exit code %d", n)
	}
}

func TestShutdownForced(t *testing.T) {
	in, why := make(chan *Session, 1), make(chan error, 1)
	w := serve(t, func(s *Session) int {
		in <- s
		<-s.Context().Done()
		why <- context.Cause(s.Context())
		_, _ = io.WriteString(s, "last words")
		return 4
	}, nil)
	c := w.enter(t, w.an)
	type end struct {
		out  string
		code int
	}
	ended := make(chan end, 1)
	go func() { o, _, n := c.run(t, "x", nil); ended <- end{o, n} }()
	told(t, "session", in)
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan error, 1)
	go func() { gone <- w.Shutdown(ctx) }()
	cancel()
	if err := told(t, "cause", why); !errors.Is(err, ErrShutdown) {
		t.Error(err)
	}
	if e := told(t, "end", ended); e.out != "last words" || e.code != 4 {
		t.Errorf("%+v", e)
	}
	if err := told(t, "shutdown", gone); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestEndOfInput tells a closed input from a dropped line.
func TestEndOfInput(t *testing.T) {
	for _, drop := range []bool{false, true} {
		t.Run(fmt.Sprint(drop), func(t *testing.T) {
			got, read := make(chan error, 1), make(chan struct{})
			w := serve(t, func(s *Session) int {
				buf := make([]byte, 3)
				if _, err := io.ReadFull(s, buf); err != nil {
					got <- err
					return 1
				}
				close(read)
				_, err := io.Copy(io.Discard, s)
				if err == nil && s.Context().Err() != nil {
					err = context.Cause(s.Context())
				}
				got <- err
				return 0
			}, nil)
			c := w.enter(t, w.an)
			s, err := c.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			in, err := s.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Start("import -"); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(in, "row"); err != nil {
				t.Fatal(err)
			}
			told(t, "read", read)
			if drop {
				_ = c.Close()
				if err := told(t, "end", got); !errors.Is(err, ErrLine) {
					t.Error(err)
				}
				return
			}
			_ = in.Close()
			if err := told(t, "end", got); err != nil {
				t.Error(err)
			}
			if err := s.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEndUnblocksRead(t *testing.T) {
	boss := errors.New("ended by An")
	in, why := make(chan *Session, 1), make(chan error, 1)
	w := serve(t, func(s *Session) int {
		in <- s
		_, err := s.Read(make([]byte, 1))
		why <- err
		return 6
	}, nil)
	c := w.enter(t, w.an)
	code := make(chan int, 1)
	go func() {
		r, pw := io.Pipe()
		defer pw.Close()
		_, _, n := c.run(t, "import -", r)
		code <- n
	}()
	told(t, "session", in).End(boss)
	if err := told(t, "end", why); !errors.Is(err, boss) {
		t.Error(err)
	}
	if n := told(t, "exit code", code); n != 6 {
		t.Error(n)
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New(Config{Handle: echo}); err == nil {
		t.Error("a server without a host key")
	}
	if _, err := New(Config{HostKeys: []ssh.Signer{newSigner(t)}}); err == nil {
		t.Error("a server without a handler")
	}
}
