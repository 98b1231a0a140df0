package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// blob is a public key of Ed25519 in wire format.
func blob(n byte) []byte {
	var b []byte
	for _, s := range [][]byte{[]byte(model.KeyEd25519), bytes.Repeat([]byte{n}, 32)} {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) //nolint:gosec // short
	}
	return b
}

func addKey(person model.ID, n byte) model.AddAccessKey {
	return model.AddAccessKey{Person: person, Type: model.KeyEd25519, Public: blob(n), Comment: fmt.Sprint("key ", n)}
}

// wantActor checks whom a key lets in; id is the error when nobody.
func wantActor(t *testing.T, d *storetest.Desk, n byte, want model.ID, id string) {
	t.Helper()
	got, err := d.ActorByKey(blob(n))
	if id != "" {
		e := theError(t, err, model.KindNotAllowed, id)
		if e.Args["Fingerprint"] != model.KeyFingerprint(blob(n)) || e.Args["Admin"] != "Robin" || e.Hint == "" {
			t.Errorf("%+v", e)
		}
		return
	}
	if err != nil || got != model.Solo(want) {
		t.Errorf("key %d is %v, %v", n, got, err)
	}
}

func TestActorByKey(t *testing.T) {
	d := storetest.New(t)
	wantActor(t, d, 1, model.NoID, "error.key.stranger")
	k := d.Must(t, d.Admin, addKey(d.Agent, 1)).Made
	d.Must(t, d.Admin, addKey(d.Agent2, 2))
	d.Must(t, d.Admin, addKey(d.Agent, 3))
	wantActor(t, d, 1, d.Agent, "")
	wantActor(t, d, 2, d.Agent2, "")
	wantActor(t, d, 3, d.Agent, "")
	d.Must(t, d.Admin, model.RevokeAccessKey{Person: d.Agent, Key: k})
	wantActor(t, d, 1, model.NoID, "error.key.revoked")
	wantActor(t, d, 3, d.Agent, "")
	d.Must(t, d.Admin, model.RemovePerson{Person: d.Agent2})
	wantActor(t, d, 2, model.NoID, "error.key.stranger")
	if _, err := d.ActorByKey(nil); model.KindOf(err) != model.KindNotAllowed {
		t.Errorf("no key: %v", err)
	}
	if _, err := d.Do(context.Background(), model.Solo(d.Admin), addKey(d.Lead, 2)); model.KindOf(err) != model.KindInvalid {
		t.Errorf("the key of one who left: %v", err)
	}
}

// Who is no admin sees their own keys and no others.
func TestAccessKeysSeen(t *testing.T) {
	d := storetest.New(t)
	d.Must(t, d.Admin, addKey(d.Agent, 1))
	d.Must(t, d.Admin, addKey(d.Agent2, 2))
	d.Must(t, d.Admin, addKey(d.Agent2, 3))
	for _, c := range []struct {
		who, of model.ID
		want    int
		id      string
	}{
		{d.Admin, model.NoID, 3, ""},
		{d.Admin, d.Agent2, 2, ""},
		{d.Admin, d.Lead, 0, ""},
		{d.Lead, model.NoID, 0, ""},
		{d.Lead, d.Agent, 0, "error.not-allowed.keys"},
		{d.Agent, model.NoID, 1, ""},
		{d.Agent, d.Agent, 1, ""},
		{d.Agent, d.Agent2, 0, "error.not-allowed.keys"},
	} {
		got, err := d.As(model.Solo(c.who)).AccessKeys(c.of)
		if c.id != "" {
			wantError(t, err, model.KindNotAllowed, c.id)
		} else if err != nil {
			t.Error(err)
		}
		if len(got) != c.want {
			t.Errorf("%d keys, want %d", len(got), c.want)
		}
	}
	if _, err := d.As(model.Solo(model.ID{9})).AccessKeys(model.NoID); model.KindOf(err) != model.KindNotAllowed {
		t.Errorf("a stranger: %v", err)
	}
}

