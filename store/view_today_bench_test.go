package store_test

import (
	"testing"

	"pasvorm/store/storetest"
)

// BenchmarkToday measures what everybody opens in the morning, of all colleagues
// and of one, and what the header asks for at every change. [storetest.Busy]
// tells how its book is made and kept.
func BenchmarkToday(b *testing.B) {
	big := storetest.Busy(b, 100_000, 1_000_000)
	book := big.Open(b)
	defer func() { _ = book.Close() }()
	s := book.As(big.Actor)
	for _, c := range []struct {
		name string
		mine bool
	}{{"all", false}, {"mine", true}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			lines := 0
			for b.Loop() {
				t, err := s.Today(c.mine)
				if err != nil {
					b.Fatal(err)
				}
				lines = len(t.Items)
			}
			b.ReportMetric(float64(lines), "lines")
		})
	}
	b.Run("header", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Totals(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
