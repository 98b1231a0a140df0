package model

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// wire joins strings as SSH writes them.
func wire(parts ...string) []byte {
	var b []byte
	for _, s := range parts {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) //nolint:gosec // short
	}
	return b
}

func ed(n byte) []byte { return wire(KeyEd25519, strings.Repeat(string(rune(n)), 32)) }

// has gives a book the records of keys, as adding them leaves it.
func (m memory) has(keys ...*AccessKey) memory {
	for _, k := range keys {
		m = m.with(k, &Guard{Text: GuardText(SpaceKey, k.Fingerprint()), Owner: k.Person})
	}
	return m
}

func keyOf(person ID, n byte) *AccessKey {
	return &AccessKey{ID: idOf(200 + n), Person: person, Type: KeyEd25519, Public: ed(n), Added: StampOf(tuesday)}
}

func TestCheckAccessKey(t *testing.T) {
	point := strings.Repeat("p", 32)
	for _, c := range []struct {
		name, typ string
		public    []byte
		id        string
	}{
		{"ed25519", KeyEd25519, wire(KeyEd25519, point), ""},
		{"security key", KeyEd25519SK, wire(KeyEd25519SK, point, "ssh:"), ""},
		{"rsa", "ssh-rsa", wire("ssh-rsa", "e", "n"), "error.key.type"},
		{"no type", "", wire(KeyEd25519, point), "error.key.type"},
		{"certificate", "ssh-ed25519-cert-v01@openssh.com", wire("ssh-ed25519-cert-v01@openssh.com", point), "error.key.type"},
		{"of another type than it says", KeyEd25519, wire(KeyEd25519SK, point, "ssh:"), "error.key.shape"},
		{"rsa that says ed25519", KeyEd25519, wire("ssh-rsa", point), "error.key.shape"},
		{"empty", KeyEd25519, nil, "error.key.shape"},
		{"type alone", KeyEd25519, wire(KeyEd25519), "error.key.shape"},
		{"short point", KeyEd25519, wire(KeyEd25519, point[1:]), "error.key.shape"},
		{"long point", KeyEd25519, wire(KeyEd25519, point+"p"), "error.key.shape"},
		{"more after", KeyEd25519, wire(KeyEd25519, point, ""), "error.key.shape"},
		{"a byte after", KeyEd25519, append(wire(KeyEd25519, point), 0), "error.key.shape"},
		{"cut off", KeyEd25519, wire(KeyEd25519, point)[:40], "error.key.shape"},
		{"length beyond the end", KeyEd25519, append(wire(KeyEd25519), 0xff, 0xff, 0xff, 0xff), "error.key.shape"},
		{"security key without application", KeyEd25519SK, wire(KeyEd25519SK, point), "error.key.shape"},
		{"security key with an empty application", KeyEd25519SK, wire(KeyEd25519SK, point, ""), "error.key.shape"},
		{"security key with a book", KeyEd25519SK, wire(KeyEd25519SK, point, strings.Repeat("a", 256)), "error.key.shape"},
		{"security key and more", KeyEd25519SK, append(wire(KeyEd25519SK, point, "ssh:"), 1), "error.key.shape"},
	} {
		t.Run(c.name, func(t *testing.T) { wantRefusal(t, CheckAccessKey(c.typ, c.public), c.id) })
	}
}

// A key is taken as it is alone: with any byte more, less or otherwise in its
// frame it is another key or none.
func TestCheckAccessKeyProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		point := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "point")
		typ, parts := KeyEd25519, []string{KeyEd25519, string(point)}
		if rapid.Bool().Draw(t, "sk") {
			typ = KeyEd25519SK
			parts = []string{typ, string(point), rapid.StringN(1, 60, 255).Draw(t, "app")}
		}
		b := wire(parts...)
		if err := CheckAccessKey(typ, b); err != nil {
			t.Fatal(err)
		}
		if n := rapid.IntRange(0, len(b)-1).Draw(t, "cut"); CheckAccessKey(typ, b[:n]) == nil {
			t.Fatalf("cut to %d of %d bytes it passes", n, len(b))
		}
		if CheckAccessKey(typ, append(slices.Clone(b), rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "more")...)) == nil {
			t.Fatal("with more behind it passes")
		}
		if other := rapid.SliceOf(rapid.Byte()).Draw(t, "other"); CheckAccessKey(typ, other) == nil {
			name, _, _ := wireString(other)
			if string(name) != typ {
				t.Fatalf("%q passes", other)
			}
		}
	})
}

