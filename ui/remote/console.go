package remote

import (
	"context"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/app"
	"pasvorm/ui/floor"
	"pasvorm/ui/kit"
	"pasvorm/ui/remote/terminal"
	"pasvorm/ui/say"
)

// console shows the screens until the person quits or the session ends. Drafts
// are kept either way, before it returns.
func (x *session) console(book ui.Book) int {
	switch err := x.screens(book); {
	case err == nil:
		return 0
	case model.KindOf(err) == model.KindNotAllowed && x.srv.withdrawn(x.who):
		x.cancel(errWithdrawn) // the console noticed before the guard
	default:
		x.say(say.Speaker{Text: x.tx}.Error(err))
	}
	return codeFailure
}

// screens runs a console in the terminal of the session.
func (x *session) screens(book ui.Book) error {
	set := x.srv.cfg.Settings
	ctx, cancel := context.WithCancel(x.ctx)
	defer cancel()
	console, err := app.New(ctx, book, app.Options{
		Text: x.tx, Floor: place{x.seat, &x.typing}, Calm: set.Calm, Turns: x.srv.turns, Report: x.srv.report,
		Started: func(send func(tea.Msg)) { x.attach(ctx, send) },
	})
	if err != nil {
		return err
	}
	defer x.send.Store(nil)
	size, _ := x.Window()
	// What is typed is read here and sent, see [session.read].
	return console.RunOn(ctx, app.Terminal{
		Out: frames{x, terminal.NewWriter(x.line, x.kind)}, Profile: x.kind.Profile, Term: x.Env("TERM"),
		Width: size.W, Height: size.H, Pause: time.Second / time.Duration(max(1, set.FPS)),
	})
}

// attach joins the line to a console that begins: keys, sizes, and a word about
// the terminal where something must be said of it.
func (x *session) attach(ctx context.Context, send func(tea.Msg)) {
	x.send.Store(&send)
	x.srv.safely(func() { x.read(ctx, send) })
	x.srv.safely(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case w, open := <-x.Windows():
				if !open {
					return
				}
				send(tea.WindowSizeMsg{Width: w.W, Height: w.H})
			}
		}
	})
	if x.kind.Note != "" {
		x.tell(kit.Notice{Level: kit.Caution, Text: x.tx.T(x.kind.Note)})
	}
}

// place is the floor as the screens have it; the session listens whether
// something is being typed.
type place struct {
	*floor.Seat
	typing interface{ Store(bool) }
}

// Be says where the session is.
func (p place) Be(at ui.Place) {
	p.typing.Store(at.Typing)
	p.Seat.Be(at)
}

// frames measures how long a key waits for the frame that answers it.
type frames struct {
	x *session
	w io.Writer
}

// Write sends a frame.
func (f frames) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	f.x.answered()
	return n, err //nolint:wrapcheck // the line's own error
}
