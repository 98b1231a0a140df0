package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a script waits for something to be seen.
const patience = 20 * time.Second

// hostScript is what a script keeps of a server and of the people at terminals
// who came in with the OpenSSH client.
type hostScript struct {
	serve *exec.Cmd
	done  chan error // gives the end of serve once
	log   *lines
	seats map[string]*sitter
}

type hostKey struct{}

func hosted(ts *testscript.TestScript) *hostScript {
	h, _ := ts.Value(hostKey{}).(*hostScript)
	return h
}

// lines keeps what a program writes and tells of each line.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
	all chan string
}

func (l *lines) follow(r io.Reader) {
	defer close(l.all)
	for s := bufio.NewScanner(r); s.Scan(); {
		l.mu.Lock()
		l.buf.WriteString(s.Text() + "\n")
		l.mu.Unlock()
		select {
		case l.all <- s.Text():
		default: // nobody waits for so many
		}
	}
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// command makes a call of a program of the script, in its directory and with its
// variables.
func command(ts *testscript.TestScript, name string, args ...string) *exec.Cmd {
	path := name
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if p := filepath.Join(dir, name); exec.Command(p).Err == nil { //nolint:gosec // a program of the test
			if _, err := os.Stat(p); err == nil {
				path = p
				break
			}
		}
	}
	cmd := exec.Command(path, args...) //nolint:gosec // a program of the test
	cmd.Dir = ts.MkAbs(".")
	for _, k := range []string{"PATH", "HOME", "TMPDIR", "TZ", "LANG", "TERM", "GORACE", "PASVORM_BOOK", "XDG_DATA_HOME", "XDG_STATE_HOME",
		"SCRIPT_START", "SCRIPT_NOW", "SCRIPT_UID", "SCRIPT_NAME", "GOCOVERDIR"} {
		cmd.Env = append(cmd.Env, k+"="+ts.Getenv(k))
	}
	return cmd
}

var listening = regexp.MustCompile(`127\.0\.0\.1:(\d+)`)

// served starts a server on a free port and waits until it takes connections:
// served ARGS…. The names of people with a key are hosts of ssh.cfg then.
func served(ts *testscript.TestScript, _ bool, args []string) {
	h := hosted(ts)
	cmd := command(ts, "pasvorm", append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	out, err := cmd.StderrPipe()
	ts.Check(err)
	cmd.Stdout = cmd.Stderr
	ts.Check(cmd.Start())
	h.serve, h.done, h.log = cmd, make(chan error, 1), &lines{all: make(chan string, 1000)}
	go func(l *lines, done chan error) {
		l.follow(out)
		done <- cmd.Wait()
	}(h.log, h.done)
	ts.Defer(func() { _ = cmd.Process.Kill() })
	late := time.After(patience)
	for {
		select {
		case line, open := <-h.log.all:
			if m := listening.FindStringSubmatch(line); m != nil {
				ts.Setenv("PORT", m[1])
				writeHosts(ts)
				return
			}
			if !open {
				ts.Fatalf("serve ended:\n%s", h.log)
			}
		case <-late:
			ts.Fatalf("serve tells no address:\n%s", h.log)
		}
	}
}

// stopped ends the server as systemd does and wants it to end well.
func stopped(ts *testscript.TestScript, _ bool, _ []string) {
	h := hosted(ts)
	ts.Check(h.serve.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-h.done:
		if err != nil {
			ts.Fatalf("serve: %v\n%s", err, h.log)
		}
	case <-time.After(patience):
		ts.Fatalf("serve does not stop:\n%s", h.log)
	}
}

// logged finds a pattern in what the server wrote: logged PATTERN.
func logged(ts *testscript.TestScript, neg bool, args []string) {
	h := hosted(ts)
	if regexp.MustCompile(args[0]).MatchString(h.log.String()) == neg {
		ts.Fatalf("log and %q do not agree:\n%s", args[0], h.log)
	}
}

// sshKey makes keys for people: sshkey NAME…. Each lies in NAME and NAME.pub.
func sshKey(ts *testscript.TestScript, _ bool, args []string) {
	needSSH(ts)
	for _, name := range args {
		ts.Check(ts.Exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name+"@work", "-f", ts.MkAbs(name)))
	}
	if ts.Getenv("PORT") != "" {
		writeHosts(ts)
	}
}

// writeHosts writes ssh.cfg: a host for each key, on the server of the script.
func writeHosts(ts *testscript.TestScript) {
	keys, err := filepath.Glob(ts.MkAbs("*.pub"))
	ts.Check(err)
	var b strings.Builder
	for _, k := range keys {
		k = strings.TrimSuffix(k, ".pub")
		fmt.Fprintf(&b, "Host %s\n  IdentityFile %s\n", filepath.Base(k), k)
	}
	fmt.Fprintf(&b, "Host *\n  HostName 127.0.0.1\n  Port %s\n  User desk\n  IdentitiesOnly yes\n  IdentityAgent none\n  BatchMode yes\n"+
		"  StrictHostKeyChecking accept-new\n  UserKnownHostsFile %s\n  SendEnv LANG COLORTERM\n", ts.Getenv("PORT"), ts.MkAbs("known"))
	ts.Check(os.WriteFile(ts.MkAbs("ssh.cfg"), []byte(b.String()), 0o600))
}

