// Package app puts a console together for one session: the environment of its
// screens, the commands that work everywhere, the header, and the watch that
// lets others' changes appear.
package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/say"
	"pasvorm/ui/screen"
	"pasvorm/ui/text"
)

// Options are what differs from one session to another.
type Options struct {
	Text   *text.Text
	Light  bool // the terminal has a light background
	Report func(fault any, stack []byte) string
	// Sample opens the throw-away sample in the place of this book; nil where
	// that is not offered.
	Sample func() tea.Cmd
	Start  kit.Open // zero for the desk
	// Floor is who else works on the book; nil where nobody else can.
	Floor ui.Floor
	// Calm is the least time between two refreshes on account of others; 0 is
	// none. Many sessions would else read their pages anew at every change of one.
	Calm time.Duration
	// Turns is shared by the sessions of a process, so that a change does not set
	// all of them reading at one moment; nil where one sits alone.
	Turns *Turns
	// Started is called when the console runs, with what sends it a message, such
	// as a new size of a window that is not the process's own; nil for nobody.
	Started func(send func(tea.Msg))
}

// Session is a console that is ready to run.
type Session struct {
	Env  *screen.Env
	Root *console.Root

	desk   ui.Desk
	calm   time.Duration
	turns  *Turns
	began  func(send func(tea.Msg))
	end    context.CancelFunc // of the screens' commands
	totals atomic.Pointer[model.Totals]
	head   headed // as drawn last

	others    atomic.Pointer[[]ui.Presence] // who else is here, by name
	send      func(tea.Msg)                 // once it runs
	leave     func()                        // ends the console
	dismissed atomic.Pointer[error]         // why the person may not be here any more
	me        model.Me                      // as the watch of the book heard last
	play      *model.Playbook
}

// New reads what a session needs of the book and makes its console.
func New(ctx context.Context, desk ui.Desk, o Options) (*Session, error) {
	me, err := desk.Me()
	if err != nil {
		return nil, err
	}
	play, cal, err := desk.Playbook()
	if err != nil {
		return nil, err
	}
	s := &Session{desk: desk, calm: o.Calm, turns: o.Turns, began: o.Started, me: me, play: play}
	if err := s.count(); err != nil {
		return nil, err
	}
	// What a screen keeps when the line drops must still be written, so its
	// commands outlive ctx until the console has ended.
	ctx, s.end = context.WithCancel(context.WithoutCancel(ctx))
	s.Env = &screen.Env{Ctx: ctx, Desk: desk, Text: o.Text, Theme: kit.NewTheme(!o.Light),
		Say: say.Speaker{Text: o.Text, Play: play}, Me: me, Play: play, Cal: cal, Sample: o.Sample, Tick: tick(ctx), Floor: o.Floor}
	start := o.Start
	if start.Kind == "" {
		start.Kind = screen.KindDesk
	}
	cfg := console.Config{
		Text: o.Text, Theme: s.Env.Theme, Makers: screen.Makers(s.Env), Start: start,
		Global: func() []kit.Command { return screen.Globals(s.Env) },
		Header: s.header, Word: s.Env.Say.Error, Report: o.Report, Before: s.before,
	}
	if o.Floor != nil {
		cfg.Where = s.where
		s.look()
	}
	s.Root = console.New(cfg)
	return s, nil
}

// Run shows the console until the person quits or ctx ends. Others' changes
// wake it; an idle console does nothing. The error is that of the person's right
// to be here, when it was lost meanwhile.
func (s *Session) Run(ctx context.Context, opts ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return s.show(ctx, console.NewProgram(ctx, s.Root, opts...))
}

// RunOn shows the console on a terminal that is not the process's own, as
// [Session.Run] does. There one that idles costs memory alone.
func (s *Session) RunOn(ctx context.Context, t Terminal) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return s.show(ctx, console.NewRemote(ctx, s.Root, t))
}

// tick is tea.Tick that ends with ctx: a goroutine that waits for the next minute
// would outlive its console by that.
func tick(ctx context.Context) func(time.Duration, func(time.Time) tea.Msg) tea.Cmd {
	return func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg {
			t := time.NewTimer(d)
			defer t.Stop()
			select {
			case at := <-t.C:
				return f(at)
			case <-ctx.Done():
				return nil
			}
		}
	}
}

func (s *Session) show(ctx context.Context, p *console.Program) error {
	ctx, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	defer watching.Wait()
	defer cancel()
	defer s.end()
	s.send, s.leave = p.Send, func() { p.Send(tea.Quit()) }
	woken, stop := s.desk.Watch()
	defer stop()
	watching.Go(func() { s.watch(ctx, woken, p.Send) })
	if f := s.Env.Floor; f != nil {
		woken, stop := f.Watch()
		defer stop()
		defer f.Be(ui.Place{})
		watching.Go(func() { s.attend(ctx, woken, p.Send) })
	}
	if s.began != nil {
		s.began(p.Send)
	}
	err := p.Run()
	if why := s.dismissed.Load(); why != nil {
		return *why
	}
	return err
}

// count reads what the header shows, and who sits here now.
func (s *Session) count() error {
	if s.send != nil {
		s.recognise()
	}
	t, err := s.desk.Totals()
	if err == nil {
		s.totals.Store(&t)
	}
	return err
}

// headed is a header, and what it was made of.
type headed struct {
	w      int
	totals *model.Totals
	others *[]ui.Presence
	me     model.Me
	text   string
}

// header is made anew when what it tells has changed: it stands in every frame.
func (s *Session) header(w int) string {
	h := headed{w: w, totals: s.totals.Load(), others: s.others.Load(), me: s.Env.Me}
	if was := s.head; was.text != "" && was.w == h.w && was.totals == h.totals && was.others == h.others && was.me == h.me {
		return was.text
	}
	h.text = s.newHeader(w)
	s.head = h
	return h.text
}

// newHeader shows what asks for attention, what waits for a lead, who else is here,
// and who sits here; where there is no room for all of it the names of others
// become a number, and the role goes first.
func (s *Session) newHeader(w int) string {
	t := s.totals.Load()
	e := s.Env
	counts := ""
	switch n := t.Today; {
	case n >= model.TodayCounted:
		counts = e.Theme.Paint(kit.InkAccent, e.T("app.today.more", "Count", e.Text.Int(n))) + "   "
	case n > 0:
		counts = e.Theme.Paint(kit.InkAccent, e.Text.N("app.today", n)) + "   "
	}
	if n := t.Queue; n > 0 {
		counts += e.Theme.Paint(kit.InkAccent, e.Text.N("app.waiting", n)) + "   "
	}
	name := kit.Clean(e.Me.Name)
	who := name + " (" + e.T("role."+e.Me.Role.String()) + ")"
	if e.Me.RealName != "" {
		name = kit.Clean(e.Me.RealName) + " → " + name
		who = kit.Clean(e.Me.RealName) + " → " + who
	}
	for names := namesInHeader; names > 0 && s.here(1) != ""; names-- {
		here := e.Theme.Paint(kit.InkAccent, s.here(names)) + "   "
		for _, label := range []string{who, name} {
			if full := counts + here + e.Theme.Paint(kit.InkMuted, label); kit.Width(full) <= w {
				return full
			}
		}
	}
	for _, full := range []string{counts + e.Theme.Paint(kit.InkMuted, who), counts + e.Theme.Paint(kit.InkMuted, name)} {
		if kit.Width(full) <= w {
			return full
		}
	}
	return kit.Cut(e.Theme.Paint(kit.InkMuted, name), w)
}
