package enginetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"pgregory.net/rapid"

	"pasvorm/store/engine"
)

// many has writers count one number up under a condition, and readers look on.
// No step may be lost and no reader may see one number without the other.
func many(b *bench) {
	const writers, each = 6, 25
	var wg sync.WaitGroup
	var mu sync.Mutex
	revs := map[engine.Rev]bool{}
	for range writers {
		wg.Go(func() {
			for done := 0; done < each; {
				rev, err := b.countUp()
				switch {
				case errors.Is(err, engine.ErrConflict):
					continue
				case err != nil:
					b.Error(err)
					return
				}
				done++
				mu.Lock()
				if revs[rev] {
					b.Errorf("revision %d given twice", rev)
				}
				revs[rev] = true
				mu.Unlock()
			}
		})
	}
	stop := make(chan struct{})
	var readers sync.WaitGroup
	readers.Go(func() {
		last := 0
		for {
			select {
			case <-stop:
				return
			default:
			}
			_ = b.View(func(tx engine.Tx) error {
				x, _ := tx.Get([]byte("count"))
				y, _ := tx.Get([]byte("copy"))
				n, _ := strconv.Atoi(string(x))
				if string(x) != string(y) || n < last || int(tx.Rev()) != n {
					b.Errorf("seen: count %q, copy %q at revision %d after %d", x, y, tx.Rev(), last)
				}
				last = n
				return nil
			})
		}
	})
	wg.Wait()
	close(stop)
	readers.Wait()
	want := strconv.Itoa(writers * each)
	b.want(fmt.Sprintf(`@%s "copy"=%q@%s "count"=%q@%s`, want, want, want, want, want))
}

func (b *bench) countUp() (engine.Rev, error) {
	var n int
	var at engine.Rev
	err := b.View(func(tx engine.Tx) error {
		var v []byte
		v, at = tx.Get([]byte("count"))
		n, _ = strconv.Atoi(string(v))
		return nil
	})
	if err != nil {
		return 0, err
	}
	next := strconv.Itoa(n + 1)
	return b.Apply(context.Background(), engine.Batch{Op: b.op(), Puts: puts("count", next, "copy", next),
		Conditions: []engine.Condition{{Key: []byte("count"), Rev: at}}})
}

func changes(b *bench) {
	var ops []engine.OpID
	for i := range 5 {
		ops = append(ops, b.op())
		b.must(engine.Batch{Op: ops[i], Puts: puts(fmt.Sprint("p", i), ""), Deletes: keys(fmt.Sprint("d", i))})
	}
	b.refused(engine.Batch{Puts: puts("x", ""), Conditions: []engine.Condition{{Key: []byte("p1"), Rev: 1}}}, engine.ErrConflict)
	read := func(from engine.Rev, stop int) (out []string) {
		err := b.Changes(from, func(e engine.Event) bool {
			var ks []string
			for _, k := range e.Keys {
				ks = append(ks, string(k))
			}
			slices.Sort(ks)
			if e.Op != ops[e.Rev-1] {
				b.Errorf("revision %d bears another operation", e.Rev)
			}
			out = append(out, fmt.Sprint(e.Rev, ks))
			return len(out) != stop
		})
		if err != nil {
			b.Error(err)
		}
		return out
	}
	for _, c := range []struct {
		from engine.Rev
		stop int
		want string
	}{
		{1, 0, "[1 [d0 p0] 2 [d1 p1] 3 [d2 p2] 4 [d3 p3] 5 [d4 p4]]"},
		{4, 0, "[4 [d3 p3] 5 [d4 p4]]"},
		{2, 2, "[2 [d1 p1] 3 [d2 p2]]"},
		{6, 0, "[]"},
	} {
		if got := fmt.Sprint(read(c.from, c.stop)); got != c.want {
			b.Errorf("changes from %d: %s, want %s", c.from, got, c.want)
		}
	}
}

