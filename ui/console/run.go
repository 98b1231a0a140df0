package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Program is a running console. Its Send is safe from any goroutine; the
// watcher of the book sends kit.Changed through it.
type Program struct {
	p      *tea.Program
	root   *Root
	remote *remote // nil on the program's own terminal
}

// NewProgram makes the program of a session; it ends with ctx. Options such as
// tea.WithInput and tea.WithOutput are for sessions that are not on the
// program's own terminal.
func NewProgram(ctx context.Context, root *Root, opts ...tea.ProgramOption) *Program {
	all := append([]tea.ProgramOption{tea.WithContext(ctx)}, opts...)
	return &Program{p: tea.NewProgram(root, all...), root: root}
}

// Terminal is where a console is shown that is not on the program's own
// terminal, as at the other end of a connection.
type Terminal struct {
	// In is what is typed; its end does not end the console, the context does. nil
	// where keys come by [Program.Send].
	In      io.Reader
	Out     io.Writer // one write for each frame
	Profile colorprofile.Profile
	Term    string // TERM; decides how some keys are read
	Width   int    // of the window, in cells; tea.WindowSizeMsg changes it
	Height  int
	// Pause is the least time between two frames; 0 is a sixtieth of a second.
	Pause time.Duration
}

// NewRemote makes the program of a session on another terminal; it ends with
// ctx. It draws when there is something to draw: one that idles takes no time
// at all, and little memory.
func NewRemote(ctx context.Context, root *Root, t Terminal) *Program {
	if t.Pause <= 0 {
		t.Pause = time.Second / 60
	}
	r := &remote{root: root, pause: t.Pause, painter: painter{w: t.Out, profile: t.Profile}}
	p := tea.NewProgram(r, tea.WithContext(ctx), tea.WithInput(t.In), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithFPS(1), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=" + t.Term}),
		tea.WithColorProfile(t.Profile), tea.WithWindowSize(t.Width, t.Height))
	r.send = p.Send
	return &Program{p: p, root: root, remote: r}
}

// Send delivers a message to the console; after its end it does nothing.
func (p *Program) Send(msg tea.Msg) { p.p.Send(msg) }

// Run shows the console until the person quits or the context ends; a context
// that ended is no error. However it ends, every screen has kept what it wants
// to keep.
func (p *Program) Run() error {
	_, err := p.p.Run()
	p.root.Keep()
	if p.remote != nil {
		p.remote.close()
	}
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return fmt.Errorf("console: %w", err)
}

// Run is NewProgram and Run in one, for a session nobody sends to.
func Run(ctx context.Context, root *Root, opts ...tea.ProgramOption) error {
	return NewProgram(ctx, root, opts...).Run()
}

// remote is the console in a program that draws by itself: View is asked after
// each message and gives nothing to the library.
type remote struct {
	root  *Root
	send  func(tea.Msg)
	pause time.Duration
	painter

	changed time.Time // first message since the last frame; zero for none
	last    time.Time // the last frame
	due     bool      // the frame that was waited for is to be drawn
}

// frameDue says that a frame has been waited for long enough.
type frameDue struct{}

// settle is how long a first change waits for what follows from it: what a key
// has read from the book is mostly in the frame that shows the key.
const settle = 8 * time.Millisecond

func (r *remote) Init() tea.Cmd { return r.root.Init() }

func (r *remote) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case frameDue:
		r.due = true
		return r, nil
	case tea.WindowSizeMsg:
		r.resize(msg.Width, msg.Height)
	case tea.EnvMsg, tea.ColorProfileMsg, tea.KeyboardEnhancementsMsg:
		return r, nil
	}
	_, cmd := r.root.Update(msg)
	if r.changed.IsZero() {
		r.changed = time.Now()
		r.wait()
	}
	return r, cmd
}

// wait has the next frame drawn when it is time for it.
func (r *remote) wait() {
	time.AfterFunc(max(settle, r.pause-r.changed.Sub(r.last)), func() { r.send(frameDue{}) })
}

func (r *remote) View() tea.View {
	if !r.due {
		return tea.View{}
	}
	r.due = false
	r.changed = time.Time{}
	r.paint(r.root.View())
	r.last = time.Now()
	return tea.View{}
}
