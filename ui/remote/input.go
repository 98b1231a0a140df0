package remote

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"pasvorm/ui/remote/terminal"
)

// mostAtOnce is how many bytes may come in from which no key follows: a paste
// that never ends, a report without an end. Somebody's text is shorter.
const mostAtOnce = 1 << 20

// read turns what is typed into messages until the line or the console ends.
// Bubble Tea could read the line itself, but keys that were typed ahead of its
// end would then wait for it for ever, each with a whole console in their hands;
// and a fault in taking input apart would end the process.
func (x *session) read(ctx context.Context, send func(tea.Msg)) {
	in := &typed{x: x, r: &plainKeys{r: terminal.NewReader(x.line, x.kind)}}
	x.pass(ctx, uv.NewTerminalReader(in, x.Env("TERM")), func(e uv.Event) {
		in.waiting.Store(0)
		if known(e) {
			send(e) // does nothing once the console has ended
		}
	})
}

// pass takes what is typed apart and passes it on, piece by piece.
func (x *session) pass(ctx context.Context, r interface {
	StreamEvents(context.Context, chan<- uv.Event) error
}, on func(uv.Event)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	events, done := make(chan uv.Event), make(chan struct{})
	x.srv.safely(func() {
		sound := false
		defer func() {
			if !sound { // nobody would read the keys any more
				x.end(errFault)
			}
			close(done)
		}()
		_ = r.StreamEvents(ctx, events) // its error is the line's, which ends the session by itself
		sound = true
	})
	for {
		select {
		case <-done:
			return
		case e := <-events:
			on(e)
		}
	}
}

// known lets keys, pastes and the mouse pass. A size comes from the line alone,
// which holds it to a limit.
func known(e uv.Event) bool {
	switch e.(type) {
	case uv.WindowSizeEvent, uv.PixelSizeEvent, uv.CellSizeEvent, uv.MultiEvent:
		return false
	}
	return true
}

// typed is what comes in from the line. It notes when.
type typed struct {
	x       *session
	r       io.Reader
	waiting atomic.Int64 // bytes since the last key
}

// Read reads what is typed.
func (t *typed) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if n > 0 {
		t.x.pressed.CompareAndSwap(0, time.Now().UnixNano())
		t.x.seat.Touch()
		if t.waiting.Add(int64(n)) > mostAtOnce {
			t.x.end(errFlood)
			return 0, errFlood
		}
	}
	return n, err //nolint:wrapcheck // the line's own error
}

// answered notes that a frame went out.
func (x *session) answered() {
	if at := x.pressed.Swap(0); at != 0 {
		x.srv.meter.Frame(time.Since(time.Unix(0, at)))
	}
}

// plainKeys spoils the sequences of the Win32 input mode, which no terminal sends
// unless it is asked to: one of 20 bytes can say that a key was pressed 65,535
// times, and a packet of them would take a gigabyte.
type plainKeys struct {
	r     io.Reader
	state byte // 0 outside a sequence, ESC after one, '[' within
	more  int  // bytes of a character that are to come
}

const escape = 0x1b

// Read reads with the last sign of such sequences replaced by one that means
// nothing.
func (k *plainKeys) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	for i, c := range p[:n] {
		p[i] = k.pass(c)
	}
	return n, err //nolint:wrapcheck // the line's own error
}

// pass follows control sequences (ECMA-48, 5.4): what begins them, parameters,
// and the sign that ends them.
func (k *plainKeys) pass(c byte) byte {
	within := k.more > 0 && c >= 0x80 && c < 0xc0
	if k.more--; !within {
		k.more = 0
	}
	switch {
	case within:
	case c == escape:
		k.state = escape
	case c == 0x9b, k.state == escape && c == '[':
		k.state = '['
	case k.state == '[' && c >= 0x20 && c < 0x40:
	default:
		if k.state == '[' && c == '_' {
			c = 'z'
		}
		k.state = 0
		switch {
		case c >= 0xf0:
			k.more = 3
		case c >= 0xe0:
			k.more = 2
		case c >= 0xc0:
			k.more = 1
		}
	}
	return c
}
