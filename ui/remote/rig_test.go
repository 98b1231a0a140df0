package remote

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/vt"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote/settings"
	"pasvorm/ui/remote/wire"
)

// inBubble runs a test where time stands still while anything can still happen
// and then leaps to what is next. A goroutine that is left over fails the test.
func inBubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	// The runtime's own listener for signals must not be started in a bubble: it
	// never ends.
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGWINCH)
	signal.Stop(c)
	synctest.Test(t, f)
}

// settle waits until everything that follows is done and drawn.
func settle() {
	synctest.Wait()
	time.Sleep(200 * time.Millisecond)
	synctest.Wait()
}

// bookHost shows a real book, some methods of which a test may take over.
type bookHost struct {
	*store.Book
	wrap func(ui.Book) ui.Book
}

func (h bookHost) Key(public []byte) (model.Actor, error) { return h.ActorByKey(public) }
func (h bookHost) Account(uid int) (model.Actor, error)   { return h.Actor(uid, "") }
func (h bookHost) As(a model.Actor) ui.Book {
	b := ui.Book(visitor{h.Book.As(a), h.Book})
	if h.wrap != nil {
		b = h.wrap(b)
	}
	return b
}

type visitor struct {
	*store.Session
	book *store.Book
}

func (visitor) Close() error { return nil }
func (v visitor) Doctor(ctx context.Context, p func(int)) (model.DoctorReport, error) {
	return v.book.Doctor(ctx, p)
}
func (v visitor) VerifyHead(rev model.Rev, head []byte) error    { return v.book.VerifyHead(rev, head) }
func (v visitor) Rebuild(ctx context.Context, p func(int)) error { return v.book.Rebuild(ctx, p) }

// hall is a server of a real book without a network.
type hall struct {
	*Server
	*storetest.Desk
	t      *testing.T
	log    *buffer
	faults []any
}

// Accounts of the people of storetest.New.
const (
	robin, anna, karin, sam = 1000, 1001, 1003, 1004
)

func newHall(t *testing.T, change func(*Config)) *hall {
	t.Helper()
	h := &hall{Desk: storetest.New(t), t: t, log: &buffer{}}
	c := Config{Host: bookHost{Book: h.Book}, Settings: settings.Default(), Floor: floor.NewHub(time.Now),
		Log: slog.New(slog.NewJSONHandler(h.log, nil)), Report: func(fault any, _ []byte) string {
			h.faults = append(h.faults, fault)
			return "abcd"
		}}
	if change != nil {
		change(&c)
	}
	s, err := unwired(c)
	if err != nil {
		t.Fatal(err)
	}
	h.Server = s
	return h
}

// buffer can be written to by several.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// guest is somebody at the other end of a line, with a terminal or without.
type guest struct {
	t        *testing.T
	id       wire.Identity
	ctx      context.Context
	cancel   context.CancelCauseFunc
	command  *string
	env      map[string]string
	tty      bool
	size     wire.Window
	sizes    chan wire.Window
	in       *io.PipeReader
	keys     *io.PipeWriter
	out, err buffer
	screen   *picture
	exit     chan int
	over     chan struct{}
	cut      bool

	mu   sync.Mutex
	last time.Time
}

// stands is a line on which nothing was sent yet.
func (h *hall) stands(uid int) *guest {
	h.t.Helper()
	id, err := h.byAccount(h.t.Context(), uid)
	if err != nil {
		h.t.Fatal(err)
	}
	g := &guest{t: h.t, id: id, env: map[string]string{"LANG": "en_GB.UTF-8", "TERM": "xterm-256color"}, exit: make(chan int, 1), over: make(chan struct{})}
	g.ctx, g.cancel = context.WithCancelCause(context.Background())
	g.in, g.keys = io.Pipe()
	return g
}

// sits opens a console for an account.
func (h *hall) sits(uid int) *guest {
	h.t.Helper()
	g := h.stands(uid)
	g.terminal(80, 24)
	h.begins(g)
	return g
}

func (g *guest) terminal(w, h int) {
	g.tty, g.size, g.sizes, g.screen = true, wire.Window{W: w, H: h}, make(chan wire.Window, 1), newPicture(w, h)
}

// picture is a terminal that is written to and looked at by several.
type picture struct {
	mu sync.Mutex
	e  *vt.Emulator
}

