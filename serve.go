package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"os/user"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/ui/cli"
	"pasvorm/ui/floor"
	"pasvorm/ui/remote"
	"pasvorm/ui/remote/settings"
)

// serving is a call of serve.
type serving struct {
	library
	cli.ServeOptions
	set  settings.Settings
	path string
	log  *slog.Logger
}

// serve owns a book and shows it to many until ctx ends.
func (l library) serve(ctx context.Context, o cli.ServeOptions) error {
	if o.Print {
		_, err := io.WriteString(o.Out, settings.Text())
		return err
	}
	set, err := settings.Load(o.Settings)
	if err != nil {
		return err
	}
	for to, from := range map[*string]string{&set.Listen: o.Listen, &set.Socket: o.Socket, &set.HostKey: o.HostKey} {
		if from != "" {
			*to = from
		}
	}
	s := &serving{library: l, ServeOptions: o, set: set, path: o.Book, log: logger(os.Stderr, set)}
	if s.path == "" {
		s.path = l.DefaultPath()
	}
	return s.open(ctx)
}

// logger writes what happens, for machines to read.
func logger(w io.Writer, set settings.Settings) *slog.Logger {
	how := &slog.HandlerOptions{Level: set.LogLevel}
	if set.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(w, how))
	}
	return slog.New(slog.NewJSONHandler(w, how))
}

