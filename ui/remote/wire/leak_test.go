package wire

import (
	"io"
	"testing"
)

// TestPipelineBeforeSignIn sends a request that the server gives up on and many
// packets after it, all at once.
func TestPipelineBeforeSignIn(t *testing.T) {
	w := serve(t, echo, nil)
	for range 5 {
		c, err := newRaw(dial(t, w.addr, 1))
		if err != nil {
			t.Fatal(err)
		}
		c.hold = true
		_ = c.send(c.signIn("x", w.an.PublicKey(), w.bo)) // a signature of another key
		for range 80 {
			_ = c.send(join(50, "x", "ssh-connection", "none"))
		}
		if err := c.flush(); err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, c)
		w.pardon(t, "127.0.0.1")
		w.penalties.forgive(account("an"))
	}
}

// TestPipelineAfterSignIn breaks the protocol with many packets on their way.
func TestPipelineAfterSignIn(t *testing.T) {
	w := serve(t, echo, nil)
	for range 5 {
		c := w.rawIn(t, w.an)
		c.hold = true
		_ = c.send(join(94, uint32(99), "data on no channel"))
		for range 80 {
			_ = c.send(join(80, "x", false))
		}
		if err := c.flush(); err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, c)
	}
}

// TestPipelineOfNonsense gives the library no way to hand out the connection.
func TestPipelineOfNonsense(t *testing.T) {
	w := serve(t, echo, nil)
	for range 5 {
		nc := dial(t, w.addr, 1)
		c, err := newRawWith(nc, "ssh-nonsense", 80)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, c)
		w.pardon(t, "127.0.0.1")
	}
	until(t, "five refusals", func() bool { return w.count("refused protocol") == 5 })
}
