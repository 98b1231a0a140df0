//go:build unix

package attach

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"pasvorm/model"
)

// seat is a terminal with somebody at it.
type seat struct {
	t         *testing.T
	hand, tty *os.File
	mu        sync.Mutex
	seen      bytes.Buffer
	read      chan struct{}
}

func sit(t *testing.T, w, h uint16) *seat {
	t.Helper()
	hand, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t, hand: hand, tty: tty, read: make(chan struct{})}
	s.resize(w, h)
	go func() {
		defer close(s.read)
		b := make([]byte, 4096)
		for {
			n, err := hand.Read(b)
			s.mu.Lock()
			s.seen.Write(b[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = hand.Close(); _ = tty.Close() })
	return s
}

func (s *seat) resize(w, h uint16) {
	s.t.Helper()
	if err := pty.Setsize(s.tty, &pty.Winsize{Rows: h, Cols: w}); err != nil {
		s.t.Fatal(err)
	}
}

// shown closes the terminal and gives all that it showed.
func (s *seat) shown() string {
	s.t.Helper()
	// The session reads until the next key; without echo that shows nothing.
	if _, err := term.MakeRaw(s.tty.Fd()); err != nil {
		s.t.Error(err)
	}
	s.types("x")
	_ = s.tty.Close()
	<-s.read
	return s.seen.String()
}

// mode is how the terminal is set, as the kernel tells it.
func (s *seat) mode() term.State {
	s.t.Helper()
	st, err := term.GetState(s.tty.Fd())
	if err != nil {
		s.t.Fatal(err)
	}
	return *st
}

func (s *seat) at(d *desk, args ...string) Call {
	return Call{Socket: d.path, Args: args, In: s.tty, Out: s.tty, Err: s.tty, Env: func(k string) string {
		return map[string]string{"TERM": "xterm-256color"}[k]
	}}
}

func (s *seat) types(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.hand, keys); err != nil {
		s.t.Error(err)
	}
}

// TestTheConsoleHasTheTerminal goes through a whole session: size, keys as they
// are, a window that changes, and the terminal as it was found.
func TestTheConsoleHasTheTerminal(t *testing.T) {
	s := sit(t, 100, 30)
	found := s.mode()
	d := start(t, func(v *visit) {
		if !v.pty || !v.shell || v.term != "xterm-256color" || v.size != [2]uint32{100, 30} {
			t.Errorf("asked for %+v", v)
		}
		if s.mode() == found {
			t.Error("the terminal is not raw")
		}
		s.types("a\x03\x04\x1a\x1b[A\r")
		keys := make([]byte, 8)
		if _, err := io.ReadFull(v, keys); err != nil || string(keys) != "a\x03\x04\x1a\x1b[A\r" {
			t.Errorf("keys %q, %v", keys, err)
		}
		s.resize(132, 43)
		if err := syscall.Kill(os.Getpid(), syscall.SIGWINCH); err != nil { // the terminal of the test is not its own
			t.Error(err)
		}
		for size := range v.sizes {
			if size == [2]uint32{132, 43} {
				break
			}
		}
		v.say("\x1b[31mall\x1b[m\r\ndone")
		v.exit(5)
	})
	if code, err := Run(t.Context(), s.at(d)); code != 5 || err != nil {
		t.Errorf("%d %v", code, err)
	}
	if s.mode() != found {
		t.Error("the terminal is not as it was found")
	}
	if got := s.shown(); got != "\x1b[31mall\x1b[m\r\ndone" {
		t.Errorf("shown %q", got)
	}
}

