package model

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Types of keys that may sign in: Ed25519 (RFC 8709), in a file or in a
// security key (PROTOCOL.u2f of OpenSSH).
const (
	KeyEd25519   = "ssh-ed25519"
	KeyEd25519SK = "sk-ssh-ed25519@openssh.com"
)

// Bounds of keys to sign in with.
const (
	MaxAccessKeys     = 20  // standing keys of one person
	maxKeyComment     = 200 // bytes
	maxKeyApplication = 255 // bytes
)

// CheckAccessKey checks a public key in SSH wire format: its type is one of
// those that may sign in, the key begins with that same type (RFC 4253 section
// 6.6), has the shape of it and nothing after. Ed25519 is 32 bytes (RFC 8709
// section 4); that of a security key is followed by its application.
func CheckAccessKey(typ string, public []byte) error {
	if typ != KeyEd25519 && typ != KeyEd25519SK {
		return Invalid("error.key.type", "Type", cleanLine(typ, 60)).WithHint("hint.key.make")
	}
	shape := func() error { return Invalid("error.key.shape").WithHint("hint.key.whole") }
	name, rest, ok := wireString(public)
	if !ok || string(name) != typ {
		return shape()
	}
	point, rest, ok := wireString(rest)
	if !ok || len(point) != 32 {
		return shape()
	}
	if typ == KeyEd25519SK {
		var app []byte
		if app, rest, ok = wireString(rest); !ok || len(app) == 0 || len(app) > maxKeyApplication {
			return shape()
		}
	}
	if len(rest) > 0 {
		return shape()
	}
	return nil
}

// wireString takes the first string off the wire format (RFC 4251 section 5).
func wireString(b []byte) (s, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	n := binary.BigEndian.Uint32(b)
	if uint64(n) > uint64(len(b)-4) {
		return nil, nil, false
	}
	return b[4 : 4+n], b[4+n:], true
}

// cleanLine makes one line of a text of at most limit bytes, without controls:
// a comment says whose computer a key is on, so a shorter one does as well.
func cleanLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	for len(s) > limit {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimSpace(s)
}

// AddAccessKey lets a person sign in over SSH with a key.
type AddAccessKey struct {
	Person  ID
	Type    string // [KeyEd25519] or [KeyEd25519SK]
	Public  []byte // SSH wire format
	Comment string // shortened where it is long
}

// Name is [ActAddKey].
func (AddAccessKey) Name() ActionName { return ActAddKey }

// Decide claims the key for the person. Nobody else can have it, and one that
// was revoked comes back for nobody.
func (a AddAccessKey) Decide(env *Env, r Reader) (*Change, error) {
	p, err := mustPerson(r, a.Person)
	if err != nil {
		return nil, err
	}
	if err := CheckAccessKey(a.Type, a.Public); err != nil {
		return nil, err
	}
	k := &AccessKey{ID: env.NewID(), Person: p.ID, Type: a.Type, Public: slices.Clone(a.Public), Comment: cleanLine(a.Comment, maxKeyComment),
		Added: env.Stamp(), By: env.Actor.Person}
	if err := keyIsFree(env, r, k); err != nil {
		return nil, err
	}
	if err := roomForKey(r, p); err != nil {
		return nil, err
	}
	ch := &Change{Message: Say("journal.key.add", "Person", p.Name, "Fingerprint", k.Fingerprint()), Made: k.ID}
	ch.Add(k)
	ch.Add(&Guard{Text: GuardText(SpaceKey, k.Fingerprint()), Owner: p.ID})
	return ch, nil
}

