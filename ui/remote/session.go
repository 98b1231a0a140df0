package remote

import (
	"context"
	"io"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/cli"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote/terminal"
	"pasvorm/ui/remote/wire"
	"pasvorm/ui/text"
)

// line is what a session needs of the wire.
type line interface {
	io.ReadWriter
	ID() string
	Context() context.Context
	End(cause error)
	Identity() wire.Identity
	Way() wire.Way
	From() string
	Command() (line string, given bool)
	Env(name string) string
	Window() (w wire.Window, terminal bool)
	Windows() <-chan wire.Window
	Last() time.Time
	Stderr() io.Writer
}

// session is one console or one verb of somebody who came in.
type session struct {
	line
	srv  *Server
	who  who
	tx   *text.Text
	kind terminal.Kind
	args []string // of the verb; nil for a console
	verb string   // the verb's name where it is one; "" for a console

	ctx    context.Context //nolint:containedctx // the session's, which ends all it does
	cancel context.CancelCauseFunc
	done   chan struct{} // closed when the session has ended
	once   sync.Once     // the line is cut once

	seat    *floor.Seat
	typing  atomic.Bool  // something is being typed in a form
	pressed atomic.Int64 // moment of a key that no frame answered yet, in nanoseconds; 0 for none
	send    atomic.Pointer[func(tea.Msg)]
}

// attend carries out a session and gives its exit code.
func (s *Server) attend(l line) (exit int) {
	x := &session{line: l, srv: s, done: make(chan struct{})}
	x.who, _ = l.Identity().Value.(who)
	x.ctx, x.cancel = context.WithCancelCause(l.Context())
	defer close(x.done)
	defer x.cancel(nil)
	x.tx = s.speech(l.Env("LANG"))
	_, tty := l.Window()
	x.kind = terminal.Of(l.Env("TERM"), l.Env("LANG"), l.Env("COLORTERM"), tty)
	bad := x.order()
	if x.verb == "" && !x.kind.Screen {
		x.verb = "help" // no terminal for a console: the verbs are listed
	}

	book := s.meter.Book(s.cfg.Host.As(x.who.actor))
	defer func() { _ = book.Close() }()
	x.seat = s.cfg.Floor.Join(floor.Arrival{ID: l.ID(), Way: string(l.Way()), From: l.From(), Verb: x.verb, Me: book.Me,
		Customer: func(id model.ID) string { return customerName(book, id) },
		End:      func(by string) { x.end(endedBy{by}) }})
	defer x.seat.Leave()
	s.enter(x)
	defer s.leave(x)

	began := time.Now()
	ended := s.meter.Session(string(l.Way()))
	log := s.log.With("session", l.ID(), "way", string(l.Way()), "person", x.who.actor.Person.String(), "verb", x.verb)
	log.Info("session begins", "proof", l.Identity().Proof, "from", l.From())
	defer func() {
		why := reason(context.Cause(x.ctx))
		ended(why)
		log.Info("session ends", "reason", why, "code", exit, "seconds", time.Since(began).Seconds())
	}()

	// Who was shut out between proving the key and coming here is found here, and
	// whoever is shut out later by the guard, for the session is known by now.
	if s.withdrawn(x.who) {
		x.end(errWithdrawn)
	}
	return x.run(book, bad)
}

// speech gives the language of a session: its own, else that of the settings.
func (s *Server) speech(lang string) *text.Text {
	if lang == "" {
		return s.words
	}
	tx, err := text.Load(text.Pick("", func(name string) string {
		if name == "LANG" {
			return lang
		}
		return ""
	}))
	if err != nil {
		return s.words
	}
	return tx
}

// customerName gives the name of a customer as a person may see it.
func customerName(book ui.Desk, id model.ID) string {
	d, err := book.Customer(id)
	if err != nil || d == nil || d.Customer == nil {
		return ""
	}
	return d.Customer.Name
}

// order reads what the session is to do. The error is about the words of it.
func (x *session) order() error {
	command, given := x.Command()
	if !given {
		return nil
	}
	words, err := split(command)
	if err != nil {
		x.verb = "?"
		return err
	}
	if len(words) > 0 && words[0] == "pasvorm" {
		words = words[1:]
	}
	if len(words) > 0 {
		x.args, x.verb = words, cli.VerbOf(words)
	}
	return nil
}

// run does what was asked. A panic ends this session and no other.
func (x *session) run(book ui.Book, bad error) (exit int) {
	defer func() {
		if p := recover(); p != nil {
			ref := x.srv.report(p, debug.Stack())
			x.cancel(errFault)
			x.say(x.srv.faulted(x.tx, ref))
			exit = codeFailure
		}
	}()
	switch {
	case x.ctx.Err() != nil: // shut out before it began
	case bad != nil:
		x.say(x.tx.T("serve.quote"))
		return codeUsage
	case x.args == nil && x.kind.Screen:
		exit = x.console(book)
	default:
		exit = x.carry(book)
	}
	cause := context.Cause(x.ctx)
	if cause == nil {
		return exit
	}
	if s := farewell(x.tx, cause, x.srv.cfg.Settings.Wire.Idle); s != "" {
		x.say(s)
	}
	return code(cause)
}

// say prints a sentence on a plain terminal or the error stream.
func (x *session) say(s string) {
	_, _ = io.WriteString(x.errors(), "pasvorm: "+strings.TrimSpace(s)+"\n")
}

// out and errors are the streams in the terminal's own way.
func (x *session) out() io.Writer    { return x.fit(x.line) }
func (x *session) errors() io.Writer { return x.fit(x.Stderr()) }

func (x *session) fit(w io.Writer) io.Writer {
	if !x.kind.PTY {
		return w
	}
	return terminal.NewWriter(w, x.kind)
}

// end ends the session on account of cause. What was typed is kept and the reason
// is said; a session that does not come to that in time has its line cut.
func (x *session) end(cause error) {
	x.cancel(cause)
	x.once.Do(func() {
		x.srv.safely(func() {
			late := time.NewTimer(grace)
			defer late.Stop()
			select {
			case <-x.done:
			case <-late.C:
				x.End(cause)
			}
		})
	})
}

// tell sends a message to the console of the session, if it has one. It never
// waits: a console takes messages when it comes to them.
func (x *session) tell(msg tea.Msg) {
	if send := x.send.Load(); send != nil {
		x.srv.safely(func() { (*send)(msg) })
	}
}