// TestResumeSetsTheTerminalAgain holds that a program that was stopped and goes on
// finds its terminal raw, and is told the size anew.
func TestResumeSetsTheTerminalAgain(t *testing.T) {
	s := sit(t, 80, 24)
	found := s.mode()
	d := start(t, func(v *visit) {
		<-v.sizes // whoever follows the window is there
		if err := term.Restore(s.tty.Fd(), &found); err != nil {
			t.Error(err)
		}
		if err := syscall.Kill(os.Getpid(), syscall.SIGCONT); err != nil {
			t.Error(err)
		}
		<-v.sizes
		if s.mode() == found {
			t.Error("the terminal is not raw again")
		}
		v.exit(0)
	})
	if code, err := Run(t.Context(), s.at(d)); code != 0 || err != nil {
		t.Errorf("%d %v", code, err)
	}
	if s.mode() != found {
		t.Error("the terminal is not as it was found")
	}
}

// TestALostLineLeavesATerminalToGoOnWith drops the line in the middle of a screen.
func TestALostLineLeavesATerminalToGoOnWith(t *testing.T) {
	for name, c := range map[string]struct {
		drop func(v *visit, cancel func())
		want func(error) bool
	}{
		"dropped": {func(v *visit, _ func()) { v.hangUp() }, func(err error) bool { return model.KindOf(err) == model.KindLost }},
		"stopped": {func(_ *visit, cancel func()) { cancel() }, func(err error) bool { return errors.Is(err, context.Canceled) }},
	} {
		t.Run(name, func(t *testing.T) {
			s := sit(t, 80, 24)
			found := s.mode()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			d := start(t, func(v *visit) {
				v.say("\x1b[?1049h\x1b[?25lscreen")
				<-v.sizes // the session has begun there too
				c.drop(v, cancel)
				_, _ = io.Copy(io.Discard, v)
			})
			if _, err := Run(ctx, s.at(d)); !c.want(err) {
				t.Errorf("got %v", err)
			}
			if s.mode() != found {
				t.Error("the terminal is not as it was found")
			}
			if got := s.shown(); !strings.HasSuffix(got, tidyAll) {
				t.Errorf("shown %q", got)
			}
		})
	}
}

// TestAVerbHasTheTerminalOrNone holds that a verb gets a terminal where all three
// streams are one, and three streams otherwise.
func TestAVerbHasTheTerminalOrNone(t *testing.T) {
	d := start(t, func(v *visit) {
		if v.pty {
			v.say("terminal")
		} else {
			v.say("streams")
		}
		v.exit(0)
	})
	for name, c := range map[string]struct {
		change func(*Call, io.Writer)
		want   string
	}{
		"all":        {func(*Call, io.Writer) {}, "terminal"},
		"out piped":  {func(c *Call, w io.Writer) { c.Out = w }, "streams"},
		"err piped":  {func(c *Call, w io.Writer) { c.Err = w }, "streams"},
		"no input":   {func(c *Call, _ io.Writer) { c.In = nil }, "streams"},
		"in a file":  {func(c *Call, _ io.Writer) { c.In = strings.NewReader("x") }, "streams"},
		"typed line": {func(c *Call, _ io.Writer) { c.Line, c.Args = "fit jansen", nil }, "terminal"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sit(t, 80, 24)
			found := s.mode()
			var piped bytes.Buffer
			call := s.at(d, "fit", "jansen")
			c.change(&call, &piped)
			if code, err := Run(t.Context(), call); code != 0 || err != nil {
				t.Errorf("%d %v", code, err)
			}
			if s.mode() != found {
				t.Error("the terminal is not as it was found")
			}
			if got := s.shown() + piped.String(); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestAPanicLeavesTheTerminal holds that a fault of the program does not leave
// somebody with a terminal that shows nothing they type.
func TestAPanicLeavesTheTerminal(t *testing.T) {
	s := sit(t, 80, 24)
	found := s.mode()
	c := s.at(&desk{})
	tty := c.terminal()
	if err := tty.raw(); err != nil || s.mode() == found {
		t.Fatal("not raw", err)
	}
	func() {
		defer func() {
			if fault := recover(); fault != "fault" {
				t.Errorf("the panic went on as %v", fault)
			}
		}()
		defer tty.onPanic()
		panic("fault")
	}()
	if s.mode() != found {
		t.Error("the terminal is not as it was found")
	}
}
