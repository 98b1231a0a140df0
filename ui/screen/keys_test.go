package screen

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// keyBlob makes a public key in wire format.
func keyBlob(typ string, n byte) []byte {
	var b []byte
	put := func(s []byte) { b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) } //nolint:gosec // short
	put([]byte(typ))
	put(bytes.Repeat([]byte{n}, 32))
	if typ == model.KeyEd25519SK {
		put([]byte("ssh:"))
	}
	return b
}

func keyLine(typ string, n byte, comment string) string {
	return typ + " " + base64.StdEncoding.EncodeToString(keyBlob(typ, n)) + " " + comment
}

func addKey(person model.ID, typ string, n byte, comment string) model.AddAccessKey {
	return model.AddAccessKey{Person: person, Type: typ, Public: keyBlob(typ, n), Comment: comment}
}

func (b *fitBench) standing(person model.ID) (out []string) {
	b.t.Helper()
	all, err := b.As(model.Solo(b.Admin)).AccessKeys(person)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, k := range all {
		if k.Revoked == 0 {
			out = append(out, k.Comment)
		}
	}
	return out
}

func TestKeysScreen(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		d := b.open(b.Admin, lang, w, h, KindKeys, b.Agent)
		d.Golden("keys_empty" + name)
		d.Key("a")
		d.Paste(keyLine(model.KeyEd25519, 1, "karin@laptop") + "\n")
		d.Golden("keys_add" + name)
		d.Key("enter")
		if got := b.standing(b.Agent); len(got) != 1 || got[0] != "karin@laptop" {
			t.Fatalf("added %q", got)
		}
		b.Clock.Add(48 * time.Hour)
		b.Must(t, b.Admin, addKey(b.Agent, model.KeyEd25519SK, 2, "yubikey at the desk"))
		old := b.Must(t, b.Admin, addKey(b.Agent, model.KeyEd25519, 3, "lost phone")).Made
		b.Must(t, b.Admin, model.RevokeAccessKey{Person: b.Agent, Key: old})
		d = b.open(b.Admin, lang, w, h, KindKeys, b.Agent)
		d.Golden("keys" + name)
		d.Key("d")
		d.Golden("keys_revoke" + name)
		d.Key("enter") // nothing typed: nothing done
		d.Type("karin")
		d.Key("enter")
		if got := b.standing(b.Agent); len(got) != 1 || got[0] != "yubikey at the desk" {
			t.Fatalf("left %q", got)
		}
		d.Keys("g", "j", "d") // the account
		d.Golden("keys_drop" + name)
		d.Type("Karin")
		d.Key("enter")
		d.Key("n")
		d.Type("twelve")
		d.Key("enter")
		d.Golden("keys_account" + name)
		for range 6 {
			d.Key("backspace")
		}
		d.Type("1001")
		d.Key("enter") // Anna's
		d.Contains("Anna")
		for range 4 {
			d.Key("backspace")
		}
		d.Type("3003")
		d.Key("enter")
		d.Contains("3003")
		people, err := b.As(model.Solo(b.Admin)).People()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range people {
			if p.ID == b.Agent && (len(p.UIDs) != 1 || p.UIDs[0] != 3003) {
				t.Errorf("accounts %v", p.UIDs)
			}
		}
		d.Key("G")
		d.Key("d") // revoked already
		d.Golden("keys_after" + name)
	})
}

