// Package console is the root of the terminal interface: it keeps the stack of
// screens, draws header, footer and notices around them, turns keys into
// commands and keeps a fault in one screen from ending the program. It knows no
// screen: makers open them by kind.
package console

import (
	"fmt"
	"reflect"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// Config is what a console is made from.
type Config struct {
	// Text and Theme are those of the session.
	Text  *text.Text
	Theme *kit.Theme
	// Makers open screens by kind.
	Makers map[string]func(arg any) kit.Screen
	// Global gives the commands that work on every screen, asked at each key;
	// nil for none. Help, palette, back and quit are the console's own.
	Global func() []kit.Command
	// Start is the first screen.
	Start kit.Open
	// Header gives what stands at the right of the header in at most w cells;
	// nil for nothing.
	Header func(w int) string
	// Word says an error in a sentence; "" says nothing. nil uses one sentence
	// for every error.
	Word func(err error) string
	// Report keeps a panic or a programming fault for those who mend it, and
	// gives the reference under which it was kept; nil for none. It may be
	// called from several goroutines.
	Report func(fault any, stack []byte) string
	// Before sees every message before the console does, and takes those that are
	// the session's own affair; nil for none.
	Before func(msg tea.Msg) (cmd tea.Cmd, taken bool)
	// Where hears what the screen on top is about, see kit.Located, and whether it
	// is being typed in there, each time that is not as it was; nil for nobody.
	Where func(about any, typing bool) tea.Cmd
}

// Root is the model of a session. It is used by one Bubble Tea program.
type Root struct {
	cfg     Config
	tx      *text.Text
	th      *kit.Theme
	w, h    int
	stack   []*entry
	ids     uint64
	rev     uint64
	notice  *kit.Notice
	about   any  // what Where heard last
	inField bool // and whether that was typed in
	armed   bool // ctrl+c was the last key
	leaving bool
	help    *help
	palette *palette
}

// entry is one screen on the stack.
type entry struct {
	id    uint64
	open  kit.Open
	s     kit.Screen
	stale bool // the book changed while the screen was covered
}

// addressed is the answer of a command, brought back to the screen it is of.
type addressed struct {
	id  uint64
	msg tea.Msg
}

// crashed says that a command of a screen panicked.
type crashed struct {
	id  uint64
	ref string
}

// New makes the root; the first screen opens in Init.
func New(cfg Config) *Root {
	if cfg.Global == nil {
		cfg.Global = func() []kit.Command { return nil }
	}
	return &Root{cfg: cfg, tx: cfg.Text, th: cfg.Theme}
}

// Init opens the first screen.
func (r *Root) Init() tea.Cmd { return r.push(r.cfg.Start) }

// Update takes a message. It never panics on account of a screen.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	r.guarded(func() { cmd = r.update(msg) }, r.breakTop)
	if r.cfg.Where == nil {
		return r, cmd
	}
	var more tea.Cmd
	r.guarded(func() { more = r.where() }, nil)
	return r, tea.Batch(cmd, more)
}

// where tells where the session is when that is not as it was.
func (r *Root) where() (cmd tea.Cmd) {
	e := r.top()
	if e == nil {
		return nil
	}
	var about any
	if l, ok := e.s.(kit.Located); ok {
		r.guarded(func() { about = l.About() }, func(ref string) { e.s = r.broken(e.open, ref) })
	}
	typing := r.typing(e)
	if typing == r.inField && about == r.about {
		return nil
	}
	r.about, r.inField = about, typing
	return r.guardGlobal(r.cfg.Where(about, typing))
}

// breakTop shows the error screen in the place of the one on top, for a fault
// outside its Update and View, such as in a reason or a title.
func (r *Root) breakTop(ref string) {
	if e := r.top(); e != nil {
		e.s = r.broken(e.open, ref)
	}
}

func (r *Root) update(msg tea.Msg) tea.Cmd {
	if r.cfg.Before != nil {
		if cmd, taken := r.cfg.Before(msg); taken {
			return r.guardGlobal(cmd)
		}
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
		return r.resize()
	case tea.KeyPressMsg:
		return r.key(msg)
	case tea.PasteMsg:
		return r.paste(msg)
	case addressed:
		return r.answer(msg)
	case crashed:
		return r.crash(msg)
	case kit.Open, kit.Go, kit.Replace, kit.Back, kit.Notice, kit.Failed, kit.Changed:
		cmd, _ := r.own(r.top(), msg)
		return cmd
	}
	if isFunc(msg) {
		r.fault(fmt.Sprintf("a command arrived as a message: %T", msg))
		return nil
	}
	return r.deliver(r.top(), msg)
}

// isFunc finds a command, or any other function, where a message belongs.
func isFunc(msg tea.Msg) bool {
	return msg != nil && reflect.TypeOf(msg).Kind() == reflect.Func
}

// own does what a screen asks of the console; false for a message that is the
// screen's own affair.
func (r *Root) own(from *entry, msg tea.Msg) (tea.Cmd, bool) {
	onTop := from != nil && from == r.top()
	switch msg := msg.(type) {
	case kit.Open:
		if onTop {
			return r.push(msg), true
		}
	case kit.Go:
		if onTop {
			return r.goTo(kit.Open(msg)), true
		}
	case kit.Replace:
		if onTop {
			return r.swap(kit.Open(msg)), true
		}
	case kit.Back:
		if onTop {
			return r.back(), true
		}
	case kit.Notice:
		r.notice = &msg
	case kit.Failed:
		r.failed(msg.Err)
	case kit.Changed:
		return r.changed(msg.Rev), true
	default:
		return nil, false
	}
	return nil, true
}

// answer brings the result of a command back to its screen. One that was left
// meanwhile gets none, but what went wrong there is still said.
func (r *Root) answer(a addressed) tea.Cmd {
	from := r.find(a.id)
	if from == nil {
		switch msg := a.msg.(type) {
		case kit.Notice, kit.Failed, kit.Changed:
			cmd, _ := r.own(nil, msg)
			return cmd
		}
		return nil
	}
	cmd, done := r.own(from, a.msg)
	if _, failed := a.msg.(kit.Failed); done && !failed {
		return cmd
	}
	return r.deliver(from, a.msg)
}

func (r *Root) failed(err error) {
	if err == nil {
		return
	}
	s := r.tx.T("console.failed")
	if r.cfg.Word != nil {
		s = r.cfg.Word(err)
	}
	if s != "" {
		r.notice = &kit.Notice{Level: kit.Wrong, Text: s}
	}
}

// changed has screens look again. Of a revision they know they hear once: an own
// change is told of twice, by the screen that made it and by the book.
func (r *Root) changed(rev uint64) tea.Cmd {
	if rev != 0 && rev <= r.rev {
		return nil
	}
	r.rev = max(r.rev, rev)
	for _, e := range r.stack {
		e.stale = true
	}
	return r.refresh()
}

// refresh tells the screen on top about changes it has not heard of.
func (r *Root) refresh() tea.Cmd {
	e := r.top()
	if e == nil || !e.stale {
		return nil
	}
	e.stale = false
	return r.deliver(e, kit.Changed{Rev: r.rev})
}

func (r *Root) top() *entry {
	if len(r.stack) == 0 {
		return nil
	}
	return r.stack[len(r.stack)-1]
}

func (r *Root) find(id uint64) *entry {
	for _, e := range r.stack {
		if e.id == id {
			return e
		}
	}
	return nil
}