// compacted applies until the feed no longer reaches back, or for long enough.
func compacted(b *bench) {
	const most = 10 * Kept
	last := engine.Rev(0)
	for last < most {
		last = b.must(engine.Batch{Puts: puts("k", strconv.Itoa(int(last)))})
		if last%Kept == 0 && errors.Is(b.Changes(1, func(engine.Event) bool { return false }), engine.ErrCompacted) {
			break
		}
	}
	next := last - Kept + 1
	err := b.Changes(next, func(e engine.Event) bool {
		if e.Rev != next {
			b.Fatalf("revision %d after %d", e.Rev, next-1)
		}
		next++
		return true
	})
	if err != nil || next != last+1 {
		b.Fatalf("the last %d revisions: %v, up to %d of %d", Kept, err, next-1, last)
	}
}

func closed(b *bench) {
	b.must(engine.Batch{Puts: puts("a", "1")})
	if err := b.Close(); err != nil {
		b.Fatal(err)
	}
	if err := b.View(func(engine.Tx) error { b.Error("a view of a closed engine"); return nil }); !errors.Is(err, engine.ErrClosed) {
		b.Errorf("view: %v", err)
	}
	if _, err := b.apply(engine.Batch{Puts: puts("b", "1")}); !errors.Is(err, engine.ErrClosed) {
		b.Errorf("apply: %v", err)
	}
	if err := b.Changes(1, func(engine.Event) bool { return true }); !errors.Is(err, engine.ErrClosed) {
		b.Errorf("changes: %v", err)
	}
}

// likeMap holds the engine against a plain map over random batches.
func likeMap(b *bench) {
	m := &plainMap{values: map[string]string{}, written: map[string]engine.Rev{}}
	rapid.Check(b, func(t *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(t, "batches") {
			batch, stands := m.draw(t, b.op())
			got, err := b.Apply(context.Background(), batch)
			if !stands {
				if !errors.Is(err, engine.ErrConflict) {
					t.Fatalf("an outdated batch gave %v", err)
				}
				continue
			}
			m.apply(batch)
			if err != nil || got != m.rev {
				t.Fatalf("revision %d %v, want %d", got, err, m.rev)
			}
		}
		if got, want := b.dump(), m.dump(); got != want {
			t.Fatalf("engine holds\n%s\nwant\n%s", got, want)
		}
	})
}

// plainMap is what an engine should hold.
type plainMap struct {
	values  map[string]string
	written map[string]engine.Rev
	rev     engine.Rev
}

var someKeys = []string{"a", "b", "ba", "c", "d\x00", "d"}

// draw makes a batch, and tells whether its condition stands.
func (m *plainMap) draw(t *rapid.T, op engine.OpID) (engine.Batch, bool) {
	batch := engine.Batch{Op: op}
	for _, k := range rapid.SliceOfDistinct(rapid.SampledFrom(someKeys), rapid.ID).Draw(t, "keys") {
		if rapid.Bool().Draw(t, "delete") {
			batch.Deletes = append(batch.Deletes, []byte(k))
		} else {
			batch.Puts = append(batch.Puts, kv(k, rapid.StringN(0, 5, 20).Draw(t, "value")))
		}
	}
	if !rapid.Bool().Draw(t, "conditional") {
		return batch, true
	}
	k := rapid.SampledFrom(someKeys).Draw(t, "read")
	outdated := rapid.Bool().Draw(t, "outdated")
	at := m.written[k]
	if outdated {
		at++
	}
	batch.Conditions = []engine.Condition{{Key: []byte(k), Rev: at}}
	return batch, !outdated
}

func (m *plainMap) apply(b engine.Batch) {
	m.rev++
	for _, p := range b.Puts {
		m.values[string(p.Key)], m.written[string(p.Key)] = string(p.Value), m.rev
	}
	for _, k := range b.Deletes {
		delete(m.values, string(k))
		delete(m.written, string(k))
	}
}

func (m *plainMap) dump() string {
	out := fmt.Sprintf("@%d", m.rev)
	for _, k := range slices.Sorted(maps.Keys(m.values)) {
		out += fmt.Sprintf(" %q=%q@%d", k, m.values[k], m.written[k])
	}
	return out
}
