// Package sshkey reads public keys as OpenSSH writes them: the lines of
// id_ed25519.pub and of authorized_keys (sshd(8), "AUTHORIZED_KEYS FILE FORMAT").
// Whatever else somebody gives by mistake it tells by name, and what to give
// instead. It repeats nothing of what it read but the name of a key's type: it
// may have been given a private key.
package sshkey

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
)

// MaxBytes is how much is read of a file of keys at most (64 KiB): some hundreds
// of lines.
const MaxBytes = 64 << 10

// Key is a public key that may sign in.
type Key struct {
	Type    string // model.KeyEd25519 or model.KeyEd25519SK
	Public  []byte // SSH wire format (RFC 4253 section 6.6)
	Comment string // as it stands behind the key
}

// Read reads all keys of a file, see [Parse].
func Read(r io.Reader) ([]Key, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller names the file
	}
	return Parse(raw)
}

// Parse reads keys, one on a line; blank lines and those that begin with # are
// passed over, and a key that stands there twice is one. The first line that is
// no key that may sign in refuses all of them.
func Parse(raw []byte) ([]Key, error) {
	switch {
	case len(raw) > MaxBytes:
		return nil, model.Invalid("error.keyfile.large", "Max", MaxBytes>>10).WithHint("hint.key.copy")
	case Private(string(raw)):
		return nil, model.Invalid("error.keyfile.private").WithHint("hint.key.pub")
	case bytes.Contains(raw, []byte("-- BEGIN SSH2 PUBLIC KEY")) || bytes.Contains(raw, []byte("-----BEGIN ")):
		return nil, model.Invalid("error.keyfile.form").WithHint("hint.key.copy")
	}
	var out []Key
	n := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(string(raw), "\ufeff"), "\n") {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		k, err := parseLine(line, n)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(o Key) bool { return bytes.Equal(o.Public, k.Public) }) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return nil, model.Invalid("error.keyfile.empty").WithHint("hint.key.copy")
	}
	return out, nil
}

// One reads the one key of a text, such as a line that was pasted.
func One(s string) (Key, error) {
	all, err := Parse([]byte(s))
	switch {
	case err != nil:
		return Key{}, err
	case len(all) > 1:
		return Key{}, model.Invalid("error.keyfile.together").WithHint("hint.key.one")
	}
	return all[0], nil
}

// Private tells whether a text looks like a private key, whole or in part: of
// OpenSSH, in PEM or of PuTTY.
func Private(s string) bool {
	return strings.Contains(s, "PRIVATE KEY-----") || strings.Contains(s, "PuTTY-User-Key-File-") ||
		strings.Contains(s, "b3BlbnNzaC1rZXktdjE") // "openssh-key-v1" in base64 (PROTOCOL.key of OpenSSH)
}

// parseLine reads line n.
func parseLine(line string, n int) (Key, error) {
	words := strings.Fields(line)
	if at := slices.IndexFunc(words, isType); at != 0 {
		if at > 0 {
			return Key{}, model.Invalid("error.keyfile.options", "Line", n).WithHint("hint.key.options")
		}
		return Key{}, model.Invalid("error.keyfile.unread", "Line", n).WithHint("hint.key.copy")
	}
	switch typ := words[0]; {
	case strings.HasSuffix(typ, certificate):
		return Key{}, model.Invalid("error.keyfile.certificate", "Line", n).WithHint("hint.key.itself")
	case typ != model.KeyEd25519 && typ != model.KeyEd25519SK:
		return Key{}, model.Invalid("error.key.type", "Type", typ).WithHint("hint.key.make")
	}
	damaged := model.Invalid("error.keyfile.damaged", "Line", n).WithHint("hint.key.whole")
	pub, comment, options, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil || len(options) > 0 {
		return Key{}, damaged
	}
	if holdsKey(strings.Fields(comment)) {
		return Key{}, model.Invalid("error.keyfile.together").WithHint("hint.key.one")
	}
	k := Key{Type: pub.Type(), Public: pub.Marshal(), Comment: comment}
	if k.Type != words[0] || model.CheckAccessKey(k.Type, k.Public) != nil {
		return Key{}, damaged
	}
	return k, nil
}

// holdsKey tells whether a key begins among the words of a comment: two lines
// that came as one.
func holdsKey(words []string) bool {
	for i, w := range words[:max(len(words)-1, 0)] {
		if isType(w) && strings.HasPrefix(words[i+1], "AAAA") {
			return true
		}
	}
	return false
}

// certificate ends the names of types of certificates (PROTOCOL.certkeys of
// OpenSSH).
const certificate = "-cert-v01@openssh.com"

// isType tells whether a word names a type of key that OpenSSH knows.
func isType(word string) bool {
	switch strings.TrimSuffix(strings.TrimSuffix(word, certificate), "@openssh.com") {
	case "ssh-ed25519", "sk-ssh-ed25519", "ssh-rsa", "rsa-sha2-256", "rsa-sha2-512", "ssh-dss",
		"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "sk-ecdsa-sha2-nistp256":
		return true
	}
	return false
}
