//go:build unix

package store_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"pasvorm/model"
	"pasvorm/store"
)

func TestCreateAndOpen(t *testing.T) {
	path := filepath.Join(home(t), "made", "here", "book.db")
	if _, err := store.Open(path, opening()); err == nil {
		t.Fatal("opened nothing")
	} else if e := theError(t, err, model.KindNotFound, "error.book.none"); e.Hint == "" {
		t.Error("no hint what to do")
	}
	b := create(t, path, opening())
	for name, mode := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700 | fs.ModeDir, store.HolderPath(path): 0o600} {
		if st, err := os.Stat(name); err != nil || st.Mode() != mode {
			t.Errorf("%s: %v %v, want %v", name, st.Mode(), err, mode)
		}
	}
	actor, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	if me, err := b.As(actor).Me(); err != nil || me.Role != model.RoleAdmin || me.Name != "Robin" {
		t.Fatalf("the opener is %+v, %v", me, err)
	}
	if b.Path() != path || len(b.Check()) > 0 {
		t.Errorf("path %s, check %v", b.Path(), b.Check())
	}
	if _, err := store.Create(path, opening()); err == nil {
		t.Fatal("made a book over a book")
	} else {
		wantError(t, err, model.KindInvalid, "error.book.exists")
	}
	_, err = store.Open(path, opening())
	if e := theError(t, err, model.KindBusy, "error.book.locked"); e.Args["User"] != "Robin" || e.Args["PID"] != os.Getpid() {
		t.Errorf("the holder is %v", e.Args)
	}
	if err := os.WriteFile(store.HolderPath(path), []byte("{rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(path, opening())
	wantError(t, err, model.KindBusy, "error.book.locked-unknown")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(names) != 1 {
		t.Errorf("left beside the book: %v %v", names, err)
	}
	if b, err = store.Open(path, opening()); err != nil {
		t.Fatal(err)
	}
	if again, err := b.Actor(1000, ""); err != nil || again != actor {
		t.Errorf("after opening again the opener is %v %v", again, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenReadOnly(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	if err := create(t, path, opening()).Close(); err != nil {
		t.Fatal(err)
	}
	o := opening()
	o.ReadOnly = true
	b, err := store.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	actor, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Do(context.Background(), actor, model.AddCustomer{Values: map[string]string{"name": "Petra"}})
	wantError(t, err, model.KindReadOnly, "error.read-only")
}

func TestActor(t *testing.T) {
	b := create(t, filepath.Join(home(t), "book.db"), opening())
	robin, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Do(context.Background(), robin, model.AddPerson{Person: "Karin", Role: model.RoleAgent, UIDs: []int{1001}})
	if err != nil {
		t.Fatal(err)
	}
	karin := r.Made
	if a, err := b.Actor(1000, " KARIN "); err != nil || a != (model.Actor{Person: karin, Real: robin.Person}) {
		t.Errorf("admin as Karin: %v %v", a, err)
	}
	if a, err := b.Actor(1001, "karin"); err != nil || a != model.Solo(karin) {
		t.Errorf("Karin as herself: %v %v", a, err)
	}
	for _, c := range []struct {
		uid  int
		as   string
		kind model.ErrorKind
		id   string
	}{
		{1001, "Robin", model.KindNotAllowed, "error.not-allowed.as"},
		{1001, "Nobody", model.KindNotAllowed, "error.not-allowed.as"},
		{1000, "Nobody", model.KindNotFound, "error.person.unknown"},
		{1002, "", model.KindNotAllowed, "error.book.stranger"},
		{1002, "Karin", model.KindNotAllowed, "error.book.stranger"},
	} {
		_, err := b.Actor(c.uid, c.as)
		if e := theError(t, err, c.kind, c.id); c.id == "error.book.stranger" && e.Args["Admin"] != "Robin" {
			t.Errorf("whom to ask: %v", e.Args)
		}
	}
	if _, err := b.Do(context.Background(), robin, model.RemovePerson{Person: karin}); err != nil {
		t.Fatal(err)
	}
	_, err = b.Actor(1001, "")
	wantError(t, err, model.KindNotAllowed, "error.book.stranger")
	_, err = b.Actor(1000, "Karin")
	wantError(t, err, model.KindNotFound, "error.person.unknown")
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		kind model.ErrorKind
		id   string
		harm func(path string) error
	}{
		{"symlink", model.KindNotAllowed, "error.book.symlink", func(p string) error {
			return errors.Join(os.Rename(p, p+".real"), os.Symlink(p+".real", p))
		}},
		{"dangling symlink", model.KindNotAllowed, "error.book.symlink", func(p string) error {
			return errors.Join(os.Remove(p), os.Symlink("nowhere", p))
		}},
		{"hard link", model.KindNotAllowed, "error.book.links", func(p string) error { return os.Link(p, p+".too") }},
		{"readable", model.KindNotAllowed, "error.book.mode", func(p string) error { return os.Chmod(p, 0o604) }},
		{"group without being shared", model.KindNotAllowed, "error.book.not-shared", func(p string) error {
			return errors.Join(os.Chown(p, -1, os.Getegid()), os.Chmod(p, 0o660))
		}},
		{"directory", model.KindNotAllowed, "error.book.not-file", func(p string) error {
			return errors.Join(os.Remove(p), os.Mkdir(p, 0o700))
		}},
		{"pipe", model.KindNotAllowed, "error.book.not-file", func(p string) error {
			return errors.Join(os.Remove(p), syscall.Mkfifo(p, 0o600))
		}},
		{"writable directory", model.KindNotAllowed, "error.book.directory-open", func(p string) error { return os.Chmod(filepath.Dir(p), 0o777) }},
		{"empty file", model.KindCorrupt, "error.book.foreign", func(p string) error { return os.Truncate(p, 0) }},
		{"text", model.KindCorrupt, "error.book.damaged", func(p string) error {
			return os.WriteFile(p, []byte("name;town\nJansen;Utrecht\n"), 0o600)
		}},
		{"cut", model.KindCorrupt, "error.book.damaged", func(p string) error { return os.Truncate(p, 9000) }},
		{"other book", model.KindCorrupt, "error.book.foreign", func(p string) error {
			db, err := bbolt.Open(p+".other", 0o600, nil)
			if err != nil {
				return err
			}
			return errors.Join(db.Close(), os.Rename(p+".other", p))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(home(t), "book.db")
			if err := create(t, path, opening()).Close(); err != nil {
				t.Fatal(err)
			}
			if err := c.harm(path); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(path, opening())
			wantError(t, err, c.kind, c.id)
			_, err = store.Create(path, opening())
			wantError(t, err, model.KindInvalid, "error.book.exists")
		})
	}
}

// owned is a file's description with another owner or group.
type owned struct {
	fs.FileInfo
	mode     fs.FileMode
	uid, gid uint32
}

func (o owned) Mode() fs.FileMode { return o.mode }
func (o owned) Sys() any          { return &syscall.Stat_t{Uid: o.uid, Gid: o.gid, Nlink: 1} }

func TestOwner(t *testing.T) {
	me, us := uint32(os.Geteuid()), uint32(os.Getegid())
	const them = 54321
	for _, c := range []struct {
		file owned
		id   string
	}{
		{owned{mode: 0o600, uid: me, gid: us}, ""},
		{owned{mode: 0o600, uid: me, gid: them}, ""},
		{owned{mode: 0o600, uid: them, gid: us}, "error.book.owner"},
		{owned{mode: 0o660, uid: them, gid: us}, ""}, // shared: the group's own
		{owned{mode: 0o660, uid: them, gid: them}, "error.book.mode"},
		{owned{mode: 0o660, uid: me, gid: them}, "error.book.mode"},
		{owned{mode: 0o662, uid: me, gid: us}, "error.book.mode"},
	} {
		_, err := store.JudgeFile("book", c.file)
		if c.id == "" {
			if err != nil {
				t.Errorf("%v: %v", c.file, err)
			}
			continue
		}
		wantError(t, err, model.KindNotAllowed, c.id)
	}
}

func TestGroupBook(t *testing.T) {
	g, err := user.LookupGroupId(strconv.Itoa(os.Getegid()))
	if err != nil {
		t.Fatal(err)
	}
	o := opening()
	o.Group = g.Name
	for _, made := range []bool{false, true} {
		dir := filepath.Join(home(t), "desk")
		if made {
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, "book.db")
		b := create(t, path, o)
		for name, mode := range map[string]fs.FileMode{path: 0o660, dir: 0o770 | fs.ModeDir | fs.ModeSetgid, store.HolderPath(path): 0o660} {
			if st, err := os.Stat(name); err != nil || st.Mode() != mode {
				t.Errorf("%s: %v %v, want %v", name, st.Mode(), err, mode)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if b, err = store.Open(path, opening()); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	o.Group = "no-such-group-here"
	_, err = store.Create(filepath.Join(home(t), "book.db"), o)
	wantError(t, err, model.KindNotFound, "error.book.group")
}

func TestDefaultPath(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"PASVORM_BOOK": "/b/x.db", "XDG_DATA_HOME": "/x", "HOME": "/h"}, "/b/x.db"},
		{map[string]string{"XDG_DATA_HOME": "/x", "HOME": "/h"}, "/x/pasvorm/book.db"},
		{map[string]string{"XDG_DATA_HOME": "relative", "HOME": "/h"}, "/h/.local/share/pasvorm/book.db"},
		{map[string]string{"HOME": "/h"}, "/h/.local/share/pasvorm/book.db"},
	} {
		if got := store.DefaultPath(func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

// TestGivenClock shows that ids follow the clock that is given, in order, also
// when that clock stands still or is set back.
func TestGivenClock(t *testing.T) {
	now := time.Date(2030, 3, 1, 9, 0, 0, 0, time.UTC)
	o := opening()
	o.Now = func() time.Time { return now }
	b := create(t, filepath.Join(home(t), "book.db"), o)
	actor, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	var last model.ID
	for i := range 50 {
		if i == 25 {
			now = now.Add(-time.Hour)
		}
		r, err := b.Do(context.Background(), actor, model.AddCustomer{Values: map[string]string{"name": "Petra"}})
		if err != nil {
			t.Fatal(err)
		}
		if string(r.Made[:]) <= string(last[:]) {
			t.Fatalf("id %s after %s", r.Made, last)
		}
		last = r.Made
	}
}