func TestKeyComment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		out := cleanLine(in, maxKeyComment)
		if len(out) > maxKeyComment || !utf8.ValidString(out) || strings.TrimSpace(out) != out || strings.ContainsFunc(out, unicode.IsControl) {
			t.Fatalf("%q became %q", in, out)
		}
		if again := cleanLine(out, maxKeyComment); again != out {
			t.Fatalf("%q becomes %q the second time", out, again)
		}
	})
	for _, c := range [][2]string{{"karin@laptop", "karin@laptop"}, {" a\tb\r\n", "a b"}, {"a\x1b[31mb\x00", "a [31mb"}, {"\xffok", "ok"}} {
		in, want := c[0], c[1]
		if got := cleanLine(in, maxKeyComment); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestAddAccessKey(t *testing.T) {
	revoked := keyOf(sam, 3)
	revoked.Revoked = StampOf(tuesday)
	m := desk(&Person{ID: idOf(6), Name: "Bo", Role: RoleAgent, Gone: true}).has(keyOf(karin, 1), keyOf(sam, 2), revoked)
	full := m
	for n := byte(0); n < MaxAccessKeys-1; n++ {
		full = full.has(keyOf(karin, 20+n))
	}
	for _, c := range []struct {
		name string
		m    memory
		a    AddAccessKey
		id   string
	}{
		{"new", m, AddAccessKey{karin, KeyEd25519, ed(9), "x"}, ""},
		{"nobody", m, AddAccessKey{idOf(99), KeyEd25519, ed(9), ""}, "error.person.unknown"},
		{"somebody who left", m, AddAccessKey{idOf(6), KeyEd25519, ed(9), ""}, "error.person.unknown"},
		{"rsa", m, AddAccessKey{karin, "ssh-rsa", ed(9), ""}, "error.key.type"},
		{"broken", m, AddAccessKey{karin, KeyEd25519, ed(9)[1:], ""}, "error.key.shape"},
		{"has it already", m, AddAccessKey{karin, KeyEd25519, ed(1), ""}, "error.key.have"},
		{"somebody else's", m, AddAccessKey{karin, KeyEd25519, ed(2), ""}, "error.key.taken"},
		{"revoked, of the same", m, AddAccessKey{sam, KeyEd25519, ed(3), ""}, "error.key.was-revoked"},
		{"revoked, of another", m, AddAccessKey{karin, KeyEd25519, ed(3), ""}, "error.key.was-revoked"},
		{"one too many", full, AddAccessKey{karin, KeyEd25519, ed(9), ""}, "error.key.many"},
		{"room for others", full, AddAccessKey{sam, KeyEd25519, ed(9), ""}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(robin, RoleAdmin), c.m)
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			k, _ := ch.Puts[0].After.(*AccessKey)
			g, _ := ch.Puts[1].After.(*Guard)
			if ch.Final || k.ID != ch.Made || k.Person != c.a.Person || !bytes.Equal(k.Public, c.a.Public) || k.By != robin || k.Added == 0 ||
				g.Owner != c.a.Person || g.Text != "key:"+k.Fingerprint() {
				t.Errorf("%+v %+v", k, g)
			}
		})
	}
	var e *Error
	if _, err := (AddAccessKey{karin, KeyEd25519, ed(2), ""}).Decide(envOf(robin, RoleAdmin), m); !errors.As(err, &e) || e.Args["Person"] != "Sam" {
		t.Errorf("who has it is not named: %+v", e)
	}
	if _, err := (AddAccessKey{karin, KeyEd25519, ed(3), ""}).Decide(envOf(robin, RoleAdmin), m); !errors.As(err, &e) || e.Args["Date"] != "2026-11-24" || e.Hint != "hint.key.new" {
		t.Errorf("when it was revoked is not said: %+v", e)
	}
}

