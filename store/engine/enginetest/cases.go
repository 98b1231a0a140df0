package enginetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pasvorm/store/engine"
)

func empty(b *bench) {
	b.want("@0")
	err := b.View(func(tx engine.Tx) error {
		if v, rev := tx.Get([]byte("a")); v != nil || rev != 0 {
			b.Errorf("an empty engine has %q at %d", v, rev)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := b.Changes(1, func(engine.Event) bool { b.Error("an event of nothing"); return false }); err != nil {
		b.Fatal(err)
	}
}

func revisions(b *bench) {
	for i := engine.Rev(1); i <= 5; i++ {
		if rev := b.must(engine.Batch{Puts: puts("k"+fmt.Sprint(i), "v")}); rev != i {
			b.Fatalf("batch %d got revision %d", i, rev)
		}
	}
	b.must(engine.Batch{Puts: puts("k2", "w"), Deletes: keys("k4")})
	b.want(`@6 "k1"="v"@1 "k2"="w"@6 "k3"="v"@3 "k5"="v"@5`)
	b.must(engine.Batch{Deletes: keys("nothing")})
	b.must(engine.Batch{Puts: puts("k4", "again")})
	b.want(`@8 "k1"="v"@1 "k2"="w"@6 "k3"="v"@3 "k4"="again"@8 "k5"="v"@5`)
}

func values(b *bench) {
	long := strings.Repeat("long ", 200_000)
	b.must(engine.Batch{Puts: puts("empty", "", "nul\x00key", "\x00\xff", "long", long)})
	err := b.View(func(tx engine.Tx) error {
		if v, rev := tx.Get([]byte("empty")); v == nil || len(v) != 0 || rev != 1 {
			b.Errorf("an empty value reads as %v at %d", v, rev)
		}
		if v, _ := tx.Get([]byte("nul\x00key")); string(v) != "\x00\xff" {
			b.Errorf("bytes read as %q", v)
		}
		if v, _ := tx.Get([]byte("long")); string(v) != long {
			b.Errorf("a long value came back with %d bytes", len(v))
		}
		if v, rev := tx.Get([]byte("nul")); v != nil || rev != 0 {
			b.Errorf("the beginning of a key reads as %q", v)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func order(b *bench) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var want []string
	var all []engine.KV
	for range 800 {
		k := make([]byte, 1+rnd.IntN(6))
		for i := range k {
			k[i] = []byte{0, 1, 'a', 0x7f, 0x80, 0xff}[rnd.IntN(6)]
		}
		if slices.Contains(want, string(k)) {
			continue
		}
		want = append(want, string(k))
		all = append(all, engine.KV{Key: k, Value: k})
	}
	b.must(engine.Batch{Puts: all})
	slices.Sort(want)
	var got []string
	err := b.View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(k, _ []byte, _ engine.Rev) bool {
			got = append(got, string(k))
			return true
		})
		return nil
	})
	if err != nil || !slices.Equal(got, want) {
		b.Fatalf("%v: %d keys in order %q, want %q", err, len(got), got, want)
	}
}

func bounds(b *bench) {
	b.must(engine.Batch{Puts: puts("a", "", "b", "", "b\x00", "", "bb", "", "c", "", "\xff\xff", "")})
	for _, c := range []struct {
		from, to string
		limit    int
		want     string
	}{
		{"", "-", 0, `["a" "b" "b\x00" "bb" "c" "\xff\xff"]`},
		{"b", "c", 0, `["b" "b\x00" "bb"]`},
		{"b\x00", "bb", 0, `["b\x00"]`},
		{"b", "b", 0, `[]`},
		{"c", "b", 0, `[]`},
		{"aa", "-", 2, `["b" "b\x00"]`},
		{"a", "c", 9, `["a" "b" "b\x00" "bb"]`},
		{"d", "-", 0, `["\xff\xff"]`},
		{"\xff\xff\x00", "-", 0, `[]`},
	} {
		to := []byte(c.to)
		if c.to == "-" {
			to = nil
		}
		got := []string{}
		err := b.View(func(tx engine.Tx) error {
			tx.Scan([]byte(c.from), to, c.limit, func(k, _ []byte, _ engine.Rev) bool {
				got = append(got, string(k))
				return true
			})
			return nil
		})
		if err != nil || fmt.Sprintf("%q", got) != c.want {
			b.Errorf("from %q to %q, %d: %v %q, want %s", c.from, c.to, c.limit, err, got, c.want)
		}
	}
	n := 0
	_ = b.View(func(tx engine.Tx) error {
		tx.Scan(nil, nil, 0, func(_, _ []byte, _ engine.Rev) bool { n++; return n < 3 })
		return nil
	})
	if n != 3 {
		b.Errorf("a walk that was told to stop after 3 went %d steps", n)
	}
}

// isolation applies while a view is open. The engine is given room first, for
// one that maps a file may have to wait for readers when the file grows.
func isolation(b *bench) {
	b.must(engine.Batch{Puts: puts("room", strings.Repeat("x", 1<<20))})
	b.must(engine.Batch{Puts: puts("a", "old", "b", "old"), Deletes: keys("room")})
	err := b.View(func(tx engine.Tx) error {
		done := make(chan error)
		go func() {
			_, err := b.apply(engine.Batch{Puts: puts("a", "new", "c", "new"), Deletes: keys("b")})
			done <- err
		}()
		if err := <-done; err != nil {
			return err
		}
		got := fmt.Sprintf("@%d", tx.Rev())
		tx.Scan(nil, nil, 0, func(k, v []byte, rev engine.Rev) bool {
			got += fmt.Sprintf(" %s=%s@%d", k, v, rev)
			return true
		})
		if got != "@2 a=old@2 b=old@2" {
			b.Errorf("the snapshot changed to %s", got)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.want(`@3 "a"="new"@3 "c"="new"@3`)
}

func viewError(b *bench) {
	mine := errors.New("mine")
	if err := b.View(func(engine.Tx) error { return mine }); !errors.Is(err, mine) {
		b.Errorf("the view's error came back as %v", err)
	}
}

func conditionKey(b *bench) {
	b.must(engine.Batch{Puts: puts("a", "1")}) // 1
	b.must(engine.Batch{Puts: puts("b", "1")}) // 2
	on := func(k string, rev engine.Rev) engine.Batch {
		return engine.Batch{Conditions: []engine.Condition{{Key: []byte(k), Rev: rev}}, Puts: puts("x", "written")}
	}
	for _, c := range []engine.Batch{on("a", 0), on("a", 2), on("b", 1), on("none", 1)} {
		b.refused(c, engine.ErrConflict)
	}
	b.must(on("a", 1))    // 3
	b.must(on("b", 2))    // 4
	b.must(on("none", 0)) // 5
	b.refused(on("x", 4), engine.ErrConflict)
	b.must(on("x", 5)) // 6
	b.must(engine.Batch{Deletes: keys("a")})
	b.refused(on("a", 1), engine.ErrConflict)
	b.must(on("a", 0))
	two := on("b", 2)
	two.Conditions = append(two.Conditions, engine.Condition{Key: []byte("b"), Rev: 1})
	b.refused(two, engine.ErrConflict)
}

func conditionRange(b *bench) {
	b.must(engine.Batch{Puts: puts("a", "1", "m1", "1", "m2", "1", "z", "1")}) // 1
	b.must(engine.Batch{Puts: puts("m2", "2")})                                // 2
	within := func(from, to string, rev engine.Rev) engine.Batch {
		return engine.Batch{Conditions: []engine.Condition{{Key: []byte(from), End: []byte(to), Rev: rev}}, Puts: puts("x", "written")}
	}
	b.refused(within("m", "n", 1), engine.ErrConflict)
	b.must(within("m", "n", 2))  // 3 writes x
	b.must(within("m", "m2", 1)) // the end is outside
	b.must(within("m", "n", 2))  // others outside do not count
	b.must(engine.Batch{Puts: puts("m11", "new")})
	b.refused(within("m", "n", 5), engine.ErrConflict)
	b.must(within("m", "n", 6))
	b.must(within("nothing", "nowhere", 0))
}

func atomic(b *bench) {
	b.must(engine.Batch{Puts: puts("a", "1", "b", "1")})
	b.refused(engine.Batch{Conditions: []engine.Condition{{Key: []byte("b"), Rev: 9}}, Puts: puts("a", "2", "c", "2"), Deletes: keys("b")}, engine.ErrConflict)
	b.must(engine.Batch{Puts: puts("a", "2", "c", "2"), Deletes: keys("b")})
	b.want(`@2 "a"="2"@2 "c"="2"@2`)
}

func repeated(b *bench) {
	first := engine.Batch{Op: b.op(), Puts: puts("a", "1")}
	rev := b.must(first)
	b.must(engine.Batch{Puts: puts("a", "2")})
	again := func() {
		b.Helper()
		before := b.dump()
		_, err := b.apply(engine.Batch{Op: first.Op, Puts: puts("a", "3"), Conditions: []engine.Condition{{Key: []byte("a"), Rev: 77}}})
		var applied engine.ErrApplied
		if !errors.As(err, &applied) || applied.Rev != rev {
			b.Fatalf("a repeated operation gave %v", err)
		}
		if after := b.dump(); after != before {
			b.Fatalf("a repeated operation left %s", after)
		}
	}
	again()
	b.add(engine.OpMemory - time.Minute)
	for i := range 50 { // making room must not forget too early
		b.must(engine.Batch{Puts: puts("b", fmt.Sprint(i))})
	}
	again()
	op := b.op()
	b.refused(engine.Batch{Op: op, Puts: puts("a", "9"), Conditions: []engine.Condition{{Key: []byte("a"), Rev: 99}}}, engine.ErrConflict)
	b.must(engine.Batch{Op: op, Puts: puts("a", "4")}) // a refused one was not applied
}

func stale(b *bench) {
	old, young := b.op(), b.op()
	b.add(engine.OpMemory - time.Minute)
	b.must(engine.Batch{Op: young, Puts: puts("young", "")})
	b.add(time.Minute)
	b.refused(engine.Batch{Op: old, Puts: puts("old", "")}, engine.ErrStaleOp)
	b.add(1000 * time.Hour)
	b.refused(engine.Batch{Op: old, Puts: puts("old", "")}, engine.ErrStaleOp)
	for range 10 {
		b.must(engine.Batch{Puts: puts("new", "")})
	}
	if _, err := b.apply(engine.Batch{Op: young, Puts: puts("young", "twice")}); err == nil {
		b.Fatal("an operation was applied twice after it was forgotten")
	}
}

func limited(b *bench) {
	if got := b.Limits(); got != limits {
		b.Fatalf("limits %v, want %v", got, limits)
	}
	var most []engine.KV
	for i := range limits.Operations {
		most = append(most, kv(fmt.Sprintf("%06d", i), "v"))
	}
	b.must(engine.Batch{Puts: most})
	b.refused(engine.Batch{Puts: most, Deletes: keys("x")}, engine.ErrTooLarge)
	b.must(engine.Batch{Puts: puts("big", strings.Repeat("x", limits.Bytes-3))})
	b.refused(engine.Batch{Puts: puts("big", strings.Repeat("x", limits.Bytes-2))}, engine.ErrTooLarge)
	b.refused(engine.Batch{Puts: puts("big", strings.Repeat("x", limits.Bytes-3)), Deletes: keys("y")}, engine.ErrTooLarge)
}

func bad(b *bench) {
	b.must(engine.Batch{Puts: puts("a", "1")})
	b.refused(engine.Batch{Puts: puts("", "nameless")}, nil)
	b.refused(engine.Batch{Puts: puts("b", "1", "b", "2")}, nil)
	b.refused(engine.Batch{Puts: puts("a", "2"), Deletes: keys("a")}, nil)
	b.refused(engine.Batch{Deletes: keys("a", "a")}, nil)
	b.refused(engine.Batch{Deletes: keys("")}, nil)
}

func cancelled(b *bench) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := b.Apply(ctx, engine.Batch{Op: b.op(), Puts: puts("a", "1")})
	if !errors.Is(err, context.Canceled) {
		b.Errorf("a cancelled batch gave %v", err)
	}
	b.want("@0")
}

// aliasing changes the caller's bytes after a batch, and keeps none of a view's.
func aliasing(b *bench) {
	batch := engine.Batch{Puts: puts("key", "value"), Deletes: keys("gone")}
	b.must(batch)
	for _, s := range [][]byte{batch.Puts[0].Key, batch.Puts[0].Value, batch.Deletes[0]} {
		copy(s, bytes.Repeat([]byte("#"), len(s)))
	}
	b.want(`@1 "key"="value"@1`)
	var got []string
	err := b.Changes(1, func(e engine.Event) bool {
		for _, k := range e.Keys {
			got = append(got, string(k))
		}
		return true
	})
	if slices.Sort(got); err != nil || fmt.Sprint(got) != "[gone key]" {
		b.Errorf("feed %v %v", got, err)
	}
}
