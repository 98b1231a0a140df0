//go:build unix

package attach

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"pasvorm/model"
)

// caller is the account that calls, with its groups.
type caller struct {
	uid    int
	groups []int
}

func here() caller {
	groups, _ := os.Getgroups()
	return caller{uid: os.Geteuid(), groups: append(groups, os.Getegid())}
}

// trust refuses a server that somebody else may have put at a socket to hear what
// is typed. The path has no links in it.
func trust(path string, uid int, me caller) error {
	if uid == 0 || uid == me.uid {
		return nil
	}
	st, err := os.Lstat(path)
	if err != nil {
		return err //nolint:wrapcheck // worded by the caller
	}
	socket := factsOf(st)
	var folders []facts
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		st, err := os.Stat(dir)
		if err != nil && (len(folders) == 0 || !errors.Is(err, fs.ErrPermission)) {
			return err //nolint:wrapcheck // worded by the caller
		}
		if err == nil {
			folders = append(folders, factsOf(st))
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if !trusted(uid, me, socket, folders) {
		return model.NotAllowed("error.attach.stranger", "Socket", path, "Account", uid).WithHint("hint.attach.stranger")
	}
	return nil
}

// facts are what the system says of a file.
type facts struct {
	owner, group int
	mode         fs.FileMode
}

// trusted holds the rule. The machine's own account and that of who calls are
// trusted. Anybody else must own the socket, in a folder that only they, the
// machine or who calls can write; or, where a group shares a book, that only a
// group of who calls can: whoever is in it can write the book itself. No folder
// above may let everybody put another in its place.
func trusted(uid int, me caller, socket facts, folders []facts) bool {
	dir := folders[0]
	byGroup := dir.mode.Perm()&0o020 != 0
	switch {
	case uid == 0 || uid == me.uid:
		return true
	case socket.mode.Type() != fs.ModeSocket || socket.owner != uid:
		return false
	case dir.mode.Perm()&0o002 != 0:
		return false
	case byGroup && !slices.Contains(me.groups, dir.group):
		return false
	case !byGroup && !slices.Contains([]int{0, uid, me.uid}, dir.owner):
		return false
	}
	return !slices.ContainsFunc(folders[1:], func(up facts) bool {
		// What may be written by all and is sticky leaves each their own (mkdir(2)).
		return up.mode.Perm()&0o002 != 0 && up.mode&fs.ModeSticky == 0
	})
}

func factsOf(st fs.FileInfo) facts {
	s, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return facts{owner: -1, group: -1, mode: st.Mode()}
	}
	return facts{owner: int(s.Uid), group: int(s.Gid), mode: st.Mode()}
}