// keyIsFree refuses a key that somebody has or had.
func keyIsFree(env *Env, r Reader, k *AccessKey) error {
	old, err := FindAccessKey(r, k.Public)
	if err != nil || old == nil {
		return err
	}
	owner, err := ownerName(r, old.Person)
	if err != nil {
		return err
	}
	switch {
	case old.Revoked != 0:
		return Invalid("error.key.was-revoked", "Person", owner, "Date", string(DayOf(old.Revoked.Time().In(env.Now.Location())))).WithHint("hint.key.new")
	case old.Person == k.Person:
		return Invalid("error.key.have", "Person", owner)
	}
	return Invalid("error.key.taken", "Person", owner).WithHint("hint.key.own")
}

func ownerName(r Reader, id ID) (string, error) {
	p, err := knownPerson(r, id)
	if err != nil || p == nil {
		return "", err
	}
	return p.Name, nil
}

// FindAccessKey gives the record of a key in wire format, also of a revoked one;
// nil for a key that nobody ever had here.
func FindAccessKey(r Reader, public []byte) (*AccessKey, error) {
	g, err := Find[*Guard](r, GuardKey(SpaceKey, KeyFingerprint(public)))
	if err != nil || g == nil {
		return nil, err
	}
	all, err := keysOf(r, g.Owner)
	if err != nil {
		return nil, err
	}
	for _, k := range all {
		if bytes.Equal(k.Public, public) {
			return k, nil
		}
	}
	return nil, NewError(KindCorrupt, "error.corrupt.record", "Key", g.Key().String())
}

// keysOf gives all keys of a person, the revoked ones too, by when they came.
func keysOf(r Reader, person ID) ([]*AccessKey, error) {
	return FindAll[*AccessKey](r, AccessKeyKey(person, NoID))
}

func standingKeys(all []*AccessKey) int {
	n := 0
	for _, k := range all {
		if k.Revoked == 0 {
			n++
		}
	}
	return n
}

func roomForKey(r Reader, p *Person) error {
	all, err := keysOf(r, p.ID)
	if err != nil {
		return err
	}
	if standingKeys(all) >= MaxAccessKeys {
		return Invalid("error.key.many", "Person", p.Name, "Max", MaxAccessKeys).WithHint("hint.key.revoke")
	}
	return nil
}

// RevokeAccessKey ends a key for good.
type RevokeAccessKey struct {
	Person ID
	Key    ID
}

// Name is [ActRevokeKey].
func (RevokeAccessKey) Name() ActionName { return ActRevokeKey }

// Decide keeps the record and its claim, so that the key lets nobody in again.
// It cannot be undone: whoever found or stole the key must not come back by a
// key press.
func (a RevokeAccessKey) Decide(env *Env, r Reader) (*Change, error) {
	k, err := Find[*AccessKey](r, AccessKeyKey(a.Person, a.Key))
	switch {
	case err != nil:
		return nil, err
	case k == nil || a.Key == NoID:
		return nil, NotFound("error.key.gone").WithHint("hint.refresh")
	case k.Revoked != 0:
		return nil, Invalid("error.key.revoked-already")
	}
	p, err := mustPerson(r, a.Person)
	if err != nil {
		return nil, err
	}
	if err := keepWayIn(r, p, len(p.UIDs), k.ID); err != nil {
		return nil, err
	}
	ch := &Change{Message: Say("journal.key.revoke", "Person", p.Name, "Fingerprint", k.Fingerprint()), Made: k.ID, Final: true}
	revokeKey(env, ch, k)
	return ch, nil
}

func revokeKey(env *Env, ch *Change, k *AccessKey) {
	after := *k
	after.Revoked, after.RevokedBy = env.Stamp(), env.Actor.Person
	ch.Replace(k, &after)
}

// revokeAll revokes every standing key of somebody who leaves.
func revokeAll(env *Env, r Reader, ch *Change, person ID) error {
	all, err := keysOf(r, person)
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.Revoked == 0 {
			revokeKey(env, ch, k)
		}
	}
	return nil
}

// AddAccount lets a person work from an account of the operating system.
type AddAccount struct {
	Person ID
	UID    int
}

// Name is [ActAddAccount].
func (AddAccount) Name() ActionName { return ActAddAccount }

