// Package app puts a console together for one session: the environment of its
// screens, the commands that work everywhere, the header, and the watch that
// lets others' changes appear.
package app

import (
	"context"
	"sync/atomic"

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
}

// Session is a console that is ready to run.
type Session struct {
	Env  *screen.Env
	Root *console.Root

	desk   ui.Desk
	end    context.CancelFunc // of the screens' commands
	totals atomic.Pointer[model.Totals]
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
	s := &Session{desk: desk}
	if err := s.count(); err != nil {
		return nil, err
	}
	// What a screen keeps when the line drops must still be written, so its
	// commands outlive ctx until the console has ended.
	ctx, s.end = context.WithCancel(context.WithoutCancel(ctx))
	s.Env = &screen.Env{Ctx: ctx, Desk: desk, Text: o.Text, Theme: kit.NewTheme(!o.Light),
		Say: say.Speaker{Text: o.Text, Play: play}, Me: me, Play: play, Cal: cal, Sample: o.Sample, Tick: tea.Tick}
	start := o.Start
	if start.Kind == "" {
		start.Kind = screen.KindDesk
	}
	s.Root = console.New(console.Config{
		Text: o.Text, Theme: s.Env.Theme, Makers: screen.Makers(s.Env), Start: start,
		Global: func() []kit.Command { return screen.Globals(s.Env) },
		Header: s.header, Word: s.Env.Say.Error, Report: o.Report,
	})
	return s, nil
}

// Run shows the console until the person quits or ctx ends. Others' changes
// wake it; an idle console does nothing.
func (s *Session) Run(ctx context.Context, opts ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer s.end()
	p := console.NewProgram(ctx, s.Root, opts...)
	woken, stop := s.desk.Watch()
	defer stop()
	go s.watch(ctx, woken, p.Send)
	return p.Run()
}

// watch tells the console that the book changed. What happened is read from the
// book; a change that cannot be read now is read at the next one.
func (s *Session) watch(ctx context.Context, woken <-chan struct{}, send func(tea.Msg)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-woken:
			if s.count() == nil {
				page, err := s.desk.Page(model.PageRequest{N: 0})
				if err == nil {
					send(kit.Changed{Rev: uint64(page.Rev)})
				}
			}
		}
	}
}

func (s *Session) count() error {
	t, err := s.desk.Totals()
	if err == nil {
		s.totals.Store(&t)
	}
	return err
}

// header shows what asks for attention, what waits for a lead, and who sits
// here; where there is no room for all of it the role goes first.
func (s *Session) header(w int) string {
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
	for _, full := range []string{counts + e.Theme.Paint(kit.InkMuted, who), counts + e.Theme.Paint(kit.InkMuted, name)} {
		if kit.Width(full) <= w {
			return full
		}
	}
	return kit.Cut(e.Theme.Paint(kit.InkMuted, name), w)
}
