package wire

import (
	"runtime"
	"testing"
)

// TestIdleCost holds what a session that does nothing costs on the line: six
// goroutines, and memory beside what its client takes here in the same process.
func TestIdleCost(t *testing.T) {
	const sessions = 100
	in := make(chan struct{}, sessions)
	w := serve(t, func(s *Session) int {
		in <- struct{}{}
		_, _ = s.Read(make([]byte, 1))
		return 0
	}, func(c *Config) { c.Limits.SessionsPerPerson = sessions })
	measure := func() (goroutines int, bytes uint64) {
		runtime.GC()
		runtime.GC() // the first shrinks stacks for the second to free
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapInuse + m.StackInuse
	}
	g, b := measure()
	var clients []*raw // without goroutines of their own
	for range sessions {
		c := w.rawIn(t, w.an)
		c.open(t, askPTY, askShell)
		clients = append(clients, c)
	}
	for range sessions {
		told(t, "session", in)
	}
	g2, b2 := measure()
	perG, perB := float64(g2-g)/sessions, float64(b2-b)/sessions
	t.Logf("a session: %.1f goroutines, %.0f kB with its client", perG, perB/1024)
	if perG > 6.5 || perB > 200<<10 {
		t.Errorf("a session costs %.1f goroutines and %.0f bytes", perG, perB)
	}
	runtime.KeepAlive(clients)
}
