package sshkey

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
)

// line makes a line of a key of a type.
func line(typ string, n byte, comment string) string {
	parts := [][]byte{[]byte(typ), bytes.Repeat([]byte{n}, 32)}
	if typ == model.KeyEd25519SK {
		parts = append(parts, []byte("ssh:"))
	}
	var b []byte
	for _, s := range parts {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) //nolint:gosec // short
	}
	return strings.TrimSpace(typ + " " + base64.StdEncoding.EncodeToString(b) + " " + comment)
}

const (
	// Made for this test by ssh-keygen, and by ssh-keygen -s for the certificate.
	sample = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICetvgmBTSViANXs4Jw2hxXsVY43GvpREL7j6Ns5LBwr karin@laptop b"
	cert   = "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAILAYcJCXyAzlDHWGcz8toVr5+j0aUsvs8Ub3gjFUATVlAAAAICetvgmBTSViANXs4Jw2hxXsVY43GvpREL7j6Ns5LBwrAAAAAAAAAAAAAAABAAAAAmlkAAAACQAAAAVrYXJpbgAAAAAAAAAA//////////8AAAAAAAAAggAAABVwZXJtaXQtWDExLWZvcndhcmRpbmcAAAAAAAAAF3Blcm1pdC1hZ2VudC1mb3J3YXJkaW5nAAAAAAAAABZwZXJtaXQtcG9ydC1mb3J3YXJkaW5nAAAAAAAAAApwZXJtaXQtcHR5AAAAAAAAAA5wZXJtaXQtdXNlci1yYwAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACBAGuFLw4jIYX9flUNimGlUXm7TRXl+JoWMsJCOF5tAFQAAAFMAAAALc3NoLWVkMjU1MTkAAABAzCe8EiIGWKdOFJYMKHpb9Iq0aTBqc/QOYrqZ9DbCNLx9u1Nnvvy67PJFgChqSEP4gBALXbU4AaLgUQKQ1NNFCQ== karin@laptop b"
	ecc    = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDuFCIbMJX942ywas9qaIzxHp8WX2y1jwRNXU8cLmZ39iOeiY7pK0vPlXys+d+5i712FTxjJurLqA/GxYndmAek= x"
)

