//go:build unix

package store_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
)

// one is the book that filled gives, made once.
var one struct {
	sync.Once
	file []byte
	recs map[string][]byte
}

// filled puts a book with some history at a path and gives its records by key.
func filled(t testing.TB, path string) map[string][]byte {
	t.Helper()
	one.Do(func() {
		from := filepath.Join(home(t), "book.db")
		fill(t, from)
		one.recs = dumpOf(t, from)
		var err error
		if one.file, err = os.ReadFile(from); err != nil {
			t.Fatal(err)
		}
	})
	if one.file == nil {
		t.Fatal("no filled book could be made")
	}
	if err := os.WriteFile(path, one.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(one.recs)
}

func fill(t testing.TB, path string) {
	t.Helper()
	b := create(t, path, opening())
	ctx := context.Background()
	actor, err := b.Actor(1000, "")
	if err != nil {
		t.Fatal(err)
	}
	do := func(a model.Action) model.ID {
		t.Helper()
		r, err := b.Do(ctx, actor, a)
		if err != nil {
			t.Fatal(err)
		}
		return r.Made
	}
	for i := range 40 {
		c := do(model.AddCustomer{Values: map[string]string{"name": fmt.Sprintf("Klant %d", i), "number": fmt.Sprint(i), "note": strings.Repeat("n", i*20), "town": "Utrecht"}})
		if i%2 == 0 {
			do(model.Tag{Customer: c, Trait: model.TraitAttention, Words: fmt.Sprintf("rang %d times", i)})
			do(model.RaiseFlag{Customer: c, Reason: "look"})
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkChild checks a book from end to end as "pasvorm doctor" does in a child
// process, and ends with an error when anything is off.
func checkChild(path string) error {
	b, err := store.Open(path, opening())
	if err != nil {
		return fmt.Errorf("found: %w", err)
	}
	defer func() { _ = b.Close() }()
	rep, err := b.Doctor(context.Background(), nil)
	if err != nil {
		return fmt.Errorf("found: %w", err)
	}
	if len(rep.Faults) > 0 {
		return fmt.Errorf("found: %d faults", len(rep.Faults))
	}
	return nil
}

// TestBitRot turns single bits of the values of records. Each must be named by
// the doctor, and reading may fail but never give something else.
func TestBitRot(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	want := filled(t, path)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	tried, oneIn := 0, fewer(2, 6)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		value := want[key]
		// Old copies of a page may hold the value too: all of them are turned.
		places := allIndex(sound, value)
		if len(places) == 0 || len(value) < 20 || rnd.IntN(oneIn) > 0 {
			continue
		}
		bad := bytes.Clone(sound)
		bit := rnd.IntN(len(value) * 8)
		for _, p := range places {
			bad[p+bit/8] ^= 1 << (bit % 8)
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		tried++
		rotten(t, path, key, want)
	}
	if tried < 160/oneIn {
		t.Errorf("only %d bits were tried", tried)
	}
}

func allIndex(in, what []byte) (out []int) {
	for from := 0; ; {
		i := bytes.Index(in[from:], what)
		if i < 0 {
			return out
		}
		out = append(out, from+i)
		from += i + len(what)
	}
}

// rotten opens a book in which the record at a key has a bit turned.
func rotten(t *testing.T, path, key string, want map[string][]byte) {
	t.Helper()
	b, err := store.Open(path, opening())
	if err != nil {
		if model.KindOf(err) != model.KindCorrupt {
			t.Errorf("%s: opening gave %v", model.Key(key), err)
		}
		return
	}
	defer func() { _ = b.Close() }()
	rep, err := b.Doctor(context.Background(), nil)
	if err != nil {
		t.Errorf("%s: the doctor gave up: %v", model.Key(key), err)
		return
	}
	named := false
	for _, f := range rep.Faults {
		named = named || f.Where == model.Key(key).String() && f.What == "doctor.fault.record"
	}
	if !named {
		t.Errorf("%s: not named among %+v", model.Key(key), rep.Faults)
	}
	err = b.Engine().View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
			if k[0] == 'j' || k[0] == 'y' {
				return true
			}
			r, err := store.DecodeRecord(k, v)
			switch {
			case err != nil && string(k) != key:
				t.Errorf("%s: %s cannot be read: %v", model.Key(key), model.Key(k), err)
			case err != nil && model.KindOf(err) != model.KindCorrupt:
				t.Errorf("%s: read with %v", model.Key(key), err)
			case err == nil && !bytes.Equal(store.Seal(r), want[string(k)]):
				t.Errorf("%s: reads as another record", model.Key(k))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestBitRotAnywhere turns bits anywhere in the file, pages and free space too,
// and has a child process look: whatever it meets, it must either find the
// fault or read every record as it was.
func TestBitRotAnywhere(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	want := filled(t, path)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(3, 9))
	found := 0
	// Most bits lie in free space: a few tries may all meet it.
	for i, tries := 0, fewer(25, 8); i < tries || found == 0 && i < 20*tries; i++ {
		bit := rnd.IntN(len(sound) * 8)
		bad := bytes.Clone(sound)
		bad[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := childOf(t, "check", path)
		cmd.Stderr = nil
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// One that walks in a circle is stopped, as the verb stops it.
		stop := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		if !stop.Stop() {
			t.Logf("bit %d: stopped", bit)
		}
		if err != nil {
			found++
			continue
		}
		if got := dumpOf(t, path); len(got) != len(want) {
			t.Errorf("bit %d: %d records read where %d stood, and nothing was found", bit, len(got), len(want))
		} else {
			for k, v := range want {
				if !bytes.Equal(got[k], v) {
					t.Errorf("bit %d: %s changed and nothing was found", bit, model.Key(k))
				}
			}
		}
	}
	if found == 0 {
		t.Error("no bit did any harm, so nothing was shown")
	}
}

func dumpOf(t testing.TB, path string) map[string][]byte {
	t.Helper()
	b, err := store.Open(path, opening())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	out := map[string][]byte{}
	err = b.Engine().View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
			out[string(k)] = bytes.Clone(v)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTruncated cuts the file at many places: opening it gives an error and
// never ends the process.
func TestTruncated(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	filled(t, path)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	used := len(bytes.TrimRight(sound, "\x00"))
	rnd := rand.New(rand.NewPCG(5, 5))
	for i := range 40 {
		size := 1 + rnd.IntN(used-1)
		if i%4 == 0 {
			size = max(1, size/4096) * 4096
		}
		if err := os.WriteFile(path, sound[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := store.Open(path, opening())
		if err == nil {
			_ = b.Close()
			t.Fatalf("a book cut to %d of %d bytes opened", size, used)
		}
		wantError(t, err, model.KindCorrupt, "error.book.damaged")
	}
}

// TestFullDisk lets a child process run into a limit of the file's size, which
// is how a full disk looks: changes fail and say so, reading goes on, and work
// goes on once there is room.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(home(t), "book.db")
	if err := create(t, path, opening()).Close(); err != nil {
		t.Fatal(err)
	}
	cmd := childOf(t, "full", path)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if lost := lostOf(t, path, nil); len(lost) > 0 {
		t.Error(lost)
	}
}
