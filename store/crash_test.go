//go:build unix

package store_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
)

// childEnv names what the test binary is to do as a child process, and on which
// book.
const childEnv = "PASVORM_TEST_CHILD"

func TestMain(m *testing.M) {
	what, path, child := strings.Cut(os.Getenv(childEnv), ":")
	if !child {
		os.Exit(m.Run())
	}
	var err error
	switch what {
	case "write":
		err = writer(path, false)
	case "lie":
		err = writer(path, true)
	case "full":
		err = fullDisk(path)
	case "check":
		err = checkChild(path)
	default:
		err = fmt.Errorf("no child called %q", what)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// childOf makes a child process of this test.
func childOf(t testing.TB, what, path string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+what+":"+path, "GORACE=atexit_sleep_ms=0") // a raced child need not linger
	cmd.Stderr = os.Stderr
	return cmd
}

// writer changes a book until it is killed, and says on standard output what
// was acknowledged: a customer added, or one tagged or taken back. One that
// lies says so before it is true.
func writer(path string, lie bool) error {
	b, err := store.Open(path, opening())
	if err != nil {
		return err
	}
	actor, err := b.Actor(1000, "")
	if err != nil {
		return err
	}
	ctx := context.Background()
	say := func(what string, id model.ID, n int) {
		fmt.Printf("%s %s %d\n", what, hex.EncodeToString(id[:]), n)
	}
	for n := 0; ; n++ {
		id := store.NewID()
		if lie {
			say("added", id, n)
		}
		values := map[string]string{"name": "Klant " + strconv.Itoa(n), "number": id.String(), "note": strings.Repeat("x", n%7*300)}
		if _, err := b.Do(ctx, actor, model.AddCustomer{ID: id, Values: values}); err != nil {
			return err
		}
		if !lie {
			say("added", id, n)
		}
		if n%3 == 0 {
			if _, err := b.Do(ctx, actor, model.Tag{Customer: id, Trait: model.TraitBrazen, Words: "seen", Serious: true}); err != nil {
				return err
			}
			say("tagged", id, n)
		}
		if n%9 == 0 {
			if _, err := b.Undo(ctx, actor, 0, false); err != nil {
				return err
			}
			say("undone", id, n)
		}
	}
}

// cycle lets a writer write for a random while, kills it and opens the book. It
// gives how much was acknowledged and what of it is lost.
func cycle(t testing.TB, path, what string, rnd *rand.Rand, seen map[string]string) (acked int, lost []string) {
	t.Helper()
	cmd := childOf(t, what, path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// The moment of the kill: after so many acknowledgements and a little more.
	after := 1 + rnd.IntN(25)
	pause := time.Duration(rnd.IntN(4000)) * time.Microsecond
	lines := bufio.NewReader(out)
	note := func() bool {
		line, err := lines.ReadString('\n')
		if f := strings.Fields(line); err == nil && len(f) == 3 {
			acked++
			seen[f[1]] = f[0]
		}
		return err == nil
	}
	for acked < after && note() {
	}
	killed := time.AfterFunc(pause, func() { _ = cmd.Process.Kill() })
	for note() {
	}
	killed.Stop()
	_, _ = io.Copy(io.Discard, out)
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the writer was not killed but ended: %v", err)
	}
	return acked, lostOf(t, path, seen)
}

// lostOf opens the book as after a crash, has it checked, and lists what was
// acknowledged and is not there.
func lostOf(t testing.TB, path string, seen map[string]string) (lost []string) {
	t.Helper()
	started := time.Now()
	b, err := store.Open(path, opening())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	if d := time.Since(started); d > 5*time.Second {
		t.Errorf("opening again took %v", d)
	}
	for _, err := range b.Check() {
		t.Errorf("file: %v", err)
	}
	rep, err := b.Doctor(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Faults) > 0 {
		t.Errorf("doctor: %+v", rep.Faults)
	}
	actor, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	s := b.As(actor)
	for text, state := range seen {
		var id model.ID
		if _, err := hex.Decode(id[:], []byte(text)); err != nil {
			t.Fatal(err)
		}
		d, err := s.Customer(id)
		switch {
		case err != nil:
			lost = append(lost, text)
		case state == "tagged" && d.Standing.Step != 4 && len(d.Assessments) == 0:
			// The undo after the tag may have been applied and not said.
			if !undone(s, id) {
				lost = append(lost, text+" tagged")
			}
		case state == "undone" && d.Standing.Step != 0:
			lost = append(lost, text+" undone")
		}
	}
	return lost
}

// undone reports whether a customer's newest line is a taking back.
func undone(s *store.Session, id model.ID) bool {
	lines, err := s.Journal(id, 0, 1)
	return err == nil && len(lines) == 1 && lines[0].Action == model.ActUndo
}

func crash(t testing.TB, what string, cycles int, enough func(lost int) bool) (acked, lost int) {
	t.Helper()
	path := filepath.Join(home(t), "book.db")
	if err := create(t, path, opening()).Close(); err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	seen := map[string]string{}
	for range cycles {
		n, gone := cycle(t, path, what, rnd, seen)
		acked, lost = acked+n, lost+len(gone)
		for _, id := range gone {
			delete(seen, strings.Fields(id)[0])
		}
		if enough != nil && enough(lost) {
			break
		}
	}
	return acked, lost
}

// TestKill kills a writer at random moments. Nothing it was told is done may be
// lost, and no change may be there by half.
func TestKill(t *testing.T) {
	cycles := fewer(30, 8)
	acked, lost := crash(t, "write", cycles, nil)
	if lost > 0 {
		t.Errorf("%d of %d acknowledged changes are lost", lost, acked)
	}
	if acked < cycles {
		t.Errorf("only %d changes were acknowledged, so little was shown", acked)
	}
}

// TestKillFindsLoss shows that the trial above finds loss where there is some:
// with a writer that acknowledges before it has written.
func TestKillFindsLoss(t *testing.T) {
	acked, lost := crash(t, "lie", 60, func(lost int) bool { return lost > 0 })
	if lost == 0 {
		t.Errorf("a writer that lies about %d changes was not found out", acked)
	}
}
