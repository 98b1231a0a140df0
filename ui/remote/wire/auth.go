package wire

import (
	"errors"
	"os"
	"slices"
	"time"

	"golang.org/x/crypto/ssh"
)

// proven is where the permissions of a connection hold its identity.
type proven struct{}

// mostWords is how many different refusals a connection explains.
const mostWords = 3

// settings are those of one connection. What it proves is kept with the very
// permissions that the library hands out for the proof: a key that was offered
// only leaves no trace there, nor does the name of a user, which nobody asks.
func (c *conn) settings() *ssh.ServerConfig {
	cfg := &ssh.ServerConfig{
		Config:                  ssh.Config{KeyExchanges: kexes, Ciphers: ciphers, MACs: macs},
		PublicKeyAuthAlgorithms: keyKinds,
		MaxAuthTries:            c.srv.lim.Tries,
		ServerVersion:           version,
		PreAuthConnCallback:     func(p ssh.ServerPreAuthConn) { c.door = p },
		AuthLogCallback:         c.attempted,
	}
	c.srv.signers(cfg)
	if c.way == Socket {
		cfg.NoClientAuth = true
		cfg.NoClientAuthCallback = func(ssh.ConnMetadata) (*ssh.Permissions, error) {
			id, err := c.srv.cfg.Peer(c.ctx, c.uid)
			if err != nil {
				return nil, c.refuse("account", "", err)
			}
			return c.permit(id), nil
		}
		return cfg
	}
	cfg.PublicKeyCallback = func(_ ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
		_, err := c.judge(k)
		return nil, err
	}
	cfg.VerifiedPublicKeyCallback = func(_ ssh.ConnMetadata, k ssh.PublicKey, _ *ssh.Permissions, _ string) (*ssh.Permissions, error) {
		id, err := c.judge(k)
		if err != nil {
			return nil, err
		}
		c.claimed = ""
		return c.permit(id), nil
	}
	return cfg
}

// permit lets somebody in. From here on the client hears that it has signed in,
// and may send what it likes.
func (c *conn) permit(id Identity) *ssh.Permissions {
	c.line.sign()
	return &ssh.Permissions{ExtraData: map[any]any{proven{}: id}}
}

// judge says whose a key is that was offered, and again when it was proven: it
// may have been withdrawn in between.
func (c *conn) judge(k ssh.PublicKey) (Identity, error) {
	print := ssh.FingerprintSHA256(k)
	if _, ok := k.(*ssh.Certificate); ok {
		return Identity{}, c.refuse("certificate", print, ErrCertificate)
	}
	if !slices.Contains(keyKinds, k.Type()) {
		return Identity{}, c.refuse("key-kind", print, ErrKeyKind)
	}
	id, err := c.srv.cfg.Key(c.ctx, k)
	if err != nil {
		return Identity{}, c.refuse("key", print, err)
	}
	if c.srv.waits(id.Person, c.source) {
		return Identity{}, c.refuse("penalty-account", print, ErrPenalty)
	}
	c.claimed = id.Person
	return id, nil
}

// refusal is an attempt that was refused here, and explained.
type refusal struct{ err error }

func (r *refusal) Error() string { return "refused" }
func (r *refusal) Unwrap() error { return r.err }

// refuse explains a refusal to the client, once for each key or, without a key,
// for each reason.
func (c *conn) refuse(why, print string, err error) error {
	c.tried = true
	if id := why + print; !slices.Contains(c.said, id) && len(c.said) < mostWords {
		c.said = append(c.said, id)
		c.srv.refused(why, c.from, "key", print)
		if text := sentence(c.srv.cfg.Word(err), "\r\n"); text != "" && c.door != nil {
			// Whoever does not hear it has gone.
			_ = c.door.SendAuthBanner(text)
		}
	}
	return &refusal{err}
}

// attempted sees every attempt that came to an end, also those that the library
// refused without asking: other methods, other kinds of keys.
func (c *conn) attempted(_ ssh.ConnMetadata, method string, err error) {
	var known *refusal
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, ssh.ErrNoAuth):
	case method == "publickey":
		_ = c.refuse("key-kind", "", ErrKeyKind)
	default:
		_ = c.refuse("method", "", ErrMethod)
	}
}

// outcome keeps account of how signing in ended. A client that only looks, and
// goes when it does not like what it sees, is not charged.
func (c *conn) outcome(id Identity, err error) {
	s, now := c.srv, time.Now()
	if c.way == Socket {
		return
	}
	if err == nil {
		s.penalties.forgive(c.source)
		s.home(id.Person, c.source)
		return
	}
	var turned *ssh.ServerAuthError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		s.refused("handshake", c.from)
		if c.line.heard.Load() > 0 {
			s.penalties.charge(c.source, now)
		}
	case errors.As(err, &turned), lost(err):
		if c.tried {
			s.penalties.charge(c.source, now)
		}
	default: // the library ended it: a bad signature, or no SSH at all
		s.penalties.charge(c.source, now)
		if c.claimed != "" {
			s.penalties.charge(account(c.claimed), now)
			s.refused("proof", c.from)
			return
		}
		s.refused("protocol", c.from)
	}
}

// account names the penalty of a person, which no source can be called.
func account(person string) string { return "person " + person }

// waits tells whether a person has to wait. Where they proved a key last they
// never do: nobody else can shut them out by offering their public key.
func (s *Server) waits(person, source string) bool {
	if !s.penalties.waits(account(person), time.Now()) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.homes[person] != source
}

// shared tells whether somebody proved a key at a source last. It does not wait
// then: on a jump host, where all have one address, a stranger would else shut out
// everybody. What it may have open before signing in is bounded all the same.
func (s *Server) shared(source string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, at := range s.homes {
		if at == source {
			return true
		}
	}
	return false
}

func (s *Server) home(person, source string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.homes[person] = source
}
