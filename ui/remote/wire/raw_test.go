package wire

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// raw is a client that keeps to nothing but the sealing of packets (RFC 4253, RFC
// 8731, RFC 5647): it says whatever it is told to, in whatever order.
type raw struct {
	net.Conn
	r       *bufio.Reader
	in, out cipher.AEAD
	ivIn    [12]byte
	ivOut   [12]byte
	session []byte
	hold    bool // packets wait for flush, to arrive all at once
	held    []byte
}

func str(s string) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(s))), s...) }

func join(parts ...any) (out []byte) {
	for _, p := range parts {
		switch p := p.(type) {
		case byte:
			out = append(out, p)
		case int:
			out = append(out, byte(p))
		case uint32:
			out = binary.BigEndian.AppendUint32(out, p)
		case bool:
			if p {
				out = append(out, 1)
			} else {
				out = append(out, 0)
			}
		case string:
			out = append(out, str(p)...)
		case []byte:
			out = append(out, p...)
		default:
			panic(p)
		}
	}
	return out
}

func mpint(b []byte) []byte {
	b = new(big.Int).SetBytes(b).Bytes()
	if len(b) > 0 && b[0]&0x80 != 0 {
		b = append([]byte{0}, b...)
	}
	return str(string(b))
}

// newRaw exchanges keys over a connection and asks to sign in.
func newRaw(nc net.Conn) (*raw, error) { return newRawWith(nc, "ssh-userauth", 0) }

// newRawWith asks for a service, and sends more packets in the same breath.
func newRawWith(nc net.Conn, service string, more int) (*raw, error) {
	c := &raw{Conn: nc, r: bufio.NewReader(nc)}
	const mine = "SSH-2.0-raw"
	if _, err := io.WriteString(nc, mine+"\r\n"); err != nil {
		return nil, err
	}
	theirs, err := c.r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	theirs = strings.TrimRight(theirs, "\r\n")
	init := join(20, make([]byte, 16), ssh.KeyExchangeCurve25519, "ssh-ed25519", ssh.CipherAES128GCM, ssh.CipherAES128GCM,
		ssh.HMACSHA256ETM, ssh.HMACSHA256ETM, "none", "none", "", "", false, uint32(0))
	priv, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := c.send(init); err != nil {
		return nil, err
	}
	if err := c.send(join(30, string(priv.PublicKey().Bytes()))); err != nil {
		return nil, err
	}
	initS, err := c.recv()
	if err != nil {
		return nil, err
	}
	reply, err := c.recv()
	if err != nil {
		return nil, err
	}
	var m struct{ Host, Q, Sig []byte }
	if err := ssh.Unmarshal(reply[1:], &m); err != nil {
		return nil, err
	}
	pub, err := ecdh.X25519().NewPublicKey(m.Q)
	if err != nil {
		return nil, err
	}
	secret, err := priv.ECDH(pub)
	if err != nil {
		return nil, err
	}
	k := mpint(secret)
	h := sha256.Sum256(join(mine, theirs, string(init), string(initS), string(m.Host), string(priv.PublicKey().Bytes()), string(m.Q), k))
	c.session = h[:]
	derive := func(x byte) []byte { d := sha256.Sum256(join(k, h[:], x, h[:])); return d[:] }
	if err := c.send([]byte{21}); err != nil {
		return nil, err
	}
	if _, err := c.recv(); err != nil {
		return nil, err
	}
	copy(c.ivOut[:], derive('A'))
	copy(c.ivIn[:], derive('B'))
	c.out, c.in = gcm(derive('C')[:16]), gcm(derive('D')[:16])
	c.hold = true
	_ = c.send(join(5, service))
	for range more {
		_ = c.send(join(50, "x", "ssh-connection", "none"))
	}
	c.hold = false
	return c, c.flush()
}

func gcm(key []byte) cipher.AEAD {
	b, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	g, err := cipher.NewGCM(b)
	if err != nil {
		panic(err)
	}
	return g
}

func turn(iv *[12]byte) {
	binary.BigEndian.PutUint64(iv[4:], binary.BigEndian.Uint64(iv[4:])+1)
}

// send sends one packet.
func (c *raw) send(payload []byte) error {
	block, head := 8, 5
	if c.out != nil {
		block, head = 16, 1
	}
	pad := block - (head+len(payload))%block
	if pad < 4 {
		pad += block
	}
	body := join(pad, payload, make([]byte, pad))
	packet := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	if c.out == nil {
		packet = append(packet, body...)
	} else {
		packet = c.out.Seal(packet, c.ivOut[:], body, packet)
		turn(&c.ivOut)
	}
	if c.hold {
		c.held = append(c.held, packet...)
		return nil
	}
	_, err := c.Write(packet)
	return err
}

func (c *raw) flush() error {
	_, err := c.Write(c.held)
	c.held = nil
	return err
}

// recv takes one packet.
func (c *raw) recv() ([]byte, error) {
	var n [4]byte
	if _, err := io.ReadFull(c.r, n[:]); err != nil {
		return nil, err
	}
	body := make([]byte, binary.BigEndian.Uint32(n[:]))
	if c.in != nil {
		body = append(body, make([]byte, 16)...)
	}
	if _, err := io.ReadFull(c.r, body); err != nil {
		return nil, err
	}
	if c.in != nil {
		var err error
		if body, err = c.in.Open(body[:0], c.ivIn[:], body, n[:]); err != nil {
			return nil, err
		}
		turn(&c.ivIn)
	}
	return body[1 : len(body)-int(body[0])], nil
}

// signIn gives a request to sign in with a key, proven by another: the same for
// what is right.
func (c *raw) signIn(user string, offered ssh.PublicKey, by ssh.Signer) []byte {
	req := join(50, user, "ssh-connection", "publickey", true, offered.Type(), string(offered.Marshal()))
	sig, err := by.Sign(rand.Reader, join(string(c.session), req))
	if err != nil {
		panic(err)
	}
	return join(req, string(ssh.Marshal(sig)))
}

// offer gives a request that asks whether a key would do.
func offer(user string, k ssh.PublicKey) []byte {
	return join(50, user, "ssh-connection", "publickey", false, k.Type(), string(k.Marshal()))
}

// await takes packets until one of a kind, and gives it.
func (c *raw) await(t testing.TB, kinds ...byte) []byte {
	t.Helper()
	for {
		p, err := c.recv()
		if err != nil {
			t.Fatalf("in vain for %v: %v", kinds, err)
		}
		for _, k := range kinds {
			if p[0] == k {
				return p
			}
		}
	}
}

// rawIn is a raw client that signed in.
func (w *world) rawIn(t testing.TB, k ssh.Signer) *raw {
	t.Helper()
	c, err := newRaw(dial(t, w.addr, 1))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.send(c.signIn("x", k.PublicKey(), k)); err != nil {
		t.Fatal(err)
	}
	c.await(t, 52)
	return c
}