// What is no key that may sign in is said under the field, and nothing of a
// private key is shown or kept.
func TestKeysRefused(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	b.Must(t, b.Admin, addKey(b.Lead, model.KeyEd25519, 7, "anna"))
	d := b.open(b.Admin, "en", 80, 24, KindKeys, b.Agent)
	d.Key("a")
	secret := "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n-----END OPENSSH PRIVATE KEY-----\n"
	d.Paste(secret)
	d.Contains("private key")
	if s := d.Screen(); strings.Contains(s, "BEGIN") || strings.Contains(s, "b3Blb") {
		t.Fatalf("the private key is shown:\n%s", s)
	}
	d.Golden("keys_private_en_80")
	d.Type("-----BEGIN OPENSSH PRIVATE KEY-----") // a terminal that does not say that it pastes
	d.Key("enter")
	if s := d.Screen(); strings.Contains(s, "BEGIN") {
		t.Fatalf("the private key is shown:\n%s", s)
	}
	for _, c := range []struct{ text, says string }{
		{"ssh-rsa AAAAB3NzaC1yc2E= old", "ssh-keygen -t ed25519"},
		{`command="sh" ` + keyLine(model.KeyEd25519, 1, ""), "options"},
		{strings.Replace(keyLine(model.KeyEd25519, 1, "x"), "ssh-ed25519 AAAA", "ssh-ed25519 AAAA AAAA", 1), "not whole"},
		{keyLine(model.KeyEd25519, 1, "x") + "\n" + keyLine(model.KeyEd25519, 2, "y"), "more than one key"},
		{keyLine(model.KeyEd25519, 7, "x"), "belongs to Anna"},
	} {
		d.Keys("esc", "a")
		d.Paste(c.text)
		d.Key("enter")
		d.Contains(c.says)
	}
	d.Key("esc")
	if got := b.standing(b.Agent); len(got) != 0 {
		t.Errorf("added %q", got)
	}
	if draft, err := b.As(model.Solo(b.Admin)).Draft("keys/new"); err != nil || draft != nil {
		t.Errorf("a draft %v, %v", draft, err)
	}
}

func TestKeysOfOneself(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	b.Must(t, b.Admin, addKey(b.Agent, model.KeyEd25519, 1, "mine"))
	d := b.open(b.Agent, "en", 80, 24, KindKeys, b.Agent)
	d.Golden("keys_own_en_80")
	for _, key := range []string{"a", "d", "n"} {
		d.Key(key)
		d.Contains("admin")
	}
	if got := b.standing(b.Agent); len(got) != 1 {
		t.Errorf("left %q", got)
	}
	d = b.open(b.Agent2, "nl", 80, 24, KindKeys, model.NoID) // one's own, none yet
	d.Golden("keys_own_empty_nl_80")
	d = b.open(b.Agent, "en", 80, 24, KindKeys, b.Admin) // another's
	d.Contains("Only an admin sees the keys of others")
	d = b.open(b.Agent, "en", 80, 24, KindPeople, nil)
	d.Key("K") // Robin's
	d.Contains("Only an admin sees the keys of others")
}

// A colleague is opened from the list of people, and the page follows what
// others change.
func TestKeysFollow(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	d := b.open(b.Admin, "en", 80, 24, KindPeople, nil)
	d.Keys("j", "K")
	d.Contains("Anna")
	b.Must(t, b.Admin, addKey(b.Lead, model.KeyEd25519, 1, "from elsewhere"))
	d.Send(kit.Changed{})
	d.Contains("from elsewhere")
	b.Must(t, b.Admin, model.RemovePerson{Person: b.Lead})
	d.Send(kit.Changed{})
	d.Key("a")
	d.Contains("This person has left.")
	d.Golden("keys_gone_en_80")
}

func TestKeysHostile(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	who := b.Must(t, b.Admin, model.AddPerson{Person: nasty + nasty, Role: model.RoleAgent}).Made
	b.Must(t, b.Admin, addKey(who, model.KeyEd25519, 1, hostileName))
	b.Must(t, b.Admin, addKey(who, model.KeyEd25519SK, 2, strings.Repeat("long comment ", 40)))
	b.Must(t, b.Admin, addKey(who, model.KeyEd25519, 3, ""))
	d := b.open(b.Admin, "en", 80, 24, KindKeys, who)
	d.Golden("keys_hostile_en_80")
	d.Key("d")
	d.Screen()
	for _, size := range [][2]int{{40, 12}, {60, 16}, {160, 50}, {30, 8}} {
		d = b.open(b.Admin, "nl", size[0], size[1], KindKeys, who)
		d.Screen()
		d.Keys("j", "d")
		d.Screen()
		d.Keys("esc", "a")
		d.Screen()
	}
	if _, err := b.As(model.Solo(b.Admin)).Do(context.Background(), model.RemovePerson{Person: who}); err != nil {
		t.Error(err)
	}
}