func TestParse(t *testing.T) {
	ed, sk := line(model.KeyEd25519, 1, "karin@laptop"), line(model.KeyEd25519SK, 2, "")
	for _, c := range []struct {
		name, text string
		comments   []string // of the keys that are read
		id         string   // or why none is
		at         int      // line that is named, 0 for none
	}{
		{"one", ed, []string{"karin@laptop"}, "", 0},
		{"of ssh-keygen", sample + "\n", []string{"karin@laptop b"}, "", 0},
		{"security key", sk, []string{""}, "", 0},
		{"several", "# of Karin\n\n" + ed + "\r\n\t\n" + sk + "\n", []string{"karin@laptop", ""}, "", 0},
		{"twice", ed + "\n" + line(model.KeyEd25519, 1, "again"), []string{"karin@laptop"}, "", 0},
		{"with a byte order mark", "\ufeff" + ed, []string{"karin@laptop"}, "", 0},
		{"with blanks around", "  " + ed + "  ", []string{"karin@laptop"}, "", 0},
		{"a comment of words", line(model.KeyEd25519, 1, "my ssh-rsa successor"), []string{"my ssh-rsa successor"}, "", 0},
		{"nothing", "", nil, "error.keyfile.empty", 0},
		{"comments alone", "# nothing\n\n", nil, "error.keyfile.empty", 0},
		{"words", "hello there", nil, "error.keyfile.unread", 1},
		{"binary", "\x00\x01\xff\xfe", nil, "error.keyfile.unread", 1},
		{"UTF-16", "\xff\xfes\x00s\x00h\x00", nil, "error.keyfile.unread", 1},
		{"the second is wrong", ed + "\n\nnonsense", nil, "error.keyfile.unread", 3},
		{"option", "restrict " + ed, nil, "error.keyfile.options", 1},
		{"options", `from="10.0.0.0/8",command="echo hi" ` + ed, nil, "error.keyfile.options", 1},
		{"broken options", `command="echo ` + ed, nil, "error.keyfile.options", 1},
		{"known host", "desk.example.org " + ed, nil, "error.keyfile.options", 1},
		{"authority", "@cert-authority * " + ed, nil, "error.keyfile.options", 1},
		{"certificate", cert, nil, "error.keyfile.certificate", 1},
		{"certificate behind a key", ed + "\n" + cert, nil, "error.keyfile.certificate", 2},
		{"rsa", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== x", nil, "error.key.type", 0},
		{"ecdsa", ecc, nil, "error.key.type", 0},
		{"ecdsa in a security key", "sk-ecdsa-sha2-nistp256@openssh.com AAAA x", nil, "error.key.type", 0},
		{"dsa", "ssh-dss AAAA", nil, "error.key.type", 0},
		{"type alone", "ssh-ed25519", nil, "error.keyfile.damaged", 1},
		{"cut off", ed[:50], nil, "error.keyfile.damaged", 1},
		{"broken in two", ed[:40] + " " + ed[40:], nil, "error.keyfile.damaged", 1},
		{"rsa that says ed25519", "ssh-ed25519 " + strings.TrimPrefix(ecc, "ecdsa-sha2-nistp256 "), nil, "error.keyfile.damaged", 1},
		{"sk that says ed25519", "ssh-ed25519 " + strings.Fields(sk)[1], nil, "error.keyfile.damaged", 1},
		{"two in a line", ed + " " + sk, nil, "error.keyfile.together", 0},
		{"private", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n", nil, "error.keyfile.private", 0},
		{"private of RSA", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", nil, "error.keyfile.private", 0},
		{"private, its middle", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE", nil, "error.keyfile.private", 0},
		{"private of PuTTY", "PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 2", nil, "error.keyfile.private", 0},
		{"private behind a key", ed + "\n-----BEGIN PRIVATE KEY-----\nMC4C", nil, "error.keyfile.private", 0},
		{"RFC 4716", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----", nil, "error.keyfile.form", 0},
		{"PEM", "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----", nil, "error.keyfile.form", 0},
		{"a book", strings.Repeat("#", MaxBytes+1), nil, "error.keyfile.large", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Parse([]byte(c.text))
			if c.id != "" {
				wantError(t, err, c.id, c.at)
				return
			}
			if err != nil || len(got) != len(c.comments) {
				t.Fatalf("%+v, %v", got, err)
			}
			for i, k := range got {
				if k.Comment != c.comments[i] {
					t.Errorf("comment %q", k.Comment)
				}
				if err := model.CheckAccessKey(k.Type, k.Public); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func wantError(t *testing.T, err error, id string, at int) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.ID != id || e.Hint == "" || e.Kind != model.KindInvalid {
		t.Fatalf("got %v, want %s with a hint", err, id)
	}
	if n, _ := e.Args["Line"].(int); n != at {
		t.Errorf("line %d, want %d", n, at)
	}
}

func TestOne(t *testing.T) {
	k, err := One(sample)
	if err != nil || k.Type != model.KeyEd25519 || model.KeyFingerprint(k.Public) != "SHA256:kjWaxlCEVUycWVWBXZuWow2Suhke3F95z9jI2NSu3BU" {
		t.Errorf("%+v, %v", k, err) // as ssh-keygen -l prints it
	}
	_, err = One(line(model.KeyEd25519, 1, "") + "\n" + line(model.KeyEd25519, 2, ""))
	wantError(t, err, "error.keyfile.together", 0)
}

func TestRead(t *testing.T) {
	if k, err := Read(strings.NewReader(sample)); err != nil || len(k) != 1 {
		t.Errorf("%+v, %v", k, err)
	}
	n := &counting{}
	_, err := Read(n)
	wantError(t, err, "error.keyfile.large", 0)
	if n.read > 2*MaxBytes {
		t.Errorf("%d bytes were read", n.read)
	}
	if _, err := Read(failing{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

// counting is a file without an end.
type counting struct{ read int }

func (c *counting) Read(p []byte) (int, error) {
	c.read += len(p)
	return len(p), nil
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// FuzzParse gives anything at all. Whatever is read as a key is one that may
// sign in and reads back as it is; an error holds nothing of what was given but
// a type.
func FuzzParse(f *testing.F) {
	for _, s := range []string{sample, cert, ecc, sample + "\n" + line(model.KeyEd25519SK, 3, "x"), `command="x" ` + sample, "# c\r\n" + sample,
		"-----BEGIN OPENSSH PRIVATE KEY-----\nsecret", "ssh-ed25519 AAAA", "\ufeff" + sample, "ssh-rsa AAAA x", "a\"b " + sample, "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		keys, err := Parse(raw)
		if err != nil {
			var e *model.Error
			if len(keys) > 0 || !errors.As(err, &e) {
				t.Fatalf("%d keys with %v", len(keys), err)
			}
			for name, v := range e.Args {
				if s, ok := v.(string); ok && (name != "Type" || !isType(s)) {
					t.Fatalf("the error repeats %s %q", name, s)
				}
			}
			return
		}
		if len(keys) == 0 || Private(string(raw)) {
			t.Fatalf("%d keys of %q", len(keys), raw)
		}
		seen := map[string]bool{}
		for _, k := range keys {
			pub, err := ssh.ParsePublicKey(k.Public)
			if err != nil || pub.Type() != k.Type || model.CheckAccessKey(k.Type, k.Public) != nil || seen[string(k.Public)] {
				t.Fatalf("%+v: %v", k, err)
			}
			if _, certificate := pub.(*ssh.Certificate); certificate {
				t.Fatal("a certificate")
			}
			seen[string(k.Public)] = true
			again, err := One(fmt.Sprintf("%s %s", k.Type, base64.StdEncoding.EncodeToString(k.Public)))
			if err != nil || !bytes.Equal(again.Public, k.Public) {
				t.Fatalf("%+v reads back as %+v: %v", k, again, err)
			}
		}
	})
}