func TestRevokeAccessKey(t *testing.T) {
	revoked := keyOf(karin, 2)
	revoked.Revoked = StampOf(tuesday)
	m := desk().has(keyOf(karin, 1), revoked, keyOf(robin, 4))
	for _, c := range []struct {
		name string
		m    memory
		a    RevokeAccessKey
		id   string
	}{
		{"standing", m, RevokeAccessKey{karin, idOf(201)}, ""},
		{"twice", m, RevokeAccessKey{karin, idOf(202)}, "error.key.revoked-already"},
		{"of another", m, RevokeAccessKey{sam, idOf(201)}, "error.key.gone"},
		{"none", m, RevokeAccessKey{karin, NoID}, "error.key.gone"},
		{"last way in of the last admin", m, RevokeAccessKey{robin, idOf(204)}, "error.not-allowed.last-way"},
		{"the admin has an account", m.with(&Person{ID: robin, Name: "Robin", Role: RoleAdmin, UIDs: []int{0}}), RevokeAccessKey{robin, idOf(204)}, ""},
		{"the admin has another key", m.has(keyOf(robin, 5)), RevokeAccessKey{robin, idOf(204)}, ""},
		{"another admin has a key", m.with(&Person{ID: anna, Name: "Anna", Role: RoleAdmin}).has(keyOf(anna, 5)), RevokeAccessKey{robin, idOf(204)}, ""},
		{"another admin has none", m.with(&Person{ID: anna, Name: "Anna", Role: RoleAdmin}), RevokeAccessKey{robin, idOf(204)}, "error.not-allowed.last-way"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(robin, RoleAdmin), c.m)
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			after, _ := ch.Puts[0].After.(*AccessKey)
			before, _ := ch.Puts[0].Before.(*AccessKey)
			if !ch.Final || len(ch.Puts) != 1 || after.Revoked == 0 || after.RevokedBy != robin || before.Revoked != 0 {
				t.Errorf("%+v", ch)
			}
		})
	}
}

func TestAccounts(t *testing.T) {
	m := desk(&Person{ID: robin, Name: "Robin", Role: RoleAdmin, UIDs: []int{0}}, &Guard{Text: GuardText(SpaceUID, "0"), Owner: robin},
		&Person{ID: karin, Name: "Karin", Role: RoleAgent, UIDs: []int{7, 8}},
		&Guard{Text: GuardText(SpaceUID, "7"), Owner: karin}, &Guard{Text: GuardText(SpaceUID, "8"), Owner: karin})
	for _, c := range []struct {
		name string
		m    memory
		a    Action
		id   string
		left []int
	}{
		{"add", m, AddAccount{karin, 9}, "", []int{7, 8, 9}},
		{"add a first", m, AddAccount{sam, 9}, "", []int{9}},
		{"add below nothing", m, AddAccount{sam, -1}, "error.uid", nil},
		{"add somebody else's", m, AddAccount{sam, 7}, "error.account.taken", nil},
		{"add one's own", m, AddAccount{karin, 7}, "error.account.taken", nil},
		{"add for nobody", m, AddAccount{idOf(99), 9}, "error.person.unknown", nil},
		{"drop", m, DropAccount{karin, 7}, "", []int{8}},
		{"drop what there is not", m, DropAccount{karin, 9}, "error.account.none", nil},
		{"drop another's", m, DropAccount{sam, 7}, "error.account.none", nil},
		{"drop the admin's last", m, DropAccount{robin, 0}, "error.not-allowed.last-way", nil},
		{"drop it with a key left", m.has(keyOf(robin, 1)), DropAccount{robin, 0}, "", nil},
		{"drop for nobody", m, DropAccount{idOf(99), 9}, "error.person.unknown", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(robin, RoleAdmin), c.m)
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			after, _ := ch.Puts[0].After.(*Person)
			_, drop := c.a.(DropAccount)
			if !slices.Equal(after.UIDs, c.left) || ch.Final != drop || len(ch.Puts) != 2 || (ch.Puts[1].After == nil) != drop {
				t.Errorf("%+v of %+v", ch, after)
			}
			if before, _ := ch.Puts[0].Before.(*Person); len(before.UIDs) == len(after.UIDs) {
				t.Error("the record before changed with the one after")
			}
		})
	}
}

// Who leaves has no key left, and an admin with the only way in stays.
func TestRemovePersonRevokes(t *testing.T) {
	old := keyOf(karin, 1)
	old.Revoked = 5
	m := desk().has(old, keyOf(karin, 2), keyOf(karin, 3), keyOf(sam, 4))
	ch, err := RemovePerson{karin}.Decide(envOf(robin, RoleAdmin), m)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range ch.Puts {
		if k, ok := p.After.(*AccessKey); ok {
			n++
			if k.Person != karin || k.Revoked != StampOf(tuesday) || k.RevokedBy != robin {
				t.Errorf("%+v", k)
			}
		}
	}
	if n != 2 || !ch.Final {
		t.Errorf("%d keys revoked, final %v", n, ch.Final)
	}
	two := desk(&Person{ID: anna, Name: "Anna", Role: RoleAdmin}).has(keyOf(robin, 1))
	for _, a := range []Action{RemovePerson{robin}, SetRole{robin, RoleLead}} {
		_, err = a.Decide(envOf(robin, RoleAdmin), two)
		wantRefusal(t, err, "error.not-allowed.last-way")
	}
	_, err = RemovePerson{anna}.Decide(envOf(robin, RoleAdmin), two)
	wantRefusal(t, err, "")
}
