package wire

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// whoami says whom the server takes the client for.
func whoami(s *Session) int { _, _ = io.WriteString(s, s.Identity().Person); return 0 }

// command runs a command over a raw connection and gives what it said.
func (c *raw) command(t *testing.T, line string) string {
	t.Helper()
	_ = c.send(join(90, "session", uint32(0), uint32(1<<20), uint32(1<<15)))
	c.await(t, 91)
	_ = c.send(join(98, uint32(0), "exec", true, line))
	out := ""
	for {
		switch p := c.await(t, 94, 97, 100); p[0] {
		case 94:
			out += string(p[9:])
		case 97, 100:
			return out
		}
	}
}

// TestIdentityIsTheProvenKey tries what servers fell for: another name, or another
// key, before the one that is proven.
func TestIdentityIsTheProvenKey(t *testing.T) {
	w := serve(t, whoami, nil)
	stranger := newSigner(t)
	for name, before := range map[string]func(*raw) [][]byte{
		"plain":               func(*raw) [][]byte { return nil },
		"another name":        func(*raw) [][]byte { return [][]byte{offer("an", w.an.PublicKey())} },
		"name, then name":     func(*raw) [][]byte { return [][]byte{offer("root", w.an.PublicKey()), offer("bo", w.an.PublicKey())} },
		"a key of a stranger": func(*raw) [][]byte { return [][]byte{offer("an", stranger.PublicKey())} },
		"a stranger's proof":  func(c *raw) [][]byte { return [][]byte{c.signIn("an", stranger.PublicKey(), stranger)} },
		"none as another":     func(*raw) [][]byte { return [][]byte{join(50, "an", "ssh-connection", "none")} },
		"own, then another":   func(*raw) [][]byte { return [][]byte{offer("an", w.bo.PublicKey()), offer("an", w.an.PublicKey())} },
	} {
		for _, user := range []string{"an", "bo", "root", ""} {
			t.Run(name+" as "+user, func(t *testing.T) {
				c, err := newRaw(dial(t, w.addr, 1))
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range before(c) {
					_ = c.send(p)
					c.await(t, 51, 60)
				}
				_ = c.send(c.signIn(user, w.bo.PublicKey(), w.bo))
				c.await(t, 52)
				if got := c.command(t, "who"); got != "bo" {
					t.Errorf("the server takes bo for %q", got)
				}
			})
		}
	}
}

// TestUnprovenKey offers a key and proves it with another.
func TestUnprovenKey(t *testing.T) {
	w := serve(t, whoami, nil)
	if got, _, _ := w.enter(t, w.an).run(t, "who", nil); got != "an" { // from 127.0.0.1
		t.Fatal(got)
	}
	for _, from := range []byte{2, 3} {
		c, err := newRaw(dial(t, w.addr, from))
		if err != nil {
			t.Fatal(err)
		}
		if from == 2 {
			_ = c.send(offer("an", w.an.PublicKey()))
			c.await(t, 60)
		}
		_ = c.send(c.signIn("an", w.an.PublicKey(), w.bo))
		if p, err := c.recv(); from == 2 && err == nil {
			t.Fatalf("%d: %q", from, p)
		}
		_, _ = io.Copy(io.Discard, c)
	}
	if w.count("refused proof") == 0 {
		t.Error(w.counts)
	}
	// The account waits, except where An was last.
	c, err := login(dial(t, w.addr, 4), w.config(w.an))
	if err == nil || !strings.Contains(c.banner, ErrPenalty.Error()) {
		t.Errorf("%v %q", err, c.banner)
	}
	if got, _, _ := w.enter(t, w.an).run(t, "who", nil); got != "an" {
		t.Error(got)
	}
	if _, err := login(dial(t, w.addr, 2), w.config(w.bo)); err == nil {
		t.Error("the source of it need not wait")
	}
}

func TestOtherMethods(t *testing.T) {
	w := serve(t, whoami, nil)
	for from, auth := range map[byte][]ssh.AuthMethod{
		2: {ssh.Password("secret")},
		3: {ssh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) { return nil, nil })},
		4: nil,
	} {
		cfg := w.config()
		cfg.Auth = auth
		if _, err := login(dial(t, w.addr, from), cfg); err == nil {
			t.Errorf("%v let in", auth)
		}
	}
	for _, method := range []string{"none", "password", "keyboard-interactive", "hostbased", "gssapi-with-mic"} {
		c, err := newRaw(dial(t, w.addr, 5))
		if err != nil {
			t.Fatal(err)
		}
		_ = c.send(join(50, "an", "ssh-connection", method, false, "secret"))
		if method != "none" {
			if p := c.await(t, 53); !strings.Contains(string(p), ErrMethod.Error()) {
				t.Errorf("%s: %q", method, p)
			}
		}
		if p := c.await(t, 51); string(p) != string(join(51, "publickey", false)) {
			t.Errorf("%s: %q", method, p)
		}
		_ = c.Close()
		if method != "none" { // which is how clients ask what there is
			w.pardon(t, "127.0.0.5")
		}
	}
}

