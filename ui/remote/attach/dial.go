package attach

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"pasvorm/model"
	"pasvorm/ui/remote/peer"
)

// addressMost is the longest path that every system takes for a socket, in bytes
// (sun_path of Darwin, with its zero byte).
const addressMost = 103

// connectMost is how long a connection to a socket of this machine may take.
const connectMost = 5 * time.Second

// Alive reports whether somebody answers at a socket. Who it is, is looked at by
// [Run].
func Alive(path string) bool {
	conn, err := connect(context.Background(), path)
	if err != nil {
		return errors.Is(err, syscall.EAGAIN) // somebody, with a long queue
	}
	_ = conn.Close()
	return true
}

func connect(ctx context.Context, path string) (*net.UnixConn, error) {
	addr, done, err := Address(path)
	if err != nil {
		return nil, err
	}
	defer done()
	d := net.Dialer{Timeout: connectMost}
	conn, err := d.DialContext(ctx, "unix", addr)
	if err != nil {
		return nil, err //nolint:wrapcheck // worded by the caller
	}
	return conn.(*net.UnixConn), nil //nolint:forcetypeassert // of the network asked for
}

// dial connects to the server at a socket, and makes sure that it is one that who
// calls may tell things to.
func dial(ctx context.Context, path string) (net.Conn, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, unreached(path, err)
	}
	conn, err := connect(ctx, real)
	if err != nil {
		return nil, unreached(path, err)
	}
	uid, err := peer.UID(conn)
	if err == nil {
		err = trust(real, uid, here())
	}
	if err != nil {
		_ = conn.Close()
		var e *model.Error
		if !errors.As(err, &e) {
			e = model.NotAllowed("error.attach.peer", "Socket", path)
			e.Cause = err
		}
		return nil, e
	}
	return conn, nil
}

// unreached words why a socket gives no connection.
func unreached(path string, err error) error {
	var e *model.Error
	switch {
	case errors.As(err, &e):
		return err
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, fs.ErrPermission):
		e = model.NotAllowed("error.attach.denied", "Socket", path).WithHint("hint.attach.denied")
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, context.DeadlineExceeded), os.IsTimeout(err):
		e = model.NewError(model.KindBusy, "error.attach.busy", "Socket", path)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTSOCK), errors.Is(err, syscall.ENOTDIR):
		e = model.NotFound("error.attach.nobody", "Socket", path).WithHint("hint.attach.nobody")
	default:
		e = model.NewError(model.KindBusy, "error.attach.unreached", "Socket", path)
	}
	e.Cause = err
	return e
}
