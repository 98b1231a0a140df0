//go:build load

// Package remote_test measures what sessions cost: a server in a process of its
// own, over SSH on loopback, with clients that press a key a second.
package remote_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// TestLoad prints what 50, 200 and 500 sessions cost in a window of 120 by 40. No
// figure decides; what decides is that nothing is left running.
//
//	PASVORM_LOAD_SESSIONS  how many, 50,200,500 unless told
//	PASVORM_LOAD_SECONDS   how long each presses keys, 30
//	PASVORM_LOAD_BUSY      turns of a hundred that change the book, 5
//	PASVORM_BENCH_ROWS     customers in the book, 10000
//	PASVORM_LOAD_PROFILE   directory for profiles of the server, none
func TestLoad(t *testing.T) {
	big := storetest.Fill(t, t.TempDir(), 10_000)
	hire(t, big)
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tkey to frame, ms\t\t\t\t\tidle, kB a session\t\t\tafter keys, kB\t\t\tcores\t\tgoroutines\t\t")
	fmt.Fprintln(w, "sessions\tp50\tp95\tp99\tmost\tbytes a key\theap\tstack\tprivate\theap\tstack\tprivate\tidle\tkeys\ta session\tleft\t")
	for _, word := range strings.Split(setting("PASVORM_LOAD_SESSIONS", "50,200,500"), ",") {
		n, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		measure(t, w, big.Path, n)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}

func setting(name, usual string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return usual
}

func number(t *testing.T, name string, usual int) int {
	t.Helper()
	n, err := strconv.Atoi(setting(name, strconv.Itoa(usual)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// colleagues share the sessions; each may have ten.
const colleagues = 100

// hire adds people with keys to a book.
func hire(t *testing.T, big *storetest.Big) {
	t.Helper()
	book := big.Open(t)
	defer func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}()
	admin := book.As(big.Actor)
	for i := range colleagues {
		do := func(a model.Action) model.Receipt {
			r, err := admin.Do(context.Background(), a)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		do(model.AddPerson{Person: fmt.Sprintf("Colleague %d", i), Role: model.RoleAgent, UIDs: []int{60_000 + i}})
		who, err := book.Actor(60_000+i, "")
		if err != nil {
			t.Fatal(err)
		}
		do(model.AddAccessKey{Person: who.Person, Type: ssh.KeyAlgoED25519, Public: keyOf(i).PublicKey().Marshal()})
	}
}

// measure has n people at a server and prints a line of what that costs.
func measure(t *testing.T, w io.Writer, book string, n int) {
	t.Helper()
	s := startServer(t, book)
	defer s.stop()
	come(t, s, 1)[0].leave() // what is made once
	time.Sleep(time.Second)
	before := s.figures()

	people := come(t, s, n)
	idle := s.figures()
	const still = 5 * time.Second
	nothing := s.cpu()
	time.Sleep(still)
	nothing = s.cpu() - nothing

	seconds := number(t, "PASVORM_LOAD_SECONDS", 30)
	pressAll(people, 5) // so that all is warm
	for _, p := range people {
		p.forget()
	}
	profile := os.Getenv("PASVORM_LOAD_PROFILE")
	note := func(what string) {
		if profile != "" {
			s.ask(what + " " + filepath.Join(profile, fmt.Sprintf("%s-%d.pprof", what, n)))
		}
	}
	note("profile")
	keys := s.cpu()
	pressAll(people, seconds)
	keys = s.cpu() - keys
	note("profiled")
	for _, p := range people {
		p.settle(time.Second)
	}
	after := s.figures()
	note("heap")
	note("goroutine")

	var took []time.Duration
	pressed, bytes, silent := 0, 0, 0
	for _, p := range people {
		p.leave()
		took = append(took, p.took...)
		pressed, bytes, silent = pressed+p.keys, bytes+p.bytes, silent+p.silent
	}
	left := s.figures()
	for deadline := time.Now().Add(30 * time.Second); left.Goroutines > before.Goroutines && time.Now().Before(deadline); left = s.figures() {
		time.Sleep(200 * time.Millisecond)
	}
	if n := left.Goroutines - before.Goroutines; n > 0 {
		t.Errorf("%d goroutines are left", n)
	}
	if len(took) == 0 {
		t.Fatal("no key was answered")
	}
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	each := func(now, then uint64) int { return (int(now) - int(then)) / n / 1024 } //nolint:gosec // far below
	fmt.Fprintf(w, "%d\t%.1f\t%.1f\t%.1f\t%.1f\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.3f\t%.2f\t%.1f\t%d\t\n",
		n, at(.5), at(.95), at(.99), at(1), bytes/pressed,
		each(idle.Heap, before.Heap), each(idle.Stack, before.Stack), each(idle.Private, before.Private),
		each(after.Heap, before.Heap), each(after.Stack, before.Stack), each(after.Private, before.Private),
		nothing.Seconds()/still.Seconds(), keys.Seconds()/float64(seconds),
		float64(idle.Goroutines-before.Goroutines)/float64(n), left.Goroutines-before.Goroutines)
	t.Logf("%d sessions: %d keys, of which %d were not answered before the next", n, pressed, silent)
}

// pressAll has everybody press a key a second, each at a moment of their own and
// whether or not the last one was answered.
func pressAll(people []*person, seconds int) {
	var all sync.WaitGroup
	start := time.Now()
	for i, p := range people {
		all.Go(func() {
			for k := range seconds {
				at := start.Add(time.Duration(k)*time.Second + time.Duration(i)*time.Second/time.Duration(len(people)))
				time.Sleep(time.Until(at))
				if p.press() != nil {
					return
				}
			}
		})
	}
	all.Wait()
}

// come signs people in, one after the other, and waits until all see the desk.
func come(t *testing.T, s *server, n int) []*person {
	t.Helper()
	var out []*person
	busy := number(t, "PASVORM_LOAD_BUSY", 5)
	for i := range n {
		out = append(out, sit(signIn(t, s, i%colleagues), uint64(i), busy)) //nolint:gosec // a number
	}
	for _, p := range out {
		p.settle(time.Second)
	}
	return out
}

// window is the terminal of an SSH session.
type window struct {
	io.Reader
	io.WriteCloser
	client *ssh.Client
}

// Close drops the connection as it is.
func (w window) Close() error { return w.client.Close() }

func signIn(t *testing.T, s *server, who int) screen {
	t.Helper()
	client, err := ssh.Dial("tcp", s.addr, &ssh.ClientConfig{
		User: "desk", Auth: []ssh.AuthMethod{ssh.PublicKeys(keyOf(who))}, HostKeyCallback: ssh.FixedHostKey(keyOf(-1).PublicKey()),
	})
	if err != nil {
		t.Fatal(err)
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	w := window{client: client}
	if w.Reader, err = session.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if w.WriteCloser, err = session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := session.Setenv("LANG", "en_US.UTF-8"); err != nil {
		t.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", 40, 120, nil); err != nil {
		t.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	return w
}
