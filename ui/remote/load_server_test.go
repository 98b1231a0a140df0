//go:build load

package remote_test

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote"
	"pasvorm/ui/remote/settings"
)

// figures are what a server process costs.
type figures struct {
	Heap, Stack uint64 // bytes in use after a collection
	Private     uint64 // bytes of memory that no other process shares
	Goroutines  int
	CPU         time.Duration // user and system, since its start
}

// server is a process of its own, so that what clients cost is not counted. It
// is asked and answers line by line.
type server struct {
	t    *testing.T
	in   io.Writer
	out  *bufio.Scanner
	addr string
	stop func()
}

// envServe tells this program to be the server of the book it names.
const envServe = "PASVORM_LOAD_SERVE"

func init() {
	if book := os.Getenv(envServe); book != "" {
		if err := serveForLoad(book); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

func startServer(t *testing.T, book string) *server {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self) //nolint:gosec // this program
	cmd.Env, cmd.Stderr = append(os.Environ(), envServe+"="+book), os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, in: in, out: bufio.NewScanner(out)}
	s.stop = sync.OnceFunc(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	t.Cleanup(s.stop)
	s.addr = s.answer()
	return s
}

func (s *server) answer() string {
	s.t.Helper()
	if !s.out.Scan() {
		s.t.Fatal("the server is gone")
	}
	return s.out.Text()
}

// ask sends the server a line and gives its answer.
func (s *server) ask(line string) string {
	s.t.Helper()
	if _, err := io.WriteString(s.in, line+"\n"); err != nil {
		s.t.Fatal(err)
	}
	return s.answer()
}

func (s *server) figures() (f figures) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.ask("figures")), &f); err != nil {
		s.t.Fatal(err)
	}
	return f
}

// cpu is the time that the process took so far; unlike figures it costs nothing.
func (s *server) cpu() time.Duration {
	s.t.Helper()
	d, err := time.ParseDuration(s.ask("cpu"))
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// host shows the book as the program does.
type host struct{ *store.Book }

func (h host) Key(public []byte) (model.Actor, error) { return h.ActorByKey(public) }
func (h host) Account(uid int) (model.Actor, error)   { return h.Actor(uid, "") }
func (h host) As(a model.Actor) ui.Book               { return visitor{h.Book.As(a), h.Book} }

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

// serveForLoad is the server process: it serves on loopback, and answers what it
// is asked on its standard input until that ends.
func serveForLoad(path string) error {
	book, err := store.Open(path, store.Opening{UID: os.Getuid(), UserName: "Robin"})
	if err != nil {
		return err
	}
	actor, err := book.Actor(os.Getuid(), "")
	if err != nil {
		return err
	}
	if err := book.As(actor).Prepare(context.Background(), nil); err != nil {
		return err
	}
	set := settings.Default()
	set.Drain = 0
	s, err := remote.New(remote.Config{Host: host{book}, Settings: set, HostKeys: []ssh.Signer{keyOf(-1)}, Floor: floor.NewHub(time.Now),
		Log: slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, ln) }()
	fmt.Println(ln.Addr())
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		fmt.Println(answer(in.Text()))
	}
	cancel()
	return errors.Join(<-served, book.Close())
}

// answer is what a server process says of itself.
func answer(line string) string {
	what, arg, _ := strings.Cut(line, " ")
	switch what {
	case "figures":
		runtime.GC()
		debug.FreeOSMemory()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		raw, err := json.Marshal(figures{Heap: m.HeapAlloc, Stack: m.StackInuse, Private: private(), Goroutines: runtime.NumGoroutine(), CPU: cpuTime()})
		if err != nil {
			return err.Error()
		}
		return string(raw)
	case "cpu":
		return cpuTime().String()
	case "profiled":
		pprof.StopCPUProfile()
	case "profile", "heap", "goroutine":
		f, err := os.Create(arg) //nolint:gosec // named by whoever measures
		if err != nil {
			return err.Error()
		}
		if what == "profile" {
			err = pprof.StartCPUProfile(f) // which keeps the file open
		} else {
			err = errors.Join(pprof.Lookup(what).WriteTo(f, 0), f.Close())
		}
		return fmt.Sprint(err)
	}
	return ""
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// private is the memory of this process alone, in bytes; 0 where that is not told.
func private() (n uint64) {
	raw, _ := os.ReadFile("/proc/self/smaps_rollup") // not everywhere
	for l := range strings.Lines(string(raw)) {
		var kb uint64
		if _, err := fmt.Sscanf(l, "Private_Dirty: %d kB", &kb); err == nil {
			n += kb << 10
		}
	}
	return n
}

// keyOf is the key of a person by number; that of the host is -1.
func keyOf(n int) ssh.Signer {
	seed := make([]byte, ed25519.SeedSize)
	binary.BigEndian.PutUint64(seed, uint64(n)) //nolint:gosec // any number does
	s, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed(seed))
	if err != nil {
		panic(err)
	}
	return s
}
