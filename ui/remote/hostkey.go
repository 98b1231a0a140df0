package remote

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
)

const (
	keyMode = fs.FileMode(0o600)
	// maxKey is the most bytes of a key that are read.
	maxKey = 64 << 10
)

// HostKey reads the host key in a file, and makes it, once, where there is none:
// ed25519 (RFC 8709) in the format of OpenSSH, for its owner alone. It refuses a
// file that others could have put there, can read or can change.
func HostKey(path string) (key ssh.Signer, made bool, err error) {
	key, err = readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	if err := makeKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, false, keyError("error.serve.key.make", "hint.serve.key.dir", path, err)
	}
	key, err = readKey(path)
	return key, err == nil, err
}

// PassingKey makes a host key that goes with the process, for listeners whose
// clients know by other means whom they talk to.
func PassingKey() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err //nolint:wrapcheck // a fault of the machine
	}
	return ssh.NewSignerFromKey(private) //nolint:wrapcheck // a fault of the program
}

func keyError(id, hint, path string, cause error) error {
	return &model.Error{Kind: model.KindNotAllowed, ID: id, Args: map[string]any{"Path": path}, Hint: hint, Cause: cause}
}

// readKey gives fs.ErrNotExist where nothing stands.
func readKey(path string) (ssh.Signer, error) {
	refuse := func(id string, err error) error { return keyError(id, "hint.serve.key", path, err) }
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0) //nolint:gosec // the admin's to choose
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fs.ErrNotExist
	case err != nil:
		if st, e := os.Lstat(path); e == nil && !st.Mode().IsRegular() {
			return nil, refuse("error.serve.key.link", err)
		}
		return nil, refuse("error.serve.key.read", err)
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	switch {
	case err != nil:
		return nil, refuse("error.serve.key.read", err)
	case !st.Mode().IsRegular():
		return nil, refuse("error.serve.key.link", nil)
	case !owned(st):
		return nil, refuse("error.serve.key.owner", nil)
	case loose(st):
		return nil, refuse("error.serve.key.loose", nil)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKey))
	if err != nil {
		return nil, refuse("error.serve.key.read", err)
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		return nil, refuse("error.serve.key.broken", nil) // the cause could quote the file
	}
	return key, nil
}

// makeKey writes a new key whole and brings it to disk before it gets its name,
// which it takes from nobody.
func makeKey(path string) (err error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err //nolint:wrapcheck // a fault of the machine
	}
	block, err := ssh.MarshalPrivateKey(private, "pasvorm host key")
	if err != nil {
		return err //nolint:wrapcheck // a fault of the program
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new") // 0600, and nobody else's
	if err != nil {
		return err //nolint:wrapcheck // worded by the caller
	}
	temp := f.Name()
	defer func() { _ = os.Remove(temp) }()
	_, err = f.Write(pem.EncodeToMemory(block))
	if err = errors.Join(err, f.Chmod(keyMode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(temp, path) //nolint:wrapcheck // worded by the caller
}
