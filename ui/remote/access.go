package remote

import (
	"context"
	"strconv"
	"time"

	"golang.org/x/crypto/ssh"

	"pasvorm/model"
	"pasvorm/ui/remote/wire"
)

// proof is what a line proved, so that it can be asked again whose it is.
type proof struct {
	key string // public key in wire format; "" for an account
	uid int
}

// who is the value of a wire identity.
type who struct {
	proof proof
	actor model.Actor
}

// ask finds out whose a proof is now.
func (s *Server) ask(p proof) (model.Actor, error) {
	if p.key != "" {
		return s.cfg.Host.Key([]byte(p.key))
	}
	return s.cfg.Host.Account(p.uid)
}

func (s *Server) byKey(_ context.Context, k ssh.PublicKey) (wire.Identity, error) {
	return s.identity(proof{key: string(k.Marshal())}, ssh.FingerprintSHA256(k))
}

func (s *Server) byAccount(_ context.Context, uid int) (wire.Identity, error) {
	return s.identity(proof{uid: uid}, "uid "+strconv.Itoa(uid))
}

func (s *Server) identity(p proof, name string) (wire.Identity, error) {
	actor, err := s.ask(p)
	if err != nil {
		return wire.Identity{}, err
	}
	return wire.Identity{Person: actor.Person.String(), Proof: name, Value: who{proof: p, actor: actor}}, nil
}

// withdrawn tells whether a proof no longer lets its person in. A book that gives
// no answer withdraws nothing: whatever is done then, it refuses itself.
func (s *Server) withdrawn(w who) bool {
	now, err := s.ask(w.proof)
	if err != nil {
		kind := model.KindOf(err)
		return kind == model.KindNotAllowed || kind == model.KindNotFound
	}
	return now != w.actor
}

// mostLate is the longest time between two looks: with it and [grace], and what
// the line takes to be cut, nobody who was shut out stays for more than five
// seconds.
const mostLate = 3 * time.Second

// guard ends the sessions of those who may no longer be here. It looks whenever
// the book changed, at once when the last look is [settings.Settings.Revoke] ago
// and else when it is, until ctx ends. What somebody may do is checked at every
// action and needs no look.
func (s *Server) guard(ctx context.Context) {
	woken, stop := s.cfg.Host.Watch()
	defer stop()
	calm := time.NewTimer(0)
	defer calm.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-calm.C:
		}
		select {
		case <-ctx.Done():
			return
		case <-woken:
		}
		s.inspect()
		calm.Reset(min(s.cfg.Settings.Revoke, mostLate))
	}
}

// inspect asks once for each proof that is here now.
func (s *Server) inspect() {
	gone := map[who]bool{}
	for _, x := range s.all() {
		out, asked := gone[x.who]
		if !asked {
			out = s.withdrawn(x.who)
			gone[x.who] = out
		}
		if out {
			x.end(errWithdrawn)
		}
	}
}