// open opens the book, and closes it when all have gone.
func (s *serving) open(ctx context.Context) (err error) {
	book, err := store.Open(s.path, store.Opening{Now: s.now, UID: s.uid, UserName: s.userName()})
	if err != nil {
		var e *model.Error
		if errors.As(err, &e) && e.Kind == model.KindBusy {
			e.Hint = "hint.serve.held"
		}
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	s.path = book.Path()
	return s.run(ctx, book)
}

func (s *serving) run(ctx context.Context, book *store.Book) error {
	key, made, err := remote.HostKey(s.keyPath())
	if err != nil {
		return err
	}
	ctx, hurry, stop := signals(ctx)
	defer stop()
	server, err := remote.New(remote.Config{
		Host: shownBook{book, s.world}, Settings: s.set, HostKeys: []ssh.Signer{key}, Floor: floor.NewHub(s.clock()), Log: s.log,
		Report: s.fault, Version: version(), CheckPlaybook: store.CheckPlaybook, DefaultPlaybook: store.DefaultPlaybook, Account: account, Hurry: hurry,
	})
	if err != nil {
		return err
	}
	listeners, err := s.listen()
	if err != nil {
		return err
	}
	ended, err := s.metrics(server.Metrics())
	if err != nil {
		closeAll(listeners)
		return err
	}
	defer ended()
	s.announce(listeners, key, made)
	notify("READY=1")
	defer notify("STOPPING=1")
	context.AfterFunc(ctx, func() { notify("STOPPING=1") })
	if err := server.Serve(ctx, listeners...); err != nil {
		return err
	}
	s.print("serve.stopped")
	return nil
}

func (s *serving) keyPath() string {
	if s.set.HostKey != "" {
		return s.set.HostKey
	}
	return s.path + ".hostkey"
}

// clock is the moment of this machine, or the one that was given.
func (w world) clock() func() time.Time {
	if w.now != nil {
		return w.now
	}
	return time.Now
}

// signals ends a context at the first signal to stop, and closes hurry at the
// second.
func signals(ctx context.Context) (out context.Context, hurry <-chan struct{}, stop func()) {
	out, cancel := context.WithCancel(ctx)
	got, fast, over := make(chan os.Signal, 4), make(chan struct{}), make(chan struct{})
	signal.Notify(got, os.Interrupt, syscall.SIGTERM)
	go func() {
		for n := 1; ; n++ {
			select {
			case <-got:
			case <-over:
				return
			}
			cancel()
			if n == 2 {
				close(fast)
			}
		}
	}()
	return out, fast, func() {
		signal.Stop(got)
		close(over)
		cancel()
	}
}

// listen opens the socket for accounts of this machine, and SSH where it was
// asked for.
func (s *serving) listen() ([]net.Listener, error) {
	path, mode, gid := s.socket()
	if s.set.SocketGroup != "" {
		var err error
		if gid, err = groupOf(s.set.SocketGroup); err != nil {
			return nil, err
		}
	}
	local, err := remote.ListenSocket(path, mode, gid)
	if err != nil || s.set.Listen == "" {
		return []net.Listener{local}[:one(err)], err
	}
	out, err := remote.ListenTCP(s.set.Listen)
	if err != nil {
		return nil, errors.Join(err, local.Close())
	}
	return []net.Listener{local, out}, nil
}

func one(err error) int {
	if err != nil {
		return 0
	}
	return 1
}

// socket says where the socket is to be and for whom. Beside the book it is for
// those who may open the book; elsewhere the settings say so. Who may connect is
// not let in by that: the account must be somebody's.
func (s *serving) socket() (path string, mode fs.FileMode, gid int) {
	if s.set.Socket != "" {
		return s.set.Socket, s.set.SocketMode, -1
	}
	mode, gid = besideBook(s.path)
	if s.set.SocketGroup != "" {
		mode = s.set.SocketMode
	}
	return s.path + ".sock", mode, gid
}

// besideBook gives the mode and the group of a socket beside a book: as the book
// is shared, so is the socket.
func besideBook(path string) (mode fs.FileMode, gid int) {
	if st, err := os.Stat(path); err == nil && st.Mode().Perm()&0o070 != 0 {
		return 0o660, fileGroup(st)
	}
	return 0o600, -1
}

func groupOf(name string) (int, error) {
	g, err := user.LookupGroup(name)
	if err == nil {
		var gid int
		if gid, err = strconv.Atoi(g.Gid); err == nil {
			return gid, nil
		}
	}
	return -1, &model.Error{Kind: model.KindNotFound, ID: "error.serve.socket.group", Args: map[string]any{"Group": name}, Cause: err}
}

func closeAll(all []net.Listener) {
	for _, ln := range all {
		_ = ln.Close()
	}
}

// metrics serves figures for whoever watches the server; ended stops that.
func (s *serving) metrics(h http.Handler) (ended func(), err error) {
	if s.set.Metrics == "" {
		return func() {}, nil
	}
	gid := -1
	if s.set.SocketGroup != "" {
		if gid, err = groupOf(s.set.SocketGroup); err != nil {
			return nil, err
		}
	}
	ln, err := remote.ListenMetrics(s.set.Metrics, gid)
	if err != nil {
		return nil, err
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
	go func() { _ = srv.Serve(ln) }()
	s.print("serve.metrics", "Address", ln.Addr().String())
	return func() { _ = srv.Close() }, nil
}

// announce says what is served and how to come in.
func (s *serving) announce(listeners []net.Listener, key ssh.Signer, made bool) {
	s.print("serve.serving", "Path", s.path)
	id := "serve.key"
	if made {
		id = "serve.key_made"
	}
	s.print(id, "Fingerprint", ssh.FingerprintSHA256(key.PublicKey()), "Path", s.keyPath())
	for _, ln := range listeners {
		if a, ok := ln.Addr().(*net.TCPAddr); ok {
			s.print("serve.ssh", "Address", a.String(), "Command", reach(a))
			continue
		}
		s.print("serve.local", "Path", ln.Addr().String())
	}
	_, _ = fmt.Fprintln(s.Out, s.Text.N("serve.stop", int(s.set.Drain/time.Second)))
}

// reach is how a colleague comes to an address.
func reach(a *net.TCPAddr) string {
	host := a.IP.String()
	if a.IP.IsUnspecified() {
		host = "HOST"
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return "ssh -p " + strconv.Itoa(a.Port) + " " + host
}

func (s *serving) print(id string, kv ...any) { _, _ = fmt.Fprintln(s.Out, s.Text.T(id, kv...)) }

// fault keeps a fault: in the file for faults, and where that cannot be, in the
// log. A stack holds no words of customers.
func (s *serving) fault(fault any, stack []byte) string {
	if ref := s.report(fault, stack); ref != "" {
		return ref
	}
	s.log.Error("fault", "type", fmt.Sprintf("%T", fault), "stack", string(stack))
	return ""
}

// notify tells systemd how the service stands (sd_notify(3)); without systemd it
// does nothing.
func notify(state string) {
	path := os.Getenv("NOTIFY_SOCKET")
	if path == "" {
		return
	}
	if path[0] == '@' { // an abstract socket
		path = "\x00" + path[1:]
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return
	}
	_, _ = io.WriteString(c, state)
	_ = c.Close()
}
