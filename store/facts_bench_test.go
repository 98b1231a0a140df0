package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"pasvorm/store/search/columns"
	"pasvorm/store/search/segment"
	"pasvorm/store/storetest"
)

// BenchmarkFacts reads what filters look at over a whole book, and makes the
// columns from it, in a book of 100,000 customers and as many contacts unless
// PASVORM_BENCH_ROWS and PASVORM_BENCH_CONTACTS say otherwise. [storetest.Busy]
// tells how such a book is made, and how to keep one.
//
//	PASVORM_BENCH_BOOK=/tmp/busy/book.db go test ./store -run '^$' -bench Facts -benchtime 1x -timeout 60m
func BenchmarkFacts(b *testing.B) {
	big := storetest.Busy(b, 100_000, 100_000)
	book := big.Open(b)
	defer func() { _ = book.Close() }()
	ctx := context.Background()
	b.Run("read", func(b *testing.B) {
		cpu, n := cpuTime(), 0
		for b.Loop() {
			if err := book.EachFacts(ctx, func(*columns.Row) error { n++; return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64((cpuTime()-cpu).Nanoseconds())/float64(n), "cpu-ns/customer")
	})
	b.Run("build", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "x.columns")
		peak, cpu, n := watchMemory(), cpuTime(), 0
		for b.Loop() {
			err := columns.Build(ctx, path, segment.Stamp{}, 0o600, func(yield func(*columns.Row) error) error {
				return book.EachFacts(ctx, func(r *columns.Row) error { n++; return yield(r) })
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		heap, anon := peak()
		b.ReportMetric(float64((cpuTime()-cpu).Nanoseconds())/float64(n), "cpu-ns/customer")
		b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
		b.ReportMetric(float64(anon)/(1<<20), "anon-MB")
	})
}
