package remote

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
)

// refused wants an error with an id.
func refused(t *testing.T, err error, id string) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.ID != id {
		t.Errorf("%v, want %s", err, id)
	}
}

func TestHostKeyIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db.hostkey")
	first, made, err := HostKey(path)
	if err != nil || !made {
		t.Fatal(made, err)
	}
	if st, err := os.Lstat(path); err != nil || st.Mode() != 0o600 {
		t.Fatal(st.Mode(), err)
	}
	raw, err := os.ReadFile(path) //nolint:gosec // in a test's own directory
	if err != nil || !bytes.HasPrefix(raw, []byte("-----BEGIN OPENSSH PRIVATE KEY-----\n")) || first.PublicKey().Type() != ssh.KeyAlgoED25519 {
		t.Fatalf("%v %s %s", err, first.PublicKey().Type(), raw[:40])
	}
	again, made, err := HostKey(path)
	if err != nil || made || ssh.FingerprintSHA256(again.PublicKey()) != ssh.FingerprintSHA256(first.PublicKey()) {
		t.Fatal(made, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Fatal(left, err)
	}
}

// Several that begin at once have one key.
func TestHostKeyIsOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	var wg sync.WaitGroup
	var mu sync.Mutex
	prints := map[string]bool{}
	for range 8 {
		wg.Go(func() {
			k, _, err := HostKey(path)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
				return
			}
			prints[ssh.FingerprintSHA256(k.PublicKey())] = true
		})
	}
	wg.Wait()
	if len(prints) != 1 {
		t.Fatal(prints)
	}
}

func TestHostKeyRefusesWhatIsNotSafe(t *testing.T) {
	fresh := func(t *testing.T) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "key")
		if _, _, err := HostKey(path); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for id, spoil := range map[string]func(path string) error{
		"error.serve.key.loose":  func(path string) error { return os.Chmod(path, 0o640) },
		"error.serve.key.broken": func(path string) error { return os.WriteFile(path, []byte("nothing"), 0o600) },
		"error.serve.key.link": func(path string) error {
			return errors.Join(os.Rename(path, path+".there"), os.Symlink(path+".there", path))
		},
	} {
		path := fresh(t)
		if err := spoil(path); err != nil {
			t.Fatal(err)
		}
		_, _, err := HostKey(path)
		refused(t, err, id)
	}
	_, _, err := HostKey(t.TempDir())
	refused(t, err, "error.serve.key.link")
	_, _, err = HostKey(filepath.Join(t.TempDir(), "none", "key"))
	refused(t, err, "error.serve.key.make")
	if os.Geteuid() == 0 {
		path := fresh(t)
		if err := os.Chown(path, 12345, -1); err != nil {
			t.Fatal(err)
		}
		_, _, err := HostKey(path)
		refused(t, err, "error.serve.key.owner")
	}
}

func TestSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db.sock")
	ln, err := ListenSocket(path, 0o600, -1)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Lstat(path); err != nil || st.Mode() != fs.ModeSocket|0o600 || ln.Addr().String() != path {
		t.Fatal(st.Mode(), err, ln.Addr())
	}
	got := make(chan error, 1)
	go func() {
		c, err := ln.Accept()
		if err == nil {
			err = c.Close()
		}
		got <- err
	}()
	c, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	if err := <-got; err != nil {
		t.Fatal(err)
	}
	if _, err := ListenSocket(path, 0o600, -1); err == nil {
		t.Error("a server that answers was replaced")
	} else {
		refused(t, err, "error.serve.socket.busy")
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) > 0 {
		t.Error("left behind:", left, err)
	}
}

// A socket that nobody answers on is one that a crash left.
func TestSocketThatIsStale(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	long := filepath.Join(filepath.Dir(path), "long.sock")
	if err := os.Rename(path, long); err != nil {
		t.Fatal(err)
	}
	ln, err := ListenSocket(long, 0o666, os.Getegid())
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Lstat(long); err != nil || st.Mode().Perm() != 0o666 {
		t.Error(st.Mode(), err)
	}
	// Another one in its place is not ours to remove.
	if err := os.Remove(long); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(long, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(long); err != nil {
		t.Error("somebody else's file was removed")
	}
	_, err = ListenSocket(long, 0o600, -1)
	refused(t, err, "error.serve.socket.other")
	_, err = ListenSocket(filepath.Join(t.TempDir(), strings.Repeat("x", 120)), 0o600, -1)
	refused(t, err, "error.serve.socket.long")
	_, err = ListenSocket(filepath.Join(t.TempDir(), "none", "s.sock"), 0o600, -1)
	refused(t, err, "error.serve.socket.make")
}

func TestMetricsStayOnThisMachine(t *testing.T) {
	for _, a := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:9464", "example.org:80", "127.0.0.1", "localhost.example:1"} {
		_, err := ListenMetrics(a, -1)
		refused(t, err, "error.serve.metrics")
	}
	for _, a := range []string{"127.0.0.1:0", "localhost:0", filepath.Join(t.TempDir(), "metrics.sock")} {
		ln, err := ListenMetrics(a, -1)
		if err != nil {
			t.Errorf("%s: %v", a, err)
			continue
		}
		_ = ln.Close()
	}
}
