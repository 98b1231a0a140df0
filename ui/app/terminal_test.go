package app_test

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pasvorm/ui"
	"pasvorm/ui/app"
	"pasvorm/ui/console"
	"pasvorm/ui/kittest"
	"pasvorm/ui/text"
)

// The window of everything measured here.
const (
	width  = 120
	height = 40
)

func newApp(t testing.TB, desk ui.Desk) *app.Session {
	t.Helper()
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	s, err := app.New(context.Background(), desk, app.Options{Text: tx, Report: func(fault any, stack []byte) string {
		t.Errorf("a fault: %v\n%s", fault, stack)
		return ""
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// newDriver is a console without a program, for its time and its pictures.
func newDriver(t testing.TB, desk ui.Desk) *kittest.Driver {
	t.Helper()
	return kittest.New(t, newApp(t, desk).Root, width, height)
}

// terminalOptions make a program write to w, as to an xterm with 256 colours.
func terminalOptions(in io.Reader, w io.Writer) []tea.ProgramOption {
	return []tea.ProgramOption{
		tea.WithInput(in), tea.WithOutput(w), tea.WithWindowSize(width, height), tea.WithoutSignalHandler(),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.ANSI256),
	}
}

// sent counts what a program sends to its terminal.
type sent struct {
	mu    sync.Mutex
	n     int
	shown int      // the last mark that was sent
	marks chan int // each mark as it is sent
	tail  []byte
}

func (s *sent) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += len(p)
	s.tail = append(s.tail, p...)
	for s.marks != nil {
		_, rest, ok := bytes.Cut(s.tail, []byte(markTitle))
		end := bytes.IndexByte(rest, 7)
		if !ok || end < 0 {
			break
		}
		mark, err := strconv.Atoi(string(rest[:end]))
		if err == nil && mark > s.shown {
			s.shown = mark
			s.n -= len(title(mark))
			s.marks <- mark
		}
		s.tail = rest[end:]
	}
	s.tail = s.tail[max(0, len(s.tail)-64):]
	return len(p), nil
}

// bytes is how much was sent since it was last asked.
func (s *sent) bytes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.n
	s.n = 0
	return n
}

const markTitle = "\x1b]2;mark "

// title is what a terminal is sent for a mark.
func title(mark int) string { return ansi.SetWindowTitle("mark " + strconv.Itoa(mark)) }

// probe is a console that says when it shows what is awaited: then its window's
// title becomes the mark, which reaches the terminal in the same frame.
type probe struct {
	root  *console.Root
	want  string
	mark  int
	shown int
}

// await asks for a mark when the console shows a picture.
type await struct {
	want string
	mark int
}

func (p *probe) Init() tea.Cmd { return p.root.Init() }

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if a, ok := msg.(await); ok {
		p.want, p.mark = a.want, a.mark
		return p, nil
	}
	_, cmd := p.root.Update(msg)
	return p, cmd
}

func (p *probe) View() tea.View {
	v := p.root.View()
	if p.mark > p.shown && v.Content == p.want {
		p.shown = p.mark
	}
	v.WindowTitle = "mark " + strconv.Itoa(p.shown)
	return v
}

// live is a console in a program on a terminal of nobody.
type live struct {
	t    testing.TB
	prog *tea.Program
	out  *sent
	keys *io.PipeWriter
	ctx  context.Context // ends with the program
	done chan error
	mark int
}

// goLive starts a program and waits until it shows a picture.
func goLive(t testing.TB, desk ui.Desk, first string) *live {
	t.Helper()
	in, keys := io.Pipe()
	l := &live{t: t, keys: keys, out: &sent{marks: make(chan int, 1)}, done: make(chan error, 1), mark: 1}
	ctx, cancel := context.WithCancel(context.Background())
	l.ctx = ctx
	l.prog = tea.NewProgram(&probe{root: newApp(t, desk).Root, want: first, mark: 1}, terminalOptions(in, l.out)...)
	go func() {
		_, err := l.prog.Run()
		l.done <- err
		cancel()
	}()
	l.wait()
	return l
}

func (l *live) wait() {
	l.t.Helper()
	select {
	case <-l.out.marks:
	case <-l.ctx.Done():
		l.t.Fatal("the program ended early: ", <-l.done)
	}
}

// press types a key and waits until the picture that follows from it was sent.
func (l *live) press(key, want string) {
	l.t.Helper()
	l.mark++
	l.prog.Send(await{want: want, mark: l.mark})
	if _, err := io.WriteString(l.keys, key); err != nil {
		l.t.Fatal(err)
	}
	l.wait()
}

// close ends the program as its context would.
func (l *live) close() {
	l.t.Helper()
	l.prog.Quit()
	if err := <-l.done; err != nil {
		l.t.Fatal(err)
	}
	_ = l.keys.Close()
}