// TestCertificates are refused whoever signed them, also over a key that is known.
func TestCertificates(t *testing.T) {
	w := serve(t, whoami, nil)
	ca := newSigner(t)
	for name, signed := range map[string]ssh.Signer{"by itself": w.an, "by an authority": ca, "by nobody": nil} {
		t.Run(name, func(t *testing.T) {
			cert := &ssh.Certificate{Key: w.an.PublicKey(), CertType: ssh.UserCert, ValidPrincipals: []string{"an"}, ValidBefore: ssh.CertTimeInfinity,
				Permissions: ssh.Permissions{Extensions: map[string]string{"no-touch-required": ""}}, SignatureKey: ca.PublicKey(), Signature: &ssh.Signature{Format: "ssh-ed25519", Blob: make([]byte, 64)}}
			if signed != nil {
				if err := cert.SignCert(rand.Reader, signed); err != nil {
					t.Fatal(err)
				}
			}
			signer, err := ssh.NewCertSigner(cert, w.an)
			if err != nil {
				t.Fatal(err)
			}
			c, err := login(dial(t, w.addr, 2), w.config(signer))
			if err == nil {
				t.Fatal("let in")
			}
			if c.banner != ErrCertificate.Error()+"\r\n" {
				t.Errorf("%q", c.banner)
			}
			r, err := newRaw(dial(t, w.addr, 3))
			if err != nil {
				t.Fatal(err)
			}
			_ = r.send(r.signIn("an", cert, w.an))
			if p := r.await(t, 51, 52); p[0] != 51 {
				t.Error("let in with a proof at once")
			}
			_ = r.Close()
			w.pardon(t, "127.0.0.2")
			w.pardon(t, "127.0.0.3")
		})
	}
}

// TestRevoked withdraws a key before, during and after signing in.
func TestRevoked(t *testing.T) {
	w := serve(t, whoami, nil)
	c, err := newRaw(dial(t, w.addr, 1))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.send(offer("an", w.an.PublicKey()))
	c.await(t, 60)
	w.forget(w.an)
	_ = c.send(c.signIn("an", w.an.PublicKey(), w.an))
	if p := c.await(t, 53); !strings.Contains(string(p), errStranger.Error()) {
		t.Errorf("%q", p)
	}
	c.await(t, 51)
	b, err := login(dial(t, w.addr, 2), w.config(w.an))
	if err == nil || b.banner != errStranger.Error()+"\r\n" {
		t.Errorf("%v %q", err, b.banner)
	}
}

func TestOtherKindsOfKeys(t *testing.T) {
	w := serve(t, whoami, nil)
	priv, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ssh.NewSignerFromKey(priv)
	if err != nil {
		t.Fatal(err)
	}
	w.keys[string(k.PublicKey().Marshal())] = "an" // even if somebody wrote it down
	c, err := newRaw(dial(t, w.addr, 2))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.send(c.signIn("an", k.PublicKey(), k))
	if p := c.await(t, 53); !strings.Contains(string(p), ErrKeyKind.Error()) {
		t.Errorf("%q", p)
	}
	c.await(t, 51)
}

// securityKey is a key on a device (OpenSSH PROTOCOL.u2f) that may be told to
// forget to ask for a touch.
type securityKey struct {
	priv  ed25519.PrivateKey
	pub   ssh.PublicKey
	flags byte
}

func (k *securityKey) PublicKey() ssh.PublicKey { return k.pub }

func (k *securityKey) Sign(_ io.Reader, data []byte) (*ssh.Signature, error) {
	app, digest := sha256.Sum256([]byte("ssh:")), sha256.Sum256(data)
	blob := join(app[:], k.flags, uint32(1), digest[:])
	return &ssh.Signature{Format: ssh.KeyAlgoSKED25519, Blob: ed25519.Sign(k.priv, blob), Rest: binary.BigEndian.AppendUint32([]byte{k.flags}, 1)}, nil
}

func TestSecurityKeyWantsATouch(t *testing.T) {
	w := serve(t, whoami, nil)
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k := &securityKey{priv: priv}
	if k.pub, err = ssh.ParsePublicKey(join(ssh.KeyAlgoSKED25519, string(pub), "ssh:")); err != nil {
		t.Fatal(err)
	}
	w.keys[string(k.pub.Marshal())] = "cor"
	if c, err := login(dial(t, w.addr, 2), w.config(k)); err == nil {
		t.Error("let in without a touch", c)
	}
	until(t, "the proof charged", func() bool { return w.penalties.known(account("cor")) })
	k.flags = 1
	if _, err := login(dial(t, w.addr, 3), w.config(k)); err == nil {
		t.Error("the account need not wait after a bad proof")
	}
	w.pardon(t, account("cor"))
	w.pardon(t, "127.0.0.3")
	c, err := login(dial(t, w.addr, 3), w.config(k))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got, _, _ := c.run(t, "who", nil); got != "cor" {
		t.Error(got)
	}
}

// TestWordsForStrangers says a sentence once for each key, three times at most.
func TestWordsForStrangers(t *testing.T) {
	w := serve(t, whoami, nil)
	var keys []ssh.Signer
	for range 20 {
		keys = append(keys, newSigner(t))
	}
	c, err := login(dial(t, w.addr, 2), w.config(keys...))
	if err == nil {
		t.Fatal("let in")
	}
	if n := strings.Count(c.banner, errStranger.Error()); n != 3 {
		t.Errorf("said %d times", n)
	}
	if n := len(w.asked); n > DefaultLimits().Tries {
		t.Errorf("%d keys looked at", n)
	}
	// One that is known among them is found, and nobody waits for trying.
	w.pardon(t, "127.0.0.2")
	c, err = login(dial(t, w.addr, 2), w.config(keys[0], keys[1], w.bo))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if w.penalties.known("127.0.0.2") {
		t.Error("charged for a key beside the right one")
	}
}

// TestPackets sends more than signing in takes.
func TestPackets(t *testing.T) {
	w := serve(t, whoami, nil)
	c, err := newRaw(dial(t, w.addr, 2))
	if err != nil {
		t.Fatal(err)
	}
	var sent int
	for sent < 200 {
		if c.send(offer("an", w.an.PublicKey())) != nil {
			break
		}
		if _, err := c.recv(); err != nil {
			break
		}
		sent++
	}
	if sent > mostPackets {
		t.Errorf("%d offers were answered", sent)
	}
}