func TestUndoOfKeys(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	undo := func(who model.ID, rev model.Rev, redo bool, id string) model.Rev {
		t.Helper()
		r, err := d.Undo(ctx, model.Solo(who), rev, redo)
		var e *model.Error
		switch {
		case id == "" && err != nil:
			t.Fatal(err)
		case id != "" && (!errors.As(err, &e) || e.ID != id):
			t.Fatalf("got %v, want %s", err, id)
		}
		return r.Rev
	}
	// Taken back, the key is free; put back, it is the same again.
	rev := d.Must(t, d.Admin, addKey(d.Agent, 1)).Rev
	undo(d.Lead, rev, false, "error.not-allowed.role")
	undo(d.Admin, rev, false, "")
	wantActor(t, d, 1, model.NoID, "error.key.stranger")
	undo(d.Admin, 0, true, "")
	wantActor(t, d, 1, d.Agent, "")
	undo(d.Admin, 0, false, "")
	other := d.Must(t, d.Admin, addKey(d.Agent2, 1)) // somebody else has it now
	undo(d.Admin, other.Rev-1, true, "error.undo.changed-by")
	wantActor(t, d, 1, d.Agent2, "")

	// What was revoked since does not come back, by undo or by redo.
	d.Must(t, d.Admin, model.RevokeAccessKey{Person: d.Agent2, Key: other.Made})
	undo(d.Admin, other.Rev, false, "error.undo.key-revoked")
	revoke, err := d.As(model.Solo(d.Admin)).Journal(model.NoID, 0, 1)
	if err != nil || len(revoke) != 1 {
		t.Fatal(err)
	}
	undo(d.Admin, revoke[0].Rev, false, "error.undo.final")
	wantActor(t, d, 1, model.NoID, "error.key.revoked")

	// Somebody who leaves takes the keys along.
	rev = d.Must(t, d.Admin, addKey(d.Lead2, 5)).Rev
	gone := undo(d.Admin, rev, false, "")
	d.Must(t, d.Admin, model.RemovePerson{Person: d.Lead2})
	undo(d.Admin, gone, true, "error.person.unknown")

	// Adding somebody is not taken back from under keys.
	bo := d.Must(t, d.Admin, model.AddPerson{Person: "Bo", Role: model.RoleAgent})
	d.Must(t, d.Admin, addKey(bo.Made, 6))
	undo(d.Admin, bo.Rev, false, "error.undo.person-keys")
}

func TestUndoOfAccounts(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	add := d.Must(t, d.Admin, model.AddAccount{Person: d.Agent, UID: 77})
	if a, err := d.Actor(77, ""); err != nil || a.Person != d.Agent {
		t.Fatal(a, err)
	}
	if _, err := d.Undo(ctx, model.Solo(d.Admin), add.Rev, false); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Actor(77, ""); model.KindOf(err) != model.KindNotAllowed {
		t.Fatal(err)
	}
	d.Must(t, d.Admin, model.AddAccount{Person: d.Agent2, UID: 77})
	drop := d.Must(t, d.Admin, model.DropAccount{Person: d.Agent2, UID: 77})
	_, err := d.Undo(ctx, model.Solo(d.Admin), drop.Rev, false)
	wantError(t, err, model.KindNotAllowed, "error.undo.final")
	if _, err := d.Actor(77, ""); model.KindOf(err) != model.KindNotAllowed {
		t.Fatal(err)
	}
	// The only way in of an admin is not taken back either.
	d.Must(t, d.Admin, addKey(d.Admin, 1))
	second := d.Must(t, d.Admin, model.AddAccount{Person: d.Admin, UID: 5})
	key := d.Must(t, d.Admin, addKey(d.Admin, 2))
	for _, uid := range []int{1000} {
		d.Must(t, d.Admin, model.DropAccount{Person: d.Admin, UID: uid})
	}
	mine, err := d.As(model.Solo(d.Admin)).AccessKeys(d.Admin)
	if err != nil {
		t.Fatal(err)
	}
	d.Must(t, d.Admin, model.RevokeAccessKey{Person: d.Admin, Key: mine[0].ID})
	d.Must(t, d.Admin, model.DropAccount{Person: d.Admin, UID: 5})
	_, err = d.Undo(ctx, model.Solo(d.Admin), key.Rev, false)
	wantError(t, err, model.KindNotAllowed, "error.not-allowed.last-way")
	_, err = d.Undo(ctx, model.Solo(d.Admin), second.Rev, false)
	wantError(t, err, model.KindConflict, "error.undo.changed-by")
}