// needSSH finds the OpenSSH client, and installs it where it is missing.
func needSSH(ts *testscript.TestScript) {
	sshOnce.Do(func() {
		if _, sshErr = exec.LookPath("ssh"); sshErr == nil {
			return
		}
		as := ""
		if os.Getuid() != 0 {
			as = "sudo -n "
		}
		for _, how := range []string{"apt-get update -qq && %sapt-get install -y -qq openssh-client", "apk add openssh-client", "dnf install -y -q openssh-clients", "pacman -S --noconfirm openssh"} {
			call := exec.Command("sh", "-c", as+strings.ReplaceAll(how, "%s", as)) //nolint:gosec // fixed calls
			if call.Run() == nil {
				if _, sshErr = exec.LookPath("ssh"); sshErr == nil {
					return
				}
			}
		}
	})
	if sshErr != nil {
		ts.Fatalf("the OpenSSH client is missing and could not be installed: %v", sshErr)
	}
}

var (
	sshOnce sync.Once
	sshErr  error
)

// sitter is a person at a terminal.
type sitter struct {
	cmd  *exec.Cmd
	tty  *os.File
	done chan error

	mu     sync.Mutex
	screen *vt.Emulator
	moved  chan struct{} // one slot: something was drawn
}

// sits puts somebody at a terminal of 80 by 24, or another size: sits NAME
// [WxH] PROGRAM ARGS….
func sits(ts *testscript.TestScript, _ bool, args []string) {
	name, args := args[0], args[1:]
	size := &pty.Winsize{Cols: 80, Rows: 24}
	if n, err := fmt.Sscanf(args[0], "%dx%d", &size.Cols, &size.Rows); err == nil && n == 2 {
		args = args[1:]
	}
	cmd := command(ts, args[0], args[1:]...)
	tty, err := pty.StartWithSize(cmd, size)
	ts.Check(err)
	s := &sitter{cmd: cmd, tty: tty, done: make(chan error, 1), screen: vt.NewEmulator(int(size.Cols), int(size.Rows)), moved: make(chan struct{}, 1)}
	hosted(ts).seats[name] = s
	ts.Defer(func() { _ = cmd.Process.Kill(); _ = tty.Close() })
	go func() { _, _ = io.Copy(tty, s.screen) }() // what the terminal answers to questions
	go s.draw()
}

func (s *sitter) draw() {
	buf := make([]byte, 32<<10)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		_, _ = s.screen.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.moved <- struct{}{}:
		default:
		}
		if err != nil {
			s.done <- s.cmd.Wait()
			close(s.moved)
			return
		}
	}
}

func (s *sitter) shows() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()
}

func seat(ts *testscript.TestScript, name string) *sitter {
	s := hosted(ts).seats[name]
	if s == nil {
		ts.Fatalf("%s sits nowhere", name)
	}
	return s
}

// sees waits until a pattern stands on somebody's screen, or with ! until it no
// longer does: sees NAME PATTERN.
func sees(ts *testscript.TestScript, neg bool, args []string) {
	s, want := seat(ts, args[0]), regexp.MustCompile(args[1])
	late := time.After(patience)
	for {
		if want.MatchString(s.shows()) != neg {
			return
		}
		select {
		case _, open := <-s.moved:
			if !open && want.MatchString(s.shows()) == neg {
				ts.Fatalf("%s left; %q on\n%s", args[0], args[1], s.shows())
			}
		case <-late:
			ts.Fatalf("%s: %q (unwanted: %v) on\n%s", args[0], args[1], neg, s.shows())
		}
	}
}

// types presses keys: types NAME TEXT…, where <enter>, <esc>, <tab>, <down>,
// <up> and <ctrl+c> are keys of their own.
func types(ts *testscript.TestScript, _ bool, args []string) {
	keys := strings.NewReplacer("<enter>", "\r", "<esc>", "\x1b", "<tab>", "\t", "<down>", "\x1b[B", "<up>", "\x1b[A",
		"<right>", "\x1b[C", "<ctrl+c>", "\x03", "<ctrl+s>", "\x13", "<ctrl+q>", "\x11", "<space>", " ", "<backspace>", "\x7f")
	_, err := seat(ts, args[0]).tty.WriteString(keys.Replace(strings.Join(args[1:], " ")))
	ts.Check(err)
}

// sizes gives somebody's window another size: sizes NAME WxH.
func sizes(ts *testscript.TestScript, _ bool, args []string) {
	s, size := seat(ts, args[0]), &pty.Winsize{}
	_, err := fmt.Sscanf(args[1], "%dx%d", &size.Cols, &size.Rows)
	ts.Check(err)
	s.mu.Lock()
	s.screen.Resize(int(size.Cols), int(size.Rows))
	s.mu.Unlock()
	ts.Check(pty.Setsize(s.tty, size))
}

// drops cuts somebody's line.
func drops(ts *testscript.TestScript, _ bool, args []string) {
	s := seat(ts, args[0])
	ts.Check(s.cmd.Process.Kill())
	<-s.done
}

// leaves waits until somebody's program has ended, with an exit code: leaves
// NAME CODE.
func leaves(ts *testscript.TestScript, _ bool, args []string) {
	s := seat(ts, args[0])
	select {
	case <-s.done:
		if got := strconv.Itoa(s.cmd.ProcessState.ExitCode()); got != args[1] {
			ts.Fatalf("%s left with %s, want %s, from\n%s", args[0], got, args[1], s.shows())
		}
	case <-time.After(patience):
		ts.Fatalf("%s does not leave\n%s", args[0], s.shows())
	}
}

// codeIs runs a program and holds its exit code: code CODE PROGRAM ARGS….
func codeIs(ts *testscript.TestScript, _ bool, args []string) {
	got, err := 0, ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s\n%s%s", got, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}
