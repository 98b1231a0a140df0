package wire

import "golang.org/x/crypto/ssh"

// What is agreed on with a client. Everything here is named, so that a new release
// of the library adds nothing by itself. OpenSSH 7.4 and PuTTY 0.78 find a match.
var (
	// kexes are hybrid with ML-KEM first (draft-ietf-sshm-mlkem-hybrid-kex), which
	// keeps what is recorded today from being read later; then curve25519 (RFC 8731).
	kexes = []string{ssh.KeyExchangeMLKEM768X25519, ssh.KeyExchangeCurve25519}
	// ciphers are AES-GCM (RFC 5647), which leaves the length of a packet in the
	// clear: the line counts packets before the library reads them, see meter.
	ciphers = []string{ssh.CipherAES128GCM, ssh.CipherAES256GCM}
	// macs are never used with these ciphers, but must be agreed on by some clients.
	macs = []string{ssh.HMACSHA256ETM, ssh.HMACSHA512ETM}
	// keyKinds are the keys of people: Ed25519 (RFC 8709), in a file or on a
	// security key, where the library asks that somebody touched it.
	keyKinds = []string{ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519}
	// hostKinds are the keys of a server.
	hostKinds = []string{ssh.KeyAlgoED25519}
)

// version is what the server calls itself. It says no number: what runs here is
// nobody's business before they have signed in.
const version = "SSH-2.0-Pasvorm"
