package remote

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"pasvorm/model"
)

// maxSocket is how long the path of a socket may be, in bytes: sun_path holds
// 108 on Linux and 104 elsewhere, with the zero byte at its end.
const maxSocket = 103

// answers is how long a server on a socket may take to take a connection.
const answers = time.Second

// ListenSocket makes a Unix socket with a mode, and with a group where that is
// not below 0. One that is there already is replaced when nobody answers on it;
// nothing else is ever taken away. Closing the listener removes it.
func ListenSocket(path string, mode fs.FileMode, gid int) (net.Listener, error) {
	refuse := func(id string, err error) error {
		return &model.Error{Kind: model.KindNotAllowed, ID: id, Args: map[string]any{"Path": path}, Hint: "hint.serve.socket", Cause: err}
	}
	path, err := filepath.Abs(path)
	if err != nil || len(path) > maxSocket {
		return nil, refuse("error.serve.socket.long", err)
	}
	switch st, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, refuse("error.serve.socket.make", err)
	case st.Mode()&fs.ModeSocket == 0:
		return nil, refuse("error.serve.socket.other", nil)
	default:
		c, err := net.DialTimeout("unix", path, answers)
		if err == nil {
			_ = c.Close()
		}
		// Any other answer, such as that there is no room in its queue, is one of
		// somebody who listens.
		if !errors.Is(err, syscall.ECONNREFUSED) {
			return nil, refuse("error.serve.socket.busy", err)
		}
	}
	ln, err := bind(path, mode, gid)
	if err != nil {
		return nil, refuse("error.serve.socket.make", err)
	}
	return ln, nil
}

// bind makes the socket under another name and gives it its own one when mode
// and group are right, so that nobody meets it before and a stale one is replaced
// in one step. The other name is as short as can be.
func bind(path string, mode fs.FileMode, gid int) (net.Listener, error) {
	temp := filepath.Join(filepath.Dir(path), fmt.Sprintf(".s%04x", rand.N(1<<16)))
	ln, err := net.ListenUnix("unix", &net.UnixAddr{Name: temp, Net: "unix"})
	if err != nil {
		return nil, err //nolint:wrapcheck // worded by the caller
	}
	ln.SetUnlinkOnClose(false) // it has another name by then
	if gid >= 0 {
		err = os.Chown(temp, -1, gid)
	}
	if err == nil {
		err = os.Chmod(temp, mode)
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	var own fs.FileInfo
	if err == nil {
		own, err = os.Lstat(path)
	}
	if err != nil {
		_ = os.Remove(temp)
		return nil, errors.Join(err, ln.Close())
	}
	return &socket{UnixListener: ln, path: path, own: own}, nil
}

// socket is a listener that takes its own name away when it is closed, and
// nobody else's.
type socket struct {
	*net.UnixListener
	path string
	own  fs.FileInfo
	once sync.Once
}

// Addr names the socket by its path.
func (s *socket) Addr() net.Addr { return &net.UnixAddr{Name: s.path, Net: "unix"} }

// Close ends listening and removes the socket.
func (s *socket) Close() error {
	s.once.Do(func() {
		if st, err := os.Lstat(s.path); err == nil && os.SameFile(st, s.own) {
			_ = os.Remove(s.path)
		}
	})
	return s.UnixListener.Close() //nolint:wrapcheck // the listener's own error
}

// ListenTCP listens for SSH.
func ListenTCP(address string) (net.Listener, error) {
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &model.Error{Kind: model.KindNotAllowed, ID: "error.serve.listen", Args: map[string]any{"Address": address}, Hint: "hint.serve.listen", Cause: err}
	}
	return ln, nil
}

// ListenMetrics listens for whoever reads the metrics: on a loopback address or,
// where the address holds a slash, on a socket for the server's own account and
// a group. Nothing else of the network is taken: metrics are asked for without a
// key.
func ListenMetrics(address string, gid int) (net.Listener, error) {
	if strings.Contains(address, "/") {
		mode := fs.FileMode(0o600)
		if gid >= 0 {
			mode = 0o660
		}
		return ListenSocket(address, mode, gid)
	}
	host, port, err := net.SplitHostPort(address)
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return nil, model.NotAllowed("error.serve.metrics", "Address", address).WithHint("hint.serve.metrics")
	}
	return ListenTCP(net.JoinHostPort(host, port))
}
