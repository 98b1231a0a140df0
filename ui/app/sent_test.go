package app_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/vt"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// fewCustomers gives a book with customers on several screens, of whom some
// have much to show beside the list.
func fewCustomers(t *testing.T) *storetest.Desk {
	t.Helper()
	book := storetest.New(t)
	towns := []string{"Utrecht", "'s-Hertogenbosch", "Zwolle", ""}
	for n := range 100 {
		id := book.Customer(t, fmt.Sprintf("%c. van der Berg %d", 'A'+n%26, n), "town", towns[n%4], "number", fmt.Sprint(10000+n))
		if n%3 == 0 {
			book.Must(t, book.Agent, model.Tag{Customer: id, Trait: model.TraitBrazen, Signal: "snapped", Words: "refused the ID check"})
		}
		if n%7 == 0 {
			book.Must(t, book.Agent2, model.RaiseFlag{Customer: id, Reason: "third quarrel this month"})
		}
	}
	return book
}

// A key costs a line of somebody on a slow connection little: moving down about
// half a kilobyte, a whole other screen some more.
func TestKeysSendLittle(t *testing.T) {
	onWays(t, func(t *testing.T, by way) {
		book := fewCustomers(t)
		s := start(t, by, book.As(model.Solo(book.Agent)), io.Discard)
		for _, c := range []struct {
			name, key string
			presses   int
			mean      int // bytes a key, at most
		}{
			{"down", "j", 30, 1000},
			{"down, scrolling", "j", 30, 1500},
			{"up", "k", 30, 1000},
			{"page", "\x1b[6~", 2, 3500},
			{"last", "G", 1, 3500},
			{"first", "g", 1, 3500},
			{"a letter of a filter", "/", 1, 500},
		} {
			n := 0
			for range c.presses {
				n += s.press(t, c.key)
			}
			t.Logf("%s: %d bytes a key", c.name, n/c.presses)
			if n == 0 || n/c.presses > c.mean {
				t.Errorf("%s: %d bytes a key, at most %d are meant", c.name, n/c.presses, c.mean)
			}
		}
	})
}

// screen is a terminal emulator that answers what it is asked, as real ones do.
// A new line begins at the left, for so the renderer takes every terminal whose
// input is not its own.
type screen struct {
	mu sync.Mutex
	e  *vt.Emulator
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.e.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

// close ends what the terminal answers.
func (s *screen) close() {
	if c, ok := s.e.InputPipe().(io.Closer); ok {
		_ = c.Close()
	}
}

func (s *screen) rows() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return trimmed(s.e.String())
}

// trimmed leaves out the blanks at the ends of rows.
func trimmed(text string) string {
	rows := strings.Split(text, "\n")
	for i, r := range rows {
		rows[i] = strings.TrimRight(r, " \r")
	}
	return strings.Join(rows, "\n")
}

// Only what differs is sent to a terminal, with scrolling and other shortcuts:
// what is seen there in the end is what was drawn, key after key.
func TestTerminalShowsWhatIsDrawn(t *testing.T) {
	onWays(t, func(t *testing.T, by way) {
		book := fewCustomers(t)
		desk := book.As(model.Solo(book.Agent))
		drawn := newDriver(t, desk)
		term := &screen{e: vt.NewEmulator(width, height)}
		answers, answering := io.Pipe()
		go func() { _, _ = io.Copy(answering, term.e) }()
		s := start(t, by, desk, term)
		go func() { _, _ = io.Copy(s.keys, answers) }()
		t.Cleanup(func() {
			s.end()
			term.close()
			_ = answering.Close()
		})
		s.settle()
		for _, k := range [][2]string{{"", ""}, {"j", "j"}, {"G", "G"}, {"k", "k"}, {"g", "g"}, {"pgdown", "\x1b[6~"}, {"space", " "},
			{"3", "3"}, {"esc", "\x1b"}, {"/", "/"}, {"7", "7"}, {"enter", "\r"}, {"?", "?"}, {"esc", "\x1b"}, {"enter", "\r"}, {"q", "q"}} {
			if k[0] != "" {
				drawn.Key(k[0])
				s.press(t, k[1])
			}
			if want, got := trimmed(drawn.Screen()), term.rows(); got != want {
				t.Fatalf("after %q the terminal shows\n%s\nand the console drew\n%s", k[0], got, want)
			}
		}
	})
}
