package store_test

import (
	"context"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// BenchmarkMeasures measures what a desk reads over the whole book, and what it
// costs to keep it up to date, in a book of 100,000 customers and a million
// contacts unless PASVORM_BENCH_ROWS and PASVORM_BENCH_CONTACTS say otherwise.
// [storetest.Busy] tells how such a book is made, and how to keep one.
//
//	PASVORM_BENCH_BOOK=/tmp/busy/book.db go test ./store -run '^$' -bench Measures -timeout 60m
func BenchmarkMeasures(b *testing.B) {
	big := storetest.Busy(b, 100_000, 1_000_000)
	book := big.Open(b)
	defer func() { _ = book.Close() }()
	s := book.As(big.Actor)
	ctx := context.Background()
	run := func(name string, f func() (int, error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			cpu, n := cpuTime(), 0
			for b.Loop() {
				n++
				if n, err := f(); err != nil || n == 0 {
					b.Fatalf("%d, %v", n, err)
				}
			}
			b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(n)/1000, "cpu-ms/op")
		})
	}
	thermometer := func(req model.ThermometerRequest) func() (int, error) {
		return func() (int, error) {
			m, err := s.Thermometer(ctx, req, nil)
			return int(m.Total[model.CountContacts]), err
		}
	}
	run("thermometer/year", thermometer(model.ThermometerRequest{}))
	run("thermometer/two-years", thermometer(model.ThermometerRequest{Months: 24}))
	run("thermometer/topic", thermometer(model.ThermometerRequest{Topic: "product"}))
	run("mirror", func() (int, error) {
		m, err := s.Mirror(ctx, 0, nil)
		return len(m.Procedures), err
	})
	run("silent", func() (int, error) {
		lines, err := s.Silent(ctx, 0)
		return len(lines), err
	})
	run("today", func() (int, error) {
		_, err := s.Today(false)
		return 1, err
	})
	page, err := s.Page(model.PageRequest{N: 40})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	run("log", func() (int, error) {
		n++
		_, err := s.Do(ctx, model.LogContact{Customer: page.Rows[n%len(page.Rows)].ID, Channel: "phone", Topic: "invoice", Minutes: [model.Activities]int{0, 4, 0}})
		return 1, err
	})
	once := func(name string, f func() error) {
		done := false
		var took time.Duration
		var heap, anon uint64
		b.Run(name, func(b *testing.B) {
			if !done { // however often it is to be run
				peak, start := watchMemory(), time.Now()
				if err := f(); err != nil {
					b.Fatal(err)
				}
				took, done = time.Since(start), true
				heap, anon = peak()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(took.Seconds(), "total-s")
			b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
			b.ReportMetric(float64(anon)/(1<<20), "anon-MB")
		})
	}
	once("doctor", func() error {
		rep, err := book.Doctor(ctx, nil)
		if len(rep.Faults) > 0 {
			b.Fatalf("%d faults: %v", len(rep.Faults), rep.Faults[0])
		}
		return err
	})
	once("rebuild", func() error { return book.Rebuild(ctx, nil) })
}
