package store_test

import (
	"context"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// BenchmarkWords measures what the words of stories cost a contact that is
// noted, and a search for them, in the book of [BenchmarkMeasures].
//
//	PASVORM_BENCH_BOOK=/tmp/busy/book.db go test ./store -run '^$' -bench Words -timeout 60m
func BenchmarkWords(b *testing.B) {
	big := storetest.Busy(b, 100_000, 1_000_000)
	book := big.Open(b)
	defer func() { _ = book.Close() }()
	s := book.As(big.Actor)
	page, err := s.Page(model.PageRequest{N: 40})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for name, story := range map[string]string{
		"log/no-words":  "the to of and it is in on at by",
		"log/ten-words": "bicycle saddle wrong colour delivered customer wants another one friday morning",
	} {
		b.Run(name, func(b *testing.B) {
			cpu := cpuTime()
			for b.Loop() {
				n++
				_, err := s.Do(context.Background(), model.LogContact{Customer: page.Rows[n%len(page.Rows)].ID, Channel: "phone", Topic: "invoice", Story: story})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
		})
	}
	for name, words := range map[string][]string{"one": {"bill"}, "beginning": {"b"}, "several": {"bill", "month", "twi"}, "rare": {"bill", "sadd"}} {
		b.Run("said/"+name, func(b *testing.B) {
			for b.Loop() {
				if ids, _ := s.Said(words, 2000); len(ids) == 0 {
					b.Fatal("nobody found")
				}
			}
		})
	}
	b.Run("where", func(b *testing.B) {
		for b.Loop() {
			n++
			if _, err := s.SaidWhere(page.Rows[n%len(page.Rows)].ID, []string{"bill"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
