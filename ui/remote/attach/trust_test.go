//go:build unix

package attach

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"testing"

	"pasvorm/model"
	"pasvorm/ui/remote/peer"
)

// TestTrusted holds the rule of who may answer.
func TestTrusted(t *testing.T) {
	const me, server, stranger, team, others = 1000, 990, 1007, 50, 60
	socket := func(owner int) facts { return facts{owner, others, fs.ModeSocket | 0o660} }
	dir := func(owner, group int, mode fs.FileMode) facts { return facts{owner, group, fs.ModeDir | mode} }
	root, tmp := dir(0, 0, 0o755), dir(0, 0, 0o777|fs.ModeSticky)
	for _, c := range []struct {
		name    string
		uid     int // of who answers
		socket  facts
		folders []facts
		want    bool
	}{
		{"the machine, anywhere", 0, socket(stranger), []facts{dir(stranger, others, 0o777)}, true},
		{"who calls, anywhere", me, socket(stranger), []facts{dir(stranger, others, 0o777)}, true},
		{"a server in its own folder", server, socket(server), []facts{dir(server, others, 0o755), root}, true},
		{"a server in a folder of the machine", server, socket(server), []facts{root, root}, true},
		{"a server in a folder of who calls", server, socket(server), []facts{dir(me, others, 0o755), root}, true},
		{"a server in a folder of somebody else", server, socket(server), []facts{dir(stranger, others, 0o755), root}, false},
		{"a socket of somebody else", server, socket(stranger), []facts{dir(server, others, 0o755), root}, false},
		{"what is no socket", server, facts{server, others, 0o600}, []facts{dir(server, others, 0o755), root}, false},
		{"everybody writes", server, socket(server), []facts{dir(server, others, 0o757), root}, false},
		{"everybody writes, the group of who calls too", server, socket(server), []facts{dir(server, team, 0o777), root}, false},
		{"everybody writes what is sticky", server, socket(server), []facts{tmp, root}, false},
		{"a colleague in a folder of the group", server, socket(server), []facts{dir(stranger, team, 0o770), root}, true},
		{"a colleague in a folder of another group", server, socket(server), []facts{dir(server, others, 0o770), root}, false},
		{"everybody can move the folder", server, socket(server), []facts{dir(server, others, 0o755), dir(0, 0, 0o777), root}, false},
		{"everybody can move a folder further up", server, socket(server), []facts{dir(server, others, 0o755), root, dir(0, 0, 0o707), root}, false},
		{"everybody writes above, but sticky", server, socket(server), []facts{dir(server, others, 0o755), tmp, root}, true},
	} {
		if got := trusted(c.uid, caller{uid: me, groups: []int{10, team}}, c.socket, c.folders); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// TestTrustLooksAtTheFiles holds that the rule is put to what the system says.
func TestTrustLooksAtTheFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(dir, 0o755); err != nil { //nolint:gosec // of the test
		t.Fatal(err)
	}
	path := filepath.Join(dir, "s")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	owner, me := os.Geteuid(), caller{uid: 54321}
	if owner == 0 { // whom everybody trusts
		owner = 54323
		for _, p := range []string{path, dir} {
			if err := os.Chown(p, owner, owner); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := trust(path, owner, me); err != nil {
		t.Errorf("its own folder: %v", err)
	}
	e := failed(t, trust(path, 54322, me), model.KindNotAllowed, "error.attach.stranger")
	if e.Args["Account"] != 54322 {
		t.Errorf("%v", e.Args)
	}
	if err := os.Chmod(dir, 0o757); err != nil { //nolint:gosec // of the test
		t.Fatal(err)
	}
	_ = failed(t, trust(path, owner, me), model.KindNotAllowed, "error.attach.stranger")
	if err := trust(filepath.Join(dir, "none"), owner, me); err == nil {
		t.Error("what is not there is trusted")
	}
}

// TestThePeerIsWhoListens asks the kernel.
func TestThePeerIsWhoListens(t *testing.T) {
	d := start(t, nil)
	conn, err := connect(t.Context(), d.path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if uid, err := peer.UID(conn); err != nil || uid != os.Geteuid() {
		t.Errorf("got %d, %v", uid, err)
	}
}
