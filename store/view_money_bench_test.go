package store_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// BenchmarkMoney measures the whale curve over 100,000 customers and a million
// contacts unless PASVORM_BENCH_ROWS and PASVORM_BENCH_CONTACTS say otherwise,
// and the reading in of a file of figures about ten thousand of them.
//
//	PASVORM_BENCH_BOOK=/tmp/busy/book.db go test ./store -run '^$' -bench Money -timeout 60m
func BenchmarkMoney(b *testing.B) {
	big := storetest.Busy(b, 100_000, 1_000_000)
	book := big.Open(b)
	defer func() { _ = book.Close() }()
	s := book.As(big.Actor)
	ctx := context.Background()
	b.Run("whale", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if w, err := s.Whale(ctx, nil); err != nil || w.Customers == 0 {
				b.Fatal(w.Customers, err)
			}
		}
	})
	const lines = 10_000
	var file bytes.Buffer
	file.WriteString("nummer,naam,marge,openstaand,vervaldatum\n")
	page := model.PageRequest{N: 1000}
	for n := 0; n < lines; {
		p, err := s.Page(page)
		if err != nil || len(p.Rows) == 0 {
			b.Fatal(len(p.Rows), err)
		}
		for _, r := range p.Rows {
			fmt.Fprintf(&file, "%s,,%d,12.50,2026-01-31\n", r.Number, n%5000-100)
			n++
		}
		page = model.PageRequest{N: 1000, Dir: model.PageAfter, Key: p.Keys[len(p.Keys)-1]}
	}
	b.Run("import", func(b *testing.B) {
		for b.Loop() {
			rep, err := s.ImportRows(ctx, "finance", bytes.NewReader(file.Bytes()), nil, model.ImportOptions{File: "x.csv"}, nil)
			if err != nil || rep.Updated == 0 {
				b.Fatal(rep.Updated, rep.Bad, err)
			}
		}
		b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}
