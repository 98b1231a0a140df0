package attach

import (
	"io"
	"os"
	"os/signal"
	"sync"

	"github.com/charmbracelet/x/term"
	"golang.org/x/crypto/ssh"
)

// tidyAll takes back what a console asks of a terminal and cannot take back
// itself once the line is lost: the other screen, the hidden cursor and its
// shape, the mouse, marked pasting, focus, keys told in full, colours.
const tidyAll = "\x1b[?1049l\x1b[?25h\x1b[0 q\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l" +
	"\x1b[?2004l\x1b[?1004l\x1b[?2026l\x1b[>4m\x1b[=0;1u\x1b[m"

// terminal is that of who calls, while a session has it.
type terminal struct {
	in, out uintptr
	w       io.Writer

	mu    sync.Mutex
	state *term.State // nil: it is as it was found
}

// terminal gives that of the call; nil where a session has none.
func (c *Call) terminal() *terminal {
	in, out := isTerminal(c.In), isTerminal(c.Out)
	if in == nil || out == nil || c.line() != "" && isTerminal(c.Err) == nil {
		return nil
	}
	return &terminal{in: in.Fd(), out: out.Fd(), w: c.Out}
}

type descriptor interface{ Fd() uintptr }

func isTerminal(stream any) descriptor {
	if f, ok := stream.(descriptor); ok && term.IsTerminal(f.Fd()) {
		return f
	}
	return nil
}

// ask asks the server for a terminal of this kind and size.
func (t *terminal) ask(s *ssh.Session, kind string) error {
	if kind == "" {
		kind = "dumb"
	}
	w, h, err := term.GetSize(t.out)
	if err != nil || w <= 0 || h <= 0 {
		w, h = 80, 24
	}
	return s.RequestPty(kind, h, w, ssh.TerminalModes{}) //nolint:wrapcheck // worded by the caller
}

// raw lets every key through as it is, ctrl+c too.
func (t *terminal) raw() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	found, err := term.MakeRaw(t.in)
	if err != nil {
		return err //nolint:wrapcheck // worded by the caller
	}
	if t.state == nil {
		t.state = found
	}
	return nil
}

// restore leaves the terminal as it was found; more than once is the same.
func (t *terminal) restore() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state != nil {
		_ = term.Restore(t.in, t.state)
		t.state = nil
	}
}

// onPanic restores the terminal before a panic ends the program. It is deferred
// where a session has no terminal too.
func (t *terminal) onPanic() {
	if fault := recover(); fault != nil {
		if t != nil {
			t.restore()
		}
		panic(fault)
	}
}

// tidy makes the screen one to go on with.
func (t *terminal) tidy() { _, _ = io.WriteString(t.w, tidyAll) }

// follow tells the server each new size of the window until the session is over.
// A shell that had stopped the program has set the terminal its own way, so that
// is set again too.
func (t *terminal) follow(over <-chan struct{}, s *ssh.Session) {
	defer t.onPanic()
	if resized == nil {
		<-over
		return
	}
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, resized, resumed)
	defer signal.Stop(woken)
	was := [2]int{}
	for {
		if w, h, err := term.GetSize(t.out); err == nil && w > 0 && h > 0 && was != [2]int{w, h} {
			if was = [2]int{w, h}; s.WindowChange(h, w) != nil {
				<-over
				return
			}
		}
		select {
		case <-over:
			return
		case sig := <-woken:
			if sig == resumed {
				_ = t.raw()
				was = [2]int{} // whatever it shows, it is drawn anew
			}
		}
	}
}
