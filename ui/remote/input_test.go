package remote

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	uv "github.com/charmbracelet/ultraviolet"

	"pasvorm/model"
)

// keysOf counts what some bytes mean as keys, by the reader of consoles.
func keysOf(t testing.TB, b []byte, one bool) int {
	t.Helper()
	var r io.Reader = &plainKeys{r: bytes.NewReader(b)}
	if one {
		r = &plainKeys{r: iotest.OneByteReader(bytes.NewReader(b))}
	}
	events, done := make(chan uv.Event), make(chan error)
	go func() { done <- uv.NewTerminalReader(r, "xterm-256color").StreamEvents(context.Background(), events) }()
	late := time.After(patience)
	for n := 0; ; {
		select {
		case <-events:
			n++
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			return n
		case <-late:
			t.Fatalf("%q takes for ever", b)
		}
	}
}

// No bytes mean more keys than they are.
func FuzzKeys(f *testing.F) {
	for _, s := range []string{"\x1b[200~abc\x1b[201~", "\x1b[8;24;80t", "\x1b]11;rgb:ff/ff/ff\x07", "\x1bP1+r524742\x1b\\", "\x1b[<0;1;1M", "\x1b[M !!",
		"\x1b[97;5u", "\x1b[27;5;9~", "\x1b_Ga\x1b\\", "\x1b[65;30;97;1;0;65535_", "\x9b65;30;97;1;0;65535_", "\xc5\x9b65;30;97;1;0;65535_", "\x1b\x1b[65;30;97;1;0;65535_",
		"\x1b[65;\x1b[65;30;97;1;0;65535_", "\x1b]52;c;aGk=\x07", "\x1b[?2026;2$y", "\x1b[1;2R", "\x1bOP"} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, b []byte, one bool) {
		if len(b) > 4096 {
			return
		}
		if n := keysOf(t, b, one); n > 2*len(b)+2 {
			t.Fatalf("%q: %d keys", b, n)
		}
	})
}

// What people type passes as it is, and letters whose bytes hold the sign of a
// sequence too.
func TestPlainKeysPass(t *testing.T) {
	for _, s := range []string{"a_b", "\x1b[A\x1b[1;5C\x1b[200~x_y\x1b[201~", "ś_[_", "漢_", "\x1b_G", "\x1b[1;2R_", "_"} {
		got, err := io.ReadAll(&plainKeys{r: strings.NewReader(s)})
		if err != nil || string(got) != s {
			t.Errorf("%q became %q, %v", s, got, err)
		}
	}
	if got, _ := io.ReadAll(&plainKeys{r: iotest.OneByteReader(strings.NewReader("\x1b[65;30;97;1;0;65535_"))}); strings.HasSuffix(string(got), "_") {
		t.Errorf("%q", got)
	}
}

// A fault in taking keys apart ends the session, and no other.
func TestFaultInTheKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHall(t, nil)
		g := h.sits(karin)
		h.all()[0].pass(t.Context(), bursts{}, func(uv.Event) {})
		g.leaves(codeFailure)
		g.plain()
		g.sees("Something went wrong", "unharmed")
		if _, err := h.As(model.Solo(h.Agent)).Me(); err != nil {
			t.Error(err)
		}
	})
}

type bursts struct{}

func (bursts) StreamEvents(context.Context, chan<- uv.Event) error { panic("a key") }
