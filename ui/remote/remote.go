// Package remote is a book for many at once: consoles and verbs for everybody who
// signs in over SSH or comes through the local socket. Who somebody is comes from
// the key or the account that the line proved, and from nothing else; what they
// may do is the book's to say, at every action.
package remote

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/app"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote/meter"
	"pasvorm/ui/remote/settings"
	"pasvorm/ui/remote/wire"
	"pasvorm/ui/text"
)

// Host is the book that a server shows. Its methods may be called from several
// goroutines.
type Host interface {
	// Key gives the person whose public key it is, in SSH wire format. The error
	// says what to do, and is of kind not allowed for a key that lets nobody in.
	Key(public []byte) (model.Actor, error)
	// Account is as Key, for an account of this machine.
	Account(uid int) (model.Actor, error)
	// As gives the book to one person. Closing it ends nothing but that session.
	As(model.Actor) ui.Book
	// Watch wakes, in one slot, whenever the book changed; stop ends it.
	Watch() (woken <-chan struct{}, stop func())
	// Stats gives figures of the book by name, for metrics.
	Stats() map[string]float64
}

// Config is what a server is made of.
type Config struct {
	Host     Host
	Settings settings.Settings
	HostKeys []ssh.Signer
	// Floor is who works on the book; consoles of this very process join it too.
	Floor *floor.Hub
	Log   *slog.Logger // nil keeps none
	// Report keeps a fault of the program and gives its reference; nil keeps none.
	Report  func(fault any, stack []byte) string
	Version string
	// CheckPlaybook and DefaultPlaybook are as in cli.Deps.
	CheckPlaybook   func(name, text string) error
	DefaultPlaybook func() string
	// Account gives the number of an account by its name.
	Account func(name string) (int, error)
	// Hurry, once closed, ends a stop that is waiting for people; nil never does.
	Hurry <-chan struct{}
}

// Server serves one book. See [New].
type Server struct {
	cfg   Config
	log   *slog.Logger
	meter *meter.Meter
	wire  *wire.Server
	words *text.Text // of who has not come in yet
	turns *app.Turns

	mu   sync.Mutex
	live map[*session]struct{}

	shut func(context.Context) error // of the wire
}

// New makes a server. It refuses to be without a host key.
func New(c Config) (*Server, error) {
	s, err := unwired(c)
	if err != nil {
		return nil, err
	}
	s.wire, err = wire.New(wire.Config{
		HostKeys: c.HostKeys, Limits: c.Settings.Wire, Key: s.byKey, Peer: s.byAccount,
		Word: s.word, Handle: func(w *wire.Session) int { return s.attend(w) },
		Log: s.log, Report: s.report, Count: s.meter.Count,
	})
	if err != nil {
		return nil, err
	}
	s.shut = s.wire.Shutdown
	return s, nil
}

// unwired makes all of a server but its line.
func unwired(c Config) (*Server, error) {
	s := &Server{cfg: c, log: c.Log, meter: meter.New(c.Host.Stats), live: map[*session]struct{}{}, turns: app.NewTurns(turnGap)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	s.words, err = text.Load(text.Pick(c.Settings.Language, func(string) string { return "" }))
	return s, err
}

// report keeps a fault; what the log says of it holds its reference alone.
func (s *Server) report(fault any, stack []byte) string {
	ref := ""
	if s.cfg.Report != nil {
		ref = s.cfg.Report(fault, stack)
	}
	s.log.Error("fault", "ref", ref)
	return ref
}

// faulted says that a session had to end on account of the program.
func (*Server) faulted(tx *text.Text, ref string) string {
	s := tx.T("serve.fault")
	if ref != "" {
		s += " " + tx.T("console.reference", "Ref", ref)
	}
	return s
}

// safely runs f in the background, where a panic must not end the process.
func (s *Server) safely(f func()) {
	go func() {
		defer func() {
			if p := recover(); p != nil {
				s.report(p, debug.Stack())
			}
		}()
		f()
	}()
}

// all gives the sessions that run.
func (s *Server) all() []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*session, 0, len(s.live))
	for x := range s.live {
		out = append(out, x)
	}
	return out
}

func (s *Server) enter(x *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[x] = struct{}{}
}

func (s *Server) leave(x *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, x)
}

// turnGap is how far apart consoles look at what somebody else changed: five
// hundred of them are current again after two seconds, ten at once.
const turnGap = 4 * time.Millisecond

// grace is how long a session that is ended may take to say why, before its line
// is cut. Access that is withdrawn ends within [settings.Settings.Revoke] and this.
const grace = time.Second
