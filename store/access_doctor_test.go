//go:build unix

package store_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
)

// TestDoctorKeys edits keys behind the journal's back: who lets themselves in so
// is found, and so is a key that hangs from nobody.
func TestDoctorKeys(t *testing.T) {
	for _, c := range []struct {
		name, want string
		edit       func(k model.AccessKey, g model.Guard) engine.Batch
	}{
		{"guard gone", "doctor.fault.guard", func(_ model.AccessKey, g model.Guard) engine.Batch {
			return engine.Batch{Deletes: [][]byte{[]byte(g.Key())}}
		}},
		{"guard of another", "doctor.fault.guard", func(_ model.AccessKey, g model.Guard) engine.Batch {
			g.Owner = store.NewID()
			return engine.Batch{Puts: []engine.KV{{Key: []byte(g.Key()), Value: store.Seal(&g)}}}
		}},
		{"key gone", "doctor.fault.guards", func(k model.AccessKey, _ model.Guard) engine.Batch {
			return engine.Batch{Deletes: [][]byte{[]byte(k.Key())}}
		}},
		{"key of nobody", "doctor.fault.orphan-key", func(k model.AccessKey, _ model.Guard) engine.Batch {
			k.Person = store.NewID()
			return engine.Batch{Puts: []engine.KV{{Key: []byte(k.Key()), Value: store.Seal(&k)}}}
		}},
		{"revoked key stands again", "doctor.fault.unjournalled", func(k model.AccessKey, _ model.Guard) engine.Batch {
			k.Revoked, k.RevokedBy = 0, model.NoID
			return engine.Batch{Puts: []engine.KV{{Key: []byte(k.Key()), Value: store.Seal(&k)}}}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(home(t), "book.db")
			b := create(t, path, opening())
			ctx := context.Background()
			actor, err := b.Actor(1000, "")
			if err != nil {
				t.Fatal(err)
			}
			made, err := b.Do(ctx, actor, addKey(actor.Person, 1))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Do(ctx, actor, model.RevokeAccessKey{Person: actor.Person, Key: made.Made}); err != nil {
				t.Fatal(err)
			}
			all, err := b.As(actor).AccessKeys(actor.Person)
			if err != nil || len(all) != 1 || all[0].Revoked == 0 {
				t.Fatal(all, err)
			}
			if rep, err := b.Doctor(ctx, nil); err != nil || len(rep.Faults) > 0 {
				t.Fatal(rep.Faults, err)
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			guard := model.Guard{Text: model.GuardText(model.SpaceKey, all[0].Fingerprint()), Owner: actor.Person}
			smuggle(t, path, time.Now(), c.edit(*all[0], guard))
			if b, err = store.Open(path, opening()); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = b.Close() }()
			rep, err := b.Doctor(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(rep.Faults, func(f model.Fault) bool { return f.What == c.want && !f.Index }) {
				t.Errorf("found %+v", rep.Faults)
			}
		})
	}
}
