package app_test

import (
	"context"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/colorprofile"

	"pasvorm/model"
	"pasvorm/store/storetest"
	"pasvorm/ui"
	"pasvorm/ui/app"
)

// inBubble runs a test in a bubble, where time stands still while anything can
// still happen and then leaps to what is next: a minute at a console takes no
// time at all, and nothing is left to chance. A goroutine that is left over
// fails the test.
func inBubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	// The runtime's own listener for signals must not be started in a bubble:
	// it never ends.
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGWINCH)
	signal.Stop(c)
	synctest.Test(t, f)
}

// frames is long enough for several frames to be drawn.
const frames = 200 * time.Millisecond

// session is a console that runs in a bubble.
type session struct {
	keys *io.PipeWriter
	done chan struct{} // closed when the console has ended
	end  func()        // ends it and waits
	out  *sent
}

// way is how a console reaches its terminal.
type way struct {
	name string
	run  func(ctx context.Context, s *app.Session, in io.Reader, out io.Writer) error
}

// onWays runs a test for a console on the program's own terminal, and for one on
// another, which draw each in its own way.
func onWays(t *testing.T, f func(t *testing.T, by way)) {
	t.Helper()
	for _, by := range []way{
		{"own", func(ctx context.Context, s *app.Session, in io.Reader, out io.Writer) error {
			return s.Run(ctx, terminalOptions(in, out)...)
		}},
		{"other", func(ctx context.Context, s *app.Session, in io.Reader, out io.Writer) error {
			return s.RunOn(ctx, app.Terminal{In: in, Out: out, Profile: colorprofile.ANSI256, Term: "xterm-256color", Width: width, Height: height})
		}},
	} {
		t.Run(by.name, func(t *testing.T) { inBubble(t, func(t *testing.T) { f(t, by) }) })
	}
}

// start runs a console that writes to w, until its first frames are drawn. It
// has ended when the test ends.
func start(t *testing.T, by way, desk ui.Desk, w io.Writer) *session {
	t.Helper()
	a := newApp(t, desk)
	ctx, cancel := context.WithCancel(t.Context())
	in, keys := io.Pipe()
	s := &session{keys: keys, done: make(chan struct{}), out: &sent{}}
	s.end = func() {
		cancel()
		<-s.done
		_ = keys.Close()
	}
	t.Cleanup(s.end)
	go func() {
		defer close(s.done)
		if err := by.run(ctx, a, in, io.MultiWriter(s.out, w)); err != nil {
			t.Error(err)
		}
	}()
	s.settle()
	if s.out.bytes() == 0 {
		t.Fatal("nothing was drawn")
	}
	return s
}

// settle waits until everything that follows is done and drawn.
func (s *session) settle() {
	synctest.Wait()
	time.Sleep(frames)
	synctest.Wait()
}

// press types keys and gives how many bytes they cost.
func (s *session) press(t *testing.T, keys string) int {
	t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		t.Fatal(err)
	}
	s.settle()
	return s.out.bytes()
}

// An idle console sends nothing, however long; a change by somebody else is
// shown, and then it is quiet again.
func TestIdleConsoleSendsNothing(t *testing.T) {
	onWays(t, func(t *testing.T, by way) {
		book := storetest.New(t)
		id := book.Customer(t, "Petra Jansen", "town", "Utrecht")
		s := start(t, by, book.As(model.Solo(book.Agent)), io.Discard)
		quiet := func(after string) {
			t.Helper()
			time.Sleep(time.Minute)
			synctest.Wait()
			if n := s.out.bytes(); n > 0 {
				t.Errorf("%d bytes were sent while nobody did anything, after %s", n, after)
			}
		}
		quiet("the first frame")
		if n := s.press(t, "/pet\r"); n == 0 {
			t.Error("keys changed nothing")
		}
		quiet("keys")
		book.Must(t, book.Agent2, model.RaiseFlag{Customer: id, Reason: "third quarrel this month"})
		s.settle()
		if n := s.out.bytes(); n == 0 {
			t.Error("a change by somebody else is not shown")
		}
		quiet("a change by somebody else")
		// What this screen does not show redraws nothing of it.
		book.Must(t, book.Admin, model.AddPerson{Person: "Noor", Role: model.RoleAgent, UIDs: []int{1005}})
		s.settle()
		if n := s.out.bytes(); n > 0 {
			t.Errorf("%d bytes for a change that is not on the screen", n)
		}
		quiet("a change elsewhere")
	})
}

// Consoles that end, by their key or by their context, leave nothing running:
// the bubble itself fails on a goroutine that is left.
func TestConsoleLeavesNothingRunning(t *testing.T) {
	onWays(t, func(t *testing.T, by way) {
		book := storetest.New(t)
		book.Customer(t, "Petra Jansen")
		for n := range 20 {
			s := start(t, by, book.As(model.Solo(book.Agent)), io.Discard)
			if n%2 == 0 {
				s.press(t, "jk/pe")
			} else {
				if _, err := io.WriteString(s.keys, "q"); err != nil {
					t.Fatal(err)
				}
				<-s.done
			}
			s.end()
		}
	})
}

// moments notes when something is written.
type moments struct {
	mu  sync.Mutex
	all []time.Time
}

func (m *moments) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = append(m.all, time.Now())
	return len(p), nil
}

// However fast somebody types, no more frames are drawn than may be, the first
// soon and the last always.
func TestFramesKeepTheirPause(t *testing.T) {
	const pause = 100 * time.Millisecond
	inBubble(t, func(t *testing.T) {
		drawn := &moments{}
		book := fewCustomers(t)
		s := start(t, way{run: func(ctx context.Context, s *app.Session, in io.Reader, out io.Writer) error {
			return s.RunOn(ctx, app.Terminal{In: in, Out: out, Term: "xterm", Width: width, Height: height, Pause: pause})
		}}, book.As(model.Solo(book.Agent)), drawn)
		s.settle()
		drawn.all = nil
		begin := time.Now()
		for range 100 { // in half a second
			if _, err := io.WriteString(s.keys, "j"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Millisecond)
		}
		s.settle()
		if n := len(drawn.all); n != 6 {
			t.Fatalf("%d frames: %v", n, drawn.all)
		}
		if d := drawn.all[0].Sub(begin); d > 10*time.Millisecond {
			t.Errorf("the first frame took %v", d)
		}
		for i, at := range drawn.all[1:] {
			if d := at.Sub(drawn.all[i]); d < pause {
				t.Errorf("a frame %v after another", d)
			}
		}
	})
}