// Decide claims the account.
func (a AddAccount) Decide(_ *Env, r Reader) (*Change, error) {
	p, err := mustPerson(r, a.Person)
	if err != nil {
		return nil, err
	}
	uid := strconv.Itoa(a.UID)
	if a.UID < 0 {
		return nil, Invalid("error.uid", "Value", uid)
	}
	g, err := Find[*Guard](r, GuardKey(SpaceUID, uid))
	if err != nil {
		return nil, err
	}
	if g != nil {
		owner, err := ownerName(r, g.Owner)
		if err != nil {
			return nil, err
		}
		return nil, Invalid("error.account.taken", "Value", uid, "Person", owner)
	}
	after := *p
	after.UIDs = append(slices.Clone(p.UIDs), a.UID)
	ch := &Change{Message: Say("journal.account.add", "Person", p.Name, "Account", uid), Made: p.ID}
	ch.Replace(p, &after)
	ch.Add(&Guard{Text: GuardText(SpaceUID, uid), Owner: p.ID})
	return ch, nil
}

// DropAccount ends the way in from an account. The account is free for somebody
// else: an operating system gives its numbers out again.
type DropAccount struct {
	Person ID
	UID    int
}

// Name is [ActDropAccount].
func (DropAccount) Name() ActionName { return ActDropAccount }

// Decide frees the account. It cannot be undone, as a revoked key cannot.
func (a DropAccount) Decide(_ *Env, r Reader) (*Change, error) {
	p, err := mustPerson(r, a.Person)
	if err != nil {
		return nil, err
	}
	uid := strconv.Itoa(a.UID)
	if !slices.Contains(p.UIDs, a.UID) {
		return nil, NotFound("error.account.none", "Value", uid, "Person", p.Name)
	}
	if err := keepWayIn(r, p, len(p.UIDs)-1, NoID); err != nil {
		return nil, err
	}
	after := *p
	after.UIDs = slices.DeleteFunc(slices.Clone(p.UIDs), func(n int) bool { return n == a.UID })
	if len(after.UIDs) == 0 {
		after.UIDs = nil
	}
	ch := &Change{Message: Say("journal.account.drop", "Person", p.Name, "Account", uid), Made: p.ID, Final: true}
	ch.Replace(p, &after)
	g, err := Find[*Guard](r, GuardKey(SpaceUID, uid))
	if err != nil {
		return nil, err
	}
	if g != nil {
		ch.Remove(g)
	}
	return ch, nil
}

// keepWayIn refuses what would leave no admin with a way in: then nobody could
// let anybody in again. Of p, accounts are the accounts left and but is a key
// that goes.
func keepWayIn(r Reader, p *Person, accounts int, but ID) error {
	if p.Role != RoleAdmin {
		return nil
	}
	in, err := wayIn(r, p, accounts, but)
	if err != nil || in {
		return err
	}
	return otherWayIn(r, p)
}

// wayIn tells whether a person has accounts or a standing key other than but.
func wayIn(r Reader, p *Person, accounts int, but ID) (bool, error) {
	if accounts > 0 {
		return true, nil
	}
	all, err := keysOf(r, p.ID)
	return slices.ContainsFunc(all, func(k *AccessKey) bool { return k.Revoked == 0 && k.ID != but }), err
}

// otherWayIn refuses where no admin but p has a way in.
func otherWayIn(r Reader, p *Person) error {
	people, err := FindAll[*Person](r, TableKey(TablePerson, NoID))
	if err != nil {
		return err
	}
	for _, o := range people {
		if o.ID == p.ID || o.Gone || o.Role != RoleAdmin {
			continue
		}
		if in, err := wayIn(r, o, len(o.UIDs), NoID); err != nil || in {
			return err
		}
	}
	return NotAllowed("error.not-allowed.last-way").WithHint("hint.key.other-way")
}
