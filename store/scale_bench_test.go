package store_test

import (
	"context"
	"fmt"
	"os"
	"runtime/metrics"
	"strings"
	"syscall"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// BenchmarkBook imports a file into a new book on disk and measures what a desk
// does with it. PASVORM_BENCH_ROWS says how many invented customers (100,000
// unless told), PASVORM_BENCH_FILE names a file to take instead, which may be
// gzipped.
//
//	PASVORM_BENCH_ROWS=1000000 go test ./store -run '^$' -bench Book
func BenchmarkBook(b *testing.B) {
	dir := b.TempDir()
	file := storetest.BigFile(b, dir, 100_000)
	big := storetest.NewBig(b, dir)
	me := big.Actor
	book := big.Open(b)
	rep := benchImport(b, book.As(me), file)
	if err := book.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			bk := big.Open(b)
			if p, err := bk.As(me).Page(model.PageRequest{N: 40}); err != nil || len(p.Rows) == 0 {
				b.Fatal(err)
			}
			if err := bk.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	book = big.Open(b)
	s := book.As(me)
	benchPages(b, s, rep.Added)
	benchFilter(b, s)
	if os.Getenv("PASVORM_BENCH_UNDO") != "" {
		benchUndo(b, s, rep.Added)
	}
	if err := book.Close(); err != nil {
		b.Fatal(err)
	}
}

// benchImport reports rows a second and the most memory the program held: the
// heap as the Go runtime counts it, and anonymous pages as the system does.
func benchImport(b *testing.B, s *store.Session, file string) model.ImportReport {
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	peak := watchMemory()
	phases := map[string]time.Duration{}
	start, cpu := time.Now(), cpuTime()
	rep, err := s.Import(context.Background(), f, nil, model.ImportOptions{File: file}, func(p model.ImportProgress) {
		phases[p.Phase] = time.Since(start)
	})
	took := time.Since(start)
	cpu = cpuTime() - cpu
	heap, anon := peak()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("import", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(rep.Rows)/took.Seconds(), "rows/s")
		b.ReportMetric(phases["rows"].Seconds(), "rows-s")
		b.ReportMetric(took.Seconds(), "total-s")
		b.ReportMetric(cpu.Seconds(), "cpu-s")
		b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
		b.ReportMetric(float64(anon)/(1<<20), "anon-MB")
	})
	b.Logf("%d rows, %d added, %d bad, %d doubles", rep.Rows, rep.Added, rep.Bad, rep.Doubles)
	return rep
}

// cpuTime is what the process has used of both cores: on a machine that others
// use too it says more than the clock.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func watchMemory() func() (heap, anon uint64) {
	stop, done := make(chan struct{}), make(chan struct{})
	var heap, anon uint64
	look := func() {
		m := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(m)
		heap = max(heap, m[0].Value.Uint64())
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			return
		}
		for _, line := range strings.Split(string(status), "\n") {
			var kb uint64
			if n, err := fmt.Sscanf(line, "RssAnon: %d kB", &kb); n == 1 && err == nil {
				anon = max(anon, kb<<10)
			}
		}
	}
	go func() {
		defer close(done)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				look()
			case <-stop:
				look()
				return
			}
		}
	}()
	return func() (uint64, uint64) { close(stop); <-done; return heap, anon }
}

func benchPages(b *testing.B, s *store.Session, customers int) {
	middle := ""
	for k := 0; k < customers/2 && k < 2000; k += 40 { // some way in, by paging
		p, err := s.Page(model.PageRequest{Dir: model.PageAfter, Key: middle, N: 40})
		if err != nil || len(p.Keys) == 0 {
			b.Fatal(err)
		}
		middle = p.Keys[len(p.Keys)-1]
	}
	for _, c := range []struct {
		name string
		req  model.PageRequest
	}{
		{"first", model.PageRequest{Dir: model.PageFirst, N: 40}},
		{"middle", model.PageRequest{Dir: model.PageAround, Key: "m", N: 20}},
		{"after", model.PageRequest{Dir: model.PageAfter, Key: middle, N: 40}},
		{"last", model.PageRequest{Dir: model.PageLast, N: 40}},
	} {
		b.Run("page/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if p, err := s.Page(c.req); err != nil || len(p.Rows) == 0 {
					b.Fatalf("%d rows: %v", len(p.Rows), err)
				}
			}
		})
	}
}

// benchFilter types a name letter by letter: one operation is one key.
func benchFilter(b *testing.B, s *store.Session) {
	for _, text := range []string{"j", "ja", "jan", "jansen", "petra jan", "0612", "bakk"} {
		b.Run("filter/"+strings.ReplaceAll(text, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				for _, t := range []string{text, "zzz"} { // so that the answer is not remembered
					if _, err := s.Page(model.PageRequest{Filter: t, N: 40}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func benchUndo(b *testing.B, s *store.Session, customers int) {
	peak := watchMemory()
	start := time.Now()
	if _, err := s.Undo(context.Background(), 0, false); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	heap, anon := peak()
	b.Run("undo", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(customers)/took.Seconds(), "rows/s")
		b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
		b.ReportMetric(float64(anon)/(1<<20), "anon-MB")
	})
	p, err := s.Page(model.PageRequest{N: 40})
	if err != nil || len(p.Rows) != 0 || p.Total != 0 {
		b.Fatalf("after undo: %d of %d, %v", len(p.Rows), p.Total, err)
	}
}
