package store_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pasvorm/model"
)

// TestStats reads the figures while others write, search and read, then of a
// book that is closed.
func TestStats(t *testing.T) {
	b := create(t, filepath.Join(home(t), "book.db"), opening())
	actor, err := b.Actor(opening().UID, "")
	if err != nil {
		t.Fatal(err)
	}
	desk := b.As(actor)
	last := b.Stats()
	for _, name := range []string{"file_bytes", "data_bytes", "page_bytes", "revision", "free_pages", "writes_total", "write_seconds_total", "reads_total", "index_ready", "watchers"} {
		if _, ok := last[name]; !ok {
			t.Errorf("%s is missing in %v", name, last)
		}
	}
	if last["index_ready"] != 0 || last["watchers"] != 0 || last["reads_open"] != 0 {
		t.Errorf("of a book that nobody uses: %v", last)
	}
	_, stop := b.Watch()
	defer stop()

	const writers, each = 3, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				values := map[string]string{"name": fmt.Sprintf("Jansen %d-%d", w, i)}
				if _, err := desk.Do(context.Background(), model.AddCustomer{Values: values}); err != nil {
					t.Error(err)
				}
				if _, err := desk.Names("jansen", 5); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	for going := true; going; {
		select {
		case <-done:
			going = false
		default:
		}
		now := b.Stats()
		for name, v := range last {
			if grown := now[name]; strings.HasSuffix(name, "_total") && grown < v {
				t.Errorf("%s fell from %v to %v", name, v, grown)
			}
		}
		last = maps.Clone(now)
	}
	first := float64(1) // the batch that made the book
	if last["revision"] < first+writers*each || last["writes_total"] == 0 || last["write_seconds_total"] <= 0 {
		t.Errorf("after %d writes: %v", writers*each, last)
	}
	if last["index_ready"] != 1 || last["watchers"] != 1 || last["data_bytes"] > last["file_bytes"] {
		t.Errorf("after searching: %v", last)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if s := b.Stats(); s != nil {
		t.Errorf("a closed book gives %v", s)
	}
}

func BenchmarkStats(b *testing.B) {
	book := create(b, filepath.Join(home(b), "book.db"), opening())
	b.ReportAllocs()
	for b.Loop() {
		if book.Stats() == nil {
			b.Fatal("no answer")
		}
	}
}