func newPicture(w, h int) *picture {
	p := &picture{e: vt.NewEmulator(w, h)}
	go func() { _, _ = io.Copy(io.Discard, p.e) }() // what the terminal answers
	return p
}

func (p *picture) do(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
}

func (p *picture) Write(b []byte) (n int, err error) {
	p.do(func() { n, err = p.e.Write(b) })
	return n, err
}

func (p *picture) String() (s string) {
	p.do(func() { s = p.e.String() })
	return s
}

func (p *picture) IsAltScreen() (on bool) {
	p.do(func() { on = p.e.IsAltScreen() })
	return on
}

func (p *picture) Resize(w, h int) { p.do(func() { p.e.Resize(w, h) }) }

// Close ends its answers. It may be written to all the same.
func (p *picture) Close() error { return p.e.InputPipe().(io.Closer).Close() }

// asks carries out a command without a terminal and gives its exit code.
func (h *hall) asks(uid int, command, input string) (exit int, out, errs string) {
	h.t.Helper()
	g := h.stands(uid)
	g.command = &command
	h.begins(g)
	go func() {
		_, _ = io.WriteString(g.keys, input)
		_ = g.keys.Close()
	}()
	exit = <-g.exit
	return exit, g.out.String(), g.err.String()
}

// begins has the server attend to a line; it is closed afterwards.
func (h *hall) begins(g *guest) {
	go func() {
		code := h.attend(g)
		g.cancel(errors.New("over"))
		_ = g.in.CloseWithError(io.EOF)
		if g.screen != nil {
			_ = g.screen.Close()
		}
		g.exit <- code
		close(g.over)
	}()
	h.t.Cleanup(func() {
		g.End(errors.New("the test is over"))
		<-g.over
	})
	settle()
}

// types presses keys and waits for what follows.
func (g *guest) types(keys string) {
	g.t.Helper()
	g.mu.Lock()
	g.last = time.Now()
	g.mu.Unlock()
	if _, err := io.WriteString(g.keys, keys); err != nil {
		g.t.Fatal(err)
	}
	settle()
}

func (g *guest) sees(want ...string) {
	g.t.Helper()
	for _, w := range want {
		if s := g.screen.String(); !strings.Contains(s, w) {
			g.t.Fatalf("%q is not on the screen:\n%s", w, s)
		}
	}
}

func (g *guest) lacks(unwanted string) {
	g.t.Helper()
	if s := g.screen.String(); strings.Contains(s, unwanted) {
		g.t.Fatalf("%q is on the screen:\n%s", unwanted, s)
	}
}

// leaves waits for the end and wants its exit code.
func (g *guest) leaves(want int) {
	g.t.Helper()
	if got := <-g.exit; got != want {
		g.t.Fatalf("exit code %d, want %d\n%s", got, want, g.screen.String())
	}
}

// plain wants a terminal as it was before: no alternate screen, a cursor.
func (g *guest) plain() {
	g.t.Helper()
	all := g.out.String()
	if g.screen.IsAltScreen() || strings.LastIndex(all, "\x1b[?25l") > strings.LastIndex(all, "\x1b[?25h") {
		g.t.Fatalf("the terminal is not as it was: %q", all[max(0, len(all)-400):])
	}
}

func (g *guest) ID() string                  { return "s" + g.id.Proof[4:] }
func (g *guest) Context() context.Context    { return g.ctx }
func (g *guest) Identity() wire.Identity     { return g.id }
func (g *guest) Way() wire.Way               { return wire.Socket }
func (g *guest) From() string                { return "" }
func (g *guest) Env(name string) string      { return g.env[name] }
func (g *guest) Window() (wire.Window, bool) { return g.size, g.tty }
func (g *guest) Windows() <-chan wire.Window { return g.sizes }
func (g *guest) Read(p []byte) (int, error)  { return g.in.Read(p) }

func (g *guest) Command() (string, bool) {
	if g.command == nil {
		return "", false
	}
	return *g.command, true
}

func (g *guest) End(cause error) {
	g.cut = true
	g.cancel(cause)
	_ = g.in.CloseWithError(cause)
}

func (g *guest) Last() time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.last
}

func (g *guest) Write(p []byte) (int, error) {
	if g.screen != nil {
		_, _ = g.screen.Write(p)
	}
	return g.out.Write(p)
}

func (g *guest) Stderr() io.Writer {
	if g.tty {
		return g
	}
	return &g.err
}