// Several keys at once are one change, and of two in one change the second sees
// the first.
func TestKeysAtOnce(t *testing.T) {
	d := storetest.New(t)
	ctx, admin := context.Background(), model.Solo(d.Admin)
	if _, err := d.DoAll(ctx, admin, []model.Action{addKey(d.Agent, 1), addKey(d.Agent2, 1)}); model.KindOf(err) != model.KindInvalid {
		t.Fatalf("one key for two: %v", err)
	}
	var all []model.Action
	for n := byte(0); n < model.MaxAccessKeys; n++ {
		all = append(all, addKey(d.Agent, n))
	}
	if _, err := d.DoAll(ctx, admin, append(all, addKey(d.Agent, 99))); model.KindOf(err) != model.KindInvalid {
		t.Fatalf("one too many: %v", err)
	}
	r, err := d.DoAll(ctx, admin, all)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(ctx, admin, r.Rev, false); err != nil {
		t.Fatal(err)
	}
	wantActor(t, d, 3, model.NoID, "error.key.stranger")
}

// Whatever is done with keys, a key lets in whom it was given last, unless it
// was revoked or its person left, and it never changes hands once revoked.
func TestKeysProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := storetest.New(t)
		ctx, admin := context.Background(), model.Solo(d.Admin)
		people := []model.ID{d.Admin, d.Lead, d.Agent, d.Agent2}
		owner, revoked, left := map[byte]model.ID{}, map[byte]bool{}, map[model.ID]bool{}
		ids := map[byte]model.ID{}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			n, p := byte(rapid.IntRange(0, 4).Draw(rt, "key")), rapid.SampledFrom(people).Draw(rt, "person") //nolint:gosec // small
			switch rapid.SampledFrom([]string{"add", "add", "revoke", "undo", "leave"}).Draw(rt, "what") {
			case "add":
				r, err := d.Do(ctx, admin, addKey(p, n))
				free := owner[n] == model.NoID && !left[p]
				if (err == nil) != free {
					rt.Fatalf("adding %d: %v", n, err)
				}
				if err == nil {
					owner[n], ids[n] = p, r.Made
				}
			case "revoke":
				if owner[n] == model.NoID {
					continue
				}
				_, err := d.Do(ctx, admin, model.RevokeAccessKey{Person: owner[n], Key: ids[n]})
				if (err == nil) != (!revoked[n]) {
					rt.Fatalf("revoking %d: %v", n, err)
				}
				revoked[n] = true
			case "undo":
				if owner[n] == model.NoID || revoked[n] {
					continue
				}
				lines, err := d.As(admin).Journal(model.NoID, 0, 1)
				if err != nil {
					rt.Fatal(err)
				}
				if lines[0].Message.Args["Fingerprint"] == model.KeyFingerprint(blob(n)) && lines[0].Action == model.ActAddKey {
					if _, err := d.Undo(ctx, admin, lines[0].Rev, false); err != nil {
						rt.Fatal(err)
					}
					delete(owner, n)
				}
			case "leave":
				if p == d.Admin || left[p] {
					continue
				}
				if _, err := d.Do(ctx, admin, model.RemovePerson{Person: p}); err != nil {
					rt.Fatal(err)
				}
				left[p] = true
				for k, o := range owner {
					revoked[k] = revoked[k] || o == p
				}
			}
			for k := byte(0); k <= 4; k++ {
				got, err := d.ActorByKey(blob(k))
				in := owner[k] != model.NoID && !revoked[k]
				if (err == nil) != in || in && got.Person != owner[k] {
					rt.Fatalf("key %d of %v lets in %v: %v", k, owner[k], got, err)
				}
			}
			d.Clock.Add(time.Second)
		}
	})
}

func BenchmarkActorByKey(b *testing.B) {
	d := storetest.New(b)
	for n := byte(0); n < model.MaxAccessKeys; n++ {
		if _, err := d.Do(context.Background(), model.Solo(d.Admin), addKey(d.Agent, n)); err != nil {
			b.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		key  []byte
	}{{"known", blob(7)}, {"stranger", blob(99)}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				_, _ = d.ActorByKey(c.key)
			}
		})
	}
}
